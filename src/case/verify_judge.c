/* Judging: every quote is cut again from the archived bytes, and these are
 * judged again by the rules in the pack. */
#include <stdio.h>
#include <string.h>

#include "audit/batch.h"
#include "base/json.h"
#include "case/pack_judge_parts.h"
#include "case/verify_work.h"
#include "read/read.h"
#include "rules/rules.h"

#define QUOTE_BYTES (1u << 20)

/* A line of findings that is about a document. */
struct cutting {
	struct fa_verify_work *w;
	struct fa_payload_source source;
	struct fa_arena a; /* of the line at hand */
	const struct fa_pack_doc *d;
	struct fa_doc doc;
	uint64_t quotes;
};

/* One passage: is this what stands there? */
static int
cut(struct cutting *c, const struct fa_json *e, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	int64_t from = fa_json_int(e, "byte_offset", -1);
	int64_t n = fa_json_int(e, "byte_length", -1);
	struct fa_str quote = fa_json_text(e, "quote");
	struct fa_range r;
	int rc;

	fa_buf_init(&b, QUOTE_BYTES);
	if (from < 0 || n < 0 || from > (int64_t)c->doc.raw.n ||
		n > (int64_t)c->doc.raw.n - from)
		return fa_fail(err, FA_E_INPUT,
			"%.*s: a quote of %lld bytes at %lld, the body has %zu",
			FA_STR_ARG(c->d->url), (long long)n, (long long)from,
			c->doc.raw.n);
	r = (struct fa_range){ (uint32_t)from, (uint32_t)(from + n) };
	fa_read_quote(&c->doc, r, &b);
	rc = fa_buf_rc(&b, "quote", err);
	if (rc < 0)
		return rc;
	if (!fa_str_eq(fa_buf_str(&b), quote))
		return fa_fail(err, FA_E_INPUT,
			"%.*s: at byte %lld stands '%.*s', quoted is '%.*s'",
			FA_STR_ARG(c->d->url), (long long)from,
			FA_STR_ARG(fa_str_sub(fa_buf_str(&b), 0, 120)),
			FA_STR_ARG(fa_str_sub(quote, 0, 120)));
	c->quotes++;
	return FA_OK;
}

/* Every object with a place and a quote, wherever it stands; the depth of a
 * tree is limited by its reader. */
static int
cut_all(struct cutting *c, const struct fa_json *j, unsigned depth,
	struct fa_err *err)
{
	int rc = FA_OK;

	if (depth > FA_JSON_MAX_DEPTH)
		return fa_fail(err, FA_E_LIMIT, "findings are nested too deep");
	if (j->kind == FA_JSON_OBJECT && fa_json_find(j, "byte_offset"))
		rc = cut(c, j, err);
	for (const struct fa_json *x = j->child; x && rc == FA_OK; x = x->next)
		rc = cut_all(c, x, depth + 1, err);
	return rc;
}

static int
cut_line(struct cutting *c, size_t i, struct fa_str line, struct fa_err *err)
{
	struct fa_verify_work *w = c->w;
	const struct fa_wacz_record *record;
	struct fa_json *j;
	struct fa_str body;
	int rc;

	fa_arena_reset(&c->a);
	rc = fa_json_parse(&j, line, &c->a, err);
	if (rc < 0)
		return rc;
	c->d = &w->plan.docs[i];
	if (!fa_str_eq(fa_json_text(j, "type"), FA_STR("document")) ||
		!fa_str_eq(fa_json_text(j, "name"), c->d->url))
		return fa_fail(err, FA_E_INPUT, "line %zu is not about %.*s",
			i + 1, FA_STR_ARG(c->d->url));
	if (fa_json_text(j, "error").p)
		return FA_OK;
	rc = fa_pack_body(&body, &record, &c->source, c->d, &w->index,
		&w->inner, &c->a, err);
	if (rc == FA_OK)
		rc = fa_pack_read(&c->doc, c->d, body, &c->a, err);
	return rc < 0 ? rc : cut_all(c, j, 0, err);
}

static int
check_quotes(
	struct fa_verify_work *w, struct fa_str findings, struct fa_err *err)
{
	struct cutting c = { .w = w };
	struct fa_str rest = findings;
	struct fa_err why;
	int rc = FA_OK;

