/* The kinds of extractors. */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/num.h"
#include "base/re.h"
#include "discover/adapter.h"
#include "discover/names.h"
#include "discover/path.h"
#include "discover/script.h"
#include "discover/xml.h"

#define JSON_BYTES (4u << 20)         /* of JSON in a page */
#define JSON_ARENA_BYTES (512u << 20) /* of its tree */
#define XPATH_OPERATIONS 2000000      /* of one expression */
#define REGEX_HITS 64                 /* of one pattern */

/* The character that an escape of a script stands for at s.p[at] (a
 * backslash), or 0; *next is the offset behind it. Only ASCII, because URLs
 * are. */
static char
unescape(struct fa_str s, size_t at, size_t *next)
{
	uint64_t code;

	if (at + 1 < s.n && s.p[at + 1] == 'u' &&
		fa_num_hex(fa_str_sub(s, at + 2, at + 6), 0x7e, &code) &&
		code > ' ') {
		*next = at + 6;
		return (char)code;
	}
	*next = at + 2;
	return at + 1 < s.n ? s.p[at + 1] : '\0';
}

static void
clean(struct fa_buf *out, struct fa_str s)
{
	const struct fa_str amp = FA_STR("&amp;");

	for (size_t i = 0; i < s.n;) {
		if (s.p[i] == '\\') {
			char c = unescape(s, i, &i);

			if (c != '\0')
				fa_buf_addc(out, c);
		} else if (fa_str_starts(fa_str_sub(s, i, s.n), amp)) {
			fa_buf_addc(out, '&');
			i += amp.n;
		} else {
			fa_buf_addc(out, s.p[i++]);
		}
	}
}

static bool
has_host(struct fa_str s)
{
	return fa_str_starts(s, FA_STR("//")) ||
		fa_names_find(fa_str_sub(s, 0, 8), FA_STR("https://"), 0) ==
		0 ||
		fa_names_find(fa_str_sub(s, 0, 7), FA_STR("http://"), 0) == 0;
}

/* Adds the reference that a field of a listing holds, when it is one:
 * backslashes of scripts and &amp; are undone. absolute: only with a host,
 * because a field may hold any text. */
static int
add_reference(struct fa_references *out, struct fa_str value, bool absolute,
	struct fa_str label, struct fa_arena *a, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf url;
	struct fa_str href;
	int rc;

	fa_buf_init(&url, FA_PAGE_HREF_BYTES);
	if (value.n > FA_PAGE_HREF_BYTES)
		return FA_OK;
	clean(&url, value);
	rc = fa_buf_rc(&url, "reference", err);
	if (rc != FA_OK)
		return rc;
	href = fa_page_href(fa_buf_str(&url));
	if (href.p == NULL || (absolute && !has_host(href)))
		return FA_OK;
	return fa_page_add(out, href, FA_ROLE_POLICY, label, a, err);
}

/* Where the texts of a JSON path go. */
struct sink {
	struct fa_references *out;
	struct fa_str label;
	struct fa_arena *a;
	struct fa_err *err;
	int rc;
};

static bool
take_text(void *ctx, struct fa_str text)
{
	struct sink *s = ctx;

	s->rc = add_reference(s->out, text, true, s->label, s->a, s->err);
	return s->rc == FA_OK && !s->out->more;
}

/* The references at a path in JSON text. Text that is no JSON, and more of it
 * than the limits allow, yields nothing. */
static int
add_from_json(struct fa_references *out, struct fa_str text,
	const struct fa_step *step, struct fa_arena *a, struct fa_err *err)
{
	struct sink sink = { out, step->path, a, err, FA_OK };
	struct fa_arena tree;
	struct fa_json *root = NULL;
	int rc;

	if (text.n == 0 || text.n > JSON_BYTES)
		return FA_OK;
	fa_arena_init(&tree, JSON_ARENA_BYTES);
	rc = fa_json_parse(&root, text, &tree, err);
	if (rc == FA_OK)
		fa_path_visit(root, step->path, take_text, &sink);
	fa_arena_done(&tree);
	if (rc == FA_E_INPUT || rc == FA_E_LIMIT)
		return FA_OK;
	return rc == FA_OK ? sink.rc : rc;
}

