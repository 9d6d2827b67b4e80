/* The work of `faceaudit stamp`. */
#ifndef FA_TOOLS_STAMPING_H
#define FA_TOOLS_STAMPING_H

#include "case/stamping.h"
#include "fetch/guard.h"
#include "tools/commands.h"
#include "tools/signals.h"

#define FA_STAMP_LIST_MAX 64 /* times that an option may be given */

struct fa_stamp_command {
	struct fa_tool *tool;
	const char *path; /* of the case or file */
	const char *tsa[FA_STAMPING_AUTHORITIES_MAX];
	size_t tsa_n;
	const char *certs[FA_STAMP_LIST_MAX]; /* files of PEM */
	size_t certs_n;
	const char *resolve[FA_STAMP_LIST_MAX];
	size_t resolve_n;
	const char *cacert;
	struct fa_guard guard;
	struct fa_custody_actor actor;
	int64_t timeout_ms;
	bool sm3, retry, renew, list, file;
};

/* Does what was asked for and prints it; *status is the exit status. */
FA_MUST_CHECK int fa_stamp_command(
	int *status, struct fa_stamp_command *x, struct fa_err *err);
/* The list of --list as text. */
void fa_stamp_list(
	struct fa_buf *out, const struct fa_anchors *anchors, bool english);

#endif
