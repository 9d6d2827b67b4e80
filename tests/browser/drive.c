/* Drives a browser by commands, one per line of standard input, and prints what
 * it saw. Pages come from a folder; no address is asked.
 * Usage: drive PROGRAM|- FOLDER [sandbox] [MEMORY_MIB] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/num.h"
#include "browser/browser.h"

#define ARENA_BYTES ((size_t)512 << 20)
#define LINE_BYTES 4096
#define HELD_MAX 64

struct drive {
	struct fa_browser b;
	const char *folder;
	struct fa_arena a;
	struct fa_look look;
	bool shown;              /* the look belongs to the page */
	uint64_t held[HELD_MAX]; /* requests that get no answer */
	size_t held_n;
	unsigned requests;
};

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct fa_str
path_of(struct fa_str url)
{
	size_t at = fa_str_find(url, FA_STR("://"), 0);

	if (at == SIZE_MAX)
		return FA_STR_NONE;
	at = fa_str_find(url, FA_STR("/"), at + 3);
	url = fa_str_sub(url, at, url.n);
	(void)fa_str_cut(&url, '/');
	return fa_str_cut(&url, '?');
}

static int
answer_file(struct drive *d, struct fa_browser *b,
	const struct fa_net_request *r, struct fa_err *err)
{
	struct fa_net_answer n = { .status = 200,
		.headers = FA_STR("Content-Type: text/html; charset=utf-8\r\n"
				  "Set-Cookie: a=1; Path=/\r\n"
				  "Set-Cookie: b=2; Path=/; HttpOnly\r\n") };
	struct fa_str path = path_of(r->url);
	struct fa_arena a;
	char name[LINE_BYTES];
	int rc;

	(void)snprintf(
		name, sizeof(name), "%s/%.*s", d->folder, FA_STR_ARG(path));
	fa_arena_init(&a, ARENA_BYTES);
	rc = fa_file_read(&n.body, fa_str_c(name), 1 << 26, &a, NULL);
	if (rc != FA_OK) {
		n.status = 404;
		n.body = FA_STR("<p>404");
	}
	if (fa_str_ends(path, FA_STR(".zip")))
		n.headers = FA_STR(
			"Content-Type: application/zip\r\n"
			"Content-Disposition: attachment; filename=a.zip\r\n");
	if (fa_str_eq(path, FA_STR("redirect"))) {
		n.status = 302;
		n.headers = FA_STR("Location: https://forbidden.example/x\r\n");
	}
	if (fa_str_eq(path, FA_STR("cookies")))
		n.body = r->headers;
	rc = b->answer(b->self, r->id, &n, err);
	fa_arena_done(&a);
	return rc;
}

static int
request(void *self, struct fa_browser *b, const struct fa_net_request *r,
	struct fa_err *err)
{
	struct drive *d = self;
	static const struct fa_net_answer no = { .error = "BlockedByClient" };

	d->requests++;
	if (fa_str_find(r->url, FA_STR("/silent"), 0) != SIZE_MAX &&
		d->held_n < HELD_MAX) {
		d->held[d->held_n++] = r->id;
		return FA_OK;
	}
	if (fa_str_find(r->url, FA_STR("forbidden"), 0) != SIZE_MAX)
		return b->answer(b->self, r->id, &no, err);
	return answer_file(d, b, r, err);
}

static int
work(void *self, struct fa_browser *b, int64_t max_ms, bool *busy,
	struct fa_err *err)
{
	(void)self;
	(void)b;
	(void)max_ms;
	(void)err;
	*busy = false;
	return FA_OK;
}

static void
forget(void *self)
{
	struct drive *d = self;

	d->held_n = 0;
}

static void
print_happened(const struct fa_happened *h)
{
	printf("happened%s%s%s%s%s%s%s effects=%u", h->popup ? " popup" : "",
		h->camera ? " camera" : "", h->file_chooser ? " chooser" : "",
		h->download ? " download" : "", h->crashed ? " crashed" : "",
		h->hung ? " hung" : "", h->left ? " left" : "", h->effects);
	if (h->left)
		printf(" to=%.*s", FA_STR_ARG(h->left_to));
	putchar('\n');
	if (h->dialogs.n > 0)
		printf("dialogs %.200s\n", h->dialogs.p);
}

