#include "facecheck/bench/plot.h"

#include <stdio.h>
#include <string.h>

#define WIDTH 920
#define HEIGHT 520
#define LEFT 70.0
#define RIGHT 560.0
#define TOP 40.0
#define BOTTOM 450.0
#define FNMR_LOW 1e-4
#define FNMR_HIGH 0.99
#define FMR_HIGH 0.5
#define LETTER 7 /* width of one, about */
#define FEW 3    /* fewer errors than this say nothing (rule of 3) */
#define CURVES 12

struct axes {
	double x0, x1, y0, y1; /* deviates at the edges */
	double low;            /* FMR at the left edge */
};

struct curve {
	const struct fc_det *det;
	char label[96];
	const char *colour, *dash;
};

static const char *const colours[] = { "#0072b2", "#d55e00", "#009e73",
	"#cc79a7", "#e69f00" };

void
fc_plot_escape(struct fa_buf *out, const char *text)
{
	for (const char *p = text; *p; p++) {
		switch (*p) {
		case '<':
			fa_buf_adds(out, "&lt;");
			break;
		case '>':
			fa_buf_adds(out, "&gt;");
			break;
		case '&':
			fa_buf_adds(out, "&amp;");
			break;
		case '"':
			fa_buf_adds(out, "&quot;");
			break;
		case '\'':
			fa_buf_adds(out, "&#39;");
			break;
		default:
			fa_buf_addc(out, (unsigned char)*p < ' ' ? ' ' : *p);
		}
	}
}

static double
at_x(const struct axes *a, double fmr)
{
	double d = fc_stat_deviate(fmr);

	d = d < a->x0 ? a->x0 : d > a->x1 ? a->x1 : d;
	return LEFT + (RIGHT - LEFT) * (d - a->x0) / (a->x1 - a->x0);
}

static double
at_y(const struct axes *a, double fnmr)
{
	double d = fc_stat_deviate(fnmr);

	d = d < a->y0 ? a->y0 : d > a->y1 ? a->y1 : d;
	return BOTTOM - (BOTTOM - TOP) * (d - a->y0) / (a->y1 - a->y0);
}

/* Is a point within the axes, and out of the grey? */
static bool
says(const struct fc_det *d, size_t i)
{
	return d->genuine > 0 &&
		(double)d->at[i].false_matches <=
		FMR_HIGH * (double)d->impostor &&
		d->at[i].false_matches >= FEW &&
		d->at[i].false_non_matches >= FEW;
}

/* A curve of which no point can be drawn is told in words. */
static void
add_note(struct curve *c, bool zh)
{
	size_t n = strlen(c->label);

	for (size_t i = 0; i < c->det->n; i++)
		if (says(c->det, i))
			return;
	(void)snprintf(c->label + n, sizeof(c->label) - n, "%s",
		zh ? "（错误太少）" : " (too few errors)");
}

static size_t
curves_of(struct curve out[CURVES], const struct fc_bench *b,
	enum fc_bench_lang lang)
{
	bool zh = lang == FC_BENCH_ZH;
	size_t n = 0;

	for (size_t i = 0; i < b->accuracy_n; i++) {
		const struct fc_accuracy *a = &b->accuracy[i];
		struct curve *c = &out[n++];

		c->det = &a->det;
		c->colour = colours[i % FA_COUNT(colours)];
		c->dash = "none";
		(void)snprintf(c->label, sizeof(c->label),
			zh ? "难度 %u：%u 人 × %u 张"
			   : "difficulty %u: %u people × %u",
			a->grade, a->subjects, a->pictures);
	}
	if (b->has_crowd) {
		struct curve *c = &out[n++];

		c->det = &b->crowd.det;
		c->colour = "#000000";
		c->dash = "7 3";
		(void)snprintf(c->label, sizeof(c->label),
			zh ? "难度 %u：%u 人两两比对"
			   : "difficulty %u: all pairs of %u",
			b->crowd.grade, b->crowd.people);
	}
	for (size_t i = 0; b->has_peer && i < b->peer.accuracy_n; i++) {
		struct curve *c = &out[n++];

		c->det = &b->peer.accuracy[i].det;
		c->colour = colours[i % FA_COUNT(colours)];
		c->dash = "2 3";
		(void)snprintf(c->label, sizeof(c->label),
			zh ? "%s，难度 %u" : "%s, difficulty %u", b->peer.name,
			b->peer.accuracy[i].grade);
	}
	for (size_t i = 0; i < n; i++)
		add_note(&out[i], zh);
	return n;
}

static uint64_t
most_pairs(const struct curve *c, size_t n)
{
	uint64_t most = 0;

	for (size_t i = 0; i < n; i++)
		if (c[i].det->impostor > most)
			most = c[i].det->impostor;
	return most;
}

