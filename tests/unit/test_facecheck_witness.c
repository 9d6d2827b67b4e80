/* The witness of the service: its eyes, and its judgement with a matcher of the
 * tests, sanitized too. With the bundled matcher and in a network of its own:
 * tests/facecheck/prove-service. */
#include "fixture_facecheck_serve.h"

#include <sys/stat.h>

#include "facecheck/serve/witness_parts.h"

#define PIECE "0123456789abcdefghijklmnopqrstuvwxyzABCD"

struct scene {
	char dir[64];
	struct fa_arena a;
	struct fc_traces t;
	struct fc_looked seen;
	struct fa_err err;
};

static void
begin(struct scene *s)
{
	memset(s, 0, sizeof(*s));
	fa_arena_init(&s->a, 1u << 20);
	(void)snprintf(s->dir, sizeof(s->dir), "/tmp/facecheck-look-XXXXXX");
	assert_non_null(mkdtemp(s->dir));
	assert_int_equal(fc_trace_add(&s->t, FC_TRACE_PICTURE, FA_STR(PIECE),
				 &s->a, &s->err),
		FA_OK);
	assert_int_equal(fc_trace_add(&s->t, FC_TRACE_SCORE, FA_STR("4711"),
				 &s->a, &s->err),
		FA_OK);
}

static void
put(struct scene *s, const char *name, const char *text)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/%s", s->dir, name);
	assert_int_equal(
		fa_file_replace(fa_str_c(path), fa_str_c(text), &s->err),
		FA_OK);
}

static void
look(struct scene *s)
{
	if (fc_traces_scan(&s->seen, s->dir, &s->t, &s->err) < 0)
		fail_msg("%s", s->err.msg);
}

static void
end(struct scene *s)
{
	struct stat st;

	fc_traces_sweep(s->dir);
	assert_int_equal(stat(s->dir, &st), -1);
	fa_arena_done(&s->a);
}

static void
a_piece_is_found_wherever_it_lies(void **state)
{
	static const char *const names[] = { "facecheck.db", "facecheck.db-wal",
		"x", ".hidden", "deep/.er/x" };
	struct scene s;
	char path[128];

	(void)state;
	for (size_t i = 0; i < FA_COUNT(names); i++) {
		begin(&s);
		(void)snprintf(path, sizeof(path), "%s/deep", s.dir);
		assert_int_equal(mkdir(path, 0700), 0);
		(void)snprintf(path, sizeof(path), "%s/deep/.er", s.dir);
		assert_int_equal(mkdir(path, 0700), 0);
		put(&s, names[i], "before" PIECE "behind");
		look(&s);
		assert_int_equal(s.seen.hits[FC_TRACE_PICTURE], 1);
		assert_non_null(strstr(names[i], s.seen.where[0]));
		end(&s);
	}
}

static void
all_but_files_of_the_records_are_strangers(void **state)
{
	struct scene s;
	char path[128];

	(void)state;
	begin(&s);
	put(&s, "facecheck.db", "");
	put(&s, "facecheck.db-wal", "");
	put(&s, "facecheck.db-shm", "");
	look(&s);
	assert_int_equal(s.seen.files, 3);
	assert_int_equal(s.seen.strangers, 0);
	(void)snprintf(path, sizeof(path), "%s/facecheck.db-journal", s.dir);
	assert_int_equal(symlink("/dev/null", path), 0);
	look(&s);
	assert_int_equal(s.seen.strangers, 1);
	put(&s, "facecheck.db2", "");
	look(&s);
	assert_int_equal(s.seen.strangers, 2);
	end(&s);
}

static void
a_score_is_a_number_that_stands_alone(void **state)
{
	struct scene s;

	(void)state;
	begin(&s);
	put(&s, "facecheck.db", "a4711b 47110 14711 4711f");
	look(&s);
	assert_int_equal(s.seen.hits[FC_TRACE_SCORE], 0);
	put(&s, "facecheck.db", "14711 score 4711");
	look(&s);
	assert_int_equal(s.seen.hits[FC_TRACE_SCORE], 1);
	end(&s);
}

