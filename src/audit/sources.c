#include "audit/sources.h"

#include "audit/evidence.h"
#include "audit/spot.h"

struct work {
	struct fa_result *r;
	struct fa_doc *docs;
	size_t docs_n;
	struct fa_arena *a;
	struct fa_err *err;
};

/* How many elements before this one show the same text. */
static size_t
same_before(const struct fa_flow *f, const struct fa_flow_place *p)
{
	struct fa_str text = f->screens[p->screen].elements[p->element].text;
	size_t n = 0;

	for (size_t s = 0; s <= p->screen; s++) {
		const struct fa_flow_screen *x = &f->screens[s];
		size_t end = s == p->screen ? p->element : x->elements_n;

		for (size_t i = 0; i < end; i++)
			n += fa_str_eq(x->elements[i].text, text);
	}
	return n;
}

/* The place of the n-th seen; that of the last before when there are fewer. */
static bool
find(const struct fa_doc **doc, struct fa_range *out, const struct work *w,
	struct fa_str seen, size_t n)
{
	bool any = false;

	for (size_t i = 0; i < w->docs_n; i++) {
		struct fa_range rest = { 0, (uint32_t)w->docs[i].text.n };
		struct fa_range at;

		while (fa_spot_next(&at, &w->docs[i], &rest, seen)) {
			*doc = &w->docs[i];
			*out = at;
			any = true;
			if (n-- == 0)
				return true;
		}
	}
	return any;
}

static int
place(struct work *w, struct fa_evidence *e)
{
	const struct fa_flow_place *p = e->place;
	const struct fa_doc *doc;
	struct fa_source_spot *spot;
	struct fa_evidence at = { .rule = e->rule };
	struct fa_evidence *one = &at;
	struct fa_range text;
	size_t n = 0;
	int rc;

	if (p == NULL)
		return FA_OK;
	if (p->element != FA_FLOW_NONE)
		n = same_before(w->r->flow, p);
	if (!find(&doc, &text, w, e->text, n))
		return FA_OK;
	at.raw = fa_doc_raw(doc, text);
	rc = fa_evidence_place(&one, 1, doc, w->a, w->err);
	if (rc < 0)
		return rc;
	spot = fa_arena_new(w->a, 1, sizeof(*spot));
	if (spot == NULL)
		return fa_fail(w->err, FA_E_NOMEM, "no memory for a place");
	*spot = (struct fa_source_spot){ doc->name, at.raw, at.from, at.to };
	e->spot = spot;
	return FA_OK;
}

static int
read_all(struct work *w, const struct fa_audit_source *s, size_t n)
{
	w->docs = fa_arena_new(w->a, n, sizeof(*w->docs));
	if (w->docs == NULL)
		return fa_fail(w->err, FA_E_NOMEM, "no memory for sources");
	for (size_t i = 0; i < n; i++) {
		struct fa_read_opts opts = { .name = s[i].path };
		struct fa_err why;
		int rc = fa_read(
			&w->docs[w->docs_n], s[i].bytes, &opts, w->a, &why);

		if (rc == FA_E_NOMEM)
			return fa_fail(w->err, rc, "%s", why.msg);
		w->docs_n += rc == FA_OK;
	}
	return FA_OK;
}

int
fa_audit_sources(struct fa_result *r, const struct fa_audit_source *sources,
	size_t n, struct fa_arena *a, struct fa_err *err)
{
	struct work w = { .r = r, .a = a, .err = err };
	int rc = FA_OK;

	if (r->flow == NULL || r->error.p != NULL)
		return FA_OK;
	rc = read_all(&w, sources, n);
	for (size_t i = 0; i < r->findings_n && rc == FA_OK; i++) {
		struct fa_finding *f = &r->findings[i];

		for (size_t k = 0; k < f->pro_n && rc == FA_OK; k++)
			rc = place(&w, &f->pro[k]);
		for (size_t k = 0; k < f->contra_n && rc == FA_OK; k++)
			rc = place(&w, &f->contra[k]);
	}
	return rc;
}
