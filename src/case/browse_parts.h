/* The inside of taking pictures of pages. Private to case. */
#ifndef FA_CASE_BROWSE_PARTS_H
#define FA_CASE_BROWSE_PARTS_H

#include "case/browse_net.h"

#define FA_BROWSE_OBJS_MAX (FA_BROWSE_SHOTS_MAX + 2)
#define FA_BROWSE_NAME_BYTES 64

struct fa_browse_shot {
	char sha256[FA_HASH_HEX_BYTES];
	int32_t y;
};

struct fa_browse_work {
	struct fa_browse_stats *stats;
	struct fa_session *s;
	const struct fa_browse_opts *o;
	struct fa_browser b;
	bool running, used; /* b: there is one, and it has shown a page */
	struct fa_browse_net net;
	const struct fa_session_page *page;
	int64_t begun_ms;  /* of the page's pictures */
	struct fa_arena a; /* of one page */
	struct fa_custody_obj objs[FA_BROWSE_OBJS_MAX];
	size_t objs_n;
	struct fa_browse_shot shots[FA_BROWSE_SHOTS_MAX];
	size_t shots_n;
	struct fa_look look; /* the page at its top */
	int32_t bottom;      /* of its text, from the top */
	bool reached;        /* ... and it is in a picture */
	const char *why;     /* why it is not pictured whole; NULL: it is */
	bool again;          /* ... and another attempt may end better */
	char said[FA_ERR_MSG_BYTES]; /* by a browser that failed */
	char names[FA_BROWSE_SHOTS_MAX][FA_BROWSE_NAME_BYTES];
};

/* CSS pixels of the page that one picture shows: a page that is wider than the
 * screen is made smaller until it fits. */
int32_t fa_browse_height(const struct fa_look *look);
/* Puts an object of the page away, for its event. */
FA_MUST_CHECK int fa_browse_object(struct fa_browse_work *w, struct fa_str name,
	struct fa_str mime, struct fa_str data, struct fa_err *err);
/* layout.json: where each text stands on the page, so that a passage can be
 * marked in the pictures. Boxes are counted from the top of the page. */
FA_MUST_CHECK int fa_browse_layout(
	struct fa_browse_work *w, struct fa_err *err);
/* The render event; commits. */
FA_MUST_CHECK int fa_browse_tell(struct fa_browse_work *w, struct fa_err *err);

#endif
