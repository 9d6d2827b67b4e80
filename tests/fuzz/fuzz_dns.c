/* Answers of name servers: the input is a message, but its id and question
 * are set to ours where it has any, so that most of what is behind is read.
 * Invariants: what is kept are addresses in their canonical text, each once; a
 * failure changes nothing; reading again gives the same. */
#include <arpa/inet.h>
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "fetch/dns.h"

#define MESSAGE_BYTES 4096
#define ID 0x1234

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const struct fa_dns_answer *a, enum fa_dns_type type)
{
	int family = type == FA_DNS_A ? AF_INET : AF_INET6;

	assert(a->n <= FA_DNS_ADDRESSES);
	assert(memchr(a->alias, '\0', sizeof(a->alias)));
	for (size_t i = 0; i < a->n; i++) {
		unsigned char addr[16];
		char text[INET6_ADDRSTRLEN];

		assert(inet_pton(family, a->at[i], addr) == 1);
		assert(inet_ntop(family, addr, text, sizeof(text)));
		assert(strcmp(text, a->at[i]) == 0);
		for (size_t k = 0; k < i; k++)
			assert(strcmp(a->at[k], a->at[i]) != 0);
	}
}

static void
try(struct fa_str message, enum fa_dns_type type)
{
	struct fa_dns_answer a, b;
	struct fa_err err;
	int rc;

	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	rc = fa_dns_read(&a, message, ID, FA_STR("a.example"), type, &err);
	if (rc < 0) {
		assert(rc == FA_E_INPUT);
		assert(memcmp(&a, &b, sizeof(a)) == 0);
		return;
	}
	check(&a, type);
	rc = fa_dns_read(&b, message, ID, FA_STR("A.Example."), type, &err);
	assert(rc == FA_OK && memcmp(&a, &b, sizeof(a)) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char question[] = "\1a\7example\0\0\1\0\1";
	char m[MESSAGE_BYTES];

	if (size > sizeof(m))
		return 0;
	memcpy(m, data, size);
	try((struct fa_str){ m, size }, FA_DNS_A);
	if (size < 12 + sizeof(question) - 1)
		return 0;
	m[0] = ID >> 8;
	m[1] = ID & 0xff;
	m[2] = (char)(m[2] | 0x80);
	m[4] = 0;
	m[5] = 1;
	memcpy(m + 12, question, sizeof(question) - 1);
	try((struct fa_str){ m, size }, FA_DNS_A);
	m[12 + 12] = FA_DNS_AAAA;
	try((struct fa_str){ m, size }, FA_DNS_AAAA);
	return 0;
}
