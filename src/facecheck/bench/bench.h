/* The benchmark: how right, how fast and how costly a matcher is within its
 * sandbox, on people who do not exist.
 *
 * Rendered people rank methods; no deployment threshold may be taken from
 * them. So no score and no threshold is in any result or report, and who asks
 * for one is refused (fc_bench_threshold).
 *
 * A result has two halves. What was counted (accuracy) depends on the seed, the
 * options and the matcher only: the same on every machine, whatever the number
 * of threads, byte for byte. What was measured (time, memory) does not. */
#ifndef FC_BENCH_BENCH_H
#define FC_BENCH_BENCH_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "facecheck/bench/audit.h"
#include "facecheck/bench/stat.h"
#include "facecheck/child/child.h"
#include "facecheck/face/render.h"

#define FC_BENCH_SCHEMA "facecheck-bench/1"
#define FC_BENCH_GRADES_MAX 5      /* difficulties of one run */
#define FC_BENCH_PICTURES_MAX 4000 /* subjects times pictures of each */
#define FC_BENCH_PEOPLE_MAX 200000 /* of all pairs */
#define FC_BENCH_SLOW_PEOPLE 3000  /* ... by a matcher of one's own */
#define FC_BENCH_SESSIONS_MAX 10000
#define FC_BENCH_RESAMPLES_MAX 10000
#define FC_BENCH_RUNS_MAX 20000
#define FC_BENCH_THREADS_MAX 64
#define FC_BENCH_ARENA_BYTES ((size_t)1 << 30) /* enough for all of these */
#define FC_BENCH_REPORT_BYTES (8u << 20)       /* of a report, at most */

struct fc_bench_opts {
	const struct fc_plugin *plugin;
	const void *model;
	uint64_t seed;
	unsigned grades[FC_BENCH_GRADES_MAX], grades_n; /* difficulties */
	uint32_t subjects, pictures; /* every picture with every other */
	uint32_t people;             /* one picture each, all pairs; 0: not */
	unsigned people_grade;       /* one of grades */
	uint32_t sessions;           /* of liveness, per species; 0: not */
	unsigned resamples;          /* of the bootstrap */
	unsigned threads;            /* 0: one per processor */
	uint32_t runs;               /* of each timing; 0: count only */
	enum fc_level require;       /* of the sandbox, fail closed */
	bool limited;                /* as in struct fc_child_opts */
	enum fc_level at_most;
	bool peers; /* also what else is installed here (python3-opencv) */
	/* Told what is being done; other than 0 ends the work with
	 * FA_E_INTERRUPTED. May be NULL. Called from one thread at a time. */
	int (*tell)(void *ctx, const char *what, uint64_t done, uint64_t all);
	void *ctx;
};

/* A run of about a minute on two processors, with the matcher given. */
void fc_bench_opts_init(struct fc_bench_opts *o, const struct fc_plugin *plugin,
	const void *model);

/* A rate with the middle 95 % of its bootstrap by subject. */
struct fc_spread {
	int64_t ppt, low_ppt, high_ppt;
};

/* What is rejected where so much is accepted wrongly. */
struct fc_at {
	int64_t fmr_ppt;
	bool known; /* there were pairs enough: at least 3 / FMR */
	struct fc_spread fnmr;
	int64_t frr_ppt; /* the same with pictures that gave no template */
};
#define FC_ATS 4 /* 10 %, 1 %, 0.1 %, 0.01 % */

/* So many false matches and false non-matches at one threshold. */
struct fc_det_point {
	uint64_t false_matches, false_non_matches;
};
#define FC_DET_POINTS 256

struct fc_det {
	uint64_t genuine, impostor; /* pairs */
	struct fc_det_point at[FC_DET_POINTS];
	size_t n;
};

struct fc_accuracy {
	unsigned grade;
	uint32_t subjects, pictures;
	struct fc_rate failed; /* pictures that gave no template */
	struct fc_spread eer;
	struct fc_at at[FC_ATS];
	struct fc_rate false_match, false_non_match; /* as the matcher says */
	bool says; /* it says anything: peers do not */
	struct fc_det det;
};

/* All pairs of many people, one picture each. */
struct fc_crowd {
	unsigned grade;
	uint32_t people, failed;
	struct fc_det det; /* genuine: of the accuracy of the same grade */
	int64_t floor_ppt; /* by the rule of 3, were all pairs independent */
	char corpus[FA_HASH_HEX_BYTES], templates[FA_HASH_HEX_BYTES];
};
#define FC_CROWD_ATS 7 /* 1e-3 .. 1e-9 */
/* Of the crowd at a rate of false matches; false when there are too few pairs
 * to say. */
