/* What is wanted, whatever the order in which pages come in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "store/frontier.h"
#include "store/wanted.h"

#define URLS 24
#define NOW 1000000

struct place {
	char dir[64];
	struct fa_store *store;
	struct fa_store_rules rules;
	struct fa_arena a;
	struct fa_err err;
	unsigned woken;
};

static int
on_pending(void *ctx, struct fa_str host, int64_t not_before, struct fa_err *e)
{
	struct place *p = ctx;

	(void)not_before;
	(void)e;
	assert_true(fa_str_eq(host, FA_STR("h")));
	p->woken++;
	return FA_OK;
}

static void
open_store(struct place *p)
{
	memcpy(p->dir, "/tmp/fa_store_XXXXXX", sizeof("/tmp/fa_store_XXXXXX"));
	assert_non_null(mkdtemp(p->dir));
	p->store = NULL;
	assert_int_equal(fa_store_open(&p->store, fa_str_c(p->dir),
				 FA_STORE_CREATE, &p->err),
		FA_OK);
	p->rules = (struct fa_store_rules){
		.max_step = 2, .on_pending = on_pending, .ctx = p
	};
}

static void
close_store(struct place *p)
{
	static const char *const files[] = { "faceaudit.sqlite",
		"faceaudit.sqlite-wal", "faceaudit.sqlite-shm", "lock",
		"archive", "" };
	char path[128];

	fa_store_close(p->store);
	p->store = NULL;
	for (size_t i = 0; i < FA_COUNT(files); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", p->dir, files[i]);
		(void)remove(path);
	}
}

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	assert_non_null(p);
	fa_arena_init(&p->a, 64u << 20);
	open_store(p);
	*state = p;
	return 0;
}

static int
teardown(void **state)
{
	struct place *p = *state;

	close_store(p);
	fa_arena_done(&p->a);
	free(p);
	return 0;
}

static void
name(char out[32], unsigned i)
{
	(void)snprintf(out, 32, "http://h/%u", i);
}

static int64_t
url(struct place *p, unsigned i)
{
	char text[32];
	int64_t id = 0;

	name(text, i);
	assert_int_equal(fa_store_put_url(&id, p->store, fa_str_c(text),
				 FA_STR("h"), &p->err),
		FA_OK);
	return id;
}

static int64_t
target(struct place *p, const char *key)
{
	struct fa_target t = { .key = fa_str_c(key) };
	int64_t id = 0;

	assert_int_equal(
		fa_store_put_target(&id, p->store, &t, FA_STR_NONE, &p->err),
		FA_OK);
	return id;
}

static void
root(struct place *p, int64_t t, unsigned i, enum fa_role role)
{
	struct fa_store_want w = { .target = t,
		.role = role,
		.step = role == FA_ROLE_LISTING ? 0 : 1 };

	assert_int_equal(
		fa_store_put_root(p->store, url(p, i), &w, &p->rules, &p->err),
		FA_OK);
}

static void
link_to(struct fa_store_link *l, char text[32], unsigned to, const char *via,
	enum fa_role role)
{
	name(text, to);
	*l = (struct fa_store_link){ .via = via,
		.url = fa_str_c(text),
		.host = FA_STR("h"),
		.text = FA_STR("link"),
		.role = role };
}

static void
done(struct place *p, unsigned i, enum fa_outcome outcome, unsigned redirect)
{
	struct fa_store_attempt a = { .url = url(p, i),
		.at_us = (int64_t)NOW * 1000 + i,
		.outcome = outcome,
		.status = 200,
		.final = true,
		.redirect = redirect ? url(p, redirect) : 0,
		.kind = "ok",
		.kind_other = "ok" };

	assert_int_equal(fa_store_put_attempt(p->store, &a, &p->err), FA_OK);
	assert_int_equal(
		fa_store_expand(p->store, a.url, &p->rules, &p->err), FA_OK);
}

static enum fa_outcome
outcome(struct place *p, int64_t t)
{
	struct fa_wanted_list l;

	assert_int_equal(
		fa_store_wanted(&l, p->store, t, &p->a, &p->err), FA_OK);
	return fa_wanted_outcome(&l, NULL);
}

static size_t
wanted(struct place *p, int64_t t)
{
	struct fa_wanted_list l;

	assert_int_equal(
		fa_store_wanted(&l, p->store, t, &p->a, &p->err), FA_OK);
	return l.n;
}

static int64_t
pending(struct place *p)
{
	struct fa_store_counts n;

	assert_int_equal(fa_store_count(&n, p->store, &p->err), FA_OK);
	return n.pending;
}

static void
a_listing_leads_to_a_policy_and_the_policy_to_more(void **state)
{
	struct place *p = *state;
	int64_t t = target(p, "t");
	struct fa_store_link l[2];
	char text[2][32];

	root(p, t, 1, FA_ROLE_LISTING);
	assert_int_equal(p->woken, 1);
	assert_int_equal(outcome(p, t), FA_OUT_PENDING);
	link_to(&l[0], text[0], 2, "listing", FA_ROLE_POLICY);
	assert_int_equal(
		fa_store_put_links(p->store, url(p, 1), l, 1, &p->err), FA_OK);
	done(p, 1, FA_OUT_OK, 0);
	link_to(&l[0], text[0], 3, "related", FA_ROLE_SDK);
	/* Of an ordinary policy, hub references are not stored; a listing
	 * reference on it leads nowhere. */
	link_to(&l[1], text[1], 4, "listing", FA_ROLE_POLICY);
	assert_int_equal(
		fa_store_put_links(p->store, url(p, 2), l, 2, &p->err), FA_OK);
	done(p, 2, FA_OUT_OK, 0);
	assert_int_equal(wanted(p, t), 3);
	assert_int_equal(pending(p), 1);
	assert_int_equal(outcome(p, t), FA_OUT_OK);
	/* No further than max_step. */
	link_to(&l[0], text[0], 5, "related", FA_ROLE_CHILDREN);
	assert_int_equal(
		fa_store_put_links(p->store, url(p, 3), l, 1, &p->err), FA_OK);
	done(p, 3, FA_OUT_OK, 0);
	assert_int_equal(pending(p), 0);
	assert_int_equal(wanted(p, t), 3);
}

