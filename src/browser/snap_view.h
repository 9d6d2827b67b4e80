/* Between the tree of a page and the elements of a look: what each node is for
 * somebody who looks at the page. Used by snap_*.c only. */
#ifndef FA_BROWSER_SNAP_VIEW_H
#define FA_BROWSER_SNAP_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "browser/snap.h"

#define FA_VIEW_BUTTON_RUNES                                                   \
	60                      /* longer is no button: a box with a listener  \
				 */
#define FA_VIEW_LABEL_RUNES 400 /* longer does not label what stands beside */
#define FA_VIEW_LABEL_CLIMB 3   /* from a box without a label to its row */
#define FA_VIEW_OPACITY_MIN 50  /* of 1000; below, nobody sees it */
#define FA_VIEW_PAIRS_MAX 40000000ull /* covering: more is not looked at */

struct fa_view_node {
	int role;     /* enum fa_flow_role, or -1: no element */
	bool guessed; /* role from a listener or cursor, not from its kind */
	bool covers;  /* an element only because it hides others */
	bool visible, fixed, taps;
	uint32_t opacity;  /* of 1000, ancestors included */
	uint32_t control;  /* of a text: the control it stands in */
	uint32_t block;    /* of a text: the paragraph it stands in */
	uint32_t line;     /* of a text: nearest block, whatever else */
	uint32_t label;    /* the box that this labels */
	uint32_t labelled; /* of a box: root of its label */
	uint32_t hit;      /* what is tapped in its stead */
	uint32_t covered;  /* node that hides it */
	uint32_t element;  /* index in the look */
	uint32_t makers, runes, images; /* below it */
};

struct fa_view {
	const struct fa_snap *s;
	struct fa_view_node *v;
	int64_t width, height; /* of the viewport, hundredths of a CSS pixel */
	struct fa_arena *a;
};

/* In this order. */
/* visible, fixed, opacity */
FA_MUST_CHECK int fa_view_see(struct fa_view *v, struct fa_err *err);
void fa_view_roles(struct fa_view *v);  /* role */
void fa_view_labels(struct fa_view *v); /* label, labelled, hit */
void fa_view_texts(struct fa_view *v);  /* control, block; more roles */
FA_MUST_CHECK int fa_view_cover(struct fa_view *v, struct fa_err *err);

bool fa_view_is_box(const struct fa_view *v, uint32_t i); /* to be ticked */
/* A text that is laid out and not blank. */
bool fa_view_has_text(const struct fa_view *v, uint32_t i);
bool fa_view_within(const struct fa_snap *s, uint32_t inner, uint32_t outer);
/* Whether node has the style with exactly this value. */
bool fa_view_style(const struct fa_snap *s, uint32_t i, enum fa_snap_style k,
	const char *z);
/* Ticked, as far as one can tell. */
enum fa_tri fa_view_checked(const struct fa_view *v, uint32_t i);
bool fa_view_disabled(const struct fa_view *v, uint32_t i);

/* A veil over the page, or what calls itself a dialog. */
bool fa_view_is_modal(const struct fa_view *v, uint32_t i);

#endif
