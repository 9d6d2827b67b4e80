/* Judging one subject: a document, or a flow by its importer; and the pictures
 * that a flow names. */
#include "tools/check.h"

#include <string.h>

#include "audit/flow.h"
#include "audit/sources.h"
#include "base/hash.h"
#include "project/place.h"
#include "report/picture.h"

bool
fa_check_on_request(const struct fa_importer *importer)
{
	return strcmp(importer->name, "html") == 0;
}

static int
load(struct fa_import_file *f, struct fa_arena *a, struct fa_err *err)
{
	if (f->text.p != NULL)
		return FA_OK;
	return fa_file_read(&f->text, f->path, FA_IMPORT_FILE_BYTES, a, err);
}

/* A flow in one file whose text is there. The file may be standard input,
 * which cannot be read twice. */
static int
import_text(struct fa_flow **out, const struct fa_importer *importer,
	struct fa_str path, struct fa_str text, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_import_file *file = fa_arena_new(a, 1, sizeof(*file));
	struct fa_flow_input *input = fa_arena_new(a, 1, sizeof(*input));
	struct fa_import_source s = { path, false, file, 1, load };
	char hex[FA_HASH_HEX_BYTES];
	struct fa_flow *f = NULL;
	int rc;

	if (file == NULL || input == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a flow");
	*file = (struct fa_import_file){ path, path, text };
	rc = importer->import(&f, &s, a, err);
	if (rc == FA_OK)
		rc = fa_hash_sha256(hex, text, err);
	if (rc < 0)
		return rc;
	if (f->inputs_n == 0) {
		input->path = path;
		input->sha256 = fa_arena_dup(a, fa_str_c(hex));
		if (input->sha256.p == NULL)
			return fa_fail(
				err, FA_E_NOMEM, "out of memory for a flow");
		f->inputs = input;
		f->inputs_n = 1;
	}
	*out = f;
	return FA_OK;
}

/* Is the text a flow? */
static int
sniff_text(const struct fa_importer **out, struct fa_str path,
	struct fa_str text, struct fa_arena *a, struct fa_err *err)
{
	struct fa_import_file file = { path, path, text };
	struct fa_import_source s = { path, false, &file, 1, load };
	const struct fa_importer *importer = NULL;
	int rc = fa_import_sniff(&importer, &s, a, err);

	if (rc < 0)
		return rc;
	*out = importer != NULL && !fa_check_on_request(importer) ? importer
								  : NULL;
	return FA_OK;
}

/* What importers say of a file does not always name it. */
static int
name_it(struct fa_str path, int rc, const struct fa_err *why,
	struct fa_err *err)
{
	if (fa_str_find(fa_str_c(why->msg), path, 0) != SIZE_MAX)
		return fa_fail(err, rc, "%s", why->msg);
	return fa_fail(err, rc, "%.*s: %s", FA_STR_ARG(path), why->msg);
}

bool
fa_check_is_source(const struct fa_importer *importer)
{
	return strcmp(importer->name, "android-privacy") == 0 ||
		strcmp(importer->name, "wechat") == 0;
}

/* The lines of a mini program: those of its files that were read. */
static int
place_inputs(struct fa_result *r, const struct fa_flow *flow,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_audit_source *s = fa_arena_new(a, flow->inputs_n, sizeof(*s));
	size_t n = 0;

	if (s == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for sources");
	for (size_t i = 0; i < flow->inputs_n; i++) {
		struct fa_str path =
			fa_place_join(r->name, flow->inputs[i].path, a);
		struct fa_err why;
		int rc = path.p == NULL ? FA_E_NOMEM
					: fa_file_read(&s[n].bytes, path,
						  FA_DOC_MAX_BYTES, a, &why);

		if (rc == FA_E_NOMEM)
			return fa_fail(err, rc, "out of memory for sources");
		s[n].path = path;
		n += rc == FA_OK;
	}
	return fa_audit_sources(r, s, n, a, err);
}

static int
judge_folder(struct fa_result *r, const struct fa_audit *audit,
	const struct fa_check_subject *s, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_flow *flow = NULL;
	struct fa_err why;
	int rc = fa_import(&flow, s->path, s->importer, a, &why);

	if (rc < 0)
		return name_it(s->path, rc, &why, err);
	rc = fa_audit_flow(r, audit, flow, s->path, FA_STR_NONE, a, err);
	if (rc == FA_OK && fa_check_is_source(s->importer))
		rc = place_inputs(r, flow, a, err);
	return rc;
}

const char *
fa_check_why_empty(const struct fa_result *r)
{
	if (r->raw_bytes == 0)
		return "the file is empty";
	if (r->format == FA_FORMAT_HTML)
		return "no text is visible in this page; if a script draws it, "
		       "save it as it is seen, or use 'faceaudit walk'";
	return "there is no text in this file";
}

/* Who names a document that has no text is told so: it is no clean one. In a
 * folder such files are usual. */
static int
judge_document(struct fa_result *r, const struct fa_audit *audit,
	const struct fa_check_subject *s, struct fa_str raw,
	const struct fa_read_opts *opts, struct fa_arena *a, struct fa_err *err)
{
	int rc = fa_audit_document(r, audit, raw, opts, a, err);

	if (rc != FA_OK || r->error.p != NULL || !r->empty || !s->named)
		return rc;
	return fa_fail(err, FA_E_INPUT, "%.*s: %s", FA_STR_ARG(s->path),
		fa_check_why_empty(r));
}

int
fa_check_judge_bytes(struct fa_result *r, const struct fa_audit *audit,
	const struct fa_check_subject *s, struct fa_str raw,
	const struct fa_read_opts *opts, struct fa_arena *a, struct fa_err *err)
{
	const struct fa_importer *importer = s->importer;
	struct fa_flow *flow = NULL;
	struct fa_err why;
	int rc = FA_OK;

	if (importer == NULL && s->sniff)
		rc = sniff_text(&importer, s->path, raw, a, err);
	if (rc < 0)
		return rc;
	if (importer == NULL)
		return judge_document(r, audit, s, raw, opts, a, err);
	rc = import_text(&flow, importer, s->path, raw, a, &why);
	if (rc < 0)
		return name_it(s->path, rc, &why, err);
	rc = fa_audit_flow(r, audit, flow, s->path, raw, a, err);
	if (rc == FA_OK && fa_check_is_source(importer))
		rc = fa_audit_sources(r,
			&(struct fa_audit_source){ s->path, raw }, 1, a, err);
	return rc;
}

int
fa_check_judge(struct fa_result *r, const struct fa_audit *audit,
	const struct fa_check_subject *s, const struct fa_read_opts *opts,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_read_opts own = *opts;
	struct fa_str raw;
	int rc;

	if (s->importer != NULL && fa_file_is_dir(s->path))
		return judge_folder(r, audit, s, a, err);
	rc = fa_file_view(&raw, &own.paged, s->path, FA_DOC_MAX_BYTES, a, err);
	if (rc < 0)
		return rc;
	return fa_check_judge_bytes(r, audit, s, raw, &own, a, err);
}

/* Does path stay below the folder that it is taken from? */
static bool
stays_below(struct fa_str path)
{
	if (path.n == 0 || path.p[0] == '/')
		return false;
	while (path.p != NULL)
		if (fa_str_eq(fa_str_cut(&path, '/'), FA_STR("..")))
			return false;
	return true;
}

/* The folder that evidence lies in: beside the file of the flow. */
static struct fa_str
folder_of(struct fa_str name)
{
	size_t n = name.n;

	if (fa_file_is_dir(name))
		return name;
	while (n > 0 && name.p[n - 1] != '/')
		n--;
	return n > 0 ? fa_str_sub(name, 0, n) : FA_STR(".");
}

/* 1: there and as recorded, 0: not. */
static int
load_picture(struct fa_str *out, struct fa_str folder,
	const struct fa_flow_evidence *e, struct fa_arena *a,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf path;
	char hex[FA_HASH_HEX_BYTES];
	struct fa_picture p;
	struct fa_err why;
	struct fa_str bytes;
	int rc;

	fa_buf_init(&path, FA_FILE_PATH_BYTES);
	fa_buf_add(&path, folder);
	fa_buf_addc(&path, '/');
	fa_buf_add(&path, e->path);
	if (!stays_below(e->path) || path.rc != FA_OK)
		return 0;
	rc = fa_file_read(
		&bytes, fa_buf_str(&path), FA_REPORT_PICTURE_BYTES, a, &why);
	if (rc == FA_E_NOMEM)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc < 0 || !fa_picture_read(&p, bytes))
		return 0;
	rc = fa_hash_sha256(hex, bytes, err);
	if (rc < 0)
		return rc;
	if (!fa_str_ieq(e->sha256, fa_str_c(hex)))
		return 0;
	*out = bytes;
	return 1;
}

/* Other evidence (a page's DOM) is not for showing. */
static bool
is_picture(const struct fa_flow_evidence *e)
{
	return fa_str_starts(e->media, FA_STR("image/")) ||
		fa_str_ends(e->path, FA_STR(".png")) ||
		fa_str_ends(e->path, FA_STR(".jpg")) ||
		fa_str_ends(e->path, FA_STR(".jpeg"));
}

int
fa_check_pictures(struct fa_report_pictures *out, unsigned *bad,
	const struct fa_result *r, struct fa_arena *a, struct fa_err *err)
{
	const struct fa_flow *f = r->flow;
	struct fa_str *at = fa_arena_new(a, f->evidence_n, sizeof(*at));
	struct fa_str folder = folder_of(r->name);
	size_t bytes = 0;

	if (at == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for pictures");
	for (size_t i = 0; i < f->evidence_n; i++) {
		int rc;

		if (!is_picture(&f->evidence[i]) ||
			bytes > FA_REPORT_PICTURES_BYTES)
			continue;
		rc = load_picture(&at[i], folder, &f->evidence[i], a, err);
		if (rc < 0)
			return rc;
		*bad += rc == 0;
		bytes += at[i].n;
	}
	*out = (struct fa_report_pictures){ at, f->evidence_n };
	return FA_OK;
}
