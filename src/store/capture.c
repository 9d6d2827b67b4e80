#include "store/capture.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "store/internal.h"

#define COLUMNS                                                                \
	"id, url, at_us, run, status, revisit, payload, bytes, media_type, "   \
	"charset, coding, etag, last_modified, archive, offset, length, "      \
	"record, refers, cut"

static int
capture_id(struct fa_capture *x, struct fa_err *err)
{
	char place[96];
	struct fa_str parts[2] = { FA_STR_NONE, x->archive };

	(void)snprintf(place, sizeof(place), "%lld/%lld/%lld",
		(long long)x->url, (long long)x->at_us, (long long)x->offset);
	parts[0] = fa_str_c(place);
	return fa_hash_id(&x->id, parts, FA_COUNT(parts), err);
}

int
fa_store_put_capture(
	struct fa_store *s, struct fa_capture *x, struct fa_err *err)
{
	int rc = capture_id(x, err);

	if (rc < 0)
		return rc;
	return fa_db_run(&s->db, err,
		"INSERT OR REPLACE INTO capture (" COLUMNS ") VALUES "
		"(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
		"nullif(?, 0), ?)",
		"iiiiiizittttttiitii", x->id, x->url, x->at_us, x->run,
		(int64_t)x->status, (int64_t)x->revisit, x->payload, x->bytes,
		x->media_type, x->charset, x->coding, x->etag, x->last_modified,
		x->archive, x->offset, x->length, x->record, x->refers,
		(int64_t)x->cut);
}

static int
read_row(struct fa_capture *out, sqlite3_stmt *st, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_str *texts[] = { &out->media_type, &out->charset,
		&out->coding, &out->etag, &out->last_modified, &out->archive };
	struct fa_str payload = fa_db_text(st, 6);
	int rc = FA_OK;

	memset(out, 0, sizeof(*out));
	out->id = fa_db_int(st, 0);
	out->url = fa_db_int(st, 1);
	out->at_us = fa_db_int(st, 2);
	out->run = fa_db_int(st, 3);
	out->status = (int)fa_db_int(st, 4);
	out->revisit = (enum fa_revisit)fa_db_int(st, 5);
	(void)snprintf(out->payload, sizeof(out->payload), "%.*s",
		FA_STR_ARG(payload));
	out->bytes = fa_db_int(st, 7);
	for (size_t i = 0; i < FA_COUNT(texts) && rc == FA_OK; i++)
		rc = fa_db_dup(texts[i], st, 8 + (int)i, a, err);
	out->offset = fa_db_int(st, 14);
	out->length = fa_db_int(st, 15);
	if (rc == FA_OK)
		rc = fa_db_dup(&out->record, st, 16, a, err);
	out->refers = fa_db_int(st, 17);
	out->cut = fa_db_int(st, 18) != 0;
	return rc;
}

static int
one_row(struct fa_capture *out, struct fa_store *s, sqlite3_stmt *st,
	struct fa_arena *a, struct fa_err *err)
{
	int rc = fa_db_step(&s->db, st, err);

	if (rc != 1)
		return rc;
	rc = read_row(out, st, a, err);
	fa_db_reset(st);
	return rc < 0 ? rc : 1;
}

int
fa_store_get_capture(struct fa_capture *out, struct fa_store *s, int64_t id,
	struct fa_arena *a, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT " COLUMNS " FROM capture WHERE id = ?", "i", id);

	return rc < 0 ? rc : one_row(out, s, st, a, err);
}

int
fa_store_find_payload(struct fa_capture *out, struct fa_store *s,
	const struct fa_capture *as, struct fa_arena *a, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT " COLUMNS " FROM capture WHERE payload = ? AND "
		"revisit = 0 AND cut = 0 AND media_type IS ? AND "
		"charset IS ? AND coding IS ? ORDER BY at_us LIMIT 1",
		"zttt", as->payload, as->media_type, as->charset, as->coding);

	return rc < 0 ? rc : one_row(out, s, st, a, err);
}

int
fa_store_url_text(struct fa_str *out, struct fa_store *s, int64_t url,
	struct fa_arena *a, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(
		&st, &s->db, err, "SELECT url FROM url WHERE id = ?", "i", url);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc < 0)
		return rc;
	if (rc == 0)
		return fa_fail(err, FA_E_NOTFOUND,
			"store: there is no URL with the id %lld",
			(long long)url);
	rc = fa_db_dup(out, st, 0, a, err);
	fa_db_reset(st);
	return rc;
}

int
fa_store_get_archive(int64_t *bytes, struct fa_store *s, struct fa_str name,
	struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT bytes FROM archive WHERE name = ?", "t", name);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc;
	*bytes = fa_db_int(st, 0);
	fa_db_reset(st);
	return 1;
}

int
fa_store_put_archive(struct fa_store *s, struct fa_str name, int64_t bytes,
	struct fa_err *err)
{
	return fa_db_run(&s->db, err,
		"INSERT INTO archive (name, bytes) VALUES (?, ?) "
		"ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes",
		"ti", name, bytes);
}

int
fa_store_archive_path(struct fa_str *out, const struct fa_store *s,
	struct fa_str name, struct fa_arena *a, struct fa_err *err)
{
	struct fa_buf b;
	int rc;

	if (name.n > 0 && name.p[0] == '/') {
		*out = name;
		return FA_OK;
	}
	fa_buf_init(&b, 1u << 16);
	fa_buf_addf(&b, "%.*s/" FA_STORE_ARCHIVE "/%.*s", FA_STR_ARG(s->dir),
		FA_STR_ARG(name));
	rc = fa_buf_rc(&b, "path", err);
	if (rc == FA_OK) {
		*out = fa_arena_dup(a, fa_buf_str(&b));
		if (!out->p)
			rc = fa_fail(err, FA_E_NOMEM, "no memory for a path");
	}
	fa_buf_done(&b);
	return rc;
}
