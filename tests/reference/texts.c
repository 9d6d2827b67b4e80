#include "reference/texts.h"

#include "base/utf8.h"

#define HOT 3 /* rules whose clauses a text is mostly made of */

uint32_t
ref_roll(struct ref_dice *d, uint32_t sides)
{
	if (d->p) {
		uint32_t v = 0;

		for (int i = 0; i < (sides > 256 ? 2 : 1) && d->n > 0; i++) {
			v = v << 8 | *d->p++;
			d->n--;
		}
		return v % sides;
	}
	/* xorshift64* */
	d->state ^= d->state >> 12;
	d->state ^= d->state << 25;
	d->state ^= d->state >> 27;
	return (uint32_t)((d->state * UINT64_C(0x2545F4914F6CDD1D)) >> 33) %
		sides;
}

bool
ref_dice_done(const struct ref_dice *d)
{
	return d->p && d->n == 0;
}

struct list {
	struct fa_str *at;
	size_t n, cap;
};

static int
put(struct list *l, struct fa_str s, struct fa_arena *a, struct fa_err *err)
{
	struct fa_str *grown =
		fa_arena_grow(a, l->at, &l->cap, l->n + 1, sizeof(*grown));

	if (!grown)
		return fa_fail(err, FA_E_NOMEM, "no memory for pieces");
	l->at = grown;
	l->at[l->n++] = s;
	return FA_OK;
}

/* The runs of a pattern that are no ASCII: its literals, near enough. */
static int
put_literals(struct list *l, struct fa_str source, struct fa_arena *a,
	struct fa_err *err)
{
	size_t from = 0;
	int rc = FA_OK;

	for (size_t i = 0; rc == FA_OK && i <= source.n; i++) {
		if (i < source.n && (unsigned char)source.p[i] >= 0x80)
			continue;
		if (i > from)
			rc = put(l, fa_str_sub(source, from, i), a, err);
		from = i + 1;
	}
	return rc;
}

static size_t
end_of_clause(struct fa_str s, size_t from)
{
	static const struct fa_str ends[] = { FA_STR_INIT("，"),
		FA_STR_INIT("。"), FA_STR_INIT("；"), FA_STR_INIT("\n") };
	size_t best = s.n;

	for (size_t i = 0; i < FA_COUNT(ends); i++) {
		size_t at = fa_str_find(s, ends[i], from);

		if (at != SIZE_MAX && at + ends[i].n < best)
			best = at + ends[i].n;
	}
	return best;
}

static int
put_clauses(struct list *l, const struct fa_rule *r, struct fa_arena *a,
	struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < r->examples_n; i++) {
		struct fa_str s = r->examples[i].text;

		for (size_t at = 0; rc == FA_OK && at < s.n;) {
			size_t end = end_of_clause(s, at);

			rc = put(l, fa_str_sub(s, at, end), a, err);
			at = end;
		}
	}
	return rc;
}

/* Those of a set without a name stand in its name. */
static int
put_words(struct list *l, const struct fa_lexicon *x, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_str rest = fa_str_sub(x->name, 1, x->name.n);
	int rc = FA_OK;

	if (x->words_n == 0)
		while (rc == FA_OK && rest.p != NULL)
			rc = put(l, fa_str_cut(&rest, '|'), a, err);
	for (size_t i = 0; rc == FA_OK && i < x->words_n; i++)
		rc = put(l, x->words[i], a, err);
	return rc;
}

int
ref_pieces(struct ref_pieces *out, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err)
{
	struct list words = { 0 }, literals = { 0 }, clauses = { 0 };
	int rc = FA_OK;

	for (size_t i = 0; rc == FA_OK && i < b->lexicons_n; i++)
		rc = put_words(&words, &b->lexicons[i], a, err);
	for (size_t i = 0; rc == FA_OK && i < b->patterns_n; i++)
		rc = put_literals(&literals, b->patterns[i].source, a, err);
	out->rules_n = b->rules_n;
	out->clause_of =
		fa_arena_new(a, b->rules_n + 1, sizeof(*out->clause_of));
	if (!out->clause_of)
		return fa_fail(err, FA_E_NOMEM, "no memory for pieces");
	for (size_t i = 0; rc == FA_OK && i < b->rules_n; i++) {
		out->clause_of[i] = (uint32_t)clauses.n;
		rc = put_clauses(&clauses, &b->rules[i], a, err);
	}
	out->clause_of[b->rules_n] = (uint32_t)clauses.n;
	out->word = words.at;
	out->words_n = words.n;
	out->literal = literals.at;
	out->literals_n = literals.n;
	out->clause = clauses.at;
	out->clauses_n = clauses.n;
	return rc;
}

