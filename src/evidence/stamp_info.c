/* What a stamp says (RFC 3161, 2.4.2: TSTInfo) and by whom. */
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "base/utf8.h"
#include "evidence/crypto.h"
#include "evidence/stamp_parts.h"
#include "evidence/warc_fields.h"

#define FRACTION_MAX 9 /* digits of a second */
#define NAME_FLAGS                                                             \
	((unsigned long)XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB)
#define ACCURACY_MAX_S INT64_C(31536000) /* a year */

void
fa_token_done(struct fa_token *t)
{
	fa_crypto()->PKCS7_free(t->p7);
	fa_crypto()->TS_TST_INFO_free(t->tst);
	*t = (struct fa_token){ NULL, NULL, NULL };
}

/* The token in a granted response, or NULL. */
static PKCS7 *
of_response(struct fa_str der)
{
	const unsigned char *p = (const unsigned char *)der.p;
	const unsigned char *end = p + der.n;
	TS_RESP *resp = fa_crypto()->d2i_TS_RESP(NULL, &p, (long)der.n);
	PKCS7 *p7 = NULL;
	long status;

	if (resp && p == end) {
		status = fa_crypto()->ASN1_INTEGER_get(
			fa_crypto()->TS_STATUS_INFO_get0_status(
				fa_crypto()->TS_RESP_get_status_info(resp)));
		if ((status == TS_STATUS_GRANTED ||
			    status == TS_STATUS_GRANTED_WITH_MODS) &&
			fa_crypto()->TS_RESP_get_token(resp))
			p7 = fa_crypto()->PKCS7_dup(
				fa_crypto()->TS_RESP_get_token(resp));
	}
	fa_crypto()->TS_RESP_free(resp);
	return p7;
}

static PKCS7 *
bare(struct fa_str der)
{
	const unsigned char *p = (const unsigned char *)der.p;
	const unsigned char *end = p + der.n;
	PKCS7 *p7 = fa_crypto()->d2i_PKCS7(NULL, &p, (long)der.n);

	if (p7 && p == end)
		return p7;
	fa_crypto()->PKCS7_free(p7);
	return NULL;
}

/* RFC 3161, 2.4.2: signed by one signer, what is signed is in it. */
static bool
is_token(PKCS7 *p7)
{
	return fa_crypto()->OBJ_obj2nid(p7->type) == NID_pkcs7_signed &&
		p7->d.sign &&
		fa_crypto_count(fa_crypto()->PKCS7_get_signer_info(p7)) == 1 &&
		fa_crypto()->PKCS7_ctrl(
			p7, PKCS7_OP_GET_DETACHED_SIGNATURE, 0, NULL) == 0;
}

int
fa_token_parse(struct fa_token *t, struct fa_str der, struct fa_err *err)
{
	struct fa_token x = { NULL, NULL, NULL };

	if (der.n == 0 || der.n > FA_STAMP_BYTES)
		return fa_fail(err, FA_E_INPUT,
			"the time stamp has %zu bytes, expected 1 to %u", der.n,
			FA_STAMP_BYTES);
	x.p7 = of_response(der);
	if (!x.p7)
		x.p7 = bare(der);
	if (x.p7 && is_token(x.p7))
		x.tst = fa_crypto()->PKCS7_to_TS_TST_INFO(x.p7);
	if (x.tst && fa_crypto()->TS_TST_INFO_get_version(x.tst) == 1) {
		*t = x;
		return FA_OK;
	}
	fa_token_done(&x);
	return fa_fail(
		err, FA_E_INPUT, "this is no granted time stamp of RFC 3161");
}

void
fa_token_find_signer(struct fa_token *t, STACK_OF(X509) * others)
{
	STACK_OF(X509) *signers =
		fa_crypto()->PKCS7_get0_signers(t->p7, others, 0);

	if (signers && fa_crypto_count(signers) == 1)
		t->signer = fa_crypto_item(signers, 0);
	fa_crypto()->OPENSSL_sk_free((OPENSSL_STACK *)signers);
}

struct fa_str
fa_stamp_copy(BIO *b, struct fa_arena *a)
{
	struct fa_str bytes = fa_crypto_bytes(b);

	return bytes.p ? fa_arena_dup(a, bytes) : FA_STR_NONE;
}

struct fa_str
fa_stamp_hex(const unsigned char *p, size_t n, struct fa_arena *a)
{
	static const char digits[] = "0123456789abcdef";
	char *hex = fa_arena_new(a, 2 * n + 1, 1);

	if (!hex)
		return FA_STR_NONE;
	for (size_t i = 0; i < n; i++) {
		hex[2 * i] = digits[p[i] >> 4];
		hex[2 * i + 1] = digits[p[i] & 15];
	}
	return (struct fa_str){ hex, 2 * n };
}

