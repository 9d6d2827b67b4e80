/* What is known about a program before it runs: how long a match is at least,
 * how many choices can be open at a time, and where it can go on behind a
 * repetition. Code never goes backwards, so that one walk from its end is
 * enough. */
#include <string.h>

#include "rules/program.h"

#define ROWS_MAX 32    /* that are gathered for a filter */
#define FEW_SYMBOLS 64 /* of a class that is worth a row */
#define REACH_MAX 400  /* characters before a row at which a match may begin */

static const uint8_t op_size[FA_PROGRAM_OPS] = {
	[FA_OP_WORDS] = 2,
	[FA_OP_OPTION] = 2,
	[FA_OP_CHAR] = 2,
	[FA_OP_GREEDY] = 5,
	[FA_OP_LAZY] = 5,
	[FA_OP_SPLIT] = 2,
	[FA_OP_JUMP] = 2,
	[FA_OP_BEGIN] = 1,
	[FA_OP_END] = 1,
	[FA_OP_IS] = 2,
	[FA_OP_NOT] = 2,
	[FA_OP_IN] = 2,
	[FA_OP_OUT] = 2,
	[FA_OP_AFTER] = 2,
	[FA_OP_UNLESS] = 2,
	[FA_OP_BEHIND] = 2,
	[FA_OP_NOT_BEHIND] = 2,
	[FA_OP_LOOK] = 2,
	[FA_OP_AVOID] = 2,
	[FA_OP_BACK] = 2,
	[FA_OP_DONE] = 1,
	[FA_OP_FAIL] = 1,
	[FA_OP_ACCEPT] = 1,
};

struct fact {            /* about a match that goes on at a place of the code */
	uint32_t least;  /* characters */
	uint32_t frames; /* choices */
};

struct analysis {
	struct fa_prog_maker *m;
	const uint16_t *code;
	size_t n;
	struct fact *fact; /* by place */
	uint16_t *before;  /* by place: the operation before it */
	uint32_t *seen;    /* by place: the last walk that came by */
	uint32_t walk;
	bool ahead;     /* it may look beyond what is wide, */
	uint32_t reach; /* so many characters */
	uint16_t *open; /* places that this walk has still to visit */
	size_t open_n;
	uint16_t rows[ROWS_MAX];
	size_t rows_n;
};

static struct fact
longer(struct fact f, uint32_t least, uint32_t frames)
{
	f.least = f.least > UINT16_MAX - least ? UINT16_MAX : f.least + least;
	f.frames += frames;
	return f;
}

static struct fact
either(struct fact a, struct fact b, bool both_last)
{
	struct fact f = { a.least < b.least ? a.least : b.least,
		a.frames > b.frames ? a.frames : b.frames };

	if (both_last)
		f.least = b.least;
	return f;
}

static struct fact
fact_at(const struct analysis *x, size_t at)
{
	const uint16_t *op = x->code + at;
	struct fact next = { 0, 0 };

	if (op[0] < FA_OP_DONE)
		next = x->fact[at + op_size[op[0]]];
	switch (op[0]) {
	case FA_OP_WORDS:
		return longer(next, x->m->set[op[1]].shortest, 1);
	case FA_OP_OPTION:
		return longer(next, 0, 1);
	case FA_OP_CHAR:
		return longer(next, 1, 0);
	case FA_OP_GREEDY:
	case FA_OP_LAZY:
		return longer(next, op[2], 1);
	case FA_OP_SPLIT:
		return longer(either(next, x->fact[op[1]], false), 0, 1);
	case FA_OP_JUMP:
		return x->fact[op[1]];
	case FA_OP_LOOK:
	case FA_OP_AVOID:
		return either(next, x->fact[op[1]], true);
	case FA_OP_FAIL:
		return (struct fact){ UINT16_MAX, 0 };
	default:
		return next;
	}
}

/* Adds a row of what may come next; false: anything may. */
static bool
add_row(struct analysis *x, size_t row)
{
	if (row > UINT16_MAX || x->rows_n == ROWS_MAX)
		return false;
	for (size_t i = 0; i < x->rows_n; i++)
		if (x->rows[i] == row)
			return true;
	x->rows[x->rows_n++] = (uint16_t)row;
	return true;
}

