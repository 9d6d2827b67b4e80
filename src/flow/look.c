/* What a screen says, element by element: text, label and hint folded, the
 * label of a control without the names of documents in it. A control without
 * text of its own (a clickable container, a bare checkbox) is called as what
 * stands inside it or behind it. */
#include "flow/look.h"

#include <string.h>

#include "base/utf8.h"

#define ADULT_AGE 18

static bool
acts(const struct fa_flow_element *e)
{
	switch (e->role) {
	case FA_FLOW_BUTTON:
	case FA_FLOW_LINK:
	case FA_FLOW_CHECKBOX:
	case FA_FLOW_SWITCH:
	case FA_FLOW_RADIO:
	case FA_FLOW_INPUT:
		return true;
	default:
		return e->clickable == FA_TRI_YES;
	}
}

static bool
has_own_text(const struct fa_flow_element *e)
{
	return e->text.n > 0 || e->label.n > 0 || e->hint.n > 0;
}

/* Text, label and hint as one. */
static int
said(struct fa_looked *out, const struct fa_flow_element *e, struct fa_arena *a)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	bool box = e->role == FA_FLOW_CHECKBOX || e->role == FA_FLOW_SWITCH ||
		e->role == FA_FLOW_RADIO || e->role == FA_FLOW_INPUT;

	fa_buf_init(&b, 3 * (size_t)FA_FLOW_TEXT_BYTES + 16);
	fa_buf_add(&b, e->text);
	if (box && e->label.n > 0 && !fa_str_eq(e->label, e->text)) {
		fa_buf_addc(&b, b.n > 0 ? '\n' : ' ');
		fa_buf_add(&b, e->label);
	}
	if (e->hint.n > 0 && (b.n == 0 || e->role == FA_FLOW_INPUT)) {
		fa_buf_addc(&b, b.n > 0 ? '\n' : ' ');
		fa_buf_add(&b, e->hint);
	}
	if (b.rc < 0)
		return FA_E_NOMEM;
	out->text = fa_vocab_fold(fa_buf_str(&b), a);
	return out->text.p ? FA_OK : FA_E_NOMEM;
}

static bool
counts(uint32_t cp)
{
	return fa_rune_is_han(cp) || (cp >= '0' && cp <= '9') ||
		(cp >= 'a' && cp <= 'z') || cp == 0xD7 || cp == 0x2715 ||
		cp == 0x2716;
}

/* Letters take half the room of Chinese characters, and say half as much. */
static size_t
width(struct fa_str s)
{
	size_t halves = 0;

	for (size_t i = 0; i < s.n;) {
		uint32_t cp;

		i += fa_utf8_next(fa_str_sub(s, i, s.n), &cp);
		halves += cp < 0x2E80 ? 1 : 2;
	}
	return (halves + 1) / 2;
}

/* The label: without 《…》 and their content. */
static int
cut_label(struct fa_look *l, struct fa_looked *e)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	bool quoted = false;

	fa_buf_init(&b, e->text.n + 8);
	for (size_t i = 0; i < e->text.n;) {
		struct fa_str rest = fa_str_sub(e->text, i, e->text.n);
		uint32_t cp;
		size_t one = fa_utf8_next(rest, &cp);

		i += one;
		if (cp == 0x300A)
			quoted = true;
		if (!quoted) {
			fa_buf_add(&b, fa_str_sub(rest, 0, one));
			e->label_chars += counts(cp);
		}
		if (cp == 0x300B)
			quoted = false;
	}
	if (b.rc < 0)
		return FA_E_NOMEM;
	fa_vocab_scan(&e->lh, l->v, fa_buf_str(&b));
	e->label_width = width(fa_buf_str(&b));
	return FA_OK;
}

static int
scan(struct fa_look *l, struct fa_looked *e)
{
	e->chars = width(e->text);
	e->label_chars = 0;
	fa_vocab_scan(&e->h, l->v, e->text);
	return cut_label(l, e);
}

/* Names of controls that have none: the first text inside, or, of a checkbox,
 * the text that follows it. */
