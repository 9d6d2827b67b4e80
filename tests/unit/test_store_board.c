/* What a board counts: of audits that were made for it, of earlier ones, of
 * reviews. */
#include "fixture_sweep.h"

#include "evidence/custody.h"
#include "store/board.h"
#include "store/custody.h"

#define BROKEN SWEEP_POLICY "我们强制您使用人脸识别。" SWEEP_TAIL
#define MET SWEEP_POLICY "您可以自愿使用人脸识别。" SWEEP_TAIL
#define DAY 20261121

struct board {
	struct sweep *x;
	struct fa_board *b;
	struct fa_board_sum sum;
	char path[128];
};

/* Findings are named by the target. */
static int
name_finding(char out[17], struct fa_str key, struct fa_str obligation,
	struct fa_str verdict, const struct fa_str *documents, size_t n,
	struct fa_err *err)
{
	(void)obligation;
	(void)verdict;
	(void)documents;
	(void)n;
	(void)err;
	(void)snprintf(out, 17, "%.*s", FA_STR_ARG(key));
	return FA_OK;
}

static int
cite(struct fa_text2 *out, void *ctx, const struct fa_obligation *o,
	struct fa_err *err)
{
	(void)ctx;
	(void)err;
	*out = (struct fa_text2){ { o->article, o->article } };
	return FA_OK;
}

/* Rules that were measured: what they find counts. */
static void
measure(struct sweep *x)
{
	for (size_t i = 0; i < x->r->b->rules_n; i++) {
		x->r->b->rules[i].hits = 1000;
		x->r->b->rules[i].right = 995;
		x->r->b->rules[i].precision = 990;
	}
}

static struct fa_board_sum
make_board(struct board *x, size_t stores, size_t prior)
{
	struct fa_board_options o = { .path = x->path,
		.today = 20270115,
		.deadline_days = 30,
		.id = name_finding };
	struct sweep *w = x->x;
	struct fa_str bundle;

	(void)snprintf(x->path, sizeof(x->path), "%s/board.sqlite", w->dir);
	OK(w, fa_board_new(&x->b, &o, &w->err));
	for (size_t i = 0; i < stores + prior; i++) {
		OK(w, fa_store_commit(w->at[i].s, &w->err));
		OK(w,
			fa_board_add(&bundle, x->b, fa_str_c(w->at[i].dir),
				i >= stores, &w->a, &w->err));
		assert_non_null(bundle.p);
	}
	OK(w, fa_board_put_bundle(x->b, w->r->b, cite, NULL, &w->err));
	OK(w, fa_board_load(x->b, &w->err));
	OK(w, fa_board_sum(&x->sum, x->b, &w->a, &w->err));
	return x->sum;
}

static void
end_board(struct board *x)
{
	OK(x->x, fa_board_finish(x->b, &x->x->err));
	fa_board_free(x->b);
	x->b = NULL;
	assert_int_equal(unlink(x->path), 0);
}

struct rows {
	size_t n;
	char key[8][32];
	enum fa_board_state state[8];
	char cause[8][32];
	int32_t due[8];
	enum fa_board_review review[8];
};

static int
keep(void *ctx, const struct fa_board_finding *f, struct fa_err *err)
{
	struct rows *r = ctx;

	(void)err;
	assert_true(r->n < 8);
	(void)snprintf(r->key[r->n], 32, "%.*s", FA_STR_ARG(f->key));
	(void)snprintf(r->cause[r->n], 32, "%.*s", FA_STR_ARG(f->cause));
	r->due[r->n] = f->due;
	r->review[r->n] = f->review;
	r->state[r->n++] = f->state;
	return FA_OK;
}

