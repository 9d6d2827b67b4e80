/* URLs: the input is a base and, behind its first NUL, a reference. Invariants:
 * the canonical form is a fixed point, the empty reference keeps it, and its
 * parts are where they should be. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "fetch/url.h"

#define ARENA_BYTES (1u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_text(struct fa_str text)
{
	assert(text.n <= FA_URL_BYTES);
	for (size_t i = 0; i < text.n; i++) {
		assert(text.p[i] > ' ' && text.p[i] < 0x7f);
		assert(strchr("#\"<>\\^`{|}", text.p[i]) == NULL);
	}
}

static void
check_url(const struct fa_url *u, struct fa_arena *a)
{
	struct fa_url again;
	struct fa_err err;

	check_text(u->text);
	assert(fa_str_starts(u->text, u->origin));
	assert(fa_str_ends(u->text, u->target));
	assert(u->origin.n + u->target.n == u->text.n);
	assert(fa_str_starts(u->target, FA_STR("/")));
	assert(fa_str_find(u->target, FA_STR("/../"), 0) == SIZE_MAX ||
		fa_str_find(u->target, FA_STR("?"), 0) <
			fa_str_find(u->target, FA_STR("/../"), 0));
	assert(u->port != 0 && u->host.n > 0);
	assert(fa_str_eq(u->scheme, FA_STR("http")) ||
		fa_str_eq(u->scheme, FA_STR("https")));
	assert(fa_url_parse(&again, u->text, a, &err) == FA_OK);
	assert(fa_str_eq(again.text, u->text));
	assert(fa_url_resolve(&again, u->text, FA_STR(""), a, &err) == FA_OK);
	assert(fa_str_eq(again.text, u->text));
	assert(fa_url_resolve(&again, FA_STR("http://other/"), u->text, a,
		       &err) == FA_OK);
	assert(fa_str_eq(again.text, u->text));
	assert(fa_url_same_site(u->host, u->host));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str ref = { (const char *)data, size };
	struct fa_str base = fa_str_cut(&ref, '\0');
	struct fa_arena a;
	struct fa_url u, v;
	struct fa_err err = { .rc = 0 };
	int rc;

	fa_arena_init(&a, ARENA_BYTES);
	rc = fa_url_parse(&u, base, &a, &err);
	if (rc == FA_OK) {
		check_url(&u, &a);
		if (fa_url_resolve(&v, u.text, ref, &a, &err) == FA_OK) {
			check_url(&v, &a);
			(void)fa_url_same_site(u.host, v.host);
		}
	} else {
		assert(rc == FA_E_INPUT && err.msg[0] != '\0');
	}
	fa_arena_done(&a);
	return 0;
}
