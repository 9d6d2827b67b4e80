/* Making DSSE envelopes; sign_verify.c reads them. */
#include "evidence/sign.h"

#include <string.h>

#include "base/base64.h"
#include "base/json.h"
#include "evidence/crypto.h"
#include "evidence/sign_parts.h"

void
fa_sign_pae(struct fa_buf *out, struct fa_str type, struct fa_str payload)
{
	fa_buf_addf(out, "DSSEv1 %zu ", type.n);
	fa_buf_add(out, type);
	fa_buf_addf(out, " %zu ", payload.n);
	fa_buf_add(out, payload);
}

int
fa_sign_no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "out of memory for a signature");
}

int
fa_sign_key_kind(enum fa_sign_kind *out, EVP_PKEY *key, struct fa_err *err)
{
	int bits = fa_crypto()->EVP_PKEY_get_bits(key),
	    kind = fa_crypto()->EVP_PKEY_get_base_id(key);

	if (kind == EVP_PKEY_ED25519) {
		*out = FA_SIGN_ED25519;
		return FA_OK;
	}
	if (kind != EVP_PKEY_RSA)
		return fa_fail(err, FA_E_UNSUPPORTED,
			"the key is of the kind %s, expected Ed25519 or RSA",
			fa_crypto()->EVP_PKEY_get0_type_name(key)
				? fa_crypto()->EVP_PKEY_get0_type_name(key)
				: "?");
	if (bits < FA_SIGN_RSA_BITS)
		return fa_fail(err, FA_E_UNSUPPORTED,
			"the RSA key has %d bits, expected at least %d", bits,
			FA_SIGN_RSA_BITS);
	*out = FA_SIGN_RSA;
	return FA_OK;
}

int
fa_sign_keyid(char hex[FA_HASH_HEX_BYTES], EVP_PKEY *key, struct fa_err *err)
{
	unsigned char *der = NULL;
	int n = fa_crypto()->i2d_PUBKEY(key, &der), rc;

	if (n <= 0)
		return fa_sign_no_memory(err);
	rc = fa_hash_sha256(
		hex, (struct fa_str){ (const char *)der, (size_t)n }, err);
	fa_crypto_free(der);
	return rc;
}

/* Nobody is asked for a passphrase: a key that wants one is refused. */
static int
no_passphrase(char *buf, int size, int rwflag, void *asked)
{
	(void)buf;
	(void)size;
	(void)rwflag;
	*(bool *)asked = true;
	return -1;
}

static int
load_key(EVP_PKEY **out, struct fa_str pem, struct fa_err *err)
{
	BIO *b;
	EVP_PKEY *key = NULL;
	bool asked = false;

	if (pem.n > FA_SIGN_KEY_BYTES)
		return fa_fail(err, FA_E_INPUT,
			"the key has %zu bytes, at most %u are read", pem.n,
			FA_SIGN_KEY_BYTES);
	b = fa_crypto()->BIO_new_mem_buf(pem.p ? pem.p : "", (int)pem.n);
	if (!b)
		return fa_sign_no_memory(err);
	key = fa_crypto()->PEM_read_bio_PrivateKey(
		b, NULL, no_passphrase, &asked);
	fa_crypto()->BIO_free(b);
	if (key) {
		*out = key;
		return FA_OK;
	}
	if (fa_crypto_is_memory_out())
		return fa_sign_no_memory(err);
	if (asked)
		return fa_fail(err, FA_E_UNSUPPORTED,
			"the key is encrypted, and nobody is asked for a "
			"passphrase; decrypt it first (openssl pkey)");
	return fa_fail(err, FA_E_INPUT,
		"this is no private key in PEM (BEGIN PRIVATE KEY)");
}

/* The signature over the bytes, which OPENSSL_free releases. */
static int
sign_bytes(unsigned char **sig, size_t *n, EVP_PKEY *key, struct fa_str bytes,
	struct fa_err *err)
{
	const unsigned char *p = (const unsigned char *)bytes.p;
	EVP_MD_CTX *ctx = fa_crypto()->EVP_MD_CTX_new();
	const char *md = fa_crypto()->EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA
		? "SHA256"
		: NULL;
	unsigned char *s = NULL;
	bool ok;

