/* What a screen is: by what can be done on it, and by what its title and its
 * short texts say. A link back to a face check makes no help page a face
 * screen, a menu with an entry for the face is no prompt, and a camera
 * without a word of a face check captures no face. */
#include "flow/look.h"

#define BIT(c) FA_CTL_BIT(FA_CTL_##c)
#define SHORT 40
#define LINE 80
#define DOCUMENT_CHARS 400
#define CAPTURING_BUTTON 8
#define DONE_BUTTON 10 /* longer ones that do nothing known are texts */
#define PROMPT_FUNCTIONS 4

static const struct fa_looked *
title_of(const struct fa_look *l)
{
	return &l->at[l->n];
}

static bool
titled(const struct fa_look *l, enum fa_vocab_set set)
{
	return fa_look_has(title_of(l), set);
}

static unsigned
count(const struct fa_look *l, uint32_t any, uint32_t none)
{
	unsigned n = 0;

	for (size_t i = 0; i < l->n; i++) {
		uint32_t c = l->out->elements[i].controls;

		n += l->at[i].seen && l->at[i].control && (c & none) == 0 &&
			(any == 0 || (c & any) != 0);
	}
	return n;
}

static bool
names_face(const struct fa_look *l)
{
	for (size_t i = 0; i <= l->n; i++)
		if (l->at[i].seen && fa_look_has(&l->at[i], FA_VOCAB_FACE) &&
			!fa_look_has(&l->at[i], FA_VOCAB_DENY))
			return true;
	return false;
}

static bool
has_role(const struct fa_look *l, enum fa_flow_role role)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->s->elements[i].role == role && l->at[i].seen)
			return true;
	return false;
}

static bool
says_face_check(const struct fa_look *l)
{
	for (size_t i = 0; i <= l->n; i++)
		if (l->at[i].seen &&
			l->at[i].h.best[FA_VOCAB_FACE_START] >= 2 &&
			!fa_look_has(&l->at[i], FA_VOCAB_DENY))
			return true;
	return false;
}

/* 刷脸乘车已开通, 开启刷脸. */
static bool
sets_up(const struct fa_look *l)
{
	for (size_t i = 0; i <= l->n; i++) {
		const struct fa_looked *e = &l->at[i];

		if (e->seen && !e->control && e->chars <= 16 &&
			fa_look_has(e, FA_VOCAB_FACE) &&
			fa_look_has(e, FA_VOCAB_ENROL_VERB))
			return true;
	}
	return titled(l, FA_VOCAB_ENROL) ||
		fa_look_says(l, FA_VOCAB_ENROL, SHORT);
}

/* Says how to hold the face, now and not of later. */
static bool
says_capturing(const struct fa_look *l, enum fa_vocab_set set)
{
	for (size_t i = 0; i <= l->n; i++) {
		const struct fa_looked *e = &l->at[i];

		bool text = !e->control ||
			(e->chars > CAPTURING_BUTTON &&
				!fa_look_has(e, FA_VOCAB_CAPTURE_START));

		if (e->seen && text && e->chars <= SHORT &&
			fa_look_has(e, set) &&
			!fa_look_has(e, FA_VOCAB_CAPTURING_NOT))
			return true;
	}
	return false;
}

/* Signs that do not depend on controls. */
static void
first_signs(struct fa_look *l)
{
	struct fa_view_screen *o = l->out;

	o->face_words = names_face(l);
	if (has_role(l, FA_FLOW_CAMERA))
		o->signs |= FA_SIGN_CAMERA;
	if (says_capturing(l, FA_VOCAB_CAPTURING) ||
		(o->face_words && says_capturing(l, FA_VOCAB_CAPTURING_WEAK)))
		o->signs |= FA_SIGN_CAPTURING;
	if (fa_look_says(l, FA_VOCAB_PHOTO, SHORT) && !says_face_check(l))
		o->signs |= FA_SIGN_PHOTO;
	if (fa_look_says(l, FA_VOCAB_OFFCHANNEL, LINE))
		o->signs |= FA_SIGN_OFFCHANNEL;
	if (titled(l, FA_VOCAB_HOME))
		o->signs |= FA_SIGN_HOME;
	if (sets_up(l))
		o->signs |= FA_SIGN_ENROL;
}

/* Of this user, not of a rule: “学员 8 岁”. */
static bool
states_child(const struct fa_looked *e)
{
	unsigned age = fa_look_age(e->text);

	return age > 1 && age < FA_LOOK_CHILD && e->chars <= 16;
}

