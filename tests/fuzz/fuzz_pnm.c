/* Any bytes as a picture: what is read, written and read again is the same
 * picture, and the matcher that looks at it ends. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "facecheck/face/bundled.h"
#include "facecheck/face/pnm.h"

#define ARENA_BYTES (16u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_again(const struct fc_picture *p, struct fa_arena *a)
{
	struct fc_picture again;
	struct fa_buf b;

	fa_buf_init(&b, FC_PNM_BYTES_MAX);
	fc_pnm_write(&b, p);
	assert(b.rc == FA_OK);
	assert(fc_pnm_read(&again, fa_buf_str(&b), a, NULL) == FA_OK);
	assert(again.width == p->width && again.height == p->height);
	assert(memcmp(again.pixels, p->pixels, (size_t)p->width * p->height) ==
		0);
	fa_buf_done(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct fc_plugin *f = fc_plugin_bundled();
	struct fa_str s = { (const char *)data, size };
	struct fc_picture p;
	struct fa_arena a;

	fa_arena_init(&a, ARENA_BYTES);
	if (fc_pnm_read(&p, s, &a, NULL) == FA_OK) {
		void *scratch = fa_arena_new(&a, 1, f->scratch_bytes);
		uint8_t *templ = fa_arena_new(&a, 1, f->template_bytes);
		enum fc_saying said;

		read_again(&p, &a);
		assert(scratch && templ);
		said = f->encode(NULL, &p, templ, scratch);
		assert(said == FC_SAYS_YES || said == FC_SAYS_POOR);
	}
	fa_arena_done(&a);
	return 0;
}
