/* Checking a stamp at its own time. In this order, so that the first thing
 * that is wrong is what is told: form, digest, signature, certificate. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "evidence/crypto.h"
#include "evidence/stamp_parts.h"

const char *
fa_stamp_state_name(enum fa_stamp_state s)
{
	static const char *const names[] = { "good", "malformed", "other-data",
		"forged", "unsupported", "no-certificate", "untrusted",
		"out-of-time", "wrong-use" };

	return (unsigned)s < FA_COUNT(names) ? names[s] : "?";
}

static void
say(struct fa_stamp_check *c, enum fa_stamp_state state, const char *what,
	const char *detail)
{
	c->state = state;
	(void)snprintf(c->why, sizeof(c->why), "%s%s%s", what,
		detail ? ": " : "", detail ? detail : "");
	for (size_t n = strlen(c->why); !fa_utf8_valid(fa_str_c(c->why)); n--)
		c->why[n] = '\0';
}

struct trust {
	STACK_OF(X509) * certs;
	X509_STORE *store;
};

static void
trust_done(struct trust *t)
{
	for (int i = 0; i < fa_crypto_count(t->certs); i++)
		fa_crypto()->X509_free(fa_crypto_item(t->certs, i));
	fa_crypto()->OPENSSL_sk_free((OPENSSL_STACK *)t->certs);
	fa_crypto()->X509_STORE_free(t->store);
}

static int
load_certs(struct trust *t, struct fa_str pem, struct fa_err *err)
{
	BIO *b = fa_crypto()->BIO_new_mem_buf(pem.p, (int)pem.n);
	unsigned long why;
	X509 *cert;

	if (!b)
		return fa_stamp_no_memory(err);
	while ((cert = fa_crypto()->PEM_read_bio_X509(b, NULL, NULL, NULL)) !=
		NULL)
		if (fa_crypto()->X509_STORE_add_cert(t->store, cert) != 1 ||
			fa_crypto()->OPENSSL_sk_push(
				(OPENSSL_STACK *)t->certs, cert) <= 0) {
			fa_crypto()->X509_free(cert);
			fa_crypto()->BIO_free(b);
			return fa_stamp_no_memory(err);
		}
	why = fa_crypto()->ERR_peek_last_error();
	fa_crypto()->BIO_free(b);
	if (fa_crypto_count(t->certs) > 0 && ERR_GET_LIB(why) == ERR_LIB_PEM &&
		ERR_GET_REASON(why) == PEM_R_NO_START_LINE)
		return FA_OK;
	if (ERR_GET_REASON(why) == ERR_R_MALLOC_FAILURE)
		return fa_stamp_no_memory(err);
	return fa_fail(err, FA_E_INPUT,
		"certificate %d of those to trust is none (PEM is expected)",
		fa_crypto_count(t->certs) + 1);
}

static int
trust_init(
	struct trust *t, struct fa_str pem, int64_t at_ms, struct fa_err *err)
{
	X509_VERIFY_PARAM *param;

	t->certs = (STACK_OF(X509) *)fa_crypto()->OPENSSL_sk_new_null();
	t->store = fa_crypto()->X509_STORE_new();
	if (!t->certs || !t->store)
		return fa_stamp_no_memory(err);
	param = fa_crypto()->X509_STORE_get0_param(t->store);
	fa_crypto()->X509_VERIFY_PARAM_set_time(param, (time_t)(at_ms / 1000));
	if (fa_crypto()->X509_VERIFY_PARAM_set_flags(
		    param, X509_V_FLAG_PARTIAL_CHAIN) != 1)
		return fa_stamp_no_memory(err);
	return pem.p ? load_certs(t, pem, err) : FA_OK;
}

/* Can libcrypto tell whether a signature by this certificate is right? Within
 * a token, OpenSSL 3.0 knows RSA (PKCS #1 v1.5), ECDSA and DSA; SM2, common in
 * China, RSA-PSS and Ed25519 it would call wrong. */
