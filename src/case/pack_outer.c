/* The files beside the container. Those that are there before it are named in
 * it with their digests, so that what covers the container covers them. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "case/pack_work.h"
#include "case/zip.h"
#include "evidence/sign.h"
#include "evidence/stamp.h"

#define LIST_BYTES 65536
#define STATEMENT_BYTES (1u << 20)

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for a pack");
}

static int
put_outer(struct fa_pack_work *w, struct fa_str name, struct fa_str data,
	struct fa_err *err)
{
	struct fa_pack_file f = {
		.name = name, .data = data, .bytes = (int64_t)data.n
	};
	int rc = fa_hash_sha256(f.sha256, data, err);

	return rc < 0 ? rc : fa_pack_files_add(&w->outer, &f, w->a, err);
}

static struct fa_str
base_name(struct fa_str path)
{
	for (size_t i = path.n; i-- > 0;)
		if (path.p[i] == '/')
			return fa_str_sub(path, i + 1, path.n);
	return path;
}

static int
put_report(struct fa_pack_work *w, const char *path, struct fa_err *err)
{
	struct fa_str name = base_name(fa_str_c(path)), data;
	int rc;

	if (!fa_zip_name_ok(name))
		return fa_fail(err, FA_E_USAGE,
			"a report cannot be called '%.*s' in a pack: letters, "
			"digits, '.', '_' and '-' only",
			FA_STR_ARG(name));
	if (fa_str_starts(name, FA_STR(FA_PACK_WACZ)))
		return fa_fail(err, FA_E_USAGE,
			"a report cannot be called '%.*s'", FA_STR_ARG(name));
	rc = fa_file_read(&data, fa_str_c(path), FA_PACK_FILE_BYTES, w->a, err);
	return rc < 0 ? rc : put_outer(w, name, data, err);
}

int
fa_pack_outer(struct fa_pack_work *w, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf list;
	struct fa_str readme = { fa_pack_readme, fa_pack_readme_n };
	struct fa_str script = { fa_pack_script, fa_pack_script_n };
	int rc = put_outer(w, FA_STR(FA_PACK_README), readme, err);

	if (rc == FA_OK)
		rc = put_outer(w, FA_STR(FA_PACK_SCRIPT), script, err);
	for (size_t i = 0; i < w->o->reports_n && rc == FA_OK; i++)
		rc = put_report(w, w->o->reports[i], err);
	if (rc == FA_OK)
		rc = fa_pack_files_sort(&w->outer, err);
	fa_buf_init(&list, LIST_BYTES);
	for (size_t i = 0; i < w->outer.n && rc == FA_OK; i++)
		fa_buf_addf(&list, "%s  %.*s\n", w->outer.at[i].sha256,
			FA_STR_ARG(w->outer.at[i].name));
	return rc < 0 ? rc
		      : fa_pack_put_buf(w, FA_STR(FA_PACK_OUTER), &list, err);
}

static int
put_digest(struct fa_pack_work *w, const char *name, const char *hex,
	struct fa_err *err)
{
	char line[FA_HASH_HEX_BYTES + sizeof(FA_PACK_WACZ) + 4];
	struct fa_str text;

	(void)snprintf(line, sizeof(line), "%s  " FA_PACK_WACZ "\n", hex);
	text = fa_arena_dup(w->a, fa_str_c(line));
	return text.p ? put_outer(w, fa_str_c(name), text, err)
		      : no_memory(err);
}

static int
put_stamp(struct fa_pack_work *w, size_t i, struct fa_err *err)
{
	const char *path = w->o->stamps[i];
	struct fa_stamp_info info;
	struct fa_err why;
	struct fa_str der, name;
	const char *digest;
	char text[64];
	int rc = fa_file_read(&der, fa_str_c(path), FA_STAMP_BYTES, w->a, err);

	if (rc < 0)
		return rc;
	rc = fa_stamp_parse(&info, der, w->a, &why);
	if (rc < 0)
		return fa_fail(err, rc, "%s: %s", path, why.msg);
	digest = fa_str_eq(info.algorithm, FA_STR("sm3")) ? w->info.wacz.sm3
							  : w->info.wacz.sha256;
	if (!fa_str_eq(info.imprint, fa_str_c(digest)))
		return fa_fail(err, FA_E_USAGE,
			"%s: the stamp is over the %.*s %.*s, " FA_PACK_WACZ
			" has %s",
			path, FA_STR_ARG(info.algorithm),
			FA_STR_ARG(info.imprint), digest);
	(void)snprintf(text, sizeof(text), FA_PACK_WACZ ".%zu.tsr", i + 1);
	name = fa_arena_dup(w->a, fa_str_c(text));
	w->info.stamps++;
	return name.p ? put_outer(w, name, der, err) : no_memory(err);
}

/* What is signed: an in-toto statement about the container. */
static void
write_statement(struct fa_buf *out, const struct fa_pack_work *w)
{
	char time[FA_TIME_BYTES];
	struct fa_jw j;

	fa_time_format(w->at_ms, time);
	fa_jw_init(&j, out, 0);
	fa_jw_object(&j);
	fa_jw_kstr(&j, "_type", FA_STR("https://in-toto.io/Statement/v1"));
	fa_jw_key(&j, "subject");
	fa_jw_array(&j);
	fa_jw_object(&j);
	fa_jw_kstr(&j, "name", FA_STR(FA_PACK_WACZ));
	fa_jw_key(&j, "digest");
	fa_jw_object(&j);
	fa_jw_kstr(&j, "sha256", fa_str_c(w->info.wacz.sha256));
	fa_jw_kstr(&j, "sm3", fa_str_c(w->info.wacz.sm3));
	fa_jw_end(&j, '}');
	fa_jw_end(&j, '}');
	fa_jw_end(&j, ']');
	fa_jw_kstr(&j, "predicateType", FA_STR("urn:faceaudit:pack:1"));
	fa_jw_key(&j, "predicate");
	fa_jw_object(&j);
	fa_jw_kstr(&j, "software", w->o->software);
	fa_jw_kstr(&j, "case", w->info.case_id);
	fa_jw_kint(&j, "events", w->info.events);
	fa_jw_kstr(&j, "head",
		w->info.head[0] ? fa_str_c(w->info.head) : FA_STR_NONE);
	fa_jw_kstr(&j, "created", fa_str_c(time));
	fa_jw_end(&j, '}');
	fa_jw_end(&j, '}');
}

