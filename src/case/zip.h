/* Zip files of one form: the same content gives the same bytes, and these
 * bytes have one meaning. A zip file tells everything twice, in front of each
 * file and in a directory at its end, and readers differ in whom they believe
 * when both differ; it may hold bytes that belong to nothing. What is written
 * and read here is a subset that leaves no choice:
 *
 *     files one behind the other from the first byte on, stored, in memcmp
 *     order of their names, each behind its header; the directory; its end.
 *     No extra fields, comments, data descriptors, flags, folders, links,
 *     Zip64; one time for all; mode 0644 of Unix.
 *
 * So every byte that is no content follows from names, contents and the time,
 * and a reader that finds another one refuses the file (APPNOTE 6.3, 4.3.7,
 * 4.3.12, 4.3.16). */
#ifndef FA_CASE_ZIP_H
#define FA_CASE_ZIP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_ZIP_ENTRIES 65534             /* of one file; 65535 means Zip64 */
#define FA_ZIP_NAME_BYTES 240            /* of one entry */
#define FA_ZIP_BYTES INT64_C(4294967294) /* of one file; beyond is Zip64 */

struct fa_zip_entry {
	struct fa_str name;
	int64_t bytes;
	int64_t offset; /* of its header */
	uint32_t crc;
};

/* May an entry have this name: letters, digits, "._-" and single slashes
 * between parts that begin with neither a dot nor a dash; at most
 * FA_ZIP_NAME_BYTES. So no name leads out of a folder or into a hidden file, is
 * an option to a program, or means another file on another system. */
bool fa_zip_name_ok(struct fa_str name);
/* The time of entries that were written at at_ms: UTC, cut to two seconds, not
 * before 1980, as date << 16 | time of MS-DOS (4.4.6). */
uint32_t fa_zip_time(int64_t at_ms);

/* A zip file that is written. */
struct fa_zip_writer;

/* Begins a zip file that takes the place of path when it is whole. Every entry
 * gets the time at_ms. The writer lives in a, and outside of it until it is
 * ended or dropped. */
FA_MUST_CHECK int fa_zip_create(struct fa_zip_writer **out, struct fa_str path,
	int64_t at_ms, struct fa_arena *a, struct fa_err *err);
/* Add an entry behind the others; of the file at path its first n bytes are
 * taken. FA_E_USAGE for a name that fa_zip_name_ok refuses or that does not
 * come behind the one before, FA_E_LIMIT beyond the limits above, FA_E_IO. The
 * name must stay until fa_zip_end. */
FA_MUST_CHECK int fa_zip_add(struct fa_zip_writer *z, struct fa_str name,
	struct fa_str data, struct fa_err *err);
FA_MUST_CHECK int fa_zip_add_file(struct fa_zip_writer *z, struct fa_str name,
	struct fa_str path, int64_t n, struct fa_err *err);
/* Writes the directory, brings everything to the disk and into its place.
 * FA_E_USAGE when two names differ in case only. */
FA_MUST_CHECK int fa_zip_end(struct fa_zip_writer *z, struct fa_err *err);
void fa_zip_drop(
	struct fa_zip_writer *z); /* safe after the end; NULL is fine */

/* A zip file that is read. */
struct fa_zip {
	int fd;
	bool is_open;
	uint32_t time;           /* as fa_zip_time */
	struct fa_zip_entry *at; /* in memcmp order of the names */
	size_t n;
};

/* Opens a zip file and checks every byte of it that is no content. FA_E_INPUT
 * when it is not of the form above, a name is refused or differs from another
 * in case only; FA_E_IO when it cannot be read. Texts live in a. */
FA_MUST_CHECK int fa_zip_open(struct fa_zip *out, struct fa_str path,
	struct fa_arena *a, struct fa_err *err);
void fa_zip_close(struct fa_zip *z); /* safe twice, and when all is zero */
/* The entry, or NULL. */
const struct fa_zip_entry *fa_zip_find(
	const struct fa_zip *z, struct fa_str name);
/* Writes the content of an entry into a new file. FA_E_INPUT when it does not
 * have its check sum. */
FA_MUST_CHECK int fa_zip_extract(const struct fa_zip *z,
	const struct fa_zip_entry *e, struct fa_str path, struct fa_err *err);

#endif