/* A class that holds all that no pattern names, or many characters, says
 * little. */
static bool
is_wide(const struct analysis *x, uint32_t class)
{
	const struct fa_prog_entry *e = &x->m->classes.entry[class];
	const uint16_t *at = x->m->classes.at + e->at;
	unsigned n = 0;

	if ((at[0] >> FA_SYMBOL_OTHER) & 1)
		return true;
	for (size_t i = 0; i < e->n; i++)
		n += (unsigned)__builtin_popcount(at[i]);
	return n > FEW_SYMBOLS;
}

/* What may stand where a repetition stops has to be seen there. What a match
 * begins with may be seen later, when something wide comes first: then *on says
 * to look at what follows, too. */
static bool
add_class(struct analysis *x, const uint16_t *op, bool *on)
{
	uint32_t most = op[0] == FA_OP_CHAR ? 1 : op[3];

	if (!is_wide(x, op[1]))
		return add_row(x, op[1] * 2u + 1);
	if (!x->ahead || op[0] == FA_OP_IN || most > REACH_MAX - x->reach)
		return false;
	x->reach += most;
	*on = true;
	return true;
}

/* What an operation sees at the place where it begins, and where it goes on
 * when that says nothing about what stands there. */
enum sight { NOTHING, A_WORD, A_CHARACTER, ANYTHING };
enum way { STOP, NEXT, TARGET, BOTH, NEXT_IF_NONE };

static const struct {
	enum sight sees;
	enum way way;
} op_effect[FA_PROGRAM_OPS] = {
	[FA_OP_WORDS] = { A_WORD, STOP },
	[FA_OP_OPTION] = { A_WORD, NEXT },
	[FA_OP_CHAR] = { A_CHARACTER, STOP },
	[FA_OP_GREEDY] = { A_CHARACTER, NEXT_IF_NONE },
	[FA_OP_LAZY] = { A_CHARACTER, NEXT_IF_NONE },
	[FA_OP_SPLIT] = { NOTHING, BOTH },
	[FA_OP_JUMP] = { NOTHING, TARGET },
	[FA_OP_BEGIN] = { NOTHING, NEXT },
	[FA_OP_END] = { ANYTHING, STOP },
	[FA_OP_IS] = { A_WORD, STOP },
	[FA_OP_NOT] = { NOTHING, NEXT },
	[FA_OP_IN] = { A_CHARACTER, STOP },
	[FA_OP_OUT] = { NOTHING, NEXT },
	[FA_OP_AFTER] = { NOTHING, NEXT },
	[FA_OP_UNLESS] = { NOTHING, NEXT },
	[FA_OP_BEHIND] = { NOTHING, NEXT },
	[FA_OP_NOT_BEHIND] = { NOTHING, NEXT },
	[FA_OP_LOOK] = { NOTHING, TARGET },
	[FA_OP_AVOID] = { NOTHING, TARGET },
	[FA_OP_BACK] = { ANYTHING, STOP },
	[FA_OP_DONE] = { ANYTHING, STOP },
	[FA_OP_FAIL] = { NOTHING, STOP },
	[FA_OP_ACCEPT] = { ANYTHING, STOP },
};

static bool
add_sight(struct analysis *x, const uint16_t *op, bool *on)
{
	switch (op_effect[op[0]].sees) {
	case A_WORD:
		return add_row(x, op[1] * 2u);
	case A_CHARACTER:
		return add_class(x, op, on);
	case ANYTHING:
		return false;
	case NOTHING:
		break;
	}
	return true;
}

static void
visit(struct analysis *x, size_t at)
{
	if (x->seen[at] == x->walk)
		return;
	x->seen[at] = x->walk;
	x->open[x->open_n++] = (uint16_t)at;
}

/* Gathers what a match that goes on at this place of the code has to see
 * there; false: it may see anything, or need nothing more. */
