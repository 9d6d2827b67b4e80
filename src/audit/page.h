/* From a capture in a store to the page that it shows. */
#ifndef FA_AUDIT_PAGE_H
#define FA_AUDIT_PAGE_H

#include "evidence/payload.h"
#include "model/doc.h"
#include "store/capture.h"

/* Whose bytes a capture stands for, and how they are labelled: an answer
 * "not modified" has neither. */
struct fa_page_origin {
	struct fa_capture holder; /* capture that holds the payload */
	struct fa_str media_type, charset, coding; /* or absent */
};
/* Texts live in a. FA_E_INPUT when the store has no such capture, or none that
 * holds its payload. */
FA_MUST_CHECK int fa_page_find(struct fa_page_origin *out, struct fa_store *s,
	int64_t capture, struct fa_arena *a, struct fa_err *err);
/* The bytes, in a: failures of fa_payload_load, which has found what should be
 * there not to be there when it is FA_E_NOTFOUND. */
FA_MUST_CHECK int fa_page_load(struct fa_payload *out, struct fa_store *s,
	struct fa_payload_source *source, const struct fa_page_origin *o,
	struct fa_arena *a, struct fa_err *err);
/* The same from the file at path, which is that of o->holder.archive. */
FA_MUST_CHECK int fa_page_load_from(struct fa_payload *out, struct fa_str path,
	struct fa_payload_source *source, const struct fa_page_origin *o,
	struct fa_arena *a, struct fa_err *err);
/* Reads them by their labels; a charset that nobody knows is as good as none.
 * *out lives in a. */
FA_MUST_CHECK int fa_page_read(struct fa_doc *out,
	const struct fa_page_origin *o, struct fa_str body, struct fa_arena *a,
	struct fa_err *err);

#endif
