/* The baseline: what is accepted again, and what is not. */
#include "fixture_project.h"
#include "model/fingerprint.h"
#include "project/baseline.h"
#include "project/place.h"

#define FILE_NAME "base.json"
#define MANY 20000

static struct fa_str
whole(struct project *p, const char *path)
{
	return fa_place_join(fa_str_c(p->dir), fa_str_c(path), &p->a);
}

static struct fa_baseline
new_one(struct project *p)
{
	struct fa_baseline b;

	if (fa_baseline_init(&b, FA_STR(FILE_NAME), &p->a, &p->err) < 0)
		fail_msg("%s", p->err.msg);
	return b;
}

static void
print_of(struct project *p, char out[FA_HASH_HEX_BYTES], const char *rule,
	const char *text)
{
	if (fa_fingerprint(out, fa_str_c(rule), fa_str_c(text), &p->err) < 0)
		fail_msg("%s", p->err.msg);
}

static void
add(struct project *p, struct fa_baseline *b, const char *path,
	const char *rule, const char *text)
{
	char print[FA_HASH_HEX_BYTES];

	print_of(p, print, rule, text);
	if (fa_baseline_add(b, print, whole(p, path), fa_str_c(rule),
		    fa_str_c(text), &p->err) < 0)
		fail_msg("%s", p->err.msg);
}

static bool
take(struct project *p, struct fa_baseline *b, const char *path,
	const char *rule, const char *text)
{
	char print[FA_HASH_HEX_BYTES];

	print_of(p, print, rule, text);
	return fa_baseline_take(b, print, whole(p, path));
}

static void
save(struct project *p, struct fa_baseline *b)
{
	struct fa_buf out;

	fa_buf_init(&out, 64u << 20);
	if (fa_baseline_write(b, &out, &p->err) < 0)
		fail_msg("%s", p->err.msg);
	project_put(p, FILE_NAME, fa_buf_str(&out));
	fa_buf_done(&out);
}

static struct fa_baseline
load(struct project *p)
{
	struct fa_baseline b;

	if (fa_baseline_read(&b, FA_STR(FILE_NAME), &p->a, &p->err) < 0)
		fail_msg("%s", p->err.msg);
	return b;
}

static struct fa_baseline
saved(struct project *p, struct fa_baseline *b)
{
	save(p, b);
	return load(p);
}

static struct fa_str
written(struct project *p)
{
	struct fa_str text;

	if (fa_file_read(&text, FA_STR(FILE_NAME), 1 << 20, &p->a, &p->err) < 0)
		fail_msg("%s", p->err.msg);
	return text;
}

static void
what_was_written_is_taken_once_for_each_time_it_stood_there(void **state)
{
	struct project *p = *state;
	struct fa_baseline b = new_one(p);

	project_sh(p, "mkdir docs; touch docs/a docs/b");
	add(p, &b, "docs/a", "R", "刷脸");
	add(p, &b, "docs/a", "R", "刷脸");
	add(p, &b, "docs/b", "R", "刷脸");
	b = saved(p, &b);
	assert_int_equal(b.n, 2);
	assert_true(take(p, &b, "docs/a", "R", "刷脸"));
	assert_true(take(p, &b, "docs/a", "R", "刷脸"));
	assert_false(take(p, &b, "docs/a", "R", "刷脸"));
	assert_true(take(p, &b, "docs/b", "R", "刷脸"));
	assert_false(take(p, &b, "docs/b", "R", "刷脸"));
	assert_false(take(p, &b, "docs/b", "S", "刷脸"));
	assert_false(take(p, &b, "docs/b", "R", "刷脸。"));
}

static void
blanks_lines_and_widths_are_no_change_and_words_are(void **state)
{
	struct project *p = *state;
	struct fa_baseline b = new_one(p);

	project_sh(p, "touch a");
	add(p, &b, "a", "R", "拒绝刷脸, 将无法使用Face ID.");
	b = saved(p, &b);
	assert_false(take(p, &b, "a", "R", "拒绝刷脸, 将可以使用Face ID."));
	assert_true(
		take(p, &b, "a", "R", "拒绝刷脸，\n\t　将无法 使用FaceＩD."));
}

