/* What a rule author should mend although the rules load: too little proof
 * (examples), text in the wrong language, vocabulary that nobody uses. */
#include "rules/rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define MESSAGE_BYTES 400
#define EXAMPLES_MIN 5 /* of each kind */
#define SHORT_CHARS 8  /* shorter is no sentence */
#define LABEL_CHARS 20 /* up to here it may be the label of a form */

struct lint {
	const struct fa_bundle *b;
	struct fa_arena *a;
	struct fa_err *err;
	struct fa_lint *at;
	size_t n;
	size_t cap;
	int rc; /* the first failure; later notes do nothing */
};

struct place {
	struct fa_str file;
	uint32_t line;
	bool fatal;
};

static void note(struct lint *l, struct place where, const char *fmt, ...)
	FA_PRINTF(3, 4);

static void
note(struct lint *l, struct place where, const char *fmt, ...)
{
	char message[MESSAGE_BYTES];
	struct fa_lint *grown;
	struct fa_str text;
	va_list ap;

	if (l->rc != FA_OK)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	text = fa_arena_dup(l->a, fa_str_c(message));
	grown = fa_arena_grow(l->a, l->at, &l->cap, l->n + 1, sizeof(*l->at));
	if (grown == NULL || text.p == NULL) {
		l->rc = fa_fail(l->err, FA_E_NOMEM,
			"out of memory for remarks on rules");
		return;
	}
	l->at = grown;
	l->at[l->n++] =
		(struct fa_lint){ where.file, where.line, text, where.fatal };
}

static bool
has_han(struct fa_str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t cp = 0;

		at += fa_utf8_next(fa_str_sub(s, at, s.n), &cp);
		if (fa_rune_is_han(cp))
			return true;
	}
	return false;
}

static void
check_text(struct lint *l, struct place where, struct fa_str id,
	const char *what, const struct fa_text2 *t)
{
	if (t->in[FA_LANG_ZH].p == NULL)
		return;
	if (!has_han(t->in[FA_LANG_ZH])) {
		note(l, where, "%.*s: the zh text of %s is not Chinese",
			FA_STR_ARG(id), what);
	}
	if (fa_str_eq(t->in[FA_LANG_ZH], t->in[FA_LANG_EN])) {
		note(l, where, "%.*s: %s is the same text twice",
			FA_STR_ARG(id), what);
	}
}

/* A passage that ends like one, or is as short as the label of a box. */
static bool
is_fragment(struct fa_str text)
{
	static const struct fa_str ends[] = { FA_STR_INIT("。"),
		FA_STR_INIT("！"), FA_STR_INIT("？"), FA_STR_INIT("；"),
		FA_STR_INIT("："), FA_STR_INIT("…"), FA_STR_INIT("）"),
		FA_STR_INIT("”"), FA_STR_INIT("」"), FA_STR_INIT("》"),
		FA_STR_INIT("."), FA_STR_INIT("!"), FA_STR_INIT("?"),
		FA_STR_INIT(";"), FA_STR_INIT(":"), FA_STR_INIT(")"),
		FA_STR_INIT("|") };
	size_t chars = fa_utf8_count(text);

	if (chars < SHORT_CHARS)
		return true;
	for (size_t i = 0; i < FA_COUNT(ends); i++) {
		if (fa_str_ends(text, ends[i]))
			return false;
	}
	return chars > LABEL_CHARS;
}

static int
compare_examples(const void *va, const void *vb)
{
	const struct fa_example *a = va;
	const struct fa_example *b = vb;
	int order = fa_str_cmp(a->text, b->text);

	return order != 0 ? order : (int)a->matches - (int)b->matches;
}

static void
check_repeats(struct lint *l, struct place where, const struct fa_rule *r)
{
	size_t n = r->examples_n;
	struct fa_example *sorted = fa_arena_new(l->a, n, sizeof(*sorted));

	if (sorted == NULL) {
		l->rc = fa_fail(l->err, FA_E_NOMEM,
			"out of memory for remarks on rules");
		return;
	}
	if (n < 2)
		return;
	memcpy(sorted, r->examples, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), compare_examples);
	for (size_t i = 1; i < n; i++) {
		if (!fa_str_eq(sorted[i - 1].text, sorted[i].text))
			continue;
		where.fatal = sorted[i - 1].matches != sorted[i].matches;
		note(l, where, "%.*s: example stands %s: %.*s",
			FA_STR_ARG(r->id),
			where.fatal ? "in match and in no_match" : "twice",
			FA_STR_ARG(sorted[i].text));
	}
}

