#include "rules/load.h"

#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "rules/nearest.h"

#define LIST_BYTES 400 /* of a list of expected words in a message */

struct fa_place
fa_load_place(const struct fa_load *l, const struct fa_yaml *node)
{
	return (struct fa_place){ l->file, node->line, node->column };
}

static const char *
kind_name(enum fa_yaml_kind kind)
{
	switch (kind) {
	case FA_YAML_SEQ:
		return "a list";
	case FA_YAML_MAP:
		return "a map";
	default:
		return "a text";
	}
}

static const char *
want_name(enum fa_want want)
{
	switch (want) {
	case FA_WANT_LIST:
		return "a list";
	case FA_WANT_MAP:
		return "a map";
	default:
		return "a text";
	}
}

static bool
is_wanted(const struct fa_yaml *node, enum fa_want want)
{
	switch (want) {
	case FA_WANT_LIST:
		return node->kind == FA_YAML_SEQ && node->count > 0;
	case FA_WANT_MAP:
		return node->kind == FA_YAML_MAP;
	case FA_WANT_TEXT:
		return node->kind == FA_YAML_SCALAR;
	default:
		return true;
	}
}

/* "; did you mean x?" or "; expected a, b or c". */
static void
advise(struct fa_buf *out, const struct fa_nearest *near,
	const char *(*name)(const void *ctx, size_t i), const void *ctx,
	size_t n)
{
	if (near->best.p != NULL) {
		fa_buf_addf(
			out, "; did you mean '%.*s'?", FA_STR_ARG(near->best));
		return;
	}
	fa_buf_adds(out, "; expected ");
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			fa_buf_adds(out, i + 1 == n ? " or " : ", ");
		fa_buf_adds(out, name(ctx, i));
	}
}

static int
unknown(const struct fa_load *l, const struct fa_yaml *node, const char *what,
	struct fa_str word, const char *(*name)(const void *ctx, size_t i),
	const void *ctx, size_t n)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf advice;
	struct fa_nearest near;

	fa_buf_init(&advice, LIST_BYTES);
	fa_nearest_init(&near, word, FA_NEAREST_MAX);
	for (size_t i = 0; i < n; i++)
		fa_nearest_try(&near, fa_str_c(name(ctx, i)));
	advise(&advice, &near, name, ctx, n);
	return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
		"unknown %s '%.*s'%.*s", what, FA_STR_ARG(word),
		FA_STR_ARG(fa_buf_str(&advice)));
}

static const char *
key_name(const void *ctx, size_t i)
{
	return ((const struct fa_key *)ctx)[i].name;
}

static int
wrong_kind(const struct fa_load *l, const struct fa_yaml *node,
	const struct fa_key *key)
{
	const char *found = kind_name(node->kind);

	if (node->kind == FA_YAML_SCALAR && node->text.n == 0)
		found = "empty";
	return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
		"'%s' is %s; expected %s", key->name, found,
		want_name(key->want));
}

static int
unknown_key(const struct fa_load *l, const struct fa_yaml *node,
	const char *what, const struct fa_key *keys, size_t n)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf where;

	fa_buf_init(&where, LIST_BYTES);
	fa_buf_addf(&where, "key in %s:", what);
	return unknown(l, node,
		fa_buf_rc(&where, "key", NULL) == FA_OK ? where.p : "key",
		node->key, key_name, keys, n);
}

int
fa_load_map(const struct fa_load *l, const struct fa_yaml *node,
	const char *what, const struct fa_key *keys, size_t n,
	const struct fa_yaml **out)
{
	memset(out, 0, n * sizeof(*out));
	if (node->kind != FA_YAML_MAP) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"%s is %s; expected a map", what,
			kind_name(node->kind));
	}
	for (const struct fa_yaml *c = node->child; c != NULL; c = c->next) {
		size_t i = 0;

		while (i < n && !fa_str_eq(fa_str_c(keys[i].name), c->key))
			i++;
		if (i == n)
			return unknown_key(l, c, what, keys, n);
		if (!is_wanted(c, keys[i].want))
			return wrong_kind(l, c, &keys[i]);
		out[i] = c;
	}
	for (size_t i = 0; i < n; i++) {
		if (keys[i].required && out[i] == NULL) {
			return fa_rules_build_fail(&l->bd,
				fa_load_place(l, node), "%s has no '%s'", what,
				keys[i].name);
		}
	}
	return FA_OK;
}

/* What YAML 1.1 takes for a truth value or nothing. */
static bool
is_no_text(const struct fa_yaml *node)
{
	static const char *const words[] = { "~", "null", "true", "false",
		"yes", "no", "on", "off", "y", "n" };

	if (node->quoted)
		return false;
	for (size_t i = 0; i < FA_COUNT(words); i++) {
		if (fa_str_ieq(fa_str_c(words[i]), node->text))
			return true;
	}
	return false;
}

