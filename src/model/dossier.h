/* All that a lawyer's report on one case says, as plain facts. `case` fills
 * it (case/facts.h), `report` lays it out (report/dossier.h) as HTML, as the
 * parts of a DOCX file and as JSON. Nothing here is judged or fetched.
 *
 * What is not known is unknown: an absent slice, a time of 0, an index of
 * FA_DOSSIER_NONE, a number of -1 where 0 is a value. Writers print it as
 * unknown, never leave it out, and never print "not found" as compliant. Texts
 * are in the language of the report, unless they are quotes, names, digests or
 * messages of programs. Times are microseconds since 1970 UTC. */
#ifndef FA_MODEL_DOSSIER_H
#define FA_MODEL_DOSSIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/str.h"
#include "model/capture.h"
#include "model/finding.h"
#include "model/flow.h"
#include "model/rule.h"

#define FA_DOSSIER_SCHEMA "faceaudit-dossier/1"
#define FA_DOSSIER_NONE UINT32_MAX /* no document, picture, passage */
#define FA_DOSSIER_CONTEXT 30      /* characters before and after a quote */
#define FA_DOSSIER_PASSAGES 8      /* shown per finding and side */
#define FA_DOSSIER_FINDINGS_MAX 2000
#define FA_DOSSIER_CUSTODY_EXTRACT 400 /* events shown; the log has all */
#define FA_DOSSIER_OBJECTS_MAX 20000
#define FA_DOSSIER_FAULTS_MAX 200             /* listed; all are counted */
#define FA_DOSSIER_SESSIONS_MAX 1000          /* of one case */
#define FA_DOSSIER_PICTURE_BYTES (4u << 20)   /* of one screen shown */
#define FA_DOSSIER_PICTURES_BYTES (32u << 20) /* of all, together */

/* Both digests of the same bytes, lower-case hex; "" is unknown. */
struct fa_dossier_digest {
	char sha256[FA_HASH_HEX_BYTES];
	char sm3[FA_HASH_HEX_BYTES];
	int64_t bytes; /* -1: unknown */
};

/* Case, subject and people, as case.json and the options of the report have
 * them. */
struct fa_dossier_cover {
	struct fa_str title;
	struct fa_str number; /* of the case */
	struct fa_str report; /* of this report: made of what it rests on */
	struct fa_str client; /* organisation that asks for it */
	struct fa_str court;  /* authority it is meant for */
	struct fa_str operator_name, operator_id, organisation;
	struct fa_str mandate, purpose, witness;
	/* The subject. */
	struct fa_str app, package, version, store, store_url, publisher,
		category, icp;
	struct fa_str app_file;              /* the client, or absent */
	struct fa_dossier_digest app_digest; /* of it */
	enum fa_lang lang;
};

/* What 行政诉讼证据规定 (2002) art. 12 asks of computer data, word for word:
 * how, when and by whom it was made, and what it is to prove. */
struct fa_dossier_making {
	struct fa_str method;        /* 制作方法 */
	int64_t from_us, to_us;      /* 制作时间: first to last capture */
	struct fa_str maker;         /* 制作人 */
	struct fa_str proves;        /* 证明对象 */
	int64_t made_us;             /* of this report; 0: left out */
	struct fa_str reviewer;      /* all on record, or absent */
	struct fa_str signer;        /* named for the signature, or absent */
	bool own_review;             /* the operator is one of them */
	int64_t reviewed_us;         /* last review event; 0: none */
	uint32_t reviewed, findings; /* how many of how many */
};

/* One hop on the way to a page. */
struct fa_dossier_hop {
	struct fa_str url;
	int status; /* 0: no answer */
};

/* The same page once more, from elsewhere. */
struct fa_dossier_second {
	int64_t seq, at_us;
	struct fa_str peer, resolver;
	enum fa_tri same;
	bool apart; /* another resolver or another address than the first */
};

