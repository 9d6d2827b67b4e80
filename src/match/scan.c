#include "match/scan.h"

static int
no_memory(struct fa_scan *s)
{
	return fa_fail(s->err, FA_E_NOMEM, "no memory to match '%.*s'",
		FA_STR_ARG(s->doc->name));
}

int
fa_scan_init(struct fa_scan *s, struct fa_matcher *m, const struct fa_doc *doc,
	struct fa_arena *a, struct fa_err *err)
{
	int rc;

	*s = (struct fa_scan){ .m = m, .doc = doc, .a = a, .err = err };
	s->hits = fa_arena_new(a, m->bundle->patterns_n + 1, sizeof(*s->hits));
	s->polarity = fa_arena_new(a, doc->clauses_n + 1, sizeof(*s->polarity));
	s->asks = fa_arena_new(a, doc->sentences_n + 1, 1);
	s->runes = fa_arena_new(a, doc->sentences_n, sizeof(*s->runes));
	s->rows = fa_arena_new(a, doc->blocks_n, sizeof(*s->rows));
	s->lists = fa_arena_new(a, doc->blocks_n, sizeof(*s->lists));
	s->nowhere = fa_arena_new(a, 1, sizeof(*s->nowhere));
	if (!s->hits || !s->polarity || !s->asks || !s->runes || !s->rows ||
		!s->lists || !s->nowhere || fa_scan_blocks(s) < 0)
		return no_memory(s);
	s->nowhere->nowhere = true;
	s->work = FA_MATCH_WORK_BYTES +
		(uint64_t)doc->text.n * FA_MATCH_WORK_PER_BYTE;
	fa_arena_reset(&m->texts);
	rc = fa_scan_long(s);
	if (rc == FA_OK)
		rc = fa_words_scan(&s->words, m->notes, doc, a, err);
	if (rc < 0)
		return rc;
	fa_words_rows_in(s->words, &m->rows);
	s->row_n = fa_words_row_n(s->words);
	s->picked = fa_arena_new(a, s->row_n, sizeof(*s->picked));
	s->bounds =
		fa_arena_new(a, s->row_n, FA_BOUND_ROWS * sizeof(*s->bounds));
	return s->picked && s->bounds ? FA_OK : no_memory(s);
}
