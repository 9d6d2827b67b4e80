/* Findings as a table: a row per passage, for or against. */
#include "report/common.h"
#include "report/flow.h"
#include "report/table.h"
#include "report/waived.h"

#define TEXT_BYTES (1u << 20)

enum {
	COL_DOCUMENT,
	COL_FORMAT,
	COL_OBLIGATION,
	COL_TITLE,
	COL_SOURCE,
	COL_VERDICT,
	COL_SEVERITY,
	COL_TIER,
	COL_CONFIDENCE,
	COL_COUNTED,
	COL_GATES,
	COL_WAIVED,
	COL_WAIVER_REASON,
	COL_WAIVER_UNTIL,
	COL_MESSAGE,
	COL_REASON,
	COL_FIX,
	COL_WORDING,
	COL_SIDE,
	COL_RULE,
	COL_LINE,
	COL_COLUMN,
	COL_END_LINE,
	COL_END_COLUMN,
	COL_BYTE_OFFSET,
	COL_BYTE_LENGTH,
	COL_PLACE,
	COL_BEFORE,
	COL_TEXT,
	COL_AFTER,
	COL_SECTION,
	COL_QUOTE,
	COL_NOTICE,
	COL_ERROR,
	COL_COUNT
};

static const struct fa_column columns[COL_COUNT] = {
	[COL_DOCUMENT] = { "document", 30 },
	[COL_FORMAT] = { "format", 10 },
	[COL_OBLIGATION] = { "obligation", 14 },
	[COL_TITLE] = { "title", 30 },
	[COL_SOURCE] = { "source", 30 },
	[COL_VERDICT] = { "verdict", 12 },
	[COL_SEVERITY] = { "severity", 10 },
	[COL_TIER] = { "tier", 12 },
	[COL_CONFIDENCE] = { "confidence", 10 },
	[COL_COUNTED] = { "counted", 8 },
	[COL_GATES] = { "gates", 8 },
	[COL_WAIVED] = { "waived", 10 },
	[COL_WAIVER_REASON] = { "waiver_reason", 30 },
	[COL_WAIVER_UNTIL] = { "waiver_until", 12 },
	[COL_MESSAGE] = { "message", 40 },
	[COL_REASON] = { "reason", 30 },
	[COL_FIX] = { "fix", 40 },
	[COL_WORDING] = { "wording", 60 },
	[COL_SIDE] = { "side", 8 },
	[COL_RULE] = { "rule", 20 },
	[COL_LINE] = { "line", 8 },
	[COL_COLUMN] = { "column", 8 },
	[COL_END_LINE] = { "end_line", 8 },
	[COL_END_COLUMN] = { "end_column", 8 },
	[COL_BYTE_OFFSET] = { "byte_offset", 10 },
	[COL_BYTE_LENGTH] = { "byte_length", 10 },
	[COL_PLACE] = { "place", 30 },
	[COL_BEFORE] = { "before", 30 },
	[COL_TEXT] = { "text", 60 },
	[COL_AFTER] = { "after", 30 },
	[COL_SECTION] = { "section", 20 },
	[COL_QUOTE] = { "quote", 60 },
	[COL_NOTICE] = { "notice", 40 },
	[COL_ERROR] = { "error", 40 },
};

static void
set_text(struct fa_cell *c, struct fa_str s)
{
	if (s.n > 0)
		*c = (struct fa_cell){ .kind = FA_CELL_TEXT, .text = s };
}

static void
set_word(struct fa_cell *c, const char *z)
{
	*c = (struct fa_cell){ .kind = FA_CELL_WORD, .text = fa_str_c(z) };
}

static void
set_int(struct fa_cell *c, int64_t n)
{
	*c = (struct fa_cell){ .kind = FA_CELL_INT, .n = n };
}

static void
set_passage(struct fa_cell row[COL_COUNT], const struct fa_report *r,
	const struct fa_result *res, const struct fa_evidence *e,
	struct fa_buf *place)
{
	struct fa_position from, to;
	struct fa_range raw;
	struct fa_str path;

	if (e->rule < r->bundle->rules_n)
		set_text(&row[COL_RULE], r->bundle->rules[e->rule].id);
	set_text(&row[COL_BEFORE], e->before);
	set_text(&row[COL_TEXT], e->text);
	set_text(&row[COL_AFTER], e->after);
	set_text(&row[COL_SECTION], e->section);
	if (e->place != NULL && res->flow != NULL)
		fa_report_spot(place, res->flow, e->place, r->opts.lang);
	else
		fa_buf_add(place, res->derived);
	set_text(&row[COL_PLACE], fa_buf_str(place));
	if (res->flow == NULL)
		set_text(&row[COL_QUOTE], e->quote);
	if (!fa_report_spotted(&path, &from, &to, res, e))
		return;
	set_text(&row[COL_DOCUMENT], fa_report_file(path));
	set_int(&row[COL_LINE], from.line);
	set_int(&row[COL_COLUMN], from.column);
	set_int(&row[COL_END_LINE], to.line);
	set_int(&row[COL_END_COLUMN], to.column);
	/* Lines of a text that was made of the document, but no bytes. */
	if (res->derived.n > 0)
		return;
	raw = res->flow != NULL ? e->spot->raw : e->raw;
	set_int(&row[COL_BYTE_OFFSET], raw.from);
	set_int(&row[COL_BYTE_LENGTH], (int64_t)raw.to - raw.from);
}

