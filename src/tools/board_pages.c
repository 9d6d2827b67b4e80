/* The pages of a board that are no lists: sums, rules, groups, apps. */
#include <stdio.h>

#include "case/case.h"
#include "evidence/custody.h"
#include "evidence/objects.h"
#include "store/custody.h"
#include "tools/board.h"
#include "tools/signals.h"

#define LINE_BYTES ((size_t)64 << 20)

static int
put_rules(struct fa_boarding *x, struct fa_err *err)
{
	char path[FA_BOARD_PATH_BYTES];
	int rc = FA_OK;

	for (size_t i = 0; i < x->sum.duties_n && rc == FA_OK; i++) {
		fa_board_rule(&x->page, &x->site, i);
		(void)snprintf(path, sizeof(path), "rule/%lld.html",
			(long long)x->sum.duties[i].id);
		rc = fa_boarding_put(x, path, err);
	}
	return rc;
}

static int
put_groups(struct fa_boarding *x, enum fa_board_dim dim, struct fa_err *err)
{
	char path[FA_BOARD_PATH_BYTES];
	int rc;

	fa_board_groups(&x->page, &x->site, dim);
	(void)snprintf(path, sizeof(path), "%s.html", fa_board_dim_name(dim));
	rc = fa_boarding_put(x, path, err);
	for (size_t g = 0; g < FA_BOARD_GROUPS_ALL && rc == FA_OK; g++) {
		if (x->sum.groups[dim][g].apps == 0)
			continue;
		fa_board_group_page(&x->page, &x->site, dim, g);
		(void)snprintf(path, sizeof(path), "%s/%zu.html",
			fa_board_dim_name(dim), g);
		rc = fa_boarding_put(x, path, err);
	}
	return rc;
}

int
fa_boarding_pages(struct fa_boarding *x, struct fa_err *err)
{
	static const struct {
		const char *path;
		void (*make)(
			struct fa_buf *out, const struct fa_board_site *site);
	} pages[] = { { "rules.html", fa_board_rules },
		{ "publishers.html", fa_board_publishers },
		{ "trend.html", fa_board_trend },
		{ "about.html", fa_board_about },
		{ "apps.html", fa_board_filter } };
	int rc = FA_OK;

	for (size_t i = 0; i < FA_COUNT(pages) && rc == FA_OK; i++) {
		pages[i].make(&x->page, &x->site);
		rc = fa_boarding_put(x, pages[i].path, err);
	}
	if (rc == FA_OK)
		rc = put_rules(x, err);
	for (int d = 0; d < FA_BOARD_DIMS && rc == FA_OK; d++)
		rc = put_groups(x, (enum fa_board_dim)d, err);
	if (rc < 0)
		return rc;
	fa_board_style(&x->page);
	rc = fa_boarding_put(x, "style.css", err);
	if (rc < 0)
		return rc;
	fa_board_script(&x->page, x->site.lang);
	rc = fa_boarding_put(x, "filter.js", err);
	if (rc < 0)
		return rc;
	fa_board_index(&x->page, &x->site, x->worst, x->worst_n);
	return fa_boarding_put(x, "index.html", err);
}

static int
put_finding(struct fa_boarding *x, struct fa_board_page *p,
	const struct fa_board_parts *parts, const struct fa_board_finding *f,
	struct fa_err *err)
{
	struct fa_board_quotes quotes;
	struct fa_board_words words = { 0 };
	struct fa_board_passages of;
	int rc =
		fa_board_get_quotes(&quotes, x->b, f->app, f->duty, &x->a, err);

	if (rc == FA_OK && f->review != FA_BOARD_UNREVIEWED)
		rc = fa_board_get_words(&words, x->b, f->id, &x->a, err);
	if (rc < 0)
		return rc;
	of = (struct fa_board_passages){ .quotes = quotes.at,
		.quotes_n = quotes.n,
		.words = words.at,
		.words_n = words.n };
	fa_board_app_finding(p, f, &of, parts->documents, parts->documents_n);
	return FA_OK;
}

