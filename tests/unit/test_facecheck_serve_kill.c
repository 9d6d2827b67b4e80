/* The service killed in the middle of whatever it does. */
#include "fixture_facecheck_http.h"

/* Ways through all states of the machine. Of each, a number of requests is
 * answered, and the next one not waited for: the process is killed while it may
 * be at work on it. */
struct request {
	const char *path, *fields;
};
#define STEPS 9
#define ROUNDS 4

static const struct way {
	const char *case_name;      /* or NULL */
	unsigned consent;           /* is given by this request, the first 0 */
	struct request step[STEPS]; /* as many as have a path */
} ways[] = {
	{ NULL, 3,
		{ { "/begin", "age=adult" }, { "/act", "event=show" },
			{ "/choose", "method=face" }, { "/act", "event=yes" },
			{ "/face", "who=self" }, { "/withdraw", "" },
			{ "/close", "" } } },
	{ "authority", 3,
		{ { "/begin", "age=child" }, { "/act", "event=show" },
			{ "/choose", "method=face" }, { "/act", "event=yes" },
			{ "/guardian", "say=send&phone=13800138000" },
			{ "/guardian", "say=yes&code=123456" },
			{ "/act", "event=send-yes" }, { "/face", "who=other" },
			{ "/choose", "method=face" } } },
	{ NULL, STEPS,
		{ { "/begin", "age=adult" }, { "/act", "event=show" },
			{ "/choose", "method=sms" },
			{ "/answer", "method=sms&code=1" },
			{ "/choose", "method=human" }, { "/desk", "say=no" },
			{ "/withdraw", "" } } },
	{ NULL, STEPS,
		{ { "/begin", "age=adult" }, { "/act", "event=show" },
			{ "/choose", "method=face" }, { "/act", "event=no" },
			{ "/act", "event=quit" }, { "/act", "event=face" } } },
};

/* The last record of a service that runs. */
struct head {
	int64_t seq;
	char sha256[FA_HASH_HEX_BYTES];
};

static struct head
head_of(struct served *s)
{
	struct head h = { .seq = 0 };
	struct fc_store *store;
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/facecheck.db", s->r.dir);
	rig_ok(&s->r, fc_store_read(&store, fa_str_c(path), &s->r.err));
	rig_ok(&s->r, fc_record_head(store, &h.seq, h.sha256, &s->r.err));
	fc_store_close(store);
	return h;
}

/* Of the first row only: 1 when it has the digest. */
static int
is_it(void *ctx, const struct fc_record_row *r, const char *sha256,
	struct fa_err *e)
{
	const struct head *h = ctx;

	(void)e;
	return r->seq == h->seq && strcmp(sha256, h->sha256) == 0 ? 1 : -1;
}

static void
check_after_kill(struct served *s, const struct way *w, size_t answered,
	struct head *before, uint32_t *states)
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
	/* What was answered is. */
	assert_true(rows >= before->seq);
	if (before->seq > 0)
		assert_int_equal(fc_record_each(store, before->seq, is_it,
					 before, &s->r.err),
			1);
	if (answered > 0) {
		rc = fc_session_get(
			&ses, store, fa_str_c(s->r.session), &s->r.err);
		assert_int_equal(rc, 1);
		/* What was not said is not on record. */
		if (answered < w->consent)
			assert_false(ses.facts & FC_CONSENT);
		*states |= 1u << ses.state;
		if (ses.facts & FC_PROCESSED)
			assert_true(ses.facts & FC_RECORDED);
	}
	fc_store_close(store);
}

/* Killed before the step last, then in it, further into the work with each
 * round. */
static void
live_and_die(const struct way *w, size_t last, unsigned round, uint32_t *states)
{
	struct head before;
	int fd;

	memset(&sv, 0, sizeof(sv));
	rig_dir_only(&sv.r, w->case_name);
	serve(&sv);
	assert_int_equal(get(&sv, "/phone"), 200);
	for (size_t i = 0; i < last; i++)
		post(&sv, w->step[i].path, w->step[i].fields);
	before = head_of(&sv);
	fd = round ? post_begin(&sv, w->step[last].path, w->step[last].fields)
		   : dial(&sv);
	for (unsigned i = 1; i < round * 20000; i++)
		(void)getppid();
	end(&sv, true);
	(void)close(fd);
	check_after_kill(&sv, w, last, &before, states);
	assert_false(rig_face_on_disk(&sv.r));
	/* And it goes on from there. */
	serve(&sv);
	assert_int_equal(get(&sv, "/verify"), last == 0 ? 303 : 200);
	end(&sv, false);
	assert_false(rig_face_on_disk(&sv.r));
	rig_stop(&sv.r);
}

static void
killed_in_any_state_nothing_is_invented_lost_or_left(void **state)
{
	uint32_t states = 0;

	(void)state;
	for (size_t i = 0; i < FA_COUNT(ways); i++)
		for (size_t k = 0; k < STEPS && ways[i].step[k].path; k++)
			for (unsigned round = 0; round < ROUNDS; round++)
				live_and_die(&ways[i], k, round, &states);
	/* LIVE and MATCH are left before a request is answered: whether one of
	 * them is met is chance. */
	for (unsigned s = 0; s < FC_S_COUNT; s++)
		if (!(states & 1u << s) && s != FC_S_LIVE && s != FC_S_MATCH)
			fail_msg("never killed in %s",
				fc_state_name((uint8_t)s));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			killed_in_any_state_nothing_is_invented_lost_or_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
