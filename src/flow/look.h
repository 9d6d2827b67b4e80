/* One screen while it is looked at. Private to the view. */
#ifndef FA_FLOW_LOOK_H
#define FA_FLOW_LOOK_H

#include "flow/view.h"
#include "flow/vocab.h"

struct fa_looked {
	struct fa_str text;      /* folded: what the element says */
	struct fa_vocab_hits h;  /* of all of it */
	struct fa_vocab_hits lh; /* of the label: without names in 《》 */
	size_t chars;            /* of all of it, two letters for one */
	size_t label_chars;      /* of the label, without punctuation */
	size_t label_width;      /* of the label, like chars */
	bool seen;               /* a person sees it */
	bool control;            /* a person acts on it */
	bool weak_accept, weak_start;
};

struct fa_look {
	const struct fa_vocab *v;
	const struct fa_flow_screen *s;
	struct fa_view_screen *out;
	struct fa_looked *at; /* one per element, then the title */
	size_t n;             /* elements; at[n] is the title */
	struct fa_arena *a;
};

/* Fills at; lives in l->a. */
FA_MUST_CHECK int fa_look(struct fa_look *l, struct fa_err *err);
/* What each control does, by its label; then by what the screen is. */
void fa_look_labels(struct fa_look *l);
void fa_look_weak(struct fa_look *l);
/* What agreeing controls bind. */
void fa_look_binds(struct fa_look *l);
void fa_look_roles(struct fa_look *l);

#define FA_LOOK_CHILD 14
/* The age that a folded text states ("8 岁", "年龄:10岁", "7至13岁": the last
 * number before 岁), or 0; "14岁以上" is no child's. */
unsigned fa_look_age(struct fa_str text);
/* A text that is read, not acted upon, of at most chars characters. */
bool fa_look_says(const struct fa_look *l, enum fa_vocab_set set, size_t chars);
static inline bool
fa_look_has(const struct fa_looked *e, enum fa_vocab_set set)
{
	return e->h.best[set] > 0;
}
/* Says that the face is taken, if only by asking for it. */
static inline bool
fa_look_takes(const struct fa_vocab_hits *h)
{
	return h->best[FA_VOCAB_TELL] > 0 || h->best[FA_VOCAB_TELL_WEAK] > 0;
}
/* FA_SIGN_TELLS and FA_SIGN_MENTIONS, of all that the screen says. */
uint32_t fa_look_told(const struct fa_look *l);
/* Some element has one of these controls and can be seen. */
bool fa_look_control(const struct fa_look *l, uint32_t controls);

#endif
