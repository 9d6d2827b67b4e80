/* Where files lie, told of many in turn. */
#include "fixture_project.h"
#include "project/place.h"

/* Folders and links to them, links to files, what is missing, and names that
 * are none, so that each follows each. */
static const char *const paths[] = { "a/one", "a/two", "a/../a/one", "b/one",
	"link/one", "link/two", "link/up", "a/up", "a/file", "a/lost",
	"a/missing", "missing/one", "one", "./one", "up", "a", "a/", "a/.",
	"a/..", "link", "link/", ".", "..", "/", "/one", "//one", "",
	"a//one" };

static void
make_files(struct project *p)
{
	project_write(p, "a/one", "");
	project_write(p, "a/two", "");
	project_write(p, "b/one", "");
	project_write(p, "one", "");
	project_sh(p,
		"ln -s b link; ln -s ../a/one b/up; ln -s ../b a/up; "
		"ln -s two a/file; ln -s nowhere a/lost; ln -s a/one up");
}

static void
must_agree(struct project *p, struct fa_place_memo *memo, const char *path)
{
	struct fa_str want, got = FA_STR_NONE;

	if (fa_place_absolute(&want, fa_str_c(path), &p->a, &p->err) < 0 ||
		fa_place_near(&got, memo, fa_str_c(path), &p->a, &p->err) < 0)
		fail_msg("%s: %s", path, p->err.msg);
	if (!fa_str_eq(want, got))
		fail_msg("%s: %.*s, expected %.*s", path, FA_STR_ARG(got),
			FA_STR_ARG(want));
}

static void
a_path_lies_where_it_does_whatever_path_was_before(void **state)
{
	struct project *p = *state;
	struct fa_place_memo memo = { 0 };

	make_files(p);
	for (size_t i = 0; i < FA_COUNT(paths); i++) {
		for (size_t k = 0; k < FA_COUNT(paths); k++) {
			must_agree(p, &memo, paths[i]);
			must_agree(p, &memo, paths[k]);
		}
		project_fresh(p);
	}
}

static void
the_way_to_a_folder_is_resolved_once(void **state)
{
	struct project *p = *state;
	struct fa_place_memo memo = { 0 };
	struct fa_str at;

	make_files(p);
	must_agree(p, &memo, "link/one");
	assert_int_equal(memo.given_n, strlen("link/"));
	assert_memory_equal(memo.given, "link/", memo.given_n);
	assert_int_equal(memo.real_n, strlen(p->dir) + strlen("/b"));
	/* It is where it was found, also when it moves meanwhile. */
	project_sh(p, "rm link; mkdir link; touch link/new");
	assert_int_equal(
		fa_place_near(&at, &memo, FA_STR("link/new"), &p->a, &p->err),
		FA_OK);
	assert_true(fa_str_ends(at, FA_STR("/b/new")));
	must_agree(p, &memo, "a/one");
	must_agree(p, &memo, "link/new");
}

static void
a_path_that_is_too_long_is_told(void **state)
{
	struct project *p = *state;
	struct fa_place_memo memo = { 0 };
	char *path = fa_arena_new(&p->a, FA_FILE_PATH_BYTES + 1, 1);
	struct fa_str at;

	memset(path, 'a', FA_FILE_PATH_BYTES);
	assert_int_equal(
		fa_place_near(&at, &memo, fa_str_c(path), &p->a, &p->err),
		FA_E_LIMIT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PROJECT_TEST(
			a_path_lies_where_it_does_whatever_path_was_before),
		PROJECT_TEST(the_way_to_a_folder_is_resolved_once),
		PROJECT_TEST(a_path_that_is_too_long_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
