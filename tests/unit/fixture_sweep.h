/* Stores that hold what a test puts there, as a crawl would have done, and the
 * rules of rig_match.h to judge them by. One obligation, T.1: met by 自愿,
 * broken by 强制, and not to be silent about where a face is spoken of. */
#ifndef FIXTURE_SWEEP_H
#define FIXTURE_SWEEP_H

#include "rig_match.h"

#include <dirent.h>
#include <sys/stat.h>

#include "audit/batch.h"
#include "evidence/warc.h"
#include "store/app.h"
#include "store/capture.h"
#include "store/frontier.h"
#include "store/wanted.h"
#include "tools/reporting.h"

#define SWEEP_STORES 4
#define SWEEP_AT_US INT64_C(1763712000000000)
#define SWEEP_BYTES (64u << 20)

struct sweep_store {
	char dir[96];
	struct fa_store *s;
	struct fa_warc *w;
	int64_t at_us;
};

struct sweep {
	struct rig *r;
	char dir[64];
	struct sweep_store at[SWEEP_STORES];
	struct fa_arena a;
	struct fa_err err;
	struct fa_batch_counts counts;
	int64_t now_ms;
	unsigned asked, stop_after; /* 0: never */
	unsigned jobs;
	struct fa_buf out;
};

#define OK(x, call)                                                            \
	do {                                                                   \
		if ((call) != FA_OK)                                           \
			fail_msg("%s", (x)->err.msg);                          \
	} while (0)

/* Enough of a policy for anybody. */
#define SWEEP_POLICY                                                                                             \
	"<html><head><title>隐私政策</title></head><body><h1>隐私政策</h1>"                              \
	"<p>我们非常重视您的个人信息和隐私保护。本隐私政策说明我们如何收集、"    \
	"使用、存储、共享和保护您的个人信息，以及您如何访问、更正、删除您的"    \
	"个人信息和注销账号。请您仔细阅读本政策并确认同意后再使用我们的服务。" \
	"我们会按照法律法规的要求，采取相应的安全措施保护您的个人信息。</p>"      \
	"<p>为了向您提供服务，我们会在征得您授权同意后收集您的手机号码、设备"    \
	"信息和日志信息。未经您的同意，我们不会向第三方共享、转让或披露您的"    \
	"个人信息，但法律法规另有规定的除外。我们使用的权限包括存储权限和网络" \
	"权限。您可以在设置中撤回授权。儿童和未成年人应当在监护人同意后使用。" \
	"如您对本政策有任何疑问，可以通过客服与我们联系，我们将在十五个工作日" \
	"内予以答复。本政策更新时我们会以弹窗等方式通知您。</p><p>"
#define SWEEP_TAIL "</p></body></html>"

static const struct rig_duty sweep_duty = { "T.1", "T", "gap", "FACE_ID",
	{ { "T.1-c", "compliant", "      '自愿'\n", NULL },
		{ "T.1-v", "violation", "      '强制'\n", NULL } } };

static inline int
sweep_wake(void *ctx, struct fa_str host, int64_t not_before, struct fa_err *e)
{
	(void)ctx;
	(void)host;
	(void)not_before;
	(void)e;
	return FA_OK;
}

static inline struct fa_store_rules
sweep_rules(void)
{
	return (struct fa_store_rules){ .max_step = 2,
		.on_pending = sweep_wake };
}

static inline struct sweep_store *
sweep_open(struct sweep *x, unsigned i, const char *name)
{
	struct sweep_store *t = &x->at[i];
	char path[640];

	(void)snprintf(t->dir, sizeof(t->dir), "%s/%s", x->dir, name);
	OK(x, fa_store_open(&t->s, fa_str_c(t->dir), FA_STORE_CREATE, &x->err));
	OK(x, fa_store_begin(t->s, &x->err));
	(void)snprintf(
		path, sizeof(path), "%s/archive/%s.warc.gz", t->dir, name);
	OK(x, fa_warc_open(&t->w, fa_str_c(path), 0, FA_STR("test"), &x->err));
	t->at_us = SWEEP_AT_US;
	return t;
}

static inline int64_t
sweep_url(struct sweep *x, struct sweep_store *t, const char *url)
{
	int64_t id = 0;

	OK(x, fa_store_put_url(&id, t->s, fa_str_c(url), FA_STR("h"), &x->err));
	return id;
}

/* A target with a policy of its own; NULL: without any. */
static inline void
sweep_target(struct sweep *x, struct sweep_store *t, const char *key,
	const char *policy)
{
	struct fa_target target = { .key = fa_str_c(key),
		.app = FA_STR("=应用"),
		.policy_url = fa_str_c(policy) };
	struct fa_store_rules rules = sweep_rules();
	struct fa_store_want want = { .role = FA_ROLE_POLICY, .step = 1 };

	OK(x,
		fa_store_put_target(
			&want.target, t->s, &target, FA_STR_NONE, &x->err));
	if (policy)
		OK(x,
			fa_store_put_root(t->s, sweep_url(x, t, policy), &want,
				&rules, &x->err));
}

