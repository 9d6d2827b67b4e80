#include "store/finding.h"

#include "store/internal.h"

int
fa_store_findings(struct fa_store *s, fa_store_finding_fn *fn, void *ctx,
	struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT t.key, v.obligation, v.verdict, v.tier, "
		"(SELECT group_concat(payload, ' ') FROM (SELECT DISTINCT "
		"o.payload FROM app_document d "
		"JOIN document o ON o.id = d.document "
		"JOIN judgement j ON j.document = d.document "
		"AND j.bundle = a.bundle AND j.as_of = a.as_of "
		"JOIN verdict w ON w.judgement = j.id "
		"AND w.obligation = v.obligation AND w.verdict = v.verdict "
		"WHERE d.app = a.id ORDER BY o.payload)) "
		"FROM target t JOIN app_judgement a ON a.id = (SELECT id "
		"FROM app_judgement WHERE target = t.id "
		"ORDER BY at_ms DESC, id LIMIT 1) "
		"JOIN app_verdict v ON v.app = a.id "
		"WHERE v.verdict IN ('violation', 'gap') "
		"ORDER BY t.key, v.obligation",
		"");

	if (rc < 0)
		return rc;
	while ((rc = fa_db_step(&s->db, st, err)) == 1) {
		struct fa_store_finding f = { .target = fa_db_text(st, 0),
			.obligation = fa_db_text(st, 1),
			.verdict = fa_db_text(st, 2),
			.tier = fa_db_text(st, 3) };
		struct fa_str rest = fa_db_text(st, 4);

		while (rest.n > 0 && f.documents_n < FA_COUNT(f.documents))
			f.documents[f.documents_n++] = fa_str_cut(&rest, ' ');
		rc = fn(ctx, &f, err);
		if (rc < 0) {
			fa_db_reset(st);
			return rc;
		}
	}
	return rc;
}
