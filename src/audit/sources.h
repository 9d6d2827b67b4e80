/* Flows that a source declares (androidPrivacy.json of uni-app, mini
 * programs): the lines of the source that their passages stand on. */
#ifndef FA_AUDIT_SOURCES_H
#define FA_AUDIT_SOURCES_H

#include "audit/audit.h"

/* One file of a source. */
struct fa_audit_source {
	struct fa_str path, bytes;
};

/* Gives each passage of r, a result of a flow, its place in the sources: its
 * text is looked for in what they say, in their order; the n-th element of
 * the same text is the n-th there. One that is not found keeps none. What
 * cannot be read is passed over. */
FA_MUST_CHECK int fa_audit_sources(struct fa_result *r,
	const struct fa_audit_source *sources, size_t n, struct fa_arena *a,
	struct fa_err *err);

#endif
