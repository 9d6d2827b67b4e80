#include "rules/pattern.h"

#include <string.h>

#include "base/num.h"
#include "base/utf8.h"
#include "rules/nearest.h"
#include "rules/rules.h"

#define SORTED_BYTES (16u << 20) /* the words of one lexicon */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_word(char c)
{
	return is_letter(c) || is_digit(c) || c == '_';
}

/* The byte at i, or NUL behind the end. */
static char
peek(const struct fa_scan *s, size_t i)
{
	return i < s->src.n ? s->src.p[i] : '\0';
}

static void
copy_to(struct fa_scan *s, size_t to)
{
	fa_buf_add(&s->out, fa_str_sub(s->src, s->at, to));
	s->at = to < s->src.n ? to : s->src.n;
}

static bool
is_cjk_at(const struct fa_scan *s, size_t at)
{
	uint32_t cp = 0;

	if (at >= s->src.n)
		return false;
	(void)fa_utf8_next(fa_str_sub(s->src, at, s->src.n), &cp);
	return fa_rune_is_cjk(cp);
}

/* The character that ends before at. */
static bool
is_cjk_before(const struct fa_scan *s, size_t at)
{
	size_t from = at;

	while (from > 0 && at - from < 4) {
		from--;
		if (((unsigned char)s->src.p[from] & 0xc0) != 0x80)
			return is_cjk_at(s, from);
	}
	return false;
}

/* Text is folded before it is matched: a character that folds to something
 * else, like those that an input method types instead of ASCII, is never
 * found, and its exclusion by [^...] never works. */
static int
check_folded(const struct fa_scan *s, size_t at, size_t bytes, uint32_t cp)
{
	char folded[FA_FOLD_RUNES * 4];
	size_t n;
	const char *escape;

	if (cp == '\n' || cp == '\r')
		return fa_scan_fail(s, at, "line break inside a pattern");
	if (cp < 0x80 || s->bd->trusted)
		return FA_OK;
	n = fa_rune_fold(cp, folded);
	if (n == 0) {
		return fa_scan_fail(s, at,
			"U+%04X is invisible and can never match; delete it",
			(unsigned)cp);
	}
	if (n == bytes && memcmp(folded, s->src.p + at, n) == 0)
		return FA_OK;
	escape = n == 1 && strchr("().?*+|[]{}^$\\", folded[0]) ? "\\" : "";
	return fa_scan_fail(s, at,
		"'%.*s' (U+%04X) can never match, because text is normalised "
		"before matching; write '%s%.*s'",
		(int)bytes, s->src.p + at, (unsigned)cp, escape, (int)n,
		folded);
}

int
fa_scan_char(struct fa_scan *s, enum fa_element *what)
{
	size_t from = s->at;
	uint32_t cp = 0;
	size_t n = fa_utf8_next(fa_str_sub(s->src, from, s->src.n), &cp);
	int rc = check_folded(s, from, n, cp);

	if (rc != FA_OK)
		return rc;
	if (cp == ' ' && is_cjk_at(s, from + 1) && is_cjk_before(s, from)) {
		return fa_scan_fail(s, from,
			"a blank between Chinese characters can never match, "
			"because text is normalised; delete it");
	}
	copy_to(s, from + n);
	*what = FA_ELEMENT_CHAR;
	return FA_OK;
}

/* Past the end of \x{...}, \p{...} and their like, or of \c. */
static size_t
escape_end(const struct fa_scan *s, size_t at)
{
	uint32_t cp = 0;
	char c = peek(s, at + 1);
	size_t close;

	if (at + 1 >= s->src.n)
		return at + 1;
	if (strchr("xopPNgk", c) != NULL && peek(s, at + 2) == '{') {
		close = fa_str_find(s->src, FA_STR("}"), at);
		return close == SIZE_MAX ? s->src.n : close + 1;
	}
	return at + 1 + fa_utf8_next(fa_str_sub(s->src, at + 1, s->src.n), &cp);
}

/* What a class may hold and stay one whose end is in sight. */
static bool
is_open_escape(char c)
{
	return c != '\0' && strchr("DSHVWNpPgk123456789", c) != NULL;
}