static void
print_element(const struct fa_flow_element *e, size_t i)
{
	printf("%zu %s", i, fa_flow_role_name(e->role));
	if (e->text.n > 0)
		printf(" text='%.*s'", FA_STR_ARG(e->text));
	if (e->label.n > 0)
		printf(" label='%.*s'", FA_STR_ARG(e->label));
	if (e->hint.n > 0)
		printf(" hint='%.*s'", FA_STR_ARG(e->hint));
	if (e->visible != FA_TRI_YES)
		printf(" hidden");
	if (e->enabled == FA_TRI_NO)
		printf(" disabled");
	if (e->clickable == FA_TRI_YES)
		printf(" taps");
	if (e->checked != FA_TRI_UNKNOWN)
		printf(e->checked == FA_TRI_YES ? " on" : " off");
	if (e->covered_by != FA_FLOW_NONE)
		printf(" covered_by=%u", e->covered_by);
	if (e->parent != FA_FLOW_NONE)
		printf(" in=%u", e->parent);
	for (size_t k = 0; k < e->links_n; k++)
		printf(" link='%.*s'->%.*s", FA_STR_ARG(e->links[k].text),
			FA_STR_ARG(e->links[k].href));
	if (e->has_style)
		printf(" font=%u fg=%06x bg=%06x contrast=%u",
			e->style.font_cpx, e->style.fg, e->style.bg,
			e->style.contrast_c);
	printf(" box=%d,%d,%d,%d\n", e->box.x, e->box.y, e->box.w, e->box.h);
}

static int
look(struct drive *d, bool wait, bool print, struct fa_err *err)
{
	struct fa_happened h = { 0 };
	int rc;

	fa_arena_reset(&d->a);
	rc = d->b.look(d->b.self, wait, &d->look, &h, &d->a, err);
	if (rc != FA_OK)
		return rc;
	d->shown = true;
	if (!print)
		return FA_OK;
	print_happened(&h);
	printf("look %zu elements%s%s%s after=%u page=%dx%d\n",
		d->look.screen.elements_n, d->look.settled ? " settled" : "",
		d->look.changed_by_itself ? " changed" : "",
		d->look.too_large ? " large" : "", d->look.after_ms,
		d->look.page_w, d->look.page_h);
	if (d->look.screen.url.n > 0)
		printf("url %.*s%s\n", FA_STR_ARG(d->look.screen.url),
			d->look.screen.modal == FA_TRI_YES ? " modal" : "");
	for (size_t i = 0; i < d->look.screen.elements_n; i++)
		print_element(&d->look.screen.elements[i], i);
	return FA_OK;
}

/* The element that shows text, or "#3". */
static uint64_t
find(const struct drive *d, struct fa_str text)
{
	uint64_t i;

	if (fa_str_starts(text, FA_STR("#")) &&
		fa_num_u64(fa_str_sub(text, 1, text.n),
			d->look.screen.elements_n, &i) &&
		i < d->look.screen.elements_n)
		return d->look.handle[i];
	for (i = 0; i < d->look.screen.elements_n; i++) {
		const struct fa_flow_element *e = &d->look.screen.elements[i];

		if (e->clickable == FA_TRI_YES &&
			(fa_str_eq(e->text, text) ||
				fa_str_eq(e->label, text) ||
				fa_str_eq(e->hint, text)))
			return d->look.handle[i];
	}
	return 0;
}

static int
act(struct drive *d, enum fa_act what, struct fa_str on, struct fa_str text,
	struct fa_err *err)
{
	struct fa_happened h = { 0 };
	uint64_t handle = 0;
	int rc;

	if (on.n > 0 && !d->shown)
		(void)look(d, false, false, err);
	if (on.n > 0)
		handle = find(d, on);
	if (on.n > 0 && handle == 0) {
		printf("no such element\n");
		return FA_OK;
	}
	rc = d->b.act(d->b.self, what, handle, text, &h, &d->a, err);
	d->shown = false;
	if (rc == FA_OK)
		print_happened(&h);
	return rc;
}

