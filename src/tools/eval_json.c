/* The result of `faceaudit eval` for programs: schema faceaudit-eval/1. All
 * ratios are integers in thousandths, null when undefined. */
#include "tools/eval.h"

#include "base/clock.h"
#include "base/json.h"
#include "score/score.h"
#include "tools/eval_flows.h"

static void
put_ratio(struct fa_jw *w, const char *key, int32_t t)
{
	fa_jw_key(w, key);
	if (t < 0)
		fa_jw_null(w);
	else
		fa_jw_int(w, t);
}

static void
put_tally(struct fa_jw *w, const char *key, struct fa_eval_tally t)
{
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kint(w, "gold", t.gold);
	fa_jw_kint(w, "got", t.got);
	fa_jw_kint(w, "right", t.right);
	put_ratio(w, "precision", fa_eval_precision(t));
	fa_jw_kint(w, "precision_low", fa_score_wilson(t.right, t.got));
	fa_jw_kint(w, "precision_high", fa_score_wilson_upper(t.right, t.got));
	put_ratio(w, "recall", fa_eval_recall(t));
	put_ratio(w, "f1", fa_eval_f1(t));
	fa_jw_end(w, '}');
}

static void
put_verdicts(struct fa_jw *w, const struct fa_eval_pool *p)
{
	fa_jw_key(w, "verdicts");
	fa_jw_object(w);
	for (size_t i = 0; i < FA_VERDICT_COUNT; i++) {
		char key[] = { fa_verdict_letter(fa_eval_letters[i]), '\0' };

		put_tally(w, key, fa_eval_tally(p, fa_eval_letters[i]));
	}
	fa_jw_end(w, '}');
}

static void
put_confusion(struct fa_jw *w, const struct fa_eval_pool *p)
{
	fa_jw_key(w, "confusion");
	fa_jw_object(w);
	for (size_t i = 0; i < FA_VERDICT_COUNT; i++) {
		enum fa_verdict gold = fa_eval_letters[i];
		char key[] = { fa_verdict_letter(gold), '\0' };

		fa_jw_key(w, key);
		fa_jw_object(w);
		for (size_t k = 0; k < FA_VERDICT_COUNT; k++) {
			enum fa_verdict got = fa_eval_letters[k];
			char sub[] = { fa_verdict_letter(got), '\0' };

			fa_jw_kint(w, sub, p->n[gold][got]);
		}
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, '}');
}

static void
put_pool(struct fa_jw *w, const char *key, const struct fa_eval_pool *p)
{
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kint(w, "cells", (int64_t)fa_eval_cells(p));
	put_ratio(w, "accuracy", fa_eval_accuracy(p));
	put_ratio(w, "macro_f1", fa_eval_macro_f1(p));
	put_verdicts(w, p);
	put_confusion(w, p);
	fa_jw_end(w, '}');
}

