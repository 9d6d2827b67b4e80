#include "facecheck/child/load.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "facecheck/child/child.h"

/* A name is printed and recorded: some printable ASCII, and no blank at its
 * ends. */
static bool
is_name(const char *s)
{
	size_t n = s ? strnlen(s, FC_PLUGIN_NAME_BYTES + 1) : 0;

	if (n == 0 || n > FC_PLUGIN_NAME_BYTES)
		return false;
	for (size_t i = 0; i < n; i++)
		if (s[i] < ' ' || s[i] > '~')
			return false;
	return s[0] != ' ' && s[n - 1] != ' ';
}

int
fc_plugin_check(const struct fc_plugin *p, struct fa_err *err)
{
	if (!p)
		return fa_fail(err, FA_E_INPUT, "no matcher");
	if (p->abi != FC_PLUGIN_ABI)
		return fa_fail(err, FA_E_INPUT,
			"matcher of abi %lu, expected %d",
			(unsigned long)p->abi, FC_PLUGIN_ABI);
	if (!is_name(p->name) || !is_name(p->version))
		return fa_fail(err, FA_E_INPUT,
			"matcher without name or version, expected printable "
			"ascii of 1 to %d bytes",
			FC_PLUGIN_NAME_BYTES);
	if (!p->open || !p->encode || !p->alive || !p->compare || !p->close)
		return fa_fail(err, FA_E_INPUT,
			"matcher %s lacks a function, expected open, encode, "
			"alive, compare and close",
			p->name);
	if (p->template_bytes < 1 || p->template_bytes > FC_TEMPLATE_MAX)
		return fa_fail(err, FA_E_INPUT,
			"templates of matcher %s have %lu bytes, expected 1 to "
			"%u",
			p->name, (unsigned long)p->template_bytes,
			FC_TEMPLATE_MAX);
	if (p->scratch_bytes > FC_SCRATCH_MAX)
		return fa_fail(err, FA_E_INPUT,
			"scratch of matcher %s has %lu bytes, limit %u",
			p->name, (unsigned long)p->scratch_bytes,
			FC_SCRATCH_MAX);
	if (p->frames < 1 || p->frames > FC_FRAMES_MAX)
		return fa_fail(err, FA_E_INPUT,
			"matcher %s wants %lu frames, expected 1 to %d",
			p->name, (unsigned long)p->frames, FC_FRAMES_MAX);
	return FA_OK;
}

static int
open_model(struct fc_loaded *out, const struct fc_plugin *p, const char *dir,
	void *handle, struct fa_err *err)
{
	void *model = NULL;
	int rc = fc_plugin_check(p, err);

	if (rc < 0)
		return rc;
	if (p->open(dir, &model) != 0)
		return fa_fail(err, FA_E_INPUT,
			"matcher %s does not open with %s", p->name,
			dir ? dir : "no directory");
	*out = (struct fc_loaded){ p, model, handle };
	return FA_OK;
}

int
fc_plugin_open(struct fc_loaded *out, const struct fc_plugin *p,
	const char *dir, struct fa_err *err)
{
	return open_model(out, p, dir, NULL, err);
}

int
fc_plugin_load(struct fc_loaded *out, const char *path, const char *dir,
	struct fa_err *err)
{
	fc_plugin_fn *get;
	void *handle, *symbol;
	int rc;

	if (access(path, R_OK) != 0)
		return fa_fail(err, errno == ENOENT ? FA_E_NOTFOUND : FA_E_IO,
			"matcher %s: %s", path, strerror(errno));
	/* A name without a slash would be looked for elsewhere. */
	if (!strchr(path, '/'))
		return fa_fail(err, FA_E_USAGE,
			"matcher %s: expected a path with a slash (./%s)", path,
			path);
	/* All symbols now: later the child would have to look for them. */
	handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!handle) {
		const char *why = dlerror();

		return fa_fail(err, FA_E_INPUT, "%s",
			why ? why : "matcher does not load");
	}
	symbol = dlsym(handle, FC_PLUGIN_SYMBOL);
	if (!symbol) {
		(void)dlclose(handle);
		return fa_fail(err, FA_E_INPUT,
			"%s is no matcher: it does not export %s", path,
			FC_PLUGIN_SYMBOL);
	}
	memcpy(&get, &symbol, sizeof(get));
	rc = open_model(out, get(), dir, handle, err);
	if (rc < 0)
		(void)dlclose(handle);
	return rc;
}

void
fc_plugin_close(struct fc_loaded *l)
{
	if (l->plugin)
		l->plugin->close(l->model);
	if (l->handle)
		(void)dlclose(l->handle);
	*l = (struct fc_loaded){ 0 };
}
