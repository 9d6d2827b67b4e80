/* The report for programs. The half that was counted is written by itself
 * first, so that its digest can stand beside it. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "facecheck/bench/bench.h"

static void
rate(struct fa_jw *w, const char *key, struct fc_rate r)
{
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kint(w, "errors", (int64_t)r.errors);
	fa_jw_kint(w, "trials", (int64_t)r.trials);
	fa_jw_kint(w, "ppt", r.ppt);
	fa_jw_kint(w, "low_ppt", r.low_ppt);
	fa_jw_kint(w, "high_ppt", r.high_ppt);
	fa_jw_end(w, '}');
}

static void
spread(struct fa_jw *w, const char *key, struct fc_spread s)
{
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kint(w, "ppt", s.ppt);
	fa_jw_kint(w, "low_ppt", s.low_ppt);
	fa_jw_kint(w, "high_ppt", s.high_ppt);
	fa_jw_end(w, '}');
}

/* Points as pairs: false matches, false non-matches. */
static void
det(struct fa_jw *w, const struct fc_det *d)
{
	fa_jw_key(w, "det");
	fa_jw_object(w);
	fa_jw_kint(w, "genuine", (int64_t)d->genuine);
	fa_jw_kint(w, "impostor", (int64_t)d->impostor);
	fa_jw_key(w, "points");
	fa_jw_array(w);
	for (size_t i = 0; i < d->n; i++) {
		fa_jw_array(w);
		fa_jw_int(w, (int64_t)d->at[i].false_matches);
		fa_jw_int(w, (int64_t)d->at[i].false_non_matches);
		fa_jw_end(w, ']');
	}
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}

