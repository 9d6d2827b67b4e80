#include "browser/chromium.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/num.h"
#include "browser/script.h"

#define OBJECT_BYTES ((size_t)4 << 20)
#define DISPOSE_MS 3000
#define LEAVE_MS 2000

struct fa_str
fa_chromium_id(const struct fa_chromium_id *id)
{
	return fa_str_c(id->z);
}

void
fa_chromium_set_id(struct fa_chromium_id *id, struct fa_str s)
{
	size_t n = s.n < sizeof(id->z) ? s.n : sizeof(id->z) - 1;

	for (size_t i = 0; i < n; i++)
		id->z[i] = s.p[i];
	id->z[n] = '\0';
}

int
fa_chromium_wait(struct fa_chromium *b, uint64_t id,
	const struct fa_json **result, struct fa_err *err)
{
	int rc;

	fa_arena_reset(&b->work);
	rc = fa_cdp_wait(
		&b->cdp, id, FA_BROWSER_CALL_MS, result, &b->work, err);
	return rc == FA_E_INPUT ? rc : fa_chromium_blame(b, rc, err);
}

int
fa_chromium_blame(struct fa_chromium *b, int rc, struct fa_err *err)
{
	(void)err;
	if (rc == FA_E_LIMIT) {
		if (!b->broken)
			b->now.hung = true;
	} else if (rc == FA_E_IO && b->cdp.dead) {
		b->now.crashed = true;
	} else {
		return rc;
	}
	b->broken = true;
	return FA_OK;
}

int
fa_chromium_report(struct fa_chromium *b, struct fa_happened *h,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_happened now = b->now;

	if (b->broken && !now.crashed)
		now.hung = true;
	if (b->dialogs.n > 0)
		now.dialogs = fa_arena_dup(a, fa_buf_str(&b->dialogs));
	if (now.left)
		now.left_to = fa_arena_dup(a, fa_str_c(b->left_to));
	if ((b->dialogs.n > 0 && now.dialogs.p == NULL) ||
		(now.left && now.left_to.p == NULL))
		return fa_fail(err, FA_E_NOMEM, "no memory for what happened");
	b->now = (struct fa_happened){ 0 };
	b->now.crashed = now.crashed && b->broken;
	fa_buf_reset(&b->dialogs);
	b->dialogs_n = 0;
	b->last_confirm = 0;
	*h = now;
	return FA_OK;
}

void
fa_chromium_stop(struct fa_chromium *b)
{
	if (!b->running)
		return;
	fa_process_end(&b->process);
	fa_cdp_done(&b->cdp);
	b->running = false;
	b->context.z[0] = '\0';
	b->current = -1;
	for (size_t i = 0; i < FA_CHROMIUM_PAGES; i++)
		b->pages[i].used = false;
}

/* Answers that must come, from the browser itself. */
static int
must(struct fa_chromium *b, const struct fa_json **result, struct fa_err *err)
{
	fa_arena_reset(&b->work);
	return fa_cdp_wait(&b->cdp, fa_cdp_send(&b->cdp), FA_BROWSER_CALL_MS,
		result, &b->work, err);
}

static int
new_context(struct fa_chromium *b, struct fa_err *err)
{
	const struct fa_json *result = NULL;
	struct fa_jw *w;
	int rc;

	(void)fa_cdp_begin(&b->cdp, FA_STR_NONE, "Target.createBrowserContext");
	rc = must(b, &result, err);
	if (rc != FA_OK)
		return rc;
	fa_chromium_set_id(
		&b->context, fa_json_text(result, "browserContextId"));
	w = fa_cdp_begin(&b->cdp, FA_STR_NONE, "Browser.setDownloadBehavior");
	fa_jw_kstr(w, "behavior", FA_STR("deny"));
	fa_jw_kstr(w, "browserContextId", fa_chromium_id(&b->context));
	(void)fa_cdp_send(&b->cdp);
	return FA_OK;
}

static int
new_page(struct fa_chromium *b, struct fa_err *err)
{
	struct fa_jw *w =
		fa_cdp_begin(&b->cdp, FA_STR_NONE, "Target.createTarget");
	int rc;

	b->current = -1;
	b->opening = true;
	fa_jw_kstr(w, "url", FA_STR("about:blank"));
	fa_jw_kstr(w, "browserContextId", fa_chromium_id(&b->context));
	fa_jw_kint(w, "width", b->opts.width);
	fa_jw_kint(w, "height", b->opts.height);
	fa_jw_kbool(w, "newWindow", true);
	rc = must(b, NULL, err);
	/* It may be told of a moment later. */
	for (int i = 0; rc == FA_OK && b->current < 0 && i < 100; i++)
		rc = fa_cdp_pump(&b->cdp, 20, err);
	b->opening = false;
	if (rc == FA_OK && b->current < 0)
		rc = fa_fail(err, FA_E_IO, "the browser opened no page");
	if (rc != FA_OK)
		return rc;
	/* A page that another window hides draws nothing. */
	fa_chromium_say(b, fa_chromium_session(b), "Page.bringToFront");
	/* Once more, and until it is done: what is said to a page while it is
	 * being made is lost when it goes somewhere else at once. */
	fa_arena_reset(&b->work);
	return fa_cdp_wait(&b->cdp,
		fa_chromium_guard(b, fa_chromium_session(b)),
		FA_BROWSER_CALL_MS, NULL, &b->work, err);
}

