/* Adapters as data: what their extractors find, and what the loader says about
 * mistakes, message by message. */
#include "discover/listing.h"
#include "fixture_discover.h"

static const char head[] = "id: 'shop'\n"
			   "names:\n"
			   "  - '商店'\n"
			   "title:\n"
			   "  zh: '商店'\n"
			   "  en: 'Shop'\n"
			   "confirmed: '2026-01'\n"
			   "source: 'the shop itself'\n"
			   "match:\n"
			   "  - 'shop.example/app/{id}'\n";

struct adapting {
	struct fa_arena a;
	struct fa_err err;
	struct fa_listings *all;
	struct fa_buf text;
};

static int
adapt(struct adapting *s, const char *yaml)
{
	struct fa_listing_source source = { FA_STR("shop.yaml"),
		fa_str_c(yaml) };

	memset(&s->err, 0, sizeof(s->err));
	s->all = NULL;
	fa_arena_init(&s->a, 64u << 20);
	return fa_listings_load(&s->all, &source, 1, &s->a, &s->err);
}

/* What the adapter with these steps makes of a body. */
static void
steps(const char *extract, const char *body, const char *want)
{
	struct adapting s;
	struct paging p;
	struct fa_buf yaml;
	struct fa_buf out;

	fa_buf_init(&yaml, 1 << 16);
	fa_buf_init(&out, 1 << 16);
	fa_buf_addf(&yaml, "%sextract:\n%s", head, extract);
	if (adapt(&s, yaml.p) != FA_OK)
		fail_msg("%s", s.err.msg);
	paging_init(&p, body);
	assert_int_equal(fa_listing_extract(&p.refs,
				 fa_listing_find(s.all, FA_STR("shop")),
				 &p.page, &p.r.a, &p.r.err),
		FA_OK);
	paging_dump(&p.refs, &out);
	if (!fa_str_eq(fa_buf_str(&out), fa_str_c(want))) {
		fail_msg("%s\non %s\ngives \"%.*s\", expected \"%s\"", extract,
			body, FA_STR_ARG(fa_buf_str(&out)), want);
	}
	fa_buf_done(&out);
	fa_buf_done(&yaml);
	fa_arena_done(&s.a);
	paging_done(&p);
}

static void
json_is_read_by_path(void **state)
{
	const char *path = "  - kind: json\n    path: 'a.*.url'\n";

	(void)state;
	steps(path,
		"{\"a\":[{\"url\":\"https://x.example/1\"},{\"b\":0},"
		"{\"url\":\"//x.example/2\"}]}",
		"policy https://x.example/1|policy //x.example/2");
	steps(path,
		"\xef\xbb\xbf{\"a\":{\"k\":{\"url\":\"http://x.example/\"}}}",
		"policy http://x.example/");
	steps("  - kind: json\n    path: '1.0'\n",
		"[0,[\"https://x.example/\"]]", "policy https://x.example/");
	steps("  - kind: json\n    path: '**.url'\n",
		"{\"a\":[{\"url\":\"https://x.example/\"}],"
		"\"url\":\"https://y.example/\"}",
		"policy https://y.example/|policy https://x.example/");
}

static void
what_is_no_address_in_a_field_is_left_out(void **state)
{
	const char *path = "  - kind: json\n    path: 'u'\n";

	(void)state;
	steps(path, "{\"u\":\"\"}", "");
	steps(path, "{\"u\":\"none\"}", "");
	steps(path, "{\"u\":\"/relative\"}", "");
	steps(path, "{\"u\":\"javascript:x\"}", "");
	steps(path, "{\"u\":17}", "");
	steps(path, "{\"u\":[\"https://x.example/\"]}", "");
}

static void
malformed_content_yields_nothing(void **state)
{
	(void)state;
	steps("  - kind: json\n    path: 'u'\n",
		"{\"u\":\"https://x.example/\"", "");
	steps("  - kind: json\n    path: 'u'\n", "", "");
	steps("  - kind: script\n    variable: 'v'\n    path: 'u'\n",
		"<script>v = {\"u\": \"https://x.example/\"</script>", "");
	steps("  - kind: script\n    variable: 'v'\n    path: 'u'\n",
		"<script>v = {u: 'https://x.example/'};</script>", "");
	steps("  - kind: script\n    element: 'd'\n    path: 'u'\n",
		"<script id='d'", "");
	steps("  - kind: script\n    callback: 'ds:1'\n    path: '0'\n",
		"AF_initDataCallback({key: 'ds:1'", "");
	steps("  - kind: script\n    callback: 'ds:1'\n    path: '0'\n",
		"AF_initDataCallback({key: 'ds:11', data:"
		"[\"https://x.example/\"]",
		"");
}

