#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "crawl/targets_parts.h"

#define URL_BYTES 4096 /* longest URL */
#define DIGITS 12      /* of a digest in a key */
#define MESSAGE_BYTES 400
#define SHOWN_BYTES 80 /* of a field in a message */

static const struct {
	enum fa_tl_column column;
	const char *name;
} headers[] = {
	{ FA_TL_APP, "app" },
	{ FA_TL_PACKAGE, "package" },
	{ FA_TL_STORE, "store" },
	{ FA_TL_VERSION, "version" },
	{ FA_TL_PUBLISHER, "publisher" },
	{ FA_TL_CATEGORY, "category" },
	{ FA_TL_STORE_URL, "store_url" },
	{ FA_TL_POLICY_URL, "policy_url" },
	{ FA_TL_CHILDREN, "children" },
	{ FA_TL_APP, "应用名称" },
	{ FA_TL_APP, "应用" },
	{ FA_TL_APP, "名称" },
	{ FA_TL_PACKAGE, "包名" },
	{ FA_TL_PACKAGE, "应用包名" },
	{ FA_TL_STORE, "应用商店" },
	{ FA_TL_STORE, "商店" },
	{ FA_TL_VERSION, "版本" },
	{ FA_TL_VERSION, "版本号" },
	{ FA_TL_PUBLISHER, "开发者" },
	{ FA_TL_PUBLISHER, "运营者" },
	{ FA_TL_PUBLISHER, "开发者/运营者" },
	{ FA_TL_CATEGORY, "类别" },
	{ FA_TL_CATEGORY, "分类" },
	{ FA_TL_STORE_URL, "商店链接" },
	{ FA_TL_POLICY_URL, "隐私政策链接" },
	{ FA_TL_CHILDREN, "面向儿童" },
};

