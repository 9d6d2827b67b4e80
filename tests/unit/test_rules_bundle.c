/* What loading makes of rules, and their compiled form. */
#include "fixture_rules.h"

#include "model/wilson.h"

static struct fa_bundle *
parsed(struct rules *r, struct fa_str json)
{
	struct fa_bundle *b = NULL;

	if (fa_rules_parse_bundle(&b, json, &r->a, &r->err) != FA_OK)
		fail_msg("%s", r->err.msg);
	return b;
}

static void
same(struct fa_str a, struct fa_str b)
{
	assert_int_equal(a.n, b.n);
	assert_memory_equal(a.p, b.p, a.n);
}

static const struct fa_lexicon *
lexicon(const struct fa_bundle *b, const char *name)
{
	for (size_t i = 0; i < b->lexicons_n; i++) {
		if (fa_str_eq(b->lexicons[i].name, fa_str_c(name)))
			return &b->lexicons[i];
	}
	fail_msg("no lexicon %s", name);
	return NULL;
}

static void
words(const struct fa_lexicon *x, const char *expected)
{
	char text[500] = "";

	for (size_t i = 0; i < x->words_n; i++) {
		size_t n = strlen(text);

		(void)snprintf(text + n, sizeof(text) - n, "%s%.*s",
			i > 0 ? "|" : "", FA_STR_ARG(x->words[i]));
	}
	assert_string_equal(text, expected);
}

static void
flow_rules_and_parts_survive_the_round_trip(void **state)
{
	struct rules *r = *state;
	const struct fa_bundle *b;
	const struct fa_rule *rule;
	struct fa_bundle *again;
	uint32_t part;

	put(r, "a.yaml",
		"obligation: FRM.10.1.a\npart_of: FRM.10.1\n"
		"instrument: FRM\narticle: '10(1)'\nkind: prohibition\n"
		"severity: high\nsilent: not_applicable\n"
		"applies_if:\n  scope: FACE_ID\n"
		"title:\n  zh: '甲'\n  en: 'a'\n"
		"why:\n  zh: '乙'\n  en: 'b'\n"
		"fix:\n  zh: '丙'\n  en: 'c'\n"
		"rules:\n  - id: FRM.10.1.a-sole\n    judges: flow\n"
		"    verdict: violation\n"
		"    title:\n      zh: '丁'\n      en: 'd'\n"
		"    find:\n      all:\n        - fact: sole_method\n"
		"        - in: path\n          match: '{face}'\n");
	b = loaded(r);
	again = parsed(r, written(r, b));
	same(written(r, b), written(r, again));
	part = fa_bundle_obligation(again, FA_STR("FRM.10.1.a"));
	assert_int_equal(fa_bundle_whole(again, part),
		fa_bundle_obligation(again, FA_STR("FRM.10.1")));
	rule = &again->rules[fa_bundle_rule(again, FA_STR("FRM.10.1.a-sole"))];
	assert_true(rule->on_flow);
	assert_int_equal(rule->find->child[0].kind, FA_COND_FACT);
	assert_int_equal(rule->find->child[0].fact, FA_FACT_SOLE_METHOD);
	assert_int_equal(rule->find->child[1].region, FA_REGION_PATH);
}

static void
the_round_trip_is_byte_identical(void **state)
{
	struct rules *r = *state;
	const struct fa_bundle *b;
	struct fa_bundle *again;
	struct fa_str first;

	put(r, "scope.yaml",
		"scope: FACE_ID\nrules:\n  - id: SCOPE-FACE_ID-a\n"
		"    title:\n      zh: '核验'\n      en: 'check'\n"
		"    find: '{face}'\n");
	put(r, "precision.yaml",
		"measured:\n  sets:\n    - name: 'corpora'\n"
		"      documents: 48\n      sha256: 'ab12'\n  rules:\n"
		"    FRM.10.1-sole:\n      hits: 12\n      right: 11\n"
		"    FRM.10.1-gap:\n      hits: 4\n      right: 4\n"
		"    FRM.99-gone:\n      hits: 4\n      right: 4\n");
	b = loaded(r);
	assert_int_equal(b->unmeasured_n, 1);
	first = written(r, b);
	again = parsed(r, first);
	same(first, written(r, again));
	assert_string_equal(b->sha256, again->sha256);
	assert_int_equal(again->rules_n, 3);
	assert_int_equal(again->patterns_n, b->patterns_n);
	assert_int_equal(again->lexicons_n, b->lexicons_n);
	for (size_t i = 0; i < b->patterns_n; i++)
		same(b->patterns[i].regex, again->patterns[i].regex);
	same(first, written(r, parsed(r, written(r, again))));
}

