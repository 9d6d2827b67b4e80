#include "base/json.h"
#include "tools/eval_flows.h"

#define ID_COLUMNS 16

static const char *
say(enum fa_lang lang, const char *zh, const char *en)
{
	return lang == FA_LANG_ZH ? zh : en;
}

static uint64_t
counted(const struct fa_eval_flow_count *c)
{
	return (uint64_t)c->violations + c->false_found + c->listed;
}

static void
put_row(struct fa_buf *out, const char *id, int n,
	const struct fa_eval_flow_count *c)
{
	fa_buf_addf(out, "%.*s", n, id);
	for (int i = n; i < ID_COLUMNS; i++)
		fa_buf_addc(out, ' ');
	fa_buf_addf(out, "%7u%7u%7u%7u%7u%7u      ", (unsigned)c->violations,
		(unsigned)c->found, (unsigned)(c->violations - c->found),
		(unsigned)c->false_found, (unsigned)c->right,
		(unsigned)(c->listed - c->right));
	fa_eval_put(out, fa_eval_flow_precision(c));
	fa_buf_adds(out, "  ");
	fa_eval_put(out, fa_eval_flow_recall(c));
	fa_buf_addc(out, '\n');
}

static void
put_differences(struct fa_buf *out, const struct fa_eval *ev,
	const struct fa_eval_flow *f, enum fa_lang lang)
{
	for (size_t i = 0; f->judged && i < ev->bundle->obligations_n; i++) {
		const struct fa_eval_cell *c = &f->cells[i];

		if (!fa_eval_flow_differs(f->truth[i], c->got))
			continue;
		fa_eval_put_quote(out, f->name);
		fa_buf_addf(out, " %.*s",
			FA_STR_ARG(ev->bundle->obligations[i].id));
		fa_buf_addf(out, "%s%s%s%s", say(lang, "：标注 ", ": label "),
			fa_eval_truth_name(f->truth[i]),
			say(lang, "，得出 ", ", got "),
			fa_verdict_name(c->got));
		if (c->rule != FA_RULE_NONE)
			fa_buf_addf(out, "%s%.*s",
				say(lang, "，依据规则 ", " by "),
				FA_STR_ARG(ev->bundle->rules[c->rule].id));
		fa_buf_addc(out, '\n');
		if (c->got_quote.p != NULL) {
			fa_buf_adds(out, say(lang, "  得出：", "  got:   "));
			fa_eval_put_quote(out, c->got_quote);
			fa_buf_addc(out, '\n');
		}
	}
}

void
fa_eval_flows_text(
	const struct fa_eval *ev, enum fa_lang lang, struct fa_buf *out)
{
	const struct fa_eval_flows *flows = ev->flows;

	if (flows == NULL || flows->sets_n == 0)
		return;
	for (size_t i = 0; i < flows->sets_n; i++) {
		const struct fa_eval_flow_set *set = &flows->sets[i];
		size_t judged = 0;

		for (size_t k = 0; k < set->n; k++)
			judged += set->flows[k].judged;
		fa_buf_adds(out, say(lang, "界面流 ", "flows "));
		fa_eval_put_quote(out, set->name);
		if (lang == FA_LANG_ZH)
			fa_buf_addf(out,
				"：已评判 %zu / %zu 个，标注文件 "
				"%.12s\n",
				judged, set->n, set->sha256);
		else
			fa_buf_addf(out, ": %zu of %zu judged, labels %.12s\n",
				judged, set->n, set->sha256);
	}
	fa_buf_adds(out,
		say(lang,
			"义务              违规   找到   漏报   误报   其他   "
			"其他\n"
			"                  标注                        一致   "
			"不符      精确率 召回率\n",
			"obligation      labels  found missed  false  right  "
			"wrong  precision recall\n"));
	for (size_t i = 0; i < ev->bundle->obligations_n; i++) {
		struct fa_str id = ev->bundle->obligations[i].id;

		if (counted(&flows->rows[i]) > 0)
			put_row(out, id.p, (int)id.n, &flows->rows[i]);
	}
	put_row(out, say(lang, "all", "all"), 3, &flows->all);
	fa_buf_adds(out, say(lang, "不符\n", "differences\n"));
	for (size_t i = 0; i < flows->sets_n; i++)
		for (size_t k = 0; k < flows->sets[i].n; k++)
			put_differences(
				out, ev, &flows->sets[i].flows[k], lang);
}