static char
low(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

int
fa_tl_column(struct fa_str header)
{
	for (size_t i = 0; i < FA_COUNT(headers); i++) {
		if (fa_str_same_name(header, fa_str_c(headers[i].name)))
			return (int)headers[i].column;
	}
	return -1;
}

/* The table begins with the columns in their order. */
const char *
fa_tl_column_name(enum fa_tl_column c)
{
	return headers[c].name;
}

int
fa_tl_problem(struct fa_tl *l, uint32_t line, bool bad, const char *fmt, ...)
{
	struct fa_targets *t = &l->out;
	struct fa_targets_problem *grown;
	struct fa_err message = { .rc = FA_OK };
	char text[MESSAGE_BYTES];
	va_list ap;

	if (bad)
		t->bad++;
	if (t->problems_n == FA_TARGETS_PROBLEMS)
		return FA_OK;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	/* fa_fail cuts at a character and makes the text safe to print. */
	(void)fa_fail(&message, FA_E_INPUT, "%s", text);
	grown = fa_arena_grow(l->a, t->problems, &t->problems_cap,
		t->problems_n + 1, sizeof(*grown));
	if (grown == NULL)
		return fa_fail(l->err, FA_E_NOMEM, "no memory for %.*s",
			FA_STR_ARG(l->name));
	t->problems = grown;
	grown[t->problems_n].line = line;
	grown[t->problems_n].message =
		fa_arena_dup(l->a, fa_str_c(message.msg));
	if (grown[t->problems_n].message.p == NULL)
		return fa_fail(l->err, FA_E_NOMEM, "no memory for %.*s",
			FA_STR_ARG(l->name));
	t->problems_n++;
	return FA_OK;
}

/* Is there white space, or nothing printable, at s.p[0]? *n is its length. */
static bool
is_space_at(struct fa_str s, size_t *n)
{
	uint32_t cp = 0;

	*n = fa_utf8_next(s, &cp);
	return cp <= 0x20 || fa_rune_is_space(cp) || fa_rune_is_ignorable(cp);
}

/* Does the text hold white space other than single blanks inside, or
 * characters that nobody sees? */
static bool
is_untidy(struct fa_str s)
{
	bool before = true;

	for (size_t i = 0; i < s.n;) {
		size_t n;
		bool space = is_space_at(fa_str_sub(s, i, s.n), &n);

		if (space && (before || s.p[i] != ' '))
			return true;
		before = space;
		i += n;
	}
	return before && s.n > 0;
}

/* A field on one line, without blanks around it; absent when it is empty. */
static int
tidy(struct fa_str *out, struct fa_str s, struct fa_tl *l)
{
	char *copy;
	size_t n = 0;

	*out = s.n > 0 ? s : FA_STR_NONE;
	if (!is_untidy(s))
		return FA_OK;
	copy = fa_arena_new(l->a, s.n, 1);
	if (copy == NULL)
		return fa_fail(l->err, FA_E_NOMEM, "no memory for %.*s",
			FA_STR_ARG(l->name));
	for (size_t i = 0; i < s.n;) {
		struct fa_str rest = fa_str_sub(s, i, s.n);
		uint32_t cp = 0;
		size_t len;

		if (!is_space_at(rest, &len)) {
			memcpy(copy + n, rest.p, len);
			n += len;
		} else {
			(void)fa_utf8_next(rest, &cp);
			if (n > 0 && copy[n - 1] != ' ' &&
				(cp == '\n' || cp == '\r' || cp == '\t' ||
					fa_rune_is_space(cp)))
				copy[n++] = ' ';
		}
		i += len;
	}
	if (n > 0 && copy[n - 1] == ' ')
		n--;
	*out = n > 0 ? (struct fa_str){ copy, n } : FA_STR_NONE;
	return FA_OK;
}

/* NULL, or what is wrong with a URL. Whether it can be fetched is found out
 * by the fetcher; here only what is no URL at all is refused. */
static const char *
check_url(struct fa_str url)
{
	struct fa_str rest;

	if (url.n > URL_BYTES)
		return "is longer than 4096 bytes";
	if (fa_str_ieq(fa_str_sub(url, 0, 8), FA_STR("https://")))
		rest = fa_str_sub(url, 8, url.n);
	else if (fa_str_ieq(fa_str_sub(url, 0, 7), FA_STR("http://")))
		rest = fa_str_sub(url, 7, url.n);
	else
		return "begins with neither http:// nor https://";
	if (rest.n == 0 || rest.p[0] == '/' || rest.p[0] == '?' ||
		rest.p[0] == '#' || rest.p[0] == ':')
		return "names no host";
	if (fa_str_find(url, FA_STR(" "), 0) != SIZE_MAX)
		return "holds a blank";
	return NULL;
}

static struct fa_str
shown(struct fa_str s)
{
	if (s.n <= SHOWN_BYTES)
		return s;
	s.n = SHOWN_BYTES;
	while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
		s.n--;
	return s;
}

static enum fa_children
parse_children(struct fa_str s, bool *known)
{
	static const char *const yes[] = { "yes", "true", "1", "是", "y" };
	static const char *const no[] = { "no", "false", "0", "否", "n" };

	*known = true;
	for (size_t i = 0; i < FA_COUNT(yes); i++) {
		if (fa_str_ieq(s, fa_str_c(yes[i])))
			return FA_CHILDREN_YES;
		if (fa_str_ieq(s, fa_str_c(no[i])))
			return FA_CHILDREN_NO;
	}
	*known = s.n == 0;
	return FA_CHILDREN_UNKNOWN;
}

static int
make_key(struct fa_tl *l, struct fa_target *t)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	char hex[FA_HASH_HEX_BYTES];
	int rc = FA_OK;

	fa_buf_init(&b, 4 * FA_TARGETS_FIELD_BYTES);
	if (t->store.n > 0 && t->package.n > 0) {
		for (size_t i = 0; i < t->store.n; i++)
			fa_buf_addc(&b, low(t->store.p[i]));
		fa_buf_addc(&b, ':');
		fa_buf_add(&b, t->package);
	} else {
		fa_buf_add(&b, t->store_url);
		fa_buf_addc(&b, '\n');
		fa_buf_add(&b, t->policy_url);
		rc = fa_hash_sha256(hex, fa_buf_str(&b), l->err);
		fa_buf_reset(&b);
		fa_buf_adds(&b, "app:");
		fa_buf_add(&b, t->app);
		fa_buf_addc(&b, '#');
		if (rc == FA_OK)
			fa_buf_add(&b, (struct fa_str){ hex, DIGITS });
	}
	if (rc == FA_OK)
		rc = fa_buf_rc(&b, "key of a target", l->err);
	if (rc != FA_OK)
		return rc;
	t->key = fa_arena_dup(l->a, fa_buf_str(&b));
	return t->key.p == NULL
		? fa_fail(l->err, FA_E_NOMEM, "no memory for %.*s",
			  FA_STR_ARG(l->name))
		: FA_OK;
}

