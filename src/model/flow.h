/* A consent flow: screens, what stands on them, and which tap leads where.
 * Importers and the walker fill it, everybody else only reads. The JSON form
 * is consent-flow/1, faceaudit-flow(5), and these structs follow it member by
 * member. What is not known is unknown (FA_TRI_UNKNOWN, an absent slice,
 * has_box false) and never "no". */
#ifndef FA_MODEL_FLOW_H
#define FA_MODEL_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define FA_FLOW_NONE UINT32_MAX /* "no screen, no element" in an index */
#define FA_FLOW_SCREENS_MAX 5000
#define FA_FLOW_ELEMENTS_MAX 20000 /* of one screen */
#define FA_FLOW_TRANSITIONS_MAX 100000
#define FA_FLOW_TEXT_BYTES (64u << 10) /* of one text; longer is cut */

enum fa_tri { FA_TRI_UNKNOWN, FA_TRI_NO, FA_TRI_YES };

enum fa_flow_platform {
	FA_FLOW_ANDROID,
	FA_FLOW_IOS,
	FA_FLOW_HARMONY,
	FA_FLOW_H5,
	FA_FLOW_MINI_PROGRAM,
	FA_FLOW_DECLARED, /* written down by somebody, not recorded */
	FA_FLOW_PLATFORM_COUNT
};

enum fa_flow_role {
	FA_FLOW_TEXT,
	FA_FLOW_BUTTON,
	FA_FLOW_LINK,
	FA_FLOW_CHECKBOX,
	FA_FLOW_SWITCH,
	FA_FLOW_RADIO,
	FA_FLOW_IMAGE,
	FA_FLOW_INPUT,
	FA_FLOW_WEBVIEW,
	FA_FLOW_CAMERA, /* preview of a camera, or a control that opens it */
	FA_FLOW_CONTAINER,
	FA_FLOW_ROLE_COUNT
};

/* In device pixels of the screen. */
struct fa_flow_box {
	int32_t x, y, w, h;
};

/* Colours are 0xRRGGBB as seen, blended with what lies behind. */
struct fa_flow_style {
	uint32_t font_cpx; /* hundredths of a CSS pixel; 0: unknown */
	uint32_t fg, bg;
	uint32_t contrast_c; /* WCAG contrast x 100, 100..2100; 0: unknown */
};

struct fa_flow_link {
	struct fa_str text, href;
	struct fa_str doc; /* kind of document, as model/capture.h's roles
			    * ("policy", "face", "agreement"), or absent */
};

struct fa_flow_element {
	struct fa_str id; /* unique in the flow: "s0.e3" */
	enum fa_flow_role role;
	struct fa_str text;  /* what it shows, as recorded */
	struct fa_str hint;  /* placeholder, content description, aria-label */
	struct fa_str label; /* text of what labels it (a checkbox) */
	struct fa_str native_class, native_id;
	bool has_box;
	struct fa_flow_box box;
	enum fa_tri visible, enabled, clickable, checked;
	bool has_style;
	struct fa_flow_style style;
	struct fa_flow_link *links;
	size_t links_n;
	uint32_t parent;     /* element of the screen, or FA_FLOW_NONE */
	uint32_t covered_by; /* element of the screen, or FA_FLOW_NONE */
};

struct fa_flow_screen {
	struct fa_str id;          /* "s0" */
	struct fa_str fingerprint; /* screens with equal ones look alike;
				      absent: none */
	struct fa_str title, native, url;
	enum fa_tri modal;    /* a dialog above another screen */
	enum fa_tri complete; /* NO: known to be half drawn or cut */
	uint32_t *evidence;   /* indices into flow->evidence */
	size_t evidence_n;
	struct fa_flow_element *elements; /* in reading order */
	size_t elements_n;
};

/* How it is known that an action leads somewhere. The order is that of
 * strength. */
enum fa_flow_basis { FA_FLOW_ASSUMED, FA_FLOW_STATED, FA_FLOW_OBSERVED };
#define FA_FLOW_BASIS_COUNT 3 /* names: assumed, declared, observed */

enum fa_flow_action {
	FA_FLOW_TAP,
	FA_FLOW_CHECK,
	FA_FLOW_UNCHECK,
	FA_FLOW_BACK,
	FA_FLOW_SCROLL,
	FA_FLOW_FILL, /* "input" */
	FA_FLOW_WAIT, /* nothing was done: it came by itself */
	FA_FLOW_LAUNCH,
	FA_FLOW_RELAUNCH, /* started again, what it stored kept */
	FA_FLOW_SYSTEM_ALLOW,
	FA_FLOW_SYSTEM_DENY,
	FA_FLOW_FACE, /* "simulate-capture": a face check was made to
		       * succeed, to see what lies behind it */
	FA_FLOW_ACTION_COUNT
};

