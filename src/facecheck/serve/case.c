#include "facecheck/serve/case.h"

#include "base/json.h"
#include "facecheck/machine/mutate.h"

static const struct fc_case reference = { .name = "reference",
	.kind = FC_CASE_REFERENCE,
	.about = "照章办理的人脸核验：先告知，多种方式并列，单独同意，监护人同"
		 "意，"
		 "随时可撤回和注销" };

static const struct fc_case_group *const groups[] = { &fc_cases_choice,
	&fc_cases_consent, &fc_cases_text, &fc_cases_data, &fc_cases_negative };

const struct fc_case *
fc_case_at(size_t i)
{
	if (i == 0)
		return &reference;
	i--;
	for (size_t g = 0; g < FA_COUNT(groups); g++) {
		if (i < groups[g]->n)
			return &groups[g]->cases[i];
		i -= groups[g]->n;
	}
	return NULL;
}

const struct fc_case *
fc_case_find(struct fa_str name)
{
	const struct fc_case *c;

	for (size_t i = 0; (c = fc_case_at(i)); i++)
		if (fa_str_eq(name, fa_str_c(c->name)))
			return c;
	return NULL;
}

int
fc_case_table(struct fc_table *t, const struct fc_case *c, struct fa_err *err)
{
	struct fc_table made;

	fc_table_init(&made);
	if (c->table) {
		size_t i = 0;

		while (i < fc_mutants_n &&
			!fa_str_eq(fa_str_c(c->table),
				fa_str_c(fc_mutants[i].name)))
			i++;
		if (i == fc_mutants_n)
			return fa_fail(err, FA_E_NOTFOUND,
				"the machine has no fault named '%s'",
				c->table);
		fc_mutants[i].apply(&made);
	}
	*t = made;
	return FA_OK;
}

const char *
fc_case_seen_name(enum fc_case_seen s)
{
	static const char *const names[] = { "", "flow", "document", "proof" };

	return names[s];
}

static bool
names_id(const char *ids, struct fa_str id)
{
	struct fa_str rest = fa_str_c(ids);

	while (rest.p) {
		struct fa_str one = fa_str_cut(&rest, ' ');

		if (fa_str_eq(one, id))
			return true;
	}
	return false;
}

static void
write_ids(struct fa_jw *w, const char *key, const char *ids,
	const struct fc_case *but)
{
	struct fa_str rest = fa_str_c(ids);

	fa_jw_key(w, key);
	fa_jw_array(w);
	while (rest.p) {
		struct fa_str id = fa_str_cut(&rest, ' ');

		if (id.n == 0 ||
			(but &&
				(names_id(but->violation, id) ||
					names_id(but->open, id) ||
					names_id(but->not_compliant, id))))
			continue;
		fa_jw_str(w, id);
	}
	fa_jw_end(w, ']');
}

int
fc_case_truth(struct fa_buf *out, const struct fc_case *c, struct fa_err *err)
{
	struct fa_jw w;

	fa_jw_init(&w, out, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "flow", fa_str_c(c->name));
	fa_jw_kstr(&w, "kind", FA_STR("served"));
	fa_jw_kstr(&w, "about", fa_str_c(c->about));
	write_ids(&w, "violation", c->violation, NULL);
	write_ids(&w, "compliant", FC_CASE_KEPT, c);
	write_ids(&w, "cannot_tell", NULL, NULL);
	write_ids(&w, "open", c->open, NULL);
	fa_jw_end(&w, '}');
	fa_buf_addc(out, '\n');
	return fa_buf_rc(out, "the truth", err);
}
