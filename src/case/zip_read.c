/* Zip files as hostile input: every name and number is looked at before the
 * first byte is taken out. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "base/file.h"
#include "case/zip.h"

#define COPY_BYTES 65536
#define MODE_KIND 0170000u
#define MODE_FILE 0100000u

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

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int
compare(const void *a, const void *b)
{
	return fa_str_cmp(((const struct fa_zip_entry *)a)->name,
		((const struct fa_zip_entry *)b)->name);
}

static int
compare_folded(const void *a, const void *b)
{
	struct fa_str x = ((const struct fa_zip_entry *)a)->name;
	struct fa_str y = ((const struct fa_zip_entry *)b)->name;
	size_t n = x.n < y.n ? x.n : y.n;

	for (size_t i = 0; i < n; i++) {
		int d = (unsigned char)lower(x.p[i]) -
			(unsigned char)lower(y.p[i]);

		if (d != 0)
			return d;
	}
	return (x.n > y.n) - (x.n < y.n);
}

static int
check_kind(zip_t *zip, const zip_stat_t *s, struct fa_err *err)
{
	zip_uint8_t system = 0;
	zip_uint32_t attributes = 0;
	zip_uint32_t kind;

	if (s->encryption_method != ZIP_EM_NONE)
		return fa_fail(err, FA_E_INPUT, "'%s' is encrypted", s->name);
	if (s->comp_method != ZIP_CM_STORE && s->comp_method != ZIP_CM_DEFLATE)
		return fa_fail(err, FA_E_INPUT,
			"'%s' is compressed by method %u, expected stored or "
			"deflate",
			s->name, (unsigned)s->comp_method);
	if (zip_file_get_external_attributes(
		    zip, s->index, 0, &system, &attributes) < 0)
		return fa_fail(
			err, FA_E_INPUT, "'%s' has no attributes", s->name);
	kind = attributes >> 16 & MODE_KIND;
	if (system == ZIP_OPSYS_UNIX && kind != 0 && kind != MODE_FILE)
		return fa_fail(
			err, FA_E_INPUT, "'%s' is no regular file", s->name);
	return FA_OK;
}

#define STAT_NEEDED                                                            \
	(ZIP_STAT_NAME | ZIP_STAT_INDEX | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | \
		ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD)

static int
look(struct fa_zip_entry *out, zip_t *zip, zip_uint64_t i, int64_t *sum,
	int64_t *packed, struct fa_arena *a, struct fa_err *err)
{
	zip_stat_t s;
	int rc;

	zip_stat_init(&s);
	if (zip_stat_index(zip, i, ZIP_FL_ENC_RAW, &s) < 0 ||
		(s.valid & STAT_NEEDED) != STAT_NEEDED)
		return fa_fail(err, FA_E_INPUT, "entry %llu cannot be read: %s",
			(unsigned long long)i, zip_strerror(zip));
	if (!fa_zip_name_ok(fa_str_c(s.name)))
		return fa_fail(err, FA_E_INPUT,
			"'%.200s' is no name for a file of a pack", s.name);
	rc = check_kind(zip, &s, err);
	if (rc < 0)
		return rc;
	if (s.size > (zip_uint64_t)(FA_ZIP_BYTES - *sum))
		return fa_fail(err, FA_E_LIMIT,
			"the entries have more than %lld bytes",
			(long long)FA_ZIP_BYTES);
	if (s.comp_size > (zip_uint64_t)*packed)
		return fa_fail(err, FA_E_INPUT,
			"the entries claim more bytes than the file has");
	*sum += (int64_t)s.size;
	*packed -= (int64_t)s.comp_size;
	out->name = fa_arena_dup(a, fa_str_c(s.name));
	out->bytes = (int64_t)s.size;
	out->index = s.index;
	return out->name.p ? FA_OK
			   : fa_fail(err, FA_E_NOMEM, "no memory for a name");
}

static int
check_twice(struct fa_zip *z, struct fa_err *err)
{
	qsort(z->at, z->n, sizeof(*z->at), compare_folded);
	for (size_t i = 1; i < z->n; i++)
		if (compare_folded(&z->at[i - 1], &z->at[i]) == 0)
			return fa_fail(err, FA_E_INPUT,
				"there are two entries '%.*s'",
				FA_STR_ARG(z->at[i].name));
	qsort(z->at, z->n, sizeof(*z->at), compare);
	return FA_OK;
}

static int
look_all(
	struct fa_zip *z, int64_t bytes, struct fa_arena *a, struct fa_err *err)
{
	zip_int64_t n = zip_get_num_entries(z->file, ZIP_FL_UNCHANGED);
	int64_t sum = 0, packed = bytes;

	if (n < 0 || n > FA_ZIP_ENTRIES)
		return fa_fail(err, FA_E_LIMIT, "%lld entries, limit %d",
			(long long)n, FA_ZIP_ENTRIES);
	z->at = fa_arena_new(a, (size_t)n, sizeof(*z->at));
	if (!z->at)
		return fa_fail(err, FA_E_NOMEM, "no memory for entries");
	for (zip_int64_t i = 0; i < n; i++) {
		int rc = look(&z->at[i], z->file, (zip_uint64_t)i, &sum,
			&packed, a, err);

		if (rc < 0)
			return rc;
	}
	z->n = (size_t)n;
	return check_twice(z, err);
}

static int
fail_open(const char *path, int code, struct fa_err *err)
{
	zip_error_t e;
	int rc;

	zip_error_init_with_code(&e, code);
	rc = fa_fail(err,
		code == ZIP_ER_NOENT || code == ZIP_ER_OPEN ||
				code == ZIP_ER_READ
			? FA_E_IO
			: FA_E_INPUT,
		"%s: no zip file that can be read: %s", path,
		zip_error_strerror(&e));
	zip_error_fini(&e);
	return rc;
}

int
fa_zip_open(struct fa_zip *out, struct fa_str path, struct fa_arena *a,
	struct fa_err *err)
{
	char text[FA_FILE_PATH_BYTES];
	struct fa_zip z = { .n = 0 };
	struct stat st;
	int code = 0, rc;

	if (path.n >= sizeof(text))
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(path));
	(void)snprintf(text, sizeof(text), "%.*s", FA_STR_ARG(path));
	if (stat(text, &st) < 0)
		return fa_fail(err, FA_E_IO, "%s: %s", text, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return fa_fail(err, FA_E_IO, "%s: no regular file", text);
	z.file = zip_open(text, ZIP_RDONLY | ZIP_CHECKCONS, &code);
	if (!z.file)
		return fail_open(text, code, err);
	rc = look_all(&z, (int64_t)st.st_size, a, err);
	if (rc < 0) {
		fa_zip_close(&z);
		return rc;
	}
	*out = z;
	return FA_OK;
}

void
fa_zip_close(struct fa_zip *z)
{
	if (z->file)
		zip_discard(z->file);
	z->file = NULL;
}

const struct fa_zip_entry *
fa_zip_find(const struct fa_zip *z, struct fa_str name)
{
	size_t i = fa_str_search(z->at, z->n, sizeof(*z->at),
		offsetof(struct fa_zip_entry, name), name);

	return i < z->n ? &z->at[i] : NULL;
}

static int
write_all(int fd, const char *p, size_t n)
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

/* A length that is not as stated is broken; so is what libzip complains about
 * when the last byte was read: the check sum. */
