/* Texts of a user interface in tests: where each begins, what it is called
 * and with which others it stands. */
#ifndef FA_TEST_FIXTURE_STRINGS_H
#define FA_TEST_FIXTURE_STRINGS_H

#include "unit/fixture_read.h"

static inline struct fa_position
strings_place(const struct fa_doc *doc, uint32_t raw)
{
	struct fa_position pos;

	fa_read_positions(doc, &raw, 1, &pos);
	return pos;
}

/* One line for each block, "P 3:12 name|text", behind "[group]" where one
 * begins; then remarks, "# 2:5 1 text" with the block that they stand before
 * ("~1": behind text on the line); then "! notice". */
static inline void
strings_dump(const struct fa_doc *doc, struct fa_buf *out)
{
	size_t g = 0;

	for (uint32_t i = 0; i < doc->blocks_n; i++) {
		const struct fa_block *b = &doc->blocks[i];
		const struct fa_key *key = fa_doc_key_at(doc, i);
		struct fa_position pos =
			strings_place(doc, fa_doc_raw(doc, b->text).from);

		if (g < doc->groups_n && doc->groups[g].blocks.from == i) {
			fa_buf_addf(out, "[%.*s]\n",
				FA_STR_ARG(doc->groups[g].name));
			g++;
		}
		fa_buf_addf(out, "%c %u:%u ",
			b->kind == FA_BLOCK_CONTROL ? 'B' : 'P', pos.line,
			pos.column);
		if (key != NULL)
			fa_buf_add(out, key->name);
		fa_buf_addc(out, '|');
		fa_buf_add(
			out, fa_str_sub(doc->text, b->text.from, b->text.to));
		fa_buf_addc(out, '\n');
	}
	for (size_t i = 0; i < doc->remarks_n; i++) {
		const struct fa_remark *r = &doc->remarks[i];
		struct fa_position pos = strings_place(doc, r->raw.from);

		fa_buf_addf(out, "# %u:%u %s%u %.*s\n", pos.line, pos.column,
			r->alone ? "" : "~", r->block, FA_STR_ARG(r->text));
	}
	if (doc->notice.p != NULL)
		fa_buf_addf(out, "! %.*s\n", FA_STR_ARG(doc->notice));
}

static inline void
strings_is(struct fa_str in, const char *expected, enum fa_format format,
	size_t number)
{
	struct reading r;
	struct fa_buf out;

	fa_buf_init(&out, 1 << 20);
	reading_init(&r, in, format);
	assert_int_equal(r.rc, FA_OK);
	assert_true(r.doc.loose);
	strings_dump(&r.doc, &out);
	if (!fa_str_eq(fa_buf_str(&out), fa_str_c(expected)))
		fail_msg("case %zu: %.*s\ngives\n%.*sexpected\n%s", number,
			FA_STR_ARG(in), FA_STR_ARG(fa_buf_str(&out)), expected);
	fa_buf_done(&out);
	reading_done(&r);
}

static inline void
strings_check(const struct reading_case *c, size_t n, enum fa_format format)
{
	for (size_t i = 0; i < n; i++)
		strings_is(fa_str_c(c[i].in), c[i].out, format, i);
}

#endif
