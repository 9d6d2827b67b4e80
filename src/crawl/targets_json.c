/* One JSON object per line (RFC 8259); its members are named like columns. */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

#include "base/json.h"
#include "crawl/targets_parts.h"

#define LINE_BYTES (256u << 10)      /* longest line */
#define LINE_ARENA_BYTES (64u << 20) /* of the tree of one line */
#define UNKNOWN_MAX 64               /* names of members that are remarked */

struct reader {
	struct fa_tl *l;
	struct fa_arena tree;
	struct fa_str unknown[UNKNOWN_MAX];
	size_t unknown_n;
};

static int
remark_unknown(struct reader *r, struct fa_str key, uint32_t line)
{
	struct fa_str copy;

	for (size_t i = 0; i < r->unknown_n; i++) {
		if (fa_str_eq(r->unknown[i], key))
			return FA_OK;
	}
	if (r->unknown_n == UNKNOWN_MAX)
		return FA_OK;
	copy = fa_arena_dup(r->l->a, key);
	if (copy.p == NULL)
		return fa_fail(r->l->err, FA_E_NOMEM, "no memory for %.*s",
			FA_STR_ARG(r->l->name));
	r->unknown[r->unknown_n++] = copy;
	return fa_tl_problem(r->l, line, false,
		"unknown member '%.*s' is left out", FA_STR_ARG(key));
}

/* The text of a value; false when the column cannot hold its kind. */
static bool
text_of(const struct fa_json *v, int column, char number[32],
	struct fa_str *out)
{
	switch (v->kind) {
	case FA_JSON_NULL:
		*out = FA_STR_NONE;
		return true;
	case FA_JSON_STRING:
	case FA_JSON_NUMBER:
		*out = v->str;
		return v->kind == FA_JSON_STRING || column == FA_TL_VERSION;
	case FA_JSON_INT:
		(void)snprintf(number, 32, "%" PRId64, v->integer);
		*out = fa_str_c(number);
		return true;
	case FA_JSON_BOOL:
		*out = v->boolean ? FA_STR("yes") : FA_STR("no");
		return column == FA_TL_CHILDREN;
	default:
		return false;
	}
}

static int
take_object(struct reader *r, const struct fa_json *object, uint32_t line)
{
	struct fa_str field[FA_TL_COLUMNS] = { { NULL, 0 } };
	bool have[FA_TL_COLUMNS] = { false };

	for (const struct fa_json *v = object->child; v != NULL; v = v->next) {
		int column = fa_tl_column(v->key);
		char number[32];
		struct fa_str text = FA_STR_NONE;
		int rc;

		if (column < 0) {
			rc = remark_unknown(r, v->key, line);
			if (rc != FA_OK)
				return rc;
			continue;
		}
		if (have[column]) {
			return fa_tl_problem(r->l, line, true,
				"two members give %s",
				fa_tl_column_name((enum fa_tl_column)column));
		}
		have[column] = true;
		if (!text_of(v, column, number, &text)) {
			return fa_tl_problem(r->l, line, true,
				"%s is not a text",
				fa_tl_column_name((enum fa_tl_column)column));
		}
		if (text.n == 0)
			continue;
		field[column] = fa_arena_dup(r->l->a, text);
		if (field[column].p == NULL) {
			return fa_fail(r->l->err, FA_E_NOMEM,
				"no memory for %.*s", FA_STR_ARG(r->l->name));
		}
	}
	return fa_tl_row(r->l, field, line);
}

static int
take_line(struct reader *r, struct fa_str text, uint32_t line)
{
	struct fa_json *root = NULL;
	struct fa_err why = { .rc = FA_OK };
	int rc;

	if (text.n > LINE_BYTES) {
		return fa_tl_problem(r->l, line, true,
			"the line is %zu bytes long, limit %u", text.n,
			LINE_BYTES);
	}
	fa_arena_reset(&r->tree);
	rc = fa_json_parse(&root, text, &r->tree, &why);
	if (rc == FA_E_NOMEM)
		return fa_fail(r->l->err, rc, "%s", why.msg);
	if (rc != FA_OK)
		return fa_tl_problem(r->l, line, true, "%s", why.msg);
	if (root->kind != FA_JSON_OBJECT)
		return fa_tl_problem(
			r->l, line, true, "the line is no JSON object");
	return take_object(r, root, line);
}

int
fa_tl_json(struct fa_tl *l)
{
	struct reader r = { .l = l };
	struct fa_str rest = l->text;
	uint32_t line = 0;
	int rc = FA_OK;

	fa_arena_init(&r.tree, LINE_ARENA_BYTES);
	while (rest.p != NULL && rc == FA_OK) {
		struct fa_str text = fa_str_trim(fa_str_cut(&rest, '\n'));

		line++;
		if (text.n > 0)
			rc = take_line(&r, text, line);
	}
	fa_arena_done(&r.tree);
	return rc;
}
