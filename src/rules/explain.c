#include "rules/rules.h"

#include "base/clock.h"
#include "rules/explain.h"

#define LINE_BYTES (1u << 20)

/* Labels on the left. */
enum label {
	L_DUTY,
	L_LAW,
	L_PAGE,
	L_ALSO,
	L_CLASS,
	L_SILENT,
	L_WHEN,
	L_VERDICT,
	L_FIND,
	L_WORDS,
	L_UNLESS,
	L_MATCH,
	L_NO_MATCH,
	L_MEASURED,
	L_RECALL,
	L_FALSE,
	L_WHY,
	L_FIX,
	L_WORDING,
	L_RULES,
	L_BELOW,
	L_COUNT
};

static const char *const labels[FA_LANG_COUNT][L_COUNT] = {
	{ "义务", "依据", "官方页面", "另见", "性质", "未提及时", "适用",
		"结论", "查找", "词表", "除非", "命中示例", "不命中示例",
		"实测", "召回", "已知误报", "理由", "整改", "可改写为", "规则",
		"下级义务" },
	{ "duty", "law", "page", "see also", "nature", "if silent", "applies",
		"verdict", "looks for", "words", "unless", "examples",
		"but not", "measured", "recall", "mistakes", "why", "remedy",
		"could read", "rules", "parts" },
};

static const char *
label(const struct fa_explain *x, enum label l)
{
	return labels[x->lang][l];
}

static bool
is_zh(const struct fa_explain *x)
{
	return x->lang == FA_LANG_ZH;
}

static void
add_article(const struct fa_explain *x, struct fa_buf *b,
	const struct fa_instrument *it, struct fa_str article)
{
	if (is_zh(x)) {
		fa_buf_addf(b, "《%.*s》第 %.*s 条",
			FA_STR_ARG(it->title.in[FA_LANG_ZH]),
			FA_STR_ARG(article));
	} else {
		fa_buf_addf(b, "%.*s, Art. %.*s",
			FA_STR_ARG(it->title.in[FA_LANG_EN]),
			FA_STR_ARG(article));
	}
}

static void
add_force(const struct fa_explain *x, struct fa_buf *b,
	const struct fa_instrument *it)
{
	char from[FA_DATE_BYTES];
	char to[FA_DATE_BYTES];

	if (it->in_force_from == 0) {
		fa_buf_adds(b, is_zh(x) ? "（尚未施行）" : " (not in force)");
		return;
	}
	fa_date_format(it->in_force_from, from);
	fa_buf_addf(
		b, is_zh(x) ? "（自 %s 起施行" : " (in force from %s", from);
	if (it->in_force_to != 0) {
		fa_date_format(it->in_force_to, to);
		fa_buf_addf(b, is_zh(x) ? "，至 %s" : " to %s", to);
	}
	if (!it->binding)
		fa_buf_adds(b, is_zh(x) ? "，推荐性" : ", not binding");
	fa_buf_adds(b, is_zh(x) ? "）" : ")");
}

static void
explain_law(const struct fa_explain *x, const struct fa_obligation *o)
{
	const struct fa_bundle *b = x->b;
	const struct fa_instrument *it = &b->instruments[o->instrument];
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, LINE_BYTES);
	add_article(x, &line, it, o->article);
	add_force(x, &line, it);
	fa_explain_field(x, label(x, L_LAW), fa_explain_take(x, &line));
	fa_explain_field(x, label(x, L_PAGE), it->page);
	for (size_t i = 0; i < o->refs_n; i++) {
		for (size_t k = 0; k < b->instruments_n; k++) {
			if (!fa_str_eq(b->instruments[k].code,
				    o->refs[i].instrument))
				continue;
			fa_buf_reset(&line);
			add_article(x, &line, &b->instruments[k],
				o->refs[i].article);
			fa_explain_field(x, i == 0 ? label(x, L_ALSO) : NULL,
				fa_explain_take(x, &line));
		}
	}
}

static void
explain_nature(const struct fa_explain *x, const struct fa_obligation *o)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;
	bool first = true;

	fa_buf_init(&line, LINE_BYTES);
	fa_buf_addf(&line, is_zh(x) ? "%s，严重程度：%s" : "%s, severity %s",
		fa_explain_kind(x->lang, o->kind),
		fa_explain_severity(x->lang, o->severity));
	fa_explain_field(x, label(x, L_CLASS), fa_explain_take(x, &line));
	fa_buf_reset(&line);
	fa_buf_adds(&line, is_zh(x) ? "文档涉及 " : "to documents on ");
	for (int s = 0; s < FA_SCOPE_COUNT; s++) {
		if (!(o->scopes & FA_SCOPE_BIT(s)))
			continue;
		fa_buf_addf(&line, "%s%s", first ? "" : ", ", fa_scope_name(s));
		first = false;
	}
	fa_explain_field(x, label(x, L_WHEN), fa_explain_take(x, &line));
}

