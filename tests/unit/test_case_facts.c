#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "case/facts_parts.h"

#define ARENA ((size_t)16 << 20)

static const char layout[] =
	"{\"shots\":[],\"elements\":["
	"{\"role\":\"text\",\"x\":8,\"y\":10,\"w\":90,\"h\":20,"
	"\"text\":\"第一条　服务内容\"},"
	"{\"role\":\"text\",\"x\":8,\"y\":40,\"w\":200,\"h\":20,"
	"\"text\":\"您须通过 人脸识别\\n核验身份，否则无法使用。\"},"
	"{\"role\":\"text\",\"x\":300,\"y\":120,\"w\":50,\"h\":30,"
	"\"text\":\"人脸永久保存\"},"
	"{\"role\":\"text\",\"x\":10,\"y\":160,\"w\":60,\"h\":20,"
	"\"text\":\"注销后仍保留\"}]}";

struct fixture {
	struct fa_arena a;
	struct fa_dossier d;
	struct fa_facts x;
	struct fa_facts_page page;
	struct fa_dossier_picture shots[2];
};

static void
open_fixture(struct fixture *f, const char *json)
{
	struct fa_json *tree;
	struct fa_err err;

	memset(f, 0, sizeof(*f));
	fa_arena_init(&f->a, ARENA);
	assert_int_equal(
		fa_json_parse(&tree, fa_str_c(json), &f->a, &err), FA_OK);
	f->shots[0].height = 100;
	f->shots[1].y = 100;
	f->shots[1].height = 100;
	f->d.pictures = f->shots;
	f->d.pictures_n = 2;
	f->x = (struct fa_facts){ .a = &f->a, .d = &f->d };
	f->page = (struct fa_facts_page){ .layout = tree, .n = 2 };
}

static struct fa_dossier_passage
place(struct fixture *f, const char *text)
{
	struct fa_dossier_passage p = { .text = fa_str_c(text) };

	fa_facts_page_place(&p, &f->x, &f->page);
	return p;
}

static void
a_passage_is_found_whatever_its_blanks(void **state)
{
	struct fa_dossier_passage p;
	struct fixture f;

	(void)state;
	open_fixture(&f, layout);
	p = place(&f, "须通过人脸识别核验身份");
	assert_int_equal(p.picture, 0);
	assert_true(p.has_box);
	assert_int_equal(p.box.y, 40);
	p = place(&f, "第一条 服务内容");
	assert_int_equal(p.box.y, 10);
	fa_arena_done(&f.a);
}

static void
a_passage_over_two_elements_gets_one_frame(void **state)
{
	struct fa_dossier_passage p;
	struct fixture f;

	(void)state;
	open_fixture(&f, layout);
	p = place(&f, "人脸永久保存，注销后仍保留。");
	assert_int_equal(p.picture, 1);
	assert_int_equal(p.box.x, 10);
	assert_int_equal(p.box.y, 20); /* of the second picture */
	assert_int_equal(p.box.w, 340);
	assert_int_equal(p.box.h, 60);
	fa_arena_done(&f.a);
}

static void
what_is_not_on_the_page_gets_no_frame(void **state)
{
	static const char *const pages[] = { "{}", "{\"elements\":null}",
		"{\"elements\":[1,\"x\",[],{}]}",
		"{\"elements\":[{\"text\":\"人脸\",\"y\":99999999999}]}" };
	struct fa_dossier_passage p;
	struct fixture f;

	(void)state;
	open_fixture(&f, layout);
	p = place(&f, "这里没有的话");
	assert_int_equal(p.picture, FA_DOSSIER_NONE);
	assert_false(p.has_box);
	p = place(&f, " \n");
	assert_false(p.has_box);
	fa_facts_page_place(&p, &f.x, NULL);
	assert_int_equal(p.picture, FA_DOSSIER_NONE);
	fa_arena_done(&f.a);
	for (size_t i = 0; i < FA_COUNT(pages); i++) {
		open_fixture(&f, pages[i]);
		f.d.pictures_n = 0;
		f.page.n = 0;
		assert_false(place(&f, "人脸").has_box);
		fa_arena_done(&f.a);
	}
}

static void
times_of_the_log_are_read_exactly(void **state)
{
	(void)state;
	assert_int_equal(
		fa_facts_time_us(FA_STR("1970-01-01T00:00:00.000Z")), 0);
	assert_int_equal(fa_facts_time_us(FA_STR("2026-11-22T06:18:41.812Z")),
		INT64_C(1795328321812000));
	assert_int_equal(fa_facts_time_us(FA_STR("2024-02-29T23:59:59Z")),
		INT64_C(1709251199000000));
	assert_int_equal(
		fa_facts_time_us(FA_STR("2024-02-29T23:59:59.1234567Z")),
		INT64_C(1709251199123456));
	assert_int_equal(
		fa_facts_time_us(FA_STR("2026-11-22 06:18:41.812Z")), 0);
	assert_int_equal(fa_facts_time_us(FA_STR("2026-11-22T06:18:41")), 0);
	assert_int_equal(
		fa_facts_time_us(FA_STR("2026-11-22T06:18:41.8x2Z")), 0);
	assert_int_equal(fa_facts_time_us(FA_STR("")), 0);
	assert_int_equal(fa_facts_time_us(FA_STR_NONE), 0);
}

static void
a_folder_that_is_no_case_is_refused(void **state)
{
	struct fa_facts_opts o = { .dir = FA_STR("tests/unit") };
	struct fa_dossier d;
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	memset(&d, 0, sizeof(d));
	fa_arena_init(&a, ARENA);
	assert_true(fa_facts_load(&d, &o, &a, &err) < 0);
	assert_true(err.msg[0] != '\0');
	assert_int_equal(d.findings_n, 0);
	fa_arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_passage_is_found_whatever_its_blanks),
		cmocka_unit_test(a_passage_over_two_elements_gets_one_frame),
		cmocka_unit_test(what_is_not_on_the_page_gets_no_frame),
		cmocka_unit_test(times_of_the_log_are_read_exactly),
		cmocka_unit_test(a_folder_that_is_no_case_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
