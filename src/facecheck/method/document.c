/* The citizen identity number, GB 11643-1999: six digits of a place, the date
 * of birth as YYYYMMDD, three digits in order, a check character. */
#include "facecheck/method/method.h"

#include "base/clock.h"
#include "base/num.h"

#define NUMBER_BYTES 18
#define DATE_AT 6
#define DATE_BYTES 8

/* The date of birth as YYYYMMDD; false when there is no such day. */
static bool
birth_date(int32_t *out, struct fa_str number)
{
	struct fa_str d = fa_str_sub(number, DATE_AT, DATE_AT + DATE_BYTES);
	char text[FA_DATE_BYTES] = { d.p[0], d.p[1], d.p[2], d.p[3], '-',
		d.p[4], d.p[5], '-', d.p[6], d.p[7], '\0' };

	return fa_date_parse(fa_str_c(text), out);
}

/* ISO 7064, MOD 11-2: the sum of the characters (X is 10), each by 2 to the
 * power of its place from the right, is 1 modulo 11. Horner's rule. */
static bool
check_holds(struct fa_str number)
{
	unsigned sum = 0;

	for (size_t i = 0; i + 1 < NUMBER_BYTES; i++)
		sum = (sum + (unsigned)(number.p[i] - '0')) * 2 % 11;
	switch (number.p[NUMBER_BYTES - 1]) {
	case 'X':
	case 'x':
		return (sum + 10) % 11 == 1;
	default:
		return (sum + (unsigned)(number.p[NUMBER_BYTES - 1] - '0')) %
			11 ==
			1;
	}
}

static bool
read_number(int32_t *born, struct fa_str number)
{
	char last;
	uint64_t digits;

	if (number.n != NUMBER_BYTES || number.p[0] == '0' ||
		!fa_num_u64(fa_str_sub(number, 0, NUMBER_BYTES - 1), UINT64_MAX,
			&digits))
		return false;
	last = number.p[NUMBER_BYTES - 1];
	if ((last < '0' || last > '9') && last != 'X' && last != 'x')
		return false;
	return check_holds(number) && birth_date(born, number);
}

bool
fc_document_ok(struct fa_str number)
{
	int32_t born;

	return read_number(&born, number);
}

int
fc_document_age(struct fa_str number, int32_t today)
{
	int32_t born, years;

	if (!read_number(&born, number) || born > today)
		return -1;
	/* Month and day as one number, so that 29 February comes before 1
	 * March in every year. */
	years = today / 10000 - born / 10000;
	if (today % 10000 <= born % 10000)
		years--;
	return years < 0 ? 0 : years;
}
