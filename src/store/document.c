/* Documents and their sentences. */
#include <stdio.h>
#include <string.h>

#include "store/internal.h"
#include "store/judge.h"

#define COLUMNS                                                                \
	"payload, media_type, charset, coding, reader, text, title, "          \
	"encoding, bytes, clauses, kind, kind_other, kind_detail, error"

int
fa_store_document_id(struct fa_store_document *d, struct fa_err *err)
{
	char reader[24];
	struct fa_str parts[] = { fa_str_c(d->payload), d->media_type,
		d->charset, d->coding, FA_STR_NONE };

	(void)snprintf(reader, sizeof(reader), "%lld", (long long)d->reader);
	parts[4] = fa_str_c(reader);
	return fa_hash_id(&d->id, parts, FA_COUNT(parts), err);
}

static int
read_kind(struct fa_store_document *d, sqlite3_stmt *st, struct fa_err *err)
{
	int kind, other;

	d->looked = fa_db_text(st, 10).p != NULL;
	if (!d->looked)
		return FA_OK;
	kind = fa_outcome_parse(fa_db_text(st, 10));
	other = fa_outcome_parse(fa_db_text(st, 11));
	if (kind < 0 || other < 0)
		return fa_fail(err, FA_E_INPUT,
			"store: a document has an unknown kind");
	d->kind = (enum fa_outcome)kind;
	d->kind_other = (enum fa_outcome)other;
	return FA_OK;
}

static int
read_row(struct fa_store_document *d, sqlite3_stmt *st, struct fa_arena *a,
	struct fa_err *err)
{
	static const int columns[] = { 1, 2, 3, 5, 6, 7, 12, 13 };
	struct fa_str *texts[FA_COUNT(columns)] = { &d->media_type, &d->charset,
		&d->coding, &d->text_sha256, &d->title, &d->encoding,
		&d->kind_detail, &d->error };
	int rc = read_kind(d, st, err);

	(void)snprintf(d->payload, sizeof(d->payload), "%.*s",
		FA_STR_ARG(fa_db_text(st, 0)));
	d->reader = fa_db_int(st, 4);
	d->bytes = fa_db_int(st, 8);
	d->clauses = fa_db_int(st, 9);
	for (size_t i = 0; i < FA_COUNT(columns) && rc == FA_OK; i++)
		rc = fa_db_dup(texts[i], st, columns[i], a, err);
	return rc;
}

int
fa_store_get_document(struct fa_store_document *out, struct fa_store *s,
	int64_t id, struct fa_arena *a, struct fa_err *err)
{
	struct fa_store_document d = { .id = id };
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT " COLUMNS " FROM document WHERE id = ?", "i", id);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc;
	rc = read_row(&d, st, a, err);
	fa_db_reset(st);
	if (rc < 0)
		return rc;
	*out = d;
	return 1;
}

static int
put_sentences(struct fa_store *s, const struct fa_store_document *d,
	const struct fa_str *sentences, struct fa_err *err)
{
	int rc = FA_OK;

	for (int64_t i = 0; i < d->clauses && rc == FA_OK; i++) {
		int64_t row;

		rc = fa_db_run(&s->db, err,
			"INSERT INTO clause (document, ord, text) "
			"VALUES (?, ?, ?)",
			"iit", d->id, i, sentences[i]);
		row = fa_sqlite()->last_insert_rowid(s->db.h);
		if (rc == FA_OK)
			rc = fa_db_run(&s->db, err,
				"INSERT INTO clause_fts (rowid, text) "
				"VALUES (?, ?)",
				"it", row, sentences[i]);
	}
	return rc;
}

int
fa_store_put_document(struct fa_store *s, const struct fa_store_document *d,
	const struct fa_str *sentences, struct fa_err *err)
{
	int rc = fa_db_run(&s->db, err,
		"INSERT OR IGNORE INTO document (id, " COLUMNS ") VALUES "
		"(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		"iztttitttiizztt", d->id, d->payload, d->media_type, d->charset,
		d->coding, d->reader, d->text_sha256, d->title, d->encoding,
		d->bytes, d->clauses,
		d->looked ? fa_outcome_name(d->kind) : NULL,
		d->looked ? fa_outcome_name(d->kind_other) : NULL,
		d->kind_detail, d->error);

	if (rc < 0 || fa_db_changes(&s->db) == 0)
		return rc;
	return put_sentences(s, d, sentences, err);
}
