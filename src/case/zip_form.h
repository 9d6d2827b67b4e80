/* The bytes of a zip file that are no content. Private to case/zip. */
#ifndef FA_CASE_ZIP_FORM_H
#define FA_CASE_ZIP_FORM_H

#include "case/zip.h"

#define FA_ZIP_HEADER_BYTES 30    /* without the name */
#define FA_ZIP_DIRECTORY_BYTES 46 /* of one entry, without the name */
#define FA_ZIP_END_BYTES 22
#define FA_ZIP_COPY_BYTES 65536 /* at a time */

/* Each returns the length of what it wrote into out, which has room for
 * FA_ZIP_DIRECTORY_BYTES + FA_ZIP_NAME_BYTES. */
size_t fa_zip_form_header(
	char *out, const struct fa_zip_entry *e, uint32_t time);
size_t fa_zip_form_directory(
	char *out, const struct fa_zip_entry *e, uint32_t time);
/* The end: n entries, whose directory of so many bytes begins at offset. */
size_t fa_zip_form_end(char *out, size_t n, int64_t bytes, int64_t offset);

/* FA_E_INPUT when two names of the n entries differ in case only: on some
 * systems they are one file. */
FA_MUST_CHECK int fa_zip_form_check_case(const struct fa_zip_entry *at,
	size_t n, struct fa_arena *a, struct fa_err *err);
/* write(2) until everything is written; -1 with errno. */
int fa_zip_form_write(int fd, const char *p, size_t n);

#endif
