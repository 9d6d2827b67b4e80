#include "read/map_write.h"

#define BYTES_PER_OP 8 /* of text, mostly more */
#define SPARE_BYTES 64

void
fa_map_write_init(struct fa_map_write *m, enum fa_encoding e, size_t text_bytes)
{
	*m = (struct fa_map_write){
		.ascii = 1, .wide = 1, .kind = FA_MAP_SKIP
	};
	if (e == FA_ENC_UTF8)
		m->wide = 3;
	else if (e != FA_ENC_LATIN1)
		m->wide = 2;
	if (e == FA_ENC_UTF16LE || e == FA_ENC_UTF16BE)
		m->ascii = 2;
	fa_buf_init(&m->code, UINT32_MAX);
	fa_buf_init(&m->marks, UINT32_MAX);
	(void)fa_buf_reserve(&m->code, text_bytes / BYTES_PER_OP + SPARE_BYTES);
}

void
fa_map_write_done(struct fa_map_write *m)
{
	fa_buf_done(&m->code);
	fa_buf_done(&m->marks);
}

static void
put(struct fa_map_write *m, unsigned byte)
{
	m->code.p[m->code.n++] = (char)(unsigned char)byte;
}

static void
put_number(struct fa_map_write *m, uint32_t n)
{
	for (; n >= 0x80; n >>= 7)
		put(m, (n & 0x7f) | 0x80);
	put(m, n);
}

void
fa_map_write_skip(struct fa_map_write *m, uint32_t raw)
{
	uint32_t gap = raw - m->raw_end;

	m->raw_end = raw;
	if (gap == 0)
		return;
	m->kind = FA_MAP_SKIP;
	if (gap <= FA_MAP_GAP) {
		put(m, FA_MAP_SKIP | (gap - 1));
		return;
	}
	/* Back by less than nothing is forward by a lot, in 32 bits. */
	put(m, FA_MAP_SKIP_FAR);
	put_number(m, gap);
}

/* The kind of a cell of these sizes. */
static unsigned
kind_of(const struct fa_map_write *m, uint32_t text_step, uint32_t raw_step)
{
	if (text_step == 3 && raw_step == m->wide)
		return FA_MAP_WIDE;
	if (text_step == 1 && raw_step == m->ascii)
		return FA_MAP_ASCII;
	if (text_step == 1 && raw_step == m->wide)
		return FA_MAP_NARROWED;
	return text_step == 1 && raw_step == 0 ? FA_MAP_LINE : FA_MAP_CELLS_OF;
}

/* A cell of other sizes, or one more of the same. */
static void
put_other(struct fa_map_write *m, uint32_t text_step, uint32_t raw_step)
{
	if (m->kind != FA_MAP_CELLS_OF || m->text_step != text_step ||
		m->raw_step != raw_step) {
		m->kind = FA_MAP_CELLS_OF;
		m->text_step = text_step;
		m->raw_step = raw_step;
		m->cells = 0;
		m->at = m->code.n;
	}
	m->cells++;
	m->code.n = m->at;
	put(m, FA_MAP_CELLS_OF);
	put_number(m, text_step);
	put_number(m, raw_step);
	put_number(m, m->cells);
}

/* A cell of one of the three kinds. */
static void
put_short(struct fa_map_write *m, unsigned kind)
{
	char *last = m->code.p + m->code.n - 1;

	if (m->kind == kind &&
		(unsigned char)*last % FA_MAP_CELLS < FA_MAP_CELLS - 1) {
		*last = (char)(unsigned char)((unsigned char)*last + 1);
		return;
	}
	put(m, kind);
	m->kind = kind;
}

void
fa_map_write_cell(
	struct fa_map_write *m, uint32_t text, uint32_t n, struct fa_range raw)
{
	uint32_t step = raw.to - raw.from;
	unsigned kind = kind_of(m, n, step);

	fa_map_write_mark(m, text);
	if (!fa_buf_reserve(&m->code, FA_MAP_OP_BYTES))
		return;
	fa_map_write_skip(m, raw.from);
	m->raw_end = raw.to;
	if (kind == FA_MAP_CELLS_OF) {
		put_other(m, n, step);
	} else if (kind == FA_MAP_LINE) {
		put(m, FA_MAP_LINE);
		m->kind = FA_MAP_SKIP;
	} else {
		put_short(m, kind);
	}
}

void
fa_map_write_mark(struct fa_map_write *m, uint32_t text)
{
	struct fa_map_mark mark = { text, m->raw_end, (uint32_t)m->code.n };

	if (text - m->marked < FA_MAP_MARK_BYTES)
		return;
	m->marked = text;
	m->kind = FA_MAP_SKIP;
	fa_buf_add(&m->marks,
		(struct fa_str){ (const char *)&mark, sizeof(mark) });
}

bool
fa_map_write_take(
	struct fa_map *out, struct fa_map_write *m, struct fa_arena *a)
{
	*out = (struct fa_map){ .code_n = m->code.n,
		.marks_n = m->marks.n / sizeof(*out->marks),
		.ascii = m->ascii,
		.wide = m->wide };
	out->code = fa_arena_take(a, &m->code);
	out->marks = fa_arena_take(a, &m->marks);
	return out->code != NULL && out->marks != NULL;
}
