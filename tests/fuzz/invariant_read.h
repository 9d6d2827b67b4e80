/* What holds for every document that fa_read gives out; shared by the fuzz
 * targets and the unit tests of read. Breaking it aborts. */
#ifndef FA_FUZZ_INVARIANT_READ_H
#define FA_FUZZ_INVARIANT_READ_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "read/escape.h"
#include "read/html_charref.h"
#include "read/read.h"

#define INVARIANT_RUNES 600 /* characters whose original is looked up */

static inline void
invariant_fail(const char *what, size_t at)
{
	fprintf(stderr, "invariant broken: %s at %zu\n", what, at);
	abort();
}

static inline void
invariant_blocks(const struct fa_doc *doc)
{
	size_t at = 0;

	for (size_t i = 0; i < doc->blocks_n; i++) {
		const struct fa_block *b = &doc->blocks[i];

		if (b->text.from != at || b->text.to <= b->text.from)
			invariant_fail("blocks tile the text", i);
		if (b->level > 0 && b->kind == FA_BLOCK_HEADING && b->level > 6)
			invariant_fail("heading level", i);
		at = b->text.to;
		if (i + 1 < doc->blocks_n && doc->text.p[at++] != '\n')
			invariant_fail("newline between blocks", i);
	}
	if (at != doc->text.n)
		invariant_fail("last block ends the text", at);
}

static inline void
invariant_map(const struct fa_doc *doc)
{
	struct fa_map_walk w = fa_map_walk_from(&doc->map, 0);
	uint32_t text = 0, raw = 0;
	struct fa_map_run r;

	while (fa_map_next(&w, &r)) {
		uint32_t n = r.text_to - r.text_from;

		if (r.text_from != text || n == 0 || r.text_step == 0 ||
			n % r.text_step != 0)
			invariant_fail("map cells fill their run", text);
		if (r.raw_from < raw)
			invariant_fail("map goes forward", text);
		raw = r.raw_from + n / r.text_step * r.raw_step;
		if (raw > doc->raw.n)
			invariant_fail("map stays in the document", text);
		text = r.text_to;
	}
	if (text != doc->text.n)
		invariant_fail("the map is that of the text", text);
	for (size_t i = 0; i < doc->map.marks_n; i++) {
		const struct fa_map_mark *mark = &doc->map.marks[i];

		w = fa_map_walk_from(&doc->map, mark->text);
		if (mark->text < doc->text.n &&
			(!fa_map_next(&w, &r) || r.text_from != mark->text))
			invariant_fail("marks lead to their runs", i);
	}
}

static inline bool
invariant_folds_to(uint32_t cp, struct fa_str rune)
{
	char out[FA_FOLD_RUNES * 4];
	struct fa_str folded = { out, fa_rune_fold(cp, out) };

	if (rune.n == 1 && rune.p[0] == ' ' && fa_rune_is_space(cp))
		return true;
	if (fa_str_eq(folded, FA_STR("陆")) && fa_str_eq(rune, FA_STR("录")))
		return true;
	if (fa_str_eq(folded, FA_STR("它")) && fa_str_eq(rune, FA_STR("他")))
		return true;
	return fa_str_find(folded, rune, 0) != SIZE_MAX;
}

/* The character of an escape as formats of strings have them, behind the
 * backslash with which s begins. */
static inline bool
invariant_escape(struct fa_str s, struct fa_str rune)
{
	static const char names[] = "n\nr\rt\tb\bf\fv\va\a0\0";
	uint32_t cp = 0, low;
	char bytes[4];
	size_t n = 0;

	/* Han and kana come in four or eight digits, bytes in two or three. */
	if (fa_escape_hex(s, 2, 4, &cp) && s.p[1] != 'x') {
		if (s.n > 8 && (cp & 0xfc00) == 0xd800 &&
			fa_escape_hex(s, 8, 4, &low))
			cp = 0x10000 + ((cp & 0x3ff) << 10) + (low & 0x3ff);
		return invariant_folds_to(
			(cp & ~0x7ffu) == 0xd800 ? FA_RUNE_BAD : cp, rune);
	}
	if (s.n > 3 && fa_escape_hex(s, 2, 2, &cp) &&
		invariant_folds_to(cp, rune))
		return true;
	for (size_t i = 0; i < s.n && n < 4; i++) {
		uint32_t octal = 0;
		size_t k = 0;

		if (s.p[i] != '\\')
			continue;
		if (i + 1 < s.n && s.p[i + 1] == 'x' &&
			fa_escape_hex(s, i + 2, 2, &octal))
			k = 1;
		for (; k < 3 && i + 1 + k < s.n && s.p[i + 1 + k] >= '0' &&
			s.p[i + 1 + k] <= '7' && s.p[i + 1] != 'x';
			k++)
			octal = octal * 8 + (uint32_t)(s.p[i + 1 + k] - '0');
		if (k > 0 && invariant_folds_to(octal, rune))
			return true;
		if (k > 0)
			bytes[n++] = (char)octal;
	}
	if (n > 0) {
		(void)fa_utf8_next((struct fa_str){ bytes, n }, &cp);
		return invariant_folds_to(cp, rune);
	}
	for (size_t i = 0; i + 2 < sizeof(names) && s.n > 1; i += 2)
		if (names[i] == s.p[1] &&
			invariant_folds_to((unsigned char)names[i + 1], rune))
			return true;
	return false;
}

