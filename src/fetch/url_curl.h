/* Releases what libcurl's URL functions hand out; for FA_CLEANUP. */
#ifndef FA_FETCH_URL_CURL_H
#define FA_FETCH_URL_CURL_H

#include "fetch/curl.h"

static inline void
fa_url_curl_done(CURLU **u)
{
	if (*u != NULL)
		fa_curl()->url_cleanup(*u);
}

static inline void
fa_url_text_done(char **text)
{
	if (*text != NULL)
		(fa_curl()->free)(*text);
}

#endif
