/* Large files, of which only the parts that are looked at are in memory. A view
 * is of a copy, because a file that somebody cuts short while it is mapped ends
 * the process, and one that somebody changes is not what was hashed. */
#define _DEFAULT_SOURCE /* for madvise */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/file.h"

#define PIECE_BYTES 65536
#define NAME "/faceaudit-XXXXXX"

/* Nobody else can open it, and it has no name from here on. */
int
fa_file_nameless(void)
{
	const char *dir = getenv("TMPDIR");
	char path[FA_FILE_PATH_BYTES];
	int fd;

	if (dir == NULL || dir[0] == '\0')
		dir = "/tmp";
	if (strlen(dir) + sizeof(NAME) > sizeof(path))
		return -1;
	(void)snprintf(path, sizeof(path), "%s" NAME, dir);
	fd = mkstemp(path);
	if (fd < 0)
		return -1;
	(void)unlink(path);
	(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	return fd;
}

/* Copies all of a file of at most max_bytes, with a NUL behind it; how much
 * that was, or 0. */
static size_t
copy(int to, int from, size_t max_bytes)
{
	char piece[PIECE_BYTES];
	size_t n = 0;

	for (;;) {
		ssize_t got = fa_fd_read(from, piece, sizeof(piece));

		if (got == 0)
			return fa_fd_write(to, (struct fa_str){ "", 1 }) ? n
									 : 0;
		if (got < 0 || (size_t)got > max_bytes - n ||
			!fa_fd_write(to, (struct fa_str){ piece, (size_t)got }))
			return 0;
		n += (size_t)got;
	}
}

/* A view of a copy of the file, or an absent string. */
static struct fa_str
view_copy(int fd, size_t max_bytes, struct fa_arena *a)
{
	int temp = fa_file_nameless();
	size_t n = temp >= 0 ? copy(temp, fd, max_bytes) : 0;
	void *p = n > 0 ? mmap(NULL, n + 1, PROT_READ, MAP_PRIVATE, temp, 0)
			: MAP_FAILED;

	if (temp >= 0)
		(void)close(temp);
	if (p == MAP_FAILED)
		return FA_STR_NONE;
	if (!fa_arena_take_map(a, p, n + 1)) {
		(void)munmap(p, n + 1);
		return FA_STR_NONE;
	}
	return (struct fa_str){ p, n };
}

/* The file, open, if it is one of which to make a view; else -1. */
static int
open_large(struct fa_str path, size_t max_bytes)
{
	char z[FA_FILE_PATH_BYTES];
	struct stat st;
	int fd;

	if (path.n == 0 || path.n >= sizeof(z) ||
		memchr(path.p, '\0', path.n) != NULL)
		return -1;
	memcpy(z, path.p, path.n);
	z[path.n] = '\0';
	if (stat(z, &st) != 0 || !S_ISREG(st.st_mode) ||
		st.st_size < (off_t)FA_FILE_LARGE_BYTES ||
		(uintmax_t)st.st_size > max_bytes)
		return -1;
	do {
		fd = open(z, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	} while (fd < 0 && errno == EINTR);
	return fd;
}

/* Whatever fails is tried again by reading, which says what is wrong. */
int
fa_file_view(struct fa_str *out, bool *paged, struct fa_str path,
	size_t max_bytes, struct fa_arena *a, struct fa_err *err)
{
	int fd = open_large(path, max_bytes);
	struct fa_str view = FA_STR_NONE;

	if (fd >= 0) {
		view = view_copy(fd, max_bytes, a);
		(void)close(fd);
	}
	*paged = view.p != NULL;
	if (!*paged)
		return fa_file_read(out, path, max_bytes, a, err);
	*out = view;
	return FA_OK;
}

/* Whole pages only, since parts may share one. */
void
fa_file_forget(struct fa_str part)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	uintptr_t from = (uintptr_t)part.p, to = from + part.n;
	size_t before = (page - from % page) % page;

	if (part.n < before + page)
		return;
	to -= to % page;
	/* What POSIX has for it does nothing in glibc. */
	(void)madvise(
		(void *)(from + before), to - from - before, MADV_DONTNEED);
}