	fa_arena_init(&c.a, FA_BATCH_MEMORY_BYTES + FA_JSON_MAX_BYTES * 4);
	for (size_t i = 0; i < w->plan.docs_n && rc == FA_OK; i++)
		rc = rest.n == 0
			? fa_fail(&why, FA_E_INPUT,
				  FA_PACK_FINDINGS " has %zu lines, there are "
						   "%zu documents",
				  i, w->plan.docs_n)
			: cut_line(&c, i, fa_str_cut(&rest, '\n'), &why);
	fa_payload_done(&c.source);
	fa_arena_done(&c.a);
	if (rc < 0)
		return fa_verify_fail(w, "quotes", rc, &why, err);
	return fa_verify_say(w, "quotes", FA_VERIFY_OK, err,
		"%llu quotes stand in the archived bytes where they are said "
		"to stand",
		(unsigned long long)c.quotes);
}

static size_t
first_difference(struct fa_str a, struct fa_str b)
{
	size_t line = 1;

	while (a.n > 0 && b.n > 0 &&
		fa_str_eq(fa_str_cut(&a, '\n'), fa_str_cut(&b, '\n')))
		line++;
	return line;
}

static bool
is_named(struct fa_str name, const char *folder, struct fa_str hex)
{
	return fa_str_starts(name, fa_str_c(folder)) &&
		fa_str_starts(fa_str_sub(name, strlen(folder), name.n), hex);
}

/* Is it no text and no rules, or those that were judged or the log names? */
static bool
is_accounted(const struct fa_verify_work *w, const struct fa_pack_judged *j,
	struct fa_str name)
{
	bool text = fa_str_starts(name, FA_STR(FA_PACK_TEXTS));

	if ((!text && !fa_str_starts(name, FA_STR(FA_PACK_RULES))) ||
		fa_str_eq(name, w->plan.rules))
		return true;
	for (size_t i = 0; i < w->plan.docs_n && text; i++)
		if (is_named(name, FA_PACK_TEXTS,
			    fa_str_c(j->docs[i].text_sha256)))
			return true;
	for (size_t i = 0; i < w->log.objs_n; i++)
		if (is_named(name, text ? FA_PACK_TEXTS : FA_PACK_RULES,
			    w->log.objs[i].sha256))
			return true;
	return false;
}

static int
check_texts(struct fa_verify_work *w, const struct fa_pack_judged *j,
	struct fa_err *err)
{
	for (size_t i = 0; i < w->plan.docs_n; i++) {
		const struct fa_pack_judged_doc *d = &j->docs[i];
		char name[sizeof(FA_PACK_TEXTS) + FA_HASH_HEX_BYTES + 8];
		struct fa_str text;
		int rc;

		if (!d->text.p)
			continue;
		(void)snprintf(name, sizeof(name), FA_PACK_TEXTS "%s.txt",
			d->text_sha256);
		rc = fa_verify_text(&text, w, &w->inner, name, err);
		if (rc < 0)
			return rc;
		if (!fa_str_eq(text, d->text))
			return fa_fail(err, FA_E_INPUT,
				"%s is not the text of %.*s", name,
				FA_STR_ARG(w->plan.docs[i].url));
	}
	for (size_t i = 0; i < w->inner.n; i++)
		if (!is_accounted(w, j, w->inner.at[i].name))
			return fa_fail(err, FA_E_INPUT,
				"%.*s belongs to nothing that was judged",
				FA_STR_ARG(w->inner.at[i].name));
	return FA_OK;
}

static int
check_pages(struct fa_verify_work *w, const struct fa_pack_judged *j,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	struct fa_str text;
	int rc = fa_verify_text(&text, w, &w->inner, FA_WACZ_PAGES, err);

	fa_buf_init(&b, FA_WACZ_TEXT_BYTES);
	if (rc == FA_OK)
		rc = fa_pack_pages(&b, &w->index, &w->plan, j, w->a, err);
	if (rc == FA_OK && !fa_str_eq(fa_buf_str(&b), text))
		rc = fa_fail(err, FA_E_INPUT,
			FA_WACZ_PAGES
			" is not the list that the archives give");
	return rc;
}

static bool
same_engine(const struct fa_verify_work *w)
{
	return fa_str_eq(w->plan.tool, w->o->tool_version) &&
		w->plan.reader == FA_READ_VERSION;
}

static int
compare(struct fa_verify_work *w, const struct fa_pack_judged *j,
	struct fa_str findings, struct fa_err *err)
{
	struct fa_err why;
	int rc = FA_OK;

