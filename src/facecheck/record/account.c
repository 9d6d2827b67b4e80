#include "facecheck/record/account.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "facecheck/record/internal.h"

#define NUMBER_BYTES 48 /* of one or two numbers as text */

static int
check_names(struct fa_str account, struct fa_str name, struct fa_err *err)
{
	if (account.n > 0 && account.n <= FC_ACCOUNT_BYTES && name.n > 0 &&
		name.n <= FC_ACCOUNT_BYTES)
		return FA_OK;
	return fa_fail(err, FA_E_USAGE,
		"names of %zu and %zu bytes for an account and a value, "
		"expected 1 to %d",
		account.n, name.n, FC_ACCOUNT_BYTES);
}

/* Within a transaction; nothing is erased when the value is the same. */
static int
put(struct fc_store *s, struct fa_str account, struct fa_str name,
	struct fa_str value, bool biometric, struct fa_err *err)
{
	int64_t same = 0;
	int64_t rc = fc_db_number(&same, &s->db, err,
		"SELECT value IS ?3 AND biometric = ?4 FROM items"
		" WHERE account = ?1 AND name = ?2",
		"ttbi", account, name, value, (int64_t)biometric);

	if (rc < 0 || same)
		return rc < 0 ? (int)rc : FA_OK;
	rc = fc_people_drop(s, account, name, err);
	if (rc >= 0)
		rc = fc_db_run(&s->db, err,
			"INSERT INTO items VALUES (?1, ?2, ?3, ?4)", "ttib",
			account, name, (int64_t)biometric, value);
	return rc < 0 ? (int)rc : FA_OK;
}

int
fc_account_put(struct fc_store *s, struct fa_str account, struct fa_str name,
	struct fa_str value, bool biometric, struct fa_err *err)
{
	int rc = check_names(account, name, err);

	if (rc == FA_OK && value.n > FC_VALUE_BYTES)
		rc = fa_fail(err, FA_E_LIMIT,
			"a value has %zu bytes, at most %u", value.n,
			FC_VALUE_BYTES);
	if (!value.p)
		value = FA_STR("");
	if (rc == FA_OK)
		rc = fc_db_begin(&s->db, true, err);
	if (rc < 0)
		return rc;
	return fc_store_settle(
		s, put(s, account, name, value, biometric, err), err);
}

static int
find(sqlite3_stmt **st, struct fc_store *s, struct fa_str account,
	struct fa_str name, struct fa_err *err)
{
	int rc = fc_db_query(st, &s->db, err,
		"SELECT value FROM items WHERE account = ?1 AND name = ?2",
		"tt", account, name);

	return rc < 0 ? rc : fc_db_step(&s->db, *st, err);
}

int
fc_account_get(struct fa_str *out, struct fc_store *s, struct fa_str account,
	struct fa_str name, struct fa_arena *a, struct fa_err *err)
{
	sqlite3_stmt *st;
	struct fa_str value;
	int rc = find(&st, s, account, name, err);

	if (rc <= 0)
		return rc;
	value = fa_arena_dup(a, fc_db_text(st, 0));
	fc_db_reset(st);
	if (!value.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a value");
	*out = value;
	return 1;
}

int
fc_account_drop(struct fc_store *s, struct fa_str account, struct fa_str name,
	struct fa_err *err)
{
	int rc = fc_db_begin(&s->db, true, err);

	if (rc < 0)
		return rc;
	return fc_store_settle(s, fc_people_drop(s, account, name, err), err);
}

int
fc_account_erase(struct fc_store *s, struct fa_str account, struct fa_err *err)
{
	int rc = fc_db_begin(&s->db, true, err);

	if (rc < 0)
		return rc;
	return fc_store_settle(s, fc_people_erase(s, account, false, err), err);
}

/* Numbers are text "n" or "n m"; they are no secrets, so that the one before
 * needs no erasing. */
static int
read_numbers(int64_t *n, int64_t *m, struct fc_store *s, struct fa_str account,
	struct fa_str name, struct fa_err *err)
{
	sqlite3_stmt *st;
	struct fa_str rest, text;
	uint64_t a = 0, b = 0;
	bool fine;
	int rc = find(&st, s, account, name, err);

	if (rc <= 0)
		return rc;
	rest = fc_db_text(st, 0);
	text = fa_str_cut(&rest, ' ');
	fine = fa_num_u64(text, INT64_MAX, &a) &&
		(!rest.p || fa_num_u64(rest, INT64_MAX, &b));
	fc_db_reset(st);
	if (!fine)
		return fa_fail(err, FA_E_INPUT,
			"value %.*s of an account is no number",
			FA_STR_ARG(name));
	*n = (int64_t)a;
	if (m)
		*m = (int64_t)b;
	return 1;
}

static int
write_number(struct fc_store *s, struct fa_str account, struct fa_str name,
	const char *text, struct fa_err *err)
{
	int64_t rc = fc_db_run(&s->db, err,
		"INSERT INTO items VALUES (?1, ?2, 0, ?3) ON CONFLICT DO"
		" UPDATE SET value = excluded.value",
		"ttb", account, name, fa_str_c(text));

	return rc < 0 ? (int)rc : 1;
}

int
fc_account_number(int64_t *out, struct fc_store *s, struct fa_str account,
	struct fa_str name, struct fa_err *err)
{
	return read_numbers(out, NULL, s, account, name, err);
}

static int
advance(struct fc_store *s, struct fa_str account, struct fa_str name,
	int64_t value, struct fa_err *err)
{
	char text[NUMBER_BYTES];
	int64_t kept = -1;
	int rc = read_numbers(&kept, NULL, s, account, name, err);

	if (rc < 0 || value <= kept)
		return rc < 0 ? rc : 0;
	(void)snprintf(text, sizeof(text), "%" PRId64, value);
	return write_number(s, account, name, text, err);
}

int
fc_account_advance(struct fc_store *s, struct fa_str account,
	struct fa_str name, int64_t value, struct fa_err *err)
{
	int rc = check_names(account, name, err);

