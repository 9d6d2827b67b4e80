#include "report/json_passage.h"

#include "report/flow.h"
#include "report/json_memo.h"

static void
write_place(struct fa_jw *w, struct fa_position from, struct fa_position to,
	struct fa_range raw)
{
	fa_jw_kint(w, "line", from.line);
	fa_jw_kint(w, "column", from.column);
	fa_jw_kint(w, "end_line", to.line);
	fa_jw_kint(w, "end_column", to.column);
	fa_jw_kint(w, "byte_offset", raw.from);
	fa_jw_kint(w, "byte_length", (int64_t)raw.to - raw.from);
}

/* Where a declared flow's source says it. */
static void
write_spot(struct fa_jw *w, const struct fa_source_spot *s)
{
	if (s == NULL)
		return;
	fa_jw_key(w, "source");
	fa_jw_object(w);
	fa_jw_kstr(w, "path", s->file);
	write_place(w, s->from, s->to, s->raw);
	fa_jw_end(w, '}');
}

/* The rule that found a passage. */
static void
write_found_by(struct fa_jw *w, const struct fa_report *r, uint32_t at)
{
	struct fa_report_memo_key key = { .kind = FA_REPORT_MEMO_RULE,
		.rule = at };
	struct fa_report_memo_part part;
	const struct fa_rule *rule;

	if (at >= r->bundle->rules_n ||
		fa_report_memo_begin(&part, r->memo, w, key))
		return;
	rule = &r->bundle->rules[at];
	fa_jw_kstr(w, "rule", rule->id);
	fa_jw_kstr(w, "rule_title", fa_report_pick(&rule->title, r->opts.lang));
	if (rule->scope < 0)
		fa_jw_kstr(w, "supports",
			fa_str_c(fa_verdict_name(rule->verdict)));
	fa_report_memo_end(&part, r->memo, w);
}

static void
write_flow_place(struct fa_jw *w, const struct fa_flow *flow,
	const struct fa_evidence *e)
{
	fa_jw_key(w, "place");
	if (e->place != NULL)
		fa_report_json_place(w, flow, e->place);
	else
		fa_jw_null(w);
	write_spot(w, e->spot);
	fa_jw_kstr(w, "note", e->note);
}

#define INT(v)                                                                 \
	{                                                                      \
		.kind = FA_JSON_INT, .integer = (v)                            \
	}
#define TEXT(v)                                                                \
	{                                                                      \
		.kind = FA_JSON_STRING, .str = (v)                             \
	}

/* Where it is, then what it says: with these names, most of a report. */
void
fa_report_json_passage(struct fa_jw *w, const struct fa_report *r,
	const struct fa_result *res, const struct fa_evidence *e)
{
	const struct fa_jw_value place[] = { INT(e->from.line),
		INT(e->from.column), INT(e->to.line), INT(e->to.column),
		INT(e->raw.from), INT((int64_t)e->raw.to - e->raw.from) };
	const struct fa_jw_value words[] = {
		TEXT(fa_str_c(fa_encoding_name(res->encoding))), TEXT(e->quote),
		TEXT(e->text), TEXT(e->before), TEXT(e->after),
		TEXT(e->section), { .kind = FA_JSON_BOOL, .integer = e->cut }
	};
	struct fa_report_memo_forms *forms = fa_report_memo_forms(r->memo);

	write_found_by(w, r, e->rule);
	fa_jw_write(w, &forms->place, place);
	if (res->flow != NULL)
		write_flow_place(w, res->flow, e);
	fa_jw_write(w, &forms->words, words);
}

void
fa_report_json_passages(struct fa_jw *w, const char *key,
	const struct fa_report *r, const struct fa_result *res,
	const struct fa_evidence *e, size_t n)
{
	fa_jw_key(w, key);
	fa_jw_array(w);
	for (size_t i = 0; i < n; i++) {
		fa_jw_object(w);
		fa_report_json_passage(w, r, res, &e[i]);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}
