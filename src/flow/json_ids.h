/* Ids of screens, elements and evidence, and what they name. Only json*.c
 * includes this. */
#ifndef FA_FLOW_JSON_IDS_H
#define FA_FLOW_JSON_IDS_H

#include <stdint.h>

#include "flow/json_field.h"
#include "model/flow.h"

struct fa_flow_id {
	struct fa_str id;
	uint32_t screen;  /* or index of evidence */
	uint32_t element; /* FA_FLOW_NONE: the screen itself */
};

struct fa_flow_ids {
	struct fa_flow_id *at; /* in the order of fa_str_cmp */
	size_t n;
};

/* Tables of the flow; an id that stands twice is a failure that names its
 * second place. They live in r->a. */
void fa_flow_ids_screens(struct fa_flow_ids *out, const struct fa_flow *f,
	struct fa_field_reader *r);
void fa_flow_ids_elements(struct fa_flow_ids *out, const struct fa_flow *f,
	struct fa_field_reader *r);
void fa_flow_ids_evidence(struct fa_flow_ids *out, const struct fa_flow *f,
	struct fa_field_reader *r);
const struct fa_flow_id *fa_flow_ids_find(
	const struct fa_flow_ids *ids, struct fa_str id); /* or NULL */
/* What the id in a member names; a failure when it names nothing, NULL when
 * the member is missing or null. */
const struct fa_flow_id *fa_flow_ids_get(const struct fa_flow_ids *ids,
	struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *obj, const char *key);

#endif