	if (!fa_str_eq(findings, j->findings)) {
		size_t line = first_difference(findings, j->findings);

		if (same_engine(w))
			return fa_verify_say(w, "judgement", FA_VERIFY_FAILED,
				err,
				FA_PACK_FINDINGS
				", line %zu, is not what the archived bytes "
				"give",
				line);
		return fa_verify_say(w, "judgement", FA_VERIFY_CANNOT, err,
			"not comparable: judged by faceaudit %.*s (reader "
			"%lld), this is %.*s (reader %d), which gives "
			"another line %zu; take the version that judged",
			FA_STR_ARG(w->plan.tool), (long long)w->plan.reader,
			FA_STR_ARG(w->o->tool_version), FA_READ_VERSION, line);
	}
	rc = check_texts(w, j, &why);
	if (rc == FA_OK)
		rc = check_pages(w, j, &why);
	if (rc < 0)
		return fa_verify_fail(w, "judgement", rc, &why, err);
	return fa_verify_say(w, "judgement", FA_VERIFY_OK, err,
		"%zu documents, %zu flows and %zu targets, judged again: the "
		"same findings byte for byte%s",
		w->plan.docs_n, w->plan.flows_n, w->plan.targets_n,
		same_engine(w) ? "" : ", by another version");
}

/* The rules in the pack, when this program can read them. */
static int
load_rules(struct fa_bundle **out, struct fa_verify_work *w, struct fa_err *err)
{
	struct fa_str text, format;
	struct fa_json *j;
	const struct fa_pack_file *f =
		fa_pack_files_find(&w->inner, w->plan.rules);
	int rc;

	if (!f)
		return fa_fail(err, FA_E_NOTFOUND, "%.*s is missing",
			FA_STR_ARG(w->plan.rules));
	rc = fa_file_read(&text, f->path, FA_PACK_FILE_BYTES, w->a, err);
	if (rc == FA_OK)
		rc = fa_json_parse(&j, text, w->a, err);
	if (rc < 0)
		return rc;
	format = fa_json_text(fa_json_find(j, "bundle"), "format");
	if (format.p && !fa_str_eq(format, FA_STR(FA_RULES_FORMAT)))
		return fa_fail(err, FA_E_UNSUPPORTED,
			"the rules have the format '%.*s', this program "
			"reads " FA_RULES_FORMAT,
			FA_STR_ARG(format));
	rc = fa_rules_parse_bundle(out, text, w->a, err);
	if (rc == FA_OK && !fa_str_eq(fa_str_c((*out)->sha256), w->plan.bundle))
		rc = fa_fail(err, FA_E_INPUT,
			"the rules in %.*s have the SHA-256 %s, judged was by "
			"%.*s",
			FA_STR_ARG(w->plan.rules), (*out)->sha256,
			FA_STR_ARG(w->plan.bundle));
	return rc;
}

static int
check_judgement(
	struct fa_verify_work *w, struct fa_str findings, struct fa_err *err)
{
	struct fa_pack_judged judged;
	struct fa_bundle *b = NULL;
	struct fa_err why;
	int rc = load_rules(&b, w, &why);

	if (rc == FA_OK)
		rc = fa_pack_judge(
			&judged, &w->plan, &w->index, &w->inner, b, w->a, &why);
	if (rc < 0)
		return fa_verify_fail(w, "judgement", rc, &why, err);
	return compare(w, &judged, findings, err);
}

int
fa_verify_judge(struct fa_verify_work *w, struct fa_err *err)
{
	struct fa_str text, findings;
	struct fa_err why;
	int rc;

	if (w->o->evidence_only)
		return fa_verify_say(w, "judgement", FA_VERIFY_NONE, err,
			"left out: what was derived from the evidence "
			"(findings, quotes, texts, bodies, lists, index) was "
			"not made again");
	if (!w->indexed)
		return fa_verify_say(w, "judgement", FA_VERIFY_CANNOT, err,
			"the archives cannot be read");
	rc = fa_verify_text(&text, w, &w->inner, FA_PACK_JUDGING, &why);
	if (rc == FA_OK)
		rc = fa_pack_plan_parse(&w->plan, text, w->a, &why);
	if (rc < 0)
		return fa_verify_fail(w, "judgement", rc, &why, err);
	if (!w->plan.bundle.p) {
		rc = check_pages(w, NULL, &why);
		if (rc < 0)
			return fa_verify_fail(w, "judgement", rc, &why, err);
		return fa_verify_say(w, "judgement", FA_VERIFY_NONE, err,
			"nothing was judged");
	}
	rc = fa_verify_text(&findings, w, &w->inner, FA_PACK_FINDINGS, &why);
	if (rc < 0)
		return fa_verify_fail(w, "judgement", rc, &why, err);
	rc = check_quotes(w, findings, err);
	return rc < 0 ? rc : check_judgement(w, findings, err);
}
