/* Results of a SARIF run (2.1.0, 3.27). */
#include "report/label.h"
#include "report/sarif.h"
#include "report/waived.h"

#define URI_BYTES (1u << 16)

#define MESSAGE_MAX_BYTES (1u << 20)
#define FINGERPRINT_NAME "ruleAndQuote/v2"

void
fa_report_sarif_artifact(
	struct fa_jw *w, const char *key, struct fa_str uri, uint32_t index)
{
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kstr(w, "uri", uri);
	fa_jw_kint(w, "index", index);
	fa_jw_end(w, '}');
}

/* 3.30: a text region and a binary region of the same passage; the latter not
 * when the lines are those of a text that was made of the artifact. */
static void
write_region(struct fa_jw *w, const struct fa_sarif_artifact *a,
	const struct fa_evidence *e)
{
	static const struct fa_position start = { 1, 1, 1 };

	fa_jw_key(w, "region");
	fa_jw_object(w);
	fa_jw_kint(w, "startLine", e != NULL ? e->from.line : start.line);
	fa_jw_kint(w, "startColumn", e != NULL ? e->from.column : start.column);
	fa_jw_kint(w, "endLine", e != NULL ? e->to.line : start.line);
	fa_jw_kint(w, "endColumn", e != NULL ? e->to.column : start.column);
	if (e != NULL) {
		if (!a->derived) {
			fa_jw_kint(w, "byteOffset", e->raw.from);
			fa_jw_kint(w, "byteLength",
				(int64_t)e->raw.to - e->raw.from);
		}
		fa_jw_key(w, "snippet");
		fa_jw_object(w);
		fa_jw_kstr(
			w, "text", e->quote.p != NULL ? e->quote : FA_STR(""));
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, '}');
}

/* A line of the source that declares the flow. */
static void
write_spot(struct fa_jw *w, const struct fa_source_spot *s)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf uri;

	fa_buf_init(&uri, URI_BYTES);
	fa_report_uri(&uri, s->file);
	fa_jw_key(w, "artifactLocation");
	fa_jw_object(w);
	fa_jw_kstr(w, "uri", fa_buf_str(&uri));
	fa_jw_end(w, '}');
	fa_report_carry(w->out, &uri);
	fa_jw_key(w, "region");
	fa_jw_object(w);
	fa_jw_kint(w, "startLine", s->from.line);
	fa_jw_kint(w, "startColumn", s->from.column);
	fa_jw_kint(w, "endLine", s->to.line);
	fa_jw_kint(w, "endColumn", s->to.column);
	fa_jw_kint(w, "byteOffset", s->raw.from);
	fa_jw_kint(w, "byteLength", (int64_t)s->raw.to - s->raw.from);
	fa_jw_end(w, '}');
}

/* 3.28; e is NULL for the document as a whole. */
static void
write_location(struct fa_jw *w, const struct fa_sarif_artifact *a,
	uint32_t index, const struct fa_evidence *e)
{
	fa_jw_key(w, "physicalLocation");
	fa_jw_object(w);
	if (a->is_flow && e != NULL && e->spot != NULL) {
		write_spot(w, e->spot);
	} else {
		fa_report_sarif_artifact(w, "artifactLocation", a->uri, index);
		if (!a->is_flow)
			write_region(w, a, e);
	}
	fa_jw_end(w, '}');
	if (a->flow != NULL && e != NULL && e->place != NULL) {
		fa_report_sarif_place(
			w, a->flow, e->place->screen, e->place->element);
		return;
	}
	if (e == NULL || e->section.n == 0)
		return;
	fa_jw_key(w, "logicalLocations");
	fa_jw_array(w);
	fa_jw_object(w);
	fa_jw_kstr(w, "name", e->section);
	fa_jw_end(w, '}');
	fa_jw_end(w, ']');
}

static void
write_related(struct fa_jw *w, const struct fa_sarif_artifact *a,
	uint32_t index, const struct fa_evidence *e, int id,
	const char *message)
{
	fa_jw_object(w);
	fa_jw_kint(w, "id", id);
	fa_report_sarif_message(w, "message", fa_str_c(message));
	write_location(w, a, index, e);
	fa_jw_end(w, '}');
}

