/* libxml2 for listings of app stores, opened when it is needed. */
#ifndef FA_DISCOVER_XML_H
#define FA_DISCOVER_XML_H

#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>

#include "base/err.h"

#define FA_DISCOVER_XML_FUNCTIONS(X)                                           \
	X(xmlInitParser)                                                       \
	X(htmlReadMemory)                                                      \
	X(xmlFreeDoc)                                                          \
	X(xmlDocGetRootElement)                                                \
	X(xmlFree)                                                             \
	X(xmlXPathNewContext)                                                  \
	X(xmlXPathFreeContext)                                                 \
	X(xmlXPathCtxtCompile)                                                 \
	X(xmlXPathFreeCompExpr)                                                \
	X(xmlXPathCompiledEval)                                                \
	X(xmlXPathFreeObject)                                                  \
	X(xmlXPathCastNodeToString)

struct fa_discover_xml {
#define FA_DISCOVER_XML_MEMBER(f) __typeof__(f) *f;
	FA_DISCOVER_XML_FUNCTIONS(FA_DISCOVER_XML_MEMBER)
};

/* Before any of them is called. FA_E_UNSUPPORTED: it is not installed. */
FA_MUST_CHECK int fa_discover_xml_open(struct fa_err *err);
const struct fa_discover_xml *fa_discover_xml(
	void); /* NULL before it is open */

#endif
