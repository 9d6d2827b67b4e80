/* `faceaudit eval` from label file to counts, with rules and documents of its
 * own in a directory for the time of the test. The commands are not in the
 * library, so that their code is compiled into the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "rules/rules.h"
#include "tools/eval_freeze.c"
#include "tools/eval_judge.c"
#include "tools/eval_json.c"
#include "tools/eval_labels.c"
#include "tools/eval_stats.c"

#define TITLE                                                                  \
	"    title:\n      zh: '甲'\n      en: 'a'\n"                         \
	"    status: test\n"

struct file {
	const char *path, *text;
};

static const struct file files[] = {
	{ "rules/instruments.yaml",
		"instruments:\n  FRM:\n"
		"    title:\n      zh: '办法'\n      en: 'Measures'\n"
		"    issuer:\n      zh: '网信办'\n      en: 'CAC'\n"
		"    number: '19'\n    in_force_from: '2025-06-01'\n"
		"    page: 'https://example.com/'\n    binding: yes\n" },
	{ "rules/weights.yaml",
		"weights:\n  critical: 750\n  high: 450\n  medium: 200\n"
		"  low: 80\n  advisory: 0\n"
		"tiers:\n  established: 900\n  probable: 700\n" },
	{ "rules/lexicon/face.yaml",
		"lexicons:\n  face:\n    words:\n      - '刷脸'\n" },
	{ "rules/scope/FACE_ID.yaml",
		"scope: FACE_ID\nrules:\n  - id: SCOPE-FACE_ID-x\n"
		"    title:\n      zh: '甲'\n      en: 'a'\n"
		"    find: '{face}'\n"
		"    examples:\n      match:\n        - '请刷脸。'\n"
		"      no_match:\n        - '请登录。'\n" },
	{ "rules/frm/FRM.10.1.yaml",
		"obligation: FRM.10.1\ninstrument: FRM\narticle: '10(1)'\n"
		"kind: prohibition\nseverity: high\nsilent: gap\n"
		"applies_if:\n  scope:\n    - FACE_ID\n"
		"title:\n  zh: '甲'\n  en: 'a'\n"
		"why:\n  zh: '甲'\n  en: 'a'\n"
		"fix:\n  zh: '甲'\n  en: 'a'\n"
		"gap:\n  zh: '甲'\n  en: 'a'\n"
		"rules:\n"
		"  - id: FRM.10.1-only\n    verdict: violation\n" TITLE
		"    find: '只能{..}{face}'\n"
		"    examples:\n      match:\n        - '只能刷脸。'\n"
		"      no_match:\n        - '请刷脸。'\n"
		"  - id: FRM.10.1-any\n    verdict: violation\n" TITLE
		"    find: '使用{..}{face}'\n"
		"    examples:\n      match:\n        - '使用刷脸。'\n"
		"      no_match:\n        - '请刷脸。'\n"
		"  - id: FRM.10.1-choice\n    verdict: compliant\n" TITLE
		"    find: '{face}或密码'\n"
		"    examples:\n      match:\n        - '刷脸或密码。'\n"
		"      no_match:\n        - '请刷脸。'\n" },
	{ "docs/bad.txt", "登录时只能使用刷脸验证。\n" },
	{ "docs/good.txt", "登录时可用刷脸或密码。\n" },
	{ "docs/mute.txt", "登录时刷脸。\n" },
	{ "docs/none.txt", "登录时使用密码。\n" },
	{ "docs/soft.txt", "登录时使用刷脸。\n" },
	{ "docs/hard.txt", "登录时只能刷脸。\n" },
	{ "clean/a.txt", "登录时使用密码。\n" },
	{ "clean/b.txt", "登录时刷脸。\n" },
	{ "labels.jsonl",
		"{\"doc\":\"bad.txt\",\"scope\":[\"FACE_ID\"],"
		"\"labels\":{\"FRM.10.1\":{\"v\":\"V\"}}}\n"
		"{\"doc\":\"good.txt\",\"scope\":[\"FACE_ID\"],"
		"\"labels\":{\"FRM.10.1\":{\"v\":\"V\"}}}\n"
		"{\"doc\":\"gone.txt\",\"scope\":[\"FACE_ID\"],"
		"\"labels\":{\"FRM.10.1\":{\"v\":\"V\"}}}\n"
		"{\"doc\":\"mute.txt\",\"scope\":[\"FACE_ID\"],"
		"\"labels\":{\"FRM.10.1\":{\"v\":\"G\"}}}\n"
		"{\"doc\":\"none.txt\",\"scope\":[\"NONE\"],"
		"\"labels\":{\"FRM.10.1\":{\"v\":\"N\"}}}\n"
		"{\"doc\":\"soft.txt\",\"scope\":[\"FACE_ID\"],"
		"\"labels\":{\"FRM.10.1\":{\"v\":\"G\"}}}\n"
		"{\"doc\":\"hard.txt\",\"scope\":[\"FACE_ID\"],"
		"\"labels\":{\"FRM.10.1\":{\"v\":\"V\"}}}\n" },
};

static const char *const dirs[] = { "docs", "clean", "rules/lexicon",
	"rules/scope", "rules/frm", "rules" };

struct fixture {
	char dir[64];
	struct fa_arena arena;
	struct fa_err err;
	struct fa_eval ev;
	struct fa_eval_set set;
	struct fa_eval_clean clean;
};

static struct fa_str
path_of(struct fixture *f, const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", f->dir, name);
	return fa_arena_dup(&f->arena, fa_str_c(path));
}

static void
load(struct fixture *f)
{
	struct fa_bundle *b;
	struct fa_str text;

	if (fa_rules_load(&b, path_of(f, "rules"), &f->arena, &f->err) < 0)
		fail_msg("%s", f->err.msg);
	f->ev.bundle = b;
	assert_int_equal(fa_matcher_new(&f->ev.matcher, b, &f->err), 0);
	f->ev.as_of = 20261121;
	f->ev.arena = &f->arena;
	f->set.labels = path_of(f, "labels.jsonl");
	f->set.dir = path_of(f, "docs");
	f->set.name = FA_STR("own");
	f->clean.dir = path_of(f, "clean");
	f->ev.sets = &f->set;
	f->ev.sets_n = 1;
	f->ev.clean = &f->clean;
	f->ev.clean_n = 1;
	assert_int_equal(fa_file_read(&text, f->set.labels, 1u << 20, &f->arena,
				 &f->err),
		0);
	assert_int_equal(
		fa_eval_labels_parse(&f->set, b, text, &f->arena, &f->err), 0);
}

static int
setup(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	fa_arena_init(&f.arena, 256u << 20);
	memcpy(f.dir, "/tmp/test_eval_XXXXXX", sizeof("/tmp/test_eval_XXXXXX"));
	*state = &f;
	if (mkdtemp(f.dir) == NULL)
		return -1;
	for (size_t i = FA_COUNT(dirs); i-- > 0;)
		if (mkdir(path_of(&f, dirs[i]).p, 0700) != 0)
			return -1;
	for (size_t i = 0; i < FA_COUNT(files); i++)
		if (fa_file_replace(path_of(&f, files[i].path),
			    fa_str_c(files[i].text), &f.err) < 0)
			return -1;
	load(&f);
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < FA_COUNT(files); i++)
		unlink(path_of(f, files[i].path).p);
	for (size_t i = 0; i < FA_COUNT(dirs); i++)
		rmdir(path_of(f, dirs[i]).p);
	rmdir(f->dir);
	fa_matcher_free(f->ev.matcher);
	fa_arena_done(&f->arena);
	return 0;
}

static void
documents_are_judged_and_a_missing_one_is_an_error(void **state)
{
	struct fixture *f = *state;
	const struct fa_eval_doc *d = f->set.docs;

	assert_int_equal(fa_eval_judge(&f->ev, &f->err), 0);
	assert_int_equal(d[0].cells[0].got, FA_VERDICT_VIOLATION);
	assert_true(fa_str_eq(
		d[0].cells[0].got_quote, FA_STR("登录时只能使用刷脸验证。")));
	assert_int_equal(d[1].cells[0].got, FA_VERDICT_COMPLIANT);
	assert_false(d[2].judged);
	assert_int_equal(d[3].cells[0].got, FA_VERDICT_GAP);
	assert_int_equal(d[4].cells[0].got, FA_VERDICT_NOT_APPLICABLE);
	assert_int_equal(d[0].got_scopes, FA_SCOPE_BIT(FA_SCOPE_FACE_ID));
	assert_int_equal(d[4].got_scopes, 0);
	assert_int_equal(f->ev.errors_n, 1);
	assert_true(fa_str_ends(f->ev.errors[0].path, FA_STR("docs/gone.txt")));
}

static void
clean_directories_list_what_offends(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(fa_eval_judge(&f->ev, &f->err), 0);
	assert_int_equal(f->clean.documents, 2);
	assert_int_equal(f->clean.clean, 1);
	assert_int_equal(f->clean.offences_n, 1);
	assert_true(
		fa_str_ends(f->clean.offences[0].doc, FA_STR("clean/b.txt")));
	assert_int_equal(f->clean.offences[0].cell.got, FA_VERDICT_GAP);
}

/* "any" stands first and decides bad.txt; "only" fires there as well, so both
 * are measured on it. */
