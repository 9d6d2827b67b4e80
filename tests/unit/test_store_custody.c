/* The custody log in a store: what can be added, that nothing can be changed,
 * what is seen when it was changed all the same, reviews. */
#include "fixture_custody_store.h"

#include "store/scripts.h"

static void
events_are_kept_verbatim_in_their_order(void **state)
{
	struct place *x = *state;
	struct fa_store *s = store(x, 0);
	struct fa_store_head head;
	struct fa_str line;
	char digest[FA_HASH_HEX_BYTES];

	OK(x, fa_store_custody_head(&head, s, &x->log.err));
	assert_int_equal(head.seq, 0);
	assert_string_equal(head.sha256, FA_CUSTODY_ZERO);
	fill(x, s, 9);
	fa_store_close(s);
	OK(x,
		fa_store_open(&x->s[0], fa_str_c(x->name[0]), FA_STORE_READ,
			&x->log.err));
	s = x->s[0];
	OK(x, fa_store_custody_head(&head, s, &x->log.err));
	assert_int_equal(head.seq, 9);
	log_digest(digest, x->log.line[8]);
	assert_string_equal(head.sha256, digest);
	for (size_t i = 0; i < 9; i++) {
		assert_int_equal(fa_store_custody_line(&line, s, (int64_t)i + 1,
					 &x->log.a, &x->log.err),
			1);
		assert_true(fa_str_eq(line, x->log.line[i]));
	}
	assert_int_equal(
		fa_store_custody_line(&line, s, 10, &x->log.a, &x->log.err), 0);
	assert_int_equal(check(x, s).fault, FA_CHAIN_WHOLE);
	assert_int_equal(check(x, s).seq, 9);
}

static void
what_was_not_committed_never_happened(void **state)
{
	struct place *x = *state;
	struct fa_store *s = store(x, 0);
	struct fa_store_head head;

	fill(x, s, 2);
	OK(x, fa_store_custody_append(NULL, s, 3, x->log.line[2], &x->log.err));
	fa_store_close(s);
	OK(x,
		fa_store_open(&x->s[0], fa_str_c(x->name[0]), FA_STORE_WRITE,
			&x->log.err));
	OK(x, fa_store_custody_head(&head, x->s[0], &x->log.err));
	assert_int_equal(head.seq, 2);
}

static void
only_what_follows_can_be_added(void **state)
{
	struct place *x = *state;
	struct fa_store *s = store(x, 0);
	struct fa_store_head head = { .seq = 77 };

	fill(x, s, 3);
	/* A gap, a repetition, a line under the number of another one, text
	 * that is no JSON. */
	assert_int_equal(fa_store_custody_append(
				 &head, s, 5, x->log.line[4], &x->log.err),
		FA_E_USAGE);
	assert_int_equal(fa_store_custody_append(
				 &head, s, 3, x->log.line[2], &x->log.err),
		FA_E_USAGE);
	assert_int_equal(fa_store_custody_append(
				 &head, s, 4, x->log.line[4], &x->log.err),
		FA_E_USAGE);
	assert_int_equal(fa_store_custody_append(&head, s, 4,
				 FA_STR("{\"seq\":4"), &x->log.err),
		FA_E_USAGE);
	assert_int_equal(fa_store_custody_append(&head, s, 4,
				 log_replace(&x->log, x->log.line[3],
					 "sha256:", "sha256:0"),
				 &x->log.err),
		FA_E_USAGE);
	assert_int_equal(head.seq, 77);
	fill(x, s, 4);
	assert_int_equal(check(x, s).seq, 4);
}

static void
nothing_can_be_changed_or_removed(void **state)
{
	static const char *const tries[] = {
		"UPDATE custody SET line = '{}' WHERE seq = 2",
		"UPDATE OR REPLACE custody SET seq = 2 WHERE seq = 3",
		"DELETE FROM custody",
		"DELETE FROM custody WHERE seq = 4",
		"INSERT OR REPLACE INTO custody SELECT 2, line, h "
		"FROM custody WHERE seq = 2",
		"INSERT OR IGNORE INTO custody SELECT 9, line, h "
		"FROM custody WHERE seq = 2",
		"INSERT INTO custody (line, h) SELECT line, h FROM custody",
	};
	struct place *x = *state;
	struct fa_store *s = store(x, 0);

	fill(x, s, 4);
	for (size_t i = 0; i < FA_COUNT(tries); i++)
		if (fa_db_script(&s->db, tries[i], &x->log.err) == FA_OK)
			fail_msg("%s", tries[i]);
	assert_int_equal(check(x, s).seq, 4);
	assert_int_equal(check(x, s).fault, FA_CHAIN_WHOLE);
}