/* "&amp;lt;", in which a reference was made by references; marks that are no
 * characters ("&#x4e" "ba;", in two literals) may stand in it. */
static inline bool
invariant_twice(struct fa_str s, struct fa_str rune)
{
	struct fa_html_charref ref;
	struct fa_buf once;
	bool found = false;

	/* Written with escapes inside, it may be any. */
	if (s.n > 3 && s.p[0] == '&' &&
		fa_str_find(s, FA_STR("\\"), 1) != SIZE_MAX)
		return true;
	fa_buf_init(&once, 4096);
	while (s.n > 0) {
		size_t n = 1;

		if (s.p[0] == '&' && fa_html_charref(s, false, &ref) &&
			ref.n == 1 && s.p[ref.bytes - 1] == ';') {
			fa_buf_add_rune(&once, ref.cp[0]);
			n = ref.bytes;
		} else if (strchr("\"\\ \t\r\n", s.p[0]) == NULL) {
			fa_buf_addc(&once, s.p[0]);
		}
		s = fa_str_sub(s, n, s.n);
	}
	if (once.n > 1 && once.p[0] == '&' &&
		fa_html_charref(fa_buf_str(&once), false, &ref))
		for (size_t i = 0; i < ref.n; i++)
			found = found || invariant_folds_to(ref.cp[i], rune);
	fa_buf_done(&once);
	return found;
}

/* \u{...}, \uu.... of Java, \#n of Swift, a line end that does not count. */
static inline bool
invariant_program_escape(struct fa_str s)
{
	return s.p[1] == 'u' || s.p[1] == '\n' || s.p[1] == '\r' ||
		s.p[1] == 's' || s.p[1] == '#';
}

/* Whether the original bytes hold a character that folds to rune. */
static inline bool
invariant_origin(struct fa_str decoded, struct fa_str rune)
{
	struct fa_html_charref ref;

	/* Of sources: what is put in. */
	if (fa_str_eq(rune, FA_STR("\xef\xbf\xbc")))
		return true;
	/* Programs have more escapes than strings files. */
	if (decoded.n > 1 && decoded.p[0] == '\\') {
		if (invariant_escape(decoded, rune) ||
			invariant_program_escape(decoded))
			return true;
		decoded = fa_str_sub(decoded, 1, decoded.n);
	}
	if (decoded.n > 1 && invariant_twice(decoded, rune))
		return true;

	if (decoded.n > 1 && decoded.p[0] == '&' &&
		fa_html_charref(decoded, false, &ref)) {
		for (size_t i = 0; i < ref.n; i++) {
			if (invariant_folds_to(ref.cp[i], rune))
				return true;
		}
	}
	/* <br> inside a heading is a space. */
	if (rune.n == 1 && rune.p[0] == ' ' && decoded.n > 2 &&
		decoded.p[0] == '<')
		return true;
	while (decoded.n > 0) {
		uint32_t cp;
		size_t n = fa_utf8_next(decoded, &cp);

		if (invariant_folds_to(cp, rune))
			return true;
		decoded = fa_str_sub(decoded, n, decoded.n);
	}
	return false;
}

static inline void
invariant_runes(const struct fa_doc *doc)
{
	size_t at = 0;
	struct fa_buf quote;

	fa_buf_init(&quote, FA_DOC_MAX_BYTES);
	for (size_t i = 0; at < doc->text.n && i < INVARIANT_RUNES; i++) {
		struct fa_str rest = fa_str_sub(doc->text, at, doc->text.n);
		uint32_t cp;
		size_t n = fa_utf8_next(rest, &cp);
		struct fa_range raw = fa_doc_raw(doc,
			(struct fa_range){ (uint32_t)at, (uint32_t)(at + n) });

		fa_buf_reset(&quote);
		fa_read_quote(doc, raw, &quote);
		if (cp == '\n' ? raw.from != raw.to
			       : !invariant_origin(fa_buf_str(&quote),
					 fa_str_sub(rest, 0, n)))
			invariant_fail("text comes from its bytes", at);
		at += n;
	}
	fa_buf_done(&quote);
}

static inline void
invariant_visible(const struct fa_doc *doc)
{
	struct fa_buf out;
	uint32_t n = (uint32_t)doc->raw.n;
	uint32_t raw[3] = { 0, n / 2, n };
	struct fa_position pos[3];

	fa_buf_init(&out, (size_t)FA_DOC_MAX_BYTES * 4);
	fa_read_visible(
		doc, (struct fa_range){ 0, (uint32_t)doc->text.n }, &out);
	if (out.rc != FA_OK || !fa_utf8_valid(fa_buf_str(&out)))
		invariant_fail("visible text is UTF-8", 0);
	if (out.n > 0 && memchr(out.p, '\n', out.n) != NULL)
		invariant_fail("visible text is one line", 0);
	if (doc->text.n > 0 && out.n == 0)
		invariant_fail("visible text is there", 0);
	fa_buf_done(&out);
	fa_read_positions(doc, raw, 3, pos);
	if (pos[0].line != 1 || pos[0].column != 1 || pos[0].byte != 1)
		invariant_fail("positions begin at 1", 0);
	for (size_t i = 0; i < 3; i++) {
		/* A character has one to four bytes. */
		if (pos[i].line < 1 || pos[i].column < 1 ||
			pos[i].byte < pos[i].column ||
			(pos[i].byte - 1) / 4 > pos[i].column - 1)
			invariant_fail("bytes fit columns", i);
	}
}