static int
sign(struct fa_pack_work *w, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf statement, envelope;
	struct fa_str text, key;
	int rc;

	fa_buf_init(&statement, STATEMENT_BYTES);
	fa_buf_init(&envelope, STATEMENT_BYTES);
	write_statement(&statement, w);
	rc = fa_buf_rc(&statement, "statement", err);
	if (rc == FA_OK)
		rc = fa_sign_dsse(&envelope, FA_STR(FA_PACK_PAYLOAD_TYPE),
			fa_buf_str(&statement), w->o->sign_pem, err);
	if (rc == FA_OK)
		rc = fa_sign_public(&key, w->o->sign_pem, w->a, err);
	if (rc < 0)
		return rc;
	text = fa_arena_dup(w->a, fa_buf_str(&envelope));
	rc = text.p ? put_outer(w, FA_STR(FA_PACK_DSSE), text, err)
		    : no_memory(err);
	w->info.is_signed = true;
	return rc < 0 ? rc : put_outer(w, FA_STR(FA_PACK_PUBLIC), key, err);
}

int
fa_pack_seal(struct fa_pack_work *w, struct fa_str path, struct fa_err *err)
{
	struct fa_pack_file f = { .name = FA_STR(FA_PACK_WACZ), .path = path };
	int rc = fa_object_digest_file(&w->info.wacz, path, err);

	if (rc < 0)
		return rc;
	if (!w->info.wacz.sm3[0])
		return fa_fail(err, FA_E_UNSUPPORTED,
			"this libcrypto has no SM3, which a pack needs");
	f.bytes = w->info.wacz.bytes;
	rc = fa_pack_files_add(&w->outer, &f, w->a, err);
	if (rc == FA_OK)
		rc = put_digest(
			w, FA_PACK_WACZ ".sha256", w->info.wacz.sha256, err);
	if (rc == FA_OK)
		rc = put_digest(w, FA_PACK_WACZ ".sm3", w->info.wacz.sm3, err);
	for (size_t i = 0; i < w->o->stamps_n && rc == FA_OK; i++)
		rc = put_stamp(w, i, err);
	if (rc == FA_OK && w->o->sign_pem.p)
		rc = sign(w, err);
	return rc < 0 ? rc : fa_pack_files_sort(&w->outer, err);
}
