/* Targets and the URLs with which they begin. */
#include <string.h>

#include "crawl/internal.h"

#define ARENA_BYTES ((size_t)1 << 20)

static int
no_host(void *ctx, struct fa_str host, int64_t not_before_ms, struct fa_err *e)
{
	(void)ctx;
	(void)host;
	(void)not_before_ms;
	(void)e;
	return FA_OK;
}

/* The URL of a target and for what it is asked. Absent when there is none;
 * then *note says why. */
static int
first_url(struct fa_str *out, enum fa_role *role, struct fa_str *note,
	const struct fa_crawl_opts *o, const struct fa_target *t,
	struct fa_arena *a, struct fa_err *err)
{
	const struct fa_listing *which;
	int rc;

	*note = FA_STR_NONE;
	*role = FA_ROLE_POLICY;
	*out = t->policy_url;
	if (out->n > 0)
		return FA_OK;
	*role = FA_ROLE_LISTING;
	rc = fa_listing_request(out, &which, o->listings, t, a, err);
	if (rc == FA_OK && out->n == 0)
		*note = FA_STR("no URL, and no store that is known");
	return rc;
}

static int
add_root(const struct fa_crawl_opts *o, const struct fa_store_rules *rules,
	int64_t target, const struct fa_url *u, enum fa_role role,
	struct fa_err *err)
{
	struct fa_store_want want = { .target = target,
		.role = role,
		.step = role == FA_ROLE_LISTING ? 0 : 1 };
	int64_t url;
	int rc = fa_store_put_url(&url, o->store, u->text, u->host, err);

	if (rc == FA_OK)
		rc = fa_store_drop_roots(o->store, target, url, &want, err);
	return rc < 0 ? rc
		      : fa_store_put_root(o->store, url, &want, rules, err);
}

static int
add_target(const struct fa_crawl_opts *o, const struct fa_store_rules *rules,
	const struct fa_target *t, struct fa_arena *a, struct fa_err *err)
{
	struct fa_url u = { .text = FA_STR_NONE };
	struct fa_str url, note;
	enum fa_role role;
	struct fa_err why;
	int64_t id;
	int rc = first_url(&url, &role, &note, o, t, a, err);

	if (rc == FA_OK && !note.p) {
		rc = fa_url_parse(&u, url, a, &why);
		if (rc == FA_E_NOMEM)
			return fa_fail(err, rc, "%s", why.msg);
		if (rc < 0)
			note = fa_str_c(why.msg);
		rc = FA_OK;
	}
	if (rc == FA_OK)
		rc = fa_store_put_target(&id, o->store, t, note, err);
	if (rc < 0)
		return rc;
	return u.text.p ? add_root(o, rules, id, &u, role, err)
			: fa_store_drop_roots(o->store, id, 0, NULL, err);
}

int
fa_crawl_add_targets(const struct fa_crawl_opts *o, const struct fa_targets *t,
	struct fa_err *err)
{
	struct fa_store_rules rules = { .max_step = 1 + o->depth,
		.on_pending = no_host };
	struct fa_arena a;
	/* What the pass that goes on has not fetched yet is not done. */
	int rc = fa_store_meta_int(
		&rules.fresh_ms, o->store, "crawl_fresh_ms", 0, err);

	fa_arena_init(&a, ARENA_BYTES);
	for (size_t i = 0; i < t->n && rc == FA_OK; i++) {
		fa_arena_reset(&a);
		rc = add_target(o, &rules, &t->at[i], &a, err);
	}
	fa_arena_done(&a);
	return rc;
}
