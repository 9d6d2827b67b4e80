/* Looking for what a face may have left in files. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "facecheck/face/render.h"
#include "facecheck/serve/witness_parts.h"

#define PIECE_BYTES 40
#define PIECES 6 /* of a picture, of a template */
/* Of a piece of 40 bytes that is not all alike by chance. */
#define DISTINCT_MIN 8
#define SCORE_DIGITS_MIN 3
#define DIFFICULTY 35 /* of the pictures that serve renders */
#define PERSONS 2     /* the one of the demonstration, and the next */
#define FILE_BYTES (64u << 20)
#define DEPTH_MAX 8

int
fc_trace_add(struct fc_traces *t, enum fc_trace_kind kind, struct fa_str bytes,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str copy;
	bool seen[256] = { false };
	unsigned distinct = 0;

	for (size_t i = 0; i < bytes.n; i++) {
		unsigned char c = (unsigned char)bytes.p[i];

		distinct += !seen[c];
		seen[c] = true;
	}
	if (kind != FC_TRACE_SCORE && distinct < DISTINCT_MIN)
		return FA_OK;
	if (t->n == FC_TRACES_MAX)
		return fa_fail(err, FA_E_LIMIT, "too much to look for");
	copy = fa_arena_dup(a, bytes);
	if (!copy.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a proof");
	t->list[t->n++] = (struct fc_trace){ kind, copy };
	t->of[kind]++;
	return FA_OK;
}

/* Pieces spread over p[0, n). */
static int
add_pieces(struct fc_traces *t, enum fc_trace_kind kind, const uint8_t *p,
	size_t n, struct fa_arena *a, struct fa_err *err)
{
	size_t piece = n < PIECE_BYTES ? n : PIECE_BYTES;
	int rc = FA_OK;

	for (size_t i = 0; i < PIECES && rc == FA_OK; i++) {
		const uint8_t *at = p + (n - piece) * (i + 1) / (PIECES + 1);

		rc = fc_trace_add(t, kind,
			(struct fa_str){ (const char *)at, piece }, a, err);
	}
	return rc;
}

/* Where pictures become what is looked for; ends with its making. */
struct dark_room {
	const struct fc_witness_opts *o;
	struct fc_traces *t;
	struct fa_arena *keep;
	struct fc_studio *studio;
	uint8_t *pixels, *reference, *templ, *scratch;
	bool encoded; /* the reference */
};

static bool
encode(const struct dark_room *d, const uint8_t *pixels, uint8_t *templ)
{
	const struct fc_picture p = { pixels, FC_FACE_WIDTH, FC_FACE_HEIGHT };

	return d->o->plugin->encode(d->o->model, &p, templ, d->scratch) ==
		FC_SAYS_YES;
}

static int
add_reference(struct dark_room *d, struct fa_err *err)
{
	int rc;

	fc_render_face(d->studio, d->o->seed, FC_APP_DEMO_PERSON, 0, DIFFICULTY,
		d->pixels, NULL);
	rc = add_pieces(
		d->t, FC_TRACE_PICTURE, d->pixels, FC_FACE_BYTES, d->keep, err);
	d->encoded = encode(d, d->pixels, d->reference);
	if (rc == FA_OK && d->encoded)
		rc = add_pieces(d->t, FC_TRACE_TEMPLATE, d->reference,
			d->o->plugin->template_bytes, d->keep, err);
	return rc;
}

static int
add_score(struct dark_room *d, struct fa_err *err)
{
	char text[16];
	int32_t score = 0;
	int n;

	if (d->o->plugin->compare(d->o->model, d->reference, d->templ, &score,
		    d->scratch) == FC_SAYS_BROKEN)
		return FA_OK;
	n = snprintf(text, sizeof(text), "%ld", (long)score);
	return n < SCORE_DIGITS_MIN ? FA_OK
				    : fc_trace_add(d->t, FC_TRACE_SCORE,
					      fa_str_c(text), d->keep, err);
}

/* A capture as a demonstration makes it: always the same turn. */
static int
add_capture(
	struct dark_room *d, uint32_t who, uint32_t what, struct fa_err *err)
{
	uint32_t n = d->o->plugin->frames;
	int rc = FA_OK;

	fc_render_session(d->studio, d->o->seed, who, what, DIFFICULTY,
		FC_SPECIES_LIVE, FC_TURN_LEFT, n, d->pixels);
	for (uint32_t i = 0; i < n && rc == FA_OK; i++)
		rc = add_pieces(d->t, FC_TRACE_PICTURE,
			d->pixels + (size_t)i * FC_FACE_BYTES, FC_FACE_BYTES,
			d->keep, err);
	if (rc < 0 || !encode(d, d->pixels, d->templ))
		return rc;
	rc = add_pieces(d->t, FC_TRACE_TEMPLATE, d->templ,
		d->o->plugin->template_bytes, d->keep, err);
	return rc == FA_OK && d->encoded ? add_score(d, err) : rc;
}

int
fc_traces_make(struct fc_traces *t, const struct fc_witness_opts *o,
	struct fa_arena *a, struct fa_err *err)
{
	struct dark_room d = { .o = o, .t = t, .keep = a };
	size_t templ = o->plugin->template_bytes;
	struct fa_arena room;
	int rc;

	fa_arena_init(&room,
		FC_STUDIO_BYTES + FC_SCRATCH_MAX + 2 * FC_TEMPLATE_MAX +
			FC_FRAMES_MAX * FC_FACE_BYTES + 65536);
	d.pixels = fa_arena_new(&room, FC_FRAMES_MAX, FC_FACE_BYTES);
	d.reference = fa_arena_new(&room, templ, 1);
	d.templ = fa_arena_new(&room, templ, 1);
	d.scratch = fa_arena_new(&room, o->plugin->scratch_bytes + 64u, 1);
	rc = d.pixels && d.reference && d.templ && d.scratch
		? fc_studio_new(&d.studio, &room, err)
		: fa_fail(err, FA_E_NOMEM, "no memory for pictures");
	if (rc == FA_OK)
		rc = add_reference(&d, err);
	for (uint32_t who = 0; who < PERSONS && rc == FA_OK; who++)
		for (uint32_t what = 1; what <= FC_TRIES && rc == FA_OK; what++)
			rc = add_capture(
				&d, FC_APP_DEMO_PERSON + who, what, err);
	fa_arena_done(&room);
	return rc;
}

static bool
is_word_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		(c >= 'A' && c <= 'Z');
}

