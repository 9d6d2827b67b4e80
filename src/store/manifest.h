/* What says that a shard's work is whole: DIR/KIND-shard-I-of-N.done, a small
 * JSON file beside the store's database. */
#ifndef FA_STORE_MANIFEST_H
#define FA_STORE_MANIFEST_H

#include "model/shard.h"
#include "store/store.h"

#define FA_MANIFEST_SCHEMA "faceaudit-done/1"

struct fa_manifest {
	const char *kind; /* "crawl", "audit" */
	struct fa_shard shard;
	struct fa_str tool;   /* name and version */
	struct fa_str bundle; /* SHA-256 of the rules, or absent */
	int32_t as_of;        /* YYYYMMDD; 0: none */
	uint64_t targets;     /* of the shard; 0: not counted */
	uint64_t done;        /* of these, or of URLs */
};

/* Writes the file by temporary file, fsync and rename. */
FA_MUST_CHECK int fa_store_put_manifest(
	struct fa_store *s, const struct fa_manifest *m, struct fa_err *err);

/* Removes the file: work on the shard begins anew. */
FA_MUST_CHECK int fa_store_drop_manifest(struct fa_store *s, const char *kind,
	const struct fa_shard *shard, struct fa_err *err);

struct fa_manifest_list {
	struct fa_manifest *at; /* by name of the file */
	size_t n;
};
/* The manifests of the store in dir, in a. A file that is none, though it is
 * called one, is FA_E_INPUT. */
FA_MUST_CHECK int fa_store_manifests(struct fa_manifest_list *out,
	struct fa_str dir, struct fa_arena *a, struct fa_err *err);

#endif
