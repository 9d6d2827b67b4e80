/* Grammar: magic, then width, height and the largest value as decimal numbers,
 * each after blanks; '#' begins a comment that ends with its line. In binary
 * files one blank and then bytes; in the others numbers after blanks. */
#include "facecheck/face/pnm.h"

#include "base/num.h"

struct pnm {
	struct fa_str rest;
	uint32_t levels, samples; /* largest value; numbers to a pixel */
	bool binary;
};

static bool
blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next number, not above max. */
static bool
number(struct pnm *r, uint64_t max, uint32_t *out)
{
	size_t i = 0, from;
	uint64_t v;

	while (i < r->rest.n && (blank(r->rest.p[i]) || r->rest.p[i] == '#')) {
		if (r->rest.p[i] == '#')
			while (i + 1 < r->rest.n && r->rest.p[i] != '\n')
				i++;
		i++;
	}
	from = i;
	while (i < r->rest.n && r->rest.p[i] >= '0' && r->rest.p[i] <= '9')
		i++;
	if (from == 0 || !fa_num_u64(fa_str_sub(r->rest, from, i), max, &v))
		return false;
	r->rest = fa_str_sub(r->rest, i, r->rest.n);
	*out = (uint32_t)v;
	return true;
}

static bool
sample(struct pnm *r, uint32_t *out)
{
	if (!r->binary)
		return number(r, r->levels, out);
	if (r->rest.n == 0)
		return false;
	*out = (uint8_t)r->rest.p[0];
	r->rest = fa_str_sub(r->rest, 1, r->rest.n);
	return *out <= r->levels;
}

static bool
pixel(struct pnm *r, uint8_t *out)
{
	uint32_t v[3], grey;

	for (uint32_t i = 0; i < r->samples; i++)
		if (!sample(r, &v[i]))
			return false;
	grey = r->samples == 1 ? v[0] * 1000
			       : v[0] * 299 + v[1] * 587 + v[2] * 114;
	*out = (uint8_t)((grey * 255 + r->levels * 500) / (r->levels * 1000));
	return true;
}

static int
head_kind(struct pnm *r, struct fa_err *err)
{
	char kind = r->rest.n > 2 && r->rest.p[0] == 'P' ? r->rest.p[1] : 0;

	if (kind != '2' && kind != '3' && kind != '5' && kind != '6')
		return fa_fail(err, FA_E_INPUT,
			"no picture in PGM or PPM: expected P2, P3, P5 or P6");
	r->binary = kind >= '5';
	r->samples = kind == '3' || kind == '6' ? 3 : 1;
	r->rest = fa_str_sub(r->rest, 2, r->rest.n);
	return FA_OK;
}

static int
head_size(struct pnm *r, struct fc_picture *p, struct fa_err *err)
{
	if (!number(r, UINT32_MAX, &p->width) ||
		!number(r, UINT32_MAX, &p->height) || p->width == 0 ||
		p->height == 0)
		return fa_fail(
			err, FA_E_INPUT, "picture without width and height");
	if (p->width > FC_PICTURE_SIDE_MAX || p->height > FC_PICTURE_SIDE_MAX)
		return fa_fail(err, FA_E_LIMIT,
			"picture of %u x %u pixels, limit %d a side", p->width,
			p->height, FC_PICTURE_SIDE_MAX);
	return FA_OK;
}

static int
head_levels(struct pnm *r, struct fa_err *err)
{
	if (!number(r, UINT32_MAX, &r->levels) || r->levels == 0)
		return fa_fail(
			err, FA_E_INPUT, "picture without a largest value");
	if (r->levels > 255)
		return fa_fail(err, FA_E_UNSUPPORTED,
			"picture of %u levels, at most 255 are read",
			r->levels);
	if (!r->binary)
		return FA_OK;
	if (r->rest.n == 0 || !blank(r->rest.p[0]))
		return fa_fail(err, FA_E_INPUT,
			"no blank between head and pixels of a picture");
	r->rest = fa_str_sub(r->rest, 1, r->rest.n);
	return FA_OK;
}

int
fc_pnm_read(struct fc_picture *out, struct fa_str data, struct fa_arena *a,
	struct fa_err *err)
{
	struct pnm r = { data, 0, 0, false };
	struct fc_picture p = { 0 };
	uint8_t *pixels;
	size_t n;
	int rc = head_kind(&r, err);

	if (rc == FA_OK)
		rc = head_size(&r, &p, err);
	if (rc == FA_OK)
		rc = head_levels(&r, err);
	if (rc < 0)
		return rc;
	n = (size_t)p.width * p.height;
	/* A sample is a byte at least: no memory for what cannot be there. */
	if (r.rest.n < n * r.samples)
		return fa_fail(err, FA_E_INPUT,
			"picture ends early: %zu bytes for %zu samples",
			r.rest.n, n * r.samples);
	pixels = fa_arena_new(a, n, 1);
	if (!pixels)
		return fa_fail(err, FA_E_NOMEM, "no memory for a picture");
	for (size_t i = 0; i < n; i++)
		if (!pixel(&r, &pixels[i]))
			return fa_fail(err, FA_E_INPUT,
				"pixel %zu of %zu: no number up to %u", i, n,
				r.levels);
	p.pixels = pixels;
	*out = p;
	return FA_OK;
}

void
fc_pnm_write(struct fa_buf *b, const struct fc_picture *p)
{
	fa_buf_addf(b, "P5\n%u %u\n255\n", p->width, p->height);
	for (uint32_t y = 0; y < p->height; y++) {
		const uint8_t *row = p->pixels + (size_t)y * p->width;

		for (uint32_t x = 0; x < p->width; x++)
			fa_buf_addc(b, (char)row[x]);
	}
}
