/* Classes of face mention: the set of a document, its mentions, and what a
 * limit does to them. */
#include "rig_match.h"

static const struct rig_duty duty = { "T.1", "T", "gap", "FACE_ID",
	{ { "T.1-v", "violation", "      '强制'\n", NULL } } };

/* "FACE_ID:刷脸;DEFN:人脸是指脸。" in text order. */
static const char *
mentions(struct rig *r)
{
	struct fa_buf out;

	fa_buf_init(&out, RIG_SHOWN - 1);
	for (size_t i = 0; i < r->match.mentions_n; i++) {
		const struct fa_mention *x = &r->match.mentions[i];

		fa_buf_addf(
			&out, "%s%s:", i ? ";" : "", fa_scope_name(x->scope));
		fa_buf_add(&out,
			fa_str_sub(r->doc.text, x->text.from, x->text.to));
	}
	rig_shown(r, &out);
	fa_buf_done(&out);
	return r->shown;
}

static void
the_scope_of_a_document_is_the_set_of_its_mentions(void **state)
{
	struct rig *r = *state;

	rig_load(r, &duty, 1);
	rig_text(r, "密码。");
	assert_int_equal(r->match.scopes, 0);
	assert_string_equal(mentions(r), "");
	rig_text(r, "可以刷脸。");
	assert_int_equal(r->match.scopes, FA_SCOPE_BIT(FA_SCOPE_FACE_ID));
	rig_text(r, "可以刷脸。人脸是指脸。人脸。");
	assert_int_equal(r->match.scopes,
		FA_SCOPE_BIT(FA_SCOPE_FACE_ID) | FA_SCOPE_BIT(FA_SCOPE_DEFN));
	assert_string_equal(mentions(r),
		"FACE_ID:可以刷脸。;DEFN:人脸是指脸。;FACE_ID:人脸。");
	assert_int_equal(r->match.mentions[1].sentence, 1);
}

static void
a_class_may_ask_for_one_that_is_evaluated_before_it(void **state)
{
	struct rig *r = *state;

	rig_load(r, &duty, 1);
	rig_text(r, "人脸是指脸。");
	assert_int_equal(r->match.scopes, FA_SCOPE_BIT(FA_SCOPE_DEFN));
}

static void
a_mention_that_is_called_off_does_not_count(void **state)
{
	struct rig *r = *state;

	r->scope = "scope: FACE_ID\nrules:\n  - id: SCOPE-FACE_ID-word\n"
		   "    title:\n      zh: '人脸'\n      en: 'face'\n"
		   "    find:\n      match: '{face}'\n"
		   "    unless:\n      - '骗子'\n";
	rig_load(r, &duty, 1);
	rig_text(r, "骗子让您刷脸。");
	assert_int_equal(r->match.scopes, 0);
	assert_int_equal(r->match.mentions_n, 0);
	rig_text(r, "骗子让您刷脸。请刷脸。");
	assert_string_equal(mentions(r), "FACE_ID:请刷脸。");
}

static void
mentions_stand_in_text_order_whatever_their_class(void **state)
{
	struct rig *r = *state;

	rig_load(r, &duty, 1);
	rig_text(r, "刷脸。人脸是指脸。刷脸,刷脸。人脸是指甲。人脸。");
	for (size_t i = 1; i < r->match.mentions_n; i++)
		assert_true(r->match.mentions[i - 1].text.from <
			r->match.mentions[i].text.from);
	assert_int_equal(r->match.mentions_n, 5);
}

static void
read_repeated(struct rig *r, const char *part, size_t n, const char *tail)
{
	struct fa_buf text;

	fa_buf_init(&text, 4 << 20);
	for (size_t i = 0; i < n; i++)
		fa_buf_adds(&text, part);
	fa_buf_adds(&text, tail);
	rig_text(r, text.p);
	fa_buf_done(&text);
}

static void
a_scope_rule_at_its_limit_leaves_no_duty_not_applicable(void **state)
{
	struct rig *r = *state;

	rig_load(r, &duty, 1);
	read_repeated(r, "人脸是指脸。", FA_MATCH_HITS_MAX + 1, "");
	assert_int_equal(r->match.scopes, FA_SCOPE_BIT(FA_SCOPE_DEFN));
	assert_int_equal(r->match.decisions[0].verdict, FA_VERDICT_CANNOT_TELL);
	assert_true(r->match.decisions[0].reason.n > 0);
	read_repeated(r, "人脸是指脸。", 100, "");
	assert_int_equal(
		r->match.decisions[0].verdict, FA_VERDICT_NOT_APPLICABLE);
}

/* The definitions beyond the limit are not known as such: whether a rule that
 * asks for them would fire cannot be told. */
static void
a_rule_that_asks_for_a_class_at_its_limit_is_limited(void **state)
{
	struct rig_duty d = { "T.1", "T", "gap", "FACE_ID",
		{ { "T.1-c", "compliant",
			"      match: '自愿'\n      none:\n"
			"        - scope: DEFN\n",
			NULL } } };
	struct rig *r = *state;

	r->scope = "scope: FACE_ID\nrules:\n  - id: SCOPE-FACE_ID-word\n"
		   "    title:\n      zh: '人脸'\n      en: 'face'\n"
		   "    find:\n      match: '扫脸'\n";
	rig_load(r, &d, 1);
	read_repeated(r, "人脸是指脸。", 10, "扫脸。自愿。");
	assert_int_equal(r->match.decisions[0].verdict, FA_VERDICT_COMPLIANT);
	read_repeated(r, "人脸是指脸。", FA_MATCH_HITS_MAX + 1, "扫脸。自愿。");
	assert_int_equal(r->match.decisions[0].verdict, FA_VERDICT_CANNOT_TELL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RIG_TEST(the_scope_of_a_document_is_the_set_of_its_mentions),
		RIG_TEST(a_class_may_ask_for_one_that_is_evaluated_before_it),
		RIG_TEST(a_mention_that_is_called_off_does_not_count),
		RIG_TEST(mentions_stand_in_text_order_whatever_their_class),
		RIG_TEST(
			a_scope_rule_at_its_limit_leaves_no_duty_not_applicable),
		RIG_TEST(a_rule_that_asks_for_a_class_at_its_limit_is_limited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