/* Somebody who writes to the file takes the triggers away first. */
static void
tampered(struct place *x, const char *sql, enum fa_chain_fault fault,
	int64_t line)
{
	struct fa_store *s = store(x, 0);
	struct fa_chain c;

	fill(x, s, 9);
	OK(x,
		fa_db_script(&s->db,
			"DROP TRIGGER custody_append; DROP TRIGGER "
			"custody_keep; "
			"DROP TRIGGER custody_stay",
			&x->log.err));
	OK(x, fa_db_script(&s->db, sql, &x->log.err));
	c = check(x, s);
	if (c.fault != fault || c.fault_line != line)
		fail_msg("%s: %s at %d, %s", sql, fa_chain_fault_name(c.fault),
			(int)c.fault_line, c.why);
	fa_store_close(s);
	x->s[0] = NULL;
	log_empty(x->name[0]);
}

static void
tampering_is_seen_with_its_place(void **state)
{
	struct place *x = *state;
	char sql[256], digest[FA_HASH_HEX_BYTES];
	struct fa_str edited =
		log_replace(&x->log, x->log.line[3], "200", "404");

	tampered(x,
		"UPDATE custody SET line = replace(line, '200', '404') "
		"WHERE seq = 4",
		FA_CHAIN_DIGEST, 4);
	log_digest(digest, edited);
	(void)snprintf(sql, sizeof(sql),
		"UPDATE custody SET line = replace(line, '200', '404'), "
		"h = x'%s' WHERE seq = 4",
		digest);
	tampered(x, sql, FA_CHAIN_PREV, 5);
	tampered(x, "UPDATE custody SET h = zeroblob(32) WHERE seq = 4",
		FA_CHAIN_DIGEST, 4);
	tampered(x, "DELETE FROM custody WHERE seq = 4", FA_CHAIN_SEQ, 4);
	tampered(x,
		"DELETE FROM custody WHERE seq = 4; "
		"UPDATE custody SET seq = seq - 1 WHERE seq > 4",
		FA_CHAIN_SEQ, 4);
	tampered(x,
		"CREATE TEMP TABLE t AS SELECT * FROM custody "
		"WHERE seq IN (4, 6); "
		"UPDATE custody SET line = (SELECT line FROM t WHERE "
		"t.seq = 10 - custody.seq), h = (SELECT h FROM t WHERE "
		"t.seq = 10 - custody.seq) WHERE seq IN (4, 6)",
		FA_CHAIN_SEQ, 4);
	tampered(x,
		"INSERT INTO custody SELECT 10, line, h FROM custody "
		"WHERE seq = 9",
		FA_CHAIN_SEQ, 10);
	/* Seen only by those who know the head: the log is a whole one. */
	tampered(x, "DELETE FROM custody WHERE seq > 6", FA_CHAIN_WHOLE, 0);
}

static struct fa_custody_event
review(int64_t seq, const char *prev, const char *by, const char *detail)
{
	struct fa_custody_event e = log_event(seq, prev);

	e.op = FA_OP_REVIEW;
	e.actor = (struct fa_custody_actor){ fa_str_c(by), FA_STR("reviewer"),
		FA_STR_NONE };
	e.detail = fa_str_c(detail);
	e.objs_n = 0;
	return e;
}

struct seen {
	size_t n;
	bool superseded[8];
	char by[8][32];
	int64_t t_ms[8];
};

