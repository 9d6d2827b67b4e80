#include "project/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "model/fingerprint.h"
#include "project/place.h"

#define TEXT_BYTES 300 /* of a passage, for people who read the file */
#define RUNE_BYTES 4   /* of the longest character of UTF-8 */

int
fa_baseline_init(struct fa_baseline *out, struct fa_str file,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str real;
	int rc = fa_place_absolute(&real, file, a, err);

	if (rc == FA_OK)
		*out = (struct fa_baseline){
			.file = file, .folder = fa_place_folder(real), .a = a
		};
	return rc;
}

/* Of an absolute path; what is none has no place. Absent when memory is
 * out. */
static struct fa_str
relative(const struct fa_baseline *b, struct fa_str path)
{
	struct fa_str below = fa_place_below(path, b->folder);

	if (below.n > 0)
		return below;
	return fa_str_starts(path, FA_STR("/"))
		? fa_place_from(b->folder, path, b->a)
		: path;
}

static int
by_print(const void *a, const void *b)
{
	const struct fa_baseline_entry *x = a, *y = b;
	int order = strcmp(x->print, y->print);

	return order != 0 ? order : fa_str_cmp(x->path, y->path);
}

static int
by_path(const void *a, const void *b)
{
	const struct fa_baseline_entry *x = a, *y = b;
	int order = fa_str_cmp(x->path, y->path);

	if (order == 0)
		order = fa_str_cmp(x->rule, y->rule);
	return order != 0 ? order : strcmp(x->print, y->print);
}

static int
append(struct fa_baseline *b, const struct fa_baseline_entry *e,
	struct fa_err *err)
{
	struct fa_baseline_entry *grown =
		fa_arena_grow(b->a, b->at, &b->cap, b->n + 1, sizeof(*grown));

	if (grown == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for the baseline");
	b->at = grown;
	b->at[b->n++] = *e;
	return FA_OK;
}

static bool
is_hex(struct fa_str s)
{
	if (s.n != FA_HASH_HEX_BYTES - 1)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (strchr("0123456789abcdef", s.p[i]) == NULL)
			return false;
	return true;
}

/* Is the fingerprint that of what people read beside it? Else an entry could
 * accept what it does not show. A text that was cut does not tell. */
static int
check_print(const struct fa_baseline *b, const struct fa_baseline_entry *e,
	size_t number, struct fa_err *err)
{
	char print[FA_HASH_HEX_BYTES];
	int rc;

	if (e->text.n > TEXT_BYTES - RUNE_BYTES)
		return FA_OK;
	rc = fa_fingerprint(print, e->rule, e->text, err);
	if (rc < 0 || memcmp(print, e->print, sizeof(print)) == 0)
		return rc;
	return fa_fail(err, FA_E_INPUT,
		"%.*s: the fingerprint of entry %zu is not that of its rule "
		"and text; write the baseline anew with --write-baseline",
		FA_STR_ARG(b->file), number);
}

static int
take_entry(struct fa_baseline *b, const struct fa_json *x, size_t i,
	struct fa_err *err)
{
	struct fa_baseline_entry e = { .path = fa_json_text(x, "path"),
		.rule = fa_json_text(x, "rule"),
		.text = fa_json_text(x, "text") };
	struct fa_str print = fa_json_text(x, "fingerprint");
	int64_t count = fa_json_find(x, "count") != NULL
		? fa_json_int(x, "count", 0)
		: 1;
	int rc;

