/* What is seen of a page: recorded snapshots of small pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "browser/snap.h"

#define ARENA_BYTES ((size_t)64 << 20)

struct page {
	struct fa_arena a;
	struct fa_err err;
	struct fa_snap s;
	struct fa_look look;
};

static void
look_at(struct page *p, struct fa_str text)
{
	struct fa_json *tree = NULL;

	assert_int_equal(fa_json_parse(&tree, text, &p->a, &p->err), FA_OK);
	assert_int_equal(
		fa_snap_read(&p->s, tree, FA_BROWSER_NODES_MAX, &p->a, &p->err),
		FA_OK);
	assert_int_equal(fa_snap_look(&p->look, &p->s, 412, 915, 200, &p->a,
				 &p->a, &p->err),
		FA_OK);
}

static void
open_page(struct page *p, const char *name)
{
	char path[200];
	struct fa_str text;

	memset(p, 0, sizeof(*p));
	fa_arena_init(&p->a, ARENA_BYTES);
	(void)snprintf(
		path, sizeof(path), "tests/browser/snapshots/%s.json", name);
	assert_int_equal(
		fa_file_read(&text, fa_str_c(path), 1 << 20, &p->a, &p->err),
		FA_OK);
	look_at(p, text);
}

/* The n-th element of a role, from 0. */
static const struct fa_flow_element *
nth(const struct page *p, enum fa_flow_role role, size_t n)
{
	for (size_t i = 0; i < p->look.screen.elements_n; i++)
		if (p->look.screen.elements[i].role == role && n-- == 0)
			return &p->look.screen.elements[i];
	fail_msg("no such element");
	return NULL;
}

static size_t
count(const struct page *p, enum fa_flow_role role)
{
	size_t n = 0;

	for (size_t i = 0; i < p->look.screen.elements_n; i++)
		n += p->look.screen.elements[i].role == role;
	return n;
}

static const struct fa_flow_element *
by_text(const struct page *p, const char *text)
{
	for (size_t i = 0; i < p->look.screen.elements_n; i++)
		if (fa_str_eq(p->look.screen.elements[i].text, fa_str_c(text)))
			return &p->look.screen.elements[i];
	fail_msg("nothing shows '%s'", text);
	return NULL;
}

static void
assert_text(struct fa_str got, const char *want)
{
	assert_int_equal(got.n, strlen(want));
	assert_memory_equal(got.p, want, got.n);
}

static void
a_dialog_is_seen_with_its_buttons_and_what_lies_under_it_is_covered(
	void **state)
{
	struct page p;
	const struct fa_flow_element *e;

	(void)state;
	open_page(&p, "consent");
	assert_int_equal(p.look.screen.modal, FA_TRI_YES);
	assert_text(p.look.screen.title, "服务协议");
	e = by_text(&p, "登录");
	assert_int_equal(e->role, FA_FLOW_BUTTON);
	assert_int_not_equal(e->covered_by, FA_FLOW_NONE);
	e = by_text(&p, "同意并继续");
	assert_int_equal(e->role, FA_FLOW_BUTTON);
	assert_int_equal(e->covered_by, FA_FLOW_NONE);
	assert_int_equal(e->style.font_cpx, 1800);
	assert_int_equal(e->style.bg, 0x1677ff);
	assert_int_equal(e->style.fg, 0xffffff);
	assert_int_equal(e->box.w, 720);
	e = by_text(&p, "不同意");
	assert_int_equal(e->style.font_cpx, 1200);
	assert_in_range(e->style.contrast_c, 185, 195);
	fa_arena_done(&p.a);
}

static void
a_sentence_keeps_its_links_and_a_label_is_that_of_its_box(void **state)
{
	struct page p;
	const struct fa_flow_element *e;

	(void)state;
	open_page(&p, "consent");
	e = by_text(&p, "请阅读《隐私政策》和《用户协议》。");
	assert_int_equal(e->role, FA_FLOW_TEXT);
	assert_int_equal(e->links_n, 2);
	assert_text(e->links[0].text, "《隐私政策》");
	assert_text(e->links[0].href, "p.html");
	assert_text(e->links[1].text, "《用户协议》");
	assert_null(e->links[1].href.p);
	e = nth(&p, FA_FLOW_CHECKBOX, 0);
	assert_text(e->label, "我已阅读并同意《人脸识别服务协议》");
	assert_int_equal(e->checked, FA_TRI_YES);
	assert_int_equal(e->links_n, 1);
	/* Each link can be tapped, too, and nothing is said twice. */
	assert_int_equal(count(&p, FA_FLOW_LINK), 3);
	assert_ptr_equal(e,
		&p.look.screen.elements[by_text(&p, "《人脸识别服务协议》")
						->parent]);
	fa_arena_done(&p.a);
}