static void
a_file_that_is_gone_lends_to_others_and_one_that_is_there_does_not(void **state)
{
	struct project *p = *state;
	struct fa_baseline b = new_one(p);

	project_sh(p, "touch a old");
	add(p, &b, "a", "R", "x");
	add(p, &b, "old", "R", "x");
	add(p, &b, "old", "GAP", "");
	b = saved(p, &b);
	assert_false(take(p, &b, "new", "R", "x"));
	project_sh(p, "mv old new");
	b = load(p);
	assert_true(take(p, &b, "new", "R", "x"));
	assert_false(take(p, &b, "new", "R", "x"));
	assert_true(take(p, &b, "a", "R", "x"));
	assert_true(take(p, &b, "new", "GAP", ""));
	assert_false(take(p, &b, "a", "GAP", ""));
}

static void
what_is_missing_is_keyed_to_its_file(void **state)
{
	struct project *p = *state;
	struct fa_baseline b = new_one(p);

	project_sh(p, "touch a b");
	add(p, &b, "a", "GAP", "");
	b = saved(p, &b);
	assert_false(take(p, &b, "b", "GAP", ""));
	assert_true(take(p, &b, "a", "GAP", ""));
}

static void
only_what_was_looked_for_is_unused(void **state)
{
	struct project *p = *state;
	struct fa_baseline b = new_one(p);

	project_sh(p, "touch a b");
	add(p, &b, "a", "R", "x");
	add(p, &b, "b", "R", "x");
	add(p, &b, "gone", "R", "y");
	b = saved(p, &b);
	assert_int_equal(fa_baseline_unused(&b, false), 0);
	assert_int_equal(fa_baseline_unused(&b, true), 1);
	fa_baseline_see(&b, whole(p, "a"));
	assert_int_equal(fa_baseline_unused(&b, false), 1);
	assert_true(take(p, &b, "a", "R", "x"));
	assert_int_equal(fa_baseline_unused(&b, false), 0);
	fa_baseline_see(&b, whole(p, "b"));
	assert_int_equal(fa_baseline_unused(&b, true), 2);
}

static void
files_are_named_as_seen_from_the_baseline(void **state)
{
	struct project *p = *state;
	struct fa_baseline b;

	project_sh(p, "mkdir -p ci docs; touch docs/a ci/c");
	if (fa_baseline_init(&b, FA_STR("ci/b.json"), &p->a, &p->err) < 0)
		fail_msg("%s", p->err.msg);
	add(p, &b, "docs/a", "R", "x");
	add(p, &b, "ci/c", "R", "x");
	assert_int_equal(fa_baseline_add(&b, b.at[0].print, FA_STR("-"),
				 FA_STR("R"), FA_STR("x"), &p->err),
		FA_OK);
	save(p, &b);
	assert_true(fa_str_find(written(p), FA_STR("\"../docs/a\""), 0) !=
		SIZE_MAX);
	assert_true(fa_str_find(written(p), FA_STR("\"c\""), 0) != SIZE_MAX);
	assert_true(fa_str_find(written(p), FA_STR("\"-\""), 0) != SIZE_MAX);
	assert_true(fa_str_find(written(p), fa_str_c(p->dir), 0) == SIZE_MAX);
	project_sh(p, "mv base.json ci/b.json");
	if (fa_baseline_read(&b, FA_STR("ci/b.json"), &p->a, &p->err) < 0)
		fail_msg("%s", p->err.msg);
	assert_true(take(p, &b, "docs/a", "R", "x"));
	/* Standard input is not gone, and lends nothing. */
	assert_false(take(p, &b, "docs/a", "R", "x"));
	assert_true(take(p, &b, "ci/c", "R", "x"));
	assert_true(fa_baseline_take(&b, b.at[0].print, FA_STR("-")));
}

