#include <assert.h>
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"

#define INT_DIGITS 20 /* of INT64_MIN, with its sign */

void
fa_jw_init(struct fa_jw *w, struct fa_buf *out, int indent)
{
	*w = (struct fa_jw){ .out = out, .indent = indent };
	w->first[0] = true;
}

/* Makes room for an item of so many bytes and writes what stands before it:
 * the comma behind the last one, a line and its blanks. Returns where the item
 * is to be written, or NULL when the buffer has failed. */
static char *
take_item(struct fa_jw *w, size_t bytes)
{
	bool comma = false;
	size_t blanks = 0;
	char *p;

	if (w->after_key) {
		w->after_key = false;
		return fa_buf_take(w->out, bytes);
	}
	comma = !w->first[w->depth];
	w->first[w->depth] = false;
	if (w->indent > 0 && w->depth > 0)
		blanks = (size_t)w->indent * w->depth + 1;
	p = fa_buf_take(w->out, comma + blanks + bytes);
	if (p == NULL)
		return NULL;
	if (comma)
		*p++ = ',';
	if (blanks > 0) {
		*p++ = '\n';
		p = (char *)memset(p, ' ', blanks - 1) + blanks - 1;
	}
	return p;
}

static void
add_item(struct fa_jw *w, struct fa_str text)
{
	char *p = take_item(w, text.n);

	if (p != NULL)
		memcpy(p, text.p, text.n);
}

static void
open_level(struct fa_jw *w, char opening)
{
	add_item(w, (struct fa_str){ &opening, 1 });
	if (w->depth + 1 >= FA_JSON_MAX_DEPTH) {
		if (w->out->rc == FA_OK)
			w->out->rc = FA_E_LIMIT;
		return;
	}
	w->first[++w->depth] = true;
}

void
fa_jw_object(struct fa_jw *w)
{
	open_level(w, '{');
}

void
fa_jw_array(struct fa_jw *w)
{
	open_level(w, '[');
}

void
fa_jw_end(struct fa_jw *w, char closing)
{
	size_t blanks = 0;
	char *p;

	assert(closing == '}' || closing == ']');
	if (w->depth == 0) {
		assert(w->out->rc != FA_OK); /* else end without begin */
		return;
	}
	if (!w->first[w->depth--] && w->indent > 0)
		blanks = (size_t)w->indent * w->depth + 1;
	p = fa_buf_take(w->out, blanks + 1);
	if (p == NULL)
		return;
	if (blanks > 0) {
		*p++ = '\n';
		p = (char *)memset(p, ' ', blanks - 1) + blanks - 1;
	}
	*p = closing;
}

static void
add_escape(struct fa_buf *out, uint32_t cp)
{
	static const char hex[] = "0123456789abcdef";
	char code[6] = { '\\', 'u', hex[cp >> 12 & 15], hex[cp >> 8 & 15],
		hex[cp >> 4 & 15], hex[cp & 15] };

	switch (cp) {
	case '"':
		fa_buf_adds(out, "\\\"");
		break;
	case '\\':
		fa_buf_adds(out, "\\\\");
		break;
	case '\n':
		fa_buf_adds(out, "\\n");
		break;
	case '\r':
		fa_buf_adds(out, "\\r");
		break;
	case '\t':
		fa_buf_adds(out, "\\t");
		break;
	default:
		fa_buf_add(out, (struct fa_str){ code, sizeof(code) });
		break;
	}
}

/* Beyond the basic plane it takes two (RFC 8259, 7). */
static void
add_escapes(struct fa_buf *out, uint32_t cp)
{
	if (cp > 0xFFFF) {
		add_escape(out, 0xD800 + ((cp - 0x10000) >> 10));
		cp = 0xDC00 + ((cp - 0x10000) & 0x3FF);
	}
	add_escape(out, cp);
}

/* Characters that show nothing, or change how others are shown. Variation
 * selectors only choose a glyph. */
