#include "flow/draft.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "model/colour.h"
#include "flow/fingerprint.h"

#define IMPORTER_VERSION "1"
#define LIST_MAX 100000
#define LIST_MIN 4 /* of a list that keeps no capacity */
#define PRINTF_BYTES 512

enum list { SCREENS, TRANSITIONS, ENDS, GAPS, EVIDENCE };

void
fa_draft_fail(struct fa_draft *b, int rc, const char *fmt, ...)
{
	char what[FA_ERR_MSG_BYTES];
	va_list ap;

	if (b->rc < 0)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	b->rc = fa_fail(b->err, rc, "%s", what);
}

static void
no_memory(struct fa_draft *b)
{
	fa_draft_fail(b, FA_E_NOMEM, "out of memory for a flow");
}

/* Room for one entry more in a list of at most max; NULL on failure. */
static void *
grow(struct fa_draft *b, void *old, size_t *cap, size_t n, size_t max,
	size_t size, const char *what)
{
	void *p;

	if (b->rc < 0)
		return NULL;
	if (n >= max) {
		fa_draft_fail(b, FA_E_LIMIT, "more than %zu %s", max, what);
		return NULL;
	}
	p = fa_arena_grow(b->a, old, cap, n + 1, size);
	if (p == NULL)
		no_memory(b);
	return p;
}

void
fa_draft_init(struct fa_draft *b, const char *importer,
	enum fa_flow_platform platform, struct fa_arena *a, struct fa_err *err)
{
	memset(b, 0, sizeof(*b));
	b->a = a;
	b->err = err;
	b->f = fa_arena_new(a, 1, sizeof(*b->f));
	if (b->f == NULL) {
		no_memory(b);
		return;
	}
	b->f->importer = fa_str_c(importer);
	b->f->importer_version = FA_STR(IMPORTER_VERSION);
	b->f->platform = platform;
}

struct fa_flow_screen *
fa_draft_screen(struct fa_draft *b, struct fa_str id)
{
	struct fa_flow *f = b->f;
	struct fa_flow_screen *s = b->rc < 0
		? NULL
		: grow(b, f->screens, &b->cap[SCREENS], f->screens_n,
			  FA_FLOW_SCREENS_MAX, sizeof(*s), "screens");

	b->elements_cap = 0;
	if (s == NULL)
		return &b->no_screen;
	f->screens = s;
	s = &f->screens[f->screens_n++];
	memset(s, 0, sizeof(*s));
	s->id = id.p != NULL ? id
			     : fa_draft_printf(b, "s%zu", f->screens_n - 1);
	return s;
}

struct fa_flow_element *
fa_draft_element(struct fa_draft *b, enum fa_flow_role role)
{
	struct fa_flow_screen *s;
	struct fa_flow_element *e;

	b->no_element = (struct fa_flow_element){ .parent = FA_FLOW_NONE,
		.covered_by = FA_FLOW_NONE };
	if (b->rc < 0 || b->f->screens_n == 0)
		return &b->no_element;
	s = &b->f->screens[b->f->screens_n - 1];
	e = grow(b, s->elements, &b->elements_cap, s->elements_n,
		FA_FLOW_ELEMENTS_MAX, sizeof(*e), "elements on a screen");
	if (e == NULL)
		return &b->no_element;
	s->elements = e;
	e = &s->elements[s->elements_n++];
	*e = (struct fa_flow_element){
		.role = role, .parent = FA_FLOW_NONE, .covered_by = FA_FLOW_NONE
	};
	return e;
}

uint32_t
fa_draft_last(const struct fa_draft *b)
{
	const struct fa_flow *f = b->f;

	if (b->rc < 0 || f->screens_n == 0 ||
		f->screens[f->screens_n - 1].elements_n == 0)
		return FA_FLOW_NONE;
	return (uint32_t)f->screens[f->screens_n - 1].elements_n - 1;
}

struct fa_flow_transition *
fa_draft_go(struct fa_draft *b, uint32_t from, uint32_t to,
	enum fa_flow_basis basis, enum fa_flow_action action)
{
	struct fa_flow *f = b->f;
	struct fa_flow_transition *t = b->rc < 0
		? NULL
		: grow(b, f->transitions, &b->cap[TRANSITIONS],
			  f->transitions_n, FA_FLOW_TRANSITIONS_MAX, sizeof(*t),
			  "transitions");

	if (t == NULL)
		return &b->no_transition;
	f->transitions = t;
	t = &f->transitions[f->transitions_n++];
	*t = (struct fa_flow_transition){ .from = from,
		.to = to,
		.basis = basis,
		.action = action,
		.element = FA_FLOW_NONE };
	return t;
}

void
fa_draft_end(struct fa_draft *b, uint32_t screen, enum fa_flow_end_kind kind)
{
	struct fa_flow *f = b->f;
	struct fa_flow_end *e = b->rc < 0
		? NULL
		: grow(b, f->ends, &b->cap[ENDS], f->ends_n, LIST_MAX,
			  sizeof(*e), "ends");

	if (e == NULL)
		return;
	f->ends = e;
	f->ends[f->ends_n++] = (struct fa_flow_end){ screen, kind };
}

void
fa_draft_gap(struct fa_draft *b, uint32_t screen, enum fa_flow_gap_kind kind,
	uint32_t element, const char *why)
{
	struct fa_flow *f = b->f;
	struct fa_flow_gap *g = b->rc < 0
		? NULL
		: grow(b, f->gaps, &b->cap[GAPS], f->gaps_n, LIST_MAX,
			  sizeof(*g), "gaps");

	if (g == NULL)
		return;
	f->gaps = g;
	f->gaps[f->gaps_n++] =
		(struct fa_flow_gap){ screen, kind, element, fa_str_c(why) };
}

