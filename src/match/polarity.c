/* Polarity of clauses.
 *
 * Patterns find words; whether a clause asserts, denies, asks, advises or
 * supposes what the words say is decided here, once per clause, so that no
 * pattern needs to know about negation. In this order:
 *
 *   QUESTION      the sentence ends with '?', or the clause with 吗 or 呢,
 *                 or it holds 是不是, 会不会 and the like
 *                 您无法用其他方式找回账号吗？请联系客服。(only the first)
 *   ADVICE        the clause tells the user what not to do: 请勿, 切勿,
 *                 建议您, 当心. 请注意 and 提醒您 count only when nothing
 *                 follows in the clause; else they announce a statement.
 *                 请勿在他人诱导下刷脸。
 *   HYPOTHETICAL  the clause is the if-part of a conditional:
 *                 如您不同意, 一旦…, 当…时, 在…情况下, 未经您同意, 除非…,
 *                 拒绝认证的, and what goes on with one: 且未满十四周岁.
 *                 The main clause behind the comma is judged by itself. An
 *                 if-part that runs on into its main part without a comma
 *                 (如您不同意将无法登录) takes the polarity of the main part.
 *   NEGATED       see polarity_scan.c
 *   AFFIRMED      all else: 您可以选择…, 只有…才…, 不得不…, 不刷脸不能办.
 *
 * Worked example: 除法律另有规定外，|未经您单独同意，|我们不会收集人脸信息，|
 * 但如您不提供，|将无法刷脸登录。 gives affirmed, hypothetical, negated,
 * hypothetical, negated.
 *
 * What it does not do: it knows no syntax. A clause with two predicates has
 * the polarity of the last; irony, rhetorical questions without '?' and
 * negation by content verbs (拒绝, 停止) are not seen. */
#include "match/match.h"

#include "base/utf8.h"
#include "match/polarity_cues.h"
#include "match/polarity_scan.h"

#define NOTICE_BYTES 18 /* of a statement behind 请注意 */
#define MARKER_BYTES 8  /* (10), (十二) */

/* A clause in its sentence. */
struct place {
	struct fa_str text; /* without blanks, marks and numbers at both ends */
	bool question;      /* the sentence is one */
	bool last;
	bool comma;              /* a comma or colon ends it */
	enum fa_polarity before; /* of the clause before; ANY at the start */
};

static bool
is_mark(uint32_t cp)
{
	return cp < 0x30 || (cp > '9' && cp < 'A') || cp == 0x3002 ||
		(cp >= 0x2010 && cp <= 0x2BFF) ||
		(cp >= 0x3000 && cp <= 0x303F);
}

/* Cuts marks at the end, but no closing quote or bracket. */
static struct fa_str
trim_end(struct fa_str s)
{
	while (s.n) {
		switch (s.p[s.n - 1]) {
		case ' ':
		case ',':
		case ';':
		case '!':
		case '?':
		case ':':
		case '.':
		case '\n':
		case '\t':
			s.n--;
			break;
		default:
			if (!fa_str_ends(s, FA_STR("。")))
				return s;
			s.n -= 3;
			break;
		}
	}
	return s;
}

/* The bracket or quote that s begins with: MARKER_BYTES or shorter brackets
 * are numbers and are cut with what they hold; the opener of one that ends
 * before the clause does stays, for it is to be jumped over; the opener of
 * one that holds the whole clause, or is not closed in it, goes. Returns the
 * bytes to cut. */
static size_t
cut_opener(struct fa_str s)
{
	static const struct fa_str pairs[][2] = {
		{ FA_STR_INIT("("), FA_STR_INIT(")") },
		{ FA_STR_INIT("“"), FA_STR_INIT("”") },
		{ FA_STR_INIT("「"), FA_STR_INIT("」") },
		{ FA_STR_INIT("《"), FA_STR_INIT("》") },
		{ FA_STR_INIT("【"), FA_STR_INIT("】") },
		{ FA_STR_INIT("\""), FA_STR_INIT("\"") },
	};
	size_t i, close;

	for (i = 0; i < FA_COUNT(pairs); i++) {
		if (!fa_str_starts(s, pairs[i][0]))
			continue;
		close = fa_str_find(s, pairs[i][1], pairs[i][0].n);
		if (close == SIZE_MAX || close + pairs[i][1].n == s.n)
			return pairs[i][0].n;
		if (i == 0 && close <= MARKER_BYTES)
			return close + 1;
		return 0;
	}
	return 1;
}

