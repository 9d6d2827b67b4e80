#include "base/clock.h"
#include "report/common.h"
#include "report/flow.h"
#include "report/json_memo.h"
#include "report/json_passage.h"
#include "report/uses.h"
#include "report/waived.h"

#define SMALL_BYTES 65536 /* longest text made here: a source or a URI */

/* Writes key and a text of our making through a small buffer. */
struct made {
	struct fa_buf text;
};

static void
made_init(struct made *m)
{
	fa_buf_init(&m->text, SMALL_BYTES);
}

static void
made_write(struct made *m, struct fa_jw *w, const char *key)
{
	fa_jw_kstr(w, key, fa_buf_str(&m->text));
	fa_report_carry(w->out, &m->text);
	fa_buf_done(&m->text);
}

static void
write_source(struct fa_jw *w, const struct fa_bundle *b, uint32_t instrument,
	struct fa_str article, enum fa_lang lang)
{
	struct made m;

	if (instrument < b->instruments_n) {
		const struct fa_instrument *in = &b->instruments[instrument];

		fa_jw_kstr(w, "instrument", in->code);
		fa_jw_kstr(w, "instrument_title",
			fa_report_pick(&in->title, lang));
		fa_jw_kbool(w, "binding", in->binding);
		fa_jw_kstr(w, "page", in->page);
	}
	fa_jw_kstr(w, "article", article);
	made_init(&m);
	fa_report_source(&m.text, b, instrument, article, lang);
	made_write(&m, w, "citation");
}

static void
write_rule(
	struct fa_jw *w, const struct fa_report *r, const struct fa_finding *f)
{
	const struct fa_rule *rule;

	fa_jw_key(w, "rule");
	if (f->rule >= r->bundle->rules_n) {
		fa_jw_null(w);
		return;
	}
	rule = &r->bundle->rules[f->rule];
	fa_jw_object(w);
	fa_jw_kstr(w, "id", rule->id);
	fa_jw_kstr(w, "title", fa_report_pick(&rule->title, r->opts.lang));
	fa_jw_kstr(w, "status", fa_str_c(fa_status_name(rule->status)));
	fa_jw_kint(w, "labelled_hits", rule->hits);
	fa_jw_kint(w, "labelled_right", rule->right);
	fa_jw_kint(w, "precision", rule->precision);
	fa_jw_end(w, '}');
}

void
fa_report_json_judgement(
	struct fa_jw *w, const struct fa_report *r, const struct fa_finding *f)
{
	const struct fa_obligation *o = &r->bundle->obligations[f->obligation];
	bool counted = fa_report_is_breach(f->verdict) && !fa_report_is_lead(f);

	fa_jw_kstr(w, "verdict", fa_str_c(fa_verdict_name(f->verdict)));
	fa_jw_kstr(w, "severity", fa_str_c(fa_severity_name(o->severity)));
	fa_jw_kstr(w, "tier", fa_str_c(fa_tier_name(f->tier)));
	fa_jw_kint(w, "confidence", f->confidence);
	fa_jw_kbool(w, "counted", counted);
	fa_jw_kbool(w, "gates", fa_report_gates(r, f));
}

/* All of a finding but its passages. */
static void
write_verdict(
	struct fa_jw *w, const struct fa_report *r, const struct fa_finding *f)
{
	const struct fa_bundle *b = r->bundle;
	const struct fa_obligation *o = &b->obligations[f->obligation];
	enum fa_lang lang = r->opts.lang;

	fa_jw_kstr(w, "obligation", o->id);
	fa_jw_kstr(w, "title", fa_report_pick(&o->title, lang));
	fa_jw_kstr(w, "kind", fa_str_c(fa_kind_name(o->kind)));
	fa_report_json_judgement(w, r, f);
	fa_report_json_waiver(w, f->waiver);
	fa_jw_kstr(w, "message", fa_report_message(b, f, lang));
	fa_jw_key(w, "source");
	fa_jw_object(w);
	write_source(w, b, o->instrument, o->article, lang);
	fa_jw_end(w, '}');
	write_rule(w, r, f);
	fa_jw_kstr(w, "reason", f->reason);
	fa_jw_kstr(w, "why", fa_report_why(b, f, lang));
	fa_jw_kstr(w, "fix", fa_report_fix(b, f, lang));
	fa_jw_kstr(w, "wording", fa_report_wording(b, f, lang));
}

/* The same for every document in which a rule came to this verdict, unless
 * the project or the engine has a word to say. */
static void
write_known_verdict(
	struct fa_jw *w, const struct fa_report *r, const struct fa_finding *f)
{
	struct fa_report_memo_key key = { .kind = FA_REPORT_MEMO_FINDING,
		.obligation = f->obligation,
		.rule = f->rule,
		.confidence = f->confidence,
		.verdict = (uint8_t)f->verdict,
		.tier = (uint8_t)f->tier };
	struct fa_report_memo_part part;

	if (f->waiver != NULL || f->reason.p != NULL) {
		write_verdict(w, r, f);
		return;
	}
	if (fa_report_memo_begin(&part, r->memo, w, key))
		return;
	write_verdict(w, r, f);
	fa_report_memo_end(&part, r->memo, w);
}

