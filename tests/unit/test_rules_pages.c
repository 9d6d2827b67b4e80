/* The pages about rules: names of files, links, escaping, same bytes. */
#include "fixture_rules.h"

#include "tools/pages.h"

struct site {
	struct rules *r;
	char dir[96];
};

static struct fa_str
page(const struct site *s, const char *name)
{
	struct fa_str text = FA_STR_NONE;
	char path[160];

	(void)snprintf(path, sizeof(path), "%s/%s", s->dir, name);
	if (fa_file_read(&text, fa_str_c(path), 1u << 24, &s->r->a,
		    &s->r->err) != FA_OK)
		fail_msg("%s", s->r->err.msg);
	return text;
}

static bool
has(struct fa_str text, const char *part)
{
	return fa_str_find(text, fa_str_c(part), 0) != SIZE_MAX;
}

static void
write_site(struct site *s, struct rules *r)
{
	size_t pages = 0;

	s->r = r;
	(void)snprintf(s->dir, sizeof(s->dir), "%s/site", r->dir);
	assert_int_equal(
		fa_pages_write(&pages, r->b, fa_str_c(s->dir), &r->a, &r->err),
		FA_OK);
	assert_int_equal(pages, 2 * r->b->obligations_n + 2);
}

static void
remove_site(const struct site *s)
{
	static const char *const names[] = { "index.html", "index.en.html",
		"FRM.10.1.html", "FRM.10.1.en.html", "FRM.4.html",
		"FRM.4.en.html" };

	for (size_t i = 0; i < FA_COUNT(names); i++) {
		char path[160];

		(void)snprintf(path, sizeof(path), "%s/%s", s->dir, names[i]);
		(void)unlink(path);
	}
	assert_int_equal(rmdir(s->dir), 0);
}

static void
an_obligation_has_a_page_in_each_language(void **state)
{
	struct rules *r = *state;
	struct site s;
	struct fa_str zh, en;

	(void)loaded(r);
	write_site(&s, r);
	zh = page(&s, "FRM.10.1.html");
	en = page(&s, "FRM.10.1.en.html");
	assert_true(has(zh, "<html lang=\"zh-CN\">"));
	assert_true(has(zh, "href=\"FRM.10.1.en.html\">English</a>"));
	assert_true(has(zh, "href=\"index.html\""));
	assert_true(has(zh, "《人脸识别办法》第10条第1款"));
	assert_true(has(zh, "<li>如您拒绝人脸识别，将无法使用本服务。</li>"));
	assert_true(has(zh, "<code>{refuse} …20 字内… {face} （肯定）</code>"));
	assert_true(has(zh, "引用他人政策。"));
	assert_true(has(en, "<html lang=\"en\">"));
	assert_true(has(en, "href=\"FRM.10.1.html\">中文</a>"));
	assert_true(has(en, "href=\"https://www.cac.gov.cn/\""));
	assert_true(has(en, "Offer a text message."));
	assert_true(has(en, "not measured"));
	assert_true(has(page(&s, "index.html"), "href=\"FRM.10.1.html\""));
	assert_true(
		has(page(&s, "index.en.html"), "href=\"FRM.10.1.en.html\""));
	assert_false(has(zh, "<script"));
	assert_false(has(page(&s, "index.html"), "href=\"#ledger\""));
	remove_site(&s);
}

static void
the_model_wording_is_chinese_on_both_pages(void **state)
{
	struct rules *r = *state;
	struct site s;
	struct fa_str zh, en;

	put_edited(r, "rule.yaml", rule_yaml, "  en: 'Offer a text message.'\n",
		"  en: 'Offer a text message.'\n"
		"wording:\n  zh: '可以改用【其他方式】。'\n"
		"  en: 'You can use 【other way】.'\n");
	(void)loaded(r);
	write_site(&s, r);
	zh = page(&s, "FRM.10.1.html");
	en = page(&s, "FRM.10.1.en.html");
	assert_true(has(zh, "<blockquote>可以改用【其他方式】。</blockquote>"));
	assert_false(has(zh, "You can use"));
	assert_true(has(en,
		"<blockquote lang=\"zh-CN\">可以改用【其他方式】。"
		"</blockquote>\n<p>You can use 【other way】.</p>"));
	remove_site(&s);
}

static void
pages_are_the_same_bytes_again(void **state)
{
	struct rules *r = *state;
	struct site s;
	struct fa_str first, index;

	(void)loaded(r);
	write_site(&s, r);
	first = page(&s, "FRM.10.1.html");
	index = page(&s, "index.html");
	write_site(&s, r);
	assert_true(fa_str_eq(first, page(&s, "FRM.10.1.html")));
	assert_true(fa_str_eq(index, page(&s, "index.html")));
	remove_site(&s);
}

