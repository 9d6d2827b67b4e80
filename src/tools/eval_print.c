/* What `faceaudit eval` prints for people, and the pairs for scripts. Columns
 * are ASCII; quotes stand on lines of their own. */
#include "tools/eval.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "score/score.h"
#include "tools/eval_flows.h"

/* Columns of the tables. */
#define ROW_COLUMNS 14
#define RULE_COLUMNS 30
#define RATIO_COLUMNS 10
#define BOUNDS_COLUMNS 15
#define COUNT_COLUMNS 7

void
fa_eval_put(struct fa_buf *out, int32_t t)
{
	if (t < 0)
		fa_buf_adds(out, "-");
	else
		fa_buf_addf(out, "%d.%03d", (int)t / 1000, (int)t % 1000);
}

void
fa_eval_put_quote(struct fa_buf *out, struct fa_str s)
{
	size_t n = 0;

	while (s.n > 0) {
		uint32_t cp;
		size_t step = fa_utf8_next(s, &cp);

		if (n + step > FA_EVAL_QUOTE_BYTES) {
			fa_buf_adds(out, "\xe2\x80\xa6");
			return;
		}
		if (cp < 0x20)
			fa_buf_addc(out, ' ');
		else if (!fa_rune_is_ignorable(cp))
			fa_buf_add_rune(out, cp);
		n += step;
		s = fa_str_sub(s, step, s.n);
	}
}

struct printer {
	const struct fa_eval *ev;
	const struct fa_eval_print_opts *opts;
	struct fa_buf *out;
};

static void
say(struct printer *p, const char *zh, const char *en)
{
	fa_buf_adds(p->out, p->opts->lang == FA_LANG_ZH ? zh : en);
}

static void
put_blanks(struct fa_buf *out, size_t n)
{
	while (n-- > 0)
		fa_buf_addc(out, ' ');
}

/* Flush left in columns; text that is too long gets one blank. */
static void
put_left(struct fa_buf *out, struct fa_str s, size_t columns)
{
	size_t n = fa_utf8_columns(s);

	fa_buf_add(out, s);
	put_blanks(out, n < columns ? columns - n : 1);
}

/* Flush right in columns. */
static void
put_right(struct printer *p, const char *zh, const char *en, size_t columns)
{
	struct fa_str s = fa_str_c(p->opts->lang == FA_LANG_ZH ? zh : en);
	size_t n = fa_utf8_columns(s);

	put_blanks(p->out, n < columns ? columns - n : 1);
	fa_buf_add(p->out, s);
}

static void
put_ratio(struct fa_buf *out, int32_t t)
{
	put_blanks(out, t < 0 ? RATIO_COLUMNS - 1 : RATIO_COLUMNS - 5);
	fa_eval_put(out, t);
}

static void
put_bounds(struct fa_buf *out, uint32_t right, uint32_t hits)
{
	put_blanks(out, BOUNDS_COLUMNS - 12);
	fa_eval_put(out, (int32_t)fa_score_wilson(right, hits));
	fa_buf_adds(out, "..");
	fa_eval_put(out, (int32_t)fa_score_wilson_upper(right, hits));
}

static void
put_letter(struct fa_buf *out, enum fa_verdict v, size_t columns)
{
	fa_buf_addc(out, fa_verdict_letter(v));
	put_blanks(out, columns - 1);
}

void
fa_eval_print_pairs(const struct fa_eval *ev, struct fa_buf *out)
{
	for (size_t i = 0; i < ev->sets_n; i++) {
		const struct fa_eval_set *set = &ev->sets[i];

		for (size_t k = 0; k < set->docs_n; k++) {
			const struct fa_eval_doc *d = &set->docs[k];

			for (size_t j = 0;
				d->judged && j < ev->bundle->obligations_n;
				j++) {
				const struct fa_eval_cell *c = &d->cells[j];

				if (!c->labelled)
					continue;
				fa_buf_add(out, d->name);
				fa_buf_addf(out, "\t%.*s\t%c\t%c\n",
					FA_STR_ARG(
						ev->bundle->obligations[j].id),
					fa_verdict_letter(c->gold),
					fa_verdict_letter(c->got));
			}
		}
	}
}

