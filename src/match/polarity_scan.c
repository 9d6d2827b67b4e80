/* Polarity of a predicate.
 *
 * One pass from left to right over the clause, cue by cue (longest match).
 * The result is that of the last predicate: a clause holds one as a rule,
 * because sentences are cut at commas and conjunctions.
 *
 *   我们不会将人脸作为唯一方式      MODAL 不会 rules all the rest: negated
 *   人脸图像不予保留                the same: negated
 *   不刷脸|将影响提现               BARE 不 negates what a user may decline
 *   不刷脸|也能办                   (choice); a bound (将, 也) ends its scope
 *                                   and a new predicate begins: affirmed
 *   不刷脸不能办                    choice, no bound, then MODAL: a double
 *                                   negation, "must": affirmed
 *   不刷脸|将无法登录               bound, then MODAL: negated
 *   我们不提供…                     a processor before 不: its scope is the
 *                                   rest, as with MODAL: negated
 *   我们不会因您不同意而停止服务    a negation inside the scope of another
 *                                   one counts no more: negated
 *   无法避免将人脸上传              MODAL + AVOID: affirmed
 *   除无需同意的情形外，            between 除 and 外, and between 在 and
 *   在您不同意的情况下仍会收集      情况下, negations do not count: affirmed
 *   不上传云端而是保存在本机        TURN begins an affirmed predicate
 *   不影响您使用其他功能            NONE: a predicate of its own, affirmed
 *   未经同意不会收集                COND negates nothing; 不会 does: negated
 *   不得不、不断、不限于            words, not negations: see the table
 *
 * Quotes are jumped over, since they name things (点击“不同意”), and so are
 * brackets, except a long one at the end of the clause that speaks for
 * itself: 用于比对(我们不会上传或保存您的照片). */
#include "match/polarity_scan.h"

#include "base/attr.h"
#include "match/polarity_cues.h"

#define WINDOW_BYTES                                                           \
	240            /* how far 外, 情况下 and closing quotes are sought \
			*/
#define AVOID_BYTES 18 /* between 无法 and 避免 */
#define ASIDE_BYTES 24 /* a shorter bracket at the end is an aside */

enum scope {
	SCOPE_NONE,
	SCOPE_MODAL,
	SCOPE_PLAIN, /* 不 before a verb of the processor */
	SCOPE_CHOICE /* 不 before a verb of the user */
};

struct scan {
	struct fa_str s;
	size_t at;
	enum scope scope; /* NONE: affirmed so far */
	size_t since;     /* end of the cue that opened the scope */
	bool processor;   /* 我们 was seen in this predicate */
	bool changed;     /* 我们 was seen behind the choice */
	bool attribute;   /* 的 was seen behind the choice */
	bool advice;
};

static void
affirm(struct scan *sc)
{
	sc->scope = SCOPE_NONE;
	sc->changed = false;
	sc->attribute = false;
}

static void
negate(struct scan *sc, enum scope scope, size_t end)
{
	if (sc->scope == SCOPE_CHOICE && !sc->changed) {
		affirm(sc);
		return;
	}
	if (sc->scope == SCOPE_MODAL || sc->scope == SCOPE_PLAIN)
		return;
	affirm(sc);
	sc->scope = scope;
	sc->since = end;
}

static struct fa_str
before(const struct scan *sc)
{
	return fa_str_sub(sc->s, 0, sc->at);
}

static struct fa_str
after(const struct scan *sc, size_t bytes)
{
	return fa_str_sub(sc->s, sc->at + bytes, sc->s.n);
}

static bool
joined(struct fa_str s)
{
	switch (fa_cue_last(s)) {
	case u'或':
	case u'和':
	case u'及':
	case u'且':
		return true;
	case u'者':
		return fa_str_ends(s, FA_STR("或者"));
	default:
		return fa_str_ends(s, FA_STR("、")) ||
			fa_str_ends(s, FA_STR("/"));
	}
}

/* 不 and its likes; look is where the verb begins. */
static void
bare(struct scan *sc, const struct fa_cue *cue, size_t look)
{
	struct fa_str rest = after(sc, look);
	bool choice = fa_cues_starts(FA_CUES_CHOICE, rest) > 0 &&
		!sc->processor && !fa_cues_strong_before(before(sc));
	bool second = joined(before(sc));

	if (cue->word[0] == '\xE9' && !choice)
		return; /* 非 is a prefix but for 非刷脸不可 */
	if (second && sc->scope == SCOPE_NONE && choice)
		return; /* 刷脸或不使用: a list of choices */
	if (second && sc->scope == SCOPE_CHOICE)
		return; /* 不同意、不提供 */
	negate(sc, choice ? SCOPE_CHOICE : SCOPE_PLAIN, sc->at + cue->n);
}

