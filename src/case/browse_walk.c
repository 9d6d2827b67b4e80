/* A walk through a consent flow on the live web, as `faceaudit walk` does it,
 * with every exchange in the log. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "case/browse.h"
#include "case/browse_note.h"
#include "flow/view.h"
#include "fetch/url.h"
#include "flow/vocab.h"
#include "walk/net.h"
#include "walk/output.h"
#include "walk/walk.h"

#define SCREEN_WIDTH 412 /* CSS pixels of a telephone */
#define SCREEN_HEIGHT 915
#define SCREEN_SCALE 100
#define DELAY_MS 250
#define FOLDERS_MAX 1000 /* walk, walk-2 .. of one case */
#define FILES_MAX 2000   /* named in one event */

struct work {
	struct fa_session *s;
	const struct fa_browse_opts *o;
	struct fa_browse_stats *stats;
	struct fa_arena *a;
	struct fa_str name, dir; /* "walk-2", CASE/walk-2 */
	struct fa_walk_output output;
	struct fa_walk_net *net;
	struct fa_note *note;
	struct fa_walk_stats walked;
	struct fa_str browser;
	bool sandboxed;
};

static bool
on_stop(void *ctx)
{
	const struct work *w = ctx;

	return w->o->stop && w->o->stop(w->o->ctx);
}

static int
on_keep(void *ctx, struct fa_flow_screen *s, struct fa_str png,
	struct fa_str dom, struct fa_err *err)
{
	struct work *w = ctx;

	return fa_walk_output_keep(&w->output, s, png, dom, err);
}

static unsigned
on_missing(void *ctx, struct fa_str *why)
{
	return fa_walk_net_missing(((struct work *)ctx)->net, why);
}

/* The first name that is free: what an earlier walk left is never touched,
 * also when it was killed. */
static int
name_folder(struct work *w, struct fa_err *err)
{
	struct stat st;
	char name[32];

	for (int i = 1; i <= FOLDERS_MAX; i++) {
		int rc;

		(void)snprintf(
			name, sizeof(name), i == 1 ? "walk" : "walk-%d", i);
		rc = fa_session_path(&w->dir, w->s, fa_str_c(name), err);
		if (rc < 0)
			return rc;
		if (lstat(w->dir.p, &st) == 0)
			continue;
		w->name = fa_arena_dup(w->a, fa_str_c(name));
		return w->name.p
			? FA_OK
			: fa_fail(err, FA_E_NOMEM, "no memory for a name");
	}
	return fa_fail(
		err, FA_E_LIMIT, "the case has %d walks already", FOLDERS_MAX);
}

static int
walk_with(struct fa_flow **flow, struct work *w, struct fa_str url,
	struct fa_browser *b, struct fa_err *err)
{
	struct fa_vocab *vocab;
	struct fa_walk_opts o = { .url = url,
		.browser = b,
		.screens = FA_WALK_SCREENS,
		.depth = FA_WALK_DEPTH,
		.actions = FA_WALK_ACTIONS,
		.time_ms = FA_WALK_TIME_S * INT64_C(1000),
		.simulate = true,
		.relaunch = true,
		.screenshots = true,
		.width = SCREEN_WIDTH,
		.height = SCREEN_HEIGHT,
		.scale_c = SCREEN_SCALE,
		.today = w->o->today,
		.stop = on_stop,
		.keep = on_keep,
		.missing = on_missing,
		.ctx = w };
	int rc = fa_vocab_new(&vocab, w->s->o->bundle, w->a, err);

	o.vocab = vocab;
	w->browser = fa_arena_dup(w->a, b->version(b->self));
	w->sandboxed = b->sandboxed(b->self);
	return rc < 0 ? rc : fa_walk(flow, &w->walked, &o, w->a, err);
}

