/* libcrypto, opened when it is needed: few runs of the program sign, stamp or
 * keep objects, and its start takes longer than most runs. And what it says
 * when it fails: a check that fails because memory is out says nothing about
 * what was checked. */
#ifndef FA_EVIDENCE_CRYPTO_H
#define FA_EVIDENCE_CRYPTO_H

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdbool.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_CRYPTO_FUNCTIONS(X)                                                 \
	X(ASN1_BIT_STRING_get_bit)                                             \
	X(ASN1_INTEGER_cmp)                                                    \
	X(ASN1_INTEGER_free)                                                   \
	X(ASN1_INTEGER_get)                                                    \
	X(ASN1_INTEGER_get_int64)                                              \
	X(ASN1_INTEGER_new)                                                    \
	X(ASN1_OCTET_STRING_cmp)                                               \
	X(ASN1_STRING_get0_data)                                               \
	X(ASN1_STRING_length)                                                  \
	X(ASN1_STRING_print_ex)                                                \
	X(ASN1_STRING_set)                                                     \
	X(ASN1_TIME_diff)                                                      \
	X(ASN1_TIME_free)                                                      \
	X(ASN1_TIME_set)                                                       \
	X(BIO_ctrl)                                                            \
	X(BIO_free)                                                            \
	X(BIO_new)                                                             \
	X(BIO_new_mem_buf)                                                     \
	X(BIO_printf)                                                          \
	X(BIO_puts)                                                            \
	X(BIO_s_mem)                                                           \
	X(BIO_s_null)                                                          \
	X(CRYPTO_free)                                                         \
	X(CRYPTO_malloc)                                                       \
	X(ERR_clear_error)                                                     \
	X(ERR_get_error)                                                       \
	X(ERR_peek_last_error)                                                 \
	X(ERR_pop_to_mark)                                                     \
	X(ERR_reason_error_string)                                             \
	X(ERR_set_mark)                                                        \
	X(EVP_DigestFinal_ex)                                                  \
	X(EVP_DigestInit_ex)                                                   \
	X(EVP_DigestSign)                                                      \
	X(EVP_DigestSignInit_ex)                                               \
	X(EVP_DigestUpdate)                                                    \
	X(EVP_DigestVerify)                                                    \
	X(EVP_DigestVerifyInit_ex)                                             \
	X(EVP_MD_CTX_free)                                                     \
	X(EVP_MD_CTX_new)                                                      \
	X(EVP_MD_fetch)                                                        \
	X(EVP_MD_free)                                                         \
	X(EVP_PKEY_free)                                                       \
	X(EVP_PKEY_get0_type_name)                                             \
	X(EVP_PKEY_get_base_id)                                                \
	X(EVP_PKEY_get_bits)                                                   \
	X(EVP_get_digestbyname)                                                \
	X(EVP_sha256)                                                          \
	X(GENERAL_NAME_print)                                                  \
	X(OBJ_cmp)                                                             \
	X(OBJ_nid2obj)                                                         \
	X(OBJ_nid2sn)                                                          \
	X(OBJ_obj2nid)                                                         \
	X(OBJ_obj2txt)                                                         \
	X(OPENSSL_sk_free)                                                     \
	X(OPENSSL_sk_new_null)                                                 \
	X(OPENSSL_sk_num)                                                      \
	X(OPENSSL_sk_push)                                                     \
	X(OPENSSL_sk_value)                                                    \
	X(PEM_read_bio_PUBKEY)                                                 \
	X(PEM_read_bio_PrivateKey)                                             \
	X(PEM_read_bio_X509)                                                   \
	X(PEM_write_bio_PUBKEY)                                                \
	X(PEM_write_bio_X509)                                                  \
	X(PKCS7_SIGNER_INFO_get0_algs)                                         \
	X(PKCS7_ctrl)                                                          \
	X(PKCS7_dup)                                                           \
	X(PKCS7_free)                                                          \
	X(PKCS7_get0_signers)                                                  \
	X(PKCS7_get_signer_info)                                               \
	X(PKCS7_to_TS_TST_INFO)                                                \
	X(PKCS7_verify)                                                        \
	X(RAND_bytes)                                                          \
	X(TS_ACCURACY_get_micros)                                              \
	X(TS_ACCURACY_get_millis)                                              \
	X(TS_ACCURACY_get_seconds)                                             \
	X(TS_MSG_IMPRINT_free)                                                 \
	X(TS_MSG_IMPRINT_get_algo)                                             \
	X(TS_MSG_IMPRINT_get_msg)                                              \
	X(TS_MSG_IMPRINT_new)                                                  \
	X(TS_MSG_IMPRINT_set_algo)                                             \
	X(TS_MSG_IMPRINT_set_msg)                                              \
	X(TS_REQ_free)                                                         \
	X(TS_REQ_get_msg_imprint)                                              \
	X(TS_REQ_get_nonce)                                                    \
	X(TS_REQ_new)                                                          \
	X(TS_REQ_set_cert_req)                                                 \
	X(TS_REQ_set_msg_imprint)                                              \
	X(TS_REQ_set_nonce)                                                    \
	X(TS_REQ_set_version)                                                  \
	X(TS_RESP_free)                                                        \
	X(TS_RESP_get_status_info)                                             \
	X(TS_RESP_get_token)                                                   \
	X(TS_RESP_verify_signature)                                            \
	X(TS_STATUS_INFO_get0_failure_info)                                    \
	X(TS_STATUS_INFO_get0_status)                                          \
	X(TS_STATUS_INFO_get0_text)                                            \
	X(TS_TST_INFO_free)                                                    \
	X(TS_TST_INFO_get_accuracy)                                            \
	X(TS_TST_INFO_get_msg_imprint)                                         \
	X(TS_TST_INFO_get_nonce)                                               \
	X(TS_TST_INFO_get_ordering)                                            \
	X(TS_TST_INFO_get_policy_id)                                           \
	X(TS_TST_INFO_get_serial)                                              \
	X(TS_TST_INFO_get_time)                                                \
	X(TS_TST_INFO_get_tsa)                                                 \
	X(TS_TST_INFO_get_version)                                             \
	X(X509_ALGOR_free)                                                     \
	X(X509_ALGOR_new)                                                      \
	X(X509_ALGOR_set0)                                                     \
	X(X509_NAME_print_ex)                                                  \
	X(X509_STORE_CTX_free)                                                 \
	X(X509_STORE_CTX_get_error)                                            \
	X(X509_STORE_CTX_init)                                                 \
	X(X509_STORE_CTX_new)                                                  \
	X(X509_STORE_CTX_set_purpose)                                          \
	X(X509_STORE_add_cert)                                                 \
	X(X509_STORE_free)                                                     \
	X(X509_STORE_get0_param)                                               \
	X(X509_STORE_new)                                                      \
	X(X509_VERIFY_PARAM_set_flags)                                         \
	X(X509_VERIFY_PARAM_set_time)                                          \
	X(X509_digest)                                                         \
	X(X509_free)                                                           \
	X(X509_get0_notAfter)                                                  \
	X(X509_get0_notBefore)                                                 \
	X(X509_get0_pubkey)                                                    \
	X(X509_get0_serialNumber)                                              \
	X(X509_get_issuer_name)                                                \
	X(X509_get_pubkey)                                                     \
	X(X509_get_subject_name)                                               \
	X(X509_verify_cert)                                                    \
	X(X509_verify_cert_error_string)                                       \
	X(d2i_PKCS7)                                                           \
	X(d2i_TS_REQ)                                                          \
	X(d2i_TS_RESP)                                                         \
	X(i2d_PUBKEY)                                                          \
	X(i2d_TS_REQ)

struct fa_crypto {
#define FA_CRYPTO_MEMBER(f) __typeof__(f) *f;
	FA_CRYPTO_FUNCTIONS(FA_CRYPTO_MEMBER)
};

/* Before any of them is called, by each function that others call.
 * FA_E_UNSUPPORTED: it is not installed. */
FA_MUST_CHECK int fa_crypto_open(struct fa_err *err);
const struct fa_crypto *fa_crypto(void); /* NULL before it is open */

/* Empties the queue of failures of this thread; what comes behind it is looked
 * at by the next. */
void fa_crypto_begin(void);
/* Has memory run out since then? Empties the queue. */
bool fa_crypto_is_memory_out(void);

/* What its headers have as macros, which would name functions of it: release
 * of what it allocated (NULL is fine), the bytes that a BIO in memory holds
 * (absent: it holds none that can be had), and its stacks. */
void fa_crypto_free(void *p);
struct fa_str fa_crypto_bytes(BIO *b);
int fa_crypto_count(const void *stack); /* NULL: -1 */
void *fa_crypto_item(const void *stack, int i);

#endif
