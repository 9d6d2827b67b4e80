#include "store/app.h"

#include <stdio.h>

#include "base/buf.h"
#include "store/verdict.h"

#define NAME_BYTES (4u << 20) /* what the id of a judgement is made of */

#define APP_COLUMNS                                                            \
	"id, bundle, as_of, reader, at_ms, outcome, scopes, hi, lo, "          \
	"coverage_bp, grade, vector"

int
fa_store_app_id(struct fa_store_app *x, struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	struct fa_str name;
	int rc;

	fa_buf_init(&b, NAME_BYTES);
	fa_buf_addf(&b, "%lld %.*s %d %lld %s\n", (long long)x->target,
		FA_STR_ARG(x->bundle), (int)x->as_of, (long long)x->reader,
		fa_outcome_name(x->outcome));
	for (size_t i = 0; i < x->documents_n; i++) {
		const struct fa_store_app_document *d = &x->documents[i];

		fa_buf_addf(&b, "%s %lld %lld %s %lld %d %.*s\n",
			fa_role_name(d->role), (long long)d->url,
			(long long)d->final, fa_outcome_name(d->outcome),
			(long long)d->document, d->stands_in ? 1 : 0,
			FA_STR_ARG(d->detail));
	}
	rc = fa_buf_rc(&b, "judgement", err);
	name = fa_buf_str(&b);
	return rc < 0 ? rc : fa_hash_id(&x->id, &name, 1, err);
}

static int
put_documents(
	struct fa_store *s, const struct fa_store_app *x, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < x->documents_n && rc == FA_OK; i++) {
		const struct fa_store_app_document *d = &x->documents[i];

		rc = fa_db_run(&s->db, err,
			"INSERT OR IGNORE INTO app_document (app, ord, role, "
			"url, final, outcome, detail, document, stands_in) "
			"VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?)",
			"iiziiztii", x->id, (int64_t)i, fa_role_name(d->role),
			d->url, d->final, fa_outcome_name(d->outcome),
			d->detail, d->document, (int64_t)d->stands_in);
	}
	return rc;
}

static int
put_verdicts(
	struct fa_store *s, const struct fa_store_app *x, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < x->verdicts_n && rc == FA_OK; i++) {
		const struct fa_store_verdict *v = &x->verdicts[i];

		rc = fa_db_run(&s->db, err,
			"INSERT OR IGNORE INTO app_verdict (app, obligation, "
			"verdict, rule, confidence, tier, reason, "
			"contradiction) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			"itztizti", x->id, v->obligation,
			fa_verdict_name(v->verdict), v->rule,
			(int64_t)v->confidence, fa_tier_name(v->tier),
			v->reason, (int64_t)v->contradiction);
	}
	return rc;
}

static int64_t
judged(const struct fa_store_app *x)
{
	int64_t n = 0;

	for (size_t i = 0; i < x->documents_n; i++)
		n += x->documents[i].document != 0;
	return n;
}

int
fa_store_put_app(struct fa_store *s, struct fa_store_app *x, struct fa_err *err)
{
	char grade[2] = { x->score.grade, '\0' };
	int rc = fa_store_app_id(x, err);

	if (rc == FA_OK)
		rc = fa_db_run(&s->db, err,
			"UPDATE app_judgement SET at_ms = max(at_ms, ?) "
			"WHERE id = ?",
			"ii", x->at_ms, x->id);
	if (rc < 0 || fa_db_changes(&s->db) > 0)
		return rc;
	rc = fa_db_run(&s->db, err,
		"INSERT INTO app_judgement (target, " APP_COLUMNS
		", documents) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
		"coalesce(?, ''), ?)",
		"iitiiiziiiizti", x->target, x->id, x->bundle,
		(int64_t)x->as_of, x->reader, x->at_ms,
		fa_outcome_name(x->outcome), (int64_t)x->scopes, x->score.hi,
		x->score.lo, (int64_t)x->score.coverage_bp, grade,
		x->score.vector, judged(x));
	if (rc == FA_OK)
		rc = put_documents(s, x, err);
	if (rc == FA_OK)
		rc = put_verdicts(s, x, err);
	return rc;
}

