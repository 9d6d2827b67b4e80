/* A session: one sitting in which a case comes into being or grows. Everything
 * that happens in it becomes an event of the custody log, in the transaction
 * that keeps what came of it: a process that is killed leaves a log that is
 * whole and lacks a session_close, and the next session says so.
 *
 * The order of a session is the business of its caller: open, capture, second,
 * render, walk, judge, close. */
#ifndef FA_CASE_SESSION_H
#define FA_CASE_SESSION_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "case/case.h"
#include "case/environ.h"
#include "crawl/crawl.h"
#include "evidence/custody.h"
#include "evidence/objects.h"
#include "fetch/client.h"
#include "model/rule.h"
#include "store/custody.h"

#define FA_SESSION_URLS_MAX 256              /* named for one session */
#define FA_SESSION_DETAIL_BYTES (900u << 10) /* of one event */
#define FA_SESSION_FREE_BYTES (16LL << 20)   /* room on the disk, at least */

struct fa_session_tool {
	struct fa_str name, version, commit; /* commit may be absent */
};

struct fa_session_opts {
	struct fa_str dir;
	struct fa_case_info info; /* created is set by the session */
	struct fa_session_tool tool;
	const struct fa_bundle *bundle;
	struct fa_environ_opts environ; /* case_dir and hosts are set */
	const struct fa_url *urls;      /* canonical, of the targets */
	size_t urls_n;
	/* What else the caller wants in session_open: members of an object
	 * that is open ("options"). May be NULL. */
	void (*options)(void *ctx, struct fa_jw *w);
	void *ctx;
};

/* A page that the session has captured, for what follows: it is fetched again,
 * and pictured. */
struct fa_session_page {
	int64_t seq;
	struct fa_str url, redirect; /* redirect: or absent */
	int status;
	char payload[FA_HASH_HEX_BYTES];
	struct fa_str media_type, charset, coding; /* or absent */
	struct fa_str file;                        /* below CASE */
	int64_t offset;
	const char *kind; /* outcome of looking at it; NULL: nobody looked */
};

struct fa_session {
	struct fa_arena arena;
	const struct fa_session_opts *o;
	struct fa_case_info info; /* of the case, as it was begun */
	struct fa_str dir, objects;
	struct fa_store *store;
	struct fa_environ environ;
	struct fa_store_head head;
	int64_t opened_seq;
	int64_t unclosed_seq; /* session_open of a session before that was
			       * not closed; 0: none */
	bool created;         /* the case is new */
	bool self_test_passed;
	struct fa_session_page *pages; /* with an answer, in order */
	size_t pages_n, pages_cap;
	/* Counted for session_close. */
	uint64_t captures, errors, renders, findings;
	uint64_t failures; /* errors after which nothing was tried again */
};

/* Opens or makes the case and its store, checks environment and self-test,
 * and writes session_open (and a note for a session that was not closed, and
 * for members of case.json that differ from what is given now). All is on the
 * disk when it returns. FA_E_USAGE when dir is a store without a case, or a
 * case of another id; FA_E_INPUT when the custody log is not whole; FA_E_IO
 * when the disk has less than FA_SESSION_FREE_BYTES, or the self-test fails,
 * whose events stand in the log then. o must outlive the session. */
FA_MUST_CHECK int fa_session_open(struct fa_session **out,
	const struct fa_session_opts *o, struct fa_err *err);
/* Writes session_close with what happened; status is "complete", "incomplete",
 * "interrupted" or "failed". */
FA_MUST_CHECK int fa_session_close(struct fa_session *s, const char *status,
	struct fa_str message, struct fa_err *err);
/* Leaves the case as the last commit left it. NULL is fine. */
void fa_session_free(struct fa_session *s);

/* Milliseconds since 1970, of the machine's own clock: evidence is not dated
 * by SOURCE_DATE_EPOCH. */
int64_t fa_session_now_ms(void);

/* Appends an event (not committed); *seq (may be NULL) is its number. detail
 * is the text of an object; url may be absent. */
FA_MUST_CHECK int fa_session_event(int64_t *seq, struct fa_session *s,
	enum fa_custody_op op, struct fa_str url,
	const struct fa_custody_obj *objs, size_t objs_n,
	const struct fa_buf *detail, struct fa_err *err);
/* The same, and commits. */
FA_MUST_CHECK int fa_session_say(struct fa_session *s, enum fa_custody_op op,
	struct fa_str url, const struct fa_custody_obj *objs, size_t objs_n,
	const struct fa_buf *detail, struct fa_err *err);
/* Appends an error event and commits: what failed at which stage, and why. */
FA_MUST_CHECK int fa_session_error(struct fa_session *s, const char *stage,
	struct fa_str url, struct fa_str message, struct fa_err *err);
/* Puts an object away and describes it. The slices of *out live in a; parent
 * may be absent. */
FA_MUST_CHECK int fa_session_object(struct fa_custody_obj *out,
	const struct fa_session *s, struct fa_str name, struct fa_str mime,
	struct fa_str data, struct fa_str parent, struct fa_arena *a,
	struct fa_err *err);
/* CASE/name in the session's arena. */
FA_MUST_CHECK int fa_session_path(struct fa_str *out, struct fa_session *s,
	struct fa_str name, struct fa_err *err);
/* Opens an archive of its own for what a session takes beside its crawl, one
 * for all sessions of the case: archive/STORE-what.warc.gz. *name, in the
 * session's arena, is what the store calls it. */
struct fa_warc;
FA_MUST_CHECK int fa_session_archive(struct fa_warc **out, struct fa_str *name,
	struct fa_session *s, const char *what, struct fa_str software,
	struct fa_err *err);
/* A sha256 or sm3 of bytes into an object that is open: "bytes", "sha256",
 * "sm3". */
FA_MUST_CHECK int fa_session_write_digests(struct fa_jw *w, const char *key,
	struct fa_str data, struct fa_err *err);

/* session_capture.c */
struct fa_session_crawl {
	struct fa_crawl_opts crawl;  /* all but store, witness and ctx */
	struct fa_str robots_reason; /* why robots.txt is ignored, or absent */
	size_t body_bytes;           /* the limit that cuts bodies */
	bool (*stop)(void *ctx);
	void (*progress)(void *ctx, const struct fa_crawl_stats *s);
	void *ctx;
};
/* Captures the URLs of the session and what they lead to. */
FA_MUST_CHECK int fa_session_capture(struct fa_crawl_stats *stats,
	bool *stopped, struct fa_session *s, struct fa_session_crawl *o,
	struct fa_err *err);
/* Adds the target of the case, or brings it up to date (not committed). */
FA_MUST_CHECK int fa_session_put_target(
	int64_t *target, struct fa_session *s, struct fa_err *err);
/* The key of the case's one target, in the session's arena. */
FA_MUST_CHECK int fa_session_target_key(
	struct fa_str *out, struct fa_session *s, struct fa_err *err);

#endif
