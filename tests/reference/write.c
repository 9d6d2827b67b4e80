#include "reference/matcher.h"

static void
write_hit(struct fa_buf *out, const struct fa_bundle *b, const char *what,
	const struct fa_hit *h)
{
	fa_buf_addf(out, "  %s %.*s sentence %u text %u-%u%s\n", what,
		FA_STR_ARG(b->rules[h->rule].id), (unsigned)h->sentence,
		(unsigned)h->text.from, (unsigned)h->text.to,
		h->exculpates ? " called off" : "");
}

static void
write_decision(struct fa_buf *out, const struct fa_bundle *b,
	const struct fa_decision *d)
{
	struct fa_str id = b->obligations[d->obligation].id;
	struct fa_str rule = FA_STR("-");

	if (d->rule != FA_RULE_NONE)
		rule = b->rules[d->rule].id;
	fa_buf_addf(out, "%.*s %s by %.*s %.*s\n", FA_STR_ARG(id),
		fa_verdict_name(d->verdict), FA_STR_ARG(rule),
		FA_STR_ARG(d->reason));
	for (size_t i = 0; i < d->hits_n; i++)
		write_hit(out, b, "hit", &d->hits[i]);
}

static void
write_use(struct fa_buf *out, const struct fa_bundle *b,
	const struct fa_match_use *u)
{
	struct fa_str name = FA_STR("unnamed");

	if (u->lexicon != FA_RULE_NONE)
		name = b->lexicons[u->lexicon].name;
	fa_buf_addf(out, "use %.*s of mentions", FA_STR_ARG(name));
	for (size_t i = 0; i < u->mentions_n; i++)
		fa_buf_addf(out, " %u", (unsigned)u->mentions[i]);
	fa_buf_addc(out, '\n');
	for (size_t i = 0; i < u->hits_n; i++)
		write_hit(out, b, "passage", &u->hits[i]);
}

void
ref_write(
	struct fa_buf *out, const struct fa_bundle *b, const struct fa_match *m)
{
	for (int k = 0; k < FA_SCOPE_COUNT; k++)
		if (m->scopes & FA_SCOPE_BIT(k))
			fa_buf_addf(out, "scope %s\n", fa_scope_name(k));
	for (size_t i = 0; i < m->mentions_n; i++) {
		const struct fa_mention *x = &m->mentions[i];

		fa_buf_addf(out, "mention %s %.*s sentence %u text %u-%u\n",
			fa_scope_name(x->scope),
			FA_STR_ARG(b->rules[x->rule].id), (unsigned)x->sentence,
			(unsigned)x->text.from, (unsigned)x->text.to);
	}
	for (size_t i = 0; i < m->decisions_n; i++)
		write_decision(out, b, &m->decisions[i]);
	for (size_t i = 0; i < m->uses_n; i++)
		write_use(out, b, &m->uses[i]);
}

void
ref_explain(struct fa_buf *out, struct fa_str product, struct fa_str reference)
{
	unsigned line = 1;

	while (product.n > 0 || reference.n > 0) {
		struct fa_str x = fa_str_cut(&product, '\n');
		struct fa_str y = fa_str_cut(&reference, '\n');

		if (!fa_str_eq(x, y)) {
			fa_buf_addf(out,
				"line %u\n  product:   %.*s\n"
				"  reference: %.*s\n",
				line, FA_STR_ARG(x), FA_STR_ARG(y));
			return;
		}
		line++;
	}
}
