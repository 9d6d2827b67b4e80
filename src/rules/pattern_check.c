#include "rules/pattern.h"

#include "base/num.h"
#include "base/re.h"

static const struct fa_str at_byte = FA_STR_INIT(" at byte ");
static const struct fa_str lead = FA_STR_INIT("pattern: ");

/* Splits "pattern: what at byte 12" of fa_re_new. */
static struct fa_str
split(struct fa_str message, uint64_t *at)
{
	size_t cut = fa_str_find(message, at_byte, 0);

	if (fa_str_starts(message, lead)) {
		message = fa_str_sub(message, lead.n, message.n);
		cut = fa_str_find(message, at_byte, 0);
	}
	*at = 0;
	if (cut == SIZE_MAX)
		return message;
	(void)fa_num_u64(fa_str_sub(message, cut + at_byte.n, message.n),
		UINT32_MAX, at);
	return fa_str_sub(message, 0, cut);
}

/* The source with each {name} and {..N} as a class [name] of the same length:
 * an element like what it stands for, so that PCRE2 complains about the same
 * things and its offsets are those of the source. */
static void
skeleton(struct fa_buf *out, struct fa_str src)
{
	bool inside = false;

	for (size_t i = 0; i < src.n; i++) {
		char c = src.p[i];
		char next = i + 1 < src.n ? src.p[i + 1] : '\0';
		bool escaped = i > 0 && src.p[i - 1] == '\\';

		if (c == '{' && !escaped &&
			((next >= 'a' && next <= 'z') || next == '.'))
			inside = true;
		if (inside && (c == '{' || c == '}')) {
			inside = c == '{';
			fa_buf_addc(out, c == '{' ? '[' : ']');
		} else {
			fa_buf_addc(out, c);
		}
	}
}

static int
explain(const struct fa_scan *s, const struct fa_err *found)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf plain;
	struct fa_err err = { 0 };
	struct fa_re *re = NULL;
	struct fa_str what;
	uint64_t at = 0;

	fa_buf_init(&plain, s->src.n + 1);
	skeleton(&plain, s->src);
	if (fa_re_new(&re, fa_buf_str(&plain), &err) == FA_OK) {
		fa_re_free(re);
		what = split(fa_str_c(found->msg), &at);
		return fa_rules_build_fail(s->bd, s->where,
			"pattern, with its lexicons filled in: %.*s",
			FA_STR_ARG(what));
	}
	what = split(fa_str_c(err.msg), &at);
	return fa_scan_fail(s, (size_t)at, "%.*s", FA_STR_ARG(what));
}

int
fa_scan_check(const struct fa_scan *s, struct fa_str regex)
{
	struct fa_err err = { 0 };
	struct fa_re *re = NULL;
	int rc;

	if (s->bd->trusted)
		return FA_OK;
	rc = fa_re_new(&re, regex, &err);
	if (rc == FA_OK) {
		fa_re_free(re);
		return FA_OK;
	}
	if (rc == FA_E_INPUT)
		return explain(s, &err);
	return fa_fail(s->bd->err, rc, "%s", err.msg);
}
