#include "crawl/targets.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "crawl/targets_parts.h"

struct seen {
	struct fa_str key;
	size_t at;
};

static int
compare_seen(const void *a, const void *b)
{
	const struct seen *x = a;
	const struct seen *y = b;
	int c = fa_str_cmp(x->key, y->key);

	return c != 0 ? c : (x->at > y->at) - (x->at < y->at);
}

static int
compare_problems(const void *a, const void *b)
{
	const struct fa_targets_problem *x = a;
	const struct fa_targets_problem *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return fa_str_cmp(x->message, y->message);
}

/* Leaves out the targets whose key stands in an earlier row. */
static int
drop_repeated(struct fa_tl *l)
{
	struct fa_targets *t = &l->out;
	struct seen *seen = fa_arena_new(l->a, t->n, sizeof(*seen));
	size_t *first = fa_arena_new(l->a, t->n, sizeof(*first));
	size_t n = 0;

	if (seen == NULL || first == NULL)
		return fa_fail(l->err, FA_E_NOMEM, "no memory for %.*s",
			FA_STR_ARG(l->name));
	for (size_t i = 0; i < t->n; i++)
		seen[i] = (struct seen){ t->at[i].key, i };
	if (t->n > 1)
		qsort(seen, t->n, sizeof(*seen), compare_seen);
	for (size_t i = 0; i < t->n; i++) {
		bool again = i > 0 && fa_str_eq(seen[i].key, seen[i - 1].key);

		first[seen[i].at] = again ? first[seen[i - 1].at] : seen[i].at;
	}
	for (size_t i = 0; i < t->n; i++) {
		int rc;

		if (first[i] == i) {
			first[i] = n;
			t->at[n++] = t->at[i];
			continue;
		}
		rc = fa_tl_problem(l, t->at[i].line, true,
			"the same target as in line %u (%.*s)",
			(unsigned)t->at[first[first[i]]].line,
			FA_STR_ARG(fa_str_sub(t->at[i].key, 0, 200)));
		if (rc != FA_OK)
			return rc;
	}
	t->n = n;
	if (t->problems_n > 1)
		qsort(t->problems, t->problems_n, sizeof(*t->problems),
			compare_problems);
	return FA_OK;
}

static bool
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of a character of GB18030 by its shape: pairs, and quadruples with
 * digits (GB 18030-2005, figure 1); 0: none. */
static size_t
gb18030_length(const unsigned char *p, size_t left)
{
	if (p[0] < 0x80)
		return 1;
	if (p[0] == 0x80 || p[0] == 0xff || left < 2)
		return 0;
	if (p[1] >= 0x40)
		return p[1] == 0x7f || p[1] == 0xff ? 0 : 2;
	return left >= 4 && is_digit(p[1]) && p[2] > 0x80 && p[2] < 0xff &&
			is_digit(p[3])
		? 4
		: 0;
}

static bool
looks_gb18030(struct fa_str s)
{
	for (size_t i = 0; i < s.n;) {
		size_t n =
			gb18030_length((const unsigned char *)s.p + i, s.n - i);

		if (n == 0)
			return false;
		i += n;
	}
	return true;
}

static int
fail_encoding(const struct fa_tl *l, const char *encoding)
{
	return fa_fail(l->err, FA_E_INPUT,
		"%.*s looks like %s; expected UTF-8: save it as CSV UTF-8, or "
		"convert it by iconv -f %s -t UTF-8",
		FA_STR_ARG(l->name), encoding, encoding);
}

static unsigned
line_of(struct fa_str s, size_t at)
{
	unsigned line = 1;

	for (size_t i = 0; i < at; i++)
		line += s.p[i] == '\n';
	return line;
}

/* The offset of the first byte that is no UTF-8; s is known to have one. */
static size_t
first_bad(struct fa_str s)
{
	size_t i = 0;
	uint32_t cp = 0;

	while (i < s.n) {
		size_t n = fa_utf8_next(fa_str_sub(s, i, s.n), &cp);

		if (n == 1 && (unsigned char)s.p[i] >= 0x80)
			return i;
		i += n;
	}
	return s.n;
}

static int
check_encoding(struct fa_tl *l)
{
	const struct fa_str s = l->text;
	size_t bad;

	if (fa_str_starts(s, FA_STR("\xff\xfe")))
		return fail_encoding(l, "UTF-16LE");
	if (fa_str_starts(s, FA_STR("\xfe\xff")))
		return fail_encoding(l, "UTF-16BE");
	if (s.n > 0 && memchr(s.p, '\0', s.n < 4096 ? s.n : 4096) != NULL) {
		return fa_fail(l->err, FA_E_INPUT,
			"%.*s is no text: it holds NUL bytes; expected UTF-8",
			FA_STR_ARG(l->name));
	}
	if (fa_utf8_valid(s))
		return FA_OK;
	if (looks_gb18030(s))
		return fail_encoding(l, "GB18030");
	bad = first_bad(s);
	return fa_fail(l->err, FA_E_INPUT,
		"%.*s:%u: byte 0x%02x is not UTF-8; expected UTF-8",
		FA_STR_ARG(l->name), line_of(s, bad),
		bad < s.n ? (unsigned)(unsigned char)s.p[bad] : 0u);
}

static bool
has_suffix(struct fa_str name, const char *suffix)
{
	struct fa_str s = fa_str_c(suffix);

	return name.n >= s.n &&
		fa_str_ieq(fa_str_sub(name, name.n - s.n, name.n), s);
}

static int
read_form(struct fa_tl *l)
{
	struct fa_str start = fa_str_trim(l->text);
	struct fa_str line = fa_str_cut(&start, '\n');

	if (has_suffix(l->name, ".csv"))
		return fa_tl_csv(l, ',');
	if (has_suffix(l->name, ".tsv") || has_suffix(l->name, ".tab"))
		return fa_tl_csv(l, '\t');
	if (has_suffix(l->name, ".jsonl") || has_suffix(l->name, ".ndjson") ||
		fa_str_starts(line, FA_STR("{")))
		return fa_tl_json(l);
	return fa_tl_csv(
		l, fa_str_find(line, FA_STR("\t"), 0) != SIZE_MAX ? '\t' : ',');
}

int
fa_targets_read(struct fa_targets *out, struct fa_str text, struct fa_str name,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_tl l = { .text = text, .name = name, .a = a, .err = err };
	int rc;

	if (text.n > FA_TARGETS_BYTES) {
		return fa_fail(err, FA_E_LIMIT, "%.*s is %zu bytes, limit %u",
			FA_STR_ARG(name), text.n, FA_TARGETS_BYTES);
	}
	rc = check_encoding(&l);
	if (rc != FA_OK)
		return rc;
	if (fa_str_starts(l.text, FA_STR("\xef\xbb\xbf")))
		l.text = fa_str_sub(l.text, 3, l.text.n);
	if (fa_str_trim(l.text).n == 0) {
		return fa_fail(
			err, FA_E_INPUT, "%.*s is empty", FA_STR_ARG(name));
	}
	rc = read_form(&l);
	if (rc == FA_OK)
		rc = drop_repeated(&l);
	if (rc == FA_OK)
		*out = l.out;
	return rc;
}