struct maker {
	struct fa_buf *out;
	struct ref_dice *d;
	const struct ref_pieces *p;
	uint32_t hot[HOT];
	enum fa_format format;
};

static void
one_of(struct maker *m, const struct fa_str *at, size_t n)
{
	if (n > 0)
		fa_buf_add(m->out, at[ref_roll(m->d, (uint32_t)n)]);
}

static void
clause(struct maker *m)
{
	uint32_t r = m->hot[ref_roll(m->d, HOT)];
	uint32_t from = m->p->clause_of[r], to = m->p->clause_of[r + 1];

	if (from < to)
		one_of(m, m->p->clause + from, to - from);
	else
		one_of(m, m->p->clause, m->p->clauses_n);
}

static void
gap(struct maker *m, uint32_t most)
{
	static const char *const filler[] = { "的", "了", "在", "并", "将",
		"可", "您", "a", "7", " ", "　", "「", "（", "）" };
	uint32_t n = ref_roll(m->d, most);

	for (uint32_t i = 0; i < n; i++)
		fa_buf_adds(m->out,
			filler[ref_roll(m->d, (uint32_t)FA_COUNT(filler))]);
}

static void
piece(struct maker *m)
{
	switch (ref_roll(m->d, 10)) {
	case 0:
	case 1:
		one_of(m, m->p->word, m->p->words_n);
		break;
	case 2:
		one_of(m, m->p->literal, m->p->literals_n);
		break;
	case 3:
		gap(m, 70);
		break;
	case 4:
		gap(m, 6);
		break;
	case 5:
		fa_buf_adds(m->out,
			(const char *const[]){ "人脸", "刷脸", "不",
				"同意" }[ref_roll(m->d, 4)]);
		break;
	default:
		clause(m);
	}
}

static void
sentence(struct maker *m)
{
	static const char *const between[] = { "", "", "，", "、", "：", "；",
		" ", "，但" };
	static const char *const end[] = { "。", "。", "。", "；", "？", "！",
		"……", "", "吗？" };
	uint32_t n = 1 + ref_roll(m->d, 6);

	for (uint32_t i = 0; i < n && !ref_dice_done(m->d); i++) {
		piece(m);
		fa_buf_adds(m->out,
			between[ref_roll(m->d, (uint32_t)FA_COUNT(between))]);
	}
	fa_buf_adds(m->out, end[ref_roll(m->d, (uint32_t)FA_COUNT(end))]);
}

static void
block(struct maker *m)
{
	static const char *const html[] = { "<p>", "<p>", "<li>", "<h2>",
		"<td>", "<tr><td>", "<ul><li>", "</ul><p>", "<th>",
		"</table><p>", "<table><tr><th>", "<h3>" };
	static const char *const plain[] = { "", "", "一、", "（一）", "1. ",
		"- ", "  - ", "第二条 ", "# ", "## ", "| ", "1.1 ", "（2）" };
	uint32_t n = 1 + ref_roll(m->d, 3);

	if (m->format == FA_FORMAT_HTML)
		fa_buf_adds(
			m->out, html[ref_roll(m->d, (uint32_t)FA_COUNT(html))]);
	else
		fa_buf_adds(m->out,
			plain[ref_roll(m->d, (uint32_t)FA_COUNT(plain))]);
	for (uint32_t i = 0; i < n; i++)
		sentence(m);
	fa_buf_adds(m->out, ref_roll(m->d, 3) ? "\n" : "\n\n");
}