static void
write_ratio(struct fa_jw *w, const char *key, int32_t t)
{
	fa_jw_key(w, key);
	if (t < 0)
		fa_jw_null(w);
	else
		fa_jw_int(w, t);
}

static void
write_count(struct fa_jw *w, const struct fa_eval_flow_count *c)
{
	fa_jw_kint(w, "violations", c->violations);
	fa_jw_kint(w, "found", c->found);
	fa_jw_kint(w, "missed", (int64_t)c->violations - c->found);
	fa_jw_kint(w, "false", c->false_found);
	fa_jw_kint(w, "right", c->right);
	fa_jw_kint(w, "wrong", (int64_t)c->listed - c->right);
	write_ratio(w, "precision", fa_eval_flow_precision(c));
	write_ratio(w, "recall", fa_eval_flow_recall(c));
}

static void
write_differences(
	struct fa_jw *w, const struct fa_eval *ev, const struct fa_eval_flow *f)
{
	for (size_t i = 0; f->judged && i < ev->bundle->obligations_n; i++) {
		const struct fa_eval_cell *c = &f->cells[i];

		if (!fa_eval_flow_differs(f->truth[i], c->got))
			continue;
		fa_jw_object(w);
		fa_jw_kstr(w, "flow", f->name);
		fa_jw_kstr(w, "obligation", ev->bundle->obligations[i].id);
		fa_jw_kstr(
			w, "label", fa_str_c(fa_eval_truth_name(f->truth[i])));
		fa_jw_kstr(w, "got", fa_str_c(fa_verdict_name(c->got)));
		fa_jw_kstr(w, "rule",
			c->rule == FA_RULE_NONE
				? FA_STR_NONE
				: ev->bundle->rules[c->rule].id);
		fa_jw_kstr(w, "got_quote", c->got_quote);
		fa_jw_end(w, '}');
	}
}

static void
write_sets(struct fa_jw *w, const struct fa_eval_flows *flows)
{
	fa_jw_key(w, "flow_sets");
	fa_jw_array(w);
	for (size_t i = 0; i < flows->sets_n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "name", flows->sets[i].name);
		fa_jw_kstr(w, "labels", flows->sets[i].labels);
		fa_jw_kint(w, "flows", (int64_t)flows->sets[i].n);
		fa_jw_kstr(w, "sha256", fa_str_c(flows->sets[i].sha256));
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

void
fa_eval_flows_json(const struct fa_eval *ev, struct fa_jw *w)
{
	const struct fa_eval_flows *flows = ev->flows;

	if (flows == NULL || flows->sets_n == 0)
		return;
	write_sets(w, flows);
	fa_jw_key(w, "flows");
	fa_jw_object(w);
	write_count(w, &flows->all);
	fa_jw_key(w, "rows");
	fa_jw_array(w);
	for (size_t i = 0; i < ev->bundle->obligations_n; i++) {
		if (counted(&flows->rows[i]) == 0)
			continue;
		fa_jw_object(w);
		fa_jw_kstr(w, "obligation", ev->bundle->obligations[i].id);
		write_count(w, &flows->rows[i]);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_key(w, "differences");
	fa_jw_array(w);
	for (size_t i = 0; i < flows->sets_n; i++)
		for (size_t k = 0; k < flows->sets[i].n; k++)
			write_differences(w, ev, &flows->sets[i].flows[k]);
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}
