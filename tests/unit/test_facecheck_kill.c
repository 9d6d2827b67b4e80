/* A service is killed at random moments, again and again, on one store. What
 * it was told to be written is there, nothing is there that nobody did, and
 * what it was told to be erased is in no file, before anything is put in order
 * and after. FC_KILLS sets how often (default 40). */
#include "unit/fixture_record.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "base/num.h"

#define KILLS 40
#define PEOPLE 400 /* of one life of the service */
#define EVENTS 14  /* of one session, at most */
#define TEXT_BYTES 40

enum done { DONE_OPEN, DONE_PUT, DONE_BEGIN, DONE_STEP, DONE_ERASE };

/* What the service says once it is written; one write, so whole or not. */
struct ack {
	uint8_t done, event;
	int16_t person;
	char id[FC_SESSION_ID_BYTES];
};

struct person {
	char id[FC_SESSION_ID_BYTES];
	uint8_t events[EVENTS + 1]; /* said to be recorded */
	int events_n;
	bool put, face_gone, all_gone;
	uint8_t recorded[EVENTS + 2]; /* found in the records */
	int recorded_n;
};

struct trial {
	struct record_rig *r;
	struct person people[PEOPLE];
	int life, acks;
	unsigned seed;
	long seen, gone, withdrawn,
		unsaid; /* over all lives: that the test tests */
	int64_t rows;
};

static unsigned
draw(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 8;
}

static struct fa_str
text_of(char out[TEXT_BYTES], const char *what, int life, int person)
{
	(void)snprintf(out, TEXT_BYTES, "%s-%05d-%05d.", what, life, person);
	return fa_str_c(out);
}

static void
say(int fd, enum done done, int person, const char *id, int event)
{
	struct ack a = { .done = (uint8_t)done,
		.event = (uint8_t)event,
		.person = (int16_t)person };

	(void)snprintf(a.id, sizeof(a.id), "%s", id);
	if (write(fd, &a, sizeof(a)) != (ssize_t)sizeof(a))
		_exit(3);
}

static void
must(int ok, const struct fa_err *err)
{
	if (ok)
		return;
	(void)dprintf(2, "# service: %s\n", err->msg);
	_exit(4);
}

/* An event that changes something, or -1; mostly on the way to a face. */
static int
some_event(unsigned *seed, const struct fc_table *t, struct fc_session s)
{
	static const uint8_t likely[] = { FC_E_SHOW, FC_E_FACE, FC_E_YES,
		FC_E_IMAGE, FC_E_LIVE_YES, FC_E_WITHDRAW };
	struct fc_session next;
	int from = (int)(draw(seed) % FC_E_COUNT);

	for (size_t i = draw(seed) % 4; i < FA_COUNT(likely); i++)
		if (fc_step(&next, t, s, (enum fc_event)likely[i]))
			return likely[i];
	/* Not so often that a withdrawal before it could not be seen. */
	if (draw(seed) % 6 == 0 && fc_step(&next, t, s, FC_E_CLOSE))
		return FC_E_CLOSE;
	for (int i = 0; i < FC_E_COUNT; i++) {
		int e = (from + i) % FC_E_COUNT;

		if (e != FC_E_CLOSE && fc_step(&next, t, s, (enum fc_event)e))
			return e;
	}
	return -1;
}

static void
serve_person(struct record_rig *r, int fd, int life, int person, unsigned *seed)
{
	char account[TEXT_BYTES], face[TEXT_BYTES], phone[TEXT_BYTES];
	char id[FC_SESSION_ID_BYTES];
	struct fa_str who = text_of(account, "account", life, person);
	struct fc_session s = { FC_S_START, 0, 0 };
	int rc;

	rc = fc_account_put(r->s, who, FA_STR("face"),
		text_of(face, "face", life, person), true, &r->err);
	must(rc == FA_OK, &r->err);
	rc = fc_account_put(r->s, who, FA_STR("phone"),
		text_of(phone, "phone", life, person), false, &r->err);
	must(rc == FA_OK, &r->err);
	say(fd, DONE_PUT, person, "", 0);
	rc = fc_session_begin(id, r->s, who, 0, &r->err);
	must(rc == FA_OK, &r->err);
	say(fd, DONE_BEGIN, person, id, 0);
	for (int i = 0; i < EVENTS; i++) {
		int e = some_event(seed, &r->t, s);

		if (e < 0)
			break;
		rc = fc_session_step(&s, r->s, &r->t, fa_str_c(id),
			(enum fc_event)e, NULL, &r->err);
		must(rc == 1, &r->err);
		say(fd, DONE_STEP, person, "", e);
	}
	if (draw(seed) % 3 == 0) {
		rc = fc_account_erase(r->s, who, &r->err);
		must(rc >= 0, &r->err);
		say(fd, DONE_ERASE, person, "", 0);
	}
}

