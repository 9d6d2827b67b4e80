/* Documents (what a payload says) and judgements (what the rules make of a
 * document). Both are stored once, whatever the number of URLs that show the
 * document and of targets that want it. */
#ifndef FA_STORE_JUDGE_H
#define FA_STORE_JUDGE_H

#include "model/finding.h"
#include "store/store.h"

struct fa_store_document {
	int64_t id;
	/* Of these five is the id. */
	char payload[FA_HASH_HEX_BYTES]; /* SHA-256 of the body as it came */
	struct fa_str media_type, charset, coding; /* or absent */
	int64_t reader; /* version of reading and normalising */

	struct fa_str text_sha256;     /* of the normalised text, or absent */
	struct fa_str title, encoding; /* or absent */
	int64_t bytes;                 /* content coding removed */
	int64_t clauses;
	bool looked; /* kind and kind_other are set */
	enum fa_outcome kind, kind_other;
	struct fa_str kind_detail; /* or absent */
	struct fa_str error;       /* why there is no text, or absent */
};

/* Sets d->id. */
FA_MUST_CHECK int fa_store_document_id(
	struct fa_store_document *d, struct fa_err *err);
/* 1 and the document (texts in a), or 0. */
FA_MUST_CHECK int fa_store_get_document(struct fa_store_document *out,
	struct fa_store *s, int64_t id, struct fa_arena *a, struct fa_err *err);
/* Adds a document that is not there, with its sentences (of which there are
 * d->clauses) for searching. */
FA_MUST_CHECK int fa_store_put_document(struct fa_store *s,
	const struct fa_store_document *d, const struct fa_str *sentences,
	struct fa_err *err);

/* Verdict on one obligation, by names that any bundle may have. */
struct fa_store_verdict {
	struct fa_str obligation;
	enum fa_verdict verdict;
	struct fa_str rule; /* that decided, or absent */
	uint32_t confidence;
	enum fa_tier tier;
	struct fa_str reason; /* or absent */
	bool contradiction;   /* of an app: broken here, met there */
};

struct fa_store_judgement {
	int64_t id, document;
	uint32_t scopes;
	struct fa_score score;
	struct fa_str error; /* why it was not judged, or absent */
	struct fa_store_verdict *verdicts; /* by obligation; only those that
					    * apply */
	size_t verdicts_n;
};

FA_MUST_CHECK int fa_store_judgement_id(int64_t *id, int64_t document,
	struct fa_str bundle, int32_t as_of, struct fa_err *err);
/* 1 and the judgement (in a), or 0. */
FA_MUST_CHECK int fa_store_get_judgement(struct fa_store_judgement *out,
	struct fa_store *s, int64_t id, struct fa_arena *a, struct fa_err *err);
/* Adds the judgement of a document with verdicts and evidence; r->findings
 * refer to b. */
FA_MUST_CHECK int fa_store_put_judgement(struct fa_store *s, int64_t document,
	const struct fa_result *r, const struct fa_bundle *b, int32_t as_of,
	struct fa_err *err);

struct fa_store_evidence {
	bool against;       /* the verdict */
	struct fa_str rule; /* or absent */
	struct fa_range raw;
	struct fa_position from, to;
	struct fa_str quote, text;
	struct fa_str section; /* or absent */
};
struct fa_store_evidence_list {
	struct fa_store_evidence *at; /* for the verdict first */
	size_t n;
};
/* The evidence of a judgement on one obligation, in a. */
FA_MUST_CHECK int fa_store_get_evidence(struct fa_store_evidence_list *out,
	struct fa_store *s, int64_t judgement, struct fa_str obligation,
	struct fa_arena *a, struct fa_err *err);

/* The rules that judgements were made by, in canonical form. */
FA_MUST_CHECK int fa_store_put_bundle(struct fa_store *s, struct fa_str sha256,
	struct fa_str json, struct fa_err *err);
/* 1 and the rules (in a), or 0. */
FA_MUST_CHECK int fa_store_get_bundle(struct fa_str *json, struct fa_store *s,
	struct fa_str sha256, struct fa_arena *a, struct fa_err *err);

#endif
