#include "read/pages.h"

#include "base/utf8.h"
#include "read/line.h"

#define SHORT_COLUMNS 16 /* such lines tell nothing of the width */
#define NUMBER_BYTES 40  /* longest line with the number of a page */
#define FULL_PERCENT 85  /* of the usual width */
#define USUAL_PERCENT 75 /* of the lines are at most so wide */

void
fa_pages_init(struct fa_pages *p, struct fa_str text)
{
	size_t count[FA_PAGES_COLUMNS] = { 0 };
	size_t all = 0, below = 0, at = 0, width = 0;

	while (at < text.n) {
		struct fa_str line = fa_str_trim(fa_line_cut(text, at, &at));
		size_t columns = fa_utf8_columns(line);

		if (columns < SHORT_COLUMNS)
			continue;
		count[columns < FA_PAGES_COLUMNS ? columns
						 : FA_PAGES_COLUMNS - 1]++;
		all++;
	}
	while (width < FA_PAGES_COLUMNS - 1 &&
		(below += count[width]) * 100 < all * USUAL_PERCENT)
		width++;
	width = width * FULL_PERCENT / 100;
	*p = (struct fa_pages){ .on = true,
		.wrap = width < FA_PAGES_WRAP_MIN ? FA_PAGES_WRAP_MIN : width,
		.page = 1,
		.begins = true };
}

/* "3", "- 3 -", "3 / 10", "第 3 页 共 10 页", "Page 3 of 10". */
static bool
is_number(struct fa_str line)
{
	static const struct fa_str words[] = { FA_STR_INIT("第"),
		FA_STR_INIT("页"), FA_STR_INIT("頁"), FA_STR_INIT("共"),
		FA_STR_INIT("—"), FA_STR_INIT("–"), FA_STR_INIT("·"),
		FA_STR_INIT("Page"), FA_STR_INIT("page"), FA_STR_INIT("of"),
		FA_STR_INIT("-"), FA_STR_INIT("/"), FA_STR_INIT(" "),
		FA_STR_INIT("，"), FA_STR_INIT(",") };
	bool digit = false;

	if (line.n > NUMBER_BYTES)
		return false;
	while (line.n > 0) {
		size_t n = 0;

		if (line.p[0] >= '0' && line.p[0] <= '9') {
			digit = true;
			n = 1;
		}
		for (size_t i = 0; n == 0 && i < FA_COUNT(words); i++)
			if (fa_str_starts(line, words[i]))
				n = words[i].n;
		if (n == 0)
			return false;
		line = fa_str_sub(line, n, line.n);
	}
	return digit;
}

/* Whether nothing but blanks stands between at and the end of the page. */
static bool
ends_page(struct fa_str text, size_t at)
{
	while (at < text.n && (text.p[at] == '\n' || text.p[at] == ' '))
		at++;
	return at == text.n || text.p[at] == '\f';
}

bool
fa_pages_line(
	struct fa_pages *p, struct fa_str text, struct fa_str line, size_t next)
{
	struct fa_str s;
	bool first, last, same = false;

	for (size_t i = 0; i < line.n && line.p[i] == '\f'; i++) {
		p->page++;
		p->begins = true;
	}
	s = fa_str_trim(line);
	if (s.n == 0)
		return true;
	first = p->begins;
	last = ends_page(text, next);
	p->begins = false;
	if (first) {
		same = p->page > 1 && fa_str_eq(s, p->head);
		p->head = s;
	}
	if (last) {
		same = same || (p->page > 1 && fa_str_eq(s, p->foot));
		p->foot = s;
	}
	return !same && !((first || last) && is_number(s));
}
