/* PCRE2, opened when it is needed: the rules of the program need none. */
#ifndef FA_BASE_LIBPCRE2_H
#define FA_BASE_LIBPCRE2_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/attr.h"
#include "base/err.h"

#define FA_PCRE2_FUNCTIONS(X)                                                  \
	X(code_free)                                                           \
	X(compile)                                                             \
	X(compile_context_create)                                              \
	X(compile_context_free)                                                \
	X(config)                                                              \
	X(general_context_create)                                              \
	X(general_context_free)                                                \
	X(get_error_message)                                                   \
	X(get_ovector_pointer)                                                 \
	X(jit_compile)                                                         \
	X(jit_stack_assign)                                                    \
	X(jit_stack_create)                                                    \
	X(jit_stack_free)                                                      \
	X(match)                                                               \
	X(match_context_create)                                                \
	X(match_context_free)                                                  \
	X(match_data_create)                                                   \
	X(match_data_free)                                                     \
	X(set_depth_limit)                                                     \
	X(set_heap_limit)                                                      \
	X(set_match_limit)

struct fa_pcre2 {
#define FA_PCRE2_MEMBER(f) __typeof__(pcre2_##f) *f;
	FA_PCRE2_FUNCTIONS(FA_PCRE2_MEMBER)
};

/* Before any of them is called. FA_E_UNSUPPORTED: it is not installed. */
FA_MUST_CHECK int fa_pcre2_open(struct fa_err *err);
const struct fa_pcre2 *fa_pcre2(void); /* NULL before it is open */

#endif