static bool
hides(uint32_t cp)
{
	/* Most that is written, soon told. */
	if (cp < 0xAD || (cp > 0x3164 && cp < 0xFE00))
		return false;
	if ((cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0xE0100 && cp <= 0xE01EF))
		return false;
	return cp == 0x2028 || cp == 0x2029 || (cp >= 0xFFF9 && cp <= 0xFFFB) ||
		fa_rune_is_ignorable(cp);
}

/* Who looks at the raw text shall not be fooled either. */
static bool
needs_escape(const struct fa_jw *w, uint32_t cp)
{
	return cp < 0x20 || cp == '"' || cp == '\\' ||
		(cp >= 0x7f && cp < 0xa0) || hides(cp) ||
		(w->nonchars && (cp == 0xFFFE || cp == 0xFFFF));
}

/* Most text is plain: printable ASCII without quotes and backslashes, and
 * Chinese. It is told apart eight bytes or one character at a time, without
 * decoding; whatever is not surely plain is decoded and looked at. */

/* Of a sequence of three bytes by the low half of its first: the second bytes
 * (as bits, less 0x80) behind which something may hide, or that are malformed
 * (overlong, surrogates). */
#define BIT(second) (UINT64_C(1) << ((second)-0x80))
static const uint64_t doubtful[16] = {
	[0x0] = BIT(0xa0) - 1,                     /* E0: overlong */
	[0x1] = BIT(0x85) | BIT(0x9e) | BIT(0xa0), /* U+115F 17B4 180B */
	[0x2] = BIT(0x80) | BIT(0x81),             /* U+200B 2060 */
	[0x3] = BIT(0x85),                         /* U+3164 */
	[0xd] = ~(BIT(0xa0) - 1),                  /* ED: surrogates */
	[0xf] = BIT(0xbb) | BIT(0xbe) | BIT(0xbf), /* U+FEFF FFA0 FFF0 */
};
/* The third bytes behind E2 80 of what hides: U+200B-200F, 2028-202E. */
#define HIDDEN_E280 (UINT64_C(0x1f) << 0x0b | UINT64_C(0x7f) << 0x28)

/* Are these bytes of a sequence of three a plain character? */
static FA_INLINE bool
plain_three(unsigned a, unsigned b, unsigned c)
{
	if ((a & 0xf0) != 0xe0 || (b & 0xc0) != 0x80 || (c & 0xc0) != 0x80)
		return false;
	if ((doubtful[a & 15] >> (b & 63) & 1) == 0)
		return true;
	return a == 0xe2 && b == 0x80 && (HIDDEN_E280 >> (c & 63) & 1) == 0;
}

/* The bytes of the plain character at p, of which n > 0 bytes are there; 0
 * when it is not surely plain. */
static size_t
plain_rune(const unsigned char *p, size_t n)
{
	if (p[0] < 0x80)
		return p[0] >= 0x20 && p[0] != '"' && p[0] != '\\' &&
			p[0] != 0x7f;
	if (p[0] >= 0xe0)
		return n >= 3 && plain_three(p[0], p[1], p[2]) ? 3 : 0;
	/* U+00AD, 034F and 061C hide, and U+0080-009F are controls. */
	return n >= 2 && p[0] > 0xc2 && p[0] != 0xcd && p[0] != 0xd8 &&
			(p[1] & 0xc0) == 0x80
		? 2
		: 0;
}

/* Are all eight bytes plain ASCII? */
static bool
plain_word(uint64_t v)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t quote = v ^ ones * '"', slash = v ^ ones * '\\';
	uint64_t del = v ^ ones * 0x7f;

	/* A byte below a borrow may be taken for one that is not plain, never
	 * the other way round. */
	return ((v | (v - ones * 0x20) | (quote - ones) | (slash - ones) |
			(del - ones)) &
		       ones << 7) == 0;
}

static bool
plain_eight(const unsigned char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return plain_word(v);
}

/* Is it plain ASCII of up to 16 bytes, as keys and names are? Two loads that
 * overlap see all of it. */
static bool
plain_name(struct fa_str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	uint32_t a, b;

	if (s.n > 16 || s.n < 4)
		return false;
	if (s.n >= 8)
		return plain_eight(p) && plain_eight(p + s.n - 8);
	memcpy(&a, p, sizeof(a));
	memcpy(&b, p + s.n - 4, sizeof(b));
	return plain_word((uint64_t)a << 32 | b);
}

