/* What a screen tells about the face before it is taken (Measures art. 5). */
#include "flow/look.h"
#include "flow/view.h"

#define MENTION_CHARS 10 /* of a text that does more than name the face */
#define TELL_CHARS 12    /* of one that tells about it */
#define ASK_CHARS 20     /* of a longer one asking is not all it does */

/* Asks for the face, and says no more. */
static bool
only_asks(const struct fa_looked *e)
{
	return e->label_width < ASK_CHARS && fa_look_has(e, FA_VOCAB_TELL_ASK);
}

/* Tells something of what is done with the face. */
static bool
tells(const struct fa_looked *e)
{
	return e->label_width >= TELL_CHARS &&
		(e->lh.best[FA_VOCAB_TELL] > 0 ||
			(e->lh.best[FA_VOCAB_TELL_WEAK] > 0 && !only_asks(e)));
}

/* Lists ways to verify, the face among them, or says from which age on. */
static bool
is_of_else(const struct fa_looked *e)
{
	return (fa_look_has(e, FA_VOCAB_METHODS) &&
		       fa_look_has(e, FA_VOCAB_NONFACE)) ||
		fa_look_has(e, FA_VOCAB_AGE) ||
		fa_look_has(e, FA_VOCAB_GUARDIAN);
}

/* Names of documents neither mention the face nor tell about it, and what is
 * said while the camera runs comes too late. */
static uint32_t
told_by(const struct fa_looked *e)
{
	if (e->lh.best[FA_VOCAB_FACE] == 0 || fa_look_has(e, FA_VOCAB_DENY))
		return 0;
	if (tells(e))
		return FA_SIGN_TELLS | FA_SIGN_MENTIONS;
	if (e->label_width >= MENTION_CHARS && !only_asks(e) &&
		!is_of_else(e) && !fa_look_has(e, FA_VOCAB_CAPTURING) &&
		!fa_look_has(e, FA_VOCAB_CAPTURING_WEAK))
		return FA_SIGN_MENTIONS;
	return 0;
}

/* A notice in several lines: one names the face, another tells. */
static bool
tells_in_lines(const struct fa_look *l)
{
	bool names = false, told = false;

	if (!fa_look_control(l,
		    FA_CTL_BIT(FA_CTL_ACCEPT) | FA_CTL_BIT(FA_CTL_AGREE_BOX)))
		return false;
	for (size_t i = 0; i <= l->n; i++) {
		const struct fa_looked *e = &l->at[i];

		if (!e->seen || e->control || fa_look_has(e, FA_VOCAB_DENY) ||
			fa_look_has(e, FA_VOCAB_CAPTURING))
			continue;
		names |= e->lh.best[FA_VOCAB_FACE] > 0;
		told |= tells(e);
	}
	return names && told;
}

uint32_t
fa_look_told(const struct fa_look *l)
{
	uint32_t signs = tells_in_lines(l) ? FA_SIGN_TELLS : 0;

	/* A title announces; what it announces stands below. */
	for (size_t i = 0; i < l->n; i++)
		if (l->at[i].seen && !l->at[i].control)
			signs |= told_by(&l->at[i]);
	return signs;
}
