#include <assert.h>
#include <string.h>

#include "base/json.h"
#include "base/json_plain.h"
#include "base/json_put.h"
#include "base/utf8.h"

void
fa_jw_init(struct fa_jw *w, struct fa_buf *out, int indent)
{
	*w = (struct fa_jw){
		.out = out, .indent = indent, .simd = fa_cpu_simd()
	};
	w->first[0] = true;
}

/* The line behind the last item, with the blanks of a depth. */
static size_t
line_bytes(const struct fa_jw *w, unsigned depth)
{
	return w->indent > 0 ? (size_t)w->indent * depth + 1 : 0;
}

static char *
put_line(char *p, size_t bytes)
{
	static const struct fa_str line = FA_STR_INIT("\n               ");

	if (bytes <= line.n)
		return fa_json_put(p, (struct fa_str){ line.p, bytes });
	*p++ = '\n';
	return (char *)memset(p, ' ', bytes - 1) + bytes - 1;
}

/* Makes room for an item of so many bytes and writes what stands before it:
 * the comma behind the last one, a line and its blanks, its name (FA_STR_NONE
 * in an array, or when it stands there). Returns where the item is to be
 * written, or NULL when the buffer has failed. */
static FA_INLINE char *
take_item(struct fa_jw *w, struct fa_str name, size_t bytes)
{
	struct fa_str colon = w->indent > 0 ? FA_STR("\": ") : FA_STR("\":");
	bool comma;
	size_t line;
	char *p;

	if (w->after_key) {
		assert(name.p == NULL);
		w->after_key = false;
		return fa_buf_take(w->out, bytes);
	}
	comma = !w->first[w->depth];
	w->first[w->depth] = false;
	line = w->depth > 0 ? line_bytes(w, w->depth) : 0;
	if (name.p != NULL)
		bytes += 1 + name.n + colon.n;
	p = fa_buf_take(w->out, comma + line + bytes);
	if (p == NULL)
		return NULL;
	if (comma)
		*p++ = ',';
	p = put_line(p, line);
	if (name.p == NULL)
		return p;
	*p++ = '"';
	return fa_json_put(fa_json_put(p, name), colon);
}

static void
add_item(struct fa_jw *w, struct fa_str name, struct fa_str text)
{
	char *p = take_item(w, name, text.n);

	if (p != NULL)
		(void)fa_json_put(p, text);
}

static void
open_level(struct fa_jw *w, char opening)
{
	add_item(w, FA_STR_NONE, (struct fa_str){ &opening, 1 });
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
	size_t line = 0;
	char *p;

	assert(closing == '}' || closing == ']');
	if (w->depth == 0) {
		assert(w->out->rc != FA_OK); /* else end without begin */
		return;
	}
	if (!w->first[w->depth--])
		line = line_bytes(w, w->depth);
	p = fa_buf_take(w->out, line + 1);
	if (p != NULL)
		*put_line(p, line) = closing;
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
		at += fa_json_plain(fa_str_sub(s, at, s.n), w->simd);
	}
	fa_buf_add(w->out, fa_str_sub(s, done, s.n));
}

static void
add_string(struct fa_jw *w, struct fa_str name, struct fa_str s)
{
	size_t n = fa_json_plain(s, w->simd);
	char *p;

	if (n < s.n) {
		add_item(w, name, FA_STR("\""));
		add_doubtful(w, s, n);
		fa_buf_addc(w->out, '"');
		return;
	}
	p = take_item(w, name, s.n + 2);
	if (p == NULL)
		return;
	*p++ = '"';
	if (s.n > 0)
		p = fa_json_put(p, s);
	*p = '"';
}

static void
add_int(struct fa_jw *w, struct fa_str name, int64_t v)
{
	char digits[FA_JSON_INT_BYTES];

	add_item(w, name, fa_json_digits(digits, v));
}

static void
add_bool(struct fa_jw *w, struct fa_str name, bool v)
{
	add_item(w, name, v ? FA_STR("true") : FA_STR("false"));
}

void
fa_jw_name(struct fa_jw *w, struct fa_str name)
{
	assert(!w->after_key);
	add_item(w, name, FA_STR(""));
	w->after_key = true;
}

void
fa_jw_str(struct fa_jw *w, struct fa_str s)
{
	add_string(w, FA_STR_NONE, s);
}

void
fa_jw_int(struct fa_jw *w, int64_t v)
{
	add_int(w, FA_STR_NONE, v);
}

void
fa_jw_bool(struct fa_jw *w, bool v)
{
	add_bool(w, FA_STR_NONE, v);
}

void
fa_jw_null(struct fa_jw *w)
{
	add_item(w, FA_STR_NONE, FA_STR("null"));
}

void
fa_jw_members(struct fa_jw *w, struct fa_str text)
{
	fa_buf_add(w->out, text);
	w->first[w->depth] = w->first[w->depth] && text.n == 0;
}

void
fa_jw_member_str(struct fa_jw *w, struct fa_str name, struct fa_str s)
{
	if (s.p == NULL)
		add_item(w, name, FA_STR("null"));
	else
		add_string(w, name, s);
}

void
fa_jw_member_int(struct fa_jw *w, struct fa_str name, int64_t v)
{
	add_int(w, name, v);
}

void
fa_jw_member_bool(struct fa_jw *w, struct fa_str name, bool v)
{
	add_bool(w, name, v);
}
