/* Any bytes as what comes out of the pipe of a browser, in any portions. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "browser/frames.h"

#define MAX_BYTES 64
#define ARENA_BYTES (1u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(int holds)
{
	if (!holds)
		abort();
}

/* Messages and their ends tile the input: each message comes out once, whole
 * or as the beginning of one that is too large. */
static void
check_frames(struct fa_str all, size_t step)
{
	struct fa_frames f;
	struct fa_frame frame;
	struct fa_str rest = all;

	fa_frames_init(&f, MAX_BYTES);
	for (size_t at = 0; at < all.n; at += step) {
		check(fa_frames_add(&f, fa_str_sub(all, at, at + step), NULL) ==
			FA_OK);
		while (fa_frames_next(&f, &frame)) {
			const char *end = memchr(rest.p, 0, rest.n);
			size_t n =
				end == NULL ? rest.n : (size_t)(end - rest.p);

			check(frame.cut ? n > MAX_BYTES
					: end != NULL && frame.text.n == n);
			check(frame.text.n <= n);
			rest = fa_str_sub(rest, n + 1, rest.n);
		}
	}
	check(memchr(rest.p == NULL ? "" : rest.p, 0, rest.n) == NULL);
	fa_frames_done(&f);
}

static void
check_base64(struct fa_str s)
{
	struct fa_arena a;
	struct fa_buf b;
	struct fa_str back = FA_STR_NONE;

	fa_arena_init(&a, ARENA_BYTES);
	fa_buf_init(&b, ARENA_BYTES);
	fa_base64_add(&b, s);
	check(fa_base64_decode(&back, fa_buf_str(&b), &a, NULL) == FA_OK);
	check(fa_str_eq(back, s));
	if (fa_base64_decode(&back, s, &a, NULL) < 0)
		back = FA_STR_NONE; /* any text may come: no crash is asked */
	fa_buf_done(&b);
	fa_arena_done(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str s = { (const char *)data, size };

	if (size == 0)
		return 0;
	check_frames(s, 1 + data[0] % 40);
	if (size < 4096)
		check_base64(s);
	return 0;
}
