/* Names of the enumerations of rule.h and finding.h, as in YAML, JSON and on
 * the command line, and lookup by id. */
#include "model/rule.h"

#include <stddef.h>

#include "base/attr.h"
#include "model/finding.h"

static const char *const verdicts[] = { "not_applicable", "gap", "cannot_tell",
	"compliant", "violation" };
static const char *const severities[] = { "advisory", "low", "medium", "high",
	"critical" };
static const char *const scopes[] = { "FACE_ID", "OS_BIO", "FACE_FX", "PHOTO",
	"DEFN" };
static const char *const polarities[] = { "any", "affirmed", "negated",
	"question", "advice", "hypothetical" };
static const char *const regions[] = { "clause", "sentence", "near", "block",
	"list", "section", "document", "screen", "path" };
static const char *const statuses[] = { "experimental", "test", "stable" };
static const char *const kinds[] = { "prohibition", "duty", "encouragement" };
static const char *const langs[] = { "zh", "en" };
static const char *const tiers[] = { "lead", "probable", "established" };

static const char *const ledger[] = { "automated", "partial", "manual",
	"out_of_reach", "not_applicable" };

static const char *
name(const char *const *names, size_t n, int i)
{
	return i >= 0 && (size_t)i < n ? names[i] : "NONE";
}

static int
parse(const char *const *names, size_t n, struct fa_str s)
{
	for (size_t i = 0; i < n; i++) {
		if (fa_str_eq(fa_str_c(names[i]), s))
			return (int)i;
	}
	return -1;
}

const char *
fa_verdict_name(enum fa_verdict v)
{
	return name(verdicts, FA_COUNT(verdicts), (int)v);
}

char
fa_verdict_letter(enum fa_verdict v)
{
	return (unsigned)v < FA_VERDICT_COUNT ? "NGQCV"[v] : 'N';
}

const char *
fa_severity_name(enum fa_severity s)
{
	return name(severities, FA_COUNT(severities), (int)s);
}

const char *
fa_scope_name(int s)
{
	return name(scopes, FA_COUNT(scopes), s);
}

const char *
fa_polarity_name(enum fa_polarity p)
{
	return name(polarities, FA_COUNT(polarities), (int)p);
}

uint32_t
fa_bundle_whole(const struct fa_bundle *b, uint32_t obligation)
{
	const struct fa_obligation *whole = b->obligations[obligation].part_of;

	return whole ? (uint32_t)(whole - b->obligations) : obligation;
}

const struct fa_text2 *
fa_bundle_wording(const struct fa_bundle *b, uint32_t obligation, uint32_t rule)
{
	const struct fa_text2 *t = &b->obligations[obligation].wording;

	if (rule < b->rules_n && b->rules[rule].wording.in[FA_LANG_ZH].n > 0)
		t = &b->rules[rule].wording;
	else if (rule < b->rules_n && b->rules[rule].on_flow)
		return NULL;
	return t->in[FA_LANG_ZH].n > 0 ? t : NULL;
}

enum fa_verdict
fa_verdict_of_parts(enum fa_verdict a, enum fa_verdict b)
{
	static const enum fa_verdict order[] = { FA_VERDICT_VIOLATION,
		FA_VERDICT_GAP, FA_VERDICT_CANNOT_TELL, FA_VERDICT_COMPLIANT };

	for (size_t i = 0; i < FA_COUNT(order); i++)
		if (a == order[i] || b == order[i])
			return order[i];
	return FA_VERDICT_NOT_APPLICABLE;
}

const char *
fa_region_name(enum fa_region r)
{
	return name(regions, FA_COUNT(regions), (int)r);
}

const char *
fa_status_name(enum fa_status s)
{
	return name(statuses, FA_COUNT(statuses), (int)s);
}

const char *
fa_kind_name(enum fa_kind k)
{
	return name(kinds, FA_COUNT(kinds), (int)k);
}

const char *
fa_lang_name(enum fa_lang l)
{
	return name(langs, FA_COUNT(langs), (int)l);
}

const char *
fa_ledger_name(enum fa_ledger_status s)
{
	return name(ledger, FA_COUNT(ledger), (int)s);
}

const char *
fa_tier_name(enum fa_tier t)
{
	return name(tiers, FA_COUNT(tiers), (int)t);
}

int
fa_verdict_parse(struct fa_str s)
{
	return parse(verdicts, FA_COUNT(verdicts), s);
}

int
fa_severity_parse(struct fa_str s)
{
	return parse(severities, FA_COUNT(severities), s);
}

int
fa_scope_parse(struct fa_str s)
{
	return parse(scopes, FA_COUNT(scopes), s);
}

int
fa_polarity_parse(struct fa_str s)
{
	return parse(polarities, FA_COUNT(polarities), s);
}

int
fa_region_parse(struct fa_str s)
{
	return parse(regions, FA_COUNT(regions), s);
}

int
fa_status_parse(struct fa_str s)
{
	return parse(statuses, FA_COUNT(statuses), s);
}

int
fa_kind_parse(struct fa_str s)
{
	return parse(kinds, FA_COUNT(kinds), s);
}

int
fa_lang_parse(struct fa_str s)
{
	return parse(langs, FA_COUNT(langs), s);
}

int
fa_tier_parse(struct fa_str s)
{
	return parse(tiers, FA_COUNT(tiers), s);
}

void
fa_bundle_ledger(const struct fa_bundle *b, uint32_t counts[FA_LEDGER_COUNT])
{
	for (size_t i = 0; i < FA_LEDGER_COUNT; i++)
		counts[i] = 0;
	for (size_t i = 0; i < b->ledger_n; i++)
		counts[b->ledger[i].status]++;
}

uint32_t
fa_bundle_rule(const struct fa_bundle *b, struct fa_str id)
{
	size_t i = fa_str_search(b->rules, b->rules_n, sizeof(*b->rules),
		offsetof(struct fa_rule, id), id);

	return i < b->rules_n ? (uint32_t)i : FA_RULE_NONE;
}

uint32_t
fa_bundle_obligation(const struct fa_bundle *b, struct fa_str id)
{
	size_t i = fa_str_search(b->obligations, b->obligations_n,
		sizeof(*b->obligations), offsetof(struct fa_obligation, id),
		id);

	return i < b->obligations_n ? (uint32_t)i : FA_RULE_NONE;
}

/* Is there a condition on the whole document (or section)? */
static bool
looks_far(const struct fa_cond *c, bool sections)
{
	if (c->has_region &&
		(c->region == FA_REGION_DOCUMENT ||
			(sections && c->region == FA_REGION_SECTION)))
		return true;
	for (size_t i = 0; i < c->child_n; i++)
		if (looks_far(&c->child[i], sections))
			return true;
	return false;
}

static bool
has_far_none(const struct fa_cond *c, bool sections)
{
	if (c->kind == FA_COND_NONE && looks_far(c, sections))
		return true;
	for (size_t i = 0; i < c->child_n; i++)
		if (has_far_none(&c->child[i], sections))
			return true;
	return false;
}

bool
fa_rule_wants_silence(const struct fa_rule *r, bool sections)
{
	return (r->find != NULL && has_far_none(r->find, sections)) ||
		(r->unless != NULL && looks_far(r->unless, sections));
}
