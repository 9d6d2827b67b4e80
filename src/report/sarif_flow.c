/* Flows in SARIF: screens and controls are logical locations, the taps that
 * lead to a passage are code flows. */
#include "report/flow.h"
#include "report/sarif.h"

#define MESSAGE_BYTES (1u << 20)

/* 3.33: name, name that is unique in the flow, and kind. */
static void
write_logical(
	struct fa_jw *w, struct fa_str name, struct fa_str id, const char *kind)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf shown;

	fa_buf_init(&shown, MESSAGE_BYTES);
	fa_report_visible(&shown, name, false);
	fa_report_carry(w->out, &shown);
	fa_jw_object(w);
	if (shown.n > 0)
		fa_jw_kstr(w, "name", fa_buf_str(&shown));
	fa_jw_kstr(w, "fullyQualifiedName", id);
	fa_jw_kstr(w, "kind", fa_str_c(kind));
	fa_jw_end(w, '}');
}

void
fa_report_sarif_place(struct fa_jw *w, const struct fa_flow *flow,
	uint32_t screen, uint32_t element)
{
	const struct fa_flow_screen *s;

	if (screen >= flow->screens_n)
		return;
	s = &flow->screens[screen];
	fa_jw_key(w, "logicalLocations");
	fa_jw_array(w);
	/* The innermost comes first: viewers show one. */
	if (element < s->elements_n)
		write_logical(w, fa_report_control(flow, screen, element),
			s->elements[element].id, "element");
	write_logical(w, fa_report_screen_title(flow, screen), s->id, "screen");
	fa_jw_end(w, ']');
}

/* 3.38 */
static void
write_stop(struct fa_jw *w, const struct fa_flow *flow, uint32_t screen,
	uint32_t element, struct fa_str message)
{
	fa_jw_object(w);
	fa_jw_key(w, "location");
	fa_jw_object(w);
	fa_report_sarif_place(w, flow, screen, element);
	fa_report_sarif_message(w, "message", message);
	fa_jw_end(w, '}');
	fa_jw_end(w, '}');
}

static void
write_step(struct fa_jw *w, const struct fa_flow *flow,
	const struct fa_flow_transition *t, enum fa_lang lang)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, MESSAGE_BYTES);
	fa_report_action(&text, flow, t, lang);
	fa_buf_adds(&text, " → ");
	fa_report_target(&text, flow, t, lang);
	fa_buf_addf(&text, " (%s)", fa_label_basis(lang, t->basis));
	fa_report_carry(w->out, &text);
	write_stop(w, flow, t->from, t->element, fa_buf_str(&text));
}

/* 3.36, with one thread (3.37). */
static void
write_path(struct fa_jw *w, const struct fa_flow *flow,
	const struct fa_evidence *e, enum fa_lang lang)
{
	const struct fa_flow_place *p = e->place;
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, MESSAGE_BYTES);
	fa_report_spot(&text, flow, p, lang);
	if (e->note.n > 0) {
		fa_buf_adds(&text, " · ");
		fa_buf_add(&text, e->note);
	}
	fa_report_carry(w->out, &text);
	fa_jw_object(w);
	fa_jw_key(w, "threadFlows");
	fa_jw_array(w);
	fa_jw_object(w);
	fa_jw_key(w, "locations");
	fa_jw_array(w);
	for (size_t i = 0; i < p->path_n; i++)
		if (p->path[i] < flow->transitions_n)
			write_step(
				w, flow, &flow->transitions[p->path[i]], lang);
	write_stop(w, flow, p->screen, p->element, fa_buf_str(&text));
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}

size_t
fa_report_sarif_paths(struct fa_jw *w, const struct fa_report *r,
	const struct fa_flow *flow, const struct fa_finding *f)
{
	size_t steps = 0;
	size_t left = 0;

	for (size_t i = 0; i < f->pro_n; i++) {
		const struct fa_evidence *e = &f->pro[i];

		if (e->place == NULL || e->place->path_n == 0 ||
			e->place->screen >= flow->screens_n)
			continue;
		if (e->place->path_n + 1 > FA_SARIF_STEPS - steps) {
			left++;
			continue;
		}
		if (steps == 0) {
			fa_jw_key(w, "codeFlows");
			fa_jw_array(w);
		}
		steps += e->place->path_n + 1;
		write_path(w, flow, e, r->opts.lang);
	}
	if (steps > 0)
		fa_jw_end(w, ']');
	return left;
}