/* The one letter of "b)如您" or "A.如您". */
static bool
is_letter_mark(struct fa_str s)
{
	return s.n > 1 && (s.p[1] == ')' || s.p[1] == '.') &&
		((s.p[0] >= 'a' && s.p[0] <= 'z') ||
			(s.p[0] >= 'A' && s.p[0] <= 'Z'));
}

/* Cuts bullets, numbers and opening quotes: • 如您, 1、如您, (b)如您. No mark
 * is in U+4000 and above. */
static struct fa_str
trim_start(struct fa_str s)
{
	uint32_t cp;
	size_t n, opener;

	while (s.n && (unsigned char)s.p[0] < 0xE4) {
		opener = cut_opener(s);
		if (opener == 0)
			break;
		n = fa_utf8_next(s, &cp);
		if (!is_mark(cp) && !(cp >= '0' && cp <= '9') &&
			!is_letter_mark(s))
			break;
		s = fa_str_sub(s, opener > n ? opener : n, s.n);
	}
	return s;
}

static struct fa_str
skip_leading(struct fa_str s)
{
	size_t n, rounds;

	for (rounds = 0; rounds < 3; rounds++) {
		n = fa_cues_starts(FA_CUES_LEADING, s);
		if (n == 0)
			break;
		s = trim_start(fa_str_sub(s, n, s.n));
	}
	return s;
}

/* 如 as in 例如: an enumeration, not an if. */
static bool
enumerates(struct fa_str s)
{
	static const struct fa_str verbs[] = { FA_STR_INIT("您"),
		FA_STR_INIT("你"), FA_STR_INIT("不"), FA_STR_INIT("未"),
		FA_STR_INIT("无"), FA_STR_INIT("需"), FA_STR_INIT("拒绝"),
		FA_STR_INIT("同意"), FA_STR_INIT("我们"), FA_STR_INIT("用户"),
		FA_STR_INIT("使用"), FA_STR_INIT("选择"), FA_STR_INIT("发现"),
		FA_STR_INIT("有"), FA_STR_INIT("涉及"), FA_STR_INIT("发生") };
	size_t i;

	if (fa_str_find(s, FA_STR("、"), 0) == SIZE_MAX &&
		!fa_str_ends(s, FA_STR("等")))
		return false;
	for (i = 0; i < FA_COUNT(verbs); i++)
		if (fa_str_find(s, verbs[i], 0) != SIZE_MAX)
			return false;
	return true;
}

/* Length of the word that begins a condition, or 0. */
static size_t
if_word(struct fa_str s)
{
	size_t n = fa_cues_starts(FA_CUES_IF, s);
	struct fa_str rest = fa_str_sub(s, n, s.n);

	if (n == 3 && fa_str_starts(s, FA_STR("如")) &&
		(fa_cues_starts(FA_CUES_RU_NOT, rest) || enumerates(rest)))
		return 0;
	if (n == 3 && fa_str_starts(s, FA_STR("若")) &&
		fa_str_starts(rest, FA_STR("干")))
		return 0;
	return n;
}

/* 拒绝认证的, but neither …的目的 nor 这是合法的. */
static bool
ends_in_of(struct fa_str s)
{
	return s.n >= 12 && fa_str_ends(s, FA_STR("的")) &&
		!fa_str_ends(s, FA_STR("目的")) &&
		!fa_str_ends(s, FA_STR("标的")) &&
		fa_str_find(s, FA_STR("是"), 0) == SIZE_MAX;
}

/* 当…时, 在…情况下, 使用刷脸时, 拒绝认证的, …的话; only before a comma. */
static bool
ends_condition(const struct place *p, struct fa_str s)
{
	if (p->last || !p->comma)
		return false;
	if (fa_str_starts(s, FA_STR("只有")) &&
		fa_str_find(s, FA_STR("才"), 0) == SIZE_MAX)
		return true;
	switch (fa_cue_last(s)) {
	case u'后':
	case u'前':
		return fa_str_starts(s, FA_STR("当"));
	case u'时':
		return !fa_cues_no_time(s);
	case u'下':
		return fa_str_ends(s, FA_STR("情况下")) ||
			fa_str_ends(s, FA_STR("情形下"));
	case u'候':
		return fa_str_ends(s, FA_STR("的时候"));
	case u'话':
		return fa_str_ends(s, FA_STR("的话"));
	case u'的':
		return ends_in_of(s);
	default:
		return false;
	}
}

