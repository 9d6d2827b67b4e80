#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"

#define READ_MIN_BYTES 65536
#define TEMP_TRIES 100
#define TEMP_NAME_BYTES 32 /* ".tmp", process, number */

/* Copies path into z with a NUL behind it. */
static int
path_c(char z[FA_FILE_PATH_BYTES], struct fa_str path, size_t spare,
	struct fa_err *err)
{
	if (path.n == 0)
		return fa_fail(err, FA_E_USAGE, "empty file name");
	if (path.n + spare >= FA_FILE_PATH_BYTES) {
		return fa_fail(err, FA_E_LIMIT,
			"file name is %zu bytes, limit %d: %.*s", path.n,
			FA_FILE_PATH_BYTES - 1, 200, path.p);
	}
	if (memchr(path.p, '\0', path.n) != NULL)
		return fa_fail(err, FA_E_USAGE, "file name with a NUL byte");
	memcpy(z, path.p, path.n);
	z[path.n] = '\0';
	return FA_OK;
}

static int
fail_io(struct fa_err *err, const char *doing, struct fa_str path, int code)
{
	return fa_fail(err, FA_E_IO, "cannot %s %.*s: %s", doing,
		FA_STR_ARG(path), strerror(code));
}

static int
too_large(struct fa_str path, size_t max_bytes, struct fa_err *err)
{
	return fa_fail(err, FA_E_LIMIT, "%.*s is larger than %zu bytes",
		FA_STR_ARG(path), max_bytes);
}

/* Reads until the end, whatever fstat said: the file may be growing, or be a
 * pipe. One byte more than the limit is read, to see that there is one. */
static int
read_all(struct fa_str *out, int fd, struct fa_str path, size_t max_bytes,
	struct fa_arena *a, struct fa_err *err)
{
	char *p = NULL;
	size_t cap = 0;
	size_t n = 0;
	struct stat st;
	size_t first = READ_MIN_BYTES;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= 0) {
		if ((uintmax_t)st.st_size > max_bytes)
			return too_large(path, max_bytes, err);
		first = (size_t)st.st_size + 2;
	}
	for (;;) {
		size_t need = n == 0 ? first : n + 2;
		size_t room;
		ssize_t got;
		char *grown;

		if (p != NULL) {
			grown = fa_arena_regrow(a, p, &cap, need, 1);
		} else {
			grown = fa_arena_raw(a, need, 1);
			cap = need;
		}
		if (grown == NULL) {
			return fa_fail(err, FA_E_NOMEM,
				"out of memory for %.*s", FA_STR_ARG(path));
		}
		p = grown;
		room = cap - n - 1;
		if (room > max_bytes - n)
			room = max_bytes - n + 1;
		got = fa_fd_read(fd, p + n, room);
		if (got < 0)
			return fail_io(err, "read", path, errno);
		n += (size_t)got;
		if (n > max_bytes)
			return too_large(path, max_bytes, err);
		if (got == 0)
			break;
	}
	p[n] = '\0';
	*out = (struct fa_str){ p, n };
	return FA_OK;
}

int
fa_file_read(struct fa_str *out, struct fa_str path, size_t max_bytes,
	struct fa_arena *a, struct fa_err *err)
{
	char z[FA_FILE_PATH_BYTES];
	int fd;
	int rc;

