/* From a flow to cards, rows and links. */
#include "report/drawing.h"

#define PAD 8                  /* below the rows of a card */
#define PICTURE_SCREENS_MAX 40 /* with more, cards have no pictures */

const char *
fa_drawing_color(size_t mark)
{
	static const char *const colors[FA_DRAWING_MARKS] = { "#b3261e",
		"#0b5394", "#6a1b9a", "#b25d00", "#00695c", "#ad1457",
		"#4e342e", "#37474f" };

	return colors[mark % FA_DRAWING_MARKS];
}

static bool
is_marked(const struct fa_drawing *d, uint32_t transition)
{
	for (size_t i = 0; i < d->marks_n; i++) {
		const struct fa_flow_place *p = d->mark[i].place;

		for (size_t k = 0; k < p->path_n; k++)
			if (p->path[k] == transition)
				return true;
	}
	return false;
}

static bool
same_step(
	const struct fa_flow_transition *a, const struct fa_flow_transition *b)
{
	return a->from == b->from && a->to == b->to &&
		a->element == b->element && a->action == b->action;
}

/* The row that already stands for the transition, or NONE. */
static uint32_t
find_row(const struct fa_drawing *d, const struct fa_flow_transition *t)
{
	const struct fa_drawing_card *c = &d->card[t->from];

	for (uint32_t i = 0; i < c->rows_n; i++)
		if (c->row[i].kind <= FA_DRAWING_OUT &&
			same_step(&d->flow->transitions[c->row[i].index], t))
			return i;
	return FA_FLOW_NONE;
}

static void
add_transition(struct fa_drawing *d, uint32_t index)
{
	const struct fa_flow_transition *t = &d->flow->transitions[index];
	struct fa_drawing_card *c = &d->card[t->from];

	if (t->to == t->from && !is_marked(d, index)) {
		c->stays++;
		return;
	}
	d->row_of[index] = find_row(d, t);
	if (d->row_of[index] != FA_FLOW_NONE)
		return;
	if (c->rows_n >= FA_DRAWING_ROWS) {
		c->more++;
		return;
	}
	d->row_of[index] = c->rows_n;
	c->row[c->rows_n++] = (struct fa_drawing_row){
		t->to == FA_FLOW_NONE ? FA_DRAWING_OUT : FA_DRAWING_TAP, index
	};
}

static void
add_open(struct fa_drawing *d, const struct fa_flow_gap *g)
{
	struct fa_drawing_card *c = &d->card[g->screen];

	if (g->kind != FA_FLOW_GAP_UNEXPLORED)
		return;
	if (c->rows_n >= FA_DRAWING_ROWS)
		c->more++;
	else
		c->row[c->rows_n++] =
			(struct fa_drawing_row){ FA_DRAWING_OPEN, g->element };
}

static void
make_rows(struct fa_drawing *d)
{
	const struct fa_flow *f = d->flow;

	for (uint32_t i = 0; i < f->transitions_n; i++)
		d->row_of[i] = FA_FLOW_NONE;
	/* What a finding rests on has a row, whatever else there is. */
	for (uint32_t i = 0; i < f->transitions_n; i++)
		if (is_marked(d, i))
			add_transition(d, i);
	for (uint32_t i = 0; i < f->transitions_n; i++)
		if (!is_marked(d, i))
			add_transition(d, i);
	for (size_t i = 0; i < f->gaps_n; i++)
		add_open(d, &f->gaps[i]);
	for (uint32_t i = 0; i < f->screens_n; i++) {
		struct fa_drawing_card *c = &d->card[i];

		if (c->stays > 0)
			c->row[c->rows_n++] =
				(struct fa_drawing_row){ FA_DRAWING_STAY,
					c->stays };
		if (c->more > 0)
			c->row[c->rows_n++] =
				(struct fa_drawing_row){ FA_DRAWING_MORE,
					c->more };
	}
}

int32_t
fa_drawing_row_y(const struct fa_drawing_card *c, uint32_t row)
{
	return FA_DRAWING_HEAD + (c->has_picture ? FA_DRAWING_PICTURE : 0) +
		(int32_t)row * FA_DRAWING_ROW_H;
}

