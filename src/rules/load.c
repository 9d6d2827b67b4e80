/* Loading a directory of YAML files. Files are only collected first and then
 * read in the order of what they contain, each list sorted by id, so that
 * the bundle does not depend on how files are named or laid out. */
#include "rules/load.h"

#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "rules/bundle.h"
#include "rules/nearest.h"
#include "rules/rules.h"

#define BUNDLE_MAX_BYTES (64u << 20)

static int
keep_single(struct fa_load *l, struct fa_single *single,
	const struct fa_yaml *node, struct fa_place place, const char *what)
{
	if (single->node != NULL) {
		return fa_rules_build_fail(&l->bd, place,
			"%s stand already in %.*s", what,
			FA_STR_ARG(single->place.file));
	}
	single->node = node;
	single->place = place;
	return FA_OK;
}

/* A file whose only key holds a map. */
static int
only_map(struct fa_load *l, const struct fa_yaml *root)
{
	struct fa_key key = { root->child->key.p, FA_WANT_MAP, true };
	const struct fa_yaml *at;

	return fa_load_map(l, root, "the file", &key, 1, &at);
}

static int
on_instruments(struct fa_load *l, const struct fa_yaml *root)
{
	int rc = only_map(l, root);

	return rc != FA_OK
		? rc
		: keep_single(l, &l->instruments, root->child,
			  fa_load_place(l, root->child), "instruments");
}

static int
on_weights(struct fa_load *l, const struct fa_yaml *root)
{
	return keep_single(
		l, &l->weights, root, fa_load_place(l, root), "weights");
}

static int
on_measured(struct fa_load *l, const struct fa_yaml *root)
{
	int rc = only_map(l, root);

	return rc != FA_OK
		? rc
		: keep_single(l, &l->measured, root->child,
			  fa_load_place(l, root->child), "measurements");
}

static int
on_lexicons(struct fa_load *l, const struct fa_yaml *root)
{
	int rc = only_map(l, root);

	if (rc != FA_OK)
		return rc;
	for (const struct fa_yaml *c = root->child->child; c != NULL;
		c = c->next) {
		struct fa_item item = {
			.id = c->key, .node = c, .place = fa_load_place(l, c)
		};

		rc = fa_rules_build_item(&l->bd, &l->lexicons, item);
		if (rc != FA_OK)
			return rc;
	}
	return FA_OK;
}

static int
on_scope(struct fa_load *l, const struct fa_yaml *root)
{
	struct fa_item item = { .id = l->file,
		.node = root,
		.place = fa_load_place(l, root->child) };

	return fa_rules_build_item(&l->bd, &l->scopes, item);
}

static int
on_obligation(struct fa_load *l, const struct fa_yaml *root)
{
	struct fa_item item = { .node = root,
		.place = fa_load_place(l, root->child) };
	int rc = fa_load_text(l, root->child, "obligation", &item.id);

	return rc == FA_OK ? fa_rules_build_item(&l->bd, &l->obligations, item)
			   : rc;
}

static int
on_ledger(struct fa_load *l, const struct fa_yaml *root)
{
	struct fa_key key = { "ledger", FA_WANT_LIST, true };
	const struct fa_yaml *at;
	int rc = fa_load_map(l, root, "the file", &key, 1, &at);

	return rc != FA_OK
		? rc
		: keep_single(l, &l->ledger, at, fa_load_place(l, at),
			  "the ledger's entries");
}

static const struct kind {
	const char *key;
	int (*read)(struct fa_load *l, const struct fa_yaml *root);
} kinds[] = {
	{ "instruments", on_instruments },
	{ "weights", on_weights },
	{ "measured", on_measured },
	{ "lexicons", on_lexicons },
	{ "scope", on_scope },
	{ "obligation", on_obligation },
	{ "ledger", on_ledger },
};

static int
unknown_kind(const struct fa_load *l, const struct fa_yaml *first)
{
	struct fa_nearest near;

	fa_nearest_init(&near, first->key, FA_NEAREST_MAX);
	for (size_t i = 0; i < FA_COUNT(kinds); i++)
		fa_nearest_try(&near, fa_str_c(kinds[i].key));
	if (near.best.p != NULL) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, first),
			"the first key is '%.*s'; did you mean '%.*s'?",
			FA_STR_ARG(first->key), FA_STR_ARG(near.best));
	}
	return fa_rules_build_fail(&l->bd, fa_load_place(l, first),
		"the first key is '%.*s'; expected instruments, weights, "
		"measured, lexicons, scope, obligation or ledger",
		FA_STR_ARG(first->key));
}

static int
collect_file(struct fa_load *l, const struct fa_load_source *source)
{
	struct fa_yaml *root = NULL;
	int rc = fa_yaml_parse(
		&root, source->text, source->path, l->bd.a, l->bd.err);

	if (rc != FA_OK)
		return rc;
	l->file = source->path;
	if (root->kind != FA_YAML_MAP || root->count == 0) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, root),
			"expected a map that begins with instruments, weights, "
			"measured, lexicons, scope, obligation or ledger");
	}
	for (size_t i = 0; i < FA_COUNT(kinds); i++) {
		if (fa_str_eq(fa_str_c(kinds[i].key), root->child->key))
			return kinds[i].read(l, root);
	}
	return unknown_kind(l, root->child);
}