static int
add(struct fa_tl *l, struct fa_target *t)
{
	struct fa_targets *out = &l->out;
	struct fa_target *grown;
	int rc = make_key(l, t);

	if (rc != FA_OK)
		return rc;
	grown = fa_arena_grow(
		l->a, out->at, &out->cap, out->n + 1, sizeof(*grown));
	if (grown == NULL)
		return fa_fail(l->err, FA_E_NOMEM, "no memory for %.*s",
			FA_STR_ARG(l->name));
	out->at = grown;
	grown[out->n++] = *t;
	return FA_OK;
}

/* Adds the reason why a row is left out, if there is one. */
static int
check_row(struct fa_tl *l, const struct fa_str f[FA_TL_COLUMNS], uint32_t line,
	bool *bad)
{
	static const enum fa_tl_column urls[] = { FA_TL_POLICY_URL,
		FA_TL_STORE_URL };

	*bad = true;
	for (int c = 0; c < FA_TL_COLUMNS; c++) {
		if (f[c].n > FA_TARGETS_FIELD_BYTES) {
			return fa_tl_problem(l, line, true,
				"%s is %zu bytes long, limit %u",
				fa_tl_column_name((enum fa_tl_column)c), f[c].n,
				FA_TARGETS_FIELD_BYTES);
		}
	}
	for (size_t i = 0; i < FA_COUNT(urls); i++) {
		struct fa_str url = f[urls[i]];
		const char *wrong = url.n > 0 ? check_url(url) : NULL;

		if (wrong != NULL) {
			return fa_tl_problem(l, line, true, "%s '%.*s' %s",
				fa_tl_column_name(urls[i]),
				FA_STR_ARG(shown(url)), wrong);
		}
	}
	if (f[FA_TL_POLICY_URL].n == 0 && f[FA_TL_STORE_URL].n == 0 &&
		(f[FA_TL_STORE].n == 0 || f[FA_TL_PACKAGE].n == 0)) {
		return fa_tl_problem(l, line, true,
			"nothing to look for: a row needs policy_url, "
			"store_url, or store and package");
	}
	*bad = false;
	return FA_OK;
}

int
fa_tl_row(struct fa_tl *l, const struct fa_str field[FA_TL_COLUMNS],
	uint32_t line)
{
	struct fa_str f[FA_TL_COLUMNS];
	struct fa_target t;
	bool bad;
	bool known;
	int rc;

	for (int c = 0; c < FA_TL_COLUMNS; c++) {
		rc = tidy(&f[c], field[c], l);
		if (rc != FA_OK)
			return rc;
	}
	rc = check_row(l, f, line, &bad);
	if (rc != FA_OK || bad)
		return rc;
	t = (struct fa_target){ .app = f[FA_TL_APP],
		.package = f[FA_TL_PACKAGE],
		.store = f[FA_TL_STORE],
		.version = f[FA_TL_VERSION],
		.publisher = f[FA_TL_PUBLISHER],
		.category = f[FA_TL_CATEGORY],
		.store_url = f[FA_TL_STORE_URL],
		.policy_url = f[FA_TL_POLICY_URL],
		.children = parse_children(f[FA_TL_CHILDREN], &known),
		.line = line };
	if (!known) {
		rc = fa_tl_problem(l, line, false,
			"children is '%.*s'; expected yes or no, taken as "
			"unknown",
			FA_STR_ARG(shown(f[FA_TL_CHILDREN])));
		if (rc != FA_OK)
			return rc;
	}
	return add(l, &t);
}
