/* Files of a board. They are many and can be made again: none is synced on its
 * own, and index.html comes last. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tools/board.h"

int
fa_boarding_path(char out[FA_FILE_PATH_BYTES], const struct fa_boarding *x,
	const char *path, struct fa_err *err)
{
	int n = snprintf(
		out, FA_FILE_PATH_BYTES, "%.*s/%s", FA_STR_ARG(x->dir), path);

	if (n < 0 || n >= FA_FILE_PATH_BYTES)
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(x->dir));
	return FA_OK;
}

static int
write_all(int fd, struct fa_str s)
{
	while (s.n > 0) {
		ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		s = fa_str_sub(s, (size_t)n, s.n);
	}
	return 0;
}

int
fa_boarding_put(struct fa_boarding *x, const char *path, struct fa_err *err)
{
	char name[FA_FILE_PATH_BYTES];
	int fd, rc = fa_buf_rc(&x->page, "page", err);
	bool ok;

	if (rc == FA_OK)
		rc = fa_boarding_path(name, x, path, err);
	if (rc < 0)
		return rc;
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	ok = fd >= 0 && write_all(fd, fa_buf_str(&x->page)) == 0;
	if (!ok)
		rc = fa_fail(err, FA_E_IO, "%s: %s", name, strerror(errno));
	if (fd >= 0 && close(fd) != 0 && ok)
		rc = fa_fail(err, FA_E_IO, "%s: %s", name, strerror(errno));
	x->pages++;
	x->bytes += x->page.n;
	fa_buf_reset(&x->page);
	return rc;
}

static int
check_empty(struct fa_boarding *x, struct fa_err *err)
{
	struct dirent *e;
	bool empty = true;
	DIR *d = opendir(x->dir.p);

	if (!d)
		return fa_fail(
			err, FA_E_IO, "%s: %s", x->dir.p, strerror(errno));
	while (empty && (e = readdir(d)))
		empty = strcmp(e->d_name, ".") == 0 ||
			strcmp(e->d_name, "..") == 0;
	(void)closedir(d);
	return empty
		? FA_OK
		: fa_fail(err, FA_E_USAGE,
			  "%s is not empty, give --out a new folder", x->dir.p);
}

int
fa_boarding_folders(struct fa_boarding *x, struct fa_err *err)
{
	static const char *const names[] = { "rule", "category", "store",
		"list", "data", "pictures", "app" };
	char path[FA_FILE_PATH_BYTES], name[16];
	int rc = fa_file_make_dir(x->dir, err);

	if (rc == FA_OK)
		rc = check_empty(x, err);
	for (size_t i = 0; i < FA_COUNT(names) && rc == FA_OK; i++) {
		rc = fa_boarding_path(path, x, names[i], err);
		if (rc == FA_OK)
			rc = fa_file_make_dir(fa_str_c(path), err);
	}
	for (unsigned i = 0; i < 256 && rc == FA_OK; i++) {
		(void)snprintf(name, sizeof(name), "app/%02x", i);
		rc = fa_boarding_path(path, x, name, err);
		if (rc == FA_OK)
			rc = fa_file_make_dir(fa_str_c(path), err);
	}
	return rc;
}
