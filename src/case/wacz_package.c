/* The texts of a WACZ container (WACZ 1.1.1): datapackage.json, its digest,
 * pages.jsonl. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "case/wacz.h"
#include "case/zip.h"
#include "evidence/warc_fields.h"

#define PREFIX "sha256:"
#define DIGEST_BYTES 1024 /* of the text of a digest */

/* "name": 1.1.1, 4.1.1 asks for the name of the file without folders. */
static struct fa_str
base_name(struct fa_str path)
{
	for (size_t i = path.n; i-- > 0;)
		if (path.p[i] == '/')
			return fa_str_sub(path, i + 1, path.n);
	return path;
}

static void
put_time(struct fa_jw *w, const char *key, int64_t ms)
{
	char text[FA_TIME_BYTES];

	fa_time_format(ms, text);
	fa_jw_kstr(w, key, fa_str_c(text));
}

static void
put_file(struct fa_buf *out, const struct fa_wacz_file *f)
{
	char hash[sizeof(PREFIX) + FA_HASH_HEX_BYTES];
	struct fa_jw w;

	(void)snprintf(
		hash, sizeof(hash), PREFIX "%.*s", FA_STR_ARG(f->sha256));
	fa_jw_init(&w, out, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "name", base_name(f->path));
	fa_jw_kstr(&w, "path", f->path);
	fa_jw_kstr(&w, "hash", fa_str_c(hash));
	fa_jw_kint(&w, "bytes", f->bytes);
	fa_jw_end(&w, '}');
}

/* One file per line, so that a shell can read it. */
static void
put_files(struct fa_buf *out, const struct fa_wacz_package *p)
{
	fa_buf_adds(out, "[\n");
	for (size_t i = 0; i < p->n; i++) {
		put_file(out, &p->files[i]);
		fa_buf_adds(out, i + 1 < p->n ? ",\n" : "\n");
	}
	fa_buf_adds(out, "]}\n");
}

void
fa_wacz_package_write(struct fa_buf *out, const struct fa_wacz_package *p)
{
	struct fa_jw w;

	fa_jw_init(&w, out, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "profile", FA_STR("data-package"));
	fa_jw_kstr(&w, "wacz_version", FA_STR(FA_WACZ_VERSION));
	if (p->title.p)
		fa_jw_kstr(&w, "title", p->title);
	if (p->description.p)
		fa_jw_kstr(&w, "description", p->description);
	fa_jw_kstr(&w, "software", p->software);
	fa_jw_kstr(&w, "format", FA_STR(FA_WACZ_FORMAT));
	put_time(&w, "created", p->created_ms);
	if (p->main_url.p) {
		fa_jw_kstr(&w, "mainPageUrl", p->main_url);
		put_time(&w, "mainPageDate", p->main_us / 1000);
	}
	fa_jw_key(&w, "resources");
	put_files(out, p);
}

int
fa_wacz_digest_write(
	struct fa_buf *out, struct fa_str package, struct fa_err *err)
{
	char hex[FA_HASH_HEX_BYTES];
	int rc = fa_hash_sha256(hex, package, err);

	if (rc < 0)
		return rc;
	fa_buf_addf(out,
		"{\"path\":\"" FA_WACZ_PACKAGE "\",\"hash\":\"" PREFIX
		"%s\"}\n",
		hex);
	return fa_buf_rc(out, FA_WACZ_DIGEST, err);
}

void
fa_wacz_pages(struct fa_buf *out, const struct fa_wacz_page *at, size_t n)
{
	fa_buf_adds(out,
		"{\"format\":\"json-pages-1.0\",\"id\":\"pages\","
		"\"title\":\"Pages\",\"hasText\":false}\n");
	for (size_t i = 0; i < n; i++) {
		char id[32];
		struct fa_jw w;

		(void)snprintf(id, sizeof(id), "page-%zu", i + 1);
		fa_jw_init(&w, out, 0);
		fa_jw_object(&w);
		fa_jw_kstr(&w, "id", fa_str_c(id));
		fa_jw_kstr(&w, "url", at[i].url);
		put_time(&w, "ts", at[i].at_us / 1000);
		fa_jw_kstr(&w, "title",
			at[i].title.n > 0 ? at[i].title : at[i].url);
		fa_jw_end(&w, '}');
		fa_buf_addc(out, '\n');
	}
}

static bool
is_sha256(struct fa_str s)
{
	if (s.n != FA_HASH_HEX_BYTES - 1)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') ||
			    (s.p[i] >= 'a' && s.p[i] <= 'f')))
			return false;
	return true;
}

static int
parse_file(
	struct fa_wacz_file *out, const struct fa_json *j, struct fa_err *err)
{
	struct fa_str hash = fa_json_text(j, "hash");

