#include "rules/bundle.h"

#include "base/hash.h"
#include "base/json.h"
#include "rules/rules.h"

static void
kname(struct fa_jw *w, const char *key, const char *name)
{
	fa_jw_kstr(w, key, fa_str_c(name));
}

static void
write_text2(struct fa_jw *w, const char *key, const struct fa_text2 *t)
{
	if (t->in[FA_LANG_ZH].p == NULL)
		return;
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kstr(w, "en", t->in[FA_LANG_EN]);
	fa_jw_kstr(w, "zh", t->in[FA_LANG_ZH]);
	fa_jw_end(w, '}');
}

static void
write_instruments(struct fa_jw *w, const struct fa_bundle *b)
{
	fa_jw_key(w, "instruments");
	fa_jw_array(w);
	for (size_t i = 0; i < b->instruments_n; i++) {
		const struct fa_instrument *it = &b->instruments[i];

		fa_jw_object(w);
		fa_jw_kbool(w, "binding", it->binding);
		fa_jw_kstr(w, "code", it->code);
		fa_jw_kint(w, "in_force_from", it->in_force_from);
		fa_jw_kint(w, "in_force_to", it->in_force_to);
		write_text2(w, "issuer", &it->issuer);
		if (it->number.p != NULL)
			fa_jw_kstr(w, "number", it->number);
		fa_jw_kstr(w, "page", it->page);
		write_text2(w, "title", &it->title);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
write_entry(struct fa_jw *w, const struct fa_bundle *b,
	const struct fa_ledger_entry *entry)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "article", entry->article);
	write_text2(w, "ask", &entry->ask);
	fa_jw_kstr(w, "id", entry->id);
	fa_jw_kstr(w, "instrument", b->instruments[entry->instrument].code);
	if (entry->obligations_n > 0) {
		fa_jw_key(w, "obligations");
		fa_jw_array(w);
		for (size_t i = 0; i < entry->obligations_n; i++)
			fa_jw_str(w, b->obligations[entry->obligations[i]].id);
		fa_jw_end(w, ']');
	}
	kname(w, "status", fa_ledger_name(entry->status));
	write_text2(w, "title", &entry->title);
	fa_jw_end(w, '}');
}

static void
write_ledger(struct fa_jw *w, const struct fa_bundle *b)
{
	if (b->ledger_n == 0)
		return;
	fa_jw_key(w, "ledger");
	fa_jw_array(w);
	for (size_t i = 0; i < b->ledger_n; i++)
		write_entry(w, b, &b->ledger[i]);
	fa_jw_end(w, ']');
}

