/* Any bytes as an adapter and the page that it is used on, divided by a line
 * "%%"; without such a line the bytes are a page for an adapter with a step of
 * each kind. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "discover/listing.h"
#include "read/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char adapter[] =
	"id: 'shop'\ntitle:\n  zh: '店'\n  en: 'shop'\nconfirmed: no\n"
	"source: 'x'\nmatch:\n  - '*.shop.example/*/{id}?p={package}#/*/x'\n"
	"own:\n  - 'own.example/**'\n"
	"request:\n  - 'https://shop.example/{id}/{package}'\n"
	"extract:\n"
	"  - kind: json\n    path: '**.url'\n"
	"  - kind: script\n    variable: 'v'\n    path: '*'\n"
	"  - kind: script\n    element: 'd'\n    path: 'a.0'\n"
	"  - kind: script\n    callback: 'ds:5'\n    path: '1.0'\n"
	"  - kind: xpath\n    expression: '//b/@href'\n"
	"  - kind: regex\n    pattern: 'P:\\K[^\"]+'\n"
	"  - kind: link\n";

static void
must(int ok)
{
	if (!ok)
		abort();
}

static void
references_hold(const struct fa_references *r)
{
	must(r->n <= FA_DISCOVER_LINKS);
	for (size_t i = 0; i < r->n; i++) {
		struct fa_str href = r->at[i].href;

		must(href.n > 0 && href.p[0] != '#');
		must(!fa_str_ieq(
			fa_str_sub(href, 0, 11), FA_STR("javascript:")));
		must(fa_utf8_valid(r->at[i].text));
		must(fa_str_find(r->at[i].text, FA_STR("\n"), 0) == SIZE_MAX);
		for (size_t k = 0; k < i; k++)
			must(!fa_str_eq(href, r->at[k].href));
	}
}

static void
page_holds(
	const struct fa_listings *all, struct fa_str body, struct fa_arena *a)
{
	const struct fa_read_opts opts = { .name = FA_STR("-"),
		.format = FA_FORMAT_AUTO,
		.charset = FA_STR_NONE };
	struct fa_discover_page page = { .url = FA_STR("https://shop.example/"),
		.body = body };
	struct fa_doc doc;
	struct fa_references r = { .n = 0 };
	struct fa_err err = { .rc = FA_OK };

	if (fa_read(&doc, body, &opts, a, &err) == FA_OK)
		page.doc = &doc;
	if (fa_listing_extract(&r, fa_listing_find(all, FA_STR("shop")), &page,
		    a, &err) == FA_OK)
		references_hold(&r);
	if (fa_discover_related(&r, &page, a, &err) == FA_OK)
		references_hold(&r);
	for (int role = 0; role < FA_ROLE_COUNT; role++) {
		const char *why = NULL;

		(void)fa_discover_kind(&why, &page, (enum fa_role)role);
		must(why != NULL && why[0] != '\0');
	}
}

static void
url_holds(const struct fa_listings *all, struct fa_str url, struct fa_arena *a)
{
	struct fa_target t = { .store_url = url };
	const struct fa_listing *which = NULL;
	struct fa_str out = FA_STR_NONE;
	struct fa_err err = { .rc = FA_OK };

	if (fa_listing_request(&out, &which, all, &t, a, &err) == FA_OK)
		must(fa_str_trim(url).n == 0 || out.n > 0);
	t = (struct fa_target){ .store = FA_STR("shop"), .package = url };
	if (fa_listing_request(&out, &which, all, &t, a, &err) == FA_OK) {
		for (size_t i = 0; i < out.n; i++)
			must(out.p[i] > ' ' && out.p[i] < 0x7f);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str text = { (const char *)data, size };
	struct fa_listing_source source = { FA_STR("fuzz.yaml"),
		fa_str_c(adapter) };
	struct fa_str body = text;
	struct fa_listings *all = NULL;
	struct fa_arena a;
	struct fa_err err = { .rc = FA_OK };
	size_t cut = fa_str_find(text, FA_STR("\n%%\n"), 0);
	int rc;

	if (cut != SIZE_MAX) {
		source.text = fa_str_sub(text, 0, cut + 1);
		body = fa_str_sub(text, cut + 4, text.n);
	}
	fa_arena_init(&a, 512u << 20);
	rc = fa_listings_load(&all, &source, 1, &a, &err);
	must((rc == FA_OK) == (all != NULL));
	must(rc == FA_OK || err.msg[0] != '\0');
	must(cut != SIZE_MAX || rc == FA_OK);
	if (rc == FA_OK) {
		page_holds(all, body, &a);
		url_holds(all, fa_str_sub(body, 0, 300), &a);
	}
	fa_arena_done(&a);
	return 0;
}
