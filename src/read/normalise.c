/* The builder. Normalisation for matching, character by character:
 *   - fold (compatibility forms, radicals, Traditional), drop what is invisible
 *   - white space becomes one space, none at the ends of a block, and none
 *     between two CJK characters, where it is layout
 *   - 登陆 -> 登录 and 其它 -> 其他, spellings that mean the same here
 * Each character (or run of white space) is one cell of the map. */
#include <assert.h>
#include <string.h>

#include "read/build.h"

#define SPARE_BYTES 256   /* of room in a new text */
#define LONG_BYTES 49152  /* of a source; less is not mapped by itself */
#define BYTES_PER_BLOCK 8 /* of text, for one of a block */

/* Long sources mostly have more markup than text. */
static size_t
text_bytes(size_t source)
{
	if (source < LONG_BYTES)
		return source + SPARE_BYTES;
	return source / 4 < LONG_BYTES ? LONG_BYTES : source / 4;
}

static size_t
block_bytes(size_t text)
{
	size_t max = FA_BUILD_BLOCKS * sizeof(struct fa_block);

	text = text / BYTES_PER_BLOCK + SPARE_BYTES;
	return text < max ? text : max;
}

void
fa_build_init(struct fa_build *b, struct fa_source *src, struct fa_arena *a)
{
	*b = (struct fa_build){ .src = src, .a = a };
	fa_buf_init(&b->text, FA_BUILD_TEXT_BYTES);
	fa_map_write_init(&b->map, src->encoding, src->text.n);
	/* What text mostly needs; what is too much is not touched. */
	(void)fa_buf_reserve(&b->blocks, block_bytes(src->text.n));
	(void)fa_buf_reserve(&b->text, text_bytes(src->text.n));
	fa_buf_init(&b->blocks, FA_BUILD_BLOCKS * sizeof(struct fa_block));
	fa_buf_init(&b->links, FA_BUILD_LINKS * sizeof(struct fa_link));
	fa_buf_init(&b->remarks, FA_BUILD_LINKS * sizeof(struct fa_remark));
	fa_buf_init(&b->groups, FA_BUILD_BLOCKS * sizeof(struct fa_group));
	fa_buf_init(&b->keys, FA_BUILD_BLOCKS * sizeof(struct fa_key));
	b->proto = fa_build_plain(FA_BLOCK_PARAGRAPH);
}

void
fa_build_done(struct fa_build *b)
{
	fa_buf_done(&b->text);
	fa_map_write_done(&b->map);
	fa_buf_done(&b->blocks);
	fa_buf_done(&b->links);
	fa_buf_done(&b->remarks);
	fa_buf_done(&b->groups);
	fa_buf_done(&b->keys);
}

struct fa_block
fa_build_plain(enum fa_block_kind kind)
{
	return (struct fa_block){ .kind = kind,
		.list = FA_DOC_NONE,
		.table = FA_DOC_NONE,
		.row = FA_DOC_NONE,
		.column = FA_DOC_NONE,
		.head = FA_DOC_NONE,
		.section = FA_DOC_NONE };
}

/* So many more bytes at the end of a buffer, or NULL. */
static void *
room(struct fa_buf *b, size_t n)
{
	bool fits = b->rc == FA_OK && b->cap - b->n > n;

	if (!fits && !fa_buf_reserve(b, n))
		return NULL;
	b->n += n;
	return b->p + b->n - n;
}

/* Appends one cell: n bytes of text for raw. */
static void
add_cell(struct fa_build *b, const char *p, size_t n, struct fa_range raw)
{
	uint32_t at = (uint32_t)b->text.n;
	char *text = room(&b->text, n);

	if (text != NULL)
		memcpy(text, p, n);
	fa_map_write_cell(&b->map, at, (uint32_t)n, raw);
}

static struct fa_block *
last_block(struct fa_build *b)
{
	size_t n = b->blocks.n / sizeof(struct fa_block);

	/* fa_buf memory comes from realloc, so it is aligned. */
	return n == 0 ? NULL : (struct fa_block *)(void *)b->blocks.p + (n - 1);
}

/* The newline before a new block, and the block itself. */
static void
begin_block(struct fa_build *b)
{
	struct fa_block *block = NULL;
	bool full = b->blocks.n >= (FA_BUILD_BLOCKS - 1) * sizeof(*block);

	if (b->text.n > 0) {
		add_cell(b, full ? " " : "\n", 1,
			(struct fa_range){ b->map.raw_end, b->map.raw_end });
	}
	b->truncated = b->truncated || full;
	if (!full)
		block = room(&b->blocks, sizeof(*block));
	if (block != NULL) {
		*block = b->proto;
		block->text.from = (uint32_t)b->text.n;
	}
	b->open = true;
	b->space = false;
	b->last = 0;
	b->runes = 0;
	b->plain = 0;
	b->han = false;
}

