/* Reading and checking DSSE envelopes. */
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/json.h"
#include "evidence/crypto.h"
#include "evidence/sign.h"
#include "evidence/sign_parts.h"

static EVP_PKEY *
of_certificate(struct fa_str pem)
{
	BIO *b = fa_crypto()->BIO_new_mem_buf(pem.p, (int)pem.n);
	X509 *cert =
		b ? fa_crypto()->PEM_read_bio_X509(b, NULL, NULL, NULL) : NULL;
	EVP_PKEY *key = cert ? fa_crypto()->X509_get_pubkey(cert) : NULL;

	fa_crypto()->X509_free(cert);
	fa_crypto()->BIO_free(b);
	return key;
}

static int
load_public(EVP_PKEY **out, struct fa_str pem, struct fa_err *err)
{
	size_t cert = fa_str_find(pem, FA_STR("-----BEGIN CERTIFICATE-"), 0);
	size_t key = fa_str_find(pem, FA_STR("-----BEGIN PUBLIC KEY-"), 0);
	EVP_PKEY *k = NULL;
	BIO *b;

	if (pem.n > FA_SIGN_KEY_BYTES)
		return fa_fail(err, FA_E_INPUT,
			"the key has %zu bytes, at most %u are read", pem.n,
			FA_SIGN_KEY_BYTES);
	if (key < cert) {
		b = fa_crypto()->BIO_new_mem_buf(pem.p, (int)pem.n);
		k = b ? fa_crypto()->PEM_read_bio_PUBKEY(b, NULL, NULL, NULL)
		      : NULL;
		fa_crypto()->BIO_free(b);
	} else if (cert != SIZE_MAX) {
		k = of_certificate(pem);
	}
	if (!k && fa_crypto_is_memory_out())
		return fa_sign_no_memory(err);
	if (!k)
		return fa_fail(err, FA_E_INPUT,
			"this is no public key or certificate in PEM");
	*out = k;
	return FA_OK;
}

static bool
matches(EVP_PKEY *key, struct fa_str bytes, struct fa_str sig)
{
	const char *md = fa_crypto()->EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA
		? "SHA256"
		: NULL;
	EVP_MD_CTX *ctx = fa_crypto()->EVP_MD_CTX_new();
	bool ok = ctx &&
		fa_crypto()->EVP_DigestVerifyInit_ex(
			ctx, NULL, md, NULL, NULL, key, NULL) == 1 &&
		fa_crypto()->EVP_DigestVerify(ctx, (const unsigned char *)sig.p,
			sig.n, (const unsigned char *)bytes.p, bytes.n) == 1;

	fa_crypto()->EVP_MD_CTX_free(ctx);
	return ok;
}

struct envelope {
	struct fa_str type, payload;
	const struct fa_json *signatures;
};

static int
parse(struct envelope *e, struct fa_str text, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_json *tree;
	struct fa_str payload;
	int rc;

	if (text.n > FA_SIGN_ENVELOPE_BYTES)
		return fa_fail(err, FA_E_LIMIT,
			"the envelope has %zu bytes, at most %u are read",
			text.n, FA_SIGN_ENVELOPE_BYTES);
	rc = fa_json_parse(&tree, text, a, err);
	if (rc < 0)
		return rc;
	e->type = fa_json_text(tree, "payloadType");
	payload = fa_json_text(tree, "payload");
	e->signatures = fa_json_find(tree, "signatures");
	if (!e->type.p || !payload.p || !e->signatures ||
		e->signatures->kind != FA_JSON_ARRAY ||
		e->signatures->count == 0 ||
		e->signatures->count > FA_SIGN_SIGNATURES_MAX)
		return fa_fail(err, FA_E_INPUT,
			"this is no DSSE envelope: payloadType, payload and 1 "
			"to %d signatures are expected",
			FA_SIGN_SIGNATURES_MAX);
	/* DSSE: readers take the URL-safe alphabet, too. */
	return fa_base64_decode(&e->payload, payload, a, err);
}

static int
look(struct fa_sign_result *r, const struct envelope *e, EVP_PKEY *key,
	struct fa_arena *a, struct fa_err *err)
{
	const struct fa_json *s = e->signatures->child;
	struct fa_buf pae;
	int rc;

	fa_buf_init(&pae, FA_SIGN_ENVELOPE_BYTES);
	fa_sign_pae(&pae, e->type, e->payload);
	rc = fa_buf_rc(&pae, "what was signed", err);
	for (; rc == FA_OK && s && !r->good; s = s->next) {
		struct fa_str text = fa_json_text(s, "sig"), sig = text;

		if (!text.p)
			rc = fa_fail(err, FA_E_INPUT,
				"a signature of the envelope lacks 'sig'");
		else
			rc = fa_base64_decode(&sig, text, a, err);
		fa_crypto_begin();
		if (rc == FA_OK)
			r->good = matches(key, fa_buf_str(&pae), sig);
		if (rc == FA_OK && !r->good && fa_crypto_is_memory_out())
			rc = fa_sign_no_memory(err);
	}
	fa_buf_done(&pae);
	if (rc == FA_OK && !r->good)
		(void)snprintf(r->why, sizeof(r->why),
			"none of the %zu signatures is right by this key",
			e->signatures->count);
	return rc;
}

static int
describe(struct fa_sign_result *r, EVP_PKEY *key, struct fa_arena *a,
	struct fa_err *err)
{
	enum fa_sign_kind kind;
	char name[32] = "ed25519";
	int rc = fa_sign_key_kind(&kind, key, err);

	if (rc < 0)
		return rc;
	if (kind == FA_SIGN_RSA)
		(void)snprintf(name, sizeof(name), "rsa-%d",
			fa_crypto()->EVP_PKEY_get_bits(key));
	r->key_kind = fa_arena_dup(a, fa_str_c(name));
	if (!r->key_kind.p)
		return fa_sign_no_memory(err);
	return fa_sign_keyid(r->keyid, key, err);
}

int
fa_sign_verify(struct fa_sign_result *out, struct fa_str envelope,
	struct fa_str public_pem, struct fa_arena *a, struct fa_err *err)
{
	struct fa_sign_result r;
	struct envelope e;
	EVP_PKEY *key = NULL;
	int rc = fa_crypto_open(err);

	if (rc < 0)
		return rc;
	fa_crypto_begin();
	memset(&r, 0, sizeof(r));
	rc = load_public(&key, public_pem, err);
	if (rc == FA_OK)
		rc = describe(&r, key, a, err);
	if (rc == FA_OK)
		rc = parse(&e, envelope, a, err);
	if (rc == FA_OK) {
		r.type = e.type;
		r.payload = e.payload;
		rc = look(&r, &e, key, a, err);
	}
	fa_crypto()->EVP_PKEY_free(key);
	fa_crypto_begin();
	if (rc == FA_OK)
		*out = r;
	return rc;
}
