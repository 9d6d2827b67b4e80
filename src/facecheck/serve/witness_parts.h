/* The parts of the witness (witness.h), and what they share. */
#ifndef FC_SERVE_WITNESS_PARTS_H
#define FC_SERVE_WITNESS_PARTS_H

#include <sys/types.h>

#include "base/arena.h"
#include "facecheck/record/record.h"
#include "facecheck/serve/app.h"
#include "facecheck/serve/page.h"
#include "facecheck/serve/witness.h"

/* The service as a process. One question at a time lies in shared memory. */
struct fc_talk {
	/* asked */
	bool post;
	char path[64], body[256], session[FC_SESSION_ID_BYTES];
	/* answered */
	int rc; /* a failure of the service, which err names */
	struct fa_err err;
	enum fc_level level;
	bool network; /* of its own */
	unsigned status;
	char location[64], cookie[FC_SESSION_ID_BYTES];
	size_t page_bytes;
	char page[FC_PAGE_BYTES];
};
struct fc_watched {
	pid_t pid;
	int fd; /* a socket */
	struct fc_talk *x;
};
/* Returns when the service is up. o->dir ends with a NUL. */
FA_MUST_CHECK int fc_watched_start(
	struct fc_watched *s, const struct fc_app_opts *o, struct fa_err *err);
FA_MUST_CHECK int fc_watched_ask(struct fc_watched *s, struct fa_err *err);
/* The fault on purpose: it sends a packet to itself. */
FA_MUST_CHECK int fc_watched_leak(struct fc_watched *s, struct fa_err *err);
/* Lets it end as it does when it is told to. Zeroed or twice is fine. */
void fc_watched_end(struct fc_watched *s);

/* What is looked for. */
enum fc_trace_kind {
	FC_TRACE_PICTURE,
	FC_TRACE_TEMPLATE,
	FC_TRACE_SCORE,
	FC_TRACE_ACCOUNT
};
#define FC_TRACE_KINDS 4
#define FC_TRACES_MAX 256
struct fc_trace {
	enum fc_trace_kind kind;
	struct fa_str bytes;
};
struct fc_traces {
	struct fc_trace list[FC_TRACES_MAX];
	size_t n;
	size_t of[FC_TRACE_KINDS];
};
/* Adds a copy in a; what is too plain to be told from chance is left out. */
FA_MUST_CHECK int fc_trace_add(struct fc_traces *t, enum fc_trace_kind kind,
	struct fa_str bytes, struct fa_arena *a, struct fa_err *err);
/* Of all pictures that the visitor may show, and of the reference: pieces,
 * templates, scores. In a. */
FA_MUST_CHECK int fc_traces_make(struct fc_traces *t,
	const struct fc_witness_opts *o, struct fa_arena *a,
	struct fa_err *err);

/* A directory, looked through once. */
#define FC_WHERE_BYTES 64
struct fc_looked {
	unsigned files, strangers; /* that are not those of the records */
	uint64_t bytes;
	unsigned hits[FC_TRACE_KINDS]; /* each trace and file once */
	char stranger[FC_WHERE_BYTES]; /* names, cut short */
	char where[FC_TRACE_KINDS][FC_WHERE_BYTES];
};
FA_MUST_CHECK int fc_traces_scan(struct fc_looked *out, const char *dir,
	const struct fc_traces *t, struct fa_err *err);
/* Removes it with all that is in it. */
void fc_traces_sweep(const char *dir);

/* What was noticed in all looks, and at which step first. */
struct fc_noticed {
	unsigned looks;
	struct fc_looked first_strange, first[FC_TRACE_KINDS];
	const char *step_strange, *step[FC_TRACE_KINDS]; /* NULL: never */
};

#define FC_ENDINGS_MAX 4 /* withdrawals and closings */
struct fc_ending {
	enum fc_event event;
	bool due;    /* the table takes it, so it must be on record */
	int64_t seq; /* head of the records before it */
	char sha256[FA_HASH_HEX_BYTES];
};

struct fc_witness {
	const struct fc_witness_opts *o;
	struct fc_witness_report *out;
	struct fa_err *err;
	struct fa_arena arena;
	char dir[128];
	struct fa_str db; /* path of the records */
	struct fc_watched service;
	struct fc_traces traces;
	struct fc_noticed ever, ended; /* ended: right after an ending */
	const char *step;              /* what is being done */
	bool ending;
	char session[FC_SESSION_ID_BYTES]; /* cookie, or empty */
	unsigned captures;                 /* in this session ... */
	unsigned captures_all, ends;       /* ... and all, and sessions */
	unsigned unrecorded; /* times that a capture was not on record */
	struct fc_ending endings[FC_ENDINGS_MAX];
	size_t endings_n;
	unsigned account_before, account_after; /* traces of it */
	bool closed;
	int64_t packets, packets_leak; /* -1: unknown */
};

/* Looks, and adds what is seen to what was noticed. */
FA_MUST_CHECK int fc_witness_look(struct fc_witness *w);

/* The person. */
FA_MUST_CHECK int fc_witness_visit(struct fc_witness *w);

/* The records. 1 and the session at hand, or 0 when there is none. */
FA_MUST_CHECK int fc_witness_session(
	struct fc_session *out, struct fc_witness *w);
/* The account of that session becomes a trace. */
FA_MUST_CHECK int fc_witness_account(struct fc_witness *w);
/* Are all captures of this session on record? Counts it when not. */
FA_MUST_CHECK int fc_witness_recorded(struct fc_witness *w);
/* Notes the head before an ending. */
FA_MUST_CHECK int fc_witness_head(struct fc_witness *w, struct fc_ending *e);
/* When the service has ended: record, chain, replay, kept, rights. */
FA_MUST_CHECK int fc_witness_judge_records(struct fc_witness *w);

void fc_witness_tell(struct fc_witness *w, const char *name,
	enum fc_witnessed result, const char *fmt, ...) FA_PRINTF(4, 5);

#endif
