/* The extractor against libxml2: on well-behaved random pages both must find
 * the same text, blanks aside. Pages are nested to 30 levels at most and stay
 * small, because beyond 256 levels or 10 MB libxml2 drops text. */
#include "unit/fixture_read.h"

#include <libxml/HTMLparser.h>

#define PAGES 60
#define ELEMENTS 120

struct rng {
	uint32_t state;
};

static uint32_t
pick(struct rng *r, size_t n)
{
	r->state = r->state * 1103515245u + 12345u;
	return (r->state >> 16) % (uint32_t)n;
}

static const char *const texts[] = { "我们会收集", "人脸信息", " ", "\n",
	"用于核验，", "SDK 1.0", "&amp;", "&nbsp;", "&copy;", "&#20154;", "a<3",
	"&lt;b&gt;", "。", "<!-- 注 -->", "<br>", "<img alt='x'>",
	"<script>if (a < b) c('</p>');</script>",
	"<style>p > a { color: red }</style>", "<hr>", "&#x8138;" };
static const char *const containers[] = { "div", "p", "ul", "ol", "section",
	"table", "span", "b", "a href='/x?a=1&amp;b'", "h2", "blockquote",
	"div class=\"c\" data-x='<p>'", "font color=red", "em", "strong" };

static void element(struct rng *r, struct fa_buf *out, int depth);

static void
children(struct rng *r, struct fa_buf *out, int depth)
{
	uint32_t n = pick(r, 4);

	for (uint32_t i = 0; i < n; i++)
		element(r, out, depth + 1);
}

static void
element(struct rng *r, struct fa_buf *out, int depth)
{
	const char *tag = containers[pick(r, FA_COUNT(containers))];
	size_t name = strcspn(tag, " ");

	if (depth > 8 || out->n > 20000 || pick(r, 3) == 0) {
		fa_buf_adds(out, texts[pick(r, FA_COUNT(texts))]);
		return;
	}
	fa_buf_addf(out, "<%s>", tag);
	if (strcmp(tag, "ul") == 0 || strcmp(tag, "ol") == 0) {
		for (uint32_t i = pick(r, 4); i > 0; i--) {
			fa_buf_adds(out, "<li>");
			children(r, out, depth + 1);
			fa_buf_adds(out, pick(r, 2) == 0 ? "</li>" : "");
		}
	} else if (strcmp(tag, "table") == 0) {
		for (uint32_t i = pick(r, 3); i > 0; i--) {
			fa_buf_adds(out, "<tr><td>");
			children(r, out, depth + 1);
			fa_buf_adds(out, "</td><th>表头</th></tr>");
		}
	} else {
		children(r, out, depth);
	}
	fa_buf_addf(out, "</%.*s>", (int)name, tag);
}

/* Appends s folded, without blanks and invisible characters. */
static void
add_folded(struct fa_buf *out, struct fa_str s)
{
	while (s.n > 0) {
		char folded[FA_FOLD_RUNES * 4];
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);

		if (!fa_rune_is_space(cp)) {
			fa_buf_add(out,
				(struct fa_str){
					folded, fa_rune_fold(cp, folded) });
		}
		s = fa_str_sub(s, n, s.n);
	}
}

static bool
is_skipped(const xmlNode *node)
{
	const char *name = (const char *)node->name;

	return node->type == XML_ELEMENT_NODE &&
		(strcmp(name, "script") == 0 || strcmp(name, "style") == 0 ||
			strcmp(name, "title") == 0);
}

static void
walk(const xmlNode *node, struct fa_buf *out)
{
	for (; node != NULL; node = node->next) {
		if (is_skipped(node))
			continue;
		if (node->type == XML_TEXT_NODE ||
			node->type == XML_CDATA_SECTION_NODE)
			add_folded(out, fa_str_c((const char *)node->content));
		walk(node->children, out);
	}
}

/* Returns the bytes of text found. */
static size_t
compare(const struct fa_buf *page, const char *encoding)
{
	struct reading r;
	struct fa_buf ours;
	struct fa_buf theirs;
	size_t n;
	htmlDocPtr tree = htmlReadMemory(page->p, (int)page->n, NULL, encoding,
		HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
			HTML_PARSE_NONET);

	assert_non_null(tree);
	fa_buf_init(&ours, 1 << 20);
	fa_buf_init(&theirs, 1 << 20);
	reading_init(&r, fa_buf_str(page), FA_FORMAT_HTML);
	assert_int_equal(r.rc, FA_OK);
	add_folded(&ours, r.doc.text);
	walk(xmlDocGetRootElement(tree), &theirs);
	if (!fa_str_eq(fa_buf_str(&ours), fa_buf_str(&theirs))) {
		fail_msg("page\n%s\nours\n%s\ntheirs\n%s", page->p, ours.p,
			theirs.p);
	}
	reading_done(&r);
	xmlFreeDoc(tree);
	fa_buf_done(&theirs);
	n = ours.n;
	fa_buf_done(&ours);
	return n;
}

static void
random_pages_have_the_text_that_libxml2_finds(void **state)
{
	struct rng r = { 2026 };
	size_t total = 0;

	(void)state;
	for (int i = 0; i < PAGES; i++) {
		struct fa_buf page;

		fa_buf_init(&page, 1 << 20);
		fa_buf_adds(&page,
			"<!DOCTYPE html><html><head><meta charset=\"utf-8\">"
			"<title>题</title></head><body>");
		for (int k = 0; k < ELEMENTS && page.n < 20000; k++)
			element(&r, &page, 0);
		fa_buf_adds(&page, "</body></html>");
		total += compare(&page, "UTF-8");
		fa_buf_done(&page);
	}
	assert_true(total > (size_t)PAGES * 500);
	xmlCleanupParser();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_pages_have_the_text_that_libxml2_finds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