static inline void
sweep_end(struct sweep *x, struct sweep_store *t, const char *url,
	enum fa_outcome outcome, int64_t capture)
{
	struct fa_store_attempt a = { .url = sweep_url(x, t, url),
		.run = 1,
		.at_us = t->at_us,
		.elapsed_ms = 5,
		.outcome = outcome,
		.status = capture ? 200 : 0,
		.capture = capture,
		.final = true };

	OK(x, fa_store_put_attempt(t->s, &a, &x->err));
	t->at_us += 1000000;
}

/* The page comes in, and nobody has looked at it yet. */
static inline void
sweep_page(struct sweep *x, struct sweep_store *t, const char *name,
	const char *url, const char *body)
{
	char archive[64];
	struct fa_warc_exchange e = { .url = fa_str_c(url),
		.ip = FA_STR("127.0.0.1"),
		.at_us = t->at_us,
		.request = FA_STR("GET / HTTP/1.1\r\nHost: h\r\n\r\n"),
		.head = FA_STR("HTTP/1.1 200 OK\r\nContent-Type: text/html; "
			       "charset=utf-8\r\n\r\n"),
		.body = fa_str_c(body),
		.fields = FA_STR("") };
	struct fa_capture c = { .url = sweep_url(x, t, url),
		.run = 1,
		.at_us = t->at_us,
		.status = 200,
		.bytes = (int64_t)e.body.n,
		.media_type = FA_STR("text/html"),
		.charset = FA_STR("utf-8") };
	struct fa_warc_place place;
	int64_t end;

	(void)snprintf(archive, sizeof(archive), "%s.warc.gz", name);
	c.archive = fa_str_c(archive);
	OK(x, fa_hash_sha256(e.payload_sha256, e.body, &x->err));
	memcpy(c.payload, e.payload_sha256, sizeof(c.payload));
	OK(x, fa_warc_add(&place, t->w, &e, &x->err));
	OK(x, fa_warc_sync(t->w, &end, &x->err));
	c.offset = place.offset;
	c.length = place.length;
	c.record = fa_str_c(place.id);
	OK(x, fa_store_put_capture(t->s, &c, &x->err));
	OK(x, fa_store_put_archive(t->s, c.archive, end, &x->err));
	sweep_end(x, t, url, FA_OUT_OK, c.id);
}

static inline void
sweep_link(struct sweep *x, struct sweep_store *t, const char *from,
	const char *to, enum fa_role role)
{
	struct fa_store_link l = { .via = "related",
		.url = fa_str_c(to),
		.host = FA_STR("h"),
		.text = FA_STR("link"),
		.role = role };
	struct fa_store_rules rules = sweep_rules();
	int64_t url = sweep_url(x, t, from);

	OK(x, fa_store_put_links(t->s, url, &l, 1, &x->err));
	OK(x, fa_store_expand(t->s, url, &rules, &x->err));
}

static inline bool
sweep_stop(void *ctx)
{
	struct sweep *x = ctx;

	return x->stop_after > 0 && ++x->asked > x->stop_after;
}

static inline int64_t
sweep_now(void *ctx)
{
	const struct sweep *x = ctx;

	return x->now_ms;
}

/* Returns what fa_batch_run returned. */
static inline int
sweep_try(struct sweep *x, struct sweep_store *t, int32_t as_of,
	struct fa_shard shard)
{
	struct fa_audit audit = {
		.bundle = x->r->b, .matcher = x->r->m, .as_of = as_of
	};
	struct fa_batch_opts o = { .shard = shard,
		.clock = { sweep_now, x },
		.fail_severity = FA_SEVERITY_ADVISORY,
		.jobs = x->jobs,
		.stop = sweep_stop,
		.ctx = x };

	OK(x, fa_store_commit(t->s, &x->err));
	x->asked = 0;
	x->now_ms += 1000;
	return fa_batch_run(&x->counts, t->s, &audit, &o, &x->err);
}

static inline void
sweep_audit(struct sweep *x, struct sweep_store *t, int32_t as_of)
{
	OK(x, sweep_try(x, t, as_of, (struct fa_shard){ 0, 1 }));
}

struct sweep_export {
	struct sweep *x;
	struct fa_reporting r;
	bool csv;
};

static inline int
sweep_export_row(struct sweep_export *e, const struct fa_reporting_target *t,
	struct fa_err *err)
{
	struct fa_cell row[FA_REPORTING_COLUMNS];
	size_t n;
	int rc = fa_reporting_row(row, &e->r, t, &e->x->a, err);

	(void)fa_reporting_columns(&n, &e->r);
	if (rc == FA_OK)
		fa_csv_row(&e->x->out, row, n);
	return rc;
}

