#include "report/entry.h"

#include <assert.h>
#include <string.h>

#include "report/common.h"
#include "report/flow.h"
#include "report/label.h"
#include "report/waived.h"

#define TEXT_BYTES (1u << 20)
#define CONFIDENCE_ALL 1000u
#define IDS_FIRST 64

/* The last 128 bits of the digest: nobody meets two fingerprints that share
 * them. */
struct fa_report_id {
	uint64_t key[2];
	uint32_t n; /* 0: a free place */
};

static const struct fa_position first_line = { 1, 1, 1 };

static enum fa_report_level
level_of(const struct fa_bundle *b, const struct fa_finding *f)
{
	const char *name = fa_report_level(b, f);

	if (name[0] == 'e')
		return FA_REPORT_ERROR;
	return name[0] == 'w' ? FA_REPORT_WARNING : FA_REPORT_NOTE;
}

/* What fails the check before what does not, counted before leads, grave
 * before light, sure before unsure. */
static unsigned
rank_of(bool gates, bool lead, enum fa_severity s, uint32_t confidence)
{
	unsigned light = FA_SEVERITY_CRITICAL - s;
	unsigned unsure =
		confidence < CONFIDENCE_ALL ? CONFIDENCE_ALL - confidence : 0;

	light += gates ? 0 : FA_SEVERITY_COUNT;
	light += lead ? FA_SEVERITY_COUNT : 0;
	return 1 + light * (CONFIDENCE_ALL + 1) + unsure;
}

unsigned
fa_report_rank(
	const struct fa_report *r, const struct fa_finding *f, bool gates)
{
	return rank_of(gates, fa_report_is_lead(f),
		r->bundle->obligations[f->obligation].severity, f->confidence);
}

static struct fa_report_entry
entry_of(const struct fa_report *r, struct fa_str path,
	const struct fa_finding *f, bool gates)
{
	return (struct fa_report_entry){
		.path = fa_report_file(path),
		.rule = fa_report_rule_id(r->bundle, f),
		.level = level_of(r->bundle, f),
		.rank = fa_report_rank(r, f, gates),
		.whole = true,
		.from = first_line,
		.to = first_line,
		.finding = f,
	};
}

static int
finding_entries(struct fa_report *r, const struct fa_result *res,
	const struct fa_finding *f, fa_report_entry_fn *fn, void *ctx,
	struct fa_err *err)
{
	struct fa_report_entry e =
		entry_of(r, res->name, f, fa_report_gates(r, f));
	struct fa_str path;
	int rc = FA_OK;

	e.flow = res->flow;
	e.derived = res->derived.n > 0;
	if (f->verdict == FA_VERDICT_GAP || f->pro_n == 0)
		return fn(ctx, r, &e, err);
	for (size_t i = 0; i < f->pro_n && rc == FA_OK; i++) {
		e.evidence = &f->pro[i];
		e.path = fa_report_file(res->name);
		e.from = e.to = first_line;
		e.whole = e.derived ||
			!fa_report_spotted(
				&path, &e.from, &e.to, res, e.evidence);
		if (!e.whole)
			e.path = fa_report_file(path);
		rc = fn(ctx, r, &e, err);
	}
	return rc;
}

