#include "case/facts.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "case/facts_parts.h"
#include "evidence/objects.h"
#include "match/match.h"
#include "rules/rules.h"

void *
fa_facts_more(struct fa_facts *x, void *array, size_t *n, size_t *cap,
	size_t size, struct fa_err *err)
{
	char *at = fa_arena_grow(x->a, array, cap, *n + 1, size);

	if (at == NULL) {
		(void)fa_fail(err, FA_E_NOMEM, "no memory for a report");
		return NULL;
	}
	memset(at + *n * size, 0, size);
	(*n)++;
	return at;
}

struct fa_str
fa_facts_dup(struct fa_facts *x, struct fa_str s)
{
	return s.p == NULL ? s : fa_arena_dup(x->a, s);
}

struct fa_str
fa_facts_say(struct fa_facts *x, const char *fmt, ...)
{
	struct fa_str s = FA_STR_NONE;
	va_list ap;
	char *text;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		return s;
	text = fa_arena_new(x->a, (size_t)n + 1, 1);
	if (text == NULL)
		return s;
	va_start(ap, fmt);
	(void)vsnprintf(text, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return (struct fa_str){ text, (size_t)n };
}

int
fa_facts_digest(
	struct fa_dossier_digest *out, struct fa_str bytes, struct fa_err *err)
{
	struct fa_object is;
	int rc = fa_object_digest(&is, bytes, err);

	if (rc < 0)
		return rc;
	memcpy(out->sha256, is.sha256, sizeof(out->sha256));
	memcpy(out->sm3, is.sm3, sizeof(out->sm3));
	out->bytes = is.bytes;
	return FA_OK;
}

static void
copy_hex(char out[FA_HASH_HEX_BYTES], struct fa_str hex)
{
	(void)snprintf(out, FA_HASH_HEX_BYTES, "%.*s", FA_STR_ARG(hex));
}

void
fa_facts_digest_of(struct fa_dossier_digest *out, struct fa_str sha256,
	struct fa_str sm3, int64_t bytes)
{
	copy_hex(out->sha256, sha256);
	copy_hex(out->sm3, sm3);
	out->bytes = bytes;
}

/* ---- opening ---- */

static int
open_case(struct fa_facts *x, struct fa_err *err)
{
	int rc = fa_case_open(&x->c, x->o->dir, FA_STORE_READ, err);

	if (rc == FA_E_USAGE) {
		/* The store of a sweep: all but the custody is there. */
		x->c = NULL;
		rc = fa_store_open(&x->opened, x->o->dir, FA_STORE_READ, err);
		x->s = x->opened;
	} else if (rc == FA_OK) {
		x->s = fa_case_store(x->c);
	}
	return rc;
}

/* A folder that is not there would give a report without the words that its
 * reader was promised. */
static int
check_statutes(const struct fa_facts *x, struct fa_err *err)
{
	struct stat is;

	if (x->o->statutes.p == NULL)
		return FA_OK;
	if (stat(x->o->statutes.p, &is) != 0)
		return fa_fail(err, FA_E_NOTFOUND, "--statutes %.*s: %s",
			FA_STR_ARG(x->o->statutes), strerror(errno));
	return S_ISDIR(is.st_mode)
		? FA_OK
		: fa_fail(err, FA_E_USAGE, "--statutes %.*s is no folder",
			  FA_STR_ARG(x->o->statutes));
}

static int
find_rules(struct fa_facts *x, struct fa_err *err)
{
	struct fa_str json;
	int rc = fa_store_newest_key(&x->key, x->s, x->o->as_of, x->a, err);

	if (rc == 0)
		return fa_fail(err, FA_E_NOTFOUND,
			"%.*s: nothing was judged%s, run faceaudit audit first",
			FA_STR_ARG(x->o->dir),
			x->o->as_of != 0 ? " as of that date" : "");
	if (rc == 1)
		rc = fa_store_get_bundle(&json, x->s, x->key.bundle, x->a, err);
	if (rc == 0)
		return fa_fail(err, FA_E_INPUT,
			"store: the rules %.*s are "
			"missing",
			FA_STR_ARG(x->key.bundle));
	if (rc == 1)
		rc = fa_rules_parse_bundle(&x->bundle, json, x->a, err);
	if (rc == FA_OK)
		rc = fa_matcher_new(&x->matcher, x->bundle, err);
	x->audit = (struct fa_audit){ .bundle = x->bundle,
		.matcher = x->matcher,
		.as_of = x->key.as_of };
	return rc;
}

/* ---- targets ---- */

static int
add_target(void *ctx, const struct fa_store_target *t, struct fa_err *err)
{
	struct fa_facts *x = ctx;
	struct fa_facts_target *at =
		FA_FACTS_ADD(x, x->targets, x->targets_n, x->targets_cap, err);

	if (at == NULL)
		return FA_E_NOMEM;
	at->t = *t;
	at->t.t.key = fa_facts_dup(x, t->t.key);
	at->t.t.app = fa_facts_dup(x, t->t.app);
	at->t.t.package = fa_facts_dup(x, t->t.package);
	at->t.t.store = fa_facts_dup(x, t->t.store);
	at->t.t.version = fa_facts_dup(x, t->t.version);
	at->t.t.publisher = fa_facts_dup(x, t->t.publisher);
	at->t.t.category = fa_facts_dup(x, t->t.category);
	at->t.t.store_url = fa_facts_dup(x, t->t.store_url);
	at->t.t.policy_url = fa_facts_dup(x, t->t.policy_url);
	at->t.note = fa_facts_dup(x, t->note);
	return FA_OK;
}

static int
find_targets(struct fa_facts *x, struct fa_err *err)
{
	struct fa_store_target t;
	int rc;

	if (x->o->target.p == NULL) {
		rc = fa_store_targets(x->s, add_target, x, err);
		if (rc == FA_OK && x->c == NULL && x->targets_n > 1)
			return fa_fail(err, FA_E_USAGE,
				"the store has %zu targets, name one: --target "
				"KEY",
				x->targets_n);
	} else {
		rc = fa_store_find_target(&t, x->s, x->o->target, x->a, err);
		if (rc == 0)
			return fa_fail(err, FA_E_NOTFOUND,
				"there is no target '%.*s' in the store",
				FA_STR_ARG(x->o->target));
		if (rc == 1)
			rc = add_target(x, &t, err);
	}
	if (rc == FA_OK && x->targets_n == 0)
		return fa_fail(err, FA_E_NOTFOUND, "the store has no target");
	return rc;
}

static int
load_target(struct fa_facts *x, struct fa_facts_target *t, struct fa_err *err)
{
	int rc = fa_store_find_app(&t->app, x->s, t->t.id, &x->key, x->a, err);

	t->judged = rc == 1;
	t->first = (uint32_t)x->docs_n;
	if (rc == 1)
		rc = fa_facts_documents(x, t, err);
	t->n = (uint32_t)x->docs_n - t->first;
	return rc;
}

/* What the log names. */
static int
load_log(struct fa_facts *x, struct fa_err *err)
{
	int rc;

	if (x->c == NULL)
		return FA_OK;
	rc = fa_case_captures(&x->log, x->c, x->a, err);
	if (rc == FA_OK)
		rc = fa_case_objects(&x->things, x->c, x->a, err);
	return rc == FA_OK ? fa_facts_pages(x, err) : rc;
}

static int
load(struct fa_facts *x, struct fa_err *err)
{
	int rc = find_rules(x, err);

	if (rc == FA_OK)
		rc = find_targets(x, err);
	if (rc == FA_OK)
		rc = load_log(x, err);
	for (size_t i = 0; i < x->targets_n && rc == FA_OK; i++)
		rc = load_target(x, &x->targets[i], err);
	if (rc == FA_OK)
		rc = fa_facts_flows(x, err);
	for (size_t i = 0; i < x->targets_n && rc == FA_OK; i++)
		rc = fa_facts_findings(x, &x->targets[i], err);
	for (size_t i = 0; i < x->docs_n && rc == FA_OK; i++)
		if (x->docs[i].flow != NULL)
			rc = fa_facts_flow_findings(x, (uint32_t)i, err);
	if (rc == FA_OK)
		rc = fa_facts_sort(x, err);
	return rc;
}

static int
fill(struct fa_facts *x, struct fa_err *err)
{
	int rc = fa_facts_cover(x, err);

	if (rc == FA_OK)
		rc = fa_facts_lost(x, err);
	if (rc == FA_OK)
		rc = fa_facts_objects(x, err);
	if (rc == FA_OK)
		rc = fa_facts_custody(x, err);
	if (rc == FA_OK)
		rc = fa_facts_reviews(x, err);
	if (rc == FA_OK)
		rc = fa_facts_environ(x, err);
	if (rc == FA_OK)
		rc = fa_facts_check(x, err);
	if (rc == FA_OK)
		rc = fa_facts_close(x, err);
	return rc;
}

int
fa_facts_load(struct fa_dossier *out, const struct fa_facts_opts *o,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_dossier d = { .score = { .grade = 'N' } };
	struct fa_facts x = { .o = o, .a = a, .d = &d };
	int rc = check_statutes(&x, err);

	if (rc == FA_OK)
		rc = open_case(&x, err);
	if (rc == FA_OK)
		rc = load(&x, err);
	if (rc == FA_OK)
		rc = fill(&x, err);
	fa_payload_done(&x.source);
	fa_matcher_free(x.matcher);
	fa_store_close(x.opened);
	fa_case_close(x.c);
	if (rc == FA_OK)
		*out = d;
	return rc;
}
