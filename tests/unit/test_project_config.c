/* .faceaudit.yaml: every key, every mistake with its message, where it is
 * found. */
#include "fixture_project.h"
#include "project/config.h"

#define NAME ".faceaudit.yaml"

static struct fa_config
configured(struct project *p, const char *text)
{
	struct fa_config c;

	project_write(p, NAME, text);
	if (fa_config_read(&c, FA_STR(NAME), true, &p->a, &p->err) != FA_OK)
		fail_msg("%s", p->err.msg);
	return c;
}

static void
refused(struct project *p, const char *text, const char *message)
{
	struct fa_config c;

	project_write(p, NAME, text);
	assert_int_equal(fa_config_read(&c, FA_STR(NAME), true, &p->a, &p->err),
		FA_E_INPUT);
	assert_string_equal(p->err.msg, message);
}

static void
expect(struct fa_str got, const char *want)
{
	if (!fa_str_eq(got, fa_str_c(want)))
		fail_msg("'%.*s' is not '%s'", FA_STR_ARG(got), want);
}

static void
every_key_is_read_with_its_line(void **state)
{
	struct project *p = *state;
	struct fa_config c = configured(p,
		"# settings\n"
		"fail-on: established-high\n"
		"max-unknown: 3\n"
		"baseline: ci/baseline.json\n"
		"rules: 'rules'\n"
		"app: 钱包\n"
		"gitignore: no\n"
		"paths:\n  - docs\n  - res/values\n"
		"exclude:\n  - '*.bak'\n  - '!keep.bak'\n"
		"waivers:\n"
		"  - rule: FRM.5\n    path: docs/\n    quote: '刷脸 登录'\n"
		"    reason: '  已改版  '\n    until: 2026-12-31\n"
		"  - rule: FRM.6\n    reason: x\n    until: soon\n");

	expect(c.folder, p->dir);
	expect(c.fail_on.value, "established-high");
	assert_int_equal(c.fail_on.line, 2);
	expect(c.max_unknown.value, "3");
	expect(c.baseline.value, "ci/baseline.json");
	expect(c.rules.value, "rules");
	expect(c.app.value, "钱包");
	expect(c.gitignore.value, "no");
	assert_int_equal(c.paths.n, 2);
	assert_int_equal(c.paths.line, 8);
	expect(c.paths.at[1], "res/values");
	assert_int_equal(c.ignore.n, 2);
	assert_true(c.ignore.at[1].negated);
	assert_int_equal(c.waivers_n, 2);
	expect(c.waivers[0].waiver.rule, "FRM.5");
	expect(c.waivers[0].waiver.reason, "已改版");
	expect(c.waivers[0].quote, "刷脸 登录");
	assert_true(c.waivers[0].has_path && c.waivers[0].path.folder);
	assert_int_equal(c.waivers[0].waiver.until, 20261231);
	assert_int_equal(c.waivers[0].waiver.line, 15);
	expect(c.waivers[0].waiver.file, NAME);
	assert_null(c.waivers[0].bad_date.p);
	expect(c.waivers[1].bad_date, "soon");
	assert_int_equal(c.waivers[1].waiver.until, 0);
}

static void
nothing_but_comments_is_no_setting(void **state)
{
	struct project *p = *state;
	static const char *const texts[] = { "", "\n", "# x\n  # y\r\n",
		"\xef\xbb\xbf# x" };

	for (size_t i = 0; i < FA_COUNT(texts); i++) {
		struct fa_config c = configured(p, texts[i]);

		assert_null(c.fail_on.value.p);
		assert_int_equal(c.waivers_n, 0);
		expect(c.folder, p->dir);
	}
}

