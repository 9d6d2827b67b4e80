#include "base/json.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cjson.h"
#include "base/dup.h"
#include "base/json_check.h"
#include "base/num.h"

#define KEY_SHOWN_BYTES 100 /* of a key in a message */
#define KEYS_SHARED 64      /* a power of two */

struct convert {
	struct fa_str text;
	size_t at; /* behind the last string or number that was converted */
	struct fa_arena *a;
	struct fa_arena work;            /* what only the conversion needs */
	struct fa_str keys[KEYS_SHARED]; /* the last of each slot */
	struct fa_err *err;
};

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "out of memory for JSON");
}

/* The next string or number of the source, quotes included. cJSON keeps the
 * order of the source, but neither the text of a number nor any place; so
 * the conversion walks through the source beside the tree. */
static struct fa_str
next_token(struct convert *c)
{
	for (size_t at = c->at; at < c->text.n; at++) {
		char ch = c->text.p[at];

		if (ch == '"')
			c->at = fa_json_string_end(c->text, at);
		else if (ch == '-' || (ch >= '0' && ch <= '9'))
			c->at = fa_json_number_end(c->text, at);
		else
			continue;
		return fa_str_sub(c->text, at, c->at);
	}
	return FA_STR("0");
}

static bool
parse_int(struct fa_str s, int64_t *out)
{
	uint64_t v;

	if (s.p[0] == '-') {
		if (!fa_num_u64(fa_str_sub(s, 1, s.n), (uint64_t)1 << 63, &v))
			return false;
		*out = v == 0 ? 0 : -(int64_t)(v - 1) - 1;
		return true;
	}
	if (!fa_num_u64(s, INT64_MAX, &v))
		return false;
	*out = (int64_t)v;
	return true;
}

static int
convert_scalar(struct convert *c, struct fa_json *to, const cJSON *from)
{
	if (fa_cjson()->IsString(from)) {
		(void)next_token(c);
		to->kind = FA_JSON_STRING;
		to->str = fa_arena_dup(c->a, fa_str_c(from->valuestring));
		return to->str.p == NULL ? no_memory(c->err) : FA_OK;
	}
	if (fa_cjson()->IsNumber(from)) {
		struct fa_str s = next_token(c);

		to->kind = FA_JSON_INT;
		if (parse_int(s, &to->integer))
			return FA_OK;
		to->kind = FA_JSON_NUMBER;
		to->str = fa_arena_dup(c->a, s);
		return to->str.p == NULL ? no_memory(c->err) : FA_OK;
	}
	to->kind = fa_cjson()->IsNull(from) ? FA_JSON_NULL : FA_JSON_BOOL;
	to->boolean = fa_cjson()->IsTrue(from) != 0;
	return FA_OK;
}

static int convert(struct convert *c, struct fa_json *to, const cJSON *from);

static int
refuse_duplicates(struct convert *c, struct fa_dup_key *keys, size_t n)
{
	const struct fa_dup_key *twice = fa_dup_find(keys, n);

	char what[KEY_SHOWN_BYTES + 64];

	if (twice == NULL)
		return FA_OK;
	(void)snprintf(what, sizeof(what),
		"key \"%.*s\" stands twice in this object",
		FA_STR_ARG(fa_str_sub(twice->key, 0, KEY_SHOWN_BYTES)));
	return fa_json_fail_at(c->text, twice->at, FA_E_INPUT, what, c->err);
}

/* Objects of a kind have the same keys: one copy serves many. */
static struct fa_str
share_key(struct convert *c, struct fa_str key)
{
	unsigned char first = key.n > 0 ? (unsigned char)key.p[0] : 0;
	struct fa_str *slot = &c->keys[(key.n * 7 + first) % KEYS_SHARED];

	if (slot->p == NULL || !fa_str_eq(*slot, key))
		*slot = fa_arena_dup(c->a, key);
	return *slot;
}

static int
convert_key(struct convert *c, struct fa_json *node, const char *key,
	struct fa_dup_key *keys, size_t i)
{
	struct fa_str token = next_token(c);

	node->key = share_key(c, fa_str_c(key));
	if (node->key.p == NULL)
		return no_memory(c->err);
	keys[i].key = node->key;
	keys[i].at = (size_t)(token.p - c->text.p);
	return FA_OK;
}

