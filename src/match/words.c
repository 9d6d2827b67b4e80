/* The text is scanned in windows of 64 sentences. What a window holds of a word
 * is one number, a bit per sentence; the numbers of some windows are a record;
 * the records of a word form a list, newest first; and the sentences of a
 * lexicon are the union of its words, a record at a time. So most documents
 * cost one record per word, however often the word stands there.
 *
 * Example: the words 人脸 and 刷, the text 刷人脸。用人脸。 and 70 sentences on
 * 刷卡。: there are two records; that of 刷 has all bits but bit 1 of window 0,
 * and the lowest 8 bits of window 1; that of 人脸 bits 0 and 1 of window 0. */
#include "match/words.h"

#include <string.h>

#include "base/num.h"
#include "match/strip.h"

#define WINDOW FA_STRIP_TAGS
#define STRIP_CELLS 2048
#define SHARE 4          /* of a strip: words are so much shorter */
#define UTF8_MAX 4       /* bytes of a character */
#define RECORDS_MIN 2048 /* enough for most documents */
#define ROWS 64          /* in a block */
#define ROWS_BYTES FA_ARENA_KEEP_BYTES /* of rows that are kept */
#define STRAIGHT 16384 /* fewer records are in the cache anyway */

#define GROUP 4 /* windows of a record */
struct record {
	uint64_t sentences[GROUP];
	uint32_t group; /* of windows GROUP * group ... */
	uint32_t next;  /* number of the next record of the word */
};

struct use {             /* of a word that was found, by a lexicon */
	uint32_t record; /* number of the newest record of the word */
	uint32_t next;   /* number of the next use by the lexicon */
};

/* Records and uses are numbered on from document to document. So what the
 * tables below say of earlier ones is told by its low numbers, and need not be
 * cleared. */
struct fa_words_notes {
	const struct fa_word_table *t;
	uint64_t *now;   /* by word: the sentences of the window */
	uint32_t *last;  /* by word: number of its newest record */
	uint32_t *used;  /* by lexicon: number of its newest use */
	uint32_t *found; /* the words that have records */
	size_t found_n;
	uint32_t record, use; /* numbers of the newest ones */
	uint32_t *touched;    /* words with sentences in their `now' */
	size_t touched_n, touched_cap;
	struct fa_strip strip;
	bool cut; /* a scan ended in between: nothing is known */
};
#define NUMBERS_MAX (UINT32_C(1) << 16) /* when a document begins */

struct fa_words {
	struct fa_words_notes *notes;
	const struct fa_doc *doc;
	struct fa_arena *a;
	struct record *records; /* of the numbers from records_from + 1 on */
	size_t records_cap;
	uint32_t records_from;
	uint32_t uses_from;
	struct use *uses; /* of the numbers from uses_from + 1 on; there is room
			   * for all */
	bool told;        /* not only the early lexicons */
	struct fa_arena *rows; /* where rows live: a, or one for them */
	uint64_t ***row;       /* by lexicon, in blocks; NULL: not asked for */
};

struct scan {
	struct fa_words *w;
	struct fa_words_notes *notes;
	size_t begin; /* of the strip, in the text */
	uint32_t window;
};

int
fa_words_new(const struct fa_word_table **out, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err)
{
	if (b->table == NULL)
		return fa_word_table_new(out, b, a, err);
	*out = b->table;
	return FA_OK;
}

int
fa_words_notes_new(struct fa_words_notes **out, const struct fa_word_table *t,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_words_notes *x = fa_arena_new(a, 1, sizeof(*x));
	size_t cells = STRIP_CELLS;

	if (cells < t->longest * UTF8_MAX * SHARE)
		cells = t->longest * UTF8_MAX * SHARE;
	if (x) {
		x->t = t;
		x->touched_cap = cells * FA_STRIP_FOUND;
		x->touched = fa_arena_new(
			a, x->touched_cap + 1, sizeof(*x->touched));
		x->now = fa_arena_new(a, t->words_end, sizeof(*x->now));
		x->last = fa_arena_new(a, t->words_end, sizeof(*x->last));
		x->used = fa_arena_new(a, t->lexicons_n, sizeof(*x->used));
		x->found = fa_arena_new(a, t->words_end, sizeof(*x->found));
	}
	if (!x || !x->touched || !x->now || !x->last || !x->used || !x->found ||
		fa_strip_init(&x->strip, t, cells, fa_cpu_simd(), a) < 0)
		return fa_fail(err, FA_E_NOMEM, "no memory to scan for words");
	*out = x;
	return FA_OK;
}

