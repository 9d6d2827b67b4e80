/* Order of the work: a first look at all blocks, their kinds, sections,
 * lists and tables, then sentences and clauses. Sentences and clauses are cut
 * twice, to count them and to write them, so that their arrays have the right
 * size at once. */
#include "segment/segment.h"
#include "segment/parts.h"

/* Writes a clause, or only counts it. */
static void
put_clause(struct fa_doc *doc, struct fa_range r)
{
	if (doc->clauses)
		doc->clauses[doc->clauses_n] = r;
	doc->clauses_n++;
}

static void
put_sentence(struct fa_doc *doc, struct fa_sentence s)
{
	if (doc->sentences)
		doc->sentences[doc->sentences_n] = s;
	doc->sentences_n++;
}

static void
cut_block(struct fa_doc *doc, const struct fa_pairs *pairs, size_t block)
{
	uint32_t base = doc->blocks[block].text.from;
	struct fa_cut cut = { fa_segment_text(doc, doc->blocks[block].text),
		pairs, 0 };
	struct fa_cut inner = cut;
	size_t from, to, at, end;

	for (from = 0; from < cut.text.n; from = to) {
		uint32_t first = (uint32_t)doc->clauses_n;

		to = fa_cut_sentence(&cut, from);
		for (at = from; at < to; at = end) {
			end = fa_cut_clause(&inner,
				(struct fa_range){
					(uint32_t)from, (uint32_t)to },
				at);
			put_clause(doc,
				(struct fa_range){ base + (uint32_t)at,
					base + (uint32_t)end });
		}
		put_sentence(doc,
			(struct fa_sentence){
				{ base + (uint32_t)from, base + (uint32_t)to },
				(uint32_t)block,
				{ first, (uint32_t)doc->clauses_n } });
	}
}

static int
cut_all(struct fa_doc *doc, struct fa_pairs *pairs, struct fa_arena *a,
	struct fa_err *err)
{
	size_t i;
	int rc;

	doc->sentences_n = 0;
	doc->clauses_n = 0;
	for (i = 0; i < doc->blocks_n; i++) {
		rc = fa_pairs_fill(pairs,
			fa_segment_text(doc, doc->blocks[i].text), a, err);
		if (rc)
			return rc;
		cut_block(doc, pairs, i);
	}
	return 0;
}

static int
build_sentences(struct fa_doc *doc, struct fa_arena *a, struct fa_err *err)
{
	struct fa_pairs pairs = { NULL, 0, 0 };
	int rc;

	doc->sentences = NULL;
	doc->clauses = NULL;
	rc = cut_all(doc, &pairs, a, err);
	if (rc)
		return rc;
	doc->sentences =
		fa_arena_new(a, doc->sentences_n, sizeof(*doc->sentences));
	doc->clauses = fa_arena_new(a, doc->clauses_n, sizeof(*doc->clauses));
	if (doc->sentences == NULL || doc->clauses == NULL) {
		doc->sentences_n = 0;
		doc->clauses_n = 0;
		return fa_fail(err, FA_E_NOMEM, "no memory for sentences");
	}
	return cut_all(doc, &pairs, a, err);
}

int
fa_segment(struct fa_doc *doc, struct fa_arena *a, struct fa_err *err)
{
	struct fa_lead *leads;
	int rc;

	if (doc->loose) {
		rc = fa_groups_link(doc, a, err);
		return rc < 0 ? rc : build_sentences(doc, a, err);
	}
	leads = fa_arena_new(a, doc->blocks_n, sizeof(*leads));
	if (leads == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for %zu blocks",
			doc->blocks_n);
	fa_leads_fill(leads, doc);
	fa_kinds_decide(doc, leads);
	fa_lists_link(doc, leads);
	fa_cells_link(doc);
	rc = fa_sections_build(doc, leads, a, err);
	if (rc)
		return rc;
	return build_sentences(doc, a, err);
}
