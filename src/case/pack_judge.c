#include "case/pack_judge.h"

#include <string.h>

#include "audit/app.h"
#include "audit/audit.h"
#include "audit/batch.h"
#include "audit/flow.h"
#include "base/file.h"
#include "base/json.h"
#include "case/pack_judge_parts.h"
#include "evidence/payload.h"
#include "flow/import.h"
#include "report/common.h"
#include "report/report.h"

#define LINE_BYTES ((size_t)64 << 20) /* of findings on one document */

/* What reading a body needs, as `audit` does it. */
static int
read_opts(struct fa_read_opts *out, const struct fa_pack_doc *d)
{
	bool html = fa_str_find(d->media_type, FA_STR("html"), 0) != SIZE_MAX;

	*out = (struct fa_read_opts){ .name = d->url,
		.format = html ? FA_FORMAT_HTML : FA_FORMAT_AUTO,
		.charset = d->charset };
	return FA_OK;
}

int
fa_pack_read(struct fa_doc *doc, const struct fa_pack_doc *d,
	struct fa_str body, struct fa_arena *a, struct fa_err *err)
{
	struct fa_read_opts opts;
	int rc = read_opts(&opts, d);

	if (rc == FA_OK)
		rc = fa_read(doc, body, &opts, a, err);
	if (rc != FA_E_USAGE || !opts.charset.p)
		return rc;
	/* A label that nobody knows is as good as none. */
	opts.charset = FA_STR_NONE;
	return fa_read(doc, body, &opts, a, err);
}

int
fa_pack_body(struct fa_str *out, const struct fa_wacz_record **record,
	struct fa_payload_source *source, const struct fa_pack_doc *d,
	const struct fa_wacz_index *index, const struct fa_pack_files *files,
	struct fa_arena *a, struct fa_err *err)
{
	const struct fa_wacz_record *r =
		fa_wacz_find_payload(index, d->payload);
	const struct fa_pack_file *file;
	struct fa_payload p;
	char sha256[FA_HASH_HEX_BYTES];
	int rc;

	if (!r)
		return fa_fail(err, FA_E_NOTFOUND,
			"no record holds the payload %.*s of %.*s",
			FA_STR_ARG(d->payload), FA_STR_ARG(d->url));
	if (!fa_wacz_has_labels(
		    index, d->payload, d->media_type, d->charset, d->coding))
		return fa_fail(err, FA_E_INPUT,
			"no record with the payload of %.*s has its type and "
			"coding",
			FA_STR_ARG(d->url));
	file = fa_pack_files_find(files, r->file);
	if (!file || !file->path.p)
		return fa_fail(err, FA_E_NOTFOUND, "%.*s is missing",
			FA_STR_ARG(r->file));
	memcpy(sha256, r->payload_sha256, sizeof(sha256));
	rc = fa_payload_load(&p, source, file->path, r->offset, sha256,
		FA_BATCH_BODY_BYTES, a, err);
	if (rc < 0)
		return rc;
	*record = r;
	*out = p.body;
	return FA_OK;
}

struct work {
	const struct fa_pack_plan *p;
	const struct fa_wacz_index *index;
	const struct fa_pack_files *files;
	struct fa_audit audit;
	struct fa_arena *a;
	struct fa_arena scratch; /* of the document at hand */
	struct fa_payload_source source;
	struct fa_report report;
	struct fa_buf out;
	struct fa_pack_judged judged;
	struct fa_result *kept; /* of each document, without evidence */
};

