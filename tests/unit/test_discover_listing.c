/* The adapters of the project on listings as stores write them. The pages in
 * tests/discover are made up after the form of real ones. */
#include "discover/listing.h"
#include "fixture_discover.h"

struct stores {
	struct fa_arena a;
	struct fa_err err;
	struct fa_listings *all;
};

static int
setup(void **state)
{
	static struct stores s;
	struct fa_file_list list = { NULL, 0 };
	struct fa_listing_source *sources;

	fa_arena_init(&s.a, 64u << 20);
	assert_int_equal(
		fa_file_walk(&list, FA_STR("rules/stores"), &s.a, &s.err),
		FA_OK);
	assert_true(list.n >= 13);
	sources = fa_arena_new(&s.a, list.n, sizeof(*sources));
	for (size_t i = 0; i < list.n; i++) {
		sources[i].name = list.path[i];
		assert_int_equal(fa_file_read(&sources[i].text, list.path[i],
					 1 << 20, &s.a, &s.err),
			FA_OK);
	}
	if (fa_listings_load(&s.all, sources, list.n, &s.a, &s.err) != FA_OK)
		fail_msg("%s", s.err.msg);
	*state = &s;
	return 0;
}

static int
teardown(void **state)
{
	struct stores *s = *state;

	fa_arena_done(&s->a);
	return 0;
}

static void
finds(struct stores *s, const char *name, const char *id)
{
	const struct fa_listing *l = fa_listing_find(s->all, fa_str_c(name));

	if (id == NULL) {
		assert_null(l);
		return;
	}
	if (l == NULL)
		fail_msg("no store %s", name);
	assert_str(fa_listing_id(l), id);
}

static void
stores_are_found_by_any_of_their_names(void **state)
{
	finds(*state, "huawei", "huawei");
	finds(*state, "华为应用市场", "huawei");
	finds(*state, "App Gallery", "huawei");
	finds(*state, "GOOGLE_PLAY", "google-play");
	finds(*state, "应用宝", "myapp");
	finds(*state, "App Store", "app-store");
	finds(*state, "小米应用商店", "xiaomi");
	finds(*state, "vivo", "vivo");
	finds(*state, "OPPO 软件商店", "oppo");
	finds(*state, "360手机助手", "360");
	finds(*state, "百度手机助手", "baidu");
	finds(*state, "豌豆荚", "wandoujia");
	finds(*state, "荣耀应用市场", "honor");
	finds(*state, "Galaxy Store", "samsung");
	finds(*state, "TapTap", "taptap");
	finds(*state, "unheard of", NULL);
	finds(*state, "", NULL);
	finds(*state, " - ", NULL);
}

static void
of_url(struct stores *s, const char *url, const char *id)
{
	const struct fa_listing *l = fa_listing_of_url(s->all, fa_str_c(url));

	if (id == NULL) {
		if (l != NULL)
			fail_msg("%s is of %.*s", url,
				FA_STR_ARG(fa_listing_id(l)));
		return;
	}
	if (l == NULL)
		fail_msg("%s is of no store", url);
	assert_str(fa_listing_id(l), id);
}

static void
stores_are_known_by_the_urls_of_their_listings(void **state)
{
	of_url(*state,
		"https://play.google.com/store/apps/details?hl=zh&id=com.a.b",
		"google-play");
	of_url(*state, "https://apps.apple.com/cn/app/%E5%BE%AE/id414478124",
		"app-store");
	of_url(*state, "HTTPS://Apps.Apple.com:443/cn/app/id414478124/#x",
		"app-store");
	of_url(*state, "https://appgallery.huawei.com/app/C10132067", "huawei");
	of_url(*state, "https://appgallery.huawei.com/#/app/C10132067",
		"huawei");
	of_url(*state,
		"http://a.app.qq.com/o/simple.jsp?pkgname=com.a.b&from=x",
		"myapp");
	of_url(*state, "http://app.mi.com/details?id=com.a.b", "xiaomi");
	of_url(*state, "https://h5.appstore.vivo.com.cn/#/details?appId=12",
		"vivo");
	of_url(*state, "https://zhushou.360.cn/detail/index/soft_id/77208",
		"360");
	of_url(*state, "https://shouji.baidu.com/software/1.html", "baidu");
	of_url(*state, "https://www.wandoujia.com/apps/596157", "wandoujia");
	of_url(*state, "https://www.taptap.cn/app/1", "taptap");
}

