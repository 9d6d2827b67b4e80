/* Lexicons. Each word is folded like the text it is looked for in; the words
 * of included lexicons are added, so that an alternation knows them all. */
#include "rules/load.h"

#include <string.h>

#include "rules/nearest.h"
#include "rules/rules.h"

enum { NOTE, WORDS, INCLUDE };

static const struct fa_key keys[] = {
	[NOTE] = { "note", FA_WANT_TEXT, false },
	[WORDS] = { "words", FA_WANT_LIST, false },
	[INCLUDE] = { "include", FA_WANT_LIST, false },
};

enum state { UNSEEN, OPEN, DONE };

struct work {
	struct fa_load *l;
	enum state *state;                    /* of each lexicon */
	const struct fa_yaml *const *include; /* its list, or NULL */
};

static int
add_word(struct fa_load *l, const struct fa_yaml *node, struct fa_lexicon *out)
{
	struct fa_str text = FA_STR_NONE;
	struct fa_str word = FA_STR_NONE;
	int rc = fa_load_text(l, node, "word", &text);

	if (rc != FA_OK)
		return rc;
	if (memchr(text.p, '\n', text.n) != NULL || text.n > 200) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"word of several lines or more than 200 bytes");
	}
	rc = fa_rules_build_fold(&word, &l->bd, text);
	if (rc != FA_OK)
		return rc;
	if (word.n == 0) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"word consists of invisible characters");
	}
	out->words[out->words_n++] = word;
	return FA_OK;
}

static int
load_words(struct fa_load *l, const struct fa_yaml *node,
	struct fa_lexicon *out, const struct fa_yaml **include)
{
	const struct fa_yaml *at[FA_COUNT(keys)];
	int rc = fa_load_map(l, node, "a lexicon", keys, FA_COUNT(keys), at);

	if (rc != FA_OK)
		return rc;
	*include = at[INCLUDE];
	if (at[WORDS] == NULL && at[INCLUDE] == NULL) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"lexicon has neither words nor include");
	}
	if (at[WORDS] == NULL)
		return FA_OK;
	if (at[WORDS]->count > FA_RULES_WORDS) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"lexicon of %zu words; the limit is %d",
			at[WORDS]->count, FA_RULES_WORDS);
	}
	out->words =
		fa_arena_new(l->bd.a, at[WORDS]->count, sizeof(*out->words));
	if (out->words == NULL)
		return fa_rules_build_nomem(&l->bd);
	for (const struct fa_yaml *c = at[WORDS]->child; c != NULL;
		c = c->next) {
		rc = add_word(l, c, out);
		if (rc != FA_OK)
			return rc;
	}
	fa_rules_build_words(out);
	return FA_OK;
}

static int
check_name(const struct fa_load *l, const struct fa_item *item)
{
	struct fa_str name = item->id;
	bool ok = name.n > 0 && name.n <= 64 && name.p[0] >= 'a' &&
		name.p[0] <= 'z';

	for (size_t i = 0; i < name.n && ok; i++) {
		ok = (name.p[i] >= 'a' && name.p[i] <= 'z') ||
			(name.p[i] >= '0' && name.p[i] <= '9') ||
			name.p[i] == '_';
	}
	if (ok)
		return FA_OK;
	return fa_rules_build_fail(&l->bd, item->place,
		"'%.*s' is no name of a lexicon; expected a-z, 0-9 and _, "
		"a letter first",
		FA_STR_ARG(name));
}

static int
unknown_include(
	const struct fa_load *l, const struct fa_yaml *node, struct fa_str name)
{
	struct fa_nearest near;

	fa_nearest_init(&near, name, FA_NEAREST_MAX);
	for (size_t i = 0; i < l->bd.named; i++)
		fa_nearest_try(&near, l->bd.b->lexicons[i].name);
	if (near.best.p != NULL) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"unknown lexicon '%.*s'; did you mean '%.*s'?",
			FA_STR_ARG(name), FA_STR_ARG(near.best));
	}
	return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
		"unknown lexicon '%.*s'", FA_STR_ARG(name));
}

