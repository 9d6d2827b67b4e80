/* Time. Code takes a struct fa_clock so that tests can hand in a fixed one;
 * dates are integers YYYYMMDD, times are milliseconds since 1970 UTC. */
#ifndef FA_BASE_CLOCK_H
#define FA_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct fa_clock {
	int64_t (*now_ms_utc)(void *ctx);
	void *ctx;
};

/* The system clock, or the fixed time of SOURCE_DATE_EPOCH when that is set
 * to a valid number of seconds. */
struct fa_clock fa_clock_system(void);
struct fa_clock fa_clock_fixed(const int64_t *ms_utc);
int64_t fa_clock_now(struct fa_clock c);

/* "2026-11-21" -> 20261121; false unless it is a date of the calendar. */
bool fa_date_parse(struct fa_str s, int32_t *out);
int32_t fa_date_of_ms(int64_t ms_utc); /* of the day in UTC+8, China */
#define FA_DATE_BYTES 11
void fa_date_format(int32_t date, char out[FA_DATE_BYTES]); /* 2026-11-21 */
#define FA_TIME_BYTES 25
void fa_time_format(int64_t ms_utc, char out[FA_TIME_BYTES]); /* ISO 8601 Z */

#endif
