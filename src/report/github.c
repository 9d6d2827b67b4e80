/* Workflow commands of GitHub Actions, from which it makes annotations
 * (docs.github.com/actions, "Workflow commands", and ActionCommand.cs of
 * actions/runner for the escapes). Of one step it shows ten errors, ten
 * warnings and ten notices: the gravest of all documents are written, and how
 * many are not. */
#include "report/common.h"
#include "report/entry.h"
#include "report/label.h"

#define SHOWN FA_REPORT_GITHUB_SHOWN
#define TEXT_BYTES (1u << 20)

static const char *const commands[FA_REPORT_LEVEL_COUNT] = { "error", "warning",
	"notice" };

struct state {
	struct fa_report_top levels[FA_REPORT_LEVEL_COUNT];
};

/* Escaped for the data of a command, or for a property of it. */
static void
put_escaped(struct fa_buf *out, struct fa_str s, bool property)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '%')
			fa_buf_adds(out, "%25");
		else if (c == '\r')
			fa_buf_adds(out, "%0D");
		else if (c == '\n')
			fa_buf_adds(out, "%0A");
		else if (property && c == ':')
			fa_buf_adds(out, "%3A");
		else if (property && c == ',')
			fa_buf_adds(out, "%2C");
		else
			fa_buf_addc(out, c);
	}
}

static void
put_visible(struct fa_buf *out, struct fa_str s, bool property)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf shown;

	fa_buf_init(&shown, TEXT_BYTES);
	fa_report_visible(&shown, s, !property);
	fa_report_carry(out, &shown);
	put_escaped(out, fa_buf_str(&shown), property);
}

static void
put_place(struct fa_buf *out, const struct fa_report_entry *e)
{
	if (e->path.n > 0) {
		fa_buf_adds(out, "file=");
		put_visible(out, e->path, true);
		fa_buf_addc(out, ',');
	}
	fa_buf_addf(out, "line=%u", (unsigned)e->from.line);
	if (e->whole)
		return;
	/* The runner drops columns of a range over several lines. */
	if (e->from.line == e->to.line)
		fa_buf_addf(out, ",col=%u", (unsigned)e->from.column);
	fa_buf_addf(out, ",endLine=%u", (unsigned)e->to.line);
	if (e->from.line == e->to.line)
		fa_buf_addf(out, ",endColumn=%u", (unsigned)e->to.column);
}

static void
put_entry(struct fa_buf *out, const struct fa_report *r,
	const struct fa_report_entry *e)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_addf(out, "::%s ", commands[e->level]);
	put_place(out, e);
	fa_buf_adds(out, ",title=" FA_REPORT_TOOL " ");
	put_visible(out, e->rule, true);
	fa_buf_adds(out, "::");
	fa_buf_init(&text, TEXT_BYTES);
	fa_report_entry_text(
		&text, r, e, "\n", fa_report_put_plain, fa_report_put_plain);
	if (e->evidence != NULL && e->flow == NULL && !e->derived) {
		fa_buf_addf(&text, "\n%s%s",
			fa_label(r->opts.lang, FA_LABEL_QUOTE),
			fa_label(r->opts.lang, FA_LABEL_COLON));
		fa_report_put_plain(&text, e->evidence->text);
	}
	fa_report_carry(out, &text);
	put_escaped(out, fa_buf_str(&text), false);
	fa_buf_addc(out, '\n');
}

static int
add_entry(void *ctx, struct fa_report *r, const struct fa_report_entry *e,
	struct fa_err *err)
{
	struct state *st = ctx;
	struct fa_report_top *top = &st->levels[e->level];
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, TEXT_BYTES);
	if (!fa_report_top_wants(top, e->rank))
		return FA_OK;
	put_entry(&text, r, e);
	return fa_report_top_add(top, e->rank, &text, r->arena, err);
}

static int
begin(struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	struct state *st = fa_arena_new(r->arena, 1, sizeof(*st));
	int rc = FA_OK;

	if (st == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	r->state = st;
	for (size_t i = 0; i < FA_REPORT_LEVEL_COUNT && rc == FA_OK; i++)
		rc = fa_report_top_init(&st->levels[i], SHOWN, r->arena, err);
	return rc != FA_OK ? rc : fa_buf_rc(out, "GitHub report", err);
}

static int
doc(struct fa_report *r, const struct fa_result *res, struct fa_buf *out,
	struct fa_err *err)
{
	int rc = fa_report_entries(r, res, add_entry, r->state, err);

	r->docs_n++;
	return rc != FA_OK ? rc : fa_buf_rc(out, "GitHub report", err);
}

/* The last notice, which takes the place of one. */
static void
put_left_out(struct fa_buf *out, const struct fa_report *r,
	const size_t left[FA_REPORT_LEVEL_COUNT])
{
	size_t all = left[FA_REPORT_ERROR] + left[FA_REPORT_WARNING] +
		left[FA_REPORT_NOTE];

	fa_buf_addf(out,
		r->opts.lang == FA_LANG_ZH
			? "::notice title=" FA_REPORT_TOOL
			  "::另有 %zu 项未在此显示（error %zu，warning %zu，"
			  "notice %zu）；GitHub 每步各只显示 %d "
			  "条，完整结果见其他格式的报告\n"
			: "::notice title=" FA_REPORT_TOOL
			  "::%zu more are not shown here (error %zu, warning "
			  "%zu, notice %zu): GitHub shows %d of each per step; "
			  "reports in other formats hold all\n",
		all, left[FA_REPORT_ERROR], left[FA_REPORT_WARNING],
		left[FA_REPORT_NOTE], SHOWN);
}

static int
end(struct fa_report *r, const struct fa_report_totals *t, struct fa_buf *out,
	struct fa_err *err)
{
	struct state *st = r->state;
	size_t left[FA_REPORT_LEVEL_COUNT];
	bool any = false;
	int rc = fa_report_entries_end(r, t, add_entry, st, err);

	if (rc != FA_OK)
		return rc;
	for (size_t i = 0; i < FA_REPORT_LEVEL_COUNT; i++) {
		left[i] = st->levels[i].all - st->levels[i].n;
		any = any || left[i] > 0;
	}
	if (any && st->levels[FA_REPORT_NOTE].n == SHOWN) {
		st->levels[FA_REPORT_NOTE].n--;
		left[FA_REPORT_NOTE]++;
	}
	for (size_t i = 0; i < FA_REPORT_LEVEL_COUNT; i++)
		for (size_t k = 0; k < st->levels[i].n; k++)
			fa_buf_add(out, st->levels[i].at[k].text);
	if (any)
		put_left_out(out, r, left);
	return fa_buf_rc(out, "GitHub report", err);
}

const struct fa_writer fa_report_github = {
	.name = "github",
	.media_type = "text/plain",
	.summary = "annotations of GitHub Actions (workflow commands)",
	.begin = begin,
	.doc = doc,
	.end = end,
};