static void
a_missing_document_is_a_loss_and_no_finding(void **state)
{
	struct sweep *x = *state;
	struct board b = { .x = x };
	struct sweep_store *t = sweep_open(x, 0, "one");
	struct fa_board_sum s;

	measure(x);
	sweep_target(x, t, "broken", "https://h/1");
	sweep_target(x, t, "met", "https://h/2");
	sweep_target(x, t, "lost", "https://h/3");
	sweep_target(x, t, "none", NULL);
	sweep_page(x, t, "one", "https://h/1", BROKEN);
	sweep_page(x, t, "one", "https://h/2", MET);
	sweep_end(x, t, "https://h/3", FA_OUT_DNS, 0);
	sweep_audit(x, t, DAY);
	s = make_board(&b, 1, 0);
	assert_int_equal(s.whole.apps, 4);
	assert_int_equal(s.stages[FA_BOARD_LISTED], 4);
	assert_int_equal(s.stages[FA_BOARD_FOUND], 3);
	assert_int_equal(s.stages[FA_BOARD_FETCHED], 2);
	assert_int_equal(s.stages[FA_BOARD_SCANNED], 2);
	assert_int_equal(s.stages[FA_BOARD_REVIEWED], 0);
	assert_int_equal(s.losses_n, 2);
	assert_int_equal(s.losses[0].outcome, FA_OUT_DNS);
	assert_int_equal(s.losses[1].outcome, FA_OUT_NO_URL);
	assert_int_equal(s.whole.breach, 1);
	assert_int_equal(s.findings, 1);
	assert_int_equal(s.duties_n, 1);
	assert_int_equal(s.duties[0].judged, 2);
	assert_int_equal(s.duties[0].breach, 1);
	assert_int_equal(s.duties[0].met, 1);
	assert_int_equal(s.cells[FA_BOARD_CATEGORY][0].breach, 1);
	assert_int_equal(s.rules_n, 1);
	assert_int_equal(s.rules[0].hits, 1000);
	assert_int_equal(s.editions_n, 1);
	assert_int_equal(s.queue.unreviewed, 1);
	end_board(&b);
}

static void
unmeasured_rules_give_leads_only(void **state)
{
	struct sweep *x = *state;
	struct board b = { .x = x };
	struct sweep_store *t = sweep_open(x, 0, "one");
	struct fa_board_sum s;

	sweep_target(x, t, "broken", "https://h/1");
	sweep_page(x, t, "one", "https://h/1", BROKEN);
	sweep_audit(x, t, DAY);
	s = make_board(&b, 1, 0);
	assert_int_equal(s.findings, 0);
	assert_int_equal(s.leads, 1);
	assert_int_equal(s.whole.breach, 0);
	assert_int_equal(s.duties[0].leads, 1);
	end_board(&b);
}

/* a: broken, met, broken; b: broken, then it cannot be had; c: met, broken. */
static void
make_history(struct sweep *x, struct sweep_store *t)
{
	measure(x);
	sweep_target(x, t, "a", "https://h/a");
	sweep_target(x, t, "b", "https://h/b");
	sweep_target(x, t, "c", "https://h/c");
	sweep_page(x, t, "one", "https://h/a", BROKEN);
	sweep_page(x, t, "one", "https://h/b", BROKEN);
	sweep_page(x, t, "one", "https://h/c", MET);
	sweep_audit(x, t, DAY);
	sweep_page(x, t, "one", "https://h/a", MET);
	sweep_audit(x, t, DAY + 1);
}

static void
what_was_looked_for_and_not_found_is_fixed(void **state)
{
	struct sweep *x = *state;
	struct board b = { .x = x };
	struct sweep_store *t = sweep_open(x, 0, "one");
	struct rows r = { 0 };
	struct fa_board_sum s;

	make_history(x, t);
	s = make_board(&b, 1, 0);
	assert_int_equal(s.editions_n, 2);
	assert_int_equal(s.editions[0].findings, 2);
	assert_int_equal(s.editions[1].findings, 1);
	assert_int_equal(s.editions[1].cohort, 3);
	assert_int_equal(s.editions[1].states[FA_BOARD_FIXED], 1);
	assert_int_equal(s.editions[1].states[FA_BOARD_PERSISTING], 1);
	OK(x, fa_board_fixed(b.b, keep, &r, &x->err));
	assert_int_equal(r.n, 1);
	assert_string_equal(r.key[0], "a");
	assert_int_equal(r.state[0], FA_BOARD_FIXED);
	assert_string_equal(r.cause[0], "source");
	end_board(&b);
}

