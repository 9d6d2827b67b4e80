#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "report/common.h"
#include "report/table.h"

#define CELL_BYTES (1u << 20)

/* U+4000 to U+9FFF; 、。《》「」【】; full-width forms from ！ to ？. */
static bool
is_plain_three(const unsigned char *c)
{
	if ((c[1] & 0xC0) != 0x80 || (c[2] & 0xC0) != 0x80)
		return false;
	if (c[0] >= 0xE4 && c[0] <= 0xE9)
		return true;
	if (c[0] == 0xE3)
		return c[1] == 0x80 && c[2] >= 0x81 && c[2] <= 0x91;
	return c[0] == 0xEF && c[1] == 0xBC && c[2] >= 0x81 && c[2] <= 0x9F;
}

bool
fa_text_is_plain(struct fa_str s)
{
	const unsigned char *c = (const unsigned char *)s.p;

	for (size_t i = 0; i < s.n;) {
		if (c[i] < 0x80) {
			if (c[i] < 0x20 || c[i] == 0x7F || c[i] == '&' ||
				c[i] == '<' || c[i] == '>' || c[i] == '"' ||
				c[i] == '\'')
				return false;
			i++;
		} else if (s.n - i >= 3 && is_plain_three(c + i)) {
			i += 3;
		} else {
			return false;
		}
	}
	return true;
}

/* The signs, their full-width forms, which some spreadsheets take for them,
 * and the controls that split cells; also behind blanks. */
bool
fa_csv_is_formula(struct fa_str s)
{
	while (s.n > 0) {
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);

		if (cp == '\t' || cp == '\r' || cp == '\n')
			return true;
		if (cp == 0xFF1D || cp == 0xFF0B || cp == 0xFF0D ||
			cp == 0xFF20 || cp == '=' || cp == '+' || cp == '-' ||
			cp == '@')
			return true;
		if (!fa_rune_is_space(cp) && !fa_report_hidden(cp))
			return false;
		s = fa_str_sub(s, n, s.n);
	}
	return false;
}

static void
quoted(struct fa_buf *out, struct fa_str s)
{
	fa_buf_addc(out, '"');
	for (;;) {
		size_t at = fa_str_find(s, FA_STR("\""), 0);

		if (at >= s.n) {
			fa_buf_add(out, s);
			break;
		}
		fa_buf_add(out, fa_str_sub(s, 0, at + 1));
		fa_buf_addc(out, '"');
		s = fa_str_sub(s, at + 1, s.n);
	}
	fa_buf_addc(out, '"');
}

static void
text(struct fa_buf *out, struct fa_str s)
{
	struct fa_buf shown;

	if (fa_text_is_plain(s) && !fa_csv_is_formula(s)) {
		fa_buf_addc(out, '"');
		fa_buf_add(out, s);
		fa_buf_addc(out, '"');
		return;
	}
	fa_buf_init(&shown, CELL_BYTES);
	if (fa_csv_is_formula(s))
		fa_buf_addc(&shown, '\'');
	fa_report_visible(&shown, s, false);
	quoted(out, fa_buf_str(&shown));
	fa_report_carry(out, &shown);
	fa_buf_done(&shown);
}

static void
put_time(struct fa_buf *out, int64_t ms)
{
	char z[FA_TIME_BYTES];

	fa_time_format(ms, z);
	fa_buf_adds(out, z);
}

static void
put_date(struct fa_buf *out, int64_t date)
{
	char z[FA_DATE_BYTES];

	fa_date_format((int32_t)date, z);
	fa_buf_adds(out, z);
}

static void
cell(struct fa_buf *out, const struct fa_cell *c)
{
	long long n = (long long)c->n;

	switch (c->kind) {
	case FA_CELL_NONE:
		break;
	case FA_CELL_TEXT:
		text(out, c->text);
		break;
	case FA_CELL_WORD:
		fa_buf_add(out, c->text);
		break;
	case FA_CELL_TOKEN:
		quoted(out, c->text);
		break;
	case FA_CELL_INT:
		fa_buf_addf(out, "%lld", n);
		break;
	case FA_CELL_POINTS:
		fa_report_points(out, c->n);
		break;
	case FA_CELL_HUNDREDTHS:
		fa_buf_addf(out, "%lld.%02lld", n / 100, n % 100);
		break;
	case FA_CELL_THOUSANDTHS:
		fa_buf_addf(out, "%lld.%03lld", n / 1000, n % 1000);
		break;
	case FA_CELL_DATE:
		if (c->n != 0)
			put_date(out, c->n);
		break;
	case FA_CELL_TIME:
		if (c->n != 0)
			put_time(out, c->n);
		break;
	}
}

void
fa_csv_head(struct fa_buf *out, const struct fa_column *c, size_t n)
{
	fa_buf_adds(out, "\xEF\xBB\xBF");
	for (size_t i = 0; i < n; i++)
		fa_buf_addf(out, "%s%s", i > 0 ? "," : "", c[i].name);
	fa_buf_adds(out, "\r\n");
}

void
fa_csv_row(struct fa_buf *out, const struct fa_cell *at, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			fa_buf_addc(out, ',');
		cell(out, &at[i]);
	}
	fa_buf_adds(out, "\r\n");
}
