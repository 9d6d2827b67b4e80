/* From a page to the pages that matter: the policy link of a store listing or
 * home page, the documents that belong to a policy, and whether a page holds
 * the text that was asked for at all. Nothing is fetched, nothing is judged;
 * references come out as they are written. */
#ifndef FA_DISCOVER_DISCOVER_H
#define FA_DISCOVER_DISCOVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "model/capture.h"
#include "model/doc.h"
#include "model/target.h"

#define FA_DISCOVER_LINKS 16 /* references taken from one page */

struct fa_reference {
	struct fa_str href; /* as written, entities decoded */
	enum fa_role role;  /* what is expected behind it */
	struct fa_str text; /* link text or name of the field, one line */
};

struct fa_references {
	struct fa_reference at[FA_DISCOVER_LINKS];
	size_t n;
	bool more; /* there were more than fit */
};

/* A page as it was obtained. */
struct fa_discover_page {
	struct fa_str url;        /* canonical */
	struct fa_str media_type; /* "text/html", or absent */
	struct fa_str body;       /* content coding removed */
	const struct fa_doc *doc; /* what read made of it (unsegmented will
				   * do), or NULL when it could not */
};

/* Privacy-policy references of a home page or a hub, by link text. */
FA_MUST_CHECK int fa_discover_policy(struct fa_references *out,
	const struct fa_discover_page *page, struct fa_arena *a,
	struct fa_err *err);
/* What belongs to a policy: children's rules, SDK list, face-service
 * agreement, permission list, list of collected data, user agreement. Links
 * whose text names no such thing are not returned, above all no policies of
 * third parties. */
FA_MUST_CHECK int fa_discover_related(struct fa_references *out,
	const struct fa_discover_page *page, struct fa_arena *a,
	struct fa_err *err);

/* What a page asked for as a document of role is: OK, EMPTY_SHELL, LOGIN_WALL,
 * BLOCKED (robot check), NOT_A_POLICY, UNSUPPORTED_TYPE. *why is one phrase in
 * English (static). When in doubt OK: a wrong "not a policy" loses a document.
 */
enum fa_outcome fa_discover_kind(const char **why,
	const struct fa_discover_page *page, enum fa_role role);

#endif