static int
put_app(void *ctx, const struct fa_board_app *app, struct fa_err *err)
{
	struct fa_boarding *x = ctx;
	char path[FA_BOARD_PATH_BYTES];
	struct fa_board_parts parts;
	struct fa_board_page p;
	int rc;

	if (fa_signals_status() != FA_EXIT_CLEAN)
		return fa_fail(err, FA_E_INTERRUPTED, "interrupted");
	fa_arena_reset(&x->a);
	rc = fa_board_app_parts(&parts, x->b, app->id, &x->a, err);
	if (rc < 0)
		return rc;
	fa_board_app_begin(&p, &x->page, &x->site, app);
	fa_buf_addf(&x->page, "<section id=\"findings\"><h2>%s</h2>\n",
		FA_BOARD_SAY(&p, "发现", "Findings"));
	for (size_t i = 0; i < parts.findings_n && rc == FA_OK; i++)
		rc = put_finding(x, &p, &parts, &parts.findings[i], err);
	if (rc < 0)
		return rc;
	fa_buf_adds(&x->page, "</section>\n");
	fa_board_app_gone(&p, parts.gone, parts.gone_n);
	fa_board_app_documents(&p, parts.documents, parts.documents_n);
	fa_board_app_end(&p);
	fa_board_app_path(path, app->id);
	return fa_boarding_put(x, path, err);
}

int
fa_boarding_apps(struct fa_boarding *x, struct fa_err *err)
{
	return fa_board_apps(x->b, FA_BOARD_BREACHES, 0, put_app, x, err);
}

struct pictures {
	struct fa_boarding *x;
	struct fa_str dir; /* of the store */
	struct fa_arena a;
};

/* A picture is shown only when its bytes are those that the log names, and
 * only with the page that it was drawn from, its parent. */
static int
put_picture(
	struct pictures *w, const struct fa_custody_obj *o, struct fa_err *err)
{
	char dir[FA_FILE_PATH_BYTES], path[FA_BOARD_PATH_BYTES];
	struct fa_str data;
	int n = snprintf(
		dir, sizeof(dir), "%.*s/" FA_OBJECTS_DIR, FA_STR_ARG(w->dir));
	int rc;

	if (n < 0 || (size_t)n >= sizeof(dir))
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(w->dir));
	rc = fa_object_get(&data, fa_str_c(dir), o->sha256,
		FA_BOARD_PICTURE_BYTES, &w->a, err);
	if (rc < 0)
		return rc == FA_E_NOMEM ? rc : FA_OK;
	(void)snprintf(path, sizeof(path), "pictures/%.64s.png", o->sha256.p);
	rc = fa_boarding_path(dir, w->x, path, err);
	if (rc == FA_OK)
		rc = fa_file_replace(fa_str_c(dir), data, err);
	return rc < 0
		? rc
		: fa_board_put_picture(w->x->b, o->parent, o->sha256, err);
}

static int
each_event(
	void *ctx, const struct fa_store_custody_row *row, struct fa_err *err)
{
	struct pictures *w = ctx;
	struct fa_custody_event e;
	int rc;

	fa_arena_reset(&w->a);
	rc = fa_custody_parse(&e, row->line, &w->a, err);
	if (rc < 0 || e.op != FA_OP_RENDER)
		return rc == FA_E_NOMEM ? rc : FA_OK;
	for (size_t i = 0; i < e.objs_n && rc == FA_OK; i++)
		if (fa_str_eq(e.objs[i].mime, FA_STR("image/png")) &&
			e.objs[i].sha256.n + 1 == FA_HASH_HEX_BYTES &&
			e.objs[i].parent.n > 0)
			return put_picture(w, &e.objs[i], err);
	return rc;
}

int
fa_boarding_pictures(struct fa_boarding *x, struct fa_err *err)
{
	struct pictures w = { .x = x };
	int rc = FA_OK;

	fa_arena_init(&w.a, LINE_BYTES + FA_BOARD_PICTURE_BYTES);
	for (size_t i = 0; i < x->stores_n && rc == FA_OK; i++) {
		struct fa_store *s = NULL;

		w.dir = x->stores[i];
		rc = fa_store_open(&s, w.dir, FA_STORE_READ, err);
		if (rc == FA_OK)
			rc = fa_store_custody_each(s, 1, each_event, &w, err);
		fa_store_close(s);
	}
	fa_arena_done(&w.a);
	return rc;
}
