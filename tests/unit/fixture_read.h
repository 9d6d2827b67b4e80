/* Reading documents from literals in tests. */
#ifndef FA_TEST_FIXTURE_READ_H
#define FA_TEST_FIXTURE_READ_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fuzz/invariant_read.h"

struct reading {
	struct fa_arena a;
	struct fa_err err;
	struct fa_doc doc;
	int rc;
};

static inline void
reading_charset(struct reading *r, struct fa_str raw, enum fa_format format,
	struct fa_str charset)
{
	struct fa_read_opts opts = {
		.name = FA_STR("test"), .format = format, .charset = charset
	};

	memset(&r->err, 0, sizeof(r->err));
	fa_arena_init(&r->a, (size_t)2 << 30);
	r->rc = fa_read(&r->doc, raw, &opts, &r->a, &r->err);
	if (r->rc == FA_OK)
		invariant_read(&r->doc);
}

static inline void
reading_init(struct reading *r, struct fa_str raw, enum fa_format format)
{
	reading_charset(r, raw, format, FA_STR_NONE);
}

static inline void
reading_done(struct reading *r)
{
	fa_arena_done(&r->a);
}

static inline struct fa_str
reading_text(const struct reading *r, size_t block)
{
	struct fa_range t = r->doc.blocks[block].text;

	return fa_str_sub(r->doc.text, t.from, t.to);
}

#define assert_str(s, z)                                                       \
	do {                                                                   \
		struct fa_str s_ = (s);                                        \
		if (!fa_str_eq(s_, fa_str_c(z)))                               \
			fail_msg("\"%.*s\" is not \"%s\"", FA_STR_ARG(s_), z); \
	} while (0)

/* Blocks of a document, one per line: kind letters, level, then the text. */
static inline void
reading_dump(const struct fa_doc *doc, struct fa_buf *out)
{
	static const char *const kinds[] = { "P", "H", "I", "C", "T", "B", "Q",
		"X" };

	for (size_t i = 0; i < doc->blocks_n; i++) {
		const struct fa_block *b = &doc->blocks[i];

		fa_buf_adds(out, kinds[b->kind]);
		if (b->level > 0)
			fa_buf_addf(out, "%u", b->level);
		if (b->ordered)
			fa_buf_addc(out, 'o');
		if (b->checked)
			fa_buf_addc(out, 'x');
		if (b->row != FA_DOC_NONE)
			fa_buf_addf(out, "%u.%u", b->row, b->column);
		fa_buf_addc(out, ' ');
		fa_buf_add(
			out, fa_str_sub(doc->text, b->text.from, b->text.to));
		fa_buf_addc(out, '\n');
	}
}

struct reading_case {
	const char *in, *out;
};

static inline void
reading_check(const struct reading_case *c, size_t n, enum fa_format format)
{
	for (size_t i = 0; i < n; i++) {
		struct reading r;
		struct fa_buf out;

		fa_buf_init(&out, 1 << 20);
		reading_init(&r, fa_str_c(c[i].in), format);
		assert_int_equal(r.rc, FA_OK);
		reading_dump(&r.doc, &out);
		if (!fa_str_eq(fa_buf_str(&out), fa_str_c(c[i].out))) {
			fail_msg("case %zu: %s\ngives\n%.*sexpected\n%s", i,
				c[i].in, FA_STR_ARG(fa_buf_str(&out)),
				c[i].out);
		}
		fa_buf_done(&out);
		reading_done(&r);
	}
}

#endif