static void
write_finding(struct fa_jw *w, const struct fa_report *r,
	const struct fa_result *res, const struct fa_finding *f)
{
	fa_jw_object(w);
	write_known_verdict(w, r, f);
	fa_report_json_passages(w, "evidence", r, res, f->pro, f->pro_n);
	fa_report_json_passages(
		w, "counter_evidence", r, res, f->contra, f->contra_n);
	fa_jw_end(w, '}');
}

static void
write_counts(struct fa_jw *w, const uint32_t counts[FA_VERDICT_COUNT])
{
	fa_jw_key(w, "counts");
	fa_jw_object(w);
	for (size_t i = FA_VERDICT_COUNT; i > 0; i--) {
		fa_jw_kint(w, fa_verdict_name((enum fa_verdict)(i - 1)),
			counts[i - 1]);
	}
	fa_jw_end(w, '}');
}

static void
write_score(struct fa_jw *w, const struct fa_score *s)
{
	char grade[] = { s->grade, '\0' };
	struct made m;

	fa_jw_key(w, "score");
	fa_jw_object(w);
	fa_jw_kstr(w, "model", FA_STR(FA_REPORT_MODEL));
	fa_jw_kstr(w, "grade", fa_str_c(grade));
	fa_jw_kint(w, "hi", s->hi);
	fa_jw_kint(w, "lo", s->lo);
	made_init(&m);
	fa_report_points(&m.text, s->hi);
	made_write(&m, w, "hi_points");
	made_init(&m);
	fa_report_points(&m.text, s->lo);
	made_write(&m, w, "lo_points");
	fa_jw_kint(w, "coverage_bp", s->coverage_bp);
	fa_jw_kstr(w, "vector", s->vector);
	fa_jw_end(w, '}');
}