static void
a_finding_that_is_back_is_told_from_a_new_one(void **state)
{
	struct sweep *x = *state;
	struct board b = { .x = x };
	struct sweep_store *t = sweep_open(x, 0, "one");
	struct rows r = { 0 };
	struct fa_board_sum s;

	make_history(x, t);
	sweep_page(x, t, "one", "https://h/a",
		SWEEP_POLICY "我们又强制您使用人脸识别。" SWEEP_TAIL);
	sweep_page(x, t, "one", "https://h/c", BROKEN);
	sweep_audit(x, t, DAY + 2);
	s = make_board(&b, 1, 0);
	assert_int_equal(s.editions_n, 3);
	assert_int_equal(s.editions[2].states[FA_BOARD_BACK], 1);
	assert_int_equal(s.editions[2].states[FA_BOARD_NEW], 1);
	OK(x, fa_board_findings(b.b, FA_BOARD_CHANGED, keep, &r, &x->err));
	assert_int_equal(r.n, 2);
	assert_string_equal(r.key[0], "c");
	assert_int_equal(r.state[0], FA_BOARD_NEW);
	assert_string_equal(r.key[1], "a");
	assert_int_equal(r.state[1], FA_BOARD_BACK);
	end_board(&b);
}

/* The prior store had the page, the new one could not get it. */
static void
what_could_not_be_fetched_is_never_fixed(void **state)
{
	struct sweep *x = *state;
	struct board b = { .x = x };
	struct sweep_store *now = sweep_open(x, 0, "now");
	struct sweep_store *then = sweep_open(x, 1, "then");
	struct rows r = { 0 };
	struct fa_board_sum s;

	measure(x);
	sweep_target(x, then, "a", "https://h/a");
	sweep_page(x, then, "then", "https://h/a", BROKEN);
	sweep_audit(x, then, DAY);
	sweep_target(x, now, "a", "https://h/a");
	sweep_end(x, now, "https://h/a", FA_OUT_TIMEOUT, 0);
	sweep_audit(x, now, DAY + 1);
	s = make_board(&b, 1, 1);
	assert_int_equal(s.editions_n, 2);
	assert_true(s.editions[0].prior);
	assert_false(s.editions[1].prior);
	assert_int_equal(s.editions[1].states[FA_BOARD_FIXED], 0);
	assert_int_equal(s.editions[1].states[FA_BOARD_UNCLEAR], 1);
	OK(x, fa_board_fixed(b.b, keep, &r, &x->err));
	assert_int_equal(r.n, 1);
	assert_int_equal(r.state[0], FA_BOARD_UNCLEAR);
	assert_string_equal(r.cause[0], "capture");
	end_board(&b);
}

static void
an_app_in_two_stores_is_counted_once(void **state)
{
	struct sweep *x = *state;
	struct board b = { .x = x };
	struct sweep_store *one = sweep_open(x, 0, "one");
	struct sweep_store *two = sweep_open(x, 1, "two");
	struct fa_board_sum s;

	measure(x);
	sweep_target(x, one, "a", "https://h/a");
	sweep_page(x, one, "one", "https://h/a", BROKEN);
	sweep_audit(x, one, DAY);
	sweep_target(x, two, "a", "https://h/a");
	sweep_target(x, two, "b", "https://h/b");
	sweep_page(x, two, "two", "https://h/a", MET);
	sweep_page(x, two, "two", "https://h/b", MET);
	sweep_audit(x, two, DAY);
	s = make_board(&b, 2, 0);
	assert_int_equal(s.whole.apps, 2);
	assert_int_equal(s.repeated, 1);
	/* The later judgement is the one that counts. */
	assert_int_equal(s.findings, 0);
	assert_int_equal(s.origins[0].apps, 0);
	assert_int_equal(s.origins[1].apps, 2);
	end_board(&b);
}