/* Makes the notes ready for the next document. */
static void
turn_over(struct fa_words_notes *x)
{
	const struct fa_word_table *t = x->t;

	x->touched_n = x->found_n = 0;
	if (x->cut) {
		memset(x->now, 0, t->words_end * sizeof(*x->now));
		fa_strip_clear(&x->strip);
	}
	if (x->record > NUMBERS_MAX || x->use > NUMBERS_MAX) {
		memset(x->last, 0, t->words_end * sizeof(*x->last));
		memset(x->used, 0, t->lexicons_n * sizeof(*x->used));
		x->record = x->use = 0;
	}
}

/* Tells lexicons of a word that it was found: uses[from] ... uses[to - 1]. */
static void
tell(const struct fa_words *w, uint32_t word, uint32_t from, uint32_t to)
{
	struct fa_words_notes *n = w->notes;
	const uint32_t *uses = n->t->uses;
	struct use *x = w->uses + (n->use - w->uses_from);
	uint32_t last = n->last[word];

	for (; from < to; from++) {
		*x++ = (struct use){ last, n->used[uses[from]] };
		n->used[uses[from]] = ++n->use;
	}
}

/* When all records are there. */
static void
tell_early(struct fa_words *w)
{
	const struct fa_words_notes *n = w->notes;
	const struct fa_word_table *t = n->t;

	for (size_t i = 0; i < n->found_n; i++) {
		uint32_t word = n->found[i];

		tell(w, word, t->uses_from[word], t->late_from[word]);
	}
}

static void
tell_late(struct fa_words *w)
{
	const struct fa_words_notes *n = w->notes;
	const struct fa_word_table *t = n->t;

	for (size_t i = 0; i < n->found_n; i++) {
		uint32_t word = n->found[i];

		tell(w, word, t->late_from[word], t->uses_from[word + 1]);
	}
	w->told = true;
}

static struct record *
record(const struct fa_words *w, uint32_t number)
{
	return &w->records[number - w->records_from - 1];
}

/* The record of a word for the group of windows that is being scanned. There is
 * room for a new one. */
static struct record *
record_of(struct scan *s, uint32_t word)
{
	struct fa_words *w = s->w;
	struct fa_words_notes *x = s->notes;
	uint32_t group = s->window / GROUP, last = x->last[word];
	struct record *r;

	if (last > w->records_from && record(w, last)->group == group)
		return record(w, last);
	if (last <= w->records_from)
		x->found[x->found_n++] = word;
	x->last[word] = ++x->record;
	r = record(w, x->record);
	*r = (struct record){ .group = group, .next = last };
	return r;
}

/* Records what was found in the window. */
static int
flush(struct scan *s)
{
	struct fa_words *w = s->w;
	struct fa_words_notes *x = s->notes;
	struct record *r = fa_arena_regrow(w->a, w->records, &w->records_cap,
		x->record - w->records_from + x->touched_n, sizeof(*r));

	if (!r)
		return FA_E_NOMEM;
	w->records = r;
	for (size_t i = 0; i < x->touched_n; i++) {
		uint32_t word = x->touched[i];

		r = record_of(s, word);
		r->sentences[s->window % GROUP] |= x->now[word];
		x->now[word] = 0;
	}
	x->touched_n = 0;
	return FA_OK;
}