	if (rc == FA_OK)
		rc = fc_db_begin(&s->db, true, err);
	if (rc < 0)
		return rc;
	return fc_db_end(&s->db, advance(s, account, name, value, err), err);
}

static struct fa_str
tries_name(char out[NUMBER_BYTES], enum fc_method m)
{
	(void)snprintf(out, NUMBER_BYTES, "tries.%s", fc_method_info(m)->name);
	return fa_str_c(out);
}

/* A window that begins with the first try; a clock that was set back begins a
 * new one. */
static int
count_try(struct fc_store *s, struct fa_str account, enum fc_method m,
	struct fa_err *err)
{
	char name[NUMBER_BYTES], text[2 * NUMBER_BYTES];
	int64_t now = fa_clock_now(s->clock), since = 0, n = 0;
	int rc = read_numbers(&since, &n, s, account, tries_name(name, m), err);

	if (rc < 0)
		return rc;
	if (rc == 0 || now < since || now - since >= FC_ACCOUNT_TRIES_MS) {
		since = now < 0 ? 0 : now;
		n = 0;
	}
	if (n >= FC_ACCOUNT_TRIES)
		return 0;
	(void)snprintf(
		text, sizeof(text), "%" PRId64 " %" PRId64, since, n + 1);
	return write_number(s, account, fa_str_c(name), text, err);
}

int
fc_account_try(struct fc_store *s, struct fa_str account, enum fc_method m,
	struct fa_err *err)
{
	int rc = check_names(account, FA_STR("tries"), err);

	if (rc == FA_OK)
		rc = fc_db_begin(&s->db, true, err);
	if (rc < 0)
		return rc;
	return fc_db_end(&s->db, count_try(s, account, m, err), err);
}

int
fc_account_passed(struct fc_store *s, struct fa_str account, enum fc_method m,
	struct fa_err *err)
{
	char name[NUMBER_BYTES];
	int64_t rc = fc_db_run(&s->db, err,
		"UPDATE items SET value = CAST('0 0' AS BLOB)"
		" WHERE account = ?1 AND name = ?2",
		"tt", account, tries_name(name, m));

	return rc < 0 ? (int)rc : FA_OK;
}

static int
code_put(struct fc_store *s, struct fa_str id, const struct fc_code *code,
	struct fa_err *err)
{
	int64_t sent = 0;
	int64_t rc = fc_db_number(&sent, &s->db, err,
		"SELECT codes FROM sessions WHERE id = ?1", "t", id);

	if (rc == 0)
		return fa_fail(err, FA_E_NOTFOUND, "there is no session %.*s",
			FA_STR_ARG(id));
	if (rc == 1 && sent >= FC_SESSION_CODES)
		return fa_fail(err, FA_E_LIMIT,
			"%d codes were sent in this session, which is all",
			FC_SESSION_CODES);
	if (rc == 1)
		rc = fc_db_run(&s->db, err,
			"UPDATE sessions SET codes = codes + 1, code = ?2,"
			" code_until_s = ?3, code_tries = ?4 WHERE id = ?1",
			"tzii", id, code->digits, code->until_s,
			(int64_t)code->tries);
	return rc < 0 ? (int)rc : FA_OK;
}

int
fc_session_code_put(struct fc_store *s, struct fa_str id,
	const struct fc_code *code, struct fa_err *err)
{
	int rc = fc_db_begin(&s->db, true, err);

	if (rc < 0)
		return rc;
	return fc_db_end(&s->db, code_put(s, id, code, err), err);
}

/* 1 and the code of a session, or 0. */
static int
code_get(struct fc_code *out, struct fc_store *s, struct fa_str id,
	struct fa_err *err)
{
	sqlite3_stmt *st;
	int64_t tries;
	int rc = fc_db_query(&st, &s->db, err,
		"SELECT code, code_until_s, code_tries FROM sessions"
		" WHERE id = ?1 AND code IS NOT NULL",
		"t", id);

	if (rc == FA_OK)
		rc = fc_db_step(&s->db, st, err);
	if (rc <= 0)
		return rc;
	tries = sqlite3_column_int64(st, 2);
	(void)snprintf(out->digits, sizeof(out->digits), "%.*s",
		FA_STR_ARG(fc_db_text(st, 0)));
	out->until_s = sqlite3_column_int64(st, 1);
	out->tries = tries < 0 || tries > FC_CODE_TRIES ? 0 : (unsigned)tries;
	fc_db_reset(st);
	return 1;
}

static int
code_try(struct fc_store *s, struct fa_str id, struct fa_str typed,
	struct fa_err *err)
{
	struct fc_code code;
	bool right;
	int64_t rc = code_get(&code, s, id, err);

	if (rc <= 0)
		return (int)rc;
	right = fc_code_ok(&code, typed, fa_clock_now(s->clock) / 1000);
	rc = fc_db_run(&s->db, err,
		"UPDATE sessions SET code_tries = ?2,"
		" code = CASE WHEN ?2 THEN code END WHERE id = ?1",
		"ti", id, (int64_t)code.tries);
	return rc < 0 ? (int)rc : right;
}

int
fc_session_code_try(struct fc_store *s, struct fa_str id, struct fa_str typed,
	struct fa_err *err)
{
	int rc = fc_db_begin(&s->db, true, err);

	if (rc < 0)
		return rc;
	return fc_db_end(&s->db, code_try(s, id, typed, err), err);
}
