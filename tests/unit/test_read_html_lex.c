/* The HTML tokenizer, case by case in the manner of html5lib's tests. Tokens
 * are written as they would be in a page: text as it is, references decoded,
 * <tag a="v"> with lower-case names, </tag>, <!--comment-->, <!DOCTYPE x>;
 * tokens stand on both sides of a '|', text is joined. */
#include "unit/fixture_read.h"

#include "read/html_extract.h"
#include "read/html_lex.h"

static void
add_lower(struct fa_buf *out, struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		fa_buf_addc(out, c);
	}
}

static void
add_tag(struct fa_buf *out, const struct fa_html_token *t)
{
	fa_buf_adds(out, t->kind == FA_HTML_END ? "</" : "<");
	add_lower(out, t->name);
	for (size_t i = 0; i < t->attr_n && t->kind == FA_HTML_START; i++) {
		fa_buf_addc(out, ' ');
		add_lower(out, t->attr[i].name);
		fa_buf_adds(out, "=\"");
		fa_html_decode(t->attr[i].value, out);
		fa_buf_addc(out, '"');
	}
	fa_buf_adds(
		out, t->self_closing && t->kind == FA_HTML_START ? "/>" : ">");
}

static void
tokens(const char *in, bool foreign, struct fa_buf *out)
{
	struct fa_html_lex l;
	struct fa_html_token t;
	bool text = false;

	fa_html_lex_init(&l, fa_str_c(in));
	l.foreign = foreign;
	for (;;) {
		bool was_text = text;

		fa_html_lex_next(&l, &t);
		if (t.kind == FA_HTML_EOF)
			break;
		text = t.kind == FA_HTML_TEXT || t.kind == FA_HTML_CHARREF;
		if (out->n > 0 && !(text && was_text))
			fa_buf_addc(out, '|');
		if (t.kind == FA_HTML_TEXT)
			fa_buf_add(out, fa_str_sub(l.in, t.from, t.to));
		for (size_t i = 0; t.kind == FA_HTML_CHARREF && i < t.ref.n;
			i++)
			fa_buf_add_rune(out, t.ref.cp[i]);
		if (t.kind == FA_HTML_START || t.kind == FA_HTML_END)
			add_tag(out, &t);
		if (t.kind == FA_HTML_COMMENT)
			fa_buf_addf(out, "<!--%.*s-->", FA_STR_ARG(t.name));
		if (t.kind == FA_HTML_DOCTYPE)
			fa_buf_addf(out, "<!DOCTYPE %.*s>", FA_STR_ARG(t.name));
	}
}

static void
check(const struct reading_case *c, size_t n, bool foreign)
{
	for (size_t i = 0; i < n; i++) {
		struct fa_buf out;

		fa_buf_init(&out, 1 << 16);
		tokens(c[i].in, foreign, &out);
		if (!fa_str_eq(fa_buf_str(&out), fa_str_c(c[i].out))) {
			fail_msg("%s\ngives    %.*s\nexpected %s", c[i].in,
				FA_STR_ARG(fa_buf_str(&out)), c[i].out);
		}
		fa_buf_done(&out);
	}
}

static const struct reading_case tag_cases[] = {
	{ "", "" },
	{ "a<b>c</b>d", "a|<b>|c|</b>|d" },
	{ "<P CLASS=X>", "<p class=\"X\">" },
	{ "<a b c=d e='f' g=\"h\">", "<a b=\"\" c=\"d\" e=\"f\" g=\"h\">" },
	{ "<a b = c  d\n=\te>", "<a b=\"c\" d=\"e\">" },
	{ "<a/><a /><a b/><a b=c/>", "<a/>|<a/>|<a b=\"\"/>|<a b=\"c/\">" },
	{ "<a b=\"c\"d>", "<a b=\"c\" d=\"\">" },
	{ "<a =b><a b==c>", "<a =b=\"\">|<a b=\"=c\">" },
	{ "<a b=>x", "<a b=\"\">|x" },
	{ "<a b='>'>x", "<a b=\">\">|x" },
	{ "<a/b/c>", "<a b=\"\" c=\"\">" },
	{ "<a\"b>", "<a\"b>" },
	{ "<a b<c>", "<a b<c=\"\">" },
	{ "</a b=c>x", "</a>|x" },
	{ "1<2 < 3", "1<2 < 3" },
	{ "<", "<" },
	{ "</", "</" },
	{ "a</>b", "ab" },
	{ "</ x>y", "<!-- x-->|y" },
	{ "<?xml v?>y", "<!--?xml v?-->|y" },
	{ "x<a", "x" },
	{ "x<a b", "x" },
	{ "x<a b='c>d", "x" },
	{ "x</a ", "x" },
	{ "人<b>脸</b>", "人|<b>|脸|</b>" },
};

