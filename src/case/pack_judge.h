/* Judging archived bytes again: what was judged, from which payloads, and what
 * came out. The plan is all that it takes beside the archives and the rules;
 * packing and verifying run the same plan through the same code, so that equal
 * input gives findings that are equal byte for byte. */
#ifndef FA_CASE_PACK_JUDGE_H
#define FA_CASE_PACK_JUDGE_H

#include "case/wacz.h"
#include "model/capture.h"
#include "model/rule.h"
#include "store/store.h"

#define FA_PACK_JUDGING "evidence/judging.json"
#define FA_PACK_FINDINGS "evidence/findings.jsonl"
#define FA_PACK_TEXTS "evidence/text/"
#define FA_PACK_RULES "evidence/rules/"
#define FA_PACK_PLAN_SCHEMA "faceaudit-judging/1"
#define FA_PACK_DOCUMENTS_MAX 20000 /* of one case */
#define FA_PACK_TARGETS_MAX 20000

/* A file of a pack: bytes at a path, or in memory. */
struct fa_pack_file {
	struct fa_str name; /* in the container */
	struct fa_str path; /* absent: the bytes are data */
	struct fa_str data;
	int64_t bytes;
	char sha256[FA_HASH_HEX_BYTES];
};

struct fa_pack_files {
	struct fa_pack_file *at; /* by name once sorted */
	size_t n, cap;
};

/* One document: a payload with the labels by which it is read. */
struct fa_pack_doc {
	struct fa_str url;     /* at which it stands */
	struct fa_str payload; /* SHA-256 of the body as it came */
	struct fa_str media_type, charset, coding; /* or absent */
	struct fa_str text;   /* SHA-256 of its text, or absent */
	struct fa_str vector; /* of the store's judgement; not in JSON */
	int64_t id;           /* of the store; not in JSON */
};

/* One thing that a target wanted, as in struct fa_store_app_document. */
struct fa_pack_want {
	enum fa_role role;
	struct fa_str url, final;
	enum fa_outcome outcome;
	struct fa_str detail; /* or absent */
	int64_t document;     /* index, or -1: none */
	bool stands_in;
};

struct fa_pack_target {
	struct fa_str key, app; /* app may be absent */
	enum fa_outcome outcome;
	struct fa_pack_want *wants;
	size_t wants_n;
	struct fa_str vector; /* of the store's judgement; not in JSON */
};

struct fa_pack_plan {
	struct fa_str tool;   /* version of the program that judged */
	int64_t reader;       /* version of reading and normalising */
	struct fa_str bundle; /* SHA-256 of the rules; absent: not judged */
	struct fa_str rules;  /* file that holds them */
	int32_t as_of;
	struct fa_pack_doc *docs;
	size_t docs_n;
	struct fa_str *flows; /* names of files: "evidence/walk/flow.json" */
	size_t flows_n;
	struct fa_pack_target *targets; /* by key */
	size_t targets_n;
};

/* The newest judgement of each target of a store; flows are for the caller to
 * add. *rules is the text of the bundle. Everything lives in a. */
FA_MUST_CHECK int fa_pack_plan_load(struct fa_pack_plan *out,
	struct fa_str *rules, struct fa_store *s, struct fa_arena *a,
	struct fa_err *err);
void fa_pack_plan_write(struct fa_buf *out, const struct fa_pack_plan *p);
/* FA_E_UNSUPPORTED for another schema, FA_E_INPUT for anything malformed.
 * Lives in a. */
FA_MUST_CHECK int fa_pack_plan_parse(struct fa_pack_plan *out,
	struct fa_str text, struct fa_arena *a, struct fa_err *err);

/* What judging gave for one document. */
struct fa_pack_judged_doc {
	struct fa_str text; /* as a reader sees it, for evidence/text */
	char text_sha256[FA_HASH_HEX_BYTES];
	struct fa_str title;  /* or absent */
	struct fa_str vector; /* absent: it was not judged */
	const struct fa_wacz_record *record;
};

struct fa_pack_judged {
	struct fa_str findings;          /* findings.jsonl */
	struct fa_pack_judged_doc *docs; /* one per document of the plan */
	struct fa_str *vectors;          /* one per target */
	uint64_t quotes; /* passages that were cut from archived bytes */
};

/* Judges everything that the plan names. files say where the archives and
 * flows are; index is over the archives. FA_E_NOTFOUND when no archive holds a
 * payload, FA_E_INPUT for labels that no record has. Results live in a. */
FA_MUST_CHECK int fa_pack_judge(struct fa_pack_judged *out,
	const struct fa_pack_plan *p, const struct fa_wacz_index *index,
	const struct fa_pack_files *files, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err);

/* Appends pages.jsonl: the HTML pages of the archives. judged may be NULL. */
FA_MUST_CHECK int fa_pack_pages(struct fa_buf *out,
	const struct fa_wacz_index *x, const struct fa_pack_plan *p,
	const struct fa_pack_judged *judged, struct fa_arena *a,
	struct fa_err *err);

/* The file, or NULL; files are sorted. */
const struct fa_pack_file *fa_pack_files_find(
	const struct fa_pack_files *f, struct fa_str name);
/* Adds a file without digest; texts of it are not copied. */
FA_MUST_CHECK int fa_pack_files_add(struct fa_pack_files *f,
	const struct fa_pack_file *x, struct fa_arena *a, struct fa_err *err);
/* Sorts by name; FA_E_INPUT when a name occurs twice. */
FA_MUST_CHECK int fa_pack_files_sort(
	struct fa_pack_files *f, struct fa_err *err);

#endif
