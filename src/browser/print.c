#include "browser/print.h"

#include <string.h>
#include <unistd.h>

#include "base/base64.h"
#include "browser/browser.h"
#include "browser/cdp.h"
#include "browser/process.h"

#define STREAM_BYTES 1000000 /* read at once */
#define TEMPLATE_BYTES 65536
#define SAID_BYTES 300

/* As for walking, without what only walking needs. Scripts are off as a whole:
 * a report has none, and hostile text may not find any. */
static const char *const arguments[] = { "--headless", "--no-startup-window",
	"--remote-debugging-pipe", "--host-resolver-rules=MAP * ~NOTFOUND",
	"--no-proxy-server", "--blink-settings=scriptEnabled=false",
	"--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
	"--disable-quic", "--disable-background-networking",
	"--disable-component-update", "--disable-domain-reliability",
	"--disable-sync", "--no-pings", "--disable-default-apps",
	"--disable-extensions", "--disable-breakpad",
	"--disable-crash-reporter", "--disable-dev-shm-usage", "--disable-gpu",
	"--no-first-run", "--no-default-browser-check", "--mute-audio",
	"--password-store=basic", "--use-mock-keychain",
	"--deny-permission-prompts", "--font-render-hinting=none",
	"--force-color-profile=srgb" };

struct printer {
	struct fa_process process;
	struct fa_cdp cdp;
	struct fa_arena *a;
	struct fa_str session;
};

static void
ignore_event(void *self, struct fa_str session, struct fa_str method,
	const struct fa_json *params)
{
	(void)self;
	(void)session;
	(void)method;
	(void)params;
}

static bool
wants_none(void *self, uint64_t id)
{
	(void)self;
	(void)id;
	return false;
}

static void
no_answer(void *self, uint64_t id, const struct fa_json *result)
{
	(void)self;
	(void)id;
	(void)result;
}

static bool
no_work(void *self, int64_t max_ms)
{
	(void)self;
	(void)max_ms;
	return false;
}

static int64_t
starved_ms(void *self)
{
	const struct printer *p = self;

	return fa_process_starved_ms(p->process.pid);
}

static bool
never_owed(void *self)
{
	(void)self;
	return false;
}

static int
never_ended(void *self, struct fa_err *err)
{
	(void)self;
	(void)err;
	return FA_OK;
}

static int
fail_start(struct printer *p, const char *path, struct fa_err *err)
{
	char said[SAID_BYTES];

	fa_process_said(&p->process, said, sizeof(said));
	if (fa_str_find(fa_str_c(said), FA_STR("sandbox"), 0) != SIZE_MAX)
		return fa_fail(err, FA_E_USAGE,
			"%s cannot make its sandbox here: install the package "
			"chromium-sandbox or allow user namespaces, or give "
			"--no-sandbox",
			path);
	return fa_fail(err, FA_E_IO, "%s did not start: %s", path, said);
}

static int
start(struct printer *p, const struct fa_print_opts *o, struct fa_err *err)
{
	const char *args[FA_COUNT(arguments) + 2];
	struct fa_cdp_hooks hooks = { .self = p,
		.event = ignore_event,
		.wants = wants_none,
		.answer = no_answer,
		.work = no_work,
		.patience = { p, starved_ms, never_owed },
		.ended = never_ended };
	struct fa_str path = fa_chromium_find(o->program, p->a);
	size_t n = 0;
	int rc;

	if (path.p == NULL)
		return fa_fail(err, FA_E_NOTFOUND,
			"no browser to print with: install the package "
			"chromium-headless-shell or chromium");
	if (geteuid() == 0 && !o->no_sandbox)
		return fa_fail(err, FA_E_USAGE,
			"as root the browser cannot use its sandbox: run as an "
			"ordinary user, or give --no-sandbox");
	for (; n < FA_COUNT(arguments); n++)
		args[n] = arguments[n];
	if (o->no_sandbox)
		args[n++] = "--no-sandbox";
	args[n] = NULL;
	rc = fa_process_start(&p->process, path.p, args, err);
	if (rc < 0)
		return rc;
	fa_cdp_init(&p->cdp, p->process.to, p->process.from, &hooks);
	(void)fa_cdp_begin(&p->cdp, FA_STR_NONE, "Browser.getVersion");
	rc = fa_cdp_wait(&p->cdp, fa_cdp_send(&p->cdp), FA_BROWSER_START_MS,
		NULL, p->a, err);
	return rc < 0 ? fail_start(p, path.p, err) : FA_OK;
}

