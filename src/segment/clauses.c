/* Where clauses end inside a sentence: behind ',' and ':' (not in numbers,
 * times and links), and before a conjunction that turns the thought. Quotes
 * and brackets are not cut, unless they hold all of the sentence. */
#include "segment/parts.h"

struct word {
	struct fa_str text;
	/* One of these must (or must not) follow. */
	bool must;
	struct fa_str follow[16];
};

/* 但不限于 is no turn, and 不但 no 但. */
static const struct word turns[] = {
	{ FA_STR_INIT("但"), false,
		{ FA_STR_INIT("不限"), FA_STR_INIT("不仅限"), FA_STR_INIT("凡"),
			FA_STR_INIT("书"), FA_STR_INIT("并不限"),
			FA_STR_INIT("不局限") } },
	{ FA_STR_INIT("然而"), false, { { NULL, 0 } } },
	{ FA_STR_INIT("否则"), false, { { NULL, 0 } } },
	{ FA_STR_INIT("除非"), false, { { NULL, 0 } } },
	{ FA_STR_INIT("不过"), true,
		{ FA_STR_INIT("您"), FA_STR_INIT("我"), FA_STR_INIT("用户"),
			FA_STR_INIT("如"), FA_STR_INIT("该"), FA_STR_INIT("若"),
			FA_STR_INIT("在"), FA_STR_INIT("仍"), FA_STR_INIT("对"),
			FA_STR_INIT("也"), FA_STR_INIT("这"), FA_STR_INIT("此"),
			FA_STR_INIT("由于"), FA_STR_INIT("为") } },
};

static bool
follows(const struct word *w, struct fa_str rest)
{
	size_t i;

	for (i = 0; i < FA_COUNT(w->follow) && w->follow[i].p; i++)
		if (fa_str_starts(rest, w->follow[i]))
			return w->must;
	return !w->must;
}

static bool
turn_at(struct fa_str s, size_t at)
{
	struct fa_str rest = fa_str_sub(s, at, s.n);
	struct fa_str before = fa_str_sub(s, 0, at);
	size_t i;

	for (i = 0; i < FA_COUNT(turns); i++) {
		const struct word *w = &turns[i];

		if (!fa_str_starts(rest, w->text))
			continue;
		if (i == 0 &&
			(fa_str_ends(before, FA_STR("不")) ||
				fa_str_ends(before, FA_STR("非"))))
			return false;
		if (i == FA_COUNT(turns) - 1 &&
			fa_str_ends(before, FA_STR("只")))
			return false;
		return follows(w, fa_str_sub(rest, w->text.n, rest.n));
	}
	return false;
}

static bool
is_digit(struct fa_str s, size_t at)
{
	return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* Is the ',' or ':' at offset at a separator? */
static bool
separates(struct fa_str s, size_t at)
{
	if (is_digit(s, at + 1) && at > 0 && is_digit(s, at - 1))
		return false;
	return s.p[at] == ',' || at + 1 >= s.n || s.p[at + 1] != '/';
}

/* Behind a separator: with the blanks, closers and marks that follow. */
static size_t
absorb(struct fa_str s, size_t at, size_t end)
{
	size_t n;

	for (; at < end; at += n) {
		uint32_t cp = fa_segment_rune(s, at, &n);

		if (cp != ' ' && cp != '\t' && cp != ',' && cp != ':' &&
			cp != 0x3002 && cp != ';' && cp != '!' && cp != '?' &&
			cp != '\n' && !fa_segment_closer(cp))
			break;
	}
	return at;
}

static bool
blank_between(struct fa_str s, size_t from, size_t to)
{
	return fa_str_trim(fa_str_sub(s, from, to)).n == 0;
}

/* Does the pair hold the whole sentence but for marks at its end? */
static bool
holds_all(struct fa_str s, const struct fa_range *pair,
	const struct fa_range *sentence)
{
	return pair->from >= sentence->from && pair->to <= sentence->to &&
		blank_between(s, sentence->from, pair->from) &&
		absorb(s, pair->to, sentence->to) == sentence->to;
}

/* Length of the pair that begins at offset at and is not to be cut, or 0. */
static size_t
whole_pair(struct fa_cut *c, const struct fa_range *sentence, size_t at)
{
	const struct fa_range *p;

	while (c->next < c->pairs->n && c->pairs->at[c->next].to <= at)
		c->next++;
	if (c->next == c->pairs->n)
		return 0;
	p = &c->pairs->at[c->next];
	if (p->from != at || p->to > sentence->to ||
		holds_all(c->text, p, sentence))
		return 0;
	return p->to - at;
}

size_t
fa_cut_clause(struct fa_cut *c, struct fa_range sentence, size_t from)
{
	struct fa_str s = c->text;
	size_t at, n, pair, end = sentence.to;
	bool begun = false; /* something but marks was seen */

	for (at = from; at < end; at += n) {
		uint32_t cp = fa_segment_rune(s, at, &n);

		pair = whole_pair(c, &sentence, at);
		if (pair) {
			n = pair;
			begun = true;
			continue;
		}
		if ((cp == ',' || cp == ':') && separates(s, at))
			return absorb(s, at + n, end);
		if (begun && cp > 0x7F && turn_at(s, at))
			return at;
		begun = begun || fa_rune_is_han(cp) || (cp >= 'A' && cp <= 'z');
	}
	return end;
}