/* Notes the sentences of the words that one round found. */
static void
take_found(struct fa_words_notes *x)
{
	uint64_t *now = x->now;
	uint32_t *touched = x->touched + x->touched_n;

	for (size_t i = 0; i < x->strip.found_n; i++) {
		uint32_t word = x->strip.found[i] & FA_STRIP_NODE;
		uint32_t tag = x->strip.found[i] >> FA_STRIP_TAG_SHIFT;

		*touched = word;
		touched += now[word] == 0;
		now[word] |= UINT64_C(1) << tag;
	}
	x->touched_n = (size_t)(touched - x->touched);
}

/* Looks for all words on the strip, and empties it for what follows from
 * there on. */
static int
search(struct scan *s, size_t there)
{
	struct fa_words_notes *x = s->notes;
	const struct fa_str text = s->w->doc->text;

	for (size_t round = 1; round == 1 || x->strip.open_n > 0; round++) {
		if (round == 1)
			fa_strip_first(&x->strip);
		else
			fa_strip_next(&x->strip, round);
		if (x->touched_cap - x->touched_n < x->strip.found_n &&
			flush(s) < 0)
			return FA_E_NOMEM;
		take_found(x);
	}
	s->begin = there;
	fa_strip_begin(&x->strip, fa_str_sub(text, there, text.n));
	return FA_OK;
}

static bool
has_room(const struct scan *s, size_t from, size_t to)
{
	const struct fa_strip *strip = &s->notes->strip;

	return strip->cap - strip->n > to - from && from >= s->begin &&
		to - s->begin <= FA_STRIP_SPAN;
}

/* Puts a sentence on the strip, which is searched when it is full. A sentence
 * that is longer than a strip is cut; what follows begins so far before the
 * cut that a word over it is found whole. (A character that is cut is on the
 * first piece.) */
static int
put_sentence(struct scan *s, struct fa_range r, uint32_t tag)
{
	size_t from = r.from;

	if (!has_room(s, from, r.to) && search(s, from) < 0)
		return FA_E_NOMEM;
	while (!has_room(s, from, r.to)) {
		size_t n = s->notes->strip.cap - 1;

		fa_strip_put(&s->notes->strip, 0, n, tag);
		from += n - UTF8_MAX * s->notes->t->longest;
		if (search(s, from) < 0)
			return FA_E_NOMEM;
	}
	fa_strip_put(&s->notes->strip, from - s->begin, r.to - s->begin, tag);
	return FA_OK;
}

static int
scan_all(struct scan *s)
{
	const struct fa_doc *doc = s->w->doc;

	fa_strip_begin(&s->notes->strip, doc->text);
	for (size_t i = 0; i < doc->sentences_n;) {
		s->window = (uint32_t)(i / WINDOW);
		do {
			if (put_sentence(
				    s, doc->sentences[i].text, i % WINDOW) < 0)
				return FA_E_NOMEM;
		} while (++i % WINDOW != 0 && i < doc->sentences_n);
		if (search(s, s->begin) < 0 || flush(s) < 0)
			return FA_E_NOMEM;
	}
	return FA_OK;
}

/* Puts the records of a word side by side. They are read once for each lexicon
 * that holds the word, and those of a long document are far apart. */
static int
straighten(struct fa_words *w)
{
	struct fa_words_notes *notes = w->notes;
	size_t n = notes->record - w->records_from;
	struct record *x = fa_arena_raw(w->a, n, sizeof(*x));
	uint32_t at = w->records_from;

	if (!x)
		return FA_E_NOMEM;
	for (uint32_t word = 0; word < notes->t->words_end; word++) {
		uint32_t i = notes->last[word];

		if (i <= w->records_from)
			continue;
		notes->last[word] = at + 1;
		for (; i > w->records_from; i = record(w, i)->next) {
			struct record *to = &x[at++ - w->records_from];

			*to = *record(w, i);
			if (to->next > w->records_from)
				to->next = at + 1;
		}
	}
	fa_arena_drop(w->a, w->records, w->records_cap, sizeof(*x));
	w->records = x;
	w->records_cap = n;
	return FA_OK;
}

static struct fa_words *
new_words(
	struct fa_words_notes *x, const struct fa_doc *doc, struct fa_arena *a)
{
	struct fa_words *w = fa_arena_new(a, 1, sizeof(*w));