static int
ask(const struct fa_json **out, struct printer *p, int64_t ms,
	struct fa_err *err)
{
	return fa_cdp_wait(&p->cdp, fa_cdp_send(&p->cdp), ms, out, p->a, err);
}

static int
open_page(struct printer *p, struct fa_err *err)
{
	const struct fa_json *r = NULL;
	struct fa_jw *w =
		fa_cdp_begin(&p->cdp, FA_STR_NONE, "Target.createTarget");
	struct fa_str target;
	int rc;

	fa_jw_kstr(w, "url", FA_STR("about:blank"));
	rc = ask(&r, p, FA_BROWSER_CALL_MS, err);
	if (rc < 0)
		return rc;
	target = fa_json_text(r, "targetId");
	w = fa_cdp_begin(&p->cdp, FA_STR_NONE, "Target.attachToTarget");
	fa_jw_kstr(w, "targetId", target);
	fa_jw_kbool(w, "flatten", true);
	rc = ask(&r, p, FA_BROWSER_CALL_MS, err);
	if (rc == FA_OK)
		p->session = fa_json_text(r, "sessionId");
	return rc;
}

static int
put_page(struct printer *p, struct fa_str html, struct fa_err *err)
{
	const struct fa_json *r = NULL;
	struct fa_str frame;
	struct fa_jw *w;
	int rc;

	(void)fa_cdp_begin(&p->cdp, p->session, "Page.getFrameTree");
	rc = ask(&r, p, FA_BROWSER_CALL_MS, err);
	if (rc < 0)
		return rc;
	frame = fa_json_text(
		fa_json_find(fa_json_find(r, "frameTree"), "frame"), "id");
	w = fa_cdp_begin(&p->cdp, p->session, "Page.setDocumentContent");
	fa_jw_kstr(w, "frameId", frame);
	fa_jw_kstr(w, "html", html);
	return ask(NULL, p, FA_PRINT_MS, err);
}

/* Text for a template, which is HTML. */
static void
put_text(struct fa_buf *out, struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '&')
			fa_buf_adds(out, "&amp;");
		else if (s.p[i] == '<')
			fa_buf_adds(out, "&lt;");
		else if ((unsigned char)s.p[i] < ' ')
			fa_buf_addc(out, ' ');
		else
			fa_buf_addc(out, s.p[i]);
	}
}

static void
put_templates(
	struct fa_buf *head, struct fa_buf *foot, const struct fa_print_opts *o)
{
	static const char style[] =
		"<div style=\"font:7.5pt 'Noto Sans CJK SC','WenQuanYi Zen "
		"Hei',sans-serif;color:#4f5762;width:100%;padding:0 18mm;"
		"display:flex;justify-content:space-between\">";

	fa_buf_adds(head, style);
	fa_buf_adds(head, "<span>");
	put_text(head, o->head);
	fa_buf_adds(head, "</span></div>");
	fa_buf_adds(foot, style);
	fa_buf_adds(foot, "<span>");
	put_text(foot, o->foot);
	fa_buf_adds(foot, "</span><span>");
	put_text(foot, o->page_word);
	fa_buf_adds(foot, "<span class=\"pageNumber\"></span>");
	put_text(foot, o->of_word);
	fa_buf_adds(foot, "<span class=\"totalPages\"></span>");
	put_text(foot, o->end_word);
	fa_buf_adds(foot, "</span></div>");
}

