/* STD.45574.6.1.a and FRM.12: how a choice is laid out. Colours, sizes and
 * boxes count only where they are known. Being first or filled with colour is
 * no defect; being far larger, or standing beside a text that is hard to read
 * (WCAG asks for a contrast of 4.5 to 1, and 3 to 1 for large text), is. */
#include "flow/find.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define SCR(r) FA_SCR_BIT(FA_SCR_##r)
#define FADED_C 300 /* contrast x 100 below which a text is hard to read */
#define READABLE_C 450
#define AREA_TIMES 4
#define FONT_PERCENT 160
#define METHODS (BIT(NONFACE) | BIT(OTHER_METHOD) | BIT(NETID))

/* How much control f stands out against o. */
struct contest {
	bool known;          /* something could be compared */
	bool larger;         /* far */
	bool faded;          /* o is hard to read and f is not */
	unsigned area, font; /* percent of o */
	unsigned f_c, o_c;
};

static unsigned
percent(uint64_t a, uint64_t b)
{
	uint64_t p = b == 0 ? 0 : a * 100 / b;

	return p > 99999 ? 99999 : (unsigned)p;
}

static uint64_t
area(const struct fa_flow_element *e)
{
	return e->has_box && e->box.w > 0 && e->box.h > 0
		? (uint64_t)e->box.w * (uint64_t)e->box.h
		: 0;
}

static struct contest
compare(const struct fa_flow_element *f, const struct fa_flow_element *o)
{
	struct contest c = { 0 };

	c.area = area(f) > 0 ? percent(area(f), area(o)) : 0;
	c.known = c.area > 0;
	if (f->has_style && o->has_style) {
		c.known = true;
		c.font = percent(f->style.font_cpx, o->style.font_cpx);
		c.f_c = f->style.contrast_c;
		c.o_c = o->style.contrast_c;
	}
	c.larger = (c.area >= AREA_TIMES * 100 && c.font >= 120) ||
		c.font >= FONT_PERCENT;
	c.faded = c.o_c > 0 && c.o_c < FADED_C && c.f_c >= READABLE_C;
	return c;
}

static bool
is_shown(const struct fa_flow_element *e)
{
	return e->visible != FA_TRI_NO && e->covered_by == FA_FLOW_NONE;
}

static struct fa_str
note_of(struct fa_find *fd, const struct contest *c)
{
	return fa_find_note(fd,
		"area %u%%, font %u%%, contrast %u.%02u and %u.%02u", c->area,
		c->font, c->f_c / 100, c->f_c % 100, c->o_c / 100,
		c->o_c % 100);
}

/* The first shown element with controls of any, without those of none. */
static uint32_t
pick(const struct fa_find *fd, uint32_t s, uint32_t any, uint32_t none)
{
	const struct fa_flow_screen *f = &fd->g->f->screens[s];
	const struct fa_view_screen *v = &fd->g->v->screens[s];

	for (size_t i = 0; i < f->elements_n; i++)
		if ((v->elements[i].controls & any) != 0 &&
			(v->elements[i].controls & none) == 0 &&
			is_shown(&f->elements[i]) &&
			f->elements[i].role != FA_FLOW_INPUT)
			return (uint32_t)i;
	return FA_FLOW_NONE;
}

/* Controls by which another way goes, whatever they are called; by screen. */
static uint32_t *
other_ways(struct fa_find *fd)
{
	uint32_t *at = fa_arena_new(fd->g->a, fd->g->n, sizeof(*at));

	if (!at) {
		fd->rc = fa_fail(fd->err, FA_E_NOMEM, "no memory for facts");
		return NULL;
	}
	for (uint32_t s = 0; s < fd->g->n; s++)
		at[s] = FA_FLOW_NONE;
	for (size_t i = 0; i < fd->n; i++) {
		const struct fa_flow_place *p = &fd->at[i].place;

		if (fd->at[i].kind == FA_FACT_OTHER_WAY &&
			p->element != FA_FLOW_NONE &&
			fd->g->v->screens[p->screen]
					.elements[p->element]
					.controls == 0 &&
			is_shown(&fd->g->f->screens[p->screen]
					  .elements[p->element]))
			at[p->screen] = p->element;
	}
	return at;
}

static void
find_prominent(struct fa_find *fd, uint32_t s, uint32_t way)
{
	const struct fa_flow_element *e = fd->g->f->screens[s].elements;
	const struct fa_view_element *v = fd->g->v->screens[s].elements;
	uint32_t face = pick(fd, s, BIT(FACE) | BIT(CAPTURE), BIT(OS_BIO));
	uint32_t other = pick(fd, s, METHODS, BIT(FACE) | BIT(CAPTURE));
	uint32_t named = pick(fd, s, BIT(NONFACE), BIT(FACE) | BIT(CAPTURE));
	struct contest c;

	other = other == FA_FLOW_NONE ? way : other;
	named = named == FA_FLOW_NONE ? way : named;
	if (face == FA_FLOW_NONE || other == FA_FLOW_NONE)
		return;
	c = compare(&e[face], &e[other]);
	if (c.larger || c.faded)
		fa_find_add(fd, FA_FACT_FACE_PROMINENT, NULL, s, face,
			FA_FLOW_NONE, note_of(fd, &c));
	else if (named != FA_FLOW_NONE && v[face].tappable &&
		v[named].tappable && e[face].checked != FA_TRI_YES) {
		struct contest n = compare(&e[face], &e[named]);

		if (!n.larger && !n.faded &&
			(n.known || e[face].role == e[named].role))
			fa_find_add(fd, FA_FACT_EQUAL_CHOICE, NULL, s, named,
				FA_FLOW_NONE, FA_STR_NONE);
	}
}

