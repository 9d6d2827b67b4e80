/* Any bytes as the parts of a document of Word: what stands before the first
 * NUL is its text, then come its styles and its numbering. */
#include "fuzz/invariant_read.h"
#include "read/word.h"
#include "read/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_parts(struct fa_word *word, struct fa_str all, struct fa_arena *a)
{
	struct fa_word_body *b = NULL;
	struct fa_word_parts parts = { .styles = NULL };
	struct fa_err err = { 0, "" };
	struct fa_str body = fa_str_cut(&all, '\0');
	struct fa_str styles = fa_str_cut(&all, '\0');
	int rc = fa_read_xml_open(&err);

	if (rc == FA_OK)
		rc = fa_word_styles(&parts, styles, a, &err);

	if (rc == FA_OK)
		rc = fa_word_numbering(&parts, all, a, &err);
	if (rc == FA_OK)
		rc = fa_word_targets(&parts, styles, a, &err);
	if (rc == FA_OK)
		rc = fa_word_body_new(&b, &parts, a, &err);
	if (rc == FA_OK)
		rc = fa_word_body_read(b, body, &err);
	if (rc == FA_OK)
		rc = fa_word_body_finish(b, word, &err);
	fa_word_body_free(&b);
	if (rc != FA_OK && err.msg[0] == '\0')
		invariant_fail("refusal has a reason", 0);
	if (rc != FA_OK)
		word->lines_n = 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_word word = { .lines = NULL };
	uint32_t at = 0;
	struct fa_arena a;

	fa_arena_init(&a, (size_t)1 << 30);
	read_parts(&word, (struct fa_str){ (const char *)data, size }, &a);
	for (size_t i = 0; i < word.lines_n; i++) {
		struct fa_range r = word.lines[i].text;

		if (r.from != at || r.to <= r.from || r.to >= word.text.n ||
			word.text.p[r.to] != '\n')
			invariant_fail("lines tile the text", i);
		at = r.to + 1;
	}
	for (size_t i = 0; i < word.links_n && word.lines_n > 0; i++) {
		struct fa_range r = word.links[i].text;

		if (r.from >= r.to || r.to > word.text.n)
			invariant_fail("links cover text", i);
	}
	if (word.lines_n > 0 && !fa_utf8_valid(word.text))
		invariant_fail("text is UTF-8", 0);
	fa_arena_done(&a);
	return 0;
}
