/* Any bytes as case.json, and as the Date of a server. What is read and
 * written says the same when it is read again. */
#include <stdint.h>
#include <stdlib.h>

#include "case/capture.h"
#include "case/case.h"

#define ARENA_BYTES (64u << 20)
#define YEAR_10000 INT64_C(253402300800) /* in seconds */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(int holds)
{
	if (!holds)
		abort();
}

static void
check_same(struct fa_str a, struct fa_str b)
{
	check((a.p == NULL) == (b.p == NULL) && fa_str_eq(a, b));
}

static void
check_case(struct fa_str text, struct fa_arena *a)
{
	struct fa_case_info info, again;
	struct fa_buf once, twice;

	if (fa_case_info_parse(&info, text, a, NULL) != FA_OK)
		return;
	check(info.id.p && info.operator_name.p && info.purpose.p);
	fa_buf_init(&once, 8 * FA_CASE_FILE_BYTES);
	fa_buf_init(&twice, 8 * FA_CASE_FILE_BYTES);
	fa_case_info_write(&once, &info);
	check(once.rc == FA_OK);
	/* Escapes may make it larger than the file may be. */
	if (fa_case_info_parse(&again, fa_buf_str(&once), a, NULL) == FA_OK) {
		check_same(again.id, info.id);
		check_same(again.purpose, info.purpose);
		check_same(again.witness, info.witness);
		check_same(again.subject.icp, info.subject.icp);
		fa_case_info_write(&twice, &again);
		check_same(fa_buf_str(&once), fa_buf_str(&twice));
	}
	fa_buf_done(&once);
	fa_buf_done(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str text = { (const char *)data, size };
	struct fa_arena a;
	int64_t seconds;

	fa_arena_init(&a, ARENA_BYTES);
	check_case(text, &a);
	if (fa_capture_date(&seconds, text))
		check(seconds >= -YEAR_10000 && seconds < YEAR_10000);
	fa_arena_done(&a);
	return 0;
}
