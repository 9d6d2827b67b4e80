#include "store/merge_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define COPY_BYTES 65536

bool
fa_merge_is_same(struct fa_str a, struct fa_str b)
{
	char path[2][FA_FILE_PATH_BYTES];
	struct fa_str dirs[2] = { a, b };
	struct stat st[2];

	for (int i = 0; i < 2; i++) {
		int n = snprintf(path[i], sizeof(path[i]), "%.*s/%s",
			FA_STR_ARG(dirs[i]), FA_STORE_FILE);

		if (n < 0 || (size_t)n >= sizeof(path[i]) ||
			stat(path[i], &st[i]) != 0)
			return false;
	}
	return st[0].st_dev == st[1].st_dev && st[0].st_ino == st[1].st_ino;
}

static int
fail_file(const char *path, struct fa_err *err)
{
	return fa_fail(err, FA_E_IO, "%s: %s", path, strerror(errno));
}

static int
copy_bytes(int from, int to, const char *path, struct fa_err *err)
{
	char buf[COPY_BYTES];

	for (;;) {
		ssize_t n = read(from, buf, sizeof(buf)), done = 0;

		if (n == 0)
			return FA_OK;
		if (n < 0 && errno == EINTR)
			continue;
		while (n > 0 && done < n) {
			ssize_t w = write(to, buf + done, (size_t)(n - done));

			if (w < 0 && errno != EINTR)
				return fail_file(path, err);
			done += w > 0 ? w : 0;
		}
		if (n < 0)
			return fail_file(path, err);
	}
}

/* By temporary file, so that a crash leaves no half an archive. */
static int
copy_file(const char *from, const char *to, struct fa_err *err)
{
	char temporary[FA_FILE_PATH_BYTES + 8];
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out, rc;

	if (in < 0)
		return fail_file(from, err);
	(void)snprintf(temporary, sizeof(temporary), "%s.tmp", to);
	out = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (out < 0) {
		rc = fail_file(to, err);
		(void)close(in);
		return rc;
	}
	rc = copy_bytes(in, out, to, err);
	if (rc == FA_OK && fsync(out) != 0)
		rc = fail_file(to, err);
	if (close(out) != 0 && rc == FA_OK)
		rc = fail_file(to, err);
	(void)close(in);
	if (rc == FA_OK && rename(temporary, to) != 0)
		rc = fail_file(to, err);
	if (rc < 0)
		(void)unlink(temporary);
	return rc;
}

static void
sync_dir(struct fa_str dir, const char *name)
{
	char path[FA_FILE_PATH_BYTES];
	int n = snprintf(path, sizeof(path), "%.*s/%s", FA_STR_ARG(dir), name);
	int fd = -1;

	if (n > 0 && (size_t)n < sizeof(path))
		fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		(void)fsync(fd);
		(void)close(fd);
	}
}

static int
archive_path(char out[FA_FILE_PATH_BYTES], struct fa_str dir,
	struct fa_str name, struct fa_err *err)
{
	int n = snprintf(out, FA_FILE_PATH_BYTES, "%.*s/%s/%.*s",
		FA_STR_ARG(dir), FA_STORE_ARCHIVE, FA_STR_ARG(name));

	if (n < 0 || n >= FA_FILE_PATH_BYTES)
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(dir));
	return FA_OK;
}

int
fa_merge_archive(struct fa_store *s, struct fa_str dir, struct fa_str name,
	int64_t bytes, struct fa_err *err)
{
	char from[FA_FILE_PATH_BYTES], to[FA_FILE_PATH_BYTES];
	struct stat st;
	int rc;

	if (name.n > 0 && name.p[0] == '/')
		return FA_OK; /* an archive of others, read where it lies */
	if (name.n == 0 || name.p[0] == '.' ||
		fa_str_find(name, FA_STR("/"), 0) != SIZE_MAX)
		return fa_fail(err, FA_E_INPUT,
			"%.*s: '%.*s' is no name of an archive",
			FA_STR_ARG(dir), FA_STR_ARG(name));
	rc = archive_path(from, dir, name, err);
	if (rc == FA_OK)
		rc = archive_path(to, s->dir, name, err);
	if (rc < 0)
		return rc;
	if (stat(to, &st) == 0 && st.st_size >= bytes)
		return FA_OK;
	if (stat(from, &st) != 0)
		return fail_file(from, err);
	if (st.st_size < bytes)
		return fa_fail(err, FA_E_INPUT,
			"%s has %lld bytes, the store says %lld", from,
			(long long)st.st_size, (long long)bytes);
	if (link(from, to) != 0)
		rc = copy_file(from, to, err);
	if (rc == FA_OK)
		sync_dir(s->dir, FA_STORE_ARCHIVE);
	return rc;
}

static bool
is_object_name(struct fa_str name)
{
	if (name.n != FA_HASH_HEX_BYTES || name.p[2] != '/')
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (i != 2 && !(name.p[i] >= '0' && name.p[i] <= '9') &&
			!(name.p[i] >= 'a' && name.p[i] <= 'f'))
			return false;
	return true;
}

int
fa_merge_object(struct fa_store *s, struct fa_str name, struct fa_str from,
	struct fa_err *err)
{
	char source[FA_FILE_PATH_BYTES], to[FA_FILE_PATH_BYTES];
	char part[FA_FILE_PATH_BYTES], folder[sizeof(FA_STORE_OBJECTS) + 3];
	struct stat st;
	int rc;

	if (!is_object_name(name) || from.n >= sizeof(source))
		return FA_OK;
	(void)snprintf(source, sizeof(source), "%.*s", FA_STR_ARG(from));
	(void)snprintf(
		folder, sizeof(folder), FA_STORE_OBJECTS "/%.2s", name.p);
	rc = fa_store_path(part, s->dir, FA_STORE_OBJECTS, err);
	if (rc == FA_OK)
		rc = fa_file_make_dir(fa_str_c(part), err);
	if (rc == FA_OK)
		rc = fa_store_path(part, s->dir, folder, err);
	if (rc == FA_OK)
		rc = fa_file_make_dir(fa_str_c(part), err);
	if (rc < 0)
		return rc;
	if (snprintf(to, sizeof(to), "%s/%.*s", part,
		    FA_STR_ARG(fa_str_sub(name, 3, name.n))) >= (int)sizeof(to))
		return fa_fail(
			err, FA_E_LIMIT, "%s: the path is too long", part);
	if (stat(to, &st) == 0)
		return FA_OK;
	if (link(source, to) != 0) {
		rc = copy_file(source, to, err);
		if (rc == FA_OK && chmod(to, 0444) != 0)
			rc = fail_file(to, err);
	}
	if (rc == FA_OK)
		sync_dir(s->dir, folder);
	return rc;
}