enum fa_flow_effect {              /* a set */
	FA_FLOW_EFFECT_EXIT = 1,   /* the app closed */
	FA_FLOW_EFFECT_CAMERA = 2, /* it asked for or opened the camera */
	FA_FLOW_EFFECT_OTHER_PERMISSION = 4,
	FA_FLOW_EFFECT_UPLOAD = 8 /* it sent data out */
};

struct fa_flow_transition {
	uint32_t from, to; /* screens; to FA_FLOW_NONE: outside (effects) */
	enum fa_flow_basis basis;
	enum fa_flow_action action;
	uint32_t element; /* of from, or FA_FLOW_NONE */
	int64_t at_ms;    /* UTC; 0: unknown */
	uint32_t effects;
	uint32_t wait_ms;   /* of WAIT: how long it took; 0: unknown */
	struct fa_str note; /* dialogs answered and such, or absent */
};

enum fa_flow_end_kind {
	FA_FLOW_END_SERVICE, /* what the user came for */
	FA_FLOW_END_EXIT,
	FA_FLOW_END_DEAD,    /* "dead-end": looked at, no way on */
	FA_FLOW_END_EXTERNAL /* leads to a host that may not be visited */
};
#define FA_FLOW_END_COUNT 4
struct fa_flow_end {
	uint32_t screen;
	enum fa_flow_end_kind kind;
};

struct fa_flow_evidence {
	struct fa_str id, path, sha256, media; /* path beside the flow file */
};

enum fa_flow_gap_kind {
	FA_FLOW_GAP_NO_STYLE,
	FA_FLOW_GAP_NO_TREE,
	FA_FLOW_GAP_IMAGE_ONLY,
	FA_FLOW_GAP_WEBVIEW,    /* "webview-opaque" */
	FA_FLOW_GAP_UNEXPLORED, /* not every action of the screen was tried */
	FA_FLOW_GAP_NOT_LOADED  /* a request of the page was not answered */
};
#define FA_FLOW_GAP_COUNT 6
struct fa_flow_gap {
	uint32_t screen;
	enum fa_flow_gap_kind kind;
	uint32_t element;  /* UNEXPLORED: what was not tried, or NONE: all */
	struct fa_str why; /* "budget: screens", or absent */
};

struct fa_flow_input {
	struct fa_str path, sha256;
};

struct fa_flow {
	/* app */
	struct fa_str app_id, app_name, app_version, artifact_sha256;
	enum fa_flow_platform platform;
	/* source */
	struct fa_str importer, importer_version, recorded_at, device, locale;
	int32_t screen_w, screen_h; /* device pixels; 0: unknown */
	uint32_t scale_c;           /* device pixels per CSS px x 100; 0: ? */
	struct fa_flow_input *inputs;
	size_t inputs_n;

	uint32_t start; /* screen */
	struct fa_flow_screen *screens;
	size_t screens_n;
	struct fa_flow_transition *transitions;
	size_t transitions_n;
	struct fa_flow_end *ends;
	size_t ends_n;
	struct fa_flow_evidence *evidence;
	size_t evidence_n;
	struct fa_flow_gap *gaps;
	size_t gaps_n;
};

/* Names as in the JSON form; never NULL. The parse functions give -1. */
const char *fa_flow_platform_name(enum fa_flow_platform p);
const char *fa_flow_role_name(enum fa_flow_role r);
const char *fa_flow_basis_name(enum fa_flow_basis b);
const char *fa_flow_action_name(enum fa_flow_action a);
const char *fa_flow_end_name(enum fa_flow_end_kind k);
const char *fa_flow_gap_name(enum fa_flow_gap_kind k);
int fa_flow_platform_parse(struct fa_str s);
int fa_flow_role_parse(struct fa_str s);
int fa_flow_basis_parse(struct fa_str s);
int fa_flow_action_parse(struct fa_str s);
int fa_flow_end_parse(struct fa_str s);
int fa_flow_gap_parse(struct fa_str s);

/* Where in a flow something was found. */
struct fa_flow_place {
	uint32_t screen, element; /* element may be FA_FLOW_NONE */
	const uint32_t *path;     /* transitions from the start, or of the
				   * evidence; may be empty */
	size_t path_n;
	enum fa_flow_basis basis; /* the weakest of what it rests on */
};

#endif