static void
accuracy(struct fa_jw *w, const struct fc_accuracy *a, const char *corpus)
{
	fa_jw_object(w);
	fa_jw_kint(w, "difficulty", a->grade);
	fa_jw_kint(w, "subjects", a->subjects);
	fa_jw_kint(w, "pictures", a->pictures);
	if (corpus)
		fa_jw_kstr(w, "corpus_sha256", fa_str_c(corpus));
	rate(w, "failed", a->failed);
	spread(w, "eer", a->eer);
	fa_jw_key(w, "at");
	fa_jw_array(w);
	for (size_t i = 0; i < FC_ATS; i++) {
		fa_jw_object(w);
		fa_jw_kint(w, "fmr_ppt", a->at[i].fmr_ppt);
		fa_jw_kbool(w, "known", a->at[i].known);
		if (a->at[i].known) {
			spread(w, "fnmr", a->at[i].fnmr);
			fa_jw_kint(w, "frr_ppt", a->at[i].frr_ppt);
		}
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	if (a->says) {
		rate(w, "false_match", a->false_match);
		rate(w, "false_non_match", a->false_non_match);
	}
	det(w, &a->det);
	fa_jw_end(w, '}');
}

static void
crowd(struct fa_jw *w, const struct fc_crowd *c)
{
	int64_t fmr = FC_PPT / 1000;

	fa_jw_key(w, "crowd");
	fa_jw_object(w);
	fa_jw_kint(w, "difficulty", c->grade);
	fa_jw_kint(w, "people", c->people);
	fa_jw_kint(w, "failed", c->failed);
	fa_jw_kstr(w, "corpus_sha256", fa_str_c(c->corpus));
	fa_jw_kstr(w, "templates_sha256", fa_str_c(c->templates));
	fa_jw_kint(w, "rule_of_3_ppt", c->floor_ppt);
	fa_jw_key(w, "at");
	fa_jw_array(w);
	for (int k = 0; k < FC_CROWD_ATS; k++, fmr /= 10) {
		int64_t fnmr = 0;
		bool known = fc_crowd_at(&fnmr, c, fmr);

		fa_jw_object(w);
		fa_jw_kint(w, "fmr_ppt", fmr);
		fa_jw_kbool(w, "known", known);
		if (known)
			fa_jw_kint(w, "fnmr_ppt", fnmr);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	det(w, &c->det);
	fa_jw_end(w, '}');
}

static void
attacks(struct fa_jw *w, const struct fc_bench *b)
{
	static const char *const untested[] = { "mask", "injection" };

	fa_jw_key(w, "liveness");
	fa_jw_array(w);
	for (size_t i = 0; i < b->attacks_n; i++) {
		const struct fc_attack *a = &b->attack[i];
		bool live = a->species == FC_SPECIES_LIVE;

		fa_jw_object(w);
		fa_jw_kint(w, "difficulty", a->grade);
		fa_jw_kstr(w, "species", fa_str_c(fc_species_name(a->species)));
		rate(w, live ? "bpcer" : "apcer", a->wrong);
		rate(w, live ? "bpnrr" : "apnrr", a->silent);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_key(w, "not_tested");
	fa_jw_array(w);
	for (size_t i = 0; i < FA_COUNT(untested); i++)
		fa_jw_str(w, fa_str_c(untested[i]));
	fa_jw_end(w, ']');
}

static void
counted(struct fa_jw *w, const struct fc_bench *b)
{
	const struct fc_bench_opts *o = &b->opts;
	char seed[24];

	(void)snprintf(seed, sizeof(seed), "%llu", (unsigned long long)o->seed);
	fa_jw_object(w);
	fa_jw_kstr(w, "matcher", fa_str_c(o->plugin->name));
	fa_jw_kstr(w, "matcher_version", fa_str_c(o->plugin->version));
	fa_jw_kint(w, "template_bytes", o->plugin->template_bytes);
	fa_jw_kstr(w, "seed", fa_str_c(seed));
	fa_jw_kint(w, "resamples", o->resamples);
	fa_jw_key(w, "comparison");
	fa_jw_array(w);
	for (size_t i = 0; i < b->accuracy_n; i++)
		accuracy(w, &b->accuracy[i], b->corpus[i]);
	fa_jw_end(w, ']');
	if (b->has_crowd)
		crowd(w, &b->crowd);
	attacks(w, b);
	fa_jw_key(w, "friction");
	fa_jw_object(w);
	fa_jw_kint(w, "face", b->friction.face);
	fa_jw_kint(w, "other", b->friction.other);
	fa_jw_kint(w, "human", b->friction.human);
	fa_jw_end(w, '}');
	fa_jw_end(w, '}');
}

static void
timing(struct fa_jw *w, const struct fc_timing *t)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "name", fa_str_c(t->name));
	fa_jw_kint(w, "runs", t->runs);
	fa_jw_kint(w, "min_ns", t->min_ns);
	fa_jw_kint(w, "p50_ns", t->p50_ns);
	fa_jw_kint(w, "p90_ns", t->p90_ns);
	fa_jw_kint(w, "p99_ns", t->p99_ns);
	fa_jw_kint(w, "cpu_ns", t->cpu_ns);
	fa_jw_end(w, '}');
}

static void
measured(struct fa_jw *w, const struct fc_bench_measured *m)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "processor", fa_str_c(m->processor));
	fa_jw_kstr(w, "system", fa_str_c(m->system));
	fa_jw_kint(w, "threads", m->threads);
	fa_jw_kstr(w, "level", fa_str_c(fc_level_name(m->level)));
	fa_jw_kstr(w, "lack", fa_str_c(m->lack));
	fa_jw_key(w, "timings");
	fa_jw_array(w);
	for (size_t i = 0; i < m->timings_n; i++)
		timing(w, &m->timing[i]);
	fa_jw_end(w, ']');
	fa_jw_key(w, "speeds");
	fa_jw_array(w);
	for (size_t i = 0; i < m->speeds_n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "name", fa_str_c(m->speed[i].name));
		fa_jw_kstr(w, "unit", fa_str_c(m->speed[i].unit));
		fa_jw_kint(w, "threads", m->speed[i].threads);
		fa_jw_kint(w, "per_second", m->speed[i].per_second);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_kstr(w, "kernel", fa_str_c(m->kernel));
	fa_jw_kint(w, "kernel_pair_ns_x100", m->pair_ns_x100);
	fa_jw_kint(w, "crowd_pairs", (int64_t)m->crowd_pairs);
	fa_jw_kint(w, "crowd_ms", m->crowd_ms);
	fa_jw_kint(w, "rss_bytes", m->rss_bytes);
	fa_jw_kint(w, "child_rss_bytes", m->child_rss_bytes);
	fa_jw_end(w, '}');
}

