/* What pages tell: targets that come and go, dialogs, downloads, crashes. */
#include <signal.h>

#include "browser/chromium.h"
#include "browser/script.h"

#define MEMORY_EVERY_MS 100

struct event {
	const char *method;
	void (*hear)(struct fa_chromium *b, struct fa_str session,
		const struct fa_json *params);
};

struct fa_str
fa_chromium_session(const struct fa_chromium *b)
{
	if (b->current < 0)
		return FA_STR("none");
	return fa_chromium_id(&b->pages[b->current].session);
}

struct fa_chromium_page *
fa_chromium_page(struct fa_chromium *b)
{
	return b->current < 0 ? NULL : &b->pages[b->current];
}

static struct fa_chromium_page *
page_of(struct fa_chromium *b, struct fa_str session)
{
	for (size_t i = 0; i < FA_CHROMIUM_PAGES; i++)
		if (b->pages[i].used &&
			fa_str_eq(
				fa_chromium_id(&b->pages[i].session), session))
			return &b->pages[i];
	return NULL;
}

static bool
is_current(struct fa_chromium *b, struct fa_str session)
{
	return b->current >= 0 && page_of(b, session) == fa_chromium_page(b);
}

/* Of its main frame: a frame has the name of its target. */
static struct fa_chromium_page *
page_by_frame(struct fa_chromium *b, struct fa_str session,
	const struct fa_json *params)
{
	struct fa_chromium_page *p = page_of(b, session);

	return p != NULL &&
			fa_str_eq(fa_chromium_id(&p->target),
				fa_json_text(params, "frameId"))
		? p
		: NULL;
}

static void
close_target(struct fa_chromium *b, struct fa_str target)
{
	struct fa_jw *w =
		fa_cdp_begin(&b->cdp, FA_STR_NONE, "Target.closeTarget");

	fa_jw_kstr(w, "targetId", target);
	(void)fa_cdp_send(&b->cdp);
}

/* A page that opens takes the place of the one that is looked at: on a
 * telephone nothing else is to be seen. */
static void
add_page(struct fa_chromium *b, struct fa_str session, struct fa_str target)
{
	size_t i = 0;

	while (i < FA_CHROMIUM_PAGES && b->pages[i].used)
		i++;
	if (i == FA_CHROMIUM_PAGES) {
		close_target(b, target);
		return;
	}
	b->pages[i] = (struct fa_chromium_page){ .used = true,
		.begun_ms = fa_cdp_now_ms() };
	fa_chromium_set_id(&b->pages[i].session, session);
	fa_chromium_set_id(&b->pages[i].target, target);
	b->now.popup = b->now.popup || !b->opening;
	b->current = (int)i;
	b->waited = false;
	b->opening = false;
	fa_chromium_dress(b, session);
}

static void
hear_attached(struct fa_chromium *b, struct fa_str session,
	const struct fa_json *params)
{
	const struct fa_json *info = fa_json_find(params, "targetInfo");
	struct fa_str type = fa_json_text(info, "type");
	struct fa_str target = fa_json_text(info, "targetId");
	struct fa_str child = fa_json_text(params, "sessionId");
	bool ours = b->context.z[0] != '\0' &&
		fa_str_eq(fa_json_text(info, "browserContextId"),
			fa_chromium_id(&b->context));

	(void)session;
	if (fa_str_eq(type, FA_STR("page")) && ours)
		add_page(b, child, target);
	else if (fa_str_eq(type, FA_STR("worker")))
		fa_chromium_enable_fetch(b, child);
	/* Service workers and the rest run without a net of any kind. */
	fa_chromium_say(b, child, "Runtime.runIfWaitingForDebugger");
}

/* The page that opened this one is looked at again. */
static void
drop_page(struct fa_chromium *b, struct fa_chromium_page *p)
{
	bool was_current = p == fa_chromium_page(b);

	p->used = false;
	if (!was_current)
		return;
	b->current = -1;
	b->waited = false;
	for (int i = FA_CHROMIUM_PAGES; i-- > 0;)
		if (b->pages[i].used && b->current < 0)
			b->current = i;
	if (b->current < 0)
		b->now.effects |= FA_FLOW_EFFECT_EXIT;
}

static void
hear_gone(struct fa_chromium *b, struct fa_str session,
	const struct fa_json *params)
{
	struct fa_str target = fa_json_text(params, "targetId");

	(void)session;
	for (size_t i = 0; i < FA_CHROMIUM_PAGES; i++)
		if (b->pages[i].used &&
			fa_str_eq(fa_chromium_id(&b->pages[i].target), target))
			drop_page(b, &b->pages[i]);
}

