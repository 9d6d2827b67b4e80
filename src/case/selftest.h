/* Does this program, on this machine, now, do what evidence rests on
 * (民事证据规定 第93条第一款第三项: 防止出错的监测、核查手段)? Known answers of
 * the digests, an archive written and read, and a page that the program serves
 * to itself on a loopback address and captures. */
#ifndef FA_CASE_SELFTEST_H
#define FA_CASE_SELFTEST_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/json.h"
#include "base/str.h"

#define FA_SELFTEST_MAX 8
#define FA_SELFTEST_WAIT_MS 5000 /* for the page */

struct fa_selftest {
	struct {
		const char *name;
		bool passed;
		struct fa_str why; /* when it did not; absent: passed */
	} at[FA_SELFTEST_MAX];
	size_t n;
	bool passed; /* all of them */
};

/* Needs a folder to write into and take away again. A test that fails is no
 * failure of the function; FA_E_NOMEM is. Texts live in a. */
FA_MUST_CHECK int fa_selftest_run(struct fa_selftest *out, struct fa_str dir,
	struct fa_arena *a, struct fa_err *err);
/* As a value. */
void fa_selftest_write(struct fa_jw *w, const struct fa_selftest *t);

#endif
