/* People, subject, what was lost, objects and custody of a case. */
#include <string.h>

#include "case/facts_parts.h"
#include "evidence/objects.h"

#define SAY(zh, en) FA_FACTS_SAY(x, zh, en)

static struct fa_str
first_of(struct fa_str a, struct fa_str b)
{
	return a.n > 0 ? a : b;
}

/* The client as a file, by its name without folders. */
static int
put_client(struct fa_facts *x, struct fa_err *err)
{
	struct fa_dossier_cover *c = &x->d->cover;
	struct fa_str name = x->o->app_file, rest = name;
	struct fa_object is;
	int rc;

	c->app_digest.bytes = -1;
	if (name.p == NULL)
		return FA_OK;
	rc = fa_object_digest_file(&is, name, err);
	if (rc < 0)
		return rc;
	while (rest.p != NULL) {
		name = rest;
		(void)fa_str_cut(&rest, '/');
	}
	c->app_file = name;
	fa_facts_digest_of(&c->app_digest, fa_str_c(is.sha256),
		fa_str_c(is.sm3), is.bytes);
	return FA_OK;
}

int
fa_facts_cover(struct fa_facts *x, struct fa_err *err)
{
	static const struct fa_case_info nobody = { 0 };
	const struct fa_case_info *info =
		x->c != NULL ? fa_case_info(x->c) : &nobody;
	const struct fa_target *t = &x->targets[0].t.t;
	const struct fa_facts_opts *o = x->o;
	struct fa_dossier_cover *c = &x->d->cover;
	struct fa_case_info copy = *info;

	*c = (struct fa_dossier_cover){ .lang = o->lang,
		.number = first_of(o->number, fa_facts_dup(x, copy.id)),
		.client = o->client,
		.court = o->court,
		.operator_name = fa_facts_dup(x, copy.operator_name),
		.operator_id = fa_facts_dup(x, copy.operator_id),
		.organisation = fa_facts_dup(x, copy.organisation),
		.mandate = fa_facts_dup(x, copy.mandate),
		.purpose = fa_facts_dup(x, copy.purpose),
		.witness = fa_facts_dup(x, copy.witness),
		.app = first_of(fa_facts_dup(x, copy.subject.app), t->app),
		.package = first_of(
			fa_facts_dup(x, copy.subject.package), t->package),
		.version = first_of(
			fa_facts_dup(x, copy.subject.version), t->version),
		.store =
			first_of(fa_facts_dup(x, copy.subject.store), t->store),
		.store_url = t->store_url,
		.publisher = first_of(
			fa_facts_dup(x, copy.subject.publisher), t->publisher),
		.category = t->category,
		.icp = fa_facts_dup(x, copy.subject.icp) };
	c->title = first_of(o->title, fa_facts_dup(x, copy.title));
	if (c->title.n == 0)
		c->title = fa_facts_say(x,
			SAY("%.*s 人脸识别个人信息处理",
				"%.*s, face recognition"),
			FA_STR_ARG(first_of(c->app, t->key)));
	return put_client(x, err);
}

/* ---- what was lost ---- */

static struct fa_dossier_unknown *
add_unknown(struct fa_facts *x, struct fa_str what, struct fa_str why,
	struct fa_str code, struct fa_err *err)
{
	struct fa_dossier_unknown *u = FA_FACTS_ADD(
		x, x->d->unknowns, x->d->unknowns_n, x->unknowns_cap, err);

	if (u != NULL)
		*u = (struct fa_dossier_unknown){ what, why, code, 0 };
	return u;
}

static int
add_missing(struct fa_facts *x, const struct fa_store_app_document *d,
	struct fa_err *err)
{
	struct fa_str url;
	int rc = fa_store_url_text(&url, x->s, d->url, x->a, err);

	if (rc < 0)
		return rc;
	return add_unknown(x,
		       fa_facts_say(x, SAY("%s：%.*s", "%s: %.*s"),
			       fa_facts_role(x, d->role), FA_STR_ARG(url)),
		       first_of(d->detail,
			       fa_str_c(fa_facts_outcome(x, d->outcome))),
		       fa_str_c(fa_outcome_name(d->outcome)), err) != NULL
		? FA_OK
		: FA_E_NOMEM;
}

static int
add_errors(struct fa_facts *x, struct fa_err *err)
{
	struct fa_case_errors l;
	int rc = fa_case_errors(&l, x->c, x->a, err);

	for (size_t i = 0; rc == FA_OK && i < l.n; i++) {
		const struct fa_case_error *e = &l.at[i];
		struct fa_dossier_unknown *u = add_unknown(x,
			fa_facts_say(x,
				SAY("%.*s %.*s（保管链第 %lld 号事件%s）",
					"%.*s %.*s (custody event %lld%s)"),
				FA_STR_ARG(e->stage), FA_STR_ARG(e->url),
				(long long)e->seq,
				e->retried ? SAY("，后来重试",
						     ", tried again later")
					   : ""),
			e->message, e->outcome, err);

		if (u == NULL)
			return FA_E_NOMEM;
		u->at_us = fa_facts_time_us(e->time);
	}
	return rc;
}

/* What a walk could not look at. */
static int
add_gaps(struct fa_facts *x, const struct fa_facts_doc *doc, struct fa_err *err)
{
	const struct fa_flow *f = doc->flow;

	for (size_t i = 0; i < f->gaps_n; i++) {
		const struct fa_flow_gap *g = &f->gaps[i];
		struct fa_str on = g->screen < f->screens_n
			? f->screens[g->screen].id
			: FA_STR("?");

		if (add_unknown(x,
			    fa_facts_say(x,
				    SAY("界面流 %.*s 的界面 %.*s",
					    "flow %.*s, screen %.*s"),
				    FA_STR_ARG(doc->folder), FA_STR_ARG(on)),
			    first_of(g->why,
				    fa_str_c(SAY("没有看到全部内容",
					    "not all of it was seen"))),
			    fa_str_c(fa_flow_gap_name(g->kind)), err) == NULL)
			return FA_E_NOMEM;
	}
	return FA_OK;
}

static int
lost_of_target(
	struct fa_facts *x, const struct fa_facts_target *t, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t k = 0; k < t->app.documents_n && rc == FA_OK; k++)
		if (t->app.documents[k].document == 0)
			rc = add_missing(x, &t->app.documents[k], err);
	if (rc == FA_OK && t->t.note.n > 0 &&
		add_unknown(x, t->t.t.key, t->t.note, FA_STR("no_url"), err) ==
			NULL)
		rc = FA_E_NOMEM;
	return rc;
}

static int
lost_of_text(struct fa_facts *x, size_t i, struct fa_err *err)
{
	const struct fa_dossier_document *d = &x->d->documents[i];

	if (d->error.n > 0 &&
		add_unknown(x, first_of(d->title, d->url), d->error,
			FA_STR("not-judged"), err) == NULL)
		return FA_E_NOMEM;
	return x->docs[i].flow != NULL ? add_gaps(x, &x->docs[i], err) : FA_OK;
}

int
fa_facts_lost(struct fa_facts *x, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < x->targets_n && rc == FA_OK; i++)
		rc = lost_of_target(x, &x->targets[i], err);
	for (size_t i = 0; i < x->docs_n && rc == FA_OK; i++)
		rc = lost_of_text(x, i, err);
	return rc == FA_OK && x->c != NULL ? add_errors(x, err) : rc;
}