static void
boxes_are_ticked_not_ticked_or_unknown(void **state)
{
	struct page p;
	const struct fa_flow_element *e;

	(void)state;
	open_page(&p, "boxes");
	assert_int_equal(count(&p, FA_FLOW_CHECKBOX), 4);
	e = nth(&p, FA_FLOW_CHECKBOX, 0);
	assert_text(e->label, "开通刷脸登录");
	assert_int_equal(e->checked, FA_TRI_UNKNOWN);
	e = nth(&p, FA_FLOW_CHECKBOX, 1);
	assert_text(e->label, "开通指纹");
	assert_int_equal(e->checked, FA_TRI_YES);
	e = nth(&p, FA_FLOW_CHECKBOX, 2);
	assert_text(e->label, "同意授权");
	assert_int_equal(e->checked, FA_TRI_YES);
	assert_int_equal(e->visible, FA_TRI_YES); /* drawn by its label */
	e = nth(&p, FA_FLOW_CHECKBOX, 3);
	assert_text(e->label, "必选");
	assert_int_equal(e->enabled, FA_TRI_NO);
	e = nth(&p, FA_FLOW_SWITCH, 0);
	assert_text(e->label, "刷脸支付");
	assert_int_equal(e->checked, FA_TRI_NO);
	assert_text(nth(&p, FA_FLOW_RADIO, 0)->label, "短信");
	assert_int_equal(nth(&p, FA_FLOW_RADIO, 0)->checked, FA_TRI_YES);
	assert_text(nth(&p, FA_FLOW_RADIO, 1)->label, "刷脸");
	assert_int_equal(nth(&p, FA_FLOW_RADIO, 1)->checked, FA_TRI_NO);
	assert_int_equal(count(&p, FA_FLOW_TEXT), 0);
	fa_arena_done(&p.a);
}

static void
frames_and_shadow_trees_stand_in_their_places(void **state)
{
	struct page p;
	const struct fa_flow_element *e;

	(void)state;
	open_page(&p, "frames");
	e = by_text(&p, "内钮");
	assert_int_equal(e->role, FA_FLOW_BUTTON);
	/* Below the paragraph with its margins, inside the frame. */
	assert_true(e->box.y > by_text(&p, "外")->box.y + 100);
	assert_true(e < by_text(&p, "影"));
	assert_int_equal(by_text(&p, "影")->role, FA_FLOW_BUTTON);
	fa_arena_done(&p.a);
}

static void
what_cannot_be_seen_is_hidden_and_what_cannot_be_used_disabled(void **state)
{
	struct page p;
	static const char *const hidden[] = { "藏", "淡", "远", "折" };
	static const char *const disabled[] = { "死", "禁", "灰钮" };

	(void)state;
	open_page(&p, "hidden");
	for (size_t i = 0; i < FA_COUNT(hidden); i++)
		assert_int_equal(by_text(&p, hidden[i])->visible, FA_TRI_NO);
	for (size_t i = 0; i < FA_COUNT(disabled); i++) {
		assert_int_equal(by_text(&p, disabled[i])->visible, FA_TRI_YES);
		assert_int_equal(by_text(&p, disabled[i])->enabled, FA_TRI_NO);
	}
	assert_int_equal(by_text(&p, "灰")->visible, FA_TRI_YES);
	/* WCAG gives #777 on white as 4.48:1. */
	assert_int_equal(by_text(&p, "灰")->style.contrast_c, 447);
	for (size_t i = 0; i < p.look.screen.elements_n; i++)
		assert_false(fa_str_eq(
			p.look.screen.elements[i].text, FA_STR("无")));
	fa_arena_done(&p.a);
}

static void
cameras_inputs_and_pictures_are_told_apart(void **state)
{
	struct page p;

	(void)state;
	open_page(&p, "camera");
	assert_int_equal(count(&p, FA_FLOW_CAMERA), 2);
	assert_int_equal(count(&p, FA_FLOW_INPUT), 4);
	for (size_t i = 0; i < p.look.screen.elements_n; i++)
		assert_false(fa_str_eq(
			p.look.screen.elements[i].text, FA_STR("secret")));
	assert_int_equal(by_text(&p, "护照")->role, FA_FLOW_INPUT);
	assert_int_equal(by_text(&p, "提交")->role, FA_FLOW_BUTTON);
	/* A film, a picture, a canvas. */
	assert_int_equal(count(&p, FA_FLOW_IMAGE), 3);
	/* A listener around half the page makes it no button. */
	assert_int_equal(by_text(&p, "正文")->role, FA_FLOW_TEXT);
	assert_int_equal(count(&p, FA_FLOW_CONTAINER), 1);
	fa_arena_done(&p.a);
}

