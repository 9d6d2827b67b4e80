#include "rules/explain.h"

#include "rules/rules.h"

#define LINE_BYTES (1u << 20)
#define SAMPLE 8 /* words shown of a lexicon */

static const char *const regions[FA_LANG_COUNT][FA_REGION_COUNT] = {
	{ "同一分句内", "同一句内", "前后 %u 句内", "同一段内", "同一列表内",
		"同一节内", "全文内", "同一页面内", "此页及此前各页内" },
	{ "in one clause", "in one sentence", "within %u sentences around",
		"in one paragraph", "in one list", "in one section",
		"in the document", "on one screen",
		"on the screens that lead here" },
};

static const char *const polarities[FA_LANG_COUNT][FA_POLARITY_COUNT] = {
	{ "", "肯定", "否定", "疑问", "对用户的提示", "假设" },
	{ "", "affirmed", "negated", "a question", "advice to the user",
		"hypothetical" },
};

static void
add_region(
	const struct fa_explain *x, struct fa_buf *b, const struct fa_cond *c)
{
	if (!c->has_region || c->region >= FA_REGION_COUNT)
		return;
	if (c->region == FA_REGION_NEAR) {
		fa_buf_addf(b,
			x->lang == FA_LANG_ZH ? "前后 %u 句内"
					      : "within %u sentences around",
			(unsigned)c->near);
	} else {
		fa_buf_adds(b, regions[x->lang][c->region]);
	}
	fa_buf_adds(b, x->lang == FA_LANG_ZH ? "，" : ", ");
}

/* The N of "{0,N}" or "{0,N}?" at the beginning of s, and its bytes. */
static struct fa_str
repeat_limit(struct fa_str s, size_t *bytes)
{
	size_t close = fa_str_find(s, FA_STR("}"), 0);

	if (!fa_str_starts(s, FA_STR("{0,")) || close == SIZE_MAX)
		return FA_STR_NONE;
	*bytes = close + 1;
	if (*bytes < s.n && s.p[*bytes] == '?')
		++*bytes;
	return fa_str_sub(s, 3, close);
}

/* A gap, written {..N} or [^...]{0,N}, at the beginning of s: its limit, and
 * its bytes. */
static struct fa_str
gap_limit(struct fa_str s, size_t *bytes)
{
	size_t close;
	struct fa_str limit;

	if (fa_str_starts(s, FA_STR("{.."))) {
		close = fa_str_find(s, FA_STR("}"), 0);
		if (close == SIZE_MAX)
			return FA_STR_NONE;
		*bytes = close + 1;
		limit = fa_str_sub(s, 3, close);
		return limit.n > 0 ? limit : FA_STR("12");
	}
	if (!fa_str_starts(s, FA_STR("[^")))
		return FA_STR_NONE;
	close = fa_str_find(s, FA_STR("]"), 0);
	if (close == SIZE_MAX)
		return FA_STR_NONE;
	limit = repeat_limit(fa_str_sub(s, close + 1, s.n), bytes);
	if (limit.p != NULL)
		*bytes += close + 1;
	return limit;
}

/* A pattern with its gaps in words; the rest stays as its author wrote it. */
static void
add_pattern(const struct fa_explain *x, struct fa_buf *b, struct fa_str src)
{
	for (size_t at = 0; at < src.n;) {
		struct fa_str rest = fa_str_sub(src, at, src.n);
		size_t bytes = 0;
		struct fa_str limit = gap_limit(rest, &bytes);

		if (limit.p != NULL) {
			fa_buf_addf(b,
				x->lang == FA_LANG_ZH ? " …%.*s 字内… "
						      : " ...%.*s... ",
				FA_STR_ARG(limit));
			at += bytes;
		} else if (fa_str_starts(rest, FA_STR("(?:"))) {
			fa_buf_addc(b, '(');
			at += 3;
		} else {
			fa_buf_addc(b, src.p[at++]);
		}
	}
}

static void
add_scopes(struct fa_buf *b, uint32_t scopes)
{
	bool first = true;

	for (int s = 0; s < FA_SCOPE_COUNT; s++) {
		if (!(scopes & FA_SCOPE_BIT(s)))
			continue;
		fa_buf_addf(b, "%s%s", first ? "" : ", ", fa_scope_name(s));
		first = false;
	}
}

