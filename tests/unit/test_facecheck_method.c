/* Ways to verify a person without the face. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "facecheck/method/method.h"

static void
every_way_has_a_name_and_a_sentence_and_two_need_no_smartphone(void **state)
{
	int plain = 0;

	(void)state;
	for (int i = 0; i < FC_METHOD_COUNT; i++) {
		const struct fc_method_info *m =
			fc_method_info((enum fc_method)i);

		assert_int_equal(fc_method_parse(fa_str_c(m->name)), i);
		assert_true(strlen(m->title) > 0 && strlen(m->hint) > 0);
		plain += !m->needs_smartphone && !m->stub;
		/* A stub says so to who chooses it. */
		assert_int_equal(m->stub, strstr(m->hint, "演示") != NULL);
	}
	assert_true(plain >= 2);
	assert_string_equal(fc_method_info((enum fc_method)0)->name, "netid");
	assert_int_equal(fc_method_parse(FA_STR("face")), -1);
	assert_int_equal(fc_method_parse(FA_STR("")), -1);
}

/* RFC 6238, appendix B: SHA-1 rows; the last six of the eight digits. */
static void
totp_gives_the_codes_of_the_standard(void **state)
{
	static const struct {
		int64_t at_s;
		const char *code;
	} rows[] = { { 59, "287082" }, { 1111111109, "081804" },
		{ 1111111111, "050471" }, { 1234567890, "005924" },
		{ 2000000000, "279037" }, { 20000000000, "353130" } };
	struct fa_str secret = FA_STR("12345678901234567890");

	(void)state;
	for (size_t i = 0; i < FA_COUNT(rows); i++) {
		char digits[7];
		int64_t used = -1;

		assert_true(fc_totp_at(digits, secret, rows[i].at_s / 30));
		assert_string_equal(digits, rows[i].code);
		assert_true(fc_totp_ok(
			secret, fa_str_c(rows[i].code), rows[i].at_s, &used));
		assert_int_equal(used, rows[i].at_s / 30);
	}
}

/* RFC 4226, appendix D: the same function of a counter. */
static void
totp_gives_the_codes_of_the_counter_standard(void **state)
{
	static const char *const codes[] = { "755224", "287082", "359152",
		"969429", "338314", "254676", "287922", "162583", "399871",
		"520489" };
	char digits[7];

	(void)state;
	for (size_t i = 0; i < FA_COUNT(codes); i++) {
		assert_true(fc_totp_at(
			digits, FA_STR("12345678901234567890"), (int64_t)i));
		assert_string_equal(digits, codes[i]);
	}
}

static void
totp_takes_a_code_once_and_one_step_of_drift_either_way(void **state)
{
	struct fa_str secret = FA_STR("12345678901234567890");
	char code[4][7];
	int64_t used = -1, now = 100 * 30 + 7;

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_true(fc_totp_at(code[i], secret, 98 + i));
	assert_false(fc_totp_ok(secret, fa_str_c(code[0]), now, &used));
	assert_true(fc_totp_ok(secret, fa_str_c(code[1]), now, &used));
	assert_int_equal(used, 99);
	assert_false(fc_totp_ok(secret, fa_str_c(code[1]), now, &used));
	assert_true(fc_totp_ok(secret, fa_str_c(code[3]), now, &used));
	assert_int_equal(used, 101);
	/* One before the last that was taken. */
	assert_false(fc_totp_ok(secret, fa_str_c(code[2]), now, &used));
	assert_int_equal(used, 101);
}

static void
totp_refuses_what_is_no_code(void **state)
{
	struct fa_str secret = FA_STR("12345678901234567890");
	int64_t used = -1;

	(void)state;
	assert_false(fc_totp_ok(secret, FA_STR(""), 59, &used));
	assert_false(fc_totp_ok(secret, FA_STR_NONE, 59, &used));
	assert_false(fc_totp_ok(secret, FA_STR("28708"), 59, &used));
	assert_false(fc_totp_ok(secret, FA_STR("2870822"), 59, &used));
	assert_false(fc_totp_ok(secret, FA_STR("94287082"), 59, &used));
	assert_false(fc_totp_ok(FA_STR(""), FA_STR("287082"), 59, &used));
	assert_false(fc_totp_ok(secret, FA_STR("287082"), -59, &used));
	assert_int_equal(used, -1);
	/* At the beginning of time there is no step before. */
	assert_true(fc_totp_ok(secret, FA_STR("755224"), 0, &used));
	assert_int_equal(used, 0);
}