static void
what_is_too_plain_is_not_looked_for(void **state)
{
	struct scene s;

	(void)state;
	begin(&s);
	assert_int_equal(fc_trace_add(&s.t, FC_TRACE_TEMPLATE,
				 FA_STR("aaaaabbbbbccccc"), &s.a, &s.err),
		FA_OK);
	assert_int_equal(s.t.of[FC_TRACE_TEMPLATE], 0);
	assert_int_equal(s.t.of[FC_TRACE_PICTURE], 1);
	end(&s);
}

static enum fc_witnessed
result(const struct fc_witness_report *r, const char *name)
{
	for (size_t i = 0; i < FC_WITNESS_CHECKS; i++)
		if (strcmp(r->check[i].name, name) == 0)
			return r->check[i].result;
	fail_msg("no check '%s'", name);
	return FC_WITNESS_UNPROVEN;
}

static struct fc_witness_report
watch(const char *case_name)
{
	static const struct rig_matcher yes = { FC_SAYS_YES, FC_SAYS_YES,
		FC_SAYS_YES };
	const int64_t now_ms = INT64_C(1795312800000);
	struct fc_witness_opts o = { .case_name = fa_str_c(case_name),
		.plugin = &rig_plugin,
		.model = &yes,
		.require = RIG_LEVEL,
		.clock = fa_clock_fixed(&now_ms),
		.seed = 7 };
	struct fc_witness_report r;
	struct fa_err err;

	if (fc_witness_run(&r, &o, &err) < 0)
		fail_msg("%s", err.msg);
	return r;
}

/* All but the network, which this user may not have. */
static void
all_holds(const char *case_name)
{
	struct fc_witness_report r = watch(case_name);

	for (size_t i = 0; i < FC_WITNESS_CHECKS; i++)
		if (r.check[i].result != FC_WITNESS_HOLDS &&
			strcmp(r.check[i].name, "network") != 0)
			fail_msg("%s: %s: %s", case_name ? case_name : "-",
				r.check[i].name, r.check[i].note);
	assert_int_not_equal(result(&r, "network"), FC_WITNESS_FAILS);
}

static void
the_reference_and_what_is_lawful_hold(void **state)
{
	(void)state;
	all_holds(NULL);
	all_holds("authority");
	all_holds("unticked-box");
	all_holds("slow");
}

static void
each_case_of_data_fails_where_it_should(void **state)
{
	static const struct {
		const char *name, *check;
	} cases[] = { { "stores-picture", "pictures" },
		{ "stores-template", "templates" },
		{ "soft-delete", "deletion" }, { "deletion-lies", "deletion" },
		{ "no-record", "record" }, { "record-erased", "kept" },
		{ "score-in-log", "scores" } };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(cases); i++) {
		struct fc_witness_report r = watch(cases[i].name);

		if (result(&r, cases[i].check) != FC_WITNESS_FAILS)
			fail_msg("%s is not found", cases[i].name);
	}
}

static void
faults_of_the_flow_show_in_the_records(void **state)
{
	struct fc_witness_report r = watch("bundled");

	(void)state;
	assert_int_equal(result(&r, "replay"), FC_WITNESS_FAILS);
	assert_int_equal(result(&r, "pictures"), FC_WITNESS_HOLDS);
	r = watch("no-withdrawal");
	assert_int_equal(result(&r, "rights"), FC_WITNESS_FAILS);
}

static void
an_unknown_case_is_a_failure_not_a_finding(void **state)
{
	struct fc_witness_opts o = { .case_name = FA_STR("nothing"),
		.plugin = &rig_plugin,
		.clock = fa_clock_system() };
	struct fc_witness_report r;
	static const struct rig_matcher yes = { FC_SAYS_YES, FC_SAYS_YES,
		FC_SAYS_YES };
	struct fa_err err;

	(void)state;
	o.model = &yes;
	assert_int_equal(fc_witness_run(&r, &o, &err), FA_E_NOTFOUND);
	assert_non_null(strstr(err.msg, "nothing"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_piece_is_found_wherever_it_lies),
		cmocka_unit_test(all_but_files_of_the_records_are_strangers),
		cmocka_unit_test(a_score_is_a_number_that_stands_alone),
		cmocka_unit_test(what_is_too_plain_is_not_looked_for),
		cmocka_unit_test(the_reference_and_what_is_lawful_hold),
		cmocka_unit_test(each_case_of_data_fails_where_it_should),
		cmocka_unit_test(faults_of_the_flow_show_in_the_records),
		cmocka_unit_test(an_unknown_case_is_a_failure_not_a_finding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