/* How many bytes at the start of s stand for themselves in a string. */
static size_t
plain(struct fa_str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t at = 0;

	if (plain_name(s))
		return s.n;
	while (at < s.n) {
		size_t n;

		while (s.n - at >= 3 &&
			plain_three(p[at], p[at + 1], p[at + 2]))
			at += 3;
		while (s.n - at >= 8 && plain_eight(p + at))
			at += 8;
		if (at == s.n ||
			(at >= 8 && plain_eight(p + s.n - 8) && s.n - at <= 8))
			return s.n;
		n = plain_rune(p + at, s.n - at);
		if (n == 0)
			break;
		at += n;
	}
	return at;
}

/* The rest of a string, of which the first bytes are plain. */
static void
add_doubtful(struct fa_jw *w, struct fa_str s, size_t at)
{
	size_t done = 0; /* bytes of s that are in the output */

	while (at < s.n) {
		uint32_t cp;
		size_t n = fa_utf8_next(
			(struct fa_str){ s.p + at, s.n - at }, &cp);
		bool malformed = cp == FA_RUNE_BAD && n == 1;

		if (malformed || needs_escape(w, cp)) {
			fa_buf_add(w->out, fa_str_sub(s, done, at));
			if (malformed)
				fa_buf_add_rune(w->out, FA_RUNE_BAD);
			else
				add_escapes(w->out, cp);
			done = at + n;
		}
		at += n;
		at += plain(fa_str_sub(s, at, s.n));
	}
	fa_buf_add(w->out, fa_str_sub(s, done, s.n));
}

/* An item that is a string, and what stands behind its closing quote. */
static void
add_string(struct fa_jw *w, struct fa_str s, struct fa_str behind)
{
	size_t n = plain(s);
	char *p;

	if (n < s.n) {
		add_item(w, FA_STR("\""));
		add_doubtful(w, s, n);
		fa_buf_addc(w->out, '"');
		fa_buf_add(w->out, behind);
		return;
	}
	p = take_item(w, s.n + 2 + behind.n);
	if (p == NULL)
		return;
	*p++ = '"';
	if (s.n > 0)
		memcpy(p, s.p, s.n);
	p[s.n] = '"';
	memcpy(p + s.n + 1, behind.p, behind.n);
}

void
fa_jw_key(struct fa_jw *w, const char *key)
{
	assert(!w->after_key);
	add_string(
		w, fa_str_c(key), w->indent > 0 ? FA_STR(": ") : FA_STR(":"));
	w->after_key = true;
}

void
fa_jw_str(struct fa_jw *w, struct fa_str s)
{
	add_string(w, s, FA_STR(""));
}

void
fa_jw_int(struct fa_jw *w, int64_t v)
{
	uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	char digits[INT_DIGITS];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (v < 0)
		digits[--at] = '-';
	add_item(w, (struct fa_str){ digits + at, sizeof(digits) - at });
}

void
fa_jw_bool(struct fa_jw *w, bool v)
{
	add_item(w, v ? FA_STR("true") : FA_STR("false"));
}

void
fa_jw_null(struct fa_jw *w)
{
	add_item(w, FA_STR("null"));
}

void
fa_jw_members(struct fa_jw *w, struct fa_str text)
{
	fa_buf_add(w->out, text);
	w->first[w->depth] = w->first[w->depth] && text.n == 0;
}

void
fa_jw_kstr(struct fa_jw *w, const char *key, struct fa_str s)
{
	fa_jw_key(w, key);
	if (s.p == NULL)
		fa_jw_null(w);
	else
		fa_jw_str(w, s);
}

void
fa_jw_kint(struct fa_jw *w, const char *key, int64_t v)
{
	fa_jw_key(w, key);
	fa_jw_int(w, v);
}

void
fa_jw_kbool(struct fa_jw *w, const char *key, bool v)
{
	fa_jw_key(w, key);
	fa_jw_bool(w, v);
}
