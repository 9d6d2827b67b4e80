/* The machine as a drawing. Which arrows there are comes from the table; only
 * where states stand and which way an arrow of the reference goes is laid out
 * by hand. An arrow without such a way is drawn straight, so that the drawing
 * of a faulty table shows its fault.
 *
 * Returns to the menu share one line above the frames. Withdrawing and closing
 * are drawn where they move; a line of text below says whether they are there
 * in every state, which is found out from the table, too. */
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "facecheck/machine/model.h"

#define HEIGHT 690
#define HALF_W 50 /* of a state */
#define HALF_H 27
#define RISE_Y 58 /* of the line that leads back to the menu */
#define RISE_END 1420

/* Places that arrows start from: states, then frames around several. */
#define FRAME_BEFORE FC_S_COUNT
#define FRAME_FACE (FC_S_COUNT + 1)
#define PLACES (FC_S_COUNT + 2)

static const struct place {
	int x, y; /* centre */
	const char *look;
} places[FC_S_COUNT] = {
	[FC_S_START] = { 85, 350, "s" },
	[FC_S_MENU] = { 250, 350, "s" },
	[FC_S_ASK] = { 440, 175, "c" },
	[FC_S_GUARD] = { 630, 175, "c" },
	[FC_S_SEND] = { 820, 175, "c" },
	[FC_S_CAPTURE] = { 1010, 175, "c" },
	[FC_S_LIVE] = { 1230, 175, "f" },
	[FC_S_MATCH] = { 1420, 175, "f" },
	[FC_S_OTHER] = { 630, 440, "s" },
	[FC_S_HUMAN] = { 930, 440, "s" },
	[FC_S_DONE] = { 1420, 440, "e" },
	[FC_S_REFUSED] = { 1180, 570, "e" },
	[FC_S_LEFT] = { 440, 600, "e" },
};

static const struct frame {
	int x, y, w, h;
	int label_x;
	const char *name, *title;
	uint32_t states; /* set */
} frames[] = {
	{ 370, 88, 710, 205, 960, "before the capture", "采集之前",
		1u << FC_S_ASK | 1u << FC_S_GUARD | 1u << FC_S_SEND |
			1u << FC_S_CAPTURE },
	{ 1160, 88, 330, 205, 1170, "a face is in memory", "内存中有人脸",
		1u << FC_S_LIVE | 1u << FC_S_MATCH },
};

/* How an arrow goes and where its label stands. */
static const struct way {
	uint8_t from, to;
	const char *path;
	int x, y;
} ways[] = {
	{ FC_S_START, FC_S_MENU, "M135 350H198", 167, 312 },
	{ FC_S_MATCH, FC_S_DONE, "M1420 202V411", 1420, 350 },
	{ FC_S_MENU, FC_S_ASK, "M280 323C310 240 340 190 387 178", 318, 238 },
	{ FC_S_MENU, FC_S_OTHER, "M303 365C400 380 470 415 575 432", 480, 400 },
	{ FC_S_MENU, FC_S_HUMAN, "M275 378C330 560 760 560 900 470", 640, 530 },
	{ FC_S_MENU, FC_S_LEFT, "M240 378C240 500 290 590 387 600", 262, 520 },
	{ FC_S_ASK, FC_S_SEND, "M465 203C530 248 730 248 800 206", 690, 240 },
	{ FC_S_ASK, FC_S_CAPTURE, "M450 203C520 292 920 292 1000 206", 725,
		280 },
	{ FC_S_GUARD, FC_S_CAPTURE, "M650 203C710 244 910 244 985 206", 880,
		248 },
	{ FC_S_ASK, FC_S_HUMAN, "M430 203C430 360 860 330 905 410", 760, 346 },
	{ FC_S_GUARD, FC_S_OTHER, "M620 203C600 270 600 340 610 409", 560,
		330 },
	{ FC_S_OTHER, FC_S_DONE, "M680 420C800 340 1200 340 1370 424", 1060,
		354 },
	{ FC_S_OTHER, FC_S_LEFT, "M600 468C580 540 540 585 494 598", 560, 575 },
	{ FC_S_HUMAN, FC_S_LEFT, "M910 468C860 600 640 625 494 608", 790, 590 },
	{ FC_S_HUMAN, FC_S_REFUSED, "M960 468C1000 540 1060 568 1126 570", 1030,
		530 },
	{ FRAME_BEFORE, FC_S_OTHER, "M660 294L645 409", 690, 385 },
	{ FRAME_BEFORE, FC_S_LEFT, "M400 294C390 420 400 500 425 569", 370,
		470 },
	/* Back to the menu. */
	{ FC_S_ASK, FC_S_MENU, "M440 147V58", 466, 128 },
	{ FC_S_GUARD, FC_S_MENU, "M630 147V58", 656, 128 },
	{ FC_S_SEND, FC_S_MENU, "M820 147V58", 862, 128 },
	{ FC_S_CAPTURE, FC_S_MENU, "M1010 147V58", 1036, 128 },
	{ FC_S_LIVE, FC_S_MENU, "M1230 147V58", 1266, 128 },
	{ FC_S_MATCH, FC_S_MENU, "M1420 147V58", 1456, 128 },
	{ FRAME_BEFORE, FC_S_MENU, "M725 88V58", 725, 76 },
	{ FRAME_FACE, FC_S_MENU, "M1325 88V58", 1325, 76 },
};