void
fa_drawing_row_text(struct fa_buf *out, const struct fa_drawing *d,
	uint32_t screen, uint32_t row)
{
	const struct fa_drawing_row *r = &d->card[screen].row[row];
	bool zh = d->lang == FA_LANG_ZH;
	struct fa_str s;

	switch (r->kind) {
	case FA_DRAWING_TAP:
	case FA_DRAWING_OUT:
		fa_report_action(
			out, d->flow, &d->flow->transitions[r->index], d->lang);
		return;
	case FA_DRAWING_OPEN:
		s = fa_report_control(d->flow, screen, r->index);
		fa_buf_adds(out, zh ? "未探索：" : "not explored: ");
		if (s.n > 0)
			fa_report_clip(out, s, FA_REPORT_FLOW_COLUMNS);
		else
			fa_buf_adds(out, zh ? "其余操作" : "other actions");
		return;
	case FA_DRAWING_STAY:
		fa_buf_addf(out,
			zh ? "另 %u 个操作留在本屏" : "%u actions stay here",
			(unsigned)r->index);
		return;
	case FA_DRAWING_MORE:
		fa_buf_addf(
			out, zh ? "另有 %u 项" : "%u more", (unsigned)r->index);
		return;
	}
}

/* The links that the rows stand for. */
static int
make_links(struct fa_drawing *d, struct fa_arena *a, struct fa_err *err)
{
	const struct fa_flow *f = d->flow;
	struct fa_layout_link *link =
		fa_arena_new(a, f->transitions_n, sizeof(*link));
	size_t n = 0;

	if (link == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a drawing");
	for (uint32_t s = 0; s < f->screens_n; s++) {
		const struct fa_drawing_card *c = &d->card[s];

		for (uint32_t i = 0; i < c->rows_n; i++) {
			const struct fa_flow_transition *t;

			if (c->row[i].kind != FA_DRAWING_TAP)
				continue;
			t = &f->transitions[c->row[i].index];
			link[n++] = (struct fa_layout_link){ s, t->to,
				fa_drawing_row_y(c, i),
				fa_report_is_side(t->action) &&
					t->action != FA_FLOW_WAIT };
		}
	}
	d->layout.link = link;
	d->layout.links_n = n;
	return FA_OK;
}

/* A face is captured where a camera is shown, asked for, or made to
 * succeed. */
static void
find_captures(struct fa_drawing *d)
{
	const struct fa_flow *f = d->flow;

	for (size_t i = 0; i < f->screens_n; i++) {
		const struct fa_flow_screen *s = &f->screens[i];

		if (d->known_captures != NULL && d->known_captures[i])
			d->card[i].captures = true;
		for (size_t k = 0; k < s->elements_n; k++)
			if (s->elements[k].role == FA_FLOW_CAMERA &&
				s->elements[k].visible != FA_TRI_NO)
				d->card[i].captures = true;
	}
	for (size_t i = 0; i < f->transitions_n; i++) {
		const struct fa_flow_transition *t = &f->transitions[i];

		if (t->action == FA_FLOW_FACE)
			d->card[t->from].captures = true;
		if ((t->effects & FA_FLOW_EFFECT_CAMERA) != 0 &&
			t->to != FA_FLOW_NONE)
			d->card[t->to].captures = true;
	}
}

int
fa_drawing_lay_out(struct fa_drawing *d, struct fa_arena *a, struct fa_err *err)
{
	const struct fa_flow *f = d->flow;
	bool pictures = f->screens_n <= PICTURE_SCREENS_MAX;
	int rc;

	d->card = fa_arena_new(a, f->screens_n, sizeof(*d->card));
	d->row_of = fa_arena_new(a, f->transitions_n, sizeof(*d->row_of));
	d->layout.card = fa_arena_new(a, f->screens_n, sizeof(*d->layout.card));
	if (!d->card || !d->row_of || !d->layout.card)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a drawing");
	d->layout.cards_n = f->screens_n;
	d->layout.start = f->start;
	make_rows(d);
	for (uint32_t i = 0; i < f->screens_n; i++) {
		struct fa_drawing_card *c = &d->card[i];

		c->has_picture = pictures &&
			fa_picture_of(
				&c->picture, &c->evidence, f, i, &d->pictures);
		d->layout.card[i].w = FA_DRAWING_CARD;
		d->layout.card[i].h = fa_drawing_row_y(c, c->rows_n) + PAD;
	}
	find_captures(d);
	if (f->screens_n > FA_DRAWING_SCREENS)
		return FA_OK;
	rc = make_links(d, a, err);
	return rc < 0 ? rc : fa_layout(&d->layout, a, err);
}
