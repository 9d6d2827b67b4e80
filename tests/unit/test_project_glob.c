/* Patterns of .gitignore: by a table, and against git itself. */
#include "fixture_project.h"
#include "project/glob.h"
#include "project/ignore.h"

#define ROUNDS 150
#define PATTERNS 14
#define FILES 160

static bool
matches(const char *line, const char *path, bool folder)
{
	struct fa_glob g;

	return fa_glob_parse(&g, fa_str_c(line)) &&
		fa_glob_match(&g, fa_str_c(path), folder);
}

static const struct {
	const char *line, *path;
	bool folder, fits;
} table[] = {
	{ "a.md", "a.md", false, true },
	{ "a.md", "x/y/a.md", false, true },
	{ "/a.md", "a.md", false, true },
	{ "/a.md", "x/a.md", false, false },
	{ "x/a.md", "x/a.md", false, true },
	{ "x/a.md", "y/x/a.md", false, false },
	{ "x/", "x", true, true },
	{ "x/", "x", false, false },
	{ "*.md", "x/a.md", false, true },
	{ "*.md", "a.mdx", false, false },
	{ "/*.md", "x/a.md", false, false },
	{ "x/*", "x/a", false, true },
	{ "x/*", "x/a/b", false, false },
	{ "**/a", "a", false, true },
	{ "**/a", "x/y/a", false, true },
	{ "x/**", "x/y/a", false, true },
	{ "x/**", "x", true, false },
	{ "x/**/a", "x/a", false, true },
	{ "x/**/a", "x/y/z/a", false, true },
	{ "x/***/a", "x/y/z/a", false, true },
	{ "x/**/y/*.md", "x/q/y/r/y/a.md", false, true },
	{ "x/a**b/c", "x/aqb/c", false, true },
	{ "x/*a**b/c", "x/qa/b/c", false, false },
	{ "a?c", "abc", false, true },
	{ "a?c", "a/c", false, false },
	{ "?", "\xe4\xb8\xad", false, false }, /* bytes, as git */
	{ "???", "\xe4\xb8\xad", false, true },
	{ "[ab]", "b", false, true },
	{ "[!ab]", "b", false, false },
	{ "[^ab]", "c", false, true },
	{ "[a-c]x", "bx", false, true },
	{ "[c-a]", "b", false, false },
	{ "[]a]", "]", false, true },
	{ "[!]]", "]", false, false },
	{ "[a-]", "-", false, true },
	{ "[\\]]", "]", false, true },
	{ "[a-\\c]", "b", false, true },
	{ "[[:digit:]]", "7", false, true },
	{ "[[:digit:]x]", "x", false, true },
	{ "[[:nothing:]]", "n", false, false },
	{ "[[:digit]", ":", false, true },
	{ "[", "[", false, false },
	{ "a[b", "a[b", false, false },
	{ "\\[b", "[b", false, true },
	{ "\\*", "*", false, true },
	{ "\\*", "a", false, false },
	{ "a\\", "a\\", false, false },
	{ "\\#a", "#a", false, true },
	{ "\\!a", "!a", false, true },
	{ "a  ", "a", false, true },
	{ "a\\ ", "a ", false, true },
	{ "a\\\\ ", "a\\", false, true },
	{ "a\r", "a", false, true },
	{ "隐私*.md", "隐私政策.md", false, true },
};

static void
patterns_match_as_their_manual_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < FA_COUNT(table); i++)
		if (matches(table[i].line, table[i].path, table[i].folder) !=
			table[i].fits)
			fail_msg("'%s' on '%s'", table[i].line, table[i].path);
}

static void
blank_lines_and_comments_are_no_patterns(void **state)
{
	static const char *const lines[] = { "", " ", "\r", "# x", "/", "!",
		"!/", "//" };
	struct fa_glob g;

	(void)state;
	for (size_t i = 0; i < FA_COUNT(lines); i++)
		assert_false(fa_glob_parse(&g, fa_str_c(lines[i])));
	assert_true(fa_glob_parse(&g, FA_STR("!a")) && g.negated);
	assert_true(fa_glob_parse(&g, FA_STR("\\!a")) && !g.negated);
	assert_true(fa_glob_parse(&g, FA_STR("a/")) && g.folder && !g.anchored);
	assert_true(fa_glob_parse(&g, FA_STR("/a")) && g.anchored);
}

