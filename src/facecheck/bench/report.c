#include "facecheck/bench/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define NORM_FRR (FC_PPT / 20) /* GB/T 38671-2020: 5 % ... */
#define NORM_AT 2              /* ... where FAR is 0.1 %: index of fc_at */

void
fc_grid_begin(struct fc_grid *g)
{
	memset(g, 0, sizeof(*g));
}

void
fc_grid_row(struct fc_grid *g)
{
	if (g->rows < FC_GRID_ROWS)
		g->rows++;
	g->at = 0;
}

void
fc_grid_cell(struct fc_grid *g, const char *fmt, ...)
{
	va_list ap;

	if (g->rows == 0 || g->at >= FC_GRID_COLS)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(g->cell[g->rows - 1][g->at], FC_GRID_CELL, fmt, ap);
	va_end(ap);
	g->at++;
	if (g->at > g->cols)
		g->cols = g->at;
}

void
fc_say_rate(char out[FC_FIGURE_BYTES], int64_t ppt)
{
	int64_t hundredths = (ppt + FC_PPT / 20000) / (FC_PPT / 10000);
	int64_t scale = 1, tenths;
	unsigned power = 12;

	if (ppt == 0) {
		(void)snprintf(out, FC_FIGURE_BYTES, "0");
		return;
	}
	if (ppt >= FC_PPT / 1000) {
		(void)snprintf(out, FC_FIGURE_BYTES, "%lld.%02lld%%",
			(long long)(hundredths / 100),
			(long long)(hundredths % 100));
		return;
	}
	for (; ppt / scale >= 10; power--)
		scale *= 10;
	tenths = (ppt * 10 + scale / 2) / scale;
	if (tenths >= 100) {
		tenths = 10;
		power--;
	}
	(void)snprintf(out, FC_FIGURE_BYTES, "%lld.%llde-%u",
		(long long)(tenths / 10), (long long)(tenths % 10), power);
}

void
fc_say_ns(char out[FC_FIGURE_BYTES], int64_t ns)
{
	if (ns < 1000)
		(void)snprintf(out, FC_FIGURE_BYTES, "%lld ns", (long long)ns);
	else if (ns < 100000)
		(void)snprintf(out, FC_FIGURE_BYTES, "%lld.%lld us",
			(long long)(ns / 1000), (long long)(ns / 100 % 10));
	else
		(void)snprintf(out, FC_FIGURE_BYTES, "%lld.%03lld ms",
			(long long)(ns / 1000000),
			(long long)(ns / 1000 % 1000));
}

void
fc_say_count(char out[FC_FIGURE_BYTES], uint64_t n)
{
	char digits[24];
	int len =
		snprintf(digits, sizeof(digits), "%llu", (unsigned long long)n);
	size_t at = 0;

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			out[at++] = ' ';
		out[at++] = digits[i];
	}
	out[at] = '\0';
}

static void
cell_rate(struct fc_grid *g, int64_t ppt)
{
	char s[FC_FIGURE_BYTES];

	fc_say_rate(s, ppt);
	fc_grid_cell(g, "%s", s);
}

static void
cell_spread(struct fc_grid *g, int64_t ppt, int64_t low, int64_t high)
{
	char s[3][FC_FIGURE_BYTES];

	fc_say_rate(s[0], ppt);
	fc_say_rate(s[1], low);
	fc_say_rate(s[2], high);
	fc_grid_cell(g, "%s [%s, %s]", s[0], s[1], s[2]);
}

static void
accuracy_head(struct fc_paper *p)
{
	struct fc_grid *g = &p->g;

	fc_grid_begin(g);
	fc_grid_row(g);
	fc_grid_cell(g, "%s", FC_SAY(p, "难度", "difficulty"));
	fc_grid_cell(g, "%s", FC_SAY(p, "未采集 FTA", "FTA"));
	fc_grid_cell(g, "EER");
	fc_grid_cell(g, "FNMR @ 10%%");
	fc_grid_cell(g, "@ 1%%");
	fc_grid_cell(g, "@ 0.1%%");
	fc_grid_cell(g, "@ 0.01%%");
}

static void
accuracy_row(struct fc_paper *p, const char *who, const struct fc_accuracy *a)
{
	struct fc_grid *g = &p->g;

	fc_grid_row(g);
	fc_grid_cell(g, "%s%s%u", who, *who ? " " : "", a->grade);
	cell_rate(g, a->failed.ppt);
	cell_spread(g, a->eer.ppt, a->eer.low_ppt, a->eer.high_ppt);
	for (size_t k = 0; k < FC_ATS; k++) {
		if (a->at[k].known)
			cell_spread(g, a->at[k].fnmr.ppt, a->at[k].fnmr.low_ppt,
				a->at[k].fnmr.high_ppt);
		else
			fc_grid_cell(g, "%s",
				FC_SAY(p, "样本不足", "too few pairs"));
	}
}