/* Verdicts outlive the document; what they rest on is in the lines. */
static int
keep_result(struct fa_result *out, const struct fa_result *r, struct work *w,
	struct fa_err *err)
{
	*out = (struct fa_result){ .name = FA_STR("document"),
		.scopes = r->scopes,
		.error = r->error.p ? FA_STR("not judged") : FA_STR_NONE };
	out->findings =
		fa_arena_new(w->a, r->findings_n, sizeof(*out->findings));
	if (!out->findings)
		return fa_fail(err, FA_E_NOMEM, "no memory for verdicts");
	for (size_t i = 0; i < r->findings_n; i++) {
		const struct fa_finding *f = &r->findings[i];
		struct fa_finding *x = &out->findings[out->findings_n];

		w->judged.quotes += f->pro_n + f->contra_n;
		if (f->verdict == FA_VERDICT_NOT_APPLICABLE)
			continue;
		*x = (struct fa_finding){ .obligation = f->obligation,
			.verdict = f->verdict,
			.rule = f->rule,
			.confidence = f->confidence,
			.tier = f->tier };
		if (f->reason.p) {
			x->reason = fa_arena_dup(w->a, f->reason);
			if (!x->reason.p)
				return fa_fail(err, FA_E_NOMEM,
					"no memory for verdicts");
		}
		out->findings_n++;
	}
	return FA_OK;
}

static int
write_result(struct work *w, const struct fa_result *r, struct fa_err *err)
{
	return w->report.writer->doc(&w->report, r, &w->out, err);
}

/* What judging the document gives beside its findings. */
static int
describe(struct fa_pack_judged_doc *out, const struct fa_doc *doc,
	const struct fa_result *r, struct work *w, struct fa_err *err)
{
	int rc = fa_hash_sha256(out->text_sha256, doc->text, err);

	if (rc < 0)
		return rc;
	out->text = fa_arena_dup(w->a, doc->text);
	out->title =
		doc->title.p ? fa_arena_dup(w->a, doc->title) : FA_STR_NONE;
	out->vector =
		r->error.p ? FA_STR_NONE : fa_arena_dup(w->a, r->score.vector);
	return out->text.p && (out->title.p || !doc->title.p) &&
			(out->vector.p || r->error.p)
		? FA_OK
		: fa_fail(err, FA_E_NOMEM, "no memory for a document");
}

static int
judge_body(struct fa_result *r, struct work *w, const struct fa_pack_doc *d,
	struct fa_str body, struct fa_err *err)
{
	struct fa_read_opts opts;
	int rc = read_opts(&opts, d);

	if (rc == FA_OK)
		rc = fa_audit_document(
			r, &w->audit, body, &opts, &w->scratch, err);
	if (rc != FA_E_USAGE || !opts.charset.p)
		return rc;
	opts.charset = FA_STR_NONE;
	return fa_audit_document(r, &w->audit, body, &opts, &w->scratch, err);
}

static int
judge_doc(struct work *w, size_t i, struct fa_err *err)
{
	const struct fa_pack_doc *d = &w->p->docs[i];
	struct fa_pack_judged_doc *out = &w->judged.docs[i];
	struct fa_result r;
	struct fa_doc doc;
	struct fa_str body;
	struct fa_err why;
	int rc;

	fa_arena_reset(&w->scratch);
	rc = fa_pack_body(&body, &out->record, &w->source, d, w->index,
		w->files, &w->scratch, err);
	if (rc == FA_OK)
		rc = judge_body(&r, w, d, body, err);
	if (rc == FA_OK)
		rc = write_result(w, &r, err);
	if (rc == FA_OK)
		rc = keep_result(&w->kept[i], &r, w, err);
	if (rc < 0 || r.error.p)
		return rc;
	rc = fa_pack_read(&doc, d, body, &w->scratch, &why);
	if (rc < 0)
		return fa_fail(err, rc, "%s", why.msg);
	return describe(out, &doc, &r, w, err);
}

static int
load_nothing(struct fa_import_file *f, struct fa_arena *a, struct fa_err *err)
{
	(void)f;
	(void)a;
	(void)err;
	return FA_OK;
}

