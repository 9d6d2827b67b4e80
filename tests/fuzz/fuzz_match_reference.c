/* The matcher against the reference matcher. Invariant: both decide the same,
 * or one of them says that it reached a limit.
 *
 * The first byte says what the others are: a document as it stands (bit 0
 * clear), or the dice by which one is made of words, literals and clauses; a
 * document or the transcript of a flow (bit 1); its format (bits 2 and 3);
 * short texts (bit 4), a text beside the matter (bit 5). */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "read/read.h"
#include "reference/matcher.h"
#include "reference/texts.h"
#include "segment/segment.h"
#include "tools/bundle.h"

#define ARENA_BYTES ((size_t)1 << 30)
#define TEXT_BYTES ((size_t)16 << 20)
#define DOC_BYTES 20000 /* the reference is slow */
#define AS_OF 20261121

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct pair {
	struct fa_matcher *fast;
	struct ref_matcher *slow;
	struct ref_pieces pieces;
	struct fa_arena a;
};

/* Patterns are compiled when they are first needed, once for all inputs. */
static struct pair *
both(void)
{
	static struct pair p;
	struct fa_err err;

	if (p.fast)
		return &p;
	fa_arena_init(&p.a, ARENA_BYTES);
	if (ref_pieces(&p.pieces, fa_bundle_builtin, &p.a, &err) < 0 ||
		ref_matcher_new(&p.slow, fa_bundle_builtin, &err) < 0 ||
		fa_matcher_new(&p.fast, fa_bundle_builtin, &err) < 0)
		abort();
	return &p;
}

static void
compare(const struct fa_match *fast, const struct fa_match *slow)
{
	struct fa_buf x FA_CLEANUP(fa_buf_done);
	struct fa_buf y FA_CLEANUP(fa_buf_done);

	if (fast->limits_hit > 0 || slow->limits_hit > 0)
		return;
	fa_buf_init(&x, TEXT_BYTES);
	fa_buf_init(&y, TEXT_BYTES);
	ref_write(&x, fa_bundle_builtin, fast);
	ref_write(&y, fa_bundle_builtin, slow);
	if (fa_str_eq(fa_buf_str(&x), fa_buf_str(&y)))
		return;
	struct fa_buf why;
	fa_buf_init(&why, TEXT_BYTES);
	ref_explain(&why, fa_buf_str(&x), fa_buf_str(&y));
	fprintf(stderr, "%.*s", (int)why.n, why.p);
	abort();
}

static void
judge(const struct fa_doc *doc, struct ref_dice *d, bool as_flow,
	struct fa_arena *a)
{
	const struct pair *p = both();
	struct fa_match_flow flow;
	struct fa_match fast, slow;
	struct fa_err err;

	if (as_flow) {
		assert(ref_flow(&flow, d, doc, a, &err) == FA_OK);
		assert(fa_match_flow(&fast, p->fast, doc, &flow, AS_OF, a,
			       &err) == FA_OK);
	} else {
		assert(fa_match(&fast, p->fast, doc, AS_OF, a, &err) == FA_OK);
	}
	assert(ref_match(&slow, p->slow, doc, as_flow ? &flow : NULL, AS_OF, a,
		       &err) == FA_OK);
	compare(&fast, &slow);
}

static void
read_and_judge(const uint8_t *data, size_t size)
{
	static const enum fa_format formats[] = { FA_FORMAT_TEXT,
		FA_FORMAT_MARKDOWN, FA_FORMAT_HTML, FA_FORMAT_AUTO };
	uint8_t how = data[0];
	struct ref_dice d = { .p = data + 1, .n = size - 1 };
	struct fa_read_opts opts = { .name = FA_STR_INIT("fuzz"),
		.format = formats[(how >> 2) & 3] };
	struct fa_buf made FA_CLEANUP(fa_buf_done);
	struct fa_str raw = { (const char *)d.p, d.n };
	struct fa_doc doc;
	struct fa_arena a;
	struct fa_err err;

	fa_buf_init(&made, TEXT_BYTES);
	if (how & 1) {
		ref_text(&made, &d, &both()->pieces, opts.format, DOC_BYTES);
		raw = fa_buf_str(&made);
		opts.charset = FA_STR("utf-8");
	}
	fa_arena_init(&a, ARENA_BYTES);
	if (fa_read(&doc, raw, &opts, &a, &err) == FA_OK &&
		fa_segment(&doc, &a, &err) == FA_OK) {
		doc.loose = (how >> 4) & 1;
		doc.aside = (how >> 5) & 1;
		d = (struct ref_dice){ .p = data, .n = size };
		judge(&doc, &d, (how >> 1) & 1, &a);
	}
	fa_arena_done(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > 0 && size <= DOC_BYTES)
		read_and_judge(data, size);
	return 0;
}
