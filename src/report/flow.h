/* A consent flow in words: screens, controls, taps, gaps. For all writers;
 * what is appended is text as recorded, so that each writer escapes it like
 * any other text of a document. */
#ifndef FA_REPORT_FLOW_H
#define FA_REPORT_FLOW_H

#include "base/json.h"
#include "report/report.h"
#include "report/wrap.h"

#define FA_REPORT_FLOW_COLUMNS 40 /* of a control's text, outside of JSON */

/* How much of a flow was seen. */
struct fa_report_coverage {
	uint32_t screens;
	uint32_t whole;      /* screens without any gap */
	uint32_t unexplored; /* gaps of kind UNEXPLORED */
	uint32_t gaps[FA_FLOW_GAP_COUNT];
};
struct fa_report_coverage fa_report_coverage(const struct fa_flow *f);

/* What a screen is called: its title, or its first text when others have the
 * title too, else what there is. Lives in f. */
struct fa_str fa_report_screen_title(const struct fa_flow *f, uint32_t screen);
/* What a control shows: text, label or hint; may be absent. Lives in f. */
struct fa_str fa_report_control(
	const struct fa_flow *f, uint32_t screen, uint32_t element);
/* A way back or on by itself, drawn and told apart from a tap. */
bool fa_report_is_side(enum fa_flow_action a);

/* s, cut to columns of a terminal with an ellipsis. */
void fa_report_clip(struct fa_buf *out, struct fa_str s, size_t columns);
/* Taps “Log in”; waits 5 s. */
void fa_report_action(struct fa_buf *out, const struct fa_flow *f,
	const struct fa_flow_transition *t, enum fa_lang lang);
/* Where it leads: the title of a screen, or what lies outside. */
void fa_report_target(struct fa_buf *out, const struct fa_flow *f,
	const struct fa_flow_transition *t, enum fa_lang lang);
/* s2 Capture · button “Begin”. */
void fa_report_spot(struct fa_buf *out, const struct fa_flow *f,
	const struct fa_flow_place *p, enum fa_lang lang);
/* Login → taps “By face” → Capture. */
void fa_report_path(struct fa_buf *out, const struct fa_flow *f,
	const struct fa_flow_place *p, enum fa_lang lang);
/* s1 Login: not explored “Other ways” (budget: screens). */
void fa_report_gap(struct fa_buf *out, const struct fa_flow *f,
	const struct fa_flow_gap *g, enum fa_lang lang);
/* 12 screens, 9 of them whole · 30 transitions · ... */
void fa_report_flow_facts(
	struct fa_buf *out, const struct fa_flow *f, enum fa_lang lang);

const char *fa_label_basis(enum fa_lang lang, enum fa_flow_basis b);

/* The value of "flow" of a document: what was recorded and what was not. */
void fa_report_json_flow(struct fa_jw *w, const struct fa_flow *f);
/* The value of "place" of evidence. */
void fa_report_json_place(struct fa_jw *w, const struct fa_flow *f,
	const struct fa_flow_place *p);
/* The summary of a flow and its gaps, wrapped; all: every gap. */
void fa_report_text_flow(struct fa_wrap *w, const struct fa_flow *f,
	enum fa_lang lang, bool all);
/* Ends a line with the place of e and how it is known. */
void fa_report_text_spot(struct fa_wrap *w, const struct fa_flow *f,
	const struct fa_evidence *e, enum fa_lang lang);
/* Lines with the taps that lead to e, and its note. */
void fa_report_text_way(struct fa_wrap *w, const struct fa_flow *f,
	const struct fa_evidence *e, enum fa_lang lang);

#endif
