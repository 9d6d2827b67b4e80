/* Releases what libcurl's URL functions hand out; for FA_CLEANUP. */
#ifndef FA_FETCH_URL_CURL_H
#define FA_FETCH_URL_CURL_H

#include <curl/curl.h>

static inline void
fa_url_curl_done(CURLU **u)
{
	curl_url_cleanup(*u);
}

static inline void
fa_url_text_done(char **text)
{
	curl_free(*text);
}

#endif