static void
every_mistake_has_its_place_and_its_remedy(void **state)
{
	static const struct {
		const char *text, *message;
	} table[] = {
		{ "fail-0n: high\n",
			NAME ":1:1: 'fail-0n' is not known here: paths, "
			     "exclude, gitignore, fail-on, max-unknown, "
			     "baseline, rules, app, waivers" },
		{ "- a\n", NAME ":1:1: wants to be lines 'key: value'" },
		{ "x\n", NAME ":1:1: 'x' wants to be lines 'key: value'" },
		{ "app:\n", NAME ":1:1: 'app' wants a text" },
		{ "app: ' '\n", NAME ":1:1: 'app' wants a text" },
		{ "app:\n  - a\n", NAME ":1:1: 'app' wants a text" },
		{ "\ngitignore: maybe\n",
			NAME ":2:1: 'gitignore' wants yes or no" },
		{ "paths: docs\n",
			NAME ":1:1: 'paths' wants a list, one '- text' a "
			     "line" },
		{ "paths:\n  - a\n  - b: c\n",
			NAME ":3:5: wants to be '- text'" },
		{ "exclude:\n  - '*.md'\n  - '# x'\n",
			NAME ":3:5: '# x' is no pattern" },
		{ "waivers: FRM.5\n",
			NAME ":1:1: 'waivers' wants a list of '- rule: ...'" },
		{ "waivers:\n  - FRM.5\n",
			NAME ":2:5: 'FRM.5' is no waiver: '- rule: ...'" },
		{ "waivers:\n  - rule: FRM.5\n    why: x\n",
			NAME ":3:5: 'why' is no member of a waiver: rule, "
			     "path, quote, reason, until" },
		{ "waivers:\n  - rule: FRM.5\n    path: '# docs'\n",
			NAME ":3:5: 'path' wants a pattern of paths, without "
			     "'!'" },
		{ "waivers:\n  - rule: FRM.5\n    path: '!docs'\n",
			NAME ":3:5: 'path' wants a pattern of paths, without "
			     "'!'" },
		{ "waivers:\n  - rule: FRM.5\n    quote: '　'\n",
			NAME ":3:5: 'quote' wants a text" },
		{ "waivers:\n  - rule: FRM.5\n    reason: ''\n",
			NAME ":3:5: 'reason' wants a text" },
		{ "baseline: ../../other.json\n",
			NAME ":1:1: 'baseline' leads out of the project; name "
			     "this file with --config to allow it" },
		{ "rules: /usr/share\n",
			NAME ":1:1: 'rules' leads out of the project; name "
			     "this file with --config to allow it" },
		{ "paths:\n  - docs\n  - /etc\n",
			NAME ":3:5: '/etc' leads out of the project; name "
			     "this file with --config to allow it" },
		{ "paths:\n  - '-'\n",
			NAME ":2:5: '-' is no path: standard input is not "
			     "named here" },
	};

	for (size_t i = 0; i < FA_COUNT(table); i++)
		refused(*state, table[i].text, table[i].message);
}

static void
what_yaml_refuses_is_named_with_its_place(void **state)
{
	struct project *p = *state;
	static const struct {
		const char *text, *part;
	} table[] = {
		{ "fail-on： high\n", NAME ":1:8: full-width colon '：'" },
		{ "app: a\napp: b\n", NAME ":2:1: " },
		{ "app: &x a\n", NAME ":1:6: " },
		{ "paths: [a, b]\n", NAME ":1:8: " },
		{ "\tapp: a\n", NAME ":1:1: " },
	};

	for (size_t i = 0; i < FA_COUNT(table); i++) {
		struct fa_config c;

		project_write(p, NAME, table[i].text);
		assert_int_equal(
			fa_config_read(&c, FA_STR(NAME), true, &p->a, &p->err),
			FA_E_INPUT);
		if (strstr(p->err.msg, table[i].part) != p->err.msg)
			fail_msg("%s", p->err.msg);
	}
}

static void
who_names_the_file_may_lead_anywhere(void **state)
{
	struct project *p = *state;
	struct fa_config c;

	project_write(p, NAME, "rules: /usr/share\npaths:\n  - ../x\n");
	assert_int_equal(
		fa_config_read(&c, FA_STR(NAME), false, &p->a, &p->err), FA_OK);
}

static void
a_link_out_of_the_project_leads_out_too(void **state)
{
	struct project *p = *state;

	project_sh(p, "ln -s /etc docs");
	refused(p, "paths:\n  - docs\n",
		NAME ":2:5: 'docs' leads out of the project; name this file "
		     "with --config to allow it");
	/* ... and the whole repository is the project. */
	project_sh(p, "rm docs; mkdir -p .git app; touch a.json");
	project_write(p, "app/" NAME, "baseline: ../a.json\n");
	struct fa_config c;

	assert_int_equal(
		fa_config_read(&c, FA_STR("app/" NAME), true, &p->a, &p->err),
		FA_OK);
}

/* What speaks for the operands "a b"; "" for none. */
static const char *
found(struct project *p, const char *operands)
{
	struct fa_str path[8], rest = fa_str_c(operands), file;
	size_t n = 0;

	while (rest.p != NULL && rest.n > 0)
		path[n++] = fa_arena_dup(&p->a, fa_str_cut(&rest, ' '));
	if (fa_config_find(&file, path, n, &p->a, &p->err) != FA_OK)
		return p->err.msg;
	return file.p == NULL ? "" : fa_arena_dup(&p->a, file).p;
}

