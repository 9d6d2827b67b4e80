#include "discover/listing_yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

#define LIST_BYTES 300 /* of expected words in a message */
#define TEXTS_MAX 200  /* of one list */
#define SLIP_BYTES 2   /* in which a word and a misspelling of it differ */

int
fa_ly_fail(
	const struct fa_ly *l, const struct fa_yaml *node, const char *fmt, ...)
{
	char message[FA_ERR_MSG_BYTES];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	return fa_fail(l->err, FA_E_INPUT, "%.*s:%u:%u: %s",
		FA_STR_ARG(l->file), (unsigned)node->line,
		(unsigned)node->column, message);
}

int
fa_ly_nomem(const struct fa_ly *l)
{
	return fa_fail(
		l->err, FA_E_NOMEM, "no memory for %.*s", FA_STR_ARG(l->file));
}

static const char *
kind_name(const struct fa_yaml *node)
{
	if (node->kind == FA_YAML_SEQ)
		return "a list";
	if (node->kind == FA_YAML_MAP)
		return "a map";
	return node->text.n == 0 ? "empty" : "a text";
}

static const char *
want_name(enum fa_ly_want want)
{
	static const char *const names[] = { "a text", "a list", "a map" };

	return names[want];
}

static bool
is_wanted(const struct fa_yaml *node, enum fa_ly_want want)
{
	if (want == FA_LY_TEXT)
		return node->kind == FA_YAML_SCALAR;
	return want == FA_LY_LIST ? node->kind == FA_YAML_SEQ && node->count > 0
				  : node->kind == FA_YAML_MAP;
}

/* Do two words differ by a slip of the pen: a letter or two in one place? */
static bool
is_slip(struct fa_str a, struct fa_str b)
{
	size_t shorter = a.n < b.n ? a.n : b.n;
	size_t longer = a.n < b.n ? b.n : a.n;
	size_t head = 0;
	size_t tail = 0;

	while (head < shorter && a.p[head] == b.p[head])
		head++;
	while (tail < shorter - head &&
		a.p[a.n - 1 - tail] == b.p[b.n - 1 - tail])
		tail++;
	return head + tail > 0 && longer - head - tail <= SLIP_BYTES;
}

int
fa_ly_unknown(const struct fa_ly *l, const struct fa_yaml *node,
	const char *what, struct fa_str word,
	const char *(*name)(size_t i, const void *ctx), const void *ctx,
	size_t n)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf advice;

	fa_buf_init(&advice, LIST_BYTES);
	for (size_t i = 0; i < n; i++) {
		if (is_slip(word, fa_str_c(name(i, ctx)))) {
			return fa_ly_fail(l, node,
				"unknown %s '%.*s'; did you mean '%s'?", what,
				FA_STR_ARG(word), name(i, ctx));
		}
	}
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			fa_buf_adds(&advice, i + 1 == n ? " or " : ", ");
		fa_buf_adds(&advice, name(i, ctx));
	}
	return fa_ly_fail(l, node, "unknown %s '%.*s'; expected %.*s", what,
		FA_STR_ARG(word), FA_STR_ARG(fa_buf_str(&advice)));
}

static const char *
key_name(size_t i, const void *ctx)
{
	return ((const struct fa_ly_key *)ctx)[i].name;
}

static int
unknown_key(const struct fa_ly *l, const struct fa_yaml *node, const char *what,
	const struct fa_ly_key *keys, size_t n)
{
	char where[80];

	(void)snprintf(where, sizeof(where), "key in %s:", what);
	return fa_ly_unknown(l, node, where, node->key, key_name, keys, n);
}

int
fa_ly_map(const struct fa_ly *l, const struct fa_yaml *node, const char *what,
	const struct fa_ly_key *keys, size_t n, const struct fa_yaml **out)
{
	memset(out, 0, n * sizeof(*out));
	if (node->kind != FA_YAML_MAP) {
		return fa_ly_fail(l, node, "%s is %s; expected a map", what,
			kind_name(node));
	}
	for (const struct fa_yaml *c = node->child; c != NULL; c = c->next) {
		size_t i = 0;

		while (i < n && !fa_str_eq(fa_str_c(keys[i].name), c->key))
			i++;
		if (i == n)
			return unknown_key(l, c, what, keys, n);
		if (!is_wanted(c, keys[i].want)) {
			return fa_ly_fail(l, c, "'%s' is %s; expected %s",
				keys[i].name, kind_name(c),
				want_name(keys[i].want));
		}
		out[i] = c;
	}
	for (size_t i = 0; i < n; i++) {
		if (keys[i].required && out[i] == NULL)
			return fa_ly_fail(
				l, node, "%s has no '%s'", what, keys[i].name);
	}
	return FA_OK;
}

int
fa_ly_text(const struct fa_ly *l, const struct fa_yaml *node, const char *what,
	struct fa_str *out)
{
	struct fa_str text;

	if (node == NULL)
		return FA_OK;
	if (node->kind != FA_YAML_SCALAR) {
		return fa_ly_fail(l, node, "%s is %s; expected a text", what,
			kind_name(node));
	}
	text = fa_str_trim(node->text);
	if (text.n == 0)
		return fa_ly_fail(l, node, "%s is empty", what);
	text = fa_arena_dup(l->a, text);
	if (text.p == NULL)
		return fa_ly_nomem(l);
	*out = text;
	return FA_OK;
}

int
fa_ly_texts(const struct fa_ly *l, const struct fa_yaml *node, const char *what,
	const char *(*check)(struct fa_str), struct fa_strs *out)
{
	struct fa_strs list = { NULL, 0 };

	if (node == NULL)
		return FA_OK;
	if (node->count > TEXTS_MAX) {
		return fa_ly_fail(l, node, "%s has %zu entries, limit %d", what,
			node->count, TEXTS_MAX);
	}
	list.at = fa_arena_new(l->a, node->count, sizeof(*list.at));
	if (list.at == NULL)
		return fa_ly_nomem(l);
	for (const struct fa_yaml *c = node->child; c != NULL; c = c->next) {
		const char *wrong;
		int rc = fa_ly_text(l, c, what, &list.at[list.n]);

		if (rc != FA_OK)
			return rc;
		wrong = check == NULL ? NULL : check(list.at[list.n]);
		if (wrong != NULL) {
			return fa_ly_fail(l, c, "%s '%.*s' %s", what,
				FA_STR_ARG(list.at[list.n]), wrong);
		}
		list.n++;
	}
	*out = list;
	return FA_OK;
}

int
fa_ly_bool(const struct fa_ly *l, const struct fa_yaml *node, const char *what,
	bool *out)
{
	if (node == NULL)
		return FA_OK;
	if (fa_str_eq(node->text, FA_STR("yes")))
		*out = true;
	else if (fa_str_eq(node->text, FA_STR("no")))
		*out = false;
	else
		return fa_ly_fail(l, node, "%s is '%.*s'; expected yes or no",
			what, FA_STR_ARG(node->text));
	return FA_OK;
}