static void
a_page_that_is_known_serves_the_next_target_at_once(void **state)
{
	struct place *p = *state;
	int64_t one = target(p, "one"), two = target(p, "two");
	struct fa_store_link l;
	char text[32];

	root(p, one, 1, FA_ROLE_POLICY);
	link_to(&l, text, 2, "related", FA_ROLE_SDK);
	assert_int_equal(
		fa_store_put_links(p->store, url(p, 1), &l, 1, &p->err), FA_OK);
	done(p, 1, FA_OUT_OK, 0);
	done(p, 2, FA_OUT_OK, 0);
	root(p, two, 1, FA_ROLE_POLICY);
	assert_int_equal(pending(p), 0);
	assert_int_equal(wanted(p, two), 2);
	assert_int_equal(outcome(p, two), FA_OUT_OK);
}

static void
a_page_that_nobody_looked_at_is_fetched_again_for_its_references(void **state)
{
	struct place *p = *state;
	int64_t one = target(p, "one"), two = target(p, "two");
	struct fa_store_attempt a = { .url = url(p, 1),
		.at_us = (int64_t)NOW * 1000,
		.outcome = FA_OUT_OK,
		.status = 200,
		.final = true };

	p->rules.max_step = 1;
	root(p, one, 1, FA_ROLE_POLICY);
	assert_int_equal(fa_store_put_attempt(p->store, &a, &p->err), FA_OK);
	assert_int_equal(pending(p), 0);
	root(p, two, 1, FA_ROLE_POLICY);
	assert_int_equal(pending(p), 0);
	root(p, two, 1, FA_ROLE_LISTING);
	assert_int_equal(pending(p), 1);
}

static void
redirects_are_followed_five_times(void **state)
{
	struct place *p = *state;
	int64_t t = target(p, "t");

	root(p, t, 1, FA_ROLE_POLICY);
	for (unsigned i = 1; i <= 5; i++)
		done(p, i, FA_OUT_REDIRECT, i + 1);
	assert_int_equal(pending(p), 1);
	done(p, 6, FA_OUT_OK, 0);
	assert_int_equal(outcome(p, t), FA_OUT_OK);
	/* One more is too many, and is not asked for. */
	done(p, 6, FA_OUT_REDIRECT, 7);
	assert_int_equal(pending(p), 0);
	assert_int_equal(outcome(p, t), FA_OUT_TOO_MANY_REDIRECTS);
}

