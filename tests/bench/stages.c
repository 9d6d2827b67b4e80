/* Where the time of one audit goes, stage by stage over all texts and over
 * pages made of them. What of matching is the gate shows in a matching as of a
 * day on which no law was in force: then only scopes are looked for. */
#include "bench/bench.h"

#include <string.h>

#include "audit/screens.h"
#include "audit/stages.h"
#include "read/read.h"
#include "report/report.h"
#include "score/score.h"
#include "segment/segment.h"

#define ROUNDS 5
#define BEFORE_ANY_LAW 19490101

enum { DIGEST, READ, SEGMENT, GATE, RULES, CUT, SCORE, OUTPUT, STAGES };
static const char *const names[STAGES] = { "digests", "decode and extract",
	"segment", "gate and scopes", "rules", "evidence", "score", "output" };

struct work {
	struct bench *b;
	struct bench_audit x;
	int64_t ns[STAGES][BENCH_ROUNDS];
};

static void
check(int rc, const struct fa_err *err)
{
	if (rc < 0)
		bench_die("%s", err->msg);
}

static void
lap(int64_t *ns, int64_t *since)
{
	int64_t t = bench_cpu_ns();

	*ns += t - *since;
	*since = t;
}

static void
judge(struct work *w, struct fa_doc *doc, int64_t at[STAGES], int64_t *since)
{
	struct bench_audit *x = &w->x;
	struct fa_match before, m;
	struct fa_err err;

	check(fa_segment(doc, &x->a, &err), &err);
	lap(&at[SEGMENT], since);
	check(fa_match(&before, x->audit.matcher, doc, BEFORE_ANY_LAW, &x->a,
		      &err),
		&err);
	int64_t gate = 0;
	lap(&gate, since);
	at[GATE] += gate;
	check(fa_match(&m, x->audit.matcher, doc, BENCH_AS_OF, &x->a, &err),
		&err);
	lap(&at[RULES], since);
	at[RULES] -= gate;
	check(fa_audit_cut(&x->r, &x->audit, &m, doc, &x->a, &err), &err);
	check(fa_audit_screens(&x->r, &x->audit, doc, &m, &x->a, &err), &err);
	lap(&at[CUT], since);
	check(fa_score(&x->r, x->audit.bundle, BENCH_AS_OF, &x->a, &err), &err);
	lap(&at[SCORE], since);
}

static void
one(struct work *w, struct fa_report *rep, struct fa_str raw, const char *name,
	int64_t at[STAGES])
{
	struct fa_read_opts opts = { .name = fa_str_c(name) };
	struct bench_audit *x = &w->x;
	struct fa_doc doc;
	struct fa_err err;
	int64_t since;

	fa_arena_reset(&x->a);
	fa_buf_reset(&x->out);
	x->r = (struct fa_result){ .name = opts.name, .raw_bytes = raw.n };
	since = bench_cpu_ns();
	check(fa_audit_digests(&x->r, &x->audit, raw, &err), &err);
	lap(&at[DIGEST], &since);
	check(fa_read(&doc, raw, &opts, &x->a, &err), &err);
	lap(&at[READ], &since);
	judge(w, &doc, at, &since);
	check(rep->writer->doc(rep, &x->r, &x->out, &err), &err);
	lap(&at[OUTPUT], &since);
}

static void
measure(struct work *w, const struct fa_str *raw, const char *name)
{
	struct bench *b = w->b;
	struct fa_report rep = { .writer = fa_report_find(FA_STR("json")),
		.bundle = b->bundle,
		.opts = { .as_of = BENCH_AS_OF },
		.arena = &b->a };
	int64_t all = 0, median[STAGES];
	struct fa_err err;

	memset(w->ns, 0, sizeof(w->ns));
	check(rep.writer->begin(&rep, &w->x.out, &err), &err);
	for (int r = -1; r < ROUNDS; r++) {
		int64_t at[STAGES] = { 0 };

		for (size_t i = 0; i < b->texts_n; i++)
			one(w, &rep, raw[i], name, at);
		for (int s = 0; r >= 0 && s < STAGES; s++)
			w->ns[s][r] = at[s];
	}
	for (int s = 0; s < STAGES; s++) {
		median[s] = bench_median(w->ns[s], ROUNDS);
		all += median[s];
	}
	for (int s = 0; s < STAGES; s++) {
		char what[96];

		(void)snprintf(what, sizeof(what), "%s: %s (%lld.%lld %%)",
			name, names[s], (long long)(median[s] * 100 / all),
			(long long)(median[s] * 1000 / all % 10));
		bench_figure(b, what, median[s] / (int64_t)b->texts_n, "ns");
	}
	bench_figure(b, name, all / (int64_t)b->texts_n, "ns for each");
}

void
bench_stages(struct bench *b)
{
	struct work w = { .b = b };
	struct fa_str *raw = fa_arena_new(&b->a, b->texts_n, sizeof(*raw));

	if (!raw)
		bench_die("no memory");
	bench_audit_init(&w.x, b->bundle);
	for (size_t i = 0; i < b->texts_n; i++)
		raw[i] = b->texts[i].raw;
	measure(&w, raw, "text");
	for (size_t i = 0; i < b->texts_n; i++)
		raw[i] = bench_page(b, i, &b->a);
	measure(&w, raw, "page");
	bench_audit_done(&w.x);
}
