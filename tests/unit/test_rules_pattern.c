/* Patterns: expansion, what must occur, and what is refused. */
#include "base/re.h"
#include "rules/pattern.h"
#include "fixture_rules.h"

/* Loads the rules with one pattern as the whole condition. */
static void
put_pattern(struct rules *r, const char *pattern)
{
	char find[2000];

	(void)snprintf(find, sizeof(find), "match: '%s'", pattern);
	put_edited(r, "rule.yaml", rule_yaml, "match: '{refuse}{..20}{face}'",
		find);
}

static const struct fa_pattern *
found(struct rules *r, const char *pattern)
{
	const struct fa_bundle *b;

	put_pattern(r, pattern);
	b = loaded(r);
	for (size_t i = 0; i < b->patterns_n; i++) {
		if (fa_str_eq(b->patterns[i].source, fa_str_c(pattern)))
			return &b->patterns[i];
	}
	fail_msg("pattern %s is not in the bundle", pattern);
	return NULL;
}

static void
expands(void **state, const char *pattern, const char *regex)
{
	const struct fa_pattern *p = found(*state, pattern);
	char text[2000];

	(void)snprintf(text, sizeof(text), "%.*s", FA_STR_ARG(p->regex));
	assert_string_equal(text, regex);
}

/* The names of the needs, in the order of the pattern. */
static void
needs(void **state, const char *pattern, const char *names)
{
	struct rules *r = *state;
	const struct fa_pattern *p = found(r, pattern);
	char text[2000] = "";

	for (size_t i = 0; i < p->needs_n; i++) {
		size_t n = strlen(text);

		(void)snprintf(text + n, sizeof(text) - n, "%s%.*s",
			i > 0 ? " & " : "",
			FA_STR_ARG(r->b->lexicons[p->needs[i]].name));
	}
	assert_string_equal(text, names);
}

static void
complains(void **state, const char *pattern, const char *message)
{
	char text[1000];

	put_pattern(*state, pattern);
	(void)snprintf(text, sizeof(text), "rule.yaml:33:7: %s", message);
	refused(*state, text);
}

static void
lexicons_and_gaps_are_filled_in(void **state)
{
	expands(state, "{refuse}{..20}{face}",
		"(?:不同意|拒绝)[^。！？；!?;\\n]{0,20}?"
		"(?:人脸(?:识别)?|刷脸)");
	expands(state, "{face}{..}识别",
		"(?:人脸(?:识别)?|刷脸)[^。！？；!?;\\n]{0,12}?识别");
	expands(state, "人脸[0-9]{2,5}", "人脸[0-9]{2,5}");
}

static void
a_lexicon_in_a_lookbehind_stands_without_group(void **state)
{
	expands(state, "(?<!{refuse})人脸", "(?<!不同意|拒绝)人脸");
	expands(state, "(?<!不|{refuse})人脸", "(?<!不|不同意|拒绝)人脸");
}

static void
words_are_literal(void **state)
{
	put_edited(*state, "lexicon.yaml", lexicon_yaml, "- '刷脸'",
		"- 'Face.ID (1)'");
	expands(state, "{face}", "(?:Face\\.ID\\ \\(1\\)|人脸(?:识别)?)");
}

/* A small generator: tests must not differ from run to run. */
static uint32_t
roll(uint32_t *seed, uint32_t n)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % n;
}

static struct fa_str
random_text(struct fa_buf *b, uint32_t *seed, uint32_t most)
{
	static const char *const runes[] = { "人", "脸", "像", "a", ".", "-" };

	fa_buf_reset(b);
	for (uint32_t n = 1 + roll(seed, most); n > 0; n--)
		fa_buf_adds(b, runes[roll(seed, FA_COUNT(runes))]);
	return fa_buf_str(b);
}

/* The longest word at each place, as an alternation of all would find it. */
static size_t
longest_at(const struct fa_lexicon *x, struct fa_str text, size_t at)
{
	size_t best = 0;

	for (size_t i = 0; i < x->words_n; i++)
		if (x->words[i].n > best &&
			fa_str_starts(
				fa_str_sub(text, at, text.n), x->words[i]))
			best = x->words[i].n;
	return best;
}