static void
tags_and_attributes_follow_the_standard(void **state)
{
	(void)state;
	check(tag_cases, FA_COUNT(tag_cases), false);
}

static const struct reading_case ref_cases[] = {
	{ "&amp;&lt;&gt;&quot;&nbsp;", "&<>\"\xc2\xa0" },
	{ "&amp &ampx &copyx", "& &x \xc2\xa9x" },
	{ "&notit; &notin;", "\xc2\xacit; \xe2\x88\x89" },
	{ "&NotEqualTilde;", "\xe2\x89\x82\xcc\xb8" },
	{ "&CounterClockwiseContourIntegral;", "\xe2\x88\xb3" },
	{ "& &; &x; &unknown; &hellip", "& &; &x; &unknown; &hellip" },
	{ "&#20154;&#x8138;&#X8138;", "人脸脸" },
	{ "&#20154 &#x8138z", "人 脸z" },
	{ "&#; &#x; &#xg", "&#; &#x; &#xg" },
	{ "&#0;&#xD800;&#x110000;&#99999999999;",
		"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
	{ "&#128;&#x93;&#x81;", "\xe2\x82\xac\xe2\x80\x9c\xc2\x81" },
	{ "<a b=\"&copy=1&copy;&copyx&copy\">",
		"<a b=\"&copy=1\xc2\xa9&copyx\xc2\xa9\">" },
	{ "<a b=&amp;c&ltd>", "<a b=\"&c&ltd\">" },
	{ "&", "&" },
	{ "&#", "&#" },
	{ "&#x", "&#x" },
	{ "&am", "&am" },
};

static void
references_follow_the_standard(void **state)
{
	(void)state;
	check(ref_cases, FA_COUNT(ref_cases), false);
}

static const struct reading_case comment_cases[] = {
	{ "<!--a-->b", "<!--a-->|b" },
	{ "<!---->b", "<!---->|b" },
	{ "<!-->b", "<!---->|b" },
	{ "<!--->b", "<!---->|b" },
	{ "<!--a--!>b", "<!--a-->|b" },
	{ "<!--a--b-->c", "<!--a--b-->|c" },
	{ "<!--a--->b", "<!--a--->|b" },
	{ "<!--a<!--b-->c", "<!--a<!--b-->|c" },
	{ "<!--a>b-->c", "<!--a>b-->|c" },
	{ "<!--a", "<!--a-->" },
	{ "<!a>b", "<!--a-->|b" },
	{ "<![CDATA[a]]>b", "<!--[CDATA[a]]-->|b" },
	{ "<!doctype html>a", "<!DOCTYPE html>|a" },
	{ "<!DOCTYPE html PUBLIC \"-//W3C//DTD\" \"x\">a",
		"<!DOCTYPE html>|a" },
	{ "<!doctype>a", "<!DOCTYPE >|a" },
	{ "<!doctype html \"a>b\">c", "<!DOCTYPE html>|b\">c" },
	{ "<!", "<!---->" },
};

static void
comments_and_doctypes_follow_the_standard(void **state)
{
	(void)state;
	check(comment_cases, FA_COUNT(comment_cases), false);
}

static const struct reading_case text_cases[] = {
	{ "<title>a<b>&amp;</title>c", "<title>|a<b>&|</title>|c" },
	{ "<title>a</titlex></TITLE >c", "<title>|a</titlex>|</title>|c" },
	{ "<textarea></p></textarea/>c", "<textarea>|</p>|</textarea>|c" },
	{ "<style>a&amp;<b></style>c", "<style>|a&amp;<b>|</style>|c" },
	{ "<style>a</style", "<style>|a</style" },
	{ "<style>a</style b", "<style>|a" },
	{ "<noscript><p></noscript>c", "<noscript>|<p>|</noscript>|c" },
	{ "<script>a<b</script>c", "<script>|a<b|</script>|c" },
	{ "<script><!--a</script>c", "<script>|<!--a|</script>|c" },
	{ "<script><!--<script>a</script>b--></script>c",
		"<script>|<!--<script>a</script>b-->|</script>|c" },
	{ "<script><!-- <script> --></script>c",
		"<script>|<!-- <script> -->|</script>|c" },
	{ "<script><!--<script>a</script>b</script>c",
		"<script>|<!--<script>a</script>b|</script>|c" },
	{ "<script><!--><script></script>c",
		"<script>|<!--><script>|</script>|c" },
	{ "<script><!--<scriptx></script>c",
		"<script>|<!--<scriptx>|</script>|c" },
	{ "<script>a</scriptx></script>", "<script>|a</scriptx>|</script>" },
	{ "<script><!--<script>a", "<script>|<!--<script>a" },
	{ "<plaintext>a</plaintext>&amp;", "<plaintext>|a</plaintext>&amp;" },
	{ "<title>a", "<title>|a" },
};

static void
raw_text_and_scripts_follow_the_standard(void **state)
{
	(void)state;
	check(text_cases, FA_COUNT(text_cases), false);
}

static const struct reading_case foreign_cases[] = {
	{ "<![CDATA[a<b>&amp;]]>c", "a<b>&amp;c" },
	{ "<![CDATA[a", "a" },
	{ "<style>a<b></style>", "<style>|a|<b>|</style>" },
	{ "<title>a<b>", "<title>|a|<b>" },
};

static void
foreign_content_has_cdata_and_no_raw_text(void **state)
{
	(void)state;
	check(foreign_cases, FA_COUNT(foreign_cases), true);
}

static void
every_named_reference_is_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < FA_HTML_ENTITIES; i++) {
		const char *entry = fa_html_entities[i];
		size_t n = strcspn(entry, ";:");
		struct fa_html_charref ref;
		struct fa_buf in;
		struct fa_buf out;

		fa_buf_init(&in, 100);
		fa_buf_init(&out, 100);
		fa_buf_addf(&in, "&%.*s;", (int)n, entry);
		assert_true(fa_html_charref(fa_buf_str(&in), false, &ref));
		assert_int_equal(ref.bytes, n + 2);
		for (size_t k = 0; k < ref.n; k++)
			fa_buf_add_rune(&out, ref.cp[k]);
		assert_str(fa_buf_str(&out), entry + n + 1);
		if (i > 0) {
			struct fa_str before =
				fa_str_c(fa_html_entities[i - 1]);

			before.n = strcspn(before.p, ";:");
			assert_true(fa_str_cmp(before,
					    (struct fa_str){ entry, n }) < 0);
		}
		fa_buf_done(&in);
		fa_buf_done(&out);
	}
}