static void
check_examples(struct lint *l, struct place where, const struct fa_rule *r)
{
	size_t matching = 0;

	for (size_t i = 0; i < r->examples_n; i++) {
		matching += r->examples[i].matches;
		if (!r->on_flow && is_fragment(r->examples[i].text)) {
			where.fatal = true;
			note(l, where, "%.*s: example is a fragment: %.*s",
				FA_STR_ARG(r->id),
				FA_STR_ARG(r->examples[i].text));
		}
	}
	check_repeats(l, where, r);
	where.fatal = true;
	if (matching < EXAMPLES_MIN) {
		note(l, where, "%.*s: %zu match examples, at least %d needed",
			FA_STR_ARG(r->id), matching, EXAMPLES_MIN);
	}
	if (r->examples_n - matching < EXAMPLES_MIN) {
		note(l, where,
			"%.*s: %zu no_match examples, at least %d needed",
			FA_STR_ARG(r->id), r->examples_n - matching,
			EXAMPLES_MIN);
	}
}

/* True when each way in which c can hold has a passage to report. */
static bool
all_anchored(const struct fa_cond *c, bool near, unsigned depth)
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
		if (all_anchored(&c->child[i], near, depth + 1) ==
			(c->kind == FA_COND_ALL))
			return c->kind == FA_COND_ALL;
	}
	return c->kind == FA_COND_ANY;
}

static void
check_rule(struct lint *l, const struct fa_rule *r)
{
	struct place where = { r->file, r->line, false };

	if (r->find == NULL)
		return;
	check_text(l, where, r->id, "title", &r->title);
	check_text(l, where, r->id, "why", &r->why);
	check_text(l, where, r->id, "fix", &r->fix);
	check_text(l, where, r->id, "wording", &r->wording);
	check_examples(l, where, r);
	if (!all_anchored(r->find, true, 0)) {
		note(l, where,
			"%.*s: a branch of any: has no pattern in the sentence "
			"itself, so what it finds is never reported",
			FA_STR_ARG(r->id));
	}
}

static bool
rests_on_law(const struct fa_bundle *b, const struct fa_obligation *o)
{
	if (b->instruments[o->instrument].binding)
		return true;
	for (size_t i = 0; i < o->refs_n; i++) {
		for (size_t k = 0; k < b->instruments_n; k++) {
			if (b->instruments[k].binding &&
				fa_str_eq(b->instruments[k].code,
					o->refs[i].instrument))
				return true;
		}
	}
	return false;
}

static void
check_obligation(struct lint *l, const struct fa_obligation *o)
{
	struct place where = { o->file, o->line, false };

	check_text(l, where, o->id, "title", &o->title);
	check_text(l, where, o->id, "why", &o->why);
	check_text(l, where, o->id, "fix", &o->fix);
	check_text(l, where, o->id, "wording", &o->wording);
	check_text(l, where, o->id, "gap", &o->gap);
	if (!rests_on_law(l->b, o)) {
		note(l, where,
			"%.*s: rests on a text that does not bind; refs should "
			"name the law behind it",
			FA_STR_ARG(o->id));
	}
}

/* Which lexicons patterns name. */
static void
mark_used(const struct fa_bundle *b, bool *used)
{
	for (size_t p = 0; p < b->patterns_n; p++) {
		struct fa_str src = b->patterns[p].source;
		size_t from = fa_str_find(src, FA_STR("{"), 0);

		while (from != SIZE_MAX) {
			size_t to = fa_str_find(src, FA_STR("}"), from);
			struct fa_str name;

			if (to == SIZE_MAX)
				break;
			name = fa_str_sub(src, from + 1, to);
			for (size_t i = 0; i < b->lexicons_n; i++) {
				if (fa_str_eq(b->lexicons[i].name, name))
					used[i] = true;
			}
			from = fa_str_find(src, FA_STR("{"), from + 1);
		}
	}
}

static void
check_lexicons(struct lint *l)
{
	const struct fa_bundle *b = l->b;
	bool *used = fa_arena_new(l->a, b->lexicons_n, sizeof(*used));

	if (used == NULL) {
		l->rc = fa_fail(l->err, FA_E_NOMEM,
			"out of memory for remarks on rules");
		return;
	}
	mark_used(b, used);
	for (size_t i = 0; i < b->lexicons_n; i++) {
		const struct fa_lexicon *x = &b->lexicons[i];
		struct place where = { x->file, x->line, false };

		if (fa_str_starts(x->name, FA_STR("=")))
			continue;
		/* use_* name uses of the face, ui_* what stands on screens:
		 * they are read by name. */
		if (!used[i] && !x->included &&
			!fa_str_starts(x->name, FA_STR("use_")) &&
			!fa_str_starts(x->name, FA_STR("ui_"))) {
			note(l, where, "lexicon %.*s is used by no pattern",
				FA_STR_ARG(x->name));
		}
		for (size_t k = 0; k < x->words_n; k++) {
			if (fa_utf8_count(x->words[k]) > 1)
				continue;
			note(l, where,
				"lexicon %.*s has the word '%.*s' of one "
				"character, which slows every search",
				FA_STR_ARG(x->name), FA_STR_ARG(x->words[k]));
			break;
		}
	}
}

