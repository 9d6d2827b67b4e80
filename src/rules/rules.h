/* Rule sources (YAML) and their compiled form (canonical JSON): load, check,
 * write, explain. Judges nothing. The language: faceaudit-rules(5). */
#ifndef FA_RULES_RULES_H
#define FA_RULES_RULES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/rule.h"

#define FA_RULES_FORMAT "faceaudit-rules/1"
#define FA_RULES_PATTERN_BYTES 60000 /* one pattern after expansion */
#define FA_RULES_WORDS 4000          /* words in one lexicon */
#define FA_RULES_GAP 60              /* longest {..N} */
#define FA_RULES_GAP_DEFAULT 12
#define FA_RULES_DEPTH 8        /* nesting of conditions */
#define FA_RULES_NEAR 5         /* largest N of "near N" */
#define FA_RULES_PLACEHOLDER 40 /* longest placeholder of a wording */
/* Every article of these Measures has to stand in the ledger. */
#define FA_RULES_MEASURES "FRM"
#define FA_RULES_MEASURES_ARTICLES 20

/* Loads a bundle from path: a directory of YAML files, or a compiled bundle
 * (*.json). Anything wrong is FA_E_INPUT with file, line and column. The
 * bundle lives in a. */
FA_MUST_CHECK int fa_rules_load(struct fa_bundle **out, struct fa_str path,
	struct fa_arena *a, struct fa_err *err);
/* The same from the text of a compiled bundle. Its SHA-256 is checked; its
 * patterns are not compiled, which takes longer than all the rest, so that
 * one that PCRE2 refuses is found when it is first used. */
FA_MUST_CHECK int fa_rules_parse_bundle(struct fa_bundle **out,
	struct fa_str json, struct fa_arena *a, struct fa_err *err);
/* Writes the canonical form {"bundle":{...},"sha256":"..."}: keys sorted, no
 * blanks, one line; loading it gives an equal bundle. */
FA_MUST_CHECK int fa_rules_write_bundle(
	const struct fa_bundle *b, struct fa_buf *out, struct fa_err *err);

/* Writes C source that defines the bundle as constants, for a program to have
 * it without loading: fa_bundle_builtin of tools/bundle.h. a is for the work
 * only; texts of b stay where they are. */
FA_MUST_CHECK int fa_rules_write_source(const struct fa_bundle *b,
	struct fa_buf *out, struct fa_arena *a, struct fa_err *err);

struct fa_lint {
	struct fa_str file;
	uint32_t line;
	struct fa_str message;
	bool fatal; /* else advice */
};

struct fa_lints {
	struct fa_lint *at;
	size_t n;
};

/* What loading cannot refuse: too few examples, a pattern without anchor, an
 * example that is a fragment, an unused lexicon, a missing reference, a rule
 * text in one language only; in the ledger, an obligation that no entry names
 * or an article of the Measures without an entry; no ledger at all. Ordered
 * by file and line; lives in a. */
FA_MUST_CHECK int fa_rules_lint(const struct fa_bundle *b, struct fa_lints *out,
	struct fa_arena *a, struct fa_err *err);

/* Appends an explanation of a rule or an obligation for people: duty, article
 * and page, what it looks for in words, examples both ways, measured
 * precision and recall, known false positives, remedy. Of an id that only
 * others begin with (FRM.10), those obligations. FA_E_NOTFOUND for an unknown
 * one, with what could be meant (fa_rules_unknown). */
FA_MUST_CHECK int fa_rules_explain(const struct fa_bundle *b, struct fa_str id,
	enum fa_lang lang, struct fa_buf *out, struct fa_err *err);

/* A place in a model text that only the operator can fill: 【公司名称】. */
struct fa_placeholder {
	size_t from, to;    /* in the wording, with the marks around it */
	struct fa_str name; /* without them */
};
enum fa_placeholder_rc {
	FA_PLACEHOLDER_NONE,
	FA_PLACEHOLDER_FOUND,
	FA_PLACEHOLDER_BAD /* not closed, not opened, nested, empty, too long */
};
/* The first placeholder at or behind from. *out is set when it is found. */
enum fa_placeholder_rc fa_rules_placeholder(
	struct fa_placeholder *out, struct fa_str wording, size_t from);

/* Closest known id by edit distance, or absent. Lives in b. */
struct fa_str fa_rules_nearest(const struct fa_bundle *b, struct fa_str id);
/* Is id that of above, or of a part of it? FRM.5 holds FRM.5.1.2 and not
 * FRM.51. */
bool fa_rules_is_under(struct fa_str id, struct fa_str above);
/* Fails with rc: there is no such rule or obligation, or no such obligation.
 * The message names at most three that could be meant: the same id in other
 * case or without its instrument, ids that begin so, else the nearest. */
int fa_rules_unknown(const struct fa_bundle *b, struct fa_str word,
	bool obligations, enum fa_rc rc, struct fa_err *err);

#endif