static void
the_file_is_sorted_and_one_entry_a_line(void **state)
{
	struct project *p = *state;
	struct fa_baseline b = new_one(p);
	struct fa_str text;

	add(p, &b, "b", "R", "二");
	add(p, &b, "a", "S", "\x1b[2J\xe2\x80\xae");
	add(p, &b, "a", "R", "一");
	save(p, &b);
	text = written(p);
	assert_true(fa_str_starts(text,
		FA_STR("{\n\"schema\": \"faceaudit-baseline/1\",\n"
		       "\"findings\": [\n"
		       "{\"path\":\"a\",\"rule\":\"R\",\"text\":\"一\",")));
	assert_true(
		fa_str_find(text, FA_STR("\\u001b[2J\\u202e"), 0) != SIZE_MAX);
	assert_true(fa_str_ends(text, FA_STR("}\n]\n}\n")));
	b = load(p);
	save(p, &b);
	assert_true(fa_str_eq(text, written(p)));
}

static void
a_long_passage_is_cut_in_the_file_and_not_in_its_fingerprint(void **state)
{
	struct project *p = *state;
	struct fa_baseline b = new_one(p);
	char text[1000], other[1000];

	for (size_t i = 0; i + 3 < sizeof(text); i += 3)
		memcpy(text + i, "脸", 3);
	text[sizeof(text) - 1] = '\0';
	memcpy(other, text, sizeof(text));
	other[996] = 'x';
	project_sh(p, "touch a");
	add(p, &b, "a", "R", text);
	b = saved(p, &b);
	assert_int_equal(b.at[0].text.n, 300);
	assert_false(take(p, &b, "a", "R", other));
	assert_true(take(p, &b, "a", "R", text));
}

static void
a_damaged_file_is_told(void **state)
{
#define ENTRY(member)                                                          \
	"{\"schema\":\"faceaudit-baseline/1\",\"findings\":[{" member "}]}"
#define PRINT                                                                  \
	"\"fingerprint\":\"0123456789abcdef0123456789abcdef0123456789abcdef"   \
	"0123456789abcdef\""
/* That of rule R and of nothing. */
#define SILENT                                                                 \
	"\"fingerprint\":\"13b30eab8afdfab285103004686b2e6140ce53aa45a4f917"   \
	"341c740dfdb6e956\""
#define DIFFERS                                                                \
	FILE_NAME ": the fingerprint of entry 1 is not that of its rule and "  \
		  "text; write the baseline anew with --write-baseline"
#define LACKS                                                                  \
	FILE_NAME ": entry 1 lacks a fingerprint, path, rule or count; write " \
		  "the baseline anew with --write-baseline"
	static const struct {
		const char *text, *message;
	} table[] = {
		{ "{}",
			FILE_NAME ": no baseline of schema "
				  "faceaudit-baseline/1" },
		{ "[]",
			FILE_NAME ": no baseline of schema "
				  "faceaudit-baseline/1" },
		{ "{\"schema\":\"faceaudit-baseline/1\",\"findings\":{}}",
			FILE_NAME ": no baseline of schema "
				  "faceaudit-baseline/1" },
		{ ENTRY("\"path\":\"a\",\"rule\":\"R\""), LACKS },
		{ ENTRY("\"path\":\"a\"," PRINT), LACKS },
		{ ENTRY("\"rule\":\"R\"," PRINT), LACKS },
		{ ENTRY("\"path\":\"a\",\"rule\":\"R\",\"count\":0," PRINT),
			LACKS },
		{ ENTRY("\"path\":\"a\",\"rule\":\"R\",\"count\":\"2\"," PRINT),
			LACKS },
		{ ENTRY("\"path\":\"a\",\"rule\":\"R\",\"fingerprint\":\"0A\""),
			LACKS },
		/* What people read there, and what it accepts, must agree. */
		{ ENTRY("\"path\":\"a\",\"rule\":\"R\"," PRINT), DIFFERS },
		{ ENTRY("\"path\":\"a\",\"rule\":\"R\",\"text\":\"b\"," SILENT),
			DIFFERS },
		{ ENTRY("\"path\":\"a\",\"rule\":\"S\"," SILENT), DIFFERS },
	};
	struct project *p = *state;
	struct fa_baseline b;

	for (size_t i = 0; i < FA_COUNT(table); i++) {
		project_write(p, FILE_NAME, table[i].text);
		assert_int_equal(
			fa_baseline_read(&b, FA_STR(FILE_NAME), &p->a, &p->err),
			FA_E_INPUT);
		assert_string_equal(p->err.msg, table[i].message);
	}
}

