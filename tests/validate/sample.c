/* Writes the results of the unit test fixture in one format, for validators
 * that we did not write: sample FORMAT [zh|en] [verbose] [color] [flow] [COLUMNS].
 * sample vectors: score vectors of random cases for scripts/recompute-score. */
#include <stdio.h>
#include <stdlib.h>

#include "../unit/fixture_report_flow.h"
#include "base/num.h"

#define VECTORS 2000

static uint64_t
next(uint64_t *s)
{
	*s = *s * 6364136223846793005u + 1442695040888963407u;
	return *s >> 33;
}

static void
print_vectors(void)
{
	uint64_t s = 7;

	for (unsigned i = 0; i < VECTORS; i++) {
		struct fa_bundle b = fixture_bundle;
		struct fa_arena a;
		struct fa_err err;
		struct fixture x;

		fa_arena_init(&a, FIXTURE_ARENA_BYTES);
		fixture_policy(&x, &a);
		if (i % 4 == 0)
			b.probable = (uint32_t)(next(&s) % 1000);
		for (size_t k = 0; k < OB_COUNT; k++) {
			x.findings[k].verdict =
				(enum fa_verdict)(next(&s) % FA_VERDICT_COUNT);
			x.findings[k].rule = (uint32_t)(next(&s) % RU_COUNT);
		}
		if (fa_score(&x.res, &b, FIXTURE_AS_OF, &a, &err) != FA_OK)
			exit(2);
		printf("%.*s\n", FA_STR_ARG(x.res.score.vector));
		fa_arena_done(&a);
	}
}

int
main(int argc, char **argv)
{
	struct fixture_report x;
	struct fa_str s;
	uint64_t columns = 0;
	bool flow = false;

	if (argc < 2) {
		fprintf(stderr, "usage: sample FORMAT [zh|en] [verbose]\n");
		return 2;
	}
	if (strcmp(argv[1], "vectors") == 0) {
		print_vectors();
		return 0;
	}
	fixture_open(&x, argv[1]);
	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "en") == 0)
			x.report.opts.lang = FA_LANG_EN;
		else if (strcmp(argv[i], "verbose") == 0)
			x.report.opts.verbose = true;
		else if (strcmp(argv[i], "color") == 0)
			x.report.opts.color = true;
		else if (strcmp(argv[i], "flow") == 0)
			flow = true;
		else if (fa_num_u64(fa_str_c(argv[i]), 1000, &columns))
			x.report.opts.columns = (unsigned)columns;
	}
	s = flow ? fixture_write_flows(&x, true) : fixture_write_all(&x);
	fwrite(s.p, 1, s.n, stdout);
	fixture_close(&x);
	return 0;
}
