/* Sentences and clauses against a slow way to cut them: over code points, one
 * by one, each rule of src/segment/cut.c and clauses.c as it is written there,
 * with nothing skipped. Texts are random and made of what the rules speak of.
 */
#include "base/utf8.h"
#include "fixture_segment.h"

#define RUNES_MAX 12000
#define TEXTS 600

struct slow {
	uint32_t cp[RUNES_MAX + 8]; /* 0 behind the end */
	uint32_t at[RUNES_MAX + 8]; /* offsets in bytes */
	size_t pair[RUNES_MAX + 8]; /* index behind the pair that begins here,
				     * or 0 */
	size_t n;
};

static bool
among(uint32_t cp, const char *set)
{
	struct fa_str s = fa_str_c(set);
	uint32_t one;

	while (cp && s.n) {
		s = fa_str_sub(s, fa_utf8_next(s, &one), s.n);
		if (one == cp)
			return true;
	}
	return false;
}

static void
decode(struct slow *t, struct fa_str s)
{
	size_t at, n;

	memset(t, 0, sizeof(*t));
	for (at = 0; at < s.n; at += n) {
		assert_true(t->n < RUNES_MAX);
		n = fa_utf8_next(fa_str_sub(s, at, s.n), &t->cp[t->n]);
		t->at[t->n++] = (uint32_t)at;
	}
	t->at[t->n] = (uint32_t)s.n;
}

static uint32_t
closer_of(uint32_t cp)
{
	static const uint32_t pairs[][2] = { { '(', ')' }, { '[', ']' },
		{ '{', '}' }, { '"', '"' }, { 0x201C, 0x201D },
		{ 0x2018, 0x2019 }, { 0x3008, 0x3009 }, { 0x300A, 0x300B },
		{ 0x300C, 0x300D }, { 0x300E, 0x300F }, { 0x3010, 0x3011 },
		{ 0x3014, 0x3015 } };

	for (size_t i = 0; i < FA_COUNT(pairs); i++)
		if (pairs[i][0] == cp)
			return pairs[i][1];
	return 0;
}

/* The outermost pairs of at most FA_SEGMENT_QUOTE_MAX characters. */
static void
pair(struct slow *t)
{
	size_t open[64], n = 0, i, k;

	for (i = 0; i < t->n; i++) {
		if (t->cp[i] == '\n')
			n = 0;
		for (k = n; k > 0 && n - k < 4; k--)
			if (closer_of(t->cp[open[k - 1]]) == t->cp[i])
				break;
		if (k > 0 && n - k < 4) {
			n = k - 1;
			if (i - open[n] > FA_SEGMENT_QUOTE_MAX)
				continue;
			for (k = open[n]; k < i; k++)
				t->pair[k] = 0;
			t->pair[open[n]] = i + 1;
		} else if (closer_of(t->cp[i])) {
			n = n == 64 ? 0 : n;
			open[n++] = i;
		}
	}
}

static bool
blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == 0xA0;
}

static bool
letter(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
}

static bool
digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

/* Are the letters before index i an English word, and no abbreviation unless
 * the text ends behind it? */
static bool
word_ends(const struct slow *t, size_t from, size_t i, uint32_t after)
{
	static const char *const short_words[] = { "co", "ltd", "inc", "corp",
		"no", "etc", "vs", "mr", "ms", "dr", "art", "sec", "vol", "pte",
		"tel", "ver" };
	char word[17] = "";
	size_t n = 0;

	while (n < 16 && i - n > from && letter(t->cp[i - n - 1]))
		n++;
	for (size_t k = 0; k < n; k++)
		word[k] = (char)(t->cp[i - n + k] | 0x20);
	for (size_t k = 0; k < FA_COUNT(short_words) && after; k++)
		if (strcmp(word, short_words[k]) == 0)
			return false;
	return n >= 2;
}