static void
the_nearest_one_upward_speaks_for_all_operands(void **state)
{
	struct project *p = *state;

	project_sh(p, "mkdir -p app/res lib .git; touch app/res/a lib/b");
	assert_string_equal(found(p, "app"), "");
	project_write(p, NAME, "");
	project_write(p, "app/" NAME, "");
	assert_string_equal(found(p, ""), NAME);
	assert_string_equal(found(p, "-"), NAME);
	assert_string_equal(found(p, "app"), "app/" NAME);
	assert_string_equal(found(p, "app/res/a"), "app/" NAME);
	assert_string_equal(found(p, "app/res/a app/res"), "app/" NAME);
	assert_string_equal(found(p, "app/res/a lib/b"), NAME);
	assert_string_equal(found(p, "app -"), "app/" NAME);
	assert_string_equal(found(p, "app/missing/too"), "app/" NAME);
	project_sh(p, "ln -s app/res link");
	assert_string_equal(found(p, "link"), "app/" NAME);
	assert_int_equal(chdir("app/res"), 0);
	assert_string_equal(found(p, "a"), "../" NAME);
	assert_string_equal(found(p, "../../lib"), "../../" NAME);
	assert_int_equal(chdir("../.."), 0);
}

static void
the_root_of_the_repository_is_the_end(void **state)
{
	struct project *p = *state;

	project_write(p, NAME, "");
	project_sh(p, "mkdir -p app/.git app/docs other/docs");
	assert_string_equal(found(p, "app/docs"), "");
	assert_string_equal(found(p, "other/docs"), NAME);
	/* a submodule has a file of that name */
	project_sh(p, "mkdir mod; echo gitdir: x >mod/.git");
	assert_string_equal(found(p, "mod"), "");
}

static void
a_folder_that_all_users_share_says_nothing(void **state)
{
	struct project *p = *state;

	project_sh(p, "mkdir -p tmp/mine; chmod 1777 tmp");
	project_write(p, "tmp/" NAME, "fail-on: never\n");
	assert_string_equal(found(p, "tmp/mine"), "");
	assert_string_equal(found(p, "tmp"), "");
	project_sh(p, "mkdir tmp/.git");
	assert_string_equal(found(p, "tmp/mine"), "");
	project_write(p, "tmp/mine/" NAME, "");
	assert_string_equal(found(p, "tmp/mine"), "tmp/mine/" NAME);
	project_sh(p, "chmod 0777 tmp; rm tmp/mine/.f*");
	assert_string_equal(found(p, "tmp/mine"), "tmp/" NAME);
}

static void
what_is_no_file_is_told_and_not_waited_for(void **state)
{
	struct project *p = *state;

	project_sh(p, "mkfifo " NAME);
	assert_string_equal(found(p, "."), NAME " is no regular file");
	project_sh(p, "rm " NAME "; mkdir " NAME);
	assert_string_equal(found(p, "."), NAME " is no regular file");
	project_sh(p, "rmdir " NAME "; ln -s " NAME " " NAME);
	assert_string_equal(found(p, "."), NAME " is no regular file");
}

static void
a_pipe_is_no_path(void **state)
{
	struct project *p = *state;

	project_sh(p, "mkfifo pipe; ln -s pipe link");
	refused(p, "baseline: pipe\n",
		NAME ":1:1: 'baseline' is neither a file nor a folder");
	refused(p, "paths:\n  - link\n",
		NAME ":2:5: 'link' is neither a file nor a folder");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PROJECT_TEST(every_key_is_read_with_its_line),
		PROJECT_TEST(nothing_but_comments_is_no_setting),
		PROJECT_TEST(every_mistake_has_its_place_and_its_remedy),
		PROJECT_TEST(what_yaml_refuses_is_named_with_its_place),
		PROJECT_TEST(who_names_the_file_may_lead_anywhere),
		PROJECT_TEST(a_link_out_of_the_project_leads_out_too),
		PROJECT_TEST(the_nearest_one_upward_speaks_for_all_operands),
		PROJECT_TEST(the_root_of_the_repository_is_the_end),
		PROJECT_TEST(a_folder_that_all_users_share_says_nothing),
		PROJECT_TEST(what_is_no_file_is_told_and_not_waited_for),
		PROJECT_TEST(a_pipe_is_no_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
