/* Faults that are built in on purpose (facecheck/child/control.h). */
#define _GNU_SOURCE
#include "facecheck/child/control.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PART_BYTES 2000

#ifdef FC_CONTROL_KEEP
static char kept[64 * PART_BYTES];
static size_t kept_n;
#endif

#if defined(FC_CONTROL_KEEP) || defined(FC_CONTROL_UNWIPED)
long
fc_control_pass(int in, int out, size_t n)
{
	char *part = malloc(PART_BYTES);
	ssize_t got;

	if (!part)
		return -1;
	got = read(in, part, n < PART_BYTES ? n : PART_BYTES);
	if (got > 0 && write(out, part, (size_t)got) != got)
		got = -1;
#ifdef FC_CONTROL_KEEP
	if (got > 0 && kept_n + (size_t)got <= sizeof(kept)) {
		memcpy(kept + kept_n, part, (size_t)got);
		kept_n += (size_t)got;
	}
	explicit_bzero(part, PART_BYTES);
#endif
	free(part);
	return got;
}
#endif

#ifdef FC_CONTROL_WRITE
void
fc_control_leak(const uint8_t *templ, size_t n)
{
	int fd = open("leak", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

	if (fd >= 0 && write(fd, templ, n) >= 0)
		(void)close(fd);
}
#endif

#ifdef FC_CONTROL_SEND
void
fc_control_leak(const uint8_t *templ, size_t n)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons(9),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 &&
		sendto(fd, templ, n, 0, (struct sockaddr *)&to, sizeof(to)) >=
			0)
		(void)close(fd);
}
#endif