static int
check_escape(const struct fa_scan *s, size_t at, size_t end)
{
	char c = peek(s, at + 1);
	uint32_t cp = 0;

	if (c != '\0' && strchr("QECKRXG", c) != NULL) {
		return fa_scan_fail(s, at, "\\%c is not allowed in rules", c);
	}
	if ((unsigned char)c < 0x80)
		return FA_OK;
	(void)fa_utf8_next(fa_str_sub(s->src, at + 1, s->src.n), &cp);
	return check_folded(s, at + 1, end - at - 1, cp);
}

int
fa_scan_escape(struct fa_scan *s, enum fa_element *what)
{
	char c = peek(s, s->at + 1);
	size_t end = escape_end(s, s->at);
	int rc = check_escape(s, s->at, end);

	if (rc != FA_OK)
		return rc;
	copy_to(s, end);
	if (c != '\0' && strchr("bBAZz", c) != NULL)
		*what = FA_ELEMENT_NOTHING;
	else if (is_open_escape(c))
		*what = FA_ELEMENT_OPEN;
	else if (is_letter(c))
		*what = FA_ELEMENT_CLOSED;
	else
		*what = FA_ELEMENT_CHAR;
	return FA_OK;
}

/* Past the end of a class; *open as for fa_element. */
static int
class_end(const struct fa_scan *s, size_t *end, bool *open)
{
	size_t at = s->at + 1;
	size_t first;

	*open = peek(s, at) == '^';
	if (*open)
		at++;
	for (first = at; at < s->src.n; first = SIZE_MAX) {
		uint32_t cp = 0;
		size_t n;
		int rc;

		if (s->src.p[at] == ']' && at != first) {
			*end = at + 1;
			return FA_OK;
		}
		if (s->src.p[at] == '\\') {
			n = escape_end(s, at) - at;
			rc = check_escape(s, at, at + n);
			if (is_open_escape(peek(s, at + 1)))
				*open = true;
		} else if (s->src.p[at] == '[' && peek(s, at + 1) == ':') {
			n = fa_str_find(s->src, FA_STR(":]"), at);
			n = n == SIZE_MAX ? 1 : n + 2 - at;
			rc = FA_OK;
		} else {
			n = fa_utf8_next(fa_str_sub(s->src, at, s->src.n), &cp);
			rc = check_folded(s, at, n, cp);
		}
		if (rc != FA_OK)
			return rc;
		at += n;
	}
	return fa_scan_fail(s, s->at, "'[' without ']'");
}

int
fa_scan_class(struct fa_scan *s, enum fa_element *what)
{
	size_t end = 0;
	bool open = false;
	int rc = class_end(s, &end, &open);

	if (rc != FA_OK)
		return rc;
	copy_to(s, end);
	*what = open ? FA_ELEMENT_OPEN : FA_ELEMENT_CLOSED;
	return FA_OK;
}

/* Of the many things that PCRE2 begins with "(?", those that rules need:
 * groups, options, lookaround. */
static bool
is_known_group(const struct fa_scan *s, size_t options)
{
	char c = peek(s, s->at + 2);
	char next = peek(s, s->at + 3);

	return options != 0 || c == ':' || c == '=' || c == '!' ||
		(c == '<' && (next == '=' || next == '!'));
}

/* "(?i)" and "(?i:": past the letters, or 0 when these are no options. */
static size_t
options_end(const struct fa_scan *s, bool *extended)
{
	size_t at = s->at + 2;

	while (peek(s, at) != '\0' && strchr("imsnxJ-^", peek(s, at))) {
		if (peek(s, at) == 'x')
			*extended = true;
		at++;
	}
	return peek(s, at) == ')' || peek(s, at) == ':' ? at + 1 : 0;
}