static void
explain_precision(const struct fa_explain *x, const struct fa_rule *r)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, LINE_BYTES);
	fa_explain_precision(x, &line, r);
	fa_explain_field(x, label(x, L_MEASURED), fa_explain_take(x, &line));
}

static void
explain_recall(const struct fa_explain *x, const struct fa_obligation *o,
	enum fa_verdict v, enum label l)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, LINE_BYTES);
	fa_explain_recall(x, &line, o, v);
	fa_explain_field(x, l != L_COUNT ? label(x, l) : NULL,
		fa_explain_take(x, &line));
}

/* Of all verdicts that people gave. */
static void
explain_recalls(const struct fa_explain *x, const struct fa_obligation *o)
{
	static const enum fa_verdict order[] = { FA_VERDICT_VIOLATION,
		FA_VERDICT_GAP, FA_VERDICT_COMPLIANT, FA_VERDICT_CANNOT_TELL };
	enum label l = L_RECALL;

	for (size_t i = 0; i < FA_COUNT(order); i++) {
		if (o->recall[order[i]].labelled == 0)
			continue;
		explain_recall(x, o, order[i], l);
		l = L_COUNT;
	}
	if (l == L_RECALL)
		explain_recall(x, o, FA_VERDICT_VIOLATION, l);
}

static void
explain_examples(const struct fa_explain *x, const struct fa_rule *r,
	bool matches, enum label which)
{
	const char *left = label(x, which);

	for (size_t i = 0; i < r->examples_n; i++) {
		if (r->examples[i].matches != matches)
			continue;
		fa_explain_item(x, left, 0, r->examples[i].text);
		left = NULL;
	}
}

static void
explain_head(const struct fa_explain *x, struct fa_str id,
	const struct fa_text2 *title)
{
	fa_buf_add(x->out, id);
	fa_buf_addc(x->out, '\n');
	fa_explain_field(x, NULL, title->in[x->lang]);
	fa_buf_addc(x->out, '\n');
}

/* What stands in the rule, or else in its obligation. */
static void
explain_text(const struct fa_explain *x, enum label l,
	const struct fa_text2 *own, const struct fa_text2 *other)
{
	const struct fa_text2 *t = own->in[FA_LANG_ZH].p != NULL ? own : other;

	if (t != NULL && t->in[x->lang].p != NULL)
		fa_explain_field(x, label(x, l), t->in[x->lang]);
}

static void
explain_wording(const struct fa_explain *x, uint32_t obligation, uint32_t rule)
{
	const struct fa_text2 *t = fa_bundle_wording(x->b, obligation, rule);

	if (t != NULL)
		explain_text(x, L_WORDING, t, NULL);
}

static void
explain_verdict(const struct fa_explain *x, const struct fa_rule *r)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, LINE_BYTES);
	if (r->scope >= 0) {
		fa_buf_addf(&line,
			is_zh(x) ? "文档涉及 %s" : "the document is on %s",
			fa_scope_name(r->scope));
	} else {
		fa_buf_adds(&line, fa_explain_verdict(x->lang, r->verdict));
	}
	fa_buf_addf(&line, is_zh(x) ? "（规则状态：%s）" : " (%s rule)",
		fa_explain_status(x->lang, r->status));
	fa_explain_field(x, label(x, L_VERDICT), fa_explain_take(x, &line));
}

