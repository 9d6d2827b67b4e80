/* A walk that leaves out: hostile .gitignore files, links, repositories within
 * one, settings. What patterns mean is in test_project_glob.c. */
#include "fixture_project.h"
#include "project/ignore.h"
#include "project/place.h"

/* The files kept below a folder, with blanks between. */
static void
expect(struct project *p, const char *folder, const char *exclude, bool git,
	const char *want)
{
	struct fa_ignore_set own;
	struct fa_ignore ignore;
	struct fa_file_list list;
	char got[1000] = "";
	size_t n = 0;

	if (fa_ignore_lines(&own, fa_str_c(p->dir), fa_str_c(exclude), &p->a,
		    &p->err) < 0 ||
		fa_ignore_init(&ignore, fa_str_c(folder), &own, git, &p->a,
			&p->err) < 0 ||
		fa_file_walk_filtered(&list, fa_str_c(folder),
			&fa_ignore_filter, &ignore, &p->a, &p->err) < 0)
		fail_msg("%s", p->err.msg);
	for (size_t i = 0; i < list.n; i++)
		n += (size_t)snprintf(got + n, sizeof(got) - n, "%s%.*s",
			n > 0 ? " " : "", FA_STR_ARG(list.path[i]));
	assert_string_equal(got, want);
}

static void
what_is_no_file_leaves_nothing_out_and_is_not_waited_for(void **state)
{
	static const char *const kinds[] = { "mkdir .gitignore",
		"rmdir .gitignore; mkfifo .gitignore",
		"rm .gitignore; echo a >list; ln -s list .gitignore",
		"rm .gitignore; ln -s .gitignore .gitignore",
		"rm .gitignore; ln -s /dev/zero .gitignore" };
	struct project *p = *state;

	project_sh(p, "mkdir .git d; touch d/a d/b");
	for (size_t i = 0; i < FA_COUNT(kinds); i++) {
		project_sh(p, kinds[i]);
		expect(p, "d", "", true, "d/a d/b");
	}
	project_sh(p, "rm .gitignore; echo a >.gitignore");
	expect(p, "d", "", true, "d/b");
}

static void
one_that_is_too_large_leaves_nothing_out(void **state)
{
	struct project *p = *state;

	project_sh(p, "mkdir d; touch d/a d/b; echo a >d/.gitignore");
	expect(p, "d", "", true, "d/b");
	project_sh(
		p, "head -c 1100000 /dev/zero | tr '\\0' '#' >>d/.gitignore");
	expect(p, "d", "", true, "d/a d/b");
}

static void
any_bytes_may_stand_in_one(void **state)
{
	struct project *p = *state;
	static const char bytes[] = "\xff\xfe\0*\0\n[\n\\\n!\n\xef\xbb\xbf\na";

	project_sh(p, "mkdir d; touch d/a d/b");
	project_put(
		p, "d/.gitignore", (struct fa_str){ bytes, sizeof(bytes) - 1 });
	expect(p, "d", "", true, "d/b");
	project_write(p, "d/.gitignore",
		"\xef\xbb\xbf"
		"a\r\nc");
	expect(p, "d", "", true, "d/b");
}

static void
links_in_a_circle_end(void **state)
{
	struct project *p = *state;

	project_sh(p,
		"mkdir -p d/e; touch d/a; ln -s .. d/e/up; ln -s d/e loop;"
		"ln -s x d/x; ln -s ../a d/e/again; mkfifo d/pipe");
	expect(p, "d", "", true, "d/a d/e/again");
	expect(p, "loop", "", true, "");
	project_sh(p, "echo again >d/e/.gitignore");
	expect(p, "d", "", true, "d/a");
}

static void
a_folder_named_through_a_link_has_the_patterns_of_its_place(void **state)
{
	struct project *p = *state;

	project_sh(p,
		"mkdir -p r/.git r/d; touch r/d/a r/d/b;"
		"echo /d/a >r/.gitignore; ln -s r/d link");
	expect(p, "link", "", true, "link/b");
	expect(p, "link/", "", true, "link/b");
	expect(p, "r/d//", "", true, "r/d/b");
	expect(p, "r/../r/d", "", true, "r/../r/d/b");
	expect(p, "link", "", false, "link/a link/b");
}

static void
patterns_of_the_root_count_from_the_root(void **state)
{
	struct project *p = *state;

	project_sh(p,
		"mkdir -p .git/info d/e; touch d/a d/b d/e/a d/e/c;"
		"echo a >.gitignore; echo c >.git/info/exclude;"
		"echo '!a' >d/e/.gitignore");
	expect(p, "d", "", true, "d/b d/e/a");
	expect(p, "d/e", "", true, "d/e/a");
	expect(p, ".", "", true, "./d/b ./d/e/a");
	/* Outside of a repository only the files below count. */
	project_sh(p, "rm -r .git");
	expect(p, "d", "", true, "d/a d/b d/e/a d/e/c");
}

static void
a_repository_within_keeps_to_its_own(void **state)
{
	struct project *p = *state;

	project_sh(p,
		"mkdir -p .git mod/sub; echo gitdir: x >mod/.git;"
		"touch a mod/a mod/b mod/sub/a mod/sub/c;"
		"echo a >.gitignore; echo c >mod/.gitignore");
	expect(p, ".", "", true, "./mod/a ./mod/b ./mod/sub/a");
	project_sh(p, "echo mod/ >>.gitignore");
	expect(p, ".", "", true, "");
}

static void
settings_leave_out_what_git_keeps_and_not_the_reverse(void **state)
{
	struct project *p = *state;

	project_sh(p,
		"mkdir -p .git d/e; touch d/a d/b d/e/c;"
		"echo b >.gitignore");
	expect(p, "d", "e/\n!b", true, "d/a");
	expect(p, "d", "e/\n!b", false, "d/a d/b");
	expect(p, "d", "/d/*\n!/d/e", false, "d/e/c");
	expect(p, "d", "/a", false, "d/a d/b d/e/c");
}

static void
patterns_in_a_shared_folder_say_nothing(void **state)
{
	struct project *p = *state;

	project_sh(p,
		"mkdir -p tmp/.git tmp/d; chmod 1777 tmp;"
		"touch tmp/d/a; echo a >tmp/.gitignore");
	expect(p, "tmp/d", "", true, "tmp/d/a");
	project_sh(p, "chmod 0777 tmp");
	expect(p, "tmp/d", "", true, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PROJECT_TEST(
			what_is_no_file_leaves_nothing_out_and_is_not_waited_for),
		PROJECT_TEST(one_that_is_too_large_leaves_nothing_out),
		PROJECT_TEST(any_bytes_may_stand_in_one),
		PROJECT_TEST(links_in_a_circle_end),
		PROJECT_TEST(
			a_folder_named_through_a_link_has_the_patterns_of_its_place),
		PROJECT_TEST(patterns_of_the_root_count_from_the_root),
		PROJECT_TEST(a_repository_within_keeps_to_its_own),
		PROJECT_TEST(
			settings_leave_out_what_git_keeps_and_not_the_reverse),
		PROJECT_TEST(patterns_in_a_shared_folder_say_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