static int
run_json(struct fa_references *out, const struct fa_step *step,
	const struct fa_discover_page *page, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_str text;
	int rc = fa_page_text(&text, page, a, err);

	if (rc != FA_OK)
		return rc;
	if (fa_str_starts(text, FA_STR("\xef\xbb\xbf")))
		text = fa_str_sub(text, 3, text.n);
	return add_from_json(out, text, step, a, err);
}

static int
run_script(struct fa_references *out, const struct fa_step *step,
	const struct fa_discover_page *page, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_str text;
	struct fa_str value;
	int rc = fa_page_text(&text, page, a, err);

	if (rc != FA_OK)
		return rc;
	if (step->place == FA_STEP_VARIABLE)
		value = fa_script_variable(text, step->name);
	else if (step->place == FA_STEP_ELEMENT)
		value = fa_str_trim(fa_script_element(text, step->name));
	else
		value = fa_script_callback(text, step->name);
	return add_from_json(out, value, step, a, err);
}

/* Where an expression is wrong, kept instead of printed: libxml2 tells the
 * place and no text. */
struct complaint {
	bool any;
	int at; /* byte of the expression, from 0 */
};

static void
keep_complaint(void *ctx, xmlErrorPtr error)
{
	struct complaint *c = ctx;

	if (!c->any)
		c->at = error->int1;
	c->any = true;
}

static void
free_context(xmlXPathContext **c)
{
	if (*c != NULL)
		fa_discover_xml()->xmlXPathFreeContext(*c);
}

static void
free_result(xmlXPathObject **o)
{
	if (*o != NULL)
		fa_discover_xml()->xmlXPathFreeObject(*o);
}

static void
free_expression(xmlXPathCompExpr **e)
{
	if (*e != NULL)
		fa_discover_xml()->xmlXPathFreeCompExpr(*e);
}

static int
new_context(xmlXPathContext **out, xmlDoc *tree, struct complaint *complaint,
	struct fa_err *err)
{
	xmlXPathContext *c;
	int rc = fa_discover_xml_open(err);

	if (rc < 0)
		return rc;
	c = fa_discover_xml()->xmlXPathNewContext(tree);
	if (c == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for XPath");
	c->error = keep_complaint;
	c->userData = complaint;
	c->opLimit = XPATH_OPERATIONS;
	*out = c;
	return FA_OK;
}

/* Compiles an expression; names of the pattern are NUL-terminated because
 * they live in an arena (fa_arena_dup). */
static int
compile(xmlXPathCompExpr **out, xmlXPathContext *c, struct fa_str expression,
	const struct complaint *complaint, struct fa_err *err)
{
	xmlXPathCompExpr *e = fa_discover_xml()->xmlXPathCtxtCompile(
		c, (const xmlChar *)expression.p);

	if (e == NULL && !complaint->any)
		return fa_fail(err, FA_E_NOMEM, "no memory for XPath");
	if (e == NULL) {
		return fa_fail(err, FA_E_INPUT,
			"XPath '%.*s' is malformed at byte %d",
			FA_STR_ARG(expression), complaint->at + 1);
	}
	*out = e;
	return FA_OK;
}

int
fa_step_check_xpath(struct fa_str expression, struct fa_err *err)
{
	FA_CLEANUP(free_context) xmlXPathContext *c = NULL;
	FA_CLEANUP(free_expression) xmlXPathCompExpr *e = NULL;
	struct complaint complaint = { false, 0 };
	int rc = new_context(&c, NULL, &complaint, err);

	return rc == FA_OK ? compile(&e, c, expression, &complaint, err) : rc;
}

static int
add_nodes(struct fa_references *out, const xmlNodeSet *set,
	const struct fa_step *step, struct fa_arena *a, struct fa_err *err)
{
	int rc = FA_OK;

	for (int i = 0;
		set != NULL && i < set->nodeNr && rc == FA_OK && !out->more;
		i++) {
		xmlChar *text = fa_discover_xml()->xmlXPathCastNodeToString(
			set->nodeTab[i]);

		if (text == NULL)
			return fa_fail(err, FA_E_NOMEM, "no memory for XPath");
		rc = add_reference(out, fa_str_c((const char *)text), false,
			step->pattern, a, err);
		(*fa_discover_xml()->xmlFree)(text);
	}
	return rc;
}

static int
run_xpath(struct fa_references *out, const struct fa_step *step,
	const struct fa_discover_page *page, struct fa_arena *a,
	struct fa_err *err)
{
	FA_CLEANUP(fa_page_free_tree) xmlDoc *tree = NULL;
	FA_CLEANUP(free_context) xmlXPathContext *c = NULL;
	FA_CLEANUP(free_expression) xmlXPathCompExpr *e = NULL;
	FA_CLEANUP(free_result) xmlXPathObject *found = NULL;
	struct complaint complaint = { false, 0 };
	int rc = fa_page_tree(&tree, page, a, err);