/* Powers of ten, from just below what can be known up. */
static struct axes
axes_for(uint64_t pairs)
{
	double floor = (double)fc_rule_of_3_ppt(pairs) / (double)FC_PPT;
	struct axes a = { .low = 1e-3 };

	while (a.low * 2 >= floor && a.low > 2e-12)
		a.low /= 10;
	a.x0 = fc_stat_deviate(a.low);
	a.x1 = fc_stat_deviate(FMR_HIGH);
	a.y0 = fc_stat_deviate(FNMR_LOW);
	a.y1 = fc_stat_deviate(FNMR_HIGH);
	return a;
}

static void
text(struct fa_buf *out, double x, double y, const char *anchor, const char *s)
{
	fa_buf_addf(out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x,
		y, anchor);
	fc_plot_escape(out, s);
	fa_buf_adds(out, "</text>\n");
}

static void
line(struct fa_buf *out, double x1, double y1, double x2, double y2,
	const char *style)
{
	fa_buf_addf(out,
		"<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>\n",
		x1, y1, x2, y2, style);
}

static void
grid(struct fa_buf *out, const struct axes *a, bool zh)
{
	static const struct {
		double at;
		const char *label;
	} up[] = { { 1e-4, "0.01%" }, { 1e-3, "0.1%" }, { 1e-2, "1%" },
		{ 0.05, "5%" }, { 0.2, "20%" }, { 0.5, "50%" }, { 0.8, "80%" },
		{ 0.95, "95%" }, { 0.99, "99%" } };
	const char *style = "stroke=\"#ddd\"";
	int power = 12;

	for (size_t i = 0; i < FA_COUNT(up); i++) {
		double y = at_y(a, up[i].at);

		line(out, LEFT, y, RIGHT, y, style);
		text(out, LEFT - 6, y + 4, "end", up[i].label);
	}
	for (double f = 1e-12; power >= 1; f *= 10, power--) {
		char label[16];

		if (f < a->low * 0.99)
			continue;
		(void)snprintf(label, sizeof(label), "1e-%d", power);
		line(out, at_x(a, f), TOP, at_x(a, f), BOTTOM, style);
		/* The deviates of small rates lie close together. */
		if (at_x(a, f * 10) - at_x(a, f) >=
			LETTER * (double)strlen(label))
			text(out, at_x(a, f), BOTTOM + 16, "middle", label);
	}
	line(out, at_x(a, 0.5), TOP, at_x(a, 0.5), BOTTOM, style);
	text(out, at_x(a, 0.5), BOTTOM + 16, "middle", "0.5");
	text(out, (LEFT + RIGHT) / 2, BOTTOM + 36, "middle",
		zh ? "误匹配率 FMR" : "false match rate (FMR)");
	fa_buf_addf(out,
		"<text transform=\"translate(18 %.1f) rotate(-90)\" "
		"text-anchor=\"middle\">%s</text>\n",
		(TOP + BOTTOM) / 2,
		zh ? "误不匹配率 FNMR" : "false non-match rate (FNMR)");
}

/* Where there are not pairs enough to say anything. */
static void
band(struct fa_buf *out, const struct axes *a, uint64_t pairs, uint64_t genuine,
	bool zh)
{
	double x = at_x(a, (double)fc_rule_of_3_ppt(pairs) / (double)FC_PPT);
	double y = at_y(a, (double)fc_rule_of_3_ppt(genuine) / (double)FC_PPT);

	fa_buf_addf(out,
		"<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
		"fill=\"#bbb\" fill-opacity=\"0.5\"/>\n",
		LEFT, TOP, x - LEFT, BOTTOM - TOP);
	fa_buf_addf(out,
		"<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
		"fill=\"#bbb\" fill-opacity=\"0.5\"/>\n",
		x, y, RIGHT - x, BOTTOM - y);
	text(out, RIGHT - 8, BOTTOM - 10, "end",
		zh ? "灰色：样本不足，不能得出结论（三倍法则）"
		   : "grey: too few pairs to say (rule of 3)");
}

static void
point_of(double *fmr, double *fnmr, const struct fc_det *d, size_t i)
{
	*fmr = (double)d->at[i].false_matches / (double)d->impostor;
	*fnmr = (double)d->at[i].false_non_matches / (double)d->genuine;
}

/* A curve ends, with a ring, where its pairs do. */
static void
draw_curve(struct fa_buf *out, const struct axes *a, const struct curve *c)
{
	double fmr = 0, fnmr = 0;
	size_t n = 0;

	fa_buf_addf(out,
		"<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" "
		"stroke-dasharray=\"%s\" points=\"",
		c->colour, c->dash);
	for (size_t i = 0; i < c->det->n; i++) {
		if (!says(c->det, i))
			continue;
		point_of(&fmr, &fnmr, c->det, i);
		fa_buf_addf(out, "%s%.1f,%.1f", n++ ? " " : "", at_x(a, fmr),
			at_y(a, fnmr));
	}
	fa_buf_adds(out, "\"/>\n");
	if (n > 0)
		fa_buf_addf(out,
			"<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" "
			"fill=\"#fff\" stroke=\"%s\"/>\n",
			at_x(a, fmr), at_y(a, fnmr), c->colour);
}

