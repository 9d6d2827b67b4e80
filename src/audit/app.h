/* Several documents of one app: what holds for all of them together, and where
 * they contradict each other. */
#ifndef FA_AUDIT_APP_H
#define FA_AUDIT_APP_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/finding.h"
#include "model/rule.h"

/* An app without documents; its points live in a. */
FA_MUST_CHECK int fa_app_init(struct fa_app *app, struct fa_str name,
	const struct fa_bundle *b, struct fa_arena *a, struct fa_err *err);

/* Takes the findings of one document in; passages and reasons are copied to
 * a. */
FA_MUST_CHECK int fa_app_add(struct fa_app *app, const struct fa_result *r,
	struct fa_arena *a, struct fa_err *err);

/* A document of the app is not there, and why is known (reason lives as long
 * as the app): what the others are silent about it may say, so that each gap
 * becomes cannot_tell. To be called after all documents. */
void fa_app_miss(struct fa_app *app, struct fa_str reason);

/* One finding per obligation, without evidence, and their score; r lives in
 * a. */
FA_MUST_CHECK int fa_app_score(struct fa_result *r, const struct fa_app *app,
	const struct fa_bundle *b, int32_t as_of, struct fa_arena *a,
	struct fa_err *err);

/* Does one document break the obligation while another one meets it? */
bool fa_app_contradicts(const struct fa_app_point *p);

#endif