int
fa_report_first(
	struct fa_report *r, const struct fa_result *res, struct fa_err *err)
{
	if (r->first.p != NULL || res->error.p != NULL)
		return FA_OK;
	r->first = fa_arena_dup(r->arena, res->name);
	if (r->first.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	return FA_OK;
}

/* What reading could not do: something may have been missed. */
static int
notice_entry(struct fa_report *r, const struct fa_result *res,
	fa_report_entry_fn *fn, void *ctx, struct fa_err *err)
{
	struct fa_report_entry e = {
		.path = fa_report_file(res->name),
		.rule = FA_STR("reading"),
		.level = FA_REPORT_WARNING,
		.rank = rank_of(false, false, FA_SEVERITY_MEDIUM, 0),
		.whole = true,
		.from = first_line,
		.to = first_line,
		.notice = res->notice,
		.partial = res->partial,
	};

	return fn(ctx, r, &e, err);
}

int
fa_report_entries(struct fa_report *r, const struct fa_result *res,
	fa_report_entry_fn *fn, void *ctx, struct fa_err *err)
{
	int rc = FA_OK;

	if (res->error.p != NULL) {
		struct fa_report_entry e = {
			.path = fa_report_file(res->name),
			.rule = FA_STR("not-judged"),
			.level = FA_REPORT_ERROR,
			.whole = true,
			.from = first_line,
			.to = first_line,
			.error = res->error,
		};

		return fn(ctx, r, &e, err);
	}
	rc = fa_report_first(r, res, err);
	if (rc == FA_OK && res->notice.n > 0)
		rc = notice_entry(r, res, fn, ctx, err);
	for (size_t i = 0; i < res->findings_n && rc == FA_OK; i++) {
		const struct fa_finding *f = &res->findings[i];

		if (f->waiver != NULL || !fa_report_is_breach(f->verdict) ||
			(r->opts.app && f->verdict == FA_VERDICT_GAP))
			continue;
		rc = finding_entries(r, res, f, fn, ctx, err);
	}
	return rc;
}

/* What no document of an app says. */
static int
app_entries(struct fa_report *r, const struct fa_app *app,
	fa_report_entry_fn *fn, void *ctx, struct fa_err *err)
{
	int rc = FA_OK;

	for (uint32_t i = 0; i < app->points_n && rc == FA_OK; i++) {
		const struct fa_app_point *p = &app->points[i];
		struct fa_finding f = { .obligation = i,
			.verdict = FA_VERDICT_GAP,
			.rule = p->rule,
			.confidence = p->confidence };
		struct fa_report_entry e;

		if (p->verdict != FA_VERDICT_GAP)
			continue;
		f.tier = fa_report_tier(r->bundle, p->confidence);
		e = entry_of(r, r->first, &f, p->gap_gates);
		rc = fn(ctx, r, &e, err);
	}
	return rc;
}

int
fa_report_entries_end(struct fa_report *r, const struct fa_report_totals *t,
	fa_report_entry_fn *fn, void *ctx, struct fa_err *err)
{
	int rc = FA_OK;

	if (t->app != NULL && r->first.p != NULL)
		rc = app_entries(r, t->app, fn, ctx, err);
	for (size_t i = 0; i < t->notes_n && rc == FA_OK; i++) {
		const struct fa_waiver_note *n = &t->notes[i];
		struct fa_report_entry e = {
			.path = fa_report_file(n->waiver.file),
			.rule = fa_str_c(fa_report_note_id(n->fault)),
			.level = FA_REPORT_WARNING,
			.rank = rank_of(false, false, FA_SEVERITY_MEDIUM, 0),
			.whole = true,
			.from = first_line,
			.to = first_line,
			.note = n,
		};

		if (n->waiver.line > 0)
			e.from.line = e.to.line = n->waiver.line;
		rc = fn(ctx, r, &e, err);
	}
	return rc;
}

void
fa_report_put_plain(struct fa_buf *out, struct fa_str s)
{
	fa_report_visible(out, s, false);
}

static void
put_pair(struct fa_buf *out, const struct fa_report *r, const char *sep,
	enum fa_label l, struct fa_str s, fa_report_put *put)
{
	if (s.n == 0)
		return;
	fa_buf_addf(out, "%s%s%s", sep, fa_label(r->opts.lang, l),
		fa_label(r->opts.lang, FA_LABEL_COLON));
	put(out, s);
}

/* Where on which screen, and the taps that lead there. */
static void
put_flow(struct fa_buf *out, const struct fa_report *r,
	const struct fa_report_entry *e, const char *sep, fa_report_put *others)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, TEXT_BYTES);
	if (e->flow == NULL || e->evidence == NULL ||
		e->evidence->place == NULL)
		return;
	fa_report_spot(&text, e->flow, e->evidence->place, r->opts.lang);
	fa_buf_addf(&text, " · %s",
		fa_label_basis(r->opts.lang, e->evidence->place->basis));
	fa_report_carry(out, &text);
	fa_buf_addf(out, "%s", sep);
	others(out, fa_buf_str(&text));
	fa_buf_reset(&text);
	if (e->evidence->place->path_n > 0)
		fa_report_path(
			&text, e->flow, e->evidence->place, r->opts.lang);
	fa_report_carry(out, &text);
	put_pair(out, r, sep, FA_LABEL_WAY, fa_buf_str(&text), others);
}

static void
put_finding(struct fa_buf *out, const struct fa_report *r,
	const struct fa_report_entry *e, const char *sep, fa_report_put *ours,
	fa_report_put *others)
{
	const struct fa_finding *f = e->finding;
	const struct fa_obligation *o = &r->bundle->obligations[f->obligation];
	enum fa_lang lang = r->opts.lang;
	const char *dot = lang == FA_LANG_ZH ? "·" : ", ";
	FA_CLEANUP(fa_buf_done) struct fa_buf source;

	fa_buf_init(&source, TEXT_BYTES);
	fa_report_source(&source, r->bundle, o->instrument, o->article, lang);
	fa_report_carry(out, &source);
	fa_buf_addf(out, "%s%s%s", fa_label_verdict(lang, f->verdict), dot,
		fa_label_severity(lang, o->severity));
	if (fa_report_is_lead(f))
		fa_buf_addf(out, "%s%s", dot, fa_label_tier(lang, f->tier));
	fa_buf_adds(out, fa_label(lang, FA_LABEL_COLON));
	ours(out, fa_report_message(r->bundle, f, lang));
	put_pair(out, r, sep, FA_LABEL_SOURCE, fa_buf_str(&source), ours);
	if (e->derived && e->evidence != NULL)
		put_pair(
			out, r, sep, FA_LABEL_QUOTE, e->evidence->text, others);
	put_flow(out, r, e, sep, others);
	put_pair(out, r, sep, FA_LABEL_FIX, fa_report_fix(r->bundle, f, lang),
		ours);
	put_pair(out, r, sep, fa_report_wording_label(f->verdict),
		fa_report_wording(r->bundle, f, lang), ours);
}

