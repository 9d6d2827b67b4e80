#include "flow/markup.h"

#include <string.h>

#include "base/utf8.h"
#include "flow/xml.h"

xmlDoc *
fa_markup_parse(struct fa_str text)
{
	const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
		HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
		HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT;
	size_t n = text.n < FA_MARKUP_BYTES ? text.n : FA_MARKUP_BYTES;

	while (n > 0 && n < text.n && ((unsigned char)text.p[n] & 0xc0) == 0x80)
		n--;
	if (n == 0)
		return NULL;
	return fa_flow_xml()->htmlReadMemory(
		text.p, (int)n, NULL, "utf-8", options);
}

void
fa_markup_free(xmlDoc **doc)
{
	if (*doc != NULL)
		fa_flow_xml()->xmlFreeDoc(*doc);
	*doc = NULL;
}

struct fa_str
fa_markup_attr(const xmlNode *n, const char *name)
{
	if (n->type != XML_ELEMENT_NODE)
		return FA_STR_NONE;
	for (const xmlAttr *a = n->properties; a != NULL; a = a->next) {
		if (strcmp((const char *)a->name, name) != 0)
			continue;
		if (a->children == NULL || a->children->content == NULL)
			return FA_STR("");
		return fa_str_c((const char *)a->children->content);
	}
	return FA_STR_NONE;
}

bool
fa_markup_is(const xmlNode *n, const char *tag)
{
	return n->type == XML_ELEMENT_NODE &&
		strcmp((const char *)n->name, tag) == 0;
}

const xmlNode *
fa_markup_next(const xmlNode *n, const xmlNode *top, bool down)
{
	if (down && n->children != NULL && n->type == XML_ELEMENT_NODE)
		return n->children;
	while (n != top && n->next == NULL)
		n = n->parent;
	return n == top ? NULL : n->next;
}

static bool
is_text(const xmlNode *n)
{
	return (n->type == XML_TEXT_NODE ||
		       n->type == XML_CDATA_SECTION_NODE) &&
		n->content != NULL;
}

bool
fa_markup_silent(const xmlNode *n)
{
	static const char *const tags[] = { "script", "style", "template",
		"noscript", "wxs", "head" };

	for (size_t i = 0; i < FA_COUNT(tags); i++) {
		if (fa_markup_is(n, tags[i]))
			return true;
	}
	return false;
}

void
fa_markup_fold(struct fa_buf *b, struct fa_str s)
{
	while (s.n > 0 && b->rc == FA_OK) {
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);

		if (!fa_rune_is_space(cp))
			fa_buf_add(b, fa_str_sub(s, 0, n));
		else if (b->n > 0 && b->p[b->n - 1] != ' ')
			fa_buf_addc(b, ' ');
		s = fa_str_sub(s, n, s.n);
	}
}

void
fa_markup_text(struct fa_buf *b, const xmlNode *top)
{
	const xmlNode *n = top;

	while (n != NULL) {
		if (is_text(n))
			fa_markup_fold(b, fa_str_c((const char *)n->content));
		n = fa_markup_next(n, top, !fa_markup_silent(n));
	}
}