/* Room for one entry more in a list that keeps no capacity: the capacity is
 * the power of two that holds n entries, LIST_MIN at least. */
static void *
grow_small(struct fa_draft *b, const void *old, size_t n, size_t size)
{
	size_t cap = LIST_MIN;
	void *p;

	if (b->rc < 0)
		return NULL;
	if (n >= LIST_MAX) {
		fa_draft_fail(b, FA_E_LIMIT,
			"more than %d links or files of one thing", LIST_MAX);
		return NULL;
	}
	while (cap < n + 1)
		cap *= 2;
	p = fa_arena_new(b->a, cap, size);
	if (p == NULL)
		no_memory(b);
	else if (n > 0)
		memcpy(p, old, n * size);
	return p;
}

static bool
is_full(size_t n)
{
	return n == 0 || (n >= LIST_MIN && (n & (n - 1)) == 0);
}

void
fa_draft_link(struct fa_draft *b, struct fa_flow_element *e, struct fa_str text,
	struct fa_str href)
{
	if (b->rc == FA_OK && is_full(e->links_n)) {
		struct fa_flow_link *l =
			grow_small(b, e->links, e->links_n, sizeof(*l));

		e->links = l != NULL ? l : e->links;
	}
	if (b->rc == FA_OK)
		e->links[e->links_n++] =
			(struct fa_flow_link){ text, href, FA_STR_NONE };
}

void
fa_draft_evidence(struct fa_draft *b, struct fa_flow_screen *s,
	struct fa_str path, struct fa_str sha256, const char *media)
{
	struct fa_flow *f = b->f;
	struct fa_flow_evidence *e = b->rc < 0
		? NULL
		: grow(b, f->evidence, &b->cap[EVIDENCE], f->evidence_n,
			  LIST_MAX, sizeof(*e), "files of evidence");

	if (e == NULL)
		return;
	f->evidence = e;
	if (is_full(s->evidence_n)) {
		uint32_t *list = grow_small(
			b, s->evidence, s->evidence_n, sizeof(*list));

		if (list == NULL)
			return;
		s->evidence = list;
	}
	s->evidence[s->evidence_n++] = (uint32_t)f->evidence_n;
	f->evidence[f->evidence_n] = (struct fa_flow_evidence){
		fa_draft_printf(b, "e%zu", f->evidence_n), path, sha256,
		fa_str_c(media)
	};
	f->evidence_n++;
}

/* The longest start of s of at most max bytes that ends on a character. */
static struct fa_str
cut(struct fa_str s, size_t max)
{
	size_t n = s.n < max ? s.n : max;

	while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return fa_str_sub(s, 0, n);
}

struct fa_str
fa_draft_text(struct fa_draft *b, struct fa_str s)
{
	struct fa_str t = fa_str_trim(cut(s, FA_FLOW_TEXT_BYTES));
	char *p;
	size_t n = 0;

	if (b->rc < 0 || t.n == 0)
		return FA_STR_NONE;
	p = fa_arena_new(b->a, 3 * t.n, 1);
	if (p == NULL) {
		no_memory(b);
		return FA_STR_NONE;
	}
	while (t.n > 0) {
		uint32_t cp;
		size_t step = fa_utf8_next(t, &cp);

		t = fa_str_sub(t, step, t.n);
		if (cp != 0)
			n += fa_utf8_put(cp, p + n);
	}
	t = fa_str_trim(cut((struct fa_str){ p, n }, FA_FLOW_TEXT_BYTES));
	return t.n == 0 ? FA_STR_NONE : t;
}

struct fa_str
fa_draft_printf(struct fa_draft *b, const char *fmt, ...)
{
	char text[PRINTF_BYTES];
	struct fa_str s;
	va_list ap;

	if (b->rc < 0)
		return FA_STR_NONE;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	s = fa_arena_dup(b->a, fa_str_c(text));
	if (s.p == NULL)
		no_memory(b);
	return s;
}

void
fa_draft_style(
	struct fa_flow_element *e, uint32_t font_cpx, uint32_t fg, uint32_t bg)
{
	e->has_style = true;
	e->style = (struct fa_flow_style){ font_cpx, fg, bg,
		fa_colour_contrast(fg, bg) };
}

static void
finish_screen(struct fa_draft *b, struct fa_flow_screen *s)
{
	char print[FA_FLOW_FINGERPRINT_BYTES];

	for (size_t i = 0; b->rc == FA_OK && i < s->elements_n; i++) {
		s->elements[i].id = fa_draft_printf(b, "%.*s.e%zu",
			FA_STR_ARG(fa_str_sub(s->id, 0, 200)), i);
	}
	if (b->rc == FA_OK)
		b->rc = fa_flow_fingerprint(print, s, b->err);
	if (b->rc == FA_OK)
		s->fingerprint = fa_draft_printf(b, "%s", print);
}

int
fa_draft_done(struct fa_flow **out, struct fa_draft *b)
{
	if (b->rc == FA_OK && b->f->screens_n == 0)
		fa_draft_fail(b, FA_E_INPUT, "no screen in it");
	for (size_t i = 0; b->rc == FA_OK && i < b->f->screens_n; i++)
		finish_screen(b, &b->f->screens[i]);
	if (b->rc < 0)
		return b->rc;
	*out = b->f;
	return FA_OK;
}
