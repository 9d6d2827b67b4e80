/* Label files of `faceaudit eval`. The commands are not in the library, so
 * that their code is compiled into the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tools/eval_labels.c"

#define DOC(labels)                                                            \
	"{\"doc\":\"a.txt\",\"scope\":[\"FACE_ID\",\"PHOTO\"],\"labels\":"     \
	"{" labels "},\"note\":\"n\"}\n"

static struct fa_obligation obligations[] = {
	{ .id = FA_STR_INIT("FRM.10.1") },
	{ .id = FA_STR_INIT("FRM.6.1") },
	{ .id = FA_STR_INIT("PIPL.47") },
};

static const struct fa_bundle bundle = {
	.obligations = obligations,
	.obligations_n = FA_COUNT(obligations),
};

struct fixture {
	struct fa_arena arena;
	struct fa_eval_set set;
	struct fa_err err;
};

static int
setup(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	fa_arena_init(&f.arena, 64u << 20);
	f.set.labels = FA_STR("labels.jsonl");
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	fa_arena_done(&f->arena);
	return 0;
}

static int
parse(struct fixture *f, const char *text)
{
	return fa_eval_labels_parse(
		&f->set, &bundle, fa_str_c(text), &f->arena, &f->err);
}

static void
fails(struct fixture *f, const char *text, const char *where)
{
	assert_int_equal(parse(f, text), FA_E_INPUT);
	if (strstr(f->err.msg, where) == NULL)
		fail_msg("'%s' does not name '%s'", f->err.msg, where);
}

static void
a_line_gives_letters_quotes_scopes_and_note(void **state)
{
	struct fixture *f = *state;
	const struct fa_eval_doc *d;

	assert_int_equal(
		parse(f,
			DOC("\"PIPL.47\":{\"v\":\"G\"},\"FRM.10.1\":{\"v\":"
			    "\"V\",\"quote\":\"仅支持刷脸\"}")),
		0);
	assert_int_equal(f->set.docs_n, 1);
	d = &f->set.docs[0];
	assert_true(fa_str_eq(d->name, FA_STR("a.txt")));
	assert_true(fa_str_eq(d->note, FA_STR("n")));
	assert_int_equal(d->line, 1);
	assert_int_equal(d->gold_scopes,
		FA_SCOPE_BIT(FA_SCOPE_FACE_ID) | FA_SCOPE_BIT(FA_SCOPE_PHOTO));
	assert_true(d->cells[0].labelled);
	assert_int_equal(d->cells[0].gold, FA_VERDICT_VIOLATION);
	assert_true(fa_str_eq(d->cells[0].gold_quote, FA_STR("仅支持刷脸")));
	assert_false(d->cells[1].labelled);
	assert_int_equal(d->cells[1].rule, FA_RULE_NONE);
	assert_int_equal(d->cells[2].gold, FA_VERDICT_GAP);
	assert_null(d->cells[2].gold_quote.p);
}

static void
blank_lines_mark_crlf_and_scope_none_are_accepted(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
		parse(f,
			"\xef\xbb\xbf\r\n{\"doc\":\"x/b.txt\",\"scope\":"
			"[\"NONE\"],\"labels\":{\"FRM.6.1\":{\"v\":\"N\"}}}"
			"\r\n\r\n"),
		0);
	assert_int_equal(f->set.docs_n, 1);
	assert_int_equal(f->set.docs[0].line, 2);
	assert_int_equal(f->set.docs[0].gold_scopes, 0);
}

static void
an_unknown_row_is_listed_once_with_its_count(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
		parse(f,
			"{\"doc\":\"a\",\"scope\":[],\"labels\":{\"FRM.99\":"
			"{\"v\":\"V\"}}}\n{\"doc\":\"b\",\"scope\":[],"
			"\"labels\":{\"FRM.99\":{\"v\":\"C\"}}}\n"),
		0);
	assert_int_equal(f->set.unknown_n, 1);
	assert_true(fa_str_eq(f->set.unknown[0].row, FA_STR("FRM.99")));
	assert_int_equal(f->set.unknown[0].labels, 2);
	assert_int_equal(f->set.unknown[0].line, 1);
}

static void
malformed_lines_fail_with_file_and_line(void **state)
{
	struct fixture *f = *state;

	fails(f, "\n{\"doc\":", "labels.jsonl:2: ");
	fails(f, "[1]\n", "labels.jsonl:1: ");
	fails(f, "{\"scope\":[],\"labels\":{}}\n", "'doc'");
	fails(f, "{\"doc\":\"a\",\"labels\":{}}\n", "'scope'");
	fails(f, "{\"doc\":\"a\",\"scope\":[\"FACE\"],\"labels\":{}}\n",
		"'FACE'");
	fails(f, "{\"doc\":\"a\",\"scope\":[1],\"labels\":{}}\n", "'scope'");
	fails(f, "{\"doc\":\"a\",\"scope\":[]}\n", "'labels'");
	fails(f, DOC("\"FRM.6.1\":\"V\""), "'FRM.6.1'");
	fails(f, DOC("\"FRM.6.1\":{\"v\":\"X\"}"), "'X'");
	fails(f, DOC("\"FRM.6.1\":{\"v\":\"VC\"}"), "'VC'");
	fails(f, DOC("\"FRM.6.1\":{\"v\":\"V\",\"qoute\":\"x\"}"), "'qoute'");
	fails(f, DOC("\"FRM.6.1\":{\"v\":\"V\",\"quote\":3}"), "'quote'");
	fails(f, DOC("") DOC(""), "labels.jsonl:2: document is labelled twice");
	fails(f, "", "no labelled document");
}

static void
documents_outside_the_directory_are_refused(void **state)
{
	struct fixture *f = *state;

	fails(f, "{\"doc\":\"../a\",\"scope\":[],\"labels\":{}}\n", "'../a'");
	fails(f, "{\"doc\":\"/a\",\"scope\":[],\"labels\":{}}\n", "'/a'");
	fails(f, "{\"doc\":\"\",\"scope\":[],\"labels\":{}}\n", "below");
}

static void
repeats_are_found_far_apart(void **state)
{
	struct fixture *f = *state;
	struct fa_buf b;

	fa_buf_init(&b, 1u << 20);
	for (unsigned i = 0; i < 500; i++)
		fa_buf_addf(&b,
			"{\"doc\":\"d%u\",\"scope\":[],\"labels\":{}}\n",
			i * 7919 % 499);
	assert_int_equal(fa_eval_labels_parse(&f->set, &bundle, fa_buf_str(&b),
				 &f->arena, &f->err),
		FA_E_INPUT);
	assert_non_null(strstr(f->err.msg, "labels.jsonl:500: "));
	fa_buf_done(&b);
}

static void
the_name_of_a_set_is_its_directory(void **state)
{
	(void)state;
	assert_true(fa_str_eq(fa_eval_set_name(FA_STR("corpora/l.jsonl")),
		FA_STR("corpora")));
	assert_true(fa_str_eq(
		fa_eval_set_name(FA_STR("../x/own/l.jsonl")), FA_STR("own")));
	assert_true(fa_str_eq(
		fa_eval_set_name(FA_STR("a/../dev.jsonl")), FA_STR("dev")));
	assert_true(fa_str_eq(
		fa_eval_set_name(FA_STR("./dev.jsonl")), FA_STR("dev")));
	assert_true(fa_str_eq(fa_eval_set_name(FA_STR("dev")), FA_STR("dev")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_line_gives_letters_quotes_scopes_and_note, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			blank_lines_mark_crlf_and_scope_none_are_accepted,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			an_unknown_row_is_listed_once_with_its_count, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			malformed_lines_fail_with_file_and_line, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			documents_outside_the_directory_are_refused, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			repeats_are_found_far_apart, setup, teardown),
		cmocka_unit_test(the_name_of_a_set_is_its_directory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
