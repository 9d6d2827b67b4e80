/* A sweep as a text: coverage first, then how often each obligation is broken,
 * then the worst targets. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "report/common.h"
#include "report/label.h"
#include "report/wrap.h"
#include "tools/phrase.h"
#include "tools/reporting.h"

#define TITLE_INDENT 8  /* on a line of its own */
#define TITLE_COLUMN 59 /* beside the numbers, without the id */

#define SAY(r, zh, en) ((r)->lang == FA_LANG_EN ? (en) : (zh))

static unsigned long long
n_of(uint64_t n)
{
	return (unsigned long long)n;
}

/* Key and name of a target. */
static void
put_name(struct fa_buf *out, struct fa_str key, struct fa_str app)
{
	fa_report_visible(out, key, false);
	if (app.n > 0) {
		fa_buf_addc(out, ' ');
		fa_report_visible(out, app, false);
	}
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

void
fa_reporting_change(struct fa_buf *out, const struct fa_reporting *r,
	const struct fa_store_change *c, unsigned indent)
{
	fa_phrase_pad(out, FA_STR(""), indent);
	fa_report_visible(out, c->subject, false);
	fa_buf_addf(out,
		SAY(r, "  %s → %s  %s（%s：%s）\n",
			"  %s -> %s  %s (%s: %s)\n"),
		fa_phrase_state(r->lang, c->was),
		fa_phrase_state(r->lang, c->became),
		fa_phrase_change(r->lang, c->kind), c->cause,
		fa_phrase_cause(r->lang, c->cause));
}

static void
add_changes(struct fa_reporting *r, const struct fa_reporting_target *t)
{
	if (!t->changes)
		return;
	fa_buf_adds(&r->changed, "    ");
	put_name(&r->changed, t->t->t.key, t->t->t.app);
	fa_buf_addc(&r->changed, '\n');
	for (const struct fa_reporting_change *p = t->changes; p; p = p->next)
		fa_reporting_change(&r->changed, r, &p->c, 8);
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
		r->points[o].counted += fa_reporting_counts(v);
	}
	return rank(r, t, err);
}

/* Tenths of a per cent, right-aligned. */
static void
put_share(struct fa_buf *out, uint64_t part, uint64_t all)
{
	uint64_t tenths = all > 0 ? part * 1000 / all : 0;

	fa_buf_addf(out, "%3llu.%llu%%", n_of(tenths / 10), n_of(tenths % 10));
}

static void
put_lost(struct fa_buf *out, const struct fa_reporting *r)
{
	uint64_t lost = r->targets - r->judged;

	if (lost == 0)
		return;
	fa_buf_addf(out, SAY(r, "    未能评判 %llu（", "    not judged %llu ("),
		n_of(lost));
	fa_buf_addf(out, "%llu.%llu%%", n_of(lost * 100 / r->targets),
		n_of(lost * 1000 / r->targets % 10));
	fa_buf_adds(out,
		SAY(r, "），对其不作结论：\n",
			"), about which nothing is said:\n"));
	fa_phrase_add_outcomes(out, r->lang, r->outcomes, 8);
	if (r->outcomes[FA_OUT_OK] > r->judged)
		fa_buf_addf(out, "        %-19s%6llu  %s\n", "ok",
			n_of(r->outcomes[FA_OUT_OK] - r->judged),
			SAY(r, "已取得，尚未评判", "obtained, not judged yet"));
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
	put_lost(out, r);
}

static void
put_grades(struct fa_buf *out, const struct fa_reporting *r)
{
	static const char grades[] = "ABCDEUN";

	fa_buf_adds(out,
		SAY(r,
			"\n等级（A 最好，E 最差；U 已知太少；N "
			"未见受规制的人脸处理）\n   ",
			"\nGrades (A best, E worst; U: too little is known; N: "
			"no obligation applies)\n   "));
	for (size_t i = 0; grades[i]; i++)
		fa_buf_addf(out, " %c %llu%s", grades[i],
			n_of(r->grades[(unsigned char)grades[i]]),
			grades[i + 1] ? "," : "\n");
}

static uint32_t
breaches(const struct fa_reporting_point *p)
{
	return p->counts[FA_VERDICT_VIOLATION] + p->counts[FA_VERDICT_GAP];
}

static uint32_t
applies(const struct fa_reporting_point *p)
{
	return breaches(p) + p->counts[FA_VERDICT_CANNOT_TELL] +
		p->counts[FA_VERDICT_COMPLIANT];
}

/* Numbers, id and title; the title goes on in lines of its own on a narrow
 * terminal, else beside the numbers. */