static void
norm_note(struct fc_paper *p, const struct fc_accuracy *a)
{
	char note[256], s[FC_FIGURE_BYTES];
	bool met = a->at[NORM_AT].frr_ppt <= NORM_FRR;

	if (!a->at[NORM_AT].known)
		return;
	fc_say_rate(s, a->at[NORM_AT].frr_ppt);
	(void)snprintf(note, sizeof(note),
		FC_SAY(p,
			"难度 %u：FAR 0.1%% 时 FRR 为 %s（含未采集）；GB/T "
			"38671 "
			"要求不高于 5%%：%s。",
			"difficulty %u: FRR %s at FAR 0.1%%, failures to "
			"acquire included; GB/T 38671 wants at most 5%%: %s."),
		a->grade, s,
		met ? FC_SAY(p, "达到", "met")
		    : FC_SAY(p, "未达到", "not met"));
	p->kind->note(p, note);
}

static void
accuracy(struct fc_paper *p, const struct fc_bench *b)
{
	char note[320], said[2][FC_FIGURE_BYTES];

	p->kind->heading(p, FC_SAY(p, "比对准确度", "Comparison"));
	accuracy_head(p);
	for (size_t i = 0; i < b->accuracy_n; i++)
		accuracy_row(p, "", &b->accuracy[i]);
	p->kind->grid(p, &p->g);
	(void)snprintf(note, sizeof(note),
		FC_SAY(p,
			"每级 %u 人，每人 %u 张，所有图片两两比对。方括号内为"
			"按人重抽样（bootstrap，%u 次）的 95%% 区间。",
			"%u people with %u pictures each, every picture with "
			"every other. In brackets: 95%% by bootstrap over "
			"people (%u resamples)."),
		b->opts.subjects, b->opts.pictures, b->opts.resamples);
	p->kind->note(p, note);
	for (size_t i = 0; i < b->accuracy_n; i++) {
		const struct fc_accuracy *a = &b->accuracy[i];

		norm_note(p, a);
		fc_say_rate(said[0], a->false_match.ppt);
		fc_say_rate(said[1], a->false_non_match.ppt);
		(void)snprintf(note, sizeof(note),
			FC_SAY(p,
				"难度 %u：按比对器自身的判断，误匹配 "
				"%s，误不匹配 "
				"%s。",
				"difficulty %u: by the matcher's own verdict, "
				"false matches %s, false non-matches %s."),
			a->grade, said[0], said[1]);
		p->kind->note(p, note);
	}
}

static void
crowd(struct fc_paper *p, const struct fc_crowd *c)
{
	int64_t fmr = FC_PPT / 1000, fnmr = 0;
	char note[320], pairs[FC_FIGURE_BYTES], floor[FC_FIGURE_BYTES];
	struct fc_grid *g = &p->g;

	p->kind->heading(
		p, FC_SAY(p, "大规模两两比对", "All pairs of a crowd"));
	fc_grid_begin(g);
	fc_grid_row(g);
	fc_grid_cell(g, "FMR");
	for (int k = 0; k < FC_CROWD_ATS; k++)
		fc_grid_cell(g, "1e-%d", 3 + k);
	fc_grid_row(g);
	fc_grid_cell(g, "FNMR");
	for (int k = 0; k < FC_CROWD_ATS; k++, fmr /= 10) {
		if (fc_crowd_at(&fnmr, c, fmr))
			cell_rate(g, fnmr);
		else
			fc_grid_cell(g, "-");
	}
	p->kind->grid(p, g);
	fc_say_count(pairs, c->det.impostor);
	fc_say_rate(floor, c->floor_ppt);
	(void)snprintf(note, sizeof(note),
		FC_SAY(p,
			"难度 %u，%u 人，%s 对。三倍法则下限 %s（假设各对相互"
			"独立；同一人出现在多对中，实际更宽）。“-”：样本不足。",
			"difficulty %u, %u people, %s pairs. Floor by the rule "
			"of 3: %s, were pairs independent; since each person "
			"is in many, less is known than that. -: too few "
			"pairs."),
		c->grade, c->people, pairs, floor);
	p->kind->note(p, note);
}

static const char *
species(const struct fc_paper *p, enum fc_species s)
{
	switch (s) {
	case FC_SPECIES_LIVE:
		return FC_SAY(p, "真人", "living");
	case FC_SPECIES_FLAT:
		return FC_SAY(p, "平面打印", "flat print");
	case FC_SPECIES_BENT:
		return FC_SAY(p, "弯曲打印", "bent print");
	default:
		return FC_SAY(p, "屏幕重放", "replay on a screen");
	}
}

