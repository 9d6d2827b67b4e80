/* What kind of document some bytes are. */
#ifndef FA_READ_FORMAT_H
#define FA_READ_FORMAT_H

#include <stdbool.h>

#include "base/str.h"
#include "model/doc.h"

/* What binary content looks like ("a PDF document"), or NULL when raw may be
 * text. wide: it is said to be UTF-16, where NULs prove nothing. */
const char *fa_format_binary(struct fa_str raw, bool wide);
/* What the suffix of a name tells, or FA_FORMAT_AUTO. */
enum fa_format fa_format_by_name(struct fa_str name);
/* The format of decoded text by the suffix of name, else by its beginning;
 * never FA_FORMAT_AUTO. A .txt file that begins like a page is HTML. */
enum fa_format fa_format_find(struct fa_str name, struct fa_str text);

/* Whether a file of that name, with that title or none, speaks to those who
 * work on a source rather than to users: "README.zh-CN.md", "CHANGELOG",
 * unless it is titled as a policy, an agreement or a notice is. */
bool fa_format_is_aside(struct fa_str name, struct fa_str title);

#endif