static void
clear(struct fa_chromium *b)
{
	fa_chromium_forget(b);
	b->asked = 0;
	b->current = -1;
	b->broken = b->waited = b->yes = false;
	b->now = (struct fa_happened){ 0 };
	b->net_err.rc = FA_OK;
	b->dialogs_n = 0;
	b->last_confirm = 0;
	fa_buf_reset(&b->dialogs);
	for (size_t i = 0; i < FA_CHROMIUM_PAGES; i++)
		b->pages[i].used = false;
}

/* Takes the old context away, with its pages, however they hang. */
static int
dispose(struct fa_chromium *b, struct fa_err *err)
{
	struct fa_jw *w;

	if (b->context.z[0] == '\0')
		return FA_OK;
	w = fa_cdp_begin(&b->cdp, FA_STR_NONE, "Target.disposeBrowserContext");
	fa_jw_kstr(w, "browserContextId", fa_chromium_id(&b->context));
	b->context.z[0] = '\0';
	fa_arena_reset(&b->work);
	return fa_cdp_wait(
		&b->cdp, fa_cdp_send(&b->cdp), DISPOSE_MS, NULL, &b->work, err);
}

static int
renew(struct fa_chromium *b, struct fa_err *err)
{
	int rc = dispose(b, err);

	clear(b); /* what the old pages said in the meantime */
	if (rc == FA_OK)
		rc = new_context(b, err);
	return rc == FA_OK ? new_page(b, err) : rc;
}

int
fa_chromium_fresh(void *self, struct fa_err *err)
{
	struct fa_chromium *b = self;
	bool was_hung = b->broken;
	int rc = FA_E_IO;

	clear(b);
	b->allow = false;
	/* A process that a page keeps busy for ever outlives its page. */
	if (b->running && (b->cdp.dead || was_hung))
		fa_chromium_stop(b);
	if (b->running)
		rc = renew(b, err);
	if (rc == FA_OK)
		return FA_OK;
	fa_chromium_stop(b);
	clear(b);
	rc = fa_chromium_start(b, err);
	if (rc == FA_OK)
		rc = renew(b, err);
	return rc;
}

/* The page goes, as one does that is closed: what it keeps for the next time it
 * may write now. How long it has for that is its own affair. */
static void
leave_page(struct fa_chromium *b)
{
	struct fa_jw *w;
	struct fa_err ignored;

	if (b->current < 0)
		return;
	w = fa_cdp_begin(&b->cdp, fa_chromium_session(b), "Page.navigate");
	fa_jw_kstr(w, "url", FA_STR("about:blank"));
	fa_arena_reset(&b->work);
	if (fa_cdp_wait(&b->cdp, fa_cdp_send(&b->cdp), LEAVE_MS, NULL, &b->work,
		    &ignored) == FA_E_LIMIT)
		fa_chromium_say(b, fa_chromium_session(b), "Page.stopLoading");
}

static int
relaunch(void *self, struct fa_err *err)
{
	struct fa_chromium *b = self;
	struct fa_chromium_page old[FA_CHROMIUM_PAGES];
	int rc;

	if (!b->running || b->broken || b->context.z[0] == '\0')
		return fa_chromium_fresh(b, err);
	leave_page(b);
	if (b->broken)
		return fa_chromium_fresh(b, err);
	for (size_t i = 0; i < FA_CHROMIUM_PAGES; i++)
		old[i] = b->pages[i];
	clear(b);
	/* The new one first: a context without a page may end. */
	rc = new_page(b, err);
	for (size_t i = 0; rc == FA_OK && i < FA_CHROMIUM_PAGES; i++) {
		struct fa_jw *w;

		if (!old[i].used)
			continue;
		w = fa_cdp_begin(&b->cdp, FA_STR_NONE, "Target.closeTarget");
		fa_jw_kstr(w, "targetId", fa_chromium_id(&old[i].target));
		rc = must(b, NULL, err);
		if (rc == FA_E_INPUT) /* it is closed already */
			rc = FA_OK;
	}
	b->now = (struct fa_happened){ 0 };
	return rc == FA_OK ? FA_OK : fa_chromium_fresh(b, err);
}

