#include "facecheck/bench/speed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "facecheck/bench/crew.h"
#include "facecheck/child/wire.h"

#define WARM 3 /* runs that do not count */
#define PAIRS 32
#define MODES (FC_LEVELS + 4)
#define SANDBOXED 2         /* the mode that counts */
#define BURST_NS 1500000000 /* how long throughput is watched */
#define GRADE 35            /* of the pictures that are verified */

/* Files that stand in for what comes over a socket: descriptor and bytes. They
 * have no name. Sides that are read at once must not share an offset. */
struct reel {
	FILE *f;
	size_t bytes; /* of each of PAIRS entries */
};

struct mode {
	const char *name;
	struct fc_children *c; /* NULL: within this process */
	bool pooled, alive;
	int64_t *ns;
	int64_t cpu_ns;
};

struct bench {
	const struct fc_bench_opts *o;
	const struct fc_desk *desk;
	struct reel reference, probe, film;
	uint8_t *pictures; /* PAIRS references, PAIRS probes */
	uint8_t *films;    /* PAIRS of plugin->frames frames */
	uint8_t *templ[2];
	struct mode mode[MODES];
	size_t modes_n;
	unsigned verdicts[FC_ANSWERS];
};

static int
by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

int64_t
fc_percentile(const int64_t *sorted, uint32_t n, unsigned p)
{
	uint64_t rank = ((uint64_t)n * p + 99) / 100;

	return n == 0 ? 0 : sorted[rank > 0 ? rank - 1 : 0];
}

void
fc_timing_of(struct fc_timing *out, const char *name, int64_t *ns, uint32_t n,
	int64_t cpu_ns)
{
	qsort(ns, n, sizeof(*ns), by_time);
	*out = (struct fc_timing){ name, n, n ? ns[0] : 0,
		fc_percentile(ns, n, 50), fc_percentile(ns, n, 90),
		fc_percentile(ns, n, 99), n ? cpu_ns / n : 0 };
}

static int64_t
ns_of(struct timeval t)
{
	return (int64_t)t.tv_sec * 1000000000 + (int64_t)t.tv_usec * 1000;
}

/* Of this process and of children that have ended. */
static int64_t
cpu_ns(void)
{
	struct rusage own = { 0 }, kids = { 0 };

	(void)getrusage(RUSAGE_SELF, &own);
	(void)getrusage(RUSAGE_CHILDREN, &kids);
	return ns_of(own.ru_utime) + ns_of(own.ru_stime) +
		ns_of(kids.ru_utime) + ns_of(kids.ru_stime);
}

/* Sides of all pairs, one after another, as they go down the pipes. */
static int
record(struct reel *r, const uint8_t *pixels, uint32_t frames, struct fa_err *e)
{
	size_t bytes = (size_t)frames * FC_FACE_BYTES;
	uint8_t head[FC_WIRE_HEAD];
	size_t written = 0;

	r->bytes = FC_WIRE_HEAD + bytes;
	r->f = tmpfile();
	for (size_t i = 0; r->f && i < PAIRS; i++) {
		struct fc_wire w = { frames, FC_FACE_WIDTH, FC_FACE_HEIGHT,
			frames == 1     ? FC_TURN_NONE
				: i % 2 ? FC_TURN_LEFT
					: FC_TURN_RIGHT };

		fc_wire_write(head, &w);
		written += fwrite(head, 1, sizeof(head), r->f);
		written += fwrite(pixels + i * bytes, 1, bytes, r->f);
	}
	if (!r->f || written != PAIRS * r->bytes || fflush(r->f) != 0)
		return fa_fail(e, FA_E_IO,
			"cannot write %zu bytes of rendered faces to a "
			"temporary file",
			PAIRS * r->bytes);
	return FA_OK;
}