static bool
is_supported(const struct fa_token *t)
{
	PKCS7_SIGNER_INFO *si =
		fa_crypto_item(fa_crypto()->PKCS7_get_signer_info(t->p7), 0);
	EVP_PKEY *key = fa_crypto()->X509_get0_pubkey(t->signer);
	int kind = key ? fa_crypto()->EVP_PKEY_get_base_id(key) : EVP_PKEY_NONE;
	X509_ALGOR *digest = NULL, *sign = NULL;
	const char *name;

	fa_crypto()->PKCS7_SIGNER_INFO_get0_algs(si, NULL, &digest, &sign);
	name = fa_crypto()->OBJ_nid2sn(
		fa_crypto()->OBJ_obj2nid(digest->algorithm));
	return key && fa_crypto()->EVP_get_digestbyname(name) &&
		fa_crypto()->OBJ_obj2nid(sign->algorithm) != NID_rsassaPss &&
		(kind == EVP_PKEY_RSA || kind == EVP_PKEY_EC ||
			kind == EVP_PKEY_DSA);
}

/* Is the signature right, whoever made it? */
static bool
is_signed(const struct fa_token *t, STACK_OF(X509) * certs)
{
	BIO *out = fa_crypto()->BIO_new(fa_crypto()->BIO_s_null());
	bool ok = out &&
		fa_crypto()->PKCS7_verify(
			t->p7, certs, NULL, NULL, out, PKCS7_NOVERIFY) == 1;

	fa_crypto()->BIO_free(out);
	return ok;
}

static enum fa_stamp_state
state_of(int code)
{
	switch (code) {
	case X509_V_ERR_CERT_HAS_EXPIRED:
	case X509_V_ERR_CERT_NOT_YET_VALID:
		return FA_STAMP_OUT_OF_TIME;
	case X509_V_ERR_INVALID_PURPOSE:
	case X509_V_ERR_INVALID_CA:
		return FA_STAMP_WRONG_USE;
	default:
		return FA_STAMP_UNTRUSTED;
	}
}

/* RFC 5280, 6, for the purpose of RFC 3161, 2.3, at the stamp's time. */
static int
check_chain(struct fa_stamp_check *c, const struct fa_token *t,
	const struct trust *trust, struct fa_err *err)
{
	X509_STORE_CTX *ctx = fa_crypto()->X509_STORE_CTX_new();
	int code, ok;

	if (!ctx ||
		fa_crypto()->X509_STORE_CTX_init(ctx, trust->store, t->signer,
			t->p7->d.sign->cert) != 1 ||
		fa_crypto()->X509_STORE_CTX_set_purpose(
			ctx, X509_PURPOSE_TIMESTAMP_SIGN) != 1) {
		fa_crypto()->X509_STORE_CTX_free(ctx);
		return fa_stamp_no_memory(err);
	}
	ok = fa_crypto()->X509_verify_cert(ctx);
	code = fa_crypto()->X509_STORE_CTX_get_error(ctx);
	fa_crypto()->X509_STORE_CTX_free(ctx);
	if (code == X509_V_ERR_OUT_OF_MEM)
		return fa_stamp_no_memory(err);
	if (ok != 1)
		say(c, state_of(code),
			"the certificate of the authority, at the time of the "
			"stamp",
			fa_crypto()->X509_verify_cert_error_string(code));
	return FA_OK;
}

/* What only libcrypto's own check looks at: that the signature names the
 * certificate that it was made with (RFC 2634, RFC 5816). */
static int
check_whole(struct fa_stamp_check *c, const struct fa_token *t,
	const struct trust *trust, struct fa_err *err)
{
	X509 *signer = NULL;
	int ok = fa_crypto()->TS_RESP_verify_signature(
		t->p7, trust->certs, trust->store, &signer);
	const char *why = fa_crypto()->ERR_reason_error_string(
		fa_crypto()->ERR_peek_last_error());

	fa_crypto()->X509_free(signer);
	if (ok == 1)
		return FA_OK;
	if (fa_crypto_is_memory_out())
		return fa_stamp_no_memory(err);
	say(c, FA_STAMP_FORGED,
		"the stamp does not hold what RFC 3161 asks for", why);
	return FA_OK;
}

