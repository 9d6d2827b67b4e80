/* Names of enumerations, lookup by id, and the Wilson bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/finding.h"
#include "model/wilson.h"

static void
names_and_values_agree(void **state)
{
	(void)state;
	for (int i = 0; i < FA_VERDICT_COUNT; i++)
		assert_int_equal(i,
			fa_verdict_parse(
				fa_str_c(fa_verdict_name((enum fa_verdict)i))));
	for (int i = 0; i < FA_SEVERITY_COUNT; i++)
		assert_int_equal(i,
			fa_severity_parse(fa_str_c(
				fa_severity_name((enum fa_severity)i))));
	for (int i = 0; i < FA_SCOPE_COUNT; i++)
		assert_int_equal(i, fa_scope_parse(fa_str_c(fa_scope_name(i))));
	for (int i = 0; i < FA_POLARITY_COUNT; i++)
		assert_int_equal(i,
			fa_polarity_parse(fa_str_c(
				fa_polarity_name((enum fa_polarity)i))));
	for (int i = 0; i < FA_REGION_COUNT; i++)
		assert_int_equal(i,
			fa_region_parse(
				fa_str_c(fa_region_name((enum fa_region)i))));
	for (int i = 0; i < 3; i++) {
		assert_int_equal(i,
			fa_status_parse(
				fa_str_c(fa_status_name((enum fa_status)i))));
		assert_int_equal(i,
			fa_kind_parse(fa_str_c(fa_kind_name((enum fa_kind)i))));
	}
	for (int i = 0; i < FA_LANG_COUNT; i++)
		assert_int_equal(i,
			fa_lang_parse(fa_str_c(fa_lang_name((enum fa_lang)i))));
	for (int i = 0; i < FA_TIER_COUNT; i++)
		assert_int_equal(i,
			fa_tier_parse(fa_str_c(fa_tier_name((enum fa_tier)i))));
}

static void
unknown_names_and_values_are_told(void **state)
{
	(void)state;
	assert_int_equal(fa_verdict_parse(FA_STR("Gap")), -1);
	assert_int_equal(fa_severity_parse(FA_STR("")), -1);
	assert_int_equal(fa_region_parse(FA_STR("near 2")), -1);
	assert_string_equal(fa_scope_name(-1), "NONE");
	assert_string_equal(fa_scope_name(99), "NONE");
	assert_int_equal(fa_verdict_letter(FA_VERDICT_VIOLATION), 'V');
	assert_int_equal(fa_verdict_letter(FA_VERDICT_NOT_APPLICABLE), 'N');
}

static void
ids_are_found_by_halving(void **state)
{
	struct fa_rule rules[] = { { .id = FA_STR_INIT("A-a") },
		{ .id = FA_STR_INIT("A-b") }, { .id = FA_STR_INIT("B-a") } };
	struct fa_obligation obligations[] = { { .id = FA_STR_INIT("A") },
		{ .id = FA_STR_INIT("B") } };
	struct fa_bundle b = { .rules = rules,
		.rules_n = 3,
		.obligations = obligations,
		.obligations_n = 2 };

	(void)state;
	assert_int_equal(fa_bundle_rule(&b, FA_STR("A-a")), 0);
	assert_int_equal(fa_bundle_rule(&b, FA_STR("B-a")), 2);
	assert_int_equal(fa_bundle_rule(&b, FA_STR("A-c")), FA_RULE_NONE);
	assert_int_equal(fa_bundle_obligation(&b, FA_STR("B")), 1);
	assert_int_equal(fa_bundle_obligation(&b, FA_STR("")), FA_RULE_NONE);
	b.rules_n = b.obligations_n = 0;
	assert_int_equal(fa_bundle_rule(&b, FA_STR("A-a")), FA_RULE_NONE);
}

/* Values by high-precision decimal arithmetic. */
static void
wilson_bounds_match_known_values(void **state)
{
	static const struct {
		uint32_t right, hits, lower, upper;
	} table[] = {
		{ 0u, 0u, 0, 1000 },
		{ 0u, 1u, 0, 794 },
		{ 1u, 1u, 206, 1000 },
		{ 1u, 2u, 94, 906 },
		{ 11u, 12u, 646, 986 },
		{ 12u, 12u, 757, 1000 },
		{ 35u, 35u, 901, 1000 },
		{ 36u, 36u, 903, 1000 },
		{ 48u, 50u, 865, 989 },
		{ 50u, 50u, 928, 1000 },
		{ 0u, 50u, 0, 72 },
		{ 100u, 100u, 963, 1000 },
		{ 999u, 1000u, 994, 1000 },
		{ 700u, 1000u, 670, 728 },
		{ 4294967295u, 4294967295u, 999, 1000 },
		{ 2147483648u, 4294967295u, 499, 501 },
		{ 1u, 4294967295u, 0, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		assert_int_equal(fa_wilson_lower(table[i].right, table[i].hits),
			table[i].lower);
		assert_int_equal(fa_wilson_upper(table[i].right, table[i].hits),
			table[i].upper);
	}
}

static void
wilson_bounds_are_ordered_and_grow(void **state)
{
	(void)state;
	for (uint32_t n = 1; n <= 300; n++) {
		for (uint32_t r = 0; r <= n; r++) {
			uint32_t low = fa_wilson_lower(r, n);
			uint32_t high = fa_wilson_upper(r, n);

			assert_true(low * n <= 1000 * r);
			assert_true(high * n >= 1000 * r);
			assert_true(high <= 1000);
			assert_true(r == 0 || low >= fa_wilson_lower(r - 1, n));
			assert_true(
				r == 0 || high >= fa_wilson_upper(r - 1, n));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_values_agree),
		cmocka_unit_test(unknown_names_and_values_are_told),
		cmocka_unit_test(ids_are_found_by_halving),
		cmocka_unit_test(wilson_bounds_match_known_values),
		cmocka_unit_test(wilson_bounds_are_ordered_and_grow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
