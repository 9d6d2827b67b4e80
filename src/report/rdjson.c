/* Reviewdog Diagnostic Format: one DiagnosticResult (rdjson), or one
 * Diagnostic per line (rdjsonl); github.com/reviewdog/reviewdog, proto/rdf.
 * Columns count bytes of UTF-8, ends are exclusive. Messages become Markdown
 * of comments, so that what others wrote stands in code spans. */
#include "report/common.h"
#include "report/entry.h"
#include "report/markdown.h"

#define INDENT 1
#define TEXT_BYTES (1u << 20)

struct state {
	struct fa_jw w;
	bool lines;
};

static void
write_position(struct fa_jw *w, const char *key, const struct fa_position *at,
	bool column)
{
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kint(w, "line", at->line);
	if (column)
		fa_jw_kint(w, "column", at->byte);
	fa_jw_end(w, '}');
}

static void
write_location(struct fa_jw *w, const struct fa_report_entry *e)
{
	/* Without columns a range is one of whole lines. */
	bool column = !e->whole && e->from.byte > 0 && e->to.byte > 0;

	fa_jw_key(w, "location");
	fa_jw_object(w);
	fa_jw_kstr(w, "path", e->path);
	fa_jw_key(w, "range");
	fa_jw_object(w);
	write_position(w, "start", &e->from, column);
	if (!e->whole)
		write_position(w, "end", &e->to, column);
	fa_jw_end(w, '}');
	fa_jw_end(w, '}');
}

static void
write_source(struct fa_jw *w)
{
	fa_jw_key(w, "source");
	fa_jw_object(w);
	fa_jw_kstr(w, "name", FA_STR(FA_REPORT_TOOL));
	fa_jw_end(w, '}');
}

static void
write_code(struct fa_jw *w, const struct fa_report *r,
	const struct fa_report_entry *e)
{
	const struct fa_bundle *b = r->bundle;
	struct fa_str page = FA_STR_NONE;

	if (e->finding != NULL) {
		uint32_t in = b->obligations[e->finding->obligation].instrument;

		if (in < b->instruments_n)
			page = b->instruments[in].page;
	}
	fa_jw_key(w, "code");
	fa_jw_object(w);
	fa_jw_kstr(w, "value", e->rule);
	if (fa_report_is_web(page))
		fa_jw_kstr(w, "url", page);
	fa_jw_end(w, '}');
}

static int
write_entry(void *ctx, struct fa_report *r, const struct fa_report_entry *e,
	struct fa_err *err)
{
	static const char *const names[FA_REPORT_LEVEL_COUNT] = { "ERROR",
		"WARNING", "INFO" };
	struct state *st = ctx;
	struct fa_jw *w = &st->w;
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	(void)err;
	fa_buf_init(&text, TEXT_BYTES);
	fa_report_entry_text(&text, r, e, "\n\n", fa_md_text, fa_md_code);
	fa_report_carry(w->out, &text);
	if (st->lines)
		fa_jw_init(w, w->out, 0);
	fa_jw_object(w);
	fa_jw_kstr(w, "message", fa_buf_str(&text));
	write_location(w, e);
	fa_jw_kstr(w, "severity", fa_str_c(names[e->level]));
	if (st->lines)
		write_source(w);
	write_code(w, r, e);
	fa_jw_end(w, '}');
	if (st->lines)
		fa_buf_addc(w->out, '\n');
	return FA_OK;
}

static int
start(struct fa_report *r, struct fa_buf *out, bool lines, struct fa_err *err)
{
	struct state *st = fa_arena_new(r->arena, 1, sizeof(*st));

	if (st == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	r->state = st;
	st->lines = lines;
	fa_jw_init(&st->w, out, lines ? 0 : INDENT);
	if (!lines) {
		fa_jw_object(&st->w);
		write_source(&st->w);
		fa_jw_key(&st->w, "diagnostics");
		fa_jw_array(&st->w);
	}
	return fa_buf_rc(out, "reviewdog report", err);
}

static int
begin(struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	return start(r, out, false, err);
}

static int
begin_lines(struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	return start(r, out, true, err);
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
	rc = fa_report_entries(r, res, write_entry, st, err);
	if (rc != FA_OK)
		return rc;
	return fa_report_json_part(out, &part, "reviewdog report", err);
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
	rc = fa_report_entries_end(r, t, write_entry, st, err);
	if (rc != FA_OK)
		return rc;
	if (!st->lines) {
		fa_jw_end(&st->w, ']');
		fa_jw_end(&st->w, '}');
		fa_buf_addc(&part, '\n');
	}
	return fa_report_json_part(out, &part, "reviewdog report", err);
}

const struct fa_writer fa_report_rdjson = {
	.name = "rdjson",
	.media_type = "application/json",
	.summary = "reviewdog, one JSON document",
	.begin = begin,
	.doc = doc,
	.end = end,
};

const struct fa_writer fa_report_rdjsonl = {
	.name = "rdjsonl",
	.media_type = "application/x-ndjson",
	.summary = "reviewdog, one JSON object per line",
	.begin = begin_lines,
	.doc = doc,
	.end = end,
};
