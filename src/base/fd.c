#include "base/fd.h"

#include <errno.h>
#include <unistd.h>

ssize_t
fa_fd_read(int fd, char *p, size_t n)
{
	ssize_t got;

	do {
		got = read(fd, p, n);
	} while (got < 0 && errno == EINTR);
	return got;
}

bool
fa_fd_write(int fd, struct fa_str s)
{
	while (s.n > 0) {
		ssize_t put = write(fd, s.p, s.n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put == 0)
			errno = EIO;
		if (put <= 0)
			return false;
		s = fa_str_sub(s, (size_t)put, s.n);
	}
	return true;
}
