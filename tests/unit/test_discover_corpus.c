/* Real policies come out as policies. The documents are found by the
 * environment variable CORPUS and are no part of the project. */
#include <stdlib.h>

#include "fixture_discover.h"

#define DOCUMENTS_MIN 20

static size_t
check_dir(struct fa_str dir)
{
	struct fa_arena a;
	struct fa_err err;
	struct fa_file_list list = { NULL, 0 };

	fa_arena_init(&a, 1u << 30);
	assert_int_equal(fa_file_walk(&list, dir, &a, &err), FA_OK);
	for (size_t i = 0; i < list.n; i++) {
		struct paging p;
		struct fa_str body = FA_STR_NONE;
		const char *why = NULL;
		enum fa_outcome got;

		assert_int_equal(fa_file_read(&body, list.path[i],
					 FA_DOC_MAX_BYTES, &a, &err),
			FA_OK);
		paging_init_as(
			&p, "https://www.example.com/", body, FA_FORMAT_AUTO);
		got = fa_discover_kind(&why, &p.page, FA_ROLE_POLICY);
		if (got != FA_OUT_OK) {
			fail_msg("%.*s is %s: %s", FA_STR_ARG(list.path[i]),
				fa_outcome_name(got), why);
		}
		paging_done(&p);
	}
	fa_arena_done(&a);
	return list.n;
}

static void
real_policies_are_taken_for_policies(void **state)
{
	const char *corpus = getenv("CORPUS");
	static const char *const sets[] = { "dev", "clean" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(sets); i++) {
		char path[FA_FILE_PATH_BYTES];

		(void)snprintf(path, sizeof(path), "%s/%s",
			corpus == NULL ? "../shared/corpus" : corpus, sets[i]);
		if (!fa_file_is_dir(fa_str_c(path))) {
			print_message("# left out, no %s\n", path);
			continue;
		}
		assert_true(check_dir(fa_str_c(path)) >= DOCUMENTS_MIN);
	}
}

/* Those of the project are always at hand. */
static void
bundled_policies_are_taken_for_policies(void **state)
{
	(void)state;
	assert_true(check_dir(FA_STR("corpora/policies")) >= DOCUMENTS_MIN);
	assert_true(
		check_dir(FA_STR("corpora/holdout/policies")) >= DOCUMENTS_MIN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(real_policies_are_taken_for_policies),
		cmocka_unit_test(bundled_policies_are_taken_for_policies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
