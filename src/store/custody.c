#include "store/custody.h"

#include <stdio.h>
#include <string.h>

#include "store/internal.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static void
take_hex(char hex[FA_HASH_HEX_BYTES], sqlite3_stmt *st, int column)
{
	struct fa_str s = fa_db_text(st, column);

	(void)snprintf(hex, FA_HASH_HEX_BYTES, "%.*s", FA_STR_ARG(s));
}

int
fa_store_custody_head(
	struct fa_store_head *out, struct fa_store *s, struct fa_err *err)
{
	struct fa_store_head head = { 0, ZEROS };
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT seq, lower(hex(h)) FROM custody "
		"ORDER BY seq DESC LIMIT 1",
		"");

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc < 0)
		return rc;
	if (rc == 1) {
		head.seq = fa_db_int(st, 0);
		take_hex(head.sha256, st, 1);
	}
	fa_db_reset(st);
	*out = head;
	return FA_OK;
}

static unsigned char
nibble(char c)
{
	return (unsigned char)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* The digest as the bytes that the table keeps. */
static void
to_bytes(char out[FA_HASH_BYTES], const char *hex)
{
	for (size_t i = 0; i < FA_HASH_BYTES; i++)
		out[i] = (char)(nibble(hex[2 * i]) << 4 |
			nibble(hex[2 * i + 1]));
}

/* The triggers know what follows what. */
static int
explain(const struct fa_store *s, int rc, struct fa_err *err)
{
	if (rc < 0 &&
		fa_sqlite()->extended_errcode(s->db.h) ==
			SQLITE_CONSTRAINT_TRIGGER)
		return fa_fail(err, FA_E_USAGE,
			"%.*s: the line does not follow the custody log",
			FA_STR_ARG(s->dir));
	return rc;
}

int
fa_store_custody_append(struct fa_store_head *out, struct fa_store *s,
	int64_t seq, struct fa_str line, struct fa_err *err)
{
	struct fa_store_head head = { .seq = seq };
	char h[FA_HASH_BYTES];
	int rc = fa_hash_sha256(head.sha256, line, err);

	if (rc < 0)
		return rc;
	to_bytes(h, head.sha256);
	rc = fa_db_run(&s->db, err,
		"INSERT INTO custody (seq, line, h) VALUES (?, ?, ?)", "itb",
		seq, line, (struct fa_str){ h, sizeof(h) });
	if (rc < 0)
		return explain(s, rc, err);
	if (out)
		*out = head;
	return FA_OK;
}

/* Columns seq, line, digest in hex. */
static int
walk(struct fa_store *s, sqlite3_stmt *st, fa_store_custody_fn *fn, void *ctx,
	struct fa_err *err)
{
	int rc;

	while ((rc = fa_db_step(&s->db, st, err)) == 1) {
		struct fa_store_custody_row row = { .seq = fa_db_int(st, 0),
			.line = fa_db_text(st, 1) };

		take_hex(row.sha256, st, 2);
		rc = fn(ctx, &row, err);
		if (rc < 0) {
			fa_db_reset(st);
			return rc;
		}
	}
	return rc;
}

int
fa_store_custody_each(struct fa_store *s, int64_t from, fa_store_custody_fn *fn,
	void *ctx, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT seq, line, lower(hex(h)) FROM custody WHERE seq >= ? "
		"ORDER BY seq",
		"i", from);

	return rc < 0 ? rc : walk(s, st, fn, ctx, err);
}

int
fa_store_custody_line(struct fa_str *out, struct fa_store *s, int64_t seq,
	struct fa_arena *a, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT line FROM custody WHERE seq = ?", "i", seq);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc;
	rc = fa_db_dup(out, st, 0, a, err);
	fa_db_reset(st);
	return rc < 0 ? rc : 1;
}

int
fa_store_chains(struct fa_store *s, fa_store_chain_fn *fn, void *ctx,
	struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT chain, seq, lower(hex(h)) FROM custody_shard c "
		"WHERE seq = (SELECT max(seq) FROM custody_shard "
		"WHERE chain = c.chain) ORDER BY chain",
		"");

	if (rc < 0)
		return rc;
	while ((rc = fa_db_step(&s->db, st, err)) == 1) {
		struct fa_store_chain c;

		take_hex(c.id, st, 0);
		c.head.seq = fa_db_int(st, 1);
		take_hex(c.head.sha256, st, 2);
		rc = fn(ctx, &c, err);
		if (rc < 0) {
			fa_db_reset(st);
			return rc;
		}
	}
	return rc;
}

int
fa_store_chain_each(struct fa_store *s, const char *id, fa_store_custody_fn *fn,
	void *ctx, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT seq, line, lower(hex(h)) FROM custody_shard "
		"WHERE chain = ? ORDER BY seq",
		"z", id);

	return rc < 0 ? rc : walk(s, st, fn, ctx, err);
}

/* Of all logs. The first condition is cheap, the second one is right. Times
 * order events of different logs, as far as they never go back within one. */
#define REVIEWS                                                                \
	"SELECT chain, seq, json_extract(line, '$.t') AS t, "                  \
	"json_extract(line, '$.detail.finding') AS finding, "                  \
	"json_extract(line, '$.detail.state') AS state, "                      \
	"json_extract(line, '$.actor.id') AS reviewer, "                       \
	"json_extract(line, '$.actor.role') AS role, "                         \
	"json_extract(line, '$.detail.note') AS note, "                        \
	"max(json_extract(line, '$.t')) OVER "                                 \
	"(PARTITION BY chain ORDER BY seq) AS later "                          \
	"FROM (SELECT '' AS chain, seq, line FROM custody "                    \
	"UNION ALL SELECT chain, seq, line FROM custody_shard) "               \
	"WHERE instr(line, '\"op\":\"review\"') > 0 "                          \
	"AND json_extract(line, '$.op') = 'review'"

int
fa_store_reviews(struct fa_store *s, struct fa_str finding,
	fa_store_review_fn *fn, void *ctx, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT seq, CAST(round((julianday(t) - 2440587.5) "
		"* 86400000) AS INTEGER), finding, state, reviewer, role, "
		"note, lead(seq) OVER (PARTITION BY finding, reviewer "
		"ORDER BY later, chain, seq) IS NOT NULL, chain "
		"FROM (" REVIEWS ") WHERE ?1 IS NULL OR finding = ?1 "
		"ORDER BY later, chain, seq",
		"t", finding);

	if (rc < 0)
		return rc;
	while ((rc = fa_db_step(&s->db, st, err)) == 1) {
		struct fa_store_review r = { .seq = fa_db_int(st, 0),
			.t_ms = fa_db_int(st, 1),
			.finding = fa_db_text(st, 2),
			.state = fa_db_text(st, 3),
			.by = fa_db_text(st, 4),
			.role = fa_db_text(st, 5),
			.note = fa_db_text(st, 6),
			.superseded = fa_db_int(st, 7) != 0 };

		take_hex(r.chain, st, 8);
		rc = fn(ctx, &r, err);
		if (rc < 0) {
			fa_db_reset(st);
			return rc;
		}
	}
	return rc;
}
