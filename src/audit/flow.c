/* A flow is judged as its transcript is: rules ask for words and for facts,
 * and a fact stands for the sentences of the element or screen that it is
 * about. What a rule found there is shown with the place in the flow and with
 * the taps that lead to it, which are those of the fact where the rule asked
 * for one. */
#include "audit/flow.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "audit/stages.h"
#include "base/buf.h"
#include "flow/facts.h"
#include "flow/json.h"
#include "flow/path.h"
#include "flow/transcript.h"
#include "flow/view.h"
#include "score/score.h"
#include "segment/segment.h"

#define WHY_BYTES (1u << 16) /* of a reason */

struct work {
	const struct fa_bundle *bundle;
	const struct fa_lexicon *face; /* words for it, or NULL */
	const struct fa_flow *flow;
	struct fa_arena *a;
	struct fa_err *err;
	struct fa_transcript transcript;
	struct fa_facts facts;
	struct fa_flow_ways ways;
	struct fa_doc doc;
	/* Per sentence: its line of the transcript, or NULL. */
	const struct fa_transcript_line **line;
	/* Per screen: its sentences, and its section of the document. */
	struct fa_range *sentences;
	uint32_t *section;
	struct fa_match_flow text;
};

static int
no_memory(const struct work *w)
{
	return fa_fail(w->err, FA_E_NOMEM, "no memory for the flow");
}

static int
read_transcript(struct work *w, struct fa_str name)
{
	struct fa_read_opts opts = { .name = name,
		.format = FA_FORMAT_HTML,
		.charset = FA_STR_INIT("utf-8") };
	int rc = fa_transcript(&w->transcript, w->flow, w->a, w->err);

	if (rc == FA_OK)
		rc = fa_read(&w->doc, w->transcript.html, &opts, w->a, w->err);
	if (rc == FA_OK)
		rc = fa_segment(&w->doc, w->a, w->err);
	return rc;
}

/* Which sentences and which section belong to which screen. */
static int
place_sentences(struct work *w)
{
	const struct fa_doc *d = &w->doc;
	size_t n = w->flow->screens_n;

	w->line = fa_arena_new(w->a, d->sentences_n + 1, sizeof(void *));
	w->sentences = fa_arena_new(w->a, n + 1, sizeof(*w->sentences));
	w->section = fa_arena_new(w->a, n + 1, sizeof(*w->section));
	if (!w->line || !w->sentences || !w->section)
		return no_memory(w);
	for (size_t s = 0; s < n; s++)
		w->section[s] = FA_DOC_NONE;
	for (uint32_t i = 0; i < d->sentences_n; i++) {
		struct fa_range raw = fa_doc_raw(d, d->sentences[i].text);
		const struct fa_transcript_line *x =
			fa_transcript_at(&w->transcript, raw.from);

		w->line[i] = x;
		if (!x)
			continue;
		if (w->section[x->screen] == FA_DOC_NONE) {
			w->sentences[x->screen].from = i;
			w->section[x->screen] =
				d->blocks[d->sentences[i].block].section;
		}
		w->sentences[x->screen].to = i + 1;
	}
	return FA_OK;
}

/* The screen before each, for conditions on the path. */
static int
link_sections(struct work *w)
{
	struct fa_match_flow *t = &w->text;

	t->sections_n = w->doc.sections_n;
	t->before = fa_arena_new(w->a, t->sections_n + 1, sizeof(*t->before));
	if (!t->before)
		return no_memory(w);
	for (size_t i = 0; i < t->sections_n; i++)
		t->before[i] = FA_DOC_NONE;
	for (size_t s = 0; s < w->flow->screens_n; s++) {
		uint32_t via = w->ways.via[s];

		if (via != FA_FLOW_NONE && w->section[s] < t->sections_n)
			t->before[w->section[s]] =
				w->section[w->flow->transitions[via].from];
	}
	return FA_OK;
}

/* The sentences of an element; its screen's first one, the heading, when it
 * shows no text. */
