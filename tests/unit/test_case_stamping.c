/* Anchoring a log: what is asked of whom, what stays pending, what is told. */
#include "fixture_stamping.h"

static void
without_authorities_there_is_a_checkpoint_and_nobody_is_asked(void **state)
{
	struct world *w = *state;
	struct fa_stamping_opts o = options(w, 0);
	struct fa_stamping_result r = run(w, &o);
	struct fa_anchors x;
	struct fa_merkle_hash root;
	struct fa_merkle m;

	assert_int_equal(r.checkpoint, 6);
	assert_true(r.is_new);
	assert_int_equal(r.confirmed + r.untrusted + r.pending, 0);
	x = load(w);
	assert_int_equal(x.n, 1);
	assert_int_equal(x.at[0].c.tree_size, 5);
	fa_merkle_init(&m);
	for (size_t i = 0; i < 5; i++)
		OK(w, fa_merkle_add(&m, w->log.line[i], &w->log.err));
	OK(w, fa_merkle_root(&root, &m, &w->log.err));
	assert_memory_equal(&root, &x.at[0].c.root, sizeof(root));
	assert_int_equal(x.at[0].stamps_n, 0);
}

static void
a_log_that_says_nothing_new_gets_no_new_checkpoint(void **state)
{
	struct world *w = *state;
	struct fa_stamping_opts o = options(w, 1);
	struct fa_stamping_result r;

	run(w, &o);
	r = run(w, &o);
	assert_int_equal(r.checkpoint, 6);
	assert_false(r.is_new);
	assert_int_equal(w->asked[0], 1);
	say_something(w);
	r = run(w, &o);
	assert_int_equal(r.checkpoint, 9);
	assert_true(r.is_new);
	assert_int_equal(load(w).at[1].c.tree_size, 8);
}

static void
stamps_are_renewed_by_stamps_over_them(void **state)
{
	struct world *w = *state;
	struct fa_stamping_opts o = options(w, 1);
	struct fa_stamping_result r;

	o.renew = true;
	assert_int_equal(run(w, &o).checkpoint, 6);
	r = run(w, &o);
	assert_int_equal(r.checkpoint, 8);
	assert_true(r.is_new);
	assert_int_equal(r.confirmed, 1);
	/* The stamp of the first checkpoint is event 7. */
	assert_int_equal(load(w).at[1].c.tree_size, 7);
}

static void
each_authority_stamps_the_line_of_the_checkpoint(void **state)
{
	struct world *w = *state;
	struct fa_stamping_opts o = options(w, 2);
	struct fa_stamping_result r;
	struct fa_anchors x;
	struct fa_str line;
	char sha256[FA_HASH_HEX_BYTES], sm3[FA_HASH_HEX_BYTES];

	o.sm3 = true;
	r = run(w, &o);
	assert_int_equal(r.confirmed, 4);
	assert_int_equal(r.pending + r.untrusted, 0);
	x = load(w);
	assert_int_equal(x.at[0].stamps_n, 4);
	assert_int_equal(fa_store_custody_line(
				 &line, w->d->store, 6, &w->a, &w->log.err),
		1);
	OK(w, fa_hash_sha256(sha256, line, &w->log.err));
	OK(w, fa_hash_sm3(sm3, line, &w->log.err));
	for (size_t i = 0; i < 4; i++) {
		const struct fa_tst *t = &x.at[0].stamps[i].tst;
		struct fa_stamp_check c;
		struct fa_str der;

		assert_int_equal(t->state, FA_TST_CONFIRMED);
		assert_true(fa_str_eq(
			t->gen_time, FA_STR("2026-11-26T05:40:00.123Z")));
		assert_true(fa_str_eq(t->serial, FA_STR("1a2b")));
		assert_null(t->detail.p);
		/* The object is the stamp, and good over these bytes. */
		OK(w,
			fa_object_get(&der, w->d->objects, t->token_sha256,
				FA_STAMP_BYTES, &w->a, &w->log.err));
		OK(w,
			fa_stamp_verify(&c, der, t->imprint,
				t->imprint == FA_IMPRINT_SM3 ? sm3 : sha256,
				w->trusted, &w->a, &w->log.err));
		assert_int_equal(c.state, FA_STAMP_GOOD);
	}
}