static int
base32_value(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' : c - '2' + 26;
}

static void
a_new_secret_is_written_as_authenticators_take_it(void **state)
{
	unsigned char secret[FC_TOTP_SECRET_BYTES], again[20], other[20];
	char text[33];
	struct fa_err err;

	(void)state;
	assert_int_equal(fc_totp_new(secret, text, &err), FA_OK);
	assert_int_equal(strlen(text), 32);
	assert_int_equal(strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), 32);
	memset(again, 0, sizeof(again));
	for (size_t bit = 0; bit < 160; bit++)
		if (base32_value(text[bit / 5]) >> (4 - bit % 5) & 1)
			again[bit / 8] |= (unsigned char)(0x80 >> bit % 8);
	assert_memory_equal(again, secret, sizeof(secret));
	assert_int_equal(fc_totp_new(other, text, &err), FA_OK);
	assert_memory_not_equal(other, secret, sizeof(secret));
}

/* Made-up numbers: places and orders that are nobody's, check characters by
 * the weights of GB 11643-1999, table 1, which is another way than the one the
 * program goes. */
static void
number(char out[19], const char *first17)
{
	static const int weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9,
		10, 5, 8, 4, 2 };
	int sum = 0;

	for (int i = 0; i < 17; i++)
		sum += (first17[i] - '0') * weights[i];
	(void)snprintf(out, 19, "%s%c", first17, "10X98765432"[sum % 11]);
}

static void
a_document_number_holds_with_its_check_character_only(void **state)
{
	static const char *const good[] = { "11010519491231002",
		"99999920240229001", "44052418800101001", "10000020001231999" };
	char n[19];
	int held = 0;

	(void)state;
	/* The example of the standard. */
	assert_true(fc_document_ok(FA_STR("11010519491231002X")));
	assert_true(fc_document_ok(FA_STR("11010519491231002x")));
	assert_true(fc_document_ok(FA_STR("440524188001010014")));
	for (size_t i = 0; i < FA_COUNT(good); i++) {
		number(n, good[i]);
		assert_true(fc_document_ok(fa_str_c(n)));
		for (const char *c = "0123456789X"; *c; c++) {
			n[17] = *c;
			held += fc_document_ok(fa_str_c(n));
		}
	}
	assert_int_equal(held, FA_COUNT(good));
}

/* What ISO 7064 MOD 11-2 is for: one digit changed, two neighbours swapped. */
static void
a_slip_in_a_document_number_is_noticed(void **state)
{
	char n[19], m[19];

	(void)state;
	number(n, "11010520000115123");
	for (int i = 0; i < 17; i++) {
		for (char c = '0'; c <= '9'; c++) {
			memcpy(m, n, sizeof(m));
			m[i] = c;
			assert_int_equal(
				fc_document_ok(fa_str_c(m)), c == n[i]);
		}
		memcpy(m, n, sizeof(m));
		m[i] = n[i + 1];
		m[i + 1] = n[i];
		if (i < 16 && m[i] != m[i + 1])
			assert_false(fc_document_ok(fa_str_c(m)));
	}
}

static void
a_document_number_without_a_day_of_the_calendar_is_none(void **state)
{
	static const char *const bad[] = { "11010520230229001",
		"11010520231301001", "11010520230431001", "11010520230100001",
		"01010520230101001" };
	char n[19];

	(void)state;
	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		number(n, bad[i]);
		assert_false(fc_document_ok(fa_str_c(n)));
	}
	assert_false(fc_document_ok(FA_STR("")));
	assert_false(fc_document_ok(FA_STR_NONE));
	assert_false(fc_document_ok(FA_STR("11010519491231002")));
	assert_false(fc_document_ok(FA_STR("11010519491231002X1")));
	assert_false(fc_document_ok(FA_STR("1101051949123100 X")));
	assert_false(fc_document_ok(FA_STR("-1010519491231002X")));
	assert_false(fc_document_ok(FA_STR("11010519491231002\0")));
}

static void
who_may_be_a_child_counts_as_one(void **state)
{
	char n[19];

	(void)state;
	number(n, "11010520101122001");
	assert_int_equal(fc_document_age(fa_str_c(n), 20241121), 13);
	assert_int_equal(fc_document_age(fa_str_c(n), 20241122), 13);
	assert_int_equal(fc_document_age(fa_str_c(n), 20241123), 14);
	assert_int_equal(fc_document_age(fa_str_c(n), 20101122), 0);
	assert_int_equal(fc_document_age(fa_str_c(n), 20101121), -1);
	assert_int_equal(fc_document_age(FA_STR("1"), 20241121), -1);
	number(n, "11010520120229001");
	assert_int_equal(fc_document_age(fa_str_c(n), 20260228), 13);
	assert_int_equal(fc_document_age(fa_str_c(n), 20260301), 14);
}

