#include "read/libcmark.h"

#include "base/library.h"

FA_LIBRARY_NOTE("read", "Markdown", FA_SONAME_CMARK);

static struct fa_library_slot opened;

int
fa_cmark_open(struct fa_err *err)
{
#define NAME(f) "cmark_" #f,
	static const char *const names[] = { FA_CMARK_FUNCTIONS(NAME) };
	static const struct fa_library library = {
		.soname = FA_SONAME_CMARK,
		.names = names,
		.n = FA_COUNT(names),
	};

	_Static_assert(sizeof(struct fa_cmark) == sizeof(names),
		"the struct has a pointer for each name");
	return fa_library_open(&opened, &library, err);
}

const struct fa_cmark *
fa_cmark(void)
{
	return fa_library_functions(&opened);
}
