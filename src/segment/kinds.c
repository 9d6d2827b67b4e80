/* Which plain blocks are headings and which are list items.
 *
 * A numbered block that is short and ends no sentence may be a heading. Three
 * looks decide:
 *
 *   1. Rows. Bare numbered lines that follow each other in one style, with
 *      nothing but other numbered lines between, are a table of contents or
 *      a short list, not headings without a body:
 *            一、引言 / 二、信息收集 / 三、联系我们 / 一、引言 / 正文…
 *      The first three are a row; the second 一、 starts over and is a
 *      heading. Two make a row of a low style, three of a high one.
 *   2. Rank. Styles of high rank (第一章, 第一条, 一、) are headings then.
 *   3. Company. Others are headings when a body follows: a longer block that
 *      is not numbered, or a numbered one of a deeper style.
 *
 * All other numbered blocks are items. A long block that begins with a marker
 * of high rank stays a paragraph unless its neighbour continues the numbers:
 * it is a heading and its text run together.
 *
 * A heading of level 6 that `read` made of a bold line has no level of its
 * own: with a number it takes part in rows and gets its level by rank, without
 * one it is of the lowest level.
 *
 * A short line without number or punctuation is a heading of the lowest level
 * when the block before it ended a sentence and a long paragraph follows. */
#include "segment/segment.h"
#include "segment/parts.h"

#define BODY_MIN 40 /* characters of a paragraph that makes a line a title */

struct row {
	size_t last; /* index of the last member + 1; 0 when empty */
	size_t n;
};

static bool
plain(const struct fa_doc *doc, size_t i)
{
	return doc->blocks[i].kind == FA_BLOCK_PARAGRAPH &&
		doc->blocks[i].table == FA_DOC_NONE;
}

/* A bold line; a real <h6> fares no worse. */
static bool
soft(const struct fa_doc *doc, size_t i)
{
	return doc->blocks[i].kind == FA_BLOCK_HEADING &&
		doc->blocks[i].level == 6 &&
		doc->blocks[i].table == FA_DOC_NONE;
}

static bool
numbered(const struct fa_lead *l)
{
	return l->marker.mark != FA_MARK_NONE &&
		l->marker.mark != FA_MARK_BULLET;
}

static bool
high(const struct fa_lead *l)
{
	return l->marker.mark >= FA_MARK_CHAPTER &&
		l->marker.mark <= FA_MARK_HAN;
}

static bool
may_head(const struct fa_doc *doc, const struct fa_lead *leads, size_t i)
{
	return (plain(doc, i) || soft(doc, i)) && numbered(&leads[i]) &&
		!leads[i].ends && leads[i].chars <= FA_SEGMENT_HEADING_MAX;
}

/* Does b go on counting where a stopped? The last component of 1.2 may start
 * over: 2.1. */
static bool
continues(const struct fa_marker *a, const struct fa_marker *b)
{
	if (fa_marker_key(a) != fa_marker_key(b))
		return false;
	return b->number == a->number + 1 || (b->depth > 1 && b->number == 1);
}

/* prev[i] is not kept: members of a row are found again by walking back over
 * blocks of the same style, which stays inside the run. */
static void
row_end(struct row *r, struct fa_lead *leads, size_t from)
{
	size_t left = r->n, i = r->last, key;
	size_t least = 2;

	if (i == 0)
		return;
	key = fa_marker_key(&leads[i - 1].marker);
	if (high(&leads[i - 1]))
		least = 3;
	for (; r->n >= least && left && i > from; i--) {
		if (fa_marker_key(&leads[i - 1].marker) != key)
			continue;
		leads[i - 1].listed = true;
		left--;
	}
	*r = (struct row){ 0, 0 };
}

