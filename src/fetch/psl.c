#include "fetch/psl.h"

#include "base/library.h"

FA_LIBRARY_NOTE("fetch", "which hosts are one site", FA_SONAME_PSL);

static struct fa_library_slot opened;

int
fa_psl_open(struct fa_err *err)
{
#define NAME(f) "psl_" #f,
	static const char *const names[] = { FA_PSL_FUNCTIONS(NAME) };
	static const struct fa_library library = {
		.soname = FA_SONAME_PSL,
		.names = names,
		.n = FA_COUNT(names),
	};

	_Static_assert(sizeof(struct fa_psl) == sizeof(names),
		"the struct has a pointer for each name");
	return fa_library_open(&opened, &library, err);
}

const struct fa_psl *
fa_psl(void)
{
	return fa_library_functions(&opened);
}
