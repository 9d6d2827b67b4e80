/* An id that does not exist: what could be meant by it. */
#include "rules/nearest.h"
#include "rules/rules.h"

#define OTHERS_MAX 3 /* ids named beside an unknown one */

struct others {
	struct fa_str at[OTHERS_MAX];
	size_t n;
};

static void
add_other(struct others *o, struct fa_str id)
{
	for (size_t i = 0; i < o->n; i++)
		if (fa_str_eq(o->at[i], id))
			return;
	if (o->n < OTHERS_MAX)
		o->at[o->n++] = id;
}

bool
fa_rules_is_under(struct fa_str id, struct fa_str above)
{
	return above.n > 0 && fa_str_starts(id, above) &&
		(id.n == above.n || id.p[above.n] == '.');
}

/* The part of id behind the instrument: "10.1" of "FRM.10.1". */
static struct fa_str
without_instrument(struct fa_str id)
{
	size_t dot = fa_str_find(id, FA_STR("."), 0);

	return dot == SIZE_MAX ? id : fa_str_sub(id, dot + 1, id.n);
}

/* Does id begin so, whatever the case of its letters? */
static bool
begins(struct fa_str id, struct fa_str word)
{
	return word.n > 0 && word.n < id.n &&
		fa_str_ieq(fa_str_sub(id, 0, word.n), word);
}

/* How an id may be like word; the surest likeness first. */
static bool
is_same(struct fa_str id, struct fa_str word)
{
	return fa_str_ieq(id, word);
}

static bool
is_same_number(struct fa_str id, struct fa_str word)
{
	return fa_str_ieq(without_instrument(id), word);
}

/* The ids that are asked for: obligations, and rules unless only the former
 * count; then a rule stands for its obligation. */
static void
look(struct others *o, const struct fa_bundle *b, struct fa_str word,
	bool obligations, bool (*like)(struct fa_str id, struct fa_str word))
{
	for (size_t i = 0; i < b->obligations_n; i++)
		if (like(b->obligations[i].id, word))
			add_other(o, b->obligations[i].id);
	for (size_t i = 0; i < b->rules_n; i++) {
		const struct fa_rule *r = &b->rules[i];

		if (!like(r->id, word))
			continue;
		if (!obligations)
			add_other(o, r->id);
		else if (r->obligation != FA_RULE_NONE)
			add_other(o, b->obligations[r->obligation].id);
	}
}

/* The id nearest to word by edit distance: as it is, else by its number. */
static void
look_near(struct others *o, const struct fa_bundle *b, struct fa_str word,
	bool obligations)
{
	struct fa_str whole = fa_rules_nearest(b, word);
	struct fa_nearest n;

	if (whole.p != NULL) {
		look(o, b, whole, obligations, is_same);
		return;
	}
	fa_nearest_init(&n, word, FA_NEAREST_MAX);
	for (size_t i = 0; i < b->obligations_n; i++)
		fa_nearest_try(&n, without_instrument(b->obligations[i].id));
	for (size_t i = 0; i < b->rules_n; i++)
		fa_nearest_try(&n, without_instrument(b->rules[i].id));
	if (n.best.p != NULL)
		look(o, b, n.best, obligations, is_same_number);
}

/* "'FRM.10.1', 'SPC.10.1'" */
static void
add_quoted(struct fa_buf *out, const struct others *o)
{
	for (size_t i = 0; i < o->n; i++)
		fa_buf_addf(out, "%s'%.*s'", i > 0 ? ", " : "",
			FA_STR_ARG(o->at[i]));
}

int
fa_rules_unknown(const struct fa_bundle *b, struct fa_str word,
	bool obligations, enum fa_rc rc, struct fa_err *err)
{
	const char *what = obligations ? "obligation" : "rule or obligation";
	FA_CLEANUP(fa_buf_done) struct fa_buf quoted;
	struct others o = { .n = 0 };

	fa_buf_init(&quoted, FA_ERR_MSG_BYTES);
	look(&o, b, word, obligations, is_same);
	if (o.n == 0)
		look(&o, b, word, obligations, is_same_number);
	if (o.n == 0)
		look(&o, b, word, obligations, begins);
	if (o.n == 0)
		look_near(&o, b, word, obligations);
	if (o.n == 0)
		return fa_fail(err, rc,
			"no %s '%.*s', see 'faceaudit rules list'", what,
			FA_STR_ARG(word));
	add_quoted(&quoted, &o);
	if (quoted.rc != FA_OK)
		return fa_fail(err, quoted.rc, "out of memory for ids");
	return fa_fail(err, rc, "no %s '%.*s'; did you mean %.*s?", what,
		FA_STR_ARG(word), FA_STR_ARG(fa_buf_str(&quoted)));
}