static int
print_page(struct fa_str *stream, struct printer *p,
	const struct fa_print_opts *o, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf head;
	FA_CLEANUP(fa_buf_done) struct fa_buf foot;
	const struct fa_json *r = NULL;
	struct fa_jw *w;
	int rc;

	fa_buf_init(&head, TEMPLATE_BYTES);
	fa_buf_init(&foot, TEMPLATE_BYTES);
	put_templates(&head, &foot, o);
	rc = fa_buf_rc(&head, "head of a page", err);
	if (rc == FA_OK)
		rc = fa_buf_rc(&foot, "foot of a page", err);
	if (rc < 0)
		return rc;
	w = fa_cdp_begin(&p->cdp, p->session, "Page.printToPDF");
	fa_jw_kbool(w, "printBackground", true);
	fa_jw_kbool(w, "preferCSSPageSize", true);
	fa_jw_kbool(w, "generateTaggedPDF", true);
	fa_jw_kbool(w, "generateDocumentOutline", true);
	fa_jw_kbool(w, "displayHeaderFooter", true);
	fa_jw_kstr(w, "headerTemplate", fa_buf_str(&head));
	fa_jw_kstr(w, "footerTemplate", fa_buf_str(&foot));
	fa_jw_kstr(w, "transferMode", FA_STR("ReturnAsStream"));
	rc = ask(&r, p, FA_PRINT_MS, err);
	if (rc == FA_OK)
		*stream = fa_json_text(r, "stream");
	return rc;
}

/* One piece; *more: there are others. */
static int
read_piece(struct fa_buf *out, bool *more, struct printer *p,
	struct fa_str stream, struct fa_arena *a, struct fa_err *err)
{
	struct fa_jw *w = fa_cdp_begin(&p->cdp, p->session, "IO.read");
	const struct fa_json *r = NULL, *eof, *coded;
	struct fa_str piece;
	int rc;

	fa_jw_kstr(w, "handle", stream);
	fa_jw_kint(w, "size", STREAM_BYTES);
	rc = fa_cdp_wait(
		&p->cdp, fa_cdp_send(&p->cdp), FA_BROWSER_CALL_MS, &r, a, err);
	if (rc < 0)
		return rc;
	eof = fa_json_find(r, "eof");
	coded = fa_json_find(r, "base64Encoded");
	piece = fa_json_text(r, "data");
	if (coded != NULL && coded->boolean)
		rc = fa_base64_decode(&piece, piece, a, err);
	if (rc == FA_OK)
		fa_buf_add(out, piece);
	*more = eof != NULL && !eof->boolean;
	return rc;
}

/* The file in pieces, so that no answer is too large. */
static int
read_stream(struct fa_buf *out, struct printer *p, struct fa_str stream,
	struct fa_err *err)
{
	bool more = true;
	int rc = FA_OK;

	while (more && rc == FA_OK && out->rc == FA_OK) {
		struct fa_arena a;

		fa_arena_init(&a, (size_t)STREAM_BYTES * 16);
		rc = read_piece(out, &more, p, stream, &a, err);
		fa_arena_done(&a);
	}
	return rc;
}

int
fa_browser_print(struct fa_str *pdf, struct fa_str html,
	const struct fa_print_opts *o, struct fa_arena *a, struct fa_err *err)
{
	struct printer p = { .a = a };
	FA_CLEANUP(fa_buf_done) struct fa_buf bytes;
	struct fa_str stream = FA_STR_NONE;
	int rc;

	fa_buf_init(&bytes, (size_t)512 << 20);
	if (html.n > FA_PRINT_HTML_BYTES)
		return fa_fail(err, FA_E_LIMIT,
			"the page is %zu bytes, at most %zu are printed",
			html.n, FA_PRINT_HTML_BYTES);
	rc = start(&p, o, err);
	if (rc == FA_OK)
		rc = open_page(&p, err);
	if (rc == FA_OK)
		rc = put_page(&p, html, err);
	if (rc == FA_OK)
		rc = print_page(&stream, &p, o, err);
	if (rc == FA_OK)
		rc = read_stream(&bytes, &p, stream, err);
	if (p.process.pid != 0) {
		fa_process_end(&p.process);
		fa_cdp_done(&p.cdp);
	}
	if (rc == FA_OK)
		rc = fa_buf_rc(&bytes, "PDF", err);
	if (rc == FA_OK && !fa_str_starts(fa_buf_str(&bytes), FA_STR("%PDF-")))
		rc = fa_fail(err, FA_E_IO, "the browser gave no PDF");
	if (rc < 0)
		return rc;
	*pdf = fa_arena_dup(a, fa_buf_str(&bytes));
	return pdf->p != NULL ? FA_OK
			      : fa_fail(err, FA_E_NOMEM, "no memory for a PDF");
}
