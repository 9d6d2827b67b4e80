/* The canonical form: members in a fixed order; what is unknown, absent or an
 * empty list inside a screen is left out. */
#include <assert.h>

#include "base/clock.h"
#include "base/json.h"
#include "flow/json.h"
#include "flow/json_effect.h"

#define INDENT 2

static void
put_text(struct fa_jw *w, const char *key, struct fa_str s)
{
	if (s.p != NULL)
		fa_jw_kstr(w, key, s);
}

static void
put_tri(struct fa_jw *w, const char *key, enum fa_tri t)
{
	if (t != FA_TRI_UNKNOWN)
		fa_jw_kbool(w, key, t == FA_TRI_YES);
}

/* The writer of base knows integers only; what is written here is a number
 * (RFC 8259, section 6) with as few decimals as it needs. */
static void
put_hundredths(struct fa_jw *w, const char *key, uint32_t n)
{
	if (n == 0)
		return;
	fa_jw_key(w, key);
	fa_buf_addf(w->out, "%u", n / 100);
	if (n % 100 != 0)
		fa_buf_addf(w->out, ".%u", n / 10 % 10);
	if (n % 10 != 0)
		fa_buf_addf(w->out, "%u", n % 10);
	w->after_key = false;
}

static void
put_colour(struct fa_jw *w, const char *key, uint32_t rgb)
{
	fa_jw_key(w, key);
	fa_buf_addf(w->out, "\"#%06x\"", rgb & 0xffffff);
	w->after_key = false;
}

static void
write_head(struct fa_jw *w, const struct fa_flow *f)
{
	fa_jw_kstr(w, "format", FA_STR(FA_FLOW_FORMAT));
	fa_jw_key(w, "app");
	fa_jw_object(w);
	put_text(w, "id", f->app_id);
	put_text(w, "name", f->app_name);
	put_text(w, "version", f->app_version);
	fa_jw_kstr(w, "platform", fa_str_c(fa_flow_platform_name(f->platform)));
	put_text(w, "artifact_sha256", f->artifact_sha256);
	fa_jw_end(w, '}');
	fa_jw_key(w, "source");
	fa_jw_object(w);
	put_text(w, "importer", f->importer);
	put_text(w, "importer_version", f->importer_version);
	put_text(w, "recorded_at", f->recorded_at);
	put_text(w, "device", f->device);
	put_text(w, "locale", f->locale);
	if (f->screen_w > 0 || f->screen_h > 0 || f->scale_c > 0) {
		fa_jw_key(w, "screen");
		fa_jw_object(w);
		if (f->screen_w > 0)
			fa_jw_kint(w, "w", f->screen_w);
		if (f->screen_h > 0)
			fa_jw_kint(w, "h", f->screen_h);
		put_hundredths(w, "scale", f->scale_c);
		fa_jw_end(w, '}');
	}
	fa_jw_key(w, "inputs");
	fa_jw_array(w);
	for (size_t i = 0; i < f->inputs_n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "path", f->inputs[i].path);
		put_text(w, "sha256", f->inputs[i].sha256);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
	fa_jw_kstr(w, "start", f->screens[f->start].id);
}

static void
write_style(struct fa_jw *w, const struct fa_flow_style *s)
{
	fa_jw_key(w, "style");
	fa_jw_object(w);
	put_hundredths(w, "font_px", s->font_cpx);
	put_colour(w, "fg", s->fg);
	put_colour(w, "bg", s->bg);
	put_hundredths(w, "contrast", s->contrast_c);
	fa_jw_end(w, '}');
}

static void
write_links(struct fa_jw *w, const struct fa_flow_element *e)
{
	fa_jw_key(w, "links");
	fa_jw_array(w);
	for (size_t i = 0; i < e->links_n; i++) {
		fa_jw_object(w);
		put_text(w, "text", e->links[i].text);
		put_text(w, "href", e->links[i].href);
		put_text(w, "doc", e->links[i].doc);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
write_element(struct fa_jw *w, const struct fa_flow_screen *s,
	const struct fa_flow_element *e)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "id", e->id);
	fa_jw_kstr(w, "role", fa_str_c(fa_flow_role_name(e->role)));
	put_text(w, "text", e->text);
	put_text(w, "hint", e->hint);
	put_text(w, "label", e->label);
	put_text(w, "native_class", e->native_class);
	put_text(w, "native_id", e->native_id);
	if (e->has_box) {
		int32_t n[4] = { e->box.x, e->box.y, e->box.w, e->box.h };

		fa_jw_key(w, "box");
		fa_jw_array(w);
		for (size_t i = 0; i < 4; i++)
			fa_jw_int(w, n[i]);
		fa_jw_end(w, ']');
	}
	put_tri(w, "visible", e->visible);
	put_tri(w, "enabled", e->enabled);
	put_tri(w, "clickable", e->clickable);
	put_tri(w, "checked", e->checked);
	if (e->has_style)
		write_style(w, &e->style);
	if (e->links_n > 0)
		write_links(w, e);
	if (e->parent != FA_FLOW_NONE)
		fa_jw_kstr(w, "parent", s->elements[e->parent].id);
	if (e->covered_by != FA_FLOW_NONE)
		fa_jw_kstr(w, "covered_by", s->elements[e->covered_by].id);
	fa_jw_end(w, '}');
}

