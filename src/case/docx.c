#include "case/docx.h"

#include "read/libzip.h"

/* DOS date and time of a zip entry (APPNOTE 4.4.6): set as such, because
 * libzip would take a time through the time zone of the machine. */
static void
dos_time(zip_uint16_t *time, zip_uint16_t *date, int64_t at_us)
{
	int64_t s = at_us / 1000000, days = s / 86400, in_day = s % 86400;
	int64_t z = days + 719468, era, doe, yoe, doy, mp, y, m, d;

	*time = 0;
	*date = 1 << 5 | 1; /* 1980-01-01 */
	if (s < 315532800)
		return;
	era = z / 146097;
	doe = z - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	d = doy - (153 * mp + 2) / 5 + 1;
	m = mp < 10 ? mp + 3 : mp - 9;
	y = yoe + era * 400 + (m <= 2);
	if (y > 2107)
		return;
	*date = (zip_uint16_t)((y - 1980) << 9 | m << 5 | d);
	*time = (zip_uint16_t)((in_day / 3600) << 11 | (in_day / 60 % 60) << 5 |
		in_day % 60 / 2);
}

static int
fail(const char *doing, zip_error_t *e, struct fa_err *err)
{
	return fa_fail(err, FA_E_IO, "DOCX: %s: %s", doing,
		e != NULL ? fa_libzip()->zip_error_strerror(e)
			  : "out of memory");
}

static int
add(zip_t *z, const struct fa_paper_part *p, int64_t at_us, struct fa_err *err)
{
	zip_source_t *s =
		fa_libzip()->zip_source_buffer(z, p->bytes.p, p->bytes.n, 0);
	zip_uint16_t time, date;
	zip_int64_t i;

	if (s == NULL)
		return fail(p->name, fa_libzip()->zip_get_error(z), err);
	i = fa_libzip()->zip_file_add(z, p->name, s, ZIP_FL_ENC_UTF_8);
	if (i < 0) {
		fa_libzip()->zip_source_free(s);
		return fail(p->name, fa_libzip()->zip_get_error(z), err);
	}
	dos_time(&time, &date, at_us);
	if (fa_libzip()->zip_file_set_dostime(
		    z, (zip_uint64_t)i, time, date, 0) < 0 ||
		fa_libzip()->zip_set_file_compression(z, (zip_uint64_t)i,
			p->packed ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 9) < 0)
		return fail(p->name, fa_libzip()->zip_get_error(z), err);
	return FA_OK;
}

/* What the closed archive wrote into its buffer. */
static int
take(struct fa_str *out, zip_source_t *s, struct fa_arena *a,
	struct fa_err *err)
{
	zip_stat_t is;
	char *bytes;
	zip_int64_t n;

	fa_libzip()->zip_stat_init(&is);
	if (fa_libzip()->zip_source_stat(s, &is) < 0 ||
		fa_libzip()->zip_source_open(s) < 0)
		return fail("reading it back", fa_libzip()->zip_source_error(s),
			err);
	bytes = fa_arena_new(a, (size_t)is.size, 1);
	n = bytes != NULL ? fa_libzip()->zip_source_read(s, bytes, is.size) : 0;
	(void)fa_libzip()->zip_source_close(s);
	if (bytes == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a DOCX");
	if (n < 0 || (zip_uint64_t)n != is.size)
		return fail("reading it back", fa_libzip()->zip_source_error(s),
			err);
	*out = (struct fa_str){ bytes, (size_t)n };
	return FA_OK;
}

int
fa_docx_zip(struct fa_str *out, const struct fa_paper_parts *parts,
	int64_t at_us, struct fa_arena *a, struct fa_err *err)
{
	zip_error_t e;
	zip_source_t *s;
	zip_t *z;
	int rc = fa_libzip_open(err);

	if (rc < 0)
		return rc;
	fa_libzip()->zip_error_init(&e);
	s = fa_libzip()->zip_source_buffer_create(NULL, 0, 0, &e);
	z = s != NULL ? fa_libzip()->zip_open_from_source(s, ZIP_TRUNCATE, &e)
		      : NULL;
	if (z == NULL) {
		rc = fail("beginning it", &e, err);
		if (s != NULL)
			fa_libzip()->zip_source_free(s);
		fa_libzip()->zip_error_fini(&e);
		return rc;
	}
	fa_libzip()->zip_source_keep(s);
	for (size_t i = 0; i < parts->n && rc == FA_OK; i++)
		rc = add(z, &parts->at[i], at_us, err);
	if (rc == FA_OK && fa_libzip()->zip_close(z) < 0)
		rc = fail("ending it", fa_libzip()->zip_get_error(z), err);
	else if (rc == FA_OK)
		z = NULL;
	if (z != NULL)
		fa_libzip()->zip_discard(z);
	if (rc == FA_OK)
		rc = take(out, s, a, err);
	fa_libzip()->zip_source_free(s);
	fa_libzip()->zip_error_fini(&e);
	return rc;
}
