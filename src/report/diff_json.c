/* A comparison for machines: everything, both texts included. */
#include "base/clock.h"
#include "report/diff_parts.h"

static void
put_time(struct fa_jw *w, const char *key, int64_t ms)
{
	char t[FA_TIME_BYTES];

	if (ms == 0) {
		fa_jw_key(w, key);
		fa_jw_null(w);
		return;
	}
	fa_time_format(ms, t);
	fa_jw_kstr(w, key, fa_str_c(t));
}

static void
put_hex(struct fa_jw *w, const char *key, const char *hex)
{
	fa_jw_kstr(w, key, hex[0] ? fa_str_c(hex) : FA_STR_NONE);
}

static void
put_score(struct fa_jw *w, const struct fa_diff_version *v)
{
	char grade[] = { v->score.grade, '\0' };

	fa_jw_key(w, "score");
	if (!v->judged) {
		fa_jw_null(w);
		return;
	}
	fa_jw_object(w);
	fa_jw_kstr(w, "model", FA_STR(FA_REPORT_MODEL));
	fa_jw_kstr(w, "grade", fa_str_c(grade));
	fa_jw_kint(w, "hi", v->score.hi);
	fa_jw_kint(w, "lo", v->score.lo);
	fa_jw_kint(w, "coverage_bp", v->score.coverage_bp);
	fa_jw_kstr(w, "vector", v->score.vector);
	fa_jw_end(w, '}');
}

static void
put_version(struct fa_jw *w, const char *key, const struct fa_diff_version *v)
{
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kstr(w, "name", v->name);
	fa_jw_kstr(w, "title", v->title);
	put_time(w, "captured", v->at_ms);
	fa_jw_kstr(w, "outcome", fa_str_c(fa_outcome_name(v->outcome)));
	fa_jw_kstr(w, "detail", v->detail);
	fa_jw_kint(w, "bytes", v->bytes);
	fa_jw_kstr(w, "encoding", v->encoding);
	put_hex(w, "sha256", v->sha256);
	put_hex(w, "sm3", v->sm3);
	put_hex(w, "payload_sha256", v->payload);
	put_score(w, v);
	fa_jw_end(w, '}');
}

static void
put_number(struct fa_jw *w, const char *key, uint32_t clause)
{
	fa_jw_key(w, key);
	if (clause == FA_DIFF_NONE)
		fa_jw_null(w);
	else
		fa_jw_int(w, (int64_t)clause + 1);
}

static void
put_clause(
	struct fa_jw *w, const char *key, struct fa_diff_clauses c, uint32_t i)
{
	fa_jw_key(w, key);
	if (i >= c.n) {
		fa_jw_null(w);
		return;
	}
	fa_jw_object(w);
	fa_jw_kint(w, "number", (int64_t)i + 1);
	fa_jw_kstr(w, "text", c.at[i].text);
	fa_jw_kstr(w, "section", c.at[i].section);
	fa_jw_kint(w, "line", c.at[i].at.line);
	fa_jw_kint(w, "column", c.at[i].at.column);
	fa_jw_kint(w, "byte_from", c.at[i].raw.from);
	fa_jw_kint(w, "byte_to", c.at[i].raw.to);
	fa_jw_end(w, '}');
}

static void
put_runs(struct fa_jw *w, const struct fa_diff *d, const struct fa_diff_row *r)
{
	struct fa_str a, b;

	if (r->kind != FA_DIFF_REWORDED)
		return;
	a = d->a.at[r->a != FA_DIFF_NONE ? r->a : r->peer].text;
	b = d->b.at[r->b != FA_DIFF_NONE ? r->b : r->peer].text;
	fa_jw_key(w, "runs");
	fa_jw_array(w);
	for (size_t i = 0; i < r->runs_n; i++) {
		const struct fa_diff_run *x = &r->runs[i];

		fa_jw_object(w);
		if (x->same) {
			fa_jw_kstr(
				w, "same", fa_str_sub(a, x->a.from, x->a.to));
		} else {
			fa_jw_kstr(w, "deleted",
				fa_str_sub(a, x->a.from, x->a.to));
			fa_jw_kstr(w, "inserted",
				fa_str_sub(b, x->b.from, x->b.to));
		}
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_row(struct fa_jw *w, const struct fa_diff *d, const struct fa_diff_row *r)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "kind", fa_str_c(fa_diff_kind_name(r->kind)));
	fa_jw_kbool(w, "moved", r->moved);
	fa_jw_kbool(w, "written_otherwise", r->retyped);
	put_number(w, "peer", r->peer);
	put_clause(w, "old", d->a, r->a);
	put_clause(w, "new", d->b, r->b);
	put_runs(w, d, r);
	fa_jw_end(w, '}');
}

