/* Filling a dossier at work. Private to case. */
#ifndef FA_CASE_FACTS_PARTS_H
#define FA_CASE_FACTS_PARTS_H

#include "audit/app.h"
#include "audit/audit.h"
#include "case/case.h"
#include "case/facts.h"
#include "evidence/payload.h"
#include "model/flow.h"
#include "store/app.h"
#include "store/capture.h"
#include "store/wanted.h"

/* Either of two texts of this program. */
#define FA_FACTS_SAY(x, zh, en) ((x)->o->lang == FA_LANG_ZH ? (zh) : (en))

/* A text or flow of the report, with what judging it again gave. */
struct fa_facts_doc {
	struct fa_store_app_document from;
	struct fa_store_document stored;
	struct fa_doc doc; /* read and segmented; text.p NULL: not */
	struct fa_result r;
	bool judged;
	const struct fa_facts_page *page; /* or NULL */
	const struct fa_flow *flow;       /* or NULL */
	struct fa_str folder;             /* of the flow: "walk" */
	uint32_t first_picture; /* of flow->evidence, in order; NONE */
};

/* A page that a browser drew from the archive. */
struct fa_facts_page {
	struct fa_str url;
	int64_t capture; /* event, 0: none */
	struct fa_str layout_sha256;
	const struct fa_json *layout; /* or NULL */
	uint32_t first, n;            /* of d->pictures */
};

struct fa_facts_target {
	struct fa_store_target t;
	struct fa_store_app app;
	bool judged;
	uint32_t first, n; /* of its documents */
};

struct fa_facts {
	const struct fa_facts_opts *o;
	struct fa_arena *a;
	struct fa_dossier *d;    /* being filled */
	struct fa_case *c;       /* NULL: a plain store */
	struct fa_store *opened; /* of a plain store, to be closed */
	struct fa_store *s;
	struct fa_store_app_key key;
	struct fa_bundle *bundle;
	struct fa_matcher *matcher;
	struct fa_audit audit;
	struct fa_payload_source source;
	struct fa_facts_target *targets;
	size_t targets_n, targets_cap;
	struct fa_facts_page *pages;
	size_t pages_n, pages_cap;
	struct fa_facts_doc *docs; /* beside d->documents */
	size_t docs_n, docs_cap, documents_cap, captures_cap, pictures_cap,
		findings_cap, points_cap, unknowns_cap, checks_cap, objects_cap,
		events_cap, stamps_cap, commands_cap, changes_cap, laws_cap,
		sessions_cap, faults_cap;
	struct fa_case_captures log; /* of a case */
	struct fa_case_objects things;
	size_t picture_bytes;
};

/* Room for one more, all zero, in an array of the dossier; NULL with err set
 * (the array is lost then, which is why whoever sees it gives up). */
#define FA_FACTS_ADD(x, array, n, cap, err)                                    \
	(((array) = fa_facts_more((x), (array), &(n), &(cap),                  \
		  sizeof(*(array)), (err))) != NULL                            \
			? &(array)[(n)-1]                                      \
			: NULL)
void *fa_facts_more(struct fa_facts *x, void *array, size_t *n, size_t *cap,
	size_t size, struct fa_err *err);
/* A copy, or formatted text, in the arena; absent when it is used up, which
 * the next fa_facts_more finds out. */
struct fa_str fa_facts_dup(struct fa_facts *x, struct fa_str s);
struct fa_str fa_facts_say(struct fa_facts *x, const char *fmt, ...)
	FA_PRINTF(2, 3);
FA_MUST_CHECK int fa_facts_digest(
	struct fa_dossier_digest *out, struct fa_str bytes, struct fa_err *err);
/* Digests that are known only as text. */
void fa_facts_digest_of(struct fa_dossier_digest *out, struct fa_str sha256,
	struct fa_str sm3, int64_t bytes);

/* facts_document.c: the texts of a target. */
FA_MUST_CHECK int fa_facts_documents(
	struct fa_facts *x, struct fa_facts_target *t, struct fa_err *err);
/* facts_capture.c: how a text was obtained; *index is its capture. */
FA_MUST_CHECK int fa_facts_capture(uint32_t *index, struct fa_facts *x,
	const struct fa_facts_doc *doc, const struct fa_capture *seen,
	const struct fa_capture *holder, struct fa_str url, struct fa_str final,
	struct fa_err *err);
