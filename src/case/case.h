/* A case: the store of one matter, made by `faceaudit capture`, with a custody
 * log that says how everything in it came about. This header reads it; what
 * writes is session.h.
 *
 *     CASE/case.json          who, for whom, why, about which app; written once
 *     CASE/faceaudit.sqlite   the store (faceaudit-store(5)) with the log
 *     CASE/archive/           *.warc.gz: the exchanges, byte for byte
 *     CASE/objects/ab/cdef..  what was made of them, by SHA-256, write-once
 *     CASE/walk/, walk-2/ ..  folders that walks left, as `walk --out` does
 *
 * The events of the log, their order and the members of their `detail` are
 * described in faceaudit-capture(1). */
#ifndef FA_CASE_CASE_H
#define FA_CASE_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/str.h"
#include "store/store.h"

#define FA_CASE_FILE "case.json"
#define FA_CASE_VERSION 1                 /* of case.json */
#define FA_CASE_FILE_BYTES (1u << 20)     /* of case.json, at most */
#define FA_CASE_TEXT_BYTES 4000           /* of one member of it, at most */
#define FA_CASE_OBJECT_BYTES (256u << 20) /* of one object that is read */
#define FA_CASE_FINDING_ID_BYTES 17       /* 16 hex digits and NUL */

/* The app that the case is about. What was not given is absent. */
struct fa_case_subject {
	struct fa_str app, package, version, store, publisher, icp;
};

/* case.json. Only id, operator_name, purpose and created are always there. */
struct fa_case_info {
	struct fa_str id, title, purpose;
	struct fa_str operator_name, operator_id, role;
	struct fa_str organisation, mandate, witness;
	struct fa_case_subject subject;
	struct fa_str created; /* "2026-11-22T05:40:00.123Z" */
};

/* Parses and checks the text of case.json: FA_E_INPUT when it is none,
 * FA_E_UNSUPPORTED for a newer version. Texts live in a. */
FA_MUST_CHECK int fa_case_info_parse(struct fa_case_info *out,
	struct fa_str text, struct fa_arena *a, struct fa_err *err);
/* The text of case.json (indented, line end behind it); the same info gives
 * the same bytes. */
void fa_case_info_write(struct fa_buf *out, const struct fa_case_info *info);

struct fa_case;

/* Opens a case that exists: FA_E_NOTFOUND when dir holds no store, FA_E_USAGE
 * when the store is of a sweep and no case (there is no case.json), else
 * failures of fa_store_open and fa_case_info_parse. */
FA_MUST_CHECK int fa_case_open(struct fa_case **out, struct fa_str dir,
	enum fa_store_mode mode, struct fa_err *err);
void fa_case_close(struct fa_case *c); /* NULL is fine */
const struct fa_case_info *fa_case_info(const struct fa_case *c);
struct fa_store *fa_case_store(struct fa_case *c);
struct fa_str fa_case_dir(const struct fa_case *c);
/* CASE/name, in a. */
FA_MUST_CHECK int fa_case_path(struct fa_str *out, const struct fa_case *c,
	struct fa_str name, struct fa_arena *a, struct fa_err *err);

/* One event of the log. */
struct fa_case_event {
	int64_t seq;
	struct fa_str op;   /* "capture" */
	struct fa_str time; /* t: RFC 3339 UTC */
	int64_t at_ms;      /* the same in ms since 1970; 0: malformed */
	struct fa_str line; /* verbatim, without the line end */
	const struct fa_json *json;   /* the whole event */
	const struct fa_json *detail; /* its detail, or NULL */
};
typedef int fa_case_event_fn(
	void *ctx, const struct fa_case_event *e, struct fa_err *err);
/* Calls fn for each event, in order; what it is given lives until it returns.
 * Nothing is verified here but that a line is JSON (else FA_E_INPUT with its
 * seq). fn ends it by a return code other than 0, which is passed on. */
FA_MUST_CHECK int fa_case_events(
	struct fa_case *c, fa_case_event_fn *fn, void *ctx, struct fa_err *err);

/* Sessions: from a session_open to its session_close. */
struct fa_case_session {
	int64_t open_seq, close_seq;  /* close_seq 0: it was never closed */
	int64_t last_seq;             /* the last event before the next opens */
	struct fa_str opened, closed; /* times; closed may be absent */
	struct fa_str operator_name;
};
struct fa_case_sessions {
	struct fa_case_session *at;
	size_t n;
};
FA_MUST_CHECK int fa_case_sessions(struct fa_case_sessions *out,
	struct fa_case *c, struct fa_arena *a, struct fa_err *err);

