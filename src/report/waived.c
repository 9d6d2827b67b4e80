#include "report/waived.h"

#include <assert.h>

#include "base/clock.h"
#include "report/common.h"
#include "report/html.h"
#include "report/label.h"

#define SMALL_BYTES (1u << 20)

static const char *const kinds[][FA_LANG_COUNT] = {
	[FA_WAIVER_INLINE] = { "行内注释", "inline comment" },
	[FA_WAIVER_CONFIG] = { "配置文件", "configuration" },
	[FA_WAIVER_BASELINE] = { "基线", "baseline" },
};

static const struct {
	const char *id;
	const char *text[FA_LANG_COUNT];
} faults[FA_WAIVER_FAULT_COUNT] = {
	[FA_WAIVER_EXPIRED] = { "waiver-expired",
		{ "豁免已过期", "the waiver has expired" } },
	[FA_WAIVER_UNUSED] = { "waiver-unused",
		{ "豁免没有对应的发现，可以删除",
			"the waiver matches no finding and can go" } },
	[FA_WAIVER_NO_REASON] = { "waiver-no-reason",
		{ "豁免没有写明理由，不生效",
			"the waiver gives no reason and has no effect" } },
	[FA_WAIVER_NO_RULE] = { "waiver-no-rule",
		{ "豁免没有指明存在的规则，不生效",
			"the waiver names no rule that exists and has no "
			"effect" } },
	[FA_WAIVER_NO_DATE] = { "waiver-no-date",
		{ "豁免的截止日期不是日期，不生效",
			"the last day of the waiver is no date; it has no "
			"effect" } },
};

const char *
fa_report_waiver_kind(enum fa_lang lang, enum fa_waiver_kind k)
{
	assert(k < FA_COUNT(kinds) && lang < FA_LANG_COUNT);
	return kinds[k][lang];
}

const char *
fa_report_note_id(enum fa_waiver_fault f)
{
	assert(f < FA_WAIVER_FAULT_COUNT);
	return faults[f].id;
}

void
fa_report_waiver_place(struct fa_buf *out, const struct fa_waiver *w)
{
	fa_buf_add(out, w->file);
	if (w->file.n > 0 && w->line > 0)
		fa_buf_addf(out, ":%u", (unsigned)w->line);
}

void
fa_report_waiver(
	struct fa_buf *out, const struct fa_waiver *w, enum fa_lang lang)
{
	bool zh = lang == FA_LANG_ZH;
	char date[FA_DATE_BYTES];

	fa_buf_adds(out, fa_report_waiver_kind(lang, w->kind));
	if (w->file.n > 0)
		fa_buf_addc(out, ' ');
	fa_report_waiver_place(out, w);
	if (w->reason.n > 0) {
		fa_buf_adds(out, fa_label(lang, FA_LABEL_COLON));
		fa_buf_add(out, w->reason);
	}
	if (w->until != 0) {
		fa_date_format(w->until, date);
		fa_buf_addf(out, zh ? "；有效至 %s" : "; until %s", date);
	}
}

void
fa_report_note(
	struct fa_buf *out, const struct fa_waiver_note *n, enum fa_lang lang)
{
	bool zh = lang == FA_LANG_ZH;
	const char *colon = fa_label(lang, FA_LABEL_COLON);
	char date[FA_DATE_BYTES];

	assert(n->fault < FA_WAIVER_FAULT_COUNT && lang < FA_LANG_COUNT);
	fa_buf_adds(out, faults[n->fault].text[lang]);
	if (n->fault == FA_WAIVER_EXPIRED && n->waiver.until != 0) {
		fa_date_format(n->waiver.until, date);
		fa_buf_addf(out, zh ? "（%s）" : " (%s)", date);
	}
	if (n->waiver.rule.n > 0) {
		fa_buf_addf(out, "%s%s%s", zh ? "；" : "; ",
			fa_label(lang, FA_LABEL_RULE), colon);
		fa_buf_add(out, n->waiver.rule);
	}
	if (n->detail.n > 0) {
		fa_buf_adds(out, zh ? "；" : "; ");
		if (n->fault == FA_WAIVER_NO_RULE)
			fa_buf_adds(out, zh ? "是否指 " : "did you mean ");
		else if (n->fault == FA_WAIVER_NO_DATE)
			fa_buf_adds(out, zh ? "写的是 " : "it says ");
		fa_buf_add(out, n->detail);
	}
}

