/* PCRE2 with limits. A compiled expression is read-only and may be shared by
 * threads; match state belongs to the caller. */
#ifndef FA_BASE_RE_H
#define FA_BASE_RE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_RE_MATCH_LIMIT 100000  /* PCRE2 match limit per call */
#define FA_RE_DEPTH_LIMIT 250     /* PCRE2 depth limit */
#define FA_RE_HEAP_KIB 4096       /* PCRE2 heap limit */
#define FA_RE_PATTERN_BYTES 65535 /* longest pattern */

struct fa_re;

struct fa_re_scratch; /* match data, limits and JIT stack of one thread */

/* Compiles pattern (UTF, never NUL-terminated; options fixed: UTF,
 * NO_UTF_CHECK at match time because text is validated in read; JIT when
 * available). FA_E_INPUT with PCRE2's message and the offset in bytes. */
FA_MUST_CHECK int fa_re_new(
	struct fa_re **out, struct fa_str pattern, struct fa_err *err);
void fa_re_free(struct fa_re *re);
FA_MUST_CHECK int fa_re_scratch_new(
	struct fa_re_scratch **out, struct fa_err *err);
void fa_re_scratch_free(struct fa_re_scratch *s);

struct fa_re_hit {
	size_t from, to; /* bytes in the subject */
};

/* First match at or after from: 1 with *hit, 0 for none, FA_E_LIMIT when a
 * limit ended the search (which is not "no match"), FA_E_NOMEM. */
FA_MUST_CHECK int fa_re_find(const struct fa_re *re, struct fa_re_scratch *s,
	struct fa_str subject, size_t from, struct fa_re_hit *hit,
	struct fa_err *err);

#endif