/* A number counts where it stands alone, not within a digest. */
static bool
stands_alone(struct fa_str s, struct fa_str word)
{
	size_t at = 0;

	while ((at = fa_str_find(s, word, at)) != SIZE_MAX) {
		if ((at == 0 || !is_word_char(s.p[at - 1])) &&
			(at + word.n == s.n || !is_word_char(s.p[at + word.n])))
			return true;
		at++;
	}
	return false;
}

static void
search(struct fc_looked *l, const struct fc_traces *t, struct fa_str bytes,
	const char *name)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct fc_trace *r = &t->list[i];

		if (r->kind == FC_TRACE_SCORE
				? !stands_alone(bytes, r->bytes)
				: fa_str_find(bytes, r->bytes, 0) == SIZE_MAX)
			continue;
		if (l->hits[r->kind]++ == 0)
			(void)snprintf(l->where[r->kind],
				sizeof(l->where[r->kind]), "%s", name);
	}
}

/* Calls fn for all that is under dir, what is in a directory before it. */
struct visit {
	void *ctx;
	int (*fn)(void *ctx, const char *path, const char *name, mode_t mode,
		struct fa_err *err);
};

static int
go_through(const struct visit *v, const char *dir, unsigned depth,
	struct fa_err *err)
{
	DIR *d = opendir(dir);
	const struct dirent *e;
	int rc = FA_OK;

