/* consent-flow/1, faceaudit-flow(5): the JSON form of a flow. */
#ifndef FA_FLOW_JSON_H
#define FA_FLOW_JSON_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/flow.h"

#define FA_FLOW_FORMAT "consent-flow/1"
#define FA_FLOW_JSON_BYTES (64u << 20)

/* Reads and checks a flow strictly: unknown members, wrong kinds, ids that
 * are repeated or name nothing, cycles of parents, colours and boxes that are
 * none, too many of anything are FA_E_INPUT or FA_E_LIMIT that name the place
 * ("screens[2].elements[0].box: ..."). Lives in a. */
FA_MUST_CHECK int fa_flow_parse(struct fa_flow **out, struct fa_str json,
	struct fa_arena *a, struct fa_err *err);
/* Writes the canonical form: members in the order of the man page, what is
 * unknown as null or left out as the page says, two blanks of indent, a line
 * end. Reading it gives an equal flow. */
FA_MUST_CHECK int fa_flow_write(
	const struct fa_flow *f, struct fa_buf *out, struct fa_err *err);
/* Is this the text of a flow (its "format" member)? Cheap. */
bool fa_flow_is_json(struct fa_str text);

#endif
