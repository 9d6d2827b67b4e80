#include "read/html_tag.h"

#include <string.h>

#define NAME_BYTES 16 /* no known name is longer */

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
	char name[NAME_BYTES];
	unsigned flags;
};

static const struct tag tags[FA_TAG_OTHER] = {
	{ "a", 0 },
	{ "address", B | P },
	{ "area", V },
	{ "article", B | P },
	{ "aside", B | P },
	{ "audio", H },
	{ "b", 0 },
	{ "base", V },
	{ "blockquote", B | P },
	{ "body", B },
	{ "br", V },
	{ "button", B },
	{ "canvas", H },
	{ "caption", B | S | T },
	{ "center", B | P },
	{ "col", V },
	{ "datalist", H },
	{ "dd", B | P },
	{ "details", B | P },
	{ "dialog", B | P },
	{ "dir", B | P },
	{ "div", B | P },
	{ "dl", B | P },
	{ "dt", B | P },
	{ "embed", V },
	{ "fieldset", B | P },
	{ "figcaption", B | P },
	{ "figure", B | P },
	{ "footer", B | P },
	{ "form", B | P },
	{ "frame", V },
	{ "h1", B | P | N },
	{ "h2", B | P | N },
	{ "h3", B | P | N },
	{ "h4", B | P | N },
	{ "h5", B | P | N },
	{ "h6", B | P | N },
	{ "head", 0 },
	{ "header", B | P },
	{ "hgroup", B | P },
	{ "hr", B | V | P },
	{ "html", B },
	{ "iframe", H | W },
	{ "img", V },
	{ "input", V },
	{ "label", B },
	{ "legend", B },
	{ "li", B | P },
	{ "link", V },
	{ "listing", B | P },
	{ "main", B | P },
	{ "math", 0 },
	{ "menu", B | P },
	{ "meta", V },
	{ "nav", B | P },
	{ "noembed", H | W },
	{ "noframes", B | H | W },
	{ "noscript", H | W },
	{ "object", S },
	{ "ol", B | P },
	{ "optgroup", B },
	{ "option", B },
	{ "p", B | P },
	{ "param", V },
	{ "plaintext", B | P },
	{ "pre", B | P },
	{ "rp", H },
	{ "script", H },
	{ "search", B | P },
	{ "section", B | P },
	{ "select", B },
	{ "source", V },
	{ "strong", 0 },
	{ "style", H | W },
	{ "summary", B | P },
	{ "svg", 0 },
	{ "table", B | P | S | T },
	{ "tbody", B | T },
	{ "td", B | S | T },
	{ "template", H | S },
	{ "textarea", B | R },
	{ "tfoot", B | T },
	{ "th", B | S | T },
	{ "thead", B | T },
	{ "title", R },
	{ "tr", B | T },
	{ "track", V },
	{ "ul", B | P },
	{ "video", H },
	{ "wbr", V },
	{ "xmp", B | P | W },
};

/* The first tag of each letter, and the one behind the last of z. */
static const uint8_t letters[27] = { FA_TAG_A, FA_TAG_B, FA_TAG_CANVAS,
	FA_TAG_DATALIST, FA_TAG_EMBED, FA_TAG_FIELDSET, FA_TAG_H1, FA_TAG_H1,
	FA_TAG_IFRAME, FA_TAG_LABEL, FA_TAG_LABEL, FA_TAG_LABEL, FA_TAG_MAIN,
	FA_TAG_NAV, FA_TAG_OBJECT, FA_TAG_P, FA_TAG_RP, FA_TAG_RP,
	FA_TAG_SCRIPT, FA_TAG_TABLE, FA_TAG_UL, FA_TAG_VIDEO, FA_TAG_WBR,
	FA_TAG_XMP, FA_TAG_OTHER, FA_TAG_OTHER, FA_TAG_OTHER };

unsigned
fa_tag_find(struct fa_str name)
{
	char low[NAME_BYTES] = { 0 };
	unsigned hash = 0;

	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (i < NAME_BYTES)
			low[i] = c;
		hash = hash * 31 + (unsigned char)c;
	}
	/* Zeros fill the names of the table; they end none. */
	if (name.n > 0 && name.n < NAME_BYTES && low[name.n - 1] != '\0' &&
		low[0] >= 'a' && low[0] <= 'z') {
		unsigned letter = (unsigned)(low[0] - 'a');

		for (unsigned t = letters[letter]; t < letters[letter + 1]; t++)
			if (memcmp(low, tags[t].name, NAME_BYTES) == 0)
				return t;
	}
	return FA_TAG_OTHER + hash % FA_TAG_BUCKETS;
}

unsigned
fa_tag_flags(unsigned tag)
{
	return tag < FA_TAG_OTHER ? tags[tag].flags : 0;
}