/* Rows in the run [from, to) of blocks that may be headings. */
static void
rows_mark(struct fa_lead *leads, size_t from, size_t to)
{
	struct row rows[FA_MARKER_KEYS] = { { 0, 0 } };
	size_t i, key;

	for (i = from; i < to; i++) {
		struct row *r = &rows[fa_marker_key(&leads[i].marker)];

		if (r->last &&
			!continues(
				&leads[r->last - 1].marker, &leads[i].marker))
			row_end(r, leads, from);
		r->last = i + 1;
		r->n++;
	}
	for (key = 0; key < FA_MARKER_KEYS; key++)
		row_end(&rows[key], leads, from);
}

static void
rows_find(const struct fa_doc *doc, struct fa_lead *leads)
{
	size_t i, j;

	for (i = 0; i < doc->blocks_n; i = j + 1) {
		for (j = i; j < doc->blocks_n && may_head(doc, leads, j); j++)
			;
		if (j - i >= 2)
			rows_mark(leads, i, j);
	}
}

/* Look 3: does a body follow block i? */
static bool
has_body(const struct fa_doc *doc, const struct fa_lead *leads, size_t i,
	const struct fa_ranks *ranks)
{
	const struct fa_lead *own = &leads[i], *next = &leads[i + 1];
	uint16_t rank;

	if (i + 1 >= doc->blocks_n ||
		doc->blocks[i + 1].kind == FA_BLOCK_HEADING)
		return false;
	if (!plain(doc, i + 1))
		return !own->colon_last ||
			doc->blocks[i + 1].kind != FA_BLOCK_ITEM;
	if (next->marker.mark == FA_MARK_NONE)
		return next->chars > own->chars || next->ends_last ||
			next->colon_last;
	if (own->colon_last && own->marker.mark != FA_MARK_HAN_PAREN)
		return false;
	if (next->marker.mark == FA_MARK_BULLET)
		return true;
	rank = fa_ranks_find(ranks, &next->marker);
	return rank == 0 || rank > fa_ranks_find(ranks, &own->marker);
}

static bool
neighbour_counts(
	const struct fa_doc *doc, const struct fa_lead *leads, size_t i)
{
	return (i > 0 && continues(&leads[i - 1].marker, &leads[i].marker)) ||
		(i + 1 < doc->blocks_n &&
			continues(&leads[i].marker, &leads[i + 1].marker));
}

/* Is the block before a bare item that this one continues? */
static bool
lists_on(const struct fa_doc *doc, const struct fa_lead *leads, size_t i)
{
	return i > 0 && doc->blocks[i - 1].kind == FA_BLOCK_ITEM &&
		!leads[i - 1].ends && !high(&leads[i]) &&
		continues(&leads[i - 1].marker, &leads[i].marker);
}

static enum fa_block_kind
kind_numbered(const struct fa_doc *doc, const struct fa_lead *leads, size_t i,
	const struct fa_ranks *ranks)
{
	if (!may_head(doc, leads, i)) {
		if (!high(&leads[i]) || neighbour_counts(doc, leads, i))
			return FA_BLOCK_ITEM;
		return FA_BLOCK_PARAGRAPH;
	}
	if (leads[i].listed || lists_on(doc, leads, i))
		return FA_BLOCK_ITEM;
	if (high(&leads[i]) || has_body(doc, leads, i, ranks))
		return FA_BLOCK_HEADING;
	return FA_BLOCK_ITEM;
}

/* Characters that an unnumbered heading is made of. */
static bool
title_char(uint32_t cp)
{
	static const uint32_t marks[] = { ' ', '&', '-', '(', ')', '/', '?',
		0x3001, 0x300A, 0x300B, 0x3010, 0x3011, 0x201C, 0x201D };
	size_t i;

	if (fa_rune_is_han(cp) || (cp >= 'a' && cp <= 'z') ||
		(cp >= 'A' && cp <= 'Z'))
		return true;
	for (i = 0; i < FA_COUNT(marks); i++)
		if (marks[i] == cp)
			return true;
	return false;
}