static void
print_tally_head(
	struct printer *p, const char *zh, const char *en, size_t columns)
{
	put_left(p->out, fa_str_c(p->opts->lang == FA_LANG_ZH ? zh : en),
		columns);
	put_right(p, "精确率", "precision", RATIO_COLUMNS);
	put_right(p, "95% 区间", "95 % bounds", BOUNDS_COLUMNS);
	put_right(p, "召回率", "recall", RATIO_COLUMNS);
	put_right(p, "F1", "F1", RATIO_COLUMNS);
	put_right(p, "标注", "label", COUNT_COLUMNS);
	put_right(p, "得出", "got", COUNT_COLUMNS);
	put_right(p, "一致", "right", COUNT_COLUMNS);
	fa_buf_addc(p->out, '\n');
}

static void
print_tally(struct fa_buf *out, struct fa_eval_tally t)
{
	put_ratio(out, fa_eval_precision(t));
	if (t.got > 0) {
		put_bounds(out, t.right, t.got);
	} else {
		put_blanks(out, BOUNDS_COLUMNS - 1);
		fa_buf_addc(out, '-');
	}
	put_ratio(out, fa_eval_recall(t));
	put_ratio(out, fa_eval_f1(t));
	fa_buf_addf(out, "%*u%*u%*u\n", COUNT_COLUMNS, (unsigned)t.gold,
		COUNT_COLUMNS, (unsigned)t.got, COUNT_COLUMNS,
		(unsigned)t.right);
}

static void
print_pool(struct printer *p, const struct fa_eval_pool *pool)
{
	struct fa_buf *out = p->out;

	say(p, "：准确率 ", ": accuracy ");
	fa_eval_put(out, fa_eval_accuracy(pool));
	say(p, "，V C Q G 的宏平均 F1 ", ", macro-F1 of V C Q G ");
	fa_eval_put(out, fa_eval_macro_f1(pool));
	say(p, "，共 ", ", ");
	fa_buf_addf(out, "%llu", (unsigned long long)fa_eval_cells(pool));
	say(p, " 格\n", " cells\n");
	print_tally_head(p, "结论", "verdict", ROW_COLUMNS);
	for (size_t i = 0; i < FA_VERDICT_COUNT; i++) {
		put_letter(out, fa_eval_letters[i], ROW_COLUMNS);
		print_tally(out, fa_eval_tally(pool, fa_eval_letters[i]));
	}
}

static void
print_head(struct printer *p)
{
	const struct fa_eval *ev = p->ev;
	const struct fa_eval_stats *s = &ev->stats;
	char date[FA_DATE_BYTES];

	fa_date_format(ev->as_of, date);
	fa_buf_addf(p->out,
		p->opts->lang == FA_LANG_ZH
			? "已评判 %u / %u 份文件，其中 %u 份标注为 FACE_ID；"
			  "规则集 %.12s，适用日期 %s\n"
			: "%u of %u documents judged, %u of them labelled "
			  "FACE_ID; rules %.12s as of %s\n",
		(unsigned)s->judged, (unsigned)s->documents,
		(unsigned)s->face_id, ev->bundle->sha256, date);
	for (size_t i = 0; i < ev->sets_n; i++) {
		const struct fa_eval_set *set = &ev->sets[i];

		say(p, "标注集 ", "set ");
		fa_eval_put_quote(p->out, set->name);
		fa_buf_addf(p->out,
			p->opts->lang == FA_LANG_ZH
				? "：%zu 份文件，标注文件 %.12s\n"
				: ": %zu documents, labels %.12s\n",
			set->docs_n, set->sha256);
	}
}

static void
print_scopes(struct printer *p)
{
	fa_buf_addc(p->out, '\n');
	print_tally_head(p, "范围", "scope", ROW_COLUMNS);
	for (int i = 0; i < FA_SCOPE_COUNT; i++) {
		put_left(p->out, fa_str_c(fa_scope_name(i)), ROW_COLUMNS);
		print_tally(p->out, p->ev->stats.scope[i]);
	}
}

