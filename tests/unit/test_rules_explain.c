/* Lint, explanations, and the nearest id. */
#include "fixture_rules.h"

#include "base/utf8.h"
#include "rules/nearest.h"

/* All remarks, one per line: "file:line: [!]message"; ! is fatal. */
static void
remarks(struct rules *r, const char *expected)
{
	struct fa_lints lints = { NULL, 0 };
	char text[6000] = "";

	assert_int_equal(
		fa_rules_lint(loaded(r), &lints, &r->a, &r->err), FA_OK);
	for (size_t i = 0; i < lints.n; i++) {
		struct fa_str file = lints.at[i].file;
		size_t n = strlen(text);

		if (fa_str_starts(file, fa_str_c(r->dir)))
			file = fa_str_sub(file, strlen(r->dir) + 1, file.n);
		(void)snprintf(text + n, sizeof(text) - n, "%.*s:%u: %s%.*s\n",
			FA_STR_ARG(file), (unsigned)lints.at[i].line,
			lints.at[i].fatal ? "!" : "",
			FA_STR_ARG(lints.at[i].message));
	}
	assert_string_equal(text, expected);
}

#define NO_LEDGER                                                              \
	"ledger.yaml:0: there is no ledger to say which paragraphs the rules " \
	"cover\n"

static const char five[] = "      match:\n"
			   "        - '如您拒绝人脸识别，将无法使用本服务。'\n"
			   "        - '若您拒绝刷脸，将无法登录。'\n"
			   "        - '您不同意人脸识别的，不予注册。'\n"
			   "        - '拒绝人脸认证的用户不能下单。'\n"
			   "        - '不同意刷脸即不能提现。'\n"
			   "      no_match:\n"
			   "        - '您可以使用短信验证码登录。'\n"
			   "        - '☑ 同意并继续下一步'\n"
			   "        - '我们不收集人脸信息。'\n"
			   "        - '拒绝定位不影响使用。'\n"
			   "        - '人脸识别用于登录。'\n";

static const char one[] = "      match:\n"
			  "        - '如您拒绝人脸识别，将无法使用本服务。'\n"
			  "      no_match:\n"
			  "        - '您可以使用短信验证码登录本服务。'\n";

static void
a_good_rule_has_no_remarks_but_on_lexicons(void **state)
{
	struct rules *r = *state;

	put_edited(r, "rule.yaml", rule_yaml, one, five);
	remarks(r,
		"lexicon.yaml:12: lexicon both is used by no "
		"pattern\n" NO_LEDGER);
}

static void
too_few_examples_are_fatal(void **state)
{
	remarks(*state,
		"lexicon.yaml:12: lexicon both is used by no pattern\n"
		"rule.yaml:26: !FRM.10.1-sole: 1 match examples, at least 5 "
		"needed\n"
		"rule.yaml:26: !FRM.10.1-sole: 1 no_match examples, at least "
		"5 needed\n" NO_LEDGER);
}

static void
fragments_are_refused_and_repeats_remarked(void **state)
{
	struct rules *r = *state;
	char text[4000];

	(void)snprintf(text, sizeof(text), "%s", five);
	put_edited(r, "rule.yaml", rule_yaml, one,
		"      match:\n"
		"        - '拒绝人脸'\n"
		"        - "
		"'如您拒绝人脸识别则我们将无法继续向您提供本服务内容'\n"
		"        - '您不同意人脸识别的，不予注册。'\n"
		"        - '您不同意人脸识别的，不予注册。'\n"
		"        - '人脸识别用于登录。'\n"
		"      no_match:\n"
		"        - '您可以使用短信验证码登录。'\n"
		"        - '☑ 同意并继续下一步'\n"
		"        - '我们不收集人脸信息。'\n"
		"        - '拒绝定位不影响使用。'\n"
		"        - '人脸识别用于登录。'\n");
	remarks(r,
		"lexicon.yaml:12: lexicon both is used by no pattern\n"
		"rule.yaml:26: !FRM.10.1-sole: example is a fragment: "
		"如您拒绝人脸识别则我们将无法继续向您提供本服务内容\n"
		"rule.yaml:26: !FRM.10.1-sole: example is a fragment: "
		"拒绝人脸\n"
		"rule.yaml:26: !FRM.10.1-sole: example stands in match and in "
		"no_match: 人脸识别用于登录。\n"
		"rule.yaml:26: FRM.10.1-sole: example stands twice: "
		"您不同意人脸识别的，不予注册。\n" NO_LEDGER);
}

