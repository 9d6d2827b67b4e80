#include "audit/screens.h"

#include "audit/evidence.h"
#include "audit/flow.h"
#include "audit/spot.h"
#include "base/utf8.h"
#include "flow/draft.h"
#include "flow/view.h"

#define SCREEN_BLOCKS 80 /* a larger group is no single screen */
#define LABEL_RUNES 10   /* longest text that may label a control */

struct work {
	struct fa_result *r;
	const struct fa_audit *audit;
	const struct fa_doc *doc;
	struct fa_arena *a;
	struct fa_err *err;
	struct fa_arena scratch; /* of the screen at hand */
	struct fa_range blocks;  /* of the screen at hand */
	size_t screens;
};

static struct fa_str
text_of(const struct fa_doc *doc, uint32_t block)
{
	struct fa_range t = doc->blocks[block].text;

	return fa_str_sub(doc->text, t.from, t.to);
}

/* Short, and no sentence. */
static bool
is_label(const struct work *w, uint32_t block)
{
	struct fa_str s = text_of(w->doc, block);
	size_t n = 0;

	if (w->doc->blocks[block].kind == FA_BLOCK_CONTROL)
		return true;
	while (s.n > 0) {
		uint32_t cp;
		size_t k = fa_utf8_next(s, &cp);

		s = fa_str_sub(s, k, s.n);
		if (++n > LABEL_RUNES || cp == 0x3002 || cp == ',' ||
			cp == ';' || cp == ':' || cp == '.')
			return false;
	}
	return true;
}

/* The blocks as a screen; the first of them is its title, or a label as the
 * others are. */
static int
draw(struct fa_flow **out, bool titled, struct work *w)
{
	struct fa_draft d;

	fa_draft_init(&d, "strings", FA_FLOW_DECLARED, &w->scratch, w->err);
	(void)fa_draft_screen(&d, FA_STR_NONE);
	for (uint32_t i = w->blocks.from; i < w->blocks.to; i++) {
		bool title = titled && i == w->blocks.from &&
			w->doc->blocks[i].kind != FA_BLOCK_CONTROL;
		struct fa_flow_element *e = fa_draft_element(&d,
			!title && is_label(w, i) ? FA_FLOW_BUTTON
						 : FA_FLOW_TEXT);

		e->text = fa_draft_text(&d, text_of(w->doc, i));
	}
	return fa_draft_done(out, &d);
}

static bool
is_consent(const struct fa_view_screen *v, const struct fa_flow_screen *s)
{
	uint32_t found = 0;

	for (size_t i = 0; i < s->elements_n; i++)
		if (s->elements[i].role == FA_FLOW_BUTTON)
			found |= v->elements[i].controls;
	return (v->roles & FA_SCR_BIT(FA_SCR_FACE_CONSENT)) != 0 &&
		(found & FA_CTL_BIT(FA_CTL_ACCEPT)) != 0 &&
		(found &
			(FA_CTL_BIT(FA_CTL_REFUSE) |
				FA_CTL_BIT(FA_CTL_LATER))) != 0;
}

/* The passage of the document behind one of the screen. */
static int
cut(struct fa_evidence *e, struct work *w)
{
	const struct fa_doc *doc = w->doc;
	uint32_t block = w->blocks.from;
	struct fa_evidence found;
	struct fa_range text;
	int rc;

	if (e->place != NULL && e->place->element != FA_FLOW_NONE &&
		e->place->element < w->blocks.to - w->blocks.from)
		block += e->place->element;
	text = fa_spot(doc, doc->blocks[block].text, e->text);
	rc = fa_evidence_cut(&found, doc, e->rule,
		(struct fa_passage){ fa_doc_sentence_at(doc, text.from), text },
		w->a, w->err);
	if (rc < 0)
		return rc;
	if (e->note.p != NULL) {
		found.note = fa_arena_dup(w->a, e->note);
		if (found.note.p == NULL)
			return fa_fail(
				w->err, FA_E_NOMEM, "no memory for a screen");
	}
	found.declared = true;
	*e = found;
	return FA_OK;
}

