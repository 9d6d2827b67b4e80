/* faceaudit search: sentences of the documents in a store. */
#include <string.h>

#include "base/json.h"
#include "report/common.h"
#include "store/app.h"
#include "store/search.h"
#include "store/wanted.h"
#include "tools/commands.h"
#include "tools/option_texts.h"
#include "tools/sweep.h"

#define PLACES_MAX 20 /* named for one sentence */
#define LIMIT_DEFAULT 20
#define LIMIT_MAX 1000000
#define OUT_BYTES (64u << 20)
#define SGR_BOLD "\033[1m"
#define SGR_OFF "\033[0m"
#define HIT_BYTES ((size_t)16 << 20)

enum { OPT_STORE = 1, OPT_LIMIT, OPT_OUTPUT };

static const struct fa_option options[] = { FA_OPTION_STORE(OPT_STORE),
	{ OPT_LIMIT, 0, "limit", "N",
		FA_CLI_TEXT("最多给出几句；默认 20",
			"sentences at most; default: 20") },
	{ OPT_OUTPUT, 'o', "output", "FORMAT",
		FA_CLI_TEXT("text（默认）或 json", "text (default) or json") },
	FA_TOOL_OPTIONS };

struct search {
	struct fa_tool *tool;
	const char *dir;
	uint64_t limit, places, hits;
	bool json, bold;
	bool closed; /* nobody reads any more */
	struct fa_search q;
	struct fa_store *s;
	struct fa_arena a;
	struct fa_buf out, part;
	struct fa_jw w;
};

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct search *x = ctx;

	switch (id) {
	case OPT_STORE:
		x->dir = value;
		return 0;
	case OPT_LIMIT:
		return fa_tool_number(&x->limit, value, 1, LIMIT_MAX, err);
	default:
		x->json = strcmp(value, "json") == 0;
		if (x->json || strcmp(value, "text") == 0)
			return 0;
		return fa_fail(err, FA_E_USAGE,
			"unknown format '%s', expected text or json", value);
	}
}

static int
json_place(void *ctx, const struct fa_search_place *p, struct fa_err *err)
{
	struct search *x = ctx;

	(void)err;
	if (x->places++ < PLACES_MAX) {
		fa_jw_object(&x->w);
		fa_jw_kstr(&x->w, "target", p->target);
		fa_jw_kstr(&x->w, "url", p->url);
		fa_jw_end(&x->w, '}');
	}
	return FA_OK;
}

static int
json_hit(struct search *x, const struct fa_search_hit *h,
	const struct fa_store_document *d, struct fa_err *err)
{
	int rc;

	fa_jw_init(&x->w, &x->part, 0);
	fa_jw_object(&x->w);
	fa_jw_kstr(&x->w, "schema", FA_STR("faceaudit-search/1"));
	fa_jw_kstr(&x->w, "sentence", h->text);
	fa_jw_kint(&x->w, "number", h->ord + 1);
	fa_jw_kstr(&x->w, "title", d->title);
	fa_jw_kstr(&x->w, "payload_sha256", fa_str_c(d->payload));
	fa_jw_key(&x->w, "places");
	fa_jw_array(&x->w);
	rc = fa_store_places(x->s, h->document, json_place, x, err);
	fa_jw_end(&x->w, ']');
	fa_jw_kint(&x->w, "places_all", (int64_t)x->places);
	fa_jw_end(&x->w, '}');
	fa_buf_addc(&x->part, '\n');
	return rc < 0 ? rc
		      : fa_report_json_part(&x->out, &x->part, "search", err);
}

static int
text_place(void *ctx, const struct fa_search_place *p, struct fa_err *err)
{
	struct search *x = ctx;
	struct fa_store_target t;
	int rc;

	if (x->places++ >= PLACES_MAX)
		return FA_OK;
	rc = fa_store_find_target(&t, x->s, p->target, &x->a, err);
	if (rc < 0)
		return rc;
	fa_buf_adds(&x->out, "    ");
	fa_report_visible(&x->out, p->target, false);
	if (rc == 1 && t.t.app.n > 0) {
		fa_buf_addc(&x->out, ' ');
		fa_report_visible(&x->out, t.t.app, false);
	}
	fa_buf_adds(&x->out, "  ");
	fa_report_visible(&x->out, p->url, false);
	fa_buf_addc(&x->out, '\n');
	return FA_OK;
}

/* The sentence, with what was asked for in bold. */
static void
add_sentence(struct search *x, struct fa_str s)
{
	while (s.n > 0) {
		struct fa_str word = FA_STR_NONE;
		size_t at = s.n;

		for (size_t i = 0; i < x->q.n && x->bold; i++) {
			struct fa_str w = x->q.at[i].text;
			size_t k = fa_str_find(s, w, 0);

			if (!x->q.at[i].excluded && k < at) {
				at = k;
				word = w;
			}
		}
		fa_report_visible(&x->out, fa_str_sub(s, 0, at), false);
		if (word.n > 0) {
			fa_buf_adds(&x->out, SGR_BOLD);
			fa_report_visible(&x->out, word, false);
			fa_buf_adds(&x->out, SGR_OFF);
		}
		s = fa_str_sub(s, at + word.n, s.n);
	}
	fa_buf_addc(&x->out, '\n');
}

