/* One rule of robots.txt: a path pattern and how it matches; for robots.c.
 *
 * RFC 9309 2.2.2 compares octets after percent-encoding, and lets the longest
 * pattern decide. Here both sides are brought to one form of bytes instead:
 * everything is decoded but "%25", and "%2F" and "%3F", which mean something
 * else than the delimiters. So "/a%3ab", "/a:b" and "/%61:b" are one pattern,
 * and "/a%2Fb" is not "/a/b". "%2A" and "%24" are plain characters of a
 * pattern, "*" and a final "$" are special (2.2.3).
 *
 * In a query "/" and "?" delimit nothing, and the table of 2.2.2 has
 * "?baz=https://foo.bar" and "?baz=https%3A%2F%2Ffoo.bar" equal. But a pattern
 * like "/x*=%2F" does not show where its query begins. So it is the target that
 * comes in three forms, of which a rule must match one. */
#ifndef FA_FETCH_ROBOTS_RULE_H
#define FA_FETCH_ROBOTS_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/str.h"

#define FA_ROBOTS_UNIT_BYTES 3 /* that one byte may become, at most */

struct fa_robots_rule {
	/* What stands between the asterisks, at least one; the first begins
	 * the target, and the last ends it if at_end. */
	const struct fa_str *parts;
	size_t parts_n;
	size_t min_bytes; /* of all parts */
	size_t octets;    /* of the pattern, percent-encoded: how specific */
	bool at_end;      /* ended in "$" */
	bool allow;
};

/* Compiles a pattern, but for allow; *out lives in a and does not refer to
 * pattern. false: no memory. */
FA_MUST_CHECK bool fa_robots_rule_init(
	struct fa_robots_rule *out, struct fa_str pattern, struct fa_arena *a);
/* How "/" and "?" stand in the query. */
enum fa_robots_form {
	FA_ROBOTS_AS_IS,
	FA_ROBOTS_DECODED,
	FA_ROBOTS_ENCODED,
	FA_ROBOTS_FORMS
};

/* Brings a target to a form that rules compare with. out has
 * FA_ROBOTS_UNIT_BYTES for each byte of target; the bytes written. */
size_t fa_robots_canonical(
	char *out, struct fa_str target, enum fa_robots_form form);
/* Time is bounded by min_bytes times the bytes of target. */
bool fa_robots_rule_matches(
	const struct fa_robots_rule *r, struct fa_str canonical);

#endif