static void
serve(struct record_rig *r, int fd, int life, unsigned seed)
{
	must(record_open(r) == FA_OK, &r->err);
	say(fd, DONE_OPEN, 0, "", 0);
	for (int person = 0; person < PEOPLE; person++)
		serve_person(r, fd, life, person, &seed);
	_exit(0);
}

static void
note(struct trial *t, const struct ack *a)
{
	struct person *p = &t->people[a->person];

	switch (a->done) {
	case DONE_PUT:
		p->put = true;
		break;
	case DONE_BEGIN:
		memcpy(p->id, a->id, sizeof(p->id));
		break;
	case DONE_STEP:
		assert_true(p->events_n <= EVENTS);
		p->events[p->events_n++] = a->event;
		p->face_gone |=
			a->event == FC_E_WITHDRAW || a->event == FC_E_CLOSE;
		p->all_gone |= a->event == FC_E_CLOSE;
		break;
	case DONE_ERASE:
		p->face_gone = p->all_gone = true;
		break;
	default:
		break;
	}
	t->acks++;
}

/* Lives until it has said something a few times, and a little longer. */
static void
live_and_die(struct trial *t)
{
	unsigned seed = draw(&t->seed);
	int wanted = (int)(draw(&t->seed) % 40);
	struct timespec more = { 0, (long)(draw(&t->seed) % 4000) * 1000 };
	struct ack a;
	int fd[2], status;
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)close(fd[0]);
		serve(t->r, fd[1], t->life, seed);
	}
	(void)close(fd[1]);
	for (int i = 0; i < wanted; i++) {
		assert_int_equal(read(fd[0], &a, sizeof(a)), sizeof(a));
		note(t, &a);
	}
	/* Not to wait for anything: any moment is a good one to be killed. */
	(void)nanosleep(&more, NULL);
	assert_int_equal(kill(pid, SIGKILL), 0);
	while (read(fd[0], &a, sizeof(a)) == (ssize_t)sizeof(a))
		note(t, &a);
	(void)close(fd[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

/* How many of a person's things are in files; fails when one is that was
 * erased. */
static void
search_for(struct trial *t, int person, int found[3])
{
	static const char *const what[] = { "face", "phone", "account" };
	const struct person *p = &t->people[person];
	char text[TEXT_BYTES];

	for (int i = 0; i < 3; i++) {
		found[i] = record_search(
			t->r->dir, text_of(text, what[i], t->life, person));
		if (found[i] && (i == 0 ? p->face_gone : p->all_gone))
			fail_msg("life %d: the %s of %d is still there",
				t->life, what[i], person);
	}
}

static void
search_all(struct trial *t)
{
	int found[3];

	for (int i = 0; i < PEOPLE && (i == 0 || t->people[i - 1].put); i++)
		search_for(t, i, found);
}

/* The control: what was not erased is found by the same search, but for one
 * person at most, whose erasing happened and was not said any more; then
 * nothing is left. */
static void
search_after(struct trial *t)
{
	int found[3], unsaid = 0;

	for (int i = 0; i < PEOPLE && t->people[i].put; i++) {
		const struct person *p = &t->people[i];

		search_for(t, i, found);
		t->seen += found[0] > 0;
		t->gone += p->face_gone;
		t->withdrawn += p->face_gone && !p->all_gone;
		if (p->all_gone)
			continue;
		if (!found[1] && !found[2]) {
			assert_int_equal(found[0], 0);
			unsaid++;
			continue;
		}
		assert_true(found[1] > 0);
		assert_int_equal(found[0] > 0, !p->face_gone);
	}
	assert_true(unsaid <= 1);
}

static int
take(void *ctx, const struct fc_record_row *row, const char *sha256,
	struct fa_err *err)
{
	struct trial *t = ctx;

	(void)sha256;
	(void)err;
	for (int i = 0; i < PEOPLE; i++) {
		struct person *p = &t->people[i];

		if (!fa_str_eq(row->session, fa_str_c(p->id)))
			continue;
		if (row->event == FC_RECORD_BEGIN)
			return 0;
		assert_true(p->recorded_n <= EVENTS);
		p->recorded[p->recorded_n++] = row->event;
		return 0;
	}
	/* Of the last session, which had no time to say that it began. */
	assert_int_equal(row->event, FC_RECORD_BEGIN);
	t->unsaid++;
	return 0;
}

/* What was said is recorded in its order; at most one thing more is, which
 * happened and could not be said any more. */
static void
compare(struct trial *t)
{
	long unsaid = t->unsaid;
	int64_t rows = 0;

	assert_int_equal(
		fc_record_each(t->r->s, t->rows + 1, take, t, &t->r->err),
		FA_OK);
	for (int i = 0; i < PEOPLE; i++) {
		struct person *p = &t->people[i];

		assert_true(p->recorded_n >= p->events_n);
		assert_memory_equal(
			p->recorded, p->events, (size_t)p->events_n);
		t->unsaid += p->recorded_n - p->events_n;
		for (int k = p->events_n; k < p->recorded_n; k++) {
			p->face_gone |= p->recorded[k] == FC_E_WITHDRAW ||
				p->recorded[k] == FC_E_CLOSE;
			p->all_gone |= p->recorded[k] == FC_E_CLOSE;
		}
	}
	assert_true(t->unsaid - unsaid <= 1);
	assert_int_equal(fc_record_verify(t->r->s, &rows, &t->r->err), FA_OK);
	assert_true(rows >= t->rows);
	t->rows = rows;
}

static void
check_life(struct trial *t)
{
	int64_t n;

	search_all(t);
	if (record_open(t->r) != FA_OK)
		fail_msg("life %d: %s", t->life, t->r->err.msg);
	if (fc_record_replay(t->r->s, &t->r->t, &n, &t->r->err) != FA_OK)
		fail_msg("life %d: %s", t->life, t->r->err.msg);
	compare(t);
	search_after(t);
	record_close(t->r);
}

static int
kills(void)
{
	uint64_t n = KILLS;
	const char *text = getenv("FC_KILLS");

	if (text && !fa_num_u64(fa_str_c(text), 1000000, &n))
		fail_msg("FC_KILLS is no number: %s", text);
	return (int)n;
}

static void
a_service_that_is_killed_loses_and_invents_nothing(void **state)
{
	static struct trial t;
	int n = kills();

	t.r = *state;
	t.seed = 20250601;
	record_close(t.r);
	for (t.life = 0; t.life < n; t.life++) {
		memset(t.people, 0, sizeof(t.people));
		live_and_die(&t);
		check_life(&t);
	}
	print_message("# %d kills, %d said, %ld of it unsaid, %lld records, "
		      "%ld erased, %ld of them by withdrawal\n",
		n, t.acks, t.unsaid, (long long)t.rows, t.gone, t.withdrawn);
	assert_true(t.seen > 0);
	assert_true(t.gone > 0);
	assert_true(t.withdrawn > 0);
	assert_true(t.rows > n);
}

/* Killed while the file is being made. */
static void
a_store_that_was_killed_at_birth_can_be_opened(void **state)
{
	struct record_rig *r = *state;
	unsigned seed = 7;
	char path[120];
	int64_t rows;

	record_close(r);
	for (int i = 0; i < kills(); i++) {
		struct timespec t = { 0, (long)(draw(&seed) % 12000) * 1000 };
		int status;
		pid_t pid;

		(void)snprintf(path, sizeof(path), "%s/%d", r->dir, i);
		memcpy(r->path, path, sizeof(r->path));
		pid = fork();
		assert_true(pid >= 0);
		if (pid == 0)
			_exit(record_open(r) == FA_OK ? 0 : 5);
		(void)nanosleep(&t, NULL);
		(void)kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_false(WIFEXITED(status) && WEXITSTATUS(status) != 0);
		if (record_open(r) != FA_OK)
			fail_msg("birth %d: %s", i, r->err.msg);
		assert_int_equal(fc_record_verify(r->s, &rows, &r->err), FA_OK);
		record_close(r);
	}
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, record_setup, record_teardown)
	const struct CMUnitTest tests[] = {
		T(a_service_that_is_killed_loses_and_invents_nothing),
		T(a_store_that_was_killed_at_birth_can_be_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