static struct fa_range
of_element(const struct work *w, uint32_t screen, uint32_t element)
{
	struct fa_range all = w->sentences[screen];
	struct fa_range r = { all.from, all.from };

	for (uint32_t i = all.from; i < all.to; i++) {
		if (!w->line[i] || w->line[i]->element != element)
			continue;
		if (r.from == r.to)
			r.from = i;
		r.to = i + 1;
	}
	if (r.from == r.to && all.from < all.to)
		r = (struct fa_range){ all.from, all.from + 1 };
	return r;
}

static int
by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static void
sort_once(uint32_t *at, size_t *n)
{
	size_t kept = 0;

	if (*n > 1)
		qsort(at, *n, sizeof(*at), by_number);
	for (size_t i = 0; i < *n; i++)
		if (kept == 0 || at[kept - 1] != at[i])
			at[kept++] = at[i];
	*n = kept;
}

static const struct fa_lexicon *
find_face(const struct fa_bundle *b)
{
	size_t i =
		fa_str_search(b->lexicons, b->lexicons_n, sizeof(*b->lexicons),
			offsetof(struct fa_lexicon, name), FA_STR("face"));

	return i < b->lexicons_n ? &b->lexicons[i] : NULL;
}

/* What a screen says about the face says more than its heading. */
static uint32_t
telling(const struct work *w, struct fa_range r)
{
	for (uint32_t i = r.from; w->face && i < r.to; i++) {
		struct fa_range t = w->doc.sentences[i].text;
		struct fa_str s = fa_str_sub(w->doc.text, t.from, t.to);

		for (size_t k = 0; k < w->face->words_n; k++)
			if (fa_str_find(s, w->face->words[k], 0) != SIZE_MAX)
				return i;
	}
	return r.from;
}

/* What one fact is about: all of over, and what stands for it. */
struct extent {
	struct fa_range over;
	uint32_t stands;
};

static struct extent
extent_of(const struct work *w, const struct fa_fact *f)
{
	struct fa_range r = w->sentences[f->place.screen];

	if (f->place.element == FA_FLOW_NONE)
		return (struct extent){ r, telling(w, r) };
	r = of_element(w, f->place.screen, f->place.element);
	return (struct extent){ r, r.from };
}

static int
post_kind(struct work *w, enum fa_fact_kind kind, size_t from, size_t to)
{
	struct fa_fact_text *t = &w->text.facts[kind];
	struct extent *x = fa_arena_new(w->a, to - from, sizeof(*x));
	size_t most = 0;

	if (!x)
		return no_memory(w);
	for (size_t i = 0; i < to - from; i++) {
		x[i] = extent_of(w, &w->facts.at[from + i]);
		most += x[i].over.to - x[i].over.from;
	}
	t->at = fa_arena_new(w->a, to - from, sizeof(*t->at));
	t->over = fa_arena_new(w->a, most, sizeof(*t->over));
	if (!t->at || !t->over)
		return no_memory(w);
	for (size_t i = 0; i < to - from; i++) {
		struct fa_range r = x[i].over;

		if (r.from < r.to)
			t->at[t->at_n++] = x[i].stands;
		for (uint32_t k = r.from; k < r.to; k++)
			t->over[t->over_n++] = k;
	}
	sort_once(t->at, &t->at_n);
	sort_once(t->over, &t->over_n);
	return FA_OK;
}

static int
post_facts(struct work *w)
{
	size_t from = 0;

	w->text.face = w->facts.face;
	while (from < w->facts.n) {
		enum fa_fact_kind kind = w->facts.at[from].kind;
		size_t to = from;
		int rc;

		while (to < w->facts.n && w->facts.at[to].kind == kind)
			to++;
		rc = post_kind(w, kind, from, to);
		if (rc < 0)
			return rc;
		from = to;
	}
	return FA_OK;
}

/* Is the fact among those that the condition asks to hold? */
static bool
asks_for(const struct fa_cond *c, enum fa_fact_kind kind)
{
	if (c->kind == FA_COND_FACT)
		return c->fact == kind;
	if (c->kind != FA_COND_ALL && c->kind != FA_COND_ANY)
		return false;
	for (size_t i = 0; i < c->child_n; i++)
		if (asks_for(&c->child[i], kind))
			return true;
	return false;
}

/* The fact on which a rule rests at this place: one of the element before one
 * of the screen; NULL when it rests on words alone. */
