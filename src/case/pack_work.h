/* A case that is being packed. Private to case. */
#ifndef FA_CASE_PACK_WORK_H
#define FA_CASE_PACK_WORK_H

#include "case/case.h"
#include "case/pack.h"
#include "case/pack_log.h"

struct fa_pack_work {
	const struct fa_pack_opts *o;
	struct fa_arena *a;
	struct fa_str dir;
	struct fa_case *c; /* NULL: the store of a sweep */
	struct fa_store *s;
	struct fa_pack_files inner, outer;
	struct fa_wacz_index index;
	struct fa_pack_log log;
	struct fa_pack_plan plan;
	struct fa_str rules; /* text of the bundle, or absent */
	struct fa_pack_judged judged;
	int64_t at_ms; /* of the case: everything has this time */
	struct fa_pack_info info;
};

/* Adds a file whose bytes are text, which has to stay, or of a buffer, which
 * are copied. */
FA_MUST_CHECK int fa_pack_put(struct fa_pack_work *w, struct fa_str name,
	struct fa_str text, struct fa_err *err);
FA_MUST_CHECK int fa_pack_put_buf(struct fa_pack_work *w, struct fa_str name,
	const struct fa_buf *b, struct fa_err *err);

/* pack_gather.c: archives, files of walks, case.json, the log with its
 * objects and proofs. */
FA_MUST_CHECK int fa_pack_gather(struct fa_pack_work *w, struct fa_err *err);
/* pack_derive.c: what is made of them: findings, texts, index, pages. */
FA_MUST_CHECK int fa_pack_derive(struct fa_pack_work *w, struct fa_err *err);
/* pack_outer.c: the files beside the container, and the list of them that goes
 * into it; then digests, signature and stamps for the container at path. */
FA_MUST_CHECK int fa_pack_outer(struct fa_pack_work *w, struct fa_err *err);
FA_MUST_CHECK int fa_pack_seal(
	struct fa_pack_work *w, struct fa_str path, struct fa_err *err);

#endif