	out->path = fa_json_text(j, "path");
	out->bytes = fa_json_int(j, "bytes", -1);
	if (!out->path.p || !fa_zip_name_ok(out->path))
		return fa_fail(err, FA_E_INPUT,
			FA_WACZ_PACKAGE
			": '%.*s' is no path of a file in the container",
			FA_STR_ARG(out->path));
	if (!hash.p || !fa_str_starts(hash, FA_STR(PREFIX)))
		return fa_fail(err, FA_E_INPUT,
			FA_WACZ_PACKAGE ": '%.*s' has no SHA-256",
			FA_STR_ARG(out->path));
	out->sha256 = fa_str_sub(hash, sizeof(PREFIX) - 1, hash.n);
	if (!is_sha256(out->sha256))
		return fa_fail(err, FA_E_INPUT,
			FA_WACZ_PACKAGE
			": the digest of '%.*s' is no SHA-256 in lower case",
			FA_STR_ARG(out->path));
	if (out->bytes < 0)
		return fa_fail(err, FA_E_INPUT,
			FA_WACZ_PACKAGE ": '%.*s' has no length",
			FA_STR_ARG(out->path));
	return FA_OK;
}

static int
compare_files(const void *a, const void *b)
{
	return fa_str_cmp(((const struct fa_wacz_file *)a)->path,
		((const struct fa_wacz_file *)b)->path);
}

static int
parse_files(struct fa_wacz_package *p, const struct fa_json *list,
	struct fa_arena *a, struct fa_err *err)
{
	if (!list || list->kind != FA_JSON_ARRAY)
		return fa_fail(err, FA_E_INPUT,
			FA_WACZ_PACKAGE ": there are no resources");
	p->files = fa_arena_new(a, list->count, sizeof(*p->files));
	if (!p->files)
		return fa_fail(err, FA_E_NOMEM, "no memory for a container");
	for (const struct fa_json *j = list->child; j; j = j->next) {
		int rc = parse_file(&p->files[p->n++], j, err);

		if (rc < 0)
			return rc;
	}
	qsort(p->files, p->n, sizeof(*p->files), compare_files);
	for (size_t i = 1; i < p->n; i++)
		if (fa_str_eq(p->files[i - 1].path, p->files[i].path))
			return fa_fail(err, FA_E_INPUT,
				FA_WACZ_PACKAGE ": '%.*s' is listed twice",
				FA_STR_ARG(p->files[i].path));
	return FA_OK;
}

/* Two readers must not see two lists: the lines have to be those that we
 * write, and no line may be hidden before them. */
static int
check_layout(
	const struct fa_wacz_package *p, struct fa_str text, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf ours;
	struct fa_str head = text;
	int rc;

	fa_buf_init(&ours, FA_WACZ_TEXT_BYTES);
	put_files(&ours, p);
	rc = fa_buf_rc(&ours, FA_WACZ_PACKAGE, err);
	if (rc < 0)
		return rc;
	if (fa_str_ends(text, fa_buf_str(&ours)))
		head.n -= ours.n;
	if (head.n == text.n ||
		fa_str_find(head, FA_STR("\n"), 0) != SIZE_MAX ||
		!fa_str_ends(head, FA_STR("\"resources\":")))
		return fa_fail(err, FA_E_INPUT,
			FA_WACZ_PACKAGE ": its list of files is not written "
					"as a pack writes it");
	return FA_OK;
}

int
fa_wacz_package_parse(struct fa_wacz_package *out, struct fa_str text,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_wacz_package p = { .n = 0 };
	struct fa_str created;
	char time[FA_TIME_BYTES];
	struct fa_json *j;
	int rc = fa_json_parse(&j, text, a, err);

	if (rc < 0)
		return rc;
	p.wacz = fa_json_text(j, "wacz_version");
	if (!fa_str_eq(fa_json_text(j, "profile"), FA_STR("data-package")) ||
		!p.wacz.p)
		return fa_fail(err, FA_E_INPUT,
			FA_WACZ_PACKAGE ": this is no container of WACZ");
	p.title = fa_json_text(j, "title");
	p.description = fa_json_text(j, "description");
	p.software = fa_json_text(j, "software");
	p.main_url = fa_json_text(j, "mainPageUrl");
	created = fa_json_text(j, "created");
	p.created_ms = fa_warc_parse_date(created) / 1000;
	fa_time_format(p.created_ms, time);
	if (!fa_str_eq(created, fa_str_c(time)))
		return fa_fail(err, FA_E_INPUT,
			FA_WACZ_PACKAGE ": '%.*s' is no time",
			FA_STR_ARG(created));
	p.format = fa_json_text(j, "format");
	p.is_ours = fa_str_starts(p.wacz, FA_STR("1.")) &&
		fa_str_eq(p.format, FA_STR(FA_WACZ_FORMAT));
	if (!p.is_ours) {
		*out = p;
		return FA_OK;
	}
	rc = parse_files(&p, fa_json_find(j, "resources"), a, err);
	if (rc == FA_OK)
		rc = check_layout(&p, text, err);
	if (rc == FA_OK)
		*out = p;
	return rc;
}

int
fa_wacz_digest_check(
	struct fa_str text, struct fa_str package, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf ours;
	int rc;

	fa_buf_init(&ours, DIGEST_BYTES);
	rc = fa_wacz_digest_write(&ours, package, err);
	if (rc < 0 || fa_str_eq(fa_buf_str(&ours), text))
		return rc;
	return fa_fail(err, FA_E_INPUT,
		FA_WACZ_DIGEST " is not that of " FA_WACZ_PACKAGE ": %.*s",
		FA_STR_ARG(fa_str_sub(text, 0, 200)));
}
