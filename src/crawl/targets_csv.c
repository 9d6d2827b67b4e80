/* Comma- or tab-separated values by RFC 4180, 2:
 *
 *   file   = header *(end record) [end]
 *   record = field *(separator field)
 *   field  = plain | '"' *(any but '"' | '""') '"'
 *   end    = CRLF | LF | CR
 *
 * A quote inside a plain field is a character like others. A quote that is
 * opened and neither closed within the limit of a field nor followed by a
 * separator spoils its row only: reading goes on at the next line. */
#include <stdint.h>

#include "base/buf.h"
#include "crawl/targets_parts.h"

#define COLUMNS_MAX 256 /* of a list */

struct reader {
	struct fa_tl *l;
	struct fa_str s;
	size_t at;
	uint32_t line;
	char separator;
	size_t columns;
	int column[COLUMNS_MAX]; /* enum fa_tl_column or -1 */
};

struct record {
	struct fa_str field[COLUMNS_MAX];
	size_t n;          /* fields, also those that the array does not hold */
	size_t filled;     /* behind the last one that is not blank */
	uint32_t line;     /* of its first character */
	const char *wrong; /* NULL: fine */
};

static bool
is_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Behind the end of a line at r->at, if there is one. */
static void
skip_end(struct reader *r)
{
	if (r->at < r->s.n && r->s.p[r->at] == '\r') {
		r->at++;
		if (r->at == r->s.n || r->s.p[r->at] != '\n') {
			r->line++;
			return;
		}
	}
	if (r->at < r->s.n && r->s.p[r->at] == '\n') {
		r->at++;
		r->line++;
	}
}

static void
skip_line(struct reader *r)
{
	while (r->at < r->s.n && !is_end(r->s.p[r->at]))
		r->at++;
	skip_end(r);
}

static struct fa_str
plain_field(struct reader *r)
{
	size_t from = r->at;

	while (r->at < r->s.n && r->s.p[r->at] != r->separator &&
		!is_end(r->s.p[r->at]))
		r->at++;
	return fa_str_sub(r->s, from, r->at);
}

/* Undoes the doubling of quotes. */
static int
unquote(struct fa_str *out, struct fa_str s, struct fa_tl *l)
{
	char *copy = fa_arena_new(l->a, s.n + 1, 1);
	size_t n = 0;

	if (copy == NULL)
		return fa_fail(l->err, FA_E_NOMEM, "no memory for %.*s",
			FA_STR_ARG(l->name));
	for (size_t i = 0; i < s.n; i++) {
		copy[n++] = s.p[i];
		if (s.p[i] == '"')
			i++;
	}
	*out = (struct fa_str){ copy, n };
	return FA_OK;
}

/* A field that begins with a quote at r->at. */
static int
quoted_field(struct reader *r, struct fa_str *out, const char **wrong)
{
	size_t from = r->at + 1;
	size_t at = from;
	bool doubled = false;

	for (;; at++) {
		if (at >= r->s.n || at - from > 2 * FA_TARGETS_FIELD_BYTES) {
			*wrong = "a quote is opened and not closed";
			return FA_OK;
		}
		if (r->s.p[at] != '"')
			continue;
		if (at + 1 >= r->s.n || r->s.p[at + 1] != '"')
			break;
		doubled = true;
		at++;
	}
	if (at + 1 < r->s.n && r->s.p[at + 1] != r->separator &&
		!is_end(r->s.p[at + 1])) {
		*wrong = "text follows a closing quote; a quote inside a "
			 "quoted field is written twice";
		return FA_OK;
	}
	for (size_t i = from; i < at; i++) {
		if (r->s.p[i] == '\n' ||
			(r->s.p[i] == '\r' && r->s.p[i + 1] != '\n'))
			r->line++;
	}
	r->at = at + 1;
	*out = fa_str_sub(r->s, from, at);
	return doubled ? unquote(out, *out, r->l) : FA_OK;
}

/* Reads the record at r->at. One that is wrong ends with its first line. */
static int
next_record(struct reader *r, struct record *rec)
{
	size_t begin = r->at;

	rec->n = rec->filled = 0;
	rec->line = r->line;
	rec->wrong = NULL;
	for (;;) {
		struct fa_str field = FA_STR_NONE;
		int rc = FA_OK;

		if (r->at < r->s.n && r->s.p[r->at] == '"')
			rc = quoted_field(r, &field, &rec->wrong);
		else
			field = plain_field(r);
		if (rc != FA_OK)
			return rc;
		if (rec->wrong != NULL) {
			r->at = begin;
			r->line = rec->line;
			skip_line(r);
			return FA_OK;
		}
		if (rec->n < COLUMNS_MAX)
			rec->field[rec->n] = field;
		rec->n++;
		if (fa_str_trim(field).n > 0)
			rec->filled = rec->n;
		if (r->at == r->s.n || r->s.p[r->at] != r->separator)
			break;
		r->at++;
	}
	skip_end(r);
	return FA_OK;
}

