#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

/* A directory of its own for every test, into which the test goes. */
struct place {
	char dir[64];
	int old; /* where the test came from */
	struct fa_arena a;
	struct fa_err err;
};

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	assert_non_null(p);
	memcpy(p->dir, "/tmp/fa_file_XXXXXX", sizeof("/tmp/fa_file_XXXXXX"));
	p->old = open(".", O_RDONLY | O_DIRECTORY);
	assert_non_null(mkdtemp(p->dir));
	assert_int_equal(chdir(p->dir), 0);
	fa_arena_init(&p->a, 32 << 20);
	*state = p;
	return 0;
}

/* Tests remove what they make. */
static int
teardown(void **state)
{
	struct place *p = *state;
	int rc = fchdir(p->old);

	fa_arena_done(&p->a);
	rc |= close(p->old);
	rc |= rmdir(p->dir);
	free(p);
	return rc;
}

static void
put(const char *path, const char *text)
{
	assert_int_equal(
		fa_file_replace(fa_str_c(path), fa_str_c(text), NULL), FA_OK);
}

static struct fa_str
got(struct place *p, const char *path)
{
	struct fa_str s = FA_STR_NONE;

	assert_int_equal(
		fa_file_read(&s, fa_str_c(path), 1 << 20, &p->a, NULL), FA_OK);
	return s;
}

static void
a_file_reads_back_as_it_was_written(void **state)
{
	struct place *p = *state;

	put("a", "人脸");
	assert_string_equal(got(p, "a").p, "人脸");
	put("a", "");
	assert_int_equal(got(p, "a").n, 0);
	put("a", "x");
	assert_int_equal(got(p, "a").n, 1);
	assert_int_equal(unlink("a"), 0);
}

static void
a_file_over_the_limit_is_refused(void **state)
{
	struct place *p = *state;
	struct fa_str s = FA_STR_NONE;

	put("a", "0123456789");
	assert_int_equal(
		fa_file_read(&s, FA_STR("a"), 10, &p->a, &p->err), FA_OK);
	assert_int_equal(s.n, 10);
	s = FA_STR_NONE;
	assert_int_equal(
		fa_file_read(&s, FA_STR("a"), 9, &p->a, &p->err), FA_E_LIMIT);
	assert_string_equal(p->err.msg, "a is larger than 9 bytes");
	assert_null(s.p);
	assert_int_equal(
		fa_file_read(&s, FA_STR("/dev/zero"), 100000, &p->a, &p->err),
		FA_E_LIMIT);
	fa_arena_done(&p->a);
	fa_arena_init(&p->a, 1000);
	assert_int_equal(
		fa_file_read(&s, FA_STR("/dev/zero"), 100000, &p->a, &p->err),
		FA_E_NOMEM);
	assert_int_equal(unlink("a"), 0);
}

static void
a_pipe_is_read_to_its_end(void **state)
{
	struct place *p = *state;
	int fd[2];
	int in = dup(STDIN_FILENO);
	struct fa_str s = FA_STR_NONE;

	assert_int_equal(pipe(fd), 0);
	assert_int_equal(write(fd[1], "piped", 5), 5);
	assert_int_equal(close(fd[1]), 0);
	assert_int_equal(dup2(fd[0], STDIN_FILENO), STDIN_FILENO);
	assert_int_equal(close(fd[0]), 0);
	assert_int_equal(
		fa_file_read(&s, FA_STR("-"), 100, &p->a, NULL), FA_OK);
	assert_string_equal(s.p, "piped");
	if (in >= 0) {
		(void)dup2(in, STDIN_FILENO);
		(void)close(in);
	}
}

static void
what_cannot_be_read_is_named_with_the_reason(void **state)
{
	struct place *p = *state;
	struct fa_str s = FA_STR_NONE;
	static char long_name[FA_FILE_PATH_BYTES + 1];

	assert_int_equal(
		fa_file_read(&s, FA_STR("gone"), 9, &p->a, &p->err), FA_E_IO);
	assert_string_equal(
		p->err.msg, "cannot open gone: No such file or directory");
	assert_int_equal(fa_file_read(&s, FA_STR("."), 1 << 20, &p->a, &p->err),
		FA_E_IO);
	assert_int_equal(
		fa_file_read(&s, FA_STR(""), 9, &p->a, &p->err), FA_E_USAGE);
	assert_int_equal(fa_file_read(&s, FA_STR("a\0b"), 9, &p->a, &p->err),
		FA_E_USAGE);
	memset(long_name, 'x', sizeof(long_name));
	assert_int_equal(
		fa_file_read(&s,
			(struct fa_str){ long_name, sizeof(long_name) }, 9,
			&p->a, &p->err),
		FA_E_LIMIT);
}

