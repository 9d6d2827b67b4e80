#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define FIRST_BYTES 64
#define NUMBER_DIGITS 20 /* of UINT64_MAX */

void
fa_buf_init(struct fa_buf *b, size_t max_bytes)
{
	*b = (struct fa_buf){ .max_bytes = max_bytes };
}

void
fa_buf_done(struct fa_buf *b)
{
	free(b->p);
	*b = (struct fa_buf){ .max_bytes = b->max_bytes };
}

void
fa_buf_reset(struct fa_buf *b)
{
	b->n = 0;
	b->rc = FA_OK;
	if (b->p != NULL)
		b->p[0] = '\0';
}

/* For a NUL too. */
bool
fa_buf_reserve(struct fa_buf *b, size_t more)
{
	size_t need;
	size_t cap;
	char *p;

	if (b->rc != FA_OK)
		return false;
	assert(b->n <= b->max_bytes);
	if (more > b->max_bytes - b->n || b->n + more > SIZE_MAX / 2 - 1) {
		b->rc = FA_E_LIMIT;
		return false;
	}
	need = b->n + more + 1;
	if (need <= b->cap)
		return true;
	cap = b->cap == 0 ? FIRST_BYTES : b->cap;
	while (cap < need)
		cap *= 2;
	/* max_bytes + 1 may be too much for size_t, but need is not */
	if (cap - 1 > b->max_bytes)
		cap = b->max_bytes + 1;
	p = realloc(b->p, cap);
	if (p == NULL) {
		b->rc = FA_E_NOMEM;
		return false;
	}
	b->p = p;
	b->cap = cap;
	return true;
}

void
fa_buf_add(struct fa_buf *b, struct fa_str s)
{
	char *p = fa_buf_take(b, s.n);

	if (p != NULL && s.n > 0)
		memcpy(p, s.p, s.n);
}

void
fa_buf_addc(struct fa_buf *b, char c)
{
	char *p = fa_buf_take(b, 1);

	if (p != NULL)
		*p = c;
}

void
fa_buf_adds(struct fa_buf *b, const char *z)
{
	fa_buf_add(b, fa_str_c(z));
}

void
fa_buf_addf(struct fa_buf *b, const char *fmt, ...)
{
	size_t room = b->rc == FA_OK ? b->cap - b->n : 0;
	va_list ap;
	va_list again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	/* It mostly fits in what is there; else the first call measures. */
	n = vsnprintf(room > 0 ? b->p + b->n : NULL, room, fmt, ap);
	va_end(ap);
	if (n < 0 && b->rc == FA_OK)
		b->rc = FA_E_LIMIT; /* longer than INT_MAX */
	if (n >= 0 && (size_t)n >= room && fa_buf_reserve(b, (size_t)n))
		(void)vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
	if (n >= 0 && b->rc == FA_OK)
		b->n += (size_t)n;
	else if (room > 0)
		b->p[b->n] = '\0'; /* takes back what was cut off */
	va_end(again);
}

void
fa_buf_add_number(struct fa_buf *b, uint64_t v, size_t least)
{
	char digits[NUMBER_DIGITS];
	size_t at = sizeof(digits);

	assert(least <= sizeof(digits));
	while (v > 0 || sizeof(digits) - at < least) {
		digits[--at] = (char)('0' + v % 10);
		v /= 10;
	}
	fa_buf_add(b, (struct fa_str){ digits + at, sizeof(digits) - at });
}

void
fa_buf_add_rune(struct fa_buf *b, unsigned long cp)
{
	char utf8[4];
	size_t n =
		fa_utf8_put(cp > 0x10ffff ? FA_RUNE_BAD : (uint32_t)cp, utf8);

	fa_buf_add(b, (struct fa_str){ utf8, n });
}

struct fa_str
fa_buf_str(const struct fa_buf *b)
{
	return (struct fa_str){ b->p == NULL ? "" : b->p, b->n };
}

int
fa_buf_rc(const struct fa_buf *b, const char *what, struct fa_err *err)
{
	if (b->rc == FA_OK)
		return FA_OK;
	if (b->rc == FA_E_LIMIT) {
		return fa_fail(err, FA_E_LIMIT, "%s is larger than %zu bytes",
			what, b->max_bytes);
	}
	return fa_fail(err, b->rc, "out of memory for %s", what);
}