static void
a_loop_of_redirects_is_one(void **state)
{
	struct place *p = *state;
	int64_t t = target(p, "t");

	root(p, t, 1, FA_ROLE_POLICY);
	done(p, 1, FA_OUT_REDIRECT, 2);
	done(p, 2, FA_OUT_REDIRECT, 3);
	done(p, 3, FA_OUT_REDIRECT, 1);
	assert_int_equal(pending(p), 0);
	assert_int_equal(outcome(p, t), FA_OUT_REDIRECT_LOOP);
}

static void
a_target_without_url_and_one_without_link_are_different(void **state)
{
	struct place *p = *state;
	int64_t none = target(p, "none"), unlinked = target(p, "unlinked");

	root(p, unlinked, 1, FA_ROLE_LISTING);
	done(p, 1, FA_OUT_OK, 0);
	assert_int_equal(outcome(p, none), FA_OUT_NO_URL);
	assert_int_equal(outcome(p, unlinked), FA_OUT_NO_POLICY_LINK);
	done(p, 1, FA_OUT_BLOCKED, 0);
	assert_int_equal(outcome(p, unlinked), FA_OUT_BLOCKED);
}

static void
a_new_pass_asks_for_roots_and_what_they_still_lead_to(void **state)
{
	struct place *p = *state;
	int64_t t = target(p, "t");
	struct fa_store_link l;
	char text[32];

	root(p, t, 1, FA_ROLE_POLICY);
	link_to(&l, text, 2, "related", FA_ROLE_SDK);
	assert_int_equal(
		fa_store_put_links(p->store, url(p, 1), &l, 1, &p->err), FA_OK);
	done(p, 1, FA_OUT_OK, 0);
	done(p, 2, FA_OUT_OK, 0);
	/* All is younger than that: nothing is asked for. */
	p->rules.fresh_ms = NOW;
	assert_int_equal(fa_store_restart(p->store, &p->rules, &p->err), FA_OK);
	assert_int_equal(pending(p), 0);
	assert_int_equal(wanted(p, t), 2);
	/* All is older: the root first, ... */
	p->rules.fresh_ms = NOW + 1000;
	assert_int_equal(fa_store_restart(p->store, &p->rules, &p->err), FA_OK);
	assert_int_equal(pending(p), 1);
	/* ... and the list of SDKs no more, once no reference leads to it. */
	p->rules.fresh_ms = NOW - 1000;
	assert_int_equal(
		fa_store_put_links(p->store, url(p, 1), NULL, 0, &p->err),
		FA_OK);
	done(p, 1, FA_OUT_OK, 0);
	assert_int_equal(pending(p), 0);
	assert_int_equal(wanted(p, t), 1);
}

/* A web of pages that a seed draws: pages[i] leads to others. */
struct web {
	unsigned redirect[URLS];
	unsigned links[URLS][3];
	enum fa_role role[URLS][3];
};

static unsigned
draw(uint32_t *seed, unsigned n)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % n;
}

static void
draw_web(struct web *w, uint32_t seed)
{
	static const enum fa_role roles[] = { FA_ROLE_SDK, FA_ROLE_CHILDREN,
		FA_ROLE_FACE };

	for (unsigned i = 1; i < URLS; i++) {
		w->redirect[i] =
			draw(&seed, 3) == 0 ? 1 + draw(&seed, URLS - 1) : 0;
		for (unsigned k = 0; k < 3; k++) {
			w->links[i][k] = draw(&seed, URLS);
			w->role[i][k] = roles[draw(&seed, 3)];
		}
	}
}

static void
answer(struct place *p, const struct web *w, unsigned i)
{
	struct fa_store_link l[3];
	char text[3][32];
	size_t n = 0;

	for (unsigned k = 0; k < 3 && !w->redirect[i]; k++)
		if (w->links[i][k]) {
			link_to(&l[n], text[n], w->links[i][k], "related",
				w->role[i][k]);
			n++;
		}
	assert_int_equal(
		fa_store_put_links(p->store, url(p, i), l, n, &p->err), FA_OK);
	done(p, i, w->redirect[i] ? FA_OUT_REDIRECT : FA_OUT_OK,
		w->redirect[i] == i ? 0 : w->redirect[i]);
}

/* Answers what is pending, in an order that a seed draws; gives the digest of
 * what is wanted in the end. */
