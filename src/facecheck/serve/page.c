#include "facecheck/serve/page.h"

#include <assert.h>
#include <string.h>

static const struct fc_page_group *const groups[] = { &fc_pages_service,
	&fc_pages_verify, &fc_pages_other, &fc_pages_rights,
	&fc_pages_documents, &fc_pages_notice };

struct walk {
	struct fa_buf *out;
	const struct fc_view *v;
	struct fa_err *err;
	unsigned depth; /* of fragments */
};

void
fc_view_flag(struct fc_view *v, const char *flag)
{
	assert(v->flags_n < FC_PAGE_FLAGS);
	v->flags[v->flags_n++] = flag;
}

void
fc_view_value(struct fc_view *v, const char *name, struct fa_str text)
{
	assert(v->values_n < FC_PAGE_VALUES);
	v->values[v->values_n].name = name;
	v->values[v->values_n++].text = text;
}

static bool
is_up(const struct fc_view *v, struct fa_str flag)
{
	for (size_t i = 0; i < v->flags_n; i++)
		if (fa_str_eq(flag, fa_str_c(v->flags[i])))
			return true;
	return false;
}

const struct fc_page *
fc_page_find(struct fa_str name)
{
	for (size_t g = 0; g < FA_COUNT(groups); g++)
		for (size_t i = 0; i < groups[g]->n; i++)
			if (fa_str_eq(name, fa_str_c(groups[g]->pages[i].name)))
				return &groups[g]->pages[i];
	return NULL;
}

const struct fc_page_group *
fc_page_group(size_t i)
{
	return i < FA_COUNT(groups) ? groups[i] : NULL;
}

void
fc_page_escape(struct fa_buf *out, struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++)
		switch (s.p[i]) {
		case '&':
			fa_buf_adds(out, "&amp;");
			break;
		case '<':
			fa_buf_adds(out, "&lt;");
			break;
		case '>':
			fa_buf_adds(out, "&gt;");
			break;
		case '"':
			fa_buf_adds(out, "&quot;");
			break;
		case '\'':
			fa_buf_adds(out, "&#39;");
			break;
		default:
			fa_buf_addc(out, s.p[i]);
		}
}

/* Is one of the names, parted by commas, up? */
static bool
any_up(const struct fc_view *v, struct fa_str names)
{
	while (names.p) {
		struct fa_str one = fa_str_cut(&names, ',');

		if (is_up(v, one))
			return true;
	}
	return false;
}

static void
begin_form(struct walk *w, struct fa_str path)
{
	fa_buf_adds(w->out, "<form method=\"post\" action=\"");
	fc_page_escape(w->out, path);
	fa_buf_adds(
		w->out, "\"><input type=\"hidden\" name=\"token\" value=\"");
	fc_page_escape(w->out, w->v->token);
	fa_buf_adds(w->out, "\">");
}

static int
put_value(struct walk *w, char kind, struct fa_str name)
{
	for (size_t i = 0; i < w->v->values_n; i++)
		if (fa_str_eq(name, fa_str_c(w->v->values[i].name))) {
			if (kind == '#')
				fa_buf_add(w->out, w->v->values[i].text);
			else
				fc_page_escape(w->out, w->v->values[i].text);
			return FA_OK;
		}
	return fa_fail(w->err, FA_E_INPUT, "page asks for unknown value '%.*s'",
		FA_STR_ARG(name));
}

static int expand(struct walk *w, struct fa_str s);

static int
put_fragment(struct walk *w, struct fa_str name)
{
	const struct fc_page *p = fc_page_find(name);
	int rc;

	if (!p || w->depth >= FC_PAGE_DEPTH)
		return fa_fail(w->err, FA_E_INPUT,
			"page asks for unknown or too deep fragment '%.*s'",
			FA_STR_ARG(name));
	w->depth++;
	rc = expand(w, fa_str_c(p->html));
	w->depth--;
	return rc;
}

