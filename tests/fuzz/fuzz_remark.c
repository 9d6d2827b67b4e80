/* Any text as a comment. Invariants: parts lie in the text, in order and on
 * one line; a waiver with rules stands behind "allow"; a date is none or one of
 * the calendar; what was taken apart is not met again. */
#include <assert.h>
#include <stdint.h>

#include "base/clock.h"
#include "project/remark.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_part(struct fa_str part, struct fa_str text)
{
	if (part.p == NULL || part.n == 0)
		return;
	assert(part.p >= text.p && part.p + part.n <= text.p + text.n);
	assert(fa_str_find(part, FA_STR("\n"), 0) == SIZE_MAX);
	assert(fa_str_find(part, FA_STR("\r"), 0) == SIZE_MAX);
}

static void
check_waiver(const struct fa_remark_waiver *w, struct fa_str text)
{
	struct fa_str rules = w->rules, rule, back;
	char date[FA_DATE_BYTES];
	int32_t same;

	check_part(w->rules, text);
	check_part(w->reason, text);
	check_part(w->bad_date, text);
	assert(w->reason.n == 0 ||
		fa_str_eq(fa_str_trim(w->reason), w->reason));
	assert(w->until == 0 || w->bad_date.p == NULL);
	if (w->until != 0) {
		fa_date_format(w->until, date);
		assert(fa_date_parse(fa_str_c(date), &same) &&
			same == w->until);
	}
	if (w->rules.n > 0) {
		back = fa_str_sub(text, 0, (size_t)(w->rules.p - text.p));
		assert(fa_str_find(back, FA_STR("allow"), 0) != SIZE_MAX);
	}
	while (fa_remark_rule(&rule, &rules))
		assert(rule.n > 0 && rule.p[0] != ' ');
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str text = { (const char *)data, size }, rest = text;
	struct fa_remark_waiver w;
	size_t left = size + 1;

	while (fa_remark_next(&w, &rest)) {
		check_waiver(&w, text);
		assert(rest.p == NULL || rest.n < left);
		left = rest.n;
	}
	return 0;
}
