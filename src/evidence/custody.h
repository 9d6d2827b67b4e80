/* The custody log: what was done with the evidence, by whom, with what and
 * when. An event is one line of JSON that holds the SHA-256 of the line before
 * it, so that the log can be checked with a shell and sha256sum. A line is
 * stored, hashed and exported verbatim; it is never written again from what
 * was parsed, and thus needs no canonical form.
 *
 * The chain shows what was changed within the log: a line that was edited,
 * removed, added or moved. It does not show that its end was cut off or that
 * all of it was written anew; for that the head of the log, or the root of
 * evidence/merkle.h over its lines, has to be known from elsewhere
 * (evidence/stamp.h). Keeping the log is the business of store/custody.h. */
#ifndef FA_EVIDENCE_CUSTODY_H
#define FA_EVIDENCE_CUSTODY_H

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

#define FA_CUSTODY_VERSION 1
#define FA_CUSTODY_LINE_BYTES (1u << 20) /* of one line */
#define FA_CUSTODY_OBJS_MAX 4096         /* objects of one event */
/* prev of the first event. */
#define FA_CUSTODY_ZERO                                                        \
	"0000000000000000000000000000000000000000000000000000000000000000"

enum fa_custody_op {
	FA_OP_SESSION_OPEN, /* the environment that evidence is taken in */
	FA_OP_CAPTURE,      /* a request and what came back */
	FA_OP_RENDER,       /* a page in a browser: screenshot, DOM */
	FA_OP_EXTRACT,      /* text out of a capture */
	FA_OP_SCAN,         /* rules against a text */
	FA_OP_FINDING,      /* what they found */
	FA_OP_REVIEW,       /* what a person said of a finding */
	FA_OP_NOTE,         /* anything else that was said or done */
	FA_OP_CHECKPOINT,   /* Merkle root over the lines before this one */
	FA_OP_TST,          /* a time stamp that came, or did not */
	FA_OP_EXPORT,       /* a pack was written */
	FA_OP_VERIFY,       /* a pack or this case was verified */
	FA_OP_SESSION_CLOSE,
	FA_OP_ERROR /* something failed: gaps are explained too */
};
#define FA_OP_COUNT 14
const char *fa_custody_op_name(enum fa_custody_op op); /* "session_open" */
int fa_custody_op_parse(struct fa_str s); /* enum fa_custody_op, or -1 */

/* An absent slice is written as null and read as absent. Times, sizes and
 * counts that are not known are -1, written as null. */
struct fa_custody_actor {
	struct fa_str id;   /* name or number of the operator or reviewer */
	struct fa_str role; /* "operator", "reviewer", ... */
	struct fa_str org;
};

struct fa_custody_tool {
	struct fa_str name, version, commit;
	struct fa_str exe_sha256, rules_sha256; /* 64 hex digits, or absent */
};

struct fa_custody_host {
	struct fa_str boot_id, machine; /* machine: a digest, not the id */
};

struct fa_custody_clock {
	bool sync;            /* the kernel says so (adjtimex) */
	int64_t maxerror_us;  /* or -1 */
	struct fa_str source; /* "adjtimex", "chrony 192.0.2.1" ... */
};

struct fa_custody_target {
	struct fa_str app, store, url;
};

struct fa_custody_obj {
	struct fa_str name; /* what it is: "tls-chain", "screenshot" */
	struct fa_str mime; /* or absent */
	int64_t bytes;
	struct fa_str sha256; /* 64 lower-case hex digits */
	struct fa_str sm3;    /* the same, or absent */
	struct fa_str parent; /* SHA-256 of what it was made from, or absent */
};

struct fa_custody_event {
	int64_t seq; /* from 1 */
	/* SHA-256 of the line before, 64 hex digits without "sha256:". */
	char prev[FA_HASH_HEX_BYTES];
	int64_t t_ms;    /* UTC, years 1970 to 9999 */
	int64_t mono_ns; /* CLOCK_MONOTONIC, orders events of one boot_id */
	enum fa_custody_op op;
	struct fa_str case_id; /* "case" */
	struct fa_custody_actor actor;
	struct fa_custody_tool tool;
	struct fa_custody_host host;
	struct fa_custody_clock clock;
	struct fa_custody_target target;
	const struct fa_custody_obj *objs;
	size_t objs_n;
	/* A JSON object, text written verbatim (fa_jw with indent 0 makes it,
	 * or fa_custody_detail below reads it); absent: {}. */
	struct fa_str detail;
};

