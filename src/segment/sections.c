/* Sections. Explicit headings (with a level from HTML or Markdown) and
 * numbered headings share one stack. A heading first closes what it ends:
 *
 *   - an explicit one every section of its level or deeper, save numbered ones
 *     that are not explicit and have a higher rank than its own number;
 *   - a numbered one every section from the outermost whose style has the
 *     same or a deeper rank;
 *   - one without number or level its likes, and numbered ones of low style
 *     above them whose numbers no later heading continues.
 *
 * Explicit headings keep their level when it is deeper than what then
 * encloses them; the others get one more than that:
 *
 *   # Policy       1          一、收集     1
 *   一、收集       2           （一）账号   2
 *   （一）账号     3           1. 登录      3
 *   二、保存       2          二、保存     1
 */
#include "segment/parts.h"

#define RANK_TITLE 0xFFFFu /* headings without a number */
#define OPEN_MAX 128       /* nested sections; deeper ones are siblings */

struct open {
	uint32_t section;
	uint8_t level;
	bool is_explicit;
	bool over;     /* numbered low, and no later heading goes on */
	uint16_t rank; /* 0: without a number */
};

struct stack {
	struct open at[OPEN_MAX];
	size_t n;
};

/* Cuts the stack to k entries; the sections above end at block. */
static void
close_to(struct stack *st, size_t k, struct fa_doc *doc, size_t block)
{
	while (st->n > k) {
		st->n--;
		doc->sections[st->at[st->n].section].blocks.to =
			(uint32_t)block;
	}
}

static bool
ends_section(const struct open *e, const struct open *o)
{
	if (!o->is_explicit)
		return e->rank >= o->rank && e->rank != 0;
	if (!e->is_explicit && e->rank != 0 && e->rank < o->rank)
		return false;
	return e->level >= o->level;
}

static size_t
ended_by(const struct stack *st, const struct open *o)
{
	size_t k;

	for (k = 0; k < st->n; k++)
		if (ends_section(&st->at[k], o))
			return k;
	if (o->rank == RANK_TITLE)
		while (k > 0 && st->at[k - 1].over)
			k--;
	return k < OPEN_MAX ? k : OPEN_MAX - 1;
}

static uint8_t
level_of(const struct stack *st, const struct open *o)
{
	uint8_t least = (uint8_t)(st->n ? st->at[st->n - 1].level + 1 : 1);

	return o->is_explicit && o->level > least ? o->level : least;
}

static void
add(struct fa_doc *doc, struct stack *st, struct open o, size_t block)
{
	struct fa_section *s = &doc->sections[doc->sections_n];

	close_to(st, ended_by(st, &o), doc, block);
	o.level = level_of(st, &o);
	o.section = (uint32_t)doc->sections_n++;
	s->heading = (uint32_t)block;
	s->level = o.level;
	s->parent = st->n ? st->at[st->n - 1].section : FA_DOC_NONE;
	s->blocks = (struct fa_range){ (uint32_t)block, 0 };
	st->at[st->n++] = o;
}

/* Is block i the last of its numbers? Looks at the marks of headings from the
 * end of the document: seen[key] has a bit for every number met. Sets
 * leads[].listed, which is no longer needed, to say so. */
static void
mark_last(const struct fa_doc *doc, struct fa_lead *leads)
{
	uint64_t seen[FA_MARKER_KEYS][2] = { { 0, 0 } };
	size_t i, key;
	uint32_t v;

	for (i = doc->blocks_n; i > 0; i--) {
		struct fa_lead *l = &leads[i - 1];

		if (doc->blocks[i - 1].kind != FA_BLOCK_HEADING)
			continue;
		l->listed = l->marker.mark >= FA_MARK_DECIMAL &&
			l->marker.mark < FA_MARK_BULLET;
		if (l->marker.mark == FA_MARK_NONE || !l->listed)
			continue;
		key = fa_marker_key(&l->marker);
		v = (l->marker.number + 1) & 127u;
		l->listed = !((seen[key][v >> 6] >> (v & 63u)) & 1u);
		v = l->marker.number & 127u;
		seen[key][v >> 6] |= (uint64_t)1 << (v & 63u);
	}
}

static struct open
opened(const struct fa_doc *doc, const struct fa_lead *l, size_t i,
	struct fa_ranks *ranks)
{
	struct open o = { 0, doc->blocks[i].level, false, l->listed, 0 };

	o.is_explicit = o.level != 0;
	if (o.is_explicit)
		o.over = false;
	if (l->marker.mark != FA_MARK_NONE && l->marker.mark != FA_MARK_BULLET)
		o.rank = fa_ranks_get(ranks, &l->marker);
	else if (!o.is_explicit)
		o.rank = RANK_TITLE;
	return o;
}

int
fa_sections_build(struct fa_doc *doc, struct fa_lead *leads, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_ranks ranks = { { 0 }, 0 };
	struct stack st = { .n = 0 };
	size_t i, n = 0;

	for (i = 0; i < doc->blocks_n; i++)
		n += doc->blocks[i].kind == FA_BLOCK_HEADING;
	doc->sections_n = 0;
	doc->sections = fa_arena_raw(a, n, sizeof(*doc->sections));
	if (doc->sections == NULL)
		return fa_fail(
			err, FA_E_NOMEM, "no memory for %zu sections", n);
	mark_last(doc, leads);
	for (i = 0; i < doc->blocks_n; i++) {
		struct fa_block *b = &doc->blocks[i];

		if (b->kind == FA_BLOCK_HEADING) {
			add(doc, &st, opened(doc, &leads[i], i, &ranks), i);
			if (b->level == 0)
				b->level = st.at[st.n - 1].level;
			if (b->level > 6)
				b->level = 6;
		}
		b->section = st.n ? st.at[st.n - 1].section : FA_DOC_NONE;
	}
	close_to(&st, 0, doc, doc->blocks_n);
	return 0;
}

int
fa_groups_link(struct fa_doc *doc, struct fa_arena *a, struct fa_err *err)
{
	doc->sections_n = 0;
	doc->sections = fa_arena_new(a, doc->groups_n, sizeof(*doc->sections));
	if (doc->sections == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for %zu groups",
			doc->groups_n);
	for (size_t i = 0; i < doc->groups_n; i++) {
		struct fa_range blocks = doc->groups[i].blocks;

		doc->sections[doc->sections_n++] =
			(struct fa_section){ blocks.from, 1, FA_DOC_NONE,
				blocks };
		for (uint32_t k = blocks.from; k < blocks.to; k++)
			doc->blocks[k].section = (uint32_t)i;
	}
	return FA_OK;
}