static void
data_of_scripts_is_read_without_running_them(void **state)
{
	(void)state;
	steps("  - kind: script\n    variable: 'window.data'\n    path: 'u'\n",
		"<script>mywindow.data={\"u\":\"https://w.example/\"};"
		"if (window.data == 1) window.data\n=\n{\"s\":\"}\\\"{\","
		"\"u\":\"https:\\/\\/x.example\\/\"};</script>",
		"policy https://x.example/");
	steps("  - kind: script\n    element: 'd'\n    path: 'u'\n",
		"<script data-id='d'>{\"u\":\"https://w.example/\"}</script>"
		"<SCRIPT type=x id=\"d\">\n{\"u\":\"https://x.example/\"}\n"
		"</SCRIPT>",
		"policy https://x.example/");
	steps("  - kind: script\n    callback: 'ds:1'\n    path: '0'\n",
		"<script>AF_initDataCallback({key: 'ds:0', data:["
		"\"https://w.example/\"]});</script>"
		"<script>AF_initDataCallback({key:'ds:1', isError: false, "
		"data:function(){return [\"https://x.example/\"]}});</script>",
		"policy https://x.example/");
}

static void
elements_are_found_by_xpath(void **state)
{
	(void)state;
	steps("  - kind: xpath\n    expression: '//a[@class=\"p\"]/@href'\n",
		"<a class=q href=/1>x</a><a class=p href=' /2?a&amp;b '>y</a>",
		"policy /2?a&b");
	steps("  - kind: xpath\n"
	      "    expression: '//a[contains(.,\"隐私\")]/@href'\n",
		"<a href=/1>隐私</a>", "policy /1");
	steps("  - kind: xpath\n    expression: 'string(//p)'\n",
		"<p>https://x.example/</p>", "policy https://x.example/");
	steps("  - kind: xpath\n    expression: 'count(//p)'\n", "<p>1</p>",
		"");
	steps("  - kind: xpath\n    expression: '//a/@href'\n",
		"<a href='javascript:x'>x</a>", "");
}

static void
patterns_give_what_they_match(void **state)
{
	(void)state;
	steps("  - kind: regex\n    pattern: '\"policy\":\"\\K[^\"]+'\n",
		"<script>x={\"policy\":\"https:\\/\\/x.example\\/?a=1"
		"\\u0026b=2\"}</script>",
		"policy https://x.example/?a=1&b=2");
	steps("  - kind: regex\n    pattern: '/p\\d'\n", "/p1 /p2 /p1",
		"policy /p1|policy /p2");
	steps("  - kind: regex\n    pattern: 'x*'\n", "中文", "");
	/* Not UTF-8: the address is still found. */
	steps("  - kind: regex\n    pattern: '/p\\d'\n",
		"\xd2\xfe\xcb\xbd /p1 \xff", "policy /p1");
}

static void
a_pattern_that_runs_out_of_steps_yields_nothing(void **state)
{
	struct fa_buf body;

	(void)state;
	fa_buf_init(&body, 1 << 16);
	for (int i = 0; i < 3000; i++)
		fa_buf_addc(&body, 'a');
	fa_buf_adds(&body, "!");
	steps("  - kind: regex\n    pattern: '(a+)+$'\n", body.p, "");
	fa_buf_done(&body);
}

static void
a_value_too_long_for_an_address_is_left_out(void **state)
{
	struct fa_buf body;

	(void)state;
	fa_buf_init(&body, 1 << 16);
	fa_buf_adds(&body, "{\"a\":{\"u\":\"https://x.example/");
	for (int i = 0; i < 4096; i++)
		fa_buf_addc(&body, 'a');
	fa_buf_adds(&body, "\"},\"b\":{\"u\":\"https://x.example/\"}}");
	steps("  - kind: json\n    path: '*.u'\n", body.p,
		"policy https://x.example/");
	fa_buf_done(&body);
}

