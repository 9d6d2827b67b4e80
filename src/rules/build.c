#include "rules/build.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "rules/rules.h"

#define NO_ENTRY UINT32_MAX
#define WORD_BYTES 600 /* longest word of a lexicon, folded */

int
fa_rules_build_fail(
	const struct fa_build *bd, struct fa_place where, const char *fmt, ...)
{
	char message[FA_ERR_MSG_BYTES];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	if (where.line == 0) {
		return fa_fail(bd->err, FA_E_INPUT, "%.*s: %s",
			FA_STR_ARG(where.file), message);
	}
	return fa_fail(bd->err, FA_E_INPUT, "%.*s:%u:%u: %s",
		FA_STR_ARG(where.file), (unsigned)where.line,
		(unsigned)where.column, message);
}

int
fa_rules_build_nomem(const struct fa_build *bd)
{
	return fa_fail(bd->err, FA_E_NOMEM, "out of memory for the rules");
}

int
fa_rules_build_init(struct fa_build *bd, struct fa_arena *a, struct fa_err *err)
{
	memset(bd, 0, sizeof(*bd));
	bd->a = a;
	bd->err = err;
	for (size_t i = 0; i < FA_BUILD_BUCKETS; i++)
		bd->bucket[i] = NO_ENTRY;
	bd->b = fa_arena_new(a, 1, sizeof(*bd->b));
	if (bd->b == NULL)
		return fa_rules_build_nomem(bd);
	bd->b->version = FA_STR(FA_RULES_FORMAT);
	return FA_OK;
}

int
fa_rules_build_item(
	const struct fa_build *bd, struct fa_items *list, struct fa_item item)
{
	struct fa_item *grown = fa_arena_grow(
		bd->a, list->at, &list->cap, list->n + 1, sizeof(*list->at));

	if (grown == NULL)
		return fa_rules_build_nomem(bd);
	list->at = grown;
	list->at[list->n++] = item;
	return FA_OK;
}

/* By id; items of one id by place, so that messages do not depend on the
 * order in which files were read. */
static int
compare_items(const void *va, const void *vb)
{
	const struct fa_item *a = va;
	const struct fa_item *b = vb;
	int order = fa_str_cmp(a->id, b->id);

	/* The generated one is named last: its author can rename the other. */
	if (order == 0)
		order = (a->node == NULL) - (b->node == NULL);
	if (order == 0)
		order = fa_str_cmp(a->place.file, b->place.file);
	if (order == 0)
		order = (a->place.line > b->place.line) -
			(a->place.line < b->place.line);
	return order;
}

static int
fail_twice(const struct fa_build *bd, const struct fa_item *first,
	const struct fa_item *second, const char *what)
{
	if (second->node == NULL) {
		return fa_rules_build_fail(bd, first->place,
			"the id %.*s belongs to the rule that is made for "
			"silent: gap; choose another one",
			FA_STR_ARG(first->id));
	}
	if (first->place.line == 0) {
		return fa_rules_build_fail(bd, first->place,
			"two %ss have the id %.*s", what,
			FA_STR_ARG(first->id));
	}
	return fa_rules_build_fail(bd, second->place,
		"%s %.*s stands already in %.*s, line %u", what,
		FA_STR_ARG(second->id), FA_STR_ARG(first->place.file),
		(unsigned)first->place.line);
}

int
fa_rules_build_sort(
	const struct fa_build *bd, struct fa_items *list, const char *what)
{
	if (list->n > 1)
		qsort(list->at, list->n, sizeof(*list->at), compare_items);
	for (size_t i = 1; i < list->n; i++) {
		if (fa_str_eq(list->at[i - 1].id, list->at[i].id)) {
			return fail_twice(
				bd, &list->at[i - 1], &list->at[i], what);
		}
	}
	return FA_OK;
}

/* Spellings that documents are rid of when they are read, because half of
 * them are written one way and half the other. */
static const struct {
	struct fa_str from, to;
} spellings[] = {
	{ FA_STR_INIT("登陆"), FA_STR_INIT("登录") },
	{ FA_STR_INIT("其它"), FA_STR_INIT("其他") },
};

static void
replace_all(struct fa_buf *out, struct fa_str s, struct fa_str from,
	struct fa_str to)
{
	size_t at = 0;

	for (;;) {
		size_t hit = fa_str_find(s, from, at);

		if (hit == SIZE_MAX)
			break;
		fa_buf_add(out, fa_str_sub(s, at, hit));
		fa_buf_add(out, to);
		at = hit + from.n;
	}
	fa_buf_add(out, fa_str_sub(s, at, s.n));
}

