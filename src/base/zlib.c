#include "base/zlib.h"

#include "base/library.h"

FA_LIBRARY_NOTE("gzip", "compressed bodies, archives and packs", FA_SONAME_Z);

static struct fa_library_slot opened;

int
fa_zlib_open(struct fa_err *err)
{
#define NAME(f) #f,
	static const char *const names[] = { FA_ZLIB_FUNCTIONS(NAME) };
	static const struct fa_library library = {
		.soname = FA_SONAME_Z,
		.names = names,
		.n = FA_COUNT(names),
	};

	_Static_assert(sizeof(struct fa_zlib) == sizeof(names),
		"the struct has a pointer for each name");
	return fa_library_open(&opened, &library, err);
}

const struct fa_zlib *
fa_zlib(void)
{
	return fa_library_functions(&opened);
}