static int
check_signature(struct fa_stamp_check *c, struct fa_token *t,
	const struct trust *trust, struct fa_err *err)
{
	int rc;

	if (!t->signer && fa_crypto_is_memory_out())
		return fa_stamp_no_memory(err);
	if (!t->signer) {
		say(c, FA_STAMP_NO_CERT,
			"the certificate that signed the stamp is neither in "
			"it nor among those given",
			NULL);
		return FA_OK;
	}
	if (!is_supported(t)) {
		if (fa_crypto_is_memory_out())
			return fa_stamp_no_memory(err);
		say(c, FA_STAMP_UNSUPPORTED,
			"the stamp is signed in a way that this libcrypto "
			"cannot check",
			c->info.sign_alg.p);
		return FA_OK;
	}
	fa_crypto_begin();
	if (!is_signed(t, trust->certs)) {
		if (fa_crypto_is_memory_out())
			return fa_stamp_no_memory(err);
		say(c, FA_STAMP_FORGED, "the signature of the stamp is wrong",
			NULL);
		return FA_OK;
	}
	if (fa_crypto_count(trust->certs) == 0) {
		say(c, FA_STAMP_UNTRUSTED, "no certificate to trust is given",
			NULL);
		return FA_OK;
	}
	rc = check_chain(c, t, trust, err);
	fa_crypto_begin();
	if (rc == FA_OK && c->state == FA_STAMP_GOOD)
		rc = check_whole(c, t, trust, err);
	return rc;
}

static int
check(struct fa_stamp_check *c, struct fa_token *t, enum fa_imprint alg,
	const char *digest, struct fa_str ca_pem, struct fa_arena *a,
	struct fa_err *err)
{
	struct trust trust = { NULL, NULL };
	struct fa_err why;
	int rc;

	fa_token_find_signer(t, NULL);
	rc = fa_token_info(&c->info, t, a, &why);
	if (rc == FA_E_NOMEM)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc < 0) {
		say(c, FA_STAMP_MALFORMED, why.msg, NULL);
		return FA_OK;
	}
	rc = trust_init(&trust, ca_pem, c->info.gen_ms, err);
	if (rc == FA_OK && !t->signer) {
		fa_token_find_signer(t, trust.certs);
		rc = fa_token_info(&c->info, t, a, err);
	}
	if (rc == FA_OK &&
		(!fa_str_eq(
			 c->info.algorithm, fa_str_c(fa_imprint_name(alg))) ||
			!fa_str_eq(c->info.imprint, fa_str_c(digest))))
		say(c, FA_STAMP_OTHER_DATA,
			"the stamp was made for another digest",
			c->info.imprint.p);
	else if (rc == FA_OK)
		rc = check_signature(c, t, &trust, err);
	trust_done(&trust);
	return rc;
}

static int
too_long(struct fa_str pem, struct fa_err *err)
{
	return fa_fail(err, FA_E_LIMIT,
		"the certificates to trust have %zu bytes, at most %u are read",
		pem.n, FA_STAMP_CA_BYTES);
}

int
fa_stamp_check_certs(struct fa_str ca_pem, struct fa_err *err)
{
	struct trust t = { NULL, NULL };
	int rc;

	if (ca_pem.n > FA_STAMP_CA_BYTES)
		return too_long(ca_pem, err);
	rc = fa_crypto_open(err);
	if (rc < 0)
		return rc;
	fa_crypto_begin();
	rc = trust_init(&t, ca_pem.p ? ca_pem : FA_STR(""), INT64_C(1000), err);
	trust_done(&t);
	fa_crypto_begin();
	return rc;
}

int
fa_stamp_verify(struct fa_stamp_check *out, struct fa_str der,
	enum fa_imprint alg, const char *digest, struct fa_str ca_pem,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_token t = { NULL, NULL, NULL };
	struct fa_stamp_check c;
	struct fa_err why;
	int rc;

	if (ca_pem.p && ca_pem.n > FA_STAMP_CA_BYTES)
		return too_long(ca_pem, err);
	rc = fa_crypto_open(err);
	if (rc < 0)
		return rc;
	fa_crypto_begin();
	memset(&c, 0, sizeof(c));
	rc = fa_token_parse(&t, der, &why);
	fa_crypto_begin();
	if (rc == FA_OK)
		rc = check(&c, &t, alg, digest, ca_pem, a, err);
	else if (rc == FA_E_NOMEM)
		rc = fa_stamp_no_memory(err);
	else {
		say(&c, FA_STAMP_MALFORMED, why.msg, NULL);
		rc = FA_OK;
	}
	fa_token_done(&t);
	fa_crypto_begin();
	if (rc == FA_OK)
		*out = c;
	return rc;
}
