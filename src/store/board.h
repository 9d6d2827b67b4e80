/* The database behind a dashboard (findings.sqlite, schema faceaudit-board/1,
 * documented in faceaudit-board(1)): the newest judgements of one or more
 * stores side by side, what the audit before said of them, and all sums. It is
 * made in one go from stores that are read only, and is the same, byte for
 * byte, for the same stores and options.
 *
 * Order of use: fa_board_new, fa_board_put_bundle and fa_board_add for each
 * store, fa_board_load, fa_board_put_picture, fa_board_sum, then the queries.
 */
#ifndef FA_STORE_BOARD_H
#define FA_STORE_BOARD_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/board.h"
#include "store/store.h"

#define FA_BOARD_SOURCES 64            /* stores of one board */
#define FA_BOARD_PUBLISHERS 50         /* the worst, with a row of their own */
#define FA_BOARD_CACHE_KIB 65536       /* page cache of each database */
#define FA_BOARD_MAP_BYTES (256 << 20) /* of findings.sqlite, mapped */

struct fa_board;

/* Computes the id of a finding, which reviews name (case/case.h). */
typedef int fa_board_id_fn(char out[17], struct fa_str target_key,
	struct fa_str obligation, struct fa_str verdict,
	const struct fa_str *documents, size_t n, struct fa_err *err);

struct fa_board_options {
	const char *path;      /* of the database; must not exist */
	int32_t today;         /* YYYYMMDD */
	int32_t as_of;         /* judgements as of this date; 0: the newest */
	int64_t deadline_days; /* from a confirmation; 0: no deadlines */
	fa_board_id_fn *id;    /* NULL: findings have no id */
};

/* Texts of o must live as long as the board. */
FA_MUST_CHECK int fa_board_new(struct fa_board **out,
	const struct fa_board_options *o, struct fa_err *err);
/* Closes the database; it is whole only after fa_board_finish. NULL is fine. */
void fa_board_free(struct fa_board *b);

/* Names a store; prior ones give only what stood before. *key (in a) is the
 * SHA-256 of the rules its newest judgements were made by, absent when nothing
 * was judged (with fa_board_options.as_of: as of that date). */
FA_MUST_CHECK int fa_board_add(struct fa_str *bundle, struct fa_board *b,
	struct fa_str dir, bool prior, struct fa_arena *a, struct fa_err *err);
/* The rules of a store that was added: 1 and their canonical JSON in a, or
 * 0. */
FA_MUST_CHECK int fa_board_get_bundle(struct fa_str *json, struct fa_board *b,
	struct fa_str dir, struct fa_str sha256, struct fa_arena *a,
	struct fa_err *err);
/* Obligations and rules that judgements refer to; what a later bundle says of
 * one that is known already is ignored. source(i) is the citation of an
 * obligation in both languages. */
typedef int fa_board_source_fn(struct fa_text2 *out, void *ctx,
	const struct fa_obligation *o, struct fa_err *err);
FA_MUST_CHECK int fa_board_put_bundle(struct fa_board *b,
	const struct fa_bundle *bundle, fa_board_source_fn *source, void *ctx,
	struct fa_err *err);
/* Reads all stores and counts. */
FA_MUST_CHECK int fa_board_load(struct fa_board *b, struct fa_err *err);
/* A screenshot of the page with this payload (SHA-256), and not of what its
 * address showed at another time; the first one counts. */
FA_MUST_CHECK int fa_board_put_picture(struct fa_board *b,
	struct fa_str payload, struct fa_str sha256, struct fa_err *err);
/* All sums, in a. */
FA_MUST_CHECK int fa_board_sum(struct fa_board_sum *out, struct fa_board *b,
	struct fa_arena *a, struct fa_err *err);
/* Commits the database, and closes it for writing. */
FA_MUST_CHECK int fa_board_finish(struct fa_board *b, struct fa_err *err);

/* Lists. Rows live until fn returns. */
enum fa_board_order {
	FA_BOARD_BY_STAGE, /* the furthest first; section: the stage, its name
			    * the outcome of what was not scanned */
	FA_BOARD_BY_SCORE, /* scanned; the worst first; section: the bin */
	FA_BOARD_BY_CATEGORY, /* all, of one group; section: the bin, or 12
			       * when not scanned */
	FA_BOARD_BY_STORE,
	FA_BOARD_BY_PUBLISHER, /* those that name one; section: its id */
	FA_BOARD_WITH_FINDING, /* that counts; as BY_SCORE */
	FA_BOARD_BREACHES      /* by id; apps with findings or what is gone */
};
typedef int fa_board_app_fn(
	void *ctx, const struct fa_board_app *x, struct fa_err *err);
/* group: of BY_CATEGORY and BY_STORE, else ignored. */
FA_MUST_CHECK int fa_board_apps(struct fa_board *b, enum fa_board_order order,
	int64_t group, fa_board_app_fn *fn, void *ctx, struct fa_err *err);
/* Apps with a finding that counts on a duty, by group of dim, then the worst
 * first; section: the group. */
FA_MUST_CHECK int fa_board_duty_apps(struct fa_board *b, int64_t duty,
	enum fa_board_dim dim, fa_board_app_fn *fn, void *ctx,
	struct fa_err *err);
/* Apps with a lead only on a duty; section 0. */
FA_MUST_CHECK int fa_board_duty_leads(struct fa_board *b, int64_t duty,
	fa_board_app_fn *fn, void *ctx, struct fa_err *err);

/* Parts of one app, in a. */
struct fa_board_parts {
	struct fa_board_document *documents;
	size_t documents_n;
	struct fa_board_finding *findings; /* counted first, grave first */
	size_t findings_n;
	struct fa_board_gone *gone;
	size_t gone_n;
};
FA_MUST_CHECK int fa_board_app_parts(struct fa_board_parts *out,
	struct fa_board *b, int64_t app, struct fa_arena *a,
	struct fa_err *err);
struct fa_board_quotes {
	struct fa_board_quote *at; /* for the verdict first */
	size_t n;
};
FA_MUST_CHECK int fa_board_get_quotes(struct fa_board_quotes *out,
	struct fa_board *b, int64_t app, int64_t duty, struct fa_arena *a,
	struct fa_err *err);
struct fa_board_words {
	struct fa_board_word *at; /* in order of time */
	size_t n;
};
FA_MUST_CHECK int fa_board_get_words(struct fa_board_words *out,
	struct fa_board *b, struct fa_str finding, struct fa_arena *a,
	struct fa_err *err);

/* Lists of findings. */
enum fa_board_findings_order {
	FA_BOARD_ALL,     /* that count, by app key and duty; with leads */
	FA_BOARD_QUEUE,   /* to be worked on, see faceaudit-board(1) */
	FA_BOARD_CHANGED, /* new, reappeared; by state and cause */
};
typedef int fa_board_finding_fn(
	void *ctx, const struct fa_board_finding *x, struct fa_err *err);
FA_MUST_CHECK int fa_board_findings(struct fa_board *b,
	enum fa_board_findings_order order, fa_board_finding_fn *fn, void *ctx,
	struct fa_err *err);
/* Fixed or unclear, by state and cause; verdict is what it was, review and
 * quote are empty. */
FA_MUST_CHECK int fa_board_fixed(struct fa_board *b, fa_board_finding_fn *fn,
	void *ctx, struct fa_err *err);

#endif