static void
borrow(struct fa_look *l)
{
	const struct fa_flow_element *e = l->s->elements;

	for (size_t i = 0; i < l->n; i++) {
		uint32_t p = e[i].parent;

		if (p < l->n && acts(&e[p]) && !has_own_text(&e[p]) &&
			l->at[p].text.n == 0 && e[i].text.n > 0)
			l->at[p].text = l->at[i].text;
	}
	for (size_t i = 0; i + 1 < l->n; i++)
		if ((e[i].role == FA_FLOW_CHECKBOX ||
			    e[i].role == FA_FLOW_RADIO ||
			    e[i].role == FA_FLOW_SWITCH) &&
			l->at[i].text.n == 0 &&
			(e[i + 1].role == FA_FLOW_TEXT ||
				e[i + 1].role == FA_FLOW_LINK))
			l->at[i].text = l->at[i + 1].text;
}

int
fa_look(struct fa_look *l, struct fa_err *err)
{
	const struct fa_flow_element *e = l->s->elements;
	int rc = FA_OK;

	l->n = l->s->elements_n;
	l->at = fa_arena_new(l->a, l->n + 1, sizeof(*l->at));
	if (!l->at)
		return fa_fail(err, FA_E_NOMEM, "no memory for a screen");
	for (size_t i = 0; i < l->n && rc == FA_OK; i++) {
		l->at[i].seen = e[i].visible != FA_TRI_NO &&
			e[i].covered_by == FA_FLOW_NONE;
		l->at[i].control = acts(&e[i]);
		rc = said(&l->at[i], &e[i], l->a);
	}
	l->at[l->n].seen = true;
	l->at[l->n].text = fa_vocab_fold(l->s->title, l->a);
	if (rc == FA_OK && !l->at[l->n].text.p)
		rc = FA_E_NOMEM;
	if (rc == FA_OK)
		borrow(l);
	for (size_t i = 0; i <= l->n && rc == FA_OK; i++)
		rc = scan(l, &l->at[i]);
	return rc == FA_OK ? FA_OK
			   : fa_fail(err, FA_E_NOMEM, "no memory for a screen");
}

bool
fa_look_says(const struct fa_look *l, enum fa_vocab_set set, size_t chars)
{
	for (size_t i = 0; i <= l->n; i++) {
		const struct fa_looked *e = &l->at[i];

		if (e->seen && !e->control && e->chars <= chars &&
			e->h.best[set] > 0)
			return true;
	}
	return false;
}

static bool
holds(struct fa_str s, struct fa_str what)
{
	return fa_str_find(s, what, 0) != SIZE_MAX;
}

/* Of at most three digits, blanks behind it; 0: none. */
static unsigned
number_before(struct fa_str text, size_t at)
{
	unsigned n = 0, digit = 1;

	while (at > 0 && text.p[at - 1] == ' ')
		at--;
	while (at > 0 && text.p[at - 1] >= '0' && text.p[at - 1] <= '9' &&
		digit <= 100) {
		n += digit * (unsigned)(text.p[at - 1] - '0');
		digit *= 10;
		at--;
	}
	return n;
}

unsigned
fa_look_age(struct fa_str text)
{
	size_t at = fa_str_find(text, FA_STR("岁"), 0);
	unsigned age = 0;

	if (at == SIZE_MAX)
		return 0;
	if (at >= 3 && fa_str_ends(fa_str_sub(text, 0, at), FA_STR("周")))
		at -= 3;
	age = number_before(text, at);
	if (age == 0)
		return 0;
	if (holds(text, FA_STR("未满")) || holds(text, FA_STR("不满")) ||
		holds(text, FA_STR("以下")))
		return age <= ADULT_AGE ? 1 : age;
	if ((holds(text, FA_STR("以上")) || holds(text, FA_STR("满"))) &&
		age < FA_LOOK_CHILD)
		return 0;
	return age;
}

bool
fa_look_control(const struct fa_look *l, uint32_t controls)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->at[i].seen &&
			(l->out->elements[i].controls & controls) != 0)
			return true;
	return false;
}