static bool
ends_sentence(uint32_t cp)
{
	return cp == 0x3002 || cp == '.' || cp == 0xff01 || cp == '!' ||
		cp == 0xff1f || cp == '?' || cp == 0xff1b || cp == ';' ||
		cp == 0xff0c || cp == ',' || cp == 0xff0e || cp == 0xff61;
}

void
fa_build_break(struct fa_build *b)
{
	struct fa_block *block = last_block(b);

	if (!b->open || block == NULL)
		return;
	fa_source_pass(b->src, b->map.raw_end);
	b->open = false;
	b->space = false;
	block->text.to = (uint32_t)b->text.n;
	if (block->kind == FA_BLOCK_CODE && b->han_is_prose && b->han)
		block->kind = FA_BLOCK_PARAGRAPH;
	if (block->kind == FA_BLOCK_PARAGRAPH && b->plain == 0 &&
		b->runes <= FA_BUILD_BOLD_RUNES && !ends_sentence(b->last)) {
		block->kind = FA_BLOCK_HEADING;
		block->level = 6;
	}
}

/* Folds cp; characters other than Han and ASCII are few and slow to fold. */
static size_t
fold(struct fa_build *b, uint32_t cp, char out[FA_FOLD_RUNES * 4])
{
	struct fa_build_fold *c = &b->cache[cp % FA_BUILD_CACHE];
	size_t n;

	if (cp > 0x20 && cp < 0x7f) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp >= 0x4e00 && cp <= 0x9fff)
		return fa_rune_fold(cp, out);
	if (c->cp == cp) {
		memcpy(out, c->utf8, c->n);
		return c->n;
	}
	n = fa_rune_fold(cp, out);
	if (n <= sizeof(c->utf8)) {
		c->cp = cp;
		c->n = (uint8_t)n;
		memcpy(c->utf8, out, n);
	}
	return n;
}

struct spelling {
	const char *before, *from, *to; /* three bytes each */
};

static const struct spelling spellings[] = {
	{ "登", "陆", "录" },
	{ "其", "它", "他" },
};

/* The last character of the folded text, when the block goes on there. */
static void
respell(const struct fa_build *b, char *out)
{
	size_t n = b->text.n;

	for (size_t i = 0; i < FA_COUNT(spellings); i++) {
		const struct spelling *s = &spellings[i];

		if (memcmp(out, s->from, 3) == 0 && n >= 3 &&
			memcmp(b->text.p + n - 3, s->before, 3) == 0)
			memcpy(out, s->to, 3);
	}
}

static bool
is_blank(uint32_t cp)
{
	if (cp < 0x80)
		return cp == ' ' || (cp >= 0x09 && cp <= 0x0d);
	if (cp >= 0x4e00 && cp <= 0x9fff)
		return false;
	return fa_rune_is_space(cp);
}

void
fa_build_begin(struct fa_build *b, uint32_t cp)
{
	if (!b->open)
		begin_block(b);
	if (b->space && b->last != 0 &&
		!(fa_rune_is_cjk(b->last) && fa_rune_is_cjk(cp))) {
		add_cell(b, " ", 1,
			fa_source_raw(b->src, b->space_from, b->space_to));
	}
	b->space = false;
}

/* Is this source text ① to ⑳ as it stands, not written by numbers? In GB18030
 * to ⑩, which have two bytes there. */
static bool
is_circled(const struct fa_build *b, size_t from, size_t to)
{
	const unsigned char *p = (const unsigned char *)b->src->text.p + from;
	enum fa_encoding e = b->src->encoding;

	if (to - from != 3 || p[0] != 0xe2 || p[1] != 0x91 || p[2] < 0xa0)
		return false;
	return (e == FA_ENC_UTF8 && p[2] <= 0xb3) ||
		(e == FA_ENC_GB18030 && p[2] <= 0xa9);
}

/* Of the block that begins here, if one does. */
static void
note_circled(struct fa_build *b)
{
	struct fa_block *block = last_block(b);

	if (block != NULL && block->text.from == b->text.n)
		block->circled = true;
}

