/* The benchmark: parts that measure, and what they share. Figures are ratios
 * of engines that take turns on the same bytes in one run, because those hold
 * on another machine and under another load; a time stands beside its ratio
 * for orientation. All times are processor time in nanoseconds unless a name
 * says otherwise, all ratios thousandths; a ratio is written so that more is
 * better. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "audit/audit.h"
#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/doc.h"
#include "model/rule.h"

#define BENCH_AS_OF 20261121
#define BENCH_ARENA_BYTES ((size_t)16 << 30)
#define BENCH_BUF_BYTES ((size_t)2 << 30)
#define BENCH_RATIOS 64

struct bench_text {
	struct fa_str path, raw;
	struct fa_doc doc; /* read and segmented */
};

struct bench_ratio {
	char name[64];
	int64_t milli;
};

struct bench {
	const char *program; /* faceaudit */
	const char *self;    /* this one, to run others by */
	const char *dir;     /* for files; removed at the end */
	const struct fa_bundle *bundle;
	struct fa_arena a; /* of the whole run */
	struct bench_text *texts;
	size_t texts_n, bytes, sentences;
	char corpus[FA_HASH_HEX_BYTES]; /* digest of all texts */
	FILE *lines;                    /* JSON lines; or NULL */
	const char *part;
	struct bench_ratio ratios[BENCH_RATIOS];
	size_t ratios_n;
	unsigned missed, failed;
};

/* Ends the program with a message: a benchmark has nobody to tell but its
 * user. */
_Noreturn void bench_die(const char *fmt, ...) FA_PRINTF(1, 2);

/* A figure of the part: one line for people, one of JSON. */
void bench_figure(
	struct bench *b, const char *name, int64_t value, const char *unit);
/* A ratio that the baseline keeps. */
void bench_ratio(struct bench *b, const char *name, int64_t milli);
/* What has to be shown: measured is at most, or at least, the limit. */
void bench_must(struct bench *b, const char *name, int64_t milli, bool at_least,
	int64_t limit_milli);
/* What makes the run fail. */
void bench_fail(struct bench *b, const char *fmt, ...) FA_PRINTF(2, 3);

/* "12.345" in a buffer of the caller. */
#define BENCH_MILLI_BYTES 32
const char *bench_milli(char out[BENCH_MILLI_BYTES], int64_t milli);

/* Engines in turns. */
#define BENCH_ROUNDS 9
struct bench_engine {
	const char *name;
	void (*run)(void *ctx);
	void *ctx;
	int64_t least_ns; /* repeated within a round until it took as long */
	bool warm;        /* it has run before */
	int64_t ns[BENCH_ROUNDS];
	int64_t median;
};
int64_t bench_cpu_ns(void); /* of this thread */
int64_t bench_wall_ns(void);
int64_t bench_median(const int64_t *v, size_t n);
void bench_turns(struct bench_engine *e, size_t n, int rounds);
/* Median of slow/fast over the rounds. */
int64_t bench_ratio_of(const struct bench_engine *slow,
	const struct bench_engine *fast, int rounds);

/* Another program. What it prints is read and thrown away by us. */
struct bench_process {
	int64_t cpu_ns, wall_ns, peak_kib;
	int status;
};
struct bench_process bench_run(const struct bench *b, const char *const *argv);
/* The other side of it: runs words in a small process and writes what it
 * took to descriptor fd. */
int bench_run_child(int fd, char **words);
/* Another one: reads the page at path and goes on to a stage ("read",
 * "segment", "match"), for its peak of memory. */
int bench_stage_child(const char *path, const char *stage);
bool bench_has(const struct bench *b, const char *program);

/* From now on the program is told that its processor has no vectors, or the
 * truth again. */
void bench_scalar(bool scalar);

/* Texts and pages. */
void bench_load(struct bench *b, const char *const *dirs, size_t n);
void bench_read(struct fa_doc *out, struct fa_str raw, struct fa_str name,
	enum fa_format format, struct fa_arena *a);
/* About bytes of running text, of the texts one after the other. */
struct fa_str bench_large(struct bench *b, size_t bytes, struct fa_arena *a);
/* A page around a text, as sites make them; every fifth in GB18030. */
struct fa_str bench_page(
	const struct bench *b, size_t text, struct fa_arena *a);
/* A file in the folder of the run; its path. */
const char *bench_file(
	struct bench *b, const char *name, struct fa_str content);

/* A whole audit in this process: from bytes to JSON in out. */
struct bench_audit {
	struct fa_audit audit;
	struct fa_arena a;
	struct fa_buf out;
	struct fa_result r; /* of the last document; valid until the next */
};
void bench_audit_init(struct bench_audit *x, const struct fa_bundle *b);
void bench_audit_done(struct bench_audit *x);
void bench_audit(struct bench_audit *x, struct fa_str raw, const char *name);

/* A bundle with its rules, patterns and lexicons again copies times, each time
 * with other words of the same shape. Lives in a. */
const struct fa_bundle *bench_clones(
	const struct fa_bundle *b, unsigned copies, struct fa_arena *a);

/* The parts. */
void bench_match(struct bench *b);
void bench_stages(struct bench *b);
void bench_rules(struct bench *b);
void bench_scale(struct bench *b);
void bench_size(struct bench *b);
void bench_ceilings(struct bench *b);
void bench_whole(struct bench *b);
void bench_peers(struct bench *b);
void bench_start(struct bench *b);
void bench_memory(struct bench *b);

/* Compares with the file and says what fell; or writes it anew. */
void bench_baseline(struct bench *b, const char *path, bool anew);

#endif
