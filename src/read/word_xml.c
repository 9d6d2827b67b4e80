/* XML by the reader of libxml2: without a tree, without network, DTD or
 * entities of the document. A part with a document type is not read further: no
 * program writes one. */
#include <limits.h>
#include <string.h>

#include "read/word.h"
#include "read/xml.h"

static void
note_error(void *data, const char *msg, xmlParserSeverities severity,
	xmlTextReaderLocatorPtr locator)
{
	struct fa_word_xml *x = data;

	(void)msg;
	(void)locator;
	if (severity == XML_PARSER_SEVERITY_ERROR)
		x->broken = true;
}

void
fa_word_xml_open(struct fa_word_xml *x, struct fa_str part)
{
	xmlTextReader *r;

	*x = (struct fa_word_xml){ .depth = 0 };
	if (part.n == 0 || part.n > INT_MAX) {
		x->broken = part.n > 0;
		return;
	}
	r = fa_read_xml()->xmlReaderForMemory(part.p, (int)part.n, NULL, NULL,
		XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOCDATA |
			XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (r == NULL) {
		x->no_memory = true;
		return;
	}
	fa_read_xml()->xmlTextReaderSetErrorHandler(r, note_error, x);
	x->reader = r;
}

void
fa_word_xml_close(struct fa_word_xml *x)
{
	if (x->reader != NULL)
		fa_read_xml()->xmlFreeTextReader(x->reader);
	x->reader = NULL;
}

static bool
is_word(const xmlChar *uri)
{
	struct fa_str s = fa_str_c((const char *)uri);

	return fa_str_ends(s, FA_STR("wordprocessingml/2006/main")) ||
		fa_str_ends(s, FA_STR("wordprocessingml/main"));
}

static enum fa_word_event
stop(struct fa_word_xml *x, bool broken)
{
	const xmlError *e = broken ? fa_read_xml()->xmlGetLastError() : NULL;

	x->broken = x->broken || broken;
	x->no_memory =
		x->no_memory || (e != NULL && e->code == XML_ERR_NO_MEMORY);
	fa_word_xml_close(x);
	return FA_WORD_END_OF_PART;
}

enum fa_word_event
fa_word_xml_next(struct fa_word_xml *x)
{
	if (x->empty) {
		x->empty = false;
		return FA_WORD_END;
	}
	while (x->reader != NULL) {
		xmlTextReader *r = x->reader;
		int rc = fa_read_xml()->xmlTextReaderRead(r);
		int type;

		if (rc != 1)
			return stop(x, rc < 0);
		type = fa_read_xml()->xmlTextReaderNodeType(r);
		if (type == XML_READER_TYPE_DOCUMENT_TYPE)
			return stop(x, true);
		if (type == XML_READER_TYPE_TEXT ||
			type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE) {
			x->text =
				fa_str_c((const char *)fa_read_xml()
						 ->xmlTextReaderConstValue(r));
			return FA_WORD_TEXT;
		}
		if (type != XML_READER_TYPE_ELEMENT &&
			type != XML_READER_TYPE_END_ELEMENT)
			continue;
		x->name = fa_str_c((const char *)fa_read_xml()
					   ->xmlTextReaderConstLocalName(r));
		x->word = is_word(
			fa_read_xml()->xmlTextReaderConstNamespaceUri(r));
		x->depth = fa_read_xml()->xmlTextReaderDepth(r);
		if (type == XML_READER_TYPE_END_ELEMENT)
			return FA_WORD_END;
		x->empty = fa_read_xml()->xmlTextReaderIsEmptyElement(r) == 1;
		return FA_WORD_START;
	}
	return FA_WORD_END_OF_PART;
}

struct fa_str
fa_word_xml_attr(struct fa_word_xml *x, const char *name)
{
	xmlTextReader *r = x->reader;
	struct fa_str value = FA_STR_NONE;

	while (value.p == NULL &&
		fa_read_xml()->xmlTextReaderMoveToNextAttribute(r) == 1)
		if (strcmp((const char *)fa_read_xml()
				    ->xmlTextReaderConstLocalName(r),
			    name) == 0)
			value = fa_str_c((const char *)fa_read_xml()
						 ->xmlTextReaderConstValue(r));
	(void)fa_read_xml()->xmlTextReaderMoveToElement(r);
	return value;
}

void
fa_word_xml_skip(struct fa_word_xml *x)
{
	int depth = x->depth;

	if (x->empty) {
		x->empty = false;
		return;
	}
	for (;;) {
		enum fa_word_event e = fa_word_xml_next(x);

		if (e == FA_WORD_END_OF_PART ||
			(e == FA_WORD_END && x->depth == depth))
			return;
	}
}

bool
fa_word_xml_is(const struct fa_word_xml *x, const char *name)
{
	return x->word && fa_str_eq(x->name, fa_str_c(name));
}
