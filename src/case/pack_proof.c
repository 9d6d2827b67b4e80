/* Proofs that a line is in the log (RFC 9162, 2.1.3), as JSON texts that a
 * shell can check. */
#include "base/json.h"
#include "base/num.h"
#include "case/pack.h"
#include "case/pack_log.h"

/* The newest checkpoint that covers the line, or NULL. */
static const struct fa_pack_checkpoint *
covering(const struct fa_pack_log *l, int64_t seq)
{
	for (size_t i = l->checkpoints_n; i-- > 0;)
		if (l->checkpoints[i].size >= (uint64_t)seq &&
			l->checkpoints[i].size <= l->leaves_n)
			return &l->checkpoints[i];
	return NULL;
}

int
fa_pack_log_root(struct fa_merkle_hash *out, struct fa_pack_log *log,
	uint64_t size, struct fa_err *err)
{
	struct fa_str rest = log->text;
	struct fa_merkle m;
	int rc = FA_OK;

	if (size > log->leaves_n)
		return fa_fail(err, FA_E_INPUT,
			"it speaks of %llu lines, the log has %zu",
			(unsigned long long)size, log->leaves_n);
	fa_merkle_init(&m);
	if (size != log->root_size || size == 0) {
		for (uint64_t i = 0; i < size && rc == FA_OK; i++)
			rc = fa_merkle_add(&m, fa_str_cut(&rest, '\n'), err);
		if (rc == FA_OK)
			rc = fa_merkle_root(&log->root, &m, err);
		if (rc < 0)
			return rc;
		log->root_size = size;
	}
	*out = log->root;
	return FA_OK;
}

static int
prove(struct fa_merkle_proof *p, struct fa_pack_log *log, uint64_t size,
	int64_t seq, struct fa_arena *a, struct fa_err *err)
{
	int rc = FA_OK;

	if (!log->tree || log->tree_size != size) {
		rc = fa_merkle_build(&log->tree, log->leaves, size, a, err);
		log->tree_size = size;
	}
	return rc < 0 ? rc
		      : fa_merkle_cut(p, log->tree, (uint64_t)seq - 1, err);
}

int
fa_pack_proof_write(struct fa_buf *out, struct fa_pack_log *log, int64_t seq,
	struct fa_arena *a, struct fa_err *err)
{
	const struct fa_pack_checkpoint *c = covering(log, seq);
	uint64_t size = c ? c->size : log->leaves_n;
	char hex[FA_HASH_HEX_BYTES];
	struct fa_merkle_proof p;
	struct fa_merkle_hash root;
	struct fa_jw w;
	int rc = prove(&p, log, size, seq, a, err);

	if (rc == FA_OK)
		rc = fa_pack_log_root(&root, log, size, err);
	if (rc < 0)
		return rc;
	fa_jw_init(&w, out, 1);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "schema", FA_STR(FA_PACK_PROOF_SCHEMA));
	fa_jw_kint(&w, "seq", seq);
	fa_jw_kint(&w, "tree_size", (int64_t)size);
	fa_jw_key(&w, "checkpoint");
	if (c)
		fa_jw_int(&w, c->seq);
	else
		fa_jw_null(&w);
	fa_merkle_hex(hex, &root);
	fa_jw_kstr(&w, "root", fa_str_c(hex));
	fa_jw_key(&w, "path");
	fa_jw_array(&w);
	for (size_t i = 0; i < p.n; i++) {
		fa_merkle_hex(hex, &p.path[i]);
		fa_jw_str(&w, fa_str_c(hex));
	}
	fa_jw_end(&w, ']');
	fa_jw_end(&w, '}');
	fa_buf_addc(out, '\n');
	return fa_buf_rc(out, "proof", err);
}

static int
parse(struct fa_merkle_proof *p, struct fa_merkle_hash *root, int64_t *seq,
	struct fa_str text, struct fa_arena *a, struct fa_err *err)
{
	const struct fa_json *path;
	struct fa_json *j;
	int rc = fa_json_parse(&j, text, a, err);

	if (rc < 0)
		return rc;
	if (!fa_json_text(j, "schema").p)
		return fa_fail(err, FA_E_INPUT, "it has no schema");
	if (!fa_str_eq(fa_json_text(j, "schema"), FA_STR(FA_PACK_PROOF_SCHEMA)))
		return fa_fail(err, FA_E_UNSUPPORTED,
			"its schema is '%.*s', this program "
			"reads " FA_PACK_PROOF_SCHEMA,
			FA_STR_ARG(fa_json_text(j, "schema")));
	path = fa_json_find(j, "path");
	*seq = fa_json_int(j, "seq", 0);
	p->size = (uint64_t)fa_json_int(j, "tree_size", 0);
	if (*seq < 1 || p->size < (uint64_t)*seq || p->size > INT64_MAX ||
		!path || path->kind != FA_JSON_ARRAY ||
		path->count > FA_MERKLE_LEVELS ||
		!fa_merkle_parse(root, fa_json_text(j, "root")))
		return fa_fail(err, FA_E_INPUT, "it is no proof");
	p->index = (uint64_t)*seq - 1;
	p->n = 0;
	for (const struct fa_json *x = path->child; x; x = x->next)
		if (x->kind != FA_JSON_STRING ||
			!fa_merkle_parse(&p->path[p->n++], x->str))
			return fa_fail(
				err, FA_E_INPUT, "a node of it is no digest");
	return FA_OK;
}

static int
check_root(struct fa_pack_log *log, uint64_t size,
	const struct fa_merkle_hash *root, struct fa_err *err)
{
	char ours[FA_HASH_HEX_BYTES], theirs[FA_HASH_HEX_BYTES];
	struct fa_merkle_hash real;
	int rc = fa_pack_log_root(&real, log, size, err);

	if (rc < 0)
		return rc;
	fa_merkle_hex(ours, &real);
	fa_merkle_hex(theirs, root);
	if (fa_str_eq(fa_str_c(ours), fa_str_c(theirs)))
		return FA_OK;
	return fa_fail(err, FA_E_INPUT,
		"its root is %s, the first %llu lines have %s", theirs,
		(unsigned long long)size, ours);
}

int
fa_pack_proof_check(int64_t *seq, struct fa_pack_log *log, struct fa_str text,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_merkle_proof p;
	struct fa_merkle_hash root;
	int rc = parse(&p, &root, seq, text, a, err);

	if (rc < 0)
		return rc;
	if ((uint64_t)*seq > log->leaves_n)
		return fa_fail(err, FA_E_INPUT,
			"it speaks of line %lld, the log has %zu",
			(long long)*seq, log->leaves_n);
	rc = check_root(log, p.size, &root, err);
	return rc < 0 ? rc
		      : fa_merkle_verify(&p, &log->leaves[p.index], &root, err);
}
