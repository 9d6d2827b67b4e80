/* The lists of a board. */
#include <stdio.h>
#include <string.h>

#include "report/common.h"
#include "report/label.h"
#include "tools/board.h"
#include "tools/phrase.h"
#include "tools/signals.h"

#define NAME_BYTES 64
#define TITLE_BYTES 65536

/* A list that is being written. */
struct lister {
	struct fa_boarding *x;
	struct fa_board_list l;
	struct fa_board_page p;
	int64_t row;
	int64_t section; /* of the row before */
	bool begun;
	/* What stands over the rows of a section; lives until the next call.
	 * NULL: there are no sections. */
	struct fa_str (*name)(struct lister *s, const struct fa_board_app *x);
	enum fa_board_dim dim;
	struct fa_buf text;
	/* Of the list of all apps: */
	bool data;
	struct fa_buf shard;
	int64_t shard_rows;
	size_t shards;
	bool worst; /* keep the first ones with findings */
};

static int
say_interrupted(struct fa_err *err)
{
	return fa_fail(err, FA_E_INTERRUPTED, "interrupted");
}

static int
end_page(struct lister *s, struct fa_err *err)
{
	char path[FA_BOARD_PATH_BYTES];
	int64_t page = fa_board_page_of(s->row > 0 ? s->row - 1 : 0);

	if (!s->begun)
		return FA_OK;
	fa_board_list_end(&s->p, &s->l, page);
	s->begun = false;
	(void)snprintf(
		path, sizeof(path), "%s-%lld.html", s->l.name, (long long)page);
	return fa_boarding_put(s->x, path, err);
}

/* Starts a page when the last one is full. */
static int
begin_row(struct lister *s, struct fa_err *err)
{
	int rc = FA_OK;

	if (fa_signals_status() != FA_EXIT_CLEAN)
		return say_interrupted(err);
	if (s->row % FA_BOARD_ROWS == 0) {
		rc = end_page(s, err);
		if (rc < 0)
			return rc;
		fa_board_list_begin(&s->p, &s->x->page, &s->x->site, &s->l,
			fa_board_page_of(s->row));
		s->begun = true;
	}
	return rc;
}

static int
finish(struct lister *s, struct fa_err *err)
{
	if (s->row == 0) {
		fa_board_list_begin(&s->p, &s->x->page, &s->x->site, &s->l, 1);
		s->begun = true;
	}
	return end_page(s, err);
}

static void
set_up(struct lister *s, struct fa_boarding *x, const char *name,
	const char *title, int64_t rows)
{
	memset(s, 0, sizeof(*s));
	s->x = x;
	s->section = -1;
	s->l = (struct fa_board_list){ .name = name,
		.title = fa_str_c(title),
		.kind = FA_BOARD_LIST_APPS,
		.rows = rows,
		.pages = fa_board_pages(rows) };
	fa_buf_init(&s->text, TITLE_BYTES);
	fa_buf_init(&s->shard, FA_BOARD_PAGE_BYTES);
}

static void
tear_down(struct lister *s)
{
	fa_buf_done(&s->text);
	fa_buf_done(&s->shard);
}

static int
end_shard(struct lister *s, struct fa_err *err)
{
	char path[FA_BOARD_PATH_BYTES];
	int rc;

	if (s->shard_rows == 0)
		return FA_OK;
	fa_board_data_end(&s->shard);
	rc = fa_buf_rc(&s->shard, "data", err);
	if (rc < 0)
		return rc;
	/* The page at hand is not done: its text waits in x->page. */
	(void)snprintf(path, sizeof(path), "data/data-%zu.js", s->shards);
	{
		struct fa_buf page = s->x->page;

		s->x->page = s->shard;
		rc = fa_boarding_put(s->x, path, err);
		s->shard = s->x->page;
		s->x->page = page;
	}
	s->shard_rows = 0;
	return rc;
}