static void
other_urls_are_of_no_store(void **state)
{
	of_url(*state, "https://play.google.com/store/apps/details", NULL);
	of_url(*state, "https://play.google.com/store/apps/details?id=", NULL);
	of_url(*state, "https://play.google.com/", NULL);
	of_url(*state, "https://play.google.com:8443/store/apps/details?id=a",
		NULL);
	of_url(*state,
		"https://play.google.com.example.com/store/apps/details?id=a",
		NULL);
	of_url(*state,
		"https://play.google.com@example.com/store/apps/"
		"details?id=a",
		NULL);
	of_url(*state, "ftp://app.mi.com/details?id=com.a.b", NULL);
	of_url(*state, "https://www.taptap.cn/app/1/review", NULL);
	of_url(*state, "https://evilheytap.com/x", NULL);
	of_url(*state, "play.google.com/store/apps/details?id=a", NULL);
	of_url(*state, "", NULL);
}

static void
asks(struct stores *s, struct fa_target t, const char *url, const char *id)
{
	const struct fa_listing *which = NULL;
	struct fa_str out = FA_STR("untouched");

	assert_int_equal(
		fa_listing_request(&out, &which, s->all, &t, &s->a, &s->err),
		FA_OK);
	if (url == NULL)
		assert_null(out.p);
	else
		assert_str(out, url);
	if (id == NULL)
		assert_null(which);
	else
		assert_str(fa_listing_id(which), id);
}

static void
a_listing_is_asked_for_by_store_and_package(void **state)
{
	asks(*state,
		(struct fa_target){ .store = FA_STR("Huawei"),
			.package = FA_STR("com.jiayi.camera") },
		"https://appgallery.huawei.com/app/detail?id=com.jiayi.camera",
		"huawei");
	asks(*state,
		(struct fa_target){
			.store = FA_STR("huawei"), .package = FA_STR("C100") },
		"https://appgallery.huawei.com/app/C100", "huawei");
	asks(*state,
		(struct fa_target){ .store = FA_STR("appstore"),
			.package = FA_STR("414478124") },
		"https://apps.apple.com/cn/app/id414478124", "app-store");
	asks(*state,
		(struct fa_target){ .store = FA_STR("小米"),
			.package = FA_STR("a/../b.c?d&e 甲") },
		"https://app.mi.com/"
		"details?id=a%2F..%2Fb.c%3Fd%26e%20%E7%94%B2",
		"xiaomi");
}

static void
a_listing_without_a_way_to_ask_is_no_error(void **state)
{
	asks(*state,
		(struct fa_target){ .store = FA_STR("appstore"),
			.package = FA_STR("com.jiayi.camera") },
		NULL, "app-store");
	asks(*state,
		(struct fa_target){ .store = FA_STR("honor"),
			.package = FA_STR("com.jiayi.camera") },
		NULL, "honor");
	asks(*state,
		(struct fa_target){ .store = FA_STR("nowhere"),
			.package = FA_STR("com.jiayi.camera") },
		NULL, NULL);
	asks(*state, (struct fa_target){ .store = FA_STR("xiaomi") }, NULL,
		"xiaomi");
	asks(*state, (struct fa_target){ .package = FA_STR("com.a") }, NULL,
		NULL);
}

static void
a_store_url_is_asked_for_in_the_form_of_its_adapter(void **state)
{
	asks(*state,
		(struct fa_target){
			.store_url = FA_STR("http://play.google.com/store/apps/"
					    "datasafety?id=com.a.b&gl=US") },
		"https://play.google.com/store/apps/"
		"details?id=com.a.b&hl=zh_CN",
		"google-play");
	asks(*state,
		(struct fa_target){
			.store_url = FA_STR("https://h5.appstore.vivo.com.cn/#/"
					    "details?appId=12&x=y") },
		"https://h5-api.appstore.vivo.com.cn/detail/12"
		"?frompage=messageh5&app_version=2100",
		"vivo");
	asks(*state,
		(struct fa_target){
			.store_url = FA_STR("https://store.oppomobile.com/"
					    "product/0020/1.html") },
		"https://store.oppomobile.com/product/0020/1.html", "oppo");
	asks(*state,
		(struct fa_target){ .store = FA_STR("xiaomi"),
			.package = FA_STR("com.a"),
			.store_url = FA_STR("https://store.example.com/1") },
		"https://store.example.com/1", NULL);
}

