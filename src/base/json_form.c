/* Members of which the names are known beforehand. A piece is written when all
 * its texts are plain and it fits; else its members are written one by one,
 * which comes to the same. */
#include <assert.h>

#include "base/json.h"
#include "base/json_plain.h"
#include "base/json_put.h"

/* Writes the members as such, each with a value of one digit, to see what
 * stands before the values. False when that is too long. */
static bool
make(struct fa_jw_form *form, const struct fa_jw *w)
{
	struct fa_jw probe = *w;
	struct fa_buf out;
	bool fits;

	fa_buf_init(&out, FA_JW_FORM_BYTES);
	probe.out = &out;
	probe.first[probe.depth] = false;
	for (size_t i = 0; i < form->n; i++) {
		fa_jw_name(&probe, form->name[i]);
		form->end[i] = out.n;
		probe.after_key = false;
	}
	fits = out.rc == FA_OK;
	if (fits)
		(void)fa_json_put(form->lead, fa_buf_str(&out));
	fa_buf_done(&out);
	form->depth = fits ? w->depth : 0;
	form->indent = w->indent;
	return fits;
}

/* Is it the text before it once more, as a quote is mostly what is seen? */
static bool
is_same(const struct fa_jw_value *values, size_t i)
{
	return i > 0 && values[i - 1].str.p == values[i].str.p &&
		values[i - 1].str.n == values[i].str.n;
}

/* The most bytes that they take with all that is around them; 0 when a text is
 * not plain. */
static size_t
most_bytes(const struct fa_jw *w, const struct fa_jw_form *form,
	const struct fa_jw_value *values)
{
	size_t bytes = form->end[form->n - 1];

	for (size_t i = 0; i < form->n; i++) {
		struct fa_str s = values[i].str;

		if (values[i].kind != FA_JSON_STRING || s.p == NULL)
			bytes += FA_JSON_INT_BYTES;
		else if (!is_same(values, i) && fa_json_plain(s, w->simd) < s.n)
			return 0;
		else
			bytes += s.n + 2;
	}
	return bytes;
}

static char *
put_value(char *p, const struct fa_jw_value *v)
{
	char digits[FA_JSON_INT_BYTES];

	switch (v->kind) {
	case FA_JSON_INT:
		return fa_json_put(p, fa_json_digits(digits, v->integer));
	case FA_JSON_BOOL:
		return fa_json_put(
			p, v->integer != 0 ? FA_STR("true") : FA_STR("false"));
	default:
		break;
	}
	if (v->str.p == NULL)
		return fa_json_put(p, FA_STR("null"));
	*p++ = '"';
	p = fa_json_put(p, v->str);
	*p++ = '"';
	return p;
}

static void
write_slowly(struct fa_jw *w, const struct fa_jw_form *form,
	const struct fa_jw_value *values)
{
	for (size_t i = 0; i < form->n; i++) {
		const struct fa_jw_value *v = &values[i];

		if (v->kind == FA_JSON_INT)
			fa_jw_member_int(w, form->name[i], v->integer);
		else if (v->kind == FA_JSON_BOOL)
			fa_jw_member_bool(w, form->name[i], v->integer != 0);
		else
			fa_jw_member_str(w, form->name[i], v->str);
	}
}

void
fa_jw_write(struct fa_jw *w, struct fa_jw_form *form,
	const struct fa_jw_value *values)
{
	struct fa_buf *out = w->out;
	size_t bytes = 0, from;
	char *p;

	assert(form->n > 0 && form->n <= FA_JW_FORM_MAX && !w->after_key);
	if ((form->depth == w->depth && form->indent == w->indent) ||
		make(form, w))
		bytes = most_bytes(w, form, values);
	if (bytes == 0 || out->rc != FA_OK || bytes > out->max_bytes - out->n ||
		!fa_buf_reserve(out, bytes)) {
		write_slowly(w, form, values);
		return;
	}
	p = out->p + out->n;
	from = w->first[w->depth] ? 1 : 0; /* without the comma */
	for (size_t i = 0; i < form->n; i++) {
		p = fa_json_put(p,
			(struct fa_str){
				form->lead + from, form->end[i] - from });
		p = put_value(p, &values[i]);
		from = form->end[i];
	}
	*p = '\0';
	out->n = (size_t)(p - out->p);
	w->first[w->depth] = false;
}
