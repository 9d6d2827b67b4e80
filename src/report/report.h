/* Results for people and machines: one writer per format, one file each, all
 * in the table fa_report_writers. A writer only formats: it reads no file and
 * judges nothing. Text from documents is hostile: each writer escapes for its
 * format, and control and bidi characters are made visible. */
#ifndef FA_REPORT_REPORT_H
#define FA_REPORT_REPORT_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/finding.h"
#include "model/rule.h"

struct fa_report_opts {
	enum fa_lang lang;
	bool color;         /* terminal colour, for text and line */
	unsigned columns;   /* terminal width for wrapping; 0: 80 */
	bool explain;       /* text: what is said about each use of the face */
	bool verbose;       /* also compliant and not applicable rows */
	int32_t as_of;      /* YYYYMMDD */
	int64_t now_ms_utc; /* 0: leave times out (byte-identical output) */
	enum fa_tier fail_tier; /* of --fail-on, to mark what gates */
	enum fa_severity fail_severity;
	bool fail_never; /* --fail-on never: nothing gates */
	bool app; /* the documents are of one app: the silence of one of them
		   * gates nothing, only that of all */
	struct fa_str tool_version;
};

/* Totals over all documents; kept by the command, given to end. */
struct fa_report_totals {
	uint32_t documents, errors, with_face_id;
	uint32_t partial; /* documents of which some may be unread */
	uint32_t counts[FA_VERDICT_COUNT];
	uint32_t gating; /* findings that reach --fail-on */
	uint32_t waived; /* findings that the project accepts */
	/* What is wrong with the project's waivers, in order of their places.
	 */
	const struct fa_waiver_note *notes;
	size_t notes_n;
	int exit_status;
	const struct fa_app *app; /* the documents are of one app; or NULL */
	/* What lay in folders and was left out: files and folders by exclude
	 * of the settings and by .gitignore; files that are, by their first
	 * bytes, written by this program. */
	uint32_t excluded, ignored, own;
	struct fa_str settings; /* the file that settled things, or absent */
};

struct fa_report; /* one writer at work */
struct fa_report_memo;

#define FA_REPORT_GITHUB_SHOWN 10          /* annotations of a level and step */
#define FA_REPORT_PICTURE_BYTES (4u << 20) /* of one screen; else left out */
#define FA_REPORT_PICTURES_BYTES (48u << 20) /* of one flow, together */

/* Pictures of the screens of a flow, PNG or JPEG, as files have them. */
struct fa_report_pictures {
	const struct fa_str *at; /* by flow->evidence; absent: none */
	size_t n;
};

struct fa_writer {
	const char *name; /* "text" */
	const char *media_type;
	const char *summary; /* one line for --help */
	bool pictures;       /* shows those of the screens of a flow */
	bool digests;        /* shows those of what was judged */
	/* Each appends to out; what is in out after a call may be flushed. A
	 * writer may keep state (in r's arena) and write all at end. The
	 * result given to doc is only valid during the call. */
	int (*begin)(
		struct fa_report *r, struct fa_buf *out, struct fa_err *err);
	int (*doc)(struct fa_report *r, const struct fa_result *res,
		struct fa_buf *out, struct fa_err *err);
	int (*end)(struct fa_report *r, const struct fa_report_totals *t,
		struct fa_buf *out, struct fa_err *err);
	/* Frees what does not live in r's arena, whether or not it came to the
	 * end; NULL: nothing does. r->state is NULL unless begin was called. */
	void (*done)(struct fa_report *r);
};

struct fa_report {
	const struct fa_writer *writer;
	const struct fa_bundle *bundle;
	struct fa_report_opts opts;
	struct fa_arena *arena; /* lives as long as the report */
	/* Takes what was written so far out of a buffer, so that a long report
	 * does not stand in memory as a whole; NULL: nobody does. */
	int (*flush)(void *ctx, struct fa_buf *out, struct fa_err *err);
	void *flush_ctx;
	void *state;                 /* the writer's own */
	struct fa_report_memo *memo; /* of JSON and NDJSON */
	struct fa_str first; /* name of the first document that was judged,
			      * for what all of an app leave out */
	size_t docs_n;       /* documents written so far */
	/* Of the result that doc is given; set by the command before. */
	struct fa_report_pictures pictures;
	const bool *captures; /* by screen: the face is captured there; NULL:
			       * only what the recording itself says */
};

/* NULL-terminated, in the order of --help. */
extern const struct fa_writer *const fa_report_writers[];
const struct fa_writer *fa_report_find(struct fa_str name); /* or NULL */

#endif