	if (rc != FA_OK || tree == NULL)
		return rc;
	rc = new_context(&c, tree, &complaint, err);
	if (rc == FA_OK)
		rc = compile(&e, c, step->pattern, &complaint, err);
	if (rc != FA_OK)
		return rc;
	found = fa_discover_xml()->xmlXPathCompiledEval(e, c);
	/* NULL: the page is too large for the expression's budget. */
	if (found == NULL)
		return FA_OK;
	if (found->type == XPATH_STRING)
		return add_reference(out,
			fa_str_c((const char *)found->stringval), false,
			step->pattern, a, err);
	return found->type == XPATH_NODESET
		? add_nodes(out, found->nodesetval, step, a, err)
		: FA_OK;
}

static int
add_hits(struct fa_references *out, const struct fa_re *re,
	struct fa_re_scratch *scratch, struct fa_str text, struct fa_arena *a,
	struct fa_err *err)
{
	size_t from = 0;

	for (int i = 0; i < REGEX_HITS && !out->more; i++) {
		struct fa_re_hit hit;
		int rc = fa_re_find(re, scratch, text, from, &hit, err);

		/* A page on which the pattern runs out of steps yields what
		 * was found before. */
		if (rc == 0 || rc == FA_E_LIMIT)
			return FA_OK;
		if (rc < 0)
			return rc;
		rc = add_reference(out, fa_str_sub(text, hit.from, hit.to),
			false, FA_STR("pattern"), a, err);
		if (rc != FA_OK)
			return rc;
		if (hit.to >= text.n)
			return FA_OK;
		from = hit.to > from ? hit.to : from + 1;
		while (from < text.n &&
			((unsigned char)text.p[from] & 0xc0) == 0x80)
			from++;
	}
	return FA_OK;
}

static int
run_regex(struct fa_references *out, const struct fa_step *step,
	const struct fa_discover_page *page, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_re *re = NULL;
	struct fa_re_scratch *scratch = NULL;
	struct fa_str text;
	int rc = fa_page_text(&text, page, a, err);

	if (rc == FA_OK)
		rc = fa_re_new(&re, step->pattern, err);
	if (rc != FA_OK)
		return rc;
	rc = fa_re_scratch_new(&scratch, err);
	if (rc == FA_OK)
		rc = add_hits(out, re, scratch, text, a, err);
	fa_re_scratch_free(scratch);
	fa_re_free(re);
	return rc;
}

static int
run_link(struct fa_references *out, const struct fa_step *step,
	const struct fa_discover_page *page, struct fa_arena *a,
	struct fa_err *err)
{
	(void)step;
	return fa_discover_policy(out, page, a, err);
}

const struct fa_step_kind fa_step_json = {
	.name = "json", .path = true, .run = run_json
};
const struct fa_step_kind fa_step_script = {
	.name = "script", .path = true, .place = true, .run = run_script
};
const struct fa_step_kind fa_step_xpath = {
	.name = "xpath", .pattern = true, .run = run_xpath
};
const struct fa_step_kind fa_step_regex = {
	.name = "regex", .pattern = true, .run = run_regex
};
const struct fa_step_kind fa_step_link = { .name = "link", .run = run_link };
