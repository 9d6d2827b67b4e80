/* One line per finding, as compilers print theirs, for editors and grep:
 * file:line:column: level: message [rule]. */
#include "report/common.h"
#include "report/entry.h"
#include "report/flow.h"
#include "report/label.h"
#include "report/waived.h"

#define SGR_OFF "\033[0m"
#define SGR_BOLD "\033[1m"
#define SGR_RED "\033[31m"
#define SGR_YELLOW "\033[33m"
#define SGR_CYAN "\033[36m"

static const char *
color_of(const char *level)
{
	if (level[0] == 'e')
		return SGR_RED;
	return level[0] == 'w' ? SGR_YELLOW : SGR_CYAN;
}

/* Where on which screen, and how to get there. */
static void
put_flow_place(const struct fa_report *r, const struct fa_flow *flow,
	const struct fa_evidence *e, struct fa_buf *out)
{
	bool zh = r->opts.lang == FA_LANG_ZH;
	FA_CLEANUP(fa_buf_done) struct fa_buf place;

	fa_buf_init(&place, out->max_bytes);
	fa_buf_adds(&place, zh ? "（" : " (");
	fa_report_spot(&place, flow, e->place, r->opts.lang);
	if (e->place->path_n > 0) {
		fa_buf_adds(&place, zh ? "；" : "; ");
		fa_report_path(&place, flow, e->place, r->opts.lang);
	}
	fa_buf_addf(&place, "%s%s%s", zh ? "；" : "; ",
		fa_label_basis(r->opts.lang, e->place->basis), zh ? "）" : ")");
	fa_report_carry(out, &place);
	fa_report_visible(out, fa_buf_str(&place), false);
}

/* Verdict, severity, and that it is a lead. */
static void
put_rating(const struct fa_report *r, const struct fa_finding *f,
	struct fa_buf *out)
{
	const struct fa_obligation *o = &r->bundle->obligations[f->obligation];
	enum fa_lang lang = r->opts.lang;

	fa_buf_addf(out, "%s%s%s", fa_label_verdict(lang, f->verdict),
		lang == FA_LANG_ZH ? "·" : ", ",
		fa_label_severity(lang, o->severity));
	if (fa_report_is_lead(f)) {
		fa_buf_addf(out, "%s%s", lang == FA_LANG_ZH ? "·" : ", ",
			fa_label_tier(lang, f->tier));
	}
}

static void
put_finding(struct fa_report *r, const struct fa_result *res,
	const struct fa_finding *f, struct fa_buf *out)
{
	const char *level = fa_report_level(r->bundle, f);
	enum fa_lang lang = r->opts.lang;
	struct fa_position at = { 1, 1, 1 };
	struct fa_str path = res->name;
	bool color = r->opts.color;

	/* Lines of a flow are those of its transcript, which is no file. */
	if (f->pro_n > 0 && f->verdict != FA_VERDICT_GAP)
		(void)fa_report_spotted(&path, &at, NULL, res, &f->pro[0]);
	fa_buf_adds(out, color ? SGR_BOLD : "");
	fa_report_visible(out, path, false);
	fa_buf_addf(out, ":%u:%u:%s ", (unsigned)at.line, (unsigned)at.column,
		color ? SGR_OFF : "");
	fa_buf_adds(out, color ? color_of(level) : "");
	fa_buf_addf(out, "%s:%s ", level, color ? SGR_OFF : "");
	put_rating(r, f, out);
	fa_buf_adds(out, fa_label(lang, FA_LABEL_COLON));
	fa_report_visible(out, fa_report_message(r->bundle, f, lang), false);
	if (f->reason.n > 0) {
		fa_buf_adds(out, lang == FA_LANG_ZH ? "（" : " (");
		fa_report_visible(out, f->reason, false);
		fa_buf_adds(out, lang == FA_LANG_ZH ? "）" : ")");
	}
	if (res->flow != NULL && f->pro_n > 0 && f->pro[0].place != NULL)
		put_flow_place(r, res->flow, &f->pro[0], out);
	fa_buf_adds(out, " [");
	fa_report_visible(out, fa_report_rule_id(r->bundle, f), false);
	fa_buf_adds(out, "]\n");
}

