/* Every page of every case can be written, and says what it must. */
#include "fixture_facecheck_serve.h"

#include "base/json.h"
#include "facecheck/machine/mutate.h"
#include "facecheck/serve/case.h"

/* What is true of sessions and pages rather than of a case. */
static const char *const own_flags[] = { "demo", "camera", "locked", "remote",
	"closed", "processed", "had-consent", "tried-out", "gate", "flash",
	"ticking", "last", "outside" };
static const char *const values[] = { "token", "flash", "problem", "turn",
	"frames", "due", "rows", "step", "step-next", "step-text", "stay-title",
	"stay-text", "stay-next" };

static void
fill(struct fc_view *v, const char *case_name)
{
	*v = (struct fc_view){ .token = FA_STR("0123") };
	fc_view_flag(v, case_name);
	for (size_t i = 0; i < FA_COUNT(values); i++)
		fc_view_value(v, values[i], FA_STR("<x>&\"'"));
}

static void
every_page_of_every_case_can_be_written(void **state)
{
	const struct fc_page_group *g;
	const struct fc_case *c;
	struct fc_view v;
	struct fa_err err;
	struct fa_buf out;

	(void)state;
	fa_buf_init(&out, FC_PAGE_BYTES);
	for (size_t k = 0; (c = fc_case_at(k)); k++)
		for (size_t i = 0; (g = fc_page_group(i)); i++)
			for (size_t p = 0; p < g->n; p++) {
				const struct fc_page *page = &g->pages[p];

				if (!page->title)
					continue;
				fill(&v, c->name);
				fa_buf_reset(&out);
				if (fc_page_write(&out, page, &v, &err) < 0)
					fail_msg("%s, %s: %s", c->name,
						page->name, err.msg);
				/* A value never becomes markup. */
				if (fa_str_eq(fa_str_c(page->name),
					    FA_STR("records")))
					continue;
				assert_int_equal(fa_str_find(fa_buf_str(&out),
							 FA_STR("<x>"), 0),
					SIZE_MAX);
			}
	fa_buf_done(&out);
}

static bool
flag_is_known(struct fa_str name)
{
	for (size_t i = 0; i < FA_COUNT(own_flags); i++)
		if (fa_str_eq(name, fa_str_c(own_flags[i])))
			return true;
	return fc_case_find(name) != NULL;
}

static void
check_flags(const char *page, struct fa_str html)
{
	size_t at = 0;

	while ((at = fa_str_find(html, FA_STR("[["), at)) != SIZE_MAX) {
		size_t end = fa_str_find(html, FA_STR("]]"), at);
		struct fa_str names = fa_str_sub(html, at + 3, end);

		if (html.p[at + 2] == '?' || html.p[at + 2] == '!')
			while (names.p) {
				struct fa_str one = fa_str_cut(&names, ',');

				if (!flag_is_known(one))
					fail_msg("%s: no flag '%.*s'", page,
						FA_STR_ARG(one));
			}
		at = end;
	}
}

static void
pages_ask_only_for_flags_that_there_are(void **state)
{
	const struct fc_page_group *g;

	(void)state;
	for (size_t i = 0; (g = fc_page_group(i)); i++)
		for (size_t p = 0; p < g->n; p++)
			check_flags(
				g->pages[p].name, fa_str_c(g->pages[p].html));
}

static void
marks_that_are_none_are_an_error(void **state)
{
	static const char *const bad[] = { "[[=nobody]]", "[[+nobody]]",
		"[[?a]]", "[[/]]", "[[~x]]", "[[", "[[=x" };
	struct fc_view v = { .flags_n = 0 };
	struct fa_buf out;
	struct fa_err err;

	(void)state;
	fa_buf_init(&out, 4096);
	for (size_t i = 0; i < FA_COUNT(bad); i++)
		assert_int_equal(
			fc_page_expand(&out, bad[i], &v, &err), FA_E_INPUT);
	fa_buf_done(&out);
}

