/* Header fields as HTTP and WARC write them. */
#ifndef FA_EVIDENCE_HTTP_H
#define FA_EVIDENCE_HTTP_H

#include <stdbool.h>

#include "base/str.h"

/* One field with its continuation lines (RFC 9112, 5.2). */
struct fa_http_line {
	struct fa_str whole; /* with the line ends */
	struct fa_str name;  /* trimmed; absent: a line without colon */
	struct fa_str value; /* trimmed; may hold line ends before blanks */
};

/* Cuts the next field off *rest: lines end with LF, or CR LF. False at the end
 * of *rest and at an empty line, which stays in it. */
bool fa_http_next_line(struct fa_http_line *out, struct fa_str *rest);
/* The first line of a message with its line end; *rest is what follows. */
struct fa_str fa_http_first_line(struct fa_str *rest);
/* Bytes of s up to and with the first empty line; all of s without one. */
size_t fa_http_head_bytes(struct fa_str s);

#endif
