/* Starts the program, closed to all sides but the pipe. */
#include "browser/chromium.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/num.h"

#define ARGS_MAX 46

/* A grey picture of 320 x 240 pixels, PNG. */
static const unsigned char picture[] = { 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a,
	0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
	0x01, 0x40, 0x00, 0x00, 0x00, 0xf0, 0x08, 0x00, 0x00, 0x00, 0x00, 0x54,
	0x46, 0xe2, 0xb7, 0x00, 0x00, 0x01, 0x38, 0x49, 0x44, 0x41, 0x54, 0x78,
	0xda, 0xed, 0xd0, 0x41, 0x11, 0x00, 0x00, 0x0c, 0x02, 0x20, 0xf3, 0x9b,
	0xda, 0x10, 0xbb, 0xfd, 0x20, 0x02, 0x29, 0x27, 0x51, 0x20, 0x50, 0xa0,
	0x40, 0x81, 0x08, 0x14, 0x28, 0x50, 0x20, 0x02, 0x05, 0x0a, 0x14, 0x88,
	0x40, 0x81, 0x02, 0x05, 0x22, 0x50, 0xa0, 0x40, 0x81, 0x08, 0x14, 0x28,
	0x50, 0x20, 0x02, 0x05, 0x0a, 0x14, 0x88, 0x40, 0x81, 0x02, 0x05, 0x22,
	0x50, 0xa0, 0x40, 0x81, 0x08, 0x14, 0x28, 0x50, 0x20, 0x02, 0x05, 0x0a,
	0x14, 0x28, 0x10, 0x81, 0x02, 0x05, 0x0a, 0x44, 0xa0, 0x40, 0x81, 0x02,
	0x11, 0x28, 0x50, 0xa0, 0x40, 0x04, 0x0a, 0x14, 0x28, 0x10, 0x81, 0x02,
	0x05, 0x0a, 0x44, 0xa0, 0x40, 0x81, 0x02, 0x11, 0x28, 0x50, 0xa0, 0x40,
	0x04, 0x0a, 0x14, 0x28, 0x10, 0x81, 0x02, 0x05, 0x0a, 0x44, 0xa0, 0x40,
	0x81, 0x02, 0x05, 0x2a, 0x10, 0x28, 0x50, 0xa0, 0x40, 0x04, 0x0a, 0x14,
	0x28, 0x10, 0x81, 0x02, 0x05, 0x0a, 0x44, 0xa0, 0x40, 0x81, 0x02, 0x11,
	0x28, 0x50, 0xa0, 0x40, 0x04, 0x0a, 0x14, 0x28, 0x10, 0x81, 0x02, 0x05,
	0x0a, 0x44, 0xa0, 0x40, 0x81, 0x02, 0x11, 0x28, 0x50, 0xa0, 0x40, 0x04,
	0x0a, 0x14, 0x28, 0x10, 0x81, 0x02, 0x05, 0x0a, 0x14, 0x88, 0x40, 0x81,
	0x02, 0x05, 0x22, 0x50, 0xa0, 0x40, 0x81, 0x08, 0x14, 0x28, 0x50, 0x20,
	0x02, 0x05, 0x0a, 0x14, 0x88, 0x40, 0x81, 0x02, 0x05, 0x22, 0x50, 0xa0,
	0x40, 0x81, 0x08, 0x14, 0x28, 0x50, 0x20, 0x02, 0x05, 0x0a, 0x14, 0x88,
	0x40, 0x81, 0x02, 0x05, 0x22, 0x50, 0xa0, 0x40, 0x81, 0x02, 0x15, 0x08,
	0x14, 0x28, 0x50, 0x20, 0x02, 0x05, 0x0a, 0x14, 0x88, 0x40, 0x81, 0x02,
	0x05, 0x22, 0x50, 0xa0, 0x40, 0x81, 0x08, 0x14, 0x28, 0x50, 0x20, 0x02,
	0x05, 0x0a, 0x14, 0x88, 0x40, 0x81, 0x02, 0x05, 0x22, 0x50, 0xa0, 0x40,
	0x81, 0x08, 0x14, 0x28, 0x50, 0x20, 0x02, 0x05, 0x0a, 0x14, 0x88, 0x40,
	0x81, 0x02, 0x05, 0x0a, 0x44, 0xa0, 0x40, 0x81, 0x02, 0x11, 0x28, 0x50,
	0xa0, 0x40, 0x04, 0x0a, 0x14, 0x28, 0x10, 0x81, 0x02, 0x05, 0x0a, 0x44,
	0xa0, 0x40, 0x81, 0x02, 0x11, 0xf8, 0x69, 0x8c, 0xcf, 0xc1, 0x70, 0xe3,
	0x04, 0x3f, 0x7f, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae,
	0x42, 0x60, 0x82 };