static int
append(struct fa_load *l, const struct fa_yaml *node, struct fa_lexicon *to,
	const struct fa_lexicon *from)
{
	size_t n = to->words_n + from->words_n;
	struct fa_str *words;

	if (n > FA_RULES_WORDS) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"lexicon of more than %d words with what it includes",
			FA_RULES_WORDS);
	}
	words = fa_arena_new(l->bd.a, n, sizeof(*words));
	if (words == NULL)
		return fa_rules_build_nomem(&l->bd);
	if (to->words_n > 0)
		memcpy(words, to->words, to->words_n * sizeof(*words));
	if (from->words_n > 0) {
		memcpy(words + to->words_n, from->words,
			from->words_n * sizeof(*words));
	}
	to->words = words;
	to->words_n = n;
	fa_rules_build_words(to);
	return FA_OK;
}

/* Resolves one include of lexicon i, whose own includes are open. */
static int resolve(struct work *w, uint32_t i, unsigned depth);

static int
include_one(
	struct work *w, uint32_t i, const struct fa_yaml *node, unsigned depth)
{
	struct fa_lexicon *lexicons = w->l->bd.b->lexicons;
	struct fa_str name = FA_STR_NONE;
	uint32_t other;
	int rc = fa_load_text(w->l, node, "include", &name);

	if (rc != FA_OK)
		return rc;
	other = fa_rules_build_lexicon(&w->l->bd, name);
	if (other == FA_RULE_NONE)
		return unknown_include(w->l, node, name);
	if (w->state[other] == OPEN) {
		return fa_rules_build_fail(&w->l->bd, fa_load_place(w->l, node),
			"'%.*s' includes '%.*s', which includes it in turn",
			FA_STR_ARG(lexicons[i].name), FA_STR_ARG(name));
	}
	rc = resolve(w, other, depth + 1);
	if (rc != FA_OK)
		return rc;
	w->l->file = lexicons[i].file;
	lexicons[other].included = true;
	return append(w->l, node, &lexicons[i], &lexicons[other]);
}

static int
resolve(struct work *w, uint32_t i, unsigned depth)
{
	const struct fa_item *item = &w->l->lexicons.at[i];

	if (w->state[i] == DONE)
		return FA_OK;
	if (depth > 64) {
		return fa_rules_build_fail(&w->l->bd, item->place,
			"lexicons include each other deeper than 64");
	}
	w->state[i] = OPEN;
	w->l->file = item->place.file;
	if (w->include[i] != NULL) {
		for (const struct fa_yaml *c = w->include[i]->child; c != NULL;
			c = c->next) {
			int rc = include_one(w, i, c, depth);

			if (rc != FA_OK)
				return rc;
		}
	}
	w->state[i] = DONE;
	return FA_OK;
}

static int
resolve_all(struct fa_load *l, const struct fa_yaml *const *include)
{
	struct work w = { .l = l, .include = include };

	w.state = fa_arena_new(l->bd.a, l->lexicons.n, sizeof(*w.state));
	if (w.state == NULL)
		return fa_rules_build_nomem(&l->bd);
	for (size_t i = 0; i < l->lexicons.n; i++) {
		int rc = resolve(&w, (uint32_t)i, 1);

		if (rc != FA_OK)
			return rc;
	}
	return FA_OK;
}

int
fa_load_lexicons(struct fa_load *l)
{
	struct fa_bundle *b = l->bd.b;
	size_t n = l->lexicons.n;
	const struct fa_yaml **include;
	int rc = fa_rules_build_sort(&l->bd, &l->lexicons, "lexicon");

	if (rc != FA_OK)
		return rc;
	if (n > FA_NAME_LEXICONS) {
		return fa_rules_build_fail(&l->bd, l->lexicons.at[0].place,
			"%zu lexicons; the limit is %d", n, FA_NAME_LEXICONS);
	}
	b->lexicons = fa_arena_new(l->bd.a, n, sizeof(*b->lexicons));
	include = fa_arena_new(l->bd.a, n, sizeof(*include));
	if (b->lexicons == NULL || include == NULL)
		return fa_rules_build_nomem(&l->bd);
	l->bd.lexicons_cap = n;
	for (size_t i = 0; i < n; i++) {
		const struct fa_item *item = &l->lexicons.at[i];

		l->file = item->place.file;
		b->lexicons[i].name = item->id;
		b->lexicons[i].file = item->place.file;
		b->lexicons[i].line = item->place.line;
		rc = check_name(l, item);
		if (rc == FA_OK) {
			rc = load_words(
				l, item->node, &b->lexicons[i], &include[i]);
		}
		if (rc != FA_OK)
			return rc;
	}
	b->lexicons_n = n;
	l->bd.named = n;
	return resolve_all(l, include);
}
