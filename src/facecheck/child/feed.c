#define _GNU_SOURCE
#include "facecheck/child/feed.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <time.h>

#include "facecheck/child/control.h"

#define STEP_BYTES ((size_t)1 << 20) /* at a time */

int64_t
fc_feed_now_ms(void)
{
	struct timespec t = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

enum waited { READY, TIME_OUT, CHILD_GONE, FAILED };

/* Until fd is ready for what is asked, or the child has ended. */
static enum waited
wait_for(int fd, short what, int life, int64_t deadline_ms)
{
	struct pollfd p[2] = { { .fd = life, .events = 0 },
		{ .fd = fd, .events = what } };

	for (;;) {
		int64_t left = deadline_ms - fc_feed_now_ms();
		int n;

		if (left <= 0)
			return TIME_OUT;
		n = poll(p, 2, left > 1000000 ? 1000000 : (int)left);
		if (n < 0 && errno != EINTR)
			return FAILED;
		if (n <= 0)
			continue;
		if (p[1].revents)
			return READY;
		if (p[0].revents)
			return CHILD_GONE;
	}
}

static long
move(int in, int out, size_t n)
{
#if defined(FC_CONTROL_KEEP) || defined(FC_CONTROL_UNWIPED)
	return fc_control_pass(in, out, n);
#else
	return splice(
		in, NULL, out, NULL, n, SPLICE_F_NONBLOCK | SPLICE_F_MOVE);
#endif
}

/* The other side of a connection went away: what came is all there is. */
static bool
is_end(int e)
{
	return e == ECONNRESET || e == ETIMEDOUT || e == ENOTCONN;
}

/* Until both ends are ready. Once one is it stays so, since nobody else reads
 * the one or writes to the other. 1; 0 when it is no use, then *out says why.
 */
static int
wait_both(enum fc_fed *out, int source_fd, int pipe_w, int life,
	int64_t deadline_ms, struct fa_err *err)
{
	enum waited w = wait_for(source_fd, POLLIN, life, deadline_ms);

	*out = w == TIME_OUT ? FC_FED_LATE : FC_FED_STUCK;
	if (w == READY)
		w = wait_for(pipe_w, POLLOUT, life, deadline_ms);
	if (w == FAILED)
		return fa_fail(err, FA_E_IO, "cannot wait for bytes: %s",
			strerror(errno));
	return w == READY;
}

int
fc_feed(enum fc_fed *out, struct fc_source source, int pipe_w, int life,
	int64_t deadline_ms, struct fa_err *err)
{
	/* one more than allowed, to know that it is too much */
	bool open_end = source.bytes == 0 || source.bytes > FC_WIRE_MAX;
	size_t left = open_end ? FC_WIRE_MAX + 1 : (size_t)source.bytes;
	enum fc_fed fed = FC_FED_ALL;

	while (left > 0) {
		long n = move(source.fd, pipe_w,
			left < STEP_BYTES ? left : STEP_BYTES);
		int e = errno;
		int rc = 1;

		if (n > 0)
			left -= (size_t)n;
		else if (n == 0 || is_end(e))
			break;
		else if (e == EAGAIN)
			rc = wait_both(&fed, source.fd, pipe_w, life,
				deadline_ms, err);
		else if (e != EINTR)
			rc = fa_fail(err, FA_E_IO,
				"cannot move bytes from descriptor %d: %s",
				source.fd, strerror(e));
		if (rc < 0)
			return rc;
		if (rc == 0)
			break;
		fed = FC_FED_ALL;
	}
	*out = left == 0 && open_end ? FC_FED_MUCH : fed;
	return FA_OK;
}

int
fc_feed_wait(int life, int64_t deadline_ms, struct fa_err *err)
{
	switch (wait_for(-1, 0, life, deadline_ms)) {
	case CHILD_GONE:
		return 1;
	case TIME_OUT:
		return 0;
	default:
		return fa_fail(err, FA_E_IO, "cannot wait for a child: %s",
			strerror(errno));
	}
}