static bool
dot_ends(const struct slow *t, size_t from, size_t i)
{
	uint32_t prev = i > from ? t->cp[i - 1] : 0, next = t->cp[i + 1];
	bool gap = next == 0 || blank(next) || next == '\n';
	bool far = t->at[i] - t->at[from] >= 12;
	size_t k = i + 1;

	if (prev == '.')
		return gap && i >= from + 2 && t->cp[i - 2] == '.';
	if (fa_rune_is_han(prev))
		return far && (gap || fa_rune_is_han(next));
	while (k - i < 8 && t->cp[k] == ' ')
		k++;
	if (!gap || (t->cp[k] >= 'a' && t->cp[k] <= 'z'))
		return false;
	if (letter(prev))
		return word_ends(t, from, i, t->cp[k]);
	return far && (among(prev, ")\"”") || digit(prev));
}

static bool
stop_ends(const struct slow *t, size_t from, size_t i)
{
	uint32_t prev = i > from ? t->cp[i - 1] : 0, next = t->cp[i + 1];

	if (among(t->cp[i], "!?;"))
		return prev <= ' ' || prev >= 0x7F || among(prev, ")\"") ||
			!(letter(next) || digit(next) || among(next, "=&/%_-"));
	if (t->cp[i] == '.')
		return dot_ends(t, from, i);
	if (among(t->cp[i], "…⋯"))
		return next == 0 || blank(next) || next == '\n';
	return t->cp[i] == 0x3002;
}

/* Index behind what belongs to an end. */
static size_t
sentence_tail(const struct slow *t, size_t from, size_t i)
{
	while (i < t->n && i - from < FA_SEGMENT_SENTENCE_MAX &&
		(among(t->cp[i], "。!?;)]}”’〉》」』】〕") || blank(t->cp[i])))
		i++;
	return t->cp[i] == '\n' ? i + 1 : i;
}

static size_t
sentence(const struct slow *t, size_t from)
{
	size_t i, start = from, end = 0, comma = 0, pair_end = 0;

	/* A pair that was cut by the length of the sentence before. */
	for (i = 0; i < from; i++)
		if (t->pair[i] > from)
			pair_end = t->pair[i];
	while (t->cp[start] == ' ' || t->cp[start] == '\t')
		start++;
	for (i = from; i < t->n; i++) {
		if (t->pair[i])
			pair_end = t->pair[i];
		if (t->cp[i] == ',')
			comma = i + 1;
		if (t->cp[i] == '\n')
			end = i + 1;
		else if (i >= pair_end && stop_ends(t, from, i))
			end = sentence_tail(t, from, i + 1);
		else if (i + 1 == pair_end && t->pair[start] == pair_end &&
			i > from && among(t->cp[i - 1], "。!?"))
			end = sentence_tail(t, from, i + 1);
		if (end)
			return end;
		if (i + 1 - from >= FA_SEGMENT_SENTENCE_MAX)
			return comma ? comma : i + 1;
	}
	return t->n;
}

static bool
begins(const struct slow *t, size_t i, const char *word)
{
	struct fa_str s = fa_str_c(word);
	uint32_t cp;

	for (; s.n; i++) {
		s = fa_str_sub(s, fa_utf8_next(s, &cp), s.n);
		if (t->cp[i] != cp)
			return false;
	}
	return true;
}

static bool
begins_one(const struct slow *t, size_t i, const char *const *words)
{
	for (; *words; words++)
		if (begins(t, i, *words))
			return true;
	return false;
}

static bool
turns(const struct slow *t, size_t i)
{
	static const char *const whole[] = { "然而", "否则", "除非", NULL };
	static const char *const no_but[] = { "不限", "不仅限", "凡", "书",
		"并不限", "不局限", NULL };
	static const char *const however[] = { "您", "我", "用户", "如", "该",
		"若", "在", "仍", "对", "也", "这", "此", "由于", "为", NULL };
	uint32_t prev = i > 0 ? t->cp[i - 1] : 0;

	if (begins(t, i, "但"))
		return !among(prev, "不非") && !begins_one(t, i + 1, no_but);
	if (begins(t, i, "不过"))
		return !among(prev, "只") && begins_one(t, i + 2, however);
	return begins_one(t, i, whole);
}

static size_t
clause_tail(const struct slow *t, size_t i, size_t end)
{
	while (i < end && among(t->cp[i], " \t\n,:。;!?)]}”’〉》」』】〕"))
		i++;
	return i;
}