static void
explain_rule(const struct fa_explain *x, const struct fa_rule *r)
{
	const struct fa_obligation *o = NULL;

	if (r->obligation != FA_RULE_NONE)
		o = &x->b->obligations[r->obligation];
	explain_head(x, r->id, &r->title);
	if (o != NULL) {
		FA_CLEANUP(fa_buf_done) struct fa_buf line;

		fa_buf_init(&line, LINE_BYTES);
		fa_buf_addf(&line, "%.*s %.*s", FA_STR_ARG(o->id),
			FA_STR_ARG(o->title.in[x->lang]));
		fa_explain_field(
			x, label(x, L_DUTY), fa_explain_take(x, &line));
		explain_law(x, o);
		explain_nature(x, o);
	}
	explain_verdict(x, r);
	if (r->find == NULL) {
		fa_explain_field(x, label(x, L_FIND),
			fa_explain_pick(x, "没有任何规则命中",
				"that no rule of the obligation fires"));
	} else {
		fa_explain_cond(x, label(x, L_FIND), r->find);
	}
	if (r->unless != NULL)
		fa_explain_cond(x, label(x, L_UNLESS), r->unless);
	fa_explain_lexicons(x, label(x, L_WORDS), r->find, r->unless);
	explain_examples(x, r, true, L_MATCH);
	explain_examples(x, r, false, L_NO_MATCH);
	explain_precision(x, r);
	if (o != NULL)
		explain_recall(x, o, r->verdict, L_RECALL);
	if (r->false_positives.p != NULL)
		fa_explain_field(x, label(x, L_FALSE), r->false_positives);
	explain_text(x, L_WHY, &r->why, o != NULL ? &o->why : NULL);
	explain_text(x, L_FIX, &r->fix, o != NULL ? &o->fix : NULL);
	if (o != NULL && r->verdict != FA_VERDICT_COMPLIANT)
		explain_wording(x, r->obligation, (uint32_t)(r - x->b->rules));
}

static void
explain_one_of(
	const struct fa_explain *x, const char *left, const struct fa_rule *r)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, LINE_BYTES);
	fa_buf_addf(&line, is_zh(x) ? "%.*s（%s）%.*s" : "%.*s (%s): %.*s",
		FA_STR_ARG(r->id), fa_explain_verdict(x->lang, r->verdict),
		FA_STR_ARG(r->title.in[x->lang]));
	fa_explain_item(x, left, 0, fa_explain_take(x, &line));
}

static void
explain_obligation(const struct fa_explain *x, uint32_t index)
{
	const struct fa_bundle *b = x->b;
	const struct fa_obligation *o = &b->obligations[index];
	const char *left = label(x, L_RULES);

	explain_head(x, o->id, &o->title);
	explain_law(x, o);
	explain_nature(x, o);
	if (o->silent == FA_VERDICT_GAP)
		explain_text(x, L_SILENT, &o->gap, NULL);
	explain_text(x, L_WHY, &o->why, NULL);
	explain_text(x, L_FIX, &o->fix, NULL);
	explain_wording(x, index, FA_RULE_NONE);
	explain_recalls(x, o);
	for (size_t i = 0; i < b->rules_n; i++) {
		if (b->rules[i].obligation != index)
			continue;
		explain_one_of(x, left, &b->rules[i]);
		left = NULL;
	}
}

static void
explain_part(const struct fa_explain *x, const char *left,
	const struct fa_obligation *o)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, LINE_BYTES);
	fa_buf_addf(&line, is_zh(x) ? "%.*s（%s）%.*s" : "%.*s (%s): %.*s",
		FA_STR_ARG(o->id), fa_explain_severity(x->lang, o->severity),
		FA_STR_ARG(o->title.in[x->lang]));
	fa_explain_item(x, left, 0, fa_explain_take(x, &line));
}

/* The obligations below id, one per line; how many there are. */
static size_t
explain_below(const struct fa_explain *x, struct fa_str id)
{
	const struct fa_bundle *b = x->b;
	size_t n = 0;

	for (size_t i = 0; i < b->obligations_n; i++) {
		const struct fa_obligation *o = &b->obligations[i];

		if (!fa_str_eq(o->id, id) && fa_rules_is_under(o->id, id))
			explain_part(x, n++ == 0 ? label(x, L_BELOW) : NULL, o);
	}
	return n;
}

int
fa_rules_explain(const struct fa_bundle *b, struct fa_str id, enum fa_lang lang,
	struct fa_buf *out, struct fa_err *err)
{
	struct fa_explain x = { b, lang, out };
	uint32_t rule = fa_bundle_rule(b, id);
	uint32_t obligation = fa_bundle_obligation(b, id);

	if (rule != FA_RULE_NONE) {
		explain_rule(&x, &b->rules[rule]);
	} else if (obligation != FA_RULE_NONE) {
		explain_obligation(&x, obligation);
		(void)explain_below(&x, id);
	} else if (explain_below(&x, id) == 0) {
		return fa_rules_unknown(b, id, false, FA_E_NOTFOUND, err);
	}
	return fa_buf_rc(out, "explanation", err);
}
