/* From a place in an archive to the bytes of a page. */
#ifndef FA_EVIDENCE_PAYLOAD_H
#define FA_EVIDENCE_PAYLOAD_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/file.h"
#include "base/str.h"

struct fa_warc_reader;

/* Keeps the archive that was read last open. All zero is a good start. */
struct fa_payload_source {
	struct fa_warc_reader *reader;
	char path[FA_FILE_PATH_BYTES];
};

struct fa_payload {
	int status;
	struct fa_str head; /* status line and header fields */
	struct fa_str body; /* transfer and content coding removed */
};

void fa_payload_done(struct fa_payload_source *p); /* safe twice */

/* Loads the response at an offset of an archive; what comes out has at most
 * max_bytes. sha256 is the digest that the body has to have with its content
 * coding; NULL: any. FA_E_NOTFOUND when the archive cannot be read, or is not
 * what it was: nothing is said about the payload then. FA_E_LIMIT for a larger
 * body, FA_E_NOMEM when a is full, failures of fa_http_parse and
 * fa_http_decode. Everything lives in a. */
FA_MUST_CHECK int fa_payload_load(struct fa_payload *out,
	struct fa_payload_source *p, struct fa_str path, int64_t offset,
	const char *sha256, size_t max_bytes, struct fa_arena *a,
	struct fa_err *err);

#endif