static bool
gather(struct analysis *x, size_t at)
{
	x->walk++;
	x->rows_n = 0;
	x->open_n = 0;
	x->reach = 0;
	visit(x, at);
	while (x->open_n > 0) {
		const uint16_t *op;
		bool on = false;
		enum way way;

		at = x->open[--x->open_n];
		op = x->code + at;
		way = op_effect[op[0]].way;
		if (!add_sight(x, op, &on))
			return false;
		if (on || way == NEXT || way == BOTH ||
			(way == NEXT_IF_NONE && op[2] == 0))
			visit(x, at + op_size[op[0]]);
		if (way == TARGET || way == BOTH)
			visit(x, op[1]);
	}
	return true;
}

static void
add_first(const struct analysis *x, uint16_t row, uint64_t *bits, uint64_t *own)
{
	const struct fa_prog_maker *m = x->m;
	const uint16_t *node;

	if (row % 2 == 1) {
		fa_prog_class_bits(m, row / 2, own);
		for (size_t i = 0; i < m->class_words; i++)
			bits[i] |= own[i];
		return;
	}
	node = m->tries.at + m->set[row / 2].trie;
	for (size_t i = 0; i < node[1]; i++)
		bits[node[2 + i] / 64] |= UINT64_C(1) << (node[2 + i] % 64);
}

/* Many rows become one of the characters that they begin with. */
static void
join_rows(struct analysis *x)
{
	struct fa_prog_maker *m = x->m;
	uint64_t *bits = fa_prog_new(m, &m->one, m->class_words, sizeof(*bits));
	uint64_t *own = fa_prog_new(m, &m->one, m->class_words, sizeof(*own));

	if (fa_prog_failed(m))
		return;
	for (size_t i = 0; i < x->rows_n; i++)
		add_first(x, x->rows[i], bits, own);
	x->rows[0] = (uint16_t)(fa_prog_class(m, bits) * 2u + 1);
	x->rows_n = 1;
}

static uint16_t
filter_at(struct analysis *x, size_t at)
{
	struct fa_prog_maker *m = x->m;
	uint16_t key[FA_PROGRAM_ROWS];
	bool fresh;

	if (!gather(x, at) || x->rows_n == 0)
		return 0;
	if (x->rows_n > FA_PROGRAM_ROWS)
		join_rows(x);
	if (x->rows_n == 1)
		return (uint16_t)(x->rows[0] + 1);
	memcpy(key, x->rows, x->rows_n * sizeof(*key));
	return (uint16_t)(FA_PROGRAM_LISTS +
		fa_prog_intern(m, &m->filters, key, x->rows_n, &fresh));
}

static bool
begin(struct analysis *x)
{
	struct fa_prog_maker *m = x->m;

	x->code = m->code.at + m->start;
	x->n = m->code.n - m->start;
	x->fact = fa_prog_new(m, &m->one, x->n + 1, sizeof(*x->fact));
	x->before = fa_prog_new(m, &m->one, x->n + 1, sizeof(*x->before));
	x->seen = fa_prog_new(m, &m->one, x->n + 1, sizeof(*x->seen));
	x->open = fa_prog_new(m, &m->one, x->n + 1, sizeof(*x->open));
	if (fa_prog_failed(m))
		return false;
	for (size_t at = 0, next; at < x->n; at = next) {
		next = at + op_size[x->code[at]];
		x->before[next] = (uint16_t)at;
	}
	return true;
}

void
fa_prog_analyse(struct fa_prog_maker *m, struct fa_program *out)
{
	struct analysis x = { .m = m };

	if (fa_prog_failed(m) || !begin(&x))
		return;
	for (size_t at = x.n; at > 0;) {
		at = x.before[at];
		x.fact[at] = fact_at(&x, at);
		if (x.code[at] == FA_OP_GREEDY || x.code[at] == FA_OP_LAZY)
			m->code.at[m->start + at + 4] = filter_at(&x, at + 5);
	}
	x.ahead = true;
	*out = (struct fa_program){ .code = (uint32_t)m->start,
		.code_n = (uint16_t)x.n,
		.least = (uint16_t)x.fact[0].least,
		.frames = (uint16_t)x.fact[0].frames };
	out->filter = filter_at(&x, 0);
	out->reach = out->filter == 0 ? 0 : (uint16_t)x.reach;
}
