/* Joining stores with custody logs. */
#include "fixture_custody_store.h"

#include <sys/stat.h>

static int
see_chain(void *ctx, const struct fa_store_chain *c, struct fa_err *err)
{
	struct fa_store_chain *out = ctx;
	size_t i = 0;

	(void)err;
	while (out[i].head.seq != 0)
		i++;
	assert_true(i < STORES);
	out[i] = *c;
	return FA_OK;
}

static void
joined_logs_stay_chains_of_their_own(void **state)
{
	struct place *x = *state;
	struct fa_store_chain c[STORES] = { { .head.seq = 0 } };
	struct fa_store_head head;
	char first[FA_HASH_HEX_BYTES];
	struct check k;

	fill(x, store(x, 0), 4);
	store(x, 1);
	store(x, 2);
	join(x, 1, 0);
	fill(x, x->s[0], 7);
	/* Again, grown meanwhile, and by way of a third store. */
	join(x, 1, 0);
	join(x, 1, 0);
	join(x, 2, 1);
	OK(x, fa_store_custody_head(&head, x->s[2], &x->log.err));
	assert_int_equal(head.seq, 0);
	OK(x, fa_store_chains(x->s[2], see_chain, c, &x->log.err));
	assert_int_equal(c[0].head.seq, 7);
	assert_int_equal(c[1].head.seq, 0);
	log_digest(first, x->log.line[0]);
	assert_string_equal(c[0].id, first);
	fa_chain_init(&k.c);
	fa_arena_init(&k.a, LOG_ARENA);
	OK(x, fa_store_chain_each(x->s[2], first, check_row, &k, &x->log.err));
	assert_int_equal(k.c.fault, FA_CHAIN_WHOLE);
	assert_string_equal(k.c.head, c[0].head.sha256);
	fa_arena_done(&k.a);
	/* What comes home goes on where it stood. */
	fill(x, store(x, 3), 2);
	join(x, 3, 2);
	OK(x, fa_store_custody_head(&head, x->s[3], &x->log.err));
	assert_int_equal(head.seq, 7);
}

static void
two_logs_from_one_beginning_are_not_joined(void **state)
{
	struct place *x = *state;
	struct fa_custody_event e;
	struct fa_store_head head;

	fill(x, store(x, 0), 4);
	fill(x, store(x, 1), 2);
	store(x, 2);
	OK(x, fa_store_custody_head(&head, x->s[1], &x->log.err));
	e = log_event(3, head.sha256);
	e.op = FA_OP_NOTE;
	OK(x,
		fa_store_custody_append(
			NULL, x->s[1], 3, log_write(&x->log, &e), &x->log.err));
	OK(x, fa_store_commit(x->s[1], &x->log.err));
	join(x, 2, 0);
	assert_int_equal(fa_store_merge(x->s[2], fa_str_c(x->name[1]), &opts,
				 &x->log.err),
		FA_E_INPUT);
	assert_non_null(strstr(x->log.err.msg, "differ at event 3"));
	assert_int_equal(fa_store_merge(x->s[0], fa_str_c(x->name[1]), &opts,
				 &x->log.err),
		FA_E_INPUT);
}

static void
a_log_that_was_tampered_with_is_not_joined(void **state)
{
	struct place *x = *state;

	fill(x, store(x, 0), 4);
	store(x, 1);
	OK(x,
		fa_db_script(&x->s[0]->db,
			"DROP TRIGGER custody_keep; UPDATE custody "
			"SET line = replace(line, '200', '404') WHERE seq = 3",
			&x->log.err));
	OK(x, fa_store_commit(x->s[0], &x->log.err));
	assert_int_equal(fa_store_merge(x->s[1], fa_str_c(x->name[0]), &opts,
				 &x->log.err),
		FA_E_INPUT);
	assert_non_null(strstr(x->log.err.msg, "was changed at event 3"));
}

static void
objects_come_along_with_a_joined_log(void **state)
{
	static const char object[] =
		"objects/ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410f"
		"f61f20015ad";
	struct place *x = *state;
	char path[512];
	struct stat st;
	FILE *f;

	fill(x, store(x, 0), 1);
	store(x, 1);
	(void)snprintf(path, sizeof(path), "%s/objects", x->name[0]);
	assert_int_equal(mkdir(path, 0777), 0);
	(void)snprintf(path, sizeof(path), "%s/objects/ba", x->name[0]);
	assert_int_equal(mkdir(path, 0777), 0);
	(void)snprintf(path, sizeof(path), "%s/%s", x->name[0], object);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs("abc", f) >= 0);
	assert_int_equal(fclose(f), 0);
	(void)snprintf(path, sizeof(path), "%s/objects/stray", x->name[0]);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fclose(f), 0);
	join(x, 1, 0);
	join(x, 1, 0);
	(void)snprintf(path, sizeof(path), "%s/%s", x->name[1], object);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 3);
	(void)snprintf(path, sizeof(path), "%s/objects/stray", x->name[1]);
	assert_int_not_equal(stat(path, &st), 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(joined_logs_stay_chains_of_their_own),
		T(two_logs_from_one_beginning_are_not_joined),
		T(a_log_that_was_tampered_with_is_not_joined),
		T(objects_come_along_with_a_joined_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