/* A side of a finding, moved from the scratch; its lines come at the end. */
static int
side(struct fa_evidence **at, size_t n, struct work *w)
{
	struct fa_evidence *own = fa_arena_new(w->a, n, sizeof(*own));
	int rc = FA_OK;

	if (own == NULL)
		return fa_fail(w->err, FA_E_NOMEM, "no memory for a screen");
	for (size_t i = 0; i < n && rc == FA_OK; i++) {
		own[i] = (*at)[i];
		rc = cut(&own[i], w);
	}
	*at = own;
	return rc;
}

/* The lines of all that came from screens, in one pass. */
static int
place(struct work *w)
{
	struct fa_evidence **all;
	size_t n = 0, most = 0;

	for (size_t i = 0; i < w->r->findings_n; i++)
		most += w->r->findings[i].pro_n + w->r->findings[i].contra_n;
	all = fa_arena_new(w->a, most, sizeof(struct fa_evidence *));
	if (all == NULL)
		return fa_fail(w->err, FA_E_NOMEM, "no memory for a screen");
	for (size_t i = 0; i < w->r->findings_n; i++) {
		struct fa_finding *f = &w->r->findings[i];

		for (size_t k = 0; k < f->pro_n; k++)
			if (f->pro[k].declared)
				all[n++] = &f->pro[k];
		for (size_t k = 0; k < f->contra_n; k++)
			if (f->contra[k].declared)
				all[n++] = &f->contra[k];
	}
	return fa_evidence_place(all, n, w->doc, w->a, w->err);
}

/* The better of two rules for the same verdict. */
static uint32_t
better(const struct fa_bundle *b, uint32_t x, uint32_t y)
{
	if (x >= b->rules_n || y >= b->rules_n)
		return x < b->rules_n ? x : y;
	return b->rules[y].precision > b->rules[x].precision ? y : x;
}

/* Both found it: all passages, all rules. */
static int
join(struct fa_finding *into, const struct fa_finding *f, struct work *w)
{
	size_t pro = into->pro_n + f->pro_n, rules = into->rules_n + f->rules_n;
	struct fa_evidence *e = fa_arena_new(w->a, pro, sizeof(*e));
	uint32_t *r = fa_arena_new(w->a, rules, sizeof(*r));

	if (e == NULL || r == NULL)
		return fa_fail(w->err, FA_E_NOMEM, "no memory for a screen");
	for (size_t i = 0; i < pro; i++)
		e[i] = i < into->pro_n ? into->pro[i] : f->pro[i - into->pro_n];
	for (size_t i = 0; i < rules; i++)
		r[i] = i < into->rules_n ? into->rules[i]
					 : f->rules[i - into->rules_n];
	into->pro = e;
	into->pro_n = w->audit->all_passages || pro < FA_FINDING_EVIDENCE_MAX
		? pro
		: FA_FINDING_EVIDENCE_MAX;
	into->rules = r;
	into->rules_n = rules;
	into->rule = better(w->audit->bundle, into->rule, f->rule);
	return FA_OK;
}

static int
keep(struct fa_finding *f, struct work *w)
{
	uint32_t *rules = fa_arena_new(w->a, f->rules_n, sizeof(*rules));
	int rc = side(&f->pro, f->pro_n, w);

	if (rules == NULL)
		return fa_fail(w->err, FA_E_NOMEM, "no memory for a screen");
	if (rc == FA_OK)
		rc = side(&f->contra, f->contra_n, w);
	for (size_t i = 0; i < f->rules_n; i++)
		rules[i] = f->rules[i];
	f->rules = rules;
	f->reason = FA_STR_NONE;
	return rc;
}

static int
add(struct fa_finding *f, struct work *w)
{
	struct fa_finding *into = NULL;
	int rc;

	for (size_t i = 0; i < w->r->findings_n; i++)
		if (w->r->findings[i].obligation == f->obligation)
			into = &w->r->findings[i];
	if (into == NULL ||
		(into->verdict != f->verdict && into->verdict > f->verdict))
		return FA_OK;
	rc = keep(f, w);
	if (rc < 0)
		return rc;
	if (into->verdict == f->verdict)
		return join(into, f, w);
	*into = *f;
	return FA_OK;
}