void
fa_explain_node(
	const struct fa_explain *x, struct fa_buf *b, const struct fa_cond *c)
{
	bool zh = x->lang == FA_LANG_ZH;

	add_region(x, b, c);
	switch (c->kind) {
	case FA_COND_PATTERN:
		add_pattern(x, b, x->b->patterns[c->pattern].source);
		if (c->polarity != FA_POLARITY_ANY) {
			fa_buf_addf(b, zh ? " （%s）" : " (%s)",
				polarities[x->lang][c->polarity]);
		}
		break;
	case FA_COND_SCOPE:
		fa_buf_adds(b, zh ? "有句子涉及 " : "a sentence on ");
		add_scopes(b, c->scopes);
		break;
	case FA_COND_FACT:
		fa_buf_addf(b, "%s%s (%s)", zh ? "流程事实 " : "flow fact ",
			fa_fact_name(c->fact), fa_fact_means(c->fact));
		break;
	case FA_COND_ALL:
		fa_buf_adds(b, zh ? "以下全部成立：" : "all of:");
		break;
	case FA_COND_ANY:
		fa_buf_adds(b, zh ? "以下任一成立：" : "any of:");
		break;
	default:
		fa_buf_adds(b, zh ? "以下都不成立：" : "none of:");
		break;
	}
}

static void
explain_node(const struct fa_explain *x, const char *label, unsigned depth,
	const struct fa_cond *c)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, LINE_BYTES);
	if (depth > FA_RULES_DEPTH + 1)
		return;
	fa_explain_node(x, &line, c);
	fa_explain_item(x, label, depth, fa_explain_take(x, &line));
	for (size_t i = 0; i < c->child_n; i++)
		explain_node(x, NULL, depth + 1, &c->child[i]);
}

void
fa_explain_cond(
	const struct fa_explain *x, const char *label, const struct fa_cond *c)
{
	explain_node(x, label, 0, c);
}

/* Marks the lexicons that a condition names. */
static void
mark(const struct fa_explain *x, const struct fa_cond *c, unsigned depth,
	bool used[FA_NAME_LEXICONS])
{
	struct fa_str src;
	size_t from;

	if (c == NULL || depth > FA_RULES_DEPTH + 1)
		return;
	for (size_t i = 0; i < c->child_n; i++)
		mark(x, &c->child[i], depth + 1, used);
	if (c->kind != FA_COND_PATTERN)
		return;
	src = x->b->patterns[c->pattern].source;
	from = fa_str_find(src, FA_STR("{"), 0);
	while (from != SIZE_MAX) {
		size_t to = fa_str_find(src, FA_STR("}"), from);
		struct fa_str name = fa_str_sub(src, from + 1, to);

		for (size_t i = 0; i < x->b->lexicons_n; i++) {
			if (fa_str_eq(x->b->lexicons[i].name, name))
				used[i] = true;
		}
		from = fa_str_find(src, FA_STR("{"), from + 1);
	}
}

void
fa_explain_uses(const struct fa_explain *x, const struct fa_cond *find,
	const struct fa_cond *unless, bool used[FA_NAME_LEXICONS])
{
	for (size_t i = 0; i < FA_NAME_LEXICONS; i++)
		used[i] = false;
	mark(x, find, 0, used);
	mark(x, unless, 0, used);
}

/* The shortest words are the ones that people know. */
void
fa_explain_lexicon(const struct fa_explain *x, struct fa_buf *b,
	const struct fa_lexicon *lexicon)
{
	bool zh = x->lang == FA_LANG_ZH;
	size_t n = lexicon->words_n;

	fa_buf_addf(b, "{%.*s}%s", FA_STR_ARG(lexicon->name), zh ? "：" : ": ");
	for (size_t i = 0; i < n && i < SAMPLE; i++) {
		fa_buf_addf(b, "%s%.*s",
			i == 0       ? ""
				: zh ? "、"
				     : ", ",
			FA_STR_ARG(lexicon->words[n - 1 - i]));
	}
	if (n > SAMPLE) {
		fa_buf_addf(b, zh ? " 等 %zu 个词" : " ... (%zu words)", n);
	}
}

void
fa_explain_lexicons(const struct fa_explain *x, const char *label,
	const struct fa_cond *find, const struct fa_cond *unless)
{
	bool used[FA_NAME_LEXICONS];

	fa_explain_uses(x, find, unless, used);
	for (size_t i = 0; i < x->b->lexicons_n; i++) {
		FA_CLEANUP(fa_buf_done) struct fa_buf line;

		fa_buf_init(&line, LINE_BYTES);
		if (!used[i])
			continue;
		fa_explain_lexicon(x, &line, &x->b->lexicons[i]);
		fa_explain_field(x, label, fa_explain_take(x, &line));
		label = NULL;
	}
}
