/* Zip files as hostile input: what stands around the contents is made again
 * from names, lengths, check sums and the time, and has to be the same. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/zlib.h"
#include "case/zip_form.h"

#define RECORD_BYTES (FA_ZIP_DIRECTORY_BYTES + FA_ZIP_NAME_BYTES)

/* Places in the end, the directory and the header. */
#define AT_END_ENTRIES 10
#define AT_END_BYTES 12
#define AT_END_OFFSET 16
#define AT_TIME 12
#define AT_CRC 16
#define AT_BYTES 24
#define AT_NAME_BYTES 28

static uint32_t
get(const char *p, size_t bytes)
{
	uint32_t n = 0;

	for (size_t i = bytes; i-- > 0;)
		n = n << 8 | (unsigned char)p[i];
	return n;
}

static int
read_at(char *out, const struct fa_zip *z, size_t n, int64_t at,
	struct fa_err *err)
{
	while (n > 0) {
		ssize_t k = pread(z->fd, out, n, (off_t)at);

		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return fa_fail(err, FA_E_IO, "zip file: %s",
				k < 0 ? strerror(errno) : "it got shorter");
		out += k;
		at += k;
		n -= (size_t)k;
	}
	return FA_OK;
}

/* The file may be whole, written by another program: then its content can
 * still be verified. */
static int
odd(struct fa_err *err, const char *what, struct fa_str name)
{
	return fa_fail(err, FA_E_INPUT,
		"it is no zip file as a pack is one: %s%s%.*s%s; it was "
		"damaged, or packed by another program (then unpack it and "
		"verify the folder)",
		what, name.p ? " of '" : "", FA_STR_ARG(name),
		name.p ? "'" : "");
}

struct work {
	struct fa_zip *z;
	struct fa_arena *a;
	char *directory;
	size_t directory_n, n;
	int64_t directory_at;
};

static int
read_end(struct work *w, int64_t bytes, struct fa_err *err)
{
	char is[FA_ZIP_END_BYTES], should[RECORD_BYTES];
	int rc;

	if (bytes < FA_ZIP_END_BYTES || bytes > FA_ZIP_BYTES)
		return odd(err, "its length", FA_STR_NONE);
	rc = read_at(is, w->z, sizeof(is), bytes - FA_ZIP_END_BYTES, err);
	if (rc < 0)
		return rc;
	w->n = get(is + AT_END_ENTRIES, 2);
	w->directory_n = get(is + AT_END_BYTES, 4);
	w->directory_at = get(is + AT_END_OFFSET, 4);
	(void)fa_zip_form_end(
		should, w->n, (int64_t)w->directory_n, w->directory_at);
	if (memcmp(is, should, sizeof(is)) != 0 || w->n > FA_ZIP_ENTRIES ||
		w->directory_n > w->n * RECORD_BYTES ||
		w->directory_at + (int64_t)w->directory_n !=
			bytes - FA_ZIP_END_BYTES)
		return odd(err, "its end", FA_STR_NONE);
	w->directory = fa_arena_new(w->a, w->directory_n, 1);
	w->z->at = fa_arena_new(w->a, w->n, sizeof(*w->z->at));
	if (!w->directory || !w->z->at)
		return fa_fail(err, FA_E_NOMEM, "no memory for entries");
	return read_at(
		w->directory, w->z, w->directory_n, w->directory_at, err);
}

/* Takes an entry from the directory, whose texts stay there. */
static int
take(struct fa_zip_entry *e, struct work *w, struct fa_str *rest, int64_t at,
	struct fa_err *err)
{
	char should[RECORD_BYTES];
	size_t n;

	if (rest->n < FA_ZIP_DIRECTORY_BYTES)
		return odd(err, "its directory", FA_STR_NONE);
	n = FA_ZIP_DIRECTORY_BYTES + get(rest->p + AT_NAME_BYTES, 2);
	if (n > rest->n || n > RECORD_BYTES)
		return odd(err, "the directory", FA_STR_NONE);
	e->name = fa_str_sub(*rest, FA_ZIP_DIRECTORY_BYTES, n);
	if (!fa_zip_name_ok(e->name))
		return fa_fail(err, FA_E_INPUT,
			"'%.*s' is no name for a file of a pack",
			FA_STR_ARG(e->name));
	e->crc = get(rest->p + AT_CRC, 4);
	e->bytes = get(rest->p + AT_BYTES, 4);
	e->offset = at;
	if (w->z->n == 0)
		w->z->time = get(rest->p + AT_TIME, 4);
	if (fa_zip_form_directory(should, e, w->z->time) != n ||
		memcmp(should, rest->p, n) != 0)
		return odd(err, "the directory's entry", e->name);
	*rest = fa_str_sub(*rest, n, rest->n);
	return FA_OK;
}

