/* Packing a case: one zip file with everything that it takes to check it
 * without this program, and to judge it again with it.
 *
 *	README-VERIFY.txt verify.sh	how to check it
 *	report.html ...			what --report gave
 *	case.wacz			the case (below)
 *	case.wacz.sha256 case.wacz.sm3
 *	case.wacz.N.tsr			time stamps over case.wacz
 *	case.wacz.dsse.json case.wacz.pub.pem	the signature and its key
 *
 *	case.wacz: archive/ indexes/ pages/ datapackage.json
 *	datapackage-digest.json evidence/custody.jsonl evidence/proofs/
 *	evidence/objects.csv evidence/rules/ evidence/judging.json
 *	evidence/findings.jsonl evidence/text/ evidence/walk/ ...
 *	evidence/outer.sha256		digests of the files beside case.wacz
 *
 * The same case packed again gives the same bytes: entries are stored in order
 * of their names, and every time comes from the case. What the log says about
 * packing and verifying (export, verify) behind its last other event is left
 * out, since it did not happen to the evidence. */
#ifndef FA_CASE_PACK_H
#define FA_CASE_PACK_H

#include "case/pack_judge.h"
#include "evidence/objects.h"

#define FA_PACK_WACZ "case.wacz"
#define FA_PACK_README "README-VERIFY.txt"
#define FA_PACK_SCRIPT "verify.sh"
#define FA_PACK_DSSE FA_PACK_WACZ ".dsse.json"
#define FA_PACK_PUBLIC FA_PACK_WACZ ".pub.pem"
#define FA_PACK_CUSTODY "evidence/custody.jsonl"
#define FA_PACK_OBJECTS "evidence/objects.csv"
#define FA_PACK_OUTER "evidence/outer.sha256"
#define FA_PACK_CASE "evidence/case.json"
#define FA_PACK_PROOFS "evidence/proofs/"
#define FA_PACK_PROOF_SCHEMA "faceaudit-proof/1"
#define FA_PACK_PAYLOAD_TYPE "application/vnd.in-toto+json"
#define FA_PACK_REPORTS_MAX 16
#define FA_PACK_STAMPS_MAX 16
#define FA_PACK_FILE_BYTES ((size_t)256 << 20) /* of one file in memory */

struct fa_pack_opts {
	struct fa_str software;                   /* "faceaudit 0.1.0" */
	struct fa_str tool_version;               /* "0.1.0" */
	struct fa_str sign_pem;                   /* private key, or absent */
	const char *reports[FA_PACK_REPORTS_MAX]; /* paths */
	size_t reports_n;
	const char *stamps[FA_PACK_STAMPS_MAX]; /* paths of .tsr files */
	size_t stamps_n;
};

/* What was packed. Texts live in the arena given. */
struct fa_pack_info {
	struct fa_object wacz;        /* length and digests of case.wacz */
	struct fa_object pack;        /* ... of the whole file */
	struct fa_str case_id;        /* or absent */
	int64_t events;               /* of the log */
	char head[FA_HASH_HEX_BYTES]; /* of the log; "": there is none */
	size_t archives, records, objects, documents, flows, targets;
	uint64_t quotes;
	bool is_case, judged, is_signed;
	size_t stamps;
};

/* Packs the case (or the store of a sweep, which has no log) in dir into the
 * file out. FA_E_NOTFOUND when something that the log or the judgements name
 * is missing, FA_E_INPUT when it is not what they say: such a case is damaged,
 * and nothing is written. FA_E_USAGE for a stamp over other bytes. */
FA_MUST_CHECK int fa_pack_write(struct fa_pack_info *info, struct fa_str dir,
	struct fa_str out, const struct fa_pack_opts *opts, struct fa_arena *a,
	struct fa_err *err);

/* The name of the rules in a pack, by the SHA-256 of their text, in a. */
FA_MUST_CHECK int fa_pack_rules_name(struct fa_str *out, struct fa_str text,
	struct fa_arena *a, struct fa_err *err);
/* Where an object that the log names stands in the container, in a; absent
 * for one that is a file of a walk or belongs to no pack. */
FA_MUST_CHECK int fa_pack_object_name(struct fa_str *out, struct fa_str name,
	struct fa_str mime, struct fa_str sha256, struct fa_arena *a,
	struct fa_err *err);
/* The entry of an archive or file of a walk by its path below the case
 * ("walk/walk.warc.gz" is "archive/walk.warc.gz"), in a; absent when it
 * belongs to no pack. */
FA_MUST_CHECK int fa_pack_case_name(struct fa_str *out, struct fa_str path,
	struct fa_arena *a, struct fa_err *err);

/* Texts that every pack carries. */
extern const char fa_pack_readme[], fa_pack_script[];
extern const size_t fa_pack_readme_n, fa_pack_script_n;

#endif
