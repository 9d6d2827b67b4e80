#include "store/judge.h"

#include <stdio.h>
#include <string.h>

#include "store/verdict.h"

int
fa_store_judgement_id(int64_t *id, int64_t document, struct fa_str bundle,
	int32_t as_of, struct fa_err *err)
{
	char number[24], date[16];
	struct fa_str parts[3] = { FA_STR_NONE, bundle, FA_STR_NONE };

	(void)snprintf(number, sizeof(number), "%lld", (long long)document);
	(void)snprintf(date, sizeof(date), "%d", (int)as_of);
	parts[0] = fa_str_c(number);
	parts[2] = fa_str_c(date);
	return fa_hash_id(id, parts, FA_COUNT(parts), err);
}

static int
read_verdict(struct fa_store_verdict *out, sqlite3_stmt *st, struct fa_arena *a,
	struct fa_err *err)
{
	int verdict = fa_verdict_parse(fa_db_text(st, 1));
	int tier = fa_tier_parse(fa_db_text(st, 4));
	int rc;

	if (verdict < 0 || tier < 0)
		return fa_fail(err, FA_E_INPUT,
			"store: unknown verdict '%.*s' or tier '%.*s'",
			FA_STR_ARG(fa_db_text(st, 1)),
			FA_STR_ARG(fa_db_text(st, 4)));
	out->verdict = (enum fa_verdict)verdict;
	out->confidence = (uint32_t)fa_db_int(st, 3);
	out->tier = (enum fa_tier)tier;
	out->contradiction = fa_db_int(st, 6) != 0;
	rc = fa_db_dup(&out->obligation, st, 0, a, err);
	if (rc == FA_OK)
		rc = fa_db_dup(&out->rule, st, 2, a, err);
	if (rc == FA_OK)
		rc = fa_db_dup(&out->reason, st, 5, a, err);
	return rc;
}

int
fa_store_read_verdicts(struct fa_store_verdict **out, size_t *n,
	struct fa_store *s, sqlite3_stmt *st, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_store_verdict *at = NULL;
	size_t count = 0, cap = 0;
	int rc;

	while ((rc = fa_db_step(&s->db, st, err)) == 1) {
		struct fa_store_verdict *p =
			fa_arena_grow(a, at, &cap, count + 1, sizeof(*at));

		if (p) {
			at = p;
			rc = read_verdict(&at[count++], st, a, err);
		} else {
			rc = fa_fail(err, FA_E_NOMEM, "no memory for verdicts");
		}
		if (rc < 0) {
			fa_db_reset(st);
			return rc;
		}
	}
	if (rc < 0)
		return rc;
	*out = at;
	*n = count;
	return FA_OK;
}

int
fa_store_read_score(struct fa_score *out, sqlite3_stmt *st, int from,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str grade = fa_db_text(st, from + 3);

	out->hi = fa_db_int(st, from);
	out->lo = fa_db_int(st, from + 1);
	out->coverage_bp = (uint32_t)fa_db_int(st, from + 2);
	out->grade = grade.n == 1 ? grade.p[0] : 'N';
	return fa_db_dup(&out->vector, st, from + 4, a, err);
}

int
fa_store_get_judgement(struct fa_store_judgement *out, struct fa_store *s,
	int64_t id, struct fa_arena *a, struct fa_err *err)
{
	struct fa_store_judgement j = { .id = id };
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT document, scopes, hi, lo, coverage_bp, grade, vector, "
		"error FROM judgement WHERE id = ?",
		"i", id);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc;
	j.document = fa_db_int(st, 0);
	j.scopes = (uint32_t)fa_db_int(st, 1);
	rc = fa_store_read_score(&j.score, st, 2, a, err);
	if (rc == FA_OK)
		rc = fa_db_dup(&j.error, st, 7, a, err);
	fa_db_reset(st);
	if (rc == FA_OK)
		rc = fa_db_query(&st, &s->db, err,
			"SELECT obligation, verdict, rule, confidence, tier, "
			"reason, 0 FROM verdict WHERE judgement = ? "
			"ORDER BY obligation",
			"i", id);
	if (rc == FA_OK)
		rc = fa_store_read_verdicts(
			&j.verdicts, &j.verdicts_n, s, st, a, err);
	if (rc < 0)
		return rc;
	*out = j;
	return 1;
}

static struct fa_str
rule_id(const struct fa_bundle *b, uint32_t rule)
{
	return rule < b->rules_n ? b->rules[rule].id : FA_STR_NONE;
}

static int
put_side(struct fa_store *s, int64_t judgement, struct fa_str obligation,
	bool against, const struct fa_evidence *e, size_t n,
	const struct fa_bundle *b, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < n && rc == FA_OK; i++)
		rc = fa_db_run(&s->db, err,
			"INSERT OR IGNORE INTO evidence (judgement, "
			"obligation, side, ord, rule, raw_from, raw_to, line, "
			"col, end_line, end_col, quote, text, section) VALUES "
			"(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			"itiitiiiiiittt", judgement, obligation,
			(int64_t)against, (int64_t)i, rule_id(b, e[i].rule),
			(int64_t)e[i].raw.from, (int64_t)e[i].raw.to,
			(int64_t)e[i].from.line, (int64_t)e[i].from.column,
			(int64_t)e[i].to.line, (int64_t)e[i].to.column,
			e[i].quote, e[i].text, e[i].section);
	return rc;
}

