#include "store/history.h"

#include <stdio.h>

#include "store/internal.h"

static int
count_verdicts(
	struct fa_history_version *v, struct fa_store *s, struct fa_err *err)
{
	int64_t *const counts[] = { &v->gaps, &v->cannot_tell, &v->compliant,
		&v->violations };
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT j.as_of, sum(verdict = 'gap'), "
		"sum(verdict = 'cannot_tell'), sum(verdict = 'compliant'), "
		"sum(verdict = 'violation') FROM (SELECT judgement.id, "
		"judgement.as_of FROM judgement JOIN document "
		"ON document.id = judgement.document "
		"LEFT JOIN app_document ON app_document.document = document.id "
		"LEFT JOIN app_judgement ON app_judgement.id = "
		"app_document.app "
		"AND app_judgement.bundle = judgement.bundle "
		"AND app_judgement.as_of = judgement.as_of "
		"WHERE payload = ? ORDER BY app_judgement.at_ms DESC, "
		"document.reader DESC, judgement.as_of DESC, judgement.bundle, "
		"judgement.id LIMIT 1) j "
		"LEFT JOIN verdict ON verdict.judgement = j.id GROUP BY j.id",
		"z", v->payload);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc;
	v->judged = true;
	v->as_of = (int32_t)fa_db_int(st, 0);
	for (int i = 0; i < 4; i++)
		*counts[i] = fa_db_int(st, 1 + i);
	fa_db_reset(st);
	return FA_OK;
}

int
fa_store_history(struct fa_store *s, int64_t url, fa_history_fn *fn, void *ctx,
	struct fa_err *err)
{
	sqlite3_stmt *st;
	/* Which validators came last; the others hold for the payload. */
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT payload, min(at_us), max(at_us), count(*), "
		"sum(revisit <> 0), max(bytes), min(e), min(l) FROM ("
		"SELECT *, first_value(etag) OVER w AS e, "
		"first_value(last_modified) OVER w AS l FROM capture "
		"WHERE url = ? WINDOW w AS (PARTITION BY payload "
		"ORDER BY at_us DESC)) GROUP BY payload ORDER BY 2, payload",
		"i", url);

	while (rc == FA_OK && (rc = fa_db_step(&s->db, st, err)) == 1) {
		struct fa_history_version v = { .first_us = fa_db_int(st, 1),
			.last_us = fa_db_int(st, 2),
			.seen = fa_db_int(st, 3),
			.revisits = fa_db_int(st, 4),
			.bytes = fa_db_int(st, 5),
			.etag = fa_db_text(st, 6),
			.last_modified = fa_db_text(st, 7) };

		(void)snprintf(v.payload, sizeof(v.payload), "%.*s",
			FA_STR_ARG(fa_db_text(st, 0)));
		rc = count_verdicts(&v, s, err);
		if (rc == FA_OK)
			rc = fn(ctx, &v, err);
		if (rc < 0)
			fa_db_reset(st);
	}
	return rc;
}

int
fa_store_knows_url(struct fa_store *s, int64_t url, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(
		&st, &s->db, err, "SELECT 1 FROM url WHERE id = ?", "i", url);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc == 1)
		fa_db_reset(st);
	return rc;
}