bool fc_crowd_at(int64_t *fnmr_ppt, const struct fc_crowd *c, int64_t fmr_ppt);

/* Presentation attacks by species (ISO/IEC 30107-3): wrong is APCER for an
 * attack and BPCER for the living, silent the rate of no answer. */
struct fc_attack {
	unsigned grade;
	enum fc_species species;
	struct fc_rate wrong, silent;
};

/* One thing, timed many times. */
struct fc_timing {
	const char *name;
	uint32_t runs;
	int64_t min_ns, p50_ns, p90_ns, p99_ns, cpu_ns; /* CPU: mean */
};
#define FC_TIMINGS_MAX 20

struct fc_rateof { /* how much in a second */
	const char *name, *unit;
	unsigned threads;
	int64_t per_second;
};
#define FC_SPEEDS_MAX 12

/* Events from the menu to a decision (facecheck-model(7)); 0: no way. */
struct fc_friction {
	uint32_t face, other, human;
};

struct fc_bench_measured {
	char processor[128], system[128], kernel[24];
	enum fc_level level; /* that the children reach */
	const char *lack;
	unsigned threads;
	struct fc_timing timing[FC_TIMINGS_MAX];
	size_t timings_n;
	struct fc_rateof speed[FC_SPEEDS_MAX];
	size_t speeds_n;
	int64_t pair_ns_x100; /* one comparison by the kernel, 1/100 ns */
	int64_t crowd_ms;     /* comparing all pairs of the crowd */
	uint64_t crowd_pairs;
	int64_t rss_bytes, child_rss_bytes; /* peaks */
};

struct fc_peer {
	char name[64], version[64];
	bool there;
	char why_not[256];
	/* On a part of the pictures, and the matcher's own on the same. */
	struct fc_accuracy accuracy[FC_BENCH_GRADES_MAX];
	struct fc_accuracy own[FC_BENCH_GRADES_MAX];
	size_t accuracy_n;
	struct fc_timing encode;
	int64_t compare_ns; /* mean */
};

struct fc_bench {
	struct fc_bench_opts opts;
	struct fc_accuracy accuracy[FC_BENCH_GRADES_MAX];
	char corpus[FC_BENCH_GRADES_MAX][FA_HASH_HEX_BYTES]; /* of pictures */
	size_t accuracy_n;
	bool has_crowd;
	struct fc_crowd crowd;
	struct fc_attack attack[FC_BENCH_GRADES_MAX * FC_SPECIES_COUNT];
	size_t attacks_n;
	struct fc_friction friction;
	bool has_measured;
	struct fc_bench_measured measured;
	bool has_peer;
	struct fc_peer peer;
	bool has_audit; /* set by who has its results (fc_audit_read) */
	struct fc_audit audit;
};

/* Runs it. The result lives in a, as do up to FC_BENCH_ARENA_BYTES of work. */
FA_MUST_CHECK int fc_bench_run(struct fc_bench **out,
	const struct fc_bench_opts *o, struct fa_arena *a, struct fa_err *err);

enum fc_bench_lang { FC_BENCH_ZH, FC_BENCH_EN };

/* Reports; out keeps the first failure (fa_buf_rc). JSON is for programs and
 * the same in every language; with accuracy_only it holds the half that does
 * not depend on the machine. HTML is one file without anything from outside. */
FA_MUST_CHECK int fc_bench_json(struct fa_buf *out, const struct fc_bench *b,
	bool accuracy_only, struct fa_err *err);
void fc_bench_text(
	struct fa_buf *out, const struct fc_bench *b, enum fc_bench_lang lang);
void fc_bench_html(
	struct fa_buf *out, const struct fc_bench *b, enum fc_bench_lang lang);
/* The curve alone, as a picture of its own. */
void fc_bench_svg(
	struct fa_buf *out, const struct fc_bench *b, enum fc_bench_lang lang);

/* Always FA_E_UNSUPPORTED: says why no threshold comes out of this. */
FA_MUST_CHECK int fc_bench_threshold(struct fa_err *err);
/* What stands on the face of every report. */
const char *fc_bench_notice(enum fc_bench_lang lang);

#endif