/* Folds code point by code point; blanks between two CJK characters go. */
static void
fold_runes(struct fa_buf *out, struct fa_str word)
{
	uint32_t before = 0;
	bool blank = false;

	for (size_t at = 0; at < word.n;) {
		char folded[FA_FOLD_RUNES * 4];
		uint32_t cp;
		size_t bytes;

		at += fa_utf8_next(fa_str_sub(word, at, word.n), &cp);
		if (fa_rune_is_space(cp)) {
			blank = true;
			continue;
		}
		bytes = fa_rune_fold(cp, folded);
		if (bytes == 0)
			continue;
		if (blank && before != 0 &&
			!(fa_rune_is_cjk(before) && fa_rune_is_cjk(cp)))
			fa_buf_addc(out, ' ');
		fa_buf_add(out, (struct fa_str){ folded, bytes });
		before = cp;
		blank = false;
	}
}

int
fa_rules_build_fold(
	struct fa_str *out, const struct fa_build *bd, struct fa_str word)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf text;
	int rc;

	fa_buf_init(&text, WORD_BYTES);
	fold_runes(&text, word);
	for (size_t i = 0; i < FA_COUNT(spellings); i++) {
		FA_CLEANUP(fa_buf_done) struct fa_buf next;

		fa_buf_init(&next, WORD_BYTES);
		replace_all(&next, fa_buf_str(&text), spellings[i].from,
			spellings[i].to);
		fa_buf_reset(&text);
		fa_buf_add(&text, fa_buf_str(&next));
	}
	rc = fa_buf_rc(&text, "word", bd->err);
	if (rc != FA_OK)
		return rc;
	*out = fa_arena_dup(bd->a, fa_buf_str(&text));
	return out->p == NULL ? fa_rules_build_nomem(bd) : FA_OK;
}

/* Longest first, so that an alternation takes the longest word. */
static int
compare_words(const void *va, const void *vb)
{
	const struct fa_str *a = va;
	const struct fa_str *b = vb;

	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return fa_str_cmp(*a, *b);
}

void
fa_rules_build_words(struct fa_lexicon *lexicon)
{
	size_t kept = 0;

	if (lexicon->words_n > 1) {
		qsort(lexicon->words, lexicon->words_n, sizeof(*lexicon->words),
			compare_words);
	}
	for (size_t i = 0; i < lexicon->words_n; i++) {
		if (kept == 0 ||
			!fa_str_eq(lexicon->words[kept - 1], lexicon->words[i]))
			lexicon->words[kept++] = lexicon->words[i];
	}
	lexicon->words_n = kept;
}

uint32_t
fa_rules_build_lexicon(const struct fa_build *bd, struct fa_str name)
{
	size_t i = fa_str_search(bd->b->lexicons, bd->named,
		sizeof(*bd->b->lexicons), offsetof(struct fa_lexicon, name),
		name);

	return i < bd->named ? (uint32_t)i : FA_RULE_NONE;
}

/* "=word|word" in the arena. */
static int
anonymous_name(struct fa_str *out, struct fa_build *bd,
	const struct fa_str *words, size_t n)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf name;
	int rc;

	fa_buf_init(&name, FA_RULES_PATTERN_BYTES);
	for (size_t i = 0; i < n; i++) {
		fa_buf_addc(&name, i == 0 ? '=' : '|');
		fa_buf_add(&name, words[i]);
	}
	rc = fa_buf_rc(&name, "word set", bd->err);
	if (rc != FA_OK)
		return rc;
	*out = fa_arena_dup(bd->a, fa_buf_str(&name));
	return out->p == NULL ? fa_rules_build_nomem(bd) : FA_OK;
}

static int
new_lexicon(uint16_t *out, struct fa_build *bd, const struct fa_lexicon *set,
	struct fa_place where)
{
	struct fa_bundle *b = bd->b;
	struct fa_lexicon *grown;

	if (b->lexicons_n >= FA_NAME_LEXICONS) {
		return fa_rules_build_fail(bd, where,
			"more than %d lexicons, counting each word set of a "
			"pattern; use named lexicons",
			FA_NAME_LEXICONS);
	}
	grown = fa_arena_grow(bd->a, b->lexicons, &bd->lexicons_cap,
		b->lexicons_n + 1, sizeof(*b->lexicons));
	if (grown == NULL)
		return fa_rules_build_nomem(bd);
	b->lexicons = grown;
	grown[b->lexicons_n] = *set;
	grown[b->lexicons_n].file = where.file;
	grown[b->lexicons_n].line = where.line;
	*out = (uint16_t)b->lexicons_n++;
	return FA_OK;
}

