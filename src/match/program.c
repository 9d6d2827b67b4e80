/* Backtracking in the order of PCRE2, over the code of model/program.h.
 *
 * Each operation that can go on in several ways leaves a frame; when the match
 * fails, the frame on top says what is next. A match cannot see how it came to
 * a place, so that one that failed there (at this operation, at this character)
 * fails there again: a search that has taken more than some steps begins to
 * note where it was in a table of bits, and work that would explode becomes the
 * size of that table.
 *
 * Where a match succeeded it may be asked again, by lookaround from elsewhere
 * or by the next search: what was noted on the way is forgotten then. */
#include "match/program.h"

#include "match/program_notes.h"
#include "match/program_rows.h"

#define STEPS_FREE 256 /* steps of a search before it takes notes */
#define NOTES_BYTES ((size_t)16 << 20)

struct frame {
	uint32_t at;        /* the operation */
	uint32_t character; /* where it began */
	uint32_t low, high; /* of its ways, those that are left */
};

struct fa_program_scratch {
	struct frame *frames;
	struct fa_notes notes;
	uint64_t serial, steps;
	enum fa_simd simd;
};

struct run {
	const struct fa_programs *p;
	const struct fa_program *program;
	const uint16_t *code;
	const struct fa_runes *text;
	struct fa_program_scratch *s;
	size_t frames_n;
	uint64_t free_steps; /* when it runs out, notes are taken */
	uint32_t pattern;
	uint32_t begin; /* where the match begins */
	bool notes;
	int rc;
};

static bool match(struct run *r, uint32_t at, uint32_t i, uint32_t *end);

