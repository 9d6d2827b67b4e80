/* Zip files, by libzip: written so that the same content gives the same bytes,
 * read as hostile input. */
#ifndef FA_CASE_ZIP_H
#define FA_CASE_ZIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_ZIP_ENTRIES 100000            /* of one file */
#define FA_ZIP_NAME_BYTES 240            /* of one entry */
#define FA_ZIP_BYTES (INT64_C(32) << 30) /* of all entries, uncompressed */

/* A zip file that is written. */
struct fa_zip_writer;

/* Begins a zip file that takes the place of path when it is whole. Every entry
 * gets the time at_ms (UTC, cut to two seconds; not before 1980). The writer
 * lives in a, and outside of it until it is ended or dropped. */
FA_MUST_CHECK int fa_zip_create(struct fa_zip_writer **out, struct fa_str path,
	int64_t at_ms, struct fa_arena *a, struct fa_err *err);
/* Add an entry behind the others, stored. data, and the file at path, must
 * stay as they are until fa_zip_end; of the file its first n bytes are taken.
 * FA_E_USAGE for a name that fa_zip_name_ok refuses. */
FA_MUST_CHECK int fa_zip_add(struct fa_zip_writer *z, struct fa_str name,
	struct fa_str data, struct fa_err *err);
FA_MUST_CHECK int fa_zip_add_file(struct fa_zip_writer *z, struct fa_str name,
	struct fa_str path, int64_t n, struct fa_err *err);
/* Writes everything, brings it to the disk and into its place. */
FA_MUST_CHECK int fa_zip_end(struct fa_zip_writer *z, struct fa_err *err);
void fa_zip_drop(
	struct fa_zip_writer *z); /* safe after the end; NULL is fine */

struct fa_zip_entry {
	struct fa_str name;
	int64_t bytes;  /* uncompressed */
	uint64_t index; /* in the file */
};

struct fa_zip {
	void *file;              /* libzip's */
	struct fa_zip_entry *at; /* in memcmp order of the names */
	size_t n;
};

/* May an entry have this name: letters, digits, "._-" and single slashes
 * between parts that begin with neither a dot nor a dash; at most
 * FA_ZIP_NAME_BYTES. So no name leads out of a folder or into a hidden file, is
 * an option to a program, or means another file on another system. */
bool fa_zip_name_ok(struct fa_str name);

/* Opens a zip file and looks at all its entries. FA_E_INPUT when it is no zip
 * file, a name is refused or occurs twice (also in another case), an entry is
 * a folder, a link, encrypted, or compressed other than by deflate, or the
 * entries claim more bytes than the file has; FA_E_LIMIT beyond the limits
 * above. Texts live in a. */
FA_MUST_CHECK int fa_zip_open(struct fa_zip *out, struct fa_str path,
	struct fa_arena *a, struct fa_err *err);
void fa_zip_close(struct fa_zip *z); /* safe twice, and when all is zero */
/* The entry, or NULL. */
const struct fa_zip_entry *fa_zip_find(
	const struct fa_zip *z, struct fa_str name);
/* Writes the content of an entry into a new file. FA_E_INPUT when the entry is
 * broken: its length or check sum is not as stated. */
FA_MUST_CHECK int fa_zip_extract(const struct fa_zip *z,
	const struct fa_zip_entry *e, struct fa_str path, struct fa_err *err);

#endif