/* Where characters begin is all that is asked of text here, so that a step of
 * one byte may end inside one. */
static size_t
step(const char *p)
{
	return (unsigned char)*p >= 0xE0 ? 3 : 1;
}

/* What was seen of a condition so far. */
struct seen {
	bool verb;    /* it has its verb */
	bool refusal; /* or a refusal, or none is asked for */
};

/* Does rest begin the main part? */
static bool
begins_main(struct fa_str rest, enum fa_cue_kind kind, const struct seen *seen)
{
	if (!seen->refusal)
		return false;
	if (kind == FA_CUE_WILL)
		return fa_cues_starts(
			       FA_CUES_FUTURE, fa_str_sub(rest, 3, rest.n)) > 0;
	return fa_cues_starts(FA_CUES_MAIN, rest) > 0 ||
		(kind == FA_CUE_MODAL && seen->verb);
}

static void
see(struct seen *seen, struct fa_str rest, enum fa_cue_kind kind)
{
	bool refuses = fa_str_starts(rest, FA_STR("拒绝"));

	if (refuses || kind == FA_CUE_BARE || kind == FA_CUE_OPEN ||
		kind == FA_CUE_NEED)
		seen->refusal = true;
	if (refuses || kind == FA_CUE_OPEN ||
		fa_cues_starts(FA_CUES_CHOICE, rest) > 0)
		seen->verb = true;
}

/* The main part of a conditional without a comma, or absent. from is behind
 * the if-word. It begins with 则 and its likes, with 将 when that is no 把,
 * or with a modal negation when the condition has its verb already:
 * 如您不同意|无法登录, but 如您无法登录. When refused is set, only behind a
 * refusal: 如果拒绝提供您|将无法注册，请联系客服。 */
static struct fa_str
main_part(struct fa_str s, size_t from, bool refused)
{
	struct seen seen = { false, !refused };
	size_t at, n;

	for (at = from; at < s.n; at += n) {
		struct fa_str rest = fa_str_sub(s, at, s.n);
		const struct fa_cue *cue = fa_cue_find(rest);
		enum fa_cue_kind kind = cue ? cue->kind : FA_CUE_NO;

		if (at > from && begins_main(rest, kind, &seen))
			return rest;
		see(&seen, rest, kind);
		n = cue ? cue->n : step(s.p + at);
	}
	return FA_STR_NONE;
}

/* What a first look at a clause has seen. */
struct survey {
	bool notice;          /* 请注意 and its likes */
	bool no;              /* 不 or 没 */
	struct fa_str behind; /* text behind the first notice; else all */
};

static void
look_for_notice(struct survey *seen, struct fa_str rest)
{
	const struct fa_cue *cue = seen->notice ? NULL : fa_cue_find(rest);

	if (cue == NULL || cue->kind != FA_CUE_NOTICE)
		return;
	seen->notice = true;
	seen->behind = fa_str_sub(rest, cue->n, rest.n);
}

static struct survey
look(struct fa_str s)
{
	struct survey seen = { false, false, s };
	size_t at;

	for (at = 0; at < s.n; at += step(s.p + at)) {
		struct fa_str rest = { s.p + at, s.n - at };

		switch ((unsigned char)rest.p[0]) {
		case 0xE4:
			seen.no |= fa_cue_rune(rest) == u'不';
			break;
		case 0xE6: /* a notice begins with 提 or 请 */
			seen.no |= fa_cue_rune(rest) == u'没';
			if (fa_cue_rune(rest) == u'提')
				look_for_notice(&seen, rest);
			break;
		case 0xE8:
			if (fa_cue_rune(rest) == u'请')
				look_for_notice(&seen, rest);
			break;
		default:
			break;
		}
	}
	return seen;
}

static enum fa_polarity
condition(const struct place *p, struct fa_str s)
{
	size_t n = if_word(s);
	struct fa_str rest;

	if (fa_cues_starts(FA_CUES_IF_NOT, s))
		return FA_POLARITY_HYPOTHETICAL;
	if (n > 0) {
		rest = main_part(s, n, !p->last);
		return rest.p ? fa_polarity_scan(rest)
			      : FA_POLARITY_HYPOTHETICAL;
	}
	if (ends_condition(p, s))
		return FA_POLARITY_HYPOTHETICAL;
	return FA_POLARITY_ANY;
}