static int
prepare(struct bench *b, struct fa_arena *a, struct fa_err *err)
{
	uint32_t frames = b->o->plugin->frames;
	int rc;

	b->pictures = fa_arena_new(a, (size_t)2 * PAIRS, FC_FACE_BYTES);
	b->films = fa_arena_new(a, (size_t)frames * PAIRS, FC_FACE_BYTES);
	for (int k = 0; k < 2; k++)
		b->templ[k] = fa_arena_new(a, 1, b->o->plugin->template_bytes);
	if (!b->pictures || !b->films || !b->templ[0] || !b->templ[1])
		return fa_fail(err, FA_E_NOMEM, "no memory for pictures");
	for (uint32_t i = 0; i < PAIRS; i++) {
		for (uint32_t k = 0; k < 2; k++)
			fc_render_face(b->desk->studio, b->o->seed, i, k, GRADE,
				b->pictures +
					((size_t)k * PAIRS + i) * FC_FACE_BYTES,
				NULL);
		fc_render_session(b->desk->studio, b->o->seed, i, 1, GRADE,
			FC_SPECIES_LIVE, i % 2 ? FC_TURN_LEFT : FC_TURN_RIGHT,
			frames, b->films + (size_t)i * frames * FC_FACE_BYTES);
	}
	rc = record(&b->reference, b->pictures, 1, err);
	if (!rc)
		rc = record(&b->probe,
			b->pictures + (size_t)PAIRS * FC_FACE_BYTES, 1, err);
	return rc ? rc : record(&b->film, b->films, frames, err);
}

static enum fc_saying
encode(struct bench *b, unsigned side, size_t i)
{
	struct fc_picture p = { b->pictures +
			(side * PAIRS + i) * FC_FACE_BYTES,
		FC_FACE_WIDTH, FC_FACE_HEIGHT };

	return b->o->plugin->encode(
		b->o->model, &p, b->templ[side], b->desk->scratch);
}

/* What the child does, without a child. */
static void
verify_here(struct bench *b, const struct mode *m, size_t i)
{
	const struct fc_plugin *p = b->o->plugin;
	struct fc_picture frames[FC_FRAMES_MAX];
	enum fc_saying said = FC_SAYS_YES;

	for (uint32_t k = 0; m->alive && k < p->frames; k++)
		frames[k] = (struct fc_picture){ b->films +
				(i * p->frames + k) * FC_FACE_BYTES,
			FC_FACE_WIDTH, FC_FACE_HEIGHT };
	if (m->alive)
		(void)p->alive(b->o->model, frames, p->frames,
			i % 2 ? FC_TURN_LEFT : FC_TURN_RIGHT, b->desk->scratch);
	for (unsigned side = 0; side < 2 && said == FC_SAYS_YES; side++)
		said = encode(b, side, i);
	if (said == FC_SAYS_YES)
		(void)p->compare(b->o->model, b->templ[0], b->templ[1], NULL,
			b->desk->scratch);
}

static int
source_at(struct fc_source *out, const struct reel *r, size_t i,
	struct fa_err *err)
{
	int fd = fileno(r->f);

	if (lseek(fd, (off_t)(i * r->bytes), SEEK_SET) < 0)
		return fa_fail(err, FA_E_IO, "cannot seek in rendered faces");
	*out = (struct fc_source){ fd, r->bytes };
	return FA_OK;
}

static int
verify_there(
	struct bench *b, const struct mode *m, size_t i, struct fa_err *err)
{
	struct fc_order order = { .alive = m->alive,
		.turn = i % 2 ? FC_TURN_LEFT : FC_TURN_RIGHT };
	struct fc_source reference, probe;
	enum fc_answer answer = FC_INTERNAL;
	int rc = source_at(&reference, &b->reference, i, err);

	if (!rc)
		rc = source_at(&probe, m->alive ? &b->film : &b->probe, i, err);
	if (!rc)
		rc = fc_children_check(
			&answer, m->c, &order, reference, probe, err);
	if (rc)
		return rc;
	b->verdicts[answer]++;
	if (answer == FC_INTERNAL || answer == FC_BAD_INPUT)
		return fa_fail(err, FA_E_INPUT,
			"a child of level %s answered %s to a rendered face",
			fc_level_name(fc_children_level(m->c)),
			fc_answer_name(answer));
	return FA_OK;
}

/* One run of one mode; counted from WARM on. */
static int
run_once(struct bench *b, struct mode *m, uint32_t run, struct fa_err *err)
{
	size_t i = run % PAIRS;
	int64_t begun, cpu;
	int rc = m->pooled ? fc_children_ready(m->c, err) : FA_OK;

	if (rc)
		return rc;
	cpu = cpu_ns();
	begun = fc_bench_ns();
	if (m->c)
		rc = verify_there(b, m, i, err);
	else
		verify_here(b, m, i);
	if (rc || run < WARM)
		return rc;
	m->ns[run - WARM] = fc_bench_ns() - begun;
	m->cpu_ns += cpu_ns() - cpu;
	return FA_OK;
}