static void
put_obligation(struct fa_buf *out, const struct fa_reporting *r, size_t i)
{
	const struct fa_reporting_point *p = &r->points[i];
	const struct fa_obligation *o = &r->bundle->obligations[i];
	struct fa_str title = fa_report_pick(&o->title, r->lang);
	struct fa_wrap w = { .out = out, .width = r->columns };

	fa_buf_adds(out, "  ");
	put_share(out, breaches(p), r->judged);
	fa_buf_addf(out, "%8u%8u%8u%8u%8u%8u  ", applies(p),
		p->counts[FA_VERDICT_VIOLATION], p->counts[FA_VERDICT_GAP],
		p->counted, p->counts[FA_VERDICT_CANNOT_TELL],
		p->counts[FA_VERDICT_COMPLIANT]);
	fa_buf_addf(out, "%.*s", FA_STR_ARG(o->id));
	if (TITLE_COLUMN + o->id.n + fa_utf8_columns(title) <= r->columns) {
		fa_buf_addc(out, ' ');
		fa_report_visible(out, title, false);
		fa_buf_addc(out, '\n');
		return;
	}
	fa_buf_addc(out, '\n');
	fa_wrap_begin(&w, TITLE_INDENT, TITLE_INDENT);
	fa_wrap_add(&w, title, NULL);
	fa_wrap_end(&w);
}

/* The next obligation that is broken less often than the one before, or as
 * often and stands behind it in the bundle. before n: the first. */
static size_t
next_broken(const struct fa_reporting *r, size_t before)
{
	size_t n = r->bundle->obligations_n, best = n;

	for (size_t i = 0; i < n; i++) {
		uint32_t x = breaches(&r->points[i]);

		if (applies(&r->points[i]) == 0)
			continue;
		if (before < n) {
			uint32_t b = breaches(&r->points[before]);

			if (x > b || (x == b && i <= before))
				continue;
		}
		if (best == n || x > breaches(&r->points[best]))
			best = i;
	}
	return best;
}

static void
put_obligations(struct fa_buf *out, const struct fa_reporting *r)
{
	size_t n = r->bundle->obligations_n;

	fa_buf_addf(out,
		SAY(r,
			"\n各项义务，问题多的在前\n"
			"    占比 =（违规 + 缺失）÷ 已评判的 %llu 个目标，"
			"未能评判的 %llu 个不在其内\n"
			"    适用：该义务适用的目标\n"
			"    "
			"计分：违规与缺失中计入评分的，其余是线索，须人工复核"
			"\n\n"
			"    占比    适用    违规    缺失    计分    不明    "
			"合规  义务\n",
			"\nObligations, those most often broken first\n"
			"    share = (violation + gap) of %llu judged targets, "
			"without the %llu not judged\n"
			"    apply: targets to which it applies\n"
			"    count: violations and gaps that the score counts; "
			"the others are leads\n\n"
			"   share   apply violate     gap   count unclear  "
			"comply  obligation\n"),
		n_of(r->judged), n_of(r->targets - r->judged));
	for (size_t i = next_broken(r, n); i < n; i = next_broken(r, i))
		put_obligation(out, r, i);
}

static void
put_worst(struct fa_buf *out, const struct fa_reporting *r)
{
	if (r->worst_n == 0)
		return;
	fa_buf_addf(out,
		SAY(r,
			"\n得分最低的目标（%llu 个），详见 faceaudit report "
			"--target 目标\n    等级，得分的下限..上限\n",
			"\nWorst targets (%llu), in detail by faceaudit "
			"report --target KEY\n"
			"    grade, points at least..at most\n"),
		n_of(r->worst_n));
	for (size_t i = 0; i < r->worst_n; i++) {
		const struct fa_reporting_worst *x = &r->worst[i];
		size_t from = out->n;

		fa_buf_addf(out, "    %c ", x->grade);
		fa_report_points(out, x->lo);
		fa_buf_adds(out, "..");
		fa_report_points(out, x->hi);
		if (out->rc == 0)
			fa_phrase_pad(out, FA_STR(""),
				18 - (unsigned)(out->n - from));
		fa_buf_addf(out,
			SAY(r, "违规 %-3u缺失 %-3u", "broken %-3ugaps %-3u"),
			x->violations, x->gaps);
		put_name(out, x->key, x->app);
		fa_buf_addc(out, '\n');
	}
}

void
fa_reporting_origin(struct fa_buf *out, const struct fa_reporting *r)
{
	char date[FA_DATE_BYTES];

	fa_date_format(r->key.as_of, date);
	fa_buf_addf(out,
		SAY(r, "\n规则 sha256:%.*s\n按 %s 有效的规定\n%s\n",
			"\nrules sha256:%.*s\nlaw as of %s\n%s\n"),
		FA_STR_ARG(r->key.bundle), date,
		fa_label(r->lang, FA_LABEL_CAVEAT));
}

void
fa_reporting_text(struct fa_buf *out, const struct fa_reporting *r)
{
	put_coverage(out, r);
	if (!r->bundle) {
		fa_buf_adds(out,
			SAY(r, "\n尚无评判结果，先运行 faceaudit audit\n",
				"\nNothing was judged yet, run faceaudit "
				"audit\n"));
		return;
	}
	if (r->judged > 0) {
		put_grades(out, r);
		put_obligations(out, r);
	}
	put_worst(out, r);
	if (r->changes) {
		fa_buf_adds(out,
			SAY(r, "\n与上一次评判的差别\n",
				"\nChanges since the judgement before\n"));
		if (r->changed.n == 0)
			fa_buf_adds(out, SAY(r, "    无\n", "    none\n"));
		fa_buf_add(out, fa_buf_str(&r->changed));
		fa_report_carry(out, &r->changed);
	}
	fa_reporting_origin(out, r);
}
