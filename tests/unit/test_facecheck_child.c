/* Children answer, whatever they are given. */
#define _GNU_SOURCE
#include <grp.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "rig_child.h"

static struct fa_err err;

static enum fc_answer
verify_bytes(struct fc_children *c, const void *probe, size_t n)
{
	return verify(c, side_of(1, 0, 1, FC_TURN_NONE), file_of(probe, n));
}

static void
the_same_person_matches_and_another_does_not(void **state)
{
	struct fc_children *c = children(&standin, 0, 0);

	(void)state;
	assert_int_equal(
		verify(c, side_of(1, 0, 1, 0), side_of(1, 1, 1, 0)), FC_MATCH);
	assert_int_equal(verify(c, side_of(1, 0, 1, 0), side_of(2, 1, 1, 0)),
		FC_NO_MATCH);
	fc_children_free(c);
}

static void
frames_that_do_not_change_are_not_alive(void **state)
{
	static uint8_t bytes[FC_WIRE_HEAD + 2 * PIXELS];
	struct fc_wire w = { 2, SIDE, SIDE, FC_TURN_LEFT };
	struct fc_children *c = children(&standin, 0, 0);

	(void)state;
	assert_int_equal(
		verify(c, side_of(1, 0, 1, 0), side_of(1, 1, 2, FC_TURN_LEFT)),
		FC_MATCH);
	fc_wire_write(bytes, &w);
	for (int i = 0; i < 2; i++)
		standin_picture(
			bytes + FC_WIRE_HEAD + (size_t)i * PIXELS, SIDE, 1, 1);
	assert_int_equal(verify_bytes(c, bytes, sizeof(bytes)), FC_NOT_ALIVE);
	fc_children_free(c);
}

static enum fc_answer
ordered(struct fc_children *c, struct fc_order order, int probe)
{
	int reference = side_of(1, 0, 1, 0);
	enum fc_answer a = FC_INTERNAL;

	assert_int_equal(fc_children_check(&a, c, &order,
				 (struct fc_source){ .fd = reference },
				 (struct fc_source){ .fd = probe }, &err),
		FA_OK);
	close(reference);
	close(probe);
	return a;
}

static void
a_probe_cannot_talk_itself_out_of_liveness(void **state)
{
	struct fc_children *c = children(&standin, 0, 0);
	struct fc_order left = { true, FC_TURN_LEFT };

	(void)state;
	assert_int_equal(
		ordered(c, left, side_of(1, 1, 2, FC_TURN_LEFT)), FC_MATCH);
	assert_int_equal(
		ordered(c, left, side_of(1, 1, 1, FC_TURN_LEFT)), FC_BAD_INPUT);
	assert_int_equal(ordered(c, left, side_of(1, 1, 2, FC_TURN_RIGHT)),
		FC_BAD_INPUT);
	assert_int_equal(
		ordered(c, left, side_of(1, 1, 3, FC_TURN_LEFT)), FC_BAD_INPUT);
	fc_children_free(c);
}

static void
what_is_no_picture_is_bad_input(void **state)
{
	static uint8_t bytes[FC_WIRE_HEAD + PIXELS + 1];
	struct fc_wire w = { 1, SIDE, SIDE, FC_TURN_NONE };
	struct fc_children *c = children(&standin, 2, 0);

	(void)state;
	assert_int_equal(verify_bytes(c, "", 0), FC_BAD_INPUT);
	assert_int_equal(verify_bytes(c, "GIF89a", 6), FC_BAD_INPUT);
	fc_wire_write(bytes, &w);
	standin_picture(bytes + FC_WIRE_HEAD, SIDE, 1, 1);
	assert_int_equal(verify_bytes(c, bytes, sizeof(bytes) - 1), FC_MATCH);
	assert_int_equal(
		verify_bytes(c, bytes, sizeof(bytes) - 2), FC_BAD_INPUT);
	assert_int_equal(verify_bytes(c, bytes, sizeof(bytes)), FC_BAD_INPUT);
	assert_int_equal(verify_bytes(c, bytes, FC_WIRE_HEAD), FC_BAD_INPUT);
	memset(bytes + FC_WIRE_HEAD, 7, PIXELS);
	assert_int_equal(verify_bytes(c, bytes, sizeof(bytes) - 1), FC_POOR);
	bytes[4] = 0;
	assert_int_equal(
		verify_bytes(c, bytes, sizeof(bytes) - 1), FC_BAD_INPUT);
	fc_children_free(c);
}

