#include "flow/xml.h"

#include "base/library.h"

FA_LIBRARY_NOTE("flow", "pages and recorded screens", FA_SONAME_XML2);

static struct fa_library_slot opened;

/* By one thread, before others use it. */
static void
start(const void *functions)
{
	const struct fa_flow_xml *xml = functions;

	xml->xmlInitParser();
}

int
fa_flow_xml_open(struct fa_err *err)
{
#define NAME(f) #f,
	static const char *const names[] = { FA_FLOW_XML_FUNCTIONS(NAME) };
	static const struct fa_library library = {
		.soname = FA_SONAME_XML2,
		.names = names,
		.n = FA_COUNT(names),
		.ready = start,
	};

	_Static_assert(sizeof(struct fa_flow_xml) == sizeof(names),
		"the struct has a pointer for each name");
	return fa_library_open(&opened, &library, err);
}

const struct fa_flow_xml *
fa_flow_xml(void)
{
	return fa_library_functions(&opened);
}
