/* A directory of objects that are named by what they hold: ab/cdef..., the
 * 64 hex digits of the SHA-256 with a slash behind the first two. Objects are
 * written once, by temporary file, fsync, rename and fsync of the directory,
 * and then can only be read (mode 0444). Nothing is ever overwritten or
 * removed. */
#ifndef FA_EVIDENCE_OBJECTS_H
#define FA_EVIDENCE_OBJECTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/str.h"

#define FA_OBJECTS_DIR "objects"          /* of a case */
#define FA_OBJECT_BYTES ((size_t)1 << 30) /* largest object */

struct fa_object {
	int64_t bytes;
	char sha256[FA_HASH_HEX_BYTES];
	char sm3[FA_HASH_HEX_BYTES]; /* "" where libcrypto has no SM3 */
};

/* Digests of bytes, and of a file that is read through a window. */
FA_MUST_CHECK int fa_object_digest(
	struct fa_object *out, struct fa_str data, struct fa_err *err);
FA_MUST_CHECK int fa_object_digest_file(
	struct fa_object *out, struct fa_str path, struct fa_err *err);

/* The path of an object below dir (that of the objects); FA_E_USAGE when
 * sha256 is not 64 lower-case hex digits. */
FA_MUST_CHECK int fa_object_path(char out[FA_FILE_PATH_BYTES],
	struct fa_str dir, struct fa_str sha256, struct fa_err *err);
/* Adds an object; dir is made when it is missing (its parent must exist). An
 * object that is there already is read and compared: FA_E_INPUT when it is not
 * what its name says. When this returns FA_OK the object is on the disk. */
FA_MUST_CHECK int fa_object_put(struct fa_object *out, struct fa_str dir,
	struct fa_str data, struct fa_err *err);
/* The same with the bytes of a file, copied through a window: what is stored
 * is what was digested, even when the file changes meanwhile. */
FA_MUST_CHECK int fa_object_put_file(struct fa_object *out, struct fa_str dir,
	struct fa_str path, struct fa_err *err);
/* Reads an object and compares it with its name: FA_E_NOTFOUND when it is
 * missing, FA_E_INPUT when it is not what its name says, FA_E_LIMIT when it is
 * larger than max_bytes. The bytes live in a. */
FA_MUST_CHECK int fa_object_get(struct fa_str *out, struct fa_str dir,
	struct fa_str sha256, size_t max_bytes, struct fa_arena *a,
	struct fa_err *err);
/* FA_OK when the object is there and is what its name says; codes as above. */
FA_MUST_CHECK int fa_object_check(struct fa_object *out, struct fa_str dir,
	struct fa_str sha256, struct fa_err *err);

#endif
