/* A flow as a document: one section per screen, one block per element that
 * shows a text, so that rules can look for words where they stand. The
 * transcript is HTML of our own, which `read` turns into a document. */
#ifndef FA_FLOW_TRANSCRIPT_H
#define FA_FLOW_TRANSCRIPT_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/doc.h"
#include "model/flow.h"

struct fa_transcript_line {
	uint32_t from, to; /* bytes of the transcript that hold its text */
	uint32_t screen;
	uint32_t element; /* FA_FLOW_NONE: the heading of the screen */
};

struct fa_transcript {
	struct fa_str html;               /* ends up as doc->raw */
	struct fa_transcript_line *lines; /* in order of from */
	size_t n;
};

/* Each screen begins with a heading of level 1 that holds its title (its id
 * when it has none), so that sections and screens are the same; controls
 * become buttons, checkboxes keep their state, texts become paragraphs.
 * Elements known to be invisible, and those whose text a parent already gave,
 * are left out. Lives in a. */
FA_MUST_CHECK int fa_transcript(struct fa_transcript *out,
	const struct fa_flow *f, struct fa_arena *a, struct fa_err *err);
/* The line that holds the raw offset, or NULL. */
const struct fa_transcript_line *fa_transcript_at(
	const struct fa_transcript *t, uint32_t raw);

#endif
