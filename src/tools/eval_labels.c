/* Label files: one JSON object per line,
 *   {"doc":"name","scope":["FACE_ID"],"labels":{"FRM.10.1":{"v":"V",
 *    "quote":"..."}},"note":"..."}
 * Reading is strict: a label that is misread silently would measure nothing. */
#include "tools/eval.h"

#include "base/json.h"
#include "rules/rules.h"

const enum fa_verdict fa_eval_letters[FA_VERDICT_COUNT] = {
	FA_VERDICT_VIOLATION, FA_VERDICT_COMPLIANT, FA_VERDICT_CANNOT_TELL,
	FA_VERDICT_GAP, FA_VERDICT_NOT_APPLICABLE
};

struct reader {
	struct fa_eval_set *set;
	const struct fa_bundle *bundle;
	struct fa_arena *arena;
	struct fa_err *err;
	uint32_t line;
	size_t docs_cap, unknown_cap;
};

int
fa_eval_letter_parse(struct fa_str s)
{
	for (size_t i = 0; s.n == 1 && i < FA_VERDICT_COUNT; i++)
		if (fa_verdict_letter(fa_eval_letters[i]) == s.p[0])
			return (int)fa_eval_letters[i];
	return -1;
}

struct fa_str
fa_eval_set_name(struct fa_str path)
{
	struct fa_str dir = FA_STR_NONE;
	struct fa_str part;
	struct fa_str rest = path;

	for (;;) {
		part = fa_str_cut(&rest, '/');
		if (rest.p == NULL)
			break;
		if (part.n != 0 && !fa_str_eq(part, FA_STR(".")) &&
			!fa_str_eq(part, FA_STR("..")))
			dir = part;
		else if (fa_str_eq(part, FA_STR("..")))
			dir = FA_STR_NONE;
	}
	if (dir.p != NULL)
		return dir;
	for (size_t i = part.n; i > 1; i--)
		if (part.p[i - 1] == '.')
			return fa_str_sub(part, 0, i - 1);
	return part;
}

/* Fails with the place in front of what is wrong. */
static int
bad(const struct reader *r, const char *what, struct fa_str got)
{
	return fa_fail(r->err, FA_E_INPUT, "%.*s:%u: %s%s%.*s%s",
		FA_STR_ARG(r->set->labels), (unsigned)r->line, what,
		got.p != NULL ? " '" : "", FA_STR_ARG(got),
		got.p != NULL ? "'" : "");
}

/* A path that stays below the directory of the set. */
static bool
inside(struct fa_str path)
{
	struct fa_str rest = path;

	if (path.n == 0 || path.p[0] == '/')
		return false;
	while (rest.p != NULL)
		if (fa_str_eq(fa_str_cut(&rest, '/'), FA_STR("..")))
			return false;
	return true;
}

static int
read_scopes(const struct reader *r, struct fa_eval_doc *d,
	const struct fa_json *list)
{
	if (list == NULL || list->kind != FA_JSON_ARRAY)
		return bad(r, "'scope' must be a list of classes", FA_STR_NONE);
	for (const struct fa_json *j = list->child; j != NULL; j = j->next) {
		int s;

		if (j->kind != FA_JSON_STRING)
			return bad(r, "'scope' must be a list of texts",
				FA_STR_NONE);
		if (fa_str_eq(j->str, FA_STR("NONE")))
			continue;
		s = fa_scope_parse(j->str);
		if (s < 0)
			return bad(r, "unknown scope", j->str);
		d->gold_scopes |= FA_SCOPE_BIT((unsigned)s);
	}
	return 0;
}

static int
add_unknown(struct reader *r, struct fa_str row)
{
	struct fa_eval_set *set = r->set;
	struct fa_eval_unknown *u;

	for (size_t i = 0; i < set->unknown_n; i++) {
		if (fa_str_eq(set->unknown[i].row, row)) {
			set->unknown[i].labels++;
			return 0;
		}
	}
	u = fa_arena_grow(r->arena, set->unknown, &r->unknown_cap,
		set->unknown_n + 1, sizeof(*u));
	if (u == NULL)
		return fa_fail(r->err, FA_E_NOMEM, "out of memory for labels");
	set->unknown = u;
	set->unknown[set->unknown_n++] = (struct fa_eval_unknown){
		.row = row,
		.nearest = fa_rules_nearest(r->bundle, row),
		.line = r->line,
		.labels = 1,
	};
	return 0;
}

static int
read_label(struct reader *r, struct fa_eval_doc *d, const struct fa_json *j)
{
	struct fa_str v = fa_json_text(j, "v");
	uint32_t row = fa_bundle_obligation(r->bundle, j->key);
	int verdict = fa_eval_letter_parse(v);

	if (j->kind != FA_JSON_OBJECT || v.p == NULL)
		return bad(r, "a label must have a letter 'v', row", j->key);
	if (verdict < 0)
		return bad(r, "a label must be V, C, Q, G or N, not", v);
	for (const struct fa_json *k = j->child; k != NULL; k = k->next)
		if (k->kind != FA_JSON_STRING ||
			(!fa_str_eq(k->key, FA_STR("v")) &&
				!fa_str_eq(k->key, FA_STR("quote"))))
			return bad(r,
				"a label must have 'v' and 'quote' only, "
				"both texts, not",
				k->key);
	if (row == FA_RULE_NONE)
		return add_unknown(r, j->key);
	d->cells[row].labelled = true;
	d->cells[row].gold = (enum fa_verdict)verdict;
	d->cells[row].gold_quote = fa_json_text(j, "quote");
	return 0;
}

