#include "case/zip_form.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define HEADER 0x04034b50u
#define DIRECTORY 0x02014b50u
#define END 0x06054b50u
#define NEEDED 10u          /* 4.4.3: version 1.0 is enough to extract it */
#define MADE (3u << 8 | 20) /* 4.4.2: by Unix, version 2.0 */
#define MODE (UINT32_C(0100644) << 16)
#define DOS_EPOCH_S INT64_C(315532800) /* 1980-01-01 */
#define DOS_END_S INT64_C(4354819199)  /* 2107-12-31, its last second */

static bool
is_plain(char c, bool first)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '_' ||
		(!first && (c == '-' || c == '.'));
}

bool
fa_zip_name_ok(struct fa_str name)
{
	bool begins = true; /* at the first byte of a part */

	if (name.n == 0 || name.n > FA_ZIP_NAME_BYTES)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (c == '/' ? begins : !is_plain(c, begins))
			return false;
		begins = c == '/';
	}
	return !begins;
}

uint32_t
fa_zip_time(int64_t at_ms)
{
	int64_t s = at_ms / 1000;
	time_t at = (time_t)(s < DOS_EPOCH_S ? DOS_EPOCH_S
			: s > DOS_END_S      ? DOS_END_S
					     : s);
	struct tm tm;

	memset(&tm, 0, sizeof(tm));
	(void)gmtime_r(&at, &tm);
	return (uint32_t)((tm.tm_year - 80) << 9 | (tm.tm_mon + 1) << 5 |
		       tm.tm_mday)
		<< 16 |
		(uint32_t)(tm.tm_hour << 11 | tm.tm_min << 5 | tm.tm_sec / 2);
}

/* Numbers are written with their low byte first. */
static char *
put(char *p, uint32_t n, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		*p++ = (char)(unsigned char)(n >> (8 * i));
	return p;
}

/* What header and directory have in common, from the version needed to
 * extract up to the length of the extra field. */
static char *
put_common(char *p, const struct fa_zip_entry *e, uint32_t time)
{
	p = put(p, NEEDED, 2);
	p = put(p, 0, 2); /* flags */
	p = put(p, 0, 2); /* stored */
	p = put(p, time, 4);
	p = put(p, e->crc, 4);
	p = put(p, (uint32_t)e->bytes, 4);
	p = put(p, (uint32_t)e->bytes, 4);
	p = put(p, (uint32_t)e->name.n, 2);
	return put(p, 0, 2);
}

size_t
fa_zip_form_header(char *out, const struct fa_zip_entry *e, uint32_t time)
{
	char *p = put_common(put(out, HEADER, 4), e, time);

	memcpy(p, e->name.p, e->name.n);
	return FA_ZIP_HEADER_BYTES + e->name.n;
}

size_t
fa_zip_form_directory(char *out, const struct fa_zip_entry *e, uint32_t time)
{
	char *p = put(put(out, DIRECTORY, 4), MADE, 2);

	p = put_common(p, e, time);
	p = put(p, 0, 2); /* length of the comment */
	p = put(p, 0, 2); /* disk */
	p = put(p, 0, 2); /* internal attributes */
	p = put(p, MODE, 4);
	p = put(p, (uint32_t)e->offset, 4);
	memcpy(p, e->name.p, e->name.n);
	return FA_ZIP_DIRECTORY_BYTES + e->name.n;
}

size_t
fa_zip_form_end(char *out, size_t n, int64_t bytes, int64_t offset)
{
	char *p = put(out, END, 4);

	p = put(p, 0, 4); /* disks */
	p = put(p, (uint32_t)n, 2);
	p = put(p, (uint32_t)n, 2);
	p = put(p, (uint32_t)bytes, 4);
	p = put(p, (uint32_t)offset, 4);
	(void)put(p, 0, 2); /* length of the comment */
	return FA_ZIP_END_BYTES;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int
compare_folded(const void *a, const void *b)
{
	struct fa_str x = *(const struct fa_str *)a;
	struct fa_str y = *(const struct fa_str *)b;
	size_t n = x.n < y.n ? x.n : y.n;

	for (size_t i = 0; i < n; i++) {
		int d = lower(x.p[i]) - lower(y.p[i]);

		if (d != 0)
			return d;
	}
	return (x.n > y.n) - (x.n < y.n);
}

int
fa_zip_form_check_case(const struct fa_zip_entry *at, size_t n,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str *names = fa_arena_new(a, n, sizeof(*names));

	if (!names)
		return fa_fail(err, FA_E_NOMEM, "no memory for names");
	for (size_t i = 0; i < n; i++)
		names[i] = at[i].name;
	if (n > 1)
		qsort(names, n, sizeof(*names), compare_folded);
	for (size_t i = 1; i < n; i++)
		if (compare_folded(&names[i - 1], &names[i]) == 0)
			return fa_fail(err, FA_E_INPUT,
				"two files would be '%.*s' where case does not "
				"count",
				FA_STR_ARG(names[i]));
	return FA_OK;
}

int
fa_zip_form_write(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t k = write(fd, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return -1;
		p += k;
		n -= (size_t)k;
	}
	return 0;
}