/* A name that is not UTF-8 is shown with escapes. */
static struct fa_str
name_text(const X509_NAME *name, struct fa_arena *a)
{
	BIO *b = fa_crypto()->BIO_new(fa_crypto()->BIO_s_mem());
	struct fa_str s = FA_STR_NONE;

	if (b && fa_crypto()->X509_NAME_print_ex(b, name, 0, NAME_FLAGS) >= 0)
		s = fa_stamp_copy(b, a);
	if (s.p && !fa_utf8_valid(s)) {
		(void)fa_crypto()->BIO_ctrl(b, BIO_CTRL_RESET, 0, NULL);
		(void)fa_crypto()->X509_NAME_print_ex(
			b, name, 0, XN_FLAG_RFC2253);
		s = fa_stamp_copy(b, a);
	}
	fa_crypto()->BIO_free(b);
	return s;
}

static struct fa_str
general_name(GENERAL_NAME *g, struct fa_arena *a)
{
	struct fa_str s = FA_STR_NONE;
	BIO *b;

	if (g->type == GEN_DIRNAME)
		return name_text(g->d.directoryName, a);
	b = fa_crypto()->BIO_new(fa_crypto()->BIO_s_mem());
	if (b && fa_crypto()->GENERAL_NAME_print(b, g) == 1)
		s = fa_stamp_copy(b, a);
	fa_crypto()->BIO_free(b);
	if (s.p && !fa_utf8_valid(s))
		s = FA_STR("?");
	return s;
}

/* Hex with a minus sign for what is negative, which no serial should be. */
static struct fa_str
integer(const ASN1_INTEGER *i, struct fa_arena *a)
{
	const unsigned char *p = fa_crypto()->ASN1_STRING_get0_data(i);
	size_t n = (size_t)fa_crypto()->ASN1_STRING_length(i);

	return n == 0 ? FA_STR("00") : fa_stamp_hex(p, n, a);
}

/* "20261122054000.123Z" to "2026-11-22T05:40:00.123Z". */
static int
gen_time(struct fa_stamp_info *out, const ASN1_GENERALIZEDTIME *t,
	struct fa_err *err)
{
	struct fa_str s = { (const char *)fa_crypto()->ASN1_STRING_get0_data(t),
		(size_t)fa_crypto()->ASN1_STRING_length(t) };
	size_t fraction = s.n > 16 ? s.n - 16 : 0;
	uint64_t ignored;
	int64_t us = 0;

	if (s.n >= 15 && s.p[s.n - 1] == 'Z' && fraction <= FRACTION_MAX &&
		fa_num_u64(fa_str_sub(s, 0, 14), UINT64_MAX, &ignored) &&
		(s.n == 15 || (fraction > 0 && s.p[14] == '.'))) {
		(void)snprintf(out->gen_time, sizeof(out->gen_time),
			"%.4s-%.2s-%.2sT%.2s:%.2s:%.2s%.*sZ", s.p, s.p + 4,
			s.p + 6, s.p + 8, s.p + 10, s.p + 12, (int)(s.n - 15),
			s.p + 14);
		us = fa_warc_parse_date(fa_str_c(out->gen_time));
	}
	if (us <= 0)
		return fa_fail(err, FA_E_INPUT,
			"the time stamp has no time of RFC 3161");
	out->gen_ms = us / 1000;
	return FA_OK;
}

static bool
part(int64_t *out, const ASN1_INTEGER *i, int64_t max)
{
	*out = 0;
	if (!i)
		return true;
	return fa_crypto()->ASN1_INTEGER_get_int64(out, i) == 1 && *out >= 0 &&
		*out <= max;
}

static int
accuracy(struct fa_stamp_info *out, TS_ACCURACY *acc, struct fa_err *err)
{
	int64_t s, ms, us;

	out->accuracy_us = -1;
	if (!acc)
		return FA_OK;
	if (!part(&s, fa_crypto()->TS_ACCURACY_get_seconds(acc),
		    ACCURACY_MAX_S) ||
		!part(&ms, fa_crypto()->TS_ACCURACY_get_millis(acc), 999) ||
		!part(&us, fa_crypto()->TS_ACCURACY_get_micros(acc), 999))
		return fa_fail(err, FA_E_INPUT,
			"the time stamp's accuracy is out of range");
	out->accuracy_us = s * 1000000 + ms * 1000 + us;
	return FA_OK;
}

static void
algorithm_name(struct fa_str *out, const ASN1_OBJECT *o, struct fa_arena *a)
{
	char text[128];
	int nid = fa_crypto()->OBJ_obj2nid(o);

	if (nid == NID_sha256)
		*out = FA_STR("sha256");
	else if (nid == NID_sm3)
		*out = FA_STR("sm3");
	else if (fa_crypto()->OBJ_obj2txt(text, sizeof(text), o, 0) > 0)
		*out = fa_arena_dup(a, fa_str_c(text));
	else
		*out = FA_STR("?");
}

static int
what(struct fa_stamp_info *out, TS_TST_INFO *tst, struct fa_arena *a,
	struct fa_err *err)
{
	TS_MSG_IMPRINT *m = fa_crypto()->TS_TST_INFO_get_msg_imprint(tst);
	const ASN1_OCTET_STRING *digest =
		fa_crypto()->TS_MSG_IMPRINT_get_msg(m);
	const ASN1_INTEGER *nonce = fa_crypto()->TS_TST_INFO_get_nonce(tst);
	GENERAL_NAME *tsa = fa_crypto()->TS_TST_INFO_get_tsa(tst);
	char oid[128] = "";
	int rc = gen_time(out, fa_crypto()->TS_TST_INFO_get_time(tst), err);

