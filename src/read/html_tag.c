#include "read/html_tag.h"

#define NAME_BYTES 10 /* longest known name */

/* One letter per flag, to keep the table readable. */
#define B FA_TAG_BLOCK
#define V FA_TAG_VOID
#define H FA_TAG_HIDDEN
#define P FA_TAG_CLOSE_P
#define S FA_TAG_SCOPE
#define T FA_TAG_TABLE_PART
#define N FA_TAG_HEADING
#define R FA_TAG_RCDATA
#define W FA_TAG_RAWTEXT

struct tag {
	struct fa_str name;
	unsigned flags;
};

static const struct tag tags[FA_TAG_OTHER] = {
	{ FA_STR_INIT("a"), 0 },
	{ FA_STR_INIT("address"), B | P },
	{ FA_STR_INIT("area"), V },
	{ FA_STR_INIT("article"), B | P },
	{ FA_STR_INIT("aside"), B | P },
	{ FA_STR_INIT("audio"), H },
	{ FA_STR_INIT("b"), 0 },
	{ FA_STR_INIT("base"), V },
	{ FA_STR_INIT("blockquote"), B | P },
	{ FA_STR_INIT("body"), B },
	{ FA_STR_INIT("br"), V },
	{ FA_STR_INIT("button"), B },
	{ FA_STR_INIT("canvas"), H },
	{ FA_STR_INIT("caption"), B | S | T },
	{ FA_STR_INIT("center"), B | P },
	{ FA_STR_INIT("col"), V },
	{ FA_STR_INIT("datalist"), H },
	{ FA_STR_INIT("dd"), B | P },
	{ FA_STR_INIT("details"), B | P },
	{ FA_STR_INIT("dialog"), B | P },
	{ FA_STR_INIT("dir"), B | P },
	{ FA_STR_INIT("div"), B | P },
	{ FA_STR_INIT("dl"), B | P },
	{ FA_STR_INIT("dt"), B | P },
	{ FA_STR_INIT("embed"), V },
	{ FA_STR_INIT("fieldset"), B | P },
	{ FA_STR_INIT("figcaption"), B | P },
	{ FA_STR_INIT("figure"), B | P },
	{ FA_STR_INIT("footer"), B | P },
	{ FA_STR_INIT("form"), B | P },
	{ FA_STR_INIT("frame"), V },
	{ FA_STR_INIT("h1"), B | P | N },
	{ FA_STR_INIT("h2"), B | P | N },
	{ FA_STR_INIT("h3"), B | P | N },
	{ FA_STR_INIT("h4"), B | P | N },
	{ FA_STR_INIT("h5"), B | P | N },
	{ FA_STR_INIT("h6"), B | P | N },
	{ FA_STR_INIT("head"), 0 },
	{ FA_STR_INIT("header"), B | P },
	{ FA_STR_INIT("hgroup"), B | P },
	{ FA_STR_INIT("hr"), B | V | P },
	{ FA_STR_INIT("html"), B },
	{ FA_STR_INIT("iframe"), H | W },
	{ FA_STR_INIT("img"), V },
	{ FA_STR_INIT("input"), V },
	{ FA_STR_INIT("label"), B },
	{ FA_STR_INIT("legend"), B },
	{ FA_STR_INIT("li"), B | P },
	{ FA_STR_INIT("link"), V },
	{ FA_STR_INIT("listing"), B | P },
	{ FA_STR_INIT("main"), B | P },
	{ FA_STR_INIT("math"), 0 },
	{ FA_STR_INIT("menu"), B | P },
	{ FA_STR_INIT("meta"), V },
	{ FA_STR_INIT("nav"), B | P },
	{ FA_STR_INIT("noembed"), H | W },
	{ FA_STR_INIT("noframes"), B | H | W },
	{ FA_STR_INIT("noscript"), H | W },
	{ FA_STR_INIT("object"), S },
	{ FA_STR_INIT("ol"), B | P },
	{ FA_STR_INIT("optgroup"), B },
	{ FA_STR_INIT("option"), B },
	{ FA_STR_INIT("p"), B | P },
	{ FA_STR_INIT("param"), V },
	{ FA_STR_INIT("plaintext"), B | P },
	{ FA_STR_INIT("pre"), B | P },
	{ FA_STR_INIT("rp"), H },
	{ FA_STR_INIT("script"), H },
	{ FA_STR_INIT("search"), B | P },
	{ FA_STR_INIT("section"), B | P },
	{ FA_STR_INIT("select"), B },
	{ FA_STR_INIT("source"), V },
	{ FA_STR_INIT("strong"), 0 },
	{ FA_STR_INIT("style"), H | W },
	{ FA_STR_INIT("summary"), B | P },
	{ FA_STR_INIT("svg"), 0 },
	{ FA_STR_INIT("table"), B | P | S | T },
	{ FA_STR_INIT("tbody"), B | T },
	{ FA_STR_INIT("td"), B | S | T },
	{ FA_STR_INIT("template"), H | S },
	{ FA_STR_INIT("textarea"), B | R },
	{ FA_STR_INIT("tfoot"), B | T },
	{ FA_STR_INIT("th"), B | S | T },
	{ FA_STR_INIT("thead"), B | T },
	{ FA_STR_INIT("title"), R },
	{ FA_STR_INIT("tr"), B | T },
	{ FA_STR_INIT("track"), V },
	{ FA_STR_INIT("ul"), B | P },
	{ FA_STR_INIT("video"), H },
	{ FA_STR_INIT("wbr"), V },
	{ FA_STR_INIT("xmp"), B | P | W },
};

unsigned
fa_tag_find(struct fa_str name)
{
	char low[NAME_BYTES];
	struct fa_str key = { low, name.n };
	size_t lo = 0;
	size_t hi = FA_TAG_OTHER;
	unsigned hash = 0;

	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (i < NAME_BYTES)
			low[i] = c;
		hash = hash * 31 + (unsigned char)c;
	}
	if (name.n > NAME_BYTES)
		return FA_TAG_OTHER + hash % FA_TAG_BUCKETS;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = fa_str_cmp(key, tags[mid].name);

		if (order == 0)
			return (unsigned)mid;
		if (order < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return FA_TAG_OTHER + hash % FA_TAG_BUCKETS;
}

unsigned
fa_tag_flags(unsigned tag)
{
	return tag < FA_TAG_OTHER ? tags[tag].flags : 0;
}