/* Recursion is as deep as the text, which fa_json_check has limited. */
static int
convert_children(struct convert *c, struct fa_json *to, const cJSON *from)
{
	struct fa_json **tail = &to->child;
	struct fa_dup_key *keys = NULL;
	const cJSON *item;
	size_t n = 0;

	for (item = from->child; item != NULL; item = item->next)
		n++;
	if (fa_cjson()->IsObject(from)) {
		keys = fa_arena_new(&c->work, n, sizeof(*keys));
		if (keys == NULL)
			return no_memory(c->err);
	}
	to->kind = keys != NULL ? FA_JSON_OBJECT : FA_JSON_ARRAY;
	for (item = from->child; item != NULL; item = item->next) {
		struct fa_json *node = fa_arena_new(c->a, 1, sizeof(*node));
		int rc = node == NULL ? no_memory(c->err) : FA_OK;

		if (rc == FA_OK && keys != NULL) {
			rc = convert_key(
				c, node, item->string, keys, to->count);
		}
		if (rc == FA_OK)
			rc = convert(c, node, item);
		if (rc != FA_OK)
			return rc;
		*tail = node;
		tail = &node->next;
		to->count++;
	}
	return keys == NULL ? FA_OK : refuse_duplicates(c, keys, n);
}

static int
convert(struct convert *c, struct fa_json *to, const cJSON *from)
{
	if (fa_cjson()->IsObject(from) || fa_cjson()->IsArray(from))
		return convert_children(c, to, from);
	return convert_scalar(c, to, from);
}

/* A copy of text with a NUL, without which cJSON may read behind the end. */
static cJSON *
build_tree(struct fa_str text)
{
	char *z = malloc(text.n + 1);
	cJSON *tree;

	if (z == NULL)
		return NULL;
	memcpy(z, text.p, text.n);
	z[text.n] = '\0';
	tree = fa_cjson()->ParseWithLengthOpts(z, text.n + 1, NULL, 0);
	free(z);
	return tree;
}

int
fa_json_parse(struct fa_json **out, struct fa_str text, struct fa_arena *a,
	struct fa_err *err)
{
	struct convert c = { .a = a, .err = err };
	struct fa_json *top;
	cJSON *tree;
	int rc;

	if (text.n > FA_JSON_MAX_BYTES) {
		return fa_fail(err, FA_E_LIMIT, "JSON is %zu bytes, limit %u",
			text.n, FA_JSON_MAX_BYTES);
	}
	if (fa_str_starts(text, FA_STR("\xef\xbb\xbf")))
		text = fa_str_sub(text, 3, text.n); /* RFC 8259, 8.1 */
	rc = fa_json_check(text, err);
	if (rc == FA_OK)
		rc = fa_cjson_open(err);
	if (rc != FA_OK)
		return rc;
	top = fa_arena_new(a, 1, sizeof(*top));
	tree = build_tree(text); /* checked text fails for memory only */
	c.text = text;
	fa_arena_init(&c.work, a->max_bytes);
	rc = top == NULL || tree == NULL ? no_memory(err)
					 : convert(&c, top, tree);
	fa_cjson()->Delete(tree);
	fa_arena_done(&c.work);
	if (rc == FA_OK)
		*out = top;
	return rc;
}

const struct fa_json *
fa_json_find(const struct fa_json *obj, const char *key)
{
	struct fa_str k = fa_str_c(key);

	if (obj == NULL || obj->kind != FA_JSON_OBJECT)
		return NULL;
	for (const struct fa_json *i = obj->child; i != NULL; i = i->next) {
		if (fa_str_eq(i->key, k))
			return i;
	}
	return NULL;
}

struct fa_str
fa_json_text(const struct fa_json *obj, const char *key)
{
	const struct fa_json *v = fa_json_find(obj, key);

	return v == NULL || v->kind != FA_JSON_STRING ? FA_STR_NONE : v->str;
}

int64_t
fa_json_int(const struct fa_json *obj, const char *key, int64_t fallback)
{
	const struct fa_json *v = fa_json_find(obj, key);

	return v == NULL || v->kind != FA_JSON_INT ? fallback : v->integer;
}
