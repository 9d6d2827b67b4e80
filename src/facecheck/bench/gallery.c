#include "facecheck/bench/gallery.h"

#include <string.h>

#include "facecheck/bench/crew.h"

#define ALIGN 64
#define DIGEST_BYTES (FA_HASH_HEX_BYTES - 1)

static void *
aligned(struct fa_arena *a, size_t bytes)
{
	char *p = fa_arena_new(a, bytes + ALIGN, 1);

	return p ? p + (ALIGN - (uintptr_t)p % ALIGN) : NULL;
}

int
fc_desks_new(struct fc_desks *out, const struct fc_bench_opts *o,
	unsigned threads, struct fa_arena *a, struct fa_err *err)
{
	struct fc_desk *d = fa_arena_new(a, threads, sizeof(*d));

	for (unsigned i = 0; d && i < threads; i++) {
		int rc = fc_studio_new(&d[i].studio, a, err);

		if (rc)
			return rc;
		d[i].pixels = aligned(a, FC_FRAMES_MAX * FC_FACE_BYTES);
		d[i].scratch = aligned(a, o->plugin->scratch_bytes);
		if (!d[i].pixels || !d[i].scratch)
			d = NULL;
	}
	if (!d)
		return fa_fail(err, FA_E_NOMEM,
			"no memory for %u threads of the benchmark", threads);
	*out = (struct fc_desks){ d, threads };
	return FA_OK;
}

struct filling {
	struct fc_gallery *g;
	const struct fc_bench_opts *o;
	const struct fc_desks *desks;
	char *pixels_sha, *templates_sha; /* DIGEST_BYTES for each picture */
	const char *what;
};

static int
digest(char *out, const uint8_t *p, size_t n, struct fa_err *err)
{
	char hex[FA_HASH_HEX_BYTES];
	int rc =
		fa_hash_sha256(hex, (struct fa_str){ (const char *)p, n }, err);

	if (!rc)
		memcpy(out, hex, DIGEST_BYTES);
	return rc;
}

static int
fill_one(void *ctx, unsigned worker, size_t i, struct fa_err *err)
{
	struct filling *f = ctx;
	struct fc_gallery *g = f->g;
	const struct fc_plugin *p = f->o->plugin;
	struct fc_desk *d = &f->desks->at[worker];
	struct fc_picture picture = { d->pixels, FC_FACE_WIDTH,
		FC_FACE_HEIGHT };
	uint8_t *templ = g->templates + i * p->template_bytes;
	enum fc_saying said;
	int rc;

	fc_render_face(d->studio, g->seed, (uint32_t)(i / g->pictures),
		(uint32_t)(i % g->pictures), g->grade, d->pixels, NULL);
	said = p->encode(f->o->model, &picture, templ, d->scratch);
	if (said != FC_SAYS_YES && said != FC_SAYS_POOR)
		return fa_fail(err, FA_E_INPUT,
			"matcher %s: encode of a rendered face gave %d, "
			"expected yes or poor",
			p->name, (int)said);
	g->failed[i] = said == FC_SAYS_POOR;
	if (g->failed[i])
		memset(templ, 0, p->template_bytes);
	rc = digest(f->pixels_sha + i * DIGEST_BYTES, d->pixels, FC_FACE_BYTES,
		err);
	return rc ? rc
		  : digest(f->templates_sha + i * DIGEST_BYTES, templ,
			    p->template_bytes, err);
}

static int
tell(const struct fc_bench_opts *o, const char *what, size_t done, size_t all,
	struct fa_err *err)
{
	if (o->tell && o->tell(o->ctx, what, done, all))
		return fa_fail(err, FA_E_INTERRUPTED,
			"interrupted while it was at %s %zu of %zu", what, done,
			all);
	return FA_OK;
}

static int
fill_told(void *ctx, size_t done, struct fa_err *err)
{
	struct filling *f = ctx;

	return tell(f->o, f->what, done,
		(size_t)f->g->subjects * f->g->pictures, err);
}

int
fc_gallery_fill(struct fc_gallery *g, const struct fc_bench_opts *o,
	const struct fc_desks *desks, struct fa_arena *a, struct fa_err *err)
{
	size_t n = (size_t)g->subjects * g->pictures;
	struct filling f = { g, o, desks, NULL, NULL, "pictures" };
	struct fc_crew crew = { desks->n, n, fill_one, fill_told, &f };
	int rc;

	g->templates = fa_arena_new(a, n + 1, o->plugin->template_bytes);
	g->failed = fa_arena_new(a, n + 1, sizeof(*g->failed));
	f.pixels_sha = fa_arena_new(a, n + 1, DIGEST_BYTES);
	f.templates_sha = fa_arena_new(a, n + 1, DIGEST_BYTES);
	if (!g->templates || !g->failed || !f.pixels_sha || !f.templates_sha)
		return fa_fail(
			err, FA_E_NOMEM, "no memory for %zu pictures", n);
	rc = fc_crew_run(&crew, err);
	if (rc)
		return rc;
	rc = fa_hash_sha256(g->corpus,
		(struct fa_str){ f.pixels_sha, n * DIGEST_BYTES }, err);
	if (rc)
		return rc;
	return fa_hash_sha256(g->encoded,
		(struct fa_str){ f.templates_sha, n * DIGEST_BYTES }, err);
}

