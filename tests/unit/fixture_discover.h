/* Pages from literals and files for the tests of discover. */
#ifndef FA_TEST_FIXTURE_DISCOVER_H
#define FA_TEST_FIXTURE_DISCOVER_H

#include "fixture_read.h"

#include "base/file.h"
#include "discover/discover.h"

struct paging {
	struct reading r;
	struct fa_discover_page page;
	struct fa_references refs;
};

static inline void
paging_init_as(struct paging *p, const char *url, struct fa_str body,
	enum fa_format format)
{
	memset(&p->refs, 0, sizeof(p->refs));
	reading_init(&p->r, body, format);
	p->page = (struct fa_discover_page){ .url = fa_str_c(url),
		.media_type = FA_STR("text/html"),
		.body = body,
		.doc = p->r.rc == FA_OK ? &p->r.doc : NULL };
}

static inline void
paging_init(struct paging *p, const char *html)
{
	paging_init_as(p, "https://www.example.com/a/b.html", fa_str_c(html),
		FA_FORMAT_HTML);
}

static inline void
paging_done(struct paging *p)
{
	reading_done(&p->r);
}

/* The references as "role href|role href". */
static inline void
paging_dump(const struct fa_references *refs, struct fa_buf *out)
{
	for (size_t i = 0; i < refs->n; i++) {
		fa_buf_addf(out, "%s%s %.*s", i > 0 ? "|" : "",
			fa_role_name(refs->at[i].role),
			FA_STR_ARG(refs->at[i].href));
	}
}

typedef int (*paging_find)(struct fa_references *out,
	const struct fa_discover_page *page, struct fa_arena *a,
	struct fa_err *err);

/* What find makes of an HTML page. */
static inline void
paging_finds(paging_find find, const char *html, const char *want)
{
	struct paging p;
	struct fa_buf out;

	fa_buf_init(&out, 1 << 16);
	paging_init(&p, html);
	assert_int_equal(find(&p.refs, &p.page, &p.r.a, &p.r.err), FA_OK);
	paging_dump(&p.refs, &out);
	if (!fa_str_eq(fa_buf_str(&out), fa_str_c(want))) {
		fail_msg("%s\ngives \"%.*s\", expected \"%s\"", html,
			FA_STR_ARG(fa_buf_str(&out)), want);
	}
	fa_buf_done(&out);
	paging_done(&p);
}

#endif
