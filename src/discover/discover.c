#include "discover/discover.h"

#include <string.h>

#include "base/utf8.h"
#include "discover/names.h"
#include "discover/page.h"
#include "discover/site.h"

#define BEFORE_CHARS 40     /* looked at before a link that only points */
#define BEFORE_URL_BYTES 60 /* ... that is an address itself */
#define AFTER_CHARS 20      /* and behind it */

static struct fa_str
text_of(const struct fa_doc *doc, const struct fa_link *link)
{
	return fa_str_sub(doc->text, link->text.from, link->text.to);
}

int
fa_discover_policy(struct fa_references *out,
	const struct fa_discover_page *page, struct fa_arena *a,
	struct fa_err *err)
{
	const struct fa_doc *doc = page->doc;
	struct fa_references found = { .n = 0 };
	int rc = FA_OK;

	for (int rank = FA_POLICY_EXACT; rank < FA_POLICY_NONE; rank++) {
		for (size_t i = 0; doc != NULL && i < doc->links_n; i++) {
			struct fa_str text = text_of(doc, &doc->links[i]);
			struct fa_str href = fa_page_href(doc->links[i].href);

			if (href.p == NULL ||
				fa_names_policy(text) !=
					(enum fa_policy_rank)rank)
				continue;
			rc = fa_page_add(&found, href,
				rank == FA_POLICY_CHILDREN ? FA_ROLE_CHILDREN
							   : FA_ROLE_POLICY,
				text, a, err);
			if (rc < 0)
				return rc;
		}
	}
	if (found.n == 0)
		rc = fa_page_scripted(&found, page, a, err);
	if (rc == FA_OK)
		*out = found;
	return rc;
}

/* The offset in s of at most chars characters before its end. */
static size_t
last_chars(struct fa_str s, size_t chars)
{
	size_t at = s.n;

	while (at > 0 && chars > 0) {
		at--;
		if (((unsigned char)s.p[at] & 0xc0) != 0x80)
			chars--;
	}
	return at;
}

static size_t
first_chars(struct fa_str s, size_t chars)
{
	size_t at = 0;

	while (at < s.n && chars > 0) {
		at++;
		while (at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80)
			at++;
		chars--;
	}
	return at;
}

static const char *const sentence_ends[] = { "。", "!", "?", ";", "\n", NULL };

/* The part of s behind its last end of a sentence. */
static struct fa_str
last_sentence(struct fa_str s)
{
	size_t from = 0;

	for (size_t i = 0; sentence_ends[i] != NULL; i++) {
		struct fa_str end = fa_str_c(sentence_ends[i]);
		size_t at = fa_str_find(s, end, from);

		while (at != SIZE_MAX) {
			from = at + end.n;
			at = fa_str_find(s, end, from);
		}
	}
	return fa_str_sub(s, from, s.n);
}

/* The part of s before its first end of a sentence. */
static struct fa_str
first_sentence(struct fa_str s)
{
	for (size_t i = 0; sentence_ends[i] != NULL; i++) {
		size_t at = fa_str_find(s, fa_str_c(sentence_ends[i]), 0);

		if (at != SIZE_MAX)
			s.n = at;
	}
	return s;
}

/* What the sentence around a link that only points names, or -1. */
static int
named_around(const struct fa_doc *doc, const struct fa_link *link)
{
	struct fa_str before = fa_str_sub(doc->text, 0, link->text.from);
	struct fa_str after = fa_str_sub(doc->text, link->text.to, doc->text.n);
	bool url =
		fa_str_find(text_of(doc, link), FA_STR("://"), 0) != SIZE_MAX;
	size_t end = 0;
	int role;

	before = fa_str_sub(before, last_chars(before, BEFORE_CHARS), before.n);
	before = last_sentence(before);
	role = fa_names_last(before, &end);
	if (url && before.n - end > BEFORE_URL_BYTES)
		return -1;
	if (role >= 0 || url)
		return role;
	after = first_sentence(
		fa_str_sub(after, 0, first_chars(after, AFTER_CHARS)));
	return fa_names_related(after);
}

/* The role of the document behind a link, or -1. */
static int
related_role(const struct fa_discover_page *page, const struct fa_link *link)
{
	const struct fa_doc *doc = page->doc;
	struct fa_str text = text_of(doc, link);
	int role = fa_names_related(text);

	if (role < 0 && fa_names_pointer(text))
		role = named_around(doc, link);
	if (role < 0 || role == (int)FA_ROLE_POLICY)
		return -1;
	return fa_site_is_own(page, link, text) ? role : -1;
}

int
fa_discover_related(struct fa_references *out,
	const struct fa_discover_page *page, struct fa_arena *a,
	struct fa_err *err)
{
	const struct fa_doc *doc = page->doc;
	struct fa_references found = { .n = 0 };

	for (size_t i = 0; doc != NULL && i < doc->links_n; i++) {
		struct fa_str href = fa_page_href(doc->links[i].href);
		int role;
		int rc;

		if (href.p == NULL)
			continue;
		role = related_role(page, &doc->links[i]);
		if (role < 0)
			continue;
		rc = fa_page_add(&found, href, (enum fa_role)role,
			text_of(doc, &doc->links[i]), a, err);
		if (rc < 0)
			return rc;
	}
	*out = found;
	return FA_OK;
}
