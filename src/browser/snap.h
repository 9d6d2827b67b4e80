/* DOMSnapshot.captureSnapshot, read: all documents of a page as one tree in
 * document order, frames and shadow roots in their places. Then what is seen of
 * it (struct fa_look). Pure functions of the JSON. */
#ifndef FA_BROWSER_SNAP_H
#define FA_BROWSER_SNAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/json.h"
#include "base/str.h"
#include "browser/browser.h"

/* In a handle: to be tapped at its beginning, where a label has its box. */
#define FA_LOOK_AT_START ((uint64_t)1 << 62)

#define FA_SNAP_NONE UINT32_MAX
#define FA_SNAP_DOCS_MAX 1000
#define FA_SNAP_DEPTH_MAX 1000 /* of one subtree, when it is climbed */

/* The computed styles that are asked for, in this order. */
enum fa_snap_style {
	FA_SNAP_DISPLAY,
	FA_SNAP_VISIBILITY,
	FA_SNAP_OPACITY,
	FA_SNAP_COLOUR,
	FA_SNAP_FONT_SIZE,
	FA_SNAP_BACKGROUND,
	FA_SNAP_BACKGROUND_IMAGE,
	FA_SNAP_POINTER,
	FA_SNAP_CURSOR,
	FA_SNAP_POSITION,
	FA_SNAP_OVERFLOW,
	FA_SNAP_STYLES
};
/* Its name in CSS. */
const char *fa_snap_style_name(enum fa_snap_style s);

/* Lengths are hundredths of a CSS pixel. */
struct fa_snap_box {
	int64_t x, y, w, h;
};

struct fa_snap_node {
	uint32_t parent;             /* FA_SNAP_NONE: the root */
	uint32_t end;                /* its subtree is [itself, end) */
	uint32_t type;               /* DOM, nodeType */
	struct fa_str name, value;   /* "BUTTON"; text of a text node */
	const struct fa_json *attrs; /* indices of strings: name, value, ... */
	uint64_t backend;            /* DevTools' number of the node */
	struct fa_str input;         /* value of an input */
	struct fa_str shadow;        /* tree that it stands in: "open" ... */
	bool clickable, checked, selected;
	bool has_layout;
	struct fa_snap_box box; /* within the viewport of the page */
	struct fa_str text;     /* as laid out; absent: no text */
	struct fa_str style[FA_SNAP_STYLES];
	struct fa_str behind; /* blended background, or absent */
	uint32_t text_alpha;  /* opacity of the text, of 1000 */
	int64_t paint;
};

struct fa_snap {
	const struct fa_json **strings; /* by index */
	size_t strings_n;
	struct fa_snap_node *nodes; /* a parent before its children */
	uint32_t n;
	struct fa_str url, title;
	struct fa_snap_box page; /* all content, within the viewport */
};

/* result is that of the command. FA_E_INPUT when it has another form,
 * FA_E_LIMIT over max_nodes. Lives in a, which must hold result, too. */
FA_MUST_CHECK int fa_snap_read(struct fa_snap *out,
	const struct fa_json *result, size_t max_nodes, struct fa_arena *a,
	struct fa_err *err);
/* The string that an index of the JSON stands for, or absent. */
struct fa_str fa_snap_string(
	const struct fa_snap *s, const struct fa_json *index);
/* Value of an attribute of node, or absent. */
struct fa_str fa_snap_attr(
	const struct fa_snap *s, uint32_t node, const char *name);
bool fa_snap_is(const struct fa_snap *s, uint32_t node, const char *name);
/* "input-date", "input-month": of an input that takes nothing but a date or a
 * time; else NULL. */
const char *fa_snap_timed(const struct fa_snap *s, uint32_t node);

/* What is seen. width, height in CSS pixels; scale_c as in fa_browser_opts.
 * Lives in a; scratch may be reset behind it. settled, changed_by_itself and
 * after_ms are left to others. */
FA_MUST_CHECK int fa_snap_look(struct fa_look *out, const struct fa_snap *s,
	int32_t width, int32_t height, uint32_t scale_c, struct fa_arena *a,
	struct fa_arena *scratch, struct fa_err *err);
/* A number for what a look shows; digits make no difference. */
uint64_t fa_snap_digest(const struct fa_look *look);
/* The tree as HTML: documents of frames as "template" elements in their places,
 * shadow trees below their hosts. Result in a. */
FA_MUST_CHECK int fa_snap_html(struct fa_str *out, const struct fa_snap *s,
	struct fa_arena *a, struct fa_err *err);

#endif