struct comparing {
	const struct fc_gallery *g;
	const struct fc_bench_opts *o;
	const struct fc_desks *desks;
	int32_t *scores;
	bool *same;
};

static int
compare_row(void *ctx, unsigned worker, size_t i, struct fa_err *err)
{
	struct comparing *c = ctx;
	const struct fc_plugin *p = c->o->plugin;
	size_t n = (size_t)c->g->subjects * c->g->pictures;
	const uint8_t *t = c->g->templates;

	for (size_t j = i + 1; j < n; j++) {
		size_t at = fc_trial_index(n, i, j);
		enum fc_saying said;

		if (c->g->failed[i] || c->g->failed[j])
			continue;
		said = p->compare(c->o->model, t + i * p->template_bytes,
			t + j * p->template_bytes, &c->scores[at],
			c->desks->at[worker].scratch);
		if (said != FC_SAYS_YES && said != FC_SAYS_NO)
			return fa_fail(err, FA_E_INPUT,
				"matcher %s: compare gave %d, expected yes or "
				"no",
				p->name, (int)said);
		c->same[at] = said == FC_SAYS_YES;
	}
	return FA_OK;
}

int
fc_gallery_trials(struct fc_trials *out, const struct fc_gallery *g,
	const struct fc_bench_opts *o, const struct fc_desks *desks,
	struct fa_arena *a, struct fa_err *err)
{
	size_t n = (size_t)g->subjects * g->pictures;
	size_t pairs = n * (n - 1) / 2;
	struct comparing c = { g, o, desks, NULL, NULL };
	struct fc_crew crew = { desks->n, n, compare_row, NULL, &c };
	int rc;

	c.scores = fa_arena_new(a, pairs + 1, sizeof(*c.scores));
	c.same = fa_arena_new(a, pairs + 1, sizeof(*c.same));
	if (!c.scores || !c.same)
		return fa_fail(
			err, FA_E_NOMEM, "no memory for %zu pairs", pairs);
	rc = fc_crew_run(&crew, err);
	if (rc)
		return rc;
	*out = (struct fc_trials){ g->subjects, g->pictures, g->failed,
		c.scores, c.same };
	return FA_OK;
}

struct posing {
	unsigned grade;
	const struct fc_bench_opts *o;
	const struct fc_desks *desks;
	uint8_t *said; /* by species and session */
};

static int
pose_one(void *ctx, unsigned worker, size_t i, struct fa_err *err)
{
	struct posing *x = ctx;
	const struct fc_plugin *p = x->o->plugin;
	struct fc_desk *d = &x->desks->at[worker];
	uint32_t what = (uint32_t)(i % x->o->sessions);
	enum fc_turn asked = what % 2 ? FC_TURN_LEFT : FC_TURN_RIGHT;
	struct fc_picture frames[FC_FRAMES_MAX];
	enum fc_saying said;

	fc_render_session(d->studio, x->o->seed, what, 0, x->grade,
		(enum fc_species)(i / x->o->sessions), asked, p->frames,
		d->pixels);
	for (uint32_t k = 0; k < p->frames; k++)
		frames[k] = (struct fc_picture){ d->pixels +
				(size_t)k * FC_FACE_BYTES,
			FC_FACE_WIDTH, FC_FACE_HEIGHT };
	said = p->alive(x->o->model, frames, p->frames, asked, d->scratch);
	if (said != FC_SAYS_YES && said != FC_SAYS_NO && said != FC_SAYS_POOR)
		return fa_fail(err, FA_E_INPUT,
			"matcher %s: alive gave %d, expected yes, no or poor",
			p->name, (int)said);
	x->said[i] = (uint8_t)said;
	return FA_OK;
}

static int
pose_told(void *ctx, size_t done, struct fa_err *err)
{
	struct posing *x = ctx;

	return tell(x->o, "sessions", done,
		(size_t)x->o->sessions * FC_SPECIES_COUNT, err);
}

int
fc_attacks_run(struct fc_attack out[FC_SPECIES_COUNT], unsigned grade,
	const struct fc_bench_opts *o, const struct fc_desks *desks,
	struct fa_arena *a, struct fa_err *err)
{
	size_t n = (size_t)o->sessions * FC_SPECIES_COUNT;
	struct posing x = { grade, o, desks, fa_arena_new(a, n + 1, 1) };
	struct fc_crew crew = { desks->n, n, pose_one, pose_told, &x };
	int rc;

	if (!x.said)
		return fa_fail(
			err, FA_E_NOMEM, "no memory for %zu sessions", n);
	rc = fc_crew_run(&crew, err);
	if (rc)
		return rc;
	for (unsigned s = 0; s < FC_SPECIES_COUNT; s++) {
		uint8_t bad = s == FC_SPECIES_LIVE ? FC_SAYS_NO : FC_SAYS_YES;
		uint64_t wrong = 0, silent = 0;

		for (size_t i = 0; i < o->sessions; i++) {
			uint8_t said = x.said[s * (size_t)o->sessions + i];

			wrong += said == bad;
			silent += said == FC_SAYS_POOR;
		}
		out[s] = (struct fc_attack){ grade, (enum fc_species)s,
			fc_rate_of(wrong, o->sessions),
			fc_rate_of(silent, o->sessions) };
	}
	return FA_OK;
}