/* facts_flow.c: the walks of the case. */
FA_MUST_CHECK int fa_facts_flows(struct fa_facts *x, struct fa_err *err);
/* facts_passage.c: one passage of a document. */
FA_MUST_CHECK int fa_facts_passage(struct fa_dossier_passage *out,
	struct fa_facts *x, uint32_t document, const struct fa_evidence *e,
	struct fa_err *err);
/* facts_finding.c: findings and points of a target, and of a flow. */
FA_MUST_CHECK int fa_facts_findings(struct fa_facts *x,
	const struct fa_facts_target *t, struct fa_err *err);
FA_MUST_CHECK int fa_facts_flow_findings(
	struct fa_facts *x, uint32_t document, struct fa_err *err);
FA_MUST_CHECK int fa_facts_sort(struct fa_facts *x, struct fa_err *err);
/* facts_words.c: what is said of a finding beside the rule's own words. */
FA_MUST_CHECK int fa_facts_words(struct fa_dossier_finding *f,
	struct fa_facts *x, uint32_t obligation, uint32_t rule, bool flow,
	struct fa_err *err);
/* facts_law.c: the provisions of an obligation; the report's list of them. */
FA_MUST_CHECK int fa_facts_laws(struct fa_dossier_finding *f,
	struct fa_facts *x, const struct fa_obligation *o, struct fa_err *err);
/* facts_case.c: people, what was lost. */
FA_MUST_CHECK int fa_facts_cover(struct fa_facts *x, struct fa_err *err);
FA_MUST_CHECK int fa_facts_lost(struct fa_facts *x, struct fa_err *err);
/* facts_review.c */
FA_MUST_CHECK int fa_facts_reviews(struct fa_facts *x, struct fa_err *err);
/* facts_stamp.c: time stamps of a log that is whole. */
FA_MUST_CHECK int fa_facts_stamps(struct fa_facts *x, struct fa_err *err);
/* facts_page.c: pictures of pages, before the texts; the page that was drawn
 * of a capture (event) or, without a log, of a URL, or NULL; picture and box
 * of a passage of it. */
FA_MUST_CHECK int fa_facts_pages(struct fa_facts *x, struct fa_err *err);
const struct fa_facts_page *fa_facts_page_of(
	const struct fa_facts *x, int64_t capture, struct fa_str url);
void fa_facts_page_place(struct fa_dossier_passage *p, struct fa_facts *x,
	const struct fa_facts_page *page);
/* facts_custody.c: objects, the log and its stamps. */
FA_MUST_CHECK int fa_facts_objects(struct fa_facts *x, struct fa_err *err);
FA_MUST_CHECK int fa_facts_custody(struct fa_facts *x, struct fa_err *err);
/* Microseconds of "2026-11-22T05:40:00.123Z"; 0 when it is not that. */
int64_t fa_facts_time_us(struct fa_str s);
/* facts_close.c: words for codes. */
const char *fa_facts_role(const struct fa_facts *x, enum fa_role r);
const char *fa_facts_outcome(const struct fa_facts *x, enum fa_outcome o);
/* facts_check.c: what is there against what the log says; verdicts over all
 * texts against those of the store. A fault is for the report to tell, and for
 * whoever makes it to stop at. */
FA_MUST_CHECK int fa_facts_check(struct fa_facts *x, struct fa_err *err);
FA_MUST_CHECK int fa_facts_fault(struct fa_facts *x, struct fa_str what,
	struct fa_str why, struct fa_err *err);
/* facts_again.c: is the verdict over all texts of a target the one that the
 * store holds, when they are judged anew? */
FA_MUST_CHECK int fa_facts_again(struct fa_facts *x,
	const struct fa_facts_target *t, struct fa_err *err);
/* facts_environ.c: the records of session_open as tables. */
FA_MUST_CHECK int fa_facts_environ(struct fa_facts *x, struct fa_err *err);
/* facts_close.c: method, commands, number of the report. */
FA_MUST_CHECK int fa_facts_close(struct fa_facts *x, struct fa_err *err);

#endif