static int
see(void *ctx, const struct fa_store_review *r, struct fa_err *err)
{
	struct seen *s = ctx;

	(void)err;
	assert_true(s->n < 8);
	assert_true(fa_str_eq(r->role, FA_STR("reviewer")));
	s->superseded[s->n] = r->superseded;
	s->t_ms[s->n] = r->t_ms;
	(void)snprintf(
		s->by[s->n], sizeof(s->by[0]), "%.*s", FA_STR_ARG(r->by));
	s->n++;
	return FA_OK;
}

static void
reviews_are_read_from_the_log(void **state)
{
	static const char *const said[][2] = {
		{ "甲",
			"{\"finding\":\"f1\",\"state\":\"confirmed\","
			"\"note\":null}" },
		{ "乙",
			"{\"finding\":\"f1\",\"state\":\"needs-more\","
			"\"note\":\"再查\"}" },
		{ "甲",
			"{\"finding\":\"f2\",\"state\":\"rejected\","
			"\"note\":\"误报\"}" },
		{ "乙",
			"{\"finding\":\"f1\",\"state\":\"confirmed\","
			"\"note\":null}" },
	};
	struct place *x = *state;
	struct fa_store *s = store(x, 0);
	struct fa_store_head head;
	struct seen seen = { .n = 0 };

	fill(x, s, 2);
	OK(x, fa_store_custody_head(&head, s, &x->log.err));
	for (size_t i = 0; i < FA_COUNT(said); i++) {
		struct fa_custody_event e = review(
			head.seq + 1, head.sha256, said[i][0], said[i][1]);

		OK(x,
			fa_store_custody_append(&head, s, head.seq + 1,
				log_write(&x->log, &e), &x->log.err));
	}
	OK(x, fa_store_reviews(s, FA_STR_NONE, see, &seen, &x->log.err));
	assert_int_equal(seen.n, 4);
	assert_int_equal(seen.t_ms[0], LOG_T0 + 3000);
	memset(&seen, 0, sizeof(seen));
	OK(x, fa_store_reviews(s, FA_STR("f1"), see, &seen, &x->log.err));
	assert_int_equal(seen.n, 3);
	assert_string_equal(seen.by[0], "甲");
	assert_false(seen.superseded[0]);
	assert_string_equal(seen.by[1], "乙");
	assert_true(seen.superseded[1]);
	assert_string_equal(seen.by[2], "乙");
	assert_false(seen.superseded[2]);
	memset(&seen, 0, sizeof(seen));
	OK(x, fa_store_reviews(s, FA_STR("f3"), see, &seen, &x->log.err));
	assert_int_equal(seen.n, 0);
	/* They count as much where the log was joined to another store. */
	OK(x, fa_store_commit(s, &x->log.err));
	store(x, 1);
	join(x, 1, 0);
	OK(x, fa_store_reviews(x->s[1], FA_STR_NONE, see, &seen, &x->log.err));
	assert_int_equal(seen.n, 4);
	assert_true(seen.superseded[1]);
	assert_false(seen.superseded[3]);
}

static void
a_store_of_version_2_gets_its_log_when_it_is_written_to(void **state)
{
	struct place *x = *state;
	struct fa_store *s = store(x, 0);

	OK(x,
		fa_db_script(&s->db,
			"DROP TABLE custody; DROP TABLE custody_shard; "
			"DROP VIEW review; PRAGMA user_version = 2",
			&x->log.err));
	fa_store_close(s);
	x->s[0] = NULL;
	assert_int_equal(fa_store_open(&s, fa_str_c(x->name[0]), FA_STORE_READ,
				 &x->log.err),
		FA_E_UNSUPPORTED);
	OK(x,
		fa_store_open(&x->s[0], fa_str_c(x->name[0]), FA_STORE_WRITE,
			&x->log.err));
	fill(x, x->s[0], 2);
	assert_int_equal(check(x, x->s[0]).seq, 2);
	assert_true(fa_store_scripts_n >= 3);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(events_are_kept_verbatim_in_their_order),
		T(what_was_not_committed_never_happened),
		T(only_what_follows_can_be_added),
		T(nothing_can_be_changed_or_removed),
		T(tampering_is_seen_with_its_place),
		T(reviews_are_read_from_the_log),
		T(a_store_of_version_2_gets_its_log_when_it_is_written_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