/* One request of the case and what became of it. */
struct fa_dossier_capture {
	int64_t seq; /* custody event; 0: none (a plain store) */
	enum fa_role role;
	struct fa_str method, url, final;
	struct fa_dossier_hop *hops; /* redirects, in order */
	size_t hops_n;
	enum fa_outcome outcome;
	struct fa_str detail; /* why, or absent */
	int status;           /* HTTP; 0: none */
	int64_t at_us;
	/* Who answered. */
	struct fa_str peer, local, resolver;
	struct fa_str addresses; /* all that the name resolved to, listed */
	struct fa_str tls, cipher, leaf_sha256, chain_sha256;
	struct fa_str issuer;      /* of the leaf certificate */
	struct fa_str server_date; /* Date: header as sent */
	bool has_skew;
	int64_t skew_ms;       /* server minus this machine */
	struct fa_str robots;  /* what robots.txt says, or absent */
	struct fa_str cookies; /* sent with the request; "none" */
	/* Where the bytes are. */
	struct fa_str archive, record;
	int64_t offset, length; /* -1: not archived */
	struct fa_str block_digest;
	struct fa_dossier_digest payload; /* body as it came */
	struct fa_dossier_digest body;    /* content coding removed */
	bool cut;                         /* not whole */
	struct fa_str cut_why;
	struct fa_dossier_second *seconds; /* in order of the log */
	size_t seconds_n;
};

/* A picture and what it shows. */
struct fa_dossier_picture {
	struct fa_str bytes; /* PNG or JPEG; absent: too large, or not there */
	struct fa_str name;  /* of the object: path, or digest */
	struct fa_dossier_digest digest;
	int64_t at_us;
	struct fa_str shows; /* "screen s3 登录", URL */
	uint32_t parent;     /* document, or FA_DOSSIER_NONE */
	int32_t y, height;   /* of the page that it shows; 0: all */
};

/* One numbered unit of a text, for the annex. */
struct fa_dossier_clause {
	uint32_t number;    /* sentence of the document, from 1 */
	uint32_t paragraph; /* from 1 */
	bool heading;
	uint8_t level;
	struct fa_str text; /* as a reader sees it */
};

/* A text, or a flow, that was judged. */
struct fa_dossier_document {
	struct fa_str title, url; /* url: final, or path of the flow */
	enum fa_role role;
	struct fa_str relation; /* how it belongs to the app, or absent */
	bool is_flow;
	int64_t recorded_us; /* of a flow: when, and by what */
	struct fa_str device;
	struct fa_str start;         /* URL of its first screen */
	uint32_t capture;            /* index, or FA_DOSSIER_NONE */
	struct fa_str version;       /* date or number the text gives itself */
	struct fa_str version_where; /* the passage that says so */
	struct fa_str media_type;
	const char *encoding, *format;
	uint32_t bad_bytes;
	struct fa_str notice;         /* what reading could not do, or absent */
	struct fa_dossier_digest raw; /* bytes that positions count */
	struct fa_dossier_digest text; /* readable text, normalised */
	uint32_t picture;              /* or FA_DOSSIER_NONE */
	struct fa_score score;
	bool agrees;         /* judging again gave what the store holds */
	bool judged_again;   /* it was judged again at all */
	struct fa_str error; /* why it was not judged, or absent */
	struct fa_dossier_clause *clauses;
	size_t clauses_n;
	bool stands_in; /* an earlier capture, a later one failed */
};

/* A step of a flow, as somebody would do it again. */
struct fa_dossier_step {
	struct fa_str screen; /* where */
	struct fa_str action; /* tap, wait ... in words, with the control */
	const char *basis;    /* observed, declared, assumed */
	int64_t at_us;
};

/* A passage with its place. Offsets count code points of the decoded original
 * (offset) and its bytes (raw); both are half-open. */
struct fa_dossier_passage {
	uint32_t document;
	struct fa_str rule;           /* that found it, or absent */
	struct fa_str text;           /* as a reader sees it, one line */
	struct fa_str raw_text;       /* markup and all; absent: the same */
	struct fa_str before, after;  /* FA_DOSSIER_CONTEXT characters */
	struct fa_str section;        /* heading it stands under */
	uint32_t paragraph, sentence; /* numbers as in the annex; 0: none */
	struct fa_range offset, raw;
	struct fa_position from, to;
	bool cut;   /* longer than a quote may be */
	bool recut; /* cut again from the archived bytes, it is the same */
	char sha256[FA_HASH_HEX_BYTES]; /* of the original bytes of the quote */
	/* Of a flow. */
	struct fa_str screen, element;
	struct fa_dossier_step *steps;
	size_t steps_n;
	uint32_t picture; /* or FA_DOSSIER_NONE */
	bool has_box;
	struct fa_flow_box box; /* pixels of the picture */
	struct fa_str note;
};

