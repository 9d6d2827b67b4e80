/* The ledger: what the loader refuses, what lint misses, its compiled form,
 * its table. */
#include "fixture_rules.h"

#include "base/utf8.h"
#include "tools/rules_ledger.h"

static const char ledger_yaml[] = "ledger:\n"
				  "  - id: FRM.10.1\n"
				  "    instrument: FRM\n"
				  "    article: '10(1)'\n"
				  "    status: partial\n"
				  "    title:\n"
				  "      zh: '人脸不是唯一方式'\n"
				  "      en: 'the face is not the only way'\n"
				  "    obligations:\n"
				  "      - 'FRM.10.1'\n"
				  "    ask:\n"
				  "      zh: '索取录屏'\n"
				  "      en: 'Ask for a recording'\n"
				  "  - id: FRM.9.1\n"
				  "    instrument: FRM\n"
				  "    article: '9(1)'\n"
				  "    status: out_of_reach\n"
				  "    title:\n"
				  "      zh: '影响评估'\n"
				  "      en: 'impact assessment'\n"
				  "    ask:\n"
				  "      zh: '索取评估报告'\n"
				  "      en: 'Ask for the report'\n";

static void
ledger_edit(void **state, const char *from, const char *to, const char *message)
{
	refused_edit(*state, "ledger.yaml", ledger_yaml, from, to, message);
}

static void
an_obligation_that_no_file_has_is_refused(void **state)
{
	ledger_edit(state, "- 'FRM.10.1'", "- 'FRM.10.2'",
		"ledger.yaml:10:9: unknown obligation 'FRM.10.2'; did you mean "
		"'FRM.10.1'?");
	ledger_edit(state, "- 'FRM.10.1'", "- 'PIPL.47'",
		"ledger.yaml:10:9: unknown obligation 'PIPL.47'; no rule file "
		"has it");
}

static void
a_status_needs_what_it_rests_on(void **state)
{
	ledger_edit(state, "    obligations:\n      - 'FRM.10.1'\n", "",
		"ledger.yaml:2:5: FRM.10.1 is partial, but no obligation "
		"covers it; name some under 'obligations', or change its "
		"status");
	ledger_edit(state, "status: partial", "status: manual",
		"ledger.yaml:2:5: FRM.10.1 is manual, but has obligations that "
		"cover it; call it partial, or name none");
	ledger_edit(state,
		"    ask:\n      zh: '索取评估报告'\n"
		"      en: 'Ask for the report'\n",
		"",
		"ledger.yaml:14:5: FRM.9.1 is out_of_reach, but does not say "
		"why or what to ask the operator for; write 'ask'");
	ledger_edit(state, "status: out_of_reach", "status: automated",
		"ledger.yaml:14:5: FRM.9.1 is automated, but no obligation "
		"covers it; name some under 'obligations', or change its "
		"status");
}

static void
an_automated_paragraph_needs_no_reason(void **state)
{
	struct rules *r = *state;

	put_edited(r, "ledger.yaml", ledger_yaml,
		"status: partial\n    title:\n      zh: '人脸不是唯一方式'\n"
		"      en: 'the face is not the only way'\n"
		"    obligations:\n      - 'FRM.10.1'\n"
		"    ask:\n      zh: '索取录屏'\n"
		"      en: 'Ask for a recording'\n",
		"status: automated\n    title:\n      zh: '甲'\n"
		"      en: 'a'\n    obligations:\n      - 'FRM.10.1'\n");
	assert_null(loaded(r)->ledger[0].ask.in[FA_LANG_ZH].p);
}

static void
slips_of_the_pen_are_named(void **state)
{
	ledger_edit(state, "status: partial", "status: partail",
		"ledger.yaml:5:5: unknown status 'partail'; did you mean "
		"'partial'?");
	ledger_edit(state, "    article: '10(1)'\n", "",
		"ledger.yaml:2:5: an entry of the ledger has no 'article'");
	ledger_edit(state, "    ask:", "    aks:",
		"ledger.yaml:11:5: unknown key in an entry of the ledger: "
		"'aks'; did you mean 'ask'?");
	ledger_edit(state, "id: FRM.9.1", "id: PIPL.9.1",
		"ledger.yaml:14:5: paragraph 'PIPL.9.1' does not begin with "
		"its instrument 'FRM.'");
	ledger_edit(state, "      en: 'Ask for a recording'\n", "",
		"ledger.yaml:11:5: ask has no 'en'");
	ledger_edit(state, "ledger:\n", "ledger:\n  FRM.1:\n    id: a\n",
		"ledger.yaml:4:3: did not find expected key while parsing a "
		"block mapping");
}

