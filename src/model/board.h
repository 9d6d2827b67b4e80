/* The numbers and rows of a dashboard over one or more stores: plain structs
 * between store/board.h, which counts, and report/board.h, which draws. */
#ifndef FA_MODEL_BOARD_H
#define FA_MODEL_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "model/capture.h"
#include "model/finding.h"
#include "model/rule.h"
#include "model/target.h"

#define FA_BOARD_SCHEMA "faceaudit-board/1" /* of findings.sqlite */
#define FA_BOARD_BINS 10                    /* of ten points each */
#define FA_BOARD_BIN_U FA_BOARD_BINS        /* grade U: too little known */
#define FA_BOARD_BIN_N (FA_BOARD_BINS + 1)  /* grade N: nothing applies */
#define FA_BOARD_BINS_ALL (FA_BOARD_BINS + 2)
#define FA_BOARD_GROUPS 24     /* categories or stores with a column */
#define FA_BOARD_OTHERS 25     /* the group of all further ones */
#define FA_BOARD_GROUPS_ALL 26 /* 0: not given, 1..24, 25: others */
#define FA_BOARD_EDITIONS 12   /* audits compared, the newest ones */

/* How far an app came; each stage implies those before it. */
enum fa_board_stage {
	FA_BOARD_LISTED,
	FA_BOARD_FOUND,   /* a policy is known by its URL */
	FA_BOARD_FETCHED, /* a page was obtained there */
	FA_BOARD_PARSED,  /* it holds text */
	FA_BOARD_SCANNED, /* it is a policy and was judged */
	FA_BOARD_REVIEWED /* a person looked at a finding */
};
#define FA_BOARD_STAGES 6

enum fa_board_dim { FA_BOARD_CATEGORY, FA_BOARD_STORE };
#define FA_BOARD_DIMS 2

/* What became of a finding since the audit before. */
enum fa_board_state {
	FA_BOARD_FIRST,      /* there is no audit before to compare with */
	FA_BOARD_NEW,        /* not found by the audit before */
	FA_BOARD_PERSISTING, /* found by it too */
	FA_BOARD_BACK,       /* found before, then not, now again */
	FA_BOARD_FIXED,      /* found before, looked for and not found now */
	FA_BOARD_UNCLEAR     /* found before, cannot be told now */
};
#define FA_BOARD_STATES 6
const char *fa_board_state_name(enum fa_board_state s); /* "persisting" */
const char *fa_board_stage_name(enum fa_board_stage s); /* "scanned" */

/* An obligation, in the order of its id. */
struct fa_board_duty {
	int64_t id; /* from 1 */
	struct fa_str name;
	struct fa_text2 title, source, why, fix;
	enum fa_severity severity;
	enum fa_kind kind;
	int64_t judged; /* apps to which it applies */
	int64_t breach; /* apps with a finding that counts */
	int64_t leads;  /* apps with one that is only a lead */
	int64_t unclear, met;
	int64_t confidence; /* sum over findings that count, thousandths */
};

/* A rule that led to findings. */
struct fa_board_rule {
	struct fa_str name;
	int64_t duty;
	struct fa_text2 title;
	enum fa_status status;
	uint32_t hits, right, precision; /* as in fa_rule */
	int64_t findings;                /* that count */
	int64_t leads;
};

/* A category or a store; also the whole (dim unused). */
struct fa_board_group {
	struct fa_str name; /* absent: not given, or others */
	int64_t apps, scanned;
	int64_t breach;                  /* apps with a finding that counts */
	int64_t findings;                /* that count */
	int64_t grave;                   /* ... of severity high or critical */
	int64_t bins[FA_BOARD_BINS_ALL]; /* of scanned apps */
	/* Over bins 0..9, 10^9: 100 points; -1 without such apps. */
	int64_t q1, median, q3;
};

struct fa_board_cell {
	int64_t judged, breach;
};

struct fa_board_publisher {
	int64_t id; /* from 1, the worst first */
	struct fa_str name;
	int64_t apps, scanned, breach, findings, grave, back;
	int64_t hi; /* of its worst app, or -1 */
};

/* One audit (rules and date) over all stores that are compared. */
struct fa_board_edition {
	int32_t as_of_from, as_of_to; /* of the stores it is made of */
	bool prior;                   /* of a store given by --prior */
	int64_t apps, scanned, breach, findings;
	int64_t median; /* of points, or -1 */
	/* Apps scanned in all editions. */
	int64_t cohort, cohort_breach, cohort_findings;
	int64_t appeared, vanished; /* apps, against the edition before */
	/* Findings against the edition before, by state. */
	int64_t states[FA_BOARD_STATES];
};

/* Findings of one edition whose state has one cause. */
struct fa_board_cause {
	int64_t edition; /* index */
	enum fa_board_state state;
	struct fa_str cause; /* "source", "extractor+rules", "capture" ... */
	int64_t findings;
};

struct fa_board_outcome {
	enum fa_board_stage stage;
	enum fa_outcome outcome;
	int64_t apps;
};

struct fa_board_origin { /* a store that was read */
	struct fa_str dir;
	bool prior;
	int32_t as_of;
	struct fa_str bundle; /* SHA-256 */
	int64_t apps;         /* shown of it */
	int64_t newest_ms;    /* last audit; 0: none */
	int64_t review_events;
};