static void
peer(struct fa_jw *w, const struct fc_peer *p)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "name", fa_str_c(p->name));
	fa_jw_kbool(w, "there", p->there);
	if (!p->there)
		fa_jw_kstr(w, "why_not", fa_str_c(p->why_not));
	if (p->there) {
		fa_jw_kstr(w, "version", fa_str_c(p->version));
		fa_jw_key(w, "comparison");
		fa_jw_array(w);
		for (size_t i = 0; i < p->accuracy_n; i++)
			accuracy(w, &p->accuracy[i], NULL);
		fa_jw_end(w, ']');
		fa_jw_key(w, "matcher_on_the_same");
		fa_jw_array(w);
		for (size_t i = 0; i < p->accuracy_n; i++)
			accuracy(w, &p->own[i], NULL);
		fa_jw_end(w, ']');
		fa_jw_key(w, "encode");
		timing(w, &p->encode);
		fa_jw_kint(w, "compare_ns", p->compare_ns);
	}
	fa_jw_end(w, '}');
}

static void
audit_rate(struct fa_jw *w, const char *key, const struct fc_rate *r)
{
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kint(w, "right", (int64_t)(r->trials - r->errors));
	fa_jw_kint(w, "of", (int64_t)r->trials);
	fa_jw_kint(w, "low_ppt", FC_PPT - r->high_ppt);
	fa_jw_kint(w, "high_ppt", FC_PPT - r->low_ppt);
	fa_jw_end(w, '}');
}

static void
audit_names(
	struct fa_jw *w, const char *key, const struct fc_audit *x, bool missed)
{
	fa_jw_key(w, key);
	fa_jw_array(w);
	for (size_t i = 0; i < x->rows_n; i++) {
		const struct fc_audit_row *r = &x->rows[i];

		if (missed ? r->where != FC_AUDIT_NOTHING && !r->found
			   : r->accused)
			fa_jw_str(w, r->name);
	}
	fa_jw_end(w, ']');
}

static void
audit(struct fa_jw *w, const struct fc_audit *x)
{
	fa_jw_object(w);
	audit_rate(w, "sensitivity", &x->missed_all);
	audit_rate(w, "specificity", &x->accused);
	audit_names(w, "missed", x, true);
	audit_names(w, "accused", x, false);
	fa_jw_end(w, '}');
}

static void
write_rest(struct fa_buf *out, const struct fc_bench *b)
{
	struct fa_jw w;

	if (b->has_measured) {
		fa_buf_adds(out, ",\n\"measured\":");
		fa_jw_init(&w, out, 0);
		measured(&w, &b->measured);
	}
	if (b->has_peer) {
		fa_buf_adds(out, ",\n\"peers\":[");
		fa_jw_init(&w, out, 0);
		peer(&w, &b->peer);
		fa_buf_adds(out, "]");
	}
	if (b->has_audit) {
		fa_buf_adds(out, ",\n\"audit\":");
		fa_jw_init(&w, out, 0);
		audit(&w, &b->audit);
	}
}

static int
write_all(struct fa_buf *out, struct fa_buf *part, const struct fc_bench *b,
	bool accuracy_only, struct fa_err *err)
{
	char sha[FA_HASH_HEX_BYTES];
	struct fa_jw w;
	int rc;

	fa_jw_init(&w, part, 0);
	counted(&w, b);
	rc = fa_buf_rc(part, "report", err);
	if (!rc)
		rc = fa_hash_sha256(sha, fa_buf_str(part), err);
	if (rc)
		return rc;
	fa_buf_adds(out, "{\"schema\":\"" FC_BENCH_SCHEMA "\",\n\"notice\":\"");
	fa_buf_adds(out, fc_bench_notice(FC_BENCH_EN));
	fa_buf_adds(out, "\",\n\"accuracy\":");
	fa_buf_add(out, fa_buf_str(part));
	fa_buf_addf(out, ",\n\"accuracy_sha256\":\"%s\"", sha);
	if (!accuracy_only)
		write_rest(out, b);
	fa_buf_adds(out, "}\n");
	return fa_buf_rc(out, "report", err);
}

int
fc_bench_json(struct fa_buf *out, const struct fc_bench *b, bool accuracy_only,
	struct fa_err *err)
{
	struct fa_buf part;
	int rc;

	fa_buf_init(&part, FC_BENCH_REPORT_BYTES);
	rc = write_all(out, &part, b, accuracy_only, err);
	fa_buf_done(&part);
	return rc;
}