static void
hear_crashed(struct fa_chromium *b, struct fa_str session,
	const struct fa_json *params)
{
	struct fa_str target = fa_json_text(params, "targetId");
	const struct fa_chromium_page *p = fa_chromium_page(b);

	if (p != NULL &&
		(is_current(b, session) ||
			fa_str_eq(fa_chromium_id(&p->target), target)))
		b->now.crashed = b->broken = true;
}

static void
hear_requested(struct fa_chromium *b, struct fa_str session,
	const struct fa_json *params)
{
	struct fa_chromium_page *p = page_by_frame(b, session, params);
	struct fa_str url = fa_json_text(params, "url");
	static const char *const inside[] = {
		"http:", "https:", "about:", "blob:", "data:", "javascript:"
	};
	size_t n = url.n < sizeof(b->left_to) ? url.n : sizeof(b->left_to) - 1;

	if (p == NULL ||
		!fa_str_eq(fa_json_text(params, "disposition"),
			FA_STR("currentTab")))
		return;
	for (size_t i = 0; i < FA_COUNT(inside); i++)
		if (fa_str_starts(url, fa_str_c(inside[i]))) {
			p->navigating = true;
			return;
		}
	/* To another app: "alipays://...". */
	b->now.left = true;
	for (size_t i = 0; i < n; i++)
		b->left_to[i] = url.p[i];
	b->left_to[n] = '\0';
}

static void
hear_loading(struct fa_chromium *b, struct fa_str session,
	const struct fa_json *params)
{
	struct fa_chromium_page *p = page_by_frame(b, session, params);

	if (p != NULL) {
		p->navigating = true;
		p->stuck = false;
	}
}

static void
hear_loaded(struct fa_chromium *b, struct fa_str session,
	const struct fa_json *params)
{
	struct fa_chromium_page *p = page_by_frame(b, session, params);

	if (p != NULL)
		p->navigating = false;
}

static void
hear_expired(struct fa_chromium *b, struct fa_str session,
	const struct fa_json *params)
{
	struct fa_chromium_page *p = page_of(b, session);

	(void)params;
	if (p != NULL)
		p->expired = true;
}

static void
answer_dialog(struct fa_chromium *b, struct fa_str session, bool accept)
{
	fa_chromium_say_bool(
		b, session, "Page.handleJavaScriptDialog", "accept", accept);
}

/* A question is refused first. When the same one comes again, somebody wants
 * another answer. */
static bool
choose(struct fa_chromium *b, struct fa_str type, struct fa_str message)
{
	uint32_t hash = fa_str_hash(message) | 1;
	bool again = b->last_confirm == hash;

	if (fa_str_eq(type, FA_STR("alert")) ||
		fa_str_eq(type, FA_STR("beforeunload")))
		return true;
	b->last_confirm = hash;
	return again || b->yes;
}

static void
hear_dialog(struct fa_chromium *b, struct fa_str session,
	const struct fa_json *params)
{
	struct fa_str type = fa_json_text(params, "type");
	struct fa_str message = fa_json_text(params, "message");
	bool accept;

	if (++b->dialogs_n > FA_BROWSER_DIALOGS_MAX) {
		b->now.hung = b->broken = true; /* it will never end */
		return;
	}
	accept = choose(b, type, message);
	answer_dialog(b, session, accept);
	if (fa_str_eq(type, FA_STR("beforeunload")) || b->dialogs.rc != FA_OK)
		return;
	if (message.n > FA_CHROMIUM_DIALOG_BYTES - 200 - b->dialogs.n)
		return;
	if (b->dialogs.n > 0)
		fa_buf_addc(&b->dialogs, '\n');
	fa_buf_add(&b->dialogs, type);
	if (!fa_str_eq(type, FA_STR("alert")))
		fa_buf_adds(&b->dialogs, accept ? " (ok)" : " (cancel)");
	fa_buf_adds(&b->dialogs, ": ");
	for (size_t i = 0; i < message.n; i++)
		fa_buf_addc(&b->dialogs,
			message.p[i] == '\n' || message.p[i] == '\r'
				? ' '
				: message.p[i]);
}

static void
hear_download(struct fa_chromium *b, struct fa_str session,
	const struct fa_json *params)
{
	struct fa_chromium_page *p = page_by_frame(b, session, params);

	b->now.download = true;
	if (p != NULL)
		p->navigating = false;
}

static void
hear_binding(struct fa_chromium *b, struct fa_str session,
	const struct fa_json *params)
{
	struct fa_str what = fa_json_text(params, "payload");

	(void)session;
	if (!fa_str_eq(fa_json_text(params, "name"), FA_STR(FA_SCRIPT_BINDING)))
		return;
	if (fa_str_eq(what, FA_STR("camera"))) {
		b->now.camera = true;
		b->now.effects |= FA_FLOW_EFFECT_CAMERA;
	} else if (fa_str_eq(what, FA_STR("permission"))) {
		b->now.effects |= FA_FLOW_EFFECT_OTHER_PERMISSION;
	} else if (fa_str_eq(what, FA_STR("exit"))) {
		b->now.effects |= FA_FLOW_EFFECT_EXIT;
	}
}