static void
a_pattern_covers_what_lies_in_its_folder(void **state)
{
	struct fa_glob g;

	(void)state;
	assert_true(fa_glob_parse(&g, FA_STR("docs/")));
	assert_true(fa_glob_covers(&g, FA_STR("docs/a/b.md")));
	assert_true(fa_glob_covers(&g, FA_STR("x/docs/b.md")));
	assert_false(fa_glob_covers(&g, FA_STR("docs")));
	assert_false(fa_glob_covers(&g, FA_STR("docs2/b.md")));
	assert_true(fa_glob_parse(&g, FA_STR("*.md")));
	assert_true(fa_glob_covers(&g, FA_STR("x/b.md")));
	assert_false(fa_glob_covers(&g, FA_STR("x/b.mdx")));
}

static void
stars_without_end_take_no_time_without_end(void **state)
{
	char glob[2000], path[4000];
	struct fa_glob g;

	(void)state;
	for (size_t i = 0; i + 4 <= sizeof(glob); i += 4)
		memcpy(glob + i, "**/a", 4);
	for (size_t i = 0; i < sizeof(path); i++)
		path[i] = i % 2 == 0 ? 'a' : '/';
	path[sizeof(path) - 1] = 'b';
	assert_true(fa_glob_parse(&g, (struct fa_str){ glob, sizeof(glob) }));
	assert_false(fa_glob_match(
		&g, (struct fa_str){ path, sizeof(path) }, false));
	for (size_t i = 0; i + 2 <= sizeof(glob); i += 2)
		memcpy(glob + i, "*a", 2);
	memset(path, 'a', sizeof(path) - 1);
	assert_true(fa_glob_parse(&g, (struct fa_str){ glob, sizeof(glob) }));
	assert_false(fa_glob_match(
		&g, (struct fa_str){ path, sizeof(path) }, false));
}

/* Numbers that are the same everywhere. */
static uint32_t
next(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % below;
}

static const char *const names[] = { "a", "b", "ab", "abc", "A", "a b", "a-b",
	"[a]", "a*", "x]", "q\\b", "!a", "#a", "b.md", "c ", "1", "中",
	"中文" };

static const char *const tokens[] = { "a", "b", "c", "ab", "A", "x", "q", "中",
	"文", "1", " ", ".md", "-", "]", "*", "*", "*", "**", "**", "/", "/",
	"/", "/", "?", "[ab]", "[!a]", "[^b]", "[a-c]", "[]x]", "[[:alpha:]]",
	"[[:digit:]b]", "[a", "[\\]a]", "[b-", "[a-\\b]", "\\*", "\\a", "\\",
	"\\ ", "\\/", "!", "#", "***" };

