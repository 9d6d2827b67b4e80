#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/zlib.h"
#include "case/zip_form.h"

struct fa_zip_writer {
	struct fa_arena *a;
	struct fa_zip_entry *at;
	size_t n, cap;
	int64_t end;       /* of what is written */
	int64_t directory; /* bytes that it will have */
	int fd;
	uint32_t time;
	char path[FA_FILE_PATH_BYTES];
	char temporary[FA_FILE_PATH_BYTES];
};

static int
fail(const struct fa_zip_writer *z, int why, struct fa_err *err)
{
	return fa_fail(err, FA_E_IO, "%s: %s", z->path, strerror(why));
}

int
fa_zip_create(struct fa_zip_writer **out, struct fa_str path, int64_t at_ms,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_zip_writer *z = fa_arena_new(a, 1, sizeof(*z));
	int rc = fa_zlib_open(err);

	if (rc < 0)
		return rc;
	if (!z)
		return fa_fail(err, FA_E_NOMEM, "no memory for a zip file");
	if (path.n + sizeof(".tmp") > sizeof(z->temporary))
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(path));
	z->a = a;
	z->time = fa_zip_time(at_ms);
	(void)snprintf(z->path, sizeof(z->path), "%.*s", FA_STR_ARG(path));
	(void)snprintf(z->temporary, sizeof(z->temporary), "%.*s.tmp",
		FA_STR_ARG(path));
	(void)unlink(z->temporary);
	z->fd = open(z->temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (z->fd < 0)
		return fail(z, errno, err);
	*out = z;
	return FA_OK;
}

/* Room for an entry of n bytes, directory and all. */
static int
begin(struct fa_zip_entry **out, struct fa_zip_writer *z, struct fa_str name,
	int64_t n, struct fa_err *err)
{
	struct fa_zip_entry *at =
		fa_arena_grow(z->a, z->at, &z->cap, z->n + 1, sizeof(*at));
	int64_t head = FA_ZIP_HEADER_BYTES + (int64_t)name.n;
	int64_t line = FA_ZIP_DIRECTORY_BYTES + (int64_t)name.n;
	int64_t room = FA_ZIP_BYTES - FA_ZIP_END_BYTES - z->end - z->directory;

	if (!at)
		return fa_fail(err, FA_E_NOMEM, "no memory for a zip file");
	z->at = at;
	if (!fa_zip_name_ok(name))
		return fa_fail(err, FA_E_USAGE,
			"'%.*s' is no name for a file of a pack",
			FA_STR_ARG(name));
	if (z->n > 0 && fa_str_cmp(at[z->n - 1].name, name) >= 0)
		return fa_fail(err, FA_E_USAGE,
			"'%.*s' does not come behind '%.*s'", FA_STR_ARG(name),
			FA_STR_ARG(at[z->n - 1].name));
	if (z->n == FA_ZIP_ENTRIES)
		return fa_fail(err, FA_E_LIMIT,
			"more than %d files, too many for one pack",
			FA_ZIP_ENTRIES);
	if (n > room - head - line)
		return fa_fail(err, FA_E_LIMIT,
			"more than %lld bytes, too many for one pack",
			(long long)FA_ZIP_BYTES);
	at[z->n] = (struct fa_zip_entry){
		.name = name, .bytes = n, .offset = z->end
	};
	z->directory += line;
	*out = &at[z->n];
	return FA_OK;
}

static int
add_bytes(struct fa_zip_writer *z, struct fa_zip_entry *e, const char *p,
	size_t n, struct fa_err *err)
{
	e->crc = (uint32_t)fa_zlib()->crc32_z(
		e->crc, (const unsigned char *)p, n);
	return fa_zip_form_write(z->fd, p, n) < 0 ? fail(z, errno, err) : FA_OK;
}

/* The header is written twice: the check sum is known at the end only. */
static int
put_header(struct fa_zip_writer *z, const struct fa_zip_entry *e,
	struct fa_err *err)
{
	char text[FA_ZIP_DIRECTORY_BYTES + FA_ZIP_NAME_BYTES];
	size_t n = fa_zip_form_header(text, e, z->time);

	if (lseek(z->fd, (off_t)e->offset, SEEK_SET) < 0 ||
		fa_zip_form_write(z->fd, text, n) < 0)
		return fail(z, errno, err);
	return FA_OK;
}

