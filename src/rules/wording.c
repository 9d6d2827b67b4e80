/* Model texts: their placeholders, and how they are read from YAML. */
#include "base/utf8.h"
#include "rules/load.h"
#include "rules/rules.h"

static const struct fa_str open_mark = FA_STR_INIT("【");
static const struct fa_str close_mark = FA_STR_INIT("】");

enum fa_placeholder_rc
fa_rules_placeholder(
	struct fa_placeholder *out, struct fa_str wording, size_t from)
{
	size_t open = fa_str_find(wording, open_mark, from);
	size_t close = fa_str_find(wording, close_mark, from);
	size_t next;
	struct fa_str name;

	if (open == SIZE_MAX && close == SIZE_MAX)
		return FA_PLACEHOLDER_NONE;
	if (open == SIZE_MAX || close == SIZE_MAX || close < open)
		return FA_PLACEHOLDER_BAD;
	next = fa_str_find(wording, open_mark, open + open_mark.n);
	name = fa_str_sub(wording, open + open_mark.n, close);
	if (next < close || fa_str_trim(name).n != name.n || name.n == 0 ||
		fa_utf8_count(name) > FA_RULES_PLACEHOLDER)
		return FA_PLACEHOLDER_BAD;
	*out = (struct fa_placeholder){ open, close + close_mark.n, name };
	return FA_PLACEHOLDER_FOUND;
}

int
fa_rules_build_wording(const struct fa_build *bd, const struct fa_rule *r,
	struct fa_place where)
{
	if (r->wording.in[FA_LANG_ZH].n == 0 ||
		(r->scope < 0 && r->verdict != FA_VERDICT_COMPLIANT))
		return FA_OK;
	return fa_rules_build_fail(bd, where,
		"rule '%.*s' has a wording, which only a rule with the verdict "
		"violation or cannot_tell may have",
		FA_STR_ARG(r->id));
}

/* One line with well-formed placeholders, which are counted. */
static int
check_wording(const struct fa_load *l, const struct fa_yaml *node,
	struct fa_str text, size_t *n)
{
	struct fa_placeholder p = { .to = 0 };
	enum fa_placeholder_rc found;

	if (fa_str_find(text, FA_STR("\n"), 0) != SIZE_MAX) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"wording has several lines; expected one paragraph");
	}
	*n = 0;
	while ((found = fa_rules_placeholder(&p, text, p.to)) ==
		FA_PLACEHOLDER_FOUND)
		++*n;
	if (found == FA_PLACEHOLDER_NONE)
		return FA_OK;
	return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
		"wording has a malformed placeholder; expected 【, 1 to %d "
		"characters without a blank at either end, 】",
		FA_RULES_PLACEHOLDER);
}

int
fa_load_wording(const struct fa_load *l, const struct fa_yaml *node,
	struct fa_text2 *out, uint32_t *line)
{
	size_t n[FA_LANG_COUNT] = { 0 };
	struct fa_text2 text;
	int rc;

	if (node == NULL)
		return FA_OK;
	rc = fa_load_text2(l, node, "wording", &text);
	for (int i = 0; i < FA_LANG_COUNT && rc == FA_OK; i++)
		rc = check_wording(l, node, text.in[i], &n[i]);
	if (rc != FA_OK)
		return rc;
	if (n[FA_LANG_ZH] != n[FA_LANG_EN]) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"wording has %zu placeholders in zh and %zu in en",
			n[FA_LANG_ZH], n[FA_LANG_EN]);
	}
	*out = text;
	*line = node->line;
	return FA_OK;
}
