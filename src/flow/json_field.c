#include "flow/json_field.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/num.h"

#define PLACE_BYTES 400 /* of a place in a message */
#define PLACE_STEPS 12  /* of a chain */
#define SHOWN_BYTES 100 /* of a value in a message */
#define DAY_MS INT64_C(86400000)
#define TIME_TEXT FA_STR("0000-00-00T00:00:00.000Z")

static void
add_place(struct fa_buf *b, const struct fa_field_at *at)
{
	const struct fa_field_at *steps[PLACE_STEPS];
	size_t n = 0;

	for (; at != NULL && n < PLACE_STEPS; at = at->up)
		steps[n++] = at;
	for (size_t i = n; i-- > 0;) {
		if (steps[i]->key == NULL)
			fa_buf_addf(b, "[%zu]", steps[i]->index);
		else
			fa_buf_addf(
				b, "%s%s", b->n > 0 ? "." : "", steps[i]->key);
	}
	if (n == 0)
		fa_buf_adds(b, "flow");
}

void
fa_field_fail(struct fa_field_reader *r, const struct fa_field_at *at, int rc,
	const char *fmt, ...)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf place = { .rc = 0 };
	char what[FA_ERR_MSG_BYTES - PLACE_BYTES];
	va_list ap;

	if (r->rc < 0)
		return;
	fa_buf_init(&place, PLACE_BYTES);
	add_place(&place, at);
	va_start(ap, fmt);
	(void)vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	r->rc = fa_fail(
		r->err, rc, "%.*s: %s", FA_STR_ARG(fa_buf_str(&place)), what);
}

static const char *
kind_name(enum fa_json_kind k)
{
	switch (k) {
	case FA_JSON_NULL:
		return "null";
	case FA_JSON_BOOL:
		return "true or false";
	case FA_JSON_INT:
	case FA_JSON_NUMBER:
		return "a number";
	case FA_JSON_STRING:
		return "a string";
	case FA_JSON_ARRAY:
		return "a list";
	default:
		return "an object";
	}
}

static void
fail_member(struct fa_field_reader *r, const struct fa_field_at *up,
	const char *key, const struct fa_json *v, const char *expected)
{
	struct fa_field_at at = { up, key, 0 };

	if (v == NULL)
		fa_field_fail(r, &at, FA_E_INPUT, "is missing, expected %s",
			expected);
	else
		fa_field_fail(r, &at, FA_E_INPUT, "is %s, expected %s",
			kind_name(v->kind), expected);
}

void
fa_field_object(struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *v, const char *const *names)
{
	if (r->rc < 0)
		return;
	if (v->kind != FA_JSON_OBJECT) {
		fa_field_fail(r, at, FA_E_INPUT, "is %s, expected an object",
			kind_name(v->kind));
		return;
	}
	for (const struct fa_json *m = v->child; m != NULL; m = m->next) {
		const char *const *n = names;

		while (*n != NULL && !fa_str_eq(m->key, fa_str_c(*n)))
			n++;
		if (*n == NULL) {
			fa_field_fail(r, at, FA_E_INPUT,
				"has a member \"%.*s\" that is not known",
				FA_STR_ARG(fa_str_sub(m->key, 0, SHOWN_BYTES)));
			return;
		}
	}
}

/* The member, or NULL when it is missing or null. */
static const struct fa_json *
member(const struct fa_field_reader *r, const struct fa_json *obj,
	const char *key)
{
	const struct fa_json *v = r->rc < 0 ? NULL : fa_json_find(obj, key);

	return v == NULL || v->kind == FA_JSON_NULL ? NULL : v;
}

struct fa_str
fa_field_text(struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *obj, const char *key)
{
	const struct fa_json *v = member(r, obj, key);

	if (v == NULL)
		return FA_STR_NONE;
	if (v->kind != FA_JSON_STRING) {
		fail_member(r, at, key, v, "a string");
		return FA_STR_NONE;
	}
	if (v->str.n > FA_FLOW_TEXT_BYTES) {
		struct fa_field_at here = { at, key, 0 };

		fa_field_fail(r, &here, FA_E_LIMIT, "is %zu bytes, limit %u",
			v->str.n, FA_FLOW_TEXT_BYTES);
		return FA_STR_NONE;
	}
	return v->str;
}

struct fa_str
fa_field_name(struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *obj, const char *key)
{
	struct fa_str s = fa_field_text(r, at, obj, key);

	if (r->rc == FA_OK && s.n == 0)
		fail_member(r, at, key, fa_json_find(obj, key),
			"a string that is not empty");
	return s;
}

enum fa_tri
fa_field_tri(struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *obj, const char *key)
{
	const struct fa_json *v = member(r, obj, key);

	if (v == NULL)
		return FA_TRI_UNKNOWN;
	if (v->kind != FA_JSON_BOOL)
		fail_member(r, at, key, v, "true, false or null");
	return v->boolean ? FA_TRI_YES : FA_TRI_NO;
}

uint32_t
fa_field_count(struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *obj, const char *key, uint32_t max)
{
	const struct fa_json *v = member(r, obj, key);
	struct fa_field_at here = { at, key, 0 };

	if (v == NULL)
		return 0;
	if (v->kind != FA_JSON_INT || v->integer < 0 || v->integer > max) {
		fa_field_fail(r, &here, FA_E_INPUT,
			"is not an integer of 0 to %u", max);
		return 0;
	}
	return (uint32_t)v->integer;
}

