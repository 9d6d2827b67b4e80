/* Sessions: each step and its record in one transaction. */
#include "facecheck/record/internal.h"

#include <openssl/err.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>

#include "facecheck/record/account.h"

#define CIRCUMSTANCES ((uint32_t)(FC_MINOR | FC_REMOTE | FC_LOCKED))
#define ID_BYTES ((FC_SESSION_ID_BYTES - 1) / 2)

static int
new_id(char id[FC_SESSION_ID_BYTES], struct fa_err *err)
{
	unsigned char raw[ID_BYTES];

	if (RAND_bytes(raw, sizeof(raw)) != 1) {
		ERR_clear_error();
		return fa_fail(err, FA_E_IO, "no random numbers to be had");
	}
	for (size_t i = 0; i < sizeof(raw); i++)
		(void)snprintf(id + 2 * i, 3, "%02x", raw[i]);
	return FA_OK;
}

static int
write_begin(struct fc_store *s, const char *id, struct fa_str account,
	uint32_t circumstances, struct fa_err *err)
{
	struct fc_record_row row = { .session = fa_str_c(id),
		.before = FC_S_START,
		.event = FC_RECORD_BEGIN,
		.after = FC_S_START,
		.facts = circumstances };
	char facts[FC_FACTS_BYTES];
	int64_t rc;

	fc_facts_write(facts, circumstances);
	rc = fc_db_run(&s->db, err,
		"INSERT INTO sessions (id, state, tries, facts, since_ms)"
		" VALUES (?1, ?2, 0, ?3, ?4)",
		"zzzi", id, fc_state_name(FC_S_START), facts,
		fa_clock_now(s->clock));
	if (rc >= 0 && account.n > 0)
		rc = fc_db_run(&s->db, err, "INSERT INTO ties VALUES (?1, ?2)",
			"zt", id, account);
	return rc < 0 ? (int)rc : fc_row_add(s, &row, err);
}

int
fc_session_begin(char id[FC_SESSION_ID_BYTES], struct fc_store *s,
	struct fa_str account, uint32_t circumstances, struct fa_err *err)
{
	char fresh[FC_SESSION_ID_BYTES];
	int rc;

	if (circumstances & ~CIRCUMSTANCES)
		return fa_fail(err, FA_E_USAGE,
			"a session cannot begin with facts 0x%x",
			(unsigned)circumstances);
	if (account.n > FC_ACCOUNT_BYTES)
		return fa_fail(err, FA_E_USAGE,
			"the name of the account has %zu bytes, at most %d",
			account.n, FC_ACCOUNT_BYTES);
	rc = new_id(fresh, err);
	if (rc == FA_OK)
		rc = fc_db_begin(&s->db, true, err);
	if (rc < 0)
		return rc;
	rc = fc_db_end(&s->db,
		write_begin(s, fresh, account, circumstances, err), err);
	if (rc == FA_OK)
		memcpy(id, fresh, sizeof(fresh));
	return rc;
}

int
fc_session_get(struct fc_session *out, struct fc_store *s, struct fa_str id,
	struct fa_err *err)
{
	sqlite3_stmt *st;
	uint32_t facts = 0;
	int64_t tries;
	int state;
	int rc = fc_db_query(&st, &s->db, err,
		"SELECT state, tries, facts FROM sessions WHERE id = ?1", "t",
		id);

	if (rc == FA_OK)
		rc = fc_db_step(&s->db, st, err);
	if (rc <= 0)
		return rc;
	state = fc_state_parse(fc_db_text(st, 0));
	tries = sqlite3_column_int64(st, 1);
	if (state < 0 || tries < 0 || tries > UINT8_MAX ||
		!fc_facts_parse(&facts, fc_db_text(st, 2)))
		rc = fa_fail(err, FA_E_INPUT,
			"session %.*s is not one that was written here",
			FA_STR_ARG(id));
	else
		*out = (struct fc_session){ (uint8_t)state, (uint8_t)tries,
			facts };
	fc_db_reset(st);
	return rc;
}

int
fc_session_account(struct fa_str *out, struct fc_store *s, struct fa_str id,
	struct fa_arena *a, struct fa_err *err)
{
	sqlite3_stmt *st;
	struct fa_str account;
	int rc = fc_db_query(&st, &s->db, err,
		"SELECT account FROM ties WHERE session = ?1", "t", id);

	if (rc == FA_OK)
		rc = fc_db_step(&s->db, st, err);
	if (rc <= 0)
		return rc;
	account = fa_arena_dup(a, fc_db_text(st, 0));
	fc_db_reset(st);
	if (!account.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for an account");
	*out = account;
	return 1;
}

/* What the row of the table says is to be deleted of the account. */
static int
erase_for(struct fc_store *s, const struct fc_row *r, struct fa_str id,
	struct fa_err *err)
{
	bool all = (r->set & FC_CLOSED) != 0;
	struct fa_str account;
	struct fa_arena a;
	int rc;

