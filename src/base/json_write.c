#include <assert.h>
#include <inttypes.h>

#include "base/json.h"
#include "base/utf8.h"

void
fa_jw_init(struct fa_jw *w, struct fa_buf *out, int indent)
{
	*w = (struct fa_jw){ .out = out, .indent = indent };
	w->first[0] = true;
}

static void
new_line(struct fa_jw *w)
{
	static const char blanks[] = "                                ";
	size_t n = (size_t)w->indent * w->depth;

	if (w->indent <= 0)
		return;
	fa_buf_addc(w->out, '\n');
	while (n > 0) {
		size_t part = n < sizeof(blanks) - 1 ? n : sizeof(blanks) - 1;

		fa_buf_add(w->out, (struct fa_str){ blanks, part });
		n -= part;
	}
}

/* What stands before a key, or before a value that has no key. */
static void
begin_item(struct fa_jw *w)
{
	if (w->after_key) {
		w->after_key = false;
		return;
	}
	if (!w->first[w->depth])
		fa_buf_addc(w->out, ',');
	w->first[w->depth] = false;
	if (w->depth > 0)
		new_line(w);
}

static void
open_level(struct fa_jw *w, char opening)
{
	begin_item(w);
	fa_buf_addc(w->out, opening);
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
	bool empty;

	assert(closing == '}' || closing == ']');
	if (w->depth == 0) {
		assert(w->out->rc != FA_OK); /* else end without begin */
		return;
	}
	empty = w->first[w->depth--];
	if (!empty)
		new_line(w);
	fa_buf_addc(w->out, closing);
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
needs_escape(uint32_t cp)
{
	return cp < 0x20 || cp == '"' || cp == '\\' ||
		(cp >= 0x7f && cp < 0xa0) || hides(cp);
}

static void
put_string(struct fa_jw *w, struct fa_str s)
{
	size_t done = 0; /* bytes of s that are in the output */
	size_t at = 0;

	fa_buf_addc(w->out, '"');
	while (at < s.n) {
		uint32_t cp;
		size_t n = fa_utf8_next(
			(struct fa_str){ s.p + at, s.n - at }, &cp);
		bool malformed = cp == FA_RUNE_BAD && n == 1;

		if (malformed || needs_escape(cp)) {
			fa_buf_add(w->out, fa_str_sub(s, done, at));
			if (malformed)
				fa_buf_add_rune(w->out, FA_RUNE_BAD);
			else
				add_escapes(w->out, cp);
			done = at + n;
		}
		at += n;
	}
	fa_buf_add(w->out, fa_str_sub(s, done, s.n));
	fa_buf_addc(w->out, '"');
}

void
fa_jw_key(struct fa_jw *w, const char *key)
{
	assert(!w->after_key);
	begin_item(w);
	put_string(w, fa_str_c(key));
	fa_buf_adds(w->out, w->indent > 0 ? ": " : ":");
	w->after_key = true;
}

void
fa_jw_str(struct fa_jw *w, struct fa_str s)
{
	begin_item(w);
	put_string(w, s);
}

void
fa_jw_int(struct fa_jw *w, int64_t v)
{
	begin_item(w);
	fa_buf_addf(w->out, "%" PRId64, v);
}

void
fa_jw_bool(struct fa_jw *w, bool v)
{
	begin_item(w);
	fa_buf_adds(w->out, v ? "true" : "false");
}

void
fa_jw_null(struct fa_jw *w)
{
	begin_item(w);
	fa_buf_adds(w->out, "null");
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