static void
nothing_may_stand_twice(void **state)
{
	struct rules *r = *state;

	ledger_edit(state, "id: FRM.9.1", "id: FRM.10.1",
		"ledger.yaml:14:5: paragraph FRM.10.1 stands already in "
		"ledger.yaml, line 2");
	ledger_edit(state, "- 'FRM.10.1'", "- 'FRM.10.1'\n      - 'FRM.10.1'",
		"ledger.yaml:2:5: FRM.10.1 names the obligation FRM.10.1 "
		"twice");
	put(r, "ledger.yaml", ledger_yaml);
	put(r, "z.yaml", ledger_yaml);
	refused(r,
		"z.yaml:1:1: the ledger's entries stand already in "
		"ledger.yaml");
}

/* How many fatal remarks contain this. */
static size_t
errors_with(struct rules *r, const char *part)
{
	struct fa_lints lints = { NULL, 0 };
	size_t n = 0;

	assert_int_equal(
		fa_rules_lint(loaded(r), &lints, &r->a, &r->err), FA_OK);
	for (size_t i = 0; i < lints.n; i++) {
		n += lints.at[i].fatal &&
			fa_str_find(lints.at[i].message, fa_str_c(part), 0) !=
				SIZE_MAX;
	}
	return n;
}

static void
an_obligation_without_an_entry_is_an_error_of_lint(void **state)
{
	struct rules *r = *state;

	put(r, "ledger.yaml", ledger_yaml);
	assert_int_equal(errors_with(r, "no entry of the ledger names it"), 0);
	put_edited(r, "ledger.yaml", ledger_yaml,
		"status: partial\n    title:\n      zh: '人脸不是唯一方式'\n"
		"      en: 'the face is not the only way'\n"
		"    obligations:\n      - 'FRM.10.1'\n",
		"status: manual\n    title:\n      zh: '甲'\n"
		"      en: 'a'\n");
	assert_int_equal(
		errors_with(r, "FRM.10.1: no entry of the ledger names it"), 1);
}

static void
an_article_without_an_entry_is_an_error_of_lint(void **state)
{
	struct rules *r = *state;
	char text[8000] = "";

	put(r, "ledger.yaml", ledger_yaml);
	assert_int_equal(errors_with(r,
				 "no entry for these articles of FRM: 1, 2, 3, "
				 "4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, "
				 "18, 19, 20"),
		1);
	(void)snprintf(text, sizeof(text), "%s", ledger_yaml);
	for (int n = 1; n <= 20; n++) {
		size_t used = strlen(text);

		(void)snprintf(text + used, sizeof(text) - used,
			"  - id: FRM.%d\n    instrument: FRM\n"
			"    article: '%d'\n    status: not_applicable\n"
			"    title:\n      zh: '甲'\n      en: 'a'\n"
			"    ask:\n      zh: '乙'\n      en: 'b'\n",
			n, n);
	}
	put(r, "ledger.yaml", text);
	assert_int_equal(errors_with(r, "no entry for these"), 0);
}

static void
a_ledger_for_another_law_alone_lacks_every_article(void **state)
{
	struct rules *r = *state;

	put(r, "ledger.yaml",
		"ledger:\n  - id: PIPL.10\n    instrument: PIPL\n"
		"    article: '10'\n    status: manual\n"
		"    title:\n      zh: '甲'\n      en: 'a'\n"
		"    ask:\n      zh: '乙'\n      en: 'b'\n");
	assert_int_equal(errors_with(r, "articles of FRM: 1, 2, 3, 4, 5"), 1);
}

static struct fa_bundle *
parsed(struct rules *r, struct fa_str json, int expected)
{
	struct fa_bundle *b = NULL;

	assert_int_equal(
		fa_rules_parse_bundle(&b, json, &r->a, &r->err), expected);
	return b;
}

static void
the_ledger_survives_the_round_trip(void **state)
{
	struct rules *r = *state;
	static const char entry[] =
		"\"ledger\":[{\"article\":\"10(1)\",\"ask\":{\"en\":"
		"\"Ask for a recording\",\"zh\":\"索取录屏\"},\"id\":"
		"\"FRM.10.1\",\"instrument\":\"FRM\",\"obligations\":"
		"[\"FRM.10.1\"],\"status\":\"partial\",\"title\":{\"en\":"
		"\"the face is not the only way\",\"zh\":"
		"\"人脸不是唯一方式\"}},{\"article\":\"9(1)\"";
	uint32_t counts[FA_LEDGER_COUNT];
	struct fa_bundle *again;
	struct fa_str first;

	put(r, "ledger.yaml", ledger_yaml);
	first = written(r, loaded(r));
	assert_true(fa_str_find(first, fa_str_c(entry), 0) != SIZE_MAX);
	again = parsed(r, first, FA_OK);
	assert_true(fa_str_eq(first, written(r, again)));
	assert_int_equal(again->ledger_n, 2);
	assert_int_equal(again->ledger[0].obligations_n, 1);
	assert_int_equal(again->ledger[0].obligations[0], 0);
	assert_int_equal(again->ledger[1].status, FA_LEDGER_OUT_OF_REACH);
	assert_string_equal(
		fa_ledger_name(again->ledger[1].status), "out_of_reach");
	fa_bundle_ledger(again, counts);
	assert_int_equal(counts[FA_LEDGER_PARTIAL], 1);
	assert_int_equal(counts[FA_LEDGER_AUTOMATED], 0);
}