static void
the_tree_is_written_as_html(void **state)
{
	struct page p;
	struct fa_str html;

	(void)state;
	open_page(&p, "frames");
	assert_int_equal(fa_snap_html(&html, &p.s, &p.a, &p.err), FA_OK);
	assert_true(fa_str_starts(html, FA_STR("<!DOCTYPE html><html>")));
	assert_int_not_equal(
		fa_str_find(html, FA_STR("<template data-frame>"), 0),
		SIZE_MAX);
	assert_int_not_equal(
		fa_str_find(html,
			FA_STR("<div id=\"s\"><button>影</button></div>"), 0),
		SIZE_MAX);
	fa_arena_done(&p.a);
}

static void
digits_make_no_difference_to_a_digest_but_a_tick_does(void **state)
{
	struct page p;
	struct fa_flow_element *e;
	uint64_t d;

	(void)state;
	open_page(&p, "consent");
	e = &p.look.screen.elements[0];
	e->text = FA_STR("剩余 9 秒");
	d = fa_snap_digest(&p.look);
	e->text = FA_STR("剩余 10 秒");
	assert_true(d == fa_snap_digest(&p.look));
	e->text = FA_STR("剩余  秒");
	assert_false(d == fa_snap_digest(&p.look));
	e->text = FA_STR("剩余 1 秒");
	for (size_t i = 0; i < p.look.screen.elements_n; i++)
		if (p.look.screen.elements[i].role == FA_FLOW_CHECKBOX)
			p.look.screen.elements[i].checked = FA_TRI_NO;
	assert_false(d == fa_snap_digest(&p.look));
	fa_arena_done(&p.a);
}

static void
other_json_is_refused(void **state)
{
	static const char *const bad[] = { "{}", "[]", "{\"strings\":1}",
		"{\"strings\":[],\"documents\":[]}",
		"{\"strings\":[],\"documents\":{}}" };
	struct page p;

	(void)state;
	memset(&p, 0, sizeof(p));
	fa_arena_init(&p.a, ARENA_BYTES);
	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		struct fa_json *tree = NULL;

		assert_int_equal(
			fa_json_parse(&tree, fa_str_c(bad[i]), &p.a, &p.err),
			FA_OK);
		assert_int_equal(fa_snap_read(&p.s, tree, 100, &p.a, &p.err),
			FA_E_INPUT);
	}
	/* Empty members are an empty page; more nodes than are wanted not. */
	look_at(&p, FA_STR("{\"strings\":[],\"documents\":[{}]}"));
	assert_int_equal(p.look.screen.elements_n, 0);
	look_at(&p,
		FA_STR("{\"strings\":[\"P\"],\"documents\":[{\"nodes\":{"
		       "\"parentIndex\":[-1,7,0,\"x\"]}}]}"));
	assert_int_equal(p.s.n, 4);
	{
		struct fa_json *tree = NULL;

		assert_int_equal(
			fa_json_parse(&tree,
				FA_STR("{\"strings\":[],\"documents\":[{"
				       "\"nodes\":{\"parentIndex\":[-1,0]}}]}"),
				&p.a, &p.err),
			FA_OK);
		assert_int_equal(
			fa_snap_read(&p.s, tree, 1, &p.a, &p.err), FA_E_LIMIT);
	}
	fa_arena_done(&p.a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_dialog_is_seen_with_its_buttons_and_what_lies_under_it_is_covered),
		cmocka_unit_test(
			a_sentence_keeps_its_links_and_a_label_is_that_of_its_box),
		cmocka_unit_test(boxes_are_ticked_not_ticked_or_unknown),
		cmocka_unit_test(frames_and_shadow_trees_stand_in_their_places),
		cmocka_unit_test(
			what_cannot_be_seen_is_hidden_and_what_cannot_be_used_disabled),
		cmocka_unit_test(cameras_inputs_and_pictures_are_told_apart),
		cmocka_unit_test(the_tree_is_written_as_html),
		cmocka_unit_test(
			digits_make_no_difference_to_a_digest_but_a_tick_does),
		cmocka_unit_test(other_json_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