int
fa_program_scratch_new(struct fa_program_scratch **out,
	const struct fa_programs *p, struct fa_arena *a, struct fa_err *err)
{
	struct fa_program_scratch *s = fa_arena_new(a, 1, sizeof(*s));

	if (s != NULL)
		s->frames = fa_arena_new(a, p->frames + 1, sizeof(*s->frames));
	if (s == NULL || s->frames == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory to run patterns");
	fa_notes_init(&s->notes, NOTES_BYTES);
	s->simd = fa_cpu_simd();
	*out = s;
	return FA_OK;
}

void
fa_program_scratch_done(struct fa_program_scratch *s)
{
	if (s != NULL)
		fa_notes_done(&s->notes);
}

uint64_t
fa_program_steps(const struct fa_program_scratch *s)
{
	return s->steps;
}

void
fa_program_use(struct fa_program_scratch *s, enum fa_simd simd)
{
	s->simd = simd;
}

enum fa_simd
fa_program_simd(const struct fa_program_scratch *s)
{
	return s->simd;
}

uint64_t
fa_program_serial(struct fa_program_scratch *s)
{
	return ++s->serial;
}

/* ---- what is noted ---- */

/* What is noted of a pattern and a text holds wherever a search begins. */
static void
take_notes(struct run *r)
{
	r->notes = true;
	r->rc = fa_notes_open(&r->s->notes, r->text->serial, r->pattern,
		r->program->code_n, r->text->n, r->begin);
}

/* Looking at so many characters is work, too. */
static void
spend(struct run *r, uint32_t characters)
{
	uint64_t steps = characters / FA_ROW_PIECE;

	r->s->steps += steps;
	r->free_steps -= steps < r->free_steps ? steps : r->free_steps;
}

/* ---- what is in the text ---- */

static bool
in_class(const struct run *r, uint16_t class, uint32_t i)
{
	uint16_t s = r->text->symbol[i];

	return (r->p->classes[class * r->p->class_words + s / 64] >> (s % 64)) &
		1;
}

/* The list of ends of the words of a set that begin at i; NULL for none. */
static const uint16_t *
words_at(const struct run *r, uint16_t set, uint32_t i)
{
	return fa_program_words(r->p, set, r->text->symbol + i);
}

static bool
is_end(const struct run *r, uint32_t i)
{
	const struct fa_runes *t = r->text;

	return i == t->n ||
		(i + 1 == t->n &&
			t->symbol[i] == fa_symbol(r->p, (uint32_t)'\n'));
}

/* ---- the ways to go on ---- */

static struct frame *
push(struct run *r, uint32_t at, uint32_t i)
{
	struct frame *f = &r->s->frames[r->frames_n++];

	f->at = at;
	f->character = i;
	return f;
}

/* The first of the words; the others, and nothing for OPTION, are left. */
static bool
take_words(struct run *r, uint32_t *at, uint32_t *i, bool optional)
{
	const uint16_t *ends = words_at(r, r->code[*at + 1], *i);
	uint32_t character = *i;

	if (ends == NULL) {
		*at += 2;
		return optional;
	}
	*i += ends[1];
	if (optional || ends[0] > 1) {
		struct frame *f = push(r, *at, character);

		f->low = 1;
		f->high = (uint32_t)(ends - r->p->tries);
	}
	*at += 2;
	return true;
}

/* The first place, from the end or from the beginning, where the repetition can
 * stop. */
static bool
take_run(struct run *r, uint32_t *at, uint32_t *i, bool greedy)
{
	const uint16_t *op = r->code + *at;
	uint32_t low = *i + op[2], high, to;
	struct frame *f;

	if (low > r->text->n)
		return false;
	high = fa_row_run(r->p, r->text, op[1], *i,
		op[3] == FA_PROGRAM_ENDLESS ? UINT32_MAX : op[3]);
	if (high < low)
		return false;
	to = greedy ? fa_filter_last(r->p, r->text, op[4], low, high)
		    : fa_filter_first(r->p, r->text, op[4], low, high);
	spend(r, high - *i);
	if (to == FA_ROW_NONE && r->notes && op[3] == FA_PROGRAM_ENDLESS)
		fa_notes_add_run(&r->s->notes, *at, *i, high);
	if (to == FA_ROW_NONE)
		return false;
	if (low < high) {
		f = push(r, *at, *i);
		f->low = greedy ? low : to + 1;
		f->high = greedy ? to : high;
	}
	*at += 5;
	*i = to;
	return true;
}

/* The frame of a repetition: its next place. high is one behind the last one
 * that is left for a greedy one, the last one for a lazy one. */
static bool
next_of_run(struct run *r, struct frame *f, uint32_t *at, uint32_t *i)
{
	const uint16_t *op = r->code + f->at;
	bool greedy = op[0] == FA_OP_GREEDY;
	uint32_t to = FA_ROW_NONE;

	if (greedy && f->low < f->high)
		to = fa_filter_last(r->p, r->text, op[4], f->low, f->high - 1);
	else if (!greedy && f->low <= f->high)
		to = fa_filter_first(r->p, r->text, op[4], f->low, f->high);
	if (to == FA_ROW_NONE) {
		if (r->notes && op[3] == FA_PROGRAM_ENDLESS)
			fa_notes_add_run(&r->s->notes, f->at, f->character,
				fa_row_run(r->p, r->text, op[1], f->character,
					UINT32_MAX));
		r->frames_n--;
		return false;
	}
	*at = f->at + 5;
	*i = to;
	if (greedy)
		f->high = to;
	else
		f->low = to + 1;
	return true;
}

/* The next of the words of a set; then, for OPTION, none. */
static bool
next_of_words(struct run *r, struct frame *f, uint32_t *at, uint32_t *i)
{
	const uint16_t *ends = r->p->tries + f->high;
	bool optional = r->code[f->at] == FA_OP_OPTION;

	*at = f->at + 2;
	if (f->low < ends[0]) {
		*i = f->character + ends[++f->low];
		if (f->low == ends[0] && !optional)
			r->frames_n--;
		return true;
	}
	*i = f->character;
	r->frames_n--;
	return optional;
}

/* The next way of the choice that was left open last; false: there is none. */
static bool
go_back(struct run *r, size_t base, uint32_t *at, uint32_t *i)
{
	while (r->frames_n > base) {
		struct frame *f = &r->s->frames[r->frames_n - 1];
		bool found;

		switch (r->code[f->at]) {
		case FA_OP_SPLIT:
			*at = r->code[f->at + 1];
			*i = f->character;
			r->frames_n--;
			return true;
		case FA_OP_WORDS:
		case FA_OP_OPTION:
			found = next_of_words(r, f, at, i);
			break;
		default:
			found = next_of_run(r, f, at, i);
			break;
		}
		if (found)
			return true;
	}
	return false;
}

/* Does what stands between the operation and its target match here? */
static bool
look(struct run *r, uint32_t at, uint32_t i)
{
	struct fa_notes *n = &r->s->notes;
	uint32_t low = n->low, high = n->high, end;
	bool found;

	fa_notes_mark(n);
	found = match(r, at + 2, i, &end);
	if (found && r->notes)
		fa_notes_forget(n, at + 2, r->code[at + 1]);
	if (low < n->low)
		n->low = low;
	if (high > n->high)
		n->high = high;
	return found;
}

/* An operation that takes nothing and leaves no choice. */
static bool
assert_here(struct run *r, uint32_t *at, uint32_t *i)
{
	const uint16_t *op = r->code + *at;

	*at += 2;
	switch (op[0]) {
	case FA_OP_IS:
		return words_at(r, op[1], *i) != NULL;
	case FA_OP_NOT:
		return words_at(r, op[1], *i) == NULL;
	case FA_OP_IN:
		return in_class(r, op[1], *i);
	case FA_OP_OUT:
		return !in_class(r, op[1], *i);
	case FA_OP_AFTER:
		return *i > 0 && in_class(r, op[1], *i - 1);
	case FA_OP_UNLESS:
		return *i == 0 || !in_class(r, op[1], *i - 1);
	case FA_OP_BEHIND:
		return fa_program_ends(r->p, op[1], r->text->symbol, *i);
	case FA_OP_NOT_BEHIND:
		return !fa_program_ends(r->p, op[1], r->text->symbol, *i);
	case FA_OP_BACK:
		if (*i < op[1])
			return false;
		*i -= op[1];
		return true;
	case FA_OP_LOOK:
	case FA_OP_AVOID:
		*at = op[1];
		return look(r, (uint32_t)(op - r->code), *i) ==
			(op[0] == FA_OP_LOOK);
	default:
		return false;
	}
}

/* One operation; false when the match fails there. */
static bool
step(struct run *r, uint32_t *at, uint32_t *i)
{
	const uint16_t *op = r->code + *at;

	switch (op[0]) {
	case FA_OP_WORDS:
		return take_words(r, at, i, false);
	case FA_OP_OPTION:
		return take_words(r, at, i, true);
	case FA_OP_CHAR:
		*at += 2;
		return in_class(r, op[1], (*i)++);
	case FA_OP_GREEDY:
		return take_run(r, at, i, true);
	case FA_OP_LAZY:
		return take_run(r, at, i, false);
	case FA_OP_SPLIT:
		(void)push(r, *at, *i);
		*at += 2;
		return true;
	case FA_OP_JUMP:
		*at = op[1];
		return true;
	case FA_OP_BEGIN:
		*at += 1;
		return *i == 0;
	case FA_OP_END:
		*at += 1;
		return is_end(r, *i);
	default:
		return assert_here(r, at, i);
	}
}

/* Runs from an operation to DONE or ACCEPT. Nested in itself by lookaround
 * only, as deep as the parentheses of a pattern (FA_PATTERN_GROUPS). */
static bool
match(struct run *r, uint32_t at, uint32_t i, uint32_t *end)
{
	size_t base = r->frames_n;

	for (;;) {
		uint16_t op = r->code[at];
		bool ok;

		if (op == FA_OP_DONE || op == FA_OP_ACCEPT) {
			r->frames_n = base;
			*end = i;
			return true;
		}
		r->s->steps++;
		if (r->free_steps > 0)
			r->free_steps--;
		else if (!r->notes)
			take_notes(r);
		if (r->rc < 0)
			return false;
		ok = !(r->notes && fa_notes_add(&r->s->notes, at, i)) &&
			step(r, &at, &i);
		if (!ok && !go_back(r, base, &at, &i))
			return false;
	}
}

/* The first character from which on a match may begin; FA_ROW_NONE: none. */
static uint32_t
next_begin(const struct run *r, uint32_t from, uint32_t last)
{
	uint32_t reach = r->program->reach;
	uint32_t at = fa_filter_first(r->p, r->text, r->program->filter, from,
		reach == 0 ? last : r->text->n);

	if (at == FA_ROW_NONE || reach == 0)
		return at;
	return at - from > reach ? at - reach : from;
}

int
fa_program_find(const struct fa_programs *p, uint32_t pattern,
	const struct fa_runes *text, uint32_t from, struct fa_rune_hit *hit,
	struct fa_program_scratch *s)
{
	const struct fa_program *x = &p->programs[pattern];
	struct run r = { .p = p,
		.program = x,
		.code = p->code + x->code,
		.text = text,
		.s = s,
		.free_steps = STEPS_FREE + text->n,
		.pattern = pattern };
	uint32_t last, end;

	if (from > text->n || text->n - from < x->least)
		return 0;
	last = r.code[0] == FA_OP_BEGIN ? 0 : text->n - x->least;
	for (; from <= last; from++) {
		from = next_begin(&r, from, last);
		if (from > last)
			return 0;
		r.begin = from;
		if (r.notes)
			take_notes(&r);
		fa_notes_mark(&s->notes);
		if (r.rc == FA_OK && match(&r, 0, from, &end)) {
			if (r.notes)
				fa_notes_forget(&s->notes, 0, x->code_n);
			*hit = (struct fa_rune_hit){ from, end };
			return 1;
		}
		if (r.rc < 0)
			return r.rc;
	}
	return 0;
}