static int
text_hit(struct search *x, const struct fa_search_hit *h, struct fa_err *err)
{
	bool en = x->tool->con.lang == FA_CLI_EN;
	int rc;

	add_sentence(x, h->text);
	rc = fa_store_places(x->s, h->document, text_place, x, err);
	if (x->places > PLACES_MAX)
		fa_buf_addf(&x->out,
			en ? "    and %llu more\n" : "    另有 %llu 处\n",
			(unsigned long long)(x->places - PLACES_MAX));
	return rc;
}

static int
hit(void *ctx, const struct fa_search_hit *h, struct fa_err *err)
{
	struct search *x = ctx;
	struct fa_store_document d;
	int rc;

	x->hits++;
	x->places = 0;
	fa_arena_reset(&x->a);
	fa_buf_reset(&x->out);
	fa_buf_reset(&x->part);
	rc = fa_store_get_document(&d, x->s, h->document, &x->a, err);
	if (rc == 0)
		return fa_fail(err, FA_E_INPUT,
			"store: a sentence belongs to no document");
	if (rc == 1)
		rc = x->json ? json_hit(x, h, &d, err) : text_hit(x, h, err);
	if (rc == FA_OK)
		rc = fa_buf_rc(&x->out, "search", err);
	return rc < 0 ? rc
		      : fa_console_write(fa_buf_str(&x->out), &x->closed, err);
}

/* Nothing was found: because nothing was judged? */
static int
say_none(struct search *x, struct fa_err *err)
{
	struct fa_store_app_key key;
	int rc = fa_store_newest_key(&key, x->s, 0, &x->a, err);

	if (rc >= 0)
		fa_console_note(&x->tool->con, "%s",
			rc == 0 ? FA_TOOL_SAY(x->tool,
					  "尚未评判，无可检索，见 faceaudit "
					  "audit",
					  "nothing was judged yet, see "
					  "faceaudit audit")
				: FA_TOOL_SAY(x->tool, "没有符合的句子",
					  "no sentence matches"));
	return rc < 0 ? rc : FA_OK;
}

static int
search(struct search *x, const char *query, struct fa_err *err)
{
	int rc = fa_search_parse(&x->q, fa_str_c(query), &x->tool->arena, err);

	if (rc == FA_OK)
		rc = fa_store_open(&x->s, fa_str_c(x->dir), FA_STORE_READ, err);
	if (rc == FA_OK)
		rc = fa_store_search(x->s, &x->q, x->limit, hit, x, err);
	if (rc == FA_OK && x->hits == 0)
		rc = say_none(x, err);
	if (rc == FA_OK && x->hits == x->limit)
		fa_console_note(&x->tool->con,
			FA_TOOL_SAY(x->tool, "只给出前 %llu 句，见 --limit",
				"only the first %llu sentences, see --limit"),
			(unsigned long long)x->limit);
	return rc;
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct search x = {
		.tool = t, .dir = FA_SWEEP_STORE, .limit = LIMIT_DEFAULT
	};
	struct fa_err err;
	int n, status;

	fa_arena_init(&x.a, HIT_BYTES);
	fa_buf_init(&x.out, OUT_BYTES);
	fa_buf_init(&x.part, OUT_BYTES);
	if (fa_tool_options(
		    t, &fa_cmd_search, argc, argv, take, &x, &n, &status)) {
		status = FA_EXIT_CLEAN;
		x.bold = fa_console_colors(&t->con);
		if (n != 1) {
			fa_console_error(&t->con, "%s",
				FA_TOOL_SAY(t,
					"应给出一个查询（含空格时加引号）",
					"one query is expected (quote it for "
					"the shell)"));
			status = FA_EXIT_ERROR;
		} else if (search(&x, argv[1], &err) < 0) {
			/* Who went away knows it. */
			status = x.closed ? (int)FA_EXIT_ERROR
					  : fa_tool_fail(t, &err);
		}
	}
	fa_store_close(x.s);
	fa_buf_done(&x.part);
	fa_buf_done(&x.out);
	fa_arena_done(&x.a);
	return status;
}

const struct fa_command fa_cmd_search = {
	.name = "search",
	.usage = "[options] QUERY",
	.summary = FA_CLI_TEXT("在已评判的文件中查找句子",
		"find sentences in the documents of a store"),
	.details = FA_CLI_TEXT(
		"QUERY：以空格分隔的词须同在一句；\"…\" 为短语；-词 为排除。\n",
		"QUERY: words that all stand in one sentence; \"...\" is a "
		"phrase; -word\nexcludes.\n"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