/* The members of a waiver in JSON. */
static void
write_waiver(struct fa_jw *w, const struct fa_waiver *v)
{
	char date[FA_DATE_BYTES];

	fa_jw_kstr(w, "kind", fa_str_c(fa_waiver_kind_name(v->kind)));
	fa_jw_kstr(w, "rule", v->rule);
	fa_jw_kstr(w, "reason", v->reason);
	fa_date_format(v->until, date);
	fa_jw_kstr(w, "until", v->until != 0 ? fa_str_c(date) : FA_STR_NONE);
	fa_jw_kstr(w, "file", v->file);
	fa_jw_key(w, "line");
	if (v->line > 0)
		fa_jw_int(w, v->line);
	else
		fa_jw_null(w);
}

void
fa_report_json_waiver(struct fa_jw *w, const struct fa_waiver *v)
{
	fa_jw_key(w, "waiver");
	if (v == NULL) {
		fa_jw_null(w);
		return;
	}
	fa_jw_object(w);
	write_waiver(w, v);
	fa_jw_end(w, '}');
}

void
fa_report_json_notes(
	struct fa_jw *w, const struct fa_report_totals *t, enum fa_lang lang)
{
	fa_jw_key(w, "waiver_notes");
	fa_jw_array(w);
	for (size_t i = 0; i < t->notes_n; i++) {
		const struct fa_waiver_note *n = &t->notes[i];
		FA_CLEANUP(fa_buf_done) struct fa_buf text;

		fa_buf_init(&text, SMALL_BYTES);
		fa_report_note(&text, n, lang);
		fa_report_carry(w->out, &text);
		fa_jw_object(w);
		fa_jw_kstr(
			w, "fault", fa_str_c(fa_waiver_fault_name(n->fault)));
		fa_jw_kstr(w, "message", fa_buf_str(&text));
		write_waiver(w, &n->waiver);
		fa_jw_kstr(w, "detail", n->detail);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static size_t
count_waived(const struct fa_result *res)
{
	size_t n = 0;

	for (size_t i = 0; i < res->findings_n; i++)
		n += res->findings[i].waiver != NULL;
	return n;
}

/* " app.md:12:5" of the first passage; a flow has screens instead. */
static void
add_place(struct fa_buf *out, const struct fa_result *res,
	const struct fa_finding *f)
{
	if (f->pro_n > 0 && f->verdict != FA_VERDICT_GAP && res->flow == NULL)
		fa_buf_addf(out, "%u:%u", (unsigned)f->pro[0].from.line,
			(unsigned)f->pro[0].from.column);
}

static void
text_finding(struct fa_wrap *w, const struct fa_report *r,
	const struct fa_result *res, const struct fa_finding *f)
{
	const struct fa_obligation *o = &r->bundle->obligations[f->obligation];
	enum fa_lang lang = r->opts.lang;
	FA_CLEANUP(fa_buf_done) struct fa_buf place;
	FA_CLEANUP(fa_buf_done) struct fa_buf why;

	fa_buf_init(&place, SMALL_BYTES);
	fa_buf_init(&why, SMALL_BYTES);
	add_place(&place, res, f);
	fa_report_waiver(&why, f->waiver, lang);
	fa_report_carry(w->out, &place);
	fa_report_carry(w->out, &why);
	fa_wrap_begin(w, 2, 6);
	fa_wrap_adds(w, "[", NULL);
	fa_wrap_adds(w, fa_label_severity(lang, o->severity), NULL);
	fa_wrap_adds(w, "] ", NULL);
	fa_wrap_add(w, fa_report_rule_id(r->bundle, f), NULL);
	fa_wrap_adds(w, " ", NULL);
	fa_wrap_add(w, fa_report_message(r->bundle, f, lang), NULL);
	if (place.n > 0) {
		fa_wrap_adds(w, " · ", NULL);
		fa_wrap_add(w, res->name, NULL);
		fa_wrap_adds(w, ":", NULL);
		fa_wrap_add(w, fa_buf_str(&place), NULL);
	}
	fa_wrap_end(w);
	fa_wrap_begin(w, 6, 6);
	fa_wrap_add(w, fa_buf_str(&why), NULL);
	fa_wrap_end(w);
}

void
fa_report_text_waived(struct fa_wrap *w, const struct fa_report *r,
	const struct fa_result *res)
{
	size_t n = count_waived(res);

	if (n == 0)
		return;
	fa_buf_addf(w->out, "%s (%zu)\n\n",
		fa_label(r->opts.lang, FA_LABEL_WAIVED), n);
	for (size_t i = 0; i < res->findings_n; i++)
		if (res->findings[i].waiver != NULL)
			text_finding(w, r, res, &res->findings[i]);
	fa_buf_addc(w->out, '\n');
}

void
fa_report_text_notes(struct fa_wrap *w, const struct fa_report *r,
	const struct fa_report_totals *t)
{
	if (t->notes_n == 0)
		return;
	fa_buf_addf(w->out, "%s (%zu)\n\n",
		fa_label(r->opts.lang, FA_LABEL_WAIVER_NOTES), t->notes_n);
	for (size_t i = 0; i < t->notes_n; i++) {
		FA_CLEANUP(fa_buf_done) struct fa_buf line;

		fa_buf_init(&line, SMALL_BYTES);
		fa_report_waiver_place(&line, &t->notes[i].waiver);
		if (line.n > 0)
			fa_buf_adds(
				&line, fa_label(r->opts.lang, FA_LABEL_COLON));
		fa_report_note(&line, &t->notes[i], r->opts.lang);
		fa_report_carry(w->out, &line);
		fa_wrap_begin(w, 2, 6);
		fa_wrap_add(w, fa_buf_str(&line), NULL);
		fa_wrap_end(w);
	}
	fa_buf_addc(w->out, '\n');
}

size_t
fa_report_html_waived(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res)
{
	size_t n = count_waived(res);

	if (n == 0)
		return 0;
	fa_buf_addf(out, "<h3>%s (%zu)</h3>\n<ul>\n",
		fa_label(r->opts.lang, FA_LABEL_WAIVED), n);
	for (size_t i = 0; i < res->findings_n; i++) {
		const struct fa_finding *f = &res->findings[i];
		FA_CLEANUP(fa_buf_done) struct fa_buf why;

		fa_buf_init(&why, SMALL_BYTES);
		if (f->waiver == NULL)
			continue;
		fa_report_waiver(&why, f->waiver, r->opts.lang);
		fa_report_carry(out, &why);
		fa_buf_adds(out, "<li><code>");
		fa_html_text(out, fa_report_rule_id(r->bundle, f), false);
		fa_buf_adds(out, "</code> ");
		fa_html_text(out, fa_report_message(r->bundle, f, r->opts.lang),
			false);
		fa_buf_adds(out, " <span class=\"soft\">");
		add_place(out, res, f);
		fa_buf_adds(out, "</span><br>");
		fa_html_text(out, fa_buf_str(&why), false);
		fa_buf_adds(out, "</li>\n");
	}
	fa_buf_adds(out, "</ul>\n");
	return n;
}

void
fa_report_html_notes(struct fa_buf *out, const struct fa_report *r,
	const struct fa_report_totals *t)
{
	if (t->notes_n == 0)
		return;
	fa_buf_addf(out,
		"<section id=\"waivers\" aria-labelledby=\"waivers-h\">\n"
		"<h2 id=\"waivers-h\">%s (%zu)</h2>\n<ul>\n",
		fa_label(r->opts.lang, FA_LABEL_WAIVER_NOTES), t->notes_n);
	for (size_t i = 0; i < t->notes_n; i++) {
		FA_CLEANUP(fa_buf_done) struct fa_buf text;

		fa_buf_init(&text, SMALL_BYTES);
		fa_report_waiver_place(&text, &t->notes[i].waiver);
		fa_buf_adds(out, "<li>");
		if (text.n > 0) {
			fa_buf_adds(out, "<code class=\"name\">");
			fa_html_text(out, fa_buf_str(&text), false);
			fa_buf_adds(out, "</code> ");
		}
		fa_buf_reset(&text);
		fa_report_note(&text, &t->notes[i], r->opts.lang);
		fa_report_carry(out, &text);
		fa_html_text(out, fa_buf_str(&text), false);
		fa_buf_adds(out, "</li>\n");
	}
	fa_buf_adds(out, "</ul>\n</section>\n");
}