static void
without_a_ledger_the_compiled_form_has_none(void **state)
{
	struct rules *r = *state;
	struct fa_str text = written(r, loaded(r));

	assert_int_equal(r->b->ledger_n, 0);
	assert_true(fa_str_find(text, FA_STR("ledger"), 0) == SIZE_MAX);
}

/* A bundle with a right digest in which one word of the value is another. */
static void
forged(struct rules *r, const char *from, const char *to, const char *message)
{
	struct fa_str text = written(r, loaded(r));
	struct fa_str value = fa_str_sub(text, strlen("{\"bundle\":"),
		text.n - strlen(",\"sha256\":\"\"}") - 64);
	size_t at = fa_str_find(value, fa_str_c(from), 0);
	char hex[FA_HASH_HEX_BYTES];
	struct fa_buf changed;
	struct fa_buf whole;

	assert_true(at != SIZE_MAX);
	fa_buf_init(&changed, 1 << 20);
	fa_buf_init(&whole, 1 << 20);
	fa_buf_add(&changed, fa_str_sub(value, 0, at));
	fa_buf_adds(&changed, to);
	fa_buf_add(&changed, fa_str_sub(value, at + strlen(from), value.n));
	assert_int_equal(
		fa_hash_sha256(hex, fa_buf_str(&changed), &r->err), FA_OK);
	fa_buf_addf(&whole, "{\"bundle\":%.*s,\"sha256\":\"%s\"}",
		FA_STR_ARG(fa_buf_str(&changed)), hex);
	assert_null(parsed(r, fa_buf_str(&whole), FA_E_INPUT));
	assert_string_equal(r->err.msg, message);
	fa_buf_done(&changed);
	fa_buf_done(&whole);
}

static void
a_wrong_ledger_in_a_bundle_is_refused(void **state)
{
	struct rules *r = *state;

	put(r, "ledger.yaml", ledger_yaml);
	forged(r, "[\"FRM.10.1\"]", "[\"FRM.10.7\"]",
		"FRM.10.1: bundle has an unknown obligation in the ledger");
	forged(r, "[\"FRM.10.1\"]", "[7]",
		"FRM.10.1: bundle has an unknown obligation in the ledger");
	forged(r, "\"obligations\":[\"FRM.10.1\"],", "",
		"FRM.10.1: FRM.10.1 is partial, but no obligation covers it; "
		"name some under 'obligations', or change its status");
	forged(r, "\"status\":\"partial\"", "\"status\":\"part\"",
		"FRM.10.1: bundle has an unknown status");
	forged(r, "\"id\":\"FRM.9.1\"", "\"id\":\"FRM.10.1\"",
		"FRM.10.1: two paragraphs have the id FRM.10.1");
}

static void
the_table_keeps_to_80_columns(void **state)
{
	struct rules *r = *state;
	struct fa_buf out;
	struct fa_str s;

	put_edited(r, "ledger.yaml", ledger_yaml, "'Ask for the report'",
		"'Ask for the report of the assessment and the records of "
		"processing; what a policy claims about either proves nothing, "
		"Donaudampfschifffahrtsgesellschaftskapitaen'");
	fa_buf_init(&out, 1 << 20);
	fa_rules_ledger(loaded(r), FA_LANG_EN, &out);
	s = fa_buf_str(&out);
	assert_true(fa_str_find(s, FA_STR("FRM.9.1"), 0) != SIZE_MAX);
	assert_true(fa_str_find(s,
			    FA_STR("FRM: 2 paragraphs: automated 0, partial 1, "
				   "manual 0, out of reach 1, not\n  "
				   "applicable 0\n"),
			    0) != SIZE_MAX);
	for (size_t at = 0; at < s.n;) {
		size_t end = fa_str_find(s, FA_STR("\n"), at);

		assert_true(end != SIZE_MAX);
		assert_true(fa_utf8_columns(fa_str_sub(s, at, end)) <= 80);
		at = end + 1;
	}
	fa_buf_done(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RULES_TEST(an_obligation_that_no_file_has_is_refused),
		RULES_TEST(a_status_needs_what_it_rests_on),
		RULES_TEST(an_automated_paragraph_needs_no_reason),
		RULES_TEST(slips_of_the_pen_are_named),
		RULES_TEST(nothing_may_stand_twice),
		RULES_TEST(an_obligation_without_an_entry_is_an_error_of_lint),
		RULES_TEST(an_article_without_an_entry_is_an_error_of_lint),
		RULES_TEST(a_ledger_for_another_law_alone_lacks_every_article),
		RULES_TEST(the_ledger_survives_the_round_trip),
		RULES_TEST(without_a_ledger_the_compiled_form_has_none),
		RULES_TEST(a_wrong_ledger_in_a_bundle_is_refused),
		RULES_TEST(the_table_keeps_to_80_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
