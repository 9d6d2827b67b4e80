/* What attributes say: inline style, numbers, references. */
#include "read/html_extract.h"

void
fa_html_decode(struct fa_str text, struct fa_buf *out)
{
	while (text.n > 0 && out->rc == 0) {
		struct fa_html_charref ref;
		size_t n = 1;

		if (text.p[0] == '&' && fa_html_charref(text, true, &ref)) {
			for (size_t i = 0; i < ref.n; i++)
				fa_buf_add_rune(out, ref.cp[i]);
			n = ref.bytes;
		} else {
			while (n < text.n && text.p[n] != '&')
				n++;
			fa_buf_add(out, fa_str_sub(text, 0, n));
		}
		text = fa_str_sub(text, n, text.n);
	}
}

uint32_t
fa_html_number(struct fa_str value, uint32_t fallback, uint32_t max)
{
	struct fa_str s = fa_str_trim(value);
	uint32_t n = 0;

	if (s.n == 0 || s.p[0] < '0' || s.p[0] > '9')
		return fallback;
	for (size_t i = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++) {
		n = n * 10 + (uint32_t)(s.p[i] - '0');
		if (n >= max)
			return max;
	}
	return n;
}

static bool
word_is(struct fa_str value, const char *word)
{
	struct fa_str w = fa_str_c(word);

	return fa_str_ieq(fa_str_sub(value, 0, w.n), w);
}

/* Only these lengths of names mean something. */
static bool
may_matter(struct fa_str name)
{
	return name.n == 7 || name.n == 10 || name.n == 11;
}

static void
declaration(struct fa_str name, struct fa_str value, struct fa_html_style *out)
{
	if (fa_str_ieq(name, FA_STR("display"))) {
		out->hidden = out->hidden || word_is(value, "none");
		out->block = word_is(value, "block") ||
			word_is(value, "flex") || word_is(value, "grid") ||
			word_is(value, "table") || word_is(value, "list-item");
	} else if (fa_str_ieq(name, FA_STR("visibility"))) {
		out->hidden = out->hidden || word_is(value, "hidden") ||
			word_is(value, "collapse");
	} else if (fa_str_ieq(name, FA_STR("font-weight"))) {
		out->bold = word_is(value, "bold") ||
			fa_html_number(value, 400, 1000) >= 600;
	} else if (fa_str_ieq(name, FA_STR("white-space"))) {
		out->pre = word_is(value, "pre") || word_is(value, "break-sp");
	}
}

struct fa_html_style
fa_html_style(struct fa_str value)
{
	struct fa_html_style style = { false, false, false, false };

	while (value.p != NULL) {
		struct fa_str rest = fa_str_cut(&value, ';');
		struct fa_str name = fa_str_trim(fa_str_cut(&rest, ':'));

		if (rest.p != NULL && may_matter(name))
			declaration(name, fa_str_trim(rest), &style);
	}
	return style;
}