static const char *const programs[] = { "chromium-headless-shell", "chromium",
	"chromium-browser", "google-chrome-stable" };

/* Frames of all sites share one process, documents are thrown away when they
 * are left, and no page is swapped for another: else time that is given to a
 * page does not reach all of it. */
#define FEATURES_OFF                                                           \
	"--disable-features=BackForwardCache,RenderDocument,"                  \
	"ProactivelySwapBrowsingInstance,IsolateOrigins,site-per-process,"     \
	"Translate,MediaRouter,OptimizationHints,DialMediaRouteProvider,"      \
	"InterestFeedContentSuggestions,"                                      \
	"CertificateTransparencyComponentUpdater,"                             \
	"AutofillServerCommunication,PaintHolding"

/* No name and no address is reached; nothing is asked for behind our back. */
static const char *const arguments[] = { "--headless", "--no-startup-window",
	"--remote-debugging-pipe", "--host-resolver-rules=MAP * ~NOTFOUND",
	"--no-proxy-server", FEATURES_OFF, "--disable-site-isolation-trials",
	"--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
	"--disable-quic", "--disable-background-networking",
	"--disable-component-update", "--disable-domain-reliability",
	"--disable-client-side-phishing-detection", "--disable-sync",
	"--no-pings", "--disable-default-apps", "--disable-extensions",
	"--disable-breakpad", "--disable-crash-reporter",
	"--disable-dev-shm-usage", "--disable-gpu", "--no-first-run",
	"--no-default-browser-check", "--disable-search-engine-choice-screen",
	"--hide-scrollbars", "--mute-audio", "--allow-pre-commit-input",
	"--password-store=basic", "--use-mock-keychain",
	"--deny-permission-prompts", "--disable-renderer-backgrounding",
	"--disable-background-timer-throttling",
	"--disable-backgrounding-occluded-windows", "--disable-hang-monitor",
	"--font-render-hinting=none", "--force-color-profile=srgb",
	/* Drawing waits for all that is to be drawn, not for a moment: by
	 * which clock that comes, see fa_chromium_catch_up. */
	"--run-all-compositor-stages-before-draw",
	"--js-flags=--max-old-space-size=512" };

/* A name without a slash is looked for where a shell would. */
static struct fa_str
find_program(const char *name, struct fa_arena *a)
{
	const char *env = getenv("PATH");
	struct fa_str rest = fa_str_c(env != NULL ? env : "/usr/bin:/bin");
	char path[FA_PROCESS_PATH_BYTES];

	if (strchr(name, '/') != NULL)
		return access(name, X_OK) == 0 ? fa_arena_dup(a, fa_str_c(name))
					       : FA_STR_NONE;
	while (rest.p != NULL) {
		struct fa_str dir = fa_str_cut(&rest, ':');
		int n = snprintf(
			path, sizeof(path), "%.*s/%s", FA_STR_ARG(dir), name);

		if (dir.n > 0 && n > 0 && (size_t)n < sizeof(path) &&
			access(path, X_OK) == 0)
			return fa_arena_dup(a, fa_str_c(path));
	}
	return FA_STR_NONE;
}

struct fa_str
fa_chromium_find(const char *program, struct fa_arena *a)
{
	struct fa_str path = FA_STR_NONE;

	if (program != NULL)
		return find_program(program, a);
	for (size_t i = 0; i < FA_COUNT(programs) && path.p == NULL; i++)
		path = find_program(programs[i], a);
	return path;
}

void
fa_chromium_picture(const struct fa_chromium *b, char *path, size_t n)
{
	(void)snprintf(path, n, "%s/picture.png", b->process.folder);
}

