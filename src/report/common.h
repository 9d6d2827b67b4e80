/* What the writers share: choosing texts, making hostile text harmless,
 * numbers, places, and the order in which findings are shown. */
#ifndef FA_REPORT_COMMON_H
#define FA_REPORT_COMMON_H

#include "base/json.h"
#include "report/label.h"
#include "report/report.h"

#define FA_REPORT_SCHEMA "faceaudit-report/2"
#define FA_REPORT_MODEL "frx-1"
#define FA_REPORT_TOOL "faceaudit"

/* The text in the wanted language, else in the other one; may be absent. */
struct fa_str fa_report_pick(const struct fa_text2 *t, enum fa_lang lang);

/* What was found, in one line: the title of the rule; for a gap, what is
 * missing; without either, the title of the obligation. Lives in b. */
struct fa_str fa_report_message(const struct fa_bundle *b,
	const struct fa_finding *f, enum fa_lang lang);
struct fa_str fa_report_why(const struct fa_bundle *b,
	const struct fa_finding *f, enum fa_lang lang);
struct fa_str fa_report_fix(const struct fa_bundle *b,
	const struct fa_finding *f, enum fa_lang lang);
/* Model text to write instead, for a breach or what cannot be told; absent
 * when no wording would cure it. Its placeholders stand in 【】. Lives in b. */
struct fa_str fa_report_wording(const struct fa_bundle *b,
	const struct fa_finding *f, enum fa_lang lang);
/* What to call it: a gap has nothing that could be rewritten. */
enum fa_label fa_report_wording_label(enum fa_verdict v);
/* Id of the rule that decided, else of the obligation. Lives in b. */
struct fa_str fa_report_rule_id(
	const struct fa_bundle *b, const struct fa_finding *f);

/* "html", "flow": what was read. */
struct fa_str fa_report_format(const struct fa_result *res);
/* What a gap without a passage says instead of one. */
const char *fa_report_silence(const struct fa_result *res, enum fa_lang lang);

/* "10(1)" -> 第10条第1款 or Art. 10(1); other forms as they are. */
void fa_report_article(
	struct fa_buf *out, struct fa_str article, enum fa_lang lang);
/* 《办法》第10条第1款, with the book marks added when they are missing. */
void fa_report_source(struct fa_buf *out, const struct fa_bundle *b,
	uint32_t instrument, struct fa_str article, enum fa_lang lang);

/* Where in a file a passage stands: its path and what is between two places;
 * false for one of a recorded flow, which has no lines. Any of them may be
 * NULL. */
bool fa_report_spotted(struct fa_str *path, struct fa_position *from,
	struct fa_position *to, const struct fa_result *res,
	const struct fa_evidence *e);

/* Is a character that a reader cannot see or that changes how others are
 * shown: controls, bidirectional and other format characters. */
bool fa_report_hidden(uint32_t cp);
/* Appends s with hidden characters as ⟨U+202E⟩ and malformed bytes as U+FFFD;
 * line ends and tabs too, unless lines is set. */
void fa_report_visible(struct fa_buf *out, struct fa_str s, bool lines);
/* Passes a failure of a part that is being made on to what it is for. */
void fa_report_carry(struct fa_buf *out, const struct fa_buf *part);
/* Appends JSON text with hidden characters inside strings as \uXXXX. Fails as
 * part or out did; what names the report in the message. */
FA_MUST_CHECK int fa_report_json_part(struct fa_buf *out,
	const struct fa_buf *part, const char *what, struct fa_err *err);
/* Appends a URI reference for a path: relative stays relative, absolute
 * becomes file:///; every byte but RFC 3986 unreserved and "/" is escaped. */
void fa_report_uri(struct fa_buf *out, struct fa_str path);
/* A path as code hosts know it: without "./" in front. */
struct fa_str fa_report_file(struct fa_str path);
/* Is it a web address that may stand in an href? */
bool fa_report_is_web(struct fa_str url);

/* "72 paragraphs: automated 5, partial 30, ...". */
void fa_report_ledger(
	struct fa_buf *out, const struct fa_bundle *b, enum fa_lang lang);

void fa_report_points(struct fa_buf *out, int64_t score);   /* 27.7 */
void fa_report_thousandths(struct fa_buf *out, uint32_t p); /* 0.963 */

bool fa_report_is_breach(enum fa_verdict v);        /* violation or gap */
bool fa_report_is_lead(const struct fa_finding *f); /* breach, not counted */
enum fa_tier fa_report_tier(const struct fa_bundle *b, uint32_t confidence);
/* Does it reach --fail-on? */
bool fa_report_gates(const struct fa_report *r, const struct fa_finding *f);
/* "error", "warning", "note": by severity for a breach that counts; a lead
 * and everything else is a note. Names of SARIF 2.1.0, 3.27.10. */
const char *fa_report_level(
	const struct fa_bundle *b, const struct fa_finding *f);

/* Indices of the findings with this verdict that no waiver accepts: counted
 * before leads, grave before light, then as in the bundle. *out lives in a. */
FA_MUST_CHECK int fa_report_select(size_t **out, size_t *n,
	const struct fa_report *r, const struct fa_result *res,
	enum fa_verdict v, struct fa_arena *a, struct fa_err *err);

/* SHA-256 of fa_fingerprint and the path, for what is tracked per file. Equal
 * ones are told apart by fa_report_ordinal. */
FA_MUST_CHECK int fa_report_fingerprint_in(char hex[FA_HASH_HEX_BYTES],
	struct fa_str rule, struct fa_str quote, struct fa_str path,
	struct fa_err *err);

/* The members (without braces) of the JSON object for one document, as in
 * faceaudit-report(5). */
void fa_report_json_doc(struct fa_jw *w, const struct fa_report *r,
	const struct fa_result *res);
/* The members that JSON and SARIF give a finding alike: verdict to gates. */
void fa_report_json_judgement(
	struct fa_jw *w, const struct fa_report *r, const struct fa_finding *f);
void fa_report_json_head(struct fa_jw *w, const struct fa_report *r);
void fa_report_json_totals(struct fa_jw *w, const struct fa_report_totals *t);

extern const struct fa_writer fa_report_text;
extern const struct fa_writer fa_report_line;
extern const struct fa_writer fa_report_json_writer;
extern const struct fa_writer fa_report_ndjson;
extern const struct fa_writer fa_report_sarif;
extern const struct fa_writer fa_report_html;
extern const struct fa_writer fa_report_svg;
extern const struct fa_writer fa_report_junit;
extern const struct fa_writer fa_report_gitlab;
extern const struct fa_writer fa_report_github;
extern const struct fa_writer fa_report_rdjson;
extern const struct fa_writer fa_report_rdjsonl;
extern const struct fa_writer fa_report_csv;
extern const struct fa_writer fa_report_markdown;

#endif
