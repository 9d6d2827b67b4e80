/* Property lists of Apple. */
#ifndef FA_READ_PLIST_H
#define FA_READ_PLIST_H

#include <stdbool.h>

#include "read/extract.h"

/* Whether a property list or strings file is in the XML form. */
bool fa_plist_is_xml(struct fa_str text);
/* A strings file in the XML form: every string is a text. */
FA_MUST_CHECK int fa_plist_strings(struct fa_build *b, struct fa_err *err);

#endif
