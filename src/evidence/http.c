#include "evidence/http.h"

#include <stdint.h>
#include <string.h>

#include "base/gzip.h"
#include "base/num.h"
#include "evidence/warc_read.h"

/* Offset behind the line end at or after from; s.n when there is none. */
static size_t
line_end(struct fa_str s, size_t from)
{
	const char *lf =
		from < s.n ? memchr(s.p + from, '\n', s.n - from) : NULL;

	return lf == NULL ? s.n : (size_t)(lf - s.p) + 1;
}

/* Is the line at from empty? */
static bool
is_empty_line(struct fa_str s, size_t from)
{
	if (from < s.n && s.p[from] == '\r')
		from++;
	return from < s.n && s.p[from] == '\n';
}

struct fa_str
fa_http_first_line(struct fa_str *rest)
{
	struct fa_str s = *rest;
	size_t end = line_end(s, 0);

	*rest = fa_str_sub(s, end, s.n);
	return fa_str_sub(s, 0, end);
}

bool
fa_http_next_line(struct fa_http_line *out, struct fa_str *rest)
{
	struct fa_str s = *rest;
	const char *colon;
	size_t first;
	size_t end;

	if (s.n == 0 || is_empty_line(s, 0))
		return false;
	first = line_end(s, 0);
	end = first;
	while (end < s.n && (s.p[end] == ' ' || s.p[end] == '\t'))
		end = line_end(s, end);
	*rest = fa_str_sub(s, end, s.n);
	*out = (struct fa_http_line){ .whole = fa_str_sub(s, 0, end) };
	colon = memchr(s.p, ':', first);
	if (colon == NULL)
		return true;
	out->name = fa_str_trim(fa_str_sub(s, 0, (size_t)(colon - s.p)));
	out->value = fa_str_trim(fa_str_sub(s, (size_t)(colon - s.p) + 1, end));
	return true;
}

size_t
fa_http_head_bytes(struct fa_str s)
{
	for (size_t at = 0; at < s.n;) {
		size_t end = line_end(s, at);

		if (is_empty_line(s, at))
			return end;
		at = end;
	}
	return s.n;
}

struct fa_str
fa_http_field(struct fa_str head, const char *name)
{
	struct fa_str rest = head;
	struct fa_http_line line;

	(void)fa_http_first_line(&rest);
	while (fa_http_next_line(&line, &rest)) {
		if (fa_str_ieq(line.name, fa_str_c(name)))
			return line.value;
	}
	return FA_STR_NONE;
}

/* RFC 9112, 4, read leniently: "HTTP/1.1 200 OK", also without the phrase,
 * and "HTTP/2 200" as some archives write it. */
static int
parse_status(int *status, struct fa_str line, struct fa_err *err)
{
	struct fa_str rest = fa_str_trim(line);
	struct fa_str version = fa_str_cut(&rest, ' ');
	struct fa_str code = rest;
	uint64_t value;

	code = fa_str_trim(code);
	code = fa_str_cut(&code, ' ');
	if (!fa_str_starts(version, FA_STR("HTTP/")) || code.n != 3 ||
		!fa_num_u64(code, 599, &value) || value < 100) {
		return fa_fail(err, FA_E_INPUT, "'%.*s' is no HTTP status line",
			FA_STR_ARG(fa_str_sub(line, 0, 60)));
	}
	*status = (int)value;
	return FA_OK;
}

static bool
is_hex(char c, unsigned *digit)
{
	if (c >= '0' && c <= '9')
		*digit = (unsigned)(c - '0');
	else if (c >= 'a' && c <= 'f')
		*digit = (unsigned)(c - 'a') + 10;
	else if (c >= 'A' && c <= 'F')
		*digit = (unsigned)(c - 'A') + 10;
	else
		return false;
	return true;
}

/* The size at the start of a chunk's first line (RFC 9112, 7.1); what is too
 * large for a size_t becomes a size larger than any body. */
static bool
chunk_size(size_t *size, struct fa_str line)
{
	size_t n = 0;
	size_t i = 0;
	unsigned digit;

	while (i < line.n && is_hex(line.p[i], &digit)) {
		n = n > SIZE_MAX >> 5 ? SIZE_MAX >> 1 : n << 4 | digit;
		i++;
	}
	if (i == 0)
		return false;
	line = fa_str_trim(fa_str_sub(line, i, line.n));
	*size = n;
	return line.n == 0 || line.p[0] == ';';
}

/* Trailer fields up to the end or an empty line (RFC 9112, 7.1.2). */
static bool
is_trailer(struct fa_str s)
{
	struct fa_http_line line;

	while (fa_http_next_line(&line, &s)) {
		if (line.name.p == NULL)
			return false;
	}
	return true;
}

/* Walks over the chunks of s, copies their data to out unless that is NULL,
 * and counts it. False when s is not chunked, then the count means nothing; a
 * body that was cut is chunked up to the cut. */