static void
need(struct scan *sc, const struct fa_cue *cue)
{
	if (sc->scope == SCOPE_CHOICE)
		affirm(sc); /* 不刷脸无需…: two statements */
	negate(sc, SCOPE_CHOICE, sc->at + cue->n);
}

/* Is the 外 at offset at the end of 除…外, not part of 境外 or 外部? */
static bool
is_outside(struct fa_str s, size_t at)
{
	static const struct fa_str no_before[] = { FA_STR_INIT("境"),
		FA_STR_INIT("海"), FA_STR_INIT("此"), FA_STR_INIT("另"),
		FA_STR_INIT("户"), FA_STR_INIT("意"), FA_STR_INIT("国"),
		FA_STR_INIT("对"), FA_STR_INIT("向"), FA_STR_INIT("例") };
	static const struct fa_str no_after[] = { FA_STR_INIT("部"),
		FA_STR_INIT("界"), FA_STR_INIT("包"), FA_STR_INIT("观"),
		FA_STR_INIT("卖"), FA_STR_INIT("置"), FA_STR_INIT("接") };
	size_t i;

	for (i = 0; i < FA_COUNT(no_before); i++)
		if (fa_str_ends(fa_str_sub(s, 0, at), no_before[i]))
			return false;
	for (i = 0; i < FA_COUNT(no_after); i++)
		if (fa_str_starts(fa_str_sub(s, at + 3, s.n), no_after[i]))
			return false;
	return true;
}

/* End of what 除 opens, or 0. */
static size_t
except_end(const struct scan *sc)
{
	struct fa_str w = fa_str_sub(sc->s, 0, sc->at + WINDOW_BYTES);
	size_t at = fa_str_find(w, FA_STR("外"), sc->at);

	while (at != SIZE_MAX && !is_outside(w, at))
		at = fa_str_find(w, FA_STR("外"), at + 3);
	return at == SIZE_MAX ? 0 : at + 3;
}

/* End of what 在 opens when it is a circumstance, or 0. */
static size_t
frame_end(const struct scan *sc)
{
	static const struct fa_str ends[] = { FA_STR_INIT("情况下"),
		FA_STR_INIT("情形下"), FA_STR_INIT("前提下"),
		FA_STR_INIT("条件下") };
	struct fa_str w = fa_str_sub(sc->s, 0, sc->at + WINDOW_BYTES);
	size_t i, at;

	for (i = 0; i < FA_COUNT(ends); i++) {
		at = fa_str_find(w, ends[i], sc->at);
		if (at != SIZE_MAX)
			return at + ends[i].n;
	}
	return 0;
}

static void
take_will(struct scan *sc)
{
	if (sc->scope == SCOPE_CHOICE && sc->at > sc->since &&
		(sc->attribute || sc->changed ||
			fa_cues_starts(FA_CUES_FUTURE, after(sc, 3))))
		affirm(sc);
}

static void
take_subject(struct scan *sc)
{
	sc->processor = sc->scope != SCOPE_CHOICE;
	sc->changed = sc->scope == SCOPE_CHOICE;
}

/* Cues that open a scope. */
static void
take_negation(struct scan *sc, const struct fa_cue *cue)
{
	switch (cue->kind) {
	case FA_CUE_MODAL:
		negate(sc, SCOPE_MODAL, sc->at + cue->n);
		break;
	case FA_CUE_BARE:
		bare(sc, cue, cue->n);
		break;
	case FA_CUE_OPEN:
		bare(sc, cue, 3);
		break;
	default:
		need(sc, cue);
		break;
	}
}

/* Cues that may end one. */
static void
take_bound(struct scan *sc, const struct fa_cue *cue)
{
	switch (cue->kind) {
	case FA_CUE_AVOID:
		if (sc->scope == SCOPE_MODAL &&
			sc->at - sc->since <= AVOID_BYTES)
			affirm(sc);
		break;
	case FA_CUE_CASE:
		if (sc->scope != SCOPE_MODAL)
			affirm(sc);
		break;
	case FA_CUE_WILL:
		take_will(sc);
		break;
	case FA_CUE_BOUND:
		if (sc->scope == SCOPE_CHOICE && sc->at > sc->since)
			affirm(sc);
		break;
	default:
		affirm(sc);
		break;
	}
}

