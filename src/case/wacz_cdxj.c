/* CDXJ: an index of archives by URL and time, sorted as bytes. One line is
 *
 *	key SP time14 SP {"url":...,"mime":...,"status":...,"digest":...,
 *		"filename":...,"offset":...,"length":...,"recordDigest":...}
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "case/wacz.h"

#define LINE_BYTES (64u << 10)
#define HOST_PARTS 128 /* labels of a host that are turned round */

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static void
add_lower(struct fa_buf *out, struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++)
		fa_buf_addc(out, lower(s.p[i]));
}

/* Without "www." and "www2." before it. */
static struct fa_str
skip_www(struct fa_str host)
{
	size_t i = 3;

	if (host.n < 4 || !fa_str_ieq(fa_str_sub(host, 0, 3), FA_STR("www")))
		return host;
	while (i < host.n && host.p[i] >= '0' && host.p[i] <= '9')
		i++;
	return i < host.n && host.p[i] == '.' ? fa_str_sub(host, i + 1, host.n)
					      : host;
}

static void
add_host(struct fa_buf *out, struct fa_str host)
{
	struct fa_str part[HOST_PARTS];
	size_t n = 0;

	while (host.p && n < HOST_PARTS - 1)
		part[n++] = fa_str_cut(&host, '.');
	if (host.p)
		part[n++] = host;
	while (n-- > 0) {
		add_lower(out, part[n]);
		if (n > 0)
			fa_buf_addc(out, ',');
	}
}

/* The arguments of a query in order of their names, those with one name in
 * the order in which they come. */
struct argument {
	struct fa_str whole, name;
	size_t ord;
};

static int
compare_arguments(const void *a, const void *b)
{
	const struct argument *x = a, *y = b;
	int d = fa_str_cmp(x->name, y->name);

	return d != 0 ? d : (x->ord > y->ord) - (x->ord < y->ord);
}

#define ARGUMENTS 256 /* of one query; longer ones stay as they are */

static void
add_query(struct fa_buf *out, struct fa_str query)
{
	struct argument at[ARGUMENTS];
	struct fa_str rest = query;
	size_t n = 0;

	while (rest.p && n < ARGUMENTS) {
		struct fa_str whole = fa_str_cut(&rest, '&');
		struct fa_str value = whole;

		at[n] = (struct argument){ whole, fa_str_cut(&value, '='), n };
		n++;
	}
	if (rest.p) {
		add_lower(out, query);
		return;
	}
	qsort(at, n, sizeof(*at), compare_arguments);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			fa_buf_addc(out, '&');
		add_lower(out, at[i].whole);
	}
}

void
fa_wacz_surt(struct fa_buf *out, struct fa_str url)
{
	struct fa_str rest = url, host, query;
	size_t from, to;

	if (fa_str_starts(url, FA_STR("http://")))
		rest = fa_str_sub(url, 7, url.n);
	else if (fa_str_starts(url, FA_STR("https://")))
		rest = fa_str_sub(url, 8, url.n);
	else {
		fa_buf_add(out, url);
		return;
	}
	for (to = 0; to < rest.n && rest.p[to] != '/' && rest.p[to] != '?';)
		to++;
	host = fa_str_sub(rest, 0, to);
	rest = fa_str_sub(rest, to, rest.n);
	from = fa_str_find(host, FA_STR(":"), 0);
	add_host(out, skip_www(fa_str_sub(host, 0, from)));
	if (from != SIZE_MAX)
		add_lower(out, fa_str_sub(host, from, host.n));
	fa_buf_addc(out, ')');
	query = rest;
	add_lower(out, fa_str_cut(&query, '?'));
	if (query.n > 0) {
		fa_buf_addc(out, '?');
		add_query(out, query);
	}
}