static void
what_is_no_json_is_told_and_an_entry_may_count(void **state)
{
	struct project *p = *state;
	struct fa_baseline b;

	project_write(p, FILE_NAME, "<<<<<<< HEAD\n{}");
	assert_true(
		fa_baseline_read(&b, FA_STR(FILE_NAME), &p->a, &p->err) < 0);
	assert_true(strstr(p->err.msg, FILE_NAME ": ") == p->err.msg);
	project_write(p, FILE_NAME,
		ENTRY("\"path\":\"a\",\"rule\":\"R\",\"count\":2," SILENT));
	assert_int_equal(load(p).at[0].count, 2);
}

static void
many_entries_are_no_matter(void **state)
{
	struct project *p = *state;
	struct fa_baseline b = new_one(p);
	size_t taken = 0;
	char path[40];

	/* The same gap in every file: one fingerprint. */
	for (int i = 0; i < MANY; i++) {
		(void)snprintf(path, sizeof(path), "docs/%d", i * 7919 % MANY);
		add(p, &b, path, "GAP", "");
	}
	b = saved(p, &b);
	for (int i = 0; i < MANY; i++) {
		(void)snprintf(path, sizeof(path), "docs/%d", i);
		taken += take(p, &b, path, "GAP", "");
		fa_baseline_see(&b, whole(p, path));
	}
	assert_int_equal(taken, MANY);
	assert_int_equal(fa_baseline_unused(&b, true), 0);
}

static void
the_way_from_one_folder_to_another_is_told(void **state)
{
	static const struct {
		const char *folder, *path, *way;
	} table[] = {
		{ "/a", "/a/b", "b" },
		{ "/a", "/a", "." },
		{ "/a/b", "/a", ".." },
		{ "/a/b", "/a/c", "../c" },
		{ "/a/b/c", "/a/x/y", "../../x/y" },
		{ "/ab", "/a", "../a" },
		{ "/", "/a/b", "a/b" },
		{ "/a", "/", ".." },
	};
	struct project *p = *state;

	for (size_t i = 0; i < FA_COUNT(table); i++) {
		struct fa_str way = fa_place_from(fa_str_c(table[i].folder),
			fa_str_c(table[i].path), &p->a);

		assert_string_equal(way.p, table[i].way);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PROJECT_TEST(
			what_was_written_is_taken_once_for_each_time_it_stood_there),
		PROJECT_TEST(
			blanks_lines_and_widths_are_no_change_and_words_are),
		PROJECT_TEST(
			a_file_that_is_gone_lends_to_others_and_one_that_is_there_does_not),
		PROJECT_TEST(what_is_missing_is_keyed_to_its_file),
		PROJECT_TEST(only_what_was_looked_for_is_unused),
		PROJECT_TEST(files_are_named_as_seen_from_the_baseline),
		PROJECT_TEST(the_file_is_sorted_and_one_entry_a_line),
		PROJECT_TEST(
			a_long_passage_is_cut_in_the_file_and_not_in_its_fingerprint),
		PROJECT_TEST(a_damaged_file_is_told),
		PROJECT_TEST(what_is_no_json_is_told_and_an_entry_may_count),
		PROJECT_TEST(many_entries_are_no_matter),
		PROJECT_TEST(the_way_from_one_folder_to_another_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