	if (!is_hex(print) || e.path.n == 0 || e.rule.n == 0 || count < 1 ||
		count > UINT32_MAX)
		return fa_fail(err, FA_E_INPUT,
			"%.*s: entry %zu lacks a fingerprint, path, rule or "
			"count; write the baseline anew with --write-baseline",
			FA_STR_ARG(b->file), i + 1);
	memcpy(e.print, print.p, print.n);
	e.print[print.n] = '\0';
	e.count = (uint32_t)count;
	rc = check_print(b, &e, i + 1, err);
	return rc < 0 ? rc : append(b, &e, err);
}

static int
by_path_alone(const void *a, const void *b)
{
	const struct fa_baseline_entry *const *x = a, *const *y = b;

	return fa_str_cmp((*x)->path, (*y)->path);
}

int
fa_baseline_sort(struct fa_baseline *b, struct fa_err *err)
{
	b->by_path =
		fa_arena_new(b->a, b->n, sizeof(struct fa_baseline_entry *));
	if (b->by_path == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for the baseline");
	if (b->n > 1)
		qsort(b->at, b->n, sizeof(*b->at), by_print);
	for (size_t i = 0; i < b->n; i++)
		b->by_path[i] = &b->at[i];
	if (b->n > 1)
		qsort(b->by_path, b->n, sizeof(struct fa_baseline_entry *),
			by_path_alone);
	return FA_OK;
}

int
fa_baseline_parse(struct fa_baseline *b, struct fa_str text, struct fa_err *err)
{
	const struct fa_json *list;
	struct fa_json *top;
	struct fa_err why;
	size_t i = 0;
	int rc = fa_json_parse(&top, text, b->a, &why);

	if (rc < 0)
		return fa_fail(
			err, rc, "%.*s: %s", FA_STR_ARG(b->file), why.msg);
	list = fa_json_find(top, "findings");
	if (!fa_str_eq(
		    fa_json_text(top, "schema"), FA_STR(FA_BASELINE_SCHEMA)) ||
		list == NULL || list->kind != FA_JSON_ARRAY)
		return fa_fail(err, FA_E_INPUT,
			"%.*s: no baseline of schema %s", FA_STR_ARG(b->file),
			FA_BASELINE_SCHEMA);
	for (const struct fa_json *x = list->child; x != NULL; x = x->next) {
		rc = take_entry(b, x, i++, err);
		if (rc < 0)
			return rc;
	}
	return fa_baseline_sort(b, err);
}

int
fa_baseline_read(struct fa_baseline *out, struct fa_str file,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_baseline b;
	struct fa_str text;
	int rc = fa_baseline_init(&b, file, a, err);

	if (rc == FA_OK)
		rc = fa_file_read(&text, file, FA_BASELINE_BYTES, a, err);
	if (rc == FA_OK)
		rc = fa_baseline_parse(&b, text, err);
	if (rc == FA_OK)
		*out = b;
	return rc;
}

/* Standard input is never gone. */
static bool
is_gone(const struct fa_baseline *b, struct fa_baseline_entry *e)
{
	if (!e->known && !fa_str_eq(e->path, FA_STR("-"))) {
		struct fa_str whole = e->path.p[0] == '/'
			? e->path
			: fa_place_join(b->folder, e->path, b->a);

		e->gone = whole.p != NULL && !fa_place_exists(whole);
	}
	e->known = true;
	return e->gone;
}

/* The first entry that is not before that fingerprint and path (absent: any);
 * n when there is none. */
static size_t
first_of(const struct fa_baseline *b, const char *print, struct fa_str path)
{
	size_t lo = 0, hi = b->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = strcmp(b->at[mid].print, print);

		if (order == 0 && path.p != NULL)
			order = fa_str_cmp(b->at[mid].path, path);
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

bool
fa_baseline_take(struct fa_baseline *b, const char *print, struct fa_str path)
{
	struct fa_str here = relative(b, path);
	size_t i = here.p != NULL ? first_of(b, print, here) : b->n;

	for (; i < b->n && strcmp(b->at[i].print, print) == 0 &&
		fa_str_eq(b->at[i].path, here);
		i++)
		if (b->at[i].used < b->at[i].count) {
			b->at[i].used++;
			return true;
		}
	for (i = first_of(b, print, FA_STR_NONE);
		i < b->n && strcmp(b->at[i].print, print) == 0; i++)
		if (b->at[i].used < b->at[i].count && is_gone(b, &b->at[i])) {
			b->at[i].used++;
			return true;
		}
	return false;
}

void
fa_baseline_see(struct fa_baseline *b, struct fa_str path)
{
	struct fa_str here = relative(b, path);
	size_t lo = 0, hi = here.p != NULL ? b->n : 0;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (fa_str_cmp(b->by_path[mid]->path, here) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < b->n && fa_str_eq(b->by_path[lo]->path, here); lo++)
		b->by_path[lo]->seen = true;
}

size_t
fa_baseline_unused(struct fa_baseline *b, bool whole)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		n += b->at[i].used < b->at[i].count &&
			(b->at[i].seen || (whole && is_gone(b, &b->at[i])));
	return n;
}

int
fa_baseline_add(struct fa_baseline *b, const char *print, struct fa_str path,
	struct fa_str rule, struct fa_str text, struct fa_err *err)
{
	struct fa_baseline_entry e = { .count = 1 };

	memcpy(e.print, print, sizeof(e.print));
	e.path = relative(b, path);
	if (e.path.p != NULL)
		e.path = fa_arena_dup(b->a, e.path);
	e.rule = fa_arena_dup(b->a, rule);
	e.text = text.p != NULL ? fa_arena_dup(b->a, text) : FA_STR_NONE;
	if (e.path.p == NULL || e.rule.p == NULL ||
		(text.p != NULL && e.text.p == NULL))
		return fa_fail(err, FA_E_NOMEM, "no memory for the baseline");
	return append(b, &e, err);
}

static void
write_entry(struct fa_buf *out, const struct fa_baseline_entry *e)
{
	struct fa_jw w;

	fa_jw_init(&w, out, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "path", e->path);
	fa_jw_kstr(&w, "rule", e->rule);
	if (e->text.p != NULL)
		fa_jw_kstr(&w, "text", fa_utf8_beginning(e->text, TEXT_BYTES));
	if (e->count > 1)
		fa_jw_kint(&w, "count", e->count);
	fa_jw_kstr(&w, "fingerprint", fa_str_c(e->print));
	fa_jw_end(&w, '}');
}

int
fa_baseline_write(struct fa_baseline *b, struct fa_buf *out, struct fa_err *err)
{
	size_t n = 0;

	if (b->n > 1)
		qsort(b->at, b->n, sizeof(*b->at), by_path);
	for (size_t i = 0; i < b->n; i++) {
		if (n > 0 && by_path(&b->at[n - 1], &b->at[i]) == 0)
			b->at[n - 1].count += b->at[i].count;
		else
			b->at[n++] = b->at[i];
	}
	b->n = n;
	fa_buf_adds(out,
		"{\n\"schema\": \"" FA_BASELINE_SCHEMA
		"\",\n\"findings\": [\n");
	for (size_t i = 0; i < n; i++) {
		write_entry(out, &b->at[i]);
		fa_buf_adds(out, i + 1 < n ? ",\n" : "\n");
	}
	fa_buf_adds(out, "]\n}\n");
	return fa_buf_rc(out, "baseline", err);
}
