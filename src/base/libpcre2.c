#include "base/libpcre2.h"

#include "base/library.h"

FA_LIBRARY_NOTE("regex", "patterns of one's own rules and of stores",
	FA_SONAME_PCRE2_8);

static struct fa_library_slot opened;

int
fa_pcre2_open(struct fa_err *err)
{
#define NAME(f) "pcre2_" #f "_8",
	static const char *const names[] = { FA_PCRE2_FUNCTIONS(NAME) };
	static const struct fa_library library = {
		.soname = FA_SONAME_PCRE2_8,
		.names = names,
		.n = FA_COUNT(names),
	};

	_Static_assert(sizeof(struct fa_pcre2) == sizeof(names),
		"the struct has a pointer for each name");
	return fa_library_open(&opened, &library, err);
}

const struct fa_pcre2 *
fa_pcre2(void)
{
	return fa_library_functions(&opened);
}
