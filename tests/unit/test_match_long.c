/* Documents that are so long that what was found out about them is given back
 * and found out again. */
#include "rig_match.h"

#define SENTENCES 9000 /* decoded, more than is kept */

static const struct rig_duty duty = { "T.1", "T", "gap", "FACE_ID",
	{ { "T.1-a", "cannot_tell", "      '强制'\n", NULL },
		{ "T.1-b", "compliant",
			"      match: '强制'\n      all:\n        - '自愿'\n",
			NULL },
		{ "T.1-c", "violation",
			"      match: '自愿'\n      all:\n        - '强制'\n",
			"      - '强制{..9}但是'\n" } } };

static void
patterns_match_again_after_they_were_given_back(void **state)
{
	struct rig *r = *state;
	const struct fa_decision *d;
	struct fa_buf text;
	size_t asked = 0;

	fa_buf_init(&text, 1 << 20);
	for (int i = 0; i < SENTENCES; i++)
		fa_buf_adds(&text, "刷脸登录是强制的，没有其他办法。\n");
	fa_buf_adds(&text,
		"刷脸登录并非强制，完全自愿。\n"
		"刷脸登录强制又自愿，但是另有规定。\n");
	rig_load(r, &duty, 1);
	rig_read(r, fa_buf_str(&text), FA_FORMAT_TEXT);
	assert_int_equal(r->doc.sentences_n, SENTENCES + 2);
	/* The second time with a matcher that has seen such a document. */
	for (int time = 0; time < 2; time++) {
		rig_match(r, RIG_TODAY);
		d = &r->match.decisions[0];
		assert_int_equal(d->verdict, FA_VERDICT_VIOLATION);
		assert_int_equal(r->match.limits_hit, 0);
		asked = 0;
		for (size_t i = 0; i < d->hits_n; i++) {
			bool last = d->hits[i].sentence == SENTENCES + 1;

			if (d->hits[i].sentence < SENTENCES) {
				asked++;
				continue;
			}
			assert_int_equal(d->hits[i].exculpates,
				last &&
					fa_str_eq(
						r->b->rules[d->hits[i].rule].id,
						FA_STR("T.1-c")));
		}
		assert_int_equal(asked, 64);
		assert_int_equal(d->hits_n, 64 + 4);
	}
	fa_buf_done(&text);
}

/* What lives beyond the arena of the document is freed all the same. */
static void
a_long_document_that_does_not_fit_leaves_nothing_behind(void **state)
{
	struct rig *r = *state;
	struct fa_buf text;
	struct fa_arena a;
	int rc = FA_E_NOMEM;

	fa_buf_init(&text, 1 << 20);
	for (int i = 0; i < SENTENCES; i++)
		fa_buf_adds(&text, "刷脸是强制又自愿的。\n");
	rig_load(r, &duty, 1);
	rig_read(r, fa_buf_str(&text), FA_FORMAT_TEXT);
	for (size_t max = 1 << 16; rc == FA_E_NOMEM; max += max / 4) {
		fa_arena_init(&a, max);
		rc = fa_match(&r->match, r->m, &r->doc, RIG_TODAY, &a, &r->err);
		fa_arena_done(&a);
	}
	assert_int_equal(rc, FA_OK);
	fa_buf_done(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RIG_TEST(patterns_match_again_after_they_were_given_back),
		RIG_TEST(
			a_long_document_that_does_not_fit_leaves_nothing_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