static void
names_of_files_do_not_matter(void **state)
{
	struct rules *r = *state;
	struct fa_bundle *b = NULL;
	char before[FA_HASH_HEX_BYTES];
	char path[128];

	b = parsed(r, written(r, loaded(r)));
	memcpy(before, b->sha256, sizeof(before));
	put(r, "a.yaml", rule_yaml);
	put(r, "z.yaml", lexicon_yaml);
	(void)snprintf(path, sizeof(path), "%s/rule.yaml", r->dir);
	assert_int_equal(unlink(path), 0);
	(void)snprintf(path, sizeof(path), "%s/lexicon.yaml", r->dir);
	assert_int_equal(unlink(path), 0);
	assert_string_equal(before, loaded(r)->sha256);
}

static void
the_canonical_form_is_as_documented(void **state)
{
	struct rules *r = *state;
	struct fa_str text = written(r, loaded(r));
	static const char find[] =
		"\"find\":{\"all\":[{\"match\":\"{refuse}{..20}{face}\","
		"\"polarity\":\"affirmed\"},{\"none\":[{\"match\":"
		"\"其他方式\"}]}]},\"id\":\"FRM.10.1-sole\"";
	static const char unless[] =
		"\"unless\":[{\"in\":\"near 2\",\"match\":\"短信验证\"}],"
		"\"verdict\":\"violation\"";

	assert_true(fa_str_starts(text,
		FA_STR("{\"bundle\":{\"format\":\"faceaudit-rules/1\","
		       "\"instruments\":[{\"binding\":true,\"code\":\"FRM\","
		       "\"in_force_from\":20250601,\"in_force_to\":0,")));
	assert_true(fa_str_find(text, fa_str_c(find), 0) != SIZE_MAX);
	assert_true(fa_str_find(text, fa_str_c(unless), 0) != SIZE_MAX);
	assert_true(fa_str_find(text, FA_STR("-gap"), 0) == SIZE_MAX);
	assert_true(fa_str_find(text, FA_STR("\n"), 0) == SIZE_MAX);
}

static void
a_changed_bundle_is_refused(void **state)
{
	struct rules *r = *state;
	struct fa_str text = written(r, loaded(r));
	struct fa_bundle *b = NULL;
	char *copy = malloc(text.n);
	size_t at = fa_str_find(text, FA_STR("violation"), 0);

	assert_non_null(copy);
	memcpy(copy, text.p, text.n);
	copy[at] = 'V';
	assert_int_equal(
		fa_rules_parse_bundle(
			&b, (struct fa_str){ copy, text.n }, &r->a, &r->err),
		FA_E_INPUT);
	assert_non_null(strstr(r->err.msg, "the bundle was changed"));
	free(copy);
	assert_int_equal(
		fa_rules_parse_bundle(
			&b, fa_str_sub(text, 0, text.n - 1), &r->a, &r->err),
		FA_E_INPUT);
	assert_non_null(strstr(r->err.msg, "not a compiled bundle"));
	assert_int_equal(
		fa_rules_parse_bundle(&b, FA_STR("{}"), &r->a, &r->err),
		FA_E_INPUT);
	assert_null(b);
}

static void
words_are_folded_joined_and_sorted(void **state)
{
	struct rules *r = *state;

	put_edited(r, "lexicon.yaml", lexicon_yaml, "- '刷脸'",
		"- '人臉'\n      - 'Ｆａｃｅ'\n      - '登陆'\n"
		"      - '人 脸'\n      - 'face ID'\n      - '帐号'");
	words(lexicon(loaded(r), "face"),
		"人脸识别|face ID|人脸|登录|账号|Face");
	words(lexicon(r->b, "both"),
		"人脸识别|不同意|face ID|人脸|拒绝|登录|账号|Face");
	assert_true(lexicon(r->b, "face")->included);
	assert_false(lexicon(r->b, "both")->included);
}

static void
silence_has_a_rule_of_its_own(void **state)
{
	const struct fa_bundle *b = loaded(*state);
	const struct fa_obligation *o = &b->obligations[0];
	const struct fa_rule *gap;

	assert_int_equal(b->rules_n, 2);
	assert_int_not_equal(o->gap_rule, FA_RULE_NONE);
	gap = &b->rules[o->gap_rule];
	assert_true(fa_str_eq(gap->id, FA_STR("FRM.10.1-gap")));
	assert_int_equal(gap->verdict, FA_VERDICT_GAP);
	assert_null(gap->find);
	assert_true(fa_str_eq(
		gap->title.in[FA_LANG_EN], FA_STR("no other way is named")));
}