static void
say(struct sweep *x, struct fa_store *s, const char *by, const char *detail)
{
	struct fa_buf line FA_CLEANUP(fa_buf_done);
	struct fa_store_head head;
	struct fa_custody_event e = { .t_ms = SWEEP_AT_US / 1000,
		.op = FA_OP_REVIEW,
		.case_id = FA_STR("c"),
		.actor = { fa_str_c(by), FA_STR("reviewer"), FA_STR_NONE },
		.tool = { FA_STR("faceaudit"), FA_STR("0"), FA_STR_NONE,
			FA_STR_NONE, FA_STR_NONE },
		.host = { FA_STR("b"), FA_STR("m") },
		.clock = { false, -1, FA_STR("adjtimex") },
		.detail = fa_str_c(detail) };

	fa_buf_init(&line, 1u << 16);
	OK(x, fa_store_custody_head(&head, s, &x->err));
	e.seq = head.seq + 1;
	memcpy(e.prev, head.sha256, sizeof(e.prev));
	OK(x, fa_custody_write(&line, &e, &x->err));
	OK(x,
		fa_store_custody_append(
			&head, s, e.seq, fa_buf_str(&line), &x->err));
}

static void
reviews_settle_findings_and_set_deadlines(void **state)
{
	struct sweep *x = *state;
	struct board b = { .x = x };
	struct sweep_store *t = sweep_open(x, 0, "one");
	struct rows r = { 0 };
	struct fa_board_sum s;

	measure(x);
	sweep_target(x, t, "a", "https://h/a");
	sweep_target(x, t, "b", "https://h/b");
	sweep_target(x, t, "c", "https://h/c");
	sweep_page(x, t, "one", "https://h/a", BROKEN);
	sweep_page(x, t, "one", "https://h/b", BROKEN);
	sweep_page(x, t, "one", "https://h/c", BROKEN);
	sweep_audit(x, t, DAY);
	say(x, t->s, "王", "{\"finding\":\"b\",\"state\":\"rejected\"}");
	say(x, t->s, "王", "{\"finding\":\"b\",\"state\":\"confirmed\"}");
	say(x, t->s, "王", "{\"finding\":\"a\",\"state\":\"confirmed\"}");
	say(x, t->s, "李", "{\"finding\":\"a\",\"state\":\"rejected\"}");
	say(x, t->s, "李", "{\"finding\":\"gone\",\"state\":\"rejected\"}");
	s = make_board(&b, 1, 0);
	assert_int_equal(s.queue.confirmed, 1);
	assert_int_equal(s.queue.disputed, 1);
	assert_int_equal(s.queue.unreviewed, 1);
	assert_int_equal(s.queue.due, 1);
	assert_int_equal(s.queue.overdue, 1);
	assert_int_equal(s.stray_words, 1);
	assert_int_equal(s.stages[FA_BOARD_REVIEWED], 2);
	OK(x, fa_board_findings(b.b, FA_BOARD_QUEUE, keep, &r, &x->err));
	assert_int_equal((int64_t)r.n, s.queued);
	assert_string_equal(r.key[0], "b");
	/* 2025-11-21 16:00 in China, and thirty days. */
	assert_int_equal(r.due[0], 20251221);
	assert_string_equal(r.key[1], "a");
	assert_int_equal(r.review[1], FA_BOARD_DISPUTED);
	assert_int_equal(r.due[1], 0);
	end_board(&b);
}

