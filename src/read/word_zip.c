/* Members of a ZIP archive in memory. */

#include "read/libzip.h"
#include "read/word.h"

struct fa_word_zip {
	zip_t *z;
};

bool
fa_word_is_zip(struct fa_str raw)
{
	return fa_str_starts(raw, FA_STR("PK\003\004"));
}

void
fa_word_zip_close(struct fa_word_zip **z)
{
	if (*z != NULL && (*z)->z != NULL)
		fa_libzip()->zip_discard((*z)->z);
	*z = NULL;
}

int
fa_word_zip_open(struct fa_word_zip **out, struct fa_str raw,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_word_zip *z = fa_arena_new(a, 1, sizeof(*z));
	zip_source_t *s;
	zip_error_t e;
	int rc = fa_libzip_open(err);

	if (rc < 0)
		return rc;
	if (z == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a ZIP");
	fa_libzip()->zip_error_init(&e);
	s = fa_libzip()->zip_source_buffer_create(raw.p, raw.n, 0, &e);
	if (s != NULL)
		z->z = fa_libzip()->zip_open_from_source(s, ZIP_RDONLY, &e);
	if (z->z == NULL) {
		rc = fa_fail(err,
			fa_libzip()->zip_error_code_zip(&e) == ZIP_ER_MEMORY
				? FA_E_NOMEM
				: FA_E_INPUT,
			"damaged ZIP archive: %s",
			fa_libzip()->zip_error_strerror(&e));
		if (s != NULL)
			fa_libzip()->zip_source_free(s);
		fa_libzip()->zip_error_fini(&e);
		return rc;
	}
	fa_libzip()->zip_error_fini(&e);
	*out = z;
	return FA_OK;
}

static void
close_file(zip_file_t **f)
{
	if (*f != NULL)
		(void)fa_libzip()->zip_fclose(*f);
}

static int
damaged(struct fa_word_zip *z, const char *name, struct fa_err *err)
{
	return fa_fail(err, FA_E_INPUT, "%s of the document is damaged: %s",
		name, fa_libzip()->zip_strerror(z->z));
}

int
fa_word_zip_member(struct fa_str *out, struct fa_word_zip *z, const char *name,
	struct fa_arena *a, struct fa_err *err)
{
	FA_CLEANUP(close_file) zip_file_t *f = NULL;
	zip_int64_t at =
		fa_libzip()->zip_name_locate(z->z, name, ZIP_FL_ENC_GUESS);
	zip_stat_t is;
	zip_int64_t got;
	char *bytes;

	*out = FA_STR_NONE;
	if (at < 0)
		return FA_OK;
	if (fa_libzip()->zip_stat_index(z->z, (zip_uint64_t)at, 0, &is) != 0 ||
		(is.valid & ZIP_STAT_SIZE) == 0)
		return damaged(z, name, err);
	if ((is.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
		is.encryption_method != ZIP_EM_NONE)
		return fa_fail(err, FA_E_UNSUPPORTED,
			"%s is encrypted: save the document without a "
			"password",
			name);
	if (is.size > FA_DOC_MAX_BYTES)
		return fa_fail(err, FA_E_LIMIT,
			"%s of the document is %llu bytes, limit %u", name,
			(unsigned long long)is.size, FA_DOC_MAX_BYTES);
	bytes = fa_arena_new(a, (size_t)is.size + 1, 1);
	if (bytes == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for %s", name);
	f = fa_libzip()->zip_fopen_index(z->z, (zip_uint64_t)at, 0);
	if (f == NULL)
		return damaged(z, name, err);
	got = fa_libzip()->zip_fread(f, bytes, is.size);
	if (got < 0 || (zip_uint64_t)got != is.size)
		return damaged(z, name, err);
	*out = (struct fa_str){ bytes, (size_t)got };
	return FA_OK;
}