static void
attacks(struct fc_paper *p, const struct fc_bench *b)
{
	struct fc_grid *g = &p->g;

	p->kind->heading(
		p, FC_SAY(p, "活体检测（按攻击类型）", "Liveness, by species"));
	fc_grid_begin(g);
	fc_grid_row(g);
	fc_grid_cell(g, "%s", FC_SAY(p, "难度", "difficulty"));
	fc_grid_cell(g, "%s", FC_SAY(p, "类型", "species"));
	fc_grid_cell(g, "%s", FC_SAY(p, "错误率", "rate"));
	fc_grid_cell(
		g, "%s", FC_SAY(p, "数值与 95% 区间", "value, 95% interval"));
	fc_grid_cell(g, "%s", FC_SAY(p, "无应答", "no answer"));
	for (size_t i = 0; i < b->attacks_n; i++) {
		const struct fc_attack *a = &b->attack[i];

		fc_grid_row(g);
		fc_grid_cell(g, "%u", a->grade);
		fc_grid_cell(g, "%s", species(p, a->species));
		fc_grid_cell(g, "%s",
			a->species == FC_SPECIES_LIVE ? "BPCER" : "APCER");
		cell_spread(
			g, a->wrong.ppt, a->wrong.low_ppt, a->wrong.high_ppt);
		cell_rate(g, a->silent.ppt);
	}
	p->kind->grid(p, g);
	p->kind->note(p,
		FC_SAY(p,
			"区间为 Clopper-Pearson "
			"精确区间。面具与数据流注入未测试；"
			"渲染攻击的结果不能说明对真实打印件的效果。",
			"Exact intervals (Clopper and Pearson). Masks and "
			"injected streams: not tested. What is said of "
			"rendered attacks says nothing of real prints."));
}

static void
friction(struct fc_paper *p, const struct fc_friction *f)
{
	char note[256];

	p->kind->heading(p, FC_SAY(p, "方式对等", "Friction parity"));
	(void)snprintf(note, sizeof(note),
		FC_SAY(p,
			"从选择方式到得到结果的最少步数：刷脸 %u，其他方式 "
			"%u，人工"
			"审核 %u。",
			"fewest steps from the menu to a decision: by face %u, "
			"another way %u, by human review %u."),
		f->face, f->other, f->human);
	p->kind->note(p, note);
}

static void
opening(struct fc_paper *p, const struct fc_bench *b)
{
	char note[320];

	p->kind->heading(
		p, FC_SAY(p, "facecheck 基准测试", "facecheck benchmark"));
	p->kind->note(p, fc_bench_notice(p->lang));
	(void)snprintf(note, sizeof(note),
		FC_SAY(p,
			"比对器 %s（%s），模板 %u 字节，种子 "
			"%llu。准确度部分由种子"
			"决定，逐字节可复现；耗时与内存取决于本机。",
			"matcher %s (%s), templates of %u bytes, seed %llu. "
			"What was counted follows from the seed, byte for "
			"byte; times and memory are of this machine."),
		b->opts.plugin->name, b->opts.plugin->version,
		b->opts.plugin->template_bytes,
		(unsigned long long)b->opts.seed);
	p->kind->note(p, note);
}

void
fc_report_peers(struct fc_paper *p, const struct fc_bench *b)
{
	const struct fc_peer *o = &b->peer;
	char note[512], encode[FC_FIGURE_BYTES], compare[FC_FIGURE_BYTES];

	p->kind->heading(
		p, FC_SAY(p, "同机对照", "Beside it, in the same run"));
	if (!o->there) {
		(void)snprintf(note, sizeof(note),
			FC_SAY(p, "%s：本机没有（%s）。", "%s: not here (%s)."),
			o->name, o->why_not);
		p->kind->note(p, note);
		return;
	}
	accuracy_head(p);
	for (size_t i = 0; i < o->accuracy_n; i++) {
		accuracy_row(p, o->name, &o->accuracy[i]);
		accuracy_row(p, b->opts.plugin->name, &o->own[i]);
	}
	p->kind->grid(p, &p->g);
	fc_say_ns(encode, o->encode.p50_ns);
	fc_say_ns(compare, o->compare_ns);
	(void)snprintf(note, sizeof(note),
		FC_SAY(p,
			"%s %s：相同图片、相同统计；%u 人每人 %u "
			"张。检测与编码 "
			"p50 %s，比对 %s（单线程，无沙箱）。",
			"%s %s: the same pictures and statistics, %u people "
			"with %u pictures each. To detect and encode p50 %s, "
			"to compare %s (one thread, no sandbox)."),
		o->name, o->version, o->own[0].subjects, o->own[0].pictures,
		encode, compare);
	p->kind->note(p, note);
}

void
fc_report_write(struct fc_paper *p, const struct fc_bench *b)
{
	opening(p, b);
	accuracy(p, b);
	p->kind->figure(p, b, FC_FIGURE_DET);
	if (b->has_crowd)
		crowd(p, &b->crowd);
	if (b->attacks_n > 0)
		attacks(p, b);
	if (b->has_measured)
		fc_report_measured(p, b);
	friction(p, &b->friction);
	if (b->has_peer)
		fc_report_peers(p, b);
	if (b->has_audit)
		fc_report_audit(p, &b->audit);
}