static int
browse(struct fa_flow **flow, struct work *w, struct fa_str url,
	struct fa_err *err)
{
	struct fa_walk_net_opts n = { .start = url,
		.fetcher = fa_note_begin(w->note, w->o->fetcher, w->a),
		.agent = w->o->agent,
		.product = w->o->product,
		.ignore_robots = w->o->ignore_robots,
		.delay_ms = DELAY_MS };
	struct fa_browser_opts o = { .program = w->o->program,
		.width = SCREEN_WIDTH,
		.height = SCREEN_HEIGHT,
		.scale_c = SCREEN_SCALE,
		.language = "zh-CN",
		.no_sandbox = w->o->no_sandbox,
		.memory_bytes = FA_BROWSE_MEMORY_BYTES };
	struct fa_browser b;
	struct fa_err why;
	int rc;

	n.warc = w->output.warc;
	rc = fa_walk_net_new(&w->net, &n, err);
	if (rc < 0)
		return rc;
	o.net = fa_walk_net_browser(w->net);
	rc = fa_chromium_new(&b, &o, &why);
	if (rc == FA_OK) {
		rc = walk_with(flow, w, url, &b, err);
		b.close(b.self);
	} else if (rc == FA_E_NOMEM) {
		rc = fa_fail(err, rc, "%s", why.msg);
	} else {
		/* There is a flow too: one that knows nothing. */
		rc = fa_browse_absent(w->stats, w->s, "walk", url, &why, err);
		if (rc == FA_OK)
			rc = fa_walk_unseen(
				flow, url, fa_str_c(w->stats->why), w->a, err);
	}
	return rc;
}

/* A file that the walk left, as the log names it. */
static int
add_file(struct fa_custody_obj *out, struct work *w, struct fa_str file,
	struct fa_str mime, struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	struct fa_object is;
	struct fa_str path;
	int rc;

	fa_buf_init(&b, FA_FILE_PATH_BYTES);
	fa_buf_addf(&b, "%.*s/%.*s", FA_STR_ARG(w->name), FA_STR_ARG(file));
	rc = fa_buf_rc(&b, "name of a file", err);
	if (rc == FA_OK)
		rc = fa_session_path(&path, w->s, fa_buf_str(&b), err);
	if (rc == FA_OK)
		rc = fa_object_digest_file(&is, path, err);
	if (rc < 0)
		return rc;
	memset(out, 0, sizeof(*out));
	out->name = fa_arena_dup(w->a, fa_buf_str(&b));
	out->mime = mime;
	out->bytes = is.bytes;
	out->sha256 = fa_arena_dup(w->a, fa_str_c(is.sha256));
	out->sm3 =
		is.sm3[0] ? fa_arena_dup(w->a, fa_str_c(is.sm3)) : FA_STR_NONE;
	return out->name.p && out->sha256.p
		? FA_OK
		: fa_fail(err, FA_E_NOMEM, "no memory for a file");
}

static int
add_files(struct fa_custody_obj **out, size_t *n, struct work *w,
	const struct fa_flow *flow, struct fa_err *err)
{
	struct fa_custody_obj *at =
		fa_arena_new(w->a, flow->evidence_n + 2, sizeof(*at));
	int rc;

	*n = 0;
	if (!at)
		return fa_fail(err, FA_E_NOMEM, "no memory for files");
	rc = add_file(&at[(*n)++], w, FA_STR(FA_WALK_FLOW_FILE),
		FA_STR("application/json"), err);
	if (rc == FA_OK)
		rc = add_file(&at[(*n)++], w, FA_STR(FA_WALK_ARCHIVE_FILE),
			FA_STR("application/warc"), err);
	for (size_t i = 0; i < flow->evidence_n && rc == FA_OK; i++) {
		const struct fa_flow_evidence *e = &flow->evidence[i];

		if (*n < FILES_MAX)
			rc = add_file(&at[(*n)++], w, e->path, e->media, err);
	}
	*out = at;
	return rc;
}

static int
tell(struct work *w, const struct fa_flow *flow, struct fa_str url,
	struct fa_err *err)
{
	const struct fa_walk_stats *st = &w->walked;
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	struct fa_custody_obj *objs = NULL;
	struct fa_jw j;
	size_t n = 0;
	int rc = add_files(&objs, &n, w, flow, err);