static void
the_first_step_that_finds_anything_ends_the_search(void **state)
{
	const char *two = "  - kind: json\n    path: 'u'\n"
			  "  - kind: regex\n    pattern: '/p\\d'\n"
			  "  - kind: link\n";

	(void)state;
	steps(two, "{\"u\":\"https://x.example/p1\"}",
		"policy https://x.example/p1");
	steps(two, "<a href=/p1>隐私政策</a>", "policy /p1");
	steps(two, "<a href=/q>隐私政策</a>", "policy /q");
}

static void
entities_and_other_files_are_not_loaded(void **state)
{
	(void)state;
	steps("  - kind: xpath\n    expression: '//p[last()]'\n",
		"<!DOCTYPE html [<!ENTITY e SYSTEM \"file:///etc/hostname\">"
		"<!ENTITY f \"/f\">]><p>&e;&f;</p>",
		"policy &e;&f;");
}

static void
refused(const char *from, const char *to, const char *message)
{
	struct adapting s;
	struct fa_buf yaml;
	struct fa_buf edited;
	struct fa_str whole;
	size_t at;

	fa_buf_init(&yaml, 1 << 16);
	fa_buf_init(&edited, 1 << 16);
	fa_buf_addf(&yaml,
		"%srequest:\n  - 'https://shop.example/{id}'\n"
		"extract:\n"
		"  - kind: script\n"
		"    element: 'd'\n"
		"    path: 'u'\n"
		"  - kind: link\n",
		head);
	whole = fa_buf_str(&yaml);
	at = fa_str_find(whole, fa_str_c(from), 0);
	assert_true(at != SIZE_MAX);
	fa_buf_add(&edited, fa_str_sub(whole, 0, at));
	fa_buf_adds(&edited, to);
	fa_buf_add(&edited, fa_str_sub(whole, at + strlen(from), whole.n));
	assert_int_equal(adapt(&s, edited.p), FA_E_INPUT);
	assert_string_equal(s.err.msg, message);
	assert_null(s.all);
	fa_arena_done(&s.a);
	fa_buf_done(&edited);
	fa_buf_done(&yaml);
}

static void
mistakes_in_keys_are_named_with_their_place(void **state)
{
	(void)state;
	refused("confirmed:", "confirmd:",
		"shop.yaml:7:1: unknown key in an adapter: 'confirmd'; did you "
		"mean 'confirmed'?");
	refused("source:", "comment:",
		"shop.yaml:8:1: unknown key in an adapter: 'comment'; expected "
		"id, names, title, confirmed, source, rendering, match, "
		"request, own or extract");
	refused("id: 'shop'\n", "", "shop.yaml:1:1: an adapter has no 'id'");
	refused("  en: 'Shop'\n", "", "shop.yaml:4:1: title has no 'en'");
	refused("names:\n  - '商店'\n", "names: '商店'\n",
		"shop.yaml:2:1: 'names' is a text; expected a list");
	refused("    path: 'u'\n", "",
		"shop.yaml:14:5: a step of kind script needs 'path'");
	refused("    element: 'd'\n", "",
		"shop.yaml:14:5: a step of kind script needs one of "
		"'variable', 'element' and 'callback'");
	refused("    element: 'd'\n", "    element: 'd'\n    variable: 'v'\n",
		"shop.yaml:14:5: a step of kind script needs one of "
		"'variable', 'element' and 'callback'");
	refused("kind: link\n", "kind: link\n    path: 'x'\n",
		"shop.yaml:18:5: a step of kind link takes no 'path'");
}