/* Does the pair at index i hold the sentence but for marks at its end? */
static bool
holds_all(const struct slow *t, size_t i, size_t from, size_t end)
{
	for (size_t k = from; k < i; k++)
		if (!among(t->cp[k], " \t\n\v\f\r"))
			return false;
	return clause_tail(t, t->pair[i], end) == end;
}

static size_t
clause(const struct slow *t, size_t start, size_t from, size_t end)
{
	bool begun = false;

	for (size_t i = from; i < end; i++) {
		uint32_t prev = i > 0 ? t->cp[i - 1] : 0, next = t->cp[i + 1];

		if (t->pair[i] && t->pair[i] <= end &&
			!holds_all(t, i, start, end)) {
			i = t->pair[i] - 1;
			begun = true;
			continue;
		}
		if (among(t->cp[i], ",:") && !(digit(prev) && digit(next)) &&
			(t->cp[i] == ',' || next != '/'))
			return clause_tail(t, i + 1, end);
		if (begun && turns(t, i))
			return i;
		begun = begun || fa_rune_is_han(t->cp[i]) ||
			(t->cp[i] >= 'A' && t->cp[i] <= 'z');
	}
	return end;
}

static void
check(const struct slow *t, struct fa_str text)
{
	struct fa_block block = { .kind = FA_BLOCK_QUOTE,
		.text = { 0, (uint32_t)text.n },
		.list = FA_DOC_NONE,
		.table = FA_DOC_NONE };
	struct fa_doc doc = { .text = text, .blocks = &block, .blocks_n = 1 };
	size_t from, to, at, s = 0, c = 0;
	struct fa_arena a;
	struct fa_err err;

	fa_arena_init(&a, (size_t)1 << 24);
	assert_int_equal(fa_segment(&doc, &a, &err), 0);
	for (from = 0; from < t->n; from = to, s++) {
		to = sentence(t, from);
		assert_true(s < doc.sentences_n);
		assert_int_equal(doc.sentences[s].text.to, t->at[to]);
		for (at = from; at < to; c++) {
			at = clause(t, from, at, to);
			assert_true(c < doc.clauses_n);
			assert_int_equal(doc.clauses[c].to, t->at[at]);
		}
	}
	assert_int_equal(s, doc.sentences_n);
	assert_int_equal(c, doc.clauses_n);
	fa_arena_done(&a);
}

static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static struct fa_str
some_text(char *out, size_t bytes, uint32_t *seed)
{
	static const char *const pieces[] = { "。", ",", ",", ":", ";", "!",
		"?", ".", ". ", "…", "⋯", "(", ")", "[", "]", "{", "}", "“",
		"”", "‘", "’", "《", "》", "〈", "〉", "「", "」", "『", "』",
		"【", "】", "〔", "〕", "\"", "\"", "、", "但", "但不限于",
		"不但", "非但", "然而", "否则", "除非", "不过", "不过您",
		"只不过我", "a", "b", "Co", "etc", "12", "1", "3.14", "10:30",
		"http://a.b/c?d=1;e", "\n", " ", "\t", "\xC2\xA0", "我们", "您",
		"人脸信息", "同意", "\xF0\xA0\x80\x80", "é", "々", "^", "@",
		"我们处理人脸信息的目的是核验身份" };
	size_t n = 0, few = 2 + next(seed) % FA_COUNT(pieces);
	size_t first = next(seed) % FA_COUNT(pieces);

	bytes = next(seed) % 8 ? next(seed) % 900 : bytes;
	while (n + 64 < bytes) {
		const char *piece =
			pieces[(first + next(seed) % few) % FA_COUNT(pieces)];

		memcpy(out + n, piece, strlen(piece));
		n += strlen(piece);
	}
	return (struct fa_str){ out, n };
}

static void
texts_are_cut_as_they_are_slowly(void **state)
{
	static char text[RUNES_MAX];
	struct slow *t = test_malloc(sizeof(*t));
	uint32_t seed = 9;

	(void)state;
	for (int i = 0; i < TEXTS; i++) {
		struct fa_str s = some_text(text, sizeof(text), &seed);

		decode(t, s);
		pair(t);
		check(t, s);
	}
	test_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_cut_as_they_are_slowly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
