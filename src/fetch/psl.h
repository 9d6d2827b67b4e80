/* libpsl, opened when it is needed. */
#ifndef FA_FETCH_PSL_H
#define FA_FETCH_PSL_H

#include <libpsl.h>

#include "base/err.h"

#define FA_PSL_FUNCTIONS(X)                                                    \
	X(builtin)                                                             \
	X(registrable_domain)

struct fa_psl {
#define FA_PSL_MEMBER(f) __typeof__(psl_##f) *f;
	FA_PSL_FUNCTIONS(FA_PSL_MEMBER)
};

/* Before any of them is called. FA_E_UNSUPPORTED: it is not installed. */
FA_MUST_CHECK int fa_psl_open(struct fa_err *err);
const struct fa_psl *fa_psl(void); /* NULL before it is open */

#endif