/* A cell of folded text, with the white space before it. */
static void
put(struct fa_build *b, uint32_t cp, char *out, size_t n, size_t from,
	size_t to)
{
	size_t before = b->text.n;
	bool open = b->open;

	fa_build_begin(b, cp);
	if (!open && is_circled(b, from, to))
		note_circled(b);
	if (n == 3 && open && b->text.n == before)
		respell(b, out);
	add_cell(b, out, n, fa_source_raw(b->src, from, to));
	b->last = cp;
	b->runes++;
	if (b->bold == 0)
		b->plain++;
	if (!b->han && fa_rune_is_han(cp))
		b->han = true;
}

static void
add_space(struct fa_build *b, size_t from, size_t to)
{
	if (!b->open)
		return;
	if (!b->space) {
		b->space = true;
		b->space_from = from;
		b->space_to = to;
	} else if (b->space_to == from) {
		b->space_to = to;
	}
}

void
fa_build_rune(struct fa_build *b, uint32_t cp, size_t from, size_t to)
{
	char out[FA_FOLD_RUNES * 4];
	size_t n;

	if (is_blank(cp)) {
		add_space(b, from, to);
		return;
	}
	n = fold(b, cp, out);
	if (n > 0)
		put(b, cp, out, n, from, to);
}

void
fa_build_runes(struct fa_build *b, const uint32_t *cp, size_t n, size_t from,
	size_t to)
{
	char out[2 * FA_FOLD_RUNES * 4];
	size_t bytes = 0;

	assert(n >= 1 && n <= 2);
	if (n == 1) {
		fa_build_rune(b, cp[0], from, to);
		return;
	}
	for (size_t i = 0; i < n; i++)
		bytes += fold(b, cp[i], out + bytes);
	if (bytes > 0)
		put(b, cp[0], out, bytes, from, to);
}

void
fa_build_slice(struct fa_build *b, size_t from, size_t to)
{
	while ((from = fa_build_stretch(b, from, to)) < to) {
		struct fa_str rest = { b->src->text.p + from, to - from };
		uint32_t cp;
		size_t n = fa_utf8_next(rest, &cp);

		fa_build_rune(b, cp, from, from + n);
		from += n;
	}
}

size_t
fa_build_at(const struct fa_build *b)
{
	return b->text.n;
}

void
fa_build_link(struct fa_build *b, size_t at, struct fa_str href)
{
	struct fa_link link;

	while (at < b->text.n &&
		(b->text.p[at] == '\n' || b->text.p[at] == ' '))
		at++;
	if (at >= b->text.n || href.n == 0)
		return;
	if (b->links.n / sizeof(link) >= FA_BUILD_LINKS) {
		b->truncated = true;
		return;
	}
	link.text = (struct fa_range){ (uint32_t)at, (uint32_t)b->text.n };
	link.href = fa_arena_dup(b->a, href);
	if (link.href.p == NULL)
		b->links.rc = FA_E_NOMEM;
	fa_buf_add(&b->links,
		(struct fa_str){ (const char *)&link, sizeof(link) });
}

void
fa_build_check(struct fa_build *b)
{
	struct fa_block *block = last_block(b);

	if (block != NULL)
		block->checked = true;
}

/* Moves an array from the heap to the arena. */
static void *
move(struct fa_build *b, struct fa_buf *from, size_t size, size_t *count)
{
	*count = from->n / size;
	return fa_arena_take(b->a, from);
}

int
fa_build_finish(struct fa_build *b, struct fa_doc *doc, struct fa_err *err)
{
	struct fa_buf *const all[] = { &b->text, &b->map.code, &b->map.marks,
		&b->blocks, &b->links, &b->remarks, &b->groups, &b->keys };

	fa_build_break(b);
	if (b->loose)
		fa_build_end_groups(b);
	for (size_t i = 0; i < FA_COUNT(all); i++) {
		int rc = fa_buf_rc(all[i], "document text", err);

		if (rc < 0)
			return rc;
	}
	fa_source_done(b->src);
	doc->text.p = move(b, &b->text, 1, &doc->text.n);
	doc->blocks = move(b, &b->blocks, sizeof(*doc->blocks), &doc->blocks_n);
	doc->links = move(b, &b->links, sizeof(*doc->links), &doc->links_n);
	doc->remarks =
		move(b, &b->remarks, sizeof(*doc->remarks), &doc->remarks_n);
	doc->groups = move(b, &b->groups, sizeof(*doc->groups), &doc->groups_n);
	doc->keys = move(b, &b->keys, sizeof(*doc->keys), &doc->keys_n);
	doc->loose = b->loose;
	if (!fa_map_write_take(&doc->map, &b->map, b->a) ||
		doc->text.p == NULL || doc->blocks == NULL ||
		doc->links == NULL || doc->remarks == NULL ||
		doc->groups == NULL || doc->keys == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for the text");
	return FA_OK;
}
