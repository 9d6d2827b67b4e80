#include "evidence/anchor.h"

#include <string.h>

#include "evidence/custody_parts.h"

#define HEAD_ALGORITHM FA_STR("sha256:")

static const char *const state_names[] = { "pending", "untrusted",
	"confirmed" };

const char *
fa_tst_state_name(enum fa_tst_state s)
{
	return (unsigned)s < FA_COUNT(state_names) ? state_names[s] : "?";
}

void
fa_checkpoint_write(struct fa_buf *out, const struct fa_checkpoint *c)
{
	char root[FA_HASH_HEX_BYTES];

	fa_merkle_hex(root, &c->root);
	fa_buf_addf(out,
		"{\"tree_size\":%llu,\"root\":\"%s\",\"head\":\"sha256:%s\"}",
		(unsigned long long)c->tree_size, root, c->head);
}

int
fa_checkpoint_parse(struct fa_checkpoint *out, const struct fa_json *detail,
	struct fa_err *err)
{
	struct fa_str head = fa_json_text(detail, "head");
	int64_t size = fa_json_int(detail, "tree_size", -1);
	struct fa_checkpoint c = { .tree_size = (uint64_t)size };

	if (size < 0 ||
		!fa_merkle_parse(&c.root, fa_json_text(detail, "root")) ||
		!fa_str_starts(head, HEAD_ALGORITHM) ||
		!fa_custody_is_digest(
			fa_str_sub(head, HEAD_ALGORITHM.n, head.n)))
		return fa_fail(err, FA_E_INPUT,
			"the checkpoint lacks tree_size, root or head");
	memcpy(c.head, head.p + HEAD_ALGORITHM.n, FA_HASH_HEX_BYTES - 1);
	c.head[FA_HASH_HEX_BYTES - 1] = '\0';
	*out = c;
	return FA_OK;
}

void
fa_tst_write(struct fa_buf *out, const struct fa_tst *t)
{
	struct fa_jw w;

	fa_jw_init(&w, out, 0);
	fa_jw_object(&w);
	fa_jw_kint(&w, "checkpoint", t->checkpoint);
	fa_jw_kstr(&w, "state", fa_str_c(fa_tst_state_name(t->state)));
	fa_jw_kstr(&w, "authority", t->authority);
	fa_jw_kstr(&w, "imprint", fa_str_c(fa_imprint_name(t->imprint)));
	fa_jw_kstr(&w, "digest", t->digest);
	fa_jw_kstr(&w, "token_sha256", t->token_sha256);
	fa_jw_kstr(&w, "gen_time", t->gen_time);
	fa_jw_kstr(&w, "serial", t->serial);
	fa_jw_kstr(&w, "policy", t->policy);
	fa_jw_key(&w, "accuracy_us");
	if (t->accuracy_us < 0)
		fa_jw_null(&w);
	else
		fa_jw_int(&w, t->accuracy_us);
	fa_jw_kstr(&w, "tsa", t->tsa);
	fa_jw_kstr(&w, "cert_sha256", t->cert_sha256);
	fa_jw_kstr(
		&w, "detail", fa_str_sub(t->detail, 0, FA_ANCHOR_TEXT_BYTES));
	fa_jw_end(&w, '}');
}

static int
state_of(struct fa_str s)
{
	for (size_t i = 0; i < FA_COUNT(state_names); i++)
		if (fa_str_eq(s, fa_str_c(state_names[i])))
			return (int)i;
	return -1;
}

int
fa_tst_parse(
	struct fa_tst *out, const struct fa_json *detail, struct fa_err *err)
{
	struct fa_str imprint = fa_json_text(detail, "imprint");
	int state = state_of(fa_json_text(detail, "state"));
	bool is_sm3 = fa_str_eq(imprint, FA_STR("sm3"));
	struct fa_tst t = {
		.checkpoint = fa_json_int(detail, "checkpoint", 0),
		.imprint = is_sm3 ? FA_IMPRINT_SM3 : FA_IMPRINT_SHA256,
		.authority = fa_json_text(detail, "authority"),
		.digest = fa_json_text(detail, "digest"),
		.token_sha256 = fa_json_text(detail, "token_sha256"),
		.gen_time = fa_json_text(detail, "gen_time"),
		.serial = fa_json_text(detail, "serial"),
		.policy = fa_json_text(detail, "policy"),
		.tsa = fa_json_text(detail, "tsa"),
		.cert_sha256 = fa_json_text(detail, "cert_sha256"),
		.accuracy_us = fa_json_int(detail, "accuracy_us", -1),
		.detail = fa_json_text(detail, "detail"),
	};

	if (state < 0 || t.checkpoint < 1 || !t.authority.p ||
		(!is_sm3 && !fa_str_eq(imprint, FA_STR("sha256"))) ||
		!fa_custody_is_digest(t.digest) ||
		(state != FA_TST_PENDING &&
			(!fa_custody_is_digest(t.token_sha256) ||
				!t.gen_time.p)))
		return fa_fail(err, FA_E_INPUT,
			"the tst event lacks checkpoint, state, authority, "
			"imprint, digest or its token");
	t.state = (enum fa_tst_state)state;
	*out = t;
	return FA_OK;
}

int
fa_anchor_digest(char hex[FA_HASH_HEX_BYTES], struct fa_str line,
	enum fa_imprint alg, struct fa_err *err)
{
	return alg == FA_IMPRINT_SM3 ? fa_hash_sm3(hex, line, err)
				     : fa_hash_sha256(hex, line, err);
}