static bool
join_chunks(struct fa_str s, char *out, size_t *total)
{
	size_t at = 0;

	*total = 0;
	for (;;) {
		size_t end = line_end(s, at);
		size_t size = 0;
		bool whole = end > at && s.p[end - 1] == '\n';

		if (!whole && at > 0)
			return true; /* cut within a size */
		if (!whole || !chunk_size(&size, fa_str_sub(s, at, end)))
			return false;
		if (size == 0)
			return is_trailer(fa_str_sub(s, end, s.n));
		if (size > s.n - end)
			size = s.n - end;
		if (out != NULL)
			memcpy(out + *total, s.p + end, size);
		*total += size;
		at = end + size;
		if (at < s.n && s.p[at] == '\r')
			at++;
		if (at == s.n)
			return true;
		if (s.p[at++] != '\n')
			return false;
	}
}

/* Takes "chunked" off the end of *codings (RFC 9112, 6.1: it is the last). */
static bool
cut_chunked(struct fa_str *codings)
{
	struct fa_str s = fa_str_trim(*codings);
	size_t word = FA_STR("chunked").n;

	if (s.n < word ||
		!fa_str_ieq(fa_str_sub(s, s.n - word, s.n), FA_STR("chunked")))
		return false;
	s = fa_str_trim(fa_str_sub(s, 0, s.n - word));
	if (s.n > 0 && s.p[s.n - 1] != ',')
		return false;
	*codings = s;
	return true;
}

static int
remove_transfer_coding(struct fa_str *body, struct fa_str head,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str codings = fa_http_field(head, "Transfer-Encoding");
	size_t n;
	char *p;

	if (!cut_chunked(&codings) || !join_chunks(*body, NULL, &n))
		return FA_OK;
	p = fa_arena_new(a, n, 1);
	if (p == NULL) {
		return fa_fail(err, FA_E_NOMEM,
			"out of memory for a body of %zu bytes", n);
	}
	(void)join_chunks(*body, p, &n);
	return fa_http_decode(body, (struct fa_str){ p, n }, codings,
		FA_WARC_RECORD_BYTES, a, err);
}

int
fa_http_parse(struct fa_http *out, struct fa_str block, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_http h = { 0 };
	struct fa_str s = block;
	int rc;

	while (s.n > 0 && (s.p[0] == '\r' || s.p[0] == '\n'))
		s = fa_str_sub(s, 1, s.n);
	do {
		struct fa_str rest = s;
		size_t n;

		rc = parse_status(&h.status, fa_http_first_line(&rest), err);
		if (rc != FA_OK)
			return rc;
		n = fa_http_head_bytes(s);
		h.head = fa_str_sub(s, 0, n);
		h.body = fa_str_sub(s, n, s.n);
		s = h.body;
		/* RFC 9110, 15.2: interim responses come before the real one */
	} while (h.status < 200 && h.status != 101 &&
		fa_str_starts(s, FA_STR("HTTP/")));
	rc = remove_transfer_coding(&h.body, h.head, a, err);
	if (rc == FA_OK)
		*out = h;
	return rc;
}

struct fa_str
fa_http_media_type(struct fa_str value)
{
	struct fa_str s = fa_str_trim(value);
	size_t n = 0;

	while (n < s.n && s.p[n] != ';' && s.p[n] != ',' &&
		(unsigned char)s.p[n] > ' ')
		n++;
	return n == 0 ? FA_STR_NONE : fa_str_sub(s, 0, n);
}

/* Without quotes; a bare value ends at a blank or comma. */
static struct fa_str
unquote(struct fa_str s)
{
	size_t n = 0;

	if (s.n > 0 && (s.p[0] == '"' || s.p[0] == '\'')) {
		char quote = s.p[0];

		s = fa_str_sub(s, 1, s.n);
		return fa_str_trim(fa_str_cut(&s, quote));
	}
	while (n < s.n && s.p[n] != ',' && (unsigned char)s.p[n] > ' ')
		n++;
	return fa_str_sub(s, 0, n);
}

/* Length of the parameter that s begins with: up to a ';' outside of quotes
 * (RFC 9110, 5.6.6). */
static size_t
parameter_bytes(struct fa_str s)
{
	bool quoted = false;
	size_t n = 0;

	while (n < s.n && (quoted || s.p[n] != ';')) {
		if (s.p[n] == '"')
			quoted = !quoted;
		else if (quoted && s.p[n] == '\\' && n + 1 < s.n)
			n++;
		n++;
	}
	return n;
}

struct fa_str
fa_http_charset(struct fa_str value)
{
	while (value.n > 0) {
		size_t n = parameter_bytes(value);
		struct fa_str text = fa_str_sub(value, 0, n);
		struct fa_str name = fa_str_cut(&text, '=');

		value = fa_str_sub(value, n + 1, value.n);
		if (!fa_str_ieq(fa_str_trim(name), FA_STR("charset")))
			continue;
		text = unquote(fa_str_trim(text));
		if (text.n > 0)
			return text;
	}
	return FA_STR_NONE;
}
