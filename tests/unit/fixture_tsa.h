/* Authorities that stamp what they are asked to, at any time they are told. */
#ifndef FIXTURE_TSA_H
#define FIXTURE_TSA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include "base/buf.h"
#include "evidence/stamp.h"

#define TSA_DAY ((int64_t)86400)
#define TSA_NOW INT64_C(1795671600) /* 2026-11-26 in seconds */
#define TSA_POLICY "1.2.3.4.1"

enum tsa_use {
	TSA_USE_STAMP,  /* critical extended key usage timeStamping */
	TSA_USE_SERVER, /* serverAuth */
	TSA_USE_CA
};

struct tsa_cert {
	EVP_PKEY *key;
	X509 *cert;
};

/* A certificate for kind of key ("EC", "RSA", "SM2", "ED25519"), valid from
 * from to to, in days from TSA_NOW, signed by ca (NULL: by itself). */
static inline struct tsa_cert
tsa_make(const char *kind, const char *name, const struct tsa_cert *ca,
	enum tsa_use use, int64_t from, int64_t to)
{
	static const int nids[] = { NID_ext_key_usage, NID_ext_key_usage,
		NID_basic_constraints };
	static const char *const values[] = { "critical,timeStamping",
		"critical,serverAuth", "critical,CA:TRUE" };
	struct tsa_cert c;
	EVP_PKEY *signer;
	X509_EXTENSION *ext;
	X509_NAME *n;
	X509V3_CTX ctx;

	if (strcmp(kind, "EC") == 0)
		c.key = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
	else if (strcmp(kind, "RSA") == 0)
		c.key = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)2048);
	else
		c.key = EVP_PKEY_Q_keygen(NULL, NULL, kind);
	c.cert = X509_new();
	assert_non_null(c.key);
	assert_non_null(c.cert);
	assert_int_equal(X509_set_version(c.cert, 2), 1);
	assert_int_equal(
		ASN1_INTEGER_set(X509_get_serialNumber(c.cert), ca ? 4711 : 1),
		1);
	assert_non_null(ASN1_TIME_set(X509_getm_notBefore(c.cert),
		(time_t)(TSA_NOW + from * TSA_DAY)));
	assert_non_null(ASN1_TIME_set(
		X509_getm_notAfter(c.cert), (time_t)(TSA_NOW + to * TSA_DAY)));
	n = X509_get_subject_name(c.cert);
	assert_int_equal(
		X509_NAME_add_entry_by_txt(n, "O", MBSTRING_UTF8,
			(const unsigned char *)"时间戳中心", -1, -1, 0),
		1);
	assert_int_equal(X509_NAME_add_entry_by_txt(n, "CN", MBSTRING_UTF8,
				 (const unsigned char *)name, -1, -1, 0),
		1);
	assert_int_equal(X509_set_issuer_name(c.cert,
				 X509_get_subject_name(ca ? ca->cert : c.cert)),
		1);
	assert_int_equal(X509_set_pubkey(c.cert, c.key), 1);
	X509V3_set_ctx(&ctx, ca ? ca->cert : c.cert, c.cert, NULL, NULL, 0);
	ext = X509V3_EXT_conf_nid(NULL, &ctx, nids[use], values[use]);
	assert_non_null(ext);
	assert_int_equal(X509_add_ext(c.cert, ext, -1), 1);
	X509_EXTENSION_free(ext);
	signer = ca ? ca->key : c.key;
	assert_true(
		X509_sign(c.cert, signer,
			EVP_PKEY_is_a(signer, "ED25519") ? NULL
							 : EVP_sha256()) > 0);
	return c;
}

static inline void
tsa_free(struct tsa_cert *c)
{
	EVP_PKEY_free(c->key);
	X509_free(c->cert);
}

static inline ASN1_INTEGER *
tsa_serial(struct TS_resp_ctx *ctx, void *data)
{
	ASN1_INTEGER *i = ASN1_INTEGER_new();

	(void)ctx;
	(void)data;
	assert_int_equal(ASN1_INTEGER_set(i, 0x1a2b), 1);
	return i;
}

static inline int
tsa_time(struct TS_resp_ctx *ctx, void *data, long *sec, long *usec)
{
	(void)ctx;
	memcpy(sec, data, sizeof(*sec));
	*usec = 123000;
	return 1;
}

struct tsa {
	const struct tsa_cert *cert;
	const struct tsa_cert *ca; /* goes into the token; NULL: does not */
	long at_s;
	bool no_cert; /* of its own in the token either */
};

static inline struct fa_str
tsa_dup(struct fa_arena *a, unsigned char *p, int n)
{
	struct fa_str s;

	assert_true(n > 0);
	s = fa_arena_dup(a, (struct fa_str){ (const char *)p, (size_t)n });
	assert_non_null(s.p);
	OPENSSL_free(p);
	return s;
}

