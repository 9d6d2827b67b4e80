/* One passage of a text or flow, with its place. */
#include <string.h>

#include "base/utf8.h"
#include "case/facts_parts.h"
#include "read/enc.h"
#include "read/read.h"

#define TEXT_BYTES (1u << 20)

/* The text offset whose original begins at this raw offset or behind it. */
static uint32_t
text_of_raw(const struct fa_doc *doc, uint32_t raw)
{
	struct fa_map_walk w = fa_map_walk_from(&doc->map, 0);
	struct fa_map_run m;

	while (fa_map_next(&w, &m)) {
		uint32_t cells = (m.text_to - m.text_from) / m.text_step;

		if (m.raw_step == 0 || raw >= m.raw_from + cells * m.raw_step)
			continue;
		if (raw <= m.raw_from)
			return m.text_from;
		return m.text_from +
			(raw - m.raw_from) / m.raw_step * m.text_step;
	}
	return (uint32_t)doc->text.n;
}

/* Code points of the original before a raw offset. */
static int
points_before(uint32_t *out, const struct fa_doc *doc, uint32_t raw,
	struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	struct fa_str part = fa_str_sub(doc->raw, 0, raw);
	uint32_t bad = 0;
	int rc;

	fa_buf_init(&b, part.n * 4 + 16);
	if (doc->encoding == FA_ENC_UTF8) {
		*out = (uint32_t)fa_utf8_count(part);
		return FA_OK;
	}
	rc = fa_enc_decode(&b, doc->encoding, part, NULL, &bad, err);
	if (rc == FA_OK)
		rc = fa_buf_rc(&b, "text", err);
	if (rc == FA_OK)
		*out = (uint32_t)fa_utf8_count(fa_buf_str(&b));
	return rc;
}

static bool
is_tail(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* At most FA_DOSSIER_CONTEXT characters of text before or after at, without
 * leaving the block before and after. */
static struct fa_range
around(const struct fa_doc *doc, uint32_t at, bool before)
{
	struct fa_range r = { at, at };
	int n = 0;

	while (n < FA_DOSSIER_CONTEXT && before && r.from > 0) {
		r.from--;
		n += !is_tail(doc->text.p[r.from]);
	}
	while (n < FA_DOSSIER_CONTEXT && !before && r.to < doc->text.n) {
		r.to++;
		while (r.to < doc->text.n && is_tail(doc->text.p[r.to]))
			r.to++;
		n++;
	}
	return r;
}

static int
visible(struct fa_str *out, struct fa_facts *x, const struct fa_doc *doc,
	struct fa_range r, struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);

	fa_buf_init(&b, TEXT_BYTES);
	if (r.from >= r.to)
		return FA_OK;
	fa_read_visible(doc, r, &b);
	if (b.rc == FA_OK)
		*out = fa_facts_dup(x, fa_buf_str(&b));
	return b.rc == FA_OK && out->p != NULL
		? FA_OK
		: fa_fail(err, FA_E_NOMEM, "no memory for a passage");
}

/* Where it stands in the text: numbers of the annex, and context. */
static int
add_place(struct fa_dossier_passage *out, struct fa_facts *x,
	const struct fa_doc *doc, const struct fa_evidence *e,
	struct fa_err *err)
{
	uint32_t from = text_of_raw(doc, e->raw.from);
	uint32_t to = text_of_raw(doc, e->raw.to);
	uint32_t s;
	int rc;

	rc = points_before(&out->offset.from, doc, e->raw.from, err);
	if (rc == FA_OK)
		rc = points_before(&out->offset.to, doc, e->raw.to, err);
	if (rc < 0 || doc->sentences_n == 0)
		return rc;
	s = fa_doc_sentence_at(doc, from);
	out->sentence = s + 1;
	out->paragraph = doc->sentences[s].block + 1;
	rc = visible(&out->before, x, doc, around(doc, from, true), err);
	if (rc == FA_OK)
		rc = visible(&out->after, x, doc, around(doc, to, false), err);
	return rc;
}

/* Cuts the quote anew and compares. */
static int
cut_again(struct fa_dossier_passage *out, const struct fa_doc *doc,
	const struct fa_evidence *e, struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	int rc;

	fa_buf_init(&b, TEXT_BYTES);
	fa_read_quote(doc, e->raw, &b);
	rc = fa_buf_rc(&b, "quote", err);
	if (rc < 0)
		return rc;
	out->recut = fa_str_eq(fa_buf_str(&b), e->quote);
	return fa_hash_sha256(
		out->sha256, fa_str_sub(doc->raw, e->raw.from, e->raw.to), err);
}

/* ---- of a flow ---- */

static struct fa_str
screen_name(struct fa_facts *x, const struct fa_flow *f, uint32_t screen)
{
	const struct fa_flow_screen *s;

	if (screen >= f->screens_n)
		return fa_str_c(FA_FACTS_SAY(x, "（应用之外）", "(outside)"));
	s = &f->screens[screen];
	return fa_facts_say(x, "%.*s %.*s", FA_STR_ARG(s->id),
		FA_STR_ARG(s->title.n > 0 ? s->title : s->native));
}

