/* Fields of forms: application/x-www-form-urlencoded (URL standard, 5.1). */
#ifndef FC_SERVE_FORM_H
#define FC_SERVE_FORM_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FC_FORM_BYTES 4096 /* of a form, at most */
#define FC_FORM_FIELDS 16

struct fc_form {
	struct {
		struct fa_str name, value;
	} at[FC_FORM_FIELDS];
	size_t n;
};

/* FA_E_INPUT for a bad percent sequence, a NUL or text that is not UTF-8,
 * FA_E_LIMIT for more than the limits. Text lives in a. */
FA_MUST_CHECK int fc_form_parse(struct fc_form *out, struct fa_str s,
	struct fa_arena *a, struct fa_err *err);
/* The first field of that name, or the absent slice. */
struct fa_str fc_form_get(const struct fc_form *f, const char *name);

#endif