/* Appends the line of an event, without line feed. FA_E_USAGE when it is not
 * one that fa_custody_parse accepts: a digest that is none, a detail that is
 * no JSON object on one line, invalid UTF-8. FA_E_LIMIT when it is longer than
 * FA_CUSTODY_LINE_BYTES. out is as it was on failure. */
FA_MUST_CHECK int fa_custody_write(struct fa_buf *out,
	const struct fa_custody_event *e, struct fa_err *err);
/* Reads a line (without line feed). All members have to be there, once, and of
 * their kind, no other ones; FA_E_INPUT otherwise, FA_E_UNSUPPORTED for
 * another "v". Slices live in a; detail is a slice of line, verbatim. */
FA_MUST_CHECK int fa_custody_parse(struct fa_custody_event *out,
	struct fa_str line, struct fa_arena *a, struct fa_err *err);
/* The detail of an event as a tree, in a. */
FA_MUST_CHECK int fa_custody_detail(const struct fa_json **out,
	const struct fa_custody_event *e, struct fa_arena *a,
	struct fa_err *err);
/* SHA-256 of a line's bytes: prev of the next event. */
FA_MUST_CHECK int fa_custody_digest(
	char hex[FA_HASH_HEX_BYTES], struct fa_str line, struct fa_err *err);

/* Checking a log line by line. */
enum fa_chain_fault {
	FA_CHAIN_WHOLE,
	FA_CHAIN_MALFORMED, /* no event; also: the last line has no end */
	FA_CHAIN_SEQ,       /* its number is not the next one */
	FA_CHAIN_PREV,      /* it does not hold the digest of the line before */
	FA_CHAIN_DIGEST,    /* the digest kept beside it is not its own */
	FA_CHAIN_UNSUPPORTED /* of a version that this program cannot read */
};
const char *fa_chain_fault_name(enum fa_chain_fault f); /* "whole", "seq".. */

struct fa_chain {
	int64_t seq; /* events seen: number of the last good one */
	char head[FA_HASH_HEX_BYTES]; /* digest of the last good line */
	int64_t first_ms, last_ms;    /* times of the first and last event */
	/* Events whose time lies before that of the event before them, by
	 * either clock of one boot: no fault, but something to explain. */
	int64_t back_steps;
	enum fa_chain_fault fault; /* the first one; checking ends there */
	int64_t fault_line;        /* its line, from 1; 0: none */
	char why[256];             /* one line, lower case; "" when whole */
	/* Inside: */
	int64_t mono_ns;
	char boot[FA_HASH_HEX_BYTES];
};

void fa_chain_init(struct fa_chain *c);
/* Adds the next line; out (may be NULL) is the event, in a. What is wrong with
 * the line is no failure of the function but stands in c; after a fault, lines
 * are ignored and out is untouched. Returns FA_E_NOMEM only. */
FA_MUST_CHECK int fa_chain_add(struct fa_custody_event *out, struct fa_chain *c,
	struct fa_str line, struct fa_arena *a, struct fa_err *err);
/* The same for a row of a table that keeps seq and digest beside the line. */
FA_MUST_CHECK int fa_chain_add_row(struct fa_custody_event *out,
	struct fa_chain *c, int64_t seq, struct fa_str line, const char *sha256,
	struct fa_arena *a, struct fa_err *err);
/* A whole log as exported: lines that each end with a line feed. fn (may be
 * NULL) is called for each good event, which lives until it returns; what it
 * returns below 0 ends the check. Memory is bounded by the longest line. */
typedef int fa_chain_fn(void *ctx, const struct fa_custody_event *e,
	struct fa_str line, struct fa_err *err);
FA_MUST_CHECK int fa_chain_check_text(struct fa_chain *c, struct fa_str text,
	fa_chain_fn *fn, void *ctx, struct fa_err *err);

#endif