static void
put_sets(struct fa_jw *w, const struct fa_eval *ev)
{
	fa_jw_key(w, "sets");
	fa_jw_array(w);
	for (size_t i = 0; i < ev->sets_n; i++) {
		const struct fa_eval_set *set = &ev->sets[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "name", set->name);
		fa_jw_kstr(w, "labels", set->labels);
		fa_jw_kstr(w, "directory", set->dir);
		fa_jw_kint(w, "documents", (int64_t)set->docs_n);
		fa_jw_kstr(w, "sha256", fa_str_c(set->sha256));
		fa_jw_key(w, "unknown_rows");
		fa_jw_array(w);
		for (size_t k = 0; k < set->unknown_n; k++)
			fa_jw_str(w, set->unknown[k].row);
		fa_jw_end(w, ']');
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_rows(struct fa_jw *w, const struct fa_eval *ev)
{
	fa_jw_key(w, "rows");
	fa_jw_array(w);
	for (size_t i = 0; i < ev->bundle->obligations_n; i++) {
		const struct fa_eval_pool *p = &ev->stats.row_all[i];

		if (fa_eval_cells(p) == 0)
			continue;
		fa_jw_object(w);
		fa_jw_kstr(w, "row", ev->bundle->obligations[i].id);
		put_ratio(w, "accuracy", fa_eval_accuracy(p));
		put_ratio(w, "accuracy_face_id",
			fa_eval_accuracy(&ev->stats.row_face[i]));
		put_verdicts(w, p);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_rules(struct fa_jw *w, const struct fa_eval *ev)
{
	fa_jw_key(w, "rules");
	fa_jw_array(w);
	for (size_t i = 0; i < ev->bundle->rules_n; i++) {
		struct fa_eval_rule r = ev->stats.rules[i];

		if (ev->bundle->rules[i].obligation == FA_RULE_NONE)
			continue;
		fa_jw_object(w);
		fa_jw_kstr(w, "rule", ev->bundle->rules[i].id);
		fa_jw_kint(w, "hits", r.hits);
		fa_jw_kint(w, "right", r.right);
		fa_jw_kint(
			w, "precision_low", fa_score_wilson(r.right, r.hits));
		fa_jw_kint(w, "precision_high",
			fa_score_wilson_upper(r.right, r.hits));
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_letter(struct fa_jw *w, const char *key, enum fa_verdict v)
{
	char letter[] = { fa_verdict_letter(v), '\0' };

	fa_jw_kstr(w, key, fa_str_c(letter));
}

static void
put_got(struct fa_jw *w, const struct fa_eval *ev, const struct fa_eval_cell *c)
{
	put_letter(w, "got", c->got);
	fa_jw_kstr(w, "rule",
		c->rule == FA_RULE_NONE ? FA_STR_NONE
					: ev->bundle->rules[c->rule].id);
	fa_jw_kstr(w, "got_quote", c->got_quote);
}

static void
put_differences(struct fa_jw *w, const struct fa_eval *ev,
	const struct fa_eval_set *set, const struct fa_eval_doc *d)
{
	for (size_t i = 0; d->judged && i < ev->bundle->obligations_n; i++) {
		const struct fa_eval_cell *c = &d->cells[i];

		if (!c->labelled || c->gold == c->got)
			continue;
		fa_jw_object(w);
		fa_jw_kstr(w, "set", set->name);
		fa_jw_kstr(w, "doc", d->name);
		fa_jw_kstr(w, "row", ev->bundle->obligations[i].id);
		put_letter(w, "gold", c->gold);
		fa_jw_kstr(w, "gold_quote", c->gold_quote);
		put_got(w, ev, c);
		fa_jw_kstr(w, "note", d->note);
		fa_jw_end(w, '}');
	}
}

static void
put_clean(struct fa_jw *w, const struct fa_eval *ev)
{
	fa_jw_key(w, "clean");
	fa_jw_array(w);
	for (size_t i = 0; i < ev->clean_n; i++) {
		const struct fa_eval_clean *set = &ev->clean[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "directory", set->dir);
		fa_jw_kint(w, "documents", set->documents);
		fa_jw_kint(w, "clean", set->clean);
		fa_jw_key(w, "offences");
		fa_jw_array(w);
		for (size_t k = 0; k < set->offences_n; k++) {
			const struct fa_eval_offence *o = &set->offences[k];

			fa_jw_object(w);
			fa_jw_kstr(w, "doc", o->doc);
			fa_jw_kstr(w, "row",
				ev->bundle->obligations[o->obligation].id);
			put_got(w, ev, &o->cell);
			fa_jw_end(w, '}');
		}
		fa_jw_end(w, ']');
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_min(struct fa_jw *w, const struct fa_eval *ev)
{
	fa_jw_key(w, "thresholds");
	fa_jw_array(w);
	for (size_t i = 0; i < ev->min_n; i++) {
		const struct fa_eval_min *m = &ev->min[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "name", m->name);
		fa_jw_kint(w, "at_least", m->at_least);
		put_ratio(w, "got", m->got);
		fa_jw_kbool(w, "reached", m->got >= m->at_least);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_errors(struct fa_jw *w, const struct fa_eval *ev)
{
	fa_jw_key(w, "errors");
	fa_jw_array(w);
	for (size_t i = 0; i < ev->errors_n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "path", ev->errors[i].path);
		fa_jw_kstr(w, "message", ev->errors[i].message);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_measures(struct fa_jw *w, const struct fa_eval *ev)
{
	const struct fa_eval_stats *s = &ev->stats;

	put_pool(w, "all", &s->all);
	put_pool(w, "face_id", &s->face);
	fa_jw_key(w, "scopes");
	fa_jw_object(w);
	for (int i = 0; i < FA_SCOPE_COUNT; i++)
		put_tally(w, fa_scope_name(i), s->scope[i]);
	fa_jw_end(w, '}');
	put_rows(w, ev);
	put_rules(w, ev);
	fa_jw_key(w, "differences");
	fa_jw_array(w);
	for (size_t i = 0; i < ev->sets_n; i++)
		for (size_t k = 0; k < ev->sets[i].docs_n; k++)
			put_differences(
				w, ev, &ev->sets[i], &ev->sets[i].docs[k]);
	fa_jw_end(w, ']');
}

void
fa_eval_print_json(const struct fa_eval *ev, struct fa_buf *out)
{
	char date[FA_DATE_BYTES];
	struct fa_jw w;

	fa_date_format(ev->as_of, date);
	fa_jw_init(&w, out, 1);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "schema", FA_STR("faceaudit-eval/1"));
	fa_jw_kstr(&w, "bundle", fa_str_c(ev->bundle->sha256));
	fa_jw_kstr(&w, "as_of", fa_str_c(date));
	fa_jw_kint(&w, "documents", ev->stats.documents);
	fa_jw_kint(&w, "judged", ev->stats.judged);
	fa_jw_kint(&w, "labelled_face_id", ev->stats.face_id);
	put_sets(&w, ev);
	put_measures(&w, ev);
	put_clean(&w, ev);
	fa_eval_flows_json(ev, &w);
	put_min(&w, ev);
	put_errors(&w, ev);
	fa_jw_end(&w, '}');
	fa_buf_addc(out, '\n');
}