/* A mark that puts something; rest is what follows its first character. */
static int
put_mark(struct walk *w, char kind, struct fa_str rest)
{
	struct fa_str label = rest, event;

	switch (kind) {
	case '=':
	case '#':
		return put_value(w, kind, rest);
	case '+':
		return put_fragment(w, rest);
	case '@':
		begin_form(w, rest);
		return FA_OK;
	case '*':
		event = fa_str_cut(&label, ' ');
		begin_form(w, FA_STR("/act"));
		fa_buf_adds(w->out, "<button name=\"event\" value=\"");
		fc_page_escape(w->out, event);
		fa_buf_adds(w->out, "\">");
		fc_page_escape(w->out, label);
		fa_buf_adds(w->out, "</button></form>");
		return FA_OK;
	default:
		return fa_fail(w->err, FA_E_INPUT,
			"page has unknown mark '%c%.*s'", kind,
			FA_STR_ARG(rest));
	}
}

/* Which ifs are open, and of which of them the middle is shown: bits,
 * outermost first. */
struct ifs {
	unsigned n, all, shown;
};

/* Is the mark one of an if? Then 1, and it is entered or left. */
static int
turn_if(struct walk *w, struct ifs *ifs, char kind, struct fa_str names)
{
	if (kind == '?' || kind == '!') {
		if (ifs->n >= FC_PAGE_DEPTH)
			return fa_fail(w->err, FA_E_INPUT,
				"page has more than %d ifs in each other",
				FC_PAGE_DEPTH);
		ifs->all |= 1u << ifs->n;
		if (any_up(w->v, names) == (kind == '?'))
			ifs->shown |= 1u << ifs->n;
		ifs->n++;
		return 1;
	}
	if (kind != '/')
		return 0;
	if (ifs->n == 0)
		return fa_fail(w->err, FA_E_INPUT,
			"page ends an if that did not begin");
	ifs->n--;
	ifs->all &= ~(1u << ifs->n);
	ifs->shown &= ~(1u << ifs->n);
	return 1;
}

static int
expand(struct walk *w, struct fa_str s)
{
	struct ifs ifs = { 0, 0, 0 };
	size_t at = 0;

	while (at < s.n) {
		size_t mark = fa_str_find(s, FA_STR("[["), at);
		size_t end = mark == SIZE_MAX
			? s.n
			: fa_str_find(s, FA_STR("]]"), mark);
		struct fa_str rest;
		int rc;

		if (ifs.shown == ifs.all)
			fa_buf_add(w->out, fa_str_sub(s, at, mark));
		if (mark == SIZE_MAX)
			break;
		if (end == SIZE_MAX || end < mark + 3)
			return fa_fail(w->err, FA_E_INPUT,
				"page has a mark without an end");
		rest = fa_str_sub(s, mark + 3, end);
		at = end + 2;
		rc = turn_if(w, &ifs, s.p[mark + 2], rest);
		if (rc == 0 && ifs.shown == ifs.all)
			rc = put_mark(w, s.p[mark + 2], rest);
		if (rc < 0)
			return rc;
	}
	if (ifs.n)
		return fa_fail(w->err, FA_E_INPUT, "page has an if too many");
	return FA_OK;
}

int
fc_page_expand(struct fa_buf *out, const char *html, const struct fc_view *v,
	struct fa_err *err)
{
	struct walk w = { .out = out, .v = v, .err = err };

	return expand(&w, fa_str_c(html));
}

int
fc_page_write(struct fa_buf *out, const struct fc_page *p,
	const struct fc_view *v, struct fa_err *err)
{
	static const char *const parts[] = { "head", NULL, "middle", NULL,
		"foot" };
	int rc = FA_OK;

	for (size_t i = 0; rc == FA_OK && i < FA_COUNT(parts); i++) {
		const struct fc_page *part =
			parts[i] ? fc_page_find(fa_str_c(parts[i])) : p;

		assert(part);
		rc = fc_page_expand(
			out, i == 1 ? p->title : part->html, v, err);
	}
	return rc < 0 ? rc : fa_buf_rc(out, "the page", err);
}
