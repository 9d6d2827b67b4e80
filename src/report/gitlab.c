/* GitLab Code Quality: one JSON array, a subset of the issues of Code Climate
 * (docs.gitlab.com/ci/testing/code_quality, "Code Quality report format").
 * GitLab shows one of several entries with the same fingerprint, and compares
 * branches by fingerprints: they are of rule, quote and path, never of lines,
 * and equal ones are numbered. */
#include "report/common.h"
#include "report/entry.h"
#include "report/label.h"

#define INDENT 1
#define TEXT_BYTES (1u << 20)

struct state {
	struct fa_jw w;
	struct fa_report_ids ids;
};

/* By severity; what is only probable is one step lower, a lead is for
 * information. */
static const char *
severity_of(const struct fa_report *r, const struct fa_report_entry *e)
{
	static const char *const names[] = { "info", "info", "minor", "major",
		"critical", "blocker" };
	const struct fa_finding *f = e->finding;
	unsigned step;

	if (e->note != NULL || e->notice.n > 0)
		return "minor";
	if (f == NULL)
		return "major";
	if (fa_report_is_lead(f))
		return "info";
	step = r->bundle->obligations[f->obligation].severity;
	return names[step + (f->tier == FA_TIER_ESTABLISHED)];
}

/* What tells this entry from others of its rule in its file. */
static struct fa_str
quote_of(const struct fa_report_entry *e)
{
	if (e->evidence != NULL)
		return e->evidence->text;
	return e->note != NULL ? e->note->waiver.rule : e->notice;
}

static int
write_fingerprint(struct fa_report *r, const struct fa_report_entry *e,
	struct fa_err *err)
{
	struct state *st = r->state;
	char hex[FA_HASH_HEX_BYTES];
	FA_CLEANUP(fa_buf_done) struct fa_buf id;
	uint32_t n;
	int rc;

	fa_buf_init(&id, TEXT_BYTES);
	rc = fa_report_fingerprint_in(hex, e->rule, quote_of(e), e->path, err);
	if (rc == FA_OK)
		rc = fa_report_ordinal(&n, &st->ids, hex, r->arena, err);
	if (rc != FA_OK)
		return rc;
	fa_buf_adds(&id, hex);
	if (n > 1)
		fa_buf_addf(&id, "-%u", (unsigned)n);
	fa_report_carry(st->w.out, &id);
	fa_jw_kstr(&st->w, "fingerprint", fa_buf_str(&id));
	return FA_OK;
}

static void
write_position(struct fa_jw *w, const char *key, const struct fa_position *at)
{
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kint(w, "line", at->line);
	fa_jw_kint(w, "column", at->column);
	fa_jw_end(w, '}');
}

static void
write_location(struct fa_jw *w, const struct fa_report_entry *e)
{
	fa_jw_key(w, "location");
	fa_jw_object(w);
	fa_jw_kstr(w, "path", e->path);
	fa_jw_key(w, "lines");
	fa_jw_object(w);
	fa_jw_kint(w, "begin", e->from.line);
	fa_jw_kint(w, "end", e->to.line);
	fa_jw_end(w, '}');
	if (!e->whole) {
		fa_jw_key(w, "positions");
		fa_jw_object(w);
		write_position(w, "begin", &e->from);
		write_position(w, "end", &e->to);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, '}');
}

static int
write_entry(void *ctx, struct fa_report *r, const struct fa_report_entry *e,
	struct fa_err *err)
{
	struct fa_jw *w = ctx;
	bool zh = r->opts.lang == FA_LANG_ZH;
	FA_CLEANUP(fa_buf_done) struct fa_buf text;
	int rc;

	fa_buf_init(&text, TEXT_BYTES);
	fa_report_entry_text(&text, r, e, zh ? "；" : "; ", fa_report_put_plain,
		fa_report_put_plain);
	fa_report_carry(w->out, &text);
	fa_jw_object(w);
	fa_jw_kstr(w, "type", FA_STR("issue"));
	fa_jw_kstr(w, "check_name", e->rule);
	fa_jw_kstr(w, "description", fa_buf_str(&text));
	fa_jw_key(w, "categories");
	fa_jw_array(w);
	fa_jw_str(w, FA_STR("Security"));
	fa_jw_end(w, ']');
	fa_jw_kstr(w, "severity", fa_str_c(severity_of(r, e)));
	rc = write_fingerprint(r, e, err);
	write_location(w, e);
	fa_jw_end(w, '}');
	return rc;
}

static int
begin(struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	struct state *st = fa_arena_new(r->arena, 1, sizeof(*st));

	if (st == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	r->state = st;
	fa_jw_init(&st->w, out, INDENT);
	fa_jw_array(&st->w);
	return fa_buf_rc(out, "GitLab report", err);
}

static int
doc(struct fa_report *r, const struct fa_result *res, struct fa_buf *out,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	struct state *st = r->state;
	int rc;

	fa_buf_init(&part, out->max_bytes);
	r->docs_n++;
	st->w.out = &part;
	rc = fa_report_entries(r, res, write_entry, &st->w, err);
	if (rc != FA_OK)
		return rc;
	return fa_report_json_part(out, &part, "GitLab report", err);
}

static int
end(struct fa_report *r, const struct fa_report_totals *t, struct fa_buf *out,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	struct state *st = r->state;
	int rc;

	fa_buf_init(&part, out->max_bytes);
	st->w.out = &part;
	rc = fa_report_entries_end(r, t, write_entry, &st->w, err);
	if (rc != FA_OK)
		return rc;
	fa_jw_end(&st->w, ']');
	fa_buf_addc(&part, '\n');
	return fa_report_json_part(out, &part, "GitLab report", err);
}

const struct fa_writer fa_report_gitlab = {
	.name = "gitlab",
	.media_type = "application/json",
	.summary = "Code Quality report of GitLab",
	.begin = begin,
	.doc = doc,
	.end = end,
};
