/* Asking for a stamp, and what comes back (RFC 3161, 2.4). */
#include "evidence/stamp.h"

#include <string.h>

#include "evidence/crypto.h"
#include "evidence/merkle.h"
#include "evidence/stamp_parts.h"

#define NONCE_BYTES 8

const char *
fa_imprint_name(enum fa_imprint i)
{
	return i == FA_IMPRINT_SM3 ? "sm3" : "sha256";
}

int
fa_stamp_no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "out of memory for a time stamp");
}

static bool
set_imprint(TS_REQ *req, enum fa_imprint alg, const struct fa_merkle_hash *h)
{
	TS_MSG_IMPRINT *m = fa_crypto()->TS_MSG_IMPRINT_new();
	X509_ALGOR *algo = fa_crypto()->X509_ALGOR_new();
	int nid = alg == FA_IMPRINT_SM3 ? NID_sm3 : NID_sha256;
	unsigned char digest[FA_HASH_BYTES];
	bool ok;

	memcpy(digest, h->at, sizeof(digest));
	ok = m && algo &&
		fa_crypto()->X509_ALGOR_set0(algo,
			fa_crypto()->OBJ_nid2obj(nid), V_ASN1_NULL,
			NULL) == 1 &&
		fa_crypto()->TS_MSG_IMPRINT_set_algo(m, algo) == 1 &&
		fa_crypto()->TS_MSG_IMPRINT_set_msg(m, digest, FA_HASH_BYTES) ==
			1 &&
		fa_crypto()->TS_REQ_set_msg_imprint(req, m) == 1;
	fa_crypto()->X509_ALGOR_free(algo);
	fa_crypto()->TS_MSG_IMPRINT_free(m);
	return ok;
}

/* A positive number of 64 bits at most, without a leading zero byte. */
static bool
set_nonce(TS_REQ *req)
{
	unsigned char bytes[NONCE_BYTES];
	ASN1_INTEGER *nonce = fa_crypto()->ASN1_INTEGER_new();
	bool ok = nonce && fa_crypto()->RAND_bytes(bytes, NONCE_BYTES) == 1;

	if (ok) {
		bytes[0] = (unsigned char)((bytes[0] & 0x3f) | 0x40);
		ok = fa_crypto()->ASN1_STRING_set(nonce, bytes, NONCE_BYTES) ==
				1 &&
			fa_crypto()->TS_REQ_set_nonce(req, nonce) == 1;
	}
	fa_crypto()->ASN1_INTEGER_free(nonce);
	return ok;
}

int
fa_stamp_request(struct fa_str *out, enum fa_imprint alg, const char *digest,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_merkle_hash h;
	struct fa_str der = FA_STR_NONE;
	unsigned char *p = NULL;
	TS_REQ *req;
	int n = 0, rc;

	if (!fa_merkle_parse(&h, fa_str_c(digest)))
		return fa_fail(err, FA_E_USAGE,
			"'%s' is no digest of 64 hexadecimal digits", digest);
	rc = fa_crypto_open(err);
	if (rc < 0)
		return rc;
	fa_crypto_begin();
	req = fa_crypto()->TS_REQ_new();
	if (req && fa_crypto()->TS_REQ_set_version(req, 1) == 1 &&
		set_imprint(req, alg, &h) && set_nonce(req) &&
		fa_crypto()->TS_REQ_set_cert_req(req, 1) == 1)
		n = fa_crypto()->i2d_TS_REQ(req, &p);
	if (n > 0)
		der = fa_arena_dup(
			a, (struct fa_str){ (const char *)p, (size_t)n });
	fa_crypto_free(p);
	fa_crypto()->TS_REQ_free(req);
	fa_crypto_begin();
	if (!der.p)
		return fa_stamp_no_memory(err);
	*out = der;
	return FA_OK;
}

/* An answer and what it answers. */
struct exchange {
	TS_RESP *resp;
	TS_REQ *req;
};

static void
add_texts(BIO *b, const STACK_OF(ASN1_UTF8STRING) * text)
{
	for (int i = 0; i < fa_crypto_count(text); i++) {
		(void)fa_crypto()->BIO_puts(b, ": ");
		(void)fa_crypto()->ASN1_STRING_print_ex(b,
			fa_crypto_item(text, i),
			ASN1_STRFLGS_ESC_CTRL | ASN1_STRFLGS_UTF8_CONVERT);
	}
}

/* RFC 3161, 2.4.2: PKIFailureInfo. */
static const struct {
	int bit;
	const char *name;
} failures[] = { { 0, "badAlg" }, { 2, "badRequest" }, { 5, "badDataFormat" },
	{ 14, "timeNotAvailable" }, { 15, "unacceptedPolicy" },
	{ 16, "unacceptedExtension" }, { 17, "addInfoNotAvailable" },
	{ 25, "systemFailure" } };

/* Why the authority did not stamp; absent: out of memory. */
static struct fa_str
refusal(TS_STATUS_INFO *si, struct fa_arena *a)
{
	const ASN1_BIT_STRING *info =
		fa_crypto()->TS_STATUS_INFO_get0_failure_info(si);
	const STACK_OF(ASN1_UTF8STRING) *text =
		fa_crypto()->TS_STATUS_INFO_get0_text(si);
	BIO *b = fa_crypto()->BIO_new(fa_crypto()->BIO_s_mem());
	struct fa_str out = FA_STR_NONE;

	if (!b)
		return out;
	(void)fa_crypto()->BIO_printf(b, "status %ld",
		fa_crypto()->ASN1_INTEGER_get(
			fa_crypto()->TS_STATUS_INFO_get0_status(si)));
	for (size_t i = 0; info && i < FA_COUNT(failures); i++)
		if (fa_crypto()->ASN1_BIT_STRING_get_bit(info, failures[i].bit))
			(void)fa_crypto()->BIO_printf(
				b, " %s", failures[i].name);
	if (text)
		add_texts(b, text);
	out = fa_stamp_copy(b, a);
	fa_crypto()->BIO_free(b);
	return out;
}