static int
put_picture(struct fa_chromium *b, struct fa_err *err)
{
	char path[FA_PROCESS_PATH_BYTES + 16];
	struct fa_buf bytes;
	int rc;

	fa_chromium_picture(b, path, sizeof(path));
	fa_buf_init(&bytes, sizeof(picture) + 1);
	for (size_t i = 0; i < sizeof(picture); i++)
		fa_buf_addc(&bytes, (char)picture[i]);
	rc = fa_buf_rc(&bytes, "picture", err);
	if (rc == FA_OK)
		rc = fa_file_replace(fa_str_c(path), fa_buf_str(&bytes), err);
	fa_buf_done(&bytes);
	return rc;
}

/* Why it ended before it said anything. */
static int
fail_start(struct fa_chromium *b, struct fa_err *err)
{
	char said[300];

	fa_process_said(&b->process, said, sizeof(said));
	if (fa_str_find(fa_str_c(said), FA_STR("sandbox"), 0) != SIZE_MAX)
		return fa_fail(err, FA_E_USAGE,
			"%.*s cannot make its sandbox here: install the "
			"package chromium-sandbox or allow user namespaces, "
			"or give --no-sandbox for pages that you trust",
			FA_STR_ARG(b->path));
	return fa_fail(err, FA_E_IO, "%.*s did not start: %s",
		FA_STR_ARG(b->path), said);
}

static int
ask_version(struct fa_chromium *b, struct fa_err *err)
{
	const struct fa_json *result = NULL;
	struct fa_str product;
	struct fa_str major;
	struct fa_buf agent;
	int rc;

	(void)fa_cdp_begin(&b->cdp, FA_STR_NONE, "Browser.getVersion");
	fa_arena_reset(&b->work);
	rc = fa_cdp_wait(&b->cdp, fa_cdp_send(&b->cdp), FA_BROWSER_START_MS,
		&result, &b->work, err);
	if (rc != FA_OK)
		return fail_start(b, err);
	if (b->version.p != NULL)
		return FA_OK;
	product = fa_json_text(result, "product");
	b->version = fa_arena_dup(
		&b->arena, product.p == NULL ? FA_STR("unknown") : product);
	major = b->version;
	(void)fa_str_cut(&major, '/');
	major = fa_str_cut(&major, '.');
	fa_buf_init(&agent, 512);
	/* As browsers on telephones name themselves: some apps show nothing to
	 * others. */
	fa_buf_addf(&agent,
		"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 "
		"(KHTML, like Gecko) Chrome/%.*s.0.0.0 Mobile Safari/537.36",
		FA_STR_ARG(fa_str_sub(major, 0, 8)));
	b->agent = fa_arena_dup(&b->arena, fa_buf_str(&agent));
	fa_buf_done(&agent);
	if (b->version.p == NULL || b->agent.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for the browser");
	return FA_OK;
}

static void
watch_targets(struct fa_chromium *b)
{
	struct fa_jw *w =
		fa_cdp_begin(&b->cdp, FA_STR_NONE, "Target.setAutoAttach");

	fa_jw_kbool(w, "autoAttach", true);
	fa_jw_kbool(w, "waitForDebuggerOnStart", true);
	fa_jw_kbool(w, "flatten", true);
	(void)fa_cdp_send(&b->cdp);
	w = fa_cdp_begin(&b->cdp, FA_STR_NONE, "Target.setDiscoverTargets");
	fa_jw_kbool(w, "discover", true);
	(void)fa_cdp_send(&b->cdp);
}

int
fa_chromium_start(struct fa_chromium *b, struct fa_err *err)
{
	const char *args[ARGS_MAX + 3];
	struct fa_cdp_hooks hooks = fa_chromium_hooks(b);
	char size[40];
	size_t n = 0;
	int rc;

	for (size_t i = 0; i < FA_COUNT(arguments) && n < ARGS_MAX; i++)
		args[n++] = arguments[i];
	if (b->opts.no_sandbox)
		args[n++] = "--no-sandbox";
	(void)snprintf(size, sizeof(size), "--window-size=%d,%d",
		(int)b->opts.width, (int)b->opts.height);
	args[n++] = size;
	args[n] = NULL;
	rc = fa_process_start(&b->process, b->path.p, args, err);
	if (rc != FA_OK)
		return rc;
	fa_cdp_init(&b->cdp, b->process.to, b->process.from, &hooks);
	b->running = true;
	b->broken = false;
	rc = ask_version(b, err);
	if (rc == FA_OK)
		rc = put_picture(b, err);
	if (rc != FA_OK) {
		fa_chromium_stop(b);
		return rc;
	}
	watch_targets(b);
	return FA_OK;
}
