/* Dates as HTTP writes them (RFC 9110, 5.6.7):
 *
 *     Sun, 06 Nov 1994 08:49:37 GMT     IMF-fixdate
 *     Sunday, 06-Nov-94 08:49:37 GMT    RFC 850, obsolete
 *
 * The third form, of asctime, has no weekday comma and is not sent by anything
 * that is alive. */
#include <string.h>

#include "base/num.h"
#include "case/capture.h"

#define CENTURY_BREAK 70 /* of two digits: from here on 19xx */

static bool
month_of(unsigned *out, struct fa_str s)
{
	static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	for (unsigned i = 0; s.n == 3 && i < 12; i++) {
		if (memcmp(s.p, names + 3 * i, 3) == 0) {
			*out = i + 1;
			return true;
		}
	}
	return false;
}

static bool
number(uint64_t *out, struct fa_str s, size_t digits, uint64_t max)
{
	return s.n == digits && fa_num_u64(s, max, out);
}

/* "08:49:37"; a leap second counts as the second after. */
static bool
clock_of(uint64_t *seconds, struct fa_str s)
{
	struct fa_str rest = s, h = fa_str_cut(&rest, ':');
	struct fa_str m = fa_str_cut(&rest, ':');
	uint64_t hour, minute, second;

	if (!number(&hour, h, 2, 23) || !number(&minute, m, 2, 59) ||
		!number(&second, rest, 2, 60))
		return false;
	*seconds = (hour * 60 + minute) * 60 + second;
	return true;
}

/* Days since 1970 in the Gregorian calendar; the year begins in March. */
static int64_t
days_of(uint64_t year, unsigned month, uint64_t day)
{
	int64_t y = (int64_t)year - (month <= 2), m = (month + 9) % 12;

	return y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 +
		(int64_t)day - 1 - 719468;
}

bool
fa_capture_date(int64_t *out, struct fa_str s)
{
	struct fa_str rest = fa_str_trim(s), day, month, year, time;
	uint64_t d, y, seconds;
	unsigned m;
	char sep;

	(void)fa_str_cut(&rest, ',');
	rest = fa_str_trim(rest);
	sep = rest.n > 2 && rest.p[2] == '-' ? '-' : ' ';
	day = fa_str_cut(&rest, sep);
	month = fa_str_cut(&rest, sep);
	year = fa_str_cut(&rest, ' ');
	time = fa_str_cut(&rest, ' ');
	if (!number(&d, day, 2, 31) || d == 0 || !month_of(&m, month) ||
		!clock_of(&seconds, time) || !fa_str_eq(rest, FA_STR("GMT")))
		return false;
	if (number(&y, year, 2, 99))
		y += y >= CENTURY_BREAK ? 1900 : 2000;
	else if (!number(&y, year, 4, 9999) || y < 1970)
		return false;
	*out = days_of(y, m, d) * 86400 + (int64_t)seconds;
	return true;
}