static int
check_header(const struct fa_zip_entry *e, struct work *w, struct fa_err *err)
{
	char is[RECORD_BYTES], should[RECORD_BYTES];
	size_t n = fa_zip_form_header(should, e, w->z->time);
	int rc;

	if ((int64_t)n + e->bytes > w->directory_at - e->offset)
		return odd(err, "the length", e->name);
	rc = read_at(is, w->z, n, e->offset, err);
	if (rc < 0)
		return rc;
	return memcmp(is, should, n) == 0 ? FA_OK
					  : odd(err, "the header", e->name);
}

static int
look_all(struct work *w, struct fa_err *err)
{
	struct fa_str rest = { w->directory, w->directory_n };
	struct fa_zip *z = w->z;
	int64_t at = 0;

	while (z->n < w->n) {
		struct fa_zip_entry *e = &z->at[z->n];
		int rc = take(e, w, &rest, at, err);

		if (rc == FA_OK)
			rc = check_header(e, w, err);
		if (rc < 0)
			return rc;
		if (z->n > 0 && fa_str_cmp(e[-1].name, e->name) >= 0)
			return odd(err, "the order or number of names, because",
				e->name);
		at += FA_ZIP_HEADER_BYTES + (int64_t)e->name.n + e->bytes;
		z->n++;
	}
	if (rest.n > 0 || at != w->directory_at)
		return odd(err, "bytes that belong to no file", FA_STR_NONE);
	return fa_zip_form_check_case(z->at, z->n, w->a, err);
}

static int
open_file(struct fa_zip *z, int64_t *bytes, struct fa_str path,
	struct fa_err *err)
{
	char text[FA_FILE_PATH_BYTES];
	struct stat st;

	if (path.n >= sizeof(text))
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(path));
	(void)snprintf(text, sizeof(text), "%.*s", FA_STR_ARG(path));
	/* Not to wait for whoever writes into a pipe. */
	z->fd = open(text, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	z->is_open = z->fd >= 0;
	if (!z->is_open || fstat(z->fd, &st) < 0)
		return fa_fail(err, FA_E_IO, "%s: %s", text, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return fa_fail(err, FA_E_IO, "%s: no regular file", text);
	*bytes = (int64_t)st.st_size;
	return FA_OK;
}

int
fa_zip_open(struct fa_zip *out, struct fa_str path, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_zip z = { .n = 0 };
	struct work w = { .z = &z, .a = a };
	int64_t bytes = 0;
	int rc = fa_zlib_open(err);

	if (rc < 0)
		return rc;
	rc = open_file(&z, &bytes, path, err);
	if (rc == FA_OK)
		rc = read_end(&w, bytes, err);
	if (rc == FA_OK)
		rc = look_all(&w, err);
	if (rc < 0)
		fa_zip_close(&z);
	else
		*out = z;
	return rc;
}

void
fa_zip_close(struct fa_zip *z)
{
	if (z->is_open)
		(void)close(z->fd);
	z->is_open = false;
}

const struct fa_zip_entry *
fa_zip_find(const struct fa_zip *z, struct fa_str name)
{
	size_t i = fa_str_search(z->at, z->n, sizeof(*z->at),
		offsetof(struct fa_zip_entry, name), name);

	return i < z->n ? &z->at[i] : NULL;
}

static int
copy(int fd, const struct fa_zip *z, const struct fa_zip_entry *e,
	struct fa_err *err)
{
	char chunk[FA_ZIP_COPY_BYTES];
	int64_t at = e->offset + FA_ZIP_HEADER_BYTES + (int64_t)e->name.n;
	int64_t end = at + e->bytes;
	uint32_t crc = 0;

	while (at < end) {
		size_t n = end - at < FA_ZIP_COPY_BYTES ? (size_t)(end - at)
							: FA_ZIP_COPY_BYTES;
		int rc = read_at(chunk, z, n, at, err);

		if (rc < 0)
			return rc;
		crc = (uint32_t)fa_zlib()->crc32_z(
			crc, (const unsigned char *)chunk, n);
		if (fa_zip_form_write(fd, chunk, n) < 0)
			return fa_fail(err, FA_E_IO, "%.*s: %s",
				FA_STR_ARG(e->name), strerror(errno));
		at += (int64_t)n;
	}
	return crc == e->crc
		? FA_OK
		: fa_fail(err, FA_E_INPUT,
			  "'%.*s' does not have its check sum: it was damaged",
			  FA_STR_ARG(e->name));
}

int
fa_zip_extract(const struct fa_zip *z, const struct fa_zip_entry *e,
	struct fa_str path, struct fa_err *err)
{
	char text[FA_FILE_PATH_BYTES];
	int fd, rc;

	if (path.n >= sizeof(text))
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(path));
	(void)snprintf(text, sizeof(text), "%.*s", FA_STR_ARG(path));
	fd = open(text, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return fa_fail(err, FA_E_IO, "%s: %s", text, strerror(errno));
	rc = copy(fd, z, e, err);
	if (close(fd) < 0 && rc == FA_OK)
		rc = fa_fail(err, FA_E_IO, "%s: %s", text, strerror(errno));
	return rc;
}
