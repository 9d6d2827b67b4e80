/* A verification at work. Private to case. */
#ifndef FA_CASE_VERIFY_WORK_H
#define FA_CASE_VERIFY_WORK_H

#include "base/file.h"
#include "case/pack_log.h"
#include "case/verify.h"
#include "case/zip.h"

struct fa_verify_work {
	const struct fa_verify_opts *o;
	struct fa_verify_report *report;
	struct fa_arena *a;
	char dir[FA_FILE_PATH_BYTES];      /* of our own, removed at the end */
	struct fa_pack_files outer, inner; /* what there is, by name */
	bool is_zip;                       /* and no folder */
	uint32_t outer_time, inner_time;   /* of the zip files */
	struct fa_str package_text;
	struct fa_wacz_package package;
	bool is_foreign; /* of a format that this program cannot read */
	struct fa_pack_log log;
	bool has_log;  /* there are events */
	bool is_sweep; /* there are none, nor need be */
	struct fa_wacz_index index;
	bool indexed; /* all archives could be read */
	struct fa_pack_plan plan;
};

/* Adds a check with its state; the detail is copied. */
FA_MUST_CHECK int fa_verify_say(struct fa_verify_work *w, const char *id,
	enum fa_verify_state state, struct fa_err *err, const char *fmt, ...)
	FA_PRINTF(5, 6);
/* Adds what came of a check that failed with rc and why: broken input and
 * what is missing is FAILED, what is not understood or beyond a limit CANNOT.
 * The failures that are none of the pack's are passed on. */
FA_MUST_CHECK int fa_verify_fail(struct fa_verify_work *w, const char *id,
	int rc, const struct fa_err *why, struct fa_err *err);
/* Text of a file of either list, in a; FA_E_NOTFOUND when it is missing. */
FA_MUST_CHECK int fa_verify_text(struct fa_str *out,
	const struct fa_verify_work *w, const struct fa_pack_files *list,
	const char *name, struct fa_err *err);

/* verify_open.c: brings everything into w->dir; *go says whether there is
 * something to go on with. */
FA_MUST_CHECK int fa_verify_open(bool *go, struct fa_verify_work *w,
	struct fa_str path, struct fa_err *err);
void fa_verify_close(struct fa_verify_work *w);

/* verify_files.c: digests of the container, of its files, of those beside. */
FA_MUST_CHECK int fa_verify_files(struct fa_verify_work *w, struct fa_err *err);
/* verify_log.c: chain, checkpoints, proofs, objects. */
FA_MUST_CHECK int fa_verify_log(struct fa_verify_work *w, struct fa_err *err);
/* verify_archive.c: records, index, events that name them. */
FA_MUST_CHECK int fa_verify_archive(
	struct fa_verify_work *w, struct fa_err *err);
/* verify_stamp.c, verify_log_stamp.c: time stamps and signature. */
FA_MUST_CHECK int fa_verify_stamps(
	struct fa_verify_work *w, struct fa_err *err);
FA_MUST_CHECK int fa_verify_log_stamps(
	struct fa_verify_work *w, struct fa_err *err);
FA_MUST_CHECK int fa_verify_signature(
	struct fa_verify_work *w, struct fa_err *err);
/* verify_judge.c: quotes and findings. */
FA_MUST_CHECK int fa_verify_judge(struct fa_verify_work *w, struct fa_err *err);

#endif