static void
whoever_does_not_stamp_leaves_it_pending_and_is_asked_again(void **state)
{
	static const enum mood moods[] = { MOOD_SILENT, MOOD_ERROR, MOOD_HTML,
		MOOD_STALE };
	struct world *w = *state;
	struct fa_stamping_opts o = options(w, 2);
	struct fa_stamping_result r;
	struct fa_anchors x;

	for (size_t i = 0; i < FA_COUNT(moods); i++) {
		w->mood[1] = moods[i];
		r = run(w, &o);
		/* The first one stamped at once and is left in peace. */
		assert_int_equal(r.confirmed, i == 0);
		assert_int_equal(r.pending, 1);
		assert_int_equal(w->asked[0], 1);
		assert_int_equal(w->asked[1], i + 1);
		x = load(w);
		assert_int_equal(x.n, 1);
		assert_int_equal(x.at[0].stamps_n, 2);
		assert_int_equal(x.at[0].stamps[1].tst.state, FA_TST_PENDING);
		assert_non_null(x.at[0].stamps[1].tst.detail.p);
		assert_null(x.at[0].stamps[1].tst.token_sha256.p);
	}
	w->mood[1] = MOOD_GOOD;
	r = run(w, &o);
	assert_int_equal(r.confirmed, 1);
	assert_int_equal(r.pending, 0);
	assert_int_equal(load(w).at[0].stamps[1].tst.state, FA_TST_CONFIRMED);
	assert_int_equal(load(w).chain.fault, FA_CHAIN_WHOLE);
}

static void
an_earlier_checkpoint_gets_its_stamp_later(void **state)
{
	struct world *w = *state;
	struct fa_stamping_opts o = options(w, 1);
	struct fa_stamping_result r;
	struct fa_anchors x;

	w->mood[0] = MOOD_SILENT;
	assert_true(run(w, &o).covers_all);
	say_something(w);
	w->mood[0] = MOOD_GOOD;
	o.retry_only = true;
	r = run(w, &o);
	assert_int_equal(r.confirmed, 1);
	assert_false(r.covers_all);
	x = load(w);
	assert_int_equal(x.n, 1);
	assert_int_equal(x.at[0].stamps[0].tst.state, FA_TST_CONFIRMED);
	o.retry_only = false;
	assert_int_equal(run(w, &o).confirmed, 1);
	assert_int_equal(load(w).n, 2);
}

static void
the_stamp_of_a_stranger_is_kept_and_not_trusted(void **state)
{
	struct world *w = *state;
	struct fa_stamping_opts o = options(w, 1);
	struct fa_stamping_result r;
	struct fa_anchors x;

	w->mood[0] = MOOD_STRANGER;
	r = run(w, &o);
	assert_int_equal(r.untrusted, 1);
	x = load(w);
	assert_int_equal(x.at[0].stamps[0].tst.state, FA_TST_UNTRUSTED);
	assert_non_null(x.at[0].stamps[0].tst.token_sha256.p);
	/* Asked once: another stamp of his would be worth no more. */
	r = run(w, &o);
	assert_int_equal(w->asked[0], 1);
	assert_int_equal(r.untrusted, 1);
}

static void
a_backdated_stamp_is_none_and_is_kept_as_what_it_is(void **state)
{
	struct world *w = *state;
	struct fa_stamping_opts o = options(w, 1);
	struct fa_custody_event e;
	struct fa_stamping_result r;
	struct fa_anchors x;
	struct fa_str line;

	w->mood[0] = MOOD_BACKDATED;
	r = run(w, &o);
	assert_int_equal(r.pending, 1);
	x = load(w);
	assert_int_equal(x.at[0].stamps[0].tst.state, FA_TST_PENDING);
	assert_null(x.at[0].stamps[0].tst.token_sha256.p);
	assert_non_null(x.at[0].stamps[0].tst.detail.p);
	assert_int_equal(fa_store_custody_line(
				 &line, w->d->store, 7, &w->a, &w->log.err),
		1);
	OK(w, fa_custody_parse(&e, line, &w->a, &w->log.err));
	assert_int_equal(e.objs_n, 1);
	assert_true(fa_str_eq(e.objs[0].name, FA_STR(FA_ANCHOR_REFUSED)));
	w->mood[0] = MOOD_GOOD;
	assert_int_equal(run(w, &o).confirmed, 1);
}