static void
write_locations(struct fa_jw *w, const struct fa_report *r,
	const struct fa_finding *f, const struct fa_sarif_artifact *a,
	uint32_t index)
{
	bool gap = f->verdict == FA_VERDICT_GAP;
	size_t from = !gap && f->pro_n > 0 ? 1 : 0;
	int id = 1;

	fa_jw_key(w, "locations");
	fa_jw_array(w);
	fa_jw_object(w);
	write_location(w, a, index, from > 0 ? &f->pro[0] : NULL);
	fa_jw_end(w, '}');
	fa_jw_end(w, ']');
	if (f->pro_n == from && f->contra_n == 0)
		return;
	fa_jw_key(w, "relatedLocations");
	fa_jw_array(w);
	for (size_t i = from; i < f->pro_n; i++) {
		write_related(w, a, index, &f->pro[i], id++,
			fa_label(r->opts.lang, FA_LABEL_ALSO));
	}
	for (size_t i = 0; i < f->contra_n; i++) {
		write_related(w, a, index, &f->contra[i], id++,
			fa_label(r->opts.lang, FA_LABEL_AGAINST));
	}
	fa_jw_end(w, ']');
}

static void
write_message(
	struct fa_jw *w, const struct fa_report *r, const struct fa_finding *f)
{
	const struct fa_bundle *b = r->bundle;
	const struct fa_obligation *o = &b->obligations[f->obligation];
	enum fa_lang lang = r->opts.lang;
	const char *colon = fa_label(lang, FA_LABEL_COLON);
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, MESSAGE_MAX_BYTES);
	fa_buf_adds(&text, fa_label_verdict(lang, f->verdict));
	if (fa_report_is_lead(f))
		fa_buf_addf(&text, " · %s", fa_label_tier(lang, f->tier));
	fa_buf_adds(&text, colon);
	fa_buf_add(&text, fa_report_message(b, f, lang));
	fa_buf_addf(&text, "\n%s%s", fa_label(lang, FA_LABEL_SOURCE), colon);
	fa_report_source(&text, b, o->instrument, o->article, lang);
	if (f->reason.n > 0) {
		fa_buf_addf(&text, "\n%s%s", fa_label(lang, FA_LABEL_REASON),
			colon);
		fa_buf_add(&text, f->reason);
	}
	fa_report_carry(w->out, &text);
	fa_report_sarif_message(w, "message", fa_buf_str(&text));
}

/* 3.27.9: what a verdict is called. */
static const char *
kind_of(enum fa_verdict v)
{
	switch (v) {
	case FA_VERDICT_COMPLIANT:
		return "pass";
	case FA_VERDICT_CANNOT_TELL:
		return "open";
	case FA_VERDICT_NOT_APPLICABLE:
		return "notApplicable";
	case FA_VERDICT_GAP:
	case FA_VERDICT_VIOLATION:
		break;
	}
	return "fail";
}

static void
write_properties(
	struct fa_jw *w, const struct fa_report *r, const struct fa_finding *f)
{
	const struct fa_obligation *o = &r->bundle->obligations[f->obligation];

	fa_jw_key(w, "properties");
	fa_jw_object(w);
	fa_jw_kstr(w, "obligation", o->id);
	fa_report_json_judgement(w, r, f);
	fa_jw_end(w, '}');
}

