/* Of the report: what an audit found of the cases. */
#include <stdio.h>

#include "facecheck/bench/report.h"

#define NAMES_BYTES 1500

static void
row(struct fc_paper *p, const char *what, const struct fc_rate *r)
{
	char s[3][FC_FIGURE_BYTES];
	struct fc_grid *g = &p->g;

	if (r->trials == 0)
		return;
	fc_say_rate(s[0], FC_PPT - r->ppt);
	fc_say_rate(s[1], FC_PPT - r->high_ppt);
	fc_say_rate(s[2], FC_PPT - r->low_ppt);
	fc_grid_row(g);
	fc_grid_cell(g, "%s", what);
	fc_grid_cell(g, "%llu / %llu",
		(unsigned long long)(r->trials - r->errors),
		(unsigned long long)r->trials);
	fc_grid_cell(g, "%s [%s, %s]", s[0], s[1], s[2]);
}

static void
names(struct fc_paper *p, const struct fc_audit *x, const char *head,
	bool missed)
{
	char text[NAMES_BYTES];
	struct fa_buf b;

	fa_buf_init(&b, sizeof(text) - 64);
	for (size_t i = 0; i < x->rows_n; i++) {
		const struct fc_audit_row *r = &x->rows[i];

		if (missed ? r->where == FC_AUDIT_NOTHING || r->found
			   : !r->accused)
			continue;
		fa_buf_adds(&b, b.n > 0 ? " " : "");
		fa_buf_add(&b, r->name);
	}
	/* Too many to name: the table says how many. */
	if (b.rc == FA_OK && b.n > 0) {
		(void)snprintf(text, sizeof(text), "%s%.*s", head,
			FA_STR_ARG(fa_buf_str(&b)));
		p->kind->note(p, text);
	}
	fa_buf_done(&b);
}

void
fc_report_audit(struct fc_paper *p, const struct fc_audit *x)
{
	struct fc_grid *g = &p->g;

	p->kind->heading(p,
		FC_SAY(p, "审计的灵敏度与特异度",
			"Sensitivity and specificity of the audit"));
	fc_grid_begin(g);
	fc_grid_row(g);
	fc_grid_cell(g, "%s", FC_SAY(p, "案例", "cases"));
	fc_grid_cell(g, "%s", FC_SAY(p, "判对 / 共", "right / of"));
	fc_grid_cell(
		g, "%s", FC_SAY(p, "数值与 95% 区间", "value, 95% interval"));
	row(p, FC_SAY(p, "违规，见于流程", "wrong, shown by the flow"),
		&x->missed[FC_AUDIT_FLOW]);
	row(p, FC_SAY(p, "违规，见于文本", "wrong, shown by the documents"),
		&x->missed[FC_AUDIT_DOCUMENT]);
	row(p, FC_SAY(p, "违规，见于数据", "wrong, shown by the data"),
		&x->missed[FC_AUDIT_PROOF]);
	row(p, FC_SAY(p, "违规，合计", "wrong, all (sensitivity)"),
		&x->missed_all);
	row(p, FC_SAY(p, "合规", "lawful (specificity)"), &x->accused);
	p->kind->grid(p, g);
	names(p, x, FC_SAY(p, "未发现：", "not found: "), true);
	names(p, x, FC_SAY(p, "被多指控：", "accused of what is not there: "),
		false);
	p->kind->note(p,
		FC_SAY(p,
			"区间为 Clopper-Pearson 精确区间。违规与合规由 "
			"facecheck "
			"mutants --truth 给出。",
			"Exact intervals (Clopper and Pearson). What is wrong "
			"and what is not says facecheck mutants --truth."));
}