static void
a_stamp_is_confirmed_once_its_certificate_is_given(void **state)
{
	struct world *w = *state;
	struct fa_stamping_opts o = options(w, 1);
	struct fa_stamping_result r;
	struct fa_anchors x;
	struct fa_str token;

	o.tsa_pem = FA_STR_NONE;
	r = run(w, &o);
	assert_int_equal(r.untrusted, 1);
	token = load(w).at[0].stamps[0].tst.token_sha256;
	o = options(w, 0);
	r = run(w, &o);
	assert_int_equal(r.confirmed, 1);
	assert_int_equal(w->asked[0], 1);
	x = load(w);
	assert_int_equal(x.at[0].stamps[0].tst.state, FA_TST_CONFIRMED);
	assert_true(fa_str_eq(x.at[0].stamps[0].tst.token_sha256, token));
	r = run(w, &o);
	assert_int_equal(r.confirmed + r.untrusted + r.pending, 0);
}

static void
asking_can_be_broken_off_and_taken_up_again(void **state)
{
	struct world *w = *state;
	struct fa_stamping_opts o = options(w, 1);
	struct fa_stamping_result r = { .checkpoint = 77 };

	w->stop = true;
	assert_int_equal(
		fa_stamping_run(&r, w->d, &o, &w->log.err), FA_E_INTERRUPTED);
	assert_int_equal(r.checkpoint, 77);
	w->stop = false;
	w->open.has = false;
	r = run(w, &o);
	assert_int_equal(r.checkpoint, 6);
	assert_false(r.is_new);
	assert_int_equal(r.confirmed, 1);
}

static void
a_log_that_is_not_whole_is_not_stamped(void **state)
{
	struct world *w = *state;
	struct fa_stamping_opts o = options(w, 1);
	struct fa_stamping_result r;
	struct fa_store *s = w->d->store;
	struct fa_custody_event e;
	struct fa_store_head head;
	struct fa_str line;

	/* A checkpoint whose root is not that of the log. */
	OK(w, fa_store_custody_head(&head, s, &w->log.err));
	e = log_event(head.seq + 1, head.sha256);
	e.op = FA_OP_CHECKPOINT;
	e.detail = FA_STR("{\"tree_size\":5,\"root\":\"" LOG_SHA
			  "\",\"head\":\"sha256:" LOG_SHA "\"}");
	line = log_write(&w->log, &e);
	OK(w,
		fa_store_custody_append(
			NULL, s, head.seq + 1, line, &w->log.err));
	assert_int_equal(
		fa_stamping_run(&r, w->d, &o, &w->log.err), FA_E_INPUT);
	assert_non_null(strstr(w->log.err.msg, "root"));
	assert_int_equal(w->asked[0], 0);
}

/* Appends an event of a forger, who knows how lines are linked. */
static void
forge(struct world *w, enum fa_custody_op op, struct fa_str detail)
{
	struct fa_store_head head;
	struct fa_custody_event e;

	OK(w, fa_store_custody_head(&head, w->d->store, &w->log.err));
	e = log_event(head.seq + 1, head.sha256);
	e.op = op;
	e.detail = detail;
	OK(w,
		fa_store_custody_append(NULL, w->d->store, head.seq + 1,
			log_write(&w->log, &e), &w->log.err));
}

static void
a_stamp_of_another_digest_is_not_taken_for_one_of_the_checkpoint(void **state)
{
	struct world *w = *state;
	struct fa_stamping_opts o = options(w, 0);
	struct fa_anchors x;

	run(w, &o);
	forge(w, FA_OP_TST,
		FA_STR("{\"checkpoint\":6,\"state\":\"confirmed\","
		       "\"authority\":\"a\",\"imprint\":\"sha256\",\"digest\":"
		       "\"" LOG_SHA "\",\"token_sha256\":\"" LOG_SHA
		       "\",\"gen_time\":\"2026-11-26T05:40:00Z\"}"));
	assert_int_equal(fa_anchors_load(&x, w->d->store, &w->a, &w->log.err),
		FA_E_INPUT);
	assert_non_null(strstr(w->log.err.msg, "another digest"));
}

static void
a_checkpoint_with_another_head_is_refused(void **state)
{
	struct world *w = *state;
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	struct fa_checkpoint c = { .tree_size = 5, .head = LOG_SHA };
	struct fa_merkle m;
	struct fa_anchors x;

	fa_merkle_init(&m);
	for (size_t i = 0; i < 5; i++)
		OK(w, fa_merkle_add(&m, w->log.line[i], &w->log.err));
	OK(w, fa_merkle_root(&c.root, &m, &w->log.err));
	fa_buf_init(&detail, 4096);
	fa_checkpoint_write(&detail, &c);
	forge(w, FA_OP_CHECKPOINT, fa_buf_str(&detail));
	assert_int_equal(fa_anchors_load(&x, w->d->store, &w->a, &w->log.err),
		FA_E_INPUT);
}