static void
mistakes_in_values_are_named_with_their_place(void **state)
{
	(void)state;
	refused("kind: link", "kind: links",
		"shop.yaml:17:5: unknown kind 'links'; did you mean 'link'?");
	refused("kind: link", "kind: css",
		"shop.yaml:17:5: unknown kind 'css'; expected json, script, "
		"xpath, regex or link");
	refused("'2026-01'", "'last year'",
		"shop.yaml:7:1: confirmed is 'last year'; expected no, a month "
		"as 2025-12 or a day as 2025-12-31");
	refused("'2026-01'", "'2026-13'",
		"shop.yaml:7:1: confirmed is '2026-13'; expected no, a month "
		"as 2025-12 or a day as 2025-12-31");
	refused("id: 'shop'", "id: 'Shop'",
		"shop.yaml:1:1: id has other characters than small letters, "
		"digits and -");
	refused("'shop.example/app/{id}'", "'https://shop.example/'",
		"shop.yaml:10:5: match 'https://shop.example/' has a scheme; "
		"expected a host and a path");
	refused("'shop.example/app/{id}'", "'/app/{id}'",
		"shop.yaml:10:5: match '/app/{id}' does not begin with the "
		"name of a host");
	refused("'shop.example/app/{id}'", "'shop.example/{name}'",
		"shop.yaml:10:5: match 'shop.example/{name}' has braces that "
		"are neither {package} nor {id}");
	refused("'https://shop.example/{id}'", "'shop.example/{id}'",
		"shop.yaml:12:5: request 'shop.example/{id}' begins with "
		"neither https:// nor http://");
	refused("path: 'u'", "path: 'u..v'",
		"shop.yaml:16:5: path 'u..v' has an empty part");
	refused("kind: link", "kind: xpath\n    expression: '//a['",
		"shop.yaml:18:5: XPath '//a[' is malformed at byte 5");
	refused("source: 'the shop itself'", "source: ''",
		"shop.yaml:8:1: source is empty");
}

static void
a_broken_pattern_is_named_with_its_place(void **state)
{
	struct adapting s;
	struct fa_buf yaml;

	(void)state;
	fa_buf_init(&yaml, 1 << 16);
	fa_buf_addf(
		&yaml, "%sextract:\n  - kind: regex\n    pattern: '('\n", head);
	assert_int_equal(adapt(&s, yaml.p), FA_E_INPUT);
	assert_non_null(strstr(s.err.msg, "shop.yaml:13:5: "));
	fa_arena_done(&s.a);
	fa_buf_done(&yaml);
}

static void
two_adapters_do_not_share_a_name(void **state)
{
	struct fa_listing_source sources[2];
	struct fa_listings *all = NULL;
	struct fa_arena a;
	struct fa_err err;
	struct fa_buf one;
	struct fa_buf two;

	(void)state;
	fa_buf_init(&one, 1 << 16);
	fa_buf_init(&two, 1 << 16);
	fa_buf_addf(&one, "%sextract:\n  - kind: link\n", head);
	fa_buf_addf(&two, "id: 'second'\nnames:\n  - 'S_hop'\n%s",
		strstr(one.p, "title:"));
	sources[0] = (struct fa_listing_source){ FA_STR("a.yaml"),
		fa_buf_str(&one) };
	sources[1] = (struct fa_listing_source){ FA_STR("b.yaml"),
		fa_buf_str(&two) };
	fa_arena_init(&a, 1 << 20);
	assert_int_equal(
		fa_listings_load(&all, sources, 2, &a, &err), FA_E_INPUT);
	assert_string_equal(err.msg,
		"b.yaml:1:1: the name S_hop belongs already to the adapter "
		"shop");
	assert_int_equal(fa_listings_load(&all, sources, 1, &a, &err), FA_OK);
	fa_arena_done(&a);
	fa_buf_done(&one);
	fa_buf_done(&two);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_is_read_by_path),
		cmocka_unit_test(what_is_no_address_in_a_field_is_left_out),
		cmocka_unit_test(malformed_content_yields_nothing),
		cmocka_unit_test(data_of_scripts_is_read_without_running_them),
		cmocka_unit_test(elements_are_found_by_xpath),
		cmocka_unit_test(patterns_give_what_they_match),
		cmocka_unit_test(
			a_pattern_that_runs_out_of_steps_yields_nothing),
		cmocka_unit_test(a_value_too_long_for_an_address_is_left_out),
		cmocka_unit_test(
			the_first_step_that_finds_anything_ends_the_search),
		cmocka_unit_test(entities_and_other_files_are_not_loaded),
		cmocka_unit_test(mistakes_in_keys_are_named_with_their_place),
		cmocka_unit_test(mistakes_in_values_are_named_with_their_place),
		cmocka_unit_test(a_broken_pattern_is_named_with_its_place),
		cmocka_unit_test(two_adapters_do_not_share_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
