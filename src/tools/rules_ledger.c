#include "tools/rules_ledger.h"

#include "base/attr.h"
#include "base/utf8.h"
#include "report/label.h"
#include "rules/explain.h"
#include "rules/rules.h"

#define COLUMNS 80
#define GAP 2       /* between two columns */
#define LAST_MIN 24 /* the last column, whatever the others take */
#define CELL_BYTES 65536

enum { ID, STATUS, COVERED, ASK, CELLS };

struct table {
	const struct fa_bundle *b;
	enum fa_lang lang;
	struct fa_buf *out;
	size_t width[CELLS];
};

static struct fa_str
say(const struct table *t, const char *zh, const char *en)
{
	return fa_str_c(t->lang == FA_LANG_ZH ? zh : en);
}

/* Bytes of s that fill this many columns, one character at least. */
static size_t
fill(struct fa_str s, size_t columns)
{
	size_t at = 0;
	size_t used = 0;

	while (at < s.n) {
		uint32_t cp = 0;
		size_t n = fa_utf8_next(fa_str_sub(s, at, s.n), &cp);
		int wide = fa_utf8_width(cp);

		used += wide > 0 ? (size_t)wide : 0;
		if (at > 0 && used > columns)
			break;
		at += n;
	}
	return at;
}

/* Takes the next line of at most this many columns off the text of a cell. A
 * word that is wider is cut. */
static struct fa_str
take_line(struct fa_str *rest, size_t columns)
{
	struct fa_str s = *rest;
	size_t at = 0;
	size_t used = 0;

	while (at < s.n && s.p[at] != '\n') {
		size_t from = at;
		size_t wide;

		if (s.p[at] == ' ')
			at++;
		at += fa_explain_unit(fa_str_sub(s, at, s.n));
		wide = fa_utf8_columns(fa_str_sub(s, from, at));
		if (used + wide > columns) {
			at = used > 0 ? from : fill(s, columns);
			break;
		}
		used += wide;
	}
	*rest = fa_str_sub(s, at, s.n);
	while (rest->n > 0 && (rest->p[0] == ' ' || rest->p[0] == '\n'))
		*rest = fa_str_sub(*rest, 1, rest->n);
	return fa_str_trim(fa_str_sub(s, 0, at));
}

/* One row, over as many lines as its longest cell takes. */
static void
put_row(const struct table *t, const struct fa_str text[CELLS])
{
	struct fa_str rest[CELLS];
	size_t last;

	for (size_t i = 0; i < CELLS; i++)
		rest[i] = text[i];
	do {
		size_t owed = 0;

		last = 0;
		for (size_t i = 0; i < CELLS; i++) {
			struct fa_str line = take_line(&rest[i], t->width[i]);
			size_t used = fa_utf8_columns(line);

			for (; line.n > 0 && owed > 0; owed--)
				fa_buf_addc(t->out, ' ');
			fa_buf_add(t->out, line);
			owed += GAP;
			owed += used < t->width[i] ? t->width[i] - used : 0;
			last += rest[i].n;
		}
		fa_buf_addc(t->out, '\n');
	} while (last > 0);
}

static void
put_entry(const struct table *t, const struct fa_ledger_entry *entry)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf covered;
	FA_CLEANUP(fa_buf_done) struct fa_buf ask;
	struct fa_str cell[CELLS];

	fa_buf_init(&covered, CELL_BYTES);
	fa_buf_init(&ask, CELL_BYTES);
	for (size_t i = 0; i < entry->obligations_n; i++) {
		if (i > 0)
			fa_buf_addc(&covered, '\n');
		fa_buf_add(
			&covered, t->b->obligations[entry->obligations[i]].id);
	}
	if (entry->obligations_n == 0)
		fa_buf_addc(&covered, '-');
	fa_buf_add(&ask, entry->title.in[t->lang]);
	if (entry->ask.in[t->lang].n > 0) {
		fa_buf_adds(&ask, "\n→ ");
		fa_buf_add(&ask, entry->ask.in[t->lang]);
	}
	cell[ID] = entry->id;
	cell[STATUS] = fa_str_c(fa_label_ledger(t->lang, entry->status));
	cell[COVERED] = fa_buf_str(&covered);
	cell[ASK] = fa_buf_str(&ask);
	put_row(t, cell);
	if (covered.rc != FA_OK)
		t->out->rc = covered.rc;
	if (ask.rc != FA_OK)
		t->out->rc = ask.rc;
}