int
fa_rules_build_anonymous(struct fa_build *bd, const struct fa_str *words,
	size_t n, struct fa_place where, uint16_t *out)
{
	struct fa_bundle *b = bd->b;
	struct fa_lexicon set = { .words_n = n };
	int rc;

	set.words = fa_arena_new(bd->a, n, sizeof(*set.words));
	if (set.words == NULL)
		return fa_rules_build_nomem(bd);
	memcpy(set.words, words, n * sizeof(*words));
	fa_rules_build_words(&set);
	rc = anonymous_name(&set.name, bd, set.words, set.words_n);
	if (rc != FA_OK)
		return rc;
	for (size_t i = bd->named; i < b->lexicons_n; i++) {
		if (fa_str_eq(b->lexicons[i].name, set.name)) {
			*out = (uint16_t)i;
			return FA_OK;
		}
	}
	return new_lexicon(out, bd, &set, where);
}

static size_t
bucket_of(struct fa_str s)
{
	return fa_str_hash(s) % FA_BUILD_BUCKETS;
}

int
fa_rules_build_pattern(struct fa_build *bd, struct fa_str source,
	struct fa_place where, uint32_t *out)
{
	struct fa_bundle *b = bd->b;
	size_t bucket = bucket_of(source);
	struct fa_pattern *patterns;
	uint32_t *chain;
	int rc;

	for (uint32_t i = bd->bucket[bucket]; i != NO_ENTRY; i = bd->chain[i]) {
		if (fa_str_eq(b->patterns[i].source, source)) {
			*out = i;
			return FA_OK;
		}
	}
	patterns = fa_arena_grow(bd->a, b->patterns, &bd->patterns_cap,
		b->patterns_n + 1, sizeof(*b->patterns));
	chain = fa_arena_grow(bd->a, bd->chain, &bd->chain_cap,
		b->patterns_n + 1, sizeof(*bd->chain));
	if (patterns == NULL || chain == NULL)
		return fa_rules_build_nomem(bd);
	b->patterns = patterns;
	bd->chain = chain;
	rc = fa_pattern_compile(&patterns[b->patterns_n], bd, source, where);
	if (rc != FA_OK)
		return rc;
	*out = (uint32_t)b->patterns_n++;
	chain[*out] = bd->bucket[bucket];
	bd->bucket[bucket] = *out;
	return FA_OK;
}

int
fa_rules_build_part(const struct fa_build *bd, struct fa_obligation *o,
	struct fa_str id, struct fa_place where)
{
	uint32_t whole = fa_bundle_obligation(bd->b, id);

	if (whole == FA_RULE_NONE || !fa_str_starts(o->id, id) ||
		o->id.n <= id.n + 1 || o->id.p[id.n] != '.')
		return fa_rules_build_fail(bd, where,
			"'%.*s' is a part of '%.*s', which is no obligation "
			"that its id begins with",
			FA_STR_ARG(o->id), FA_STR_ARG(id));
	o->part_of = &bd->b->obligations[whole];
	return FA_OK;
}

/* depth counts from the root, whose region only says how far the parts may
 * stand from each other. */
static bool
anchored(const struct fa_cond *c, bool near, unsigned depth)
{
	if (depth > FA_RULES_DEPTH + 1)
		return false;
	if (depth > 0 && c->has_region)
		near = c->region <= FA_REGION_SENTENCE;
	if (c->kind == FA_COND_PATTERN || c->kind == FA_COND_FACT)
		return near;
	if (c->kind != FA_COND_ALL && c->kind != FA_COND_ANY)
		return false;
	for (size_t i = 0; i < c->child_n; i++) {
		if (anchored(&c->child[i], near, depth + 1))
			return true;
	}
	return false;
}

int
fa_rules_build_defers(const struct fa_build *bd, struct fa_rule *r,
	struct fa_str to, struct fa_place where)
{
	if (!fa_str_eq(to, FA_STR("documents")) || !r->on_flow ||
		r->verdict != FA_VERDICT_CANNOT_TELL)
		return fa_rules_build_fail(bd, where,
			"'defers: documents' is for a rule that judges flows "
			"with the verdict cannot_tell");
	r->defers = true;
	return FA_OK;
}

bool
fa_rules_build_anchored(const struct fa_cond *find)
{
	return anchored(find, true, 0);
}
