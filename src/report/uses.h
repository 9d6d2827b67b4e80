/* The uses of the face that a document speaks of, for text, JSON and HTML. */
#ifndef FA_REPORT_USES_H
#define FA_REPORT_USES_H

#include "model/finding.h"
#include "model/rule.h"

/* Title of a use by the name of its lexicon ("use_login"); an absent or
 * unknown name gives the words for a use without a named purpose, or the name
 * itself. Never empty. */
struct fa_str fa_report_use_title(struct fa_str name, enum fa_lang lang);

#endif