/* Takes a cue; returns where to go on. */
static size_t
take(struct scan *sc, const struct fa_cue *cue)
{
	size_t far = 0;

	switch (cue->kind) {
	case FA_CUE_MODAL:
	case FA_CUE_BARE:
	case FA_CUE_OPEN:
	case FA_CUE_NEED:
		take_negation(sc, cue);
		break;
	case FA_CUE_EXCEPT:
		far = except_end(sc);
		break;
	case FA_CUE_FRAME:
		far = frame_end(sc);
		break;
	case FA_CUE_OF:
		sc->attribute = sc->scope == SCOPE_CHOICE;
		break;
	case FA_CUE_SUBJECT:
		take_subject(sc);
		break;
	case FA_CUE_ADVICE:
		sc->advice = true;
		break;
	case FA_CUE_NO:
	case FA_CUE_SKIP:
	case FA_CUE_COND:
	case FA_CUE_NOTICE:
		break;
	default:
		take_bound(sc, cue);
		break;
	}
	return far ? far : sc->at + cue->n;
}

/* Jumps over a quote or bracket that begins at the cursor; 0 when there is
 * none that closes soon, or when it is to be read. */
static size_t
jump(const struct scan *sc)
{
	static const struct fa_str pairs[][2] = {
		{ FA_STR_INIT("“"), FA_STR_INIT("”") },
		{ FA_STR_INIT("「"), FA_STR_INIT("」") },
		{ FA_STR_INIT("『"), FA_STR_INIT("』") },
		{ FA_STR_INIT("《"), FA_STR_INIT("》") },
		{ FA_STR_INIT("【"), FA_STR_INIT("】") },
		{ FA_STR_INIT("\""), FA_STR_INIT("\"") },
		{ FA_STR_INIT("("), FA_STR_INIT(")") },
	};
	struct fa_str rest = after(sc, 0);
	size_t i, close;

	for (i = 0; i < FA_COUNT(pairs); i++)
		if (fa_str_starts(rest, pairs[i][0]))
			break;
	if (i == FA_COUNT(pairs))
		return 0;
	close = fa_str_find(
		fa_str_sub(rest, 0, WINDOW_BYTES), pairs[i][1], pairs[i][0].n);
	if (close == SIZE_MAX)
		return 0;
	if (i == FA_COUNT(pairs) - 1 && close + 4 >= rest.n &&
		close >= ASIDE_BYTES &&
		!fa_str_starts(rest, FA_STR("(不包括")) &&
		!fa_str_starts(rest, FA_STR("(不含")))
		return 0;
	return sc->at + close + pairs[i][1].n;
}

/* Does a quote or bracket begin with s? */
static bool
opens(struct fa_str s)
{
	unsigned char last;

	switch ((unsigned char)s.p[0]) {
	case '(':
	case '"':
		return true;
	case 0xE2:
		return fa_str_starts(s, FA_STR("“"));
	case 0xE3: /* 《 「 『 【: E3 80 8A, 8C, 8E, 90 */
		last = s.n < 3 || s.p[1] != '\x80' ? 0 : (unsigned char)s.p[2];
		return last >= 0x8A && last <= 0x90 && last % 2 == 0;
	default:
		return false;
	}
}

/* Where to go on behind a character that begins no cue. */
static size_t
pass(const struct scan *sc, struct fa_str rest)
{
	size_t far = opens(rest) ? jump(sc) : 0;

	if (far)
		return far;
	return sc->at + ((unsigned char)rest.p[0] >= 0xE0 ? 3 : 1);
}

enum fa_polarity
fa_polarity_scan(struct fa_str s)
{
	struct scan sc = { .s = s };

	while (sc.at < s.n) {
		struct fa_str rest = { s.p + sc.at, s.n - sc.at };

		if ((unsigned char)rest.p[0] < 0xE4) {
			sc.at = pass(&sc, rest);
		} else {
			const struct fa_cue *cue = fa_cue_find(rest);

			sc.at = cue ? take(&sc, cue) : sc.at + 3;
		}
	}
	if (sc.advice)
		return FA_POLARITY_ADVICE;
	return sc.scope == SCOPE_NONE ? FA_POLARITY_AFFIRMED
				      : FA_POLARITY_NEGATED;
}
