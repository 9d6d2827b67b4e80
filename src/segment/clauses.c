/* Where clauses end inside a sentence: behind ',' and ':' (not in numbers,
 * times and links), and before a conjunction that turns the thought. Quotes
 * and brackets are not cut, unless they hold all of the sentence. The work
 * goes from break to break (marks.h). */
#include <string.h>

#include "base/bits.h"
#include "segment/parts.h"

struct word {
	struct fa_str text;
	/* None of these may stand before it. */
	struct fa_str before[2];
	/* One of these must (or must not) follow. */
	bool must;
	struct fa_str follow[14];
};

/* 但不限于 is no turn, and 不但 no 但. Their first characters differ, and are
 * breaks. */
static const struct word turns[] = {
	{ FA_STR_INIT("不过"), { FA_STR_INIT("只") }, true,
		{ FA_STR_INIT("您"), FA_STR_INIT("我"), FA_STR_INIT("用户"),
			FA_STR_INIT("如"), FA_STR_INIT("该"), FA_STR_INIT("若"),
			FA_STR_INIT("在"), FA_STR_INIT("仍"), FA_STR_INIT("对"),
			FA_STR_INIT("也"), FA_STR_INIT("这"), FA_STR_INIT("此"),
			FA_STR_INIT("由于"), FA_STR_INIT("为") } },
	{ FA_STR_INIT("但"), { FA_STR_INIT("不"), FA_STR_INIT("非") }, false,
		{ FA_STR_INIT("不限"), FA_STR_INIT("不仅限"), FA_STR_INIT("凡"),
			FA_STR_INIT("书"), FA_STR_INIT("并不限"),
			FA_STR_INIT("不局限") } },
	{ FA_STR_INIT("然而"), { { NULL, 0 } }, false, { { NULL, 0 } } },
	{ FA_STR_INIT("否则"), { { NULL, 0 } }, false, { { NULL, 0 } } },
	{ FA_STR_INIT("除非"), { { NULL, 0 } }, false, { { NULL, 0 } } },
};

static bool
turns_before(const struct word *w, struct fa_str before)
{
	for (size_t i = 0; i < FA_COUNT(w->before) && w->before[i].p; i++)
		if (fa_str_ends(before, w->before[i]))
			return false;
	return true;
}

static bool
turns_behind(const struct word *w, struct fa_str rest)
{
	for (size_t i = 0; i < FA_COUNT(w->follow) && w->follow[i].p; i++)
		if (fa_str_starts(rest, w->follow[i]))
			return w->must;
	return !w->must;
}

static bool
turn_at(const struct fa_cut *c, size_t at)
{
	struct fa_str rest = fa_str_sub(c->text, at, c->text.n);
	size_t i;

	for (i = 0; i < FA_COUNT(turns); i++) {
		const struct word *w = &turns[i];

		if (memcmp(rest.p, w->text.p, 3) == 0)
			return fa_str_starts(rest, w->text) &&
				turns_before(
					w, fa_str_sub(c->text, c->start, at)) &&
				turns_behind(
					w, fa_str_sub(rest, w->text.n, rest.n));
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
separates(const struct fa_cut *c, size_t at)
{
	struct fa_str s = c->text;

	if (is_digit(s, at + 1) && at > c->start && is_digit(s, at - 1))
		return false;
	return s.p[at] == ',' || at + 1 >= s.n || s.p[at + 1] != '/';
}

/* Bytes of a character that belongs to the separator that it follows: a
 * blank, a closer, a mark; or 0. */
static size_t
belongs(struct fa_str s, size_t at)
{
	switch (s.p[at]) {
	case ' ':
	case '\t':
	case '\n':
	case ',':
	case ':':
	case ';':
	case '!':
	case '?':
		return 1;
	case '\xE3':
		if (fa_str_starts(fa_str_sub(s, at, s.n), FA_STR("。")))
			return 3;
		break;
	default:
		break;
	}
	return fa_segment_closer(s, at);
}

static size_t
absorb(struct fa_str s, size_t at, size_t end)
{
	size_t n = 1;

	for (; at < end && n; at += n)
		n = belongs(s, at);
	return at;
}

/* Does the pair hold the whole sentence but for marks at its end? */
static bool
holds_all(struct fa_str s, const struct fa_range *pair,
	const struct fa_range *sentence)
{
	return fa_str_trim(fa_str_sub(s, sentence->from, pair->from)).n == 0 &&
		absorb(s, pair->to, sentence->to) == sentence->to;
}

/* The first pair that begins at or behind offset at in the sentence and is not
 * to be cut, or NULL. */
static const struct fa_range *
next_whole(struct fa_cut *c, const struct fa_range *sentence, size_t at)
{
	const struct fa_range *p;

	while (c->next < c->pairs->n && c->pairs->at[c->next].from < at)
		c->next++;
	if (c->next == c->pairs->n)
		return NULL;
	p = &c->pairs->at[c->next];
	/* Only the first one can hold all, and only in the first clause. */
	if (at == sentence->from && p->to <= sentence->to &&
		holds_all(c->text, p, sentence))
		return NULL;
	return p->to <= sentence->to ? p : NULL;
}

/* Is there more than marks and numbers? */
static bool
begins(struct fa_str s, size_t from, size_t to)
{
	size_t n;

	for (; from < to; from += n) {
		uint32_t cp = fa_segment_rune(s, from, &n);

		if (fa_rune_is_han(cp) || (cp >= 'A' && cp <= 'z'))
			return true;
	}
	return false;
}

/* End of the clause that begins at from in [at, to), where nothing is in
 * brackets; 0 when it goes on. When at is behind from, it has begun. */
static size_t
cut_between(
	const struct fa_cut *c, size_t from, size_t at, size_t to, size_t end)
{
	const uint64_t *breaks = c->marks->breaks;
	bool begun = at > from;

	for (at = fa_bits_next(breaks, at, to); at < to;
		at = fa_bits_next(breaks, at + 1, to)) {
		if (c->text.p[at] == ',' || c->text.p[at] == ':') {
			if (separates(c, at))
				return absorb(c->text, at + 1, end);
			continue;
		}
		begun = begun || begins(c->text, from, at);
		if (begun && turn_at(c, at))
			return at;
		begun = true;
	}
	return 0;
}

size_t
fa_cut_clause(struct fa_cut *c, struct fa_range sentence, size_t from)
{
	const struct fa_range *pair;
	size_t at, end;

	for (at = from;; at = pair->to) {
		pair = next_whole(c, &sentence, at);
		end = cut_between(c, from, at, pair ? pair->from : sentence.to,
			sentence.to);
		if (end)
			return end;
		if (pair == NULL)
			return sentence.to;
	}
}
