#include "rules/pattern.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "rules/rules.h"

int
fa_scan_fail(const struct fa_scan *s, size_t at, const char *fmt, ...)
{
	char message[FA_ERR_MSG_BYTES];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	return fa_rules_build_fail(s->bd, s->where,
		"pattern, character %zu: %s",
		fa_utf8_count(fa_str_sub(s->src, 0, at)) + 1, message);
}

static int
close_group(struct fa_scan *s, enum fa_element *what)
{
	s->at++;
	fa_buf_addc(&s->out, ')');
	if (s->depth > 0)
		s->depth--;
	*what = FA_ELEMENT_GROUP;
	return FA_OK;
}

static int
take_bar(struct fa_scan *s, enum fa_element *what)
{
	s->at++;
	fa_buf_addc(&s->out, '|');
	*what = FA_ELEMENT_NOTHING;
	return FA_OK;
}

static int
take_plain(struct fa_scan *s, enum fa_element *what, enum fa_element is)
{
	fa_buf_addc(&s->out, s->src.p[s->at++]);
	*what = is;
	return FA_OK;
}

static int
take(struct fa_scan *s, enum fa_element *what, uint16_t *lexicon)
{
	switch (s->src.p[s->at]) {
	case '\\':
		return fa_scan_escape(s, what);
	case '[':
		return fa_scan_class(s, what);
	case '(':
		return fa_scan_open(s, what);
	case ')':
		return close_group(s, what);
	case '{':
		return fa_scan_brace(s, what, lexicon);
	case '|':
		return take_bar(s, what);
	case '.':
		return take_plain(s, what, FA_ELEMENT_OPEN);
	case '^':
	case '$':
	case '*':
	case '+':
	case '?':
		return take_plain(s, what, FA_ELEMENT_NOTHING);
	default:
		return fa_scan_char(s, what);
	}
}

static int
walk(struct fa_scan *s)
{
	while (s->at < s->src.n) {
		char first = s->src.p[s->at];
		enum fa_element what = FA_ELEMENT_NOTHING;
		uint16_t lexicon = 0;
		struct fa_repeat repeat = { .text = FA_STR_NONE };
		int rc = take(s, &what, &lexicon);

		if (rc != FA_OK)
			return rc;
		if (what != FA_ELEMENT_NOTHING)
			rc = fa_scan_repeat(s, what, &repeat);
		if (rc != FA_OK)
			return rc;
		s->branch = s->lookbehind[s->depth] &&
			(first == '|' || first == '(');
	}
	return FA_OK;
}

static int
check_needs(const struct fa_scan *s, const struct fa_pattern *p)
{
	if (p->needs_n > 0)
		return FA_OK;
	return fa_rules_build_fail(s->bd, s->where,
		"pattern has no word that must occur; write a lexicon or "
		"literal characters that are not optional, in every branch");
}

/* A second look at the whole: spellings that documents are rid of. */
static int
check_spelling(const struct fa_scan *s)
{
	static const struct {
		struct fa_str wrong;
		const char *right;
	} table[] = {
		{ FA_STR_INIT("登陆"), "登录" },
		{ FA_STR_INIT("其它"), "其他" },
	};

	for (size_t i = 0; i < FA_COUNT(table); i++) {
		size_t at = fa_str_find(s->src, table[i].wrong, 0);

		if (at != SIZE_MAX) {
			return fa_scan_fail(s, at,
				"'%.*s' can never match, because text is "
				"normalised; write '%s'",
				FA_STR_ARG(table[i].wrong), table[i].right);
		}
	}
	return FA_OK;
}

static int
keep(struct fa_pattern *out, const struct fa_scan *s)
{
	struct fa_pattern p = { 0 };
	int rc;

	p.source = fa_arena_dup(s->bd->a, s->src);
	p.regex = fa_arena_dup(s->bd->a, fa_buf_str(&s->out));
	if (p.source.p == NULL || p.regex.p == NULL)
		return fa_rules_build_nomem(s->bd);
	rc = fa_pattern_needs(&p, s->bd, p.source, s->where);
	if (rc == FA_OK)
		rc = check_needs(s, &p);
	if (rc == FA_OK)
		*out = p;
	return rc;
}

static int
compile(struct fa_pattern *out, struct fa_scan *s)
{
	int rc = walk(s);

	if (rc != FA_OK)
		return rc;
	if (s->out.rc == FA_E_LIMIT) {
		return fa_rules_build_fail(s->bd, s->where,
			"pattern is longer than %d bytes with its lexicons "
			"filled in",
			FA_RULES_PATTERN_BYTES);
	}
	rc = fa_buf_rc(&s->out, "pattern", s->bd->err);
	if (rc == FA_OK)
		rc = check_spelling(s);
	if (rc == FA_OK)
		rc = fa_scan_check(s, fa_buf_str(&s->out));
	return rc == FA_OK ? keep(out, s) : rc;
}

int
fa_pattern_compile(struct fa_pattern *out, struct fa_build *bd,
	struct fa_str source, struct fa_place where)
{
	struct fa_scan s = { .bd = bd, .where = where, .src = source };
	int rc;

	fa_buf_init(&s.out, FA_RULES_PATTERN_BYTES);
	rc = compile(out, &s);
	fa_buf_done(&s.out);
	return rc;
}
