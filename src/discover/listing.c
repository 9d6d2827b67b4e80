#include "discover/listing.h"

#include <stdint.h>

#include "base/buf.h"
#include "discover/adapter.h"
#include "discover/shape.h"
#include "discover/site.h"

#define REQUEST_BYTES 8192 /* of a URL that a template gives */

static bool
has_name(const struct fa_listing *l, struct fa_str name)
{
	if (fa_str_same_name(l->id, name))
		return true;
	for (size_t i = 0; i < l->names.n; i++) {
		if (fa_str_same_name(l->names.at[i], name))
			return true;
	}
	return false;
}

const struct fa_listing *
fa_listing_find(const struct fa_listings *l, struct fa_str store)
{
	if (fa_str_trim(store).n == 0)
		return NULL;
	for (size_t i = 0; i < l->n; i++) {
		if (has_name(&l->at[i], store))
			return &l->at[i];
	}
	return NULL;
}

static const struct fa_listing *
find_by_url(const struct fa_listings *l, struct fa_str url,
	struct fa_shape_key *key)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct fa_strs *match = &l->at[i].match;

		for (size_t k = 0; k < match->n; k++) {
			if (fa_shape_match(key, match->at[k], url))
				return &l->at[i];
		}
	}
	return NULL;
}

const struct fa_listing *
fa_listing_of_url(const struct fa_listings *l, struct fa_str url)
{
	struct fa_shape_key key;

	return find_by_url(l, fa_str_trim(url), &key);
}

struct fa_str
fa_listing_id(const struct fa_listing *l)
{
	return l->id;
}

bool
fa_listing_rendered(const struct fa_listing *l)
{
	return l->rendered;
}

static bool
is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
		c == '~';
}

/* RFC 3986 2.1; a percent sign that came with a URL stays one. */
static void
put_encoded(struct fa_buf *out, struct fa_str value, bool from_url)
{
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];

		if (is_unreserved(c) || (from_url && c == '%'))
			fa_buf_addc(out, c);
		else
			fa_buf_addf(out, "%%%02X", (unsigned)(unsigned char)c);
	}
}

/* Writes the URL of a template; false when it needs what key lacks. */
static bool
fill(struct fa_buf *out, struct fa_str template, const struct fa_shape_key *key,
	bool from_url)
{
	while (template.n > 0) {
		size_t at = fa_str_find(template, FA_STR("{"), 0);
		struct fa_str value;

		fa_buf_add(out, fa_str_sub(template, 0, at));
		if (at == SIZE_MAX)
			return true;
		template = fa_str_sub(template, at, template.n);
		if (fa_str_starts(template, FA_STR("{id}"))) {
			value = key->id;
			template = fa_str_sub(template, 4, template.n);
		} else {
			value = key->package;
			template = fa_str_sub(template, 9, template.n);
		}
		if (value.n == 0)
			return false;
		put_encoded(out, value, from_url);
	}
	return true;
}

/* The first template that the key fills; absent: none. */
static int
fill_first(struct fa_str *out, const struct fa_listing *l,
	const struct fa_shape_key *key, bool from_url, struct fa_arena *a,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf url;
	struct fa_str found = FA_STR_NONE;
	int rc;

	fa_buf_init(&url, REQUEST_BYTES);
	for (size_t i = 0; i < l->request.n && found.p == NULL; i++) {
		fa_buf_reset(&url);
		if (fill(&url, l->request.at[i], key, from_url))
			found = fa_buf_str(&url);
	}
	rc = fa_buf_rc(&url, "listing URL", err);
	if (rc != FA_OK || found.p == NULL) {
		if (rc == FA_OK)
			*out = FA_STR_NONE;
		return rc;
	}
	found = fa_arena_dup(a, found);
	if (found.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a listing URL");
	*out = found;
	return FA_OK;
}

/* What a target's package says: names of packages have dots, the numbers and
 * codes that stores give to apps have none. */
static struct fa_shape_key
key_of(struct fa_str package)
{
	struct fa_shape_key key = { FA_STR_NONE, FA_STR_NONE };

	package = fa_str_trim(package);
	if (fa_str_find(package, FA_STR("."), 0) == SIZE_MAX)
		key.id = package;
	else
		key.package = package;
	return key;
}

int
fa_listing_request(struct fa_str *out, const struct fa_listing **which,
	const struct fa_listings *l, const struct fa_target *t,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str url = fa_str_trim(t->store_url);
	struct fa_str found = FA_STR_NONE;
	const struct fa_listing *one;
	struct fa_shape_key key;
	int rc = FA_OK;

	if (url.n > 0) {
		one = find_by_url(l, url, &key);
		if (one != NULL)
			rc = fill_first(&found, one, &key, true, a, err);
		if (rc == FA_OK && found.p == NULL)
			found = fa_arena_dup(a, url);
		if (rc == FA_OK && found.p == NULL)
			rc = fa_fail(
				err, FA_E_NOMEM, "no memory for a listing URL");
	} else {
		one = fa_listing_find(l, t->store);
		key = key_of(t->package);
		if (one != NULL)
			rc = fill_first(&found, one, &key, false, a, err);
	}
	if (rc != FA_OK)
		return rc;
	*out = found;
	*which = one;
	return FA_OK;
}

/* A reference of a page as a URL with a host, which is enough to compare it
 * with a shape: the directory of the page is not looked at. */
static void
make_absolute(struct fa_buf *out, const struct fa_discover_page *page,
	struct fa_str href)
{
	struct fa_site_url u;

	fa_buf_reset(out);
	if (fa_str_starts(href, FA_STR("//"))) {
		fa_buf_adds(out, "https:");
	} else if (!fa_site_cut(&u, href) && fa_site_cut(&u, page->url)) {
		fa_buf_adds(out, "https://");
		fa_buf_add(out, u.host);
		if (!fa_str_starts(href, FA_STR("/")))
			fa_buf_addc(out, '/');
	}
	fa_buf_add(out, href);
}

/* Leaves out the documents of the store itself. */
static int
drop_own(struct fa_references *r, const struct fa_listing *which,
	const struct fa_discover_page *page, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf url;
	size_t n = 0;

	fa_buf_init(&url, REQUEST_BYTES);
	for (size_t i = 0; i < r->n; i++) {
		struct fa_shape_key key;
		bool own = false;

		make_absolute(&url, page, r->at[i].href);
		for (size_t k = 0; k < which->own.n && !own; k++)
			own = fa_shape_match(
				&key, which->own.at[k], fa_buf_str(&url));
		if (!own)
			r->at[n++] = r->at[i];
	}
	r->n = n;
	return fa_buf_rc(&url, "reference", err);
}

int
fa_listing_extract(struct fa_references *out, const struct fa_listing *which,
	const struct fa_discover_page *page, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_references found = { .n = 0 };
	int rc = FA_OK;

	if (which == NULL)
		return fa_discover_policy(out, page, a, err);
	for (size_t i = 0; i < which->steps_n && found.n == 0; i++) {
		const struct fa_step *step = &which->steps[i];

		found.more = false;
		rc = step->kind->run(&found, step, page, a, err);
		if (rc == FA_OK && step->kind == &fa_step_link)
			rc = drop_own(&found, which, page, err);
		if (rc != FA_OK)
			return rc;
	}
	*out = found;
	return FA_OK;
}