static void
put_comparison(struct fa_jw *w, const struct fa_diff *d)
{
	fa_jw_key(w, "comparison");
	if (!d) {
		fa_jw_null(w);
		return;
	}
	fa_jw_object(w);
	fa_jw_kint(w, "clauses_old", (int64_t)d->a.n);
	fa_jw_kint(w, "clauses_new", (int64_t)d->b.n);
	for (int k = 0; k < FA_DIFF_KIND_COUNT; k++)
		fa_jw_kint(w, fa_diff_kind_name((enum fa_diff_kind)k),
			d->counts[k]);
	fa_jw_kint(w, "written_otherwise", d->retyped);
	fa_jw_kint(w, "characters_deleted", (int64_t)d->chars_deleted);
	fa_jw_kint(w, "characters_inserted", (int64_t)d->chars_inserted);
	fa_jw_kbool(w, "shortest", d->minimal);
	fa_jw_key(w, "rows");
	fa_jw_array(w);
	for (size_t i = 0; i < d->rows_n; i++)
		put_row(w, d, &d->rows[i]);
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}

static void
put_finding(struct fa_jw *w, const struct fa_diff_report *r,
	const struct fa_diff_finding *f)
{
	const struct fa_bundle *b = r->bundle;
	const struct fa_obligation *o = &b->obligations[f->obligation];

	fa_jw_object(w);
	fa_jw_kstr(w, "state", fa_str_c(fa_diff_state_name(f->state)));
	fa_jw_kstr(w, "cause", fa_str_c(fa_diff_cause_name(f->cause)));
	fa_jw_kstr(w, "obligation", o->id);
	fa_jw_kstr(w, "rule",
		f->rule < b->rules_n ? b->rules[f->rule].id : FA_STR_NONE);
	fa_jw_kstr(w, "was", fa_str_c(fa_verdict_name(f->was)));
	fa_jw_key(w, "now");
	if (f->cause == FA_DIFF_CAUSE_CAPTURE)
		fa_jw_null(w);
	else
		fa_jw_str(w, fa_str_c(fa_verdict_name(f->now)));
	fa_jw_kstr(w, "severity", fa_str_c(fa_severity_name(o->severity)));
	fa_jw_kstr(w, "tier", fa_str_c(fa_tier_name(f->tier)));
	fa_jw_kint(w, "confidence_thousandths", f->confidence);
	fa_jw_kbool(w, "gates", f->gates);
	put_number(w, "old_clause", f->a);
	put_number(w, "new_clause", f->b);
	fa_jw_kstr(w, "quote", f->text);
	fa_jw_kstr(w, "message", fa_diff_message(r, f));
	fa_jw_kstr(w, "reason", f->reason);
	put_time(w, "last_seen", f->seen_ms);
	fa_jw_end(w, '}');
}

static void
put_doc(struct fa_jw *w, const struct fa_diff_report *r,
	const struct fa_diff_doc *d)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "role", d->role);
	put_version(w, "old", &d->a);
	put_version(w, "new", &d->b);
	fa_jw_kbool(w, "same_bytes", d->same_bytes);
	fa_jw_kstr(w, "technical",
		d->technical == FA_DIFF_CAUSE_NONE
			? FA_STR_NONE
			: fa_str_c(fa_diff_cause_name(d->technical)));
	fa_jw_key(w, "states");
	fa_jw_object(w);
	for (int s = 0; s < FA_DIFF_STATE_COUNT; s++)
		fa_jw_kint(w, fa_diff_state_name((enum fa_diff_state)s),
			d->states[s]);
	fa_jw_end(w, '}');
	fa_jw_kint(w, "gating", d->gating);
	fa_jw_key(w, "findings");
	fa_jw_array(w);
	for (size_t i = 0; i < d->findings_n; i++)
		put_finding(w, r, &d->findings[i]);
	fa_jw_end(w, ']');
	put_comparison(w, d->diff);
	fa_jw_end(w, '}');
}

int
fa_report_diff_json(
	struct fa_buf *out, const struct fa_diff_report *r, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	char date[FA_DATE_BYTES];
	struct fa_jw w;

	fa_buf_init(&part, out->max_bytes);
	fa_jw_init(&w, &part, 1);
	fa_date_format(r->as_of, date);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "schema", FA_STR(FA_DIFF_SCHEMA));
	fa_jw_kstr(&w, "tool", FA_STR(FA_REPORT_TOOL));
	fa_jw_kstr(&w, "version", r->tool_version);
	fa_jw_kstr(&w, "bundle_sha256", fa_str_c(r->bundle->sha256));
	fa_jw_kstr(&w, "as_of", fa_str_c(date));
	fa_jw_key(&w, "documents");
	fa_jw_array(&w);
	for (size_t i = 0; i < r->docs_n; i++)
		put_doc(&w, r, &r->docs[i]);
	fa_jw_end(&w, ']');
	fa_jw_kint(&w, "one_version_only", r->alone);
	fa_jw_kint(&w, "exit_status", r->exit_status);
	fa_jw_end(&w, '}');
	fa_buf_addc(&part, '\n');
	return fa_report_json_part(out, &part, "comparison", err);
}
