/* The screens of a consent-flow/1 text. Only json.c includes this. */
#ifndef FA_FLOW_JSON_SCREEN_H
#define FA_FLOW_JSON_SCREEN_H

#include "flow/json_field.h"
#include "flow/json_ids.h"

/* Fills f->screens but for what is named by id. */
void fa_flow_read_screens(struct fa_flow *f, struct fa_field_reader *r,
	const struct fa_json *screens);
/* Sets what is named by id: parents, covering elements, evidence. */
void fa_flow_read_references(struct fa_flow *f, struct fa_field_reader *r,
	const struct fa_json *screens, const struct fa_flow_ids *elements,
	const struct fa_flow_ids *evidence);

#endif