static int
check_complete(const struct fa_load *l, struct fa_str name)
{
	const char *missing = NULL;

	if (l->instruments.node == NULL)
		missing = "instruments";
	else if (l->weights.node == NULL)
		missing = "weights";
	else if (l->obligations.n == 0)
		missing = "obligation";
	if (missing == NULL)
		return FA_OK;
	return fa_fail(l->bd.err, FA_E_INPUT,
		"%.*s: no file whose first key is '%s'", FA_STR_ARG(name),
		missing);
}

static int
digest(struct fa_build *bd)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf text;
	int rc;

	fa_buf_init(&text, BUNDLE_MAX_BYTES);
	rc = fa_rules_write_value(bd->b, &text, bd->err);
	if (rc != FA_OK)
		return rc;
	return fa_hash_sha256(bd->b->sha256, fa_buf_str(&text), bd->err);
}

static int
load_collected(struct fa_load *l)
{
	int rc = fa_load_instruments(l);

	if (rc == FA_OK)
		rc = fa_load_weights(l);
	if (rc == FA_OK)
		rc = fa_load_lexicons(l);
	if (rc == FA_OK)
		rc = fa_load_obligations(l);
	if (rc == FA_OK)
		rc = fa_load_ledger(l);
	if (rc == FA_OK)
		rc = fa_load_scope_files(l);
	if (rc == FA_OK)
		rc = fa_load_rules(l);
	if (rc == FA_OK)
		rc = fa_rules_build_finish(&l->bd);
	if (rc == FA_OK)
		rc = fa_load_measured(l);
	if (rc == FA_OK)
		rc = digest(&l->bd);
	return rc;
}

int
fa_load_sources(struct fa_bundle **out, struct fa_str name,
	const struct fa_load_source *sources, size_t n, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_load *l = fa_arena_new(a, 1, sizeof(*l));
	int rc;

	if (l == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for the rules");
	rc = fa_rules_build_init(&l->bd, a, err);
	for (size_t i = 0; i < n && rc == FA_OK; i++)
		rc = collect_file(l, &sources[i]);
	if (rc == FA_OK)
		rc = check_complete(l, name);
	if (rc == FA_OK)
		rc = load_collected(l);
	if (rc == FA_OK)
		*out = l->bd.b;
	return rc;
}

/* stores/ describes app stores, not rules. */
static bool
describes_store(struct fa_str dir, struct fa_str path)
{
	struct fa_str rest = fa_str_sub(path, dir.n, path.n);

	while (rest.n > 0 && rest.p[0] == '/')
		rest = fa_str_sub(rest, 1, rest.n);
	return fa_str_starts(rest, FA_STR("stores/"));
}

static int
load_dir(struct fa_bundle **out, struct fa_str dir, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_file_list list = { NULL, 0 };
	struct fa_load_source *sources;
	size_t n = 0;
	int rc = fa_file_walk(&list, dir, a, err);

	if (rc != FA_OK)
		return rc;
	sources = fa_arena_new(a, list.n, sizeof(*sources));
	if (sources == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for the rules");
	for (size_t i = 0; i < list.n; i++) {
		if (fa_str_ends(list.path[i], FA_STR(".yml"))) {
			return fa_fail(err, FA_E_INPUT,
				"%.*s: rule files end in .yaml",
				FA_STR_ARG(list.path[i]));
		}
		if (!fa_str_ends(list.path[i], FA_STR(".yaml")) ||
			describes_store(dir, list.path[i]))
			continue;
		sources[n].path = list.path[i];
		rc = fa_file_read(&sources[n].text, list.path[i],
			FA_YAML_MAX_BYTES, a, err);
		if (rc != FA_OK)
			return rc;
		n++;
	}
	return fa_load_sources(out, dir, sources, n, a, err);
}

static int
load_bundle(struct fa_bundle **out, struct fa_str path, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_str text = FA_STR_NONE;
	int rc = fa_file_read(&text, path, BUNDLE_MAX_BYTES, a, err);

	return rc == FA_OK ? fa_rules_parse_bundle(out, text, a, err) : rc;
}

int
fa_rules_load(struct fa_bundle **out, struct fa_str path, struct fa_arena *a,
	struct fa_err *err)
{
	if (fa_file_is_dir(path))
		return load_dir(out, path, a, err);
	if (fa_str_ends(path, FA_STR(".json")))
		return load_bundle(out, path, a, err);
	return fa_fail(err, FA_E_INPUT,
		"%.*s: expected a directory of rules or a compiled bundle that "
		"ends in .json",
		FA_STR_ARG(path));
}
