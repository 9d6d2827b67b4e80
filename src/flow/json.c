#include "flow/json.h"

#include <string.h>

#include "base/json.h"
#include "flow/json_effect.h"
#include "flow/json_ids.h"
#include "flow/json_screen.h"

#define HEAD_BYTES 4096 /* in which the name of the format stands */
#define LIST_MAX 100000 /* inputs, evidence, gaps, ends */
#define PIXELS_MAX 100000
#define SHOWN_BYTES 100

struct reading {
	struct fa_field_reader r;
	struct fa_flow *f;
	const struct fa_json *top;
	struct fa_flow_ids screens, elements, evidence;
};

static const char *const top_names[] = { "format", "app", "source", "start",
	"screens", "transitions", "ends", "evidence", "gaps", NULL };
static const char *const app_names[] = { "id", "name", "version", "platform",
	"artifact_sha256", NULL };
static const char *const source_names[] = { "importer", "importer_version",
	"recorded_at", "device", "locale", "screen", "inputs", NULL };
static const char *const device_names[] = { "w", "h", "scale", NULL };
static const char *const input_names[] = { "path", "sha256", NULL };
static const char *const transition_names[] = { "from", "to", "basis", "action",
	"at", "effects", "wait_ms", "note", NULL };
static const char *const action_names[] = { "type", "element", NULL };
static const char *const end_names[] = { "screen", "kind", NULL };
static const char *const evidence_names[] = { "id", "path", "sha256", "media",
	NULL };
static const char *const gap_names[] = { "screen", "what", "element", "why",
	NULL };

static void
read_head(struct reading *t)
{
	struct fa_field_at key = { NULL, "format", 0 };
	struct fa_str s;

	fa_field_object(&t->r, NULL, t->top, top_names);
	s = fa_field_name(&t->r, NULL, t->top, "format");
	if (t->r.rc == FA_OK && !fa_str_eq(s, FA_STR(FA_FLOW_FORMAT)))
		fa_field_fail(&t->r, &key, FA_E_INPUT,
			"is \"%.*s\", expected \"" FA_FLOW_FORMAT "\"",
			FA_STR_ARG(fa_str_sub(s, 0, SHOWN_BYTES)));
}

/* The object under key, which must be there. */
static const struct fa_json *
section(struct reading *t, const char *key, const char *const *names)
{
	struct fa_field_at at = { NULL, key, 0 };
	const struct fa_json *v = fa_json_find(t->top, key);

	if (v == NULL)
		fa_field_fail(&t->r, &at, FA_E_INPUT,
			"is missing, expected an object");
	else
		fa_field_object(&t->r, &at, v, names);
	return v;
}

static void
read_app(struct reading *t)
{
	struct fa_field_at at = { NULL, "app", 0 };
	const struct fa_json *v = section(t, "app", app_names);
	struct fa_flow *f = t->f;

	f->app_id = fa_field_text(&t->r, &at, v, "id");
	f->app_name = fa_field_text(&t->r, &at, v, "name");
	f->app_version = fa_field_text(&t->r, &at, v, "version");
	f->platform = (enum fa_flow_platform)fa_field_choice(
		&t->r, &at, v, "platform", fa_flow_platform_parse);
	f->artifact_sha256 = fa_field_text(&t->r, &at, v, "artifact_sha256");
}

static void
read_device(struct reading *t, const struct fa_json *source,
	const struct fa_field_at *up)
{
	struct fa_field_at at = { up, "screen", 0 };
	const struct fa_json *v = fa_json_find(source, "screen");
	struct fa_flow *f = t->f;

	if (t->r.rc < 0 || v == NULL || v->kind == FA_JSON_NULL)
		return;
	fa_field_object(&t->r, &at, v, device_names);
	f->screen_w = (int32_t)fa_field_count(&t->r, &at, v, "w", PIXELS_MAX);
	f->screen_h = (int32_t)fa_field_count(&t->r, &at, v, "h", PIXELS_MAX);
	f->scale_c = fa_field_hundredths(&t->r, &at, v, "scale", 1, 10000);
}

static void
read_source(struct reading *t)
{
	struct fa_field_at at = { NULL, "source", 0 };
	struct fa_field_at all = { &at, "inputs", 0 };
	const struct fa_json *v = section(t, "source", source_names);
	struct fa_flow *f = t->f;
	const struct fa_json *list;

	f->importer = fa_field_text(&t->r, &at, v, "importer");
	f->importer_version = fa_field_text(&t->r, &at, v, "importer_version");
	f->recorded_at = fa_field_text(&t->r, &at, v, "recorded_at");
	f->device = fa_field_text(&t->r, &at, v, "device");
	f->locale = fa_field_text(&t->r, &at, v, "locale");
	read_device(t, v, &at);
	list = fa_field_list(&t->r, &at, v, "inputs", LIST_MAX);
	if (list == NULL)
		return;
	f->inputs = fa_field_new(&t->r, list->count, sizeof(*f->inputs));
	for (const struct fa_json *m = list->child; m && t->r.rc == FA_OK;
		m = m->next) {
		struct fa_flow_input *i = &f->inputs[f->inputs_n];
		struct fa_field_at here = { &all, NULL, f->inputs_n++ };

		fa_field_object(&t->r, &here, m, input_names);
		i->path = fa_field_name(&t->r, &here, m, "path");
		i->sha256 = fa_field_text(&t->r, &here, m, "sha256");
	}
}