static void
attributes_beyond_the_limit_are_dropped_and_nothing_else(void **state)
{
	struct fa_buf in;
	struct fa_html_lex l;
	struct fa_html_token t;

	(void)state;
	fa_buf_init(&in, 1 << 20);
	fa_buf_adds(&in, "<a");
	for (int i = 0; i < 10000; i++)
		fa_buf_addf(&in, " a%d=%d", i, i);
	fa_buf_adds(&in, ">x");
	fa_html_lex_init(&l, fa_buf_str(&in));
	fa_html_lex_next(&l, &t);
	assert_int_equal(t.kind, FA_HTML_START);
	assert_int_equal(t.attr_n, FA_HTML_ATTRS);
	assert_str(fa_html_attr_get(&t, "A1"), "1");
	fa_html_lex_next(&l, &t);
	assert_int_equal(t.kind, FA_HTML_TEXT);
	assert_int_equal(t.to, in.n);
	fa_buf_done(&in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_and_attributes_follow_the_standard),
		cmocka_unit_test(references_follow_the_standard),
		cmocka_unit_test(comments_and_doctypes_follow_the_standard),
		cmocka_unit_test(raw_text_and_scripts_follow_the_standard),
		cmocka_unit_test(foreign_content_has_cdata_and_no_raw_text),
		cmocka_unit_test(every_named_reference_is_found),
		cmocka_unit_test(
			attributes_beyond_the_limit_are_dropped_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