static const char head[] =
	"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1530 690\" "
	"width=\"1530\" height=\"690\" role=\"img\">\n"
	"<title>facecheck</title>\n<style>\n"
	"text{font:13px 'Noto Sans CJK SC','Source Han Sans SC',"
	"'Microsoft YaHei',sans-serif;text-anchor:middle;fill:#1d2733}\n"
	".n{font-size:11px;fill:#5a6675}\n"
	".l{font-size:12px;paint-order:stroke;stroke:#fff;stroke-width:4px;"
	"stroke-linejoin:round}\n"
	".h{font-size:12px;fill:#5a6675;text-anchor:start}\n"
	"path,line{fill:none;stroke:#5a6675;stroke-width:1.4}\n"
	"rect{rx:7px;stroke-width:1.6}\n"
	".s{fill:#fff;stroke:#41576d}.c{fill:#eaf3fb;stroke:#2b6ea6}"
	".f{fill:#fdeaea;stroke:#b23b3b}.e{fill:#edf7ee;stroke:#33803f;"
	"stroke-width:3}\n"
	".g{fill:#fafbfc;stroke:#9aa7b5;stroke-dasharray:5 4}\n"
	"</style>\n<defs><marker id=\"a\" viewBox=\"0 0 8 8\" refX=\"7\" "
	"refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" "
	"orient=\"auto-start-reverse\"><path d=\"M0 0L8 4L0 8z\" "
	"style=\"fill:#5a6675;stroke:none\"/></marker></defs>\n"
	"<rect width=\"1530\" height=\"690\" style=\"fill:#fff;rx:0\"/>\n";

struct drawing {
	struct fa_buf *out;
	const struct fc_table *t;
	bool en;
	bool rises; /* something leads back to the menu by the line above */
};

static bool
has_row(const struct fc_table *t, uint8_t state, uint8_t event, uint8_t next)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->rows[i].state == state && t->rows[i].event == event &&
			t->rows[i].next == next)
			return true;
	return false;
}

/* Do all states of the frame answer the event by going there? */
static bool
is_common(const struct fc_table *t, const struct frame *f, uint8_t event,
	uint8_t next)
{
	for (uint8_t s = 0; s < FC_S_COUNT; s++)
		if ((f->states & 1u << s) && !has_row(t, s, event, next))
			return false;
	return true;
}

static const struct frame *
frame_of(uint8_t place)
{
	for (size_t i = 0; i < FA_COUNT(frames); i++)
		if (place == FC_S_COUNT + i ||
			(place < FC_S_COUNT && frames[i].states & 1u << place))
			return &frames[i];
	return NULL;
}