static void
ifs_stand_within_ifs(void **state)
{
	struct fc_view v = { .flags_n = 0 };
	struct fa_buf out;
	struct fa_err err;

	(void)state;
	fc_view_flag(&v, "a");
	fa_buf_init(&out, 4096);
	assert_int_equal(
		fc_page_expand(&out,
			"1[[?a]]2[[!a]]3[[?a]]4[[/]][[/]]5[[?b,a]]6[[/]][[/]]7",
			&v, &err),
		FA_OK);
	assert_string_equal(out.p, "12567");
	fa_buf_done(&out);
}

static void
there_are_cases_enough_and_no_name_twice(void **state)
{
	const struct fc_case *c, *d;
	unsigned mutants = 0, negatives = 0;

	(void)state;
	for (size_t i = 0; (c = fc_case_at(i)); i++) {
		struct fc_table t;
		struct fa_err err;

		mutants += c->kind == FC_CASE_MUTANT;
		negatives += c->kind == FC_CASE_NEGATIVE;
		assert_non_null(c->about);
		assert_int_equal(fc_case_table(&t, c, &err), FA_OK);
		assert_int_equal(c->kind == FC_CASE_MUTANT, c->duty != NULL);
		assert_int_equal(
			c->kind == FC_CASE_MUTANT, c->seen != FC_SEEN_NOWHERE);
		if (c->kind != FC_CASE_MUTANT)
			assert_null(c->violation);
		for (size_t k = 0; k < i; k++) {
			d = fc_case_at(k);
			assert_string_not_equal(c->name, d->name);
			assert_string_not_equal(c->about, d->about);
		}
	}
	assert_true(mutants >= 34);
	assert_true(negatives >= 12);
}

static bool
lists(const struct fa_json *list, const char *id)
{
	for (const struct fa_json *j = list->child; j; j = j->next)
		if (fa_str_eq(j->str, fa_str_c(id)))
			return true;
	return false;
}

static void
truth_names_the_duty_and_contradicts_itself_nowhere(void **state)
{
	static const char *const keys[] = { "violation", "compliant",
		"cannot_tell", "open" };
	const struct fc_case *c;

	(void)state;
	for (size_t i = 0; (c = fc_case_at(i)); i++) {
		const struct fa_json *list[4];
		struct fa_json *j;
		struct fa_arena a;
		struct fa_buf out;
		struct fa_err err;
		unsigned times = 0;

		fa_arena_init(&a, 1u << 20);
		fa_buf_init(&out, 1u << 16);
		assert_int_equal(fc_case_truth(&out, c, &err), FA_OK);
		assert_int_equal(
			fa_json_parse(&j, fa_buf_str(&out), &a, &err), FA_OK);
		for (size_t k = 0; k < 4; k++) {
			list[k] = fa_json_find(j, keys[k]);
			assert_non_null(list[k]);
			times += c->duty && lists(list[k], c->duty);
		}
		if (c->duty)
			assert_int_equal(times, 1);
		for (const struct fa_json *id = list[0]->child; id;
			id = id->next)
			for (size_t k = 1; k < 4; k++)
				for (const struct fa_json *o = list[k]->child;
					o; o = o->next)
					assert_false(
						fa_str_eq(id->str, o->str));
		fa_buf_done(&out);
		fa_arena_done(&a);
	}
}

static void
the_notice_has_every_item_of_article_5(void **state)
{
	static const char *const items[] = { "谁在处理", "400-000-0000",
		"处理目的", "处理方式", "保存期限", "为什么用到人脸",
		"对您权益的影响", "您的权利和行使办法", "撤回同意" };
	struct rig r;

	(void)state;
	rig_start(&r, NULL);
	rig_to_ask(&r, "adult");
	for (size_t i = 0; i < FA_COUNT(items); i++)
		if (!rig_says(&r, items[i]))
			fail_msg("the page that asks does not say '%s'",
				items[i]);
	assert_false(rig_says(&r, "checked"));
	rig_stop(&r);
}

