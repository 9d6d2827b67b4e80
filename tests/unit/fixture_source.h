/* Texts of program sources, as lines that tests compare: "== group" where a
 * group begins, then for each block "line:column kind [name] text". */
#ifndef FA_TEST_FIXTURE_SOURCE_H
#define FA_TEST_FIXTURE_SOURCE_H

#include "unit/fixture_read.h"

static inline void
source_dump(const struct fa_doc *doc, struct fa_buf *out)
{
	size_t group = 0;

	for (uint32_t i = 0; i < doc->blocks_n; i++) {
		const struct fa_block *b = &doc->blocks[i];
		const struct fa_key *key = fa_doc_key_at(doc, i);
		uint32_t at = fa_doc_raw(doc, b->text).from;
		struct fa_position pos;

		fa_read_positions(doc, &at, 1, &pos);
		if (group < doc->groups_n &&
			doc->groups[group].blocks.from == i) {
			fa_buf_addf(out, "== %.*s\n",
				FA_STR_ARG(doc->groups[group].name));
			group++;
		}
		fa_buf_addf(out, "%u:%u %s [%.*s] ", pos.line, pos.column,
			b->kind == FA_BLOCK_CONTROL ? "B" : "P",
			FA_STR_ARG(key == NULL ? FA_STR("-") : key->name));
		fa_read_visible(doc, b->text, out);
		fa_buf_addc(out, '\n');
	}
	for (size_t i = 0; i < doc->remarks_n; i++)
		fa_buf_addf(out, "# %u %d %.*s\n", doc->remarks[i].block,
			doc->remarks[i].alone,
			FA_STR_ARG(doc->remarks[i].text));
}

static inline void
source_check_raw(struct fa_str in, const char *expected, enum fa_format format)
{
	struct reading r;
	struct fa_buf out;

	fa_buf_init(&out, 1 << 20);
	reading_init(&r, in, format);
	if (r.rc != FA_OK)
		fail_msg("%s", r.err.msg);
	source_dump(&r.doc, &out);
	if (!fa_str_eq(fa_buf_str(&out), fa_str_c(expected)))
		fail_msg("%.*s\ngives\n%.*sexpected\n%s", FA_STR_ARG(in),
			FA_STR_ARG(fa_buf_str(&out)), expected);
	fa_buf_done(&out);
	reading_done(&r);
}

static inline void
source_check(const struct reading_case *c, size_t n, enum fa_format format)
{
	for (size_t i = 0; i < n; i++)
		source_check_raw(fa_str_c(c[i].in), c[i].out, format);
}

#endif
