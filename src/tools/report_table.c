/* One target as one row of a table, for CSV and XLSX. */
#include <string.h>

#include "base/clock.h"
#include "report/common.h"
#include "tools/phrase.h"
#include "tools/reporting.h"

#define LIST_BYTES (1u << 20)

static const struct fa_column columns[FA_REPORTING_COLUMNS] = { { "target",
									24 },
	{ "app", 24 }, { "package", 28 }, { "store", 14 }, { "version", 10 },
	{ "publisher", 24 }, { "category", 14 }, { "children", 8 },
	{ "outcome", 18 }, { "judged", 8 }, { "documents", 10 },
	{ "missing", 8 }, { "stand_ins", 8 }, { "policy_url", 40 },
	{ "policy_sha256", 20 }, { "grade", 8 }, { "hi", 8 }, { "lo", 8 },
	{ "coverage", 10 }, { "violations", 10 }, { "gaps", 8 },
	{ "cannot_tell", 10 }, { "compliant", 10 }, { "contradictions", 10 },
	{ "violated", 40 }, { "missing_statements", 40 }, { "vector", 40 },
	/* With times: */
	{ "policy_first_seen", 20 }, { "policy_last_seen", 20 } };

const struct fa_column *
fa_reporting_columns(size_t *n, const struct fa_reporting *r)
{
	*n = r->times ? FA_REPORTING_COLUMNS : FA_REPORTING_COLUMNS - 2;
	return columns;
}

static struct fa_cell
text(struct fa_str s)
{
	return (struct fa_cell){ .kind = FA_CELL_TEXT, .text = s };
}

static struct fa_cell
word(const char *z)
{
	return (struct fa_cell){ .kind = FA_CELL_WORD, .text = fa_str_c(z) };
}

static struct fa_cell
number(enum fa_cell_kind kind, int64_t n)
{
	return (struct fa_cell){ .kind = kind, .n = n };
}

/* Obligations with a verdict that counts, joined by blanks; in a. */
static int
obligations(struct fa_cell *out, const struct fa_reporting_target *t,
	enum fa_verdict v, struct fa_arena *a, struct fa_err *err)
{
	struct fa_buf list FA_CLEANUP(fa_buf_done);
	struct fa_str all;
	int rc;

	fa_buf_init(&list, LIST_BYTES);
	for (size_t i = 0; i < t->app.verdicts_n; i++) {
		const struct fa_store_verdict *x = &t->app.verdicts[i];

		if (x->verdict == v && x->tier != FA_TIER_LEAD)
			fa_buf_addf(&list, "%s%.*s", list.n > 0 ? " " : "",
				FA_STR_ARG(x->obligation));
	}
	rc = fa_buf_rc(&list, "row", err);
	if (rc < 0)
		return rc;
	all = fa_arena_dup(a, fa_buf_str(&list));
	if (!all.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a target");
	*out = text(all);
	return FA_OK;
}

static const struct fa_reporting_document *
policy(const struct fa_reporting_target *t)
{
	const struct fa_reporting_document *first = NULL;

	for (size_t i = 0; i < t->app.documents_n; i++) {
		const struct fa_reporting_document *x = &t->documents[i];

		if (x->d.role != FA_ROLE_POLICY)
			continue;
		if (x->d.document)
			return x;
		if (!first)
			first = x;
	}
	return first;
}

static void
put_target(struct fa_cell *out, const struct fa_target *t)
{
	static const char *const children[] = { "", "no", "yes" };

	out[0] = text(t->key);
	out[1] = text(t->app);
	out[2] = text(t->package);
	out[3] = text(t->store);
	out[4] = text(t->version);
	out[5] = text(t->publisher);
	out[6] = text(t->category);
	out[7] = word(children[t->children]);
}

static void
put_documents(struct fa_cell *out, const struct fa_reporting_target *t)
{
	const struct fa_reporting_document *p = policy(t);
	int64_t judged = 0, missing = 0, stand_ins = 0;

	for (size_t i = 0; i < t->app.documents_n; i++) {
		const struct fa_store_app_document *d = &t->documents[i].d;

		judged += d->document != 0;
		missing += fa_reporting_misses(t, d);
		stand_ins += d->stands_in;
	}
	out[0] = number(FA_CELL_INT, judged);
	out[1] = number(FA_CELL_INT, missing);
	out[2] = number(FA_CELL_INT, stand_ins);
	out[3] = text(p ? p->final : FA_STR_NONE);
	out[4] = text(
		p && p->d.document ? fa_str_c(p->doc.payload) : FA_STR_NONE);
}

static int
put_score(struct fa_cell *out, const struct fa_reporting_target *t,
	struct fa_arena *a, struct fa_err *err)
{
	const struct fa_score *s = &t->app.score;
	struct fa_str grade = fa_arena_dup(a, (struct fa_str){ &s->grade, 1 });
	int64_t contradictions = 0;
	int rc;

	if (!grade.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a target");
	for (size_t i = 0; i < t->app.verdicts_n; i++)
		contradictions += t->app.verdicts[i].contradiction;
	out[0] = word(grade.p);
	out[1] = number(FA_CELL_POINTS, s->hi);
	out[2] = number(FA_CELL_POINTS, s->lo);
	out[3] = number(FA_CELL_HUNDREDTHS, s->coverage_bp / 100);
	out[4] = number(FA_CELL_INT, t->counts[FA_VERDICT_VIOLATION]);
	out[5] = number(FA_CELL_INT, t->counts[FA_VERDICT_GAP]);
	out[6] = number(FA_CELL_INT, t->counts[FA_VERDICT_CANNOT_TELL]);
	out[7] = number(FA_CELL_INT, t->counts[FA_VERDICT_COMPLIANT]);
	out[8] = number(FA_CELL_INT, contradictions);
	rc = obligations(&out[9], t, FA_VERDICT_VIOLATION, a, err);
	if (rc == FA_OK)
		rc = obligations(&out[10], t, FA_VERDICT_GAP, a, err);
	out[11] = (struct fa_cell){ .kind = FA_CELL_TOKEN, .text = s->vector };
	return rc;
}

int
fa_reporting_row(struct fa_cell out[FA_REPORTING_COLUMNS],
	const struct fa_reporting *r, const struct fa_reporting_target *t,
	struct fa_arena *a, struct fa_err *err)
{
	const struct fa_reporting_document *p = policy(t);
	int rc = FA_OK;

	memset(out, 0, FA_REPORTING_COLUMNS * sizeof(*out));
	put_target(out, &t->t->t);
	out[8] = word(fa_phrase_outcome_name(t->app.outcome));
	out[9] = word(t->judged ? "yes" : "no");
	put_documents(out + 10, t);
	out[26] = (struct fa_cell){ .kind = FA_CELL_TOKEN, .text = FA_STR("") };
	if (t->scored)
		rc = put_score(out + 15, t, a, err);
	if (r->times && p && p->last_us) {
		out[27] = number(FA_CELL_TIME, p->first_us / 1000);
		out[28] = number(FA_CELL_TIME, p->last_us / 1000);
	}
	return rc;
}

int64_t
fa_reporting_noon(int32_t date)
{
	int32_t y = date / 10000, m = date / 100 % 100, d = date % 100;
	int64_t era, of_era, of_year;

	/* Days since 1970 of a date of the calendar: years begin in March. */
	y -= m <= 2;
	era = y / 400;
	of_era = y - era * 400;
	of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	of_year += of_era * 365 + of_era / 4 - of_era / 100;
	return (era * 146097 + of_year - 719468) * 86400000 + 43200000;
}