	ok = ctx &&
		fa_crypto()->EVP_DigestSignInit_ex(
			ctx, NULL, md, NULL, NULL, key, NULL) == 1 &&
		fa_crypto()->EVP_DigestSign(ctx, NULL, n, p, bytes.n) == 1;
	if (ok)
		s = fa_crypto()->CRYPTO_malloc(*n, __FILE__, __LINE__);
	ok = s && fa_crypto()->EVP_DigestSign(ctx, s, n, p, bytes.n) == 1;
	fa_crypto()->EVP_MD_CTX_free(ctx);
	if (ok) {
		*sig = s;
		return FA_OK;
	}
	fa_crypto_free(s);
	return fa_fail(err, FA_E_NOMEM, "the key did not sign: %s",
		fa_crypto()->ERR_reason_error_string(
			fa_crypto()->ERR_peek_last_error())
			? fa_crypto()->ERR_reason_error_string(
				  fa_crypto()->ERR_peek_last_error())
			: "out of memory");
}

static void
add_envelope(struct fa_buf *out, struct fa_str type, struct fa_str payload,
	const char *keyid, struct fa_str sig)
{
	struct fa_jw w;

	fa_jw_init(&w, out, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "payloadType", type);
	fa_buf_adds(out, ",\"payload\":\"");
	fa_base64_add(out, payload);
	fa_buf_adds(out, "\",\"signatures\":[{\"keyid\":\"");
	fa_buf_adds(out, keyid);
	fa_buf_adds(out, "\",\"sig\":\"");
	fa_base64_add(out, sig);
	fa_buf_adds(out, "\"}]}\n");
}

static int
sign(struct fa_buf *out, struct fa_str type, struct fa_str payload,
	EVP_PKEY *key, struct fa_err *err)
{
	char keyid[FA_HASH_HEX_BYTES];
	enum fa_sign_kind kind;
	unsigned char *sig = NULL;
	struct fa_buf pae;
	size_t n = 0, before = out->n;
	int rc = fa_sign_key_kind(&kind, key, err);

	fa_buf_init(&pae, FA_SIGN_ENVELOPE_BYTES);
	if (rc == FA_OK)
		rc = fa_sign_keyid(keyid, key, err);
	fa_sign_pae(&pae, type, payload);
	if (rc == FA_OK)
		rc = fa_buf_rc(&pae, "what is to be signed", err);
	if (rc == FA_OK)
		rc = sign_bytes(&sig, &n, key, fa_buf_str(&pae), err);
	if (rc == FA_OK) {
		add_envelope(out, type, payload, keyid,
			(struct fa_str){ (const char *)sig, n });
		rc = fa_buf_rc(out, "a signature", err);
		if (rc < 0)
			out->n = before;
	}
	fa_crypto_free(sig);
	fa_buf_done(&pae);
	return rc;
}

int
fa_sign_dsse(struct fa_buf *out, struct fa_str type, struct fa_str payload,
	struct fa_str key_pem, struct fa_err *err)
{
	EVP_PKEY *key = NULL;
	int rc = fa_crypto_open(err);

	if (rc < 0)
		return rc;
	fa_crypto_begin();
	rc = load_key(&key, key_pem, err);
	if (rc == FA_OK)
		rc = sign(out, type, payload, key, err);
	fa_crypto()->EVP_PKEY_free(key);
	fa_crypto_begin();
	return rc;
}

static int
public_pem(struct fa_str *out, EVP_PKEY *key, struct fa_arena *a,
	struct fa_err *err)
{
	BIO *b = fa_crypto()->BIO_new(fa_crypto()->BIO_s_mem());
	struct fa_str pem = FA_STR_NONE;

	if (b && fa_crypto()->PEM_write_bio_PUBKEY(b, key) == 1)
		pem = fa_crypto_bytes(b);
	if (pem.n > 0)
		pem = fa_arena_dup(a, pem);
	fa_crypto()->BIO_free(b);
	if (!pem.p)
		return fa_sign_no_memory(err);
	*out = pem;
	return FA_OK;
}

int
fa_sign_public(struct fa_str *out, struct fa_str key_pem, struct fa_arena *a,
	struct fa_err *err)
{
	enum fa_sign_kind kind;
	EVP_PKEY *key = NULL;
	int rc = fa_crypto_open(err);

	if (rc < 0)
		return rc;
	fa_crypto_begin();
	rc = load_key(&key, key_pem, err);
	if (rc == FA_OK)
		rc = fa_sign_key_kind(&kind, key, err);
	if (rc == FA_OK)
		rc = public_pem(out, key, a, err);
	fa_crypto()->EVP_PKEY_free(key);
	fa_crypto_begin();
	return rc;
}
