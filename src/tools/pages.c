#include "tools/pages.h"

#include "base/file.h"

struct site {
	const struct fa_bundle *b;
	struct fa_str dir;
	const uint32_t *order;
	size_t pages;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Letters, digits and a few signs: nothing that leads out of the directory or
 * that a file system or an address reads in its own way. */
static int
check_name(struct fa_str id, struct fa_err *err)
{
	bool ok = id.n > 0 && id.n <= FA_PAGES_NAME_BYTES && id.p[0] != '.';

	for (size_t i = 0; i < id.n && ok; i++) {
		char c = id.p[i];

		ok = is_digit(c) || (c >= 'a' && c <= 'z') ||
			(c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
			c == '_';
	}
	if (ok)
		return FA_OK;
	return fa_fail(err, FA_E_INPUT,
		"the obligation '%.*s' cannot be the name of a page; expected "
		"A-Z, a-z, 0-9, . - and _",
		FA_STR_ARG(fa_str_sub(id, 0, FA_PAGES_NAME_BYTES)));
}

static struct fa_str
take_number(struct fa_str *s)
{
	struct fa_str all = *s;
	size_t n = 0;
	size_t zeros = 0;

	while (n < all.n && is_digit(all.p[n]))
		n++;
	while (zeros + 1 < n && all.p[zeros] == '0')
		zeros++;
	*s = fa_str_sub(all, n, all.n);
	return fa_str_sub(all, zeros, n);
}

/* FRM.4 before FRM.10.1: runs of digits count as numbers. */
static int
compare_ids(struct fa_str a, struct fa_str b)
{
	while (a.n > 0 && b.n > 0) {
		if (is_digit(a.p[0]) && is_digit(b.p[0])) {
			struct fa_str x = take_number(&a);
			struct fa_str y = take_number(&b);
			int order = fa_str_cmp(x, y);

			if (x.n != y.n)
				return x.n < y.n ? -1 : 1;
			if (order != 0)
				return order;
			continue;
		}
		if (a.p[0] != b.p[0])
			return a.p[0] < b.p[0] ? -1 : 1;
		a = fa_str_sub(a, 1, a.n);
		b = fa_str_sub(b, 1, b.n);
	}
	return (a.n > 0) - (b.n > 0);
}

/* There are few obligations, so insertion will do. */
static uint32_t *
sorted(const struct fa_bundle *b, struct fa_arena *a)
{
	uint32_t *at = fa_arena_new(a, b->obligations_n, sizeof(*at));

	for (size_t i = 0; at != NULL && i < b->obligations_n; i++) {
		size_t k = i;

		while (k > 0 &&
			compare_ids(b->obligations[i].id,
				b->obligations[at[k - 1]].id) < 0) {
			at[k] = at[k - 1];
			k--;
		}
		at[k] = (uint32_t)i;
	}
	return at;
}

/* obligation FA_RULE_NONE: the index. */
static int
write_page(struct site *s, enum fa_lang lang, uint32_t obligation,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf path;
	FA_CLEANUP(fa_buf_done) struct fa_buf out;
	struct fa_page page = { s->b, lang, &out };
	struct fa_str name = FA_STR("index");
	int rc;

	fa_buf_init(&path, FA_FILE_PATH_BYTES);
	fa_buf_init(&out, FA_PAGES_BYTES);
	if (obligation == FA_RULE_NONE) {
		fa_page_index(&page, s->order);
	} else {
		name = s->b->obligations[obligation].id;
		fa_page_duty(&page, obligation);
	}
	fa_buf_addf(&path, "%.*s/%.*s%s", FA_STR_ARG(s->dir), FA_STR_ARG(name),
		fa_page_suffix(lang));
	rc = fa_buf_rc(&path, "name of a page", err);
	if (rc == FA_OK)
		rc = fa_buf_rc(&out, "page", err);
	if (rc == FA_OK)
		rc = fa_file_replace(fa_buf_str(&path), fa_buf_str(&out), err);
	s->pages += rc == FA_OK;
	return rc;
}

/* The index comes last: it never names a page that is not there. */
static int
write_pages(struct site *s, enum fa_lang lang, struct fa_err *err)
{
	for (size_t i = 0; i < s->b->obligations_n; i++) {
		int rc = write_page(s, lang, (uint32_t)i, err);

		if (rc != FA_OK)
			return rc;
	}
	return write_page(s, lang, FA_RULE_NONE, err);
}

int
fa_pages_write(size_t *pages, const struct fa_bundle *b, struct fa_str dir,
	struct fa_arena *a, struct fa_err *err)
{
	struct site s = { .b = b, .dir = dir, .order = sorted(b, a) };
	int rc = FA_OK;

	if (s.order == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for pages");
	for (size_t i = 0; i < b->obligations_n && rc == FA_OK; i++)
		rc = check_name(b->obligations[i].id, err);
	if (rc == FA_OK)
		rc = fa_file_make_dir(dir, err);
	for (int lang = 0; lang < FA_LANG_COUNT && rc == FA_OK; lang++)
		rc = write_pages(&s, (enum fa_lang)lang, err);
	if (rc == FA_OK)
		*pages = s.pages;
	return rc;
}