/* The answer to a request, in a. */
static inline struct fa_str
tsa_answer(struct tsa *t, struct fa_str request, struct fa_arena *a)
{
	TS_RESP_CTX *ctx = TS_RESP_CTX_new();
	BIO *in = BIO_new_mem_buf(request.p, (int)request.n);
	STACK_OF(X509) *certs = sk_X509_new_null();
	ASN1_OBJECT *policy = OBJ_txt2obj(TSA_POLICY, 1);
	unsigned char *der = NULL;
	TS_RESP *resp;
	int n;

	assert_non_null(ctx);
	TS_RESP_CTX_set_serial_cb(ctx, tsa_serial, NULL);
	TS_RESP_CTX_set_time_cb(ctx, tsa_time, &t->at_s);
	assert_int_equal(TS_RESP_CTX_set_signer_cert(ctx, t->cert->cert), 1);
	assert_int_equal(TS_RESP_CTX_set_signer_key(ctx, t->cert->key), 1);
	assert_int_equal(TS_RESP_CTX_set_signer_digest(ctx, EVP_sha256()), 1);
	assert_int_equal(TS_RESP_CTX_set_def_policy(ctx, policy), 1);
	assert_int_equal(TS_RESP_CTX_add_md(ctx, EVP_sha256()), 1);
	assert_int_equal(TS_RESP_CTX_add_md(ctx, EVP_sm3()), 1);
	assert_int_equal(TS_RESP_CTX_set_accuracy(ctx, 1, 500, 100), 1);
	assert_int_equal(TS_RESP_CTX_set_clock_precision_digits(ctx, 3), 1);
	TS_RESP_CTX_add_flags(ctx, TS_ORDERING);
	if (t->ca) {
		assert_true(sk_X509_push(certs, t->ca->cert) > 0);
		assert_int_equal(TS_RESP_CTX_set_certs(ctx, certs), 1);
	}
	resp = TS_RESP_create_response(ctx, in);
	assert_non_null(resp);
	n = i2d_TS_RESP(resp, &der);
	TS_RESP_free(resp);
	ASN1_OBJECT_free(policy);
	sk_X509_free(certs);
	BIO_free(in);
	TS_RESP_CTX_free(ctx);
	return tsa_dup(a, der, n);
}

/* The token of an answer, bare. */
static inline struct fa_str
tsa_token(struct fa_str response, struct fa_arena *a)
{
	const unsigned char *p = (const unsigned char *)response.p;
	TS_RESP *resp = d2i_TS_RESP(NULL, &p, (long)response.n);
	unsigned char *der = NULL;
	int n;

	assert_non_null(resp);
	n = i2d_PKCS7(TS_RESP_get_token(resp), &der);
	TS_RESP_free(resp);
	return tsa_dup(a, der, n);
}

static inline struct fa_str
tsa_pem(const struct tsa_cert *c, struct fa_arena *a)
{
	BIO *b = BIO_new(BIO_s_mem());
	char *p = NULL;
	struct fa_str s;
	long n;

	assert_int_equal(PEM_write_bio_X509(b, c->cert), 1);
	n = BIO_get_mem_data(b, &p);
	s = fa_arena_dup(a, (struct fa_str){ p, (size_t)n });
	assert_non_null(s.p);
	BIO_free(b);
	return s;
}

static inline struct fa_str
tsa_key_pem(EVP_PKEY *key, const char *passphrase, struct fa_arena *a)
{
	BIO *b = BIO_new(BIO_s_mem());
	char *p = NULL;
	struct fa_str s;
	long n;

	assert_int_equal(PEM_write_bio_PKCS8PrivateKey(b, key,
				 passphrase ? EVP_aes_256_cbc() : NULL,
				 passphrase, passphrase ? 4 : 0, NULL, NULL),
		1);
	n = BIO_get_mem_data(b, &p);
	s = fa_arena_dup(a, (struct fa_str){ p, (size_t)n });
	assert_non_null(s.p);
	BIO_free(b);
	return s;
}

/* libcrypto's authority refuses to stamp with such a certificate; so it is
 * swapped in afterwards, with the same key and number. */
static inline struct fa_str
tsa_swap_cert(struct fa_str response, X509 *cert, struct fa_arena *a)
{
	const unsigned char *p = (const unsigned char *)response.p;
	TS_RESP *resp = d2i_TS_RESP(NULL, &p, (long)response.n);
	PKCS7 *p7 = TS_RESP_get_token(resp);
	unsigned char *der = NULL;
	int n;

	X509_free(sk_X509_pop(p7->d.sign->cert));
	if (cert) {
		assert_int_equal(X509_up_ref(cert), 1);
		assert_true(sk_X509_push(p7->d.sign->cert, cert) > 0);
	}
	n = i2d_TS_RESP(resp, &der);
	TS_RESP_free(resp);
	return tsa_dup(a, der, n);
}

#endif