enum fa_dossier_review {
	FA_REVIEW_NONE, /* nobody looked at it */
	FA_REVIEW_CONFIRMED,
	FA_REVIEW_REJECTED,
	FA_REVIEW_DISPUTED, /* one confirms, another rejects */
	FA_REVIEW_DOUBTFUL  /* looked at, not decided */
};

/* What one person said of a finding. */
struct fa_dossier_opinion {
	int64_t seq, at_us;
	struct fa_str state; /* "confirmed", "rejected", "needs-more" */
	struct fa_str by, role, note;
	bool superseded; /* the same person said something else later */
};

/* A provision: where it stands, and its words when the user gave the text. */
struct fa_dossier_law {
	struct fa_str source; /* 《办法》第10条第1款 */
	struct fa_str code, article;
	struct fa_str number, issuer, page;
	int32_t from, to; /* YYYYMMDD; 0: never, or open */
	bool binding;
	struct fa_str text;              /* verbatim, or absent */
	struct fa_str file;              /* it was read from */
	struct fa_dossier_digest digest; /* of that file */
	bool named; /* the file bears title or number of the instrument */
};

/* One thing a rule asks, in words, and whether it was met. */
struct fa_dossier_element {
	struct fa_str text;
	enum fa_tri met; /* UNKNOWN: not decided by the program */
};

struct fa_dossier_finding {
	struct fa_str obligation, duty;
	struct fa_str fact; /* one sentence */
	enum fa_verdict verdict;
	enum fa_severity severity;
	enum fa_tier tier;
	uint32_t confidence;  /* thousandths */
	bool contradiction;   /* one document breaks what another meets */
	struct fa_str reason; /* for cannot_tell, or absent */
	char fingerprint[FA_HASH_HEX_BYTES];
	struct fa_dossier_law *laws; /* the article, then what it refers to */
	size_t laws_n;
	struct fa_str rule, rule_title; /* that decided, or absent */
	uint32_t hits, right;           /* measured; hits 0: not measured */
	struct fa_str known_wrong;      /* known false positives, or absent */
	struct fa_str why;
	struct fa_dossier_element *elements;
	size_t elements_n;
	struct fa_str *rebut; /* what would overturn it */
	size_t rebut_n;
	struct fa_str *readings; /* other ways to read the passage */
	size_t readings_n;
	struct fa_str remedy;
	struct fa_dossier_passage *pro, *contra;
	size_t pro_n, contra_n;
	size_t pro_all, contra_all;          /* with those not shown */
	enum fa_dossier_review review;       /* of all that was said */
	struct fa_dossier_opinion *opinions; /* in order of the log */
	size_t opinions_n;
};

/* Verdicts that are no findings, for the record: what is met, what does not
 * apply, what nobody can tell. */
struct fa_dossier_point {
	struct fa_str obligation, duty, article;
	enum fa_verdict verdict;
	struct fa_str reason; /* or absent */
	struct fa_str where;  /* passage for a duty met, or absent */
};

enum fa_dossier_state {
	FA_STATE_GOOD,
	FA_STATE_INFO, /* a fact without good or bad */
	FA_STATE_WARN, /* weakens the evidence: said so in the report */
	FA_STATE_BAD,
	FA_STATE_UNKNOWN
};

/* A line of the environment check (清洁性检查). */
struct fa_dossier_check {
	struct fa_str name, value;
	enum fa_dossier_state state;
	struct fa_str note; /* what follows from it, or absent */
};

/* From one session_open to the next: by whom, with what program, in what
 * environment. Of later sessions only the checks are kept that came out
 * otherwise than in the first. */
struct fa_dossier_session {
	int64_t seq, at_us;
	struct fa_str operator_name;
	struct fa_str version, commit, exe_sha256, rules_sha256;
	struct fa_str argv;
	struct fa_str record_sha256; /* of the full record, or absent */
	size_t first, n;             /* of the checks */
	size_t same;                 /* checks as in the first session */
};

/* Evidence that is not what the log, or judging again, says it is. */
struct fa_dossier_fault {
	struct fa_str what, why;
};