static void
add_time14(struct fa_buf *out, int64_t at_us)
{
	time_t at = (time_t)(at_us / 1000000);
	struct tm tm;

	memset(&tm, 0, sizeof(tm));
	(void)gmtime_r(&at, &tm);
	fa_buf_addf(out, "%04d%02d%02d%02d%02d%02d", tm.tm_year + 1900,
		tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void
add_digest(struct fa_jw *w, const char *key, const char *hex)
{
	char text[FA_HASH_HEX_BYTES + 8];

	(void)snprintf(text, sizeof(text), "sha256:%s", hex);
	fa_jw_kstr(w, key, fa_str_c(text));
}

static void
add_line(struct fa_buf *out, const struct fa_wacz_record *r)
{
	struct fa_str file =
		fa_str_sub(r->file, sizeof(FA_WACZ_ARCHIVE) - 1, r->file.n);
	bool revisit = fa_str_eq(r->type, FA_STR("revisit"));
	struct fa_jw w;

	fa_wacz_surt(out, r->url);
	fa_buf_addc(out, ' ');
	add_time14(out, r->at_us);
	fa_buf_addc(out, ' ');
	fa_jw_init(&w, out, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "url", r->url);
	fa_jw_kstr(&w, "mime",
		revisit ? FA_STR("warc/revisit")
			: r->media_type.n > 0
			? r->media_type
			: FA_STR("application/octet-stream"));
	if (r->status)
		fa_jw_kint(&w, "status", r->status);
	add_digest(&w, "digest",
		r->payload_sha256[0] ? r->payload_sha256 : r->block_sha256);
	fa_jw_kstr(&w, "filename", file);
	fa_jw_kint(&w, "offset", r->offset);
	fa_jw_kint(&w, "length", r->length);
	add_digest(&w, "recordDigest", r->record_sha256);
	fa_jw_end(&w, '}');
}

static bool
is_indexed(const struct fa_wacz_record *r)
{
	return r->url.n > 0 &&
		(fa_str_eq(r->type, FA_STR("response")) ||
			fa_str_eq(r->type, FA_STR("revisit")) ||
			fa_str_eq(r->type, FA_STR("resource")));
}

static int
compare_lines(const void *a, const void *b)
{
	return fa_str_cmp(*(const struct fa_str *)a, *(const struct fa_str *)b);
}

int
fa_wacz_cdxj(struct fa_buf *out, const struct fa_wacz_index *x,
	struct fa_arena *a, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;
	struct fa_str *at = fa_arena_new(a, x->n, sizeof(*at));
	size_t n = 0;

	fa_buf_init(&line, LINE_BYTES);
	if (!at)
		return fa_fail(err, FA_E_NOMEM, "no memory for an index");
	for (size_t i = 0; i < x->n; i++) {
		int rc;

		if (!is_indexed(&x->at[i]))
			continue;
		fa_buf_reset(&line);
		add_line(&line, &x->at[i]);
		rc = fa_buf_rc(&line, "index", err);
		if (rc < 0)
			return rc;
		at[n] = fa_arena_dup(a, fa_buf_str(&line));
		if (!at[n++].p)
			return fa_fail(
				err, FA_E_NOMEM, "no memory for an index");
	}
	qsort(at, n, sizeof(*at), compare_lines);
	for (size_t i = 0; i < n; i++) {
		fa_buf_add(out, at[i]);
		fa_buf_addc(out, '\n');
	}
	return fa_buf_rc(out, "index", err);
}

int
fa_wacz_cdxj_check(struct fa_str text, const struct fa_wacz_index *x,
	struct fa_arena *a, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf ours;
	struct fa_str mine;
	size_t line = 0;
	int rc;

	fa_buf_init(&ours, FA_WACZ_TEXT_BYTES);
	rc = fa_wacz_cdxj(&ours, x, a, err);
	if (rc < 0)
		return rc;
	mine = fa_buf_str(&ours);
	if (fa_str_eq(mine, text))
		return FA_OK;
	while (mine.p && text.p) {
		line++;
		if (!fa_str_eq(
			    fa_str_cut(&mine, '\n'), fa_str_cut(&text, '\n')))
			break;
	}
	return fa_fail(err, FA_E_INPUT,
		"line %zu is not what the archives hold", line);
}
