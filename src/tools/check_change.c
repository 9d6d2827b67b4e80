#include "tools/check_change.h"

#include <stdlib.h>
#include <string.h>

#include "base/child.h"
#include "model/fingerprint.h"
#include "project/place.h"

#define GIT_MS 120000                 /* for one question */
#define LIST_BYTES ((size_t)64 << 20) /* an answer of git */
#define WORDS 16

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for the changes");
}

/* git -C folder WORDS...; NULL ends. *status gets its exit status. */
static int
git(struct fa_str *out, int *status, struct fa_str folder,
	const char *const *words, struct fa_arena *a, struct fa_err *err)
{
	const char *argv[WORDS] = { "git", "-C", NULL, NULL };
	struct fa_child c = { .argv = argv,
		.out_bytes = LIST_BYTES,
		.wall_ms = GIT_MS,
		.environment = true };
	struct fa_child_end end;
	struct fa_str z = fa_arena_dup(a, folder);
	size_t n = 3;
	int rc;

	if (z.p == NULL)
		return no_memory(err);
	argv[2] = z.p;
	for (size_t i = 0; words[i] != NULL && n + 1 < WORDS; i++)
		argv[n++] = words[i];
	argv[n] = NULL;
	rc = fa_child_run(&end, &c, a, err);
	if (rc < 0)
		return rc;
	if (end.late || end.too_much)
		return fa_fail(err, FA_E_LIMIT, "git %s: %s", words[0],
			end.late ? "no answer in time"
				 : "too much of an answer");
	*status = end.status;
	*out = end.out;
	if (end.status != 0)
		(void)fa_fail(err, FA_E_INPUT, "git %s: %s", words[0],
			end.said[0] != '\0' ? end.said : "failed");
	return FA_OK;
}

/* The same; that it fails is a failure. */
static int
ask(struct fa_str *out, struct fa_str folder, const char *const *words,
	struct fa_arena *a, struct fa_err *err)
{
	int status = 0;
	int rc = git(out, &status, folder, words, a, err);

	return rc == FA_OK && status != 0 ? FA_E_INPUT : rc;
}

static int
find_base(struct fa_check_change *c, const char *rev, struct fa_err *err)
{
	char whole[FA_FILE_PATH_BYTES];
	const char *const verify[] = { "rev-parse", "--verify", "--quiet",
		"--end-of-options", whole, NULL };
	const char *const merge[] = { "merge-base", NULL, "HEAD", NULL };
	const char *words[4];
	struct fa_str out;
	int status = 0;
	int rc;

	if (rev[0] == '-' || strlen(rev) + sizeof("^{commit}") > sizeof(whole))
		return fa_fail(err, FA_E_USAGE, "'%.60s' is no revision", rev);
	memcpy(whole, rev, strlen(rev));
	memcpy(whole + strlen(rev), "^{commit}", sizeof("^{commit}"));
	rc = git(&out, &status, c->root, verify, c->a, err);
	if (rc == FA_OK && status != 0)
		return fa_fail(err, FA_E_USAGE,
			"'%.60s' is no revision of the repository %.*s (a "
			"shallow clone may lack it: fetch it first)",
			rev, FA_STR_ARG(c->root));
	if (rc < 0)
		return rc;
	c->base = fa_arena_dup(c->a, fa_str_trim(out));
	if (c->base.p == NULL)
		return no_memory(err);
	memcpy(words, merge, sizeof(merge));
	words[1] = c->base.p;
	rc = git(&out, &status, c->root, words, c->a, err);
	if (rc == FA_OK && status == 0)
		c->base = fa_arena_dup(c->a, fa_str_trim(out));
	return rc == FA_OK && c->base.p == NULL ? no_memory(err) : rc;
}

static int
add(struct fa_check_change *c, struct fa_str path, struct fa_str before,
	struct fa_err *err)
{
	struct fa_changed_file *grown =
		fa_arena_grow(c->a, c->at, &c->cap, c->n + 1, sizeof(*grown));

	if (grown == NULL)
		return no_memory(err);
	c->at = grown;
	c->at[c->n++] = (struct fa_changed_file){ path, before };
	return FA_OK;
}

/* "M\0path\0", "R100\0from\0to\0" and so on: git-diff(1), -z. */
static int
add_changed(struct fa_check_change *c, struct fa_str list, struct fa_err *err)
{
	int rc = FA_OK;

	while (list.p != NULL && list.n > 0 && rc == FA_OK) {
		struct fa_str kind = fa_str_cut(&list, '\0');
		struct fa_str from = fa_str_cut(&list, '\0');

		if (kind.n == 0 || from.p == NULL)
			break;
		if (kind.p[0] == 'R' || kind.p[0] == 'C')
			rc = add(c, fa_str_cut(&list, '\0'), from, err);
		else if (kind.p[0] == 'A')
			rc = add(c, from, FA_STR_NONE, err);
		else
			rc = add(c, from, from, err);
	}
	return rc;
}

