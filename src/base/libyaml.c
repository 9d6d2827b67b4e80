#include "base/libyaml.h"

#include "base/library.h"

FA_LIBRARY_NOTE("yaml", "rules and configurations", FA_SONAME_YAML);

static struct fa_library_slot opened;

int
fa_libyaml_open(struct fa_err *err)
{
#define NAME(f) "yaml_" #f,
	static const char *const names[] = { FA_LIBYAML_FUNCTIONS(NAME) };
	static const struct fa_library library = {
		.soname = FA_SONAME_YAML,
		.names = names,
		.n = FA_COUNT(names),
	};

	_Static_assert(sizeof(struct fa_libyaml) == sizeof(names),
		"the struct has a pointer for each name");
	return fa_library_open(&opened, &library, err);
}

const struct fa_libyaml *
fa_libyaml(void)
{
	return fa_library_functions(&opened);
}
