/* Which screens look alike: the same page or activity, the same words, the
 * same state of its boxes. Numbers (countdowns, prices, codes) and the parts of
 * an address that differ from visit to visit do not count. */
#ifndef FA_FLOW_FINGERPRINT_H
#define FA_FLOW_FINGERPRINT_H

#include "base/attr.h"
#include "base/err.h"
#include "model/flow.h"

#define FA_FLOW_FINGERPRINT_BYTES 17 /* 16 hexadecimal digits and a NUL */

/* The first 64 bits of the SHA-256 over the URL and native name with volatile
 * parts folded, the texts that are not known to be invisible with runs of
 * digits folded, and of each control its role, label and whether it is ticked.
 * What a user typed, boxes, colours and ids do not count. */
FA_MUST_CHECK int fa_flow_fingerprint(char out[FA_FLOW_FINGERPRINT_BYTES],
	const struct fa_flow_screen *s, struct fa_err *err);

#endif
