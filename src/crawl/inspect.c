/* Looks at a page that was obtained: is it what was asked for, and what does
 * it lead to? */
#include <string.h>

#include "base/gzip.h"
#include "crawl/internal.h"
#include "read/read.h"

#define LINKS_MAX (3 * FA_DISCOVER_LINKS)

struct look {
	struct fa_crawl *c;
	struct fa_arena a;
	struct fa_discover_page page;
	struct fa_doc doc;
	struct fa_store_link links[LINKS_MAX];
	size_t n;
};

/* Turns references into URLs. One that means no URL of the web is dropped; so
 * is one that leads to another site, unless any may follow. */
static int
add_links(struct look *l, const char *via, const struct fa_references *refs,
	bool any_site, struct fa_err *err)
{
	struct fa_url base, to;
	int rc = fa_url_parse(&base, l->page.url, &l->a, err);

	for (size_t i = 0; i < refs->n && rc == FA_OK; i++) {
		const struct fa_reference *r = &refs->at[i];
		struct fa_err why;

		rc = fa_url_resolve(&to, base.text, r->href, &l->a, &why);
		if (rc == FA_E_NOMEM)
			return fa_fail(err, rc, "%s", why.msg);
		if (rc == FA_OK && l->n < LINKS_MAX &&
			!fa_str_eq(to.text, base.text) &&
			(any_site || fa_url_same_site(to.host, base.host)))
			l->links[l->n++] = (struct fa_store_link){ .via = via,
				.url = to.text,
				.host = to.host,
				.text = r->text,
				.role = r->role };
		rc = FA_OK;
	}
	return rc;
}

static int
find_links(struct look *l, enum fa_outcome kind, struct fa_err *err)
{
	struct fa_references refs = { .n = 0 };
	const struct fa_listing *which =
		fa_listing_of_url(l->c->o->listings, l->page.url);
	int rc = FA_OK;

	/* The policies that a policy names are those of others. */
	if (which || kind != FA_OUT_OK)
		rc = fa_listing_extract(&refs, which, &l->page, &l->a, err);
	if (rc == FA_OK)
		rc = add_links(l, "listing", &refs, true, err);
	/* A page that was asked for as a policy and is none may be the page
	 * from which the policies of one publisher are reached. */
	if (rc == FA_OK && kind == FA_OUT_NOT_A_POLICY) {
		memset(&refs, 0, sizeof(refs));
		rc = fa_discover_policy(&refs, &l->page, &l->a, err);
		if (rc == FA_OK)
			rc = add_links(l, "policy", &refs, false, err);
	}
	memset(&refs, 0, sizeof(refs));
	if (rc == FA_OK && l->page.doc)
		rc = fa_discover_related(&refs, &l->page, &l->a, err);
	if (rc == FA_OK)
		rc = add_links(l, "related", &refs, true, err);
	return rc;
}

/* Reads the page; *failed says how when it cannot be read. */
static int
read_page(struct look *l, enum fa_outcome *failed,
	const struct fa_capture *capture, struct fa_str body,
	struct fa_err *err)
{
	struct fa_read_opts opts = { .name = l->page.url };
	struct fa_err why;
	int rc = fa_http_decode(&l->page.body, body, capture->coding,
		FA_CRAWL_DECODED_BYTES, &l->a, &why);

	*failed = FA_OUT_OK;
	if (rc == FA_OK) {
		if (fa_str_eq(l->page.media_type, FA_STR("text/html")))
			opts.format = FA_FORMAT_HTML;
		opts.charset = capture->charset;
		rc = fa_read(&l->doc, l->page.body, &opts, &l->a, &why);
		if (rc == FA_E_USAGE) { /* a charset that nobody knows */
			opts.charset = FA_STR_NONE;
			rc = fa_read(&l->doc, l->page.body, &opts, &l->a, &why);
		}
		if (rc == FA_OK)
			l->page.doc = &l->doc;
		else if (rc == FA_E_UNSUPPORTED)
			return FA_OK; /* discover sees what it is */
	} else if (rc == FA_E_INPUT || rc == FA_E_UNSUPPORTED) {
		*failed = FA_OUT_BAD_CODING;
		return FA_OK;
	}
	if (rc == FA_E_LIMIT || rc == FA_E_NOMEM) {
		*failed = FA_OUT_TOO_LARGE;
		return FA_OK;
	}
	return rc == FA_OK ? FA_OK : fa_fail(err, rc, "%s", why.msg);
}

static int
inspect(struct fa_inspection *out, struct look *l,
	const struct fa_capture *capture, struct fa_str body,
	struct fa_err *err)
{
	enum fa_outcome failed, kind, other;
	const char *why = NULL, *why_other = NULL;
	int rc = read_page(l, &failed, capture, body, err);

	if (rc < 0)
		return rc;
	if (failed != FA_OUT_OK) {
		out->kind = out->kind_other = fa_outcome_name(failed);
		out->detail = failed == FA_OUT_TOO_LARGE
			? "the page is too large to be read"
			: "the content coding is unknown or broken";
		return fa_store_put_links(
			l->c->store, capture->url, NULL, 0, err);
	}
	kind = fa_discover_kind(&why, &l->page, FA_ROLE_POLICY);
	other = fa_discover_kind(&why_other, &l->page, FA_ROLE_SDK);
	out->kind = fa_outcome_name(kind);
	out->kind_other = fa_outcome_name(other);
	out->detail = kind != FA_OUT_OK ? why : why_other;
	rc = find_links(l, kind, err);
	if (rc == FA_E_NOMEM || rc == FA_E_LIMIT) {
		/* What was found so far is better than nothing. */
		out->detail = "too many references to look at all";
		rc = FA_OK;
	}
	if (rc == FA_OK)
		rc = fa_store_put_links(
			l->c->store, capture->url, l->links, l->n, err);
	return rc;
}

int
fa_crawl_inspect(struct fa_inspection *out, struct fa_crawl *c,
	const struct fa_capture *capture, struct fa_str url, struct fa_str body,
	struct fa_err *err)
{
	struct look *l = fa_arena_new(&c->scratch, 1, sizeof(*l));
	int rc;

	if (!l)
		return fa_fail(err, FA_E_NOMEM, "no memory to look at a page");
	memset(out, 0, sizeof(*out));
	l->c = c;
	l->page.url = url;
	l->page.media_type = capture->media_type;
	fa_arena_init(&l->a, FA_CRAWL_INSPECT_BYTES);
	rc = inspect(out, l, capture, body, err);
	fa_arena_done(&l->a);
	return rc;
}
