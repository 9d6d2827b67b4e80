#define _GNU_SOURCE
#include "facecheck/child/inside.h"

#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "facecheck/child/control.h"
#include "facecheck/child/room.h"
#include "facecheck/child/sandbox.h"
#include "facecheck/child/wire.h"

struct inside {
	struct fc_cell cell;
	struct fc_room room;
};

/* What came down a pipe. */
struct side {
	struct fc_wire wire;
	size_t bytes; /* of pixels */
};

static void
end(int status)
{
	for (;;)
		(void)syscall(SYS_exit_group, status);
}

static void
fail(enum fc_step step)
{
	end(FC_STEP_FAILED | (int)step);
}

static bool
take(int fd, uint8_t *p, size_t n)
{
	while (n > 0) {
		ssize_t got = read(fd, p, n);

		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

static bool
ended(int fd)
{
	uint8_t more;

	return read(fd, &more, 1) == 0;
}

static bool
take_side(struct side *s, int fd, uint8_t *pixels, bool reference)
{
	uint8_t head[FC_WIRE_HEAD];

	if (!take(fd, head, sizeof(head)))
		return false;
	s->bytes = fc_wire_parse(&s->wire, head, reference);
	return s->bytes > 0 && take(fd, pixels, s->bytes) && ended(fd);
}

static enum fc_answer
say(enum fc_saying s, enum fc_answer yes, enum fc_answer no)
{
	switch (s) {
	case FC_SAYS_YES:
		return yes;
	case FC_SAYS_NO:
		return no;
	case FC_SAYS_POOR:
		return FC_POOR;
	default:
		return FC_INTERNAL;
	}
}

/* Measures art. 14: liveness before the comparison, on the frames of which one
 * is compared. */
static enum fc_answer
judge(const struct inside *in, const struct side *reference,
	const struct side *probe, const struct fc_order *order)
{
	const struct fc_plugin *p = in->cell.plugin;
	const void *model = in->cell.model;
	const struct fc_room *room = &in->room;
	const struct fc_wire *w = &probe->wire;
	struct fc_picture at = { room->reference, reference->wire.width,
		reference->wire.height };
	struct fc_picture frames[FC_FRAMES_MAX];
	enum fc_answer a;

	for (uint32_t i = 0; i < w->frames; i++)
		frames[i] = (struct fc_picture){ room->probe +
				(size_t)i * w->width * w->height,
			w->width, w->height };
	if (order->alive || w->frames > 1) {
		a = say(p->alive(model, frames, w->frames, w->turn,
				room->scratch),
			FC_MATCH, FC_NOT_ALIVE);
		if (a != FC_MATCH)
			return a;
	}
	a = say(p->encode(model, &at, room->templ_a, room->scratch), FC_MATCH,
		FC_INTERNAL);
	if (a != FC_MATCH)
		return a;
	a = say(p->encode(model, &frames[0], room->templ_b, room->scratch),
		FC_MATCH, FC_INTERNAL);
	if (a != FC_MATCH)
		return a;
	fc_control_leak(room->templ_b, room->templ_bytes);
	return say(p->compare(model, room->templ_a, room->templ_b, NULL,
			   room->scratch),
		FC_MATCH, FC_NO_MATCH);
}

static enum fc_answer
decide(struct inside *in)
{
	struct side reference = { 0 };
	struct side probe = { 0 };
	uint8_t order_bytes[FC_ORDER_BYTES];
	struct fc_order order;
	uint32_t wanted = in->cell.plugin->frames;
	enum fc_answer a = FC_BAD_INPUT;

	/* Both pipes to their ends before the matcher is called. */
	if (take_side(&reference, FC_FD_REFERENCE, in->room.reference, true) &&
		take(FC_FD_PROBE, order_bytes, sizeof(order_bytes)) &&
		fc_order_parse(&order, order_bytes) &&
		take_side(&probe, FC_FD_PROBE, in->room.probe, false) &&
		(!order.alive ||
			(probe.wire.turn == order.turn &&
				probe.wire.frames == wanted)) &&
		(probe.wire.frames == 1 || probe.wire.frames == wanted))
		a = judge(in, &reference, &probe, &order);
	fc_room_wipe(&in->room, reference.bytes, probe.bytes);
	return a;
}

/* What is beyond its level a child takes too when the kernel gives it: where
 * little memory may be locked the filter still holds. */
static bool
tries(const struct fc_cell *cell, enum fc_level level)
{
	return cell->level >= level ||
		(cell->level > FC_LEVEL_NONE && !cell->limited);
}

static void
must(const struct fc_cell *cell, enum fc_level level, enum fc_step step,
	bool done)
{
	if (!done && cell->level >= level)
		fail(step);
}

static void
close_and_decide(struct inside *in)
{
	const struct fc_cell *cell = &in->cell;

	if (tries(cell, FC_LEVEL_SYSCALLS))
		must(cell, FC_LEVEL_SYSCALLS, FC_STEP_MEMORY,
			fc_sandbox_memory(&in->room, cell->object));
	if (tries(cell, FC_LEVEL_FILES))
		must(cell, FC_LEVEL_FILES, FC_STEP_FILES, fc_sandbox_files());
	if (tries(cell, FC_LEVEL_LIMITS) && !FC_CONTROLLED_PLAIN)
		must(cell, FC_LEVEL_LIMITS, FC_STEP_LIMITS,
			fc_sandbox_limits(cell->cpu_s));
	if (tries(cell, FC_LEVEL_SYSCALLS))
		must(cell, FC_LEVEL_SYSCALLS, FC_STEP_CALLS,
			fc_sandbox_calls());
	end((int)decide(in));
}

static void
on_own_stack(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	if (info->si_code == SI_QUEUE && info->si_pid == getpid())
		close_and_decide(info->si_value.sival_ptr);
}

/* Goes on with the stack of the room: what a matcher has in its variables is
 * as secret as what it has in its scratch. The way is a signal to itself, which
 * never ends. */
static void
change_stack(struct inside *in)
{
	struct sigaction act = { .sa_flags = SA_SIGINFO | SA_ONSTACK };
	stack_t stack = { .ss_sp = in->room.stack, .ss_size = FC_STACK_BYTES };
	sigset_t open;

	act.sa_sigaction = on_own_stack;
	(void)sigfillset(&act.sa_mask);
	(void)sigfillset(&open);
	(void)sigdelset(&open, SIGUSR1);
	if (sigaltstack(&stack, NULL) == 0 &&
		sigaction(SIGUSR1, &act, NULL) == 0 &&
		pthread_sigmask(SIG_SETMASK, &open, NULL) == 0)
		(void)sigqueue(
			getpid(), SIGUSR1, (union sigval){ .sival_ptr = in });
	fail(FC_STEP_STACK);
}

static bool
make_room(struct inside *in)
{
	const struct fc_cell *cell = &in->cell;
	struct fc_room *room = &in->room;

	if (tries(cell, FC_LEVEL_SECRET) &&
		fc_room_make(room, FC_ROOM_SECRET, cell->plugin))
		return true;
	if (cell->level < FC_LEVEL_SECRET && tries(cell, FC_LEVEL_SYSCALLS) &&
		fc_room_make(room, FC_ROOM_LOCKED, cell->plugin))
		return true;
	return cell->level < FC_LEVEL_SYSCALLS &&
		fc_room_make(room, FC_ROOM_PLAIN, cell->plugin);
}

void
fc_cell_run(const struct fc_cell *cell)
{
	struct inside in = { .cell = *cell };
	sigset_t all;

	/* No handler of the parent runs here. What a process brings upon
	 * itself, and SIGKILL, come all the same. */
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, NULL);
	if (!fc_sandbox_fds(cell->reference_fd, cell->probe_fd, cell->life_fd))
		fail(FC_STEP_FDS);
	if (!make_room(&in))
		fail(cell->level == FC_LEVEL_SECRET ? FC_STEP_SECRET
						    : FC_STEP_LOCKED);
	if (cell->level == FC_LEVEL_NONE)
		close_and_decide(&in);
	else
		change_stack(&in);
}