	if (!d)
		return fa_fail(err, FA_E_IO, "%s: %s", dir, strerror(errno));
	while (rc == FA_OK && (e = readdir(d))) {
		char path[FA_FILE_PATH_BYTES];
		struct stat st;
		int n;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		n = snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		if (n < 0 || (size_t)n >= sizeof(path) || depth == DEPTH_MAX)
			rc = fa_fail(err, FA_E_LIMIT, "%s: too deep", dir);
		/* What has gone meanwhile is not there. */
		else if (lstat(path, &st) != 0)
			continue;
		else if (S_ISDIR(st.st_mode))
			rc = go_through(v, path, depth + 1, err);
		if (rc == FA_OK)
			rc = v->fn(v->ctx, path, e->d_name, st.st_mode, err);
	}
	(void)closedir(d);
	return rc;
}

struct looking {
	struct fc_looked *out;
	const struct fc_traces *t;
};

static bool
is_of_records(const char *name)
{
	static const char *const own[] = { "facecheck.db", "facecheck.db-wal",
		"facecheck.db-shm", "facecheck.db-journal" };

	for (size_t i = 0; i < FA_COUNT(own); i++)
		if (strcmp(name, own[i]) == 0)
			return true;
	return false;
}

static int
look_at(void *ctx, const char *path, const char *name, mode_t mode,
	struct fa_err *err)
{
	struct looking *k = ctx;
	struct fa_str bytes;
	struct fa_arena a;
	int rc;

	if (!is_of_records(name) || !S_ISREG(mode)) {
		if (k->out->strangers++ == 0)
			(void)snprintf(k->out->stranger,
				sizeof(k->out->stranger), "%s", name);
	}
	if (!S_ISREG(mode))
		return FA_OK;
	k->out->files++;
	fa_arena_init(&a, 2u * FILE_BYTES);
	rc = fa_file_read(&bytes, fa_str_c(path), FILE_BYTES, &a, err);
	if (rc == FA_OK) {
		k->out->bytes += bytes.n;
		search(k->out, k->t, bytes, name);
	}
	fa_arena_done(&a);
	return rc;
}

int
fc_traces_scan(struct fc_looked *out, const char *dir,
	const struct fc_traces *t, struct fa_err *err)
{
	struct fc_looked l = { .files = 0 };
	struct looking k = { &l, t };
	struct visit v = { &k, look_at };
	int rc = go_through(&v, dir, 0, err);

	if (rc == FA_OK)
		*out = l;
	return rc;
}

static int
take_away(void *ctx, const char *path, const char *name, mode_t mode,
	struct fa_err *err)
{
	(void)ctx;
	(void)name;
	(void)mode;
	(void)err;
	(void)remove(path);
	return FA_OK;
}

void
fc_traces_sweep(const char *dir)
{
	struct visit v = { NULL, take_away };
	struct fa_err err;

	if (go_through(&v, dir, 0, &err) == FA_OK)
		(void)rmdir(dir);
}

static void
notice(struct fc_noticed *n, const struct fc_looked *l, const char *step)
{
	n->looks++;
	if (l->strangers && !n->step_strange) {
		n->step_strange = step;
		n->first_strange = *l;
	}
	for (int i = 0; i < FC_TRACE_KINDS; i++)
		if (l->hits[i] && !n->step[i]) {
			n->step[i] = step;
			n->first[i] = *l;
		}
}

int
fc_witness_look(struct fc_witness *w)
{
	struct fc_looked l;
	int rc = fc_traces_scan(&l, w->dir, &w->traces, w->err);

	if (rc < 0)
		return rc;
	notice(&w->ever, &l, w->step);
	if (w->ending)
		notice(&w->ended, &l, w->step);
	if (w->closed)
		w->account_after += l.hits[FC_TRACE_ACCOUNT];
	else
		w->account_before += l.hits[FC_TRACE_ACCOUNT];
	return FA_OK;
}
