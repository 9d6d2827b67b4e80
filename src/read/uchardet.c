#include "read/uchardet.h"

#include "base/library.h"

FA_LIBRARY_NOTE("read", "encodings that are neither Chinese nor declared",
	FA_SONAME_UCHARDET);

static struct fa_library_slot opened;

int
fa_uchardet_open(struct fa_err *err)
{
#define NAME(f) "uchardet_" #f,
	static const char *const names[] = { FA_UCHARDET_FUNCTIONS(NAME) };
	static const struct fa_library library = {
		.soname = FA_SONAME_UCHARDET,
		.names = names,
		.n = FA_COUNT(names),
	};

	_Static_assert(sizeof(struct fa_uchardet) == sizeof(names),
		"the struct has a pointer for each name");
	return fa_library_open(&opened, &library, err);
}

const struct fa_uchardet *
fa_uchardet(void)
{
	return fa_library_functions(&opened);
}
