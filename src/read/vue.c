/* Single-file components of Vue and uni-app, and WXML of mini-programs. A
 * component is a few elements one after the other; each has its language. */
#include "read/code.h"
#include "read/extract.h"
#include "read/html_lex.h"

struct part {
	struct fa_str name;
	size_t inner; /* behind its start tag */
	struct fa_str language;
	bool closed; /* "<script src=x />" */
};

/* The value of attribute name in the tag text. */
static struct fa_str
attribute(struct fa_str tag, struct fa_str name)
{
	size_t at = fa_str_find(tag, name, 0);
	size_t from, to;
	char mark[2] = { 0 };

	if (at == SIZE_MAX || at + name.n + 1 >= tag.n)
		return FA_STR("");
	mark[0] = tag.p[at + name.n];
	from = at + name.n + 1;
	to = fa_str_find(tag, fa_str_c(mark), from);
	return to == SIZE_MAX ? FA_STR("") : fa_str_sub(tag, from, to);
}

static struct part
part_at(struct fa_str text, size_t at)
{
	struct part p = { .inner = at + 1 };
	size_t end = fa_str_find(text, FA_STR(">"), at);
	size_t to = at + 1;

	while (to < text.n && fa_html_alpha(text.p[to]))
		to++;
	p.name = fa_str_sub(text, at + 1, to);
	if (end == SIZE_MAX)
		end = text.n;
	p.inner = end < text.n ? end + 1 : end;
	p.closed = end > at && text.p[end - 1] == '/';
	p.language = attribute(fa_str_sub(text, at, end), FA_STR("lang="));
	return p;
}

/* Where "</name" begins behind at. */
static size_t
end_of(struct fa_str text, struct fa_str name, size_t at)
{
	for (;;) {
		at = fa_str_find(text, FA_STR("</"), at);
		if (at == SIZE_MAX)
			return text.n;
		if (fa_str_starts(fa_str_sub(text, at + 2, text.n), name))
			return at;
		at += 2;
	}
}

static int
take(struct fa_code *c, const struct part *p, size_t *at, struct fa_err *err)
{
	size_t end = p->closed ? p->inner : end_of(c->text, p->name, p->inner);
	int rc = FA_OK;

	if (fa_str_eq(p->name, FA_STR("template")) && !p->closed) {
		if (p->language.n == 0 ||
			fa_str_eq(p->language, FA_STR("html")))
			return fa_code_run_markup(c, at, c->text.n, false, err);
		fa_code_complain(c, *at,
			"begins a template in another "
			"language than HTML, which is not "
			"read");
	} else if (!fa_str_eq(p->name, FA_STR("style"))) {
		c->markup = FA_CODE_JSX;
		rc = fa_code_run(c, p->inner, end, err);
		c->markup = FA_CODE_VUE;
	}
	*at = end > *at ? end : *at + 1;
	return rc;
}

static int
components(struct fa_code *c, struct fa_err *err)
{
	size_t at = 0;

	while (at < c->text.n) {
		struct part p;
		int rc;

		at = fa_str_find(c->text, FA_STR("<"), at);
		if (at == SIZE_MAX)
			break;
		if (fa_str_starts(fa_str_sub(c->text, at, c->text.n),
			    FA_STR("<!--"))) {
			size_t from = at + 4;
			size_t end = fa_str_find(c->text, FA_STR("-->"), from);
			size_t to = end == SIZE_MAX ? c->text.n : end + 3;

			fa_build_remark(c->b, at, to,
				(struct fa_range){ (uint32_t)from,
					(uint32_t)(end == SIZE_MAX ? c->text.n
								   : end) });
			at = to;
			continue;
		}
		if (at + 1 >= c->text.n || !fa_html_alpha(c->text.p[at + 1])) {
			at++;
			continue;
		}
		p = part_at(c->text, at);
		rc = take(c, &p, &at, err);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

int
fa_vue_extract(struct fa_build *b, struct fa_err *err)
{
	FA_CLEANUP(fa_code_done) struct fa_code c;
	int rc = fa_code_init(&c, b, fa_code_script(), err);

	if (rc < 0)
		return rc;
	c.markup = FA_CODE_VUE;
	return components(&c, err);
}

int
fa_wxml_extract(struct fa_build *b, struct fa_err *err)
{
	FA_CLEANUP(fa_code_done) struct fa_code c;
	int rc = fa_code_init(&c, b, fa_code_script(), err);
	size_t at = 0;

	if (rc < 0)
		return rc;
	c.markup = FA_CODE_WXML;
	return fa_code_run_markup(&c, &at, c.text.n, true, err);
}
