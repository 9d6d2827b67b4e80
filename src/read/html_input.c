/* Buttons and checkboxes that are <input> elements. */
#include "read/html_extract.h"

/* The value of a button, as a block of its own. */
static void
button(struct fa_html *x, const struct fa_html_token *t)
{
	struct fa_str value = fa_html_attr_get(t, "value");
	size_t at;

	if (value.p == NULL)
		return;
	fa_build_break(x->b);
	x->b->proto.kind = FA_BLOCK_CONTROL;
	x->b->proto.checked = false;
	at = x->base + (size_t)(value.p - x->lex.in.p);
	while (value.n > 0) {
		struct fa_html_charref ref;
		size_t n = 1;

		if (value.p[0] == '&' && fa_html_charref(value, true, &ref)) {
			n = ref.bytes;
			fa_build_runes(x->b, ref.cp, ref.n, at, at + n);
		} else {
			while (n < value.n && value.p[n] != '&')
				n++;
			fa_build_slice(x->b, at, at + n);
		}
		at += n;
		value = fa_str_sub(value, n, value.n);
	}
	fa_html_apply(x);
}

/* A checkbox takes the text of the label around it or just before it, if that
 * is its own, else the text that follows. */
static void
checkbox(struct fa_html *x, const struct fa_html_token *t)
{
	bool checked = fa_html_attr_get(t, "checked").p != NULL;
	struct fa_str id = fa_html_attr_get(t, "id");
	size_t at = fa_build_at(x->b);
	bool in_label = x->top[FA_TAG_LABEL] > 0 && at > x->label_at;
	bool after_label = id.n > 0 && fa_str_eq(id, x->label_for) &&
		x->label_end == at && at > x->label_at;

	if (in_label || after_label) {
		if (checked)
			fa_build_check(x->b);
		return;
	}
	fa_build_break(x->b);
	x->b->proto = fa_html_top(x)->ctx;
	x->b->proto.kind = FA_BLOCK_CONTROL;
	x->b->proto.checked = checked;
	x->pending = (struct fa_html_pending){ true, checked, at };
}

void
fa_html_input(struct fa_html *x, const struct fa_html_token *t)
{
	struct fa_str type = fa_str_trim(fa_html_attr_get(t, "type"));

	if (fa_html_is_hidden(x) || fa_html_attr_get(t, "hidden").p != NULL ||
		fa_html_style(fa_html_attr_get(t, "style")).hidden)
		return;
	if (fa_str_ieq(type, FA_STR("submit")) ||
		fa_str_ieq(type, FA_STR("button")) ||
		fa_str_ieq(type, FA_STR("reset")))
		button(x, t);
	else if (fa_str_ieq(type, FA_STR("checkbox")) ||
		fa_str_ieq(type, FA_STR("radio")))
		checkbox(x, t);
}
