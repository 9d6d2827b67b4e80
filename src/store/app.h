/* Judgements of targets as a whole: what they were made of, the verdicts, and
 * how they differ from the judgement before. */
#ifndef FA_STORE_APP_H
#define FA_STORE_APP_H

#include "store/judge.h"

/* One thing that the target wanted. */
struct fa_store_app_document {
	enum fa_role role;
	int64_t url, final;
	enum fa_outcome outcome; /* of obtaining it as a document of role */
	/* What was seen on the page, or absent; how a request failed is not
	 * told, since it never fails twice in the same words. */
	struct fa_str detail;
	int64_t document; /* that was judged, or 0 */
	bool stands_in;   /* ... of an earlier capture */
};

struct fa_store_app {
	int64_t id; /* of all that follows but at_ms */
	int64_t target;
	struct fa_str bundle; /* SHA-256 */
	int32_t as_of;
	int64_t reader;          /* version of reading and normalising */
	int64_t at_ms;           /* last time that an audit came to it */
	enum fa_outcome outcome; /* OK, or why there is no policy */
	uint32_t scopes;
	struct fa_score score;
	struct fa_store_app_document *documents;
	size_t documents_n;
	struct fa_store_verdict *verdicts; /* by obligation; those that apply */
	size_t verdicts_n;
};

/* Sets x->id. */
FA_MUST_CHECK int fa_store_app_id(struct fa_store_app *x, struct fa_err *err);
/* Adds the judgement, or brings its at_ms up to date; sets x->id. */
FA_MUST_CHECK int fa_store_put_app(
	struct fa_store *s, struct fa_store_app *x, struct fa_err *err);

struct fa_store_app_key {
	struct fa_str bundle;
	int32_t as_of;
};
/* The newest judgement of a target under a key, or (key NULL) under any: 1 and
 * the judgement (in a), or 0. */
FA_MUST_CHECK int fa_store_find_app(struct fa_store_app *out,
	struct fa_store *s, int64_t target, const struct fa_store_app_key *key,
	struct fa_arena *a, struct fa_err *err);
/* Bundle and date of the newest judgement of all, or (as_of not 0) of those as
 * of a date, in a: 1, or 0 when there is none. */
FA_MUST_CHECK int fa_store_newest_key(struct fa_store_app_key *out,
	struct fa_store *s, int32_t as_of, struct fa_arena *a,
	struct fa_err *err);

/* The target whose key comes after this one in memcmp order: 1 and its key
 * (in a), or 0. For loops that write: a cursor over all targets would keep
 * the journal from being worked in. */
FA_MUST_CHECK int fa_store_next_key(struct fa_str *key, struct fa_store *s,
	struct fa_str after, struct fa_arena *a, struct fa_err *err);

/* A difference between two judgements of a target. */
struct fa_store_change {
	int64_t before;        /* app judgement */
	struct fa_str subject; /* obligation, or URL of a document */
	const char *cause;     /* "source", "extractor", "rules",
				* "extractor+rules", "capture" */
	const char *kind; /* "gained", "lost", "changed", "capture-failed" */
	const char *was, *became; /* verdict, or outcome */
};
FA_MUST_CHECK int fa_store_put_change(struct fa_store *s, int64_t app,
	const struct fa_store_change *c, struct fa_err *err);
/* Calls fn for each change that a judgement brought, by subject and cause. */
typedef int fa_store_change_fn(
	void *ctx, const struct fa_store_change *c, struct fa_err *err);
FA_MUST_CHECK int fa_store_changes(struct fa_store *s, int64_t app,
	fa_store_change_fn *fn, void *ctx, struct fa_arena *a,
	struct fa_err *err);

/* When a URL was first and last seen to show a payload: 1, or 0 when never. */
FA_MUST_CHECK int fa_store_seen(int64_t *first_us, int64_t *last_us,
	struct fa_store *s, int64_t url, const char *payload,
	struct fa_err *err);
/* Captures of a URL that hold a page, newest first, each payload once; at most
 * n ids. */
FA_MUST_CHECK int fa_store_captures_of(int64_t *out, size_t *n,
	struct fa_store *s, int64_t url, struct fa_err *err);

#endif