static int
by_path(const void *a, const void *b)
{
	const struct fa_changed_file *x = a, *y = b;
	int order = fa_str_cmp(x->path, y->path);

	/* One may be there twice: with what it was first. */
	return order != 0 ? order
			  : (y->before.p != NULL) - (x->before.p != NULL);
}

/* The files of the index, submodules as one. git sorts them by bytes, save
 * that it lists one in conflict several times. */
static int
list_tracked(struct fa_check_change *c, struct fa_err *err)
{
	const char *const words[] = { "ls-files", "-z", NULL };
	struct fa_str out;
	size_t n = 0;
	int rc = ask(&out, c->root, words, c->a, err);

	if (rc < 0)
		return rc;
	for (size_t i = 0; i < out.n; i++)
		n += out.p[i] == '\0';
	c->tracked = fa_arena_new(c->a, n, sizeof(*c->tracked));
	if (c->tracked == NULL)
		return no_memory(err);
	while (c->tracked_n < n)
		c->tracked[c->tracked_n++] = fa_str_cut(&out, '\0');
	return FA_OK;
}

static bool
is_tracked(const struct fa_check_change *c, struct fa_str path)
{
	return fa_str_search(c->tracked, c->tracked_n, sizeof(*c->tracked), 0,
		       path) < c->tracked_n;
}

static int
list_changes(struct fa_check_change *c, struct fa_err *err)
{
	const char *words[] = { "diff", "--name-status", "-z", "-M",
		"--no-ext-diff", "--no-textconv", "--ignore-submodules=none",
		NULL, "--", NULL };
	const char *const fresh[] = { "ls-files", "-z", "--others",
		"--exclude-standard", NULL };
	struct fa_str out;
	int rc;

	words[7] = c->base.p;
	rc = ask(&out, c->root, words, c->a, err);
	if (rc == FA_OK)
		rc = add_changed(c, out, err);
	if (rc == FA_OK)
		rc = ask(&out, c->root, fresh, c->a, err);
	/* One that is only out of the index may have been there. */
	while (rc == FA_OK && out.p != NULL && out.n > 0) {
		struct fa_str path = fa_str_cut(&out, '\0');

		rc = add(c, path, path, err);
	}
	if (rc == FA_OK && c->n > 1)
		qsort(c->at, c->n, sizeof(*c->at), by_path);
	return rc < 0 ? rc : list_tracked(c, err);
}

int
fa_check_change_open(struct fa_check_change *c, const char *rev,
	struct fa_str folder, struct fa_arena *a, struct fa_err *err)
{
	const char *const top[] = { "rev-parse", "--show-toplevel", NULL };
	struct fa_str out;
	int rc;

	*c = (struct fa_check_change){ .a = a };
	fa_arena_init(&c->old, FA_CHECK_DOC_BYTES);
	rc = ask(&out, folder, top, a, err);
	if (rc == FA_OK && out.n > 0 && out.p[out.n - 1] == '\n')
		out.n--;
	if (rc == FA_OK)
		rc = fa_place_absolute(&c->root, out, a, err);
	if (rc == FA_OK)
		rc = find_base(c, rev, err);
	if (rc == FA_OK)
		rc = list_changes(c, err);
	return rc;
}

void
fa_check_change_done(struct fa_check_change *c)
{
	fa_arena_done(&c->old);
}

