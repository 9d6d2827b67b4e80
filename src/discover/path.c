#include "discover/path.h"

#include <stddef.h>
#include <stdint.h>

#include "base/num.h"

#define VISITS_MAX (1u << 22) /* steps of one walk */

struct walk {
	struct fa_str part[FA_PATH_PARTS];
	size_t n;
	size_t visits;
	bool (*visit)(void *ctx, struct fa_str text);
	void *ctx;
};

static size_t
split(struct fa_str part[FA_PATH_PARTS], struct fa_str path)
{
	size_t n = 0;

	while (path.p != NULL && n < FA_PATH_PARTS)
		part[n++] = fa_str_cut(&path, '.');
	return path.p == NULL ? n : 0;
}

const char *
fa_path_check(struct fa_str path)
{
	struct fa_str part[FA_PATH_PARTS];
	size_t n = split(part, path);
	size_t deep = 0;

	if (n == 0)
		return "has more than 16 parts";
	for (size_t i = 0; i < n; i++) {
		if (part[i].n == 0)
			return "has an empty part";
		deep += fa_str_eq(part[i], FA_STR("**"));
	}
	if (deep > 1)
		return "has more than one **";
	if (fa_str_eq(part[n - 1], FA_STR("**")))
		return "ends in **; expected a name behind it";
	return NULL;
}

/* Does the child number i match a part? */
static bool
is_step(const struct fa_json *child, struct fa_str part, size_t i, bool array)
{
	uint64_t want;

	if (fa_str_eq(part, FA_STR("*")))
		return true;
	if (!array)
		return fa_str_eq(child->key, part);
	return fa_num_u64(part, SIZE_MAX, &want) && want == i;
}

/* false: stop the walk. The depth of the recursion is that of the value,
 * which fa_json_parse limits, and the one ** of the path. */
static bool
walk(struct walk *w, const struct fa_json *v, size_t at)
{
	bool deep = at < w->n && fa_str_eq(w->part[at], FA_STR("**"));
	bool array = v->kind == FA_JSON_ARRAY;
	size_t i = 0;

	if (w->visits++ == VISITS_MAX)
		return false;
	if (at == w->n)
		return v->kind != FA_JSON_STRING || w->visit(w->ctx, v->str);
	if (deep && !walk(w, v, at + 1))
		return false;
	if (!array && v->kind != FA_JSON_OBJECT)
		return true;
	for (const struct fa_json *c = v->child; c != NULL; c = c->next, i++) {
		if (deep ? !walk(w, c, at)
			 : is_step(c, w->part[at], i, array) &&
					!walk(w, c, at + 1))
			return false;
	}
	return true;
}

void
fa_path_visit(const struct fa_json *root, struct fa_str path,
	bool (*visit)(void *ctx, struct fa_str text), void *ctx)
{
	struct walk w = { .visit = visit, .ctx = ctx };

	w.n = split(w.part, path);
	if (w.n > 0)
		walk(&w, root, 0);
}
