#include "audit/said.h"

#include <stdlib.h>

#include "read/read.h"

static int
by_place(const void *a, const void *b)
{
	const struct fa_remark *x = a, *y = b;

	return x->raw.from < y->raw.from ? -1 : x->raw.from > y->raw.from;
}

/* The blocks of the string that begins with block, or that block alone. */
static struct fa_range
unit_at(const struct fa_doc *doc, uint32_t block)
{
	struct fa_range r = { block, block + 1 };
	const struct fa_key *key = fa_doc_key_at(doc, block);

	if (key == NULL)
		return r;
	r.to = key + 1 < doc->keys + doc->keys_n ? key[1].block
						 : (uint32_t)doc->blocks_n;
	return r;
}

static struct fa_range
covered(const struct fa_doc *doc, const struct fa_remark *m)
{
	struct fa_range none = { 0, 0 }, unit;

	if (!m->alone)
		return m->line;
	if (m->block >= doc->blocks_n)
		return none;
	unit = unit_at(doc, m->block);
	return fa_doc_raw(doc,
		(struct fa_range){ doc->blocks[unit.from].text.from,
			doc->blocks[unit.to - 1].text.to });
}

int
fa_said_cut(struct fa_result *r, const struct fa_doc *doc, struct fa_arena *a,
	struct fa_err *err)
{
	size_t n = doc->remarks_n;
	struct fa_position *at;
	uint32_t *raw;

	if (n == 0)
		return FA_OK;
	raw = fa_arena_new(a, n, sizeof(*raw));
	at = fa_arena_new(a, n, sizeof(*at));
	r->said = fa_arena_new(a, n, sizeof(*r->said));
	if (!raw || !at || !r->said)
		return fa_fail(err, FA_E_NOMEM, "no memory for comments");
	if (n > 1)
		qsort(doc->remarks, n, sizeof(*doc->remarks), by_place);
	for (size_t i = 0; i < n; i++)
		raw[i] = doc->remarks[i].raw.from;
	fa_read_positions(doc, raw, n, at);
	for (size_t i = 0; i < n; i++)
		r->said[i] = (struct fa_said){ doc->remarks[i].text, at[i].line,
			covered(doc, &doc->remarks[i]) };
	r->said_n = n;
	return FA_OK;
}
