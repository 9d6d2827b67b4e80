/* Order of the work: a first look at all blocks, and where their sentences and
 * clauses end; then kinds of blocks, lists and tables, sections. Ends are
 * noted in maps of a bit for every byte of the text, so that the arrays of
 * sentences and clauses have the right size at once. */
#include "segment/segment.h"

#include "base/bits.h"
#include "segment/parts.h"

/* Marks are found, and blocks cut, for so many bytes of blocks at a time, or
 * for one block that has more, so that they are still near when needed. */
#define WINDOW_BYTES 16384

/* A bit for the last byte of each sentence and clause. */
struct ends {
	uint64_t *sentences, *clauses;
	size_t sentences_n, clauses_n;
};

struct work {
	const struct fa_doc *doc;
	struct fa_lead *leads; /* of every block; NULL when not wanted */
	struct fa_arena *a;
	struct fa_err *err;
	enum fa_simd simd;
	struct fa_marks marks; /* room for words of each */
	size_t words;
	struct fa_pairs pairs;
	struct ends ends;
};

static void
cut_block(struct work *w, struct fa_cut cut, uint32_t base)
{
	struct fa_cut inner = cut;
	size_t from, to, at;

	for (from = cut.start; from < cut.text.n; from = to) {
		to = fa_cut_sentence(&cut, from);
		for (at = from; at < to; w->ends.clauses_n++) {
			at = fa_cut_clause(&inner,
				(struct fa_range){
					(uint32_t)from, (uint32_t)to },
				at);
			fa_bits_add(w->ends.clauses, base + at - 1);
		}
		fa_bits_add(w->ends.sentences, base + to - 1);
		w->ends.sentences_n++;
	}
}

/* Makes room for the marks of so many bytes. */
static int
widen(struct work *w, size_t bytes)
{
	size_t words = FA_MARKS_WORDS(bytes);
	uint64_t *room;

	if (words <= w->words)
		return 0;
	room = fa_arena_raw(w->a, words, 3 * sizeof(*room));
	if (room == NULL)
		return fa_fail(w->err, FA_E_NOMEM,
			"no memory for the marks of %zu bytes", bytes);
	w->marks = (struct fa_marks){ room, room + words, room + 2 * words };
	w->words = words;
	return 0;
}

/* Cuts the blocks [first, behind). */
static int
cut_window(struct work *w, size_t first, size_t behind)
{
	const struct fa_block *blocks = w->doc->blocks;
	uint32_t base = blocks[first].text.from;
	struct fa_str text =
		fa_str_sub(w->doc->text, base, blocks[behind - 1].text.to);
	int rc = widen(w, text.n);

	if (rc)
		return rc;
	fa_marks_find(&w->marks, text, w->simd);
	for (size_t i = first; i < behind; i++) {
		struct fa_cut cut = { .text = fa_str_sub(text, 0,
					      blocks[i].text.to - base),
			.start = blocks[i].text.from - base,
			.marks = &w->marks,
			.pairs = &w->pairs };

		if (w->leads)
			fa_lead_fill(&w->leads[i], w->doc, i, &cut);
		rc = fa_pairs_fill(&w->pairs, &cut, w->a, w->err);
		if (rc)
			return rc;
		cut_block(w, cut, base);
	}
	return 0;
}

static int
cut_all(struct work *w)
{
	const struct fa_doc *doc = w->doc;
	size_t first, behind;
	int rc;

	for (first = 0; first < doc->blocks_n; first = behind) {
		uint32_t from = doc->blocks[first].text.from;

		behind = first + 1;
		while (behind < doc->blocks_n &&
			doc->blocks[behind].text.to - from <= WINDOW_BYTES)
			behind++;
		rc = cut_window(w, first, behind);
		if (rc)
			return rc;
	}
	return 0;
}

/* Writes the sentences and clauses of one block. */
static void
write_block(struct fa_doc *doc, const struct ends *ends, uint32_t block)
{
	struct fa_range text = doc->blocks[block].text;
	struct fa_sentence s = { { text.from, 0 }, block,
		{ (uint32_t)doc->clauses_n, 0 } };
	uint32_t from, to;

	for (from = text.from; from < text.to; from = to) {
		to = (uint32_t)fa_bits_next(ends->clauses, from, text.to) + 1;
		doc->clauses[doc->clauses_n++] = (struct fa_range){ from, to };
		if (!fa_bits_has(ends->sentences, to - 1))
			continue;
		s.text.to = to;
		s.clauses.to = (uint32_t)doc->clauses_n;
		doc->sentences[doc->sentences_n++] = s;
		s.text.from = to;
		s.clauses.from = s.clauses.to;
	}
}

static int
write_all(struct fa_doc *doc, const struct ends *ends, struct fa_arena *a,
	struct fa_err *err)
{
	doc->sentences =
		fa_arena_raw(a, ends->sentences_n, sizeof(*doc->sentences));
	doc->clauses = fa_arena_raw(a, ends->clauses_n, sizeof(*doc->clauses));
	if (doc->sentences == NULL || doc->clauses == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for sentences");
	for (size_t i = 0; i < doc->blocks_n; i++)
		write_block(doc, ends, (uint32_t)i);
	return 0;
}

/* Sentences and clauses of doc, and leads unless NULL. */
static int
build_sentences(struct fa_doc *doc, struct fa_lead *leads, struct fa_arena *a,
	struct fa_err *err)
{
	struct work w = { .doc = doc,
		.leads = leads,
		.a = a,
		.err = err,
		.simd = fa_cpu_simd() };
	size_t words = FA_MARKS_WORDS(doc->text.n);
	int rc;

	doc->sentences_n = 0;
	doc->clauses_n = 0;
	w.ends.sentences = fa_arena_new(a, words, sizeof(uint64_t));
	w.ends.clauses = fa_arena_new(a, words, sizeof(uint64_t));
	if (w.ends.sentences == NULL || w.ends.clauses == NULL)
		return fa_fail(err, FA_E_NOMEM,
			"no memory for the ends of sentences in %zu bytes",
			doc->text.n);
	rc = cut_all(&w);
	if (rc == FA_OK)
		rc = write_all(doc, &w.ends, a, err);
	fa_arena_drop(a, w.ends.sentences, words, sizeof(uint64_t));
	fa_arena_drop(a, w.ends.clauses, words, sizeof(uint64_t));
	return rc;
}

int
fa_segment(struct fa_doc *doc, struct fa_arena *a, struct fa_err *err)
{
	struct fa_lead *leads;
	int rc;

	if (doc->loose) {
		rc = fa_groups_link(doc, a, err);
		return rc < 0 ? rc : build_sentences(doc, NULL, a, err);
	}
	leads = fa_arena_raw(a, doc->blocks_n, sizeof(*leads));
	if (leads == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for %zu blocks",
			doc->blocks_n);
	rc = build_sentences(doc, leads, a, err);
	if (rc)
		return rc;
	fa_kinds_decide(doc, leads);
	fa_lists_link(doc, leads);
	fa_cells_link(doc);
	rc = fa_sections_build(doc, leads, a, err);
	fa_arena_drop(a, leads, doc->blocks_n, sizeof(*leads));
	return rc;
}