void
ref_text(struct fa_buf *out, struct ref_dice *d, const struct ref_pieces *p,
	enum fa_format format, size_t bytes)
{
	struct maker m = { .out = out, .d = d, .p = p, .format = format };
	size_t end = out->n + bytes;

	for (int i = 0; i < HOT; i++)
		m.hot[i] = ref_roll(d, (uint32_t)p->rules_n);
	while (out->n < end && out->rc == FA_OK && !ref_dice_done(d))
		block(&m);
}

/* Where the sentence behind from ends. */
static size_t
end_of_sentence(struct fa_str s, size_t from)
{
	size_t stop = fa_str_find(s, FA_STR("。"), from);
	size_t line = fa_str_find(s, FA_STR("\n"), from);

	stop = stop == SIZE_MAX ? s.n : stop + FA_STR("。").n;
	line = line == SIZE_MAX ? s.n : line + 1;
	return stop < line ? stop : line;
}

static void
lose_characters(struct fa_buf *out, struct ref_dice *d, struct fa_str s)
{
	uint32_t cp;

	for (size_t at = 0; at < s.n;) {
		size_t step = fa_utf8_next(fa_str_sub(s, at, s.n), &cp);

		if (ref_roll(d, 12) != 0)
			fa_buf_add(out, fa_str_sub(s, at, at + step));
		at += step;
	}
}

void
ref_mutate(struct fa_buf *out, struct ref_dice *d, struct fa_str text)
{
	struct fa_str kept = FA_STR("");

	for (size_t at = 0; at < text.n;) {
		size_t end = end_of_sentence(text, at);
		struct fa_str s = fa_str_sub(text, at, end);

		at = end;
		switch (ref_roll(d, 16)) {
		case 0: /* cut */
			break;
		case 1: /* doubled */
			fa_buf_add(out, s);
			fa_buf_add(out, s);
			break;
		case 2: /* moved to a later place */
			fa_buf_add(out, kept);
			kept = s;
			break;
		case 3:
			lose_characters(out, d, s);
			break;
		case 4: /* without its end, so that two become one */
			fa_buf_add(
				out, fa_str_sub(s, 0, s.n > 3 ? s.n - 3 : s.n));
			break;
		default:
			fa_buf_add(out, s);
		}
	}
	fa_buf_add(out, kept);
}

static int
random_fact(struct fa_fact_text *f, struct ref_dice *d,
	const struct fa_doc *doc, struct fa_arena *a, struct fa_err *err)
{
	uint32_t every = 1 + ref_roll(d, 12);

	f->at = fa_arena_new(a, doc->sentences_n + 1, sizeof(*f->at));
	f->over = fa_arena_new(a, doc->sentences_n + 1, sizeof(*f->over));
	if (!f->at || !f->over)
		return fa_fail(err, FA_E_NOMEM, "no memory for facts");
	for (uint32_t i = 0; i < doc->sentences_n; i++) {
		if (ref_roll(d, every) != 0)
			continue;
		f->over[f->over_n++] = i;
		if (ref_roll(d, 3) == 0)
			f->at[f->at_n++] = i;
	}
	return FA_OK;
}

int
ref_flow(struct fa_match_flow *out, struct ref_dice *d,
	const struct fa_doc *doc, struct fa_arena *a, struct fa_err *err)
{
	int rc = FA_OK;

	*out = (struct fa_match_flow){ .sections_n = doc->sections_n,
		.face = ref_roll(d, 4) != 0 };
	if (ref_roll(d, 4) == 0)
		out->unseen = FA_STR("unseen: a screen");
	out->before =
		fa_arena_new(a, doc->sections_n + 1, sizeof(*out->before));
	if (!out->before)
		return fa_fail(err, FA_E_NOMEM, "no memory for a flow");
	for (uint32_t i = 0; i < doc->sections_n; i++)
		out->before[i] = i == 0 || ref_roll(d, 4) == 0 ? FA_DOC_NONE
							       : ref_roll(d, i);
	for (int k = 0; rc == FA_OK && k < FA_FACT_COUNT; k++)
		if (ref_roll(d, 3) != 0)
			rc = random_fact(&out->facts[k], d, doc, a, err);
	return rc;
}
