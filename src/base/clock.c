#include "base/clock.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/num.h"

#define DAY_MS INT64_C(86400000)
#define CHINA_MS (INT64_C(8) * 3600 * 1000)
#define MAX_S UINT64_C(253402300799)      /* 9999-12-31T23:59:59Z */
#define MIN_MS (-INT64_C(62135596800000)) /* 0001-01-01T00:00:00Z */

static int64_t
system_now(void *ctx)
{
	struct fa_str fixed = fa_str_c(getenv("SOURCE_DATE_EPOCH"));
	struct timespec ts;
	uint64_t s;

	(void)ctx;
	if (fa_num_u64(fixed, MAX_S, &s))
		return (int64_t)s * 1000;
	if (clock_gettime(CLOCK_REALTIME, &ts) != 0)
		return 0;
	return (int64_t)ts.tv_sec * 1000 + (int64_t)(ts.tv_nsec / 1000000);
}

struct fa_clock
fa_clock_system(void)
{
	return (struct fa_clock){ system_now, NULL };
}

static int64_t
fixed_now(void *ctx)
{
	int64_t ms;

	memcpy(&ms, ctx, sizeof(ms));
	return ms;
}

struct fa_clock
fa_clock_fixed(const int64_t *ms_utc)
{
	/* ctx is not const for other clocks; this one only reads it */
	return (struct fa_clock){ fixed_now, (void *)(uintptr_t)ms_utc };
}

int64_t
fa_clock_now(struct fa_clock c)
{
	return c.now_ms_utc(c.ctx);
}

static uint64_t
days_in_month(uint64_t year, uint64_t month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

bool
fa_date_parse(struct fa_str s, int32_t *out)
{
	uint64_t year;
	uint64_t month;
	uint64_t day;

	if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' ||
		!fa_num_u64(fa_str_sub(s, 0, 4), 9999, &year) ||
		!fa_num_u64(fa_str_sub(s, 5, 7), 12, &month) ||
		!fa_num_u64(fa_str_sub(s, 8, 10), 31, &day))
		return false;
	if (year == 0 || month == 0 || day == 0 ||
		day > days_in_month(year, month))
		return false;
	*out = (int32_t)(year * 10000 + month * 100 + day);
	return true;
}

static int64_t
clamp_ms(int64_t ms)
{
	int64_t max = (int64_t)MAX_S * 1000 + 999;

	return ms < MIN_MS ? MIN_MS : ms > max ? max : ms;
}

/* The proleptic Gregorian date of a day since 1970-01-01: years are counted
 * from March, so that the leap day is the last of its year, in eras of 400
 * years, which all have the same number of days (146097). */
static int32_t
date_of_day(int64_t day)
{
	int64_t from_march_0 = day + 719468;
	int64_t era = from_march_0 / 146097;
	int64_t d = from_march_0 % 146097;
	int64_t y = (d - d / 1460 + d / 36524 - d / 146096) / 365;
	int64_t of_year = d - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;
	int64_t month = m < 10 ? m + 3 : m - 9;
	int64_t year = era * 400 + y + (month <= 2);

	return (int32_t)(year * 10000 + month * 100 + of_year -
		(153 * m + 2) / 5 + 1);
}

static int64_t
day_of_ms(int64_t ms)
{
	return ms >= 0 ? ms / DAY_MS : -((-ms + DAY_MS - 1) / DAY_MS);
}

int32_t
fa_date_of_ms(int64_t ms_utc)
{
	return date_of_day(day_of_ms(clamp_ms(clamp_ms(ms_utc) + CHINA_MS)));
}

static void
put_digits(char *out, int64_t value, int width)
{
	for (int i = width - 1; i >= 0; i--) {
		out[i] = (char)('0' + value % 10);
		value /= 10;
	}
}

void
fa_date_format(int32_t date, char out[FA_DATE_BYTES])
{
	if (date < 0)
		date = 0;
	memcpy(out, "0000-00-00", FA_DATE_BYTES);
	put_digits(out, date / 10000, 4);
	put_digits(out + 5, date / 100 % 100, 2);
	put_digits(out + 8, date % 100, 2);
}

void
fa_time_format(int64_t ms_utc, char out[FA_TIME_BYTES])
{
	int64_t ms = clamp_ms(ms_utc);
	int64_t day = day_of_ms(ms);
	int64_t of_day = ms - day * DAY_MS;

	memcpy(out, "0000-00-00T00:00:00.000Z", FA_TIME_BYTES);
	fa_date_format(date_of_day(day), out);
	out[10] = 'T';
	put_digits(out + 11, of_day / 3600000, 2);
	put_digits(out + 14, of_day / 60000 % 60, 2);
	put_digits(out + 17, of_day / 1000 % 60, 2);
	put_digits(out + 20, of_day % 1000, 3);
}