static void
common_beginnings_change_no_match(void **state)
{
	struct fa_buf text, pattern;
	struct fa_re_scratch *scratch;
	struct fa_err err;
	uint32_t seed = 1;

	(void)state;
	fa_buf_init(&text, 1u << 16);
	fa_buf_init(&pattern, 1u << 16);
	assert_int_equal(fa_re_scratch_new(&scratch, &err), FA_OK);
	for (int round = 0; round < 300; round++) {
		struct fa_str words[12];
		struct fa_lexicon x = { .words = words };
		struct fa_arena a;
		struct fa_re *re;

		fa_arena_init(&a, 1u << 20);
		for (uint32_t n = 1 + roll(&seed, 12); n > 0; n--) {
			struct fa_str w = random_text(&text, &seed, 4);
			bool known = false;

			for (size_t i = 0; i < x.words_n; i++)
				known |= fa_str_eq(words[i], w);
			if (!known)
				words[x.words_n++] = fa_arena_dup(&a, w);
		}
		fa_buf_reset(&pattern);
		fa_buf_adds(&pattern, "(?:");
		assert_int_equal(fa_pattern_trie(&pattern, &x, &a), FA_OK);
		fa_buf_adds(&pattern, ")");
		assert_int_equal(
			fa_re_new(&re, fa_buf_str(&pattern), &err), FA_OK);
		for (int k = 0; k < 20; k++) {
			struct fa_str t = random_text(&text, &seed, 12);
			struct fa_re_hit hit = { 0, 0 };
			size_t at = 0;

			while (at < t.n && longest_at(&x, t, at) == 0)
				at++;
			assert_int_equal(
				fa_re_find(re, scratch, t, 0, &hit, &err),
				at < t.n);
			if (at < t.n) {
				assert_int_equal(hit.from, at);
				assert_int_equal(
					hit.to, at + longest_at(&x, t, at));
			}
		}
		fa_re_free(re);
		fa_arena_done(&a);
	}
	fa_re_scratch_free(scratch);
	fa_buf_done(&text);
	fa_buf_done(&pattern);
}

static void
what_must_occur_is_known(void **state)
{
	needs(state, "{refuse}{..20}{face}", "refuse & face");
	needs(state, "{refuse}?{..20}{face}", "face");
	needs(state, "必须(?:刷脸)?认证", "=必须 & =认证");
	needs(state, "(?:收集|采集)您的?脸部", "=收集|采集 & =脸部");
	needs(state, "您[0-9]", "=您");
	needs(state, "{face}{0,2}识别码", "=识别码");
	needs(state, "人脸识?别码", "=人脸 & =别码");
	needs(state, "拒绝|不同意", "=不同意|拒绝");
	needs(state, "(?!不){face}", "face");
}

static void
ignored_case_is_no_gate(void **state)
{
	needs(state, "(?i)sdk{..8}{face}", "face");
	put_edited(
		*state, "lexicon.yaml", lexicon_yaml, "- '刷脸'", "- 'FaceID'");
	needs(state, "(?i){face}{..8}{refuse}", "refuse");
	complains(state, "(?i){face}",
		"pattern has no word that must occur; write a lexicon or "
		"literal characters that are not optional, in every branch");
}

static void
brackets_that_stand_for_themselves_end(void **state)
{
	needs(state, "人脸}识别", "=人脸 & =识别");
	needs(state, "[[:alpha:]人]{2}识别]", "=识别");
}

static void
a_pattern_needs_a_word(void **state)
{
	static const char message[] =
		"pattern has no word that must occur; write a lexicon or "
		"literal characters that are not optional, in every branch";

	complains(state, "[0-9]{2,5}", message);
	complains(state, "{face}?[0-9]", message);
	complains(state, "人脸|[0-9]", message);
	complains(state, "(?=人脸)", message);
}

static void
full_width_punctuation_is_named_with_the_ascii_form(void **state)
{
	complains(state, "{face}，{refuse}",
		"pattern, character 7: '，' (U+FF0C) can never match, because "
		"text is normalised before matching; write ','");
	complains(state, "{face}（{refuse}",
		"pattern, character 7: '（' (U+FF08) can never match, because "
		"text is normalised before matching; write '\\('");
	complains(state, "人脸[：]",
		"pattern, character 4: '：' (U+FF1A) can never match, because "
		"text is normalised before matching; write ':'");
	complains(state, "人臉",
		"pattern, character 2: '臉' (U+81C9) can never match, because "
		"text is normalised before matching; write '脸'");
	complains(state, "登陆{face}",
		"pattern, character 1: '登陆' can never match, because text is "
		"normalised; write '登录'");
	complains(state, "人脸 识别",
		"pattern, character 3: a blank between Chinese characters can "
		"never match, because text is normalised; delete it");
}