static void
hear_chooser(struct fa_chromium *b, struct fa_str session,
	const struct fa_json *params)
{
	int64_t node = fa_json_int(params, "backendNodeId", 0);
	struct fa_jw *w;
	char path[FA_PROCESS_PATH_BYTES + 16];

	b->now.file_chooser = true;
	if (!b->allow || node <= 0)
		return;
	w = fa_cdp_begin(&b->cdp, session, "DOM.setFileInputFiles");
	fa_jw_key(w, "files");
	fa_jw_array(w);
	fa_chromium_picture(b, path, sizeof(path));
	fa_jw_str(w, fa_str_c(path));
	fa_jw_end(w, ']');
	fa_jw_kint(w, "backendNodeId", node);
	(void)fa_cdp_send(&b->cdp);
}

static const struct event events[] = {
	{ "Fetch.requestPaused", fa_chromium_paused },
	{ "Emulation.virtualTimeBudgetExpired", hear_expired },
	{ "Target.attachedToTarget", hear_attached },
	{ "Target.targetDestroyed", hear_gone },
	{ "Target.targetCrashed", hear_crashed },
	{ "Inspector.targetCrashed", hear_crashed },
	{ "Page.frameRequestedNavigation", hear_requested },
	{ "Page.frameStartedLoading", hear_loading },
	{ "Page.frameStoppedLoading", hear_loaded },
	{ "Page.navigatedWithinDocument", hear_loaded },
	{ "Page.javascriptDialogOpening", hear_dialog },
	{ "Page.downloadWillBegin", hear_download },
	{ "Page.fileChooserOpened", hear_chooser },
	{ "Runtime.bindingCalled", hear_binding },
};

static void
hear(void *self, struct fa_str session, struct fa_str method,
	const struct fa_json *params)
{
	for (size_t i = 0; i < FA_COUNT(events); i++)
		if (fa_str_eq(method, fa_str_c(events[i].method))) {
			events[i].hear(self, session, params);
			return;
		}
}

/* A page that eats memory loses its process. */
static void
watch_memory(struct fa_chromium *b)
{
	struct fa_process_group g;
	int64_t now = fa_cdp_now_ms();

	if (b->opts.memory_bytes == 0 || now < b->memory_at_ms)
		return;
	b->memory_at_ms = now + MEMORY_EVERY_MS;
	g = fa_process_look(b->process.pid);
	if (g.bytes <= b->opts.memory_bytes || g.largest == 0)
		return;
	(void)kill(g.largest, SIGKILL);
	b->now.crashed = b->broken = true;
}

static bool
work(void *self, int64_t max_ms)
{
	struct fa_chromium *b = self;
	bool busy = false;
	int rc;

	watch_memory(b);
	if (b->asked == 0 || b->opts.net.work == NULL)
		return false;
	rc = b->opts.net.work(b->opts.net.self, b->face,
		max_ms < 0 ? 0 : max_ms, &busy, &b->net_err);
	if (rc != FA_OK)
		b->net_err.rc = rc;
	return busy;
}

static int
ended(void *self, struct fa_err *err)
{
	struct fa_chromium *b = self;

	if (b->net_err.rc != FA_OK) {
		int rc = b->net_err.rc;

		if (err != NULL)
			*err = b->net_err;
		b->net_err.rc = FA_OK;
		return rc;
	}
	if (b->broken)
		return fa_fail(err, FA_E_LIMIT, "the page is gone");
	return FA_OK;
}

static int64_t
starved_ms(void *self)
{
	const struct fa_chromium *b = self;

	return fa_process_starved_ms(b->process.pid);
}

static bool
owed(void *self)
{
	const struct fa_chromium *b = self;

	for (size_t i = 0; b->asked > 0 && i < FA_CHROMIUM_REQUESTS; i++)
		if (b->requests[i].state != FA_REQUEST_FREE &&
			(b->requests[i].main_document || b->opts.whole))
			return true;
	return false;
}

struct fa_patience_of
fa_chromium_patience(struct fa_chromium *b)
{
	return (struct fa_patience_of){ b, starved_ms, owed };
}

struct fa_cdp_hooks
fa_chromium_hooks(struct fa_chromium *b)
{
	return (struct fa_cdp_hooks){ .self = b,
		.event = hear,
		.wants = fa_chromium_wants,
		.answer = fa_chromium_cookies,
		.work = work,
		.patience = fa_chromium_patience(b),
		.ended = ended };
}
