/* The tokenizer's states behind "<!": comments and doctypes. */
#include <stdint.h>
#include <string.h>

#include "read/html_lex.h"

static void
comment(struct fa_html_lex *l, struct fa_html_token *t, size_t from, size_t to,
	size_t end)
{
	t->kind = FA_HTML_COMMENT;
	t->name = fa_str_sub(l->in, from, to);
	t->from = l->at;
	t->to = l->at = end;
}

/* §13.2.5.41: a comment up to the next '>', with data from data. */
void
fa_html_lex_bogus(struct fa_html_lex *l, struct fa_html_token *t, size_t data)
{
	const char *gt = memchr(l->in.p + data, '>', l->in.n - data);
	size_t end = gt == NULL ? l->in.n : (size_t)(gt - l->in.p);

	comment(l, t, data, end, gt == NULL ? end : end + 1);
}

/* §13.2.5.43-52: a comment ends at "-->" or "--!>", or at once with ">" or
 * "->". */
static void
real_comment(struct fa_html_lex *l, struct fa_html_token *t)
{
	size_t from = l->at + 4;
	struct fa_str rest = fa_str_sub(l->in, from, l->in.n);
	size_t at = from;

	if (fa_str_starts(rest, FA_STR(">"))) {
		comment(l, t, from, from, from + 1);
		return;
	}
	if (fa_str_starts(rest, FA_STR("->"))) {
		comment(l, t, from, from, from + 2);
		return;
	}
	while ((at = fa_str_find(l->in, FA_STR("--"), at)) != SIZE_MAX) {
		rest = fa_str_sub(l->in, at + 2, at + 4);
		if (fa_str_starts(rest, FA_STR(">"))) {
			comment(l, t, from, at, at + 3);
			return;
		}
		if (fa_str_starts(rest, FA_STR("!>"))) {
			comment(l, t, from, at, at + 4);
			return;
		}
		at++;
	}
	comment(l, t, from, l->in.n, l->in.n);
}

/* §13.2.5.53-68: in every doctype state '>' ends the token. */
static void
doctype(struct fa_html_lex *l, struct fa_html_token *t)
{
	size_t begin = l->at;
	size_t at = begin + 9;
	size_t from;

	while (at < l->in.n && fa_html_blank(l->in.p[at]))
		at++;
	from = at;
	while (at < l->in.n && !fa_html_blank(l->in.p[at]) &&
		l->in.p[at] != '>')
		at++;
	fa_html_lex_bogus(l, t, at);
	t->kind = FA_HTML_DOCTYPE;
	t->name = fa_str_sub(l->in, from, at);
	t->from = begin;
}

/* §13.2.5.42: "<!" at the cursor. */
void
fa_html_lex_markup(struct fa_html_lex *l, struct fa_html_token *t)
{
	struct fa_str rest = fa_str_sub(l->in, l->at + 2, l->in.n);

	if (fa_str_starts(rest, FA_STR("--"))) {
		real_comment(l, t);
	} else if (fa_str_ieq(fa_str_sub(rest, 0, 7), FA_STR("doctype"))) {
		doctype(l, t);
	} else if (l->foreign && fa_str_starts(rest, FA_STR("[CDATA["))) {
		l->at += 9;
		l->model = FA_HTML_CDATA;
	} else {
		fa_html_lex_bogus(l, t, l->at + 2);
	}
}