/* 3.27.23, 3.35: all results of a run have them, most none. */
static void
write_suppressions(
	struct fa_jw *w, const struct fa_report *r, const struct fa_waiver *v)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, MESSAGE_MAX_BYTES);
	fa_jw_key(w, "suppressions");
	fa_jw_array(w);
	if (v != NULL) {
		fa_jw_object(w);
		fa_jw_kstr(w, "kind",
			v->kind == FA_WAIVER_INLINE ? FA_STR("inSource")
						    : FA_STR("external"));
		fa_jw_kstr(w, "status", FA_STR("accepted"));
		if (v->reason.n > 0)
			fa_report_visible(&text, v->reason, true);
		else
			fa_buf_adds(&text,
				fa_report_waiver_kind(r->opts.lang, v->kind));
		fa_report_carry(w->out, &text);
		fa_jw_kstr(w, "justification", fa_buf_str(&text));
		fa_report_sarif_file(w, "location", v->file, v->line);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

void
fa_report_sarif_file(
	struct fa_jw *w, const char *key, struct fa_str file, uint32_t line)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf uri;

	fa_buf_init(&uri, MESSAGE_MAX_BYTES);
	if (file.n == 0)
		return;
	fa_report_uri(&uri, file);
	fa_report_carry(w->out, &uri);
	if (key != NULL)
		fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_key(w, "physicalLocation");
	fa_jw_object(w);
	fa_jw_key(w, "artifactLocation");
	fa_jw_object(w);
	fa_jw_kstr(w, "uri", fa_buf_str(&uri));
	fa_jw_end(w, '}');
	if (line > 0) {
		fa_jw_key(w, "region");
		fa_jw_object(w);
		fa_jw_kint(w, "startLine", line);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, '}');
	fa_jw_end(w, '}');
}

/* 3.27.17: of rule, quote and path; the same for another line. Equal ones of
 * a run are numbered. */
static int
write_fingerprint(struct fa_jw *w, struct fa_report *r,
	const struct fa_sarif *st, const struct fa_finding *f,
	struct fa_str path, struct fa_err *err)
{
	struct fa_str quote = f->pro_n > 0 ? f->pro[0].text : FA_STR_NONE;
	char print[FA_HASH_HEX_BYTES];
	FA_CLEANUP(fa_buf_done) struct fa_buf text;
	uint32_t n = 0;
	int rc;

	fa_buf_init(&text, MESSAGE_MAX_BYTES);
	rc = fa_report_fingerprint_in(
		print, fa_report_rule_id(r->bundle, f), quote, path, err);
	if (rc == FA_OK)
		rc = fa_report_ordinal(&n, st->ids, print, r->arena, err);
	if (rc != FA_OK)
		return rc;
	fa_buf_addf(&text, "%s:%u", print, (unsigned)n);
	fa_report_carry(w->out, &text);
	fa_jw_key(w, "partialFingerprints");
	fa_jw_object(w);
	fa_jw_kstr(w, FINGERPRINT_NAME, fa_buf_str(&text));
	fa_jw_end(w, '}');
	return FA_OK;
}

int
fa_report_sarif_result(struct fa_jw *w, struct fa_report *r,
	struct fa_sarif *st, const struct fa_result *res,
	const struct fa_finding *f, const struct fa_sarif_artifact *a,
	struct fa_err *err)
{
	bool breach = fa_report_is_breach(f->verdict);
	uint32_t index = st->obligation_index[f->obligation];
	int rc;

	if (f->rule < r->bundle->rules_n)
		index = st->rule_index[f->rule];
	fa_jw_object(w);
	fa_jw_kstr(w, "ruleId", fa_report_rule_id(r->bundle, f));
	if (index != UINT32_MAX)
		fa_jw_kint(w, "ruleIndex", index);
	fa_jw_kstr(w, "kind", fa_str_c(kind_of(f->verdict)));
	/* 3.27.10: none unless kind is fail. */
	fa_jw_kstr(w, "level",
		fa_str_c(breach ? fa_report_level(r->bundle, f) : "none"));
	fa_jw_kint(w, "rank", f->confidence / 10);
	write_message(w, r, f);
	write_locations(w, r, f, a, st->artifacts.n - 1);
	if (a->flow != NULL)
		st->cut.paths += fa_report_sarif_paths(w, r, a->flow, f);
	rc = write_fingerprint(w, r, st, f, res->name, err);
	write_suppressions(w, r, f->waiver);
	write_properties(w, r, f);
	fa_jw_end(w, '}');
	return rc;
}
