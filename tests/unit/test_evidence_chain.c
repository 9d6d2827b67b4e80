/* What the chain shows when somebody tampered with the log, and what it cannot
 * show. */
#include "fixture_custody.h"

#include "evidence/merkle.h"

static int
count(void *ctx, const struct fa_custody_event *e, struct fa_str line,
	struct fa_err *err)
{
	size_t *n = ctx;

	(void)err;
	assert_int_equal(e->seq, *n + 1);
	assert_true(line.n > 0);
	return ++*n == 5 ? FA_E_INTERRUPTED : FA_OK;
}

static void
a_whole_log_is_whole(void **state)
{
	struct log l;
	struct fa_chain c;
	char head[FA_HASH_HEX_BYTES];
	size_t n = 0;

	(void)state;
	log_make(&l, 9);
	c = log_check(&l);
	assert_int_equal(c.fault, FA_CHAIN_WHOLE);
	assert_int_equal(c.seq, 9);
	assert_string_equal(c.why, "");
	assert_int_equal(c.back_steps, 0);
	assert_int_equal(c.first_ms, LOG_T0 + 1000);
	assert_int_equal(c.last_ms, LOG_T0 + 9000);
	log_digest(head, l.line[8]);
	assert_string_equal(c.head, head);
	assert_int_equal(
		fa_chain_check_text(&c, log_text(&l), count, &n, &l.err),
		FA_E_INTERRUPTED);
	assert_int_equal(n, 5);
	log_done(&l);
}

static void
assert_fault(struct log *l, enum fa_chain_fault f, int64_t line)
{
	struct fa_chain c = log_check(l);

	if (c.fault != f || c.fault_line != line)
		fail_msg("%s at %d: %s", fa_chain_fault_name(c.fault),
			(int)c.fault_line, c.why);
	assert_true(c.why[0] != '\0');
}

/* The digests behind line i are made to fit again. */
static void
rehash(struct log *l, size_t from)
{
	char prev[FA_HASH_HEX_BYTES] = FA_CUSTODY_ZERO;

	for (size_t i = 0; i < l->n; i++) {
		struct fa_custody_event e;

		if (i >= from) {
			assert_int_equal(fa_custody_parse(&e, l->line[i], &l->a,
						 &l->err),
				FA_OK);
			memcpy(e.prev, prev, sizeof(prev));
			e.seq = (int64_t)i + 1;
			l->line[i] = log_write(l, &e);
		}
		log_digest(prev, l->line[i]);
	}
}

static void
remove_line(struct log *l, size_t i)
{
	for (; i + 1 < l->n; i++)
		l->line[i] = l->line[i + 1];
	l->n--;
}

static void
an_edited_line_is_seen_by_the_line_behind_it(void **state)
{
	struct log l;

	(void)state;
	log_make(&l, 9);
	l.line[3] = log_replace(&l, l.line[3], "200", "404");
	assert_fault(&l, FA_CHAIN_PREV, 5);
	log_done(&l);
}

static void
every_byte_of_a_line_counts(void **state)
{
	struct log l;
	char copy[4096];

	(void)state;
	log_make(&l, 3);
	assert_true(l.line[1].n < sizeof(copy));
	for (size_t i = 0; i < l.line[1].n; i++) {
		struct fa_chain c;
		struct fa_str was = l.line[1];

		memcpy(copy, was.p, was.n);
		copy[i] = (char)(copy[i] ^ 1);
		l.line[1] = (struct fa_str){ copy, was.n };
		c = log_check(&l);
		assert_int_not_equal(c.fault, FA_CHAIN_WHOLE);
		assert_in_range(c.fault_line, 2, 3);
		l.line[1] = was;
	}
	log_done(&l);
}

static void
a_removed_line_is_seen(void **state)
{
	struct log l;

	(void)state;
	log_make(&l, 9);
	remove_line(&l, 3);
	assert_fault(&l, FA_CHAIN_SEQ, 4);
	log_done(&l);
}

static void
a_removed_line_is_seen_when_the_rest_is_renumbered(void **state)
{
	struct log l;

	(void)state;
	log_make(&l, 9);
	remove_line(&l, 3);
	for (size_t i = 3; i < l.n; i++) {
		char from[32], to[32];

		(void)snprintf(from, sizeof(from), "\"seq\":%zu", i + 2);
		(void)snprintf(to, sizeof(to), "\"seq\":%zu", i + 1);
		l.line[i] = log_replace(&l, l.line[i], from, to);
	}
	assert_fault(&l, FA_CHAIN_PREV, 4);
	log_done(&l);
}

static void
swapped_lines_are_seen(void **state)
{
	struct log l;
	struct fa_str t;

	(void)state;
	log_make(&l, 9);
	t = l.line[3];
	l.line[3] = l.line[6];
	l.line[6] = t;
	assert_fault(&l, FA_CHAIN_SEQ, 4);
	l.line[3] = log_replace(&l, l.line[3], "\"seq\":7", "\"seq\":4");
	assert_fault(&l, FA_CHAIN_PREV, 4);
	log_done(&l);
}

static void
an_added_line_is_seen(void **state)
{
	struct log l;

	(void)state;
	log_make(&l, 9);
	memmove(&l.line[5], &l.line[4], 5 * sizeof(l.line[0]));
	l.n++;
	assert_fault(&l, FA_CHAIN_SEQ, 6);
	log_done(&l);
}