/* "16", "16.5", "16.25" in hundredths. */
static bool
parse_hundredths(struct fa_str s, uint64_t *out)
{
	struct fa_str fraction = s;
	struct fa_str whole = fa_str_cut(&fraction, '.');
	uint64_t w;
	uint64_t f = 0;

	if (!fa_num_u64(whole, UINT32_MAX, &w))
		return false;
	if (fraction.p != NULL) {
		if (fraction.n > 2 || !fa_num_u64(fraction, 99, &f))
			return false;
		if (fraction.n == 1)
			f *= 10;
	}
	*out = w * 100 + f;
	return true;
}

uint32_t
fa_field_hundredths(struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *obj, const char *key, uint32_t min, uint32_t max)
{
	const struct fa_json *v = member(r, obj, key);
	struct fa_field_at here = { at, key, 0 };
	uint64_t n = 0;
	bool ok = true;

	if (v == NULL)
		return 0;
	if (v->kind == FA_JSON_INT && v->integer >= 0 &&
		v->integer <= UINT32_MAX)
		n = (uint64_t)v->integer * 100;
	else
		ok = v->kind == FA_JSON_NUMBER && parse_hundredths(v->str, &n);
	if (ok && n >= min && n <= max)
		return (uint32_t)n;
	fa_field_fail(r, &here, FA_E_INPUT,
		"is not a number of %u.%02u to %u with at most two decimals",
		min / 100, min % 100, max / 100);
	return 0;
}

uint32_t
fa_field_colour(struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *obj, const char *key)
{
	struct fa_str s = fa_field_name(r, at, obj, key);
	struct fa_field_at here = { at, key, 0 };
	uint64_t rgb = 0;

	if (r->rc < 0)
		return 0;
	if (s.n != 7 || s.p[0] != '#' ||
		!fa_num_hex(fa_str_sub(s, 1, s.n), 0xffffff, &rgb))
		fa_field_fail(r, &here, FA_E_INPUT,
			"is \"%.*s\", expected a colour as \"#rrggbb\"",
			FA_STR_ARG(fa_str_sub(s, 0, SHOWN_BYTES)));
	return (uint32_t)rgb;
}

/* The shape of the time, digits where the pattern has 0. */
static bool
looks_like_time(struct fa_str s)
{
	struct fa_str shape = TIME_TEXT;

	if (s.n != shape.n)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';

		if (shape.p[i] == '0' ? !digit : s.p[i] != shape.p[i])
			return false;
	}
	return true;
}

/* Days from 1970-01-01 of a date YYYYMMDD of the Gregorian calendar; years
 * begin in March, so that the leap day is the last. */
static int64_t
days_of(int32_t date)
{
	int64_t y = date / 10000;
	int64_t m = date / 100 % 100;
	int64_t d = date % 100;

	if (m <= 2)
		y--;
	m = (m + 9) % 12;
	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + d -
		719469;
}

static bool
parse_time(struct fa_str s, int64_t *out)
{
	static const struct {
		size_t from, to;
		uint64_t max;
		int64_t ms;
	} parts[] = { { 11, 13, 23, 3600000 }, { 14, 16, 59, 60000 },
		{ 17, 19, 59, 1000 }, { 20, 23, 999, 1 } };
	int32_t date;
	int64_t ms;

	if (!looks_like_time(s) || !fa_date_parse(fa_str_sub(s, 0, 10), &date))
		return false;
	ms = days_of(date) * DAY_MS;
	for (size_t i = 0; i < FA_COUNT(parts); i++) {
		uint64_t n;

		if (!fa_num_u64(fa_str_sub(s, parts[i].from, parts[i].to),
			    parts[i].max, &n))
			return false;
		ms += (int64_t)n * parts[i].ms;
	}
	*out = ms;
	return ms > 0;
}

int64_t
fa_field_time(struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *obj, const char *key)
{
	struct fa_str s = fa_field_text(r, at, obj, key);
	struct fa_field_at here = { at, key, 0 };
	int64_t ms = 0;

	if (s.p != NULL && !parse_time(s, &ms))
		fa_field_fail(r, &here, FA_E_INPUT,
			"is \"%.*s\", expected a time after 1970 as "
			"\"2026-11-21T03:25:00.000Z\"",
			FA_STR_ARG(fa_str_sub(s, 0, SHOWN_BYTES)));
	return ms;
}

const struct fa_json *
fa_field_list(struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *obj, const char *key, size_t max)
{
	const struct fa_json *v = member(r, obj, key);
	struct fa_field_at here = { at, key, 0 };

	if (v == NULL)
		return NULL;
	if (v->kind != FA_JSON_ARRAY) {
		fail_member(r, at, key, v, "a list");
		return NULL;
	}
	if (v->count > max) {
		fa_field_fail(r, &here, FA_E_LIMIT,
			"has %zu entries, limit %zu", v->count, max);
		return NULL;
	}
	return v;
}

int
fa_field_choice(struct fa_field_reader *r, const struct fa_field_at *at,
	const struct fa_json *obj, const char *key,
	int (*parse)(struct fa_str s))
{
	struct fa_str s = fa_field_name(r, at, obj, key);
	struct fa_field_at here = { at, key, 0 };
	int n;

	if (r->rc < 0)
		return 0;
	n = parse(s);
	if (n >= 0)
		return n;
	fa_field_fail(r, &here, FA_E_INPUT, "is \"%.*s\", which is not known",
		FA_STR_ARG(fa_str_sub(s, 0, SHOWN_BYTES)));
	return 0;
}

void *
fa_field_new(struct fa_field_reader *r, size_t n, size_t size)
{
	void *p = r->rc < 0 ? NULL : fa_arena_new(r->a, n, size);

	if (p == NULL && r->rc == FA_OK)
		r->rc = fa_fail(r->err, FA_E_NOMEM, "out of memory for a flow");
	return p;
}
