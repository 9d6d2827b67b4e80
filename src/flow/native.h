/* Trees of native views, as every recorder of phones dumps them under other
 * names, turned into the elements of a screen. Only import*.c and recording.c
 * include this. */
#ifndef FA_FLOW_NATIVE_H
#define FA_FLOW_NATIVE_H

#include "flow/draft.h"

struct fa_native_view {
	struct fa_str type; /* "android.widget.Button", "Button" */
	struct fa_str text, desc, hint, id;
	uint32_t parent; /* index, or FA_FLOW_NONE; anything may stand here */
	bool has_box;
	int32_t left, top, right, bottom;
	enum fa_tri visible, enabled, clickable, checkable, checked, editable;
};

/* One dumped screen. */
struct fa_native_dump {
	struct fa_native_view *views;
	size_t n;
	struct fa_str native; /* activity */
	struct fa_str app_id, app_name, app_version, device, recorded_at;
	int32_t w, h;
	bool ios;
	bool cut; /* the dump ends early or was not well formed */
};

/* Adds the elements of the dump to the last screen, parents first, each
 * subtree before the next. Views that show nothing and do nothing are left
 * out. Parents that name nothing or go in circles are taken as the top.
 * element_of (dump->n entries, or NULL) gets the element of each view, or
 * FA_FLOW_NONE. */
void fa_native_add(struct fa_draft *d, const struct fa_native_dump *dump,
	uint32_t *element_of);
/* The gaps of the last screen that its elements show: no tree, images only,
 * opaque web views, no style. */
void fa_native_gaps(struct fa_draft *d);
/* "[0,63][1080,210]" or anything with four integers in it. */
bool fa_native_bounds(struct fa_native_view *v, struct fa_str s);
/* "true", "false", else unknown. */
enum fa_tri fa_native_tri(struct fa_str s);

#endif