static void
write_scopes(
	struct fa_jw *w, const struct fa_report *r, const struct fa_result *res)
{
	fa_jw_key(w, "scopes");
	fa_jw_array(w);
	for (int s = 0; s < FA_SCOPE_COUNT; s++) {
		if (res->scopes & FA_SCOPE_BIT(s))
			fa_jw_str(w, fa_str_c(fa_scope_name(s)));
	}
	fa_jw_end(w, ']');
	fa_jw_key(w, "scope_evidence");
	fa_jw_array(w);
	for (size_t i = 0; i < res->scope_evidence_n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(
			w, "scope", fa_str_c(fa_scope_name(res->scope_of[i])));
		fa_report_json_passage(w, r, res, &res->scope_evidence[i]);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
write_use(struct fa_jw *w, const struct fa_report *r,
	const struct fa_result *res, const struct fa_use *u)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "use", u->name);
	fa_jw_kstr(w, "title", fa_report_use_title(u->name, r->opts.lang));
	fa_jw_kint(w, "mentions_all", (int64_t)u->mentions_all);
	fa_report_json_passages(
		w, "mentions", r, res, u->mentions, u->mentions_n);
	fa_jw_key(w, "points");
	fa_jw_array(w);
	for (size_t i = 0; i < u->points_n; i++) {
		const struct fa_use_point *p = &u->points[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "obligation",
			r->bundle->obligations[p->obligation].id);
		fa_jw_kstr(w, "verdict", fa_str_c(fa_verdict_name(p->verdict)));
		fa_jw_key(w, "evidence");
		fa_jw_object(w);
		fa_report_json_passage(w, r, res, &p->evidence);
		fa_jw_end(w, '}');
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}

static void
write_uses(
	struct fa_jw *w, const struct fa_report *r, const struct fa_result *res)
{
	fa_jw_key(w, "uses");
	fa_jw_array(w);
	for (size_t i = 0; i < res->uses_n; i++)
		write_use(w, r, res, &res->uses[i]);
	fa_jw_end(w, ']');
}

static void
write_origin(struct fa_jw *w, const struct fa_result *res)
{
	struct made m;

	fa_jw_kstr(w, "name", res->name);
	made_init(&m);
	fa_report_uri(&m.text, res->name);
	made_write(&m, w, "uri");
	fa_jw_kstr(w, "subject",
		res->flow != NULL ? FA_STR("flow") : FA_STR("document"));
	fa_jw_kstr(w, "title", res->title);
	fa_jw_kint(w, "bytes", (int64_t)res->raw_bytes);
	fa_jw_key(w, "digests");
	fa_jw_object(w);
	fa_jw_kstr(w, "sha256", fa_str_c(res->sha256));
	if (res->sm3[0] != '\0')
		fa_jw_kstr(w, "sm3", fa_str_c(res->sm3));
	fa_jw_end(w, '}');
	fa_jw_kstr(w, "encoding", fa_str_c(fa_encoding_name(res->encoding)));
	fa_jw_kstr(w, "format", fa_report_format(res));
	fa_jw_kint(w, "bad_bytes", res->bad_bytes);
	fa_jw_kstr(w, "derived", res->derived);
	fa_jw_kstr(w, "notice", res->notice);
	fa_jw_kstr(w, "error", res->error);
}

void
fa_report_json_doc(
	struct fa_jw *w, const struct fa_report *r, const struct fa_result *res)
{
	write_origin(w, res);
	if (res->error.p != NULL)
		return;
	if (res->flow != NULL) {
		fa_jw_key(w, "flow");
		fa_report_json_flow(w, res->flow);
	}
	write_scopes(w, r, res);
	write_uses(w, r, res);
	write_counts(w, res->counts);
	write_score(w, &res->score);
	fa_jw_key(w, "findings");
	fa_jw_array(w);
	for (size_t i = 0; i < res->findings_n; i++) {
		const struct fa_finding *f = &res->findings[i];

		if (f->verdict != FA_VERDICT_NOT_APPLICABLE || r->opts.verbose)
			write_finding(w, r, res, f);
	}
	fa_jw_end(w, ']');
}

static void
write_bundle(struct fa_jw *w, const struct fa_bundle *b)
{
	fa_jw_key(w, "bundle");
	fa_jw_object(w);
	fa_jw_kstr(w, "version", b->version);
	fa_jw_kstr(w, "sha256", fa_str_c(b->sha256));
	fa_jw_kint(w, "obligations", (int64_t)b->obligations_n);
	fa_jw_kint(w, "rules", (int64_t)b->rules_n);
	fa_jw_kint(w, "established", b->established);
	fa_jw_kint(w, "probable", b->probable);
	fa_jw_key(w, "loss");
	fa_jw_object(w);
	for (size_t i = FA_SEVERITY_COUNT; i > 0; i--) {
		fa_jw_kint(w, fa_severity_name((enum fa_severity)(i - 1)),
			b->loss[i - 1]);
	}
	fa_jw_end(w, '}');
	fa_jw_key(w, "measured_on");
	fa_jw_array(w);
	for (size_t i = 0; i < b->sets_n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "name", b->sets[i].name);
		fa_jw_kint(w, "documents", b->sets[i].documents);
		fa_jw_kstr(w, "sha256", b->sets[i].sha256);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}

/* How many paragraphs of the law the rules cover how far. */
static void
write_ledger(struct fa_jw *w, const struct fa_bundle *b)
{
	uint32_t counts[FA_LEDGER_COUNT];

	if (b->ledger_n == 0)
		return;
	fa_bundle_ledger(b, counts);
	fa_jw_key(w, "ledger");
	fa_jw_object(w);
	fa_jw_kint(w, "paragraphs", (int64_t)b->ledger_n);
	for (int s = 0; s < FA_LEDGER_COUNT; s++)
		fa_jw_kint(
			w, fa_ledger_name((enum fa_ledger_status)s), counts[s]);
	fa_jw_end(w, '}');
}

void
fa_report_json_head(struct fa_jw *w, const struct fa_report *r)
{
	char date[FA_DATE_BYTES];
	char now[FA_TIME_BYTES];

	fa_jw_kstr(w, "schema", FA_STR(FA_REPORT_SCHEMA));
	fa_jw_key(w, "tool");
	fa_jw_object(w);
	fa_jw_kstr(w, "name", FA_STR(FA_REPORT_TOOL));
	fa_jw_kstr(w, "version", r->opts.tool_version);
	fa_jw_end(w, '}');
	write_bundle(w, r->bundle);
	write_ledger(w, r->bundle);
	fa_date_format(r->opts.as_of, date);
	fa_jw_kstr(w, "as_of", fa_str_c(date));
	fa_jw_kstr(w, "lang", fa_str_c(fa_lang_name(r->opts.lang)));
	if (r->opts.now_ms_utc != 0) {
		fa_time_format(r->opts.now_ms_utc, now);
		fa_jw_kstr(w, "generated", fa_str_c(now));
	}
	fa_jw_key(w, "fail_on");
	if (r->opts.fail_never) {
		fa_jw_null(w);
		return;
	}
	fa_jw_object(w);
	fa_jw_kstr(w, "tier", fa_str_c(fa_tier_name(r->opts.fail_tier)));
	fa_jw_kstr(w, "severity",
		fa_str_c(fa_severity_name(r->opts.fail_severity)));
	fa_jw_end(w, '}');
}

void
fa_report_json_totals(struct fa_jw *w, const struct fa_report_totals *t)
{
	fa_jw_kint(w, "documents", t->documents);
	fa_jw_kint(w, "errors", t->errors);
	fa_jw_kint(w, "partial", t->partial);
	fa_jw_kint(w, "with_face_id", t->with_face_id);
	write_counts(w, t->counts);
	fa_jw_kint(w, "gating", t->gating);
	fa_jw_kint(w, "waived", t->waived);
	fa_jw_kstr(w, "settings", t->settings);
	fa_jw_key(w, "left_out");
	fa_jw_object(w);
	fa_jw_kint(w, "exclude", t->excluded);
	fa_jw_kint(w, "gitignore", t->ignored);
	fa_jw_kint(w, "own", t->own);
	fa_jw_end(w, '}');
	fa_jw_kint(w, "exit_status", t->exit_status);
}
