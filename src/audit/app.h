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

/* Takes the findings of one document in; passages are copied to a. */
FA_MUST_CHECK int fa_app_add(struct fa_app *app, const struct fa_result *r,
	struct fa_arena *a, struct fa_err *err);

#endif
