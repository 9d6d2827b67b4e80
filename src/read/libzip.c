#include "read/libzip.h"

#include "base/library.h"

FA_LIBRARY_NOTE("docx", "reading and writing documents of Word", FA_SONAME_ZIP);

static struct fa_library_slot opened;

int
fa_libzip_open(struct fa_err *err)
{
#define NAME(f) #f,
	static const char *const names[] = { FA_LIBZIP_FUNCTIONS(NAME) };
	static const struct fa_library library = {
		.soname = FA_SONAME_ZIP,
		.names = names,
		.n = FA_COUNT(names),
	};

	_Static_assert(sizeof(struct fa_libzip) == sizeof(names),
		"the struct has a pointer for each name");
	return fa_library_open(&opened, &library, err);
}

const struct fa_libzip *
fa_libzip(void)
{
	return fa_library_functions(&opened);
}
