#include "report/wrap.h"

#include "base/attr.h"
#include "base/utf8.h"
#include "report/common.h"

#define SGR_OFF "\033[0m"
#define HANG_COLUMNS 2            /* of a closing mark behind the line */
#define PART_MAX_BYTES (1u << 20) /* longest text in one call */

static void
blanks(struct fa_buf *out, unsigned n)
{
	while (n-- > 0)
		fa_buf_addc(out, ' ');
}

void
fa_wrap_begin(struct fa_wrap *w, unsigned from, unsigned indent)
{
	w->indent = indent;
	w->column = from;
	w->blank = false;
	w->fresh = true;
	blanks(w->out, from);
}

static void
next_line(struct fa_wrap *w)
{
	fa_buf_addc(w->out, '\n');
	blanks(w->out, w->indent);
	w->column = w->indent;
	w->blank = false;
	w->fresh = true;
}

/* Marks that may not stand at the start of a line, in order:
 * !%),.:;?]}»’”…⟩、。》」』】〕！），：；？ */
static const uint32_t closing[] = { '!', '%', ')', ',', '.', ':', ';', '?', ']',
	'}', 0xBB, 0x2019, 0x201D, 0x2026, 0x27E9, 0x3001, 0x3002, 0x300B,
	0x300D, 0x300F, 0x3011, 0x3015, 0xFF01, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B,
	0xFF1F };

static bool
is_closing(uint32_t cp)
{
	size_t from = 0, to = FA_COUNT(closing);

	while (from < to) {
		size_t middle = (from + to) / 2;

		if (closing[middle] < cp)
			from = middle + 1;
		else
			to = middle;
	}
	return from < FA_COUNT(closing) && closing[from] == cp;
}

/* Marks after which a line may not end. */
static bool
is_opening(uint32_t cp)
{
	return cp == 0xFF08 || cp == 0x300A || cp == 0x300C || cp == 0x300E ||
		cp == 0x3010 || cp == 0x3014 || cp == 0x201C || cp == 0x2018;
}

/* Bytes of the next piece that must stay on one line: a run of Latin or one
 * Chinese character, with opening marks before and closing marks after. */
static size_t
piece(struct fa_str s)
{
	size_t at = 0;
	bool cjk = false;  /* the character before allows a break behind it */
	bool open = false; /* the character before forbids one */

	while (at < s.n) {
		uint32_t cp;
		size_t n = fa_utf8_next(fa_str_sub(s, at, s.n), &cp);
		bool wide = fa_rune_is_cjk(cp) || is_opening(cp);

		if (fa_rune_is_space(cp))
			break;
		if (at > 0 && !open && !is_closing(cp) && (cjk || wide))
			break;
		cjk = fa_rune_is_cjk(cp) || (cjk && is_closing(cp));
		open = is_opening(cp);
		at += n;
	}
	return at;
}

static void
put_cut(struct fa_wrap *w, struct fa_str s)
{
	while (s.n > 0) {
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);
		unsigned wide = (unsigned)fa_utf8_width(cp);

		if (w->column + wide > w->width && !w->fresh)
			next_line(w);
		fa_buf_add(w->out, fa_str_sub(s, 0, n));
		w->column += wide;
		w->fresh = false;
		s = fa_str_sub(s, n, s.n);
	}
}

static bool
starts_closing(struct fa_str s)
{
	uint32_t cp;

	(void)fa_utf8_next(s, &cp);
	return is_closing(cp);
}

static void
put_piece(struct fa_wrap *w, struct fa_str s)
{
	size_t wide = fa_utf8_columns(s);
	bool hang = !w->blank && wide <= HANG_COLUMNS && starts_closing(s);

	if (w->column + (w->blank ? 1 : 0) + wide > w->width && !w->fresh &&
		!hang)
		next_line(w);
	if (w->blank) {
		fa_buf_addc(w->out, ' ');
		w->column++;
		w->blank = false;
	}
	if (wide > w->width - (w->indent < w->width ? w->indent : 0)) {
		put_cut(w, s);
		return;
	}
	fa_buf_add(w->out, s);
	w->column += (unsigned)wide;
	w->fresh = false;
}

void
fa_wrap_add(struct fa_wrap *w, struct fa_str s, const char *sgr)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	bool styled = w->color && sgr != NULL && s.n > 0;

	fa_buf_init(&part, PART_MAX_BYTES);
	fa_report_visible(&part, s, true);
	fa_report_carry(w->out, &part);
	s = fa_buf_str(&part);
	if (styled)
		fa_buf_adds(w->out, sgr);
	while (s.n > 0) {
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);

		if (fa_rune_is_space(cp)) {
			w->blank = !w->fresh;
		} else {
			n = piece(s);
			put_piece(w, fa_str_sub(s, 0, n));
		}
		s = fa_str_sub(s, n, s.n);
	}
	if (styled)
		fa_buf_adds(w->out, SGR_OFF);
}

void
fa_wrap_adds(struct fa_wrap *w, const char *z, const char *sgr)
{
	fa_wrap_add(w, fa_str_c(z), sgr);
}

void
fa_wrap_end(struct fa_wrap *w)
{
	fa_buf_addc(w->out, '\n');
	w->column = 0;
	w->blank = false;
}