static void
make_tree(struct project *p)
{
	uint32_t seed = 7;

	for (int i = 0; i < FILES; i++) {
		char path[PROJECT_PATH] = "t";
		uint32_t depth = 1 + next(&seed, 4);
		struct stat st;

		for (uint32_t k = 0; k < depth; k++) {
			size_t n = strlen(path);

			(void)snprintf(path + n, sizeof(path) - n, "/%s",
				names[next(&seed, FA_COUNT(names))]);
			if (stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
				break;
		}
		if (stat(path, &st) != 0)
			project_write(p, path, "");
	}
}

static void
add_pattern(struct fa_buf *out, uint32_t *seed)
{
	uint32_t n = 1 + next(seed, 5);

	fa_buf_adds(out, next(seed, 4) == 0 ? "!" : "");
	fa_buf_adds(out, next(seed, 6) == 0 ? "/" : "");
	while (n-- > 0)
		fa_buf_adds(out, tokens[next(seed, FA_COUNT(tokens))]);
	fa_buf_adds(out, next(seed, 4) == 0 ? "/" : "");
	fa_buf_adds(out, next(seed, 8) == 0 ? "  " : "");
	fa_buf_adds(out, next(seed, 9) == 0 ? "\r\n" : "\n");
}

static void
put_patterns(struct project *p, const char *path, uint32_t *seed, uint32_t n)
{
	struct fa_buf text;

	fa_buf_init(&text, 1 << 20);
	while (n-- > 0)
		add_pattern(&text, seed);
	project_put(p, path, fa_buf_str(&text));
	fa_buf_done(&text);
}

static struct fa_str
kept_by_git(struct project *p)
{
	const char *const argv[] = { "sh", "-c",
		"git -C t ls-files -z --others --exclude-standard |"
		" grep -zv gitignore | LC_ALL=C sort -z",
		NULL };
	struct fa_child c = { .argv = argv,
		.out_bytes = 1u << 20,
		.wall_ms = 60000,
		.environment = true };
	struct fa_child_end end;

	if (fa_child_run(&end, &c, &p->a, &p->err) != FA_OK)
		fail_msg("%s", p->err.msg);
	return end.out;
}

static struct fa_str
kept_by_us(struct project *p)
{
	struct fa_ignore ignore;
	struct fa_file_list list;
	struct fa_buf out;
	struct fa_str text;

	if (fa_ignore_init(&ignore, FA_STR("t"), NULL, true, &p->a, &p->err) <
			0 ||
		fa_file_walk_filtered(&list, FA_STR("t"), &fa_ignore_filter,
			&ignore, &p->a, &p->err) < 0)
		fail_msg("%s", p->err.msg);
	fa_buf_init(&out, 1 << 20);
	for (size_t i = 0; i < list.n; i++) {
		fa_buf_add(&out, fa_str_sub(list.path[i], 2, list.path[i].n));
		fa_buf_addc(&out, '\0');
	}
	text = fa_arena_dup(&p->a, fa_buf_str(&out));
	fa_buf_done(&out);
	return text;
}

static void
show_difference(struct fa_str ours, struct fa_str gits, const char *patterns)
{
	while (ours.p != NULL && gits.p != NULL) {
		struct fa_str x = fa_str_cut(&ours, '\0');
		struct fa_str y = fa_str_cut(&gits, '\0');

		if (!fa_str_eq(x, y))
			fail_msg("next kept by us '%.*s', by git '%.*s', "
				 "with\n%s",
				FA_STR_ARG(x), FA_STR_ARG(y), patterns);
	}
}

static void
what_is_left_out_is_what_git_leaves_out(void **state)
{
	struct project *p = *state;
	uint32_t seed = 20261122;
	size_t kept = 0;

	make_tree(p);
	project_sh(p, "git init -q t; mkdir -p t/a t/ab t/中 t/a/b");
	for (int i = 0; i < ROUNDS; i++) {
		struct fa_str ours, gits, text;

		project_fresh(p);
		put_patterns(p, "t/.gitignore", &seed, PATTERNS);
		put_patterns(p, "t/.git/info/exclude", &seed, 3);
		put_patterns(p, "t/a/.gitignore", &seed, next(&seed, 5));
		put_patterns(p, "t/ab/.gitignore", &seed, next(&seed, 4));
		put_patterns(p, "t/中/.gitignore", &seed, next(&seed, 4));
		gits = kept_by_git(p);
		ours = kept_by_us(p);
		kept += ours.n;
		if (fa_str_eq(ours, gits))
			continue;
		if (fa_file_read(&text, FA_STR("t/.gitignore"), 1 << 20, &p->a,
			    &p->err) < 0)
			fail_msg("%s", p->err.msg);
		show_difference(ours, gits, text.p);
		fail_msg("lists differ in length in round %d", i);
	}
	/* Not all was left out. */
	assert_true(kept > (size_t)ROUNDS * 50);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_match_as_their_manual_says),
		cmocka_unit_test(blank_lines_and_comments_are_no_patterns),
		cmocka_unit_test(a_pattern_covers_what_lies_in_its_folder),
		cmocka_unit_test(stars_without_end_take_no_time_without_end),
		PROJECT_TEST(what_is_left_out_is_what_git_leaves_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