static int
camera(void *self, bool allow, struct fa_err *err)
{
	struct fa_chromium *b = self;
	int rc = FA_OK;

	b->allow = allow;
	b->waited = false;
	for (size_t i = 0; i < FA_CHROMIUM_PAGES && !b->broken; i++) {
		struct fa_jw *w;

		if (!b->pages[i].used)
			continue;
		w = fa_cdp_begin(&b->cdp, fa_chromium_id(&b->pages[i].session),
			"Page.addScriptToEvaluateOnNewDocument");
		fa_jw_kstr(w, "source", fa_str_c(fa_script_camera(allow)));
		fa_jw_kbool(w, "runImmediately", true);
		rc = fa_chromium_wait(b, fa_cdp_send(&b->cdp), NULL, err);
		if (rc != FA_OK && rc != FA_E_INPUT)
			return rc;
	}
	return FA_OK;
}

static struct fa_str
version(void *self)
{
	const struct fa_chromium *b = self;

	return b->version;
}

static bool
sandboxed(void *self)
{
	const struct fa_chromium *b = self;

	return !b->opts.no_sandbox;
}

static void
close_browser(void *self)
{
	struct fa_chromium *b = self;
	struct fa_arena arena;

	if (b == NULL)
		return;
	for (size_t i = 0; i < FA_CHROMIUM_REQUESTS; i++)
		fa_buf_done(&b->requests[i].text);
	fa_chromium_stop(b);
	fa_buf_done(&b->dialogs);
	fa_arena_done(&b->work);
	arena = b->arena;
	fa_arena_done(&arena);
}

static int
check_options(const struct fa_browser_opts *o, struct fa_err *err)
{
	if (o->width < 100 || o->width > 4000 || o->height < 100 ||
		o->height > 8000 || o->scale_c < 50 || o->scale_c > 800)
		return fa_fail(err, FA_E_USAGE,
			"a screen of %d x %d at %u %%: expected 100 to 4000 x "
			"100 to 8000 at 50 to 800",
			(int)o->width, (int)o->height, o->scale_c);
	if (o->net.request == NULL)
		return fa_fail(err, FA_E_USAGE, "a browser without a net");
	if (geteuid() == 0 && !o->no_sandbox)
		return fa_fail(err, FA_E_USAGE,
			"as root the browser would run without its sandbox: "
			"run as a user without rights, or give --no-sandbox "
			"for pages that you trust");
	return FA_OK;
}

static int
find_or_say(struct fa_chromium *b, const char *program, struct fa_err *err)
{
	b->path = fa_chromium_find(program, &b->arena);
	if (b->path.p != NULL)
		return FA_OK;
	if (program != NULL)
		return fa_fail(err, FA_E_NOTFOUND,
			"%s: no such program; expected a Chromium, as of the "
			"package chromium-headless-shell",
			program);
	return fa_fail(err, FA_E_NOTFOUND,
		"no browser is installed: install the package "
		"chromium-headless-shell (or chromium)");
}

static int
make(struct fa_chromium *b, struct fa_browser *face,
	const struct fa_browser_opts *opts, struct fa_err *err)
{
	int rc = find_or_say(b, opts->program, err);

	b->opts = *opts;
	b->opts.program = NULL;
	b->opts.language = NULL;
	b->face = face;
	b->current = -1;
	b->language = fa_arena_dup(&b->arena,
		fa_str_c(opts->language == NULL ? "zh-CN" : opts->language));
	fa_arena_init(&b->work, FA_CDP_ANSWER_BYTES);
	fa_buf_init(&b->dialogs, FA_CHROMIUM_DIALOG_BYTES);
	for (size_t i = 0; i < FA_CHROMIUM_REQUESTS; i++)
		fa_buf_init(&b->requests[i].text, 1);
	if (rc == FA_OK && b->language.p == NULL)
		rc = fa_fail(err, FA_E_NOMEM, "no memory for the browser");
	return rc == FA_OK ? fa_chromium_start(b, err) : rc;
}

int
fa_chromium_new(struct fa_browser *out, const struct fa_browser_opts *opts,
	struct fa_err *err)
{
	struct fa_arena arena;
	struct fa_chromium *b;
	int rc = check_options(opts, err);

	if (rc != FA_OK)
		return rc;
	fa_arena_init(&arena, OBJECT_BYTES);
	b = fa_arena_new(&arena, 1, sizeof(*b));
	if (b == NULL) {
		fa_arena_done(&arena);
		return fa_fail(err, FA_E_NOMEM, "no memory for the browser");
	}
	b->arena = arena;
	rc = make(b, out, opts, err);
	if (rc != FA_OK) {
		close_browser(b);
		return rc;
	}
	*out = (struct fa_browser){ .self = b,
		.fresh = fa_chromium_fresh,
		.relaunch = relaunch,
		.open = fa_chromium_open,
		.look = fa_chromium_look,
		.act = fa_chromium_act,
		.camera = camera,
		.screenshot = fa_chromium_screenshot,
		.dom = fa_chromium_dom,
		.answer = fa_chromium_answer,
		.version = version,
		.sandboxed = sandboxed,
		.close = close_browser };
	return FA_OK;
}