static int
copy(int fd, zip_file_t *f, const struct fa_zip_entry *e, struct fa_err *err)
{
	char chunk[COPY_BYTES];
	int64_t left = e->bytes;

	for (;;) {
		zip_int64_t n = zip_fread(f, chunk, sizeof(chunk));

		if (n < 0 || n > left || (n == 0 && left > 0))
			return fa_fail(err, FA_E_INPUT, "'%.*s' is broken: %s",
				FA_STR_ARG(e->name),
				n < 0 ? zip_file_strerror(f)
				      : "its length is not as stated");
		if (n == 0)
			return FA_OK;
		if (write_all(fd, chunk, (size_t)n) < 0)
			return fa_fail(err, FA_E_IO, "%.*s: %s",
				FA_STR_ARG(e->name), strerror(errno));
		left -= n;
	}
}

int
fa_zip_extract(const struct fa_zip *z, const struct fa_zip_entry *e,
	struct fa_str path, struct fa_err *err)
{
	char text[FA_FILE_PATH_BYTES];
	zip_file_t *f;
	int fd, rc;

	if (path.n >= sizeof(text))
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(path));
	(void)snprintf(text, sizeof(text), "%.*s", FA_STR_ARG(path));
	f = zip_fopen_index(z->file, e->index, 0);
	if (!f)
		return fa_fail(err, FA_E_INPUT, "'%.*s' is broken: %s",
			FA_STR_ARG(e->name), zip_strerror(z->file));
	fd = open(text, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		rc = fa_fail(err, FA_E_IO, "%s: %s", text, strerror(errno));
	} else {
		rc = copy(fd, f, e, err);
		if (close(fd) < 0 && rc == FA_OK)
			rc = fa_fail(
				err, FA_E_IO, "%s: %s", text, strerror(errno));
	}
	(void)zip_fclose(f);
	return rc;
}
