#include "report/common.h"
#include "report/flow.h"
#include "report/label.h"

#define GAPS_SHOWN 8 /* without verbose */
#define LINE_BYTES (1u << 20)
#define INDENT_QUOTE 10

#define SGR_DIM "\033[2m"
#define SGR_CYAN "\033[36m"

static const char *
word(enum fa_lang lang, const char *zh, const char *en)
{
	return lang == FA_LANG_ZH ? zh : en;
}

static void
put_line(struct fa_wrap *w, const char *label, const struct fa_buf *line)
{
	fa_report_carry(w->out, line);
	fa_wrap_begin(w, 2, 4);
	fa_wrap_adds(w, label, NULL);
	fa_wrap_add(w, fa_buf_str(line), NULL);
	fa_wrap_end(w);
}

void
fa_report_text_flow(
	struct fa_wrap *w, const struct fa_flow *f, enum fa_lang lang, bool all)
{
	size_t shown = all || f->gaps_n <= GAPS_SHOWN ? f->gaps_n : GAPS_SHOWN;
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, LINE_BYTES);
	fa_report_flow_facts(&line, f, lang);
	if (f->importer.n > 0) {
		fa_buf_addf(&line, " · %s ", word(lang, "来源", "by"));
		fa_buf_add(&line, f->importer);
	}
	fa_buf_addf(&line, " · %s", fa_flow_platform_name(f->platform));
	put_line(w, word(lang, "界面流：", "flow: "), &line);
	for (size_t i = 0; i < shown; i++) {
		fa_buf_reset(&line);
		fa_report_gap(&line, f, &f->gaps[i], lang);
		fa_report_carry(w->out, &line);
		fa_wrap_begin(w, 4, 6);
		fa_wrap_adds(w, "· ", NULL);
		fa_wrap_add(w, fa_buf_str(&line), NULL);
		fa_wrap_end(w);
	}
	if (shown < f->gaps_n)
		fa_buf_addf(w->out, "      %zu %s\n", f->gaps_n - shown,
			fa_label(lang, FA_LABEL_MORE));
}

void
fa_report_text_spot(struct fa_wrap *w, const struct fa_flow *f,
	const struct fa_evidence *e, enum fa_lang lang)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, LINE_BYTES);
	fa_report_spot(&line, f, e->place, lang);
	fa_report_carry(w->out, &line);
	fa_wrap_add(w, fa_buf_str(&line), SGR_CYAN);
	fa_wrap_adds(w, " · ", SGR_DIM);
	fa_wrap_adds(w, fa_label_basis(lang, e->place->basis), SGR_DIM);
	fa_wrap_end(w);
}

static void
put_part(struct fa_wrap *w, enum fa_lang lang, enum fa_label l, struct fa_str s)
{
	if (s.n == 0)
		return;
	fa_wrap_begin(w, INDENT_QUOTE, INDENT_QUOTE);
	fa_wrap_adds(w, fa_label(lang, l), SGR_DIM);
	fa_wrap_adds(w, fa_label(lang, FA_LABEL_COLON), SGR_DIM);
	fa_wrap_add(w, s, NULL);
	fa_wrap_end(w);
}

void
fa_report_text_way(struct fa_wrap *w, const struct fa_flow *f,
	const struct fa_evidence *e, enum fa_lang lang)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, LINE_BYTES);
	fa_report_path(&line, f, e->place, lang);
	fa_report_carry(w->out, &line);
	put_part(w, lang, FA_LABEL_WAY, fa_buf_str(&line));
	put_part(w, lang, FA_LABEL_NOTICE, e->note);
}
