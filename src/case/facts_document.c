/* The texts of a target: read again from the archive, judged again, compared
 * with what the store holds. */
#include <string.h>

#include "base/utf8.h"
#include "case/facts_parts.h"
#include "read/read.h"

#define WHERE_BYTES 600 /* of the passage that gives a version */

/* The capture at which the text was seen last, and the one that holds its
 * bytes: 1, or 0 when the store has none. */
static int
find_capture(struct fa_capture *seen, struct fa_capture *holder,
	struct fa_facts *x, const struct fa_facts_doc *doc, struct fa_err *err)
{
	int64_t id[FA_STORE_HOPS + 60];
	size_t n = FA_COUNT(id);
	struct fa_capture as = { .id = 0 };
	int rc = fa_store_captures_of(id, &n, x->s, doc->from.final, err);

	memset(seen, 0, sizeof(*seen));
	for (size_t i = 0; rc >= 0 && i < n; i++) {
		rc = fa_store_get_capture(seen, x->s, id[i], x->a, err);
		if (rc == 1 && strcmp(seen->payload, doc->stored.payload) == 0)
			break;
		memset(seen, 0, sizeof(*seen));
	}
	if (rc < 0)
		return rc;
	memcpy(as.payload, doc->stored.payload, sizeof(as.payload));
	as.media_type = doc->stored.media_type;
	as.charset = doc->stored.charset;
	as.coding = doc->stored.coding;
	if (seen->id != 0 && seen->revisit == FA_REVISIT_NEW) {
		*holder = *seen;
		return 1;
	}
	rc = fa_store_find_payload(holder, x->s, &as, x->a, err);
	if (rc == 1 && seen->id == 0)
		*seen = *holder;
	return rc;
}

static int
read_page(struct fa_doc *out, const struct fa_store_document *d,
	struct fa_str body, struct fa_arena *a, struct fa_err *err)
{
	bool html = fa_str_find(d->media_type, FA_STR("html"), 0) != SIZE_MAX;
	struct fa_read_opts opts = { .name = FA_STR("page"),
		.format = html ? FA_FORMAT_HTML : FA_FORMAT_AUTO,
		.charset = d->charset };
	int rc = fa_read(out, body, &opts, a, err);

	if (rc != FA_E_USAGE || opts.charset.p == NULL)
		return rc;
	/* A label that nobody knows is as good as none. */
	opts.charset = FA_STR_NONE;
	return fa_read(out, body, &opts, a, err);
}

static bool
same_passage(const struct fa_evidence *e, const struct fa_store_evidence *s)
{
	return e->raw.from == s->raw.from && e->raw.to == s->raw.to &&
		fa_str_eq(e->quote, s->quote) && fa_str_eq(e->text, s->text);
}

/* Are these the passages that the store holds for one obligation? */
static int
same_evidence(bool *same, struct fa_facts *x, const struct fa_finding *f,
	int64_t judgement, struct fa_err *err)
{
	struct fa_store_evidence_list l;
	size_t pro = 0, contra = 0;
	int rc = fa_store_get_evidence(&l, x->s, judgement,
		x->bundle->obligations[f->obligation].id, x->a, err);

	for (size_t i = 0; rc == FA_OK && *same && i < l.n; i++) {
		const struct fa_store_evidence *s = &l.at[i];

		if (s->against)
			*same = contra < f->contra_n &&
				same_passage(&f->contra[contra++], s);
		else
			*same = pro < f->pro_n &&
				same_passage(&f->pro[pro++], s);
	}
	if (rc == FA_OK && (pro != f->pro_n || contra != f->contra_n))
		*same = false;
	return rc;
}

static int
compare(bool *same, struct fa_facts *x, const struct fa_facts_doc *doc,
	struct fa_err *err)
{
	struct fa_store_judgement j;
	int64_t id;
	int rc = fa_store_judgement_id(
		&id, doc->stored.id, x->key.bundle, x->key.as_of, err);

