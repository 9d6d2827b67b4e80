/* The members of JSON and NDJSON that only flows have. Unlike in reports for
 * people, texts are whole. */
#include "report/flow.h"

static void
write_effects(struct fa_jw *w, uint32_t effects)
{
	static const struct {
		uint32_t bit;
		struct fa_str name;
	} names[] = {
		{ FA_FLOW_EFFECT_EXIT, FA_STR_INIT("exit") },
		{ FA_FLOW_EFFECT_CAMERA, FA_STR_INIT("camera") },
		{ FA_FLOW_EFFECT_OTHER_PERMISSION,
			FA_STR_INIT("other-permission") },
		{ FA_FLOW_EFFECT_UPLOAD, FA_STR_INIT("upload") },
	};

	fa_jw_key(w, "effects");
	fa_jw_array(w);
	for (size_t i = 0; i < FA_COUNT(names); i++)
		if (effects & names[i].bit)
			fa_jw_str(w, names[i].name);
	fa_jw_end(w, ']');
}

static void
write_element(struct fa_jw *w, const char *key, const struct fa_flow *f,
	uint32_t screen, uint32_t element)
{
	const struct fa_flow_element *e;

	fa_jw_key(w, key);
	if (screen >= f->screens_n ||
		element >= f->screens[screen].elements_n) {
		fa_jw_null(w);
		return;
	}
	e = &f->screens[screen].elements[element];
	fa_jw_object(w);
	fa_jw_kstr(w, "id", e->id);
	fa_jw_kstr(w, "role", fa_str_c(fa_flow_role_name(e->role)));
	fa_jw_kstr(w, "text", fa_report_control(f, screen, element));
	fa_jw_end(w, '}');
}

static void
write_screen(struct fa_jw *w, const char *key, const struct fa_flow *f,
	uint32_t screen)
{
	fa_jw_key(w, key);
	if (screen >= f->screens_n) {
		fa_jw_null(w);
		return;
	}
	fa_jw_object(w);
	fa_jw_kstr(w, "id", f->screens[screen].id);
	fa_jw_kstr(w, "title", f->screens[screen].title);
	fa_jw_end(w, '}');
}

static void
write_step(struct fa_jw *w, const struct fa_flow *f,
	const struct fa_flow_transition *t)
{
	fa_jw_object(w);
	write_screen(w, "from", f, t->from);
	fa_jw_kstr(w, "action", fa_str_c(fa_flow_action_name(t->action)));
	write_element(w, "element", f, t->from, t->element);
	write_screen(w, "to", f, t->to);
	fa_jw_kstr(w, "basis", fa_str_c(fa_flow_basis_name(t->basis)));
	write_effects(w, t->effects);
	if (t->action == FA_FLOW_WAIT && t->wait_ms > 0)
		fa_jw_kint(w, "wait_ms", t->wait_ms);
	fa_jw_end(w, '}');
}

void
fa_report_json_place(
	struct fa_jw *w, const struct fa_flow *f, const struct fa_flow_place *p)
{
	fa_jw_object(w);
	write_screen(w, "screen", f, p->screen);
	write_element(w, "element", f, p->screen, p->element);
	fa_jw_kstr(w, "basis", fa_str_c(fa_flow_basis_name(p->basis)));
	fa_jw_key(w, "path");
	fa_jw_array(w);
	for (size_t i = 0; i < p->path_n; i++)
		if (p->path[i] < f->transitions_n)
			write_step(w, f, &f->transitions[p->path[i]]);
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}

static void
write_gaps(struct fa_jw *w, const struct fa_flow *f)
{
	fa_jw_key(w, "gaps");
	fa_jw_array(w);
	for (size_t i = 0; i < f->gaps_n; i++) {
		const struct fa_flow_gap *g = &f->gaps[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "kind", fa_str_c(fa_flow_gap_name(g->kind)));
		write_screen(w, "screen", f, g->screen);
		write_element(w, "element", f, g->screen, g->element);
		fa_jw_kstr(w, "why", g->why);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
write_inputs(struct fa_jw *w, const struct fa_flow *f)
{
	fa_jw_key(w, "inputs");
	fa_jw_array(w);
	for (size_t i = 0; i < f->inputs_n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "path", f->inputs[i].path);
		fa_jw_kstr(w, "sha256", f->inputs[i].sha256);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

void
fa_report_json_flow(struct fa_jw *w, const struct fa_flow *f)
{
	struct fa_report_coverage c = fa_report_coverage(f);

	fa_jw_object(w);
	fa_jw_kstr(w, "app_id", f->app_id);
	fa_jw_kstr(w, "app_name", f->app_name);
	fa_jw_kstr(w, "app_version", f->app_version);
	fa_jw_kstr(w, "platform", fa_str_c(fa_flow_platform_name(f->platform)));
	fa_jw_kstr(w, "importer", f->importer);
	fa_jw_kstr(w, "recorded_at", f->recorded_at);
	fa_jw_kstr(w, "device", f->device);
	write_inputs(w, f);
	write_screen(w, "start", f, f->start);
	fa_jw_kint(w, "screens", c.screens);
	fa_jw_kint(w, "screens_whole", c.whole);
	fa_jw_kint(w, "transitions", (int64_t)f->transitions_n);
	fa_jw_kint(w, "unexplored", c.unexplored);
	write_gaps(w, f);
	fa_jw_end(w, '}');
}