/* What a line of text says of the user and of the face function. */
static uint32_t
said_by(const struct fa_looked *e)
{
	uint32_t signs = 0;

	if (e->chars > LINE)
		return 0;
	if ((fa_look_has(e, FA_VOCAB_FACE) || fa_look_has(e, FA_VOCAB_AGREE)) &&
		fa_look_has(e, FA_VOCAB_OFF_DONE))
		signs |= FA_SIGN_OFF;
	if (fa_look_has(e, FA_VOCAB_PRESET))
		signs |= FA_SIGN_PRESET;
	if (!e->control && fa_look_has(e, FA_VOCAB_FAILURE))
		signs |= FA_SIGN_FAILED;
	if (fa_look_has(e, FA_VOCAB_CHILD_USER) || states_child(e))
		signs |= FA_SIGN_CHILD;
	return signs;
}

/* What one element adds. */
static uint32_t
signs_of(const struct fa_looked *e)
{
	bool face = fa_look_has(e, FA_VOCAB_FACE);
	uint32_t signs = 0;

	if (face &&
		(fa_look_has(e, FA_VOCAB_DOCUMENT) ||
			fa_str_find(e->text, FA_STR("《"), 0) != SIZE_MAX))
		signs |= FA_SIGN_FACE_DOC;
	if (fa_look_has(e, FA_VOCAB_GUARDIAN_VERIFIED) && e->chars <= LINE)
		signs |= FA_SIGN_VERIFIED;
	if (face && !fa_look_has(e, FA_VOCAB_DENY))
		signs |= FA_SIGN_NAMES;
	if (e->control)
		return signs;
	return signs | said_by(e);
}

static void
sign_texts(struct fa_look *l)
{
	for (size_t i = 0; i <= l->n; i++)
		if (l->at[i].seen)
			l->out->signs |= signs_of(&l->at[i]);
	l->out->signs |= fa_look_told(l);
	if (has_role(l, FA_FLOW_WEBVIEW) && l->n <= 2)
		l->out->signs |= FA_SIGN_OPAQUE;
}

static void
role_consent(struct fa_look *l)
{
	struct fa_view_screen *o = l->out;
	uint32_t binds = 0;
	bool bundle = false;

	for (size_t i = 0; i < l->n; i++) {
		uint32_t d = o->elements[i].docs;

		if ((o->elements[i].controls &
			    (BIT(ACCEPT) | BIT(AGREE_BOX))) == 0)
			continue;
		o->roles |= FA_SCR_BIT(FA_SCR_CONSENT);
		binds |= d;
		bundle |= (d & FA_BIND_FACE) != 0 &&
			(d &
				(FA_BIND_POLICY | FA_BIND_TERMS |
					FA_BIND_MARKETING | FA_BIND_OTHER_DATA |
					FA_BIND_SHARING)) != 0;
	}
	if ((binds & FA_BIND_FACE) != 0)
		o->roles |= FA_SCR_BIT(FA_SCR_FACE_CONSENT);
	if (bundle)
		o->roles |= FA_SCR_BIT(FA_SCR_BUNDLE);
}

/* Going on counts as consent, where nothing else agrees. */
static void
role_implied(struct fa_look *l)
{
	struct fa_view_screen *o = l->out;

	if (fa_look_control(l, BIT(ACCEPT) | BIT(AGREE_BOX)))
		return;
	for (size_t i = 0; i < l->n; i++) {
		const struct fa_looked *e = &l->at[i];

		if (!e->seen || !fa_look_has(e, FA_VOCAB_IMPLIED) ||
			fa_look_has(e, FA_VOCAB_AGREE_NOT))
			continue;
		o->roles |= FA_SCR_BIT(FA_SCR_CONSENT);
		if (fa_look_has(e, FA_VOCAB_FACE)) {
			o->roles |= FA_SCR_BIT(FA_SCR_FACE_CONSENT);
			o->signs |= FA_SIGN_IMPLIED;
		}
	}
}

