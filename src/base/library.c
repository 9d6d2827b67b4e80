#include "base/library.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

typedef void any_function(void);

/* POSIX has dlsym return what may be copied into a pointer to a function. */
static int
find_functions(any_function **out, void *handle, const struct fa_library *lib,
	struct fa_err *err)
{
	for (size_t i = 0; i < lib->n; i++) {
		void *p = dlsym(handle, lib->names[i]);

		if (p == NULL)
			return fa_fail(err, FA_E_UNSUPPORTED,
				"%s has no %s; it is not the version that "
				"this program was built for",
				lib->soname, lib->names[i]);
		memcpy(&out[i], &p, sizeof(p));
	}
	return FA_OK;
}

static int
load(struct fa_library_slot *slot, const struct fa_library *lib,
	struct fa_err *err)
{
	void *handle = dlopen(lib->soname, RTLD_LAZY | RTLD_LOCAL);
	any_function **functions;
	int rc;

	_Static_assert(sizeof(any_function *) == sizeof(void *), "as in POSIX");
	if (handle == NULL)
		return fa_fail(err, FA_E_UNSUPPORTED,
			"a library that is needed here cannot be opened: %s; "
			"is its package installed?",
			dlerror());
	functions = calloc(lib->n, sizeof(*functions));
	if (functions == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a library");
	rc = find_functions(functions, handle, lib, err);
	if (rc < 0) {
		free(functions);
		return rc;
	}
	if (lib->ready != NULL)
		lib->ready(functions);
	atomic_store_explicit(
		&slot->functions, functions, memory_order_release);
	return FA_OK;
}

int
fa_library_open(struct fa_library_slot *slot, const struct fa_library *lib,
	struct fa_err *err)
{
	int rc = FA_OK;

	if (fa_library_functions(slot) != NULL)
		return FA_OK;
	(void)pthread_mutex_lock(&slot->lock);
	if (fa_library_functions(slot) == NULL)
		rc = load(slot, lib, err);
	(void)pthread_mutex_unlock(&slot->lock);
	return rc;
}

const void *
fa_library_functions(const struct fa_library_slot *slot)
{
	return atomic_load_explicit(&slot->functions, memory_order_acquire);
}
