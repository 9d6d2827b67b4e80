#include <stdarg.h>
#include <stdio.h>

#include "flow/sketch.h"

#define SHOWN_BYTES 100

static const struct {
	const char *name;
	enum fa_sketch_flag flag;
} names[] = {
	{ "modal", FA_SKETCH_MODAL },
	{ "service", FA_SKETCH_SERVICE },
	{ "half", FA_SKETCH_HALF },
	{ "opaque", FA_SKETCH_OPAQUE },
	{ "unexplored", FA_SKETCH_UNEXPLORED },
	{ "small", FA_SKETCH_SMALL },
	{ "big", FA_SKETCH_BIG },
	{ "faint", FA_SKETCH_FAINT },
	{ "strong", FA_SKETCH_STRONG },
	{ "off", FA_SKETCH_OFF },
	{ "hidden", FA_SKETCH_HIDDEN },
	{ "camera", FA_SKETCH_CAMERA },
	{ "upload", FA_SKETCH_UPLOAD },
};

#define OF_SCREEN                                                              \
	(FA_SKETCH_MODAL | FA_SKETCH_SERVICE | FA_SKETCH_HALF |                \
		FA_SKETCH_OPAQUE | FA_SKETCH_UNEXPLORED)

void
fa_sketch_fail(struct fa_sketch *k, const char *fmt, ...)
{
	char what[FA_ERR_MSG_BYTES];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	fa_draft_fail(&k->d, FA_E_INPUT, "sketch, line %zu: %s", k->line, what);
}

static unsigned
flag_of(struct fa_sketch *k, struct fa_str word)
{
	for (size_t i = 0; i < FA_COUNT(names); i++) {
		if (fa_str_eq(word, fa_str_c(names[i].name)))
			return names[i].flag;
	}
	fa_sketch_fail(k, "flag \"%.*s\" is not known",
		FA_STR_ARG(fa_str_sub(word, 0, SHOWN_BYTES)));
	return 0;
}

unsigned
fa_sketch_flags(struct fa_sketch *k, struct fa_str *s)
{
	unsigned flags = 0;

	while (s->n > 0 && s->p[s->n - 1] == '}') {
		size_t open = s->n;
		struct fa_str words;

		while (open > 0 && s->p[open - 1] != '{')
			open--;
		if (open == 0)
			return flags;
		words = fa_str_sub(*s, open, s->n - 1);
		while (words.p != NULL) {
			struct fa_str word =
				fa_str_trim(fa_str_cut(&words, ' '));

			if (word.n > 0)
				flags |= flag_of(k, word);
		}
		*s = fa_str_trim(fa_str_sub(*s, 0, open - 1));
	}
	return flags;
}

void
fa_sketch_screen_flags(
	struct fa_sketch *k, struct fa_flow_screen *s, unsigned flags)
{
	uint32_t at = (uint32_t)k->d.f->screens_n - 1;

	if ((flags & ~(unsigned)OF_SCREEN) != 0)
		fa_sketch_fail(k,
			"a screen may be modal, service, half, "
			"opaque or unexplored only");
	if (k->d.rc < 0)
		return;
	s->modal = flags & FA_SKETCH_MODAL ? FA_TRI_YES : FA_TRI_NO;
	s->complete = flags & FA_SKETCH_HALF ? FA_TRI_NO : FA_TRI_YES;
	if (flags & FA_SKETCH_SERVICE)
		fa_draft_end(&k->d, at, FA_FLOW_END_SERVICE);
	if (flags & FA_SKETCH_OPAQUE)
		fa_draft_gap(
			&k->d, at, FA_FLOW_GAP_WEBVIEW, FA_FLOW_NONE, NULL);
	if (flags & FA_SKETCH_UNEXPLORED)
		fa_draft_gap(
			&k->d, at, FA_FLOW_GAP_UNEXPLORED, FA_FLOW_NONE, NULL);
}
