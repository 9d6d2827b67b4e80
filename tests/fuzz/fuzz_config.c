/* Any text as .faceaudit.yaml. Invariants: a refusal names the file and a
 * reason on one line; what is taken has its line, paths stay in the project,
 * no pattern of a waiver takes back, no quote is empty. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "project/config.h"
#include "project/place.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_text(const struct fa_config_text *t)
{
	assert((t->value.p != NULL) == (t->line > 0));
	assert(t->value.p == NULL || t->value.n > 0);
}

static void
check_path(struct fa_str path, struct fa_arena *a)
{
	struct fa_str real, whole = path;
	struct fa_err err;

	if (path.p == NULL)
		return;
	if (path.p[0] != '/')
		whole = fa_place_join(FA_STR("/nowhere/p"), path, a);
	assert(fa_place_absolute(&real, whole, a, &err) == FA_OK);
	assert(fa_place_below(real, FA_STR("/nowhere")).p != NULL);
}

static void
check_waiver(const struct fa_config_waiver *w)
{
	assert(w->waiver.kind == FA_WAIVER_CONFIG && w->waiver.line > 0);
	assert(!w->has_path || (w->path.text.n > 0 && !w->path.negated));
	assert(w->quote.p == NULL || w->quote.n > 0);
	assert(w->bad_date.p == NULL || w->waiver.until == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str text = { (const char *)data, size };
	struct fa_config c;
	struct fa_arena a;
	struct fa_err err = { .rc = 0 };
	int rc;

	fa_arena_init(&a, 256u << 20);
	rc = fa_config_parse(&c, text, FA_STR("f.yaml"), FA_STR("/nowhere/p"),
		FA_STR("/nowhere"), &a, &err);
	if (rc == FA_OK) {
		check_text(&c.fail_on);
		check_text(&c.max_unknown);
		check_text(&c.app);
		check_path(c.baseline.value, &a);
		check_path(c.rules.value, &a);
		for (size_t i = 0; i < c.paths.n; i++)
			check_path(c.paths.at[i], &a);
		assert(c.ignore.n == c.exclude.n);
		for (size_t i = 0; i < c.waivers_n; i++)
			check_waiver(&c.waivers[i]);
	} else {
		assert(rc == FA_E_INPUT || rc == FA_E_LIMIT ||
			rc == FA_E_USAGE || rc == FA_E_NOMEM);
		assert(err.msg[0] != '\0' && strchr(err.msg, '\n') == NULL);
	}
	fa_arena_done(&a);
	return 0;
}
