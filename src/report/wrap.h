/* Wraps mixed Chinese and Latin text to terminal columns. Chinese may break
 * between any two characters, but closing punctuation never starts a line;
 * Latin breaks at blanks; a word wider than the line is cut. Text is made
 * visible (fa_report_visible) on its way. */
#ifndef FA_REPORT_WRAP_H
#define FA_REPORT_WRAP_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

struct fa_wrap {
	struct fa_buf *out;
	unsigned width;  /* columns of the terminal */
	unsigned indent; /* of every line after the first */
	unsigned column; /* written so far in this line */
	bool color;
	bool blank; /* one is due before the next word */
	bool fresh; /* nothing but blanks in this line so far */
};

/* Starts a line with from blanks; later lines get indent blanks. */
void fa_wrap_begin(struct fa_wrap *w, unsigned from, unsigned indent);
/* Adds text, in the style of an SGR sequence (or NULL) when colour is on. */
void fa_wrap_add(struct fa_wrap *w, struct fa_str s, const char *sgr);
void fa_wrap_adds(struct fa_wrap *w, const char *z, const char *sgr);
void fa_wrap_end(struct fa_wrap *w);

#endif
