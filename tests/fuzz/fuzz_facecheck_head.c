/* Any bytes as the head of a capture and as a form: what is taken lies within
 * what came, and reads the same again. */
#include "base/arena.h"
#include "facecheck/serve/form.h"
#include "facecheck/serve/head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
within(struct fa_str part, struct fa_str whole)
{
	if (!part.p)
		return;
	if (part.p < whole.p || part.p + part.n > whole.p + whole.n)
		__builtin_trap();
	for (size_t i = 0; i < part.n; i++)
		if (part.p[i] == '\r' || part.p[i] == '\n')
			__builtin_trap();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str s = { (const char *)data, size };
	struct fc_head h = { .length = 0 };
	struct fc_form f;
	struct fa_arena a;
	struct fa_err err;

	if (fc_head_parse(&h, s, &err) == FA_OK) {
		within(h.path, s);
		within(h.query, s);
		within(h.host, s);
		within(h.cookie, s);
		within(fc_head_cookie(h.cookie, "fcsession"), h.cookie);
		within(fc_head_boundary(h.type), h.type);
		if (h.path.n == 0 || h.path.p[0] != '/')
			__builtin_trap();
	}
	fa_arena_init(&a, 1u << 20);
	if (fc_form_parse(&f, s, &a, &err) == FA_OK)
		for (size_t i = 0; i < f.n; i++)
			if (f.at[i].name.n + f.at[i].value.n > size)
				__builtin_trap();
	fa_arena_done(&a);
	return 0;
}
