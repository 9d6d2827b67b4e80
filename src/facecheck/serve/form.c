#include "facecheck/serve/form.h"

#include "base/num.h"
#include "base/utf8.h"

/* Decodes in place: what comes out is never longer. */
static int
decode(struct fa_str *out, struct fa_str s, struct fa_arena *a,
	struct fa_err *err)
{
	char *p = fa_arena_new(a, s.n + 1, 1);
	size_t n = 0;

	if (!p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a form");
	for (size_t i = 0; i < s.n; i++) {
		uint64_t byte = (unsigned char)s.p[i];

		if (s.p[i] == '+') {
			byte = ' ';
		} else if (s.p[i] == '%') {
			if (s.n - i < 3 ||
				!fa_num_hex(fa_str_sub(s, i + 1, i + 3), 255,
					&byte))
				return fa_fail(err, FA_E_INPUT,
					"form has a bad percent sequence");
			i += 2;
		}
		if (byte == 0)
			return fa_fail(err, FA_E_INPUT, "form has a NUL");
		p[n++] = (char)(unsigned char)byte;
	}
	*out = (struct fa_str){ p, n };
	if (!fa_utf8_valid(*out))
		return fa_fail(err, FA_E_INPUT, "form is not UTF-8");
	return FA_OK;
}

int
fc_form_parse(struct fc_form *out, struct fa_str s, struct fa_arena *a,
	struct fa_err *err)
{
	struct fc_form f = { .n = 0 };

	if (s.n > FC_FORM_BYTES)
		return fa_fail(err, FA_E_LIMIT, "form is %zu bytes, limit %d",
			s.n, FC_FORM_BYTES);
	while (s.p) {
		struct fa_str value = fa_str_cut(&s, '&'), name;
		int rc;

		if (value.n == 0)
			continue;
		if (f.n == FC_FORM_FIELDS)
			return fa_fail(err, FA_E_LIMIT,
				"form has more than %d fields", FC_FORM_FIELDS);
		name = fa_str_cut(&value, '=');
		if (!value.p)
			value = FA_STR("");
		rc = decode(&f.at[f.n].name, name, a, err);
		if (rc == FA_OK)
			rc = decode(&f.at[f.n].value, value, a, err);
		if (rc < 0)
			return rc;
		f.n++;
	}
	*out = f;
	return FA_OK;
}

struct fa_str
fc_form_get(const struct fc_form *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (fa_str_eq(f->at[i].name, fa_str_c(name)))
			return f->at[i].value;
	return FA_STR_NONE;
}
