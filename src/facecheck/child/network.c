#define _GNU_SOURCE
#include "facecheck/child/network.h"

#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NEW_USER 0x10000000 /* linux/sched.h */
#define NEW_NET 0x40000000
#define SET_FLAGS 0x8914 /* SIOCSIFFLAGS of linux/sockios.h */
#define FLAG_UP 1

/* struct ifreq of linux/if.h, as far as it is needed. */
struct interface {
	char name[16];
	short flags;
	char rest[22];
};

bool
fc_network_own(void)
{
	struct interface lo = { .name = "lo", .flags = FLAG_UP };
	bool ok = syscall(SYS_unshare, NEW_NET) == 0 ||
		syscall(SYS_unshare, NEW_USER | NEW_NET) == 0;
	int fd = ok ? socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0) : -1;

	ok = fd >= 0 && ioctl(fd, SET_FLAGS, &lo) == 0;
	if (fd >= 0)
		(void)close(fd);
	return ok;
}