static void
a_large_picture_passes_and_an_endless_one_ends(void **state)
{
	size_t n = FC_WIRE_HEAD + ((size_t)1 << 20);
	struct fc_wire w = { 1, 1024, 1024, FC_TURN_NONE };
	uint8_t *bytes = test_malloc(n);
	struct fc_children *c = children(&standin, 0, 0);
	int zero = memfd_create("zero", MFD_CLOEXEC);

	(void)state;
	fc_wire_write(bytes, &w);
	standin_picture(bytes + FC_WIRE_HEAD, 1024, 1, 1);
	assert_int_equal(
		verify(c, file_of(bytes, n), file_of(bytes, n)), FC_MATCH);
	test_free(bytes);
	assert_int_equal(ftruncate(zero, (off_t)1 << 40), 0);
	assert_int_equal(verify(c, side_of(1, 0, 1, 0), zero), FC_BAD_INPUT);
	fc_children_free(c);
}

static void
only_the_bytes_of_a_side_are_taken_from_a_connection(void **state)
{
	static uint8_t bytes[2][FC_WIRE_HEAD + PIXELS];
	struct fc_wire w = { 1, SIDE, SIDE, FC_TURN_NONE };
	struct fc_children *c = children(&standin, 1, 0);
	struct fc_order order = { .alive = false };
	enum fc_answer a = FC_INTERNAL;
	char after[3];
	int s[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, s), 0);
	for (int i = 0; i < 2; i++) {
		fc_wire_write(bytes[i], &w);
		standin_picture(bytes[i] + FC_WIRE_HEAD, SIDE, 1, (uint32_t)i);
		assert_int_equal(write(s[0], bytes[i], sizeof(bytes[i])),
			(ssize_t)sizeof(bytes[i]));
	}
	assert_int_equal(write(s[0], "end", 3), 3);
	assert_int_equal(
		fc_children_check(&a, c, &order,
			(struct fc_source){ s[1], sizeof(bytes[0]) },
			(struct fc_source){ s[1], sizeof(bytes[1]) }, &err),
		FA_OK);
	assert_int_equal(a, FC_MATCH);
	assert_int_equal(read(s[1], after, 3), 3);
	assert_memory_equal(after, "end", 3);
	close(s[0]);
	close(s[1]);
	fc_children_free(c);
}

static void
who_sends_nothing_is_not_waited_for_for_ever(void **state)
{
	struct fc_children *c = children(&standin, 1, 50);
	int p[2];

	(void)state;
	assert_int_equal(pipe(p), 0);
	assert_int_equal(verify(c, side_of(1, 0, 1, 0), p[0]), FC_BAD_INPUT);
	close(p[1]);
	fc_children_free(c);
}

static void
a_descriptor_that_gives_no_bytes_is_a_failure(void **state)
{
	struct fc_children *c = children(&standin, 0, 0);
	enum fc_answer a = FC_POOR;

	(void)state;
	assert_int_equal(fc_children_verify(&a, c, -1, -1, &err), FA_E_IO);
	assert_int_equal(a, FC_POOR);
	fc_children_free(c);
}

static void
who_asks_for_more_than_there_is_gets_nothing(void **state)
{
	struct fc_child_opts o = { .plugin = &standin,
		.require = FC_LEVEL_SECRET,
		.limited = true,
		.at_most = FC_LEVEL_LIMITS };
	struct fc_children *c = NULL;

	(void)state;
	assert_int_equal(fc_children_new(&c, &o, &err), FA_E_UNSUPPORTED);
	assert_null(c);
	assert_non_null(strstr(err.msg, "secret"));
	o = (struct fc_child_opts){ .plugin = &standin, .pool = 65 };
	assert_int_equal(fc_children_new(&c, &o, &err), FA_E_LIMIT);
	o = (struct fc_child_opts){ .plugin = &standin, .timeout_ms = -1 };
	assert_int_equal(fc_children_new(&c, &o, &err), FA_E_LIMIT);
	o = (struct fc_child_opts){ .plugin = &standin, .require = 9 };
	assert_int_equal(fc_children_new(&c, &o, &err), FA_E_USAGE);
	o = (struct fc_child_opts){ .plugin = NULL };
	assert_int_equal(fc_children_new(&c, &o, &err), FA_E_INPUT);
}

