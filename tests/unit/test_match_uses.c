/* Uses of the face: found by purpose, with the passages that belong to them. */
#include "rig_match.h"

static const struct rig_duty duty = { "T.1", "T", "gap", "FACE_ID",
	{ { "T.1-v", "violation", "      '强制'\n", NULL },
		{ "T.1-c", "compliant", "      '密码也行'\n", NULL } } };

static const char lexicons[] = "  use_login:\n    words:\n      - '登录'\n"
			       "  use_payment:\n    words:\n      - '支付'\n";

/* "use_login 2: 强制刷脸登录。; -: ..." with the passages handed to each. */
static const char *
uses(struct rig *r)
{
	struct fa_buf out;

	fa_buf_init(&out, RIG_SHOWN - 1);
	for (size_t i = 0; i < r->match.uses_n; i++) {
		const struct fa_match_use *u = &r->match.uses[i];

		fa_buf_adds(&out, i ? "; " : "");
		fa_buf_add(&out,
			u->lexicon == FA_RULE_NONE
				? FA_STR("-")
				: r->b->lexicons[u->lexicon].name);
		fa_buf_addf(&out, " %zu:", u->mentions_n);
		for (size_t k = 0; k < u->hits_n; k++) {
			fa_buf_addc(&out, ' ');
			fa_buf_add(&out,
				fa_str_sub(r->doc.text, u->hits[k].text.from,
					u->hits[k].text.to));
		}
	}
	rig_shown(r, &out);
	fa_buf_done(&out);
	return r->shown;
}

static void
start(struct rig *r, const char *text)
{
	r->lexicons = lexicons;
	rig_load(r, &duty, 1);
	rig_text(r, text);
}

static void
a_document_without_faces_has_no_use(void **state)
{
	struct rig *r = *state;

	start(r, "登录用密码。");
	assert_int_equal(r->match.uses_n, 0);
}

static void
each_purpose_is_a_use_with_its_own_passages(void **state)
{
	struct rig *r = *state;

	start(r, "刷脸登录。密码也行。\n\n支付须刷脸。强制。\n");
	assert_string_equal(uses(r),
		"use_login 1: 密码也行。; "
		"use_payment 1: 强制。");
}

static void
a_passage_that_names_one_use_of_its_block_goes_to_that_one(void **state)
{
	struct rig *r = *state;

	start(r, "刷脸可登录,刷脸可支付。登录时密码也行。");
	assert_string_equal(uses(r),
		"use_login 1: 登录时密码也行。; "
		"use_payment 1:");
}

static void
a_mention_without_purpose_makes_the_unnamed_use(void **state)
{
	struct rig *r = *state;

	start(r, "可以刷脸。强制。\n");
	assert_string_equal(uses(r), "- 1: 强制。");
}

static void
a_mention_takes_the_purpose_of_the_heading_above_it(void **state)
{
	struct rig *r = *state;

	start(r, "# 支付\n\n可以刷脸。\n");
	assert_string_equal(uses(r), "use_payment 1:");
}

static void
what_stands_far_from_every_mention_belongs_to_no_use(void **state)
{
	struct rig *r = *state;

	start(r, "刷脸登录。\n\n其他说明。\n\n强制。\n");
	assert_string_equal(uses(r), "use_login 1:");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RIG_TEST(a_document_without_faces_has_no_use),
		RIG_TEST(each_purpose_is_a_use_with_its_own_passages),
		RIG_TEST(
			a_passage_that_names_one_use_of_its_block_goes_to_that_one),
		RIG_TEST(a_mention_without_purpose_makes_the_unnamed_use),
		RIG_TEST(a_mention_takes_the_purpose_of_the_heading_above_it),
		RIG_TEST(what_stands_far_from_every_mention_belongs_to_no_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