static void
obligations_know_law_weight_and_scope(void **state)
{
	const struct fa_bundle *b = loaded(*state);
	const struct fa_obligation *o = &b->obligations[0];
	const struct fa_instrument *it = &b->instruments[o->instrument];

	assert_true(fa_str_eq(it->code, FA_STR("FRM")));
	assert_int_equal(it->in_force_from, 20250601);
	assert_int_equal(it->in_force_to, 0);
	assert_null(b->instruments[1].number.p);
	assert_int_equal(o->loss, 450);
	assert_int_equal(o->scopes, FA_SCOPE_BIT(FA_SCOPE_FACE_ID));
	assert_int_equal(o->refs_n, 1);
	assert_int_equal(b->established, 900);
	assert_int_equal(b->probable, 700);
}

static void
drafts_are_never_in_force(void **state)
{
	struct rules *r = *state;

	put_edited(r, "instruments.yaml", instruments_yaml, "'2021-11-01'",
		"'draft'");
	assert_int_equal(loaded(r)->instruments[1].in_force_from, 0);
}

static void
a_condition_with_several_parts_asks_for_all(void **state)
{
	const struct fa_bundle *b = loaded(*state);
	const struct fa_rule *rule =
		&b->rules[fa_bundle_rule(b, FA_STR("FRM.10.1-sole"))];
	const struct fa_cond *find = rule->find;

	assert_int_equal(find->kind, FA_COND_ALL);
	assert_int_equal(find->child_n, 2);
	assert_int_equal(find->child[0].kind, FA_COND_PATTERN);
	assert_int_equal(find->child[0].polarity, FA_POLARITY_AFFIRMED);
	assert_int_equal(find->child[1].kind, FA_COND_NONE);
	assert_int_equal(rule->unless->kind, FA_COND_ANY);
	assert_int_equal(rule->unless->child[0].region, FA_REGION_NEAR);
	assert_int_equal(rule->unless->child[0].near, 2);
	assert_int_equal(rule->examples_n, 2);
	assert_true(rule->examples[0].matches);
	assert_false(rule->examples[1].matches);
}

static void
precision_is_the_lower_wilson_bound(void **state)
{
	struct rules *r = *state;
	uint32_t i;

	put(r, "precision.yaml",
		"measured:\n  rules:\n    FRM.10.1-sole:\n"
		"      hits: 12\n      right: 11\n");
	i = fa_bundle_rule(loaded(r), FA_STR("FRM.10.1-sole"));
	assert_int_equal(r->b->rules[i].hits, 12);
	assert_int_equal(r->b->rules[i].right, 11);
	assert_int_equal(r->b->rules[i].precision, 646);
}

static void
a_bundle_file_loads_like_its_directory(void **state)
{
	struct rules *r = *state;
	struct fa_str text = written(r, loaded(r));
	struct fa_bundle *b = NULL;
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/b.json", r->dir);
	assert_int_equal(fa_file_replace(fa_str_c(path), text, &r->err), FA_OK);
	assert_int_equal(
		fa_rules_load(&b, fa_str_c(path), &r->a, &r->err), FA_OK);
	assert_string_equal(b->sha256, r->b->sha256);
	(void)unlink(path);
}

static void
running_out_of_memory_is_an_error(void **state)
{
	struct rules *r = *state;

	for (size_t limit = 0; limit < 400000; limit += 9973) {
		struct fa_bundle *b = NULL;
		struct fa_arena a;
		int rc;

		fa_arena_init(&a, limit);
		rc = fa_rules_load(&b, fa_str_c(r->dir), &a, &r->err);
		assert_true(rc == FA_OK || rc == FA_E_NOMEM);
		assert_true((rc == FA_OK) == (b != NULL));
		fa_arena_done(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RULES_TEST(the_round_trip_is_byte_identical),
		RULES_TEST(flow_rules_and_parts_survive_the_round_trip),
		RULES_TEST(names_of_files_do_not_matter),
		RULES_TEST(the_canonical_form_is_as_documented),
		RULES_TEST(a_changed_bundle_is_refused),
		RULES_TEST(words_are_folded_joined_and_sorted),
		RULES_TEST(silence_has_a_rule_of_its_own),
		RULES_TEST(obligations_know_law_weight_and_scope),
		RULES_TEST(drafts_are_never_in_force),
		RULES_TEST(a_condition_with_several_parts_asks_for_all),
		RULES_TEST(precision_is_the_lower_wilson_bound),
		RULES_TEST(a_bundle_file_loads_like_its_directory),
		RULES_TEST(running_out_of_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