struct fa_board_queue_counts {
	int64_t unreviewed;       /* findings that count, without a review */
	int64_t unreviewed_grave; /* ... of severity high or critical */
	int64_t disputed;         /* reviewers disagree, or need more */
	int64_t confirmed, rejected;
	int64_t due, overdue; /* confirmed, with a deadline; past it */
};

/* Everything bounded that the pages need. */
struct fa_board_sum {
	struct fa_board_duty *duties;
	size_t duties_n;
	struct fa_board_rule *rules;
	size_t rules_n;
	struct fa_board_group whole;
	struct fa_board_group groups[FA_BOARD_DIMS][FA_BOARD_GROUPS_ALL];
	int64_t names[FA_BOARD_DIMS]; /* different ones, all */
	/* [dim][duty index * FA_BOARD_GROUPS_ALL + group] */
	struct fa_board_cell *cells[FA_BOARD_DIMS];
	struct fa_board_publisher *publishers; /* the worst */
	size_t publishers_n;
	int64_t publishers_all;
	struct fa_board_edition editions[FA_BOARD_EDITIONS]; /* oldest first */
	size_t editions_n;
	struct fa_board_cause *causes;
	size_t causes_n;
	int64_t stages[FA_BOARD_STAGES]; /* apps that came so far */
	struct fa_board_outcome *losses; /* of apps that were not scanned */
	size_t losses_n;
	struct fa_board_origin *origins;
	size_t origins_n;
	struct fa_board_queue_counts queue;
	int64_t documents, stand_ins, missing, findings, leads;
	int64_t repeated;    /* apps that several stores hold */
	int64_t named;       /* apps that name a publisher */
	int64_t changed;     /* findings that are new or are back */
	int64_t gone;        /* findings of before that are none now */
	int64_t queued;      /* rows of the work queue */
	int64_t stray_words; /* reviews of findings that are not here */
	int32_t today;       /* YYYYMMDD; deadlines are measured by it */
	int64_t deadline_days;
	size_t bundles_n; /* different rules among the stores shown */
};

/* A row of a list of apps. */
struct fa_board_app {
	int64_t id; /* of the target */
	struct fa_str key, app, package, version, store, publisher, category;
	struct fa_str store_url, note;
	enum fa_children children;
	int64_t group[FA_BOARD_DIMS];
	int64_t publisher_id; /* 0: not given */
	enum fa_board_stage stage;
	enum fa_outcome outcome;
	char grade;
	int64_t hi, lo, coverage_bp;
	uint32_t scopes;
	struct fa_str vector;
	int64_t at_ms;        /* last audit; 0: none */
	struct fa_str origin; /* the store directory */
	int32_t as_of;
	struct fa_str bundle;
	int64_t violations, gaps, leads, unclear, met, grave, fresh, back, gone,
		reviewed;
	/* What the list is grouped by; see the query. */
	int64_t section;
	struct fa_str section_name;
};

struct fa_board_document {
	int64_t ord;
	enum fa_role role;
	struct fa_str url, final;
	enum fa_outcome outcome;
	struct fa_str detail, payload, text_sha256, title; /* or absent */
	int64_t bytes, first_us, last_us;
	struct fa_str archive, record; /* WARC file and record, or absent */
	int64_t offset;
	bool stands_in;
	struct fa_str picture; /* SHA-256 of a screenshot, or absent */
};

struct fa_board_quote {
	bool against;
	int64_t document; /* ord */
	struct fa_str rule;
	int64_t line, col, end_line, end_col, raw_from, raw_to;
	struct fa_str quote, text, section;
};

enum fa_board_review {
	FA_BOARD_UNREVIEWED,
	FA_BOARD_CONFIRMED,
	FA_BOARD_REJECTED,
	FA_BOARD_NEEDS_MORE,
	FA_BOARD_DISPUTED /* reviewers do not agree */
};
#define FA_BOARD_REVIEWS 5
const char *fa_board_review_name(enum fa_board_review r); /* "confirmed" */
int fa_board_review_parse(struct fa_str s);               /* or -1 */

/* A finding: a violation or a gap. */
struct fa_board_finding {
	int64_t app, duty; /* duty: its id */
	struct fa_str id;  /* of the finding, see faceaudit-review(1) */
	enum fa_verdict verdict;
	struct fa_str rule; /* that decided, or absent */
	uint32_t confidence;
	enum fa_tier tier;
	bool counted; /* not only a lead */
	bool contradiction;
	struct fa_str reason; /* or absent */
	enum fa_board_state state;
	struct fa_str cause; /* of the state, or absent */
	enum fa_board_review review;
	int32_t due; /* YYYYMMDD, or 0 */
	/* Of the app, for lists of findings. */
	struct fa_str key, app_name, package, version, store, publisher,
		category;
	/* First passage for it and its document, in lists; or absent. */
	struct fa_str quote, url, payload;
	int64_t line, col, captured_us;
};

struct fa_board_word { /* what a person said */
	struct fa_str state, by, role, note;
	int64_t t_ms;
	bool superseded;
};

/* A finding of the audit before that is not one now. */
struct fa_board_gone {
	int64_t app, duty;
	enum fa_board_state state; /* FIXED or UNCLEAR */
	struct fa_str cause, was, became;
};

#endif