int
fa_scan_open(struct fa_scan *s, enum fa_element *what)
{
	size_t from = s->at;
	size_t end = from + 1;
	bool extended = false;
	bool look = false;

	*what = FA_ELEMENT_NOTHING;
	if (peek(s, end) == '*') {
		return fa_scan_fail(s, from,
			"'(*' begins a directive to PCRE2, which is not "
			"allowed in rules");
	}
	if (peek(s, end) == '?') {
		size_t options = options_end(s, &extended);

		look = peek(s, end + 1) == '<' &&
			(peek(s, end + 2) == '=' || peek(s, end + 2) == '!');
		end += look ? 3 : 2;
		if (!is_known_group(s, options)) {
			return fa_scan_fail(s, from,
				"'(?%.*s' is not allowed in rules; expected "
				"(?:, (?i), (?=, (?!, (?<= or (?<!",
				FA_STR_ARG(fa_str_sub(
					s->src, from + 2, from + 3)));
		}
		if (options != 0) {
			if (extended) {
				return fa_scan_fail(s, from,
					"the option x is not allowed in rules");
			}
			end = options;
		}
		if (options != 0 && s->src.p[options - 1] == ')') {
			copy_to(s, end);
			return FA_OK;
		}
	}
	if (s->depth >= FA_PATTERN_GROUPS) {
		return fa_scan_fail(s, from,
			"parentheses are nested deeper than %d",
			FA_PATTERN_GROUPS);
	}
	copy_to(s, end);
	s->lookbehind[++s->depth] = look;
	return FA_OK;
}

static int
take_gap(struct fa_scan *s, size_t close)
{
	struct fa_str digits = fa_str_sub(s->src, s->at + 3, close);
	uint64_t n = FA_RULES_GAP_DEFAULT;

	if (digits.n > 0 && (!fa_num_u64(digits, 9999, &n) || n == 0)) {
		return fa_scan_fail(s, s->at,
			"'{..%.*s}' is no gap; expected {..} or {..N} with N "
			"from 1 to %d",
			FA_STR_ARG(digits), FA_RULES_GAP);
	}
	if (n > FA_RULES_GAP) {
		return fa_scan_fail(s, s->at,
			"gap of %u characters; the limit is %d", (unsigned)n,
			FA_RULES_GAP);
	}
	fa_buf_addf(&s->out, "[^。！？；!?;\\n]{0,%u}?", (unsigned)n);
	s->at = close + 1;
	return FA_OK;
}

static int
unknown_lexicon(const struct fa_scan *s, struct fa_str name)
{
	const struct fa_bundle *b = s->bd->b;
	struct fa_nearest near;

	fa_nearest_init(&near, name, FA_NEAREST_MAX);
	for (size_t i = 0; i < s->bd->named; i++)
		fa_nearest_try(&near, b->lexicons[i].name);
	if (near.best.p != NULL) {
		return fa_scan_fail(s, s->at,
			"unknown lexicon {%.*s}; did you mean {%.*s}?",
			FA_STR_ARG(name), FA_STR_ARG(near.best));
	}
	return fa_scan_fail(
		s, s->at, "unknown lexicon {%.*s}", FA_STR_ARG(name));
}

/* Words are literal: whatever means something to PCRE2 is escaped. */
static void
add_word(struct fa_scan *s, struct fa_str word)
{
	size_t from = 0;

	for (size_t k = 0; k < word.n; k++) {
		if ((unsigned char)word.p[k] >= 0x80 || is_word(word.p[k]))
			continue;
		fa_buf_add(&s->out, fa_str_sub(word, from, k));
		fa_buf_addc(&s->out, '\\');
		from = k;
	}
	fa_buf_add(&s->out, fa_str_sub(word, from, word.n));
}

static void
add_words(struct fa_scan *s, const struct fa_lexicon *lexicon)
{
	for (size_t i = 0; i < lexicon->words_n; i++) {
		if (i > 0)
			fa_buf_addc(&s->out, '|');
		add_word(s, lexicon->words[i]);
	}
}

static bool
looks_behind(const struct fa_scan *s)
{
	for (unsigned i = 0; i <= s->depth; i++)
		if (s->lookbehind[i])
			return true;
	return false;
}

static int
take_lexicon(struct fa_scan *s, size_t close, uint16_t *out)
{
	struct fa_str name = fa_str_sub(s->src, s->at + 1, close);
	uint32_t i = fa_rules_build_lexicon(s->bd, name);
	/* A whole branch of a lookbehind needs no group, and in one PCRE2
	 * would ask for words of one length. */
	struct fa_arena scratch;
	bool bare = s->branch &&
		(peek(s, close + 1) == ')' || peek(s, close + 1) == '|');

	if (i == FA_RULE_NONE)
		return unknown_lexicon(s, name);
	fa_arena_init(&scratch, SORTED_BYTES);
	if (!bare)
		fa_buf_adds(&s->out, "(?:");
	if (looks_behind(s))
		add_words(s, &s->bd->b->lexicons[i]);
	else if (fa_pattern_trie(&s->out, &s->bd->b->lexicons[i], &scratch) < 0)
		s->out.rc = FA_E_NOMEM;
	if (!bare)
		fa_buf_addc(&s->out, ')');
	fa_arena_done(&scratch);
	s->at = close + 1;
	*out = (uint16_t)i;
	return FA_OK;
}