static void
print_confusion(struct printer *p)
{
	fa_buf_addc(p->out, '\n');
	put_left(p->out,
		p->opts->lang == FA_LANG_ZH ? FA_STR("标注 \\ 得出")
					    : FA_STR("label \\ got"),
		ROW_COLUMNS);
	for (size_t i = 0; i < FA_VERDICT_COUNT; i++)
		fa_buf_addf(p->out, "%*c", COUNT_COLUMNS,
			fa_verdict_letter(fa_eval_letters[i]));
	fa_buf_addc(p->out, '\n');
	for (size_t i = 0; i < FA_VERDICT_COUNT; i++) {
		enum fa_verdict gold = fa_eval_letters[i];
		const uint32_t *n = p->ev->stats.all.n[gold];

		put_letter(p->out, gold, ROW_COLUMNS);
		for (size_t k = 0; k < FA_VERDICT_COUNT; k++)
			fa_buf_addf(p->out, "%*u", COUNT_COLUMNS,
				(unsigned)n[fa_eval_letters[k]]);
		fa_buf_addc(p->out, '\n');
	}
}

static void
print_row(struct printer *p, size_t row)
{
	const struct fa_eval_stats *s = &p->ev->stats;
	const struct fa_eval_pool *pool = &s->row_all[row];

	fa_buf_add(p->out, p->ev->bundle->obligations[row].id);
	say(p, "：准确率 ", ": accuracy ");
	fa_eval_put(p->out, fa_eval_accuracy(pool));
	say(p, "，FACE_ID 文件 ", ", with FACE_ID ");
	fa_eval_put(p->out, fa_eval_accuracy(&s->row_face[row]));
	fa_buf_addc(p->out, '\n');
	for (size_t k = 0; k < FA_VERDICT_COUNT; k++) {
		struct fa_eval_tally t =
			fa_eval_tally(pool, fa_eval_letters[k]);

		if (t.gold + t.got == 0)
			continue;
		put_blanks(p->out, 2);
		put_letter(p->out, fa_eval_letters[k], ROW_COLUMNS - 2);
		print_tally(p->out, t);
	}
}

/* Rows that no label speaks of: their rules stay leads. */
static void
print_unlabelled(struct printer *p)
{
	bool any = false;

	for (size_t i = 0; i < p->ev->bundle->obligations_n; i++) {
		if (fa_eval_cells(&p->ev->stats.row_all[i]) > 0)
			continue;
		if (!any)
			say(p, "没有标注的项：", "rows without a label:");
		fa_buf_addc(p->out, ' ');
		fa_buf_add(p->out, p->ev->bundle->obligations[i].id);
		any = true;
	}
	if (any)
		fa_buf_addc(p->out, '\n');
}

static void
print_rows(struct printer *p)
{
	fa_buf_addc(p->out, '\n');
	print_tally_head(p, "各项", "row", ROW_COLUMNS);
	for (size_t i = 0; i < p->ev->bundle->obligations_n; i++)
		if (fa_eval_cells(&p->ev->stats.row_all[i]) > 0)
			print_row(p, i);
	print_unlabelled(p);
}

static void
print_rules(struct printer *p)
{
	const struct fa_bundle *b = p->ev->bundle;

	fa_buf_addc(p->out, '\n');
	put_left(p->out,
		p->opts->lang == FA_LANG_ZH ? FA_STR("规则") : FA_STR("rule"),
		RULE_COLUMNS);
	put_right(p, "命中", "hits", COUNT_COLUMNS);
	put_right(p, "一致", "right", COUNT_COLUMNS);
	put_right(p, "95% 区间", "95 % bounds", BOUNDS_COLUMNS);
	fa_buf_addc(p->out, '\n');
	for (size_t i = 0; i < b->rules_n; i++) {
		struct fa_eval_rule r = p->ev->stats.rules[i];

		if (b->rules[i].obligation == FA_RULE_NONE)
			continue;
		put_left(p->out, b->rules[i].id, RULE_COLUMNS);
		fa_buf_addf(p->out, "%*u%*u", COUNT_COLUMNS, (unsigned)r.hits,
			COUNT_COLUMNS, (unsigned)r.right);
		put_bounds(p->out, r.right, r.hits);
		fa_buf_addc(p->out, '\n');
	}
}

static void
print_quote(
	struct printer *p, const char *zh, const char *en, struct fa_str quote)
{
	if (quote.p == NULL)
		return;
	say(p, zh, en);
	fa_eval_put_quote(p->out, quote);
	fa_buf_addc(p->out, '\n');
}

