/* Words stand in buckets by their first character; at each character of a text
 * the words of its bucket are compared. Labels are short and texts of screens
 * a few kilobytes, so that nothing cleverer pays. */
#include "flow/vocab.h"

#include <string.h>

#include "base/utf8.h"
#include "flow/view.h"

#define BUCKETS 1024u

enum kind { LABEL, TOPIC };

static const struct {
	struct fa_str name;
	enum kind kind;
} sets[FA_VOCAB_COUNT] = {
#define VOCAB_ROW(symbol, name, kind) { FA_STR_INIT(name), kind },
	FA_VOCABS(VOCAB_ROW)
#undef VOCAB_ROW
};

struct entry {
	struct fa_str word;
	uint32_t next; /* in the bucket, plus one; 0 ends */
	uint8_t set, chars;
};

struct fa_vocab {
	struct entry *entries;
	size_t n;
	uint32_t bucket[BUCKETS];
};

static uint32_t
slot_of(uint32_t cp)
{
	return (cp ^ (cp >> 10)) % BUCKETS;
}

static bool
is_word_char(struct fa_str s, size_t at)
{
	char c = at < s.n ? s.p[at] : ' ';

	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* A word of Latin letters does not begin or end inside another. */
static bool
stands_at(struct fa_str text, size_t at, struct fa_str word)
{
	size_t end = at + word.n;

	if (!fa_str_starts(fa_str_sub(text, at, text.n), word))
		return false;
	if (is_word_char(word, 0) && at > 0 && is_word_char(text, at - 1))
		return false;
	return !(is_word_char(word, word.n - 1) && is_word_char(text, end));
}

static void
note(struct fa_vocab_hits *h, const struct entry *e)
{
	if (h->best[e->set] < e->chars)
		h->best[e->set] = e->chars;
}

/* Topics that begin at this place are noted; returns the bytes of the longest
 * word of a label there. */
static size_t
scan_at(struct fa_vocab_hits *h, const struct fa_vocab *v, struct fa_str text,
	size_t at, uint32_t head)
{
	size_t longest = 0;

	for (uint32_t i = head; i != 0; i = v->entries[i - 1].next) {
		const struct entry *e = &v->entries[i - 1];

		if (!stands_at(text, at, e->word))
			continue;
		if (sets[e->set].kind == TOPIC)
			note(h, e);
		else if (e->word.n > longest)
			longest = e->word.n;
	}
	return longest;
}

void
fa_vocab_scan(struct fa_vocab_hits *out, const struct fa_vocab *v,
	struct fa_str folded)
{
	size_t free_from = 0;

	memset(out, 0, sizeof(*out));
	for (size_t at = 0; at < folded.n;) {
		uint32_t cp;
		size_t one =
			fa_utf8_next(fa_str_sub(folded, at, folded.n), &cp);
		uint32_t head = v->bucket[slot_of(cp)];
		size_t longest = scan_at(out, v, folded, at, head);

		if (longest > 0 && at >= free_from) {
			for (uint32_t i = head; i != 0;
				i = v->entries[i - 1].next) {
				const struct entry *e = &v->entries[i - 1];

				if (e->word.n == longest &&
					sets[e->set].kind == LABEL &&
					stands_at(folded, at, e->word))
					note(out, e);
			}
			free_from = at + longest;
			out->taken += (uint32_t)fa_utf8_count(
				fa_str_sub(folded, at, free_from));
		}
		at += one;
	}
}

static void
fold_into(struct fa_buf *out, struct fa_str text)
{
	uint32_t before = 0;
	bool blank = false;

	for (size_t at = 0; at < text.n;) {
		char folded[FA_FOLD_RUNES * 4];
		uint32_t cp;
		size_t n;

		at += fa_utf8_next(fa_str_sub(text, at, text.n), &cp);
		if (fa_rune_is_space(cp)) {
			blank = true;
			continue;
		}
		n = fa_rune_fold(cp, folded);
		if (n == 0)
			continue;
		for (size_t i = 0; i < n; i++)
			if (folded[i] >= 'A' && folded[i] <= 'Z')
				folded[i] = (char)(folded[i] - 'A' + 'a');
		if (blank && before != 0 &&
			!(fa_rune_is_cjk(before) && fa_rune_is_cjk(cp)))
			fa_buf_addc(out, ' ');
		fa_buf_add(out, (struct fa_str){ folded, n });
		before = cp;
		blank = false;
	}
}

/* Spellings that rules fold too; of equal length. */
static void
respell(char *p, size_t n, struct fa_str from, struct fa_str to)
{
	struct fa_str s = { p, n };

	for (size_t at = fa_str_find(s, from, 0); at != SIZE_MAX;
		at = fa_str_find(s, from, at + from.n))
		memcpy(p + at, to.p, to.n);
}

struct fa_str
fa_vocab_fold(struct fa_str text, struct fa_arena *a)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf out;
	struct fa_str none = FA_STR_NONE;

	fa_buf_init(&out,
		text.n < SIZE_MAX / 80 ? text.n * (FA_FOLD_RUNES * 4 + 1) + 64
				       : 0);
	fold_into(&out, text);
	if (out.rc < 0)
		return none;
	if (out.n == 0)
		return FA_STR("");
	respell(out.p, out.n, FA_STR("登陆"), FA_STR("登录"));
	respell(out.p, out.n, FA_STR("其它"), FA_STR("其他"));
	return fa_arena_dup(a, fa_buf_str(&out));
}

static int
add_words(struct fa_vocab *v, const struct fa_lexicon *l, uint8_t set,
	struct fa_arena *a, struct fa_err *err)
{
	for (size_t i = 0; i < l->words_n; i++) {
		struct entry *e = &v->entries[v->n];
		struct fa_str word = fa_vocab_fold(l->words[i], a);
		size_t chars = fa_utf8_count(word);
		uint32_t cp;

		if (!word.p)
			return fa_fail(err, FA_E_NOMEM,
				"no memory for the words of screens");
		if (word.n == 0)
			continue;
		(void)fa_utf8_next(word, &cp);
		e->word = word;
		e->set = set;
		e->chars = (uint8_t)(chars > 100 ? 100 : chars);
		e->next = v->bucket[slot_of(cp)];
		v->bucket[slot_of(cp)] = (uint32_t)++v->n;
	}
	return FA_OK;
}

static const struct fa_lexicon *
find_lexicon(const struct fa_bundle *b, struct fa_str name)
{
	size_t i = fa_str_search(b->lexicons, b->lexicons_n,
		sizeof(*b->lexicons), offsetof(struct fa_lexicon, name), name);

	return i < b->lexicons_n ? &b->lexicons[i] : NULL;
}

int
fa_vocab_new(struct fa_vocab **out, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_vocab *v = fa_arena_new(a, 1, sizeof(*v));
	size_t total = 0;

	for (size_t i = 0; i < FA_VOCAB_COUNT; i++) {
		const struct fa_lexicon *l = find_lexicon(b, sets[i].name);

		total += l ? l->words_n : 0;
	}
	if (v)
		v->entries = fa_arena_new(a, total, sizeof(*v->entries));
	if (!v || !v->entries)
		return fa_fail(
			err, FA_E_NOMEM, "no memory for the words of screens");
	for (size_t i = 0; i < FA_VOCAB_COUNT; i++) {
		const struct fa_lexicon *l = find_lexicon(b, sets[i].name);
		int rc = l ? add_words(v, l, (uint8_t)i, a, err) : FA_OK;

		if (rc < 0)
			return rc;
	}
	*out = v;
	return FA_OK;
}
