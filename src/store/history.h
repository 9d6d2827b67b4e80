/* What was seen at a URL over time. */
#ifndef FA_STORE_HISTORY_H
#define FA_STORE_HISTORY_H

#include "store/store.h"

/* One text that a URL showed. */
struct fa_history_version {
	char payload[FA_HASH_HEX_BYTES];
	int64_t first_us, last_us;
	int64_t seen;                      /* captures */
	int64_t revisits;                  /* of these, without the text anew */
	int64_t bytes;                     /* as it came */
	struct fa_str etag, last_modified; /* of the last, or absent */
	/* Of the newest judgement of it: by verdict; judged false: none. */
	bool judged;
	int64_t gaps, cannot_tell, compliant, violations;
	int32_t as_of;
};
typedef int fa_history_fn(
	void *ctx, const struct fa_history_version *v, struct fa_err *err);
/* Calls fn for each text, in the order in which they were first seen. Texts
 * live until fn returns. */
FA_MUST_CHECK int fa_store_history(struct fa_store *s, int64_t url,
	fa_history_fn *fn, void *ctx, struct fa_err *err);
/* 1 when the store knows the URL, else 0. */
FA_MUST_CHECK int fa_store_knows_url(
	struct fa_store *s, int64_t url, struct fa_err *err);

#endif
