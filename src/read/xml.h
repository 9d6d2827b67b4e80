/* The reader of libxml2, opened when it is needed. */
#ifndef FA_READ_XML_H
#define FA_READ_XML_H

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>

#include "base/err.h"

#define FA_READ_XML_FUNCTIONS(X)                                               \
	X(xmlInitParser)                                                       \
	X(xmlGetLastError)                                                     \
	X(xmlReaderForMemory)                                                  \
	X(xmlFreeTextReader)                                                   \
	X(xmlTextReaderSetErrorHandler)                                        \
	X(xmlTextReaderRead)                                                   \
	X(xmlTextReaderNodeType)                                               \
	X(xmlTextReaderDepth)                                                  \
	X(xmlTextReaderIsEmptyElement)                                         \
	X(xmlTextReaderConstLocalName)                                         \
	X(xmlTextReaderConstNamespaceUri)                                      \
	X(xmlTextReaderConstValue)                                             \
	X(xmlTextReaderMoveToNextAttribute)                                    \
	X(xmlTextReaderMoveToElement)

struct fa_read_xml {
#define FA_READ_XML_MEMBER(f) __typeof__(f) *f;
	FA_READ_XML_FUNCTIONS(FA_READ_XML_MEMBER)
};

/* Before any of them is called. FA_E_UNSUPPORTED: it is not installed. */
FA_MUST_CHECK int fa_read_xml_open(struct fa_err *err);
const struct fa_read_xml *fa_read_xml(void); /* NULL before it is open */

#endif
