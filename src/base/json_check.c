#include "base/json_check.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"

struct check {
	struct fa_str text;
	size_t at;
	struct fa_err *err;
	size_t values;
	unsigned depth;
	char open[FA_JSON_MAX_DEPTH]; /* '[' or '{' */
};

int
fa_json_fail_at(struct fa_str text, size_t at, int rc, const char *what,
	struct fa_err *err)
{
	size_t line = 1;
	size_t start = 0;

	for (size_t i = 0; i < at && i < text.n; i++) {
		if (text.p[i] == '\n') {
			line++;
			start = i + 1;
		}
	}
	return fa_fail(err, rc, "line %zu, column %zu: %s", line,
		at - start + 1, what);
}

static int
fail(const struct check *c, const char *what)
{
	return fa_json_fail_at(c->text, c->at, FA_E_INPUT, what, c->err);
}

static int
peek(const struct check *c)
{
	if (c->at >= c->text.n)
		return -1;
	return (unsigned char)c->text.p[c->at];
}

static void
skip_space(struct check *c)
{
	for (;;) {
		int ch = peek(c);

		if (ch != ' ' && ch != '\t' && ch != '\n' && ch != '\r')
			return;
		c->at++;
	}
}

static bool
is_digit(struct fa_str s, size_t at)
{
	return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

/* Behind one or more digits, SIZE_MAX when there is none. */
static size_t
digits_end(struct fa_str s, size_t at)
{
	if (!is_digit(s, at))
		return SIZE_MAX;
	while (is_digit(s, at))
		at++;
	return at;
}

/* number = [ minus ] int [ frac ] [ exp ], RFC 8259, 6 */
size_t
fa_json_number_end(struct fa_str s, size_t at)
{
	if (at < s.n && s.p[at] == '-')
		at++;
	if (at < s.n && s.p[at] == '0' && is_digit(s, at + 1))
		return SIZE_MAX;
	at = digits_end(s, at);
	if (at < s.n && s.p[at] == '.')
		at = digits_end(s, at + 1);
	if (at < s.n && (s.p[at] == 'e' || s.p[at] == 'E')) {
		at++;
		if (at < s.n && (s.p[at] == '+' || s.p[at] == '-'))
			at++;
		at = digits_end(s, at);
	}
	return at;
}

size_t
fa_json_string_end(struct fa_str s, size_t at)
{
	for (at++; at < s.n && s.p[at] != '"'; at++) {
		if (s.p[at] == '\\')
			at++;
	}
	return at + 1;
}

static int
hex4(const struct check *c, size_t at)
{
	int v = 0;

	if (at > c->text.n || c->text.n - at < 4)
		return -1;
	for (size_t i = at; i < at + 4; i++) {
		char ch = c->text.p[i];
		int d = ch >= '0' && ch <= '9'   ? ch - '0'
			: ch >= 'a' && ch <= 'f' ? ch - 'a' + 10
			: ch >= 'A' && ch <= 'F' ? ch - 'A' + 10
						 : -1;

		if (d < 0)
			return -1;
		v = v * 16 + d;
	}
	return v;
}

/* At the u of an escape. */
static int
check_hex_escape(struct check *c)
{
	int v = hex4(c, c->at + 1);

	if (v < 0)
		return fail(c, "\\u without four hexadecimal digits");
	if (v == 0)
		return fail(c, "U+0000 in a string");
	if (v >= 0xdc00 && v <= 0xdfff)
		return fail(c, "second half of a surrogate pair alone");
	c->at += 5;
	if (v < 0xd800 || v > 0xdbff)
		return FA_OK;
	if (peek(c) != '\\' || c->at + 1 >= c->text.n ||
		c->text.p[c->at + 1] != 'u')
		return fail(c, "first half of a surrogate pair alone");
	v = hex4(c, c->at + 2);
	if (v < 0xdc00 || v > 0xdfff)
		return fail(c, "first half of a surrogate pair alone");
	c->at += 6;
	return FA_OK;
}

static int
check_escape(struct check *c)
{
	int ch;

	c->at++;
	ch = peek(c);
	if (ch == 'u')
		return check_hex_escape(c);
	if (ch <= 0 || strchr("\"\\/bfnrt", ch) == NULL)
		return fail(c, "unknown escape in a string");
	c->at++;
	return FA_OK;
}

static int
check_string(struct check *c)
{
	c->at++;
	for (;;) {
		int ch = peek(c);
		uint32_t cp;
		size_t n;

		if (ch < 0)
			return fail(c, "string without closing '\"'");
		if (ch < 0x20)
			return fail(c, "control character in a string");
		if (ch == '"') {
			c->at++;
			return FA_OK;
		}
		if (ch == '\\') {
			int rc = check_escape(c);

			if (rc != FA_OK)
				return rc;
			continue;
		}
		n = fa_utf8_next(fa_str_sub(c->text, c->at, c->text.n), &cp);
		if (n == 1 && ch >= 0x80)
			return fail(c, "invalid UTF-8 in a string");
		c->at += n;
	}
}

static int
check_scalar(struct check *c)
{
	static const struct fa_str words[] = { FA_STR_INIT("true"),
		FA_STR_INIT("false"), FA_STR_INIT("null") };
	int ch = peek(c);

	if (ch == '"')
		return check_string(c);
	if (ch == '-' || (ch >= '0' && ch <= '9')) {
		size_t end = fa_json_number_end(c->text, c->at);

		if (end == SIZE_MAX)
			return fail(c, "malformed number");
		if (end - c->at > FA_JSON_NUMBER_BYTES) {
			return fa_json_fail_at(c->text, c->at, FA_E_LIMIT,
				"number is too long", c->err);
		}
		c->at = end;
		return FA_OK;
	}
	for (size_t i = 0; i < FA_COUNT(words); i++) {
		if (fa_str_starts(
			    fa_str_sub(c->text, c->at, c->text.n), words[i])) {
			c->at += words[i].n;
			return FA_OK;
		}
	}
	if (ch < 0)
		return fail(c, "text ends where a value was expected");
	return fail(c, "expected a value");
}

static int
check_key(struct check *c)
{
	int rc;

	skip_space(c);
	if (peek(c) != '"')
		return fail(c, "expected a key in '\"'");
	rc = check_string(c);
	if (rc != FA_OK)
		return rc;
	skip_space(c);
	if (peek(c) != ':')
		return fail(c, "expected ':' behind the key");
	c->at++;
	return FA_OK;
}

/* Opens a level; *empty tells that it was closed at once. */
static int
check_open(struct check *c, bool *empty)
{
	char ch = c->text.p[c->at];

	if (c->depth >= FA_JSON_MAX_DEPTH) {
		return fa_json_fail_at(c->text, c->at, FA_E_LIMIT,
			"too many levels of arrays and objects", c->err);
	}
	c->open[c->depth++] = ch;
	c->at++;
	skip_space(c);
	*empty = peek(c) == (ch == '{' ? '}' : ']');
	if (*empty || ch == '[')
		return FA_OK;
	return check_key(c);
}

/* Behind a value: closes levels until another value follows. */
static int
check_close(struct check *c)
{
	while (c->depth > 0) {
		bool object = c->open[c->depth - 1] == '{';
		int ch;

		skip_space(c);
		ch = peek(c);
		if (ch == ',') {
			c->at++;
			return object ? check_key(c) : FA_OK;
		}
		if (ch != (object ? '}' : ']')) {
			return fail(c,
				object ? "expected ',' or '}'"
				       : "expected ',' or ']'");
		}
		c->at++;
		c->depth--;
	}
	return FA_OK;
}

static int
check_value(struct check *c)
{
	bool empty = false;
	int rc;

	skip_space(c);
	if (++c->values > FA_JSON_MAX_VALUES) {
		return fa_json_fail_at(
			c->text, c->at, FA_E_LIMIT, "too many values", c->err);
	}
	if (peek(c) != '{' && peek(c) != '[') {
		rc = check_scalar(c);
		return rc == FA_OK ? check_close(c) : rc;
	}
	rc = check_open(c, &empty);
	return rc == FA_OK && empty ? check_close(c) : rc;
}

int
fa_json_check(struct fa_str text, struct fa_err *err)
{
	struct check c = { .text = text, .err = err };
	int rc;

	do {
		rc = check_value(&c);
	} while (rc == FA_OK && c.depth > 0);
	if (rc != FA_OK)
		return rc;
	skip_space(&c);
	if (c.at < text.n)
		return fail(&c, "text behind the value");
	return FA_OK;
}