/* Does a word at the end of text ask for more? */
static bool
dangles(struct fa_str text)
{
	static const struct fa_str words[] = { FA_STR_INIT("的"),
		FA_STR_INIT("和"), FA_STR_INIT("与"), FA_STR_INIT("及"),
		FA_STR_INIT("或"), FA_STR_INIT("在"), FA_STR_INIT("是"),
		FA_STR_INIT("为"), FA_STR_INIT("将"), FA_STR_INIT("对"),
		FA_STR_INIT("把"), FA_STR_INIT("被"), FA_STR_INIT("了"),
		FA_STR_INIT("、") };
	size_t i;

	for (i = 0; i < FA_COUNT(words); i++)
		if (fa_str_ends(text, words[i]))
			return true;
	return false;
}

/* Is block i a paragraph long enough to have a title of its own? */
static bool
is_body(const struct fa_doc *doc, const struct fa_lead *leads, size_t i)
{
	return i < doc->blocks_n && plain(doc, i) && !numbered(&leads[i]) &&
		leads[i].chars >= BODY_MIN &&
		fa_str_find(fa_segment_text(doc, doc->blocks[i].text),
			FA_STR("。"), 0) != SIZE_MAX;
}

/* May a new section begin at block i? */
static bool
fresh(const struct fa_doc *doc, const struct fa_lead *leads, size_t i)
{
	return i == 0 || doc->blocks[i - 1].kind == FA_BLOCK_HEADING ||
		(doc->blocks[i - 1].table == FA_DOC_NONE &&
			leads[i - 1].ends_last);
}

static bool
is_title(const struct fa_doc *doc, const struct fa_lead *leads, size_t i)
{
	struct fa_str text =
		fa_str_trim(fa_segment_text(doc, doc->blocks[i].text));
	size_t at, n, han = 0;
	uint32_t cp;

	if (leads[i].chars < 2 || leads[i].chars > FA_SEGMENT_TITLE_MAX ||
		dangles(text) || !fresh(doc, leads, i) ||
		!is_body(doc, leads, i + 1))
		return false;
	for (at = 0; at < text.n; at += n) {
		cp = fa_segment_rune(text, at, &n);
		if (!title_char(cp) || (cp == '?' && at + n < text.n))
			return false;
		han += fa_rune_is_han(cp);
	}
	return han >= 2;
}

static enum fa_block_kind
kind_of(const struct fa_doc *doc, const struct fa_lead *leads, size_t i,
	const struct fa_ranks *ranks)
{
	const struct fa_lead *l = &leads[i];

	if (soft(doc, i))
		return l->listed ? FA_BLOCK_ITEM : FA_BLOCK_HEADING;
	if (!plain(doc, i))
		return doc->blocks[i].kind;
	if (l->marker.mark == FA_MARK_NONE)
		return is_title(doc, leads, i) ? FA_BLOCK_HEADING
					       : FA_BLOCK_PARAGRAPH;
	if (l->marker.mark == FA_MARK_BULLET)
		return FA_BLOCK_ITEM;
	return kind_numbered(doc, leads, i, ranks);
}

void
fa_kinds_decide(struct fa_doc *doc, struct fa_lead *leads)
{
	struct fa_ranks ranks = { { 0 }, 0 };
	size_t i;

	rows_find(doc, leads);
	for (i = 0; i < doc->blocks_n; i++) {
		struct fa_block *b = &doc->blocks[i];
		struct fa_lead *l = &leads[i];
		bool ours = plain(doc, i) || soft(doc, i);

		if (numbered(l) && !l->listed)
			(void)fa_ranks_get(&ranks, &l->marker);
		if (!ours)
			continue;
		b->kind = kind_of(doc, leads, i, &ranks);
		b->level = 0;
		if (b->kind == FA_BLOCK_PARAGRAPH)
			l->marker.mark = FA_MARK_NONE;
		b->ordered = b->kind == FA_BLOCK_ITEM && numbered(l);
	}
}