static void
a_line_that_is_cut_is_seen(void **state)
{
	struct log l;
	struct fa_chain c;
	struct fa_str text;

	(void)state;
	log_make(&l, 9);
	text = log_text(&l);
	assert_int_equal(
		fa_chain_check_text(&c, fa_str_sub(text, 0, text.n - 1), NULL,
			NULL, &l.err),
		FA_OK);
	assert_int_equal(c.fault, FA_CHAIN_MALFORMED);
	assert_int_equal(c.fault_line, 9);
	log_done(&l);
}

/* What an anchor knows of the log: root and number of its lines. */
static struct fa_merkle_hash
root_of(struct log *l, size_t n)
{
	struct fa_merkle_hash root;
	struct fa_merkle m;

	fa_merkle_init(&m);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(fa_merkle_add(&m, l->line[i], NULL), FA_OK);
	assert_int_equal(fa_merkle_root(&root, &m, NULL), FA_OK);
	return root;
}

static void
a_log_whose_end_was_cut_off_is_seen_only_by_an_anchor(void **state)
{
	struct log l;

	(void)state;
	log_make(&l, 9);
	l.n = 7;
	assert_int_equal(log_check(&l).fault, FA_CHAIN_WHOLE);
	/* The anchor says nine lines; there are seven. */
	assert_int_not_equal(log_check(&l).seq, 9);
	log_done(&l);
}

static void
a_log_that_was_written_anew_is_seen_only_by_an_anchor(void **state)
{
	struct log l;
	struct fa_merkle_hash before, after;

	(void)state;
	log_make(&l, 9);
	before = root_of(&l, 9);
	l.line[3] = log_replace(&l, l.line[3], "200", "404");
	rehash(&l, 4);
	assert_int_equal(log_check(&l).fault, FA_CHAIN_WHOLE);
	assert_int_equal(log_check(&l).seq, 9);
	after = root_of(&l, 9);
	assert_memory_not_equal(before.at, after.at, sizeof(before.at));
	/* Likewise an edit of the last line. */
	log_done(&l);
	log_make(&l, 9);
	l.line[8] = log_replace(&l, l.line[8], "200", "404");
	assert_int_equal(log_check(&l).fault, FA_CHAIN_WHOLE);
	after = root_of(&l, 9);
	assert_memory_not_equal(before.at, after.at, sizeof(before.at));
	log_done(&l);
}

static void
a_row_whose_kept_digest_is_wrong_is_seen_at_once(void **state)
{
	char digest[FA_HASH_HEX_BYTES];
	struct log l;
	struct fa_chain c;

	(void)state;
	log_make(&l, 2);
	fa_chain_init(&c);
	log_digest(digest, l.line[0]);
	assert_int_equal(
		fa_chain_add_row(NULL, &c, 1, l.line[0], digest, &l.a, &l.err),
		FA_OK);
	assert_int_equal(c.fault, FA_CHAIN_WHOLE);
	assert_int_equal(
		fa_chain_add_row(NULL, &c, 2, l.line[1], digest, &l.a, &l.err),
		FA_OK);
	assert_int_equal(c.fault, FA_CHAIN_DIGEST);
	assert_int_equal(c.fault_line, 2);
	fa_chain_init(&c);
	assert_int_equal(
		fa_chain_add_row(NULL, &c, 2, l.line[0], digest, &l.a, &l.err),
		FA_OK);
	assert_int_equal(c.fault, FA_CHAIN_SEQ);
	log_done(&l);
}

static void
clocks_that_were_set_back_are_counted(void **state)
{
	char prev[FA_HASH_HEX_BYTES] = FA_CUSTODY_ZERO;
	struct log l;

	(void)state;
	log_make(&l, 0);
	for (size_t i = 0; i < 4; i++) {
		struct fa_custody_event e = log_event((int64_t)i + 1, prev);

		if (i == 1)
			e.t_ms -= 5000;
		if (i == 3) {
			e.mono_ns = 1;
			e.host.boot_id = FA_STR("boot-2");
		}
		l.line[l.n++] = log_write(&l, &e);
		log_digest(prev, l.line[i]);
	}
	/* A new boot begins to count anew. */
	assert_int_equal(log_check(&l).back_steps, 1);
	assert_int_equal(log_check(&l).fault, FA_CHAIN_WHOLE);
	log_done(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_log_is_whole),
		cmocka_unit_test(an_edited_line_is_seen_by_the_line_behind_it),
		cmocka_unit_test(every_byte_of_a_line_counts),
		cmocka_unit_test(a_removed_line_is_seen),
		cmocka_unit_test(
			a_removed_line_is_seen_when_the_rest_is_renumbered),
		cmocka_unit_test(swapped_lines_are_seen),
		cmocka_unit_test(an_added_line_is_seen),
		cmocka_unit_test(a_line_that_is_cut_is_seen),
		cmocka_unit_test(
			a_log_whose_end_was_cut_off_is_seen_only_by_an_anchor),
		cmocka_unit_test(
			a_log_that_was_written_anew_is_seen_only_by_an_anchor),
		cmocka_unit_test(
			a_row_whose_kept_digest_is_wrong_is_seen_at_once),
		cmocka_unit_test(clocks_that_were_set_back_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