/* What stands in the original as it is shown is what would be copied. */
static inline void
invariant_in_place(const struct fa_doc *doc, struct fa_range text)
{
	struct fa_range raw = fa_doc_raw(doc, text);
	struct fa_str quote = fa_read_quote_in(doc, raw);
	struct fa_str shown = fa_read_visible_in(
		doc, text, fa_map_walk_from(&doc->map, text.from));
	struct fa_buf out;

	fa_buf_init(&out, (size_t)FA_DOC_MAX_BYTES * 4);
	fa_read_quote(doc, raw, &out);
	if (quote.p != NULL && !fa_str_eq(quote, fa_buf_str(&out)))
		invariant_fail("a quote is the same in place", text.from);
	fa_buf_reset(&out);
	fa_read_visible(doc, text, &out);
	if (shown.p != NULL && !fa_str_eq(shown, fa_buf_str(&out)))
		invariant_fail("what is seen is the same in place", text.from);
	fa_buf_done(&out);
}

/* Ranges of all lengths up to that of a line, at any character. */
static inline void
invariant_ranges(const struct fa_doc *doc)
{
	uint32_t from = 0;

	for (size_t i = 0; i < INVARIANT_RUNES; i++) {
		struct fa_str rest = fa_str_sub(doc->text, from, doc->text.n);
		size_t n = fa_utf8_beginning(rest, 1 + i * 7 % 150).n;
		uint32_t cp;

		if (rest.n == 0)
			break;
		invariant_in_place(
			doc, (struct fa_range){ from, from + (uint32_t)n });
		from += (uint32_t)fa_utf8_next(rest, &cp);
	}
}

/* Groups tile the blocks, names ascend, remarks stand on their lines. */
static inline void
invariant_notes(const struct fa_doc *doc)
{
	uint32_t at = 0;

	for (size_t i = 0; i < doc->groups_n; i++) {
		const struct fa_group *g = &doc->groups[i];

		if (g->blocks.from != at || g->blocks.to <= at ||
			!fa_utf8_valid(g->name))
			invariant_fail("groups tile the blocks", i);
		at = g->blocks.to;
	}
	if (doc->loose ? at != doc->blocks_n : doc->groups_n > 0)
		invariant_fail("a loose document has groups", at);
	for (size_t i = 0; i < doc->keys_n; i++)
		if (doc->keys[i].block >= doc->blocks_n ||
			!fa_utf8_valid(doc->keys[i].name) ||
			(i > 0 && doc->keys[i].block <= doc->keys[i - 1].block))
			invariant_fail("names ascend", i);
	for (size_t i = 0; i < doc->remarks_n; i++) {
		const struct fa_remark *r = &doc->remarks[i];

		if (r->block > doc->blocks_n || r->raw.from >= r->raw.to ||
			r->raw.from < r->line.from || r->raw.to > r->line.to ||
			r->line.to > doc->raw.n || !fa_utf8_valid(r->text))
			invariant_fail("remarks stand on their lines", i);
	}
}

static inline void
invariant_read(const struct fa_doc *doc)
{
	if (!fa_utf8_valid(doc->text) || !fa_utf8_valid(doc->title))
		invariant_fail("text is UTF-8", 0);
	invariant_blocks(doc);
	invariant_notes(doc);
	invariant_map(doc);
	invariant_runes(doc);
	invariant_visible(doc);
	invariant_ranges(doc);
	for (size_t i = 0; i < doc->links_n; i++) {
		const struct fa_link *l = &doc->links[i];

		if (l->text.from >= l->text.to || l->text.to > doc->text.n ||
			l->href.n == 0)
			invariant_fail("links cover text", i);
	}
}

/* Reads data as format and checks the result; documents that are refused are
 * refused with a message. */
static inline void
invariant_fuzz(const uint8_t *data, size_t size, enum fa_format format)
{
	struct fa_read_opts opts = {
		.name = FA_STR("fuzz"), .format = format, .charset = FA_STR_NONE
	};
	struct fa_str raw = { (const char *)data, size };
	struct fa_arena a;
	struct fa_err err = { 0, "" };
	struct fa_doc doc;
	int rc;

	fa_arena_init(&a, (size_t)1 << 30);
	rc = fa_read(&doc, raw, &opts, &a, &err);
	if (rc == FA_OK)
		invariant_read(&doc);
	else if (rc != FA_E_UNSUPPORTED || err.msg[0] == '\0')
		invariant_fail("refusal has a reason", 0);
	fa_arena_done(&a);
}

#endif