static void
an_empty_log_is_not_stamped(void **state)
{
	struct world *w = *state;
	struct fa_stamping_opts o = options(w, 1);
	struct fa_stamping_result r;
	struct fa_store *s = NULL;

	fa_desk_close(w->d);
	w->d = NULL;
	(void)snprintf(w->store, sizeof(w->store), "%s/new", w->dir);
	OK(w,
		fa_store_open(
			&s, fa_str_c(w->store), FA_STORE_CREATE, &w->log.err));
	fa_store_close(s);
	open_desk(w);
	assert_int_equal(
		fa_stamping_run(&r, w->d, &o, &w->log.err), FA_E_USAGE);
}

static void
certificates_are_read_before_anybody_is_asked(void **state)
{
	struct world *w = *state;
	struct fa_stamping_opts o = options(w, 1);
	struct fa_stamping_result r;

	o.tsa_pem = FA_STR("no certificate");
	assert_int_equal(
		fa_stamping_run(&r, w->d, &o, &w->log.err), FA_E_INPUT);
	assert_int_equal(w->asked[0], 0);
	assert_int_equal(load(w).n, 0);
}

static void
events_of_anchors_are_read_as_they_were_written(void **state)
{
	static const char *const bad[] = { "{}", "[]",
		"{\"checkpoint\":0,\"state\":\"pending\",\"authority\":\"a\","
		"\"imprint\":\"sha256\",\"digest\":\"" LOG_SHA "\"}",
		"{\"checkpoint\":1,\"state\":\"good\",\"authority\":\"a\","
		"\"imprint\":\"sha256\",\"digest\":\"" LOG_SHA "\"}",
		"{\"checkpoint\":1,\"state\":\"confirmed\",\"authority\":\"a\","
		"\"imprint\":\"sha256\",\"digest\":\"" LOG_SHA "\"}",
		"{\"checkpoint\":1,\"state\":\"pending\",\"authority\":\"a\","
		"\"imprint\":\"md5\",\"digest\":\"" LOG_SHA "\"}" };
	struct world *w = *state;
	struct fa_tst t = { .checkpoint = 6,
		.state = FA_TST_PENDING,
		.authority = authorities[0],
		.imprint = FA_IMPRINT_SM3,
		.digest = FA_STR(LOG_SHA),
		.accuracy_us = -1,
		.detail = FA_STR("why \"not\"") };
	struct fa_tst got;
	struct fa_checkpoint c;
	struct fa_json *tree;
	struct fa_buf b;

	fa_buf_init(&b, 4096);
	fa_tst_write(&b, &t);
	OK(w, fa_json_parse(&tree, fa_buf_str(&b), &w->a, &w->log.err));
	OK(w, fa_tst_parse(&got, tree, &w->log.err));
	assert_int_equal(got.checkpoint, 6);
	assert_int_equal(got.imprint, FA_IMPRINT_SM3);
	assert_int_equal(got.accuracy_us, -1);
	assert_true(fa_str_eq(got.detail, t.detail));
	assert_null(got.serial.p);
	fa_buf_done(&b);
	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		OK(w,
			fa_json_parse(
				&tree, fa_str_c(bad[i]), &w->a, &w->log.err));
		assert_int_equal(
			fa_tst_parse(&got, tree, &w->log.err), FA_E_INPUT);
		assert_int_equal(
			fa_checkpoint_parse(&c, tree, &w->log.err), FA_E_INPUT);
	}
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(without_authorities_there_is_a_checkpoint_and_nobody_is_asked),
		T(a_log_that_says_nothing_new_gets_no_new_checkpoint),
		T(stamps_are_renewed_by_stamps_over_them),
		T(each_authority_stamps_the_line_of_the_checkpoint),
		T(whoever_does_not_stamp_leaves_it_pending_and_is_asked_again),
		T(an_earlier_checkpoint_gets_its_stamp_later),
		T(the_stamp_of_a_stranger_is_kept_and_not_trusted),
		T(a_backdated_stamp_is_none_and_is_kept_as_what_it_is),
		T(a_stamp_is_confirmed_once_its_certificate_is_given),
		T(asking_can_be_broken_off_and_taken_up_again),
		T(a_log_that_is_not_whole_is_not_stamped),
		T(a_stamp_of_another_digest_is_not_taken_for_one_of_the_checkpoint),
		T(a_checkpoint_with_another_head_is_refused),
		T(an_empty_log_is_not_stamped),
		T(certificates_are_read_before_anybody_is_asked),
		T(events_of_anchors_are_read_as_they_were_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