	if (rc == FA_OK)
		rc = fa_store_get_judgement(&j, x->s, id, x->a, err);
	*same = rc == 1 && fa_str_eq(j.score.vector, doc->r.score.vector);
	for (size_t i = 0; rc >= 0 && *same && i < doc->r.findings_n; i++)
		if (doc->r.findings[i].verdict != FA_VERDICT_NOT_APPLICABLE)
			rc = same_evidence(
				same, x, &doc->r.findings[i], j.id, err);
	return rc < 0 ? rc : FA_OK;
}

/* ---- what the text says of its own date ---- */

static bool
names_version(struct fa_str s)
{
	static const char *const word[] = { "更新日期", "生效日期", "发布日期",
		"版本日期", "更新时间", "生效时间", "发布时间", "更新于",
		"最近更新", "最后更新", "修订日期", "版本号" };

	for (size_t i = 0; i < FA_COUNT(word); i++)
		if (fa_str_find(s, fa_str_c(word[i]), 0) != SIZE_MAX)
			return true;
	return false;
}

/* Digits at s, and the blanks around them: their end, or 0 unless there are
 * from min to max of them. */
static size_t
digits_at(struct fa_str s, size_t at, size_t min, size_t max)
{
	size_t n = 0;

	while (at < s.n && s.p[at] == ' ')
		at++;
	while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
		n++;
	if (n < min || n > max)
		return 0;
	at += n;
	while (at < s.n && s.p[at] == ' ')
		at++;
	return at;
}

/* A date like 2026年3月1日, 2026-03-01, 2026.3.1 or 2026/3/1: its length, or
 * 0. */
static size_t
date_at(struct fa_str s)
{
	static const char *const mark[][3] = { { "年", "月", "日" },
		{ "-", "-", "" }, { ".", ".", "" }, { "/", "/", "" } };

	for (size_t kind = 0; kind < FA_COUNT(mark); kind++) {
		size_t at = 0;

		for (size_t part = 0; part < 3; part++) {
			struct fa_str m = fa_str_c(mark[kind][part]);

			at = digits_at(
				s, at, part == 0 ? 4 : 1, part == 0 ? 4 : 2);
			if (at == 0 ||
				!fa_str_starts(fa_str_sub(s, at, s.n), m)) {
				at = 0;
				break;
			}
			at += m.n;
		}
		if (at > 0)
			return fa_str_trim(fa_str_sub(s, 0, at)).n;
	}
	return 0;
}

/* The first sentence that names a version or date of the text itself. */
static void
find_version(struct fa_dossier_document *out, struct fa_facts *x,
	const struct fa_doc *doc)
{
	for (size_t i = 0; i < doc->sentences_n; i++) {
		struct fa_range r = doc->sentences[i].text;
		struct fa_str s = fa_str_sub(doc->text, r.from, r.to);

		if (!names_version(s) || s.n > WHERE_BYTES)
			continue;
		for (size_t at = 0; at < s.n; at++) {
			size_t n = date_at(fa_str_sub(s, at, s.n));

			if (n == 0)
				continue;
			out->version =
				fa_facts_dup(x, fa_str_sub(s, at, at + n));
			out->version_where = fa_facts_dup(x, fa_str_trim(s));
			return;
		}
	}
}

/* ---- the text for the annex ---- */

static int
add_clauses(struct fa_dossier_document *out, struct fa_facts *x,
	const struct fa_doc *doc, struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);

	fa_buf_init(&b, doc->text.n * 4 + 4096);
	out->clauses =
		fa_arena_new(x->a, doc->sentences_n, sizeof(*out->clauses));
	if (out->clauses == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a text");
	for (size_t i = 0; i < doc->sentences_n; i++) {
		const struct fa_sentence *s = &doc->sentences[i];
		const struct fa_block *k = &doc->blocks[s->block];
		struct fa_dossier_clause *c = &out->clauses[out->clauses_n];

		fa_buf_reset(&b);
		fa_read_visible(doc, s->text, &b);
		if (fa_str_trim(fa_buf_str(&b)).n == 0)
			continue;
		c->number = (uint32_t)i + 1;
		c->paragraph = s->block + 1;
		c->heading = k->kind == FA_BLOCK_HEADING;
		c->level = k->level;
		c->text = fa_facts_dup(x, fa_str_trim(fa_buf_str(&b)));
		if (c->text.p == NULL)
			return fa_fail(err, FA_E_NOMEM, "no memory for a text");
		out->clauses_n++;
	}
	return fa_buf_rc(&b, "text", err);
}