static void
set_finding(struct fa_cell row[COL_COUNT], const struct fa_report *r,
	const struct fa_finding *f)
{
	const struct fa_bundle *b = r->bundle;
	const struct fa_obligation *o = &b->obligations[f->obligation];
	bool counted = fa_report_is_breach(f->verdict) && !fa_report_is_lead(f);

	set_text(&row[COL_OBLIGATION], o->id);
	set_text(&row[COL_TITLE], fa_report_pick(&o->title, r->opts.lang));
	set_word(&row[COL_VERDICT], fa_verdict_name(f->verdict));
	set_word(&row[COL_SEVERITY], fa_severity_name(o->severity));
	set_word(&row[COL_TIER], fa_tier_name(f->tier));
	row[COL_CONFIDENCE] = (struct fa_cell){ .kind = FA_CELL_THOUSANDTHS,
		.n = f->confidence };
	set_word(&row[COL_COUNTED], counted ? "true" : "false");
	set_word(&row[COL_GATES], fa_report_gates(r, f) ? "true" : "false");
	set_text(&row[COL_RULE], fa_report_rule_id(b, f));
	set_text(&row[COL_MESSAGE], fa_report_message(b, f, r->opts.lang));
	set_text(&row[COL_REASON], f->reason);
	if (fa_report_is_breach(f->verdict))
		set_text(&row[COL_FIX], fa_report_fix(b, f, r->opts.lang));
	set_text(&row[COL_WORDING], fa_report_wording(b, f, r->opts.lang));
	if (f->waiver == NULL)
		return;
	set_word(&row[COL_WAIVED], fa_waiver_kind_name(f->waiver->kind));
	set_text(&row[COL_WAIVER_REASON], f->waiver->reason);
	row[COL_WAIVER_UNTIL] =
		(struct fa_cell){ .kind = FA_CELL_DATE, .n = f->waiver->until };
}

/* All rows of a finding; without a passage it is one row. */
static void
put_finding(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, const struct fa_finding *f)
{
	const struct fa_obligation *o = &r->bundle->obligations[f->obligation];
	size_t n = f->pro_n + f->contra_n;
	FA_CLEANUP(fa_buf_done) struct fa_buf source;
	FA_CLEANUP(fa_buf_done) struct fa_buf place;

	fa_buf_init(&source, TEXT_BYTES);
	fa_buf_init(&place, TEXT_BYTES);
	fa_report_source(
		&source, r->bundle, o->instrument, o->article, r->opts.lang);
	for (size_t i = 0; i < n || i == 0; i++) {
		struct fa_cell row[COL_COUNT] = { { FA_CELL_NONE, FA_STR_NONE,
			0 } };

		fa_buf_reset(&place);
		set_text(&row[COL_DOCUMENT], fa_report_file(res->name));
		set_text(&row[COL_FORMAT], fa_report_format(res));
		set_text(&row[COL_SOURCE], fa_buf_str(&source));
		set_finding(row, r, f);
		if (i < f->pro_n)
			set_passage(row, r, res, &f->pro[i], &place);
		else if (i < n)
			set_passage(
				row, r, res, &f->contra[i - f->pro_n], &place);
		if (i < n)
			set_word(&row[COL_SIDE],
				i < f->pro_n ? "for" : "against");
		fa_csv_row(out, row, COL_COUNT);
		fa_report_carry(out, &place);
	}
	fa_report_carry(out, &source);
}

static int
begin(struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	(void)r;
	fa_csv_head(out, columns, COL_COUNT);
	return fa_buf_rc(out, "CSV report", err);
}

static int
doc(struct fa_report *r, const struct fa_result *res, struct fa_buf *out,
	struct fa_err *err)
{
	r->docs_n++;
	if (res->error.p != NULL || res->notice.n > 0) {
		struct fa_cell row[COL_COUNT] = { { FA_CELL_NONE, FA_STR_NONE,
			0 } };

		set_text(&row[COL_DOCUMENT], fa_report_file(res->name));
		set_text(&row[COL_NOTICE], res->notice);
		set_text(&row[COL_ERROR], res->error);
		fa_csv_row(out, row, COL_COUNT);
	}
	for (size_t i = 0; i < res->findings_n; i++) {
		const struct fa_finding *f = &res->findings[i];

		if (r->opts.verbose || fa_report_is_breach(f->verdict) ||
			f->verdict == FA_VERDICT_CANNOT_TELL)
			put_finding(out, r, res, f);
	}
	return fa_buf_rc(out, "CSV report", err);
}

static int
end(struct fa_report *r, const struct fa_report_totals *t, struct fa_buf *out,
	struct fa_err *err)
{
	(void)r;
	(void)t;
	return fa_buf_rc(out, "CSV report", err);
}

const struct fa_writer fa_report_csv = {
	.name = "csv",
	.media_type = "text/csv; charset=utf-8",
	.summary = "a table with a row per passage, for spreadsheets",
	.begin = begin,
	.doc = doc,
	.end = end,
};