int
fa_load_text(const struct fa_load *l, const struct fa_yaml *node,
	const char *what, struct fa_str *out)
{
	if (node->kind != FA_YAML_SCALAR) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"%s is %s; expected a text", what,
			kind_name(node->kind));
	}
	if (is_no_text(node)) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"%s: %.*s without quotes is not a text in YAML; write "
			"'%.*s'",
			what, FA_STR_ARG(node->text), FA_STR_ARG(node->text));
	}
	if (fa_str_trim(node->text).n == 0) {
		return fa_rules_build_fail(
			&l->bd, fa_load_place(l, node), "%s is empty", what);
	}
	*out = fa_str_trim(node->text);
	return FA_OK;
}

int
fa_load_text2(const struct fa_load *l, const struct fa_yaml *node,
	const char *what, struct fa_text2 *out)
{
	static const struct fa_key keys[] = {
		{ "zh", FA_WANT_TEXT, true },
		{ "en", FA_WANT_TEXT, true },
	};
	const struct fa_yaml *at[FA_COUNT(keys)];
	struct fa_text2 text;
	int rc;

	if (node == NULL)
		return FA_OK;
	rc = fa_load_map(l, node, what, keys, FA_COUNT(keys), at);
	if (rc == FA_OK)
		rc = fa_load_text(l, at[0], what, &text.in[FA_LANG_ZH]);
	if (rc == FA_OK)
		rc = fa_load_text(l, at[1], what, &text.in[FA_LANG_EN]);
	if (rc == FA_OK)
		*out = text;
	return rc;
}

static const char *
word_name(const void *ctx, size_t i)
{
	const struct fa_words *words = ctx;

	return words->at(words->first + (int)i);
}

int
fa_load_word(const struct fa_load *l, const struct fa_yaml *node,
	const struct fa_words *words, int *out)
{
	struct fa_str text = FA_STR_NONE;
	int rc = fa_load_text(l, node, words->what, &text);

	if (rc != FA_OK)
		return rc;
	for (int i = 0; i < words->n; i++) {
		const char *name = words->at(words->first + i);

		if (fa_str_eq(fa_str_c(name), text)) {
			*out = words->first + i;
			return FA_OK;
		}
	}
	return unknown(
		l, node, words->what, text, word_name, words, (size_t)words->n);
}

int
fa_load_number(const struct fa_load *l, const struct fa_yaml *node,
	const char *what, uint32_t max, uint32_t *out)
{
	uint64_t v;

	if (node->kind != FA_YAML_SCALAR || !fa_num_u64(node->text, max, &v)) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"%s is not a number from 0 to %u", what, (unsigned)max);
	}
	*out = (uint32_t)v;
	return FA_OK;
}

int
fa_load_instrument(
	const struct fa_load *l, const struct fa_yaml *node, uint32_t *out)
{
	const struct fa_bundle *b = l->bd.b;
	struct fa_str code = FA_STR_NONE;
	struct fa_nearest near;
	int rc = fa_load_text(l, node, "instrument", &code);

	if (rc != FA_OK)
		return rc;
	fa_nearest_init(&near, code, FA_NEAREST_MAX);
	for (size_t i = 0; i < b->instruments_n; i++) {
		if (fa_str_eq(b->instruments[i].code, code)) {
			*out = (uint32_t)i;
			return FA_OK;
		}
		fa_nearest_try(&near, b->instruments[i].code);
	}
	if (near.best.p != NULL) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"unknown instrument '%.*s'; did you mean '%.*s'?",
			FA_STR_ARG(code), FA_STR_ARG(near.best));
	}
	return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
		"unknown instrument '%.*s'; instruments.yaml lists them",
		FA_STR_ARG(code));
}

int
fa_load_scopes(
	const struct fa_load *l, const struct fa_yaml *node, uint32_t *out)
{
	uint32_t set = 0;
	int scope = 0;
	int rc;

	if (node->kind != FA_YAML_SEQ) {
		rc = fa_load_word(l, node, &fa_words_scope, &scope);
		if (rc == FA_OK)
			*out = FA_SCOPE_BIT(scope);
		return rc;
	}
	for (const struct fa_yaml *c = node->child; c != NULL; c = c->next) {
		rc = fa_load_word(l, c, &fa_words_scope, &scope);
		if (rc != FA_OK)
			return rc;
		set |= FA_SCOPE_BIT(scope);
	}
	*out = set;
	return FA_OK;
}