static void
read_evidence(struct reading *t)
{
	struct fa_field_at all = { NULL, "evidence", 0 };
	const struct fa_json *list =
		fa_field_list(&t->r, NULL, t->top, "evidence", LIST_MAX);
	struct fa_flow *f = t->f;

	if (list == NULL)
		return;
	f->evidence = fa_field_new(&t->r, list->count, sizeof(*f->evidence));
	for (const struct fa_json *m = list->child; m && t->r.rc == FA_OK;
		m = m->next) {
		struct fa_flow_evidence *e = &f->evidence[f->evidence_n];
		struct fa_field_at here = { &all, NULL, f->evidence_n++ };

		fa_field_object(&t->r, &here, m, evidence_names);
		e->id = fa_field_name(&t->r, &here, m, "id");
		e->path = fa_field_name(&t->r, &here, m, "path");
		e->sha256 = fa_field_text(&t->r, &here, m, "sha256");
		e->media = fa_field_text(&t->r, &here, m, "media");
	}
}

/* The screen that a member names, which must be there. */
static uint32_t
get_screen(struct reading *t, const struct fa_field_at *at,
	const struct fa_json *v, const char *key)
{
	const struct fa_flow_id *id;

	(void)fa_field_name(&t->r, at, v, key);
	id = fa_flow_ids_get(&t->screens, &t->r, at, v, key);
	return id == NULL ? FA_FLOW_NONE : id->screen;
}

/* The element of a screen that a member names, or NONE. */
static uint32_t
find_element(struct reading *t, const struct fa_field_at *at,
	const struct fa_json *v, uint32_t screen)
{
	struct fa_field_at here = { at, "element", 0 };
	const struct fa_flow_id *id =
		fa_flow_ids_get(&t->elements, &t->r, at, v, "element");

	if (id == NULL)
		return FA_FLOW_NONE;
	if (id->screen != screen)
		fa_field_fail(&t->r, &here, FA_E_INPUT,
			"names an element of another screen");
	return id->element;
}

static uint32_t
read_effects(struct reading *t, const struct fa_field_at *up,
	const struct fa_json *v)
{
	struct fa_field_at all = { up, "effects", 0 };
	const struct fa_json *list =
		fa_field_list(&t->r, up, v, "effects", FA_FLOW_EFFECTS_COUNT);
	uint32_t set = 0;
	size_t n = 0;

	if (list == NULL)
		return 0;
	for (const struct fa_json *m = list->child; m; m = m->next) {
		struct fa_field_at here = { &all, NULL, n++ };
		int i = m->kind == FA_JSON_STRING ? fa_flow_effect_parse(m->str)
						  : -1;

		if (i < 0)
			fa_field_fail(&t->r, &here, FA_E_INPUT,
				"is no effect that is known");
		else
			set |= 1u << i;
	}
	return set;
}

static void
read_action(struct reading *t, struct fa_flow_transition *x,
	const struct fa_field_at *up, const struct fa_json *v)
{
	struct fa_field_at at = { up, "action", 0 };
	const struct fa_json *action = fa_json_find(v, "action");

	if (action == NULL) {
		fa_field_fail(&t->r, &at, FA_E_INPUT,
			"is missing, expected an object");
		return;
	}
	fa_field_object(&t->r, &at, action, action_names);
	x->action = (enum fa_flow_action)fa_field_choice(
		&t->r, &at, action, "type", fa_flow_action_parse);
	x->element = find_element(t, &at, action, x->from);
}

static void
read_transitions(struct reading *t)
{
	struct fa_field_at all = { NULL, "transitions", 0 };
	const struct fa_json *list = fa_field_list(
		&t->r, NULL, t->top, "transitions", FA_FLOW_TRANSITIONS_MAX);
	struct fa_flow *f = t->f;

	if (list == NULL)
		return;
	f->transitions =
		fa_field_new(&t->r, list->count, sizeof(*f->transitions));
	for (const struct fa_json *m = list->child; m && t->r.rc == FA_OK;
		m = m->next) {
		struct fa_flow_transition *x =
			&f->transitions[f->transitions_n];
		struct fa_field_at here = { &all, NULL, f->transitions_n++ };
		const struct fa_flow_id *to;

		fa_field_object(&t->r, &here, m, transition_names);
		x->from = get_screen(t, &here, m, "from");
		to = fa_flow_ids_get(&t->screens, &t->r, &here, m, "to");
		x->to = to == NULL ? FA_FLOW_NONE : to->screen;
		x->basis = (enum fa_flow_basis)fa_field_choice(
			&t->r, &here, m, "basis", fa_flow_basis_parse);
		read_action(t, x, &here, m);
		x->at_ms = fa_field_time(&t->r, &here, m, "at");
		x->effects = read_effects(t, &here, m);
		x->wait_ms =
			fa_field_count(&t->r, &here, m, "wait_ms", UINT32_MAX);
		x->note = fa_field_text(&t->r, &here, m, "note");
	}
}