static int
read_outcome(enum fa_outcome *out, struct fa_str name, struct fa_err *err)
{
	int o = fa_outcome_parse(name);

	if (o < 0)
		return fa_fail(err, FA_E_INPUT, "store: unknown outcome '%.*s'",
			FA_STR_ARG(name));
	*out = (enum fa_outcome)o;
	return FA_OK;
}

static int
read_document(struct fa_store_app_document *d, sqlite3_stmt *st,
	struct fa_arena *a, struct fa_err *err)
{
	int role = fa_role_parse(fa_db_text(st, 0));
	int rc;

	if (role < 0)
		return fa_fail(err, FA_E_INPUT,
			"store: a judged document has an unknown role");
	d->role = (enum fa_role)role;
	d->url = fa_db_int(st, 1);
	d->final = fa_db_int(st, 2);
	d->document = fa_db_int(st, 5);
	d->stands_in = fa_db_int(st, 6) != 0;
	rc = read_outcome(&d->outcome, fa_db_text(st, 3), err);
	return rc < 0 ? rc : fa_db_dup(&d->detail, st, 4, a, err);
}

static int
read_documents(struct fa_store_app *x, struct fa_store *s, struct fa_arena *a,
	struct fa_err *err)
{
	size_t cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT role, url, final, outcome, detail, "
		"coalesce(document, 0), stands_in FROM app_document "
		"WHERE app = ? ORDER BY ord",
		"i", x->id);

	while (rc == FA_OK && (rc = fa_db_step(&s->db, st, err)) == 1) {
		struct fa_store_app_document *p = fa_arena_grow(
			a, x->documents, &cap, x->documents_n + 1, sizeof(*p));

		if (p) {
			x->documents = p;
			rc = read_document(&p[x->documents_n++], st, a, err);
		} else {
			rc = fa_fail(err, FA_E_NOMEM, "no memory for a target");
		}
		if (rc < 0)
			fa_db_reset(st);
	}
	return rc;
}

static int
read_app(struct fa_store_app *x, struct fa_store *s, sqlite3_stmt *st,
	struct fa_arena *a, struct fa_err *err)
{
	int rc = fa_db_step(&s->db, st, err);

	if (rc != 1)
		return rc;
	x->id = fa_db_int(st, 0);
	x->as_of = (int32_t)fa_db_int(st, 2);
	x->reader = fa_db_int(st, 3);
	x->at_ms = fa_db_int(st, 4);
	x->scopes = (uint32_t)fa_db_int(st, 6);
	rc = read_outcome(&x->outcome, fa_db_text(st, 5), err);
	if (rc == FA_OK)
		rc = fa_db_dup(&x->bundle, st, 1, a, err);
	if (rc == FA_OK)
		rc = fa_store_read_score(&x->score, st, 7, a, err);
	fa_db_reset(st);
	if (rc == FA_OK)
		rc = read_documents(x, s, a, err);
	if (rc == FA_OK)
		rc = fa_db_query(&st, &s->db, err,
			"SELECT obligation, verdict, rule, confidence, tier, "
			"reason, contradiction FROM app_verdict WHERE app = ? "
			"ORDER BY obligation",
			"i", x->id);
	if (rc == FA_OK)
		rc = fa_store_read_verdicts(
			&x->verdicts, &x->verdicts_n, s, st, a, err);
	return rc < 0 ? rc : 1;
}

int
fa_store_find_app(struct fa_store_app *out, struct fa_store *s, int64_t target,
	const struct fa_store_app_key *key, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_store_app x = { .target = target };
	sqlite3_stmt *st;
	int rc;

	if (key)
		rc = fa_db_query(&st, &s->db, err,
			"SELECT " APP_COLUMNS " FROM app_judgement "
			"WHERE target = ? AND bundle = ? AND as_of = ? "
			"ORDER BY at_ms DESC, id LIMIT 1",
			"iti", target, key->bundle, (int64_t)key->as_of);
	else
		rc = fa_db_query(&st, &s->db, err,
			"SELECT " APP_COLUMNS " FROM app_judgement "
			"WHERE target = ? ORDER BY at_ms DESC, id LIMIT 1",
			"i", target);
	if (rc == FA_OK)
		rc = read_app(&x, s, st, a, err);
	if (rc == 1)
		*out = x;
	return rc;
}