/* Objects that the log names: each (digest and name) once, by first mention.
 * A name "walk/..", "walk-2/.." is a file below CASE; the bytes of all others
 * stand in objects/. */
struct fa_case_object {
	int64_t seq;      /* of the event that first names it */
	struct fa_str op; /* of that event */
	struct fa_str time;
	struct fa_str name, mime;
	int64_t bytes;
	struct fa_str sha256, sm3; /* hex; sm3 absent: not computed */
	struct fa_str parent; /* SHA-256 of what it was made of, or absent */
};
struct fa_case_objects {
	struct fa_case_object *at;
	size_t n;
};
FA_MUST_CHECK int fa_case_objects(struct fa_case_objects *out,
	struct fa_case *c, struct fa_arena *a, struct fa_err *err);
/* Where its bytes stand below CASE ("objects/ab/cdef..", "walk/flow.json"), in
 * a. */
FA_MUST_CHECK int fa_case_object_path(struct fa_str *out,
	const struct fa_case_object *o, struct fa_arena *a, struct fa_err *err);
/* Its bytes, in a. FA_E_INPUT when they do not have its digest, FA_E_NOTFOUND
 * when they are not there. */
FA_MUST_CHECK int fa_case_object_read(struct fa_str *out,
	const struct fa_case *c, const struct fa_case_object *o,
	struct fa_arena *a, struct fa_err *err);

/* Exchanges that gave an answer (op capture). */
struct fa_case_capture {
	int64_t seq, at_ms;
	struct fa_str time;
	struct fa_str purpose; /* "page", "robots", "walk", "second",
				* "resource" */
	struct fa_str method, url;
	struct fa_str outcome;  /* as in faceaudit-store(5), "ok" */
	struct fa_str redirect; /* where it leads, or absent */
	int status;
	struct fa_str peer, local; /* "192.0.2.7:443", or absent */
	struct fa_str tls, cipher, leaf_sha256, chain_sha256; /* or absent */
	struct fa_str date; /* of the server, as it says, or absent */
	bool has_skew;
	int64_t skew_ms;        /* server clock minus ours */
	struct fa_str file;     /* below CASE: "archive/x.warc.gz" */
	int64_t offset, length; /* of the response record */
	struct fa_str record;   /* its WARC-Record-ID */
	struct fa_str block_sha256;
	struct fa_str payload_sha256, payload_sm3; /* body, transfer coding
						    * removed */
	int64_t payload_bytes;
	struct fa_str decoded_sha256, decoded_sm3; /* content coding removed
						    * too: what is read and
						    * quoted; or absent */
	struct fa_str media_type;
	bool truncated;
	/* purpose "second": the capture it repeats, and how they compare:
	 * "bytes", "decoded", "text" (equal so far), or "different". */
	int64_t repeats_seq;
	struct fa_str same;
};
struct fa_case_captures {
	struct fa_case_capture *at; /* in order of the log */
	size_t n;
};
FA_MUST_CHECK int fa_case_captures(struct fa_case_captures *out,
	struct fa_case *c, struct fa_arena *a, struct fa_err *err);

/* What went wrong (op error): failures, retries, what was not asked for. */
struct fa_case_error {
	int64_t seq;
	struct fa_str time;
	struct fa_str stage;   /* "fetch", "robots", "render", "walk", "audit",
				* "second", "session" */
	struct fa_str url;     /* or absent */
	struct fa_str outcome; /* as in faceaudit-store(5), or absent */
	struct fa_str message; /* or absent */
	bool retried;          /* it was tried again later */
};
struct fa_case_errors {
	struct fa_case_error *at;
	size_t n;
};
FA_MUST_CHECK int fa_case_errors(struct fa_case_errors *out, struct fa_case *c,
	struct fa_arena *a, struct fa_err *err);

/* The id of a finding, which reviews name: of the target, the obligation, the
 * verdict and the documents that it rests on (n SHA-256 digests, in memcmp
 * order), so that a finding keeps its id, and its review, as long as the
 * documents stay the same byte for byte. */
FA_MUST_CHECK int fa_case_finding_id(char out[FA_CASE_FINDING_ID_BYTES],
	struct fa_str target_key, struct fa_str obligation,
	struct fa_str verdict, const struct fa_str *documents, size_t n,
	struct fa_err *err);

#endif
