#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "fetch/dns.h"

#define ID 0x1234

/* A message under construction; numbers as in RFC 1035, 4.1. */
struct draft {
	char at[2048];
	size_t n;
};

static void
put(struct draft *d, const void *bytes, size_t n)
{
	assert_true(d->n + n <= sizeof(d->at));
	memcpy(d->at + d->n, bytes, n);
	d->n += n;
}

static void
put16(struct draft *d, unsigned v)
{
	const unsigned char b[2] = { (unsigned char)(v >> 8),
		(unsigned char)(v & 0xff) };

	put(d, b, 2);
}

static void
put_name(struct draft *d, const char *name)
{
	struct fa_str rest = fa_str_c(name);

	while (rest.p) {
		struct fa_str label = fa_str_cut(&rest, '.');
		char n = (char)label.n;

		put(d, &n, 1);
		put(d, label.p, label.n);
	}
	put(d, "", 1);
}

static struct draft
answer_to(const char *name, unsigned type, unsigned flags, unsigned records)
{
	struct draft d = { .n = 0 };

	put16(&d, ID);
	put16(&d, 0x8180 | flags);
	put16(&d, 1);
	put16(&d, records);
	put16(&d, 0);
	put16(&d, 0);
	put_name(&d, name);
	put16(&d, type);
	put16(&d, 1);
	return d;
}

/* owner NULL: a pointer to the question. */
static void
put_record(struct draft *d, const char *owner, unsigned type, unsigned ttl,
	const void *data, size_t n)
{
	if (owner)
		put_name(d, owner);
	else
		put16(d, 0xc00c);
	put16(d, type);
	put16(d, 1);
	put16(d, 0);
	put16(d, ttl);
	put16(d, (unsigned)n);
	put(d, data, n);
}

static int
read_draft(struct fa_dns_answer *out, const struct draft *d, const char *name,
	enum fa_dns_type type)
{
	struct fa_err err;

	memset(out, 0, sizeof(*out));
	return fa_dns_read(out, (struct fa_str){ d->at, d->n }, ID,
		fa_str_c(name), type, &err);
}

static void
all_addresses_of_an_answer_come_in_their_order_each_once(void **state)
{
	struct draft d = answer_to("www.Example.com", FA_DNS_A, 0, 3);
	struct fa_dns_answer a;

	(void)state;
	put_record(&d, NULL, FA_DNS_A, 300, "\xc0\x00\x02\x07", 4);
	put_record(&d, "www.example.COM", FA_DNS_A, 60, "\xc0\x00\x02\x01", 4);
	put_record(&d, NULL, FA_DNS_A, 300, "\xc0\x00\x02\x07", 4);
	assert_int_equal(read_draft(&a, &d, "www.example.com.", FA_DNS_A), 0);
	assert_int_equal(a.n, 2);
	assert_string_equal(a.at[0], "192.0.2.7");
	assert_string_equal(a.at[1], "192.0.2.1");
	assert_int_equal(a.ttl_s, 60);
	assert_string_equal(a.alias, "");
}

static void
an_alias_is_followed_and_strangers_are_not(void **state)
{
	struct draft d = answer_to("a.example", FA_DNS_A, 0, 4),
		     target = { .n = 0 };
	struct fa_dns_answer a;

	(void)state;
	put_name(&target, "b.example");
	/* Records may stand in any order. */
	put_record(&d, "b.example", FA_DNS_A, 60, "\xc0\x00\x02\x02", 4);
	put_record(&d, "evil.example", FA_DNS_A, 60, "\x7f\x00\x00\x01", 4);
	put_record(&d, "a.example", FA_DNS_A, 60, "\x0a\x00\x00\x01", 4);
	put_record(&d, NULL, 5, 60, target.at, target.n);
	assert_int_equal(read_draft(&a, &d, "a.example", FA_DNS_A), 0);
	assert_int_equal(a.n, 1);
	assert_string_equal(a.at[0], "192.0.2.2");
	assert_string_equal(a.alias, "b.example");
}

static void
a_ring_of_aliases_ends(void **state)
{
	struct draft d = answer_to("a.example", FA_DNS_AAAA, 0, 2),
		     there = { .n = 0 }, back = { .n = 0 };
	struct fa_dns_answer a;

	(void)state;
	put_name(&there, "b.example");
	put_name(&back, "a.example");
	put_record(&d, NULL, 5, 60, there.at, there.n);
	put_record(&d, "b.example", 5, 60, back.at, back.n);
	assert_int_equal(read_draft(&a, &d, "a.example", FA_DNS_AAAA), 0);
	assert_int_equal(a.n, 0);
}

static void
more_addresses_than_are_kept_are_noted(void **state)
{
	struct draft d =
		answer_to("a.example", FA_DNS_A, 0, FA_DNS_ADDRESSES + 1);
	struct fa_dns_answer a;

	(void)state;
	for (int i = 0; i <= FA_DNS_ADDRESSES; i++) {
		const unsigned char ip[4] = { 192, 0, 2, (unsigned char)i };

		put_record(&d, NULL, FA_DNS_A, 60, ip, 4);
	}
	assert_int_equal(read_draft(&a, &d, "a.example", FA_DNS_A), 0);
	assert_int_equal(a.n, FA_DNS_ADDRESSES);
	assert_true(a.more);
}

static void
a_name_that_does_not_exist_is_no_malformed_answer(void **state)
{
	struct draft d = answer_to("a.example", FA_DNS_A, 3, 0);
	struct fa_dns_answer a;

	(void)state;
	assert_int_equal(read_draft(&a, &d, "a.example", FA_DNS_A), 0);
	assert_int_equal(a.n, 0);
	assert_int_equal(a.rcode, 3);
}