/* A thing that is kept. */
struct fa_dossier_object {
	struct fa_str name, kind; /* kind: 网页响应, 屏幕截图 ... */
	struct fa_str mime;
	struct fa_dossier_digest digest;
	struct fa_str source; /* URL, or what made it */
	int64_t at_us;
	struct fa_str parent; /* SHA-256, or absent */
	struct fa_str where;  /* below the case */
	int64_t seq;          /* custody event, 0: none */
	/* Its bytes were read and have the digests listed; UNKNOWN: those of
	 * an answer, which judging again reads. */
	enum fa_tri sound;
};

struct fa_dossier_event {
	int64_t seq, t_ms;
	struct fa_str op, actor, target, summary;
	char hash[FA_HASH_HEX_BYTES]; /* of the line */
	bool failed;
};

/* A time stamp, or the lack of one. The log says what was found when it came;
 * this report looks at its signature and at what it stamps again, without the
 * certificates that make its authority trusted. */
struct fa_dossier_stamp {
	int64_t seq, checkpoint; /* events */
	uint64_t covers;         /* events before the checkpoint */
	struct fa_str authority, tsa, serial, policy;
	const char *algorithm; /* "sha256" */
	struct fa_str imprint;
	struct fa_str gen_time; /* as in the stamp; absent: pending */
	const char *state;      /* "confirmed", "untrusted", "pending" */
	bool checked;           /* it is right in itself, seen again now */
	struct fa_str detail;   /* why not, or absent */
	struct fa_str token_sha256;
};

struct fa_dossier_custody {
	bool present; /* the case has a log */
	int64_t events;
	char head[FA_HASH_HEX_BYTES]; /* of the last line */
	char root[FA_HASH_HEX_BYTES]; /* RFC 9162, over all; "" unknown */
	enum fa_tri whole;            /* the chain was checked and holds */
	struct fa_str broken;         /* where it does not, or absent */
	struct fa_dossier_event *extract;
	size_t extract_n;
	uint64_t failures; /* error events */
	struct fa_dossier_stamp *stamps;
	size_t stamps_n;
	size_t stamps_confirmed; /* confirmed by the log and checked again */
	uint64_t covered;        /* events that these vouch for */
};

struct fa_dossier_tool {
	struct fa_str name, version, commit, exe_sha256;
	char rules_sha256[FA_HASH_HEX_BYTES];
	struct fa_str rules_format;
	struct fa_str argv; /* of the first capture */
	/* These rules are those that a session of the log names. */
	enum fa_tri rules_logged;
	int32_t as_of;
	int64_t reader; /* version of reading */
	struct fa_labelled_set *sets;
	size_t sets_n;
	uint32_t established, probable; /* limits of the tiers */
};

/* Something that was wanted and not obtained, or not judged. */
struct fa_dossier_unknown {
	struct fa_str what, why;
	struct fa_str code; /* outcome or reason, as a machine has it */
	int64_t at_us;
};

struct fa_dossier_change {
	struct fa_str subject, cause, kind, was, became;
};

struct fa_dossier {
	struct fa_dossier_cover cover;
	struct fa_dossier_making making;
	struct fa_score score; /* of the app; grade 'N': nothing applies */
	struct fa_dossier_finding *findings; /* gravest first, then leads */
	size_t findings_n, findings_all;
	struct fa_dossier_capture *captures;
	size_t captures_n;
	struct fa_dossier_document *documents;
	size_t documents_n;
	struct fa_dossier_picture *pictures;
	size_t pictures_n;
	struct fa_dossier_point *points;
	size_t points_n;
	struct fa_dossier_unknown *unknowns;
	size_t unknowns_n;
	struct fa_dossier_session *sessions;
	size_t sessions_n;
	struct fa_dossier_check *checks; /* of all sessions, one by one */
	size_t checks_n;
	struct fa_dossier_fault *faults;
	size_t faults_n, faults_all;
	struct fa_dossier_tool tool;
	struct fa_dossier_object *objects;
	size_t objects_n, objects_all;
	struct fa_dossier_custody custody;
	struct fa_str *commands; /* to do it again, in order */
	size_t commands_n;
	struct fa_dossier_change *changes;
	size_t changes_n;
	struct fa_dossier_law *laws; /* all that are named, once each */
	size_t laws_n;
	struct fa_str statutes; /* folder the texts came from, or absent */
	uint32_t ledger[FA_LEDGER_COUNT]; /* paragraphs by how far seen */
	uint32_t ledger_n;
};

#endif
