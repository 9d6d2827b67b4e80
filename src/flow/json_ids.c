#include "flow/json_ids.h"

#include <stdlib.h>

#define SHOWN_BYTES 100

static int
by_id(const void *a, const void *b)
{
	const struct fa_flow_id *x = a;
	const struct fa_flow_id *y = b;
	int order = fa_str_cmp(x->id, y->id);

	if (order != 0)
		return order;
	if (x->screen != y->screen)
		return x->screen < y->screen ? -1 : 1;
	return (x->element > y->element) - (x->element < y->element);
}

static void
fail_repeated(struct fa_field_reader *r, const struct fa_flow_id *id,
	const char *list)
{
	struct fa_field_at top = { NULL, list, 0 };
	struct fa_field_at screen = { &top, NULL, id->screen };
	struct fa_field_at elements = { &screen, "elements", 0 };
	struct fa_field_at element = { &elements, NULL, id->element };
	struct fa_field_at key = {
		id->element == FA_FLOW_NONE ? &screen : &element, "id", 0
	};

	fa_field_fail(r, &key, FA_E_INPUT, "\"%.*s\" is repeated",
		FA_STR_ARG(fa_str_sub(id->id, 0, SHOWN_BYTES)));
}

static void
sort(struct fa_flow_ids *ids, struct fa_field_reader *r, const char *list)
{
	if (r->rc < 0 || ids->n < 2)
		return;
	qsort(ids->at, ids->n, sizeof(*ids->at), by_id);
	for (size_t i = 1; i < ids->n; i++) {
		if (fa_str_eq(ids->at[i - 1].id, ids->at[i].id)) {
			fail_repeated(r, &ids->at[i], list);
			return;
		}
	}
}

void
fa_flow_ids_screens(struct fa_flow_ids *out, const struct fa_flow *f,
	struct fa_field_reader *r)
{
	out->n = 0;
	out->at = fa_field_new(r, f->screens_n, sizeof(*out->at));
	for (size_t i = 0; out->at != NULL && i < f->screens_n; i++) {
		out->at[out->n++] = (struct fa_flow_id){ f->screens[i].id,
			(uint32_t)i, FA_FLOW_NONE };
	}
	sort(out, r, "screens");
}

void
fa_flow_ids_elements(struct fa_flow_ids *out, const struct fa_flow *f,
	struct fa_field_reader *r)
{
	size_t n = 0;

	for (size_t i = 0; i < f->screens_n; i++)
		n += f->screens[i].elements_n;
	out->n = 0;
	out->at = fa_field_new(r, n, sizeof(*out->at));
	for (size_t i = 0; out->at != NULL && i < f->screens_n; i++) {
		const struct fa_flow_screen *s = &f->screens[i];

		for (size_t k = 0; k < s->elements_n; k++) {
			out->at[out->n++] =
				(struct fa_flow_id){ s->elements[k].id,
					(uint32_t)i, (uint32_t)k };
		}
	}
	sort(out, r, "screens");
}

void
fa_flow_ids_evidence(struct fa_flow_ids *out, const struct fa_flow *f,
	struct fa_field_reader *r)
{
	out->n = 0;
	out->at = fa_field_new(r, f->evidence_n, sizeof(*out->at));
	for (size_t i = 0; out->at != NULL && i < f->evidence_n; i++) {
		out->at[out->n++] = (struct fa_flow_id){ f->evidence[i].id,
			(uint32_t)i, FA_FLOW_NONE };
	}
	sort(out, r, "evidence");
}

const struct fa_flow_id *
fa_flow_ids_find(const struct fa_flow_ids *ids, struct fa_str id)
{
	size_t i = fa_str_search(ids->at, ids->n, sizeof(*ids->at),
		offsetof(struct fa_flow_id, id), id);

	return i < ids->n ? &ids->at[i] : NULL;
}

const struct fa_flow_id *
fa_flow_ids_get(const struct fa_flow_ids *ids, struct fa_field_reader *r,
	const struct fa_field_at *at, const struct fa_json *obj,
	const char *key)
{
	struct fa_str s = fa_field_text(r, at, obj, key);
	struct fa_field_at here = { at, key, 0 };
	const struct fa_flow_id *found;

	if (r->rc < 0 || s.p == NULL)
		return NULL;
	found = fa_flow_ids_find(ids, s);
	if (found == NULL)
		fa_field_fail(r, &here, FA_E_INPUT, "\"%.*s\" names nothing",
			FA_STR_ARG(fa_str_sub(s, 0, SHOWN_BYTES)));
	return found;
}
