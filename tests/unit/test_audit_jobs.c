/* A sweep is the same for any number of jobs. */
#include "fixture_sweep.h"

#include "store/internal.h"

#define BEFORE 20250101
#define TODAY 20261121
#define TARGETS 60
#define BODY_BYTES 8192
#define SHELL "<html><body><div id=app></div><script>x()</script></body></html>"

static const unsigned jobs[SWEEP_STORES] = { 1, 2, 3, 8 };

/* Everything that an audit writes, a row as one text, in an order that does
 * not depend on when it was written. */
static const char *const rows[] = {
	"SELECT quote(id) || quote(payload) || quote(media_type) || "
	"quote(charset) || quote(reader) || quote(text) || quote(title) || "
	"quote(encoding) || quote(bytes) || quote(clauses) || quote(kind) || "
	"quote(kind_other) || quote(kind_detail) || quote(error) "
	"FROM document ORDER BY id",
	"SELECT quote(id) || quote(document) || quote(ord) || quote(text) "
	"FROM clause ORDER BY id",
	"SELECT quote(id) || quote(document) || quote(bundle) || "
	"quote(as_of) || quote(scopes) || quote(hi) || quote(lo) || "
	"quote(coverage_bp) || quote(grade) || quote(vector) || quote(error) "
	"FROM judgement ORDER BY id",
	"SELECT quote(judgement) || quote(obligation) || quote(verdict) || "
	"quote(rule) || quote(confidence) || quote(tier) || quote(reason) "
	"FROM verdict ORDER BY judgement, obligation",
	"SELECT quote(judgement) || quote(obligation) || quote(side) || "
	"quote(ord) || quote(rule) || quote(raw_from) || quote(raw_to) || "
	"quote(line) || quote(col) || quote(end_line) || quote(end_col) || "
	"quote(quote) || quote(text) || quote(section) FROM evidence "
	"ORDER BY judgement, obligation, side, ord",
	"SELECT quote(id) || quote(target) || quote(at_ms) || quote(outcome) "
	"|| quote(documents) || quote(scopes) || quote(hi) || quote(lo) || "
	"quote(vector) FROM app_judgement ORDER BY id",
	"SELECT quote(app) || quote(ord) || quote(role) || quote(url) || "
	"quote(final) || quote(outcome) || quote(detail) || quote(document) "
	"|| quote(stands_in) FROM app_document ORDER BY app, ord",
	"SELECT quote(app) || quote(obligation) || quote(verdict) || "
	"quote(rule) || quote(reason) || quote(contradiction) "
	"FROM app_verdict ORDER BY app, obligation",
	"SELECT quote(app) || quote(before) || quote(subject) || "
	"quote(cause) || quote(kind) || quote(was) || quote(became) "
	"FROM change ORDER BY app, before, subject, cause",
	"SELECT quote(id) || quote(kind) || quote(kind_other) || "
	"quote(kind_detail) FROM url ORDER BY id",
	"SELECT 'found ' || quote(rowid) FROM clause_fts "
	"WHERE clause_fts MATCH '强制刷' ORDER BY rowid",
};

static struct fa_str
content(struct sweep *x, struct sweep_store *t)
{
	struct fa_buf out;
	struct fa_str all;

	fa_buf_init(&out, SWEEP_BYTES);
	for (size_t i = 0; i < FA_COUNT(rows); i++) {
		sqlite3_stmt *st;
		int rc = fa_db_query(&st, &t->s->db, &x->err, rows[i], "");

		while (rc == FA_OK &&
			(rc = fa_db_step(&t->s->db, st, &x->err)) == 1) {
			fa_buf_add(&out, fa_db_text(st, 0));
			fa_buf_addc(&out, '\n');
			rc = FA_OK;
		}
		OK(x, rc);
	}
	all = fa_arena_dup(&x->a, fa_buf_str(&out));
	assert_non_null(all.p);
	fa_buf_done(&out);
	return all;
}