static bool
same_imprint(TS_REQ *req, TS_TST_INFO *tst)
{
	TS_MSG_IMPRINT *asked = fa_crypto()->TS_REQ_get_msg_imprint(req);
	TS_MSG_IMPRINT *got = fa_crypto()->TS_TST_INFO_get_msg_imprint(tst);

	return fa_crypto()->OBJ_cmp(
		       fa_crypto()->TS_MSG_IMPRINT_get_algo(asked)->algorithm,
		       fa_crypto()->TS_MSG_IMPRINT_get_algo(got)->algorithm) ==
		0 &&
		fa_crypto()->ASN1_OCTET_STRING_cmp(
			fa_crypto()->TS_MSG_IMPRINT_get_msg(asked),
			fa_crypto()->TS_MSG_IMPRINT_get_msg(got)) == 0;
}

static int
check_answer(TS_REQ *req, TS_TST_INFO *tst, struct fa_err *err)
{
	const ASN1_INTEGER *asked = fa_crypto()->TS_REQ_get_nonce(req);
	const ASN1_INTEGER *got = fa_crypto()->TS_TST_INFO_get_nonce(tst);

	if (!same_imprint(req, tst))
		return fa_fail(err, FA_E_INPUT,
			"the stamp was made for another digest");
	if (asked && (!got || fa_crypto()->ASN1_INTEGER_cmp(asked, got) != 0))
		return fa_fail(err, FA_E_INPUT,
			"the stamp does not repeat the nonce of the request");
	return FA_OK;
}

static int
take_answer(struct fa_stamp_info *out, struct fa_str *why,
	const struct exchange *x, struct fa_str response, struct fa_arena *a,
	struct fa_err *err)
{
	TS_STATUS_INFO *si = fa_crypto()->TS_RESP_get_status_info(x->resp);
	long status = fa_crypto()->ASN1_INTEGER_get(
		fa_crypto()->TS_STATUS_INFO_get0_status(si));
	struct fa_token t = { NULL, NULL, NULL };
	struct fa_stamp_info info;
	int rc;

	if (status != TS_STATUS_GRANTED &&
		status != TS_STATUS_GRANTED_WITH_MODS) {
		struct fa_str text = refusal(si, a);

		if (!text.p)
			return fa_stamp_no_memory(err);
		*why = text;
		return 0;
	}
	rc = fa_token_parse(&t, response, err);
	if (rc == FA_OK)
		rc = check_answer(x->req, t.tst, err);
	if (rc == FA_OK) {
		fa_token_find_signer(&t, NULL);
		rc = fa_token_info(&info, &t, a, err);
	}
	fa_token_done(&t);
	if (rc < 0)
		return rc;
	*out = info;
	return 1;
}

int
fa_stamp_response(struct fa_stamp_info *out, struct fa_str *why,
	struct fa_str response, struct fa_str request, struct fa_arena *a,
	struct fa_err *err)
{
	struct exchange x = { NULL, NULL };
	const unsigned char *p = (const unsigned char *)response.p;
	const unsigned char *end = p + response.n;
	const unsigned char *q = (const unsigned char *)request.p;
	int rc;

	if (response.n == 0 || response.n > FA_STAMP_BYTES ||
		request.n > FA_STAMP_BYTES)
		return fa_fail(err, FA_E_INPUT,
			"the answer has %zu bytes, a time stamp has 1 to %u",
			response.n, FA_STAMP_BYTES);
	rc = fa_crypto_open(err);
	if (rc < 0)
		return rc;
	fa_crypto_begin();
	x.resp = fa_crypto()->d2i_TS_RESP(NULL, &p, (long)response.n);
	x.req = fa_crypto()->d2i_TS_REQ(NULL, &q, (long)request.n);
	if ((!x.req || !x.resp) && fa_crypto_is_memory_out())
		rc = fa_stamp_no_memory(err);
	else if (!x.req)
		rc = fa_fail(err, FA_E_USAGE, "the request is none");
	else if (!x.resp || p != end)
		rc = fa_fail(err, FA_E_INPUT,
			"the answer is no time stamp response (RFC 3161)");
	else
		rc = take_answer(out, why, &x, response, a, err);
	fa_crypto()->TS_RESP_free(x.resp);
	fa_crypto()->TS_REQ_free(x.req);
	fa_crypto_begin();
	return rc;
}

int
fa_stamp_parse(struct fa_stamp_info *out, struct fa_str der, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_token t = { NULL, NULL, NULL };
	struct fa_stamp_info info;
	int rc = fa_crypto_open(err);

	if (rc < 0)
		return rc;
	fa_crypto_begin();
	rc = fa_token_parse(&t, der, err);
	if (rc == FA_OK) {
		fa_token_find_signer(&t, NULL);
		rc = fa_token_info(&info, &t, a, err);
	}
	fa_token_done(&t);
	fa_crypto_begin();
	if (rc == FA_OK)
		*out = info;
	return rc;
}