static int
read_doc(struct reader *r, struct fa_eval_doc *d, const struct fa_json *j)
{
	const struct fa_json *labels = fa_json_find(j, "labels");
	size_t n = r->bundle->obligations_n;
	int rc;

	d->name = fa_json_text(j, "doc");
	d->note = fa_json_text(j, "note");
	d->line = r->line;
	if (j->kind != FA_JSON_OBJECT || d->name.p == NULL)
		return bad(r, "a line must be an object with a text 'doc'",
			FA_STR_NONE);
	if (!inside(d->name))
		return bad(r, "'doc' must be a path below the directory, not",
			d->name);
	if (labels == NULL || labels->kind != FA_JSON_OBJECT)
		return bad(r, "'labels' must be an object, document", d->name);
	rc = read_scopes(r, d, fa_json_find(j, "scope"));
	if (rc < 0)
		return rc;
	d->cells = fa_arena_new(r->arena, n, sizeof(*d->cells));
	if (d->cells == NULL)
		return fa_fail(r->err, FA_E_NOMEM, "out of memory for labels");
	for (size_t i = 0; i < n; i++)
		d->cells[i].rule = FA_RULE_NONE;
	for (const struct fa_json *k = labels->child; k != NULL; k = k->next) {
		rc = read_label(r, d, k);
		if (rc < 0)
			return rc;
	}
	return 0;
}

static int
read_line(struct reader *r, struct fa_str line)
{
	struct fa_eval_set *set = r->set;
	struct fa_eval_doc d = { 0 };
	struct fa_eval_doc *docs;
	struct fa_json *j;
	struct fa_err e = { 0 };
	int rc = fa_json_parse(&j, line, r->arena, &e);

	if (rc < 0)
		return fa_fail(r->err, rc, "%.*s:%u: %s",
			FA_STR_ARG(set->labels), (unsigned)r->line, e.msg);
	rc = read_doc(r, &d, j);
	if (rc < 0)
		return rc;
	if (set->docs_n >= FA_EVAL_DOCS_MAX)
		return bad(r, "more documents than the limit of 100000",
			FA_STR_NONE);
	docs = fa_arena_grow(r->arena, set->docs, &r->docs_cap, set->docs_n + 1,
		sizeof(*docs));
	if (docs == NULL)
		return fa_fail(r->err, FA_E_NOMEM, "out of memory for labels");
	set->docs = docs;
	set->docs[set->docs_n++] = d;
	return 0;
}

/* Order of names for finding repeats: indices are sorted by a heap, so that
 * a long file cannot make this quadratic. */
static void
sift(const struct fa_eval_doc *docs, uint32_t *at, size_t i, size_t n)
{
	while (2 * i + 1 < n) {
		size_t c = 2 * i + 1;
		uint32_t t = at[i];

		if (c + 1 < n &&
			fa_str_cmp(docs[at[c]].name, docs[at[c + 1]].name) < 0)
			c++;
		if (fa_str_cmp(docs[at[i]].name, docs[at[c]].name) >= 0)
			return;
		at[i] = at[c];
		at[c] = t;
		i = c;
	}
}

static int
refuse_repeats(struct reader *r)
{
	const struct fa_eval_doc *docs = r->set->docs;
	size_t n = r->set->docs_n;
	uint32_t *at = fa_arena_new(r->arena, n, sizeof(*at));

	if (at == NULL)
		return fa_fail(r->err, FA_E_NOMEM, "out of memory for labels");
	for (size_t i = 0; i < n; i++)
		at[i] = (uint32_t)i;
	for (size_t i = n / 2; i-- > 0;)
		sift(docs, at, i, n);
	for (size_t end = n; end > 1; end--) {
		uint32_t t = at[0];

		at[0] = at[end - 1];
		at[end - 1] = t;
		sift(docs, at, 0, end - 1);
		if (fa_str_eq(docs[t].name, docs[at[0]].name)) {
			uint32_t a = docs[t].line, b = docs[at[0]].line;

			r->line = a > b ? a : b;
			return bad(
				r, "document is labelled twice:", docs[t].name);
		}
	}
	return 0;
}

int
fa_eval_labels_parse(struct fa_eval_set *set, const struct fa_bundle *b,
	struct fa_str text, struct fa_arena *a, struct fa_err *err)
{
	struct reader r = { .set = set, .bundle = b, .arena = a, .err = err };
	struct fa_str rest = text;
	int rc = fa_hash_sha256(set->sha256, text, err);

	if (rc < 0)
		return rc;
	set->docs = NULL;
	set->docs_n = 0;
	set->unknown = NULL;
	set->unknown_n = 0;
	if (fa_str_starts(rest, FA_STR("\xef\xbb\xbf")))
		rest = fa_str_sub(rest, 3, rest.n);
	while (rest.p != NULL) {
		struct fa_str line = fa_str_trim(fa_str_cut(&rest, '\n'));

		r.line++;
		if (line.n == 0)
			continue;
		rc = read_line(&r, line);
		if (rc < 0)
			return rc;
	}
	if (set->docs_n == 0)
		return fa_fail(err, FA_E_INPUT, "%.*s: no labelled document",
			FA_STR_ARG(set->labels));
	return refuse_repeats(&r);
}