	if (fa_str_eq(path, FA_STR("-"))) {
		return read_all(out, STDIN_FILENO, FA_STR("standard input"),
			max_bytes, a, err);
	}
	rc = path_c(z, path, 0, err);
	if (rc != FA_OK)
		return rc;
	do {
		fd = open(z, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	} while (fd < 0 && errno == EINTR);
	if (fd < 0)
		return fail_io(err, "open", path, errno);
	rc = read_all(out, fd, path, max_bytes, a, err);
	(void)close(fd);
	return rc;
}

bool
fa_file_is_dir(struct fa_str path)
{
	char z[FA_FILE_PATH_BYTES];
	struct stat st;

	return path_c(z, path, 0, NULL) == FA_OK && stat(z, &st) == 0 &&
		S_ISDIR(st.st_mode);
}

/* A new file beside z, whose name is put into temp. The mode is that of the
 * file to be replaced, or what the umask leaves. */
static int
open_temp(char temp[FA_FILE_PATH_BYTES], const char *z, size_t z_n,
	const struct stat *old)
{
	char tail[TEMP_NAME_BYTES];
	int fd = -1;

	memcpy(temp, z, z_n);
	for (unsigned i = 0; i < TEMP_TRIES; i++) {
		int n = snprintf(
			tail, sizeof(tail), ".tmp%ld-%u", (long)getpid(), i);

		memcpy(temp + z_n, tail, (size_t)n + 1);
		fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (fd >= 0 || (errno != EEXIST && errno != EINTR))
			break;
	}
	if (fd >= 0 && old != NULL)
		(void)fchmod(fd, old->st_mode & 0777);
	return fd;
}

/* The rename is only safe on disk when its directory is. */
static int
sync_dir_of(char *z)
{
	char *slash = strrchr(z, '/');
	const char *dir = slash == NULL ? "." : slash == z ? "/" : z;
	int fd;
	int rc;

	if (slash != NULL)
		*slash = '\0';
	fd = open(dir, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	rc = fsync(fd);
	if (rc != 0 && (errno == EINVAL || errno == ENOTSUP))
		rc = 0; /* a file system without it */
	(void)close(fd);
	return rc;
}

void
fa_file_new_drop(struct fa_file_new *f)
{
	if (f->fd < 0)
		return;
	(void)close(f->fd);
	(void)unlink(f->temp);
	f->fd = -1;
}

int
fa_file_new_open(struct fa_file_new *f, struct fa_str path, struct fa_err *err)
{
	struct stat st;
	bool exists;
	int rc;

	f->fd = -1;
	rc = path_c(f->path, path, TEMP_NAME_BYTES, err);
	if (rc != FA_OK)
		return rc;
	exists = stat(f->path, &st) == 0;
	if (exists && !S_ISREG(st.st_mode)) {
		return fa_fail(err, FA_E_IO,
			"cannot write %.*s: it is not a regular file",
			FA_STR_ARG(path));
	}
	f->fd = open_temp(f->temp, f->path, path.n, exists ? &st : NULL);
	if (f->fd < 0)
		return fail_io(err, "write", path, errno);
	return FA_OK;
}

int
fa_file_new_add(struct fa_file_new *f, struct fa_str data, struct fa_err *err)
{
	if (!fa_fd_write(f->fd, data))
		return fail_io(err, "write", fa_str_c(f->path), errno);
	return FA_OK;
}

int
fa_file_new_end(struct fa_file_new *f, struct fa_err *err)
{
	struct fa_str path = fa_str_c(f->path);
	int bad = fsync(f->fd) != 0;
	int code = errno;

	if (close(f->fd) != 0 && !bad) {
		bad = 1;
		code = errno;
	}
	f->fd = -1;
	if (!bad && rename(f->temp, f->path) != 0) {
		bad = 1;
		code = errno;
	}
	if (bad) {
		(void)unlink(f->temp);
		return fail_io(err, "write", path, code);
	}
	/* It lies in the same directory. */
	if (sync_dir_of(f->temp) != 0)
		return fail_io(err, "sync the directory of", path, errno);
	return FA_OK;
}

int
fa_file_replace(struct fa_str path, struct fa_str data, struct fa_err *err)
{
	struct fa_file_new f FA_CLEANUP(fa_file_new_drop);
	int rc = fa_file_new_open(&f, path, err);

	if (rc == FA_OK)
		rc = fa_file_new_add(&f, data, err);
	if (rc == FA_OK)
		rc = fa_file_new_end(&f, err);
	return rc;
}

int
fa_file_make_dir(struct fa_str path, struct fa_err *err)
{
	char z[FA_FILE_PATH_BYTES];
	int rc = path_c(z, path, 0, err);

	if (rc != FA_OK)
		return rc;
	if (mkdir(z, 0777) == 0 || (errno == EEXIST && fa_file_is_dir(path)))
		return FA_OK;
	return fail_io(err, "make the directory", path, errno);
}