static void
extract(struct stores *s, const char *store, const char *url, const char *file,
	const char *want)
{
	const struct fa_listing *l =
		store == NULL ? NULL : fa_listing_find(s->all, fa_str_c(store));
	struct paging p;
	struct fa_str body = FA_STR_NONE;
	struct fa_buf out;

	fa_buf_init(&out, 1 << 16);
	assert_int_equal(
		fa_file_read(&body, fa_str_c(file), 1 << 20, &s->a, &s->err),
		FA_OK);
	paging_init_as(&p, url, body, FA_FORMAT_AUTO);
	assert_int_equal(
		fa_listing_extract(&p.refs, l, &p.page, &p.r.a, &p.r.err),
		FA_OK);
	paging_dump(&p.refs, &out);
	if (!fa_str_eq(fa_buf_str(&out), fa_str_c(want)))
		fail_msg("%s gives \"%.*s\", expected \"%s\"", file,
			FA_STR_ARG(fa_buf_str(&out)), want);
	fa_buf_done(&out);
	paging_done(&p);
}

static void
policies_are_found_in_listings(void **state)
{
	extract(*state, "google-play", "https://play.google.com/store",
		"tests/discover/google-play.html",
		"policy https://www.jiayi.example/privacy?lang=zh&v=2");
	extract(*state, "app-store", "https://apps.apple.com/cn/app/id1",
		"tests/discover/app-store.html",
		"policy https://www.jiayi.example/privacy");
	extract(*state, "huawei", "https://appgallery.huawei.com/app/C1",
		"tests/discover/huawei-record.json",
		"policy https://www.jiayi.example/privacy");
	extract(*state, "huawei", "https://appgallery.huawei.com/app/C1",
		"tests/discover/huawei-old.json",
		"policy https://www.jiayi.example/privacy");
	extract(*state, "myapp", "https://sj.qq.com/appdetail/com.jiayi.camera",
		"tests/discover/myapp.html",
		"policy https://cftweb.3g.qq.com/privacy/privacyPolicy"
		"?content_id=0123456789abcdef0123456789abcdef");
	extract(*state, "xiaomi", "https://app.mi.com/details?id=com.a.b",
		"tests/discover/xiaomi.html",
		"policy https://www.jiayi.example/privacy");
}

static void
the_policy_of_the_store_is_not_that_of_the_app(void **state)
{
	extract(*state, "google-play", "https://play.google.com/store",
		"tests/discover/google-play-no-policy.html", "");
	extract(*state, NULL, "https://play.google.com/store",
		"tests/discover/google-play-no-policy.html",
		"policy https://policies.google.com/privacy");
}

static void
a_listing_that_a_script_draws_is_an_empty_shell(void **state)
{
	struct stores *s = *state;
	const struct fa_listing *l = fa_listing_find(s->all, FA_STR("huawei"));
	const char *file = "tests/discover/huawei-shell.html";
	struct fa_str body = FA_STR_NONE;
	const char *why = NULL;
	struct paging p;

	extract(s, "huawei", "https://appgallery.huawei.com/app/C1", file, "");
	assert_int_equal(
		fa_file_read(&body, fa_str_c(file), 1 << 20, &s->a, &s->err),
		FA_OK);
	paging_init_as(&p, "https://appgallery.huawei.com/app/C1", body,
		FA_FORMAT_AUTO);
	assert_int_equal(fa_discover_kind(&why, &p.page, FA_ROLE_LISTING),
		FA_OUT_EMPTY_SHELL);
	assert_true(fa_listing_rendered(l));
	assert_false(
		fa_listing_rendered(fa_listing_find(s->all, FA_STR("xiaomi"))));
	paging_done(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stores_are_found_by_any_of_their_names),
		cmocka_unit_test(
			stores_are_known_by_the_urls_of_their_listings),
		cmocka_unit_test(other_urls_are_of_no_store),
		cmocka_unit_test(a_listing_is_asked_for_by_store_and_package),
		cmocka_unit_test(a_listing_without_a_way_to_ask_is_no_error),
		cmocka_unit_test(
			a_store_url_is_asked_for_in_the_form_of_its_adapter),
		cmocka_unit_test(policies_are_found_in_listings),
		cmocka_unit_test(
			the_policy_of_the_store_is_not_that_of_the_app),
		cmocka_unit_test(
			a_listing_that_a_script_draws_is_an_empty_shell),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