void
fa_report_entry_text(struct fa_buf *out, const struct fa_report *r,
	const struct fa_report_entry *e, const char *sep, fa_report_put *ours,
	fa_report_put *others)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, TEXT_BYTES);
	if (e->finding != NULL) {
		put_finding(out, r, e, sep, ours, others);
	} else if (e->note != NULL) {
		fa_report_note(&text, e->note, r->opts.lang);
		fa_report_carry(out, &text);
		others(out, fa_buf_str(&text));
	} else {
		bool partly = e->notice.n > 0;

		fa_buf_addf(out, "%s%s",
			fa_label(r->opts.lang,
				!partly              ? FA_LABEL_ERROR
					: e->partial ? FA_LABEL_PARTIAL
						     : FA_LABEL_NOTICE),
			fa_label(r->opts.lang, FA_LABEL_COLON));
		others(out, partly ? e->notice : e->error);
	}
}

int
fa_report_top_init(struct fa_report_top *top, size_t cap, struct fa_arena *a,
	struct fa_err *err)
{
	*top = (struct fa_report_top){ .cap = cap };
	top->at = fa_arena_new(a, cap, sizeof(*top->at));
	if (top->at == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	return FA_OK;
}

bool
fa_report_top_wants(struct fa_report_top *top, unsigned rank)
{
	top->all++;
	return top->n < top->cap || top->at[top->n - 1].rank > rank;
}

int
fa_report_top_add(struct fa_report_top *top, unsigned rank,
	const struct fa_buf *text, struct fa_arena *a, struct fa_err *err)
{
	struct fa_report_line line = { .rank = rank };
	size_t at = top->n;
	int rc = fa_buf_rc(text, "report", err);

	if (rc != FA_OK)
		return rc;
	line.text = fa_arena_dup(a, fa_buf_str(text));
	if (line.text.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	while (at > 0 && top->at[at - 1].rank > rank)
		at--;
	if (top->n < top->cap)
		top->n++;
	assert(at < top->n);
	memmove(&top->at[at + 1], &top->at[at],
		(top->n - 1 - at) * sizeof(top->at[0]));
	top->at[at] = line;
	return FA_OK;
}

static uint64_t
key_of(const char *hex)
{
	uint64_t key = 0;

	for (size_t i = 0; i < 2 * sizeof(key); i++) {
		unsigned c = (unsigned char)hex[i];

		key = key << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
	}
	return key;
}

static size_t
slot_of(const struct fa_report_ids *ids, const uint64_t key[2])
{
	size_t i = (size_t)(key[0] % ids->cap);

	while (ids->at[i].n > 0 &&
		(ids->at[i].key[0] != key[0] || ids->at[i].key[1] != key[1]))
		i = i + 1 < ids->cap ? i + 1 : 0;
	return i;
}

static int
grow(struct fa_report_ids *ids, struct fa_arena *a, struct fa_err *err)
{
	size_t cap = ids->cap == 0 ? IDS_FIRST : ids->cap * 2;
	struct fa_report_ids more = { .n = ids->n, .cap = cap };

	more.at = fa_arena_new(a, cap, sizeof(*more.at));
	if (more.at == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	for (size_t i = 0; i < ids->cap; i++)
		if (ids->at[i].n > 0)
			more.at[slot_of(&more, ids->at[i].key)] = ids->at[i];
	*ids = more;
	return FA_OK;
}

int
fa_report_ordinal(uint32_t *out, struct fa_report_ids *ids,
	const char hex[FA_HASH_HEX_BYTES], struct fa_arena *a,
	struct fa_err *err)
{
	uint64_t key[2] = { key_of(hex + 32), key_of(hex + 48) };
	struct fa_report_id *id;

	if (2 * (ids->n + 1) > ids->cap) {
		int rc = grow(ids, a, err);

		if (rc != FA_OK)
			return rc;
	}
	id = &ids->at[slot_of(ids, key)];
	if (id->n == 0) {
		memcpy(id->key, key, sizeof(key));
		ids->n++;
	}
	*out = ++id->n;
	return FA_OK;
}
