/* The ledger in compiled bundles. */
#include "rules/bundle_read.h"

#include "rules/rules.h"

enum { ARTICLE, ASK, ID, INSTRUMENT, OBLIGATIONS, STATUS, TITLE };

static const struct fa_jkey entry_keys[] = {
	[ARTICLE] = { "article", FA_JSON_STRING, true },
	[ASK] = { "ask", FA_JSON_OBJECT, false },
	[ID] = { "id", FA_JSON_STRING, true },
	[INSTRUMENT] = { "instrument", FA_JSON_STRING, true },
	[OBLIGATIONS] = { "obligations", FA_JSON_ARRAY, false },
	[STATUS] = { "status", FA_JSON_STRING, true },
	[TITLE] = { "title", FA_JSON_OBJECT, true },
};

static int
read_obligations(const struct fa_jread *r, const struct fa_json *list,
	struct fa_ledger_entry *out)
{
	if (list == NULL)
		return FA_OK;
	out->obligations =
		fa_arena_new(r->bd.a, list->count, sizeof(*out->obligations));
	if (out->obligations == NULL)
		return fa_rules_build_nomem(&r->bd);
	for (const struct fa_json *c = list->child; c != NULL; c = c->next) {
		uint32_t i = FA_RULE_NONE;

		if (c->kind == FA_JSON_STRING)
			i = fa_bundle_obligation(r->bd.b, c->str);
		if (i == FA_RULE_NONE) {
			return fa_rules_build_fail(&r->bd, r->where,
				"bundle has an unknown obligation in the "
				"ledger");
		}
		out->obligations[out->obligations_n++] = i;
	}
	return FA_OK;
}

static int
read_entry(const struct fa_jread *r, const struct fa_json *node,
	struct fa_ledger_entry *out)
{
	const struct fa_json *at[FA_COUNT(entry_keys)];
	int status = 0;
	int rc = fa_jread_map(r, node, entry_keys, FA_COUNT(entry_keys), at);

	if (rc == FA_OK)
		rc = fa_jread_text(r, at[ARTICLE], &out->article);
	if (rc == FA_OK)
		rc = fa_jread_text2(r, at[ASK], &out->ask);
	if (rc == FA_OK)
		rc = fa_jread_text(r, at[ID], &out->id);
	if (rc == FA_OK)
		rc = fa_jread_instrument(r, at[INSTRUMENT], &out->instrument);
	if (rc == FA_OK)
		rc = read_obligations(r, at[OBLIGATIONS], out);
	if (rc == FA_OK)
		rc = fa_jread_word(r, at[STATUS], &fa_words_ledger, &status);
	if (rc == FA_OK)
		rc = fa_jread_text2(r, at[TITLE], &out->title);
	if (rc != FA_OK)
		return rc;
	out->status = (enum fa_ledger_status)status;
	return fa_rules_build_entry(&r->bd, out, r->where);
}

int
fa_jread_ledger(struct fa_jread *r, const struct fa_json *list)
{
	struct fa_bundle *b = r->bd.b;
	struct fa_items items = { NULL, 0, 0 };
	int rc;

	if (list == NULL)
		return FA_OK;
	r->where.file = FA_STR("ledger");
	rc = fa_jread_items(r, list, "id", &items);
	if (rc != FA_OK)
		return rc;
	b->ledger = fa_arena_new(r->bd.a, items.n, sizeof(*b->ledger));
	if (b->ledger == NULL)
		return fa_rules_build_nomem(&r->bd);
	for (size_t i = 0; i < items.n; i++) {
		r->where = items.at[i].place;
		rc = read_entry(r, items.at[i].node, &b->ledger[i]);
		if (rc != FA_OK)
			return rc;
		b->ledger_n++;
	}
	return fa_rules_build_sort(&r->bd, &items, "paragraph");
}