static void
a_sent_code_is_right_once_within_its_time_and_tries(void **state)
{
	struct fc_code c, d;
	struct fa_err err;
	char wrong[7];

	(void)state;
	assert_int_equal(fc_code_new(&c, 1000, &err), FA_OK);
	assert_int_equal(strspn(c.digits, "0123456789"), 6);
	assert_int_equal(c.until_s, 1000 + FC_CODE_SECONDS);
	d = c;
	assert_true(fc_code_ok(&d, fa_str_c(c.digits), 1299));
	assert_false(fc_code_ok(&d, fa_str_c(c.digits), 1299));
	d = c;
	assert_false(fc_code_ok(&d, fa_str_c(c.digits), 1300));
	d = c;
	memcpy(wrong, c.digits, sizeof(wrong));
	wrong[5] = wrong[5] == '0' ? '1' : '0';
	for (int i = 0; i < FC_CODE_TRIES; i++)
		assert_false(fc_code_ok(&d, fa_str_c(wrong), 1001));
	assert_false(fc_code_ok(&d, fa_str_c(c.digits), 1001));
	d = c;
	for (int i = 0; i < FC_CODE_TRIES - 1; i++)
		assert_false(fc_code_ok(&d, FA_STR("12345"), 1001));
	assert_true(fc_code_ok(&d, fa_str_c(c.digits), 1001));
}

/* 2,000 draws: each digit in each place is there, far from its expected 200 by
 * less than 6 standard deviations (80). */
static void
sent_codes_are_spread_over_all_digits(void **state)
{
	int seen[6][10] = { { 0 } };
	struct fa_err err;
	struct fc_code c;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		assert_int_equal(fc_code_new(&c, 0, &err), FA_OK);
		for (int k = 0; k < 6; k++)
			seen[k][c.digits[k] - '0']++;
	}
	for (int k = 0; k < 6; k++)
		for (int d = 0; d < 10; d++)
			assert_in_range(seen[k][d], 120, 280);
}

static void
the_stub_of_the_network_answers_for_one_session(void **state)
{
	struct fa_str id = FA_STR("00112233445566778899aabbccddeeff");
	char ticket[FC_NETID_BYTES];
	bool yes = false;

	(void)state;
	assert_true(fc_netid_answer(ticket, true, id));
	assert_non_null(strstr(ticket, "stub"));
	assert_true(fc_netid_read(&yes, fa_str_c(ticket), id));
	assert_true(yes);
	assert_false(fc_netid_read(&yes, fa_str_c(ticket),
		FA_STR("10112233445566778899aabbccddeeff")));
	assert_true(fc_netid_answer(ticket, false, id));
	assert_true(fc_netid_read(&yes, fa_str_c(ticket), id));
	assert_false(yes);
	assert_false(fc_netid_read(&yes, FA_STR("yes"), id));
	assert_false(fc_netid_read(&yes, FA_STR_NONE, id));
	assert_false(fc_netid_answer(ticket, true, FA_STR("")));
	assert_false(fc_netid_answer(ticket, true,
		FA_STR("00112233445566778899aabbccddeeff00112233445566778899aab"
		       "bccddeeff")));
}

int
main(void)
{
#define T(f) cmocka_unit_test(f)
	const struct CMUnitTest tests[] = {
		T(every_way_has_a_name_and_a_sentence_and_two_need_no_smartphone),
		T(totp_gives_the_codes_of_the_standard),
		T(totp_gives_the_codes_of_the_counter_standard),
		T(totp_takes_a_code_once_and_one_step_of_drift_either_way),
		T(totp_refuses_what_is_no_code),
		T(a_new_secret_is_written_as_authenticators_take_it),
		T(a_document_number_holds_with_its_check_character_only),
		T(a_slip_in_a_document_number_is_noticed),
		T(a_document_number_without_a_day_of_the_calendar_is_none),
		T(who_may_be_a_child_counts_as_one),
		T(a_sent_code_is_right_once_within_its_time_and_tries),
		T(sent_codes_are_spread_over_all_digits),
		T(the_stub_of_the_network_answers_for_one_session),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