/* One of a few kinds of pages; some targets show the same bytes. */
static void
page(struct sweep *x, struct sweep_store *t, const char *name, unsigned i,
	unsigned round)
{
	static const char *const says[] = { "本应用强制刷脸登录。",
		"您可以自愿刷脸登录。", "您可以刷脸登录。", "谢谢。" };
	char url[64], body[BODY_BYTES];
	unsigned kind = (i * 7 + round * (i % 3)) % 11;

	(void)snprintf(url, sizeof(url), "http://h/%u", i);
	if (kind == 10) {
		sweep_end(x, t, url, FA_OUT_TIMEOUT, 0);
		return;
	}
	if (kind == 9)
		(void)snprintf(body, sizeof(body), "%s", SHELL);
	else
		(void)snprintf(body, sizeof(body), "%s%s%u%s", SWEEP_POLICY,
			says[kind % FA_COUNT(says)], kind < 3 ? 0 : i,
			SWEEP_TAIL);
	sweep_page(x, t, name, url, body);
}

static void
fill(struct sweep *x, struct sweep_store *t, const char *name, unsigned round)
{
	for (unsigned i = 0; i < TARGETS; i++) {
		char key[16], url[64], face[64];

		(void)snprintf(key, sizeof(key), "app%02u", i * 37 % TARGETS);
		(void)snprintf(url, sizeof(url), "http://h/%u", i);
		(void)snprintf(face, sizeof(face), "http://h/%u", i / 2 + 500);
		if (round == 0)
			sweep_target(x, t, key, i % 13 == 12 ? NULL : url);
		if (i % 13 == 12)
			continue;
		page(x, t, name, i, round);
		if (round == 0 && i % 5 == 0) {
			sweep_link(x, t, url, face, FA_ROLE_FACE);
			page(x, t, name, i / 2 + 500, round);
		}
	}
}

static void
a_sweep_and_its_changes_are_the_same_for_any_number_of_jobs(void **state)
{
	static const char *const names[] = { "a", "b", "c", "d" };
	struct sweep *x = *state;
	struct fa_str first = FA_STR_NONE, export = FA_STR_NONE;
	struct fa_batch_counts counts;

	for (unsigned k = 0; k < SWEEP_STORES; k++) {
		struct sweep_store *t = sweep_open(x, k, names[k]);
		struct fa_str now, text;

		x->now_ms = SWEEP_AT_US / 1000;
		x->jobs = jobs[k];
		fill(x, t, names[k], 0);
		sweep_audit(x, t, BEFORE);
		fill(x, t, names[k], 1);
		sweep_audit(x, t, TODAY);
		now = content(x, t);
		text = fa_arena_dup(
			&x->a, fa_str_c(sweep_export(x, t, false, true)));
		if (k == 0) {
			first = now;
			export = text;
			counts = x->counts;
			assert_true(counts.fresh > 20);
			assert_true(counts.gained > 0);
			assert_true(counts.stand_ins > 0);
			assert_non_null(strstr(now.p, "found "));
			continue;
		}
		assert_true(fa_str_eq(now, first));
		assert_true(fa_str_eq(text, export));
		assert_memory_equal(&x->counts, &counts, sizeof(counts));
	}
}

static void
a_stop_at_any_document_keeps_what_was_judged_by_then(void **state)
{
	struct sweep *x = *state;
	struct sweep_store *t = sweep_open(x, 0, "a");
	struct sweep_store *whole = sweep_open(x, 1, "b");

	x->jobs = 1;
	fill(x, whole, "b", 0);
	sweep_audit(x, whole, TODAY);
	fill(x, t, "a", 0);
	x->jobs = 3;
	for (unsigned n = 1;; n += 5) {
		struct fa_shard all = { 0, 1 };

		x->stop_after = n;
		if (sweep_try(x, t, TODAY, all) == FA_OK)
			break;
	}
	/* Rows are those of a sweep that nobody stopped, but for times. */
	OK(x,
		fa_db_script(&t->s->db, "UPDATE app_judgement SET at_ms = 0",
			&x->err));
	OK(x,
		fa_db_script(&whole->s->db,
			"UPDATE app_judgement SET at_ms = 0", &x->err));
	assert_true(fa_str_eq(content(x, t), content(x, whole)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SWEEP_TEST(
			a_sweep_and_its_changes_are_the_same_for_any_number_of_jobs),
		SWEEP_TEST(
			a_stop_at_any_document_keeps_what_was_judged_by_then),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
