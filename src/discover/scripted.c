/* Buttons and pictures that lead to a policy without being ordinary links:
 *
 *   <div onclick="location.href='/privacy.html'">隐私政策</div>
 *   <span data-href="/privacy.html">隐私政策</span>
 *   <a href="javascript:window.open('/privacy.html')">隐私政策</a>
 *   <a href="/privacy.html" title="隐私政策"><img src="p.png"></a>
 */
#include <string.h>

#include "base/utf8.h"
#include "discover/names.h"
#include "discover/page.h"
#include "discover/xml.h"

#define LABEL_NODES 64 /* nodes whose text makes the label of an element */

static const char *const address_names[] = { "data-href", "data-url",
	"data-link", "data-src", NULL };
static const char *const script_names[] = { "onclick", "ontap", "ontouchend",
	NULL };
static const char *const label_names[] = { "title", "aria-label", "alt", NULL };

/* What stands before the quoted address in a script that opens it. */
static const char *const openers[] = { "location.href", "location.assign",
	"location.replace", "location", "window.open", "open", NULL };

/* The value of an attribute; it lives in the tree. */
static struct fa_str
attribute(const xmlNode *node, const char *name)
{
	for (const xmlAttr *at = node->properties; at != NULL; at = at->next) {
		if (strcmp((const char *)at->name, name) == 0 &&
			at->children != NULL)
			return fa_str_c((const char *)at->children->content);
	}
	return FA_STR_NONE;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The quoted text that follows an assignment or a call at the start of s. */
static struct fa_str
argument(struct fa_str s)
{
	size_t i = 0;
	size_t end;
	char quote;

	while (i < s.n && is_blank(s.p[i]))
		i++;
	if (i == s.n || (s.p[i] != '=' && s.p[i] != '('))
		return FA_STR_NONE;
	i++;
	while (i < s.n && is_blank(s.p[i]))
		i++;
	if (i == s.n || (s.p[i] != '\'' && s.p[i] != '"'))
		return FA_STR_NONE;
	quote = s.p[i];
	end = fa_str_find(s, (struct fa_str){ &quote, 1 }, i + 1);
	return end == SIZE_MAX ? FA_STR_NONE : fa_str_sub(s, i + 1, end);
}

static struct fa_str
opened_by(struct fa_str script)
{
	for (size_t i = 0; openers[i] != NULL; i++) {
		struct fa_str opener = fa_str_c(openers[i]);
		size_t at = fa_str_find(script, opener, 0);

		while (at != SIZE_MAX) {
			struct fa_str found = fa_page_href(argument(
				fa_str_sub(script, at + opener.n, script.n)));

			if (found.p != NULL)
				return found;
			at = fa_str_find(script, opener, at + 1);
		}
	}
	return FA_STR_NONE;
}

/* Where an element leads, or absent. */
static struct fa_str
address(const xmlNode *node)
{
	struct fa_str href = attribute(node, "href");
	struct fa_str found = FA_STR_NONE;

	if (fa_names_find(fa_str_trim(href), FA_STR("javascript:"), 0) == 0)
		found = opened_by(href);
	else if (strcmp((const char *)node->name, "a") == 0)
		found = fa_page_href(href);
	for (size_t i = 0; found.p == NULL && address_names[i] != NULL; i++)
		found = fa_page_href(attribute(node, address_names[i]));
	for (size_t i = 0; found.p == NULL && script_names[i] != NULL; i++)
		found = opened_by(attribute(node, script_names[i]));
	return found;
}

/* The next node of the tree below top, in document order. */
static const xmlNode *
next_node(const xmlNode *node, const xmlNode *top)
{
	if (node->type == XML_ELEMENT_NODE && node->children != NULL)
		return node->children;
	while (node != top && node->next == NULL)
		node = node->parent;
	return node == top ? NULL : node->next;
}

static void
put(char *out, size_t *n, struct fa_str s)
{
	for (size_t i = 0; i < s.n && *n < FA_NAMES_BYTES; i++) {
		char blank = is_blank(s.p[i]) ? ' ' : s.p[i];

		if (blank != ' ' || (*n > 0 && out[*n - 1] != ' '))
			out[(*n)++] = blank;
	}
}

/* The text of an element and, when it has none, its title or that of its
 * picture; empty when there is too much of it to be a name. */
static struct fa_str
label_of(const xmlNode *top, char out[FA_NAMES_BYTES])
{
	struct fa_str title = FA_STR_NONE;
	const xmlNode *node = top;
	size_t nodes = 0;
	size_t n = 0;

	while (node != NULL && nodes++ < LABEL_NODES) {
		if (node->type == XML_TEXT_NODE)
			put(out, &n, fa_str_c((const char *)node->content));
		for (size_t i = 0; node->type == XML_ELEMENT_NODE &&
			title.n == 0 && label_names[i] != NULL;
			i++)
			title = attribute(node, label_names[i]);
		node = next_node(node, top);
	}
	if (node != NULL || n == FA_NAMES_BYTES)
		return FA_STR_NONE;
	if (fa_str_trim((struct fa_str){ out, n }).n == 0) {
		n = 0;
		put(out, &n, title);
	}
	return fa_str_trim((struct fa_str){ out, n });
}

int
fa_page_scripted(struct fa_references *out, const struct fa_discover_page *page,
	struct fa_arena *a, struct fa_err *err)
{
	FA_CLEANUP(fa_page_free_tree) xmlDoc *tree = NULL;
	const xmlNode *top;
	size_t elements = 0;
	int rc = fa_page_tree(&tree, page, a, err);

	if (rc < 0 || tree == NULL)
		return rc;
	top = fa_discover_xml()->xmlDocGetRootElement(tree);
	for (const xmlNode *node = top; node != NULL && rc == FA_OK;
		node = next_node(node, top)) {
		char text[FA_NAMES_BYTES];
		struct fa_str name;
		struct fa_str href;
		enum fa_policy_rank rank;

		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (elements++ == FA_PAGE_ELEMENTS)
			break;
		href = address(node);
		if (href.p == NULL)
			continue;
		name = label_of(node, text);
		rank = fa_names_policy(name);
		if (rank == FA_POLICY_NONE)
			continue;
		rc = fa_page_add(out, href,
			rank == FA_POLICY_CHILDREN ? FA_ROLE_CHILDREN
						   : FA_ROLE_POLICY,
			name, a, err);
	}
	return rc;
}