/* A breach that does not ask what other screens show. */
static bool
is_told(const struct work *w, const struct fa_finding *f)
{
	const struct fa_bundle *b = w->audit->bundle;

	return (f->verdict == FA_VERDICT_VIOLATION ||
		       f->verdict == FA_VERDICT_GAP) &&
		f->rule < b->rules_n &&
		!fa_rule_wants_silence(&b->rules[f->rule], false);
}

/* Is the face what is agreed to? A label that leads the group is not enough:
 * it may be one of the ways to log in ("刷脸登录"), beside which the terms of
 * the service are agreed to. */
static int
asks_for_face(bool *out, struct work *w)
{
	const struct fa_vocab *vocab;
	struct fa_view_screen view;
	struct fa_flow *flow;
	int rc = draw(&flow, false, w);

	*out = false;
	if (rc == FA_OK)
		rc = fa_matcher_vocab(&vocab, w->audit->matcher, w->err);
	if (rc == FA_OK)
		rc = fa_view_screen(
			&view, vocab, &flow->screens[0], &w->scratch, w->err);
	if (rc == FA_OK)
		*out = is_consent(&view, &flow->screens[0]);
	return rc;
}

static int
judge_group(struct work *w)
{
	struct fa_flow *flow;
	struct fa_result r;
	bool asks;
	int rc = asks_for_face(&asks, w);

	if (rc == FA_OK && asks)
		rc = draw(&flow, true, w);
	if (rc < 0 || !asks)
		return rc;
	w->screens++;
	/* Nobody asks for its digests: those of no bytes will do. */
	rc = fa_audit_flow(&r, w->audit, flow, w->r->name, FA_STR(""),
		&w->scratch, w->err);
	if (rc == FA_OK && r.error.p != NULL)
		return fa_fail(w->err, FA_E_LIMIT, "%.*s", FA_STR_ARG(r.error));
	for (size_t i = 0; i < r.findings_n && rc == FA_OK; i++)
		if (is_told(w, &r.findings[i]))
			rc = add(&r.findings[i], w);
	return rc;
}

/* Does a mention of the face stand in the group? *next is the first mention
 * that may stand in it or behind it. */
static bool
names_face(const struct work *w, const struct fa_match *m, size_t *next)
{
	uint32_t from = w->doc->blocks[w->blocks.from].text.from;
	uint32_t to = w->doc->blocks[w->blocks.to - 1].text.to;

	while (*next < m->mentions_n && m->mentions[*next].text.from < from)
		(*next)++;
	return *next < m->mentions_n && m->mentions[*next].text.from < to;
}

int
fa_audit_screens(struct fa_result *r, const struct fa_audit *audit,
	const struct fa_doc *doc, const struct fa_match *m, struct fa_arena *a,
	struct fa_err *err)
{
	struct work w = {
		.r = r, .audit = audit, .doc = doc, .a = a, .err = err
	};
	size_t next = 0;
	int rc = FA_OK;

	if (!doc->loose || r->scopes == 0)
		return FA_OK;
	fa_arena_init(&w.scratch, FA_AUDIT_SCREEN_BYTES);
	for (size_t i = 0; i < doc->groups_n && rc == FA_OK &&
		w.screens < FA_AUDIT_SCREENS;
		i++) {
		w.blocks = doc->groups[i].blocks;
		if (w.blocks.to - w.blocks.from < 3 ||
			w.blocks.to - w.blocks.from > SCREEN_BLOCKS ||
			!names_face(&w, m, &next))
			continue;
		fa_arena_reset(&w.scratch);
		rc = judge_group(&w);
	}
	fa_arena_done(&w.scratch);
	if (rc == FA_OK && w.screens == FA_AUDIT_SCREENS)
		r->notice = FA_STR("more dialogs that ask for consent than are "
				   "judged as screens");
	return rc == FA_OK ? place(&w) : rc;
}