/* Does this arrow carry the event? Not from a state whose frame carries it. */
static bool
carries(const struct drawing *d, uint8_t from, uint8_t event, uint8_t to)
{
	const struct frame *f = frame_of(from);

	if (from >= FC_S_COUNT)
		return is_common(d->t, f, event, to);
	return has_row(d->t, from, event, to) &&
		!(f && is_common(d->t, f, event, to)) &&
		!(from == to &&
			(event == FC_E_WITHDRAW || event == FC_E_CLOSE));
}

/* Under which circumstances a row of the arrow with this event applies, when
 * it needs any. */
static const char *
when(const struct drawing *d, uint8_t from, uint8_t event, uint8_t to)
{
	uint32_t need = FC_MINOR | FC_REMOTE;

	if (from >= FC_S_COUNT)
		return "";
	for (size_t i = 0; i < d->t->n; i++) {
		const struct fc_row *r = &d->t->rows[i];

		if (r->state == from && r->event == event && r->next == to)
			need &= r->need;
	}
	if (need & FC_MINOR)
		return d->en ? "(minor)" : "（未满14岁）";
	if (need & FC_REMOTE)
		return d->en ? "(remote)" : "（底图在外）";
	return "";
}

/* Events side by side; a circumstance below the arrow. */
static void
add_label(const struct drawing *d, uint8_t from, uint8_t to, int x, int y)
{
	const char *circumstance = "";
	bool first = true;

	fa_buf_addf(d->out, "<text class=\"l\" x=\"%d\" y=\"%d\">", x, y);
	for (uint8_t e = 0; e < FC_E_COUNT; e++) {
		if (!carries(d, from, e, to))
			continue;
		fa_buf_adds(d->out, first ? "" : d->en ? ", " : "、");
		fa_buf_adds(
			d->out, d->en ? fc_event_name(e) : fc_event_title(e));
		if (when(d, from, e, to)[0])
			circumstance = when(d, from, e, to);
		first = false;
	}
	if (circumstance[0])
		fa_buf_addf(d->out, "<tspan x=\"%d\" dy=\"22\">%s</tspan>", x,
			circumstance);
	fa_buf_adds(d->out, "</text>\n");
}

/* The point of the border of a state towards another one. */
static void
border(int *x, int *y, const struct place *from, const struct place *to)
{
	int dx = to->x - from->x, dy = to->y - from->y;
	int ax = abs(dx), ay = abs(dy);

	*x = from->x;
	*y = from->y;
	if (ax * HALF_H >= ay * HALF_W && ax > 0) {
		*x += dx / ax * HALF_W;
		*y += dy * HALF_W / ax;
	} else if (ay > 0) {
		*x += dx * HALF_H / ay;
		*y += dy / ay * HALF_H;
	}
}

/* From a frame: from its lower edge. */
static struct place
place_of(uint8_t p)
{
	const struct frame *f = frame_of(p);

	if (p < FC_S_COUNT)
		return places[p];
	return (struct place){ f->x + f->w / 2, f->y + f->h - HALF_H, "g" };
}

static void
add_straight(const struct drawing *d, uint8_t from, uint8_t to)
{
	struct place a = place_of(from), b = place_of(to);
	int x1, y1, x2, y2;

	if (from == to) {
		fa_buf_addf(d->out,
			"<path d=\"M%d %dc-14 -34 28 -34 14 0\" "
			"marker-end=\"url(#a)\"/>\n",
			a.x - HALF_W / 2, a.y - HALF_H);
		add_label(d, from, to, a.x - HALF_W / 2, a.y - HALF_H - 28);
		return;
	}
	border(&x1, &y1, &a, &b);
	border(&x2, &y2, &b, &a);
	fa_buf_addf(d->out,
		"<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" "
		"marker-end=\"url(#a)\"/>\n",
		x1, y1, x2, y2);
	add_label(d, from, to, (x1 + x2) / 2, (y1 + y2) / 2 - 6);
}