static void
every_level_up_to_the_best_can_be_had(void **state)
{
	struct fc_children *c = children(&standin, 0, 0);
	enum fc_level best = fc_children_level(c);

	(void)state;
	print_message("# level %s%s%s\n", fc_level_name(best),
		fc_children_lack(c) ? "; lacking: " : "",
		fc_children_lack(c) ? fc_children_lack(c) : "");
	fc_children_free(c);
	for (int l = 0; l <= (int)best; l++) {
		struct fc_child_opts o = { .plugin = &standin,
			.require = (enum fc_level)l,
			.limited = true,
			.at_most = (enum fc_level)l };

		assert_int_equal(fc_children_new(&c, &o, &err), FA_OK);
		assert_int_equal(fc_children_level(c), l);
		assert_int_equal(
			verify(c, side_of(1, 0, 1, 0), side_of(1, 1, 1, 0)),
			FC_MATCH);
		fc_children_free(c);
	}
}

static enum fc_saying
curious_encode(const void *model, const struct fc_picture *picture,
	uint8_t *templ, void *scratch)
{
	(void)syscall(SYS_getppid);
	return standin.encode(model, picture, templ, scratch);
}

/* In a process of its own, which cannot go back: 0 when it is as it should be.
 */
static int
with_little_locked_memory(void)
{
	const struct rlimit little = { 65536, 65536 };
	struct fc_plugin curious = standin;
	struct fc_child_opts o = { .plugin = &curious,
		.require = FC_LEVEL_LIMITS };
	struct fc_children *c = NULL;
	enum fc_answer a = FC_MATCH;

	curious.encode = curious_encode;
	if (setrlimit(RLIMIT_MEMLOCK, &little) != 0 ||
		(geteuid() == 0 &&
			(setgroups(0, NULL) != 0 || setgid(65534) != 0 ||
				setuid(65534) != 0)))
		return 2;
	if (fc_children_new(&c, &o, &err) != FA_OK ||
		fc_children_level(c) != FC_LEVEL_LIMITS)
		return 3;
	if (fc_children_verify(&a, c, side_of(1, 0, 1, 0), side_of(1, 1, 1, 0),
		    &err) != FA_OK)
		return 4;
	return a == FC_INTERNAL ? 0 : 5;
}

static void
where_little_memory_may_be_locked_the_filter_still_holds(void **state)
{
	struct fc_children *c = children(&standin, 0, 0);
	enum fc_level best = fc_children_level(c);
	int status = 0;
	pid_t pid;

	(void)state;
	fc_children_free(c);
	if (best < FC_LEVEL_SYSCALLS) {
		print_message("# left out: no filter of system calls here\n");
		return;
	}
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		_exit(with_little_locked_memory());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
names_of_answers_and_levels_are_fixed(void **state)
{
	(void)state;
	for (int i = 0; i < FC_LEVELS; i++)
		assert_int_equal(
			fc_level_parse(fc_level_name((enum fc_level)i)), i);
	assert_int_equal(fc_level_parse("best"), -1);
	assert_int_equal(fc_level_parse(NULL), -1);
	assert_string_equal(fc_answer_name(FC_NO_MATCH), "no_match");
	assert_string_equal(fc_answer_name(FC_INTERNAL), "internal");
	assert_string_equal(fc_answer_name((enum fc_answer)77), "unknown");
	assert_string_equal(fc_level_name(FC_LEVEL_SECRET), "secret");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_person_matches_and_another_does_not),
		cmocka_unit_test(frames_that_do_not_change_are_not_alive),
		cmocka_unit_test(a_probe_cannot_talk_itself_out_of_liveness),
		cmocka_unit_test(what_is_no_picture_is_bad_input),
		cmocka_unit_test(
			a_large_picture_passes_and_an_endless_one_ends),
		cmocka_unit_test(
			only_the_bytes_of_a_side_are_taken_from_a_connection),
		cmocka_unit_test(who_sends_nothing_is_not_waited_for_for_ever),
		cmocka_unit_test(a_descriptor_that_gives_no_bytes_is_a_failure),
		cmocka_unit_test(who_asks_for_more_than_there_is_gets_nothing),
		cmocka_unit_test(every_level_up_to_the_best_can_be_had),
		cmocka_unit_test(
			where_little_memory_may_be_locked_the_filter_still_holds),
		cmocka_unit_test(names_of_answers_and_levels_are_fixed),
	};

	if (rig_is_in_valgrind())
		return 0;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