/* The first changed path that is not before path. */
static size_t
first_from(const struct fa_check_change *c, struct fa_str path)
{
	size_t lo = 0, hi = c->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (fa_str_cmp(c->at[mid].path, path) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static bool
is_changed(const struct fa_check_change *c, struct fa_str path)
{
	size_t i = first_from(c, path);

	return i < c->n && fa_str_eq(c->at[i].path, path);
}

/* Does anything in a sorted list of paths, at steps of size bytes, lie below
 * folder? The list from index i on is not before folder. */
static bool
any_below(
	const void *list, size_t size, size_t n, size_t i, struct fa_str folder)
{
	const char *at = list;

	for (; i < n; i++) {
		struct fa_str path;

		memcpy(&path, at + i * size, sizeof(path));
		if (!fa_str_starts(path, folder))
			return false;
		if (path.n > folder.n && path.p[folder.n] == '/')
			return true;
	}
	return false;
}

/* The submodule that holds path, as a part of it; or absent. */
static struct fa_str
submodule(const struct fa_check_change *c, struct fa_str path)
{
	for (size_t i = path.n; i > 0; i--)
		if (path.p[i - 1] == '/' &&
			is_tracked(c, fa_str_sub(path, 0, i - 1)))
			return fa_str_sub(path, 0, i - 1);
	return FA_STR_NONE;
}

static bool
touches_folder(const struct fa_check_change *c, struct fa_str below)
{
	size_t i = 0;

	if (below.n == 0)
		return c->n > 0;
	while (i < c->tracked_n && fa_str_cmp(c->tracked[i], below) < 0)
		i++;
	return any_below(c->at, sizeof(*c->at), c->n, first_from(c, below),
		       below) ||
		!any_below(c->tracked, sizeof(*c->tracked), c->tracked_n, i,
			below);
}

bool
fa_check_change_touches(
	const struct fa_check_change *c, struct fa_str path, bool folder)
{
	struct fa_str below = fa_place_below(path, c->root), module;

	if (below.p == NULL)
		return true;
	if (below.n > 0 && (is_changed(c, below) || is_tracked(c, below)))
		return is_changed(c, below);
	module = submodule(c, below);
	if (module.p != NULL)
		return is_changed(c, module);
	return !folder || touches_folder(c, below);
}

/* All passages of its breaches, by their fingerprints. */
static int
record(struct fa_check_change *c, const struct fa_result *r,
	const struct fa_bundle *b, struct fa_err *err)
{
	char print[FA_HASH_HEX_BYTES];
	int rc = FA_OK;

	for (size_t i = 0; i < r->findings_n && rc == FA_OK; i++) {
		const struct fa_finding *f = &r->findings[i];
		bool gap = f->verdict == FA_VERDICT_GAP;

		c->unknown[f->obligation] =
			f->verdict == FA_VERDICT_CANNOT_TELL;
		if (!gap && f->verdict != FA_VERDICT_VIOLATION)
			continue;
		for (size_t k = 0; k < (gap ? 1 : f->pro_n) && rc == FA_OK;
			k++) {
			uint32_t rule = gap ? f->rule : f->pro[k].rule;
			struct fa_str id = rule < b->rules_n
				? b->rules[rule].id
				: b->obligations[f->obligation].id;

			rc = fa_fingerprint(print, id,
				gap ? FA_STR_NONE : f->pro[k].text, err);
			if (rc == FA_OK)
				rc = fa_baseline_add(&c->before, print, c->root,
					id, FA_STR_NONE, err);
		}
	}
	return rc < 0 ? rc : fa_baseline_sort(&c->before, err);
}

/* The bytes of the file then; absent when it was not there. */
static int
bytes_before(struct fa_str *out, struct fa_check_change *c, struct fa_str path,
	struct fa_err *err)
{
	struct fa_str below = fa_place_below(path, c->root);
	size_t i = first_from(c, below);
	const char *words[] = { "cat-file", "blob", NULL, NULL };
	struct fa_buf name FA_CLEANUP(fa_buf_done);
	struct fa_err why;
	int status = 0;
	int rc;

	fa_buf_init(&name, FA_FILE_PATH_BYTES * 2);
	*out = FA_STR_NONE;
	if (below.p == NULL || i >= c->n || !fa_str_eq(c->at[i].path, below) ||
		c->at[i].before.p == NULL)
		return FA_OK;
	fa_buf_add(&name, c->base);
	fa_buf_addc(&name, ':');
	fa_buf_add(&name, c->at[i].before);
	fa_buf_addc(&name, '\0');
	rc = fa_buf_rc(&name, "name of a file", err);
	if (rc < 0)
		return rc;
	words[2] = name.p;
	rc = git(out, &status, c->root, words, &c->old, &why);
	if (rc == FA_E_LIMIT || (rc == FA_OK && status != 0)) {
		*out = FA_STR_NONE; /* then all that is found now is new */
		return FA_OK;
	}
	return rc < 0 ? fa_fail(err, rc, "%s", why.msg) : rc;
}

int
fa_check_change_before(struct fa_check_change *c, const struct fa_audit *audit,
	const struct fa_check_subject *s, const struct fa_read_opts *opts,
	struct fa_str path, struct fa_err *err)
{
	struct fa_result r;
	struct fa_str raw;
	struct fa_err why;
	int rc;

	fa_arena_reset(&c->old);
	rc = fa_baseline_init(&c->before, c->root, &c->old, err);
	c->unknown = fa_arena_new(
		&c->old, audit->bundle->obligations_n, sizeof(*c->unknown));
	if (rc < 0 || c->unknown == NULL)
		return rc < 0 ? rc : no_memory(err);
	rc = bytes_before(&raw, c, path, err);
	if (rc < 0 || raw.p == NULL)
		return rc;
	rc = fa_check_judge_bytes(&r, audit, s, raw, opts, &c->old, &why);
	if (rc == FA_E_NOMEM)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc < 0 || r.error.p != NULL)
		return FA_OK; /* then all that is found now is new */
	return record(c, &r, audit->bundle, err);
}

void
fa_check_change_unknown(const struct fa_check_change *c, struct fa_result *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->findings_n; i++) {
		const struct fa_finding *f = &r->findings[i];

		if (f->verdict != FA_VERDICT_CANNOT_TELL ||
			!c->unknown[f->obligation])
			r->findings[n++] = *f;
	}
	r->findings_n = n;
}
