/* Any text as the value of a compiled bundle, with the digest that belongs
 * to it; and the same bytes as a whole bundle. */
#include "base/hash.h"
#include "fuzz/invariant_rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
parse(struct fa_str json)
{
	struct fa_bundle *b = NULL;
	struct fa_arena a;
	struct fa_err err;
	int rc;

	fa_arena_init(&a, 256u << 20);
	rc = fa_rules_parse_bundle(&b, json, &a, &err);
	must((rc == FA_OK) == (b != NULL));
	if (rc == FA_OK)
		bundle_holds(b, &a);
	fa_arena_done(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str value = { (const char *)data, size };
	char hex[FA_HASH_HEX_BYTES];
	struct fa_buf json;
	struct fa_err err;

	parse(value);
	must(fa_hash_sha256(hex, value, &err) == FA_OK);
	fa_buf_init(&json, size + 200);
	fa_buf_adds(&json, "{\"bundle\":");
	fa_buf_add(&json, value);
	fa_buf_addf(&json, ",\"sha256\":\"%s\"}", hex);
	parse(fa_buf_str(&json));
	fa_buf_done(&json);
	return 0;
}