static void
write_lexicons(struct fa_jw *w, const struct fa_bundle *b)
{
	fa_jw_key(w, "lexicons");
	fa_jw_array(w);
	for (size_t i = 0; i < b->lexicons_n; i++) {
		const struct fa_lexicon *lexicon = &b->lexicons[i];

		if (fa_str_starts(lexicon->name, FA_STR("=")))
			continue;
		fa_jw_object(w);
		fa_jw_kstr(w, "name", lexicon->name);
		fa_jw_key(w, "words");
		fa_jw_array(w);
		for (size_t k = 0; k < lexicon->words_n; k++)
			fa_jw_str(w, lexicon->words[k]);
		fa_jw_end(w, ']');
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
write_measured(struct fa_jw *w, const struct fa_bundle *b)
{
	fa_jw_key(w, "measured");
	fa_jw_object(w);
	fa_rules_write_recall(w, b);
	fa_jw_key(w, "rules");
	fa_jw_array(w);
	for (size_t i = 0; i < b->rules_n; i++) {
		if (b->rules[i].hits == 0)
			continue;
		fa_jw_object(w);
		fa_jw_kint(w, "hits", b->rules[i].hits);
		fa_jw_kstr(w, "id", b->rules[i].id);
		fa_jw_kint(w, "right", b->rules[i].right);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_key(w, "sets");
	fa_jw_array(w);
	for (size_t i = 0; i < b->sets_n; i++) {
		fa_jw_object(w);
		fa_jw_kint(w, "documents", b->sets[i].documents);
		fa_jw_kstr(w, "name", b->sets[i].name);
		fa_jw_kstr(w, "sha256", b->sets[i].sha256);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}

static void
write_scopes(struct fa_jw *w, const char *key, uint32_t scopes)
{
	fa_jw_key(w, key);
	fa_jw_array(w);
	for (int s = 0; s < FA_SCOPE_COUNT; s++) {
		if (scopes & FA_SCOPE_BIT(s))
			fa_jw_str(w, fa_str_c(fa_scope_name(s)));
	}
	fa_jw_end(w, ']');
}

static void
write_obligation(struct fa_jw *w, const struct fa_bundle *b,
	const struct fa_obligation *o)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "article", o->article);
	write_text2(w, "fix", &o->fix);
	write_text2(w, "gap", &o->gap);
	fa_jw_kstr(w, "id", o->id);
	fa_jw_kstr(w, "instrument", b->instruments[o->instrument].code);
	kname(w, "kind", fa_kind_name(o->kind));
	if (o->part_of)
		fa_jw_kstr(w, "part_of", o->part_of->id);
	if (o->refs_n > 0) {
		fa_jw_key(w, "refs");
		fa_jw_array(w);
		for (size_t i = 0; i < o->refs_n; i++) {
			fa_jw_object(w);
			fa_jw_kstr(w, "article", o->refs[i].article);
			fa_jw_kstr(w, "instrument", o->refs[i].instrument);
			fa_jw_end(w, '}');
		}
		fa_jw_end(w, ']');
	}
	write_scopes(w, "scopes", o->scopes);
	kname(w, "severity", fa_severity_name(o->severity));
	kname(w, "silent", fa_verdict_name(o->silent));
	write_text2(w, "title", &o->title);
	write_text2(w, "why", &o->why);
	write_text2(w, "wording", &o->wording);
	fa_jw_end(w, '}');
}

static void
write_region(struct fa_jw *w, const struct fa_cond *c)
{
	char near[] = "near 0";

	if (!c->has_region)
		return;
	near[5] = (char)('0' + c->near % 10);
	kname(w, "in",
		c->region == FA_REGION_NEAR ? near : fa_region_name(c->region));
}

static void write_cond(struct fa_jw *w, const struct fa_bundle *b,
	const struct fa_cond *c, unsigned depth);

static void
write_list(struct fa_jw *w, const struct fa_bundle *b, const char *key,
	const struct fa_cond *c, unsigned depth)
{
	fa_jw_key(w, key);
	fa_jw_array(w);
	for (size_t i = 0; i < c->child_n && depth <= FA_RULES_DEPTH; i++)
		write_cond(w, b, &c->child[i], depth + 1);
	fa_jw_end(w, ']');
}

/* "in" lies between "any" and "match" in the order of keys. */
static void
write_cond(struct fa_jw *w, const struct fa_bundle *b, const struct fa_cond *c,
	unsigned depth)
{
	fa_jw_object(w);
	if (c->kind == FA_COND_ALL)
		write_list(w, b, "all", c, depth);
	if (c->kind == FA_COND_ANY)
		write_list(w, b, "any", c, depth);
	if (c->kind == FA_COND_FACT)
		kname(w, "fact", fa_fact_name(c->fact));
	write_region(w, c);
	if (c->kind == FA_COND_PATTERN) {
		fa_jw_kstr(w, "match", b->patterns[c->pattern].source);
		if (c->polarity != FA_POLARITY_ANY)
			kname(w, "polarity", fa_polarity_name(c->polarity));
	}
	if (c->kind == FA_COND_NONE)
		write_list(w, b, "none", c, depth);
	if (c->kind == FA_COND_SCOPE)
		write_scopes(w, "scope", c->scopes);
	fa_jw_end(w, '}');
}

static void
write_examples(struct fa_jw *w, const struct fa_rule *r)
{
	if (r->examples_n == 0)
		return;
	fa_jw_key(w, "examples");
	fa_jw_array(w);
	for (size_t i = 0; i < r->examples_n; i++) {
		fa_jw_object(w);
		fa_jw_kbool(w, "matches", r->examples[i].matches);
		fa_jw_kstr(w, "text", r->examples[i].text);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
write_rule(struct fa_jw *w, const struct fa_bundle *b, const struct fa_rule *r)
{
	fa_jw_object(w);
	if (r->defers)
		fa_jw_kstr(w, "defers", FA_STR("documents"));
	write_examples(w, r);
	if (r->false_positives.p != NULL)
		fa_jw_kstr(w, "false_positives", r->false_positives);
	fa_jw_key(w, "find");
	write_cond(w, b, r->find, 1);
	write_text2(w, "fix", &r->fix);
	fa_jw_kstr(w, "id", r->id);
	if (r->scope < 0) {
		if (r->on_flow)
			fa_jw_kstr(w, "judges", FA_STR("flow"));
		fa_jw_kstr(w, "obligation", b->obligations[r->obligation].id);
	} else {
		kname(w, "scope", fa_scope_name(r->scope));
	}
	kname(w, "status", fa_status_name(r->status));
	write_text2(w, "title", &r->title);
	if (r->unless != NULL)
		write_list(w, b, "unless", r->unless, 0);
	if (r->scope < 0)
		kname(w, "verdict", fa_verdict_name(r->verdict));
	write_text2(w, "why", &r->why);
	write_text2(w, "wording", &r->wording);
	fa_jw_end(w, '}');
}

static void
write_rules(struct fa_jw *w, const struct fa_bundle *b)
{
	fa_jw_key(w, "obligations");
	fa_jw_array(w);
	for (size_t i = 0; i < b->obligations_n; i++)
		write_obligation(w, b, &b->obligations[i]);
	fa_jw_end(w, ']');
	fa_jw_key(w, "rules");
	fa_jw_array(w);
	for (size_t i = 0; i < b->rules_n; i++) {
		if (b->rules[i].find != NULL)
			write_rule(w, b, &b->rules[i]);
	}
	fa_jw_end(w, ']');
}

static void
write_weights(struct fa_jw *w, const struct fa_bundle *b)
{
	static const enum fa_severity order[] = { FA_SEVERITY_ADVISORY,
		FA_SEVERITY_CRITICAL, FA_SEVERITY_HIGH, FA_SEVERITY_LOW,
		FA_SEVERITY_MEDIUM };

	fa_jw_key(w, "tiers");
	fa_jw_object(w);
	fa_jw_kint(w, "established", b->established);
	fa_jw_kint(w, "probable", b->probable);
	fa_jw_end(w, '}');
	fa_jw_key(w, "weights");
	fa_jw_object(w);
	for (size_t i = 0; i < FA_COUNT(order); i++) {
		fa_jw_kint(w, fa_severity_name(order[i]), b->loss[order[i]]);
	}
	fa_jw_end(w, '}');
}

int
fa_rules_write_value(
	const struct fa_bundle *b, struct fa_buf *out, struct fa_err *err)
{
	struct fa_jw w;

	fa_jw_init(&w, out, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "format", b->version);
	write_instruments(&w, b);
	write_ledger(&w, b);
	write_lexicons(&w, b);
	write_measured(&w, b);
	write_rules(&w, b);
	write_weights(&w, b);
	fa_jw_end(&w, '}');
	return fa_buf_rc(out, "bundle", err);
}

int
fa_rules_write_bundle(
	const struct fa_bundle *b, struct fa_buf *out, struct fa_err *err)
{
	char hex[FA_HASH_HEX_BYTES];
	size_t from;
	int rc;

	fa_buf_adds(out, "{\"bundle\":");
	from = out->n;
	rc = fa_rules_write_value(b, out, err);
	if (rc != FA_OK)
		return rc;
	rc = fa_hash_sha256(
		hex, fa_str_sub(fa_buf_str(out), from, out->n), err);
	if (rc != FA_OK)
		return rc;
	fa_buf_addf(out, ",\"sha256\":\"%s\"}", hex);
	return fa_buf_rc(out, "bundle", err);
}
