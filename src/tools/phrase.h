/* Names of outcomes, roles and changes in the words of people. The names
 * themselves, which JSON and CSV have, are the same in every language; the
 * text output puts these phrases beside them. */
#ifndef FA_TOOLS_PHRASE_H
#define FA_TOOLS_PHRASE_H

#include "base/buf.h"
#include "model/capture.h"
#include "model/rule.h"

/* "needs_rendering" for a page that a script would have to draw, else the
 * name of the outcome. */
const char *fa_phrase_outcome_name(enum fa_outcome o);
/* "页面过大", "page too large" */
const char *fa_phrase_outcome(enum fa_lang lang, enum fa_outcome o);
/* "隐私政策", "privacy policy" */
const char *fa_phrase_role(enum fa_lang lang, enum fa_role r);
/* For the kind and the cause of a change, and for what stood before and
 * after it, a verdict or an outcome; a name that is none of them as it is. */
const char *fa_phrase_change(enum fa_lang lang, const char *kind);
const char *fa_phrase_cause(enum fa_lang lang, const char *cause);
const char *fa_phrase_state(enum fa_lang lang, const char *name);

/* Lines "name, phrase, number" of all outcomes but OK that have a number;
 * names and phrases aligned, behind indent blanks. */
void fa_phrase_add_outcomes(struct fa_buf *out, enum fa_lang lang,
	const uint64_t n[FA_OUT_COUNT], unsigned indent);
/* Appends s and blanks up to so many terminal columns. */
void fa_phrase_pad(struct fa_buf *out, struct fa_str s, unsigned columns);
/* "612 B", "3.1 MiB" */
void fa_phrase_add_bytes(struct fa_buf *out, uint64_t bytes);

#endif