static void
legend(struct fa_buf *out, const struct curve *c, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		double y = TOP + 14 + 20 * (double)i;

		fa_buf_addf(out,
			"<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" "
			"y2=\"%.1f\" stroke=\"%s\" stroke-width=\"2\" "
			"stroke-dasharray=\"%s\"/>\n",
			RIGHT + 12, y - 4, RIGHT + 36, y - 4, c[i].colour,
			c[i].dash);
		text(out, RIGHT + 42, y, "start", c[i].label);
	}
}

/* FRR of 5 % at FAR 0.1 %, as published evaluations quote GB/T 38671-2020. */
static void
norm(struct fa_buf *out, const struct axes *a)
{
	double x = at_x(a, 1e-3), y = at_y(a, 0.05);
	const char *style = "stroke=\"#555\" stroke-width=\"2\"";

	line(out, x - 6, y, x + 6, y, style);
	line(out, x, y - 6, x, y + 6, style);
	/* Curves may run behind it. */
	fa_buf_adds(out,
		"<g paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"4\" "
		"stroke-linejoin=\"round\">");
	text(out, x + 8, y - 6, "start", "GB/T 38671: 5% @ 0.1%");
	fa_buf_adds(out, "</g>\n");
}

void
fc_plot_det(
	struct fa_buf *out, const struct fc_bench *b, enum fc_bench_lang lang)
{
	bool zh = lang == FC_BENCH_ZH;
	struct curve c[CURVES];
	size_t n = curves_of(c, b, lang);
	uint64_t pairs = most_pairs(c, n), genuine = n ? c[0].det->genuine : 0;
	struct axes a = axes_for(pairs);

	fa_buf_addf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" "
		"viewBox=\"0 0 %d %d\" role=\"img\" "
		"font-family=\"sans-serif\" font-size=\"12\">\n<title>%s"
		"</title>\n<rect width=\"100%%\" height=\"100%%\" "
		"fill=\"#fff\"/>\n",
		WIDTH, HEIGHT, zh ? "DET 曲线" : "DET curve");
	grid(out, &a, zh);
	band(out, &a, pairs, genuine, zh);
	for (size_t i = 0; i < n; i++)
		draw_curve(out, &a, &c[i]);
	norm(out, &a);
	fa_buf_addf(out,
		"<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
		"fill=\"none\" stroke=\"#333\"/>\n",
		LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP);
	legend(out, c, n);
	fa_buf_adds(out, "<g font-size=\"11\" fill=\"#a00\">\n");
	text(out, LEFT, HEIGHT - 8, "start", fc_bench_notice(lang));
	fa_buf_adds(out, "</g>\n");
	fa_buf_adds(out, "</svg>\n");
}

/* Bars to the median, with a line to the 90th percentile. */
void
fc_plot_times(struct fa_buf *out, const struct fc_bench_measured *m,
	enum fc_bench_lang lang)
{
	int64_t most = 1;
	double y = 24, wide = 420;

	for (size_t i = 0; i < m->timings_n; i++)
		if (m->timing[i].p90_ns > most)
			most = m->timing[i].p90_ns;
	fa_buf_addf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" "
		"viewBox=\"0 0 %d %d\" role=\"img\" "
		"font-family=\"sans-serif\" font-size=\"12\">\n<title>%s"
		"</title>\n<rect width=\"100%%\" height=\"100%%\" "
		"fill=\"#fff\"/>\n",
		WIDTH, 20 + 24 * (int)m->timings_n,
		lang == FC_BENCH_ZH ? "耗时" : "times");
	for (size_t i = 0; i < m->timings_n; i++, y += 24) {
		const struct fc_timing *t = &m->timing[i];
		double p50 = wide * (double)t->p50_ns / (double)most;
		double p90 = wide * (double)t->p90_ns / (double)most;
		char label[64];

		text(out, 150, y + 4, "end", t->name);
		fa_buf_addf(out,
			"<rect x=\"160\" y=\"%.1f\" width=\"%.1f\" "
			"height=\"14\" fill=\"%s\"/>\n",
			y - 7, p50,
			strncmp(t->name, "sandboxed", 9) == 0 ? "#d55e00"
							      : "#0072b2");
		line(out, 160 + p50, y, 160 + p90, y, "stroke=\"#333\"");
		(void)snprintf(label, sizeof(label), "%lld.%03lld ms",
			(long long)(t->p50_ns / 1000000),
			(long long)(t->p50_ns / 1000 % 1000));
		text(out, 166 + p90, y + 4, "start", label);
	}
	fa_buf_adds(out, "</svg>\n");
}

void
fc_bench_svg(
	struct fa_buf *out, const struct fc_bench *b, enum fc_bench_lang lang)
{
	fa_buf_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	fc_plot_det(out, b, lang);
}
