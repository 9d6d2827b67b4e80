/* Any bytes as consent-flow/1: what is read is written so that it reads to the
 * same bytes. */
#include <stdint.h>

#include "invariant_flow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str text = { (const char *)data, size };
	struct fa_flow *f = NULL;
	struct fa_err err = { .rc = FA_OK };
	struct fa_arena a;
	int rc;

	(void)fa_flow_is_json(text);
	fa_arena_init(&a, INVARIANT_ARENA_BYTES);
	rc = fa_flow_parse(&f, text, &a, &err);
	invariant_flow_result(rc, f, &err, &a);
	fa_arena_done(&a);
	return 0;
}
