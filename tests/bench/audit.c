#include "bench/bench.h"

#include "report/report.h"
#include "score/score.h"

void
bench_audit_init(struct bench_audit *x, const struct fa_bundle *b)
{
	struct fa_err err;

	*x = (struct bench_audit){ 0 };
	x->audit.bundle = b;
	x->audit.as_of = BENCH_AS_OF;
	x->audit.all_passages = true;
	x->audit.no_sm3 = true;
	fa_arena_init(&x->a, BENCH_ARENA_BYTES);
	fa_buf_init(&x->out, BENCH_BUF_BYTES);
	if (fa_matcher_new(&x->audit.matcher, b, &err) < 0)
		bench_die("%s", err.msg);
}

void
bench_audit_done(struct bench_audit *x)
{
	fa_matcher_free(x->audit.matcher);
	fa_buf_done(&x->out);
	fa_arena_done(&x->a);
}

void
bench_audit(struct bench_audit *x, struct fa_str raw, const char *name)
{
	struct fa_read_opts opts = { .name = fa_str_c(name) };
	struct fa_report_totals totals = { 0 };
	struct fa_report rep = { 0 };
	struct fa_err err;

	fa_arena_reset(&x->a);
	fa_buf_reset(&x->out);
	if (fa_audit_document(&x->r, &x->audit, raw, &opts, &x->a, &err) < 0)
		bench_die("%s: %s", name, err.msg);
	rep.writer = fa_report_find(FA_STR("json"));
	rep.bundle = x->audit.bundle;
	rep.opts.as_of = BENCH_AS_OF;
	rep.opts.tool_version = FA_STR("bench");
	rep.arena = &x->a;
	if (rep.writer->begin(&rep, &x->out, &err) < 0 ||
		rep.writer->doc(&rep, &x->r, &x->out, &err) < 0 ||
		rep.writer->end(&rep, &totals, &x->out, &err) < 0)
		bench_die("%s: %s", name, err.msg);
}
