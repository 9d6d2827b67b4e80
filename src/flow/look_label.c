/* From the label of a control to what it does. A word only counts when it
 * makes up the label: at most twice the characters that known words cover,
 * plus four. Refusing comes first; a label that refuses agrees to nothing,
 * one that leads back to a face check begins none, and one that names the
 * face begins a check only when it is neither a setting nor a question. */
#include "flow/look.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define FACE_LABEL_CHARS 16

/* A word of one character (好) that agrees is no part of a longer label
 * (让好友失望). */
static bool
stands(const struct fa_looked *e, enum fa_vocab_set set)
{
	return e->lh.best[set] > 1 ||
		(e->lh.best[set] == 1 &&
			(e->label_chars <= 3 ||
				(set != FA_VOCAB_ACCEPT &&
					set != FA_VOCAB_ACCEPT_WEAK)));
}

static bool
fits(const struct fa_looked *e, enum fa_vocab_set set)
{
	return stands(e, set) && e->label_chars <= 2 * e->lh.taken + 4;
}

/* Agreeing and refusing say more of what it is about. */
static bool
fits_choice(const struct fa_looked *e, enum fa_vocab_set set)
{
	return stands(e, set) && e->label_chars <= 2 * e->lh.taken + 8;
}

static uint32_t
refusing(const struct fa_looked *e)
{
	uint32_t c = 0;

	if (fits_choice(e, FA_VOCAB_REFUSE))
		c |= BIT(REFUSE);
	if (fits(e, FA_VOCAB_LATER))
		c |= BIT(LATER);
	if (c != 0 && fa_str_find(e->text, FA_STR("退出"), 0) != SIZE_MAX)
		c |= BIT(EXIT);
	return c;
}

static uint32_t
methods(const struct fa_looked *e)
{
	uint32_t c = 0;

	if (fits(e, FA_VOCAB_OTHER))
		c |= BIT(OTHER_METHOD);
	if (fits(e, FA_VOCAB_NONFACE))
		c |= BIT(OTHER_METHOD) | BIT(NONFACE);
	if (fits(e, FA_VOCAB_NETID))
		c |= BIT(OTHER_METHOD) | BIT(NONFACE) | BIT(NETID);
	if (fits(e, FA_VOCAB_BIOMETRIC))
		c |= BIT(OTHER_METHOD) | BIT(BIOMETRIC);
	if (fits(e, FA_VOCAB_OS_BIO))
		c |= BIT(OS_BIO) | BIT(BIOMETRIC);
	if (fits(e, FA_VOCAB_OFFCHANNEL))
		c |= BIT(OTHER_METHOD) | BIT(OFFCHANNEL);
	return c;
}

static uint32_t
rights(const struct fa_looked *e)
{
	uint32_t c = 0;

	if (fits(e, FA_VOCAB_WITHDRAW) ||
		(e->lh.best[FA_VOCAB_FACE] > 0 &&
			fa_look_has(e, FA_VOCAB_OFF) &&
			e->label_chars <= FACE_LABEL_CHARS &&
			e->lh.best[FA_VOCAB_CANCEL_ACCOUNT] == 0))
		c |= BIT(WITHDRAW);
	if (fits(e, FA_VOCAB_CANCEL_ACCOUNT))
		c |= BIT(CANCEL_ACCOUNT);
	if (fits(e, FA_VOCAB_DELETE_FACE))
		c |= BIT(DELETE_FACE);
	return c;
}

static uint32_t
leaving(const struct fa_looked *e)
{
	uint32_t c = 0;

	if (fits(e, FA_VOCAB_EXIT))
		c |= BIT(EXIT);
	if (fits(e, FA_VOCAB_BACK))
		c |= BIT(BACK);
	if (fits(e, FA_VOCAB_HELP))
		c |= BIT(HELP);
	return c;
}

static uint32_t
ages(const struct fa_looked *e)
{
	uint32_t c = 0;
	unsigned age = fa_look_age(e->text);

	if (age > 0 && e->label_chars <= 12)
		c |= age < FA_LOOK_CHILD ? BIT(MINOR) : BIT(ADULT);
	else if (fits(e, FA_VOCAB_MINOR))
		c |= BIT(MINOR);
	else if (fits(e, FA_VOCAB_ADULT))
		c |= BIT(ADULT);
	if (fa_look_has(e, FA_VOCAB_GUARDIAN) && e->label_chars <= 20)
		c |= BIT(GUARDIAN);
	return c;
}

