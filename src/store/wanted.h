/* What became of what each target wants. */
#ifndef FA_STORE_WANTED_H
#define FA_STORE_WANTED_H

#include "store/store.h"

struct fa_wanted {
	enum fa_role role;
	unsigned step; /* 0 listing or home page, 1 policy, 2 beyond it */
	bool root;     /* given by the list of targets */
	int64_t url;   /* asked for */
	struct fa_str url_text;
	int64_t final; /* where redirects end; url itself without any */
	struct fa_str final_text;
	/* Of the final URL: OK only when a page with the text that was looked
	 * for is there; EMPTY_SHELL, NOT_A_POLICY ... as looking at the page
	 * as a document of role gave; REDIRECT_LOOP and TOO_MANY_REDIRECTS of
	 * the way there. */
	enum fa_outcome outcome;
	struct fa_str detail; /* or absent */
	int status;           /* HTTP, 0: none */
	int64_t at_ms;        /* of the last attempt */
	int64_t capture;      /* last page of the final URL, or 0: also when a
			       * later attempt failed */
	bool inspected;       /* the page was looked at for its kind */
};

struct fa_wanted_list {
	struct fa_wanted *at; /* by step, role, url */
	size_t n;
};

/* The documents that a target wants. Everything lives in a. */
FA_MUST_CHECK int fa_store_wanted(struct fa_wanted_list *out,
	struct fa_store *s, int64_t target, struct fa_arena *a,
	struct fa_err *err);
/* The outcome of the target as a whole: OK with at least one policy, else why
 * there is none: NO_URL, that of the policy, NO_POLICY_LINK, or that of the
 * listing. *why (may be NULL) gets the document that decided, or NULL. */
enum fa_outcome fa_wanted_outcome(
	const struct fa_wanted_list *l, const struct fa_wanted **why);

struct fa_store_target {
	int64_t id;
	struct fa_target t;
	struct fa_str note; /* why nothing can be asked for, or absent */
};
typedef int fa_store_target_fn(
	void *ctx, const struct fa_store_target *t, struct fa_err *err);
/* Calls fn for each target in memcmp order of the keys. */
FA_MUST_CHECK int fa_store_targets(struct fa_store *s, fa_store_target_fn *fn,
	void *ctx, struct fa_err *err);
/* 1 and the target with this key (texts in a), or 0. */
FA_MUST_CHECK int fa_store_find_target(struct fa_store_target *out,
	struct fa_store *s, struct fa_str key, struct fa_arena *a,
	struct fa_err *err);

/* Sets what looking at a page gave. */
FA_MUST_CHECK int fa_store_set_kind(struct fa_store *s, int64_t url,
	const char *kind, const char *kind_other, const char *detail,
	struct fa_err *err);

#endif
