#include "flow/transcript.h"

#include "base/buf.h"

#define UP_MAX 64 /* parents that are asked whether they gave the text */
#define COMPARED_BYTES 4096 /* longest text that is searched for another */

struct writing {
	const struct fa_flow *f;
	struct fa_arena *a;
	struct fa_err *err;
	struct fa_buf html;
	struct fa_transcript_line *lines;
	size_t n, cap;
	int rc;
};

/* Text with what HTML would take for markup escaped; line ends, which mean
 * nothing there, become <br> when breaks says so. */
static void
put_text(struct fa_buf *b, struct fa_str s, bool breaks)
{
	size_t done = 0;

	for (size_t i = 0; i < s.n; i++) {
		const char *as = NULL;

		if (s.p[i] == '&')
			as = "&amp;";
		else if (s.p[i] == '<')
			as = "&lt;";
		else if (s.p[i] == '>')
			as = "&gt;";
		else if (s.p[i] == '"')
			as = "&quot;";
		else if (s.p[i] == '\n' && breaks)
			as = "<br>";
		if (as == NULL)
			continue;
		fa_buf_add(b, fa_str_sub(s, done, i));
		fa_buf_adds(b, as);
		done = i + 1;
	}
	fa_buf_add(b, fa_str_sub(s, done, s.n));
}

static void
put_line(struct writing *w, const char *open, struct fa_str text,
	const char *close, uint32_t screen, uint32_t element)
{
	struct fa_transcript_line line = { .screen = screen,
		.element = element };
	struct fa_transcript_line *grown;

	fa_buf_adds(&w->html, open);
	line.from = (uint32_t)w->html.n;
	put_text(&w->html, text, close[2] == 'p');
	line.to = (uint32_t)w->html.n;
	fa_buf_adds(&w->html, close);
	fa_buf_addc(&w->html, '\n');
	if (w->rc == FA_OK)
		w->rc = fa_buf_rc(&w->html, "transcript of a flow", w->err);
	if (w->rc < 0)
		return;
	grown = fa_arena_grow(w->a, w->lines, &w->cap, w->n + 1, sizeof(line));
	if (grown == NULL) {
		w->rc = fa_fail(w->err, FA_E_NOMEM,
			"out of memory for the transcript of a flow");
		return;
	}
	w->lines = grown;
	w->lines[w->n++] = line;
}

/* What an element shows: its text, or what names a control that has none. */
static struct fa_str
shown(const struct fa_flow_element *e)
{
	switch (e->role) {
	case FA_FLOW_TEXT:
	case FA_FLOW_CONTAINER:
	case FA_FLOW_WEBVIEW:
	case FA_FLOW_IMAGE:
		return e->text;
	case FA_FLOW_INPUT:
		return e->hint.n > 0 ? e->hint : e->label;
	default:
		if (e->text.n > 0)
			return e->text;
		return e->label.n > 0 ? e->label : e->hint;
	}
}

/* Has the nearest parent that shows a text already given this one? */
static bool
given_above(const struct fa_flow_screen *s, const struct fa_flow_element *e,
	struct fa_str text)
{
	uint32_t up = e->parent;

	for (unsigned i = 0; i < UP_MAX && up != FA_FLOW_NONE; i++) {
		const struct fa_flow_element *p = &s->elements[up];
		struct fa_str given = shown(p);

		if (p->visible != FA_TRI_NO && given.n >= text.n) {
			if (fa_str_eq(given, text))
				return true;
			if (given.n <= COMPARED_BYTES &&
				fa_str_find(given, text, 0) != SIZE_MAX)
				return true;
		}
		if (p->visible != FA_TRI_NO && given.n > 0)
			return false;
		up = p->parent;
	}
	return false;
}

static void
put_element(struct writing *w, uint32_t screen, uint32_t element)
{
	const struct fa_flow_screen *s = &w->f->screens[screen];
	const struct fa_flow_element *e = &s->elements[element];
	struct fa_str text = shown(e);
	bool on = e->checked == FA_TRI_YES;

	if (e->visible == FA_TRI_NO || fa_str_trim(text).n == 0 ||
		given_above(s, e, text))
		return;
	switch (e->role) {
	case FA_FLOW_BUTTON:
		put_line(w, "<button>", text, "</button>", screen, element);
		break;
	case FA_FLOW_CHECKBOX:
	case FA_FLOW_RADIO:
	case FA_FLOW_SWITCH:
		put_line(w,
			on ? "<div role=\"checkbox\" aria-checked=\"true\">"
			   : "<div role=\"checkbox\">",
			text, "</div>", screen, element);
		break;
	case FA_FLOW_LINK:
		put_line(w, "<div role=\"button\">", text, "</div>", screen,
			element);
		break;
	default:
		put_line(w, "<p>", text, "</p>", screen, element);
		break;
	}
}

static void
put_screen(struct writing *w, uint32_t screen)
{
	const struct fa_flow_screen *s = &w->f->screens[screen];
	struct fa_str title = fa_str_trim(s->title).n > 0 ? s->title : s->id;

	put_line(w, "<h1>", title, "</h1>", screen, FA_FLOW_NONE);
	for (size_t i = 0; w->rc == FA_OK && i < s->elements_n; i++)
		put_element(w, screen, (uint32_t)i);
}

int
fa_transcript(struct fa_transcript *out, const struct fa_flow *f,
	struct fa_arena *a, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf owned = { .rc = 0 };
	struct writing w = { .f = f, .a = a, .err = err };
	struct fa_str html;

	fa_buf_init(&w.html, FA_DOC_MAX_BYTES);
	fa_buf_adds(&w.html, "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n");
	for (size_t i = 0; w.rc == FA_OK && i < f->screens_n; i++)
		put_screen(&w, (uint32_t)i);
	owned = w.html;
	if (w.rc == FA_OK)
		w.rc = fa_buf_rc(&owned, "transcript of a flow", err);
	if (w.rc < 0)
		return w.rc;
	html = fa_arena_dup(a, fa_buf_str(&owned));
	if (html.p == NULL)
		return fa_fail(err, FA_E_NOMEM,
			"out of memory for the transcript of a flow");
	out->html = html;
	out->lines = w.lines;
	out->n = w.n;
	return FA_OK;
}

const struct fa_transcript_line *
fa_transcript_at(const struct fa_transcript *t, uint32_t raw)
{
	size_t from = 0;
	size_t to = t->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (t->lines[mid].to <= raw)
			from = mid + 1;
		else
			to = mid;
	}
	return from < t->n && t->lines[from].from <= raw ? &t->lines[from]
							 : NULL;
}