static int
put_data(struct lister *s, const struct fa_board_app *app, struct fa_err *err)
{
	int rc = FA_OK;

	if (s->shard_rows == FA_BOARD_SHARD_ROWS)
		rc = end_shard(s, err);
	if (s->shard_rows == 0)
		fa_board_data_begin(&s->shard, ++s->shards);
	fa_board_data_app(&s->shard, app, s->shard_rows == 0);
	s->shard_rows++;
	return rc;
}

static int
keep_worst(struct fa_boarding *x, const struct fa_board_app *app,
	struct fa_err *err)
{
	struct fa_board_app *w = &x->worst[x->worst_n];
	struct fa_str *const texts[] = { &w->key, &w->app, &w->package,
		&w->version, &w->store, &w->publisher, &w->category,
		&w->store_url, &w->note, &w->origin, &w->bundle, &w->vector,
		&w->section_name };

	if (x->worst_n == FA_BOARD_TOP || app->violations + app->gaps == 0)
		return FA_OK;
	*w = *app;
	for (size_t i = 0; i < FA_COUNT(texts); i++) {
		if (texts[i]->p)
			*texts[i] = fa_arena_dup(&x->arena, *texts[i]);
		else
			continue;
		if (!texts[i]->p)
			return fa_fail(
				err, FA_E_NOMEM, "no memory for a board");
	}
	x->worst_n++;
	return FA_OK;
}

static int64_t
section_of(const struct lister *s, const struct fa_board_app *app)
{
	if (!s->data)
		return app->section;
	return app->stage * 100 +
		(app->stage >= FA_BOARD_SCANNED ? 0 : (int64_t)app->outcome);
}

static int
put_app(void *ctx, const struct fa_board_app *app, struct fa_err *err)
{
	struct lister *s = ctx;
	int64_t section = section_of(s, app);
	bool first = s->row % FA_BOARD_ROWS == 0;
	int rc = begin_row(s, err);

	if (rc < 0)
		return rc;
	if (s->name && (first || section != s->section))
		fa_board_list_section(&s->p, &s->l, section, s->name(s, app),
			section == s->section);
	s->section = section;
	fa_board_list_app(&s->p, app);
	s->row++;
	if (s->worst)
		rc = keep_worst(s->x, app, err);
	if (rc == FA_OK && s->data)
		rc = put_data(s, app, err);
	return rc;
}

static struct fa_str
name_bin(struct lister *s, const struct fa_board_app *app)
{
	return fa_str_c(
		fa_board_bin_word(s->x->site.lang, (size_t)app->section));
}

static struct fa_str
name_group(struct lister *s, const struct fa_board_app *app)
{
	return fa_board_group_name(&s->p, s->dim, (size_t)app->section);
}

static struct fa_str
name_publisher(struct lister *s, const struct fa_board_app *app)
{
	(void)s;
	return app->section_name;
}

static struct fa_str
name_stage(struct lister *s, const struct fa_board_app *app)
{
	static const char *const words[FA_BOARD_STAGES][FA_LANG_COUNT] = {
		{ "仅列入名单", "listed only" },
		{ "找到政策网址，未取得网页", "policy found, no page" },
		{ "取得网页，未解析出正文", "page fetched, no text" },
		{ "解析出正文，未扫描", "text parsed, not scanned" },
		{ "已扫描，未复核", "scanned, not reviewed" },
		{ "已扫描，经人工复核", "scanned, reviewed by a person" },
	};
	enum fa_lang lang = s->x->site.lang;

	fa_buf_reset(&s->text);
	fa_buf_adds(&s->text, words[app->stage][lang]);
	if (app->stage < FA_BOARD_SCANNED) {
		fa_buf_adds(&s->text, fa_label(lang, FA_LABEL_COLON));
		fa_buf_adds(&s->text, fa_phrase_outcome(lang, app->outcome));
	}
	return fa_buf_str(&s->text);
}