/* Adds the page at hand, but for its tokens. */
static void
note_page(struct rig *r, struct fa_buf *seen)
{
	struct fa_str page = rig_page(r), mark = FA_STR("token\" value=\"");
	size_t at = 0, next;

	while ((next = fa_str_find(page, mark, at)) != SIZE_MAX) {
		fa_buf_add(seen, fa_str_sub(page, at, next + mark.n));
		at = next + mark.n + 32;
	}
	fa_buf_add(seen, fa_str_sub(page, at, page.n));
}

/* What a visitor sees who goes everywhere, as a child and as a grown-up. */
static void
tour(const char *case_name, struct fa_buf *seen)
{
	static const char *const steps[][2] = { { "/begin", "age=child" },
		{ "/act", "event=show" }, { "/choose", "method=face" },
		{ "/act", "event=yes&agree=on" },
		{ "/guardian", "say=send&phone=13800138000" },
		{ "/begin", "age=adult" }, { "/act", "event=show" },
		{ "/choose", "method=face" }, { "/act", "event=no" },
		{ "/choose", "method=sms" } };
	static const char *const pages[] = { "/", "/goods", "/settings",
		"/withdraw", "/close", "/policy", "/face-rules",
		"/child-rules" };
	struct rig r;

	rig_start(&r, case_name);
	rig_get(&r, "/phone");
	for (size_t i = 0; i < FA_COUNT(steps); i++) {
		note_page(&r, seen);
		if (fa_str_eq(fa_str_c(steps[i][0]), FA_STR("/begin")))
			rig_get(&r, "/phone");
		rig_post(&r, steps[i][0], steps[i][1]);
	}
	note_page(&r, seen);
	for (size_t i = 0; i < FA_COUNT(pages); i++) {
		rig_get(&r, pages[i]);
		note_page(&r, seen);
	}
	rig_stop(&r);
}

/* ... and what only proofs find shows nowhere. */
static void
every_case_shows_where_it_says_and_nowhere_else(void **state)
{
	struct fa_buf reference, seen;
	const struct fc_case *c;

	(void)state;
	fa_buf_init(&reference, 1u << 20);
	fa_buf_init(&seen, 1u << 20);
	tour(NULL, &reference);
	for (size_t i = 0; (c = fc_case_at(i)); i++) {
		bool same;

		fa_buf_reset(&seen);
		tour(c->name, &seen);
		same = fa_str_eq(fa_buf_str(&reference), fa_buf_str(&seen));
		if (same != (c->seen == FC_SEEN_PROOF || i == 0))
			fail_msg("%s looks %s the reference", c->name,
				same ? "like" : "unlike");
	}
	fa_buf_done(&reference);
	fa_buf_done(&seen);
}

static void
no_page_fetches_from_elsewhere_or_runs_script_of_its_own(void **state)
{
	static const char *const bad[] = { "src='http", "href='http",
		"src=\"http", "onclick", "<script>", "style='", "@import",
		"url(http" };
	const struct fc_page_group *g;

	(void)state;
	for (size_t i = 0; (g = fc_page_group(i)); i++)
		for (size_t p = 0; p < g->n; p++)
			for (size_t k = 0; k < FA_COUNT(bad); k++)
				assert_null(strstr(g->pages[p].html, bad[k]));
	for (size_t k = 0; k < FA_COUNT(bad); k++)
		assert_null(strstr(fc_style_css, bad[k]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_page_of_every_case_can_be_written),
		cmocka_unit_test(pages_ask_only_for_flags_that_there_are),
		cmocka_unit_test(marks_that_are_none_are_an_error),
		cmocka_unit_test(ifs_stand_within_ifs),
		cmocka_unit_test(there_are_cases_enough_and_no_name_twice),
		cmocka_unit_test(
			truth_names_the_duty_and_contradicts_itself_nowhere),
		cmocka_unit_test(the_notice_has_every_item_of_article_5),
		cmocka_unit_test(
			every_case_shows_where_it_says_and_nowhere_else),
		cmocka_unit_test(
			no_page_fetches_from_elsewhere_or_runs_script_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