static void
replacing_keeps_the_mode_and_leaves_no_other_file(void **state)
{
	struct place *p = *state;
	struct fa_file_list list;
	struct stat st;

	put("a", "old");
	assert_int_equal(chmod("a", 0640), 0);
	put("a", "new");
	assert_int_equal(stat("a", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(fa_file_walk(&list, FA_STR("."), &p->a, NULL), FA_OK);
	assert_int_equal(list.n, 1);
	assert_int_equal(unlink("a"), 0);
}

static void
a_failed_replacement_changes_nothing(void **state)
{
	struct place *p = *state;

	assert_int_equal(
		fa_file_replace(FA_STR("no/such"), FA_STR("x"), &p->err),
		FA_E_IO);
	assert_string_equal(
		p->err.msg, "cannot write no/such: No such file or directory");
	assert_int_equal(mkdir("d", 0777), 0);
	assert_int_equal(
		fa_file_replace(FA_STR("d"), FA_STR("x"), &p->err), FA_E_IO);
	assert_int_equal(
		fa_file_replace(FA_STR("/dev/null"), FA_STR("x"), &p->err),
		FA_E_IO);
	assert_string_equal(
		p->err.msg, "cannot write /dev/null: it is not a regular file");
	assert_true(fa_file_is_dir(FA_STR("d")));
	assert_false(fa_file_is_dir(FA_STR("gone")));
	assert_int_equal(rmdir("d"), 0);
}

static void
a_full_disk_leaves_the_old_file(void **state)
{
	struct place *p = *state;
	struct fa_file_list list;
	struct rlimit old;
	struct rlimit little;
	static char data[100000];

	put("a", "old");
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	little = old;
	little.rlim_cur = 5000;
	assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
	assert_int_equal(
		fa_file_replace(FA_STR("a"),
			(struct fa_str){ data, sizeof(data) }, &p->err),
		FA_E_IO);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_string_equal(p->err.msg, "cannot write a: File too large");
	assert_string_equal(got(p, "a").p, "old");
	assert_int_equal(fa_file_walk(&list, FA_STR("."), &p->a, NULL), FA_OK);
	assert_int_equal(list.n, 1);
	assert_int_equal(unlink("a"), 0);
}

static void
a_walk_is_sorted_and_stays_inside(void **state)
{
	struct place *p = *state;
	struct fa_file_list list = { NULL, 0 };

	assert_int_equal(mkdir("t", 0777), 0);
	assert_int_equal(mkdir("t/b", 0777), 0);
	assert_int_equal(mkdir("t/.git", 0777), 0);
	put("t/b/x", "");
	put("t/b.txt", "");
	put("t/a", "");
	put("t/.hidden", "");
	put("t/.git/x", "");
	put("outside", "");
	assert_int_equal(symlink("a", "t/inside"), 0);
	assert_int_equal(symlink("../outside", "t/outside"), 0);
	assert_int_equal(symlink("nowhere", "t/dangling"), 0);
	assert_int_equal(symlink("loop", "t/loop"), 0);
	assert_int_equal(symlink("..", "t/b/up"), 0);
	assert_int_equal(
		fa_file_walk(&list, FA_STR("t//"), &p->a, NULL), FA_OK);
	assert_int_equal(list.n, 4);
	assert_string_equal(list.path[0].p, "t/a");
	assert_string_equal(list.path[1].p, "t/b.txt");
	assert_string_equal(list.path[2].p, "t/b/x");
	assert_string_equal(list.path[3].p, "t/inside");
	(void)unlink("t/b/up");
	(void)unlink("t/loop");
	(void)unlink("t/dangling");
	(void)unlink("t/outside");
	(void)unlink("t/inside");
	(void)unlink("outside");
	(void)unlink("t/.git/x");
	(void)unlink("t/.hidden");
	(void)unlink("t/a");
	(void)unlink("t/b.txt");
	(void)unlink("t/b/x");
	(void)rmdir("t/.git");
	(void)rmdir("t/b");
	assert_int_equal(rmdir("t"), 0);
}

static void
a_walk_has_a_deepest_level(void **state)
{
	struct place *p = *state;
	struct fa_file_list list = { NULL, 0 };
	struct fa_buf path;

	fa_buf_init(&path, 4096);
	fa_buf_adds(&path, "d");
	for (int i = 0; i <= FA_FILE_DEPTH + 1; i++) {
		assert_int_equal(mkdir(path.p, 0777), 0);
		fa_buf_adds(&path, "/d");
	}
	assert_int_equal(
		fa_file_walk(&list, FA_STR("d"), &p->a, &p->err), FA_E_LIMIT);
	while (path.n > 1) {
		path.n -= 2;
		path.p[path.n] = '\0';
		assert_int_equal(rmdir(path.p), 0);
	}
	fa_buf_done(&path);
	assert_int_equal(
		fa_file_walk(&list, FA_STR("gone"), &p->a, &p->err), FA_E_IO);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

static void
a_directory_is_made_once(void **state)
{
	struct place *p = *state;

	assert_int_equal(fa_file_make_dir(FA_STR("d"), &p->err), FA_OK);
	assert_true(fa_file_is_dir(FA_STR("d")));
	assert_int_equal(fa_file_make_dir(FA_STR("d"), &p->err), FA_OK);
	assert_int_equal(fa_file_make_dir(FA_STR("x/d"), &p->err), FA_E_IO);
	assert_int_equal(fa_file_make_dir(FA_STR(""), &p->err), FA_E_USAGE);
	assert_int_equal(rmdir("d"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_reads_back_as_it_was_written),
		TEST(a_file_over_the_limit_is_refused),
		TEST(a_pipe_is_read_to_its_end),
		TEST(what_cannot_be_read_is_named_with_the_reason),
		TEST(replacing_keeps_the_mode_and_leaves_no_other_file),
		TEST(a_failed_replacement_changes_nothing),
		TEST(a_full_disk_leaves_the_old_file),
		TEST(a_directory_is_made_once),
		TEST(a_walk_is_sorted_and_stays_inside),
		TEST(a_walk_has_a_deepest_level),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
