#include "flow/recording.h"

#include <stddef.h>

#include "flow/fingerprint.h"

#define SNIFFED_FILES 40

struct recording {
	struct fa_draft d;
	const struct fa_recording_kind *kind;
	const struct fa_import_source *s;
	struct fa_recording_dump *dumps;
	size_t n;
};

static const struct {
	const char *end, *media;
} pictures[] = {
	{ ".png", "image/png" },
	{ ".jpg", "image/jpeg" },
	{ ".jpeg", "image/jpeg" },
	{ ".webp", "image/webp" },
};

static void
set_once(struct fa_draft *d, struct fa_str *to, struct fa_str from)
{
	if (to->p == NULL)
		*to = fa_draft_text(d, from);
}

static void
set_source(struct fa_draft *d, const struct fa_native_dump *dump)
{
	struct fa_flow *f = d->f;

	set_once(d, &f->app_id, dump->app_id);
	set_once(d, &f->app_name, dump->app_name);
	set_once(d, &f->app_version, dump->app_version);
	set_once(d, &f->device, dump->device);
	set_once(d, &f->recorded_at, dump->recorded_at);
	if (f->screen_w == 0 && dump->w > 0 && dump->h > 0) {
		f->screen_w = dump->w;
		f->screen_h = dump->h;
	}
}

/* Trees without a word look alike and may be anything. */
static bool
has_words(const struct fa_flow_screen *s)
{
	for (size_t i = 0; i < s->elements_n; i++) {
		if (s->elements[i].text.n > 0 || s->elements[i].label.n > 0)
			return true;
	}
	return false;
}

/* An earlier screen that looks like the last one, or the last one itself. */
static uint32_t
find_equal(struct fa_draft *d)
{
	struct fa_flow *f = d->f;
	uint32_t last = (uint32_t)f->screens_n - 1;
	struct fa_flow_screen *s = &f->screens[last];
	char print[FA_FLOW_FINGERPRINT_BYTES];

	d->rc = fa_flow_fingerprint(print, s, d->err);
	if (d->rc < 0)
		return last;
	s->fingerprint = fa_draft_printf(d, "%s", print);
	if (!has_words(s))
		return last;
	for (uint32_t i = 0; i < last; i++) {
		if (has_words(&f->screens[i]) &&
			fa_str_eq(f->screens[i].fingerprint, s->fingerprint))
			return i;
	}
	return last;
}

static void
add_file(struct recording *r, const struct fa_import_file *f, uint32_t screen,
	const char *media)
{
	struct fa_str sha;

	if (r->d.rc < 0)
		return;
	r->d.rc = fa_import_digest(&sha, r->s, f, r->d.a, r->d.err);
	if (r->d.rc == FA_OK)
		fa_draft_evidence(
			&r->d, &r->d.f->screens[screen], f->name, sha, media);
}

/* The file itself and pictures of the same name. */
static void
add_evidence(struct recording *r, struct fa_import_file *f, uint32_t screen)
{
	size_t stem = f->name.n;

	add_file(r, f, screen, r->kind->media);
	while (stem > 0 && f->name.p[stem - 1] != '.' &&
		f->name.p[stem - 1] != '/')
		stem--;
	if (stem == 0 || f->name.p[stem - 1] != '.')
		return;
	for (size_t i = 0; r->d.rc == FA_OK && i < FA_COUNT(pictures); i++) {
		struct fa_str name = fa_draft_printf(&r->d, "%.*s%s",
			FA_STR_ARG(fa_str_sub(f->name, 0, stem - 1)),
			pictures[i].end);
		size_t at = fa_str_search(r->s->files, r->s->n,
			sizeof(*r->s->files),
			offsetof(struct fa_import_file, name), name);

		if (at < r->s->n)
			add_file(
				r, &r->s->files[at], screen, pictures[i].media);
	}
}

static void
add_dump(struct recording *r, struct fa_import_file *f)
{
	struct fa_native_dump dump = { .n = 0 };
	struct fa_draft *d = &r->d;
	struct fa_flow_screen *s;
	struct fa_str text;
	uint32_t screen;

	d->rc = fa_import_read(&text, r->s, f, d->a, d->err);
	if (d->rc == FA_OK && fa_str_trim(text).n > 0)
		d->rc = r->kind->read(&dump, text, d->a, d->err);
	if (d->rc == FA_E_UNSUPPORTED && r->s->folder) {
		d->rc = FA_OK; /* not every file of a folder is a dump */
		return;
	}
	if ((d->rc == FA_E_INPUT || d->rc == FA_E_LIMIT) && r->s->folder) {
		d->rc = FA_OK;
		dump = (struct fa_native_dump){ .cut = true };
	}
	if (d->rc < 0)
		return;
	set_source(d, &dump);
	if (dump.ios)
		d->f->platform = FA_FLOW_IOS;
	s = fa_draft_screen(d, FA_STR_NONE);
	s->native = fa_draft_text(d, dump.native);
	s->complete = dump.cut ? FA_TRI_NO : FA_TRI_UNKNOWN;
	fa_native_add(d, &dump, NULL);
	if (d->rc < 0)
		return;
	screen = find_equal(d);
	if (screen + 1 < d->f->screens_n)
		d->f->screens_n--;
	else
		fa_native_gaps(d);
	r->dumps[r->n++] = (struct fa_recording_dump){ f->name, screen };
	add_evidence(r, f, screen);
}

bool
fa_recording_is_json(const struct fa_import_file *f)
{
	return fa_import_ends(f, ".json");
}

int
fa_recording_sniff(const struct fa_recording_kind *kind,
	const struct fa_import_source *s, struct fa_arena *a,
	struct fa_err *err)
{
	unsigned tried = 0;

	for (size_t i = 0; i < s->n && tried < SNIFFED_FILES; i++) {
		struct fa_str text;
		int rc;

		if (!kind->named(&s->files[i]))
			continue;
		rc = fa_import_read(&text, s, &s->files[i], a, err);
		if (rc < 0)
			return rc;
		if (kind->looks(text))
			return 1;
		tried++;
	}
	return 0;
}

int
fa_recording_import(struct fa_flow **out, const struct fa_recording_kind *kind,
	const struct fa_import_source *s, struct fa_arena *a,
	struct fa_err *err)
{
	struct recording r = { .kind = kind, .s = s };
	struct fa_import_file *steps =
		s->folder ? fa_import_find(s, FA_RECORDING_STEPS) : NULL;
	struct fa_str text = FA_STR("");

	fa_draft_init(&r.d, kind->importer, kind->platform, a, err);
	r.dumps = fa_arena_new(a, s->n, sizeof(*r.dumps));
	if (r.dumps == NULL)
		fa_draft_fail(&r.d, FA_E_NOMEM, "out of memory for dumps");
	for (size_t i = 0; r.d.rc == FA_OK && i < s->n; i++) {
		if (!s->folder || kind->named(&s->files[i]))
			add_dump(&r, &s->files[i]);
	}
	if (r.d.rc == FA_OK && r.n == 0)
		fa_draft_fail(&r.d, FA_E_INPUT, "%.*s holds no dump of %s",
			FA_STR_ARG(s->path), kind->importer);
	if (steps != NULL && r.d.rc == FA_OK)
		r.d.rc = fa_import_read(&text, s, steps, a, err);
	fa_steps_read(&r.d, text, r.dumps, r.n);
	return fa_draft_done(out, &r.d);
}
