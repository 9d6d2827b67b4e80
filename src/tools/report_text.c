/* A sweep as a text: coverage first, then how often each obligation is broken,
 * then the worst targets. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "report/common.h"
#include "report/label.h"
#include "tools/reporting.h"

#define SAY(r, zh, en) ((r)->lang == FA_LANG_EN ? (en) : (zh))

static unsigned long long
n_of(uint64_t n)
{
	return (unsigned long long)n;
}

/* The worse of two: less proven, then less in the worst case, then by key. */
static bool
is_worse(const struct fa_reporting_worst *x, const struct fa_reporting_worst *y)
{
	if (x->hi != y->hi)
		return x->hi < y->hi;
	if (x->lo != y->lo)
		return x->lo < y->lo;
	return fa_str_cmp(x->key, y->key) < 0;
}

static int
rank(struct fa_reporting *r, const struct fa_reporting_target *t,
	struct fa_err *err)
{
	struct fa_reporting_worst x = { .hi = t->app.score.hi,
		.lo = t->app.score.lo,
		.grade = t->app.score.grade,
		.key = t->t->t.key,
		.violations = t->counts[FA_VERDICT_VIOLATION],
		.gaps = t->counts[FA_VERDICT_GAP] };
	size_t i = r->worst_n;

	if (x.violations + x.gaps == 0)
		return FA_OK;
	if (i == FA_REPORTING_WORST && !is_worse(&x, &r->worst[i - 1]))
		return FA_OK;
	x.key = fa_arena_dup(r->a, t->t->t.key);
	x.app = t->t->t.app.p ? fa_arena_dup(r->a, t->t->t.app) : FA_STR("");
	if (!x.key.p || !x.app.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for the report");
	if (i < FA_REPORTING_WORST)
		r->worst_n++;
	else
		i--;
	for (; i > 0 && is_worse(&x, &r->worst[i - 1]); i--)
		r->worst[i] = r->worst[i - 1];
	r->worst[i] = x;
	return FA_OK;
}

static void
add_changes(struct fa_reporting *r, const struct fa_reporting_target *t)
{
	for (const struct fa_reporting_change *p = t->changes; p; p = p->next) {
		fa_buf_adds(&r->changed, "    ");
		fa_report_visible(&r->changed, t->t->t.key, false);
		fa_buf_adds(&r->changed, "  ");
		fa_report_visible(&r->changed, p->c.subject, false);
		fa_buf_addf(&r->changed, "  %s -> %s  %s (%s)\n", p->c.was,
			p->c.became, p->c.kind, p->c.cause);
	}
}

static void
add_documents(struct fa_reporting *r, const struct fa_reporting_target *t)
{
	for (size_t i = 0; i < t->app.documents_n; i++) {
		const struct fa_store_app_document *d = &t->documents[i].d;

		r->documents += d->document != 0;
		r->stand_ins += d->stands_in;
		r->missing += fa_reporting_misses(t, d);
	}
}

int
fa_reporting_add(struct fa_reporting *r, const struct fa_reporting_target *t,
	struct fa_err *err)
{
	r->targets++;
	r->outcomes[t->app.outcome]++;
	add_documents(r, t);
	for (size_t i = 0; i < t->app.documents_n; i++) {
		if (t->documents[i].d.role == FA_ROLE_POLICY) {
			r->policies++;
			break;
		}
	}
	add_changes(r, t);
	if (!t->judged)
		return FA_OK;
	r->judged++;
	r->grades[(unsigned char)t->app.score.grade & 0x7f]++;
	for (size_t i = 0; i < t->app.verdicts_n; i++) {
		const struct fa_store_verdict *v = &t->app.verdicts[i];
		uint32_t o = fa_bundle_obligation(r->bundle, v->obligation);

		if (o >= r->bundle->obligations_n)
			continue;
		r->points[o].counts[v->verdict]++;
		r->points[o].counted += fa_report_is_breach(v->verdict) &&
			v->tier != FA_TIER_LEAD;
	}
	return rank(r, t, err);
}

static void
put_coverage(struct fa_buf *out, const struct fa_reporting *r)
{
	fa_buf_adds(out, SAY(r, "覆盖\n", "Coverage\n"));
	fa_buf_addf(out,
		SAY(r, "    目标 %llu，有政策网址 %llu，已评判 %llu\n",
			"    targets %llu, policy found %llu, judged %llu\n"),
		n_of(r->targets), n_of(r->policies), n_of(r->judged));
	fa_buf_addf(out,
		SAY(r, "    文件：已评判 %llu（沿用旧捕获 %llu），缺 %llu\n",
			"    documents: judged %llu (of earlier captures "
			"%llu), missing %llu\n"),
		n_of(r->documents), n_of(r->stand_ins), n_of(r->missing));
	if (r->judged < r->targets)
		fa_buf_addf(out,
			SAY(r, "    未能评判 %llu：\n", "    lost %llu:\n"),
			n_of(r->targets - r->judged));
	for (int i = 0; i < FA_OUT_COUNT; i++)
		if (i != FA_OUT_OK && r->outcomes[i] > 0)
			fa_buf_addf(out, "        %-18s %llu\n",
				fa_reporting_outcome((enum fa_outcome)i),
				n_of(r->outcomes[i]));
	if (r->outcomes[FA_OUT_OK] > r->judged)
		fa_buf_addf(out, "        %-18s %llu\n",
			SAY(r, "尚未评判", "not judged yet"),
			n_of(r->outcomes[FA_OUT_OK] - r->judged));
}

static void
put_grades(struct fa_buf *out, const struct fa_reporting *r)
{
	static const char grades[] = "ABCDEUN";

	fa_buf_adds(out, SAY(r, "\n等级\n   ", "\nGrades\n   "));
	for (size_t i = 0; grades[i]; i++)
		fa_buf_addf(out, " %c %llu%s", grades[i],
			n_of(r->grades[(unsigned char)grades[i]]),
			grades[i + 1] ? "," : "\n");
}

/* Tenths of a per cent. */
static void
put_share(struct fa_buf *out, uint64_t part, uint64_t all)
{
	uint64_t tenths = all > 0 ? part * 1000 / all : 0;

	fa_buf_addf(out, "%3llu.%llu%%", n_of(tenths / 10), n_of(tenths % 10));
}

static void
put_obligations(struct fa_buf *out, const struct fa_reporting *r)
{
	fa_buf_addf(out,
		SAY(r,
			"\n各项义务（占已评判 %llu "
			"个目标的比例；另有 %llu 个未能评判）\n",
			"\nObligations (share of %llu judged targets; %llu "
			"more were lost)\n"),
		n_of(r->judged), n_of(r->targets - r->judged));
	fa_buf_adds(out,
		SAY(r,
			"    违规+缺失   其中计分  违规    缺失    不明    "
			"合规   义务\n",
			"    breach  counted  violate    gap  unclear  comply  "
			"obligation\n"));
	for (size_t i = 0; i < r->bundle->obligations_n; i++) {
		const struct fa_reporting_point *p = &r->points[i];
		const struct fa_obligation *o = &r->bundle->obligations[i];
		uint32_t breach = p->counts[FA_VERDICT_VIOLATION] +
			p->counts[FA_VERDICT_GAP];

		if (breach + p->counts[FA_VERDICT_CANNOT_TELL] +
				p->counts[FA_VERDICT_COMPLIANT] ==
			0)
			continue;
		fa_buf_adds(out, "    ");
		put_share(out, breach, r->judged);
		fa_buf_addf(out, " %8u %8u %6u %8u %7u  ", p->counted,
			p->counts[FA_VERDICT_VIOLATION],
			p->counts[FA_VERDICT_GAP],
			p->counts[FA_VERDICT_CANNOT_TELL],
			p->counts[FA_VERDICT_COMPLIANT]);
		fa_buf_addf(out, "%.*s ", FA_STR_ARG(o->id));
		fa_report_visible(
			out, fa_report_pick(&o->title, r->lang), false);
		fa_buf_addc(out, '\n');
	}
}

static void
put_worst(struct fa_buf *out, const struct fa_reporting *r)
{
	if (r->worst_n == 0)
		return;
	fa_buf_adds(out, SAY(r, "\n得分最低的目标\n", "\nWorst targets\n"));
	for (size_t i = 0; i < r->worst_n; i++) {
		const struct fa_reporting_worst *x = &r->worst[i];

		fa_buf_addf(out, "    %c ", x->grade);
		fa_report_points(out, x->lo);
		fa_buf_adds(out, "..");
		fa_report_points(out, x->hi);
		fa_buf_addf(out,
			SAY(r, "  违规 %u 缺失 %u  ",
				"  violations %u gaps %u  "),
			x->violations, x->gaps);
		fa_report_visible(out, x->key, false);
		if (x->app.n > 0) {
			fa_buf_addc(out, ' ');
			fa_report_visible(out, x->app, false);
		}
		fa_buf_addc(out, '\n');
	}
}

void
fa_reporting_text(struct fa_buf *out, const struct fa_reporting *r)
{
	char date[FA_DATE_BYTES];

	put_coverage(out, r);
	if (!r->bundle) {
		fa_buf_adds(out,
			SAY(r, "\n尚无评判结果，先运行 faceaudit audit\n",
				"\nNothing was judged yet, run faceaudit "
				"audit\n"));
		return;
	}
	put_grades(out, r);
	put_obligations(out, r);
	put_worst(out, r);
	if (r->changes) {
		fa_buf_adds(out, SAY(r, "\n变化\n", "\nChanges\n"));
		fa_buf_add(out, fa_buf_str(&r->changed));
		fa_report_carry(out, &r->changed);
	}
	fa_date_format(r->key.as_of, date);
	fa_buf_addf(out,
		SAY(r, "\n规则 sha256:%.*s，截至 %s\n",
			"\nrules sha256:%.*s, as of %s\n"),
		FA_STR_ARG(r->key.bundle), date);
}
