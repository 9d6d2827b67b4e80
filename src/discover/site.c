#include "discover/site.h"

#include <stdint.h>

#include "base/attr.h"
#include "base/utf8.h"
#include "discover/names.h"
#include "discover/page.h"

#define OPENING_BYTES 1500 /* of a policy in which it names its owner */
#define OWNER_CHARS 2      /* shortest name of an owner */

static struct fa_str
cut_at(struct fa_str *s, char c)
{
	size_t at = fa_str_find(*s, (struct fa_str){ &c, 1 }, 0);
	struct fa_str tail = FA_STR_NONE;

	if (at != SIZE_MAX) {
		tail = fa_str_sub(*s, at + 1, s->n);
		s->n = at;
	}
	return tail;
}

bool
fa_site_cut(struct fa_site_url *out, struct fa_str url)
{
	struct fa_site_url u;
	size_t skip;
	size_t slash;

	if (fa_names_find(url, FA_STR("https://"), 0) == 0)
		skip = 8;
	else if (fa_names_find(url, FA_STR("http://"), 0) == 0)
		skip = 7;
	else
		return false;
	url = fa_str_sub(url, skip, url.n);
	u.fragment = cut_at(&url, '#');
	u.query = cut_at(&url, '?');
	slash = fa_str_find(url, FA_STR("/"), 0);
	u.host = fa_str_sub(url, 0, slash);
	u.path = fa_str_sub(url, slash == SIZE_MAX ? url.n : slash, url.n);
	if (fa_str_find(u.host, FA_STR("@"), 0) != SIZE_MAX)
		return false;
	u.port = cut_at(&u.host, ':');
	if (u.host.n == 0)
		return false;
	*out = u;
	return true;
}

/* The part of a host from its last but n-th label on. */
static struct fa_str
last_labels(struct fa_str host, size_t n)
{
	size_t at = host.n;

	while (at > 0) {
		if (host.p[at - 1] == '.' && --n == 0)
			break;
		at--;
	}
	return fa_str_sub(host, at, host.n);
}

/* The name under which a host was registered, as far as its look tells:
 * example.com, example.com.cn. A wrong guess costs or spares one document
 * behind a link whose text names an owner. */
static struct fa_str
registered(struct fa_str host)
{
	static const char *const shared[] = { "com.", "net.", "org.", "gov.",
		"edu.", "co.", "ac.", "or.", "ne.", "go." };
	struct fa_str two = last_labels(host, 2);

	for (size_t i = 0; i < FA_COUNT(shared); i++) {
		struct fa_str s = fa_str_c(shared[i]);

		if (fa_names_find(two, s, 0) == 0 && two.n == s.n + 2)
			return last_labels(host, 3);
	}
	return two;
}

/* Does the reference stay on the site of the page? */
static bool
stays(struct fa_str page_url, struct fa_str href)
{
	struct fa_site_url page;
	struct fa_site_url to;
	char url[FA_PAGE_HREF_BYTES + 8];
	struct fa_str s = href;

	if (fa_str_starts(href, FA_STR("//"))) {
		size_t n = 0;

		for (const char *p = "http:"; *p != '\0'; p++)
			url[n++] = *p;
		for (size_t i = 0; i < href.n; i++)
			url[n++] = href.p[i];
		s = (struct fa_str){ url, n };
	}
	if (!fa_site_cut(&to, s))
		return true;
	return fa_site_cut(&page, page_url) &&
		fa_str_ieq(registered(page.host), registered(to.host));
}

static bool
in_table(const struct fa_doc *doc, const struct fa_link *link)
{
	const struct fa_block *b;

	if (doc->blocks_n == 0)
		return false;
	b = &doc->blocks[fa_doc_block_at(doc, link->text.from)];
	return b->table != FA_DOC_NONE;
}

bool
fa_site_in_link(const struct fa_doc *doc, size_t at)
{
	size_t lo = 0;
	size_t hi = doc->links_n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (doc->links[mid].text.to <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < doc->links_n && doc->links[lo].text.from <= at;
}

/* Does the opening of a document say these words outside its links? */
static bool
opens_with(const struct fa_doc *doc, struct fa_str words)
{
	struct fa_str opening = fa_str_sub(doc->text, 0, OPENING_BYTES);
	size_t at = fa_str_find(opening, words, 0);

	while (at != SIZE_MAX && fa_site_in_link(doc, at))
		at = fa_str_find(opening, words, at + 1);
	return at != SIZE_MAX;
}

/* Does the text name somebody of whom the page's title and opening do not
 * speak? */
static bool
names_other(const struct fa_doc *doc, struct fa_str text)
{
	char buf[FA_NAMES_BYTES];
	struct fa_str owner = fa_names_owner(text, buf);

	if (fa_names_pointer(text) || fa_utf8_count(owner) < OWNER_CHARS)
		return false;
	return fa_str_find(doc->title, owner, 0) == SIZE_MAX &&
		!opens_with(doc, owner);
}

bool
fa_site_is_own(const struct fa_discover_page *page, const struct fa_link *link,
	struct fa_str text)
{
	struct fa_str href = fa_page_href(link->href);

	if (href.p == NULL)
		return false;
	if (stays(page->url, href))
		return true;
	/* A table row names the third party in another cell. */
	return !in_table(page->doc, link) && !names_other(page->doc, text);
}
