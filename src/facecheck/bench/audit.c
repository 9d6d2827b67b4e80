#include "facecheck/bench/audit.h"

#include "base/json.h"

static int
bad(struct fa_err *err, const char *what, struct fa_str got)
{
	return fa_fail(err, FA_E_INPUT, "results of an audit: %s '%.*s'", what,
		FA_STR_ARG(got));
}

static int
read_where(
	enum fc_audit_where *out, const struct fa_json *j, struct fa_err *err)
{
	static const struct {
		struct fa_str name;
		enum fc_audit_where where;
	} names[] = {
		{ FA_STR_INIT("flow"), FC_AUDIT_FLOW },
		{ FA_STR_INIT("document"), FC_AUDIT_DOCUMENT },
		{ FA_STR_INIT("proof"), FC_AUDIT_PROOF },
		{ FA_STR_INIT("-"), FC_AUDIT_NOTHING },
	};
	struct fa_str seen = fa_json_text(j, "seen");
	bool mutant = fa_str_eq(fa_json_text(j, "case"), FA_STR("mutant"));

	for (size_t i = 0; i < FA_COUNT(names); i++)
		if (fa_str_eq(seen, names[i].name)) {
			*out = names[i].where;
			return mutant == (*out != FC_AUDIT_NOTHING)
				? FA_OK
				: bad(err, "'case' does not go with 'seen'",
					  seen);
		}
	return bad(err, "unknown 'seen'", seen);
}

static int
count_of(
	size_t *n, const struct fa_json *j, const char *key, struct fa_err *err)
{
	const struct fa_json *k = fa_json_find(j, key);

	if (!k || k->kind != FA_JSON_OBJECT)
		return bad(err, "no object", fa_str_c(key));
	*n = k->count;
	return FA_OK;
}

static int
read_row(struct fc_audit *out, const struct fa_json *j, struct fa_err *err)
{
	struct fc_audit_row *r = &out->rows[out->rows_n];
	size_t found = 0, accused = 0;
	int rc;

	r->name = fa_json_text(j, "name");
	if (r->name.n == 0)
		return bad(err, "a row without", FA_STR("name"));
	for (size_t i = 0; i < out->rows_n; i++)
		if (fa_str_eq(out->rows[i].name, r->name))
			return bad(err, "twice:", r->name);
	rc = read_where(&r->where, j, err);
	if (rc == FA_OK)
		rc = count_of(&found, j, "found", err);
	if (rc == FA_OK)
		rc = count_of(&accused, j, "false", err);
	if (rc < 0)
		return rc;
	r->found = found > 0;
	r->accused = accused > 0;
	out->rows_n++;
	return FA_OK;
}

static void
count(struct fc_audit *out)
{
	uint64_t of[FC_AUDIT_WHERE_COUNT] = { 0 };
	uint64_t wrong[FC_AUDIT_WHERE_COUNT] = { 0 };
	uint64_t all = 0, missed = 0;

	for (size_t i = 0; i < out->rows_n; i++) {
		const struct fc_audit_row *r = &out->rows[i];

		of[r->where]++;
		wrong[r->where] +=
			r->where == FC_AUDIT_NOTHING ? r->accused : !r->found;
	}
	for (int w = 0; w < FC_AUDIT_NOTHING; w++) {
		out->missed[w] = fc_rate_of(wrong[w], of[w]);
		all += of[w];
		missed += wrong[w];
	}
	out->missed_all = fc_rate_of(missed, all);
	out->accused =
		fc_rate_of(wrong[FC_AUDIT_NOTHING], of[FC_AUDIT_NOTHING]);
}

int
fc_audit_read(struct fc_audit *out, struct fa_str text, struct fa_arena *a,
	struct fa_err *err)
{
	const struct fa_json *rows;
	struct fc_audit x = { 0 };
	struct fa_json *j;
	int rc = fa_json_parse(&j, text, a, err);

	if (rc < 0)
		return rc;
	if (!fa_str_eq(fa_json_text(j, "schema"), FA_STR(FC_AUDIT_SCHEMA)))
		return bad(err, "'schema' is not " FC_AUDIT_SCHEMA " but",
			fa_json_text(j, "schema"));
	rows = fa_json_find(j, "rows");
	if (!rows || rows->kind != FA_JSON_ARRAY || rows->count == 0)
		return bad(err, "no list of", FA_STR("rows"));
	if (rows->count > FC_AUDIT_ROWS_MAX)
		return fa_fail(err, FA_E_LIMIT,
			"results of an audit: more than %d rows",
			FC_AUDIT_ROWS_MAX);
	x.rows = fa_arena_new(a, rows->count, sizeof(*x.rows));
	if (!x.rows)
		return fa_fail(err, FA_E_NOMEM, "no memory for an audit");
	for (const struct fa_json *k = rows->child; k && rc == FA_OK;
		k = k->next)
		rc = read_row(&x, k, err);
	if (rc < 0)
		return rc;
	count(&x);
	*out = x;
	return FA_OK;
}
