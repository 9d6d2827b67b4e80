/* Puts a flow together, for importers. The first failure sticks; afterwards
 * every function does nothing of effect and the pointers it gives lead to
 * memory that nobody reads, so that one check at the end (fa_draft_done) is
 * enough. Everything lives in the arena. */
#ifndef FA_FLOW_DRAFT_H
#define FA_FLOW_DRAFT_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/flow.h"

#define FA_DRAFT_LISTS 5

struct fa_draft {
	struct fa_arena *a;
	struct fa_err *err;
	int rc;
	struct fa_flow *f;
	size_t cap[FA_DRAFT_LISTS];      /* of the lists of f */
	size_t elements_cap;             /* of the last screen */
	struct fa_flow_screen no_screen; /* what failed writes go to */
	struct fa_flow_element no_element;
	struct fa_flow_transition no_transition;
};

void fa_draft_init(struct fa_draft *b, const char *importer,
	enum fa_flow_platform platform, struct fa_arena *a, struct fa_err *err);
/* A new screen, which is the last; its index is f->screens_n - 1. An absent id
 * becomes "s" and its number. Valid until the next screen. */
struct fa_flow_screen *fa_draft_screen(struct fa_draft *b, struct fa_str id);
/* A new element of the last screen, visible, enabled and all else unknown, at
 * the end. Valid until the next element. */
struct fa_flow_element *fa_draft_element(
	struct fa_draft *b, enum fa_flow_role role);
/* Index of the element that was added last. */
uint32_t fa_draft_last(const struct fa_draft *b);
/* A transition without element or effect. Valid until the next. */
struct fa_flow_transition *fa_draft_go(struct fa_draft *b, uint32_t from,
	uint32_t to, enum fa_flow_basis basis, enum fa_flow_action action);
void fa_draft_end(
	struct fa_draft *b, uint32_t screen, enum fa_flow_end_kind kind);
/* element may be FA_FLOW_NONE, why NULL. */
void fa_draft_gap(struct fa_draft *b, uint32_t screen,
	enum fa_flow_gap_kind kind, uint32_t element, const char *why);
void fa_draft_link(struct fa_draft *b, struct fa_flow_element *e,
	struct fa_str text, struct fa_str href);
/* Evidence for the last screen; an absent digest is unknown. */
void fa_draft_evidence(struct fa_draft *b, struct fa_flow_screen *s,
	struct fa_str path, struct fa_str sha256, const char *media);
/* A copy that is valid UTF-8 without NUL, trimmed and at most
 * FA_FLOW_TEXT_BYTES long; absent when nothing is left. */
struct fa_str fa_draft_text(struct fa_draft *b, struct fa_str s);
/* printf into the arena; absent on failure. */
struct fa_str fa_draft_printf(struct fa_draft *b, const char *fmt, ...)
	FA_PRINTF(2, 3);
/* Size, colours and their contrast. */
void fa_draft_style(
	struct fa_flow_element *e, uint32_t font_cpx, uint32_t fg, uint32_t bg);
/* Notes a failure; the first one counts. */
void fa_draft_fail(struct fa_draft *b, int rc, const char *fmt, ...)
	FA_PRINTF(3, 4);

/* Gives ids to the elements, fingerprints to the screens, and the flow. */
FA_MUST_CHECK int fa_draft_done(struct fa_flow **out, struct fa_draft *b);

#endif
