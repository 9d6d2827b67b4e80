#include "browser/frames.h"

#include <string.h>

#include "base/num.h"

#define SURROGATE_HIGH 0xd800
#define SURROGATE_LOW 0xdc00
#define SURROGATE_END 0xdfff

void
fa_frames_init(struct fa_frames *f, size_t max_bytes)
{
	*f = (struct fa_frames){ .max_bytes = max_bytes };
	/* A message, and what was read behind it. */
	fa_buf_init(&f->b, max_bytes * 2);
}

void
fa_frames_done(struct fa_frames *f)
{
	fa_buf_done(&f->b);
}

static void
compact(struct fa_frames *f)
{
	if (f->at == 0)
		return;
	memmove(f->b.p, f->b.p + f->at, f->b.n - f->at);
	f->b.n -= f->at;
	f->seen -= f->at;
	f->at = 0;
}

int
fa_frames_add(struct fa_frames *f, struct fa_str bytes, struct fa_err *err)
{
	compact(f);
	fa_buf_add(&f->b, bytes);
	return fa_buf_rc(&f->b, "message of the browser", err);
}

/* The code unit of "\uXXXX" at p, or -1. */
static long
unit_at(const char *p, size_t n)
{
	uint64_t v;

	if (n < 6 || p[0] != '\\' || p[1] != 'u' ||
		!fa_num_hex((struct fa_str){ p + 2, 4 }, 0xffff, &v))
		return -1;
	return (long)v;
}

static bool
is_unit(long u, long from, long end)
{
	return u >= from && u < end;
}

static void
mend(char *p, size_t n)
{
	size_t i = 0;

	while (i < n) {
		char *escape = memchr(p + i, '\\', n - i);
		long unit;

		if (escape == NULL)
			return;
		i = (size_t)(escape - p);
		unit = unit_at(p + i, n - i);
		if (is_unit(unit, SURROGATE_HIGH, SURROGATE_LOW) &&
			is_unit(unit_at(p + i + 6, n - i - 6), SURROGATE_LOW,
				SURROGATE_END + 1)) {
			i += 12;
			continue;
		}
		if (unit == 0 ||
			is_unit(unit, SURROGATE_HIGH, SURROGATE_END + 1))
			memcpy(p + i, "\\ufffd", 6);
		i += unit < 0 ? 2 : 6;
	}
}

static void
take(struct fa_frames *f, size_t end, struct fa_frame *out)
{
	mend(f->b.p + f->at, end - f->at);
	out->text = (struct fa_str){ f->b.p + f->at, end - f->at };
	out->cut = false;
	f->at = f->seen = end + 1;
}

bool
fa_frames_next(struct fa_frames *f, struct fa_frame *out)
{
	for (;;) {
		char *end = f->seen < f->b.n
			? memchr(f->b.p + f->seen, 0, f->b.n - f->seen)
			: NULL;
		size_t stop = end == NULL ? f->b.n : (size_t)(end - f->b.p);
		bool large = stop - f->at > f->max_bytes;

		f->seen = stop;
		if (f->skipping) {
			f->at = f->seen = end == NULL ? stop : stop + 1;
			f->skipping = end == NULL;
			if (end == NULL)
				return false;
			continue;
		}
		if (large) {
			size_t to = f->at + FA_FRAMES_HEAD_BYTES;

			take(f, to < stop ? to : stop, out);
			out->cut = true;
			f->at = f->seen = end == NULL ? stop : stop + 1;
			f->skipping = end == NULL;
			return true;
		}
		if (end == NULL)
			return false;
		take(f, stop, out);
		return true;
	}
}
