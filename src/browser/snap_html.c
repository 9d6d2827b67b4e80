/* The tree of a page as HTML, for the archive. */
#include "base/buf.h"
#include "browser/snap.h"

#define HTML_BYTES ((size_t)64 << 20)

/* HTML, 13.1.2: elements without an end tag. */
static const char *const void_tags[] = { "AREA", "BASE", "BR", "COL", "EMBED",
	"HR", "IMG", "INPUT", "LINK", "META", "SOURCE", "TRACK", "WBR" };
/* Their text is written as it is. */
static const char *const raw_tags[] = { "SCRIPT", "STYLE", "XMP", "IFRAME",
	"NOEMBED", "NOFRAMES", "PLAINTEXT" };

static bool
is_one_of(
	const struct fa_snap *s, uint32_t i, const char *const *names, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (fa_snap_is(s, i, names[k]))
			return true;
	return false;
}

static void
add_escaped(struct fa_buf *b, struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		switch (s.p[i]) {
		case '&':
			fa_buf_adds(b, "&amp;");
			break;
		case '<':
			fa_buf_adds(b, "&lt;");
			break;
		case '>':
			fa_buf_adds(b, "&gt;");
			break;
		case '"':
			fa_buf_adds(b, "&quot;");
			break;
		default:
			fa_buf_addc(b, s.p[i]);
		}
	}
}

static void
add_lower(struct fa_buf *b, struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++)
		fa_buf_addc(b,
			s.p[i] >= 'A' && s.p[i] <= 'Z'
				? (char)(s.p[i] + 'a' - 'A')
				: s.p[i]);
}

static void
open_element(struct fa_buf *b, const struct fa_snap *s, uint32_t i)
{
	const struct fa_json *v = s->nodes[i].attrs;

	fa_buf_addc(b, '<');
	add_lower(b, s->nodes[i].name);
	for (; v != NULL && v->next != NULL; v = v->next->next) {
		fa_buf_addc(b, ' ');
		fa_buf_add(b, fa_snap_string(s, v));
		fa_buf_adds(b, "=\"");
		add_escaped(b, fa_snap_string(s, v->next));
		fa_buf_addc(b, '"');
	}
	fa_buf_addc(b, '>');
}

/* DOM, "nodeType": 1 element, 3 text, 8 comment, 9 document, 10 doctype. What
 * stands in a shadow tree stands below its host here. */
static void
open_node(struct fa_buf *b, const struct fa_snap *s, uint32_t i)
{
	const struct fa_snap_node *n = &s->nodes[i];
	bool raw = n->parent != FA_SNAP_NONE &&
		is_one_of(s, n->parent, raw_tags, FA_COUNT(raw_tags));

	switch (n->type) {
	case 1:
		open_element(b, s, i);
		break;
	case 3:
		if (raw)
			fa_buf_add(b, n->value);
		else
			add_escaped(b, n->value);
		break;
	case 9:
		if (n->parent != FA_SNAP_NONE)
			fa_buf_adds(b, "<template data-frame>");
		break;
	case 10:
		if (n->parent == 0)
			fa_buf_adds(b, "<!DOCTYPE html>");
		break;
	default:
		break;
	}
}

static void
close_node(struct fa_buf *b, const struct fa_snap *s, uint32_t i)
{
	const struct fa_snap_node *n = &s->nodes[i];

	if (n->type == 1 && !is_one_of(s, i, void_tags, FA_COUNT(void_tags))) {
		fa_buf_adds(b, "</");
		add_lower(b, n->name);
		fa_buf_addc(b, '>');
	}
	if (n->type == 9 && n->parent != FA_SNAP_NONE)
		fa_buf_adds(b, "</template>");
}

/* What the browser draws inside its own controls, and pseudo-elements, are no
 * part of the page. */
static bool
is_foreign(const struct fa_snap_node *n)
{
	return fa_str_eq(n->shadow, FA_STR("user-agent")) ||
		fa_str_starts(n->name, FA_STR("::"));
}

int
fa_snap_html(struct fa_str *out, const struct fa_snap *s, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_buf b;
	struct fa_str html;
	uint32_t open = FA_SNAP_NONE;
	int rc;

	fa_buf_init(&b, HTML_BYTES);
	for (uint32_t i = 0; i < s->n;) {
		while (open != FA_SNAP_NONE && i >= s->nodes[open].end) {
			close_node(&b, s, open);
			open = s->nodes[open].parent;
		}
		if (is_foreign(&s->nodes[i])) {
			i = s->nodes[i].end;
			continue;
		}
		open_node(&b, s, i);
		open = i;
		i++;
	}
	for (; open != FA_SNAP_NONE; open = s->nodes[open].parent)
		close_node(&b, s, open);
	rc = fa_buf_rc(&b, "page as HTML", err);
	html = fa_arena_dup(a, fa_buf_str(&b));
	fa_buf_done(&b);
	if (rc != FA_OK)
		return rc;
	if (html.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for HTML");
	*out = html;
	return FA_OK;
}
