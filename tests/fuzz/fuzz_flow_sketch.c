/* Any bytes as a sketch. */
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

	fa_arena_init(&a, INVARIANT_ARENA_BYTES);
	rc = fa_import_sketch(&f, text, &a, &err);
	invariant_flow_result(rc, f, &err, &a);
	fa_arena_done(&a);
	return 0;
}
