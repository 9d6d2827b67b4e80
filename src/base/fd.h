/* read and write, again after a signal. Private to base. */
#ifndef FA_BASE_FD_H
#define FA_BASE_FD_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/str.h"

/* As read(2), and never EINTR. */
ssize_t fa_fd_read(int fd, char *p, size_t n);
/* Writes all of s; false with errno when that fails. */
bool fa_fd_write(int fd, struct fa_str s);

#endif