	if (!w)
		return NULL;
	*w = (struct fa_words){ .notes = x,
		.doc = doc,
		.a = a,
		.rows = a,
		.records_from = x->record,
		.records_cap = RECORDS_MIN,
		.uses_from = x->use };
	w->records = fa_arena_raw(a, w->records_cap, sizeof(*w->records));
	w->uses = fa_arena_raw(a, x->t->uses_n, sizeof(*w->uses));
	w->row = fa_arena_new(a, x->t->lexicons_n / ROWS + 1, sizeof(*w->row));
	return w->records && w->uses && w->row ? w : NULL;
}

int
fa_words_scan_by(struct fa_words **out, struct fa_words_notes *notes,
	const struct fa_doc *doc, enum fa_simd simd, struct fa_arena *a,
	struct fa_err *err)
{
	struct scan s = { .notes = notes };
	struct fa_words *w;

	turn_over(notes);
	s.w = w = new_words(notes, doc, a);
	notes->cut = true;
	notes->strip.simd = simd;
	if (!w || scan_all(&s) < 0 ||
		(notes->record - w->records_from > STRAIGHT &&
			straighten(w) < 0))
		return fa_fail(err, FA_E_NOMEM, "no memory for the word scan");
	tell_early(w);
	notes->cut = false;
	*out = w;
	return FA_OK;
}

int
fa_words_scan(struct fa_words **out, struct fa_words_notes *notes,
	const struct fa_doc *doc, struct fa_arena *a, struct fa_err *err)
{
	return fa_words_scan_by(out, notes, doc, fa_cpu_simd(), a, err);
}

bool
fa_words_has(struct fa_words *w, uint32_t lexicon)
{
	const uint32_t *early = w->notes->t->early;

	if (!w->told && !(early[lexicon / 32] >> lexicon % 32 & 1))
		tell_late(w);
	return w->notes->used[lexicon] > w->uses_from;
}

size_t
fa_words_row_n(const struct fa_words *w)
{
	return (w->doc->sentences_n + WINDOW - 1) / WINDOW;
}

/* Whole groups. */
static size_t
row_room(const struct fa_words *w)
{
	return (fa_words_row_n(w) + GROUP - 1) / GROUP * GROUP;
}

static void
fill_row(uint64_t *row, const struct fa_words *w, uint32_t lexicon)
{
	uint32_t i, u = w->notes->used[lexicon];
	const struct use *x;

	for (; u > w->uses_from; u = x->next) {
		x = &w->uses[u - w->uses_from - 1];
		for (i = x->record; i > w->records_from;
			i = record(w, i)->next) {
			const struct record *r = record(w, i);

			for (size_t k = 0; k < GROUP; k++)
				row[r->group * GROUP + k] |= r->sentences[k];
		}
	}
}

void
fa_words_rows_in(struct fa_words *w, struct fa_arena *rows)
{
	fa_arena_reset(rows);
	w->rows = rows;
}

void
fa_words_trim(struct fa_words *w)
{
	if (w->rows == w->a || w->rows->used_bytes <= ROWS_BYTES)
		return;
	memset(w->row, 0,
		(w->notes->t->lexicons_n / ROWS + 1) * sizeof(*w->row));
	fa_arena_reset(w->rows);
}

int
fa_words_row(const uint64_t **out, struct fa_words *w, uint32_t lexicon)
{
	uint64_t ***block = &w->row[lexicon / ROWS], **row;

	*out = NULL;
	if (!fa_words_has(w, lexicon))
		return FA_OK;
	if (!*block)
		*block = fa_arena_new(w->rows, ROWS, sizeof(**block));
	if (!*block)
		return FA_E_NOMEM;
	row = &(*block)[lexicon % ROWS];
	if (!*row) {
		*row = fa_arena_new(w->rows, row_room(w), sizeof(**row));
		if (!*row)
			return FA_E_NOMEM;
		fill_row(*row, w, lexicon);
	}
	*out = *row;
	return FA_OK;
}