static void
quotes_lead_to_the_document_and_its_record(void **state)
{
	struct sweep *x = *state;
	struct board b = { .x = x };
	struct sweep_store *t = sweep_open(x, 0, "one");
	struct fa_board_parts parts;
	struct fa_board_quotes q;

	measure(x);
	sweep_target(x, t, "a", "https://h/a");
	sweep_page(x, t, "one", "https://h/a", BROKEN);
	sweep_audit(x, t, DAY);
	(void)make_board(&b, 1, 0);
	OK(x,
		fa_board_app_parts(&parts, b.b, sweep_app(x, t, "a").target,
			&x->a, &x->err));
	assert_int_equal(parts.findings_n, 1);
	assert_int_equal(parts.documents_n, 1);
	assert_int_equal(parts.gone_n, 0);
	assert_true(parts.documents[0].record.n > 0);
	assert_true(
		fa_str_eq(parts.documents[0].archive, FA_STR("one.warc.gz")));
	assert_true(fa_str_eq(parts.findings[0].id, FA_STR("a")));
	OK(x,
		fa_board_get_quotes(&q, b.b, parts.findings[0].app,
			parts.findings[0].duty, &x->a, &x->err));
	assert_int_equal(q.n, 1);
	assert_int_equal(q.at[0].document, parts.documents[0].ord);
	assert_true(fa_str_find(q.at[0].quote, FA_STR("强制"), 0) != SIZE_MAX);
	end_board(&b);
}

/* The address showed something else before: its picture is not this text's. */
static void
a_picture_belongs_to_the_bytes_it_was_drawn_from(void **state)
{
	static const char other[] = "00000000000000000000000000000000"
				    "00000000000000000000000000000000";
	struct sweep *x = *state;
	struct board b = { .x = x };
	struct sweep_store *t = sweep_open(x, 0, "one");
	struct fa_board_parts parts;
	struct fa_str payload;
	int64_t id;

	measure(x);
	sweep_target(x, t, "broken", "https://h/1");
	sweep_page(x, t, "one", "https://h/1", BROKEN);
	sweep_audit(x, t, DAY);
	id = sweep_app(x, t, "broken").target;
	(void)make_board(&b, 1, 0);
	OK(x,
		fa_board_put_picture(
			b.b, fa_str_c(other), FA_STR("old"), &x->err));
	OK(x, fa_board_app_parts(&parts, b.b, id, &x->a, &x->err));
	assert_int_equal(parts.documents_n, 1);
	assert_null(parts.documents[0].picture.p);
	payload = parts.documents[0].payload;
	OK(x, fa_board_put_picture(b.b, payload, FA_STR("own"), &x->err));
	OK(x, fa_board_app_parts(&parts, b.b, id, &x->a, &x->err));
	assert_true(fa_str_eq(parts.documents[0].picture, FA_STR("own")));
	end_board(&b);
}

static void
a_database_that_exists_is_not_touched(void **state)
{
	struct sweep *x = *state;
	struct fa_board_options o = { .today = DAY };
	struct fa_board *b = NULL;
	char path[128];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/mine", x->dir);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fclose(f), 0);
	o.path = path;
	assert_int_equal(fa_board_new(&b, &o, &x->err), FA_E_USAGE);
	assert_null(b);
	assert_int_equal(unlink(path), 0);
}

#define T(name)                                                                \
	cmocka_unit_test_setup_teardown(name, sweep_setup, sweep_teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		T(a_missing_document_is_a_loss_and_no_finding),
		T(unmeasured_rules_give_leads_only),
		T(what_was_looked_for_and_not_found_is_fixed),
		T(a_finding_that_is_back_is_told_from_a_new_one),
		T(what_could_not_be_fetched_is_never_fixed),
		T(an_app_in_two_stores_is_counted_once),
		T(reviews_settle_findings_and_set_deadlines),
		T(quotes_lead_to_the_document_and_its_record),
		T(a_picture_belongs_to_the_bytes_it_was_drawn_from),
		T(a_database_that_exists_is_not_touched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
