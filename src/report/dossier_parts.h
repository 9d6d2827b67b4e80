/* Inside of the lawyer's report: its chapters in their order, and the small
 * things that they share. */
#ifndef FA_REPORT_DOSSIER_PARTS_H
#define FA_REPORT_DOSSIER_PARTS_H

#include "report/dossier.h"
#include "report/label.h"

/* Either of two texts of this program, by language. */
#define FA_DOSSIER_SAY(p, zh, en) ((p)->lang == FA_LANG_ZH ? (zh) : (en))
#define FA_DOSSIER_TIME_BYTES 64

void fa_dossier_cover(struct fa_paper *p, const struct fa_dossier *d);
void fa_dossier_summary(struct fa_paper *p, const struct fa_dossier *d);
void fa_dossier_findings(struct fa_paper *p, const struct fa_dossier *d);
void fa_dossier_unknowns(struct fa_paper *p, const struct fa_dossier *d);
void fa_dossier_method(struct fa_paper *p, const struct fa_dossier *d);
void fa_dossier_again(struct fa_paper *p, const struct fa_dossier *d);
void fa_dossier_objects(struct fa_paper *p, const struct fa_dossier *d);
void fa_dossier_custody(struct fa_paper *p, const struct fa_dossier *d);
void fa_dossier_annexes(struct fa_paper *p, const struct fa_dossier *d);

/* One finding, number from 1. */
void fa_dossier_finding(struct fa_paper *p, const struct fa_dossier *d,
	const struct fa_dossier_finding *f, size_t number);
/* How each text was obtained, in full. */
void fa_dossier_texts(struct fa_paper *p, const struct fa_dossier *d);
/* Where the evidence of finding f comes from, in short. */
void fa_dossier_origins(struct fa_paper *p, const struct fa_dossier *d,
	const struct fa_dossier_finding *f);
/* Passages of one side, each with its place and what shows it. */
void fa_dossier_passages(struct fa_paper *p, const struct fa_dossier *d,
	const struct fa_dossier_passage *at, size_t n, bool against);
/* What the clock, the server and the second look say of a capture. */
void fa_dossier_capture(struct fa_paper *p, const struct fa_dossier_capture *c);
void fa_dossier_law(
	struct fa_paper *p, const struct fa_dossier_law *l, bool with_text);
void fa_dossier_trust(struct fa_paper *p, const struct fa_dossier *d);

/* "2026-11-22 13:44:10.123 (UTC+8)", or what stands for unknown. */
void fa_dossier_local(
	char out[FA_DOSSIER_TIME_BYTES], enum fa_lang lang, int64_t at_us);
/* "2026-11-22T05:44:10.123Z" */
void fa_dossier_utc(
	char out[FA_DOSSIER_TIME_BYTES], enum fa_lang lang, int64_t at_us);
/* Both times as a field, and both digests of something as fields. */
void fa_dossier_put_time(struct fa_paper *p, const char *label, int64_t at_us);
void fa_dossier_put_digest(struct fa_paper *p, const char *label,
	const struct fa_dossier_digest *x);
const char *fa_dossier_review(enum fa_lang lang, enum fa_dossier_review r);
const char *fa_dossier_state(enum fa_lang lang, enum fa_dossier_state s);
enum fa_paper_style fa_dossier_state_style(enum fa_dossier_state s);
/* "policy" as people call it. */
const char *fa_dossier_role(enum fa_lang lang, enum fa_role r);
const char *fa_dossier_tri(enum fa_lang lang, enum fa_tri t);

#endif