static void
every_rule_that_supports_the_verdict_is_measured(void **state)
{
	struct fixture *f = *state;
	struct fa_buf out;

	fa_buf_init(&out, 1u << 20);
	assert_int_equal(fa_eval_judge(&f->ev, &f->err), 0);
	assert_int_equal(fa_eval_count(&f->ev, &f->err), 0);
	assert_int_equal(fa_eval_freeze(&f->ev, &out, &f->err), 0);
	assert_non_null(strstr(out.p,
		"  rules:\n"
		"    FRM.10.1-any:\n      hits: 2\n      right: 1\n"
		"    FRM.10.1-choice:\n      hits: 1\n      right: 0\n"
		"    FRM.10.1-gap:\n      hits: 1\n      right: 1\n"
		"    FRM.10.1-only:\n      hits: 2\n      right: 2\n"));
	fa_buf_done(&out);
}

/* A frozen file loads again and does not change what is measured. */
static void
freezing_twice_gives_the_same_bytes(void **state)
{
	struct fixture *f = *state;
	struct fa_str path = path_of(f, "rules/precision.yaml");
	struct fa_buf one, two;

	fa_buf_init(&one, 1u << 20);
	fa_buf_init(&two, 1u << 20);
	assert_int_equal(fa_eval_judge(&f->ev, &f->err), 0);
	assert_int_equal(fa_eval_count(&f->ev, &f->err), 0);
	assert_int_equal(fa_eval_freeze(&f->ev, &one, &f->err), 0);
	assert_int_equal(fa_file_replace(path, fa_buf_str(&one), &f->err), 0);
	fa_matcher_free(f->ev.matcher);
	load(f);
	unlink(path.p);
	assert_int_equal(f->ev.bundle->sets_n, 1);
	assert_int_equal(fa_eval_judge(&f->ev, &f->err), 0);
	assert_int_equal(fa_eval_count(&f->ev, &f->err), 0);
	assert_int_equal(fa_eval_freeze(&f->ev, &two, &f->err), 0);
	assert_string_equal(one.p, two.p);
	fa_buf_done(&one);
	fa_buf_done(&two);
}