static void
role_document(struct fa_look *l)
{
	/* A long notice that goes on to a choice of ways is none. */
	const uint32_t ways = BIT(OTHER_METHOD) | BIT(NONFACE);
	size_t chars = 0;

	for (size_t i = 0; i < l->n; i++)
		if (l->at[i].seen && !l->at[i].control)
			chars += l->at[i].chars;
	if (fa_look_control(l,
		    BIT(ACCEPT) | BIT(AGREE_BOX) | BIT(FACE) | BIT(CAPTURE) |
			    BIT(REFUSE)))
		return;
	if ((titled(l, FA_VOCAB_DOCUMENT) && count(l, 0, BIT(BACK)) <= 3) ||
		(chars >= DOCUMENT_CHARS && count(l, 0, 0) <= 4 &&
			!fa_look_control(l, ways)))
		l->out->roles |= FA_SCR_BIT(FA_SCR_DOCUMENT);
}

static void
role_methods(struct fa_look *l, bool face)
{
	struct fa_view_screen *o = l->out;
	unsigned methods = count(l, BIT(NONFACE) | BIT(BIOMETRIC), 0);

	if (face && methods > 0)
		o->roles |= FA_SCR_BIT(FA_SCR_METHODS);
	else if (methods >= 2 &&
		(titled(l, FA_VOCAB_METHODS) ||
			fa_look_says(l, FA_VOCAB_METHODS, SHORT)))
		o->roles |= FA_SCR_BIT(FA_SCR_METHODS);
}

/* A control that begins a face check, other than a switch of settings. */
static bool
begins_check(const struct fa_look *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->at[i].seen &&
			(l->out->elements[i].controls & BIT(FACE)) != 0 &&
			(l->s->elements[i].role != FA_FLOW_SWITCH ||
				l->s->modal == FA_TRI_YES))
			return true;
	return false;
}

static void
role_face(struct fa_look *l)
{
	struct fa_view_screen *o = l->out;
	bool photo = (o->signs & FA_SIGN_PHOTO) != 0;
	bool capturing = (o->signs & FA_SIGN_CAPTURING) != 0;
	bool face = fa_look_control(l, BIT(FACE));

	if (!photo &&
		(((o->signs & FA_SIGN_CAMERA) != 0 &&
			 (o->face_words || capturing)) ||
			(capturing &&
				(fa_look_control(l, BIT(CAPTURE)) || !face))))
		o->roles |= FA_SCR_BIT(FA_SCR_CAPTURE);
	role_methods(l, face);
	if (photo || !begins_check(l))
		return;
	if (l->s->modal == FA_TRI_YES || titled(l, FA_VOCAB_FACE) ||
		fa_look_says(l, FA_VOCAB_FACE, LINE) ||
		count(l, 0,
			BIT(FACE) | BIT(BACK) | BIT(DOCUMENT) |
				BIT(OTHER_METHOD)) < PROMPT_FUNCTIONS)
		o->roles |= FA_SCR_BIT(FA_SCR_FACE_PROMPT);
}

static bool
asks_birth(const struct fa_look *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->s->elements[i].role == FA_FLOW_INPUT &&
			fa_look_has(&l->at[i], FA_VOCAB_BIRTH))
			return true;
	return false;
}

static void
role_people(struct fa_look *l)
{
	struct fa_view_screen *o = l->out;
	bool acts = fa_look_control(l,
			    BIT(ACCEPT) | BIT(AGREE_BOX) | BIT(NEUTRAL) |
				    BIT(SUBMIT) | BIT(GUARDIAN)) ||
		has_role(l, FA_FLOW_INPUT);
	bool birth = asks_birth(l);

	if ((fa_look_control(l, BIT(ADULT)) &&
		    fa_look_control(l, BIT(MINOR))) ||
		(fa_look_control(l, BIT(ADULT)) &&
			fa_look_says(l, FA_VOCAB_AGE, LINE)) ||
		(fa_look_control(l, BIT(MINOR)) &&
			fa_look_says(l, FA_VOCAB_AGE, LINE)) ||
		(birth && fa_look_says(l, FA_VOCAB_AGE, LINE)))
		o->roles |= FA_SCR_BIT(FA_SCR_AGE);
	else if (acts &&
		(titled(l, FA_VOCAB_GUARDIAN) ||
			fa_look_says(l, FA_VOCAB_GUARDIAN, SHORT) ||
			fa_look_control(l, BIT(GUARDIAN))))
		o->roles |= FA_SCR_BIT(FA_SCR_GUARDIAN);
}