static void
find_faded(struct fa_find *fd, uint32_t s)
{
	const struct fa_flow_element *e = fd->g->f->screens[s].elements;
	const uint32_t yes = BIT(ACCEPT) | BIT(FACE) | BIT(CAPTURE);
	uint32_t accept = pick(fd, s, yes, 0);
	uint32_t decline = pick(fd, s, BIT(REFUSE) | BIT(LATER), yes);
	struct contest c;

	if (accept == FA_FLOW_NONE || decline == FA_FLOW_NONE)
		return;
	c = compare(&e[accept], &e[decline]);
	if (c.larger || c.faded)
		fa_find_add(fd, FA_FACT_DECLINE_FADED, NULL, s, decline,
			FA_FLOW_NONE, note_of(fd, &c));
}

/* A radio button or tab of the face that is chosen, beside others. */
static void
find_preselected(struct fa_find *fd, uint32_t s)
{
	const struct fa_flow_screen *f = &fd->g->f->screens[s];
	const struct fa_view_screen *v = &fd->g->v->screens[s];

	unsigned radios = 0;

	for (uint32_t i = 0; i < f->elements_n; i++)
		radios += f->elements[i].role == FA_FLOW_RADIO &&
			is_shown(&f->elements[i]);
	if (radios < 2)
		return;
	for (uint32_t i = 0; i < f->elements_n; i++)
		if (f->elements[i].checked == FA_TRI_YES &&
			f->elements[i].role == FA_FLOW_RADIO &&
			(v->elements[i].controls & BIT(FACE)) != 0 &&
			is_shown(&f->elements[i])) {
			bool chosen = false;

			/* Somebody may have chosen it on the way here. */
			for (size_t k = 0; k < fd->g->f->transitions_n; k++)
				chosen |= fd->g->f->transitions[k].to == s &&
					fd->g->f->transitions[k].from != s &&
					(fd->g->edge[k] & FA_EDGE_CHECK) != 0;
			if (!chosen || s == fd->g->f->start)
				fa_find_add(fd, FA_FACT_PRESELECTED_FACE, NULL,
					s, i, FA_FLOW_NONE, FA_STR_NONE);
			return;
		}
}

/* A switch of the face that stands on, says the screen, without having been
 * asked for: chosen beforehand, and no consent. */
static void
find_preset(struct fa_find *fd, uint32_t s)
{
	const struct fa_flow_screen *f = &fd->g->f->screens[s];
	const struct fa_view_screen *v = &fd->g->v->screens[s];

	if ((v->signs & FA_SIGN_PRESET) == 0)
		return;
	for (uint32_t i = 0; i < f->elements_n; i++) {
		if (f->elements[i].role != FA_FLOW_SWITCH ||
			f->elements[i].checked != FA_TRI_YES ||
			(v->elements[i].controls & BIT(WITHDRAW)) == 0 ||
			!is_shown(&f->elements[i]))
			continue;
		fa_find_add(fd, FA_FACT_PRESELECTED_FACE, NULL, s, i,
			FA_FLOW_NONE, FA_STR_NONE);
		fa_find_add(fd, FA_FACT_CONSENT_PRETICKED, NULL, s, i,
			FA_FLOW_NONE, FA_STR_NONE);
	}
}

/* Does element i, or what is written below it, name a fee? */
static bool
is_charged(const struct fa_find *fd, uint32_t s, uint32_t i)
{
	const struct fa_flow_screen *f = &fd->g->f->screens[s];
	const struct fa_view_element *v = fd->g->v->screens[s].elements;

	if (v[i].fee)
		return true;
	for (i++; i < f->elements_n && !v[i].tappable; i++)
		if (v[i].fee && is_shown(&f->elements[i]))
			return true;
	return false;
}

/* The face is free, and each way beside it costs. Where one way says nothing,
 * it may be free. */
static void
find_charged(struct fa_find *fd, uint32_t s)
{
	const struct fa_flow_screen *f = &fd->g->f->screens[s];
	const struct fa_view_element *v = fd->g->v->screens[s].elements;
	const uint32_t face = BIT(FACE) | BIT(CAPTURE);
	uint32_t first = FA_FLOW_NONE;
	bool free_face = false;

	for (uint32_t i = 0; i < f->elements_n; i++) {
		uint32_t c = v[i].controls;

		if (!v[i].tappable || (c & (face | METHODS)) == 0)
			continue;
		if ((c & face) != 0) {
			free_face |= !is_charged(fd, s, i);
			continue;
		}
		if (!is_charged(fd, s, i))
			return;
		if (first == FA_FLOW_NONE)
			first = i;
	}
	if (free_face && first != FA_FLOW_NONE)
		fa_find_add(fd, FA_FACT_OTHER_CHARGED, NULL, s, first,
			FA_FLOW_NONE, FA_STR_NONE);
}

void
fa_find_choice(struct fa_find *fd)
{
	const uint32_t asks = SCR(FACE_CONSENT) | SCR(FACE_PROMPT) |
		SCR(CAPTURE) | SCR(METHODS);
	const uint32_t *ways = other_ways(fd);

	for (uint32_t s = 0; s < fd->g->n && fd->rc == FA_OK; s++) {
		uint32_t roles = fa_find_roles(fd, s);

		if (!fa_find_reached(fd, s))
			continue;
		if (fd->groups_n > 0)
			find_preset(fd, s);
		if ((roles & asks) == 0)
			continue;
		find_prominent(fd, s, ways[s]);
		find_preselected(fd, s);
		find_charged(fd, s);
		if ((fd->g->node[s] & FA_NODE_FACE) != 0)
			find_faded(fd, s);
	}
}
