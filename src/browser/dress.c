/* What a page is told to be before it runs: a telephone, without ways out. */
#include "browser/chromium.h"
#include "browser/script.h"

#define NOT_A_FRAME_RATE 1000 /* animations are over in a moment */

void
fa_chromium_say(
	struct fa_chromium *b, struct fa_str session, const char *method)
{
	(void)fa_cdp_begin(&b->cdp, session, method);
	(void)fa_cdp_send(&b->cdp);
}

void
fa_chromium_say_bool(struct fa_chromium *b, struct fa_str session,
	const char *method, const char *key, bool value)
{
	struct fa_jw *w = fa_cdp_begin(&b->cdp, session, method);

	fa_jw_kbool(w, key, value);
	(void)fa_cdp_send(&b->cdp);
}

static void
auto_attach(struct fa_chromium *b, struct fa_str session)
{
	struct fa_jw *w =
		fa_cdp_begin(&b->cdp, session, "Target.setAutoAttach");

	fa_jw_kbool(w, "autoAttach", true);
	fa_jw_kbool(w, "waitForDebuggerOnStart", true);
	fa_jw_kbool(w, "flatten", true);
	(void)fa_cdp_send(&b->cdp);
}

static uint64_t
add_script(struct fa_chromium *b, struct fa_str session, const char *source)
{
	struct fa_jw *w = fa_cdp_begin(
		&b->cdp, session, "Page.addScriptToEvaluateOnNewDocument");

	fa_jw_kstr(w, "source", fa_str_c(source));
	fa_jw_kbool(w, "runImmediately", true);
	return fa_cdp_send(&b->cdp);
}

uint64_t
fa_chromium_guard(struct fa_chromium *b, struct fa_str session)
{
	struct fa_jw *w = fa_cdp_begin(&b->cdp, session, "Runtime.addBinding");

	fa_jw_kstr(w, "name", FA_STR(FA_SCRIPT_BINDING));
	(void)fa_cdp_send(&b->cdp);
	(void)add_script(b, session, fa_script_guard());
	(void)add_script(b, session, fa_script_watch());
	return add_script(b, session, fa_script_camera(b->allow));
}

static void
set_metrics(struct fa_chromium *b, struct fa_str session)
{
	struct fa_jw *w = fa_cdp_begin(
		&b->cdp, session, "Emulation.setDeviceMetricsOverride");

	fa_jw_kint(w, "width", b->opts.width);
	fa_jw_kint(w, "height", b->opts.height);
	fa_jw_key(w, "deviceScaleFactor");
	/* A number with two decimals is the integer with a power of ten. */
	fa_buf_addf(w->out, "%u.%02u", b->opts.scale_c / 100,
		b->opts.scale_c % 100);
	w->after_key = false;
	fa_jw_kbool(w, "mobile", true);
	(void)fa_cdp_send(&b->cdp);
}

static void
set_agent(struct fa_chromium *b, struct fa_str session)
{
	struct fa_jw *w = fa_cdp_begin(
		&b->cdp, session, "Emulation.setUserAgentOverride");

	fa_jw_kstr(w, "userAgent", b->agent);
	fa_jw_kstr(w, "acceptLanguage", b->language);
	(void)fa_cdp_send(&b->cdp);
	w = fa_cdp_begin(&b->cdp, session, "Emulation.setLocaleOverride");
	fa_jw_kstr(w, "locale", b->language);
	(void)fa_cdp_send(&b->cdp);
}

void
fa_chromium_enable_fetch(struct fa_chromium *b, struct fa_str session)
{
	struct fa_jw *w = fa_cdp_begin(&b->cdp, session, "Fetch.enable");

	fa_jw_key(w, "patterns");
	fa_jw_array(w);
	fa_jw_object(w);
	fa_jw_kstr(w, "urlPattern", FA_STR("*"));
	fa_jw_end(w, '}');
	fa_jw_end(w, ']');
	(void)fa_cdp_send(&b->cdp);
}

static void
stop_time(struct fa_chromium *b, struct fa_str session)
{
	struct fa_jw *w = fa_cdp_begin(
		&b->cdp, session, "Emulation.setVirtualTimePolicy");

	fa_jw_kstr(w, "policy", FA_STR("pause"));
	(void)fa_cdp_send(&b->cdp);
}

void
fa_chromium_dress(struct fa_chromium *b, struct fa_str session)
{
	struct fa_jw *w;

	fa_chromium_say(b, session, "Page.enable");
	fa_chromium_enable_fetch(b, session);
	fa_chromium_say(b, session, "Runtime.enable");
	fa_chromium_say(b, session, "Inspector.enable");
	set_metrics(b, session);
	set_agent(b, session);
	w = fa_cdp_begin(
		&b->cdp, session, "Emulation.setTouchEmulationEnabled");
	fa_jw_kbool(w, "enabled", true);
	fa_jw_kint(w, "maxTouchPoints", 5);
	(void)fa_cdp_send(&b->cdp);
	fa_chromium_say_bool(b, session, "Emulation.setFocusEmulationEnabled",
		"enabled", true);
	fa_chromium_say_bool(b, session, "Page.setInterceptFileChooserDialog",
		"enabled", true);
	fa_chromium_say(b, session, "Animation.enable");
	w = fa_cdp_begin(&b->cdp, session, "Animation.setPlaybackRate");
	fa_jw_kint(w, "playbackRate", NOT_A_FRAME_RATE);
	(void)fa_cdp_send(&b->cdp);
	auto_attach(b, session);
	(void)fa_chromium_guard(b, session);
	stop_time(b, session);
}
