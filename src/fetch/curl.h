/* libcurl, opened when it is needed. */
#ifndef FA_FETCH_CURL_H
#define FA_FETCH_CURL_H

#include <curl/curl.h>

#include "base/err.h"

#define FA_CURL_FUNCTIONS(X)                                                   \
	X(version)                                                             \
	X(global_init)                                                         \
	X(global_cleanup)                                                      \
	X(free)                                                                \
	X(easy_init)                                                           \
	X(easy_cleanup)                                                        \
	X(easy_setopt)                                                         \
	X(easy_getinfo)                                                        \
	X(easy_pause)                                                          \
	X(easy_strerror)                                                       \
	X(multi_init)                                                          \
	X(multi_cleanup)                                                       \
	X(multi_setopt)                                                        \
	X(multi_add_handle)                                                    \
	X(multi_remove_handle)                                                 \
	X(multi_perform)                                                       \
	X(multi_poll)                                                          \
	X(multi_info_read)                                                     \
	X(slist_append)                                                        \
	X(slist_free_all)                                                      \
	X(url)                                                                 \
	X(url_cleanup)                                                         \
	X(url_get)                                                             \
	X(url_set)

struct fa_curl {
#define FA_CURL_MEMBER(f) __typeof__(curl_##f) *f;
	FA_CURL_FUNCTIONS(FA_CURL_MEMBER)
};

/* Before any of them is called. FA_E_UNSUPPORTED: it is not installed. */
FA_MUST_CHECK int fa_curl_open(struct fa_err *err);
const struct fa_curl *fa_curl(void); /* NULL before it is open */

#endif
