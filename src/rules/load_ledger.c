/* ledger.yaml: which paragraph of the law is covered by which obligations,
 * and what to ask the operator for where rules on documents see nothing. */
#include "rules/load.h"

#include <stdlib.h>

#include "rules/nearest.h"

enum { ID, INSTRUMENT, ARTICLE, STATUS, TITLE, OBLIGATIONS, ASK };

static const struct fa_key entry_keys[] = {
	[ID] = { "id", FA_WANT_TEXT, true },
	[INSTRUMENT] = { "instrument", FA_WANT_TEXT, true },
	[ARTICLE] = { "article", FA_WANT_TEXT, true },
	[STATUS] = { "status", FA_WANT_TEXT, true },
	[TITLE] = { "title", FA_WANT_MAP, true },
	[OBLIGATIONS] = { "obligations", FA_WANT_LIST, false },
	[ASK] = { "ask", FA_WANT_MAP, false },
};

static int
compare_indices(const void *va, const void *vb)
{
	const uint32_t *a = va;
	const uint32_t *b = vb;

	return (*a > *b) - (*a < *b);
}

int
fa_rules_build_entry(const struct fa_build *bd, struct fa_ledger_entry *entry,
	struct fa_place where)
{
	bool seen = entry->status == FA_LEDGER_AUTOMATED ||
		entry->status == FA_LEDGER_PARTIAL;
	const char *status = fa_ledger_name(entry->status);
	size_t n = entry->obligations_n;

	if (seen && n == 0) {
		return fa_rules_build_fail(bd, where,
			"%.*s is %s, but no obligation covers it; name some "
			"under 'obligations', or change its status",
			FA_STR_ARG(entry->id), status);
	}
	if (!seen && n > 0) {
		return fa_rules_build_fail(bd, where,
			"%.*s is %s, but has obligations that cover it; call "
			"it partial, or name none",
			FA_STR_ARG(entry->id), status);
	}
	if (entry->status != FA_LEDGER_AUTOMATED &&
		entry->ask.in[FA_LANG_ZH].p == NULL) {
		return fa_rules_build_fail(bd, where,
			"%.*s is %s, but does not say why or what to ask the "
			"operator for; write 'ask'",
			FA_STR_ARG(entry->id), status);
	}
	if (n > 1)
		qsort(entry->obligations, n, sizeof(*entry->obligations),
			compare_indices);
	for (size_t i = 1; i < n; i++) {
		if (entry->obligations[i - 1] != entry->obligations[i])
			continue;
		return fa_rules_build_fail(bd, where,
			"%.*s names the obligation %.*s twice",
			FA_STR_ARG(entry->id),
			FA_STR_ARG(
				bd->b->obligations[entry->obligations[i]].id));
	}
	return FA_OK;
}

static int
unknown_obligation(
	const struct fa_load *l, const struct fa_yaml *node, struct fa_str id)
{
	const struct fa_bundle *b = l->bd.b;
	struct fa_nearest near;

	fa_nearest_init(&near, id, FA_NEAREST_MAX);
	for (size_t i = 0; i < b->obligations_n; i++)
		fa_nearest_try(&near, b->obligations[i].id);
	if (near.best.p == NULL) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"unknown obligation '%.*s'; no rule file has it",
			FA_STR_ARG(id));
	}
	return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
		"unknown obligation '%.*s'; did you mean '%.*s'?",
		FA_STR_ARG(id), FA_STR_ARG(near.best));
}

static int
load_obligations(const struct fa_load *l, const struct fa_yaml *list,
	struct fa_ledger_entry *out)
{
	if (list == NULL)
		return FA_OK;
	out->obligations =
		fa_arena_new(l->bd.a, list->count, sizeof(*out->obligations));
	if (out->obligations == NULL)
		return fa_rules_build_nomem(&l->bd);
	for (const struct fa_yaml *c = list->child; c != NULL; c = c->next) {
		struct fa_str id = FA_STR_NONE;
		uint32_t i;
		int rc = fa_load_text(l, c, "obligation", &id);

		if (rc != FA_OK)
			return rc;
		i = fa_bundle_obligation(l->bd.b, id);
		if (i == FA_RULE_NONE)
			return unknown_obligation(l, c, id);
		out->obligations[out->obligations_n++] = i;
	}
	return FA_OK;
}

static int
check_id(const struct fa_load *l, const struct fa_yaml *node,
	const struct fa_ledger_entry *entry)
{
	struct fa_str code = l->bd.b->instruments[entry->instrument].code;

	if (fa_str_starts(entry->id, code) && entry->id.n > code.n + 1 &&
		entry->id.p[code.n] == '.')
		return FA_OK;
	return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
		"paragraph '%.*s' does not begin with its instrument '%.*s.'",
		FA_STR_ARG(entry->id), FA_STR_ARG(code));
}

static int
load_entry(const struct fa_load *l, const struct fa_yaml *node,
	struct fa_ledger_entry *out)
{
	const struct fa_yaml *at[FA_COUNT(entry_keys)];
	int status = 0;
	int rc = fa_load_map(l, node, "an entry of the ledger", entry_keys,
		FA_COUNT(entry_keys), at);

	if (rc == FA_OK)
		rc = fa_load_text(l, at[ID], "id", &out->id);
	if (rc == FA_OK)
		rc = fa_load_instrument(l, at[INSTRUMENT], &out->instrument);
	if (rc == FA_OK)
		rc = check_id(l, at[ID], out);
	if (rc == FA_OK)
		rc = fa_load_text(l, at[ARTICLE], "article", &out->article);
	if (rc == FA_OK)
		rc = fa_load_word(l, at[STATUS], &fa_words_ledger, &status);
	if (rc == FA_OK)
		rc = fa_load_text2(l, at[TITLE], "title", &out->title);
	if (rc == FA_OK)
		rc = load_obligations(l, at[OBLIGATIONS], out);
	if (rc == FA_OK)
		rc = fa_load_text2(l, at[ASK], "ask", &out->ask);
	if (rc != FA_OK)
		return rc;
	out->status = (enum fa_ledger_status)status;
	out->file = l->file;
	out->line = node->line;
	return fa_rules_build_entry(&l->bd, out, fa_load_place(l, node));
}

int
fa_load_ledger(struct fa_load *l)
{
	struct fa_bundle *b = l->bd.b;
	struct fa_items ids = { NULL, 0, 0 };

	if (l->ledger.node == NULL)
		return FA_OK;
	l->file = l->ledger.place.file;
	b->ledger = fa_arena_new(
		l->bd.a, l->ledger.node->count, sizeof(*b->ledger));
	if (b->ledger == NULL)
		return fa_rules_build_nomem(&l->bd);
	for (const struct fa_yaml *c = l->ledger.node->child; c != NULL;
		c = c->next) {
		struct fa_ledger_entry *entry = &b->ledger[b->ledger_n];
		struct fa_item item = { .node = c,
			.place = fa_load_place(l, c) };
		int rc = load_entry(l, c, entry);

		item.id = entry->id;
		if (rc == FA_OK)
			rc = fa_rules_build_item(&l->bd, &ids, item);
		if (rc != FA_OK)
			return rc;
		b->ledger_n++;
	}
	return fa_rules_build_sort(&l->bd, &ids, "paragraph");
}
