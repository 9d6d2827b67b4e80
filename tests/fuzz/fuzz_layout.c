/* Any bytes as the layout of a page and a passage of it, divided by a line
 * "%%": the frame lies within one picture. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "case/facts_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int ok)
{
	if (!ok)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str all = { (const char *)data, size };
	size_t cut = fa_str_find(all, FA_STR("\n%%\n"), 0);
	struct fa_dossier_picture shots[2] = { { .height = 500 },
		{ .y = 500, .height = 300 } };
	struct fa_dossier d = { .pictures = shots, .pictures_n = 2 };
	struct fa_dossier_passage p = { .text = FA_STR("人脸") };
	struct fa_facts x = { .d = &d };
	struct fa_facts_page page = { .n = 2 };
	struct fa_json *tree;
	struct fa_arena a;
	struct fa_err err;

	fa_arena_init(&a, (size_t)64 << 20);
	x.a = &a;
	if (cut != SIZE_MAX) {
		p.text = fa_str_sub(all, cut + 4, all.n);
		all = fa_str_sub(all, 0, cut);
	}
	if (fa_json_parse(&tree, all, &a, &err) == FA_OK) {
		page.layout = tree;
		fa_facts_page_place(&p, &x, &page);
		must(p.has_box == (p.picture != FA_DOSSIER_NONE));
		must(!p.has_box || p.picture < 2);
		must(!p.has_box ||
			(p.box.y >= 0 && p.box.y < shots[p.picture].height &&
				(int64_t)p.box.y + p.box.h <=
					shots[p.picture].height));
	}
	(void)fa_facts_time_us(p.text);
	fa_arena_done(&a);
	return 0;
}