static void
write_screen(struct fa_jw *w, const struct fa_flow *f,
	const struct fa_flow_screen *s)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "id", s->id);
	put_text(w, "fingerprint", s->fingerprint);
	put_text(w, "title", s->title);
	put_text(w, "native", s->native);
	put_text(w, "url", s->url);
	put_tri(w, "modal", s->modal);
	put_tri(w, "complete", s->complete);
	if (s->evidence_n > 0) {
		fa_jw_key(w, "evidence");
		fa_jw_array(w);
		for (size_t i = 0; i < s->evidence_n; i++)
			fa_jw_str(w, f->evidence[s->evidence[i]].id);
		fa_jw_end(w, ']');
	}
	fa_jw_key(w, "elements");
	fa_jw_array(w);
	for (size_t i = 0; i < s->elements_n; i++)
		write_element(w, s, &s->elements[i]);
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}

static void
write_transition(struct fa_jw *w, const struct fa_flow *f,
	const struct fa_flow_transition *x)
{
	const struct fa_flow_screen *from = &f->screens[x->from];
	char at[FA_TIME_BYTES];

	fa_jw_object(w);
	fa_jw_kstr(w, "from", from->id);
	fa_jw_kstr(w, "to",
		x->to == FA_FLOW_NONE ? FA_STR_NONE : f->screens[x->to].id);
	fa_jw_kstr(w, "basis", fa_str_c(fa_flow_basis_name(x->basis)));
	fa_jw_key(w, "action");
	fa_jw_object(w);
	fa_jw_kstr(w, "type", fa_str_c(fa_flow_action_name(x->action)));
	if (x->element != FA_FLOW_NONE)
		fa_jw_kstr(w, "element", from->elements[x->element].id);
	fa_jw_end(w, '}');
	if (x->at_ms > 0) {
		fa_time_format(x->at_ms, at);
		fa_jw_kstr(w, "at", fa_str_c(at));
	}
	if (x->effects != 0) {
		fa_jw_key(w, "effects");
		fa_jw_array(w);
		for (int i = 0; i < FA_FLOW_EFFECTS_COUNT; i++) {
			if ((x->effects >> i & 1u) != 0)
				fa_jw_str(w, fa_str_c(fa_flow_effect_name(i)));
		}
		fa_jw_end(w, ']');
	}
	if (x->wait_ms > 0)
		fa_jw_kint(w, "wait_ms", x->wait_ms);
	put_text(w, "note", x->note);
	fa_jw_end(w, '}');
}

static void
write_evidence(struct fa_jw *w, const struct fa_flow *f)
{
	fa_jw_key(w, "evidence");
	fa_jw_array(w);
	for (size_t i = 0; i < f->evidence_n; i++) {
		const struct fa_flow_evidence *e = &f->evidence[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "id", e->id);
		fa_jw_kstr(w, "path", e->path);
		put_text(w, "sha256", e->sha256);
		put_text(w, "media", e->media);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
write_tail(struct fa_jw *w, const struct fa_flow *f)
{
	fa_jw_key(w, "ends");
	fa_jw_array(w);
	for (size_t i = 0; i < f->ends_n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "screen", f->screens[f->ends[i].screen].id);
		fa_jw_kstr(
			w, "kind", fa_str_c(fa_flow_end_name(f->ends[i].kind)));
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	write_evidence(w, f);
	fa_jw_key(w, "gaps");
	fa_jw_array(w);
	for (size_t i = 0; i < f->gaps_n; i++) {
		const struct fa_flow_gap *g = &f->gaps[i];
		const struct fa_flow_screen *s = &f->screens[g->screen];

		fa_jw_object(w);
		fa_jw_kstr(w, "screen", s->id);
		fa_jw_kstr(w, "what", fa_str_c(fa_flow_gap_name(g->kind)));
		if (g->element != FA_FLOW_NONE)
			fa_jw_kstr(w, "element", s->elements[g->element].id);
		put_text(w, "why", g->why);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

int
fa_flow_write(const struct fa_flow *f, struct fa_buf *out, struct fa_err *err)
{
	struct fa_jw w;

	if (f->screens_n == 0)
		return fa_fail(err, FA_E_INPUT, "flow without a screen");
	assert(f->start < f->screens_n);
	fa_jw_init(&w, out, INDENT);
	fa_jw_object(&w);
	write_head(&w, f);
	fa_jw_key(&w, "screens");
	fa_jw_array(&w);
	for (size_t i = 0; i < f->screens_n; i++)
		write_screen(&w, f, &f->screens[i]);
	fa_jw_end(&w, ']');
	fa_jw_key(&w, "transitions");
	fa_jw_array(&w);
	for (size_t i = 0; i < f->transitions_n; i++)
		write_transition(&w, f, &f->transitions[i]);
	fa_jw_end(&w, ']');
	write_tail(&w, f);
	fa_jw_end(&w, '}');
	fa_buf_addc(out, '\n');
	return fa_buf_rc(out, "flow", err);
}