static int64_t
sweep(const struct web *w, uint32_t seed)
{
	struct place p = { .woken = 0 };
	struct fa_wanted_list l;
	struct fa_str parts[URLS * FA_ROLE_COUNT * 2];
	size_t n = 0;
	int64_t one, two, id = 0;

	fa_arena_init(&p.a, 64u << 20);
	open_store(&p);
	p.rules.max_step = 3;
	assert_int_equal(fa_store_begin(p.store, &p.err), FA_OK);
	one = target(&p, "one");
	two = target(&p, "two");
	root(&p, one, 1, FA_ROLE_POLICY);
	root(&p, two, 2, FA_ROLE_POLICY);
	while (pending(&p) > 0) {
		unsigned i = 1 + draw(&seed, URLS - 1);
		struct fa_store_item item;
		int64_t at;
		char text[32];

		/* Only what is pending is answered. */
		name(text, i);
		assert_int_equal(fa_store_next(&item, &at, p.store, FA_STR("h"),
					 NOW, &p.a, &p.err),
			1);
		if (fa_str_eq(item.url, fa_str_c(text)) ||
			draw(&seed, 4) == 0) {
			for (i = 1; i < URLS; i++) {
				name(text, i);
				if (fa_str_eq(item.url, fa_str_c(text)))
					break;
			}
			answer(&p, w, i);
		} else {
			/* Later: another one comes first. */
			struct fa_store_attempt a = { .url = item.id,
				.at_us = (int64_t)NOW * 1000,
				.outcome = FA_OUT_TIMEOUT,
				.not_before_ms = draw(&seed, NOW) };

			assert_int_equal(
				fa_store_put_attempt(p.store, &a, &p.err),
				FA_OK);
		}
	}
	for (int k = 0; k < 2; k++) {
		assert_int_equal(fa_store_wanted(&l, p.store, k ? two : one,
					 &p.a, &p.err),
			FA_OK);
		for (size_t i = 0; i < l.n; i++) {
			parts[n++] = l.at[i].url_text;
			parts[n++] = fa_str_c(fa_role_name(l.at[i].role));
		}
	}
	assert_int_equal(fa_hash_id(&id, parts, n, &p.err), FA_OK);
	close_store(&p);
	fa_arena_done(&p.a);
	return id;
}

static void
the_order_of_pages_changes_nothing(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 8; seed++) {
		struct web w;
		int64_t first;

		draw_web(&w, seed);
		first = sweep(&w, 1);
		for (uint32_t order = 2; order <= 4; order++)
			assert_true(sweep(&w, order) == first);
	}
}

static void
one_process_writes_at_a_time(void **state)
{
	struct place *p = *state;
	struct fa_store *other = NULL;

	assert_int_equal(fa_store_open(&other, fa_str_c(p->dir), FA_STORE_WRITE,
				 &p->err),
		FA_E_IO);
	assert_non_null(strstr(p->err.msg, "another process"));
	assert_int_equal(
		fa_store_open(&other, fa_str_c(p->dir), FA_STORE_READ, &p->err),
		FA_OK);
	fa_store_close(other);
}

static void
what_is_not_committed_is_gone(void **state)
{
	struct place *p = *state;
	int64_t value = 0;

	assert_int_equal(fa_store_begin(p->store, &p->err), FA_OK);
	assert_int_equal(
		fa_store_meta_set_int(p->store, "a", 1, &p->err), FA_OK);
	assert_int_equal(fa_store_commit(p->store, &p->err), FA_OK);
	assert_int_equal(fa_store_begin(p->store, &p->err), FA_OK);
	assert_int_equal(
		fa_store_meta_set_int(p->store, "a", 2, &p->err), FA_OK);
	fa_store_close(p->store);
	p->store = NULL;
	assert_int_equal(fa_store_open(&p->store, fa_str_c(p->dir),
				 FA_STORE_WRITE, &p->err),
		FA_OK);
	assert_int_equal(
		fa_store_meta_int(&value, p->store, "a", 0, &p->err), FA_OK);
	assert_int_equal(value, 1);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_listing_leads_to_a_policy_and_the_policy_to_more),
		TEST(a_page_that_is_known_serves_the_next_target_at_once),
		TEST(a_page_that_nobody_looked_at_is_fetched_again_for_its_references),
		TEST(redirects_are_followed_five_times),
		TEST(a_loop_of_redirects_is_one),
		TEST(a_target_without_url_and_one_without_link_are_different),
		TEST(a_new_pass_asks_for_roots_and_what_they_still_lead_to),
		cmocka_unit_test(the_order_of_pages_changes_nothing),
		TEST(one_process_writes_at_a_time),
		TEST(what_is_not_committed_is_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
