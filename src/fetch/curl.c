#include "fetch/curl.h"

#include "base/library.h"

FA_LIBRARY_NOTE("fetch", "pages and URLs", FA_SONAME_CURL);

static struct fa_library_slot opened;

int
fa_curl_open(struct fa_err *err)
{
#define NAME(f) "curl_" #f,
	static const char *const names[] = { FA_CURL_FUNCTIONS(NAME) };
	static const struct fa_library library = {
		.soname = FA_SONAME_CURL,
		.names = names,
		.n = FA_COUNT(names),
	};

	_Static_assert(sizeof(struct fa_curl) == sizeof(names),
		"the struct has a pointer for each name");
	return fa_library_open(&opened, &library, err);
}

const struct fa_curl *
fa_curl(void)
{
	return fa_library_functions(&opened);
}