static void
add_arrow(struct drawing *d, uint8_t from, uint8_t to)
{
	for (size_t i = 0; i < FA_COUNT(ways); i++) {
		const struct way *w = &ways[i];
		bool rises = w->to == FC_S_MENU && w->from != FC_S_START;

		if (w->from != from || w->to != to)
			continue;
		fa_buf_addf(d->out, "<path d=\"%s\"%s/>\n", w->path,
			rises ? "" : " marker-end=\"url(#a)\"");
		add_label(d, from, to, w->x, w->y);
		d->rises |= rises;
		return;
	}
	add_straight(d, from, to);
}

static void
add_frames(const struct drawing *d)
{
	for (size_t i = 0; i < FA_COUNT(frames); i++) {
		const struct frame *f = &frames[i];

		fa_buf_addf(d->out,
			"<rect class=\"g\" x=\"%d\" y=\"%d\" width=\"%d\" "
			"height=\"%d\"/>\n"
			"<text class=\"h\" x=\"%d\" y=\"%d\">%s</text>\n",
			f->x, f->y, f->w, f->h, f->label_x, f->y + f->h - 10,
			d->en ? f->name : f->title);
	}
}

static void
add_states(const struct drawing *d)
{
	for (uint8_t s = 0; s < FC_S_COUNT; s++) {
		const struct place *p = &places[s];

		fa_buf_addf(d->out,
			"<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" "
			"height=\"%d\"/>\n"
			"<text x=\"%d\" y=\"%d\">%s</text>\n"
			"<text class=\"n\" x=\"%d\" y=\"%d\">%s</text>\n",
			p->look, p->x - HALF_W, p->y - HALF_H, 2 * HALF_W,
			2 * HALF_H, p->x, p->y - 2, fc_state_title(s), p->x,
			p->y + 15, fc_state_name(s));
	}
}

/* Which states lack the event altogether. */
static void
add_everywhere(const struct drawing *d, uint8_t event, int y)
{
	bool lacks = false;

	fa_buf_addf(d->out, "<text class=\"h\" x=\"40\" y=\"%d\">%s%s", y,
		d->en ? fc_event_name(event) : fc_event_title(event),
		d->en ? ": " : "：");
	for (uint8_t s = 0; s < FC_S_COUNT; s++) {
		bool found = false;

		for (size_t i = 0; i < d->t->n; i++)
			found |= d->t->rows[i].state == s &&
				d->t->rows[i].event == event;
		if (found)
			continue;
		fa_buf_addf(d->out, "%s%s",
			lacks           ? (d->en ? ", " : "、")
				: d->en ? "lacking in "
					: "缺于 ",
			fc_state_name(s));
		lacks = true;
	}
	if (!lacks)
		fa_buf_adds(d->out,
			d->en ? "has a row in every state; without an arrow "
				"the state stays the same"
			      : "每个状态都有此行；未画箭头处状态不变");
	fa_buf_adds(d->out, "</text>\n");
}

void
fc_model_svg(
	struct fa_buf *out, const struct fc_table *t, enum fc_tongue tongue)
{
	struct drawing d = { out, t, tongue == FC_EN, false };

	fa_buf_adds(out, head);
	add_frames(&d);
	for (uint8_t from = 0; from < PLACES; from++)
		for (uint8_t to = 0; to < FC_S_COUNT; to++)
			for (uint8_t e = 0; e < FC_E_COUNT; e++)
				if (carries(&d, from, e, to)) {
					add_arrow(&d, from, to);
					break;
				}
	if (d.rises)
		fa_buf_addf(out,
			"<path d=\"M%d %dH250V322\" "
			"marker-end=\"url(#a)\"/>\n",
			RISE_END, RISE_Y);
	add_states(&d);
	add_everywhere(&d, FC_E_WITHDRAW, HEIGHT - 34);
	add_everywhere(&d, FC_E_CLOSE, HEIGHT - 14);
	fa_buf_adds(out, "</svg>\n");
}
