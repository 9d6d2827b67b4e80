/* Spreadsheets beside the pages: findings.csv with a row per finding, and
 * findings.xlsx with findings, apps and rules. */
#include <stdio.h>

#include "base/clock.h"
#include "report/common.h"
#include "tools/board.h"
#include "tools/phrase.h"
#include "tools/reporting.h"
#include "tools/signals.h"
#include "tools/sink.h"

#define ROW_BYTES ((size_t)16 << 20)

static const struct fa_column finding_columns[] = { { "target", 24 },
	{ "app", 24 }, { "package", 28 }, { "version", 10 }, { "store", 14 },
	{ "publisher", 24 }, { "category", 14 }, { "obligation", 14 },
	{ "title", 36 }, { "severity", 10 }, { "verdict", 10 },
	{ "counted", 8 }, { "tier", 12 }, { "rule", 24 }, { "precision", 10 },
	{ "state", 12 }, { "cause", 18 }, { "review", 12 }, { "deadline", 12 },
	{ "quote", 60 }, { "line", 8 }, { "column", 8 }, { "url", 40 },
	{ "document_sha256", 20 }, { "captured", 20 }, { "finding", 20 },
	{ "page", 32 } };

static const struct fa_column app_columns[] = { { "target", 24 }, { "app", 24 },
	{ "package", 28 }, { "version", 10 }, { "store", 14 },
	{ "publisher", 24 }, { "category", 14 }, { "children", 8 },
	{ "stage", 10 }, { "outcome", 18 }, { "as_of", 12 }, { "grade", 8 },
	{ "hi", 8 }, { "lo", 8 }, { "coverage", 10 }, { "violations", 10 },
	{ "gaps", 8 }, { "high_or_critical", 10 }, { "leads", 8 },
	{ "cannot_tell", 10 }, { "compliant", 10 }, { "new", 8 },
	{ "reappeared", 10 }, { "reviewed", 10 }, { "vector", 40 },
	{ "page", 32 } };

static const struct fa_column rule_columns[] = { { "obligation", 14 },
	{ "title", 40 }, { "source", 40 }, { "severity", 10 },
	{ "scanned", 10 }, { "applies", 10 }, { "findings", 10 },
	{ "leads", 10 }, { "cannot_tell", 10 }, { "compliant", 10 },
	{ "mean_precision", 12 } };

struct sheets {
	struct fa_boarding *x;
	struct fa_sink csv;
	struct fa_buf row;
	struct fa_xlsx *xlsx;
	char page[FA_BOARD_PATH_BYTES];
};

static struct fa_cell
text(struct fa_str s)
{
	return (struct fa_cell){ .kind = s.n > 0 ? FA_CELL_TEXT : FA_CELL_NONE,
		.text = s };
}

static struct fa_cell
word(const char *z)
{
	return (struct fa_cell){ .kind = FA_CELL_WORD, .text = fa_str_c(z) };
}

static struct fa_cell
token(const char *z)
{
	return (struct fa_cell){ .kind = FA_CELL_TOKEN, .text = fa_str_c(z) };
}

static struct fa_cell
number(enum fa_cell_kind kind, int64_t n)
{
	return (struct fa_cell){ .kind = kind, .n = n };
}

static int
put_finding(void *ctx, const struct fa_board_finding *f, struct fa_err *err)
{
	struct sheets *s = ctx;
	const struct fa_board_duty *d = &s->x->sum.duties[f->duty - 1];
	enum fa_cell_kind none = FA_CELL_NONE,
			  quoted = f->quote.n > 0 ? FA_CELL_INT : none;
	struct fa_cell row[FA_COUNT(finding_columns)] = { text(f->key),
		text(f->app_name), text(f->package), text(f->version),
		text(f->store), text(f->publisher), text(f->category),
		text(d->name), text(fa_report_pick(&d->title, s->x->site.lang)),
		word(fa_severity_name(d->severity)),
		word(fa_verdict_name(f->verdict)),
		word(f->counted ? "yes" : "no"), word(fa_tier_name(f->tier)),
		text(f->rule),
		number(f->confidence > 0 ? FA_CELL_THOUSANDTHS : none,
			f->confidence),
		word(fa_board_state_name(f->state)), text(f->cause),
		word(fa_board_review_name(f->review)),
		number(FA_CELL_DATE, f->due), text(f->quote),
		number(quoted, f->line), number(quoted, f->col), text(f->url),
		text(f->payload), number(FA_CELL_TIME, f->captured_us / 1000),
		text(f->id), token(s->page) };
	int rc;

	if (fa_signals_status() != FA_EXIT_CLEAN)
		return fa_fail(err, FA_E_INTERRUPTED, "interrupted");
	fa_board_app_path(s->page, f->app);
	row[FA_COUNT(row) - 1] = token(s->page);
	fa_buf_reset(&s->row);
	fa_csv_row(&s->row, row, FA_COUNT(row));
	rc = fa_buf_rc(&s->row, "row", err);
	if (rc == FA_OK)
		rc = fa_sink_write(&s->csv, fa_buf_str(&s->row), err);
	return rc < 0 ? rc : fa_xlsx_row(s->xlsx, row, FA_COUNT(row), err);
}

