/* The tokenizer's states for text without tags: titles, styles, scripts,
 * CDATA sections. */
#include <stdint.h>

#include "read/html_lex.h"

/* Whether the end tag of the last start tag begins at at ("appropriate end
 * tag", §13.2.5). */
static bool
ends_here(const struct fa_html_lex *l, size_t at)
{
	struct fa_str rest = fa_str_sub(l->in, at, l->in.n);
	size_t n = l->last_start.n;
	char c;

	if (rest.n < n + 3 || rest.p[0] != '<' || rest.p[1] != '/')
		return false;
	c = rest.p[2 + n];
	return (fa_html_blank(c) || c == '/' || c == '>') &&
		fa_str_ieq(fa_str_sub(rest, 2, 2 + n), l->last_start);
}

/* §13.2.5.2-3, 9-14: RCDATA and RAWTEXT. */
void
fa_html_lex_raw(struct fa_html_lex *l, struct fa_html_token *t)
{
	/* '<', and '&' */
	static const struct fa_scan_set plain = { { [0xc] = 8 } };
	static const struct fa_scan_set refs = { { [0xc] = 8, [6] = 4 } };
	const struct fa_scan_set *ends =
		l->model == FA_HTML_RCDATA ? &refs : &plain;
	size_t at = fa_html_lex_find(l, ends, l->at);

	while (at < l->in.n && l->in.p[at] == '<' && !ends_here(l, at))
		at = fa_html_lex_find(l, ends, at + 1);
	if (at > l->at)
		fa_html_lex_text(l, t, at);
	else if (l->in.p[at] == '&')
		fa_html_lex_reference(l, t);
	else
		fa_html_lex_tag(l, t, true);
}

/* §13.2.5.26, 31: letters behind '<' or '</'; whether they are "script" and
 * end like a tag name. *at moves behind the character that ends them, when it
 * does. */
static bool
script_word(const struct fa_html_lex *l, size_t *at)
{
	size_t from = *at;
	size_t to = from;
	char c;

	while (to < l->in.n && fa_html_alpha(l->in.p[to]))
		to++;
	*at = to;
	c = to < l->in.n ? l->in.p[to] : '\0';
	if (!fa_html_blank(c) && c != '/' && c != '>')
		return false;
	*at = to + 1;
	return fa_str_ieq(fa_str_sub(l->in, from, to), FA_STR("script"));
}

/* §13.2.5.23-25, 30: '<' at at inside an escape; returns where to go on, or
 * at when the end tag of the script begins there. */
static size_t
script_less_than(struct fa_html_lex *l, size_t at)
{
	bool slash = at + 1 < l->in.n && l->in.p[at + 1] == '/';
	size_t next = at + 1;

	l->dashes = 0;
	if (l->model == FA_HTML_SCRIPT_ESCAPED) {
		if (ends_here(l, at))
			return at;
		if (!slash && next < l->in.n && fa_html_alpha(l->in.p[next]) &&
			script_word(l, &next))
			l->model = FA_HTML_SCRIPT_DOUBLE;
	} else if (slash) {
		next++;
		if (script_word(l, &next))
			l->model = FA_HTML_SCRIPT_ESCAPED;
	}
	return next;
}

/* §13.2.5.20-22, 27-29: one character inside <!-- of a script, and those
 * behind it that mean nothing there. */
static size_t
script_escaped(struct fa_html_lex *l, size_t at)
{
	/* '<', '-' and '>' */
	static const struct fa_scan_set marks = {
		{ [0xc] = 8, [0xd] = 4, [0xe] = 8 }
	};
	char c = l->in.p[at];

	if (c == '<')
		return script_less_than(l, at);
	if (c == '-') {
		l->dashes++;
	} else {
		if (c == '>' && l->dashes >= 2)
			l->model = FA_HTML_SCRIPT;
		l->dashes = 0;
		return fa_html_lex_find(l, &marks, at + 1);
	}
	return at + 1;
}

/* §13.2.5.4, 15-19: from at to "<!--" and behind it, or to the end tag of the
 * script. '<' is frequent, '<' before '/' or '!' is not. */
static size_t
script_data(struct fa_html_lex *l, size_t at)
{
	static const struct fa_scan_set first = { { [0xc] = 8 } }; /* '<' */
	static const struct fa_scan_set second = { { [1] = 4, [0xf] = 4 } };

	for (;; at++) {
		at = fa_scan_pair(&first, &second, l->in, at, l->in.n, l->simd);
		if (at == l->in.n || ends_here(l, at))
			return at;
		if (fa_str_starts(
			    fa_str_sub(l->in, at, l->in.n), FA_STR("<!--"))) {
			/* Both dashes count. */
			l->model = FA_HTML_SCRIPT_ESCAPED;
			l->dashes = 2;
			return at + 4;
		}
	}
}

/* §13.2.5.4, 15-31: script data. */
void
fa_html_lex_script(struct fa_html_lex *l, struct fa_html_token *t)
{
	size_t at = l->at;

	while (at < l->in.n) {
		size_t next = l->model == FA_HTML_SCRIPT
			? script_data(l, at)
			: script_escaped(l, at);

		if (next == at)
			break;
		at = next;
	}
	if (at > l->in.n)
		at = l->in.n;
	if (at > l->at)
		fa_html_lex_text(l, t, at);
	else
		fa_html_lex_tag(l, t, true);
}

/* §13.2.5.69-71 */
void
fa_html_lex_cdata(struct fa_html_lex *l, struct fa_html_token *t)
{
	size_t end = fa_str_find(l->in, FA_STR("]]>"), l->at);

	if (end == SIZE_MAX) {
		fa_html_lex_text(l, t, l->in.n);
		return;
	}
	fa_html_lex_text(l, t, end);
	l->at = end + 3;
	l->model = FA_HTML_DATA;
}
