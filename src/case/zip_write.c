/* Zip files that are the same for the same content: entries stored, in the
 * order in which they are added, with one time and one mode. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zip.h>

#include "base/file.h"
#include "case/zip.h"

#define DOS_EPOCH_MS INT64_C(315532800000) /* 1980-01-01 */
#define UNIX_MODE ((zip_uint32_t)0100644 << 16)

struct fa_zip_writer {
	zip_t *zip;
	char path[FA_FILE_PATH_BYTES];
	char temporary[FA_FILE_PATH_BYTES];
	zip_uint16_t dos_time, dos_date;
};

static int
fail_zip(struct fa_zip_writer *z, struct fa_err *err)
{
	return fa_fail(err, FA_E_IO, "%s: %s", z->path, zip_strerror(z->zip));
}

/* Zip file format specification (APPNOTE 6.3) 4.4.6: MS-DOS date and time. */
static void
set_time(struct fa_zip_writer *z, int64_t at_ms)
{
	time_t at =
		(time_t)((at_ms < DOS_EPOCH_MS ? DOS_EPOCH_MS : at_ms) / 1000);
	struct tm tm;

	memset(&tm, 0, sizeof(tm));
	(void)gmtime_r(&at, &tm);
	z->dos_date = (zip_uint16_t)(((tm.tm_year - 80) & 127) << 9 |
		(tm.tm_mon + 1) << 5 | tm.tm_mday);
	z->dos_time = (zip_uint16_t)(tm.tm_hour << 11 | tm.tm_min << 5 |
		tm.tm_sec / 2);
}

int
fa_zip_create(struct fa_zip_writer **out, struct fa_str path, int64_t at_ms,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_zip_writer *z = fa_arena_new(a, 1, sizeof(*z));
	int code = 0;

	if (!z)
		return fa_fail(err, FA_E_NOMEM, "no memory for a zip file");
	if (path.n + sizeof(".tmp") > sizeof(z->temporary))
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(path));
	(void)snprintf(z->path, sizeof(z->path), "%.*s", FA_STR_ARG(path));
	(void)snprintf(z->temporary, sizeof(z->temporary), "%.*s.tmp",
		FA_STR_ARG(path));
	set_time(z, at_ms);
	(void)unlink(z->temporary);
	z->zip = zip_open(z->temporary, ZIP_CREATE | ZIP_EXCL, &code);
	if (!z->zip)
		return fa_fail(err, FA_E_IO, "%s: %s", z->path,
			errno ? strerror(errno) : "cannot be made");
	*out = z;
	return FA_OK;
}

static int
add(struct fa_zip_writer *z, struct fa_str name, zip_source_t *source,
	struct fa_err *err)
{
	char text[FA_ZIP_NAME_BYTES + 1];
	zip_int64_t at;

	if (!source)
		return fail_zip(z, err);
	if (!fa_zip_name_ok(name)) {
		zip_source_free(source);
		return fa_fail(err, FA_E_USAGE,
			"'%.*s' is no name for a file of a pack",
			FA_STR_ARG(name));
	}
	memcpy(text, name.p, name.n);
	text[name.n] = '\0';
	at = zip_file_add(z->zip, text, source, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(source);
		return fail_zip(z, err);
	}
	if (zip_set_file_compression(
		    z->zip, (zip_uint64_t)at, ZIP_CM_STORE, 0) < 0 ||
		zip_file_set_dostime(z->zip, (zip_uint64_t)at, z->dos_time,
			z->dos_date, 0) < 0 ||
		zip_file_set_external_attributes(z->zip, (zip_uint64_t)at, 0,
			ZIP_OPSYS_UNIX, UNIX_MODE) < 0)
		return fail_zip(z, err);
	return FA_OK;
}

int
fa_zip_add(struct fa_zip_writer *z, struct fa_str name, struct fa_str data,
	struct fa_err *err)
{
	return add(z, name,
		zip_source_buffer(z->zip, data.n > 0 ? data.p : "", data.n, 0),
		err);
}

int
fa_zip_add_file(struct fa_zip_writer *z, struct fa_str name, struct fa_str path,
	int64_t n, struct fa_err *err)
{
	char text[FA_FILE_PATH_BYTES];
	zip_source_t *source;

	if (path.n >= sizeof(text))
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(path));
	(void)snprintf(text, sizeof(text), "%.*s", FA_STR_ARG(path));
	/* To libzip a length of 0 means up to the end. */
	source = n > 0 ? zip_source_file(z->zip, text, 0, n)
		       : zip_source_buffer(z->zip, "", 0, 0);
	return add(z, name, source, err);
}

static int
to_disk(struct fa_zip_writer *z, struct fa_err *err)
{
	int fd = open(z->temporary, O_RDONLY | O_CLOEXEC);
	int failed = fd < 0 || fsync(fd) < 0 || fchmod(fd, 0644) < 0;
	int why = errno;

	if (fd >= 0)
		(void)close(fd);
	if (!failed) {
		failed = rename(z->temporary, z->path) < 0;
		why = errno;
	}
	if (!failed)
		return FA_OK;
	(void)unlink(z->temporary);
	return fa_fail(err, FA_E_IO, "%s: %s", z->path, strerror(why));
}

int
fa_zip_end(struct fa_zip_writer *z, struct fa_err *err)
{
	int rc;

	/* libzip makes no file without an entry, and then no error either. */
	if (zip_get_num_entries(z->zip, 0) == 0)
		return fa_fail(err, FA_E_USAGE,
			"%s: a zip file without "
			"entries",
			z->path);
	if (zip_close(z->zip) < 0) {
		rc = fail_zip(z, err);
		fa_zip_drop(z);
		return rc;
	}
	z->zip = NULL;
	return to_disk(z, err);
}

void
fa_zip_drop(struct fa_zip_writer *z)
{
	if (!z || !z->zip)
		return;
	zip_discard(z->zip);
	z->zip = NULL;
	(void)unlink(z->temporary);
}