/* A separator that was meant in place of the comma, or NULL. */
static const char *
other_separator(struct fa_str header)
{
	static const char *const others[] = { "，", ";", "；", "|", "、" };

	for (size_t i = 0; i < FA_COUNT(others); i++) {
		struct fa_str rest = header;
		size_t at = fa_str_find(header, fa_str_c(others[i]), 0);

		if (at == SIZE_MAX)
			continue;
		rest = fa_str_trim(fa_str_sub(header, 0, at));
		if (fa_tl_column(rest) >= 0)
			return others[i];
	}
	return NULL;
}

static int
fail_header(const struct reader *r, const struct record *rec)
{
	const char *other = NULL;

	for (size_t i = 0; i < rec->n && i < COLUMNS_MAX && !other; i++)
		other = other_separator(rec->field[i]);
	if (other != NULL) {
		return fa_fail(r->l->err, FA_E_INPUT,
			"%.*s:%u: the columns are separated by '%s'; expected "
			"%s",
			FA_STR_ARG(r->l->name), (unsigned)rec->line, other,
			r->separator == ',' ? "an ASCII comma" : "a tab");
	}
	return fa_fail(r->l->err, FA_E_INPUT,
		"%.*s:%u: the first line does not name the columns; expected "
		"policy_url, store_url, or store and package among them",
		FA_STR_ARG(r->l->name), (unsigned)rec->line);
}

/* Notes the meaning of a column. */
static int
set_column(struct reader *r, const struct record *rec, size_t i,
	bool have[FA_TL_COLUMNS])
{
	struct fa_str name = fa_str_trim(rec->field[i]);
	int column = fa_tl_column(name);

	r->column[i] = column;
	if (column < 0) {
		return name.n == 0
			? FA_OK
			: fa_tl_problem(r->l, rec->line, false,
				  "unknown column '%.*s' is left out",
				  FA_STR_ARG(name));
	}
	if (have[column]) {
		return fa_fail(r->l->err, FA_E_INPUT,
			"%.*s:%u: two columns are named %s",
			FA_STR_ARG(r->l->name), (unsigned)rec->line,
			fa_tl_column_name((enum fa_tl_column)column));
	}
	have[column] = true;
	return FA_OK;
}

/* Do the columns name enough to look for something? */
static bool
is_usable(const struct record *rec)
{
	bool have[FA_TL_COLUMNS] = { false };

	for (size_t i = 0; i < rec->filled; i++) {
		int column = fa_tl_column(fa_str_trim(rec->field[i]));

		if (column >= 0)
			have[column] = true;
	}
	return have[FA_TL_POLICY_URL] || have[FA_TL_STORE_URL] ||
		(have[FA_TL_STORE] && have[FA_TL_PACKAGE]);
}

/* The first record that is not blank. */
static int
first_record(struct reader *r, struct record *rec)
{
	do {
		int rc = next_record(r, rec);

		if (rc != FA_OK)
			return rc;
	} while (rec->filled == 0 && rec->wrong == NULL && r->at < r->s.n);
	if (rec->wrong != NULL) {
		return fa_fail(r->l->err, FA_E_INPUT, "%.*s:%u: %s",
			FA_STR_ARG(r->l->name), (unsigned)rec->line,
			rec->wrong);
	}
	if (rec->filled > COLUMNS_MAX) {
		return fa_fail(r->l->err, FA_E_LIMIT,
			"%.*s:%u: %zu columns, limit %d",
			FA_STR_ARG(r->l->name), (unsigned)rec->line,
			rec->filled, COLUMNS_MAX);
	}
	return FA_OK;
}

static int
read_header(struct reader *r, struct record *rec)
{
	bool have[FA_TL_COLUMNS] = { false };
	int rc = first_record(r, rec);

	if (rc != FA_OK)
		return rc;
	if (!is_usable(rec))
		return fail_header(r, rec);
	r->columns = rec->filled;
	for (size_t i = 0; i < r->columns && rc == FA_OK; i++)
		rc = set_column(r, rec, i, have);
	return rc;
}

static int
take_record(struct reader *r, const struct record *rec)
{
	struct fa_str field[FA_TL_COLUMNS] = { { NULL, 0 } };

	if (rec->wrong != NULL)
		return fa_tl_problem(r->l, rec->line, true, "%s", rec->wrong);
	if (rec->filled == 0)
		return FA_OK;
	if (rec->filled > r->columns) {
		return fa_tl_problem(r->l, rec->line, true,
			"%zu fields, but the first line names %zu columns; a "
			"field that holds a separator needs quotes",
			rec->filled, r->columns);
	}
	for (size_t i = 0; i < rec->filled; i++) {
		if (r->column[i] >= 0)
			field[r->column[i]] = rec->field[i];
	}
	return fa_tl_row(r->l, field, rec->line);
}

int
fa_tl_csv(struct fa_tl *l, char separator)
{
	struct reader r = { .l = l,
		.s = l->text,
		.line = 1,
		.separator = separator,
		.columns = COLUMNS_MAX };
	struct record rec;
	int rc = read_header(&r, &rec);

	while (rc == FA_OK && r.at < r.s.n) {
		rc = next_record(&r, &rec);
		if (rc == FA_OK)
			rc = take_record(&r, &rec);
	}
	return rc;
}
