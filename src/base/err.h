/* Errors travel by return code, with one line of text in a struct that the
 * caller owns. Where a failure is first seen: return fa_fail(err, ...); every
 * level above passes the code on unchanged. There is no hidden state. */
#ifndef FA_BASE_ERR_H
#define FA_BASE_ERR_H

#include "base/attr.h"

enum fa_rc {
	FA_OK = 0,
	FA_E_NOMEM = -1,    /* memory, or the limit of an arena, is used up */
	FA_E_LIMIT = -2,    /* a named limit was reached */
	FA_E_INPUT = -3,    /* malformed input: the message says where */
	FA_E_IO = -4,       /* the operating system refused */
	FA_E_USAGE = -5,    /* the caller of the program asked wrongly */
	FA_E_NOTFOUND = -6, /* a named thing does not exist */
	FA_E_UNSUPPORTED = -7, /* understood, but not handled; says by whom */
	FA_E_INTERRUPTED = -8  /* a signal asked the work to end */
};

#define FA_ERR_MSG_BYTES 1024 /* longest message, with its final NUL */

struct fa_err {
	int rc;
	char msg[FA_ERR_MSG_BYTES];
};

/* Writes the message into err (which may be NULL), cut to the limit at a
 * code point, and returns rc, which must be a negative enum fa_rc. Messages
 * are one line, lower case, without a full stop, and say what was found and
 * what was expected; control characters in them are replaced. */
int fa_fail(struct fa_err *err, int rc, const char *fmt, ...) FA_PRINTF(3, 4);

/* Fixed English name of a code, for tests and JSON; never NULL. */
const char *fa_rc_name(int rc);

#endif