static int
end_entry(struct fa_zip_writer *z, struct fa_zip_entry *e, struct fa_err *err)
{
	int rc = put_header(z, e, err);

	z->end =
		e->offset + FA_ZIP_HEADER_BYTES + (int64_t)e->name.n + e->bytes;
	if (rc == FA_OK && lseek(z->fd, (off_t)z->end, SEEK_SET) < 0)
		rc = fail(z, errno, err);
	z->n += rc == FA_OK;
	return rc;
}

int
fa_zip_add(struct fa_zip_writer *z, struct fa_str name, struct fa_str data,
	struct fa_err *err)
{
	struct fa_zip_entry *e;
	int rc = begin(&e, z, name, (int64_t)data.n, err);

	if (rc == FA_OK)
		rc = put_header(z, e, err);
	if (rc == FA_OK && data.n > 0)
		rc = add_bytes(z, e, data.p, data.n, err);
	return rc < 0 ? rc : end_entry(z, e, err);
}

static int
add_from(struct fa_zip_writer *z, struct fa_zip_entry *e, const char *path,
	struct fa_err *err)
{
	char chunk[FA_ZIP_COPY_BYTES];
	int64_t left = e->bytes;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int rc = FA_OK;

	if (fd < 0)
		return fa_fail(err, FA_E_IO, "%s: %s", path, strerror(errno));
	while (rc == FA_OK && left > 0) {
		size_t want = left < FA_ZIP_COPY_BYTES ? (size_t)left
						       : FA_ZIP_COPY_BYTES;
		ssize_t n = read(fd, chunk, want);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			rc = fa_fail(err, FA_E_IO, "%s: %s", path,
				n < 0 ? strerror(errno) : "it got shorter");
		else
			rc = add_bytes(z, e, chunk, (size_t)n, err);
		left -= n;
	}
	(void)close(fd);
	return rc;
}

int
fa_zip_add_file(struct fa_zip_writer *z, struct fa_str name, struct fa_str path,
	int64_t n, struct fa_err *err)
{
	char text[FA_FILE_PATH_BYTES];
	struct fa_zip_entry *e;
	int rc;

	if (path.n >= sizeof(text))
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(path));
	(void)snprintf(text, sizeof(text), "%.*s", FA_STR_ARG(path));
	rc = begin(&e, z, name, n, err);
	if (rc == FA_OK)
		rc = put_header(z, e, err);
	if (rc == FA_OK)
		rc = add_from(z, e, text, err);
	return rc < 0 ? rc : end_entry(z, e, err);
}

static int
put_directory(struct fa_zip_writer *z, struct fa_err *err)
{
	char text[FA_ZIP_DIRECTORY_BYTES + FA_ZIP_NAME_BYTES];
	int64_t bytes = 0;
	size_t n;

	for (size_t i = 0; i < z->n; i++) {
		n = fa_zip_form_directory(text, &z->at[i], z->time);
		bytes += (int64_t)n;
		if (fa_zip_form_write(z->fd, text, n) < 0)
			return fail(z, errno, err);
	}
	n = fa_zip_form_end(text, z->n, bytes, z->end);
	return fa_zip_form_write(z->fd, text, n) < 0 ? fail(z, errno, err)
						     : FA_OK;
}

int
fa_zip_end(struct fa_zip_writer *z, struct fa_err *err)
{
	struct fa_err why;
	int rc = fa_zip_form_check_case(z->at, z->n, z->a, &why);

	/* Our names, not somebody's input. */
	if (rc < 0)
		return fa_fail(
			err, rc == FA_E_INPUT ? FA_E_USAGE : rc, "%s", why.msg);
	rc = put_directory(z, err);
	if (rc == FA_OK && (fsync(z->fd) < 0 || fchmod(z->fd, 0644) < 0))
		rc = fail(z, errno, err);
	if (close(z->fd) < 0 && rc == FA_OK)
		rc = fail(z, errno, err);
	z->fd = -1;
	if (rc == FA_OK && rename(z->temporary, z->path) < 0)
		rc = fail(z, errno, err);
	if (rc < 0)
		(void)unlink(z->temporary);
	return rc;
}

void
fa_zip_drop(struct fa_zip_writer *z)
{
	if (!z || z->fd < 0)
		return;
	(void)close(z->fd);
	z->fd = -1;
	(void)unlink(z->temporary);
}