	fa_buf_init(&detail, FA_SESSION_DETAIL_BYTES);
	fa_jw_init(&j, &detail, 0);
	fa_jw_object(&j);
	fa_jw_kstr(&j, "url", url);
	fa_jw_kstr(&j, "walk", w->name);
	fa_jw_kstr(&j, "from", FA_STR("network"));
	fa_jw_kstr(&j, "browser", w->browser);
	fa_jw_kbool(&j, "sandboxed", w->sandboxed);
	fa_jw_kbool(&j, "fresh_profile", true);
	fa_jw_kint(&j, "width", SCREEN_WIDTH);
	fa_jw_kint(&j, "height", SCREEN_HEIGHT);
	fa_jw_kint(&j, "scale_percent", SCREEN_SCALE);
	fa_jw_kint(&j, "screens", st->screens);
	fa_jw_kint(&j, "transitions", st->transitions);
	fa_jw_kint(&j, "taps", st->taps);
	fa_jw_kint(&j, "not_tried", st->unexplored);
	fa_jw_kbool(&j, "stopped", st->stopped);
	fa_jw_kbool(&j, "seen", !st->unseen && w->browser.p != NULL);
	fa_jw_kstr(&j, "limit", st->limit);
	fa_jw_kint(&j, "files_left_out", (int64_t)(flow->evidence_n + 2 - n));
	fa_jw_end(&j, '}');
	return rc < 0 ? rc
		      : fa_session_say(
				w->s, FA_OP_RENDER, url, objs, n, &detail, err);
}

static int
finish(struct work *w, struct fa_flow *flow, struct fa_str url,
	struct fa_err *err)
{
	struct fa_buf file FA_CLEANUP(fa_buf_done);
	int rc;

	flow->importer_version = fa_str_c(w->o->version);
	rc = fa_walk_output_end(&w->output, flow, err);
	fa_buf_init(&file, FA_FILE_PATH_BYTES);
	fa_buf_addf(&file, "%.*s/" FA_WALK_ARCHIVE_FILE, FA_STR_ARG(w->name));
	if (rc == FA_OK)
		rc = fa_buf_rc(&file, "name of an archive", err);
	if (rc == FA_OK)
		rc = fa_note_tell(w->note,
			&(struct fa_note_about){ .s = w->s,
				.purpose = "walk",
				.file = fa_buf_str(&file),
				.robots = w->o->robots_reason.p
					? w->o->robots_reason
					: FA_STR("obeyed"),
				.body_bytes = w->o->body_bytes },
			err);
	if (rc == FA_OK)
		rc = tell(w, flow, url, err);
	w->stats->walks += rc == FA_OK && w->browser.p;
	return rc;
}

int
fa_session_walk(struct fa_flow **flow, struct fa_str *folder,
	struct fa_browse_stats *out, struct fa_session *s,
	const struct fa_browse_opts *o, struct fa_str url, struct fa_arena *a,
	struct fa_err *err)
{
	struct work w = { .s = s, .o = o, .stats = out, .a = a };
	struct fa_flow *f = NULL;
	struct fa_url start;
	int rc = fa_url_parse(&start, url, a, err);

	w.note = fa_arena_new(a, 1, sizeof(*w.note));
	if (rc == FA_OK && !w.note)
		rc = fa_fail(err, FA_E_NOMEM, "no memory for a walk");
	if (rc == FA_OK)
		rc = name_folder(&w, err);
	if (rc == FA_OK)
		rc = fa_walk_output_open(
			&w.output, w.dir, false, true, o->software, a, err);
	if (rc == FA_OK)
		rc = browse(&f, &w, start.text, err);
	fa_walk_net_free(w.net);
	if (rc == FA_OK)
		rc = finish(&w, f, start.text, err);
	fa_walk_output_done(&w.output);
	if (rc < 0)
		return rc;
	*flow = f;
	*folder = w.name;
	return FA_OK;
}