static int
write_coverage(struct fa_boarding *x, struct fa_err *err)
{
	struct lister s;
	int rc;

	set_up(&s, x, "list/coverage",
		FA_TOOL_SAY(x->tool, "覆盖：全部应用，按走到最远的阶段",
			"Coverage: all apps, by how far they came"),
		x->sum.whole.apps);
	s.data = true;
	s.name = name_stage;
	rc = fa_board_apps(x->b, FA_BOARD_BY_STAGE, 0, put_app, &s, err);
	if (rc == FA_OK)
		rc = finish(&s, err);
	if (rc == FA_OK)
		rc = end_shard(&s, err);
	x->site.shards = s.shards;
	tear_down(&s);
	return rc;
}

/* All that were scanned, or those with findings. */
static int
write_scores(struct fa_boarding *x, bool findings, struct fa_err *err)
{
	struct lister s;
	int rc;

	if (findings)
		set_up(&s, x, "list/finding",
			FA_TOOL_SAY(x->tool, "有发现的应用，按得分",
				"Apps with a finding, by score"),
			x->sum.whole.breach);
	else
		set_up(&s, x, "list/score",
			FA_TOOL_SAY(x->tool, "已扫描的应用，按得分",
				"Scanned apps, by score"),
			x->sum.whole.scanned);
	s.worst = findings;
	s.name = name_bin;
	rc = fa_board_apps(x->b,
		findings ? FA_BOARD_WITH_FINDING : FA_BOARD_BY_SCORE, 0,
		put_app, &s, err);
	if (rc == FA_OK)
		rc = finish(&s, err);
	tear_down(&s);
	return rc;
}

static int
write_publishers(struct fa_boarding *x, struct fa_err *err)
{
	struct lister s;
	int rc;

	set_up(&s, x, "list/publisher",
		FA_TOOL_SAY(x->tool, "应用，按发布者", "Apps, by publisher"),
		x->sum.named);
	s.name = name_publisher;
	rc = fa_board_apps(x->b, FA_BOARD_BY_PUBLISHER, 0, put_app, &s, err);
	if (rc == FA_OK)
		rc = finish(&s, err);
	tear_down(&s);
	return rc;
}

static int
write_group(struct fa_boarding *x, enum fa_board_dim dim, size_t group,
	struct fa_err *err)
{
	const struct fa_board_group *g = &x->sum.groups[dim][group];
	struct fa_board_page p = { .site = &x->site };
	char name[NAME_BYTES];
	struct lister s;
	int rc;

	(void)snprintf(name, sizeof(name), "list/%s-%zu",
		fa_board_dim_name(dim), group);
	set_up(&s, x, name, "", g->apps);
	s.l.title = fa_board_group_name(&p, dim, group);
	s.name = name_bin;
	rc = fa_board_apps(x->b,
		dim == FA_BOARD_CATEGORY ? FA_BOARD_BY_CATEGORY
					 : FA_BOARD_BY_STORE,
		(int64_t)group, put_app, &s, err);
	if (rc == FA_OK)
		rc = finish(&s, err);
	tear_down(&s);
	return rc;
}

/* dim FA_BOARD_DIMS: the leads. */
static int
write_rule(struct fa_boarding *x, const struct fa_board_duty *d, int dim,
	struct fa_err *err)
{
	static const char *const kinds[] = { "category", "store", "leads" };
	static const char *const words[][FA_LANG_COUNT] = {
		{ "有发现的应用，按类别", "apps with a finding, by category" },
		{ "有发现的应用，按商店", "apps with a finding, by store" },
		{ "仅有线索的应用", "apps with a lead only" },
	};
	enum fa_lang lang = x->site.lang;
	struct fa_buf title FA_CLEANUP(fa_buf_done);
	char name[NAME_BYTES];
	struct lister s;
	int rc;