static void
answers_to_other_questions_are_refused(void **state)
{
	struct draft d = answer_to("a.example", FA_DNS_A, 0, 0);
	struct fa_dns_answer a;

	(void)state;
	assert_int_equal(read_draft(&a, &d, "b.example", FA_DNS_A), FA_E_INPUT);
	assert_int_equal(
		read_draft(&a, &d, "a.example", FA_DNS_AAAA), FA_E_INPUT);
	d.at[0] ^= 1; /* another id */
	assert_int_equal(read_draft(&a, &d, "a.example", FA_DNS_A), FA_E_INPUT);
	d.at[0] ^= 1;
	d.at[2] = 0x01; /* a question, no answer */
	assert_int_equal(read_draft(&a, &d, "a.example", FA_DNS_A), FA_E_INPUT);
}

static void
an_answer_cut_at_any_byte_is_malformed_or_says_so(void **state)
{
	struct draft whole = answer_to("a.example", FA_DNS_A, 0, 1);
	struct fa_dns_answer a;

	(void)state;
	put_record(&whole, NULL, FA_DNS_A, 60, "\xc0\x00\x02\x07", 4);
	for (size_t n = 0; n < whole.n; n++) {
		struct draft d = whole;

		d.n = n;
		assert_int_equal(
			read_draft(&a, &d, "a.example", FA_DNS_A), FA_E_INPUT);
		assert_int_equal(a.n, 0);
	}
	whole.at[2] |= 0x02; /* TC */
	whole.n -= 4;
	assert_int_equal(read_draft(&a, &whole, "a.example", FA_DNS_A), 0);
	assert_true(a.cut);
}

static void
a_pointer_forwards_or_to_itself_is_malformed(void **state)
{
	struct fa_dns_answer a;

	(void)state;
	for (unsigned to = 0; to < 2; to++) {
		struct draft d = answer_to("a.example", FA_DNS_A, 0, 1);

		put16(&d, 0xc000 | (unsigned)(d.n + 2 * to));
		put(&d, "\0\1\0\1\0\0\0\0\0\4\1\2\3\4", 14);
		assert_int_equal(
			read_draft(&a, &d, "a.example", FA_DNS_A), FA_E_INPUT);
	}
}

static void
a_question_is_that_of_the_standard(void **state)
{
	struct fa_buf b;
	struct fa_err err;

	(void)state;
	fa_buf_init(&b, 512);
	assert_int_equal(
		fa_dns_question(&b, ID, FA_STR("A.b."), FA_DNS_AAAA, &err), 0);
	assert_int_equal(b.n, 12 + 5 + 4);
	assert_memory_equal(
		b.p, "\x12\x34\1\0\0\1\0\0\0\0\0\0\1a\1b\0\0\x1c\0\1", b.n);
	fa_buf_done(&b);
}

static void
what_is_no_host_name_is_not_asked_for(void **state)
{
	static const char *const bad[] = { "", ".", "a..b", ".a",
		("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
		 "abcdefghijkl.example") };
	struct fa_buf b;
	struct fa_err err;

	(void)state;
	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		fa_buf_init(&b, 512);
		assert_int_equal(fa_dns_question(&b, ID, fa_str_c(bad[i]),
					 FA_DNS_A, &err),
			FA_E_INPUT);
		fa_buf_done(&b);
	}
}

static void
servers_are_addresses_with_or_without_a_port(void **state)
{
	static const struct {
		const char *text;
		int family;
		unsigned port;
	} good[] = { { "192.0.2.1", AF_INET, 53 },
		{ "192.0.2.1:5353", AF_INET, 5353 },
		{ "2001:db8::1", AF_INET6, 53 },
		{ "[2001:db8::1]", AF_INET6, 53 },
		{ "[2001:db8::1]:5353", AF_INET6, 5353 } };
	static const char *const bad[] = { "", "dns.example",
		"192.0.2.1:", "192.0.2.1:0", "192.0.2.1:65536", "[::1",
		"[::1]x", "1.2.3", "192.0.2.1:5x" };
	struct fa_dns_server s;
	struct fa_err err;

	(void)state;
	for (size_t i = 0; i < FA_COUNT(good); i++) {
		struct sockaddr_in in;
		struct sockaddr_in6 in6;

		assert_int_equal(
			fa_dns_server_parse(&s, fa_str_c(good[i].text), &err),
			0);
		assert_int_equal(s.addr.ss_family, good[i].family);
		memcpy(&in, &s.addr, sizeof(in));
		memcpy(&in6, &s.addr, sizeof(in6));
		assert_int_equal(
			ntohs(good[i].family == AF_INET ? in.sin_port
							: in6.sin6_port),
			good[i].port);
	}
	for (size_t i = 0; i < FA_COUNT(bad); i++)
		assert_int_equal(
			fa_dns_server_parse(&s, fa_str_c(bad[i]), &err),
			FA_E_USAGE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			all_addresses_of_an_answer_come_in_their_order_each_once),
		cmocka_unit_test(an_alias_is_followed_and_strangers_are_not),
		cmocka_unit_test(a_ring_of_aliases_ends),
		cmocka_unit_test(more_addresses_than_are_kept_are_noted),
		cmocka_unit_test(
			a_name_that_does_not_exist_is_no_malformed_answer),
		cmocka_unit_test(answers_to_other_questions_are_refused),
		cmocka_unit_test(
			an_answer_cut_at_any_byte_is_malformed_or_says_so),
		cmocka_unit_test(a_pointer_forwards_or_to_itself_is_malformed),
		cmocka_unit_test(a_question_is_that_of_the_standard),
		cmocka_unit_test(what_is_no_host_name_is_not_asked_for),
		cmocka_unit_test(servers_are_addresses_with_or_without_a_port),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
