/* libzip, opened when it is needed. */
#ifndef FA_READ_LIBZIP_H
#define FA_READ_LIBZIP_H

#include <zip.h>

#include "base/err.h"

#define FA_LIBZIP_FUNCTIONS(X)                                                 \
	X(zip_close)                                                           \
	X(zip_discard)                                                         \
	X(zip_error_code_zip)                                                  \
	X(zip_error_fini)                                                      \
	X(zip_error_init)                                                      \
	X(zip_error_strerror)                                                  \
	X(zip_fclose)                                                          \
	X(zip_file_add)                                                        \
	X(zip_file_set_dostime)                                                \
	X(zip_fopen_index)                                                     \
	X(zip_fread)                                                           \
	X(zip_get_error)                                                       \
	X(zip_name_locate)                                                     \
	X(zip_open_from_source)                                                \
	X(zip_set_file_compression)                                            \
	X(zip_source_buffer)                                                   \
	X(zip_source_buffer_create)                                            \
	X(zip_source_close)                                                    \
	X(zip_source_error)                                                    \
	X(zip_source_free)                                                     \
	X(zip_source_keep)                                                     \
	X(zip_source_open)                                                     \
	X(zip_source_read)                                                     \
	X(zip_source_stat)                                                     \
	X(zip_stat_index)                                                      \
	X(zip_stat_init)                                                       \
	X(zip_strerror)

struct fa_libzip {
#define FA_LIBZIP_MEMBER(f) __typeof__(f) *f;
	FA_LIBZIP_FUNCTIONS(FA_LIBZIP_MEMBER)
};

/* Before any of them is called. FA_E_UNSUPPORTED: it is not installed. */
FA_MUST_CHECK int fa_libzip_open(struct fa_err *err);
const struct fa_libzip *fa_libzip(void); /* NULL before it is open */

#endif
