/* One target as one row of CSV (RFC 4180, with LF at the ends of lines, UTF-8
 * with a byte order mark so that spreadsheets know). */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "report/common.h"
#include "tools/phrase.h"
#include "tools/reporting.h"

static const char *const columns[] = { "target", "app", "package", "store",
	"version", "publisher", "category", "children", "outcome", "judged",
	"documents", "missing", "stand_ins", "policy_url", "policy_sha256",
	"grade", "hi", "lo", "coverage", "violations", "gaps", "cannot_tell",
	"compliant", "contradictions", "violated", "missing_statements",
	"vector" };

/* What a spreadsheet would take for a formula. */
static bool
is_formula(struct fa_str s)
{
	return s.n > 0 && strchr("=+-@\t\r", s.p[0]) != NULL && s.p[0] != '\0';
}

static void
cell(struct fa_buf *out, struct fa_str s)
{
	fa_buf_adds(out, "\"");
	if (is_formula(s))
		fa_buf_addc(out, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			fa_buf_addc(out, '"');
		if (s.p[i] != '\0')
			fa_buf_addc(out, s.p[i]);
	}
	fa_buf_adds(out, "\"");
}

/* Hidden characters are made visible first: they are text for people. */
static void
text(struct fa_buf *out, struct fa_str s)
{
	struct fa_buf shown;

	fa_buf_init(&shown, 1u << 20);
	if (is_formula(s))
		fa_buf_addc(&shown, '\'');
	fa_report_visible(&shown, s, false);
	cell(out, fa_buf_str(&shown));
	fa_report_carry(out, &shown);
	fa_buf_done(&shown);
	fa_buf_addc(out, ',');
}

static void
number(struct fa_buf *out, uint64_t n)
{
	fa_buf_addf(out, "%llu,", (unsigned long long)n);
}

void
fa_reporting_csv_head(struct fa_buf *out, const struct fa_reporting *r)
{
	fa_buf_adds(out, "\xEF\xBB\xBF");
	for (size_t i = 0; i < FA_COUNT(columns); i++)
		fa_buf_addf(out, "%s%s", i > 0 ? "," : "", columns[i]);
	fa_buf_adds(
		out, r->times ? ",policy_first_seen,policy_last_seen\n" : "\n");
}

/* Obligations with a verdict that counts, joined by blanks. */
static void
obligations(struct fa_buf *out, const struct fa_reporting_target *t,
	enum fa_verdict v)
{
	struct fa_buf list;

	fa_buf_init(&list, 1u << 20);
	for (size_t i = 0; i < t->app.verdicts_n; i++) {
		const struct fa_store_verdict *x = &t->app.verdicts[i];

		if (x->verdict == v && x->tier != FA_TIER_LEAD)
			fa_buf_addf(&list, "%s%.*s", list.n > 0 ? " " : "",
				FA_STR_ARG(x->obligation));
	}
	text(out, fa_buf_str(&list));
	fa_report_carry(out, &list);
	fa_buf_done(&list);
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
put_target(struct fa_buf *out, const struct fa_target *t)
{
	static const char *const children[] = { "", "no", "yes" };

	text(out, t->key);
	text(out, t->app);
	text(out, t->package);
	text(out, t->store);
	text(out, t->version);
	text(out, t->publisher);
	text(out, t->category);
	fa_buf_addf(out, "%s,", children[t->children]);
}

static void
put_documents(struct fa_buf *out, const struct fa_reporting_target *t)
{
	const struct fa_reporting_document *p = policy(t);
	uint64_t judged = 0, missing = 0, stand_ins = 0;

	for (size_t i = 0; i < t->app.documents_n; i++) {
		const struct fa_store_app_document *d = &t->documents[i].d;

		judged += d->document != 0;
		missing += fa_reporting_misses(t, d);
		stand_ins += d->stands_in;
	}
	number(out, judged);
	number(out, missing);
	number(out, stand_ins);
	text(out, p ? p->final : FA_STR_NONE);
	text(out, p && p->d.document ? fa_str_c(p->doc.payload) : FA_STR_NONE);
}

static void
put_score(struct fa_buf *out, const struct fa_reporting_target *t)
{
	const struct fa_score *s = &t->app.score;
	uint64_t contradictions = 0;

	if (!t->scored) {
		fa_buf_adds(out, ",,,,,,,,,,,\"\"");
		return;
	}
	for (size_t i = 0; i < t->app.verdicts_n; i++)
		contradictions += t->app.verdicts[i].contradiction;
	fa_buf_addf(out, "%c,", s->grade);
	fa_report_points(out, s->hi);
	fa_buf_addc(out, ',');
	fa_report_points(out, s->lo);
	fa_buf_addf(out, ",%u.%02u,", (unsigned)(s->coverage_bp / 10000),
		(unsigned)(s->coverage_bp % 10000 / 100));
	number(out, t->counts[FA_VERDICT_VIOLATION]);
	number(out, t->counts[FA_VERDICT_GAP]);
	number(out, t->counts[FA_VERDICT_CANNOT_TELL]);
	number(out, t->counts[FA_VERDICT_COMPLIANT]);
	number(out, contradictions);
	obligations(out, t, FA_VERDICT_VIOLATION);
	obligations(out, t, FA_VERDICT_GAP);
	cell(out, s->vector);
}

void
fa_reporting_csv(struct fa_buf *out, const struct fa_reporting *r,
	const struct fa_reporting_target *t)
{
	const struct fa_reporting_document *p = policy(t);

	put_target(out, &t->t->t);
	fa_buf_addf(out, "%s,%s,", fa_phrase_outcome_name(t->app.outcome),
		t->judged ? "yes" : "no");
	put_documents(out, t);
	put_score(out, t);
	if (r->times) {
		char first[FA_TIME_BYTES] = "", last[FA_TIME_BYTES] = "";

		if (p && p->last_us) {
			fa_time_format(p->first_us / 1000, first);
			fa_time_format(p->last_us / 1000, last);
		}
		fa_buf_addf(out, ",%s,%s", first, last);
	}
	fa_buf_addc(out, '\n');
}
