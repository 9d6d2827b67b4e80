/* What was measured, in words. */
#include "rules/explain.h"

#include "model/wilson.h"

static void
add_interval(const struct fa_explain *x, struct fa_buf *b, uint32_t part,
	uint32_t whole)
{
	uint32_t lower = fa_wilson_lower(part, whole);
	uint32_t upper = fa_wilson_upper(part, whole);

	fa_buf_addf(b,
		x->lang == FA_LANG_ZH ? " 95%% 置信区间 %u.%u%%-%u.%u%%"
				      : "95 %% interval %u.%u-%u.%u %%",
		(unsigned)(lower / 10), (unsigned)(lower % 10),
		(unsigned)(upper / 10), (unsigned)(upper % 10));
}

static void
add_unmeasured(const struct fa_explain *x, struct fa_buf *b)
{
	fa_buf_add(b, fa_explain_pick(x, "未测量", "not measured"));
}

void
fa_explain_precision(
	const struct fa_explain *x, struct fa_buf *b, const struct fa_rule *r)
{
	if (r->hits == 0) {
		add_unmeasured(x, b);
		return;
	}
	if (x->lang == FA_LANG_ZH) {
		fa_buf_addf(b, "标注文档 %u 份，其中正确 %u 份；精确率",
			(unsigned)r->hits, (unsigned)r->right);
	} else {
		fa_buf_addf(b, "right on %u of %u labelled documents; ",
			(unsigned)r->right, (unsigned)r->hits);
	}
	add_interval(x, b, r->right, r->hits);
}

void
fa_explain_recall(const struct fa_explain *x, struct fa_buf *b,
	const struct fa_obligation *o, enum fa_verdict v)
{
	struct fa_recall recall = o->recall[v];
	const char *verdict = fa_explain_verdict(x->lang, v);

	if (recall.labelled == 0) {
		add_unmeasured(x, b);
		return;
	}
	if (x->lang == FA_LANG_ZH) {
		fa_buf_addf(b, "标注为%s的文档 %u 份，其中判出 %u 份；召回率",
			verdict, (unsigned)recall.labelled,
			(unsigned)recall.found);
	} else {
		fa_buf_addf(b, "found %u of %u labelled %s; ",
			(unsigned)recall.found, (unsigned)recall.labelled,
			verdict);
	}
	add_interval(x, b, recall.found, recall.labelled);
}