static void
what_was_measured_is_on_both_pages(void **state)
{
	struct rules *r = *state;
	struct site s;

	put(r, "precision.yaml",
		"measured:\n  sets:\n    - name: 'a <b>'\n"
		"      documents: 9\n      sha256: 'ab12'\n"
		"  rules:\n    FRM.10.1-sole:\n"
		"      hits: 12\n      right: 11\n"
		"  obligations:\n    FRM.10.1:\n      violation:\n"
		"        labelled: 20\n        found: 17\n");
	(void)loaded(r);
	write_site(&s, r);
	assert_true(has(page(&s, "index.html"),
		"91.6% <span class=\"share\">11/12</span>"));
	assert_true(has(page(&s, "index.html"),
		"85.0% <span class=\"share\">17/20</span>"));
	assert_true(has(page(&s, "index.html"), "a &lt;b&gt;"));
	assert_true(has(page(&s, "FRM.10.1.en.html"),
		"right on 11 of 12 labelled documents"));
	assert_true(has(page(&s, "FRM.10.1.en.html"), "63.9% – 94.8%"));
	remove_site(&s);
}

static void
texts_of_rules_are_escaped(void **state)
{
	struct rules *r = *state;
	struct site s;

	put_edited(r, "rule.yaml", rule_yaml, "en: 'Offer another way'",
		"en: '</title><script>&\"'");
	(void)loaded(r);
	write_site(&s, r);
	assert_false(has(page(&s, "FRM.10.1.en.html"), "<script"));
	assert_true(has(page(&s, "FRM.10.1.en.html"),
		"&lt;/title&gt;&lt;script&gt;&amp;&quot;"));
	assert_false(has(page(&s, "index.en.html"), "<script"));
	remove_site(&s);
}

static void
articles_are_in_the_order_of_their_numbers(void **state)
{
	struct rules *r = *state;
	struct site s;
	struct fa_str index;

	put_edited(r, "a.yaml",
		"obligation: FRM.4\ninstrument: FRM\narticle: '4'\n"
		"kind: duty\nseverity: low\nsilent: not_applicable\n"
		"applies_if:\n  scope: FACE_ID\n"
		"title:\n  zh: '目的'\n  en: 'purpose'\n"
		"why:\n  zh: '甲'\n  en: 'a'\nfix:\n  zh: '乙'\n"
		"  en: 'b'\nrules:\n  - id: FRM.4-a\n"
		"    verdict: compliant\n    title:\n      zh: '目的'\n"
		"      en: 'purpose'\n    find: '{face}{..}目的'\n",
		"low", "low");
	(void)loaded(r);
	assert_int_equal(r->b->obligations_n, 2);
	write_site(&s, r);
	index = page(&s, "index.html");
	assert_true(fa_str_find(index, FA_STR("FRM.4.html"), 0) <
		fa_str_find(index, FA_STR("FRM.10.1.html"), 0));
	remove_site(&s);
}

static void
an_id_never_leads_out_of_the_directory(void **state)
{
	static const char *const bad[] = { "../x", "a/b", ".x", "", "a b",
		"\xe4\xb8\x80" };
	struct rules *r = *state;
	char dir[96];

	(void)loaded(r);
	(void)snprintf(dir, sizeof(dir), "%s/site", r->dir);
	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		size_t pages = 7;

		r->b->obligations[0].id = fa_str_c(bad[i]);
		assert_int_equal(fa_pages_write(&pages, r->b, fa_str_c(dir),
					 &r->a, &r->err),
			FA_E_INPUT);
		assert_int_equal(pages, 7);
		assert_false(fa_file_is_dir(fa_str_c(dir)));
	}
}

static void
a_directory_that_cannot_be_made_is_an_error(void **state)
{
	struct rules *r = *state;
	size_t pages = 0;
	char dir[96];

	(void)loaded(r);
	(void)snprintf(dir, sizeof(dir), "%s/none/site", r->dir);
	assert_int_equal(
		fa_pages_write(&pages, r->b, fa_str_c(dir), &r->a, &r->err),
		FA_E_IO);
	assert_non_null(strstr(r->err.msg, "cannot make the directory"));
	(void)snprintf(dir, sizeof(dir), "%s/rule.yaml", r->dir);
	assert_int_equal(
		fa_pages_write(&pages, r->b, fa_str_c(dir), &r->a, &r->err),
		FA_E_IO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RULES_TEST(an_obligation_has_a_page_in_each_language),
		RULES_TEST(the_model_wording_is_chinese_on_both_pages),
		RULES_TEST(pages_are_the_same_bytes_again),
		RULES_TEST(what_was_measured_is_on_both_pages),
		RULES_TEST(texts_of_rules_are_escaped),
		RULES_TEST(articles_are_in_the_order_of_their_numbers),
		RULES_TEST(an_id_never_leads_out_of_the_directory),
		RULES_TEST(a_directory_that_cannot_be_made_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