	fa_buf_init(&title, TITLE_BYTES);
	fa_buf_addf(&title, "%.*s %.*s%s%s", FA_STR_ARG(d->name),
		FA_STR_ARG(fa_report_pick(&d->title, lang)),
		fa_label(lang, FA_LABEL_COLON), words[dim][lang]);
	rc = fa_buf_rc(&title, "title", err);
	if (rc < 0)
		return rc;
	(void)snprintf(name, sizeof(name), "list/rule-%lld-%s",
		(long long)d->id, kinds[dim]);
	set_up(&s, x, name, "", dim == FA_BOARD_DIMS ? d->leads : d->breach);
	s.l.title = fa_buf_str(&title);
	if (dim == FA_BOARD_DIMS) {
		rc = fa_board_duty_leads(x->b, d->id, put_app, &s, err);
	} else {
		s.dim = (enum fa_board_dim)dim;
		s.name = name_group;
		rc = fa_board_duty_apps(x->b, d->id, s.dim, put_app, &s, err);
	}
	if (rc == FA_OK)
		rc = finish(&s, err);
	tear_down(&s);
	return rc;
}

static int
put_finding(void *ctx, const struct fa_board_finding *f, struct fa_err *err)
{
	struct lister *s = ctx;
	int rc = begin_row(s, err);

	if (rc < 0)
		return rc;
	fa_board_list_finding(&s->p, f);
	s->row++;
	return FA_OK;
}

static int
write_findings(struct fa_boarding *x, struct fa_err *err)
{
	struct lister s;
	int rc;

	set_up(&s, x, "list/queue",
		FA_TOOL_SAY(x->tool,
			"待办：已确认（期限近者在先）、有分歧、未复核的高与严"
			"重",
			"Work queue: confirmed (nearest deadline first), "
			"disputed, high or critical and not reviewed"),
		x->sum.queued);
	s.l.kind = FA_BOARD_LIST_FINDINGS;
	rc = fa_board_findings(x->b, FA_BOARD_QUEUE, put_finding, &s, err);
	if (rc == FA_OK)
		rc = finish(&s, err);
	tear_down(&s);
	if (rc < 0)
		return rc;
	set_up(&s, x, "list/new",
		FA_TOOL_SAY(x->tool, "新出现与再次出现的发现",
			"Findings that are new or reappeared"),
		x->sum.changed);
	s.l.kind = FA_BOARD_LIST_FINDINGS;
	rc = fa_board_findings(x->b, FA_BOARD_CHANGED, put_finding, &s, err);
	if (rc == FA_OK)
		rc = finish(&s, err);
	tear_down(&s);
	if (rc < 0)
		return rc;
	set_up(&s, x, "list/gone",
		FA_TOOL_SAY(x->tool, "已消除与无法确认的发现",
			"Findings that are fixed or unclear"),
		x->sum.gone);
	s.l.kind = FA_BOARD_LIST_FINDINGS;
	rc = fa_board_fixed(x->b, put_finding, &s, err);
	if (rc == FA_OK)
		rc = finish(&s, err);
	tear_down(&s);
	return rc;
}

static int
write_rules(struct fa_boarding *x, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < x->sum.duties_n && rc == FA_OK; i++) {
		const struct fa_board_duty *d = &x->sum.duties[i];

		for (int k = 0; k < FA_BOARD_DIMS && rc == FA_OK; k++)
			if (d->breach > 0)
				rc = write_rule(x, d, k, err);
		if (rc == FA_OK && d->leads > 0)
			rc = write_rule(x, d, FA_BOARD_DIMS, err);
	}
	return rc;
}

int
fa_boarding_lists(struct fa_boarding *x, struct fa_err *err)
{
	int rc = write_coverage(x, err);

	if (rc == FA_OK)
		rc = write_scores(x, false, err);
	if (rc == FA_OK)
		rc = write_scores(x, true, err);
	if (rc == FA_OK)
		rc = write_publishers(x, err);
	for (int d = 0; d < FA_BOARD_DIMS; d++)
		for (size_t g = 0; g < FA_BOARD_GROUPS_ALL && rc == FA_OK; g++)
			if (x->sum.groups[d][g].apps > 0)
				rc = write_group(
					x, (enum fa_board_dim)d, g, err);
	if (rc == FA_OK)
		rc = write_rules(x, err);
	return rc < 0 ? rc : write_findings(x, err);
}
