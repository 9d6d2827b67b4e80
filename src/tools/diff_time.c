/* Times as people and reports write them. */
#include "base/num.h"
#include "tools/diffing.h"

#define DAY_MS INT64_C(86400000)
#define CHINA_MS INT64_C(28800000) /* UTC+8 */

/* Two digits in front of *s, at most max; they are cut off. */
static bool
two(struct fa_str *s, uint64_t max, int64_t *out)
{
	uint64_t v;

	if (s->n < 2 || !fa_num_u64(fa_str_sub(*s, 0, 2), max, &v))
		return false;
	*out = (int64_t)v;
	*s = fa_str_sub(*s, 2, s->n);
	return true;
}

static bool
mark(struct fa_str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = fa_str_sub(*s, 1, s->n);
	return true;
}

/* ".5", ".25", ".125" in front of *s; none is 0. */
static bool
fraction(struct fa_str *s, int64_t *ms)
{
	int64_t unit = 100;

	*ms = 0;
	if (!mark(s, '.'))
		return true;
	if (s->n == 0 || s->p[0] < '0' || s->p[0] > '9')
		return false;
	for (; s->n > 0 && s->p[0] >= '0' && s->p[0] <= '9'; unit /= 10) {
		if (unit == 0)
			return false;
		*ms += unit * (s->p[0] - '0');
		*s = fa_str_sub(*s, 1, s->n);
	}
	return true;
}

/* "Z", "+08:00": what is to be taken off. */
static bool
offset(struct fa_str s, int64_t *ms)
{
	bool plus = s.n > 0 && s.p[0] == '+';
	int64_t h, m;

	*ms = 0;
	if (fa_str_eq(s, FA_STR("Z")))
		return true;
	if (!mark(&s, plus ? '+' : '-') || !two(&s, 23, &h) || !mark(&s, ':') ||
		!two(&s, 59, &m) || s.n > 0)
		return false;
	*ms = (h * 60 + m) * 60000 * (plus ? 1 : -1);
	return true;
}

static bool
clock_time(struct fa_str s, int64_t *ms)
{
	int64_t h, m, sec, part, off;

	if (!mark(&s, 'T') || !two(&s, 23, &h) || !mark(&s, ':') ||
		!two(&s, 59, &m) || !mark(&s, ':') || !two(&s, 60, &sec) ||
		!fraction(&s, &part) || !offset(s, &off))
		return false;
	*ms = ((h * 60 + m) * 60 + sec) * 1000 + part - off;
	return true;
}

/* Days since 1970-01-01 of a date of the calendar (proleptic Gregorian). */
static int64_t
days(int32_t date)
{
	int64_t y = date / 10000, m = date / 100 % 100, d = date % 100;

	/* Years that begin in March have their odd day at the end. */
	y -= m <= 2;
	m = (m + 9) % 12;
	return y * 365 + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + d -
		1 - 719468;
}

int
fa_diffing_time(int64_t *ms_utc, const char *word, struct fa_err *err)
{
	struct fa_str s = fa_str_c(word);
	int32_t date;
	int64_t rest;

	if (fa_date_parse(fa_str_sub(s, 0, 10), &date)) {
		if (s.n == 10) {
			*ms_utc = (days(date) + 1) * DAY_MS - CHINA_MS - 1;
			return FA_OK;
		}
		if (clock_time(fa_str_sub(s, 10, s.n), &rest)) {
			*ms_utc = days(date) * DAY_MS + rest;
			return FA_OK;
		}
	}
	return fa_fail(err, FA_E_USAGE,
		"'%s' is no time, expected 2026-11-21 or 2026-11-21T08:00:00Z",
		word);
}