	if (!all && !(r->clear & FC_STORED))
		return FA_OK;
	fa_arena_init(&a, 16u * FC_ACCOUNT_BYTES);
	rc = fc_session_account(&account, s, id, &a, err);
	if (rc == 1)
		rc = fc_people_erase(s, account, !all, err);
	fa_arena_done(&a);
	return rc < 0 ? rc : FA_OK;
}

static int
write_step(struct fc_store *s, const struct fc_record_row *row,
	const struct fc_session *next, struct fa_err *err)
{
	char facts[FC_FACTS_BYTES];
	int64_t rc;

	fc_facts_write(facts, next->facts);
	rc = fc_db_run(&s->db, err,
		"UPDATE sessions SET state = ?2, tries = ?3, facts = ?4,"
		/* A code counts where it was sent. */
		" code = CASE WHEN state = ?2 THEN code END,"
		" since_ms = CASE WHEN state = ?2 THEN since_ms ELSE ?5 END"
		" WHERE id = ?1",
		"tzizi", row->session, fc_state_name(next->state),
		(int64_t)next->tries, facts, fa_clock_now(s->clock));
	return rc < 0 ? (int)rc : fc_row_add(s, row, err);
}

/* 1: done, to be committed; 0: the event changes nothing. */
static int
step(struct fc_session *out, struct fc_store *s, const struct fc_table *t,
	struct fa_str id, enum fc_event e, const struct fc_record_row *besides,
	struct fa_err *err)
{
	struct fc_record_row row = { .seq = 0 };
	struct fc_session now, next;
	int rc = fc_session_get(&now, s, id, err);

	if (rc == 0)
		return fa_fail(err, FA_E_NOTFOUND, "there is no session %.*s",
			FA_STR_ARG(id));
	if (rc < 0)
		return rc;
	if (!fc_step(&next, t, now, e))
		return 0;
	if (besides)
		row = *besides;
	row.session = id;
	row.before = now.state;
	row.event = (uint8_t)e;
	row.after = next.state;
	row.facts = next.facts;
	rc = write_step(s, &row, &next, err);
	if (rc == FA_OK)
		rc = erase_for(s, fc_row_for(t, now, e), id, err);
	if (rc < 0)
		return rc;
	*out = next;
	return 1;
}

int
fc_session_step(struct fc_session *out, struct fc_store *s,
	const struct fc_table *t, struct fa_str id, enum fc_event e,
	const struct fc_record_row *row, struct fa_err *err)
{
	struct fc_session next = { 0, 0, 0 };
	int rc = fc_db_begin(&s->db, true, err);

	if (rc < 0)
		return rc;
	rc = fc_store_settle(s, step(&next, s, t, id, e, row, err), err);
	if (rc == 1)
		*out = next;
	return rc;
}

struct waiting {
	char id[FC_SESSION_ID_BYTES];
	int64_t since_ms;
};

/* How many there are, in list. */
static int
list_waiting(struct waiting *list, struct fc_store *s, enum fc_state state,
	int64_t before_ms, struct fa_err *err)
{
	sqlite3_stmt *st;
	int n = 0;
	int rc = fc_db_query(&st, &s->db, err,
		"SELECT id, since_ms FROM sessions WHERE state = ?1"
		" AND since_ms < ?2 ORDER BY since_ms, id LIMIT ?3",
		"zii", fc_state_name((uint8_t)state), before_ms,
		(int64_t)FC_SESSION_WAITING);

	while (rc == FA_OK && (rc = fc_db_step(&s->db, st, err)) == 1) {
		(void)snprintf(list[n].id, sizeof(list[n].id), "%.*s",
			FA_STR_ARG(fc_db_text(st, 0)));
		list[n++].since_ms = sqlite3_column_int64(st, 1);
		rc = FA_OK;
	}
	return rc < 0 ? rc : n;
}

int
fc_session_waiting(struct fc_store *s, enum fc_state state, int64_t before_ms,
	int (*fn)(void *ctx, struct fa_str id, int64_t since_ms,
		struct fa_err *err),
	void *ctx, struct fa_err *err)
{
	struct waiting *list;
	struct fa_arena a;
	int n, rc = FA_OK;

	fa_arena_init(&a, 2u * FC_SESSION_WAITING * sizeof(*list));
	list = fa_arena_new(&a, FC_SESSION_WAITING, sizeof(*list));
	n = list ? list_waiting(list, s, state, before_ms, err)
		 : fa_fail(err, FA_E_NOMEM, "no memory for sessions");
	if (n < 0)
		rc = n;
	for (int i = 0; i < n && rc == FA_OK; i++)
		rc = fn(ctx, fa_str_c(list[i].id), list[i].since_ms, err);
	fa_arena_done(&a);
	return rc;
}

int
fc_session_count(int64_t *n, struct fc_store *s, enum fc_state state,
	int64_t before_ms, struct fa_err *err)
{
	int rc = fc_db_number(n, &s->db, err,
		"SELECT count(*) FROM sessions WHERE state = ?1"
		" AND since_ms < ?2",
		"zi", fc_state_name((uint8_t)state), before_ms);

	return rc < 0 ? rc : FA_OK;
}

int
fc_session_since(int64_t *since_ms, struct fc_store *s, struct fa_str id,
	struct fa_err *err)
{
	return fc_db_number(since_ms, &s->db, err,
		"SELECT since_ms FROM sessions WHERE id = ?1", "t", id);
}

static int64_t
forget(struct fc_store *s, int64_t before_ms, struct fa_err *err)
{
	int64_t n = fc_db_run(&s->db, err,
		"DELETE FROM sessions WHERE state IN (?1, ?2, ?3)"
		" AND since_ms < ?4",
		"zzzi", fc_state_name(FC_S_DONE), fc_state_name(FC_S_REFUSED),
		fc_state_name(FC_S_LEFT), before_ms);
	int rc = n > 0 ? fc_people_untie(s, err) : FA_OK;

	return rc < 0 ? rc : n;
}

int
fc_session_forget(struct fc_store *s, int64_t before_ms, struct fa_err *err)
{
	int64_t n;
	int rc = fc_db_begin(&s->db, true, err);

	if (rc < 0)
		return rc;
	n = forget(s, before_ms, err);
	if (n > INT32_MAX)
		n = INT32_MAX;
	return fc_store_settle(s, (int)n, err);
}
