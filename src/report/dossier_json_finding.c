#include "report/dossier_json.h"

#include "base/clock.h"

static void
put_position(struct fa_jw *w, const char *key, const struct fa_position *p)
{
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kint(w, "line", p->line);
	fa_jw_kint(w, "column", p->column);
	fa_jw_end(w, '}');
}

static void
put_range(struct fa_jw *w, const char *key, struct fa_range r)
{
	fa_jw_key(w, key);
	fa_jw_array(w);
	fa_jw_int(w, r.from);
	fa_jw_int(w, r.to);
	fa_jw_end(w, ']');
}

static void
put_steps(struct fa_jw *w, const struct fa_dossier_passage *p)
{
	fa_jw_key(w, "steps");
	fa_jw_array(w);
	for (size_t i = 0; i < p->steps_n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "screen", p->steps[i].screen);
		fa_jw_kstr(w, "action", p->steps[i].action);
		fa_jw_kstr(w, "basis", fa_str_c(p->steps[i].basis));
		fa_dossier_json_time(w, "at", p->steps[i].at_us);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_flow_place(struct fa_jw *w, const struct fa_dossier_passage *p)
{
	fa_jw_kstr(w, "screen", p->screen);
	fa_jw_kstr(w, "element", p->element);
	fa_jw_kstr(w, "note", p->note);
	put_steps(w, p);
	fa_jw_key(w, "picture");
	if (p->picture == FA_DOSSIER_NONE)
		fa_jw_null(w);
	else
		fa_jw_int(w, (int64_t)p->picture + 1);
	fa_jw_key(w, "box");
	if (!p->has_box) {
		fa_jw_null(w);
		return;
	}
	fa_jw_array(w);
	fa_jw_int(w, p->box.x);
	fa_jw_int(w, p->box.y);
	fa_jw_int(w, p->box.w);
	fa_jw_int(w, p->box.h);
	fa_jw_end(w, ']');
}

static void
put_passages(struct fa_jw *w, const char *key,
	const struct fa_dossier_passage *at, size_t n)
{
	fa_jw_key(w, key);
	fa_jw_array(w);
	for (size_t i = 0; i < n; i++) {
		const struct fa_dossier_passage *p = &at[i];

		fa_jw_object(w);
		fa_jw_kint(w, "text_no", (int64_t)p->document + 1);
		fa_jw_kstr(w, "rule", p->rule);
		fa_jw_kstr(w, "text", p->text);
		fa_jw_kstr(w, "as_written",
			p->raw_text.n > 0 ? p->raw_text : p->text);
		fa_jw_kstr(w, "before", p->before);
		fa_jw_kstr(w, "after", p->after);
		fa_jw_kstr(w, "section", p->section);
		fa_jw_kint(w, "paragraph", p->paragraph);
		fa_jw_kint(w, "sentence", p->sentence);
		put_range(w, "code_points", p->offset);
		put_range(w, "bytes", p->raw);
		put_position(w, "from", &p->from);
		put_position(w, "to", &p->to);
		fa_jw_kbool(w, "cut", p->cut);
		fa_jw_kbool(w, "cut_again_equal", p->recut);
		fa_dossier_json_hex(w, "sha256", p->sha256);
		put_flow_place(w, p);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_law(struct fa_jw *w, const struct fa_dossier_law *l)
{
	char from[FA_DATE_BYTES];

	fa_date_format(l->from, from);
	fa_jw_object(w);
	fa_jw_kstr(w, "source", l->source);
	fa_jw_kstr(w, "code", l->code);
	fa_jw_kstr(w, "article", l->article);
	fa_jw_kstr(w, "number", l->number);
	fa_jw_kstr(w, "issuer", l->issuer);
	fa_jw_kstr(w, "page", l->page);
	fa_jw_kstr(
		w, "in_force_from", l->from > 0 ? fa_str_c(from) : FA_STR_NONE);
	fa_jw_kbool(w, "binding", l->binding);
	fa_jw_kstr(w, "text", l->text);
	fa_jw_kstr(w, "file", l->file);
	fa_dossier_json_digest(w, "digest", &l->digest);
	fa_jw_kbool(w, "file_names_it", l->named);
	fa_jw_end(w, '}');
}

static const char *
review_code(enum fa_dossier_review r)
{
	static const char *const code[] = { [FA_REVIEW_NONE] = "unreviewed",
		[FA_REVIEW_CONFIRMED] = "confirmed",
		[FA_REVIEW_REJECTED] = "rejected",
		[FA_REVIEW_DISPUTED] = "disputed",
		[FA_REVIEW_DOUBTFUL] = "needs-more" };

	return code[r];
}

static void
put_reasoning(struct fa_jw *w, const struct fa_dossier_finding *f)
{
	fa_jw_kstr(w, "reason", f->reason);
	fa_jw_kstr(w, "why", f->why);
	fa_jw_key(w, "elements");
	fa_jw_array(w);
	for (size_t i = 0; i < f->elements_n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "text", f->elements[i].text);
		fa_dossier_json_tri(w, "met", f->elements[i].met);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_dossier_json_texts(w, "rebutted_by", f->rebut, f->rebut_n);
	fa_dossier_json_texts(w, "other_readings", f->readings, f->readings_n);
	fa_jw_kstr(w, "remedy", f->remedy);
	fa_jw_key(w, "review");
	fa_jw_object(w);
	fa_jw_kstr(w, "state", fa_str_c(review_code(f->review)));
	fa_jw_key(w, "opinions");
	fa_jw_array(w);
	for (size_t i = 0; i < f->opinions_n; i++) {
		const struct fa_dossier_opinion *o = &f->opinions[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "state", o->state);
		fa_jw_kstr(w, "by", o->by);
		fa_jw_kstr(w, "role", o->role);
		fa_jw_kstr(w, "note", o->note);
		fa_dossier_json_time(w, "at", o->at_us);
		fa_jw_kint(w, "event", o->seq);
		fa_jw_kbool(w, "superseded", o->superseded);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}

void
fa_dossier_json_finding(struct fa_jw *w, const struct fa_dossier_finding *f)
{
	fa_jw_object(w);
	fa_dossier_json_hex(w, "id", f->fingerprint);
	fa_jw_kstr(w, "obligation", f->obligation);
	fa_jw_kstr(w, "duty", f->duty);
	fa_jw_kstr(w, "fact", f->fact);
	fa_jw_kstr(w, "verdict", fa_str_c(fa_verdict_name(f->verdict)));
	fa_jw_kstr(w, "severity", fa_str_c(fa_severity_name(f->severity)));
	fa_jw_kstr(w, "tier", fa_str_c(fa_tier_name(f->tier)));
	fa_jw_kint(w, "confidence", f->confidence);
	fa_jw_kbool(w, "contradiction", f->contradiction);
	fa_jw_kstr(w, "rule", f->rule);
	fa_jw_kstr(w, "rule_title", f->rule_title);
	fa_jw_kint(w, "rule_hits", f->hits);
	fa_jw_kint(w, "rule_right", f->right);
	fa_jw_kstr(w, "known_false_positives", f->known_wrong);
	fa_jw_key(w, "law");
	fa_jw_array(w);
	for (size_t i = 0; i < f->laws_n; i++)
		put_law(w, &f->laws[i]);
	fa_jw_end(w, ']');
	put_passages(w, "for", f->pro, f->pro_n);
	fa_jw_kint(w, "for_all", (int64_t)f->pro_all);
	put_passages(w, "against", f->contra, f->contra_n);
	fa_jw_kint(w, "against_all", (int64_t)f->contra_all);
	put_reasoning(w, f);
	fa_jw_end(w, '}');
}