static int
describe(struct fa_facts *x, uint32_t index, struct fa_str body,
	struct fa_err *err)
{
	struct fa_dossier_document *out = &x->d->documents[index];
	struct fa_facts_doc *doc = &x->docs[index];
	int rc = fa_facts_digest(&out->raw, body, err);

	if (rc == FA_OK)
		rc = fa_facts_digest(&out->text, doc->doc.text, err);
	if (rc < 0)
		return rc;
	out->encoding = fa_encoding_name(doc->doc.encoding);
	out->format = fa_format_name(doc->doc.format);
	out->bad_bytes = doc->doc.bad_bytes;
	out->notice = doc->doc.notice;
	out->score = doc->r.score;
	if (doc->doc.title.n > 0)
		out->title = doc->doc.title;
	find_version(out, x, &doc->doc);
	return add_clauses(out, x, &doc->doc, err);
}

static int
judge_again(struct fa_facts *x, uint32_t index, const struct fa_capture *holder,
	struct fa_str *body, struct fa_err *err)
{
	struct fa_facts_doc *doc = &x->docs[index];
	struct fa_payload payload;
	struct fa_str path;
	int rc = fa_store_archive_path(&path, x->s, holder->archive, x->a, err);

	if (rc == FA_OK)
		rc = fa_payload_load(&payload, &x->source, path, holder->offset,
			doc->stored.payload, FA_FACTS_BODY_BYTES, x->a, err);
	if (rc == FA_OK)
		rc = read_page(
			&doc->doc, &doc->stored, payload.body, x->a, err);
	if (rc == FA_OK)
		rc = fa_audit_read_document(
			&doc->r, &x->audit, &doc->doc, x->a, err);
	if (rc == FA_OK)
		*body = payload.body;
	return rc;
}

/* A failure of the document itself becomes part of what is said of it. */
static int
give_up(struct fa_facts *x, uint32_t index, int rc, const struct fa_err *why,
	struct fa_err *err)
{
	if (rc == FA_E_IO || rc == FA_E_INTERRUPTED)
		return fa_fail(err, rc, "%s", why->msg);
	x->d->documents[index].error = fa_facts_dup(x, fa_str_c(why->msg));
	x->docs[index].doc.text = FA_STR_NONE;
	return x->d->documents[index].error.p != NULL
		? FA_OK
		: fa_fail(err, FA_E_NOMEM, "no memory for a report");
}

static int
look_again(struct fa_facts *x, uint32_t index, const struct fa_capture *holder,
	struct fa_err *err)
{
	struct fa_str body = FA_STR_NONE;
	struct fa_err why;
	bool same = false;
	int rc = judge_again(x, index, holder, &body, &why);

	if (rc < 0)
		return give_up(x, index, rc, &why, err);
	x->docs[index].judged = true;
	rc = describe(x, index, body, err);
	if (rc == FA_OK)
		rc = compare(&same, x, &x->docs[index], err);
	x->d->documents[index].judged_again = true;
	x->d->documents[index].agrees = same;
	return rc;
}

/* The page that a browser drew of the text, if one did. */
static void
find_page(struct fa_facts *x, uint32_t index)
{
	struct fa_dossier_document *d = &x->d->documents[index];
	int64_t seq = d->capture < x->d->captures_n
		? x->d->captures[d->capture].seq
		: 0;
	const struct fa_facts_page *page = fa_facts_page_of(x, seq, d->url);

	x->docs[index].page = page;
	d->picture =
		page != NULL && page->n > 0 ? page->first : FA_DOSSIER_NONE;
}

/* Who says that the text is the app's: the operator who named the address, or
 * a page that links to it. */