static void
check_named(struct lint *l)
{
	const struct fa_bundle *b = l->b;
	bool *named = fa_arena_new(l->a, b->obligations_n, sizeof(*named));

	if (named == NULL) {
		l->rc = fa_fail(l->err, FA_E_NOMEM,
			"out of memory for remarks on rules");
		return;
	}
	for (size_t i = 0; i < b->ledger_n; i++) {
		const struct fa_ledger_entry *entry = &b->ledger[i];

		for (size_t k = 0; k < entry->obligations_n; k++)
			named[entry->obligations[k]] = true;
	}
	for (size_t i = 0; i < b->obligations_n; i++) {
		const struct fa_obligation *o = &b->obligations[i];
		struct place where = { o->file, o->line, true };

		if (named[i])
			continue;
		note(l, where, "%.*s: no entry of the ledger names it",
			FA_STR_ARG(o->id));
	}
}

/* "10(1)" -> 10; 0 when there is no article 1 to 20 in front. */
static unsigned
article_number(struct fa_str article)
{
	unsigned n = 0;

	for (size_t i = 0; i < article.n && i < 3; i++) {
		if (article.p[i] < '0' || article.p[i] > '9')
			break;
		n = n * 10 + (unsigned)(article.p[i] - '0');
	}
	return n <= FA_RULES_MEASURES_ARTICLES ? n : 0;
}

static void
check_articles(struct lint *l)
{
	const struct fa_bundle *b = l->b;
	bool there[FA_RULES_MEASURES_ARTICLES + 1] = { false };
	char list[FA_RULES_MEASURES_ARTICLES * 5] = "";
	size_t used = 0;
	struct place where = { b->ledger[0].file, b->ledger[0].line, true };

	for (size_t i = 0; i < b->ledger_n; i++) {
		const struct fa_ledger_entry *entry = &b->ledger[i];

		if (fa_str_eq(b->instruments[entry->instrument].code,
			    FA_STR(FA_RULES_MEASURES)))
			there[article_number(entry->article)] = true;
	}
	for (unsigned n = 1; n <= FA_RULES_MEASURES_ARTICLES; n++) {
		if (there[n])
			continue;
		(void)snprintf(list + used, sizeof(list) - used, "%s%u",
			used > 0 ? ", " : "", n);
		used = strlen(list);
	}
	if (used > 0) {
		note(l, where,
			"the ledger has no entry for these articles "
			"of " FA_RULES_MEASURES ": %s",
			list);
	}
}

static void
check_ledger(struct lint *l)
{
	const struct fa_bundle *b = l->b;
	struct place nowhere = { FA_STR("ledger.yaml"), 0, false };

	if (b->ledger_n == 0) {
		note(l, nowhere,
			"there is no ledger to say which paragraphs the rules "
			"cover");
		return;
	}
	for (size_t i = 0; i < b->ledger_n; i++) {
		const struct fa_ledger_entry *entry = &b->ledger[i];
		struct place where = { entry->file, entry->line, false };

		check_text(l, where, entry->id, "title", &entry->title);
		check_text(l, where, entry->id, "ask", &entry->ask);
	}
	check_named(l);
	for (size_t i = 0; i < b->instruments_n; i++) {
		if (fa_str_eq(
			    b->instruments[i].code, FA_STR(FA_RULES_MEASURES)))
			check_articles(l);
	}
}

static int
compare_lints(const void *va, const void *vb)
{
	const struct fa_lint *a = va;
	const struct fa_lint *b = vb;
	int order = fa_str_cmp(a->file, b->file);

	if (order == 0)
		order = (a->line > b->line) - (a->line < b->line);
	return order != 0 ? order : fa_str_cmp(a->message, b->message);
}

int
fa_rules_lint(const struct fa_bundle *b, struct fa_lints *out,
	struct fa_arena *a, struct fa_err *err)
{
	struct lint l = { .b = b, .a = a, .err = err };
	struct place measured = { FA_STR("precision.yaml"), 0, false };

	for (size_t i = 0; i < b->rules_n; i++)
		check_rule(&l, &b->rules[i]);
	for (size_t i = 0; i < b->obligations_n; i++)
		check_obligation(&l, &b->obligations[i]);
	check_lexicons(&l);
	check_ledger(&l);
	for (size_t i = 0; i < b->unmeasured_n; i++) {
		note(&l, measured,
			"measures %.*s, which is no rule or obligation",
			FA_STR_ARG(b->unmeasured[i]));
	}
	if (l.rc != FA_OK)
		return l.rc;
	if (l.n > 1)
		qsort(l.at, l.n, sizeof(*l.at), compare_lints);
	out->at = l.at;
	out->n = l.n;
	return FA_OK;
}