static const struct fa_fact *
fact_at(const struct work *w, uint32_t rule,
	const struct fa_transcript_line *line)
{
	const struct fa_cond *find = w->bundle->rules[rule].find;
	const struct fa_fact *of_screen = NULL;

	for (size_t i = 0; find && i < w->facts.n; i++) {
		const struct fa_fact *f = &w->facts.at[i];

		if (f->place.screen != line->screen || !asks_for(find, f->kind))
			continue;
		if (f->place.element == line->element)
			return f;
		if (!of_screen && f->place.element == FA_FLOW_NONE)
			of_screen = f;
		if (!of_screen && line->element == FA_FLOW_NONE)
			of_screen = f;
	}
	return of_screen;
}

static int
set_place(struct work *w, struct fa_evidence *e)
{
	const struct fa_transcript_line *line =
		fa_transcript_at(&w->transcript, e->raw.from);
	const struct fa_fact *fact;
	struct fa_flow_place *p;
	int rc;

	if (!line)
		return FA_OK;
	p = fa_arena_new(w->a, 1, sizeof(*p));
	if (!p)
		return no_memory(w);
	fact = fact_at(w, e->rule, line);
	if (fact) {
		*p = fact->place;
		e->note = fact->note;
	} else {
		p->screen = line->screen;
		rc = fa_flow_way(&p->path, &p->path_n, &w->ways, p->screen,
			w->a, w->err);
		if (rc < 0)
			return rc;
		p->basis = fa_flow_way_basis(w->flow, p->path, p->path_n);
	}
	if (!fact || fact->place.element == FA_FLOW_NONE)
		p->element = line->element;
	e->place = p;
	return FA_OK;
}

static int
set_places(struct work *w, struct fa_result *r)
{
	int rc = FA_OK;

	for (size_t i = 0; rc == FA_OK && i < r->scope_evidence_n; i++)
		rc = set_place(w, &r->scope_evidence[i]);
	for (size_t i = 0; i < r->findings_n; i++) {
		struct fa_finding *f = &r->findings[i];

		for (size_t k = 0; rc == FA_OK && k < f->pro_n; k++)
			rc = set_place(w, &f->pro[k]);
		for (size_t k = 0; rc == FA_OK && k < f->contra_n; k++)
			rc = set_place(w, &f->contra[k]);
	}
	return rc;
}

/* A start from which nothing leads on, because nothing there was understood. */
static bool
is_mute(const struct fa_flow *f, const struct fa_flow_gap *g)
{
	if (g->kind != FA_FLOW_GAP_UNEXPLORED || g->element != FA_FLOW_NONE ||
		g->screen != f->start)
		return false;
	for (size_t i = 0; i < f->transitions_n; i++)
		if (f->transitions[i].from == f->start)
			return false;
	return true;
}

/* Where nothing could be seen there may be anything: an empty tree, a picture,
 * a page that did not load. Absent where faces are known to be captured: then
 * the facts say what is not known. */
static int
find_unseen(struct work *w)
{
	static const uint32_t opaque = 1u << FA_FLOW_GAP_NO_TREE |
		1u << FA_FLOW_GAP_IMAGE_ONLY | 1u << FA_FLOW_GAP_WEBVIEW |
		1u << FA_FLOW_GAP_NOT_LOADED;
	struct fa_buf why FA_CLEANUP(fa_buf_done);
	int rc;

	fa_buf_init(&why, WHY_BYTES);
	for (size_t i = 0; !w->facts.face && i < w->flow->gaps_n; i++) {
		const struct fa_flow_gap *g = &w->flow->gaps[i];

		/* A page that shows something did load, but for a part. */
		if (!is_mute(w->flow, g) &&
			(!(opaque & 1u << g->kind) ||
				(g->kind == FA_FLOW_GAP_NOT_LOADED &&
					w->flow->screens[g->screen].elements_n >
						0)))
			continue;
		fa_buf_addf(&why, "unseen: screen %.*s (%s%s%.*s)",
			FA_STR_ARG(w->flow->screens[g->screen].id),
			fa_flow_gap_name(g->kind), g->why.n > 0 ? ": " : "",
			FA_STR_ARG(g->why));
		rc = fa_buf_rc(&why, "reason", w->err);
		if (rc < 0)
			return rc;
		w->text.unseen = fa_arena_dup(w->a, fa_buf_str(&why));
		return w->text.unseen.p ? FA_OK : no_memory(w);
	}
	return FA_OK;
}