/* The flow knows its file by the name that it has in the pack. */
static int
judge_flow(struct work *w, struct fa_str name, struct fa_err *err)
{
	const struct fa_importer *importer = fa_importer_find(FA_STR("flow"));
	const struct fa_pack_file *file = fa_pack_files_find(w->files, name);
	struct fa_import_file one = { .path = name, .name = name };
	struct fa_import_source s = {
		.path = name, .files = &one, .n = 1, .load = load_nothing
	};
	struct fa_flow *flow = NULL;
	struct fa_result r;
	int rc;

	if (!file || !importer)
		return fa_fail(err, FA_E_NOTFOUND, "%.*s is missing",
			FA_STR_ARG(name));
	fa_arena_reset(&w->scratch);
	if (file->path.p) {
		rc = fa_file_read(&one.text, file->path, FA_DOC_MAX_BYTES,
			&w->scratch, err);
		if (rc < 0)
			return rc;
	} else {
		one.text = file->data;
	}
	rc = importer->import(&flow, &s, &w->scratch, err);
	if (rc == FA_OK)
		rc = fa_audit_flow(
			&r, &w->audit, flow, name, one.text, &w->scratch, err);
	return rc < 0 ? rc : write_result(w, &r, err);
}

static int
begin(struct work *w, const struct fa_bundle *b, struct fa_err *err)
{
	const struct fa_pack_plan *p = w->p;
	int rc;

	w->audit.bundle = b;
	w->audit.as_of = p->as_of;
	w->report =
		(struct fa_report){ .writer = fa_report_find(FA_STR("ndjson")),
			.bundle = b,
			.opts = { .lang = FA_LANG_ZH,
				.as_of = p->as_of,
				.tool_version = p->tool },
			.arena = w->a };
	w->judged.docs = fa_arena_new(w->a, p->docs_n, sizeof(*w->judged.docs));
	w->judged.vectors =
		fa_arena_new(w->a, p->targets_n, sizeof(*w->judged.vectors));
	w->kept = fa_arena_new(w->a, p->docs_n, sizeof(*w->kept));
	if (!w->judged.docs || !w->judged.vectors || !w->kept)
		return fa_fail(err, FA_E_NOMEM, "no memory for judging");
	rc = fa_matcher_new(&w->audit.matcher, b, err);
	return rc < 0 ? rc : w->report.writer->begin(&w->report, &w->out, err);
}

static int
judge_all(struct work *w, struct fa_err *err)
{
	const struct fa_pack_plan *p = w->p;
	int rc = FA_OK;

	for (size_t i = 0; i < p->docs_n && rc == FA_OK; i++)
		rc = judge_doc(w, i, err);
	for (size_t i = 0; i < p->flows_n && rc == FA_OK; i++)
		rc = judge_flow(w, p->flows[i], err);
	for (size_t i = 0; i < p->targets_n && rc == FA_OK; i++)
		rc = fa_pack_judge_target(&w->out, &w->judged.vectors[i],
			&p->targets[i], w->kept, p, w->audit.bundle, w->a, err);
	if (rc == FA_OK)
		rc = fa_buf_rc(&w->out, "findings", err);
	if (rc < 0)
		return rc;
	w->judged.findings = fa_arena_dup(w->a, fa_buf_str(&w->out));
	if (w->out.n == 0)
		w->judged.findings = FA_STR("");
	return w->judged.findings.p
		? FA_OK
		: fa_fail(err, FA_E_NOMEM, "no memory for findings");
}

int
fa_pack_judge(struct fa_pack_judged *out, const struct fa_pack_plan *p,
	const struct fa_wacz_index *index, const struct fa_pack_files *files,
	const struct fa_bundle *b, struct fa_arena *a, struct fa_err *err)
{
	struct work w = { .p = p, .index = index, .files = files, .a = a };
	int rc;

	fa_arena_init(&w.scratch, FA_BATCH_MEMORY_BYTES + FA_DOC_MAX_BYTES);
	fa_buf_init(&w.out, FA_WACZ_TEXT_BYTES);
	rc = begin(&w, b, err);
	if (rc == FA_OK)
		rc = judge_all(&w, err);
	if (rc == FA_OK)
		*out = w.judged;
	fa_matcher_free(w.audit.matcher);
	fa_payload_done(&w.source);
	fa_buf_done(&w.out);
	fa_arena_done(&w.scratch);
	return rc;
}
