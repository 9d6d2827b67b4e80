/* cmark, opened when it is needed. */
#ifndef FA_READ_LIBCMARK_H
#define FA_READ_LIBCMARK_H

#include <cmark.h>

#include "base/attr.h"
#include "base/err.h"

#define FA_CMARK_FUNCTIONS(X)                                                  \
	X(node_first_child)                                                    \
	X(node_free)                                                           \
	X(node_get_end_line)                                                   \
	X(node_get_heading_level)                                              \
	X(node_get_list_type)                                                  \
	X(node_get_start_column)                                               \
	X(node_get_start_line)                                                 \
	X(node_get_type)                                                       \
	X(node_get_user_data)                                                  \
	X(node_next)                                                           \
	X(node_parent)                                                         \
	X(node_set_user_data)                                                  \
	X(parse_document)

struct fa_cmark {
#define FA_CMARK_MEMBER(f) __typeof__(cmark_##f) *f;
	FA_CMARK_FUNCTIONS(FA_CMARK_MEMBER)
};

/* Before any of them is called. FA_E_UNSUPPORTED: it is not installed. */
FA_MUST_CHECK int fa_cmark_open(struct fa_err *err);
const struct fa_cmark *fa_cmark(void); /* NULL before it is open */

#endif