static void
read_ends(struct reading *t)
{
	struct fa_field_at all = { NULL, "ends", 0 };
	const struct fa_json *list =
		fa_field_list(&t->r, NULL, t->top, "ends", LIST_MAX);
	struct fa_flow *f = t->f;

	if (list == NULL)
		return;
	f->ends = fa_field_new(&t->r, list->count, sizeof(*f->ends));
	for (const struct fa_json *m = list->child; m && t->r.rc == FA_OK;
		m = m->next) {
		struct fa_flow_end *e = &f->ends[f->ends_n];
		struct fa_field_at here = { &all, NULL, f->ends_n++ };

		fa_field_object(&t->r, &here, m, end_names);
		e->screen = get_screen(t, &here, m, "screen");
		e->kind = (enum fa_flow_end_kind)fa_field_choice(
			&t->r, &here, m, "kind", fa_flow_end_parse);
	}
}

static void
read_gaps(struct reading *t)
{
	struct fa_field_at all = { NULL, "gaps", 0 };
	const struct fa_json *list =
		fa_field_list(&t->r, NULL, t->top, "gaps", LIST_MAX);
	struct fa_flow *f = t->f;

	if (list == NULL)
		return;
	f->gaps = fa_field_new(&t->r, list->count, sizeof(*f->gaps));
	for (const struct fa_json *m = list->child; m && t->r.rc == FA_OK;
		m = m->next) {
		struct fa_flow_gap *g = &f->gaps[f->gaps_n];
		struct fa_field_at here = { &all, NULL, f->gaps_n++ };

		fa_field_object(&t->r, &here, m, gap_names);
		g->screen = get_screen(t, &here, m, "screen");
		g->kind = (enum fa_flow_gap_kind)fa_field_choice(
			&t->r, &here, m, "what", fa_flow_gap_parse);
		g->element = find_element(t, &here, m, g->screen);
		g->why = fa_field_text(&t->r, &here, m, "why");
	}
}

static void
read_all(struct reading *t)
{
	struct fa_field_at at = { NULL, "screens", 0 };
	const struct fa_json *screens;

	read_head(t);
	read_app(t);
	read_source(t);
	screens = fa_field_list(
		&t->r, NULL, t->top, "screens", FA_FLOW_SCREENS_MAX);
	if (t->r.rc == FA_OK && (screens == NULL || screens->count == 0))
		fa_field_fail(&t->r, &at, FA_E_INPUT,
			"has no entry, expected a screen at least");
	if (t->r.rc < 0)
		return;
	fa_flow_read_screens(t->f, &t->r, screens);
	read_evidence(t);
	if (t->r.rc < 0)
		return;
	fa_flow_ids_screens(&t->screens, t->f, &t->r);
	fa_flow_ids_elements(&t->elements, t->f, &t->r);
	fa_flow_ids_evidence(&t->evidence, t->f, &t->r);
	if (t->r.rc < 0)
		return;
	fa_flow_read_references(
		t->f, &t->r, screens, &t->elements, &t->evidence);
	t->f->start = get_screen(t, NULL, t->top, "start");
	read_transitions(t);
	read_ends(t);
	read_gaps(t);
}

int
fa_flow_parse(struct fa_flow **out, struct fa_str json, struct fa_arena *a,
	struct fa_err *err)
{
	struct reading t = { .r = { a, err, FA_OK } };
	struct fa_json *top;
	int rc = fa_json_parse(&top, json, a, err);

	if (rc < 0)
		return rc;
	t.top = top;
	t.f = fa_field_new(&t.r, 1, sizeof(*t.f));
	if (t.r.rc == FA_OK)
		read_all(&t);
	if (t.r.rc < 0)
		return t.r.rc;
	*out = t.f;
	return FA_OK;
}

bool
fa_flow_is_json(struct fa_str text)
{
	struct fa_str s = text;
	size_t at;

	if (fa_str_starts(s, FA_STR("\xef\xbb\xbf")))
		s = fa_str_sub(s, 3, s.n);
	s = fa_str_trim(fa_str_sub(s, 0, HEAD_BYTES));
	if (!fa_str_starts(s, FA_STR("{")))
		return false;
	at = fa_str_find(s, FA_STR("\"format\""), 0);
	if (at == SIZE_MAX)
		return false;
	s = fa_str_trim(fa_str_sub(s, at + strlen("\"format\""), s.n));
	if (!fa_str_starts(s, FA_STR(":")))
		return false;
	s = fa_str_trim(fa_str_sub(s, 1, s.n));
	return fa_str_starts(s, FA_STR("\"consent-flow/"));
}