static bool
is_document(const struct fa_looked *e)
{
	return fits(e, FA_VOCAB_DOCUMENT) ||
		(e->label_chars <= 6 &&
			fa_str_find(e->text, FA_STR("《"), 0) != SIZE_MAX);
}

static bool
begins_face(const struct fa_looked *e)
{
	if (fa_look_has(e, FA_VOCAB_FACE_NOT))
		return false;
	if (fits(e, FA_VOCAB_FACE_START))
		return true;
	return fa_look_has(e, FA_VOCAB_FACE) &&
		e->label_chars <= FACE_LABEL_CHARS &&
		(e->lh.best[FA_VOCAB_CAPTURE_START] > 0 ||
			e->lh.best[FA_VOCAB_ACCEPT_WEAK] > 0 ||
			e->lh.best[FA_VOCAB_NEUTRAL] > 0 ||
			e->lh.best[FA_VOCAB_ACCEPT] > 0);
}

/* A control that is no box and no input. */
static uint32_t
of_button(struct fa_looked *e)
{
	uint32_t c =
		refusing(e) | methods(e) | rights(e) | leaving(e) | ages(e);

	if ((c &
		    (BIT(REFUSE) | BIT(LATER) | BIT(WITHDRAW) |
			    BIT(DELETE_FACE) | BIT(BACK))) != 0)
		return c;
	if (fits_choice(e, FA_VOCAB_ACCEPT))
		c |= BIT(ACCEPT);
	else if (is_document(e))
		return c | BIT(DOCUMENT);
	if ((c &
		    (BIT(OTHER_METHOD) | BIT(HELP) | BIT(OS_BIO) |
			    BIT(CANCEL_ACCOUNT))) == 0 &&
		begins_face(e))
		c |= BIT(FACE);
	if ((c & ~BIT(GUARDIAN)) != 0)
		return c;
	e->weak_accept = fits(e, FA_VOCAB_ACCEPT_WEAK);
	e->weak_start = fits(e, FA_VOCAB_CAPTURE_START);
	if (fits(e, FA_VOCAB_SUBMIT))
		c |= BIT(SUBMIT);
	if (fits(e, FA_VOCAB_NEUTRAL))
		c |= BIT(NEUTRAL);
	return c;
}

static bool
is_agreeing(const struct fa_looked *e)
{
	if (fits_choice(e, FA_VOCAB_REFUSE) || fits(e, FA_VOCAB_LATER))
		return false;
	return e->lh.best[FA_VOCAB_ACCEPT] > 0 ||
		fa_look_has(e, FA_VOCAB_AGREE) ||
		fa_look_has(e, FA_VOCAB_IMPLIED);
}

static uint32_t
of_box(struct fa_looked *e, const struct fa_flow_element *el)
{
	uint32_t c;

	if (el->role == FA_FLOW_SWITCH && fa_look_has(e, FA_VOCAB_FACE))
		return el->checked == FA_TRI_YES ? BIT(WITHDRAW) : BIT(FACE);
	if (is_agreeing(e))
		return BIT(AGREE_BOX) |
			(fa_look_has(e, FA_VOCAB_GUARDIAN) ? BIT(GUARDIAN) : 0);
	c = of_button(e);
	return c & ~BIT(ACCEPT);
}

static uint32_t
of_input(const struct fa_looked *e)
{
	uint32_t c = 0;

	if (e->lh.best[FA_VOCAB_NONFACE] > 0)
		c |= BIT(NONFACE);
	if (fa_look_has(e, FA_VOCAB_GUARDIAN))
		c |= BIT(GUARDIAN);
	return c;
}

void
fa_look_labels(struct fa_look *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct fa_flow_element *el = &l->s->elements[i];
		struct fa_looked *e = &l->at[i];
		struct fa_view_element *out = &l->out->elements[i];

		out->tappable = e->seen && e->control &&
			el->enabled != FA_TRI_NO && el->clickable != FA_TRI_NO;
		out->fee = e->seen && fa_look_has(e, FA_VOCAB_FEE) &&
			!fa_look_has(e, FA_VOCAB_FEE_NOT);
		if (!e->control || !e->seen || e->text.n == 0)
			continue;
		if (el->role == FA_FLOW_INPUT)
			out->controls = of_input(e);
		else if (el->role == FA_FLOW_CHECKBOX ||
			el->role == FA_FLOW_SWITCH || el->role == FA_FLOW_RADIO)
			out->controls = of_box(e, el);
		else
			out->controls = of_button(e);
	}
}

