/* What an agreeing control binds. A box binds what its own words and links
 * name, and the names that follow it in pieces (“我已阅读并同意” “《用户协议》”
 * “和” “《人脸识别服务协议》”); one that says only “the above” binds what the
 * texts name. A button binds what the texts of its screen name, unless there
 * is a box for that. A document with the face in its name is about the face,
 * whatever else its name says. A sentence that promises to ask later or denies
 * (“另行征得”, “不会用于营销”) binds nothing, and a policy is bound only by a
 * sentence that agrees to it, not by one that points to it.
 *
 * Example: 登录即表示同意《用户协议》和《人脸识别服务协议》 binds TERMS and
 * FACE. */
#include "flow/look.h"

#include "base/utf8.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define GLUE_CHARS 3 /* "和", "以及" between names in pieces */

static uint32_t
of_name(const struct fa_vocab_hits *h)
{
	if (h->best[FA_VOCAB_FACE] > 0)
		return FA_BIND_FACE;
	if (h->best[FA_VOCAB_CHILDREN_DOC] > 0)
		return FA_BIND_CHILDREN;
	if (h->best[FA_VOCAB_BIND_POLICY] > 0)
		return FA_BIND_POLICY;
	if (h->best[FA_VOCAB_BIND_TERMS] > 0)
		return FA_BIND_TERMS;
	return 0;
}

static uint32_t
of_data(const struct fa_vocab_hits *h)
{
	uint32_t bits = 0;

	if (h->best[FA_VOCAB_FACE] > 0)
		bits |= FA_BIND_FACE;
	if (h->best[FA_VOCAB_BIND_MARKETING] > 0)
		bits |= FA_BIND_MARKETING;
	if (h->best[FA_VOCAB_BIND_OTHER] > 0)
		bits |= FA_BIND_OTHER_DATA;
	if (h->best[FA_VOCAB_BIND_SHARING] > 0)
		bits |= FA_BIND_SHARING;
	return bits;
}

/* Names in 《》; *rest gets the sentence up to the first one. */
static uint32_t
names_in(const struct fa_vocab *v, struct fa_str s)
{
	uint32_t bits = 0;
	size_t at = 0;

	for (;;) {
		size_t from = fa_str_find(s, FA_STR("《"), at);
		size_t to = from == SIZE_MAX
			? SIZE_MAX
			: fa_str_find(s, FA_STR("》"), from);
		struct fa_vocab_hits h;

		if (to == SIZE_MAX)
			return bits;
		fa_vocab_scan(&h, v, fa_str_sub(s, from, to));
		bits |= of_name(&h);
		at = to;
	}
}

static bool
ends_sentence(uint32_t cp)
{
	return cp == 0x3002 || cp == ';' || cp == '!' || cp == '?' ||
		cp == '\n' || cp == 0xFF1B || cp == 0xFF01;
}

/* Cuts the first sentence off *rest. */
static struct fa_str
sentence(struct fa_str *rest)
{
	struct fa_str s = *rest;

	for (size_t i = 0; i < s.n;) {
		uint32_t cp;
		size_t one = fa_utf8_next(fa_str_sub(s, i, s.n), &cp);

		i += one;
		if (ends_sentence(cp)) {
			*rest = fa_str_sub(s, i, s.n);
			return fa_str_sub(s, 0, i - one);
		}
	}
	*rest = FA_STR_NONE;
	return s;
}

static uint32_t
of_sentence(const struct fa_vocab *v, struct fa_str s, bool own)
{
	struct fa_vocab_hits h;
	uint32_t bits;

	fa_vocab_scan(&h, v, s);
	if (h.best[FA_VOCAB_AGREE_NOT] > 0)
		return 0;
	bits = of_data(&h);
	if (own || h.best[FA_VOCAB_AGREE] > 0 || h.best[FA_VOCAB_IMPLIED] > 0) {
		uint32_t names = names_in(v, s);

		bits |= names;
		if (names == 0 && own)
			bits |= of_name(&h);
	} else if (!fa_look_takes(&h)) {
		bits &= FA_BIND_FACE;
	}
	return bits;
}

static uint32_t
of_text(const struct fa_vocab *v, struct fa_str text, bool own)
{
	uint32_t bits = 0;

	while (text.n > 0)
		bits |= of_sentence(v, sentence(&text), own);
	return bits;
}

/* Names in pieces behind element i. */
static uint32_t
run_after(const struct fa_look *l, size_t i)
{
	uint32_t bits = 0;

	for (size_t k = i + 1; k < l->n; k++) {
		const struct fa_looked *e = &l->at[k];
		bool name =
			(l->out->elements[k].controls & BIT(DOCUMENT)) != 0 ||
			fa_str_starts(e->text, FA_STR("《"));

		if (!e->seen || (!name && e->chars > GLUE_CHARS) ||
			(e->control && !name))
			break;
		if (name)
			bits |= of_name(&e->h);
	}
	return bits;
}

static uint32_t
of_links(const struct fa_look *l, size_t i)
{
	const struct fa_flow_element *e = &l->s->elements[i];
	uint32_t bits = 0;

	for (size_t k = 0; k < e->links_n; k++) {
		struct fa_vocab_hits h;
		struct fa_str name = fa_vocab_fold(e->links[k].text, l->a);

		if (!name.p)
			continue;
		fa_vocab_scan(&h, l->v, name);
		bits |= of_name(&h);
	}
	return bits;
}

/* What texts and title name. */
static uint32_t
of_screen(const struct fa_look *l, bool has_names)
{
	uint32_t bits = 0;

	for (size_t i = 0; i <= l->n; i++) {
		const struct fa_looked *e = &l->at[i];
		uint32_t own;

		if (!e->seen || e->control)
			continue;
		own = of_text(l->v, e->text, false);
		if (has_names)
			own &= ~(uint32_t)(FA_BIND_POLICY | FA_BIND_TERMS);
		else if (fa_look_has(e, FA_VOCAB_AGREE) &&
			!fa_look_has(e, FA_VOCAB_AGREE_NOT))
			own |= run_after(l, i);
		bits |= own;
	}
	return bits;
}

static uint32_t
of_box(const struct fa_look *l, size_t i)
{
	uint32_t bits = of_text(l->v, l->at[i].text, true) | of_links(l, i) |
		run_after(l, i);

	return bits != 0 ? bits : of_screen(l, true);
}

void
fa_look_binds(struct fa_look *l)
{
	bool box = fa_look_control(l, BIT(AGREE_BOX));

	for (size_t i = 0; i < l->n; i++) {
		struct fa_view_element *out = &l->out->elements[i];

		if (!l->at[i].seen)
			continue;
		if ((out->controls & BIT(AGREE_BOX)) != 0)
			out->docs = of_box(l, i);
		else if ((out->controls & BIT(ACCEPT)) != 0)
			out->docs = of_text(l->v, l->at[i].text, true) |
				of_links(l, i) |
				(box ? 0 : of_screen(l, false));
	}
}
