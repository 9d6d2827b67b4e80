#include "evidence/warc_fields.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/num.h"
#include "evidence/http.h"

#define SECOND_US INT64_C(1000000)
#define LENGTH_MAX ((uint64_t)1 << 60)

struct field {
	const char *name;
	size_t offset; /* of a struct fa_str in struct fa_warc_record */
};

#define FIELD(name, member)                                                    \
	{                                                                      \
		name, offsetof(struct fa_warc_record, member)                  \
	}
static const struct field fields[] = {
	FIELD("WARC-Type", type),
	FIELD("WARC-Record-ID", id),
	FIELD("WARC-Target-URI", url),
	FIELD("WARC-IP-Address", ip),
	FIELD("Content-Type", media_type),
	FIELD("WARC-Payload-Digest", payload_digest),
	FIELD("WARC-Block-Digest", block_digest),
	FIELD("WARC-Profile", profile),
	FIELD("WARC-Refers-To-Target-URI", refers_url),
	FIELD("WARC-Refers-To", refers_id),
	FIELD("WARC-Truncated", truncated),
};

/* Days from 1970-01-01 to a date YYYYMMDD. Years are counted from March, so
 * that the leap day is the last of its year. */
static int64_t
day_of_date(int32_t date)
{
	int64_t month = date / 100 % 100;
	int64_t year = date / 10000 - (month <= 2);
	int64_t from_march = month > 2 ? month - 3 : month + 9;

	return 365 * year + year / 4 - year / 100 + year / 400 +
		(153 * from_march + 2) / 5 + date % 100 - 1 - 719468;
}

/* ":05", also "T08": a mark and two digits at s[from]. */
static bool
two_digits(struct fa_str s, size_t from, char mark, uint64_t max, int64_t *out)
{
	uint64_t value;

	if (from + 3 > s.n || s.p[from] != mark ||
		!fa_num_u64(fa_str_sub(s, from + 1, from + 3), max, &value))
		return false;
	*out = (int64_t)value;
	return true;
}

static bool
parse_fraction(struct fa_str s, int64_t *us)
{
	uint64_t value;

	*us = 0;
	if (s.n == 0)
		return true;
	if (s.p[0] != '.' || s.n > 10 ||
		!fa_num_u64(fa_str_sub(s, 1, s.n), 999999999, &value))
		return false;
	for (size_t digits = s.n - 1; digits < 6; digits++)
		value *= 10;
	for (size_t digits = s.n - 1; digits > 6; digits--)
		value /= 10;
	*us = (int64_t)value;
	return true;
}

static bool
parse_time(struct fa_str s, int64_t *us)
{
	int64_t hour;
	int64_t minute;
	int64_t second = 0;
	int64_t fraction = 0;

	if (!fa_str_ends(s, FA_STR("Z")))
		return false;
	s.n--;
	if (!two_digits(s, 0, 'T', 23, &hour) ||
		!two_digits(s, 3, ':', 59, &minute))
		return false;
	/* 60 is a leap second */
	if (s.n > 6 &&
		(!two_digits(s, 6, ':', 60, &second) ||
			!parse_fraction(fa_str_sub(s, 9, s.n), &fraction)))
		return false;
	*us = (hour * 3600 + minute * 60 + second) * SECOND_US + fraction;
	return true;
}

int64_t
fa_warc_parse_date(struct fa_str s)
{
	char day[FA_DATE_BYTES - 1] = { '0', '0', '0', '0', '-', '0', '1', '-',
		'0', '1' };
	int32_t date;
	int64_t us = 0;
	size_t n = s.n < sizeof(day) ? s.n : sizeof(day);

	if (s.n < sizeof(day) && s.n != 4 && s.n != 7)
		return 0;
	for (size_t i = 0; i < n; i++)
		day[i] = s.p[i];
	if (!fa_date_parse((struct fa_str){ day, sizeof(day) }, &date))
		return 0;
	if (s.n > sizeof(day) &&
		!parse_time(fa_str_sub(s, sizeof(day), s.n), &us))
		return 0;
	return day_of_date(date) * 24 * 3600 * SECOND_US + us;
}

/* A line end before a blank continues the line (WARC 1.0, 4). */
static void
unfold(char *text, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++) {
		if (text[i] != '\n' ||
			(text[i + 1] != ' ' && text[i + 1] != '\t'))
			continue;
		text[i] = ' ';
		if (i > 0 && text[i - 1] == '\r')
			text[i - 1] = ' ';
	}
}

/* "WARC/1.0", "WARC/1.1", and what came before and will come. */
static bool
is_version(struct fa_str line)
{
	struct fa_str minor = line;
	struct fa_str major;
	uint64_t value;

	if (!fa_str_starts(minor, FA_STR("WARC/")))
		return false;
	minor = fa_str_sub(minor, 5, minor.n);
	major = fa_str_cut(&minor, '.');
	return fa_num_u64(major, 99, &value) && fa_num_u64(minor, 99, &value);
}

/* Ids stand in < >, in WARC 1.0 URIs too. */
static struct fa_str
bare(struct fa_str s)
{
	if (s.n >= 2 && s.p[0] == '<' && s.p[s.n - 1] == '>')
		return fa_str_sub(s, 1, s.n - 1);
	return s;
}

static void
store(struct fa_warc_record *out, const struct fa_http_line *line)
{
	for (size_t i = 0; i < FA_COUNT(fields); i++) {
		struct fa_str *at = (struct fa_str *)(void *)((char *)out +
			fields[i].offset);

		if (!fa_str_ieq(line->name, fa_str_c(fields[i].name)))
			continue;
		if (at->p == NULL)
			*at = bare(line->value);
		return;
	}
	if (out->at_us == 0 && fa_str_ieq(line->name, FA_STR("WARC-Date")))
		out->at_us = fa_warc_parse_date(line->value);
}

int
fa_warc_parse_fields(struct fa_warc_record *out, uint64_t *length, char *text,
	size_t n, struct fa_err *err)
{
	struct fa_str rest = { text, n };
	struct fa_str version;
	struct fa_warc_record r = { 0 };
	struct fa_http_line line;
	uint64_t value = 0;
	bool known = false;

	version = fa_str_trim(fa_http_first_line(&rest));
	if (!is_version(version)) {
		return fa_fail(err, FA_E_INPUT,
			"'%.*s' found, WARC/1.1 or another version expected",
			FA_STR_ARG(fa_str_sub(version, 0, 20)));
	}
	unfold(text, n);
	while (fa_http_next_line(&line, &rest)) {
		uint64_t here;

		if (!fa_str_ieq(line.name, FA_STR("Content-Length"))) {
			store(&r, &line);
			continue;
		}
		if (!fa_num_u64(line.value, LENGTH_MAX, &here) ||
			(known && here != value)) {
			return fa_fail(err, FA_E_INPUT,
				"bad Content-Length '%.*s'",
				FA_STR_ARG(fa_str_sub(line.value, 0, 40)));
		}
		value = here;
		known = true;
	}
	if (!known)
		return fa_fail(err, FA_E_INPUT, "no Content-Length");
	if (r.type.n == 0)
		return fa_fail(err, FA_E_INPUT, "no WARC-Type");
	*length = value;
	*out = r;
	return FA_OK;
}
