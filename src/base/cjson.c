#include "base/cjson.h"

#include "base/library.h"

FA_LIBRARY_NOTE("json", "documents in JSON", FA_SONAME_CJSON);

static struct fa_library_slot opened;

int
fa_cjson_open(struct fa_err *err)
{
#define NAME(f) "cJSON_" #f,
	static const char *const names[] = { FA_CJSON_FUNCTIONS(NAME) };
	static const struct fa_library library = {
		.soname = FA_SONAME_CJSON,
		.names = names,
		.n = FA_COUNT(names),
	};

	_Static_assert(sizeof(struct fa_cjson) == sizeof(names),
		"the struct has a pointer for each name");
	return fa_library_open(&opened, &library, err);
}

const struct fa_cjson *
fa_cjson(void)
{
	return fa_library_functions(&opened);
}