static void
widen(size_t *width, struct fa_str s)
{
	size_t columns = fa_utf8_columns(s);

	if (columns > *width)
		*width = columns;
}

static void
measure(struct table *t, const struct fa_str head[CELLS])
{
	const struct fa_bundle *b = t->b;
	size_t used = 0;

	for (size_t i = 0; i < CELLS; i++)
		t->width[i] = fa_utf8_columns(head[i]);
	for (size_t i = 0; i < b->ledger_n; i++) {
		const struct fa_ledger_entry *entry = &b->ledger[i];

		widen(&t->width[ID], entry->id);
		for (size_t k = 0; k < entry->obligations_n; k++) {
			widen(&t->width[COVERED],
				b->obligations[entry->obligations[k]].id);
		}
	}
	for (int s = 0; s < FA_LEDGER_COUNT; s++) {
		widen(&t->width[STATUS],
			fa_str_c(fa_label_ledger(
				t->lang, (enum fa_ledger_status)s)));
	}
	for (size_t i = 0; i < ASK; i++)
		used += t->width[i] + GAP;
	t->width[ASK] = used + LAST_MIN <= COLUMNS ? COLUMNS - used : LAST_MIN;
}

/* "FRM: 37 paragraphs: 5 automated, ..."; code absent: all instruments. */
static void
put_totals(const struct table *t, struct fa_str code)
{
	const struct fa_bundle *b = t->b;
	size_t counts[FA_LEDGER_COUNT] = { 0 };
	size_t all = 0;
	FA_CLEANUP(fa_buf_done) struct fa_buf line;
	struct fa_str rest;
	const char *comma = t->lang == FA_LANG_ZH ? "，" : ", ";

	fa_buf_init(&line, CELL_BYTES);
	for (size_t i = 0; i < b->ledger_n; i++) {
		const struct fa_ledger_entry *entry = &b->ledger[i];

		if (code.n > 0 &&
			!fa_str_eq(
				b->instruments[entry->instrument].code, code))
			continue;
		counts[entry->status]++;
		all++;
	}
	if (all == 0)
		return;
	if (code.n == 0)
		code = fa_str_c(fa_label(t->lang, FA_LABEL_TOTAL));
	fa_buf_add(&line, code);
	fa_buf_addf(&line, "%s%zu %s%s", fa_label(t->lang, FA_LABEL_COLON), all,
		fa_label(t->lang, FA_LABEL_PARAGRAPHS),
		fa_label(t->lang, FA_LABEL_COLON));
	for (int s = 0; s < FA_LEDGER_COUNT; s++) {
		fa_buf_addf(&line, "%s%s %zu", s > 0 ? comma : "",
			fa_label_ledger(t->lang, (enum fa_ledger_status)s),
			counts[s]);
	}
	rest = fa_buf_str(&line);
	for (size_t from = 0; rest.n > 0; from = 2) {
		fa_buf_adds(t->out, from > 0 ? "  " : "");
		fa_buf_add(t->out, take_line(&rest, COLUMNS - from));
		fa_buf_addc(t->out, '\n');
	}
}

void
fa_rules_ledger(
	const struct fa_bundle *b, enum fa_lang lang, struct fa_buf *out)
{
	struct table t = { .b = b, .lang = lang, .out = out };
	struct fa_str head[CELLS];

	if (b->ledger_n == 0) {
		fa_buf_add(out,
			say(&t, "这套规则没有覆盖清单。\n",
				"These rules have no ledger.\n"));
		return;
	}
	head[ID] = say(&t, "条款", "PARAGRAPH");
	head[STATUS] = say(&t, "状态", "STATUS");
	head[COVERED] = say(&t, "义务", "OBLIGATIONS");
	head[ASK] = say(
		&t, "内容 → 说明或应索取的材料", "SUBJECT → WHAT TO ASK FOR");
	measure(&t, head);
	put_row(&t, head);
	for (size_t i = 0; i < b->ledger_n; i++)
		put_entry(&t, &b->ledger[i]);
	fa_buf_addc(out, '\n');
	put_totals(&t, FA_STR(FA_RULES_MEASURES));
	put_totals(&t, FA_STR_NONE);
}