static int
save(struct drive *d, struct fa_str name, bool shot, struct fa_err *err)
{
	struct fa_str data = FA_STR_NONE;
	int rc = shot ? d->b.screenshot(d->b.self, &data, &d->a, err)
		      : d->b.dom(d->b.self, &data, &d->a, err);

	if (rc != FA_OK)
		return rc;
	printf("%s %s\n", shot ? "shot" : "dom",
		data.n > 0 ? "taken" : "absent");
	return data.n == 0 ? FA_OK : fa_file_replace(name, data, err);
}

static int
run(struct drive *d, struct fa_str line, struct fa_err *err)
{
	struct fa_str rest = line;
	struct fa_str word = fa_str_cut(&rest, ' ');
	struct fa_happened h = { 0 };
	int rc;

	if (fa_str_eq(word, FA_STR("open"))) {
		rc = d->b.open(d->b.self, rest, &h, &d->a, err);
		d->shown = false;
		if (rc == FA_OK)
			print_happened(&h);
		return rc;
	}
	if (fa_str_eq(word, FA_STR("look")))
		return look(d, false, true, err);
	if (fa_str_eq(word, FA_STR("wait")))
		return look(d, true, true, err);
	if (fa_str_eq(word, FA_STR("tap")))
		return act(d, FA_ACT_TAP, rest, FA_STR_NONE, err);
	if (fa_str_eq(word, FA_STR("fill"))) {
		word = fa_str_cut(&rest, '=');
		return act(d, FA_ACT_FILL, word, rest, err);
	}
	if (fa_str_eq(word, FA_STR("back")))
		return act(d, FA_ACT_BACK, FA_STR_NONE, FA_STR_NONE, err);
	if (fa_str_eq(word, FA_STR("scroll")))
		return act(d, FA_ACT_SCROLL, FA_STR_NONE, FA_STR_NONE, err);
	if (fa_str_eq(word, FA_STR("fresh")))
		return d->b.fresh(d->b.self, err);
	if (fa_str_eq(word, FA_STR("relaunch")))
		return d->b.relaunch(d->b.self, err);
	if (fa_str_eq(word, FA_STR("camera")))
		return d->b.camera(
			d->b.self, fa_str_eq(rest, FA_STR("yes")), err);
	if (fa_str_eq(word, FA_STR("shot")))
		return save(d, rest, true, err);
	if (fa_str_eq(word, FA_STR("dom")))
		return save(d, rest, false, err);
	return fa_fail(err, FA_E_USAGE, "unknown command");
}

static void
loop(struct drive *d)
{
	char text[LINE_BYTES];

	while (fgets(text, sizeof(text), stdin) != NULL) {
		struct fa_str line = fa_str_trim(fa_str_c(text));
		struct fa_err err = { 0 };
		int64_t from = now_ms();
		int rc = run(d, line, &err);

		if (rc != FA_OK)
			printf("error %s: %s\n", fa_rc_name(rc), err.msg);
		printf("> %.*s (%lld ms)\n", FA_STR_ARG(line),
			(long long)(now_ms() - from));
		fflush(stdout);
	}
	printf("requests %u\n", d->requests);
}

int
main(int argc, char **argv)
{
	static struct drive d;
	struct fa_browser_opts o = { .width = 412,
		.height = 915,
		.scale_c = 200,
		.language = "zh-CN",
		.no_sandbox = true };
	struct fa_err err = { 0 };
	uint64_t mib = 0;

	if (argc < 3)
		return 2;
	d.folder = argv[2];
	o.program = strcmp(argv[1], "-") == 0 ? NULL : argv[1];
	for (int i = 3; i < argc; i++) {
		if (strcmp(argv[i], "sandbox") == 0)
			o.no_sandbox = false;
		else if (fa_num_u64(fa_str_c(argv[i]), 1 << 20, &mib))
			o.memory_bytes = (size_t)mib << 20;
	}
	o.net = (struct fa_browser_net){ &d, request, work, forget };
	fa_arena_init(&d.a, ARENA_BYTES);
	if (fa_chromium_new(&d.b, &o, &err) != FA_OK) {
		printf("error %s: %s\n", fa_rc_name(err.rc), err.msg);
		return 1;
	}
	printf("browser %.*s%s\n", FA_STR_ARG(d.b.version(d.b.self)),
		d.b.sandboxed(d.b.self) ? " sandboxed" : "");
	loop(&d);
	d.b.close(d.b.self);
	fa_arena_done(&d.a);
	return 0;
}