static const char *
action_word(const struct fa_facts *x, enum fa_flow_action a)
{
	static const char *const word[FA_FLOW_ACTION_COUNT][2] = {
		[FA_FLOW_TAP] = { "点按", "tap" },
		[FA_FLOW_CHECK] = { "勾选", "check" },
		[FA_FLOW_UNCHECK] = { "取消勾选", "uncheck" },
		[FA_FLOW_BACK] = { "返回", "go back" },
		[FA_FLOW_SCROLL] = { "滚动", "scroll" },
		[FA_FLOW_FILL] = { "填写", "fill in" },
		[FA_FLOW_WAIT] = { "等待", "wait" },
		[FA_FLOW_LAUNCH] = { "启动", "launch" },
		[FA_FLOW_RELAUNCH] = { "重新启动", "launch again" },
		[FA_FLOW_SYSTEM_ALLOW] = { "系统权限：允许",
			"system permission: allow" },
		[FA_FLOW_SYSTEM_DENY] = { "系统权限：拒绝",
			"system permission: deny" },
		[FA_FLOW_FACE] = { "模拟采集成功", "simulated capture" },
	};

	return word[a][x->o->lang == FA_LANG_ZH ? 0 : 1];
}

static struct fa_str
action_text(struct fa_facts *x, const struct fa_flow *f,
	const struct fa_flow_transition *t)
{
	struct fa_str what = FA_STR_NONE;

	if (t->from < f->screens_n &&
		t->element < f->screens[t->from].elements_n) {
		const struct fa_flow_element *e =
			&f->screens[t->from].elements[t->element];

		what = e->text.n > 0    ? e->text
			: e->hint.n > 0 ? e->hint
					: e->id;
	}
	if (what.n == 0)
		return fa_str_c(action_word(x, t->action));
	return fa_facts_say(
		x, "%s “%.*s”", action_word(x, t->action), FA_STR_ARG(what));
}

static const char *
basis_word(const struct fa_facts *x, enum fa_flow_basis b)
{
	static const char *const word[FA_FLOW_BASIS_COUNT][2] = {
		[FA_FLOW_ASSUMED] = { "推定", "assumed" },
		[FA_FLOW_STATED] = { "界面所述", "declared" },
		[FA_FLOW_OBSERVED] = { "实际走到", "observed" },
	};

	return word[b][x->o->lang == FA_LANG_ZH ? 0 : 1];
}

static int
add_steps(struct fa_dossier_passage *out, struct fa_facts *x,
	const struct fa_flow *f, const struct fa_flow_place *p,
	struct fa_err *err)
{
	out->steps = fa_arena_new(x->a, p->path_n, sizeof(*out->steps));
	if (out->steps == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a path");
	for (size_t i = 0; i < p->path_n; i++) {
		const struct fa_flow_transition *t;

		if (p->path[i] >= f->transitions_n)
			continue;
		t = &f->transitions[p->path[i]];
		out->steps[out->steps_n++] = (struct fa_dossier_step){
			.screen = screen_name(x, f, t->from),
			.action = action_text(x, f, t),
			.basis = basis_word(x, t->basis),
			.at_us = t->at_ms * 1000
		};
	}
	return FA_OK;
}

/* The picture of the screen, and the box of the element in it. */
static void
add_picture(struct fa_dossier_passage *out, const struct fa_facts *x,
	const struct fa_facts_doc *doc, const struct fa_flow_place *p)
{
	const struct fa_flow_screen *s = &doc->flow->screens[p->screen];

	for (size_t i = 0; i < s->evidence_n; i++) {
		uint32_t at = doc->first_picture + s->evidence[i];

		if (doc->first_picture == FA_DOSSIER_NONE ||
			at >= x->d->pictures_n ||
			x->d->pictures[at].bytes.n == 0)
			continue;
		out->picture = at;
		break;
	}
	if (p->element < s->elements_n && s->elements[p->element].has_box &&
		out->picture != FA_DOSSIER_NONE) {
		out->has_box = true;
		out->box = s->elements[p->element].box;
	}
}

static int
add_flow_place(struct fa_dossier_passage *out, struct fa_facts *x,
	const struct fa_facts_doc *doc, const struct fa_evidence *e,
	struct fa_err *err)
{
	const struct fa_flow_place *p = e->place;
	const struct fa_flow_screen *s;

	if (p == NULL || p->screen >= doc->flow->screens_n)
		return FA_OK;
	s = &doc->flow->screens[p->screen];
	out->screen = screen_name(x, doc->flow, p->screen);
	if (p->element < s->elements_n)
		out->element = s->elements[p->element].id;
	add_picture(out, x, doc, p);
	return add_steps(out, x, doc->flow, p, err);
}

int
fa_facts_passage(struct fa_dossier_passage *out, struct fa_facts *x,
	uint32_t document, const struct fa_evidence *e, struct fa_err *err)
{
	const struct fa_facts_doc *doc = &x->docs[document];
	struct fa_dossier_passage p = { .document = document,
		.text = e->text,
		.section = e->section,
		.raw = e->raw,
		.from = e->from,
		.to = e->to,
		.cut = e->cut,
		.note = e->note,
		.before = e->before,
		.after = e->after,
		.picture = FA_DOSSIER_NONE };
	int rc;

	if (e->rule < x->bundle->rules_n)
		p.rule = x->bundle->rules[e->rule].id;
	if (e->quote.n > 0 && !fa_str_eq(e->quote, e->text) &&
		doc->flow == NULL)
		p.raw_text = e->quote;
	if (doc->flow != NULL) {
		p.recut = true;
		rc = add_flow_place(&p, x, doc, e, err);
	} else {
		p.before = p.after = FA_STR_NONE;
		rc = add_place(&p, x, &doc->doc, e, err);
		if (rc == FA_OK)
			rc = cut_again(&p, &doc->doc, e, err);
		fa_facts_page_place(&p, x, doc->page);
	}
	if (rc == FA_OK)
		*out = p;
	return rc;
}