static struct mode *
add_mode(struct bench *b, const char *name, bool alive, struct fa_arena *a)
{
	struct mode *m = &b->mode[b->modes_n];

	m->name = name;
	m->alive = alive;
	m->ns = fa_arena_new(a, b->o->runs, sizeof(*m->ns));
	if (!m->ns)
		return NULL;
	b->modes_n++;
	return m;
}

static int
add_children(struct bench *b, const char *name, bool alive, bool pooled,
	int level, struct fa_arena *a, struct fa_err *err)
{
	struct fc_child_opts co = { .plugin = b->o->plugin,
		.model = b->o->model,
		.pool = pooled ? 1 : 0,
		.limited = level >= 0 || b->o->limited,
		.at_most = level >= 0 ? (enum fc_level)level : b->o->at_most };
	struct mode *m;
	int rc;

	if (level < 0)
		co.require = b->o->require;
	m = add_mode(b, name, alive, a);
	if (!m)
		return fa_fail(err, FA_E_NOMEM, "no memory for timings");
	rc = fc_children_new(&m->c, &co, err);
	m->pooled = pooled;
	return rc;
}

/* Each level costs what it adds to the one below. */
static int
add_levels(struct bench *b, enum fc_level reached, struct fa_arena *a,
	struct fa_err *err)
{
	static const char *const names[FC_LEVELS] = { "child_none",
		"child_limits", "child_syscalls", "child_files",
		"child_secret" };

	for (int l = 0; l <= (int)reached; l++) {
		int rc = add_children(b, names[l], false, false, l, a, err);

		if (rc)
			return rc;
	}
	return FA_OK;
}

static int
add_modes(struct bench *b, struct fc_bench_measured *out, struct fa_arena *a,
	struct fa_err *err)
{
	struct fc_children *c;
	int rc;

	if (!add_mode(b, "in_process", false, a) ||
		!add_mode(b, "in_process_alive", true, a))
		return fa_fail(err, FA_E_NOMEM, "no memory for timings");
	rc = add_children(b, "sandboxed", false, true, -1, a, err);
	if (rc)
		return rc;
	c = b->mode[b->modes_n - 1].c;
	out->level = fc_children_level(c);
	out->lack = fc_children_lack(c);
	rc = add_children(b, "sandboxed_alive", true, true, -1, a, err);
	return rc ? rc : add_levels(b, out->level, a, err);
}

/* In turns, so that a change of the load of the machine meets all. */
static int
time_modes(struct bench *b, struct fc_bench_measured *out, struct fa_err *err)
{
	for (uint32_t run = 0; run < b->o->runs + WARM; run++) {
		for (size_t k = 0; k < b->modes_n; k++) {
			int rc = run_once(b, &b->mode[k], run, err);

			if (rc)
				return rc;
		}
		if (b->o->tell &&
			b->o->tell(b->o->ctx, "timings", run + 1,
				b->o->runs + WARM))
			return fa_fail(err, FA_E_INTERRUPTED,
				"interrupted while it measured times");
	}
	for (size_t k = 0; k < b->modes_n; k++)
		fc_timing_of(&out->timing[out->timings_n++], b->mode[k].name,
			b->mode[k].ns, b->o->runs, b->mode[k].cpu_ns);
	return FA_OK;
}

/* Parts, within this process: each by itself. */
static int
time_parts(struct bench *b, struct fc_bench_measured *out, struct fa_arena *a,
	struct fa_err *err)
{
	int64_t *ns = fa_arena_new(a, b->o->runs, sizeof(*ns));
	uint8_t pixels[FC_FACE_BYTES];

	if (!ns)
		return fa_fail(err, FA_E_NOMEM, "no memory for timings");
	for (int part = 0; part < 3; part++) {
		static const char *const names[] = { "encode", "compare",
			"render" };
		int64_t cpu = cpu_ns();

		for (uint32_t r = 0; r < b->o->runs; r++) {
			int64_t begun = fc_bench_ns();

			if (part == 0)
				(void)encode(b, r % 2, r / 2 % PAIRS);
			else if (part == 1)
				(void)b->o->plugin->compare(b->o->model,
					b->templ[0], b->templ[1], NULL,
					b->desk->scratch);
			else
				fc_render_face(b->desk->studio, b->o->seed, r,
					0, GRADE, pixels, NULL);
			ns[r] = fc_bench_ns() - begun;
		}
		fc_timing_of(&out->timing[out->timings_n++], names[part], ns,
			b->o->runs, cpu_ns() - cpu);
	}
	return FA_OK;
}