static void
texts_law_words_and_measurements_are_remarked(void **state)
{
	struct rules *r = *state;
	char text[4000];
	const char *at = strstr(rule_yaml, one);

	(void)snprintf(text, sizeof(text), "%.*s%s%s", (int)(at - rule_yaml),
		rule_yaml, five, at + strlen(one));
	put_edited(r, "rule.yaml", text, "zh: '提供其他方式'",
		"zh: 'Offer another way'");
	put_edited(r, "instruments.yaml", instruments_yaml, "binding: yes",
		"binding: no");
	put_edited(r, "lexicon.yaml", lexicon_yaml, "- '刷脸'", "- '脸'");
	put(r, "precision.yaml",
		"measured:\n  rules:\n    FRM.9-gone:\n"
		"      hits: 1\n      right: 1\n");
	remarks(r,
		"lexicon.yaml:2: lexicon face has the word '脸' of one "
		"character, which slows every search\n"
		"lexicon.yaml:12: lexicon both has the word '脸' of one "
		"character, which slows every search\n"
		"lexicon.yaml:12: lexicon both is used by no pattern\n"
		"rule.yaml:1: FRM.10.1: the zh text of title is not Chinese\n"
		"rule.yaml:1: FRM.10.1: title is the same text "
		"twice\n" NO_LEDGER
		"precision.yaml:0: measures FRM.9-gone, which is no rule or "
		"obligation\n");
}

static void
a_rule_without_law_behind_it_is_remarked(void **state)
{
	struct rules *r = *state;
	struct fa_lints lints = { NULL, 0 };
	bool seen = false;

	put_edited(r, "instruments.yaml", instruments_yaml,
		"gov.cn/'\n    binding: yes\n  FRM:",
		"gov.cn/'\n    binding: no\n  FRM:");
	put_edited(r, "instruments.yaml", instruments_yaml,
		"https://www.cac.gov.cn/'\n    binding: yes",
		"https://www.cac.gov.cn/'\n    binding: no");
	put_edited(r, "rule.yaml", rule_yaml,
		"refs:\n  - instrument: PIPL\n    article: '28'\n", "");
	assert_int_equal(
		fa_rules_lint(loaded(r), &lints, &r->a, &r->err), FA_OK);
	for (size_t i = 0; i < lints.n; i++) {
		seen = seen ||
			fa_str_find(lints.at[i].message,
				FA_STR("does not bind"), 0) != SIZE_MAX;
	}
	assert_true(seen);
}

static struct fa_str
explained(struct rules *r, const char *id, enum fa_lang lang)
{
	struct fa_buf out;
	struct fa_str text;

	fa_buf_init(&out, 1 << 20);
	if (fa_rules_explain(r->b, fa_str_c(id), lang, &out, &r->err) != FA_OK)
		fail_msg("%s", r->err.msg);
	text = fa_arena_dup(&r->a, fa_buf_str(&out));
	fa_buf_done(&out);
	return text;
}

static void
fits(struct fa_str text)
{
	while (text.n > 0) {
		struct fa_str line = fa_str_cut(&text, '\n');

		assert_true(fa_utf8_columns(line) <= 80);
	}
}

static void
a_rule_is_explained_in_english(void **state)
{
	struct rules *r = *state;
	struct fa_str text;

	(void)loaded(r);
	text = explained(r, "FRM.10.1-sole", FA_LANG_EN);
	assert_string_equal(text.p,
		"FRM.10.1-sole\n"
		"            no service after refusal\n"
		"\n"
		"duty        FRM.10.1 Offer another way\n"
		"law         Face measures, Art. 10(1) (in force from "
		"2025-06-01)\n"
		"page        https://www.cac.gov.cn/\n"
		"see also    Personal Information Protection Law, Art. 28\n"
		"nature      duty, severity high\n"
		"applies     to documents on FACE_ID\n"
		"verdict     violation (test rule)\n"
		"looks for   - all of:\n"
		"              - {refuse} ...20... {face} (affirmed)\n"
		"              - none of:\n"
		"                - 其他方式\n"
		"unless      - any of:\n"
		"              - within 2 sentences around, 短信验证\n"
		"words       {face}: 刷脸, 人脸, 人脸识别\n"
		"            {refuse}: 拒绝, 不同意\n"
		"examples    - 如您拒绝人脸识别，将无法使用本服务。\n"
		"but not     - 您可以使用短信验证码登录本服务。\n"
		"measured    not measured\n"
		"recall      not measured\n"
		"mistakes    引用他人政策。\n"
		"why         The face must not be the only way.\n"
		"remedy      Offer a text message.\n");
	fits(text);
}

static void
an_obligation_is_explained_in_chinese(void **state)
{
	struct rules *r = *state;
	struct fa_str text;

	put(r, "scope.yaml",
		"scope: FACE_ID\nrules:\n  - id: SCOPE-FACE_ID-a\n"
		"    title:\n      zh: '核验'\n      en: 'check'\n"
		"    find: '{face}'\n");
	(void)loaded(r);
	text = explained(r, "FRM.10.1", FA_LANG_ZH);
	assert_string_equal(text.p,
		"FRM.10.1\n"
		"            提供其他方式\n"
		"\n"
		"依据        《人脸识别办法》第 10(1) 条（自 2025-06-01 "
		"起施行）\n"
		"官方页面    https://www.cac.gov.cn/\n"
		"另见        《个人信息保护法》第 28 条\n"
		"性质        义务性规定，严重程度：高\n"
		"适用        文档涉及 FACE_ID\n"
		"未提及时    没有说明其他方式\n"
		"理由        人脸不得为唯一方式。\n"
		"整改        提供短信验证。\n"
		"召回        未测量\n"
		"规则        - FRM.10.1-gap（缺失）没有说明其他方式\n"
		"            - FRM.10.1-sole（违规）拒绝后不能使用\n");
	fits(text);
}