static int
find_relation(struct fa_str *out, struct fa_facts *x, int64_t target,
	const struct fa_store_app_document *from, struct fa_err *err)
{
	struct fa_wanted_list l;
	int rc = fa_store_wanted(&l, x->s, target, x->a, err);

	for (size_t i = 0; rc == FA_OK && i < l.n; i++) {
		if (l.at[i].url != from->url || l.at[i].role != from->role)
			continue;
		*out = fa_str_c(l.at[i].root
				? FA_FACTS_SAY(x,
					  "网址由取证人指定；与应用的关联由商店"
					  "页面、应用内链接等另行证明",
					  "the operator named the address; "
					  "that "
					  "it is the app's has to be shown by "
					  "its listing or the app itself")
				: FA_FACTS_SAY(x,
					  "由所指定的页面或商店页面上的链接得"
					  "到，链接见存档",
					  "found by a link on a page or "
					  "listing "
					  "named; the archive has it"));
	}
	return rc;
}

static int
add_document(struct fa_facts *x, int64_t target,
	const struct fa_store_app_document *from, struct fa_err *err)
{
	struct fa_facts_doc *doc =
		FA_FACTS_ADD(x, x->docs, x->docs_n, x->docs_cap, err);
	struct fa_dossier_document *out = FA_FACTS_ADD(
		x, x->d->documents, x->d->documents_n, x->documents_cap, err);
	uint32_t index = (uint32_t)x->docs_n - 1;
	struct fa_capture seen, holder;
	struct fa_str url;
	int rc;

	if (doc == NULL || out == NULL)
		return FA_E_NOMEM;
	doc->from = *from;
	doc->first_picture = FA_DOSSIER_NONE;
	out->role = from->role;
	out->capture = FA_DOSSIER_NONE;
	out->raw.bytes = out->text.bytes = -1;
	out->stands_in = from->stands_in;
	rc = fa_store_url_text(&url, x->s, from->url, x->a, err);
	if (rc == FA_OK)
		rc = fa_store_url_text(&out->url, x->s, from->final, x->a, err);
	if (rc == FA_OK)
		rc = find_relation(&out->relation, x, target, from, err);
	if (rc == FA_OK)
		rc = fa_store_get_document(
			&doc->stored, x->s, from->document, x->a, err);
	if (rc == 0)
		return fa_fail(
			err, FA_E_INPUT, "store: a judged document is missing");
	if (rc < 0)
		return rc;
	out->title = doc->stored.title;
	out->media_type = doc->stored.media_type;
	out->picture = FA_DOSSIER_NONE;
	rc = find_capture(&seen, &holder, x, doc, err);
	if (rc < 0)
		return rc;
	if (rc == 0) {
		out->error = FA_STR("no capture holds its bytes");
		return FA_OK;
	}
	rc = look_again(x, index, &holder, err);
	if (rc == FA_OK)
		rc = fa_facts_capture(&x->d->documents[index].capture, x,
			&x->docs[index], &seen, &holder, url,
			x->d->documents[index].url, err);
	if (rc == FA_OK)
		find_page(x, index);
	return rc;
}

/* One document may be wanted in several roles; it is shown once. */
static bool
is_known(const struct fa_facts *x, const struct fa_facts_target *t,
	const struct fa_store_app_document *d)
{
	for (size_t i = t->first; i < x->docs_n; i++)
		if (x->docs[i].from.document == d->document &&
			x->docs[i].from.final == d->final)
			return true;
	return false;
}

int
fa_facts_documents(
	struct fa_facts *x, struct fa_facts_target *t, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < t->app.documents_n && rc == FA_OK; i++) {
		const struct fa_store_app_document *d = &t->app.documents[i];

		if (d->document == 0 || is_known(x, t, d))
			continue;
		if (x->docs_n == FA_FACTS_DOCUMENTS)
			return fa_fail(err, FA_E_LIMIT,
				"more than %d texts in one report",
				FA_FACTS_DOCUMENTS);
		rc = add_document(x, t->t.id, d, err);
	}
	return rc;
}