static inline int
sweep_export_target(
	void *ctx, const struct fa_store_target *t, struct fa_err *err)
{
	struct sweep_export *e = ctx;
	struct fa_reporting_target target;
	int rc = fa_reporting_load(&target, &e->r, t, &e->x->a, err);

	if (rc == FA_OK)
		rc = fa_reporting_add(&e->r, &target, err);
	if (rc == FA_OK && e->csv)
		rc = sweep_export_row(e, &target, err);
	else if (rc == FA_OK)
		rc = fa_reporting_json(
			&e->x->out, &e->r, &target, &e->x->a, err);
	return rc;
}

/* All targets as they are reported; NUL-terminated, until the next call. */
static inline const char *
sweep_export(struct sweep *x, struct sweep_store *t, bool csv, bool changes)
{
	struct sweep_export e = { .x = x,
		.csv = csv,
		.r = { .s = t->s,
			.bundle = x->r->b,
			.lang = FA_LANG_EN,
			.changes = changes,
			.a = &x->a } };
	int rc = fa_store_newest_key(&e.r.key, t->s, 0, &x->a, &x->err);

	assert_int_equal(rc, 1);
	e.r.points = fa_arena_new(
		&x->a, x->r->b->obligations_n, sizeof(*e.r.points));
	assert_non_null(e.r.points);
	fa_buf_init(&e.r.changed, 1u << 20);
	fa_buf_reset(&x->out);
	OK(x, fa_store_targets(t->s, sweep_export_target, &e, &x->err));
	fa_buf_done(&e.r.changed);
	fa_buf_addc(&x->out, '\0');
	OK(x, fa_buf_rc(&x->out, "export", &x->err));
	return x->out.p;
}

/* The app judgement of a target. */
static inline struct fa_store_app
sweep_app(struct sweep *x, struct sweep_store *t, const char *key)
{
	struct fa_store_target target;
	struct fa_store_app app;

	assert_int_equal(fa_store_find_target(
				 &target, t->s, fa_str_c(key), &x->a, &x->err),
		1);
	assert_int_equal(
		fa_store_find_app(&app, t->s, target.id, NULL, &x->a, &x->err),
		1);
	return app;
}

static inline void
sweep_close(struct sweep_store *t)
{
	fa_store_close(t->s);
	fa_warc_close(t->w);
	t->s = NULL;
	t->w = NULL;
}

static inline int
sweep_setup(void **state)
{
	struct sweep *x = calloc(1, sizeof(*x));
	void *rig = NULL;

	assert_non_null(x);
	assert_int_equal(rig_setup(&rig), 0);
	x->r = rig;
	rig_load(x->r, &sweep_duty, 1);
	memcpy(x->dir, "/tmp/fa_sweep_XXXXXX", sizeof("/tmp/fa_sweep_XXXXXX"));
	assert_non_null(mkdtemp(x->dir));
	fa_arena_init(&x->a, SWEEP_BYTES);
	fa_buf_init(&x->out, SWEEP_BYTES);
	x->now_ms = SWEEP_AT_US / 1000;
	*state = x;
	return 0;
}

/* With threads. */
static inline int
sweep_setup_crew(void **state)
{
	int rc = sweep_setup(state);
	struct sweep *x = *state;

	x->jobs = 3;
	return rc;
}

/* The folders of all stores, those of closed ones too. */
static inline void
sweep_rmdirs(const char *dir)
{
	DIR *d = opendir(dir);

	assert_non_null(d);
	for (struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
		char path[640];

		if (e->d_name[0] == '.')
			continue;
		(void)snprintf(
			path, sizeof(path), "%s/%s/archive", dir, e->d_name);
		(void)rmdir(path);
		(void)snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		(void)rmdir(path);
	}
	closedir(d);
}

static inline int
sweep_teardown(void **state)
{
	struct sweep *x = *state;
	struct fa_file_list files;
	void *rig = x->r;

	for (unsigned i = 0; i < SWEEP_STORES; i++)
		sweep_close(&x->at[i]);
	if (fa_file_walk(&files, fa_str_c(x->dir), &x->a, &x->err) == FA_OK)
		for (size_t i = 0; i < files.n; i++)
			(void)unlink(files.path[i].p);
	sweep_rmdirs(x->dir);
	assert_int_equal(rmdir(x->dir), 0);
	fa_buf_done(&x->out);
	fa_arena_done(&x->a);
	free(x);
	return rig_teardown(&rig);
}

#define SWEEP_TEST(f)                                                          \
	cmocka_unit_test_setup_teardown(f, sweep_setup, sweep_teardown)
#define SWEEP_CREW_TEST(f)                                                     \
	{                                                                      \
#f " (3 jobs)", f, sweep_setup_crew, sweep_teardown, NULL      \
	}

#endif