/* "Done" is said now, not of later or of a condition. */
static bool
says_done(const struct fa_look *l)
{
	for (size_t i = 0; i <= l->n; i++) {
		const struct fa_looked *e = &l->at[i];

		bool text = !e->control ||
			(i < l->n && l->out->elements[i].controls == 0 &&
				e->chars > DONE_BUTTON);

		if (e->seen && text && e->chars <= 30 &&
			fa_look_has(e, FA_VOCAB_SUCCESS) &&
			!fa_look_has(e, FA_VOCAB_SUCCESS_NOT) &&
			!fa_look_has(e, FA_VOCAB_BLOCKED) &&
			!fa_look_has(e, FA_VOCAB_FAILURE))
			return true;
	}
	return false;
}

static bool
says_blocked(const struct fa_look *l)
{
	for (size_t i = 0; i <= l->n; i++) {
		const struct fa_looked *e = &l->at[i];

		if (e->seen && !e->control && e->chars <= LINE &&
			fa_look_has(e, FA_VOCAB_BLOCKED) &&
			fa_str_find(e->text, FA_STR("如"), 0) == SIZE_MAX &&
			fa_str_find(e->text, FA_STR("若"), 0) == SIZE_MAX)
			return true;
	}
	return false;
}

static void
role_titles(struct fa_look *l)
{
	struct fa_view_screen *o = l->out;

	if (titled(l, FA_VOCAB_P_CANCEL_ACCOUNT))
		o->roles |= FA_SCR_BIT(FA_SCR_CANCEL_ACCOUNT);
	if (titled(l, FA_VOCAB_P_WITHDRAW_CONSENT))
		o->roles |= FA_SCR_BIT(FA_SCR_WITHDRAW);
	if (titled(l, FA_VOCAB_SETTINGS))
		o->roles |= FA_SCR_BIT(FA_SCR_SETTINGS);
}

static void
role_state(struct fa_look *l)
{
	struct fa_view_screen *o = l->out;
	bool asks = (o->roles &
			    (FA_SCR_BIT(FA_SCR_CONSENT) |
				    FA_SCR_BIT(FA_SCR_CAPTURE))) != 0;

	if (!asks && !fa_look_control(l, BIT(FACE)) && says_done(l) &&
		!says_blocked(l))
		o->roles |= FA_SCR_BIT(FA_SCR_SUCCESS);
	else if (fa_look_says(l, FA_VOCAB_FAILURE, SHORT) && !asks)
		o->roles |= FA_SCR_BIT(FA_SCR_FAILURE);
	if (!asks && says_blocked(l))
		o->roles |= FA_SCR_BIT(FA_SCR_BLOCKED);
	if (fa_look_says(l, FA_VOCAB_RETAIN, SHORT) &&
		fa_look_control(
			l, BIT(REFUSE) | BIT(LATER) | BIT(EXIT) | BIT(ACCEPT)))
		o->roles |= FA_SCR_BIT(FA_SCR_RETAIN);
	if (has_role(l, FA_FLOW_INPUT) && fa_look_control(l, BIT(NONFACE)) &&
		(o->roles & FA_SCR_BIT(FA_SCR_CAPTURE)) == 0)
		o->roles |= FA_SCR_BIT(FA_SCR_NONFACE);
}

static bool
asks_permission(const struct fa_look *l)
{
	return fa_look_says(l, FA_VOCAB_PERMISSION, LINE) &&
		count(l, 0, 0) <= 4 &&
		!fa_look_control(l, BIT(FACE) | BIT(CAPTURE) | BIT(AGREE_BOX));
}

static void
purposes(struct fa_look *l)
{
	uint32_t all = 0, title = 0;

	for (size_t i = 0; i <= l->n; i++)
		for (int p = 0; p < FA_PURPOSE_COUNT; p++)
			if (l->at[i].seen && !l->at[i].control &&
				l->at[i].chars <= SHORT &&
				l->at[i].h.best[FA_VOCAB_P_LOGIN + p] > 0) {
				all |= 1u << p;
				title |= i == l->n ? 1u << p : 0;
			}
	l->out->purposes = title != 0 ? title : all;
}

void
fa_look_roles(struct fa_look *l)
{
	first_signs(l);
	fa_look_weak(l);
	fa_look_binds(l);
	sign_texts(l);
	purposes(l);
	if (asks_permission(l)) {
		l->out->roles = FA_SCR_BIT(FA_SCR_PERMISSION);
		return;
	}
	role_consent(l);
	role_implied(l);
	role_document(l);
	if ((l->out->roles & FA_SCR_BIT(FA_SCR_DOCUMENT)) != 0)
		return;
	role_face(l);
	role_people(l);
	role_titles(l);
	role_state(l);
}