static int
put_app(void *ctx, const struct fa_board_app *x, struct fa_err *err)
{
	static const char *const children[] = { "", "no", "yes" };
	struct sheets *s = ctx;
	bool scanned = x->stage >= FA_BOARD_SCANNED;
	enum fa_cell_kind n = scanned ? FA_CELL_INT : FA_CELL_NONE;
	char grade[2] = { x->grade, '\0' };
	struct fa_cell row[FA_COUNT(app_columns)] = { text(x->key),
		text(x->app), text(x->package), text(x->version),
		text(x->store), text(x->publisher), text(x->category),
		word(children[x->children]),
		word(fa_board_stage_name(x->stage)),
		word(fa_phrase_outcome_name(x->outcome)),
		number(FA_CELL_DATE, x->as_of), word(scanned ? grade : ""),
		number(scanned ? FA_CELL_POINTS : FA_CELL_NONE, x->hi),
		number(scanned ? FA_CELL_POINTS : FA_CELL_NONE, x->lo),
		number(scanned ? FA_CELL_HUNDREDTHS : FA_CELL_NONE,
			x->coverage_bp / 100),
		number(n, x->violations), number(n, x->gaps),
		number(n, x->grave), number(n, x->leads), number(n, x->unclear),
		number(n, x->met), number(n, x->fresh), number(n, x->back),
		number(n, x->reviewed), text(x->vector), token("") };

	if (fa_board_has_page(x)) {
		fa_board_app_path(s->page, x->id);
		row[FA_COUNT(row) - 1] = token(s->page);
	}
	return fa_xlsx_row(s->xlsx, row, FA_COUNT(row), err);
}

static int
put_rules(struct sheets *s, struct fa_err *err)
{
	const struct fa_board_sum *sum = &s->x->sum;
	enum fa_lang lang = s->x->site.lang;
	int rc = fa_xlsx_sheet(
		s->xlsx, "rules", rule_columns, FA_COUNT(rule_columns), err);

	for (size_t i = 0; i < sum->duties_n && rc == FA_OK; i++) {
		const struct fa_board_duty *d = &sum->duties[i];
		struct fa_cell row[FA_COUNT(rule_columns)] = {
			text(d->name), text(fa_report_pick(&d->title, lang)),
			text(fa_report_pick(&d->source, lang)),
			word(fa_severity_name(d->severity)),
			number(FA_CELL_INT, sum->whole.scanned),
			number(FA_CELL_INT, d->judged),
			number(FA_CELL_INT, d->breach),
			number(FA_CELL_INT, d->leads),
			number(FA_CELL_INT, d->unclear),
			number(FA_CELL_INT, d->met),
			number(d->confidence > 0 && d->breach > 0
					? FA_CELL_THOUSANDTHS
					: FA_CELL_NONE,
				d->breach > 0 ? d->confidence / d->breach : 0)
		};

		rc = fa_xlsx_row(s->xlsx, row, FA_COUNT(row), err);
	}
	return rc;
}

static int
write_all(struct sheets *s, struct fa_err *err)
{
	struct fa_boarding *x = s->x;
	int rc;

	fa_csv_head(&s->row, finding_columns, FA_COUNT(finding_columns));
	rc = fa_sink_write(&s->csv, fa_buf_str(&s->row), err);
	if (rc == FA_OK)
		rc = fa_xlsx_sheet(s->xlsx, "findings", finding_columns,
			FA_COUNT(finding_columns), err);
	if (rc == FA_OK)
		rc = fa_board_findings(x->b, FA_BOARD_ALL, put_finding, s, err);
	if (rc == FA_OK)
		rc = fa_xlsx_sheet(s->xlsx, "apps", app_columns,
			FA_COUNT(app_columns), err);
	if (rc == FA_OK)
		rc = fa_board_apps(x->b, FA_BOARD_BY_STAGE, 0, put_app, s, err);
	if (rc == FA_OK)
		rc = put_rules(s, err);
	return rc < 0 ? rc : fa_sink_end(&s->csv, err);
}

/* Compressing takes a sixth of the time of a large board and needs nothing but
 * the rows that it was given. */
static void *
pack(void *ctx)
{
	struct fa_board_packing *p = ctx;

	p->rc = fa_xlsx_end(p->xlsx, &p->err);
	return NULL;
}

static void
begin_packing(struct fa_boarding *x, struct fa_xlsx *xlsx)
{
	struct fa_board_packing *p = &x->packing;

	*p = (struct fa_board_packing){ .xlsx = xlsx };
	p->running = pthread_create(&p->thread, NULL, pack, p) == 0;
	if (!p->running)
		(void)pack(p);
}

int
fa_boarding_packed(struct fa_boarding *x, struct fa_err *err)
{
	struct fa_board_packing *p = &x->packing;

	if (p->running)
		(void)pthread_join(p->thread, NULL);
	p->running = false;
	return p->rc < 0 ? fa_fail(err, p->rc, "%s", p->err.msg) : FA_OK;
}

int
fa_boarding_sheets(struct fa_boarding *x, struct fa_err *err)
{
	struct sheets s = { .x = x };
	struct fa_xlsx_facts facts = { .title = x->site.title.p,
		.author = x->site.tool.p,
		.made_ms = fa_reporting_noon(x->sum.today) };
	char csv[FA_FILE_PATH_BYTES], xlsx[FA_FILE_PATH_BYTES];
	int rc = fa_boarding_path(csv, x, "findings.csv", err);

	if (rc == FA_OK)
		rc = fa_boarding_path(xlsx, x, "findings.xlsx", err);
	if (rc == FA_OK)
		rc = fa_sink_open(&s.csv, csv, err);
	if (rc < 0)
		return rc;
	fa_buf_init(&s.row, ROW_BYTES);
	rc = fa_xlsx_new(&s.xlsx, xlsx, &facts, err);
	if (rc == FA_OK)
		rc = write_all(&s, err);
	if (rc == FA_OK)
		begin_packing(x, s.xlsx);
	else
		fa_xlsx_drop(s.xlsx);
	fa_buf_done(&s.row);
	fa_sink_done(&s.csv);
	return rc;
}