int
fa_store_newest_key(struct fa_store_app_key *out, struct fa_store *s,
	int32_t as_of, struct fa_arena *a, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT bundle, as_of FROM app_judgement "
		"WHERE ?1 IN (0, as_of) "
		"ORDER BY at_ms DESC, as_of DESC, bundle LIMIT 1",
		"i", (int64_t)as_of);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc;
	out->as_of = (int32_t)fa_db_int(st, 1);
	rc = fa_db_dup(&out->bundle, st, 0, a, err);
	fa_db_reset(st);
	return rc < 0 ? rc : 1;
}

int
fa_store_next_key(struct fa_str *key, struct fa_store *s, struct fa_str after,
	struct fa_arena *a, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT key FROM target WHERE key > ? ORDER BY key LIMIT 1",
		"t", after.p ? after : FA_STR(""));

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc;
	rc = fa_db_dup(key, st, 0, a, err);
	fa_db_reset(st);
	return rc < 0 ? rc : 1;
}

int
fa_store_put_change(struct fa_store *s, int64_t app,
	const struct fa_store_change *c, struct fa_err *err)
{
	return fa_db_run(&s->db, err,
		"INSERT OR IGNORE INTO change (app, before, subject, cause, "
		"kind, was, became) VALUES (?, ?, ?, ?, ?, ?, ?)",
		"iitzzzz", app, c->before, c->subject, c->cause, c->kind,
		c->was, c->became);
}

static int
give_change(sqlite3_stmt *st, fa_store_change_fn *fn, void *ctx,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_store_change c = { .before = fa_db_int(st, 0) };
	const char **words[] = { &c.cause, &c.kind, &c.was, &c.became };
	int rc = fa_db_dup(&c.subject, st, 1, a, err);

	for (size_t i = 0; i < FA_COUNT(words) && rc == FA_OK; i++) {
		struct fa_str word = FA_STR("");

		/* Copies in an arena end with a NUL. */
		rc = fa_db_dup(&word, st, 2 + (int)i, a, err);
		*words[i] = word.p ? word.p : "";
	}
	return rc < 0 ? rc : fn(ctx, &c, err);
}

int
fa_store_changes(struct fa_store *s, int64_t app, fa_store_change_fn *fn,
	void *ctx, struct fa_arena *a, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT before, subject, cause, kind, was, became FROM change "
		"WHERE app = ? ORDER BY subject, cause, before",
		"i", app);

	while (rc == FA_OK && (rc = fa_db_step(&s->db, st, err)) == 1) {
		rc = give_change(st, fn, ctx, a, err);
		if (rc < 0)
			fa_db_reset(st);
	}
	return rc;
}

int
fa_store_seen(int64_t *first_us, int64_t *last_us, struct fa_store *s,
	int64_t url, const char *payload, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT count(*), min(at_us), max(at_us) FROM capture "
		"WHERE url = ? AND payload = ?",
		"iz", url, payload);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc;
	rc = fa_db_int(st, 0) > 0;
	if (rc == 1) {
		*first_us = fa_db_int(st, 1);
		*last_us = fa_db_int(st, 2);
	}
	fa_db_reset(st);
	return rc;
}

int
fa_store_captures_of(int64_t *out, size_t *n, struct fa_store *s, int64_t url,
	struct fa_err *err)
{
	size_t max = *n, count = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT id, max(at_us) AS newest FROM capture WHERE url = ? "
		"AND (status = 200 OR revisit = 2) AND cut = 0 "
		"GROUP BY payload ORDER BY newest DESC, id LIMIT ?",
		"ii", url, (int64_t)max);

	while (rc == FA_OK && (rc = fa_db_step(&s->db, st, err)) == 1) {
		out[count++] = fa_db_int(st, 0);
		rc = FA_OK;
	}
	if (rc == FA_OK)
		*n = count;
	return rc;
}
