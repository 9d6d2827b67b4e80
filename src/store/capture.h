/* Captures and archives: where the bytes of each answer stand. */
#ifndef FA_STORE_CAPTURE_H
#define FA_STORE_CAPTURE_H

#include "store/store.h"

enum fa_revisit { FA_REVISIT_NEW, FA_REVISIT_SAME, FA_REVISIT_NOT_MODIFIED };

struct fa_capture {
	int64_t id, url, run, at_us;
	int status;
	enum fa_revisit revisit;
	bool cut;                        /* the body is not whole */
	char payload[FA_HASH_HEX_BYTES]; /* SHA-256 of the body as it came */
	int64_t bytes;
	struct fa_str media_type, charset, coding; /* or absent */
	struct fa_str etag, last_modified;         /* or absent */
	struct fa_str archive; /* file below archive/, or an absolute path */
	int64_t offset, length;
	struct fa_str record; /* WARC-Record-ID */
	int64_t refers;       /* capture that holds the payload; 0: this one */
};

/* Sets x->id and adds the capture. */
FA_MUST_CHECK int fa_store_put_capture(
	struct fa_store *s, struct fa_capture *x, struct fa_err *err);
/* 1 and the capture (texts in a), or 0. */
FA_MUST_CHECK int fa_store_get_capture(struct fa_capture *out,
	struct fa_store *s, int64_t id, struct fa_arena *a, struct fa_err *err);
/* 1 and a capture that holds the payload of as, to be read in the same way
 * (type, charset, coding), or 0. */
FA_MUST_CHECK int fa_store_find_payload(struct fa_capture *out,
	struct fa_store *s, const struct fa_capture *as, struct fa_arena *a,
	struct fa_err *err);
/* The URL of a capture, in a. */
FA_MUST_CHECK int fa_store_url_text(struct fa_str *out, struct fa_store *s,
	int64_t url, struct fa_arena *a, struct fa_err *err);

/* Committed length of an archive: 1, or 0 when it is not known. */
FA_MUST_CHECK int fa_store_get_archive(int64_t *bytes, struct fa_store *s,
	struct fa_str name, struct fa_err *err);
FA_MUST_CHECK int fa_store_put_archive(struct fa_store *s, struct fa_str name,
	int64_t bytes, struct fa_err *err);
/* Path of an archive by its name, in a. */
FA_MUST_CHECK int fa_store_archive_path(struct fa_str *out,
	const struct fa_store *s, struct fa_str name, struct fa_arena *a,
	struct fa_err *err);

#endif