static int
put_finding(struct fa_store *s, int64_t judgement, const struct fa_finding *f,
	const struct fa_bundle *b, struct fa_err *err)
{
	struct fa_str obligation = b->obligations[f->obligation].id;
	int rc;

	if (f->verdict == FA_VERDICT_NOT_APPLICABLE)
		return FA_OK;
	rc = fa_db_run(&s->db, err,
		"INSERT OR IGNORE INTO verdict (judgement, obligation, "
		"verdict, rule, confidence, tier, reason) VALUES "
		"(?, ?, ?, ?, ?, ?, ?)",
		"itztizt", judgement, obligation, fa_verdict_name(f->verdict),
		rule_id(b, f->rule), (int64_t)f->confidence,
		fa_tier_name(f->tier), f->reason);
	if (rc == FA_OK)
		rc = put_side(s, judgement, obligation, false, f->pro, f->pro_n,
			b, err);
	if (rc == FA_OK)
		rc = put_side(s, judgement, obligation, true, f->contra,
			f->contra_n, b, err);
	return rc;
}

int
fa_store_put_judgement(struct fa_store *s, int64_t document,
	const struct fa_result *r, const struct fa_bundle *b, int32_t as_of,
	struct fa_err *err)
{
	struct fa_str bundle = fa_str_c(b->sha256);
	char grade[2] = { r->score.grade, '\0' };
	int64_t id;
	int rc = fa_store_judgement_id(&id, document, bundle, as_of, err);

	if (rc == FA_OK)
		rc = fa_db_run(&s->db, err,
			"INSERT OR IGNORE INTO judgement (id, document, "
			"bundle, as_of, scopes, hi, lo, coverage_bp, grade, "
			"vector, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
			"coalesce(?, ''), ?)",
			"iitiiiiiztt", id, document, bundle, (int64_t)as_of,
			(int64_t)r->scopes, r->score.hi, r->score.lo,
			(int64_t)r->score.coverage_bp, grade, r->score.vector,
			r->error);
	if (rc < 0 || fa_db_changes(&s->db) == 0)
		return rc;
	for (size_t i = 0; i < r->findings_n && rc == FA_OK; i++)
		rc = put_finding(s, id, &r->findings[i], b, err);
	return rc;
}

static int
read_evidence(struct fa_store_evidence *e, sqlite3_stmt *st, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_str *texts[] = { &e->quote, &e->text, &e->section, &e->rule };
	int rc = FA_OK;

	e->against = fa_db_int(st, 0) != 0;
	e->raw = (struct fa_range){ (uint32_t)fa_db_int(st, 1),
		(uint32_t)fa_db_int(st, 2) };
	e->from = (struct fa_position){ (uint32_t)fa_db_int(st, 3),
		(uint32_t)fa_db_int(st, 4), 0 };
	e->to = (struct fa_position){ (uint32_t)fa_db_int(st, 5),
		(uint32_t)fa_db_int(st, 6), 0 };
	for (size_t i = 0; i < FA_COUNT(texts) && rc == FA_OK; i++)
		rc = fa_db_dup(texts[i], st, 7 + (int)i, a, err);
	return rc;
}

int
fa_store_get_evidence(struct fa_store_evidence_list *out, struct fa_store *s,
	int64_t judgement, struct fa_str obligation, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_store_evidence_list l = { 0 };
	size_t cap = 0;
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT side, raw_from, raw_to, line, col, end_line, end_col, "
		"quote, text, section, rule FROM evidence WHERE judgement = ? "
		"AND obligation = ? ORDER BY side, ord",
		"it", judgement, obligation);

	while (rc == FA_OK && (rc = fa_db_step(&s->db, st, err)) == 1) {
		struct fa_store_evidence *p =
			fa_arena_grow(a, l.at, &cap, l.n + 1, sizeof(*l.at));

		if (p) {
			l.at = p;
			rc = read_evidence(&l.at[l.n++], st, a, err);
		} else {
			rc = fa_fail(err, FA_E_NOMEM, "no memory for evidence");
		}
		if (rc < 0)
			fa_db_reset(st);
	}
	if (rc == FA_OK)
		*out = l;
	return rc;
}

int
fa_store_put_bundle(struct fa_store *s, struct fa_str sha256,
	struct fa_str json, struct fa_err *err)
{
	return fa_db_run(&s->db, err,
		"INSERT OR IGNORE INTO bundle (sha256, json) VALUES (?, ?)",
		"tb", sha256, json);
}

int
fa_store_get_bundle(struct fa_str *json, struct fa_store *s,
	struct fa_str sha256, struct fa_arena *a, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT json FROM bundle WHERE sha256 = ?", "t", sha256);

	if (rc == FA_OK)
		rc = fa_db_step(&s->db, st, err);
	if (rc != 1)
		return rc;
	rc = fa_db_dup(json, st, 0, a, err);
	fa_db_reset(st);
	return rc < 0 ? rc : 1;
}