static int
look(struct work *w, struct fa_matcher *matcher)
{
	const struct fa_vocab *vocab;
	struct fa_view view;
	int rc = fa_matcher_vocab(&vocab, matcher, w->err);

	if (rc == FA_OK)
		rc = fa_view(&view, vocab, w->flow, w->a, w->err);
	if (rc == FA_OK)
		rc = fa_flow_facts(&w->facts, &view, w->a, w->err);
	if (rc == FA_OK)
		rc = fa_flow_ways(&w->ways, w->flow, w->a, w->err);
	if (rc == FA_OK)
		rc = find_unseen(w);
	return rc;
}

static int
prepare(struct work *w, const struct fa_audit *audit,
	const struct fa_flow *flow, struct fa_str name, struct fa_arena *a,
	struct fa_err *err)
{
	int rc;

	*w = (struct work){ .bundle = audit->bundle,
		.face = find_face(audit->bundle),
		.flow = flow,
		.a = a,
		.err = err };
	rc = look(w, audit->matcher);
	if (rc == FA_OK)
		rc = read_transcript(w, name);
	if (rc == FA_OK)
		rc = place_sentences(w);
	if (rc == FA_OK)
		rc = link_sections(w);
	if (rc == FA_OK)
		rc = post_facts(w);
	return rc;
}

static int
judge(struct fa_result *r, const struct fa_audit *audit, struct work *w)
{
	struct fa_match m;
	int rc = fa_match_flow(&m, audit->matcher, &w->doc, &w->text,
		audit->as_of, w->a, w->err);

	if (rc == FA_OK)
		rc = fa_audit_cut(r, audit, &m, &w->doc, w->a, w->err);
	if (rc == FA_OK)
		rc = set_places(w, r);
	if (rc == FA_OK)
		rc = fa_score(r, w->bundle, audit->as_of, w->a, w->err);
	return rc;
}

static bool
has_fact(const struct work *w, enum fa_fact_kind kind)
{
	return w->text.facts[kind].at_n > 0;
}

/* Digests of the source, or of the flow's canonical form. */
static int
describe(struct fa_result *r, const struct fa_audit *audit,
	const struct fa_flow *flow, struct fa_str raw, struct fa_err *err)
{
	struct fa_buf json FA_CLEANUP(fa_buf_done);
	int rc = FA_OK;

	fa_buf_init(&json, FA_FLOW_JSON_BYTES);
	if (!raw.p) {
		rc = fa_flow_write(flow, &json, err);
		raw = fa_buf_str(&json);
	}
	r->raw_bytes = raw.n;
	return rc < 0 ? rc : fa_audit_digests(r, audit, raw, err);
}

int
fa_audit_flow(struct fa_result *r, const struct fa_audit *audit,
	const struct fa_flow *flow, struct fa_str name, struct fa_str raw,
	struct fa_arena *a, struct fa_err *err)
{
	struct work w;
	int rc;

	*r = (struct fa_result){ .name = name,
		.flow = flow,
		.title = flow->app_name,
		.encoding = FA_ENC_UTF8,
		.format = FA_FORMAT_HTML };
	rc = describe(r, audit, flow, raw, err);
	if (rc < 0)
		return rc;
	rc = prepare(&w, audit, flow, name, a, err);
	if (rc == FA_OK)
		rc = judge(r, audit, &w);
	if (rc == FA_OK)
		r->unread = has_fact(&w, FA_FACT_NOTICE_UNREAD);
	return fa_audit_give_up(r, rc, a, err);
}

int
fa_audit_flow_fires(bool *fires, const struct fa_audit *audit, uint32_t rule,
	const struct fa_flow *flow, struct fa_arena *a, struct fa_err *err)
{
	struct work w;
	int rc = prepare(&w, audit, flow, FA_STR("example"), a, err);

	if (rc < 0)
		return rc;
	return fa_match_rule_fires(
		fires, audit->matcher, rule, &w.doc, &w.text, a, err);
}
