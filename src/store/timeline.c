#include "store/timeline.h"

#include <stdio.h>

#include "store/internal.h"

static int
read_moment(struct fa_moment *m, sqlite3_stmt *st, struct fa_arena *a,
	struct fa_err *err)
{
	int outcome = fa_outcome_parse(fa_db_text(st, 1));

	if (outcome < 0)
		return fa_fail(err, FA_E_INPUT,
			"store: '%.*s' is no outcome of an attempt",
			FA_STR_ARG(fa_db_text(st, 1)));
	*m = (struct fa_moment){ .at_us = fa_db_int(st, 0),
		.outcome = (enum fa_outcome)outcome,
		.capture = fa_db_int(st, 3),
		.cut = fa_db_int(st, 5) != 0 };
	(void)snprintf(m->payload, sizeof(m->payload), "%.*s",
		FA_STR_ARG(fa_db_text(st, 4)));
	return fa_db_dup(&m->detail, st, 2, a, err);
}

int
fa_store_timeline(struct fa_timeline *out, struct fa_store *s, int64_t url,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_moment *at = NULL;
	size_t n = 0, cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT attempt.at_us, outcome, detail, capture, payload, cut "
		"FROM attempt LEFT JOIN capture ON capture.id = "
		"attempt.capture WHERE attempt.url = ?1 "
		"UNION ALL SELECT at_ms * 1000, outcome, detail, NULL, NULL, 0 "
		"FROM url WHERE id = ?1 AND at_ms > 0 "
		"AND outcome NOT IN ('found', 'pending') "
		"AND at_ms > coalesce((SELECT max(at_us) / 1000 FROM attempt "
		"WHERE url = ?1), 0) ORDER BY 1",
		"i", url);

	while (rc == FA_OK && (rc = fa_db_step(&s->db, st, err)) == 1) {
		rc = n < FA_TIMELINE_MAX
			? FA_OK
			: fa_fail(err, FA_E_LIMIT,
				  "a URL was asked for more than %d times",
				  FA_TIMELINE_MAX);
		if (rc == FA_OK)
			at = fa_arena_grow(a, at, &cap, n + 1, sizeof(*at));
		if (rc == FA_OK && !at)
			rc = fa_fail(err, FA_E_NOMEM, "no memory for a URL");
		if (rc == FA_OK)
			rc = read_moment(&at[n++], st, a, err);
		if (rc < 0)
			fa_db_reset(st);
	}
	if (rc == FA_OK)
		*out = (struct fa_timeline){ at, n };
	return rc;
}

int
fa_store_final(
	int64_t *out, struct fa_store *s, int64_t url, struct fa_err *err)
{
	int rc = FA_OK;

	for (int hops = 0; hops < FA_STORE_HOPS && rc == FA_OK; hops++) {
		sqlite3_stmt *st;

		rc = fa_db_query(&st, &s->db, err,
			"SELECT redirect FROM url WHERE id = ? AND "
			"outcome = 'redirect' AND redirect IS NOT NULL",
			"i", url);
		if (rc == FA_OK)
			rc = fa_db_step(&s->db, st, err);
		if (rc != 1)
			break;
		url = fa_db_int(st, 0);
		fa_db_reset(st);
		rc = FA_OK;
	}
	if (rc == FA_OK)
		*out = url;
	return rc;
}

int
fa_store_judged_before(struct fa_past *out, struct fa_store *s,
	const char *payload, int64_t before_ms, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_past x;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT judgement.id, judgement.bundle, judgement.as_of, "
		"document.reader FROM document "
		"JOIN app_document ON app_document.document = document.id "
		"JOIN app_judgement ON app_judgement.id = app_document.app "
		"JOIN judgement ON judgement.document = document.id "
		"AND judgement.bundle = app_judgement.bundle "
		"AND judgement.as_of = app_judgement.as_of "
		"WHERE payload = ? AND app_judgement.at_ms < ? "
		"ORDER BY app_judgement.at_ms DESC, judgement.id LIMIT 1",
		"zi", payload, before_ms);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc;
	x = (struct fa_past){ .judgement = fa_db_int(st, 0),
		.as_of = (int32_t)fa_db_int(st, 2),
		.reader = fa_db_int(st, 3) };
	rc = fa_db_dup(&x.bundle, st, 1, a, err);
	fa_db_reset(st);
	if (rc < 0)
		return rc;
	*out = x;
	return 1;
}