static void
lexicons_and_gaps_that_do_not_exist_are_refused(void **state)
{
	complains(state, "{fcae}",
		"pattern, character 1: unknown lexicon {fcae}; did you mean "
		"{face}?");
	complains(state, "人脸{something_else}",
		"pattern, character 3: unknown lexicon {something_else}");
	complains(state, "{face}{..61}",
		"pattern, character 7: gap of 61 characters; the limit is 60");
	complains(state, "{face}{..x}",
		"pattern, character 7: '{..x}' is no gap; expected {..} or "
		"{..N} with N from 1 to 60");
	complains(state, "{Face}",
		"pattern, character 1: '{Face}' is neither a lexicon {name} "
		"nor a gap {..N} nor a repetition {2,5}");
	complains(state, "人脸{face",
		"pattern, character 3: '{' without '}'; write \\{ for the "
		"character");
}

static void
repetitions_without_end_are_refused(void **state)
{
	complains(state, "{face}.*{refuse}",
		"pattern, character 8: '*' behind . or an open class runs "
		"without end; write a gap such as {..20}");
	complains(state, "{face}[^。]+{refuse}",
		"pattern, character 11: '+' behind . or an open class runs "
		"without end; write a gap such as {..20}");
	complains(state, "(?:人脸)+",
		"pattern, character 7: '+' repeats without end; write {1,20}");
	complains(state, "{face}{2,}",
		"pattern, character 7: '{2,}' repeats without end; write "
		"{2,20}");
	expands(state, "人脸[0-9]+", "人脸[0-9]+");
	expands(state, "人脸\\d*次", "人脸\\d*次");
}

static void
what_pcre2_refuses_is_told_with_its_place(void **state)
{
	complains(state, "{face}(?:识别",
		"pattern, character 12: missing closing parenthesis");
	complains(state, "人脸)",
		"pattern, character 3: unmatched closing parenthesis");
	complains(state, "{face}[b-a]",
		"pattern, character 10: range out of order in character "
		"class");
	complains(state, "(?<!{refuse}.)人脸",
		"pattern, with its lexicons filled in: lookbehind assertion "
		"is not fixed length");
}

static void
dangerous_parts_of_pcre2_are_refused(void **state)
{
	complains(state, "(*NO_JIT){face}",
		"pattern, character 1: '(*' begins a directive to PCRE2, "
		"which is not allowed in rules");
	complains(state, "{face}\\K识别",
		"pattern, character 7: \\K is not allowed in rules");
	complains(state, "{face}(?R)?",
		"pattern, character 7: '(?R' is not allowed in rules; "
		"expected (?:, (?i), (?=, (?!, (?<= or (?<!");
	complains(state, "(?x){face}",
		"pattern, character 1: the option x is not allowed in rules");
}

static void
equal_patterns_are_kept_once(void **state)
{
	struct rules *r = *state;

	put_edited(r, "rule.yaml", rule_yaml, "'其他方式'", "'短信验证'");
	assert_int_equal(loaded(r)->patterns_n, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RULES_TEST(lexicons_and_gaps_are_filled_in),
		RULES_TEST(a_lexicon_in_a_lookbehind_stands_without_group),
		RULES_TEST(words_are_literal),
		RULES_TEST(common_beginnings_change_no_match),
		RULES_TEST(what_must_occur_is_known),
		RULES_TEST(ignored_case_is_no_gate),
		RULES_TEST(brackets_that_stand_for_themselves_end),
		RULES_TEST(a_pattern_needs_a_word),
		RULES_TEST(full_width_punctuation_is_named_with_the_ascii_form),
		RULES_TEST(lexicons_and_gaps_that_do_not_exist_are_refused),
		RULES_TEST(repetitions_without_end_are_refused),
		RULES_TEST(what_pcre2_refuses_is_told_with_its_place),
		RULES_TEST(dangerous_parts_of_pcre2_are_refused),
		RULES_TEST(equal_patterns_are_kept_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
