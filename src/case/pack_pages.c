/* The pages of a pack, in order of time, with the titles under which they were
 * judged. */
#include <stdlib.h>

#include "case/pack_judge.h"

/* The title under which a record was judged, or absent. */
static struct fa_str
title_of(const struct fa_pack_plan *p, const struct fa_pack_judged *j,
	const struct fa_wacz_record *r)
{
	for (size_t i = 0; j && i < p->docs_n; i++) {
		if (j->docs[i].record == r)
			return j->docs[i].title;
	}
	return FA_STR_NONE;
}

static int
compare_pages(const void *a, const void *b)
{
	const struct fa_wacz_page *x = a, *y = b;
	int d = (x->at_us > y->at_us) - (x->at_us < y->at_us);

	return d != 0 ? d : fa_str_cmp(x->url, y->url);
}

int
fa_pack_pages(struct fa_buf *out, const struct fa_wacz_index *x,
	const struct fa_pack_plan *p, const struct fa_pack_judged *j,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_wacz_page *at = fa_arena_new(a, x->n, sizeof(*at));
	size_t n = 0;

	if (!at)
		return fa_fail(err, FA_E_NOMEM, "no memory for pages");
	for (size_t i = 0; i < x->n; i++) {
		const struct fa_wacz_record *r = &x->at[i];

		if (r->status == 200 && r->url.p &&
			fa_str_eq(r->type, FA_STR("response")) &&
			fa_str_find(r->media_type, FA_STR("html"), 0) !=
				SIZE_MAX)
			at[n++] = (struct fa_wacz_page){ .url = r->url,
				.title = title_of(p, j, r),
				.at_us = r->at_us };
	}
	if (n > 1)
		qsort(at, n, sizeof(*at), compare_pages);
	fa_wacz_pages(out, at, n);
	return fa_buf_rc(out, "list of pages", err);
}
