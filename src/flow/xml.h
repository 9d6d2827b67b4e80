/* libxml2 for recorded screens, opened when it is needed. */
#ifndef FA_FLOW_XML_H
#define FA_FLOW_XML_H

#include <libxml/HTMLparser.h>
#include <libxml/xmlreader.h>

#include "base/err.h"

#define FA_FLOW_XML_FUNCTIONS(X)                                               \
	X(xmlInitParser)                                                       \
	X(htmlReadMemory)                                                      \
	X(xmlFreeDoc)                                                          \
	X(xmlDocGetRootElement)                                                \
	X(xmlReaderForMemory)                                                  \
	X(xmlFreeTextReader)                                                   \
	X(xmlTextReaderRead)                                                   \
	X(xmlTextReaderNodeType)                                               \
	X(xmlTextReaderDepth)                                                  \
	X(xmlTextReaderConstName)                                              \
	X(xmlTextReaderConstValue)                                             \
	X(xmlTextReaderMoveToNextAttribute)                                    \
	X(xmlTextReaderMoveToElement)

struct fa_flow_xml {
#define FA_FLOW_XML_MEMBER(f) __typeof__(f) *f;
	FA_FLOW_XML_FUNCTIONS(FA_FLOW_XML_MEMBER)
};

/* Before any of them is called. FA_E_UNSUPPORTED: it is not installed. */
FA_MUST_CHECK int fa_flow_xml_open(struct fa_err *err);
const struct fa_flow_xml *fa_flow_xml(void); /* NULL before it is open */

#endif