static bool
asks_consent(const struct fa_look *l)
{
	bool choice = fa_look_control(l, BIT(REFUSE) | BIT(LATER));

	for (size_t i = 0; i <= l->n; i++) {
		const struct fa_looked *e = &l->at[i];

		if (e->seen && !e->control &&
			((fa_look_has(e, FA_VOCAB_AGREE) &&
				 !fa_look_has(e, FA_VOCAB_AGREE_NOT)) ||
				(choice && fa_look_has(e, FA_VOCAB_FACE) &&
					fa_look_takes(&e->h))))
			return true;
	}
	return fa_look_says(l, FA_VOCAB_PERMISSION, 80) ||
		fa_look_says(l, FA_VOCAB_ENROL, 40);
}

static bool
tells(const struct fa_look *l)
{
	for (size_t i = 0; i <= l->n; i++) {
		const struct fa_looked *e = &l->at[i];

		if (e->seen && !e->control && e->lh.best[FA_VOCAB_FACE] > 0 &&
			fa_look_takes(&e->lh) && !fa_look_has(e, FA_VOCAB_DENY))
			return true;
	}
	return false;
}

/* Where it is told what is done with the face, and one may refuse, to switch
 * the function on (“立即开通刷脸支付”) is to agree. */
static bool
opts_in(const struct fa_look *l, size_t i)
{
	return l->s->elements[i].role == FA_FLOW_BUTTON &&
		fa_look_has(&l->at[i], FA_VOCAB_ENROL_VERB);
}

/* Beside one control that agrees to the face stands one other, whatever it is
 * called (“让好友失望”): the choice against it. */
static void
shame(struct fa_look *l)
{
	uint32_t *other = NULL;
	unsigned yes = 0, unknown = 0, known = 0;

	for (size_t i = 0; i < l->n; i++) {
		uint32_t *c = &l->out->elements[i].controls;

		if (!l->out->elements[i].tappable ||
			l->s->elements[i].role == FA_FLOW_INPUT ||
			l->at[i].text.n == 0 || (*c & BIT(DOCUMENT)) != 0)
			continue;
		if ((*c & BIT(ACCEPT)) != 0) {
			yes++;
		} else if (*c == 0 &&
			l->s->elements[i].role == FA_FLOW_BUTTON) {
			unknown++;
			other = c;
		} else {
			known++;
		}
	}
	if (l->out->face_words && yes == 1 && unknown == 1 && known == 0)
		*other = BIT(LATER);
}

/* A control that begins a face check: where the camera is seen it captures. */
static uint32_t
face_control(const struct fa_look *l, size_t i, bool captures, bool told)
{
	if ((l->out->elements[i].controls & BIT(FACE)) == 0)
		return 0;
	if (captures)
		return BIT(CAPTURE);
	return told && opts_in(l, i) ? BIT(ACCEPT) : 0;
}

/* 允许 agrees where consent is asked for; 开始识别 captures where a face is to
 * be seen. Elsewhere they say nothing. */
void
fa_look_weak(struct fa_look *l)
{
	bool consent = asks_consent(l);
	bool face =
		l->out->face_words || (l->out->signs & FA_SIGN_CAPTURING) != 0;
	bool captures =
		(l->out->signs & (FA_SIGN_CAMERA | FA_SIGN_CAPTURING)) != 0;

	bool told = tells(l) && fa_look_control(l, BIT(REFUSE) | BIT(LATER));

	if ((l->out->signs & FA_SIGN_PHOTO) != 0)
		face = false;
	for (size_t i = 0; i < l->n; i++) {
		uint32_t *c = &l->out->elements[i].controls;

		if (l->at[i].weak_start && face)
			*c = captures ? BIT(CAPTURE) : BIT(FACE);
		else if (l->at[i].weak_accept && consent)
			*c |= BIT(ACCEPT);
		else if (l->at[i].weak_accept || l->at[i].weak_start)
			*c |= BIT(NEUTRAL);
		*c |= face_control(l, i, captures && face, told);
	}
	shame(l);
}
