#include "store/sqlite.h"

#include "base/library.h"

FA_LIBRARY_NOTE("store", "stores of sweeps, and dashboards", FA_SONAME_SQLITE3);

static struct fa_library_slot opened;

int
fa_sqlite_open(struct fa_err *err)
{
#define NAME(f) "sqlite3_" #f,
	static const char *const names[] = { FA_SQLITE_FUNCTIONS(NAME) };
	static const struct fa_library library = {
		.soname = FA_SONAME_SQLITE3,
		.names = names,
		.n = FA_COUNT(names),
	};

	_Static_assert(sizeof(struct fa_sqlite) == sizeof(names),
		"the struct has a pointer for each name");
	return fa_library_open(&opened, &library, err);
}

const struct fa_sqlite *
fa_sqlite(void)
{
	return fa_library_functions(&opened);
}
