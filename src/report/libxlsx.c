#include "report/libxlsx.h"

#include "base/library.h"

FA_LIBRARY_NOTE("xlsx", "tables for spreadsheets", FA_SONAME_XLSXWRITER);

static struct fa_library_slot opened;

int
fa_libxlsx_open(struct fa_err *err)
{
#define NAME(f) #f,
	static const char *const names[] = { FA_LIBXLSX_FUNCTIONS(NAME) };
	static const struct fa_library library = {
		.soname = FA_SONAME_XLSXWRITER,
		.names = names,
		.n = FA_COUNT(names),
	};

	_Static_assert(sizeof(struct fa_libxlsx) == sizeof(names),
		"the struct has a pointer for each name");
	return fa_library_open(&opened, &library, err);
}

const struct fa_libxlsx *
fa_libxlsx(void)
{
	return fa_library_functions(&opened);
}