static bool
holds_one(struct fa_str s, const struct fa_str *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (fa_str_find(s, words[i], 0) != SIZE_MAX)
			return true;
	return false;
}

/* "Is it or is it not": a question also without a question mark, unless the
 * clause says that somebody finds out, or that it does not matter. Asked of
 * clauses with 不 or 没 only. */
static bool
asks_either(struct fa_str s)
{
	static const struct fa_str either[] = { FA_STR_INIT("是不是"),
		FA_STR_INIT("会不会"), FA_STR_INIT("能不能"),
		FA_STR_INIT("有没有"), FA_STR_INIT("要不要"),
		FA_STR_INIT("可不可以"), FA_STR_INIT("算不算") };
	static const struct fa_str not_asked[] = { FA_STR_INIT("无论"),
		FA_STR_INIT("不论"), FA_STR_INIT("不管"), FA_STR_INIT("比较"),
		FA_STR_INIT("判断"), FA_STR_INIT("核对"), FA_STR_INIT("核验"),
		FA_STR_INIT("确认"), FA_STR_INIT("检查"), FA_STR_INIT("检测"),
		FA_STR_INIT("验证"), FA_STR_INIT("比对"), FA_STR_INIT("看") };

	return holds_one(s, either, FA_COUNT(either)) &&
		!holds_one(s, not_asked, FA_COUNT(not_asked));
}

static enum fa_polarity
judge(const struct place *p)
{
	struct survey seen;
	struct fa_str s;
	enum fa_polarity scanned, supposed;

	if (p->question || fa_cue_last(p->text) == u'吗' ||
		fa_cue_last(p->text) == u'呢')
		return FA_POLARITY_QUESTION;
	seen = look(p->text);
	s = seen.behind;
	if (seen.no && asks_either(p->text))
		return FA_POLARITY_QUESTION;
	if (seen.notice && s.n < NOTICE_BYTES)
		return FA_POLARITY_ADVICE;
	scanned = fa_polarity_scan(s);
	if (scanned == FA_POLARITY_ADVICE)
		return scanned;
	supposed = condition(p, skip_leading(s));
	if (supposed != FA_POLARITY_ANY)
		return supposed;
	if (p->before == FA_POLARITY_HYPOTHETICAL && !p->last && p->comma &&
		fa_cues_starts(FA_CUES_AND, s))
		return FA_POLARITY_HYPOTHETICAL;
	return scanned;
}

/* Does the sentence ask? A quote at its end must begin it, too. */
static bool
asks(struct fa_str s)
{
	s = fa_str_trim(s);
	if (fa_str_starts(s, FA_STR("“")) && fa_str_ends(s, FA_STR("”")))
		s.n -= 3;
	while (s.n && (s.p[s.n - 1] == ')' || s.p[s.n - 1] == '!'))
		s.n--;
	return fa_str_ends(s, FA_STR("?"));
}

static struct fa_str
text_of(const struct fa_doc *doc, struct fa_range r)
{
	return fa_str_sub(doc->text, r.from, r.to);
}

void
fa_match_polarity_sentence(
	enum fa_polarity *out, const struct fa_doc *doc, uint32_t sentence)
{
	const struct fa_sentence *s = &doc->sentences[sentence];
	struct place p = { .question = asks(text_of(doc, s->text)),
		.before = FA_POLARITY_ANY };
	uint32_t c;

	for (c = s->clauses.from; c < s->clauses.to; c++) {
		struct fa_str text = fa_str_trim(text_of(doc, doc->clauses[c]));

		p.comma = text.n &&
			(text.p[text.n - 1] == ',' ||
				text.p[text.n - 1] == ':');
		p.last = c + 1 == s->clauses.to;
		p.text = trim_start(trim_end(text));
		out[c] = judge(&p);
		p.before = out[c];
	}
}

int
fa_match_polarity(enum fa_polarity **out, const struct fa_doc *doc,
	struct fa_arena *a, struct fa_err *err)
{
	enum fa_polarity *p;
	uint32_t i;

	p = fa_arena_new(a, doc->clauses_n, sizeof(*p));
	if (p == NULL)
		return fa_fail(err, FA_E_NOMEM,
			"no memory for the polarity of %zu clauses",
			doc->clauses_n);
	for (i = 0; i < doc->sentences_n; i++)
		fa_match_polarity_sentence(p, doc, i);
	*out = p;
	return 0;
}
