/* uchardet, opened when it is needed. */
#ifndef FA_READ_UCHARDET_H
#define FA_READ_UCHARDET_H

#include <uchardet/uchardet.h>

#include "base/err.h"

#define FA_UCHARDET_FUNCTIONS(X)                                               \
	X(new)                                                                 \
	X(delete)                                                              \
	X(handle_data)                                                         \
	X(data_end)                                                            \
	X(get_charset)

struct fa_uchardet {
#define FA_UCHARDET_MEMBER(f) __typeof__(uchardet_##f) *f;
	FA_UCHARDET_FUNCTIONS(FA_UCHARDET_MEMBER)
};

/* Before any of them is called. FA_E_UNSUPPORTED: it is not installed. */
FA_MUST_CHECK int fa_uchardet_open(struct fa_err *err);
const struct fa_uchardet *fa_uchardet(void); /* NULL before it is open */

#endif
