/* The service killed in the middle of whatever it does. */
#include "fixture_facecheck_http.h"

/* Each way is a number of requests that are answered, and one that is not
 * waited for: the process is killed while it may be at work on it. */
static const struct {
	const char *path, *fields;
} way[] = {
	{ "/begin", "age=adult" },
	{ "/act", "event=show" },
	{ "/choose", "method=face" },
	{ "/act", "event=yes" },
	{ "/face", "who=self" },
	{ "/withdraw", "" },
};

static void
check_after_kill(struct served *s, size_t answered)
{
	struct fc_table t;
	struct fc_store *store;
	struct fc_session ses = { 0 };
	int64_t rows = 0, sessions = 0;
	char path[128];
	int rc;

	fc_table_init(&t);
	(void)snprintf(path, sizeof(path), "%s/facecheck.db", s->r.dir);
	rig_ok(&s->r,
		fc_store_open(
			&store, fa_str_c(path), fa_clock_system(), &s->r.err));
	rig_ok(&s->r, fc_record_verify(store, &rows, &s->r.err));
	rig_ok(&s->r, fc_record_replay(store, &t, &sessions, &s->r.err));
	if (answered > 0) {
		rc = fc_session_get(
			&ses, store, fa_str_c(s->r.session), &s->r.err);
		assert_int_equal(rc, 1);
		/* What was answered is on record; what was not said is not. */
		assert_true(rows >= (int64_t)answered);
		if (answered < 3)
			assert_false(ses.facts & FC_CONSENT);
		if (ses.facts & FC_PROCESSED)
			assert_true(ses.facts & FC_RECORDED);
	}
	fc_store_close(store);
}

static void
killed_at_any_moment_nothing_is_invented_lost_or_left(void **state)
{
	(void)state;
	for (size_t last = 0; last < FA_COUNT(way); last++)
		for (unsigned round = 0; round < 3; round++) {
			int fd;

			memset(&sv, 0, sizeof(sv));
			rig_dir_only(&sv.r, NULL);
			serve(&sv);
			assert_int_equal(get(&sv, "/phone"), 200);
			for (size_t i = 0; i < last; i++)
				post(&sv, way[i].path, way[i].fields);
			if (last == 5)
				assert_int_equal(get(&sv, "/withdraw"), 200);
			fd = post_begin(&sv, way[last].path, way[last].fields);
			/* Further into the work with each round. */
			for (unsigned i = 0; i < round * 20000; i++)
				(void)getppid();
			end(&sv, true);
			(void)close(fd);
			check_after_kill(&sv, last);
			/* And it goes on from there. */
			serve(&sv);
			assert_int_equal(
				get(&sv, "/verify"), last == 0 ? 303 : 200);
			end(&sv, false);
			if (last > 0)
				assert_false(rig_face_on_disk(&sv.r));
			rig_stop(&sv.r);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			killed_at_any_moment_nothing_is_invented_lost_or_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
