/* Matchers that misbehave, pools and threads: all is answered, and no child is
 * left. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "rig_child.h"

static struct fa_err err;

static enum fc_saying
loops(const void *model, const struct fc_picture *p, uint8_t *templ,
	void *scratch)
{
	volatile int forever = 1;

	(void)model;
	(void)p;
	(void)templ;
	(void)scratch;
	while (forever)
		;
	return FC_SAYS_YES;
}

static enum fc_saying
overflows(const void *model, const struct fc_picture *p, uint8_t *templ,
	void *scratch)
{
	volatile uint8_t room[FC_STACK_BYTES];

	(void)model;
	(void)p;
	(void)templ;
	(void)scratch;
	for (size_t i = sizeof(room); i > 0; i--)
		room[i - 1] = 1;
	return room[17] ? FC_SAYS_YES : FC_SAYS_NO;
}

static enum fc_saying
breaks(const void *model, const struct fc_picture *p, uint8_t *templ,
	void *scratch)
{
	(void)model;
	(void)p;
	(void)templ;
	(void)scratch;
	return FC_SAYS_BROKEN;
}

static enum fc_answer with_encode(enum fc_saying (*encode)(
	const void *, const struct fc_picture *, uint8_t *, void *))
{
	struct fc_plugin p = standin;
	struct fc_children *c;
	enum fc_answer a;

	p.encode = encode;
	c = children(&p, 0, 300);
	a = verify(c, side_of(1, 0, 1, 0), side_of(1, 1, 1, 0));
	fc_children_free(c);
	return a;
}

static void
a_matcher_that_hangs_or_breaks_is_internal(void **state)
{
	struct fc_children *c = children(&standin, 0, 0);

	(void)state;
	assert_int_equal(with_encode(loops), FC_INTERNAL);
	assert_int_equal(with_encode(breaks), FC_INTERNAL);
	if (fc_children_level(c) >= FC_LEVEL_LIMITS)
		assert_int_equal(with_encode(overflows), FC_INTERNAL);
	fc_children_free(c);
	/* nothing is left to wait for */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void
a_pool_runs_dry_and_is_filled_again(void **state)
{
	struct fc_children *c = children(&standin, 3, 0);

	(void)state;
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 5; i++)
			assert_int_equal(verify(c, side_of(1, 0, 1, 0),
						 side_of(1, 1, 1, 0)),
				FC_MATCH);
		assert_int_equal(fc_children_ready(c, &err), FA_OK);
	}
	fc_children_free(c);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void
a_waiting_child_that_was_killed_is_replaced(void **state)
{
	struct fc_children *c = children(&standin, 1, 0);
	siginfo_t dead;
	char path[64];
	char line[64] = { 0 };
	int fd;
	uint64_t pid = 0;

	(void)state;
	(void)snprintf(path, sizeof(path), "/proc/self/task/%d/children",
		(int)getpid());
	fd = open(path, O_RDONLY);
	if (fd < 0) {
		print_message("# left out: the kernel lists no children\n");
		fc_children_free(c);
		return;
	}
	assert_true(read(fd, line, sizeof(line) - 1) > 1);
	close(fd);
	for (const char *z = line; *z >= '0' && *z <= '9'; z++)
		pid = pid * 10 + (uint64_t)(*z - '0');
	assert_int_equal(kill((pid_t)pid, SIGKILL), 0);
	assert_int_equal(waitid(P_PID, (id_t)pid, &dead, WEXITED | WNOWAIT), 0);
	assert_int_equal(
		verify(c, side_of(1, 0, 1, 0), side_of(1, 1, 1, 0)), FC_MATCH);
	fc_children_free(c);
}

/* The parent goes as if killed; this process inherits its children. */
static void
children_that_wait_end_with_their_parent(void **state)
{
	int status = 0;
	unsigned orphans = 0;
	pid_t parent, pid;

	(void)state;
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
	parent = fork();
	if (parent == 0) {
		(void)children(&standin, 3, 0);
		(void)kill(getpid(), SIGKILL);
	}
	assert_int_equal(waitpid(parent, &status, 0), parent);
	assert_true(WIFSIGNALED(status));
	while ((pid = waitpid(-1, &status, 0)) > 0) {
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), FC_BAD_INPUT);
		orphans++;
	}
	assert_int_equal(orphans, 3);
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0), 0);
}

struct worker {
	struct fc_children *c;
	int fd[16][2];
	enum fc_answer a[16];
	int rc;
};

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct fa_err e;

	for (int i = 0; i < 16 && w->rc == FA_OK; i++)
		w->rc = fc_children_verify(
			&w->a[i], w->c, w->fd[i][0], w->fd[i][1], &e);
	return NULL;
}

static void
several_threads_verify_at_once(void **state)
{
	struct worker w[3] = { 0 };
	pthread_t t[3];
	struct fc_children *c = children(&standin, 4, 0);

	(void)state;
	for (uint32_t k = 0; k < 3; k++) {
		w[k].c = c;
		for (uint32_t i = 0; i < 16; i++) {
			w[k].fd[i][0] = side_of(1, 0, 1, 0);
			w[k].fd[i][1] = side_of(1 + (i & 1), 1, 1, 0);
		}
	}
	for (int k = 0; k < 3; k++)
		assert_int_equal(pthread_create(&t[k], NULL, work, &w[k]), 0);
	for (int k = 0; k < 3; k++) {
		assert_int_equal(pthread_join(t[k], NULL), 0);
		assert_int_equal(w[k].rc, FA_OK);
		for (int i = 0; i < 16; i++) {
			assert_int_equal(
				w[k].a[i], i & 1 ? FC_NO_MATCH : FC_MATCH);
			close(w[k].fd[i][0]);
			close(w[k].fd[i][1]);
		}
	}
	fc_children_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_matcher_that_hangs_or_breaks_is_internal),
		cmocka_unit_test(a_pool_runs_dry_and_is_filled_again),
		cmocka_unit_test(a_waiting_child_that_was_killed_is_replaced),
		cmocka_unit_test(children_that_wait_end_with_their_parent),
		cmocka_unit_test(several_threads_verify_at_once),
	};

	if (rig_is_in_valgrind())
		return 0;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