static void
json_output_is_json_with_thousandths(void **state)
{
	struct fixture *f = *state;
	struct fa_json *j;
	const struct fa_json *v;
	struct fa_buf out;

	fa_buf_init(&out, 1u << 20);
	assert_int_equal(fa_eval_judge(&f->ev, &f->err), 0);
	assert_int_equal(fa_eval_count(&f->ev, &f->err), 0);
	fa_eval_print_json(&f->ev, &out);
	assert_int_equal(out.rc, 0);
	assert_int_equal(
		fa_json_parse(&j, fa_buf_str(&out), &f->arena, &f->err), 0);
	v = fa_json_find(fa_json_find(fa_json_find(j, "all"), "verdicts"), "V");
	assert_int_equal(fa_json_int(v, "recall", -2), 666);
	assert_int_equal(fa_json_int(j, "judged", -1), 6);
	assert_int_equal(fa_json_find(j, "errors")->count, 1);
	assert_int_equal(fa_json_find(j, "differences")->count, 2);
	fa_buf_done(&out);
}

static bool
always(void)
{
	return true;
}

static void
a_signal_ends_the_work(void **state)
{
	struct fixture *f = *state;

	f->ev.stop = always;
	assert_int_equal(fa_eval_judge(&f->ev, &f->err), FA_E_INTERRUPTED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(documents_are_judged_and_a_missing_one_is_an_error),
		TEST(clean_directories_list_what_offends),
		TEST(every_rule_that_supports_the_verdict_is_measured),
		TEST(freezing_twice_gives_the_same_bytes),
		TEST(json_output_is_json_with_thousandths),
		TEST(a_signal_ends_the_work),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