static void
put_note(const struct fa_report *r, const struct fa_waiver_note *n,
	struct fa_buf *out)
{
	unsigned line = n->waiver.line > 0 ? (unsigned)n->waiver.line : 1;
	bool color = r->opts.color;
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, out->max_bytes);
	fa_report_note(&text, n, r->opts.lang);
	fa_report_carry(out, &text);
	fa_buf_adds(out, color ? SGR_BOLD : "");
	fa_report_visible(out, n->waiver.file, false);
	fa_buf_addf(out, ":%u:1:%s %swarning:%s ", line, color ? SGR_OFF : "",
		color ? SGR_YELLOW : "", color ? SGR_OFF : "");
	fa_report_visible(out, fa_buf_str(&text), false);
	fa_buf_addf(out, " [%s]\n", fa_report_note_id(n->fault));
}

/* What could not be judged, or not all of it. */
static void
put_unread(struct fa_report *r, const struct fa_result *res,
	enum fa_label label, struct fa_str why, struct fa_buf *out)
{
	fa_report_visible(out, res->name, false);
	fa_buf_addf(out, ":1:1: error: %s%s", fa_label(r->opts.lang, label),
		fa_label(r->opts.lang, FA_LABEL_COLON));
	fa_report_visible(out, why, false);
	fa_buf_adds(out, " [document]\n");
}

static int
begin(struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	(void)r;
	return fa_buf_rc(out, "report", err);
}

static int
doc(struct fa_report *r, const struct fa_result *res, struct fa_buf *out,
	struct fa_err *err)
{
	static const enum fa_verdict shown[] = { FA_VERDICT_VIOLATION,
		FA_VERDICT_GAP, FA_VERDICT_CANNOT_TELL };

	int rc;

	r->docs_n++;
	if (res->error.p != NULL) {
		put_unread(r, res, FA_LABEL_ERROR, res->error, out);
		return fa_buf_rc(out, "report", err);
	}
	if (res->partial)
		put_unread(r, res, FA_LABEL_PARTIAL, res->notice, out);
	for (size_t i = 0; i < FA_COUNT(shown); i++) {
		for (size_t k = 0; k < res->findings_n; k++) {
			const struct fa_finding *f = &res->findings[k];

			if (f->verdict == shown[i] && f->waiver == NULL &&
				!(r->opts.app && f->verdict == FA_VERDICT_GAP))
				put_finding(r, res, f, out);
		}
	}
	rc = fa_report_first(r, res, err);
	return rc < 0 ? rc : fa_buf_rc(out, "report", err);
}

/* What no document of an app says stands on the first one. */
static void
put_app(struct fa_report *r, const struct fa_app *app, struct fa_buf *out)
{
	const struct fa_result first = { .name = r->first };

	for (uint32_t i = 0; i < app->points_n; i++) {
		const struct fa_app_point *p = &app->points[i];
		struct fa_finding f = { .obligation = i,
			.verdict = FA_VERDICT_GAP,
			.rule = p->rule,
			.confidence = p->confidence,
			.tier = fa_report_tier(r->bundle, p->confidence) };

		if (p->verdict == FA_VERDICT_GAP)
			put_finding(r, &first, &f, out);
	}
}

static int
end(struct fa_report *r, const struct fa_report_totals *t, struct fa_buf *out,
	struct fa_err *err)
{
	if (t->app != NULL && r->first.p != NULL)
		put_app(r, t->app, out);
	for (size_t i = 0; i < t->notes_n; i++)
		put_note(r, &t->notes[i], out);
	return fa_buf_rc(out, "report", err);
}

const struct fa_writer fa_report_line = {
	.name = "line",
	.media_type = "text/plain",
	.summary = "file:line:column: level: message [rule], for editors",
	.begin = begin,
	.doc = doc,
	.end = end,
};