int
fa_scan_brace(struct fa_scan *s, enum fa_element *what, uint16_t *lexicon)
{
	size_t close = fa_str_find(s->src, FA_STR("}"), s->at);
	char c = peek(s, s->at + 1);
	size_t at = s->at + 1;

	if (close == SIZE_MAX) {
		return fa_scan_fail(s, s->at,
			"'{' without '}'; write \\{ for the character");
	}
	if (c == '.' && peek(s, s->at + 2) == '.') {
		*what = FA_ELEMENT_GAP;
		return take_gap(s, close);
	}
	while (at < close && is_word(s->src.p[at]))
		at++;
	if (c >= 'a' && c <= 'z' && at == close) {
		*what = FA_ELEMENT_LEXICON;
		return take_lexicon(s, close, lexicon);
	}
	if (is_digit(c)) {
		return fa_scan_fail(s, s->at,
			"repetition '%.*s' without anything to repeat",
			FA_STR_ARG(fa_str_sub(s->src, s->at, close + 1)));
	}
	return fa_scan_fail(s, s->at,
		"'%.*s' is neither a lexicon {name} nor a gap {..N} nor a "
		"repetition {2,5}",
		FA_STR_ARG(fa_str_sub(s->src, s->at, close + 1)));
}

/* "{n}", "{n,}" or "{n,m}" at s->at; without one, out->text stays empty. */
static int
braced(const struct fa_scan *s, struct fa_repeat *out)
{
	size_t close = fa_str_find(s->src, FA_STR("}"), s->at);
	struct fa_str rest;
	struct fa_str low;

	if (close == SIZE_MAX)
		return FA_OK;
	rest = fa_str_sub(s->src, s->at + 1, close);
	if (rest.n == 0 || !(is_digit(rest.p[0]) || rest.p[0] == ','))
		return FA_OK;
	out->text = fa_str_sub(s->src, s->at, close + 1);
	low = fa_str_cut(&rest, ',');
	if (!fa_num_u64(low, 9999, &out->min) ||
		(rest.n > 0 && !fa_num_u64(rest, 9999, &out->max))) {
		return fa_scan_fail(s, s->at,
			"'%.*s' is no repetition; expected {2} or {2,5}",
			FA_STR_ARG(out->text));
	}
	if (rest.p == NULL)
		out->max = out->min;
	out->unbounded = rest.p != NULL && rest.n == 0;
	return FA_OK;
}

static int
find_repeat(const struct fa_scan *s, struct fa_repeat *out)
{
	struct fa_repeat none = { .text = FA_STR_NONE, .min = 1, .max = 1 };
	char c = peek(s, s->at);

	*out = none;
	if (c == '{')
		return braced(s, out);
	if (c != '?' && c != '*' && c != '+')
		return FA_OK;
	out->text = fa_str_sub(s->src, s->at, s->at + 1);
	out->min = c == '+';
	out->unbounded = c != '?';
	return FA_OK;
}

int
fa_scan_repeat(struct fa_scan *s, enum fa_element of, struct fa_repeat *out)
{
	int rc = find_repeat(s, out);

	if (rc != FA_OK || out->text.n == 0)
		return rc;
	if (out->unbounded && of == FA_ELEMENT_OPEN) {
		return fa_scan_fail(s, s->at,
			"'%.*s' behind . or an open class runs without end; "
			"write a gap such as {..20}",
			FA_STR_ARG(out->text));
	}
	if (out->unbounded && of != FA_ELEMENT_CLOSED) {
		return fa_scan_fail(s, s->at,
			"'%.*s' repeats without end; write {%u,20}",
			FA_STR_ARG(out->text), (unsigned)out->min);
	}
	copy_to(s, s->at + out->text.n);
	if (peek(s, s->at) == '?' || peek(s, s->at) == '+')
		copy_to(s, s->at + 1);
	return FA_OK;
}