static void
a_scope_rule_is_explained_without_duty(void **state)
{
	struct rules *r = *state;

	put(r, "scope.yaml",
		"scope: PHOTO\nrules:\n  - id: SCOPE-PHOTO-a\n"
		"    title:\n      zh: '照片'\n      en: 'photo'\n"
		"    find: '{face}{..}照片'\n");
	(void)loaded(r);
	assert_string_equal(explained(r, "SCOPE-PHOTO-a", FA_LANG_EN).p,
		"SCOPE-PHOTO-a\n"
		"            photo\n"
		"\n"
		"verdict     the document is on PHOTO (experimental rule)\n"
		"looks for   - {face} ...12... 照片\n"
		"words       {face}: 刷脸, 人脸, 人脸识别\n"
		"measured    not measured\n");
}

static void
measured_rules_state_their_interval(void **state)
{
	struct rules *r = *state;

	put(r, "precision.yaml",
		"measured:\n  rules:\n    FRM.10.1-gap:\n"
		"      hits: 12\n      right: 11\n");
	(void)loaded(r);
	assert_non_null(strstr(explained(r, "FRM.10.1-gap", FA_LANG_EN).p,
		"measured    right on 11 of 12 labelled documents; 95 % "
		"interval 64.6-98.6 %\n"));
}

static void
long_texts_wrap_at_80_columns(void **state)
{
	struct rules *r = *state;

	put_edited(r, "rule.yaml", rule_yaml, "zh: '人脸不得为唯一方式。'",
		"zh: '实现相同目的或者达到同等业务要求，存在其他非人脸识别技术"
		"方式的，不得将人脸识别技术作为唯一验证方式（包括 SDK 与 API "
		"接入的情形）；个人不同意的，应当提供其他合理、便捷的方式。'");
	(void)loaded(r);
	fits(explained(r, "FRM.10.1-sole", FA_LANG_ZH));
	fits(explained(r, "FRM.10.1", FA_LANG_ZH));
}

static void
an_unknown_id_names_near_ones(void **state)
{
	struct rules *r = *state;
	struct fa_buf out;

	(void)loaded(r);
	fa_buf_init(&out, 1000);
	assert_int_equal(fa_rules_explain(r->b, FA_STR("frm.10.1-sol"),
				 FA_LANG_EN, &out, &r->err),
		FA_E_NOTFOUND);
	assert_string_equal(r->err.msg,
		"no rule or obligation 'frm.10.1-sol'; did you mean "
		"'FRM.10.1-sole'?");
	assert_int_equal(fa_rules_explain(r->b, FA_STR("xyzzy"), FA_LANG_EN,
				 &out, &r->err),
		FA_E_NOTFOUND);
	assert_string_equal(r->err.msg, "no rule or obligation 'xyzzy', see 'faceaudit rules list'");
	fa_buf_done(&out);
}

static size_t
distance(const char *a, const char *b)
{
	struct fa_nearest n;

	fa_nearest_init(&n, fa_str_c(a), FA_NEAREST_MAX);
	fa_nearest_try(&n, fa_str_c(b));
	return n.best.p == NULL ? 99 : n.distance;
}

static void
nearness_counts_edits(void **state)
{
	(void)state;
	assert_int_equal(distance("title", "title"), 0);
	assert_int_equal(distance("Title", "title"), 0);
	assert_int_equal(distance("titel", "title"), 1);
	assert_int_equal(distance("tite", "title"), 1);
	assert_int_equal(distance("titlee", "title"), 1);
	assert_int_equal(distance("tatla", "title"), 2);
	assert_int_equal(distance("tatlu", "titles"), 99);
	assert_int_equal(distance("a", "b"), 99);
	assert_int_equal(distance("", "b"), 99);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RULES_TEST(a_good_rule_has_no_remarks_but_on_lexicons),
		RULES_TEST(too_few_examples_are_fatal),
		RULES_TEST(fragments_are_refused_and_repeats_remarked),
		RULES_TEST(texts_law_words_and_measurements_are_remarked),
		RULES_TEST(a_rule_without_law_behind_it_is_remarked),
		RULES_TEST(a_rule_is_explained_in_english),
		RULES_TEST(an_obligation_is_explained_in_chinese),
		RULES_TEST(a_scope_rule_is_explained_without_duty),
		RULES_TEST(measured_rules_state_their_interval),
		RULES_TEST(long_texts_wrap_at_80_columns),
		RULES_TEST(an_unknown_id_names_near_ones),
		cmocka_unit_test(nearness_counts_edits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