	if (rc == FA_OK)
		rc = accuracy(
			out, fa_crypto()->TS_TST_INFO_get_accuracy(tst), err);
	if (rc < 0)
		return rc;
	(void)fa_crypto()->OBJ_obj2txt(oid, sizeof(oid),
		fa_crypto()->TS_TST_INFO_get_policy_id(tst), 1);
	out->policy = fa_arena_dup(a, fa_str_c(oid));
	out->ordering = fa_crypto()->TS_TST_INFO_get_ordering(tst) != 0;
	out->serial = integer(fa_crypto()->TS_TST_INFO_get_serial(tst), a);
	algorithm_name(&out->algorithm,
		fa_crypto()->TS_MSG_IMPRINT_get_algo(m)->algorithm, a);
	out->imprint = fa_stamp_hex(fa_crypto()->ASN1_STRING_get0_data(digest),
		(size_t)fa_crypto()->ASN1_STRING_length(digest), a);
	if (nonce)
		out->nonce = integer(nonce, a);
	if (tsa)
		out->tsa = general_name(tsa, a);
	if (!out->policy.p || !out->serial.p || !out->algorithm.p ||
		!out->imprint.p || (nonce && !out->nonce.p) ||
		(tsa && !out->tsa.p))
		return fa_stamp_no_memory(err);
	return FA_OK;
}

/* Milliseconds since 1970, 0 for what is no time. */
static int64_t
cert_time(const ASN1_TIME *t)
{
	ASN1_TIME *epoch = fa_crypto()->ASN1_TIME_set(NULL, 0);
	int days = 0, seconds = 0;
	int64_t ms = 0;

	if (epoch &&
		fa_crypto()->ASN1_TIME_diff(&days, &seconds, epoch, t) == 1)
		ms = ((int64_t)days * 86400 + seconds) * 1000;
	fa_crypto()->ASN1_TIME_free(epoch);
	return ms;
}

static struct fa_str
chain_pem(const STACK_OF(X509) * certs, struct fa_arena *a)
{
	BIO *b = fa_crypto()->BIO_new(fa_crypto()->BIO_s_mem());
	struct fa_str s = FA_STR_NONE;
	bool ok = b != NULL;

	for (int i = 0; ok && i < fa_crypto_count(certs); i++)
		ok = fa_crypto()->PEM_write_bio_X509(
			     b, fa_crypto_item(certs, i)) == 1;
	if (ok)
		s = fa_stamp_copy(b, a);
	fa_crypto()->BIO_free(b);
	return s;
}

static int
by_whom(struct fa_stamp_info *out, X509 *cert, struct fa_arena *a,
	struct fa_err *err)
{
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	struct fa_str hex = FA_STR_NONE;

	out->cert_subject =
		name_text(fa_crypto()->X509_get_subject_name(cert), a);
	out->cert_issuer =
		name_text(fa_crypto()->X509_get_issuer_name(cert), a);
	out->cert_serial =
		integer(fa_crypto()->X509_get0_serialNumber(cert), a);
	if (fa_crypto()->X509_digest(cert, fa_crypto()->EVP_sha256(), md, &n) ==
		1)
		hex = fa_stamp_hex(md, n, a);
	if (!out->cert_subject.p || !out->cert_issuer.p ||
		!out->cert_serial.p || hex.n != FA_HASH_HEX_BYTES - 1)
		return fa_stamp_no_memory(err);
	memcpy(out->cert_sha256, hex.p, hex.n);
	out->cert_from_ms = cert_time(fa_crypto()->X509_get0_notBefore(cert));
	out->cert_to_ms = cert_time(fa_crypto()->X509_get0_notAfter(cert));
	if (!out->tsa.p)
		out->tsa = out->cert_subject;
	return FA_OK;
}

int
fa_token_info(struct fa_stamp_info *out, const struct fa_token *t,
	struct fa_arena *a, struct fa_err *err)
{
	PKCS7_SIGNER_INFO *si =
		fa_crypto_item(fa_crypto()->PKCS7_get_signer_info(t->p7), 0);
	struct fa_stamp_info info = { .gen_ms = 0 };
	X509_ALGOR *alg = NULL;
	int rc = what(&info, t->tst, a, err);

	if (rc == FA_OK && t->signer)
		rc = by_whom(&info, t->signer, a, err);
	if (rc == FA_OK && fa_crypto_count(t->p7->d.sign->cert) > 0) {
		info.chain_pem = chain_pem(t->p7->d.sign->cert, a);
		if (!info.chain_pem.p)
			rc = fa_stamp_no_memory(err);
	}
	if (rc < 0)
		return rc;
	fa_crypto()->PKCS7_SIGNER_INFO_get0_algs(si, NULL, NULL, &alg);
	algorithm_name(&info.sign_alg, alg->algorithm, a);
	if (!info.sign_alg.p)
		return fa_stamp_no_memory(err);
	*out = info;
	return FA_OK;
}
