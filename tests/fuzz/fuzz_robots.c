/* robots.txt: the input is a target and, behind its first line break, a file.
 * Invariants: the matcher agrees with one that tries everything, on its own
 * file of one rule; line breaks and a BOM change nothing; the escapes of a
 * target change nothing. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "fetch/robots.h"
#include "fetch/robots_rule.h"

#define ARENA_BYTES (64u << 20)
#define TARGET_BYTES 256 /* of a target that is tried in every way */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Which targets[i..] does the pattern, given as parts between asterisks, end
 * on? One set of positions for each part. */
static bool
slow_match(const struct fa_robots_rule *r, struct fa_str s)
{
	bool now[TARGET_BYTES * 3 + 1] = { true }, next[TARGET_BYTES * 3 + 1];

	for (size_t k = 0; k < r->parts_n; k++) {
		struct fa_str part = r->parts[k];
		bool any = false;

		memset(next, 0, sizeof(next));
		for (size_t i = 0; i <= s.n; i++) {
			any = k > 0 ? any || now[i] : now[i];
			if (any && s.n - i >= part.n &&
				fa_str_starts(fa_str_sub(s, i, s.n), part))
				next[i + part.n] = true;
		}
		memcpy(now, next, sizeof(now));
	}
	if (r->at_end)
		return now[s.n];
	for (size_t i = 0; i <= s.n; i++) {
		if (now[i])
			return true;
	}
	return false;
}

static void
check_rule(struct fa_str pattern, struct fa_str target, struct fa_arena *a)
{
	char z[TARGET_BYTES * FA_ROBOTS_UNIT_BYTES];
	struct fa_robots_rule r;

	if (target.n > TARGET_BYTES || !fa_robots_rule_init(&r, pattern, a))
		return;
	for (int form = 0; form < FA_ROBOTS_FORMS; form++) {
		struct fa_str s = { z,
			fa_robots_canonical(
				z, target, (enum fa_robots_form)form) };

		assert(fa_robots_rule_matches(&r, s) == slow_match(&r, s));
	}
}

static const struct fa_robots *
parse(struct fa_str text, struct fa_arena *a)
{
	struct fa_robots *r;
	struct fa_err err;

	if (fa_robots_parse(&r, text, FA_STR("faceaudit"), a, &err) != FA_OK)
		abort();
	assert(fa_robots_delay_ms(r) <= FA_ROBOTS_DELAY_MAX_MS);
	assert(fa_robots_allows(r, FA_STR("/robots.txt")));
	return r;
}

/* The file with a BOM and CRLF for LF. */
static void
check_breaks(struct fa_str text, struct fa_str target, bool allowed,
	struct fa_arena *a)
{
	struct fa_buf b;
	const struct fa_robots *r;

	fa_buf_init(&b, FA_ROBOTS_BYTES * 2);
	if (!fa_str_starts(text, FA_STR("\xef\xbb\xbf")))
		fa_buf_adds(&b, "\xef\xbb\xbf");
	for (size_t i = 0; i < text.n; i++)
		fa_buf_add(&b,
			text.p[i] == '\n' ? FA_STR("\r\n")
					  : fa_str_sub(text, i, i + 1));
	if (b.rc == FA_OK && b.n <= FA_ROBOTS_BYTES) {
		r = parse(fa_buf_str(&b), a);
		assert(fa_robots_allows(r, target) == allowed);
	}
	fa_buf_done(&b);
}

/* Every byte that is no delimiter in hex. A '%' is left out: with what follows
 * it may be an escape. */
static void
check_escapes(const struct fa_robots *r, struct fa_str target, bool allowed)
{
	struct fa_buf b;

	if (memchr(target.p, '%', target.n) != NULL ||
		fa_str_eq(target, FA_STR("/robots.txt")))
		return;
	fa_buf_init(&b, FA_ROBOTS_TARGET_BYTES);
	for (size_t i = 0; i < target.n; i++) {
		if (target.p[i] == '/' || target.p[i] == '?')
			fa_buf_addc(&b, target.p[i]);
		else
			fa_buf_addf(&b, "%%%02x", (unsigned char)target.p[i]);
	}
	assert(b.rc == FA_OK);
	assert(fa_robots_allows(r, fa_buf_str(&b)) == allowed);
	fa_buf_done(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str text = { (const char *)data, size };
	struct fa_str target = fa_str_cut(&text, '\n');
	struct fa_arena a;
	const struct fa_robots *r;
	bool allowed;

	fa_arena_init(&a, ARENA_BYTES);
	check_rule(fa_str_sub(text, 0, 4096), target, &a);
	r = parse(text, &a);
	allowed = fa_robots_allows(r, target);
	check_breaks(text, target, allowed, &a);
	if (target.n > 0 && target.n <= FA_ROBOTS_TARGET_BYTES / 3)
		check_escapes(r, target, allowed);
	fa_arena_done(&a);
	return 0;
}
