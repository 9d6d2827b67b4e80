#include "report/app.h"

#include <stdio.h>

#include "report/common.h"
#include "report/html.h"
#include "report/label.h"

static bool
contradicts(const struct fa_app_point *p)
{
	return p->breaks.document.p != NULL && p->meets.document.p != NULL;
}

static void
write_side(struct fa_jw *w, const char *key, const struct fa_report *r,
	const struct fa_app_side *s)
{
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kstr(w, "document", s->document);
	if (s->at.line > 0) {
		fa_jw_kint(w, "line", s->at.line);
		fa_jw_kint(w, "column", s->at.column);
	}
	fa_jw_kstr(w, "text", s->text);
	if (s->rule < r->bundle->rules_n)
		fa_jw_kstr(w, "rule", r->bundle->rules[s->rule].id);
	fa_jw_end(w, '}');
}

void
fa_report_app_json(
	struct fa_jw *w, const struct fa_report *r, const struct fa_app *app)
{
	fa_jw_kstr(w, "name", app->name);
	fa_jw_kint(w, "documents", app->documents);
	fa_jw_key(w, "obligations");
	fa_jw_array(w);
	for (size_t i = 0; i < app->points_n; i++) {
		const struct fa_app_point *p = &app->points[i];

		if (p->verdict == FA_VERDICT_NOT_APPLICABLE)
			continue;
		fa_jw_object(w);
		fa_jw_kstr(w, "obligation", r->bundle->obligations[i].id);
		fa_jw_kstr(w, "verdict", fa_str_c(fa_verdict_name(p->verdict)));
		fa_jw_kbool(w, "contradiction", contradicts(p));
		if (contradicts(p)) {
			write_side(w, "breaks", r, &p->breaks);
			write_side(w, "meets", r, &p->meets);
		}
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_side(struct fa_wrap *w, const struct fa_report *r, enum fa_verdict v,
	const struct fa_app_side *s)
{
	fa_wrap_begin(w, 6, 8);
	fa_wrap_adds(w, fa_label_verdict(r->opts.lang, v), NULL);
	fa_wrap_adds(w, fa_label(r->opts.lang, FA_LABEL_COLON), NULL);
	fa_wrap_add(w, s->document, NULL);
	fa_wrap_end(w);
	fa_wrap_begin(w, 10, 10);
	fa_wrap_add(w, s->text, NULL);
	fa_wrap_end(w);
}

void
fa_report_app_text(
	struct fa_wrap *w, const struct fa_report *r, const struct fa_app *app)
{
	uint32_t counts[FA_VERDICT_COUNT] = { 0 };

	for (size_t i = 0; i < app->points_n; i++)
		counts[app->points[i].verdict]++;
	fa_wrap_begin(w, 0, 2);
	fa_wrap_adds(w, fa_label(r->opts.lang, FA_LABEL_APP), NULL);
	fa_wrap_adds(w, " ", NULL);
	fa_wrap_add(w, app->name, "\033[1m");
	for (size_t v = FA_VERDICT_COUNT - 1; v > FA_VERDICT_NOT_APPLICABLE;
		v--) {
		char number[32];

		(void)snprintf(
			number, sizeof(number), " %u", (unsigned)counts[v]);
		fa_wrap_adds(w, " · ", NULL);
		fa_wrap_adds(w,
			fa_label_verdict(r->opts.lang, (enum fa_verdict)v),
			NULL);
		fa_wrap_adds(w, number, NULL);
	}
	fa_wrap_end(w);
	for (size_t i = 0; i < app->points_n; i++) {
		const struct fa_app_point *p = &app->points[i];
		const struct fa_obligation *o = &r->bundle->obligations[i];

		if (!contradicts(p))
			continue;
		fa_wrap_begin(w, 2, 4);
		fa_wrap_adds(
			w, fa_label(r->opts.lang, FA_LABEL_CONFLICT), NULL);
		fa_wrap_adds(w, " ", NULL);
		fa_wrap_add(w, o->id, NULL);
		fa_wrap_adds(w, " ", NULL);
		fa_wrap_add(w, o->title.in[r->opts.lang], NULL);
		fa_wrap_end(w);
		put_side(w, r, FA_VERDICT_VIOLATION, &p->breaks);
		put_side(w, r, FA_VERDICT_COMPLIANT, &p->meets);
	}
}

static void
html_side(struct fa_buf *out, const struct fa_report *r, enum fa_verdict v,
	const struct fa_app_side *s)
{
	fa_buf_addf(out, "<li>%s%s", fa_label_verdict(r->opts.lang, v),
		fa_label(r->opts.lang, FA_LABEL_COLON));
	fa_html_text(out, s->document, false);
	if (s->at.line > 0)
		fa_buf_addf(out, ":%u:%u", (unsigned)s->at.line,
			(unsigned)s->at.column);
	fa_buf_adds(out, " <q>");
	fa_html_text(out, s->text, false);
	fa_buf_adds(out, "</q></li>\n");
}

void
fa_report_app_html(
	struct fa_buf *out, const struct fa_report *r, const struct fa_app *app)
{
	bool any = false;

	if (app == NULL)
		return;
	fa_buf_addf(
		out, "<section><h2>%s ", fa_label(r->opts.lang, FA_LABEL_APP));
	fa_html_text(out, app->name, false);
	fa_buf_addf(out, "</h2>\n<h3>%s</h3>\n",
		fa_label(r->opts.lang, FA_LABEL_CONFLICT));
	for (size_t i = 0; i < app->points_n; i++) {
		const struct fa_app_point *p = &app->points[i];
		const struct fa_obligation *o = &r->bundle->obligations[i];

		if (!contradicts(p))
			continue;
		any = true;
		fa_buf_adds(out, "<p><code>");
		fa_html_text(out, o->id, false);
		fa_buf_adds(out, "</code> ");
		fa_html_text(out, o->title.in[r->opts.lang], false);
		fa_buf_adds(out, "</p>\n<ul>\n");
		html_side(out, r, FA_VERDICT_VIOLATION, &p->breaks);
		html_side(out, r, FA_VERDICT_COMPLIANT, &p->meets);
		fa_buf_adds(out, "</ul>\n");
	}
	if (!any)
		fa_buf_addf(out, "<p>%s</p>\n",
			fa_label(r->opts.lang, FA_LABEL_NONE));
	fa_buf_adds(out, "</section>\n");
}