static void
print_got(struct printer *p, const struct fa_eval_cell *c)
{
	say(p, "得出 ", "got ");
	fa_buf_addc(p->out, fa_verdict_letter(c->got));
	if (c->rule != FA_RULE_NONE) {
		say(p, "，依据规则 ", " by ");
		fa_buf_add(p->out, p->ev->bundle->rules[c->rule].id);
	}
	fa_buf_addc(p->out, '\n');
}

static void
print_differences(struct printer *p, const struct fa_eval_doc *d)
{
	const struct fa_bundle *b = p->ev->bundle;

	for (size_t i = 0; d->judged && i < b->obligations_n; i++) {
		const struct fa_eval_cell *c = &d->cells[i];

		if (!c->labelled || c->gold == c->got)
			continue;
		fa_eval_put_quote(p->out, d->name);
		fa_buf_addc(p->out, ' ');
		fa_buf_add(p->out, b->obligations[i].id);
		say(p, "：标注 ", ": label ");
		fa_buf_addc(p->out, fa_verdict_letter(c->gold));
		say(p, "，", ", ");
		print_got(p, c);
		print_quote(p, "  标注：", "  label: ", c->gold_quote);
		print_quote(p, "  得出：", "  got:   ", c->got_quote);
	}
}

static void
print_clean(struct printer *p, const struct fa_eval_clean *set)
{
	const struct fa_bundle *b = p->ev->bundle;

	fa_eval_put_quote(p->out, set->dir);
	fa_buf_addf(p->out,
		p->opts->lang == FA_LANG_ZH
			? "：%u / %u 份文件无问题\n"
			: ": %u of %u documents are clean\n",
		(unsigned)set->clean, (unsigned)set->documents);
	for (size_t i = 0; i < set->offences_n; i++) {
		const struct fa_eval_offence *o = &set->offences[i];

		fa_eval_put_quote(p->out, o->doc);
		fa_buf_addc(p->out, ' ');
		fa_buf_add(p->out, b->obligations[o->obligation].id);
		say(p, "：", ": ");
		print_got(p, &o->cell);
		print_quote(p, "  得出：", "  got:   ", o->cell.got_quote);
	}
}

static void
print_min(struct printer *p)
{
	for (size_t i = 0; i < p->ev->min_n; i++) {
		const struct fa_eval_min *m = &p->ev->min[i];

		if (m->got < m->at_least)
			say(p, "未达到 ", "missed ");
		else
			say(p, "已达到 ", "reached ");
		fa_buf_add(p->out, m->name);
		fa_buf_addc(p->out, ' ');
		fa_eval_put(p->out, m->got);
		say(p, "，要求 ", ", wanted ");
		fa_eval_put(p->out, m->at_least);
		fa_buf_addc(p->out, '\n');
	}
}

static void
print_sets(struct printer *p)
{
	const struct fa_eval *ev = p->ev;

	print_head(p);
	say(p, "\n全部文件", "\nall documents");
	print_pool(p, &ev->stats.all);
	say(p, "\n标注为 FACE_ID 的文件", "\ndocuments labelled FACE_ID");
	print_pool(p, &ev->stats.face);
	print_confusion(p);
	print_scopes(p);
	print_rows(p);
	if (p->opts->rules)
		print_rules(p);
	say(p, "\n差异\n", "\ndifferences\n");
	for (size_t i = 0; i < ev->sets_n; i++)
		for (size_t k = 0; k < ev->sets[i].docs_n; k++)
			print_differences(p, &ev->sets[i].docs[k]);
	if (ev->clean_n + ev->min_n > 0)
		fa_buf_addc(p->out, '\n');
}

void
fa_eval_print_text(const struct fa_eval *ev, const struct fa_eval_print_opts *o,
	struct fa_buf *out)
{
	struct printer p = { ev, o, out };

	if (ev->sets_n > 0)
		print_sets(&p);
	for (size_t i = 0; i < ev->clean_n; i++)
		print_clean(&p, &ev->clean[i]);
	fa_eval_flows_text(ev, o->lang, out);
	print_min(&p);
}