struct burst {
	struct bench *own; /* by worker: reels of its own */
	const struct mode *m;
	int64_t until_ns;
	uint64_t done[FC_BENCH_THREADS_MAX];
};

/* A piece lasts as long as the burst does: one for each worker. */
static int
burst_one(void *ctx, unsigned worker, size_t piece, struct fa_err *err)
{
	struct burst *u = ctx;

	(void)piece;
	for (size_t k = 0; fc_bench_ns() < u->until_ns; k++) {
		int rc = verify_there(&u->own[worker], u->m, k % PAIRS, err);

		if (rc)
			return rc;
		u->done[worker]++;
	}
	return FA_OK;
}

static void
close_reels(struct bench *b)
{
	struct reel *r[] = { &b->reference, &b->probe, &b->film };

	for (size_t i = 0; i < FA_COUNT(r); i++)
		if (r[i]->f)
			(void)fclose(r[i]->f);
}

/* Verifications in a second, each with a child of its own, made for it. */
static int
throughput(struct bench *b, struct fc_bench_measured *out, const struct mode *m,
	unsigned threads, struct fa_arena *a, struct fa_err *err)
{
	struct burst *u = fa_arena_new(a, 1, sizeof(*u));
	struct fc_crew crew = { threads, threads, burst_one, NULL, u };
	uint64_t done = 0;
	int64_t begun;
	int rc = FA_OK;

	if (u)
		u->own = fa_arena_new(a, threads, sizeof(*u->own));
	if (!u || !u->own)
		return fa_fail(err, FA_E_NOMEM, "no memory for threads");
	u->m = m;
	for (unsigned i = 0; i < threads && !rc; i++) {
		u->own[i].o = b->o;
		rc = record(&u->own[i].reference, b->pictures, 1, err);
		if (!rc)
			rc = record(&u->own[i].probe,
				b->pictures + (size_t)PAIRS * FC_FACE_BYTES, 1,
				err);
	}
	begun = fc_bench_ns();
	u->until_ns = begun + BURST_NS;
	if (!rc)
		rc = fc_crew_run(&crew, err);
	for (unsigned i = 0; i < threads; i++) {
		done += u->done[i];
		close_reels(&u->own[i]);
	}
	if (!rc)
		fc_speed_add(out, "verifications", "verifications", threads,
			done, fc_bench_ns() - begun);
	return rc;
}

/* The peaks of this process and of its largest child so far. */
static void
memory(struct fc_bench_measured *out)
{
	struct rusage own = { 0 }, kids = { 0 };

	(void)getrusage(RUSAGE_SELF, &own);
	(void)getrusage(RUSAGE_CHILDREN, &kids);
	out->rss_bytes = (int64_t)own.ru_maxrss * 1024;
	out->child_rss_bytes = (int64_t)kids.ru_maxrss * 1024;
}

static int
measure(struct bench *b, struct fc_bench_measured *out, struct fa_arena *a,
	struct fa_err *err)
{
	int rc = prepare(b, a, err);

	if (!rc)
		rc = add_modes(b, out, a, err);
	if (!rc)
		rc = time_modes(b, out, err);
	if (!rc)
		rc = time_parts(b, out, a, err);
	if (rc)
		return rc;
	memory(out);
	for (unsigned t = 1; !rc; t = out->threads) {
		rc = throughput(b, out, &b->mode[SANDBOXED], t, a, err);
		if (t == out->threads)
			break;
	}
	return rc;
}

int
fc_speed_run(struct fc_bench_measured *out, const struct fc_bench_opts *o,
	const struct fc_desks *desks, struct fa_arena *a, struct fa_err *err)
{
	struct bench *b = fa_arena_new(a, 1, sizeof(*b));
	int rc;

	if (!b)
		return fa_fail(err, FA_E_NOMEM, "no memory for timings");
	b->o = o;
	b->desk = &desks->at[0];
	out->threads = desks->n;
	rc = measure(b, out, a, err);
	for (size_t k = 0; k < b->modes_n; k++)
		fc_children_free(b->mode[k].c);
	close_reels(b);
	return rc;
}
