/* One line of a screen: an element, where it leads, or what happens without
 * one. */
#include "base/buf.h"
#include "base/num.h"
#include "flow/sketch.h"

#define SHOWN_BYTES 100
#define WAIT_MAX_S 86400

struct box_kind {
	const char *mark;
	enum fa_flow_role role;
	enum fa_tri checked;
};

static const struct box_kind boxes[] = {
	{ "[ ]", FA_FLOW_CHECKBOX, FA_TRI_NO },
	{ "[x]", FA_FLOW_CHECKBOX, FA_TRI_YES },
	{ "[?]", FA_FLOW_CHECKBOX, FA_TRI_UNKNOWN },
	{ "< >", FA_FLOW_RADIO, FA_TRI_NO },
	{ "<*>", FA_FLOW_RADIO, FA_TRI_YES },
	{ "<switch on>", FA_FLOW_SWITCH, FA_TRI_YES },
	{ "<switch off>", FA_FLOW_SWITCH, FA_TRI_NO },
};

static const struct {
	const char *name;
	enum fa_flow_role role;
} things[] = {
	{ "camera", FA_FLOW_CAMERA },
	{ "input", FA_FLOW_INPUT },
	{ "image", FA_FLOW_IMAGE },
	{ "webview", FA_FLOW_WEBVIEW },
};

static const struct {
	const char *name;
	enum fa_flow_action action;
} keys[] = {
	{ "back", FA_FLOW_BACK },
	{ "allow", FA_FLOW_SYSTEM_ALLOW },
	{ "deny", FA_FLOW_SYSTEM_DENY },
	{ "relaunch", FA_FLOW_RELAUNCH },
	{ "scroll", FA_FLOW_SCROLL },
};

/* The length of "(《...》)" at the start of s, or 0. */
static size_t
reference_length(struct fa_str s)
{
	size_t end;

	if (!fa_str_starts(s, FA_STR("(《")))
		return 0;
	end = fa_str_find(s, FA_STR("》"), 0);
	if (end == SIZE_MAX)
		return 0;
	end = fa_str_find(s, FA_STR(")"), end);
	return end == SIZE_MAX ? 0 : end + 1;
}

/* "《...》" or "《...》 -> id", what stood between parentheses. The target is
 * kept for later: elements may only be added when the one that is being made
 * is complete. */
struct references {
	struct fa_str text[32];
	struct fa_sketch_tail tail[32];
	size_t n;
};

static struct fa_str
read_reference(struct fa_sketch *k, struct fa_str s, struct references *refs)
{
	size_t after = 0; /* behind the last closing mark */
	size_t at = fa_str_find(s, FA_STR("》"), 0);
	struct fa_str text;

	for (; at != SIZE_MAX; at = fa_str_find(s, FA_STR("》"), after))
		after = at + FA_STR("》").n;
	text = fa_draft_text(&k->d, fa_str_sub(s, 0, after));
	if (refs->n == FA_COUNT(refs->text)) {
		fa_sketch_fail(k, "more than %zu links in a line",
			FA_COUNT(refs->text));
		return text;
	}
	fa_sketch_tail(k, fa_str_sub(s, after, s.n), &refs->tail[refs->n]);
	refs->text[refs->n++] = text;
	return text;
}

/* The text without the parentheses of its links. */
static struct fa_str
read_text(struct fa_sketch *k, struct fa_str s, struct references *refs)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b = { .rc = 0 };
	struct fa_str out;

	refs->n = 0;
	fa_buf_init(&b, FA_FLOW_TEXT_BYTES);
	for (size_t i = 0; i < s.n;) {
		struct fa_str rest = fa_str_sub(s, i, s.n);
		size_t n = reference_length(rest);

		if (n > 0)
			fa_buf_add(&b,
				read_reference(
					k, fa_str_sub(rest, 1, n - 1), refs));
		else
			fa_buf_addc(&b, rest.p[0]);
		i += n > 0 ? n : 1;
	}
	if (b.rc < 0)
		fa_sketch_fail(
			k, "text is longer than %u bytes", FA_FLOW_TEXT_BYTES);
	out = fa_draft_text(&k->d, fa_buf_str(&b));
	return out;
}

/* Links that lead somewhere are elements of their own, below the text. */
static void
add_references(struct fa_sketch *k, const struct references *refs)
{
	struct fa_flow *f = k->d.f;
	uint32_t parent = fa_draft_last(&k->d);

	for (size_t i = 0; k->d.rc == FA_OK && i < refs->n; i++) {
		struct fa_flow_screen *s = &f->screens[f->screens_n - 1];
		struct fa_flow_element *e;

		fa_draft_link(&k->d, &s->elements[parent], refs->text[i],
			FA_STR_NONE);
		if (!refs->tail[i].goes)
			continue;
		e = fa_draft_element(&k->d, FA_FLOW_LINK);
		e->text = refs->text[i];
		e->clickable = FA_TRI_YES;
		e->parent = parent;
		fa_sketch_look(k, e, refs->tail[i].flags);
		fa_sketch_go(k, &refs->tail[i], FA_FLOW_TAP,
			fa_draft_last(&k->d), 0);
	}
}

/* Where the flags and the arrow behind a text begin: what stands between
 * parentheses is passed over. */
static size_t
tail_start(struct fa_str s)
{
	for (size_t i = 0; i < s.n;) {
		struct fa_str rest = fa_str_sub(s, i, s.n);
		size_t n = reference_length(rest);

		if (n == 0 && (fa_sketch_is_arrow(rest) || rest.p[0] == '{'))
			return i;
		i += n > 0 ? n : 1;
	}
	return s.n;
}

static void
add_box(struct fa_sketch *k, const struct box_kind *kind, struct fa_str s)
{
	struct references refs;
	size_t end = tail_start(s);
	struct fa_str text = read_text(k, fa_str_sub(s, 0, end), &refs);
	struct fa_flow_element *e = fa_draft_element(&k->d, kind->role);
	uint32_t at = fa_draft_last(&k->d);
	struct fa_sketch_tail t;

	e->text = text;
	e->checked = kind->checked;
	e->clickable = FA_TRI_YES;
	fa_sketch_tail(k, fa_str_sub(s, end, s.n), &t);
	fa_sketch_look(k, e, t.flags);
	fa_sketch_go(k, &t,
		kind->checked == FA_TRI_YES && kind->role != FA_FLOW_RADIO
			? FA_FLOW_UNCHECK
			: FA_FLOW_CHECK,
		at, 0);
	add_references(k, &refs);
}

static void
add_control(struct fa_sketch *k, enum fa_flow_role role, struct fa_str label,
	struct fa_str rest)
{
	struct fa_flow_element *e = fa_draft_element(&k->d, role);
	struct fa_sketch_tail t;

	e->text = fa_draft_text(&k->d, label);
	e->clickable = FA_TRI_YES;
	if (e->text.p == NULL)
		fa_sketch_fail(k, "a button or link without a label");
	fa_sketch_tail(k, rest, &t);
	fa_sketch_look(k, e, t.flags);
	if (role == FA_FLOW_LINK)
		fa_draft_link(&k->d, e, e->text, FA_STR_NONE);
	fa_sketch_go(k, &t, FA_FLOW_TAP, fa_draft_last(&k->d), 0);
}

/* "camera", "input 请输入", what stood between "<" and ">". */
static bool
add_thing(struct fa_sketch *k, struct fa_str inside, struct fa_str rest)
{
	struct fa_str text = inside;
	struct fa_str name = fa_str_cut(&text, ' ');

	for (size_t i = 0; i < FA_COUNT(things); i++) {
		struct fa_flow_element *e;
		struct fa_sketch_tail t;

		if (!fa_str_eq(name, fa_str_c(things[i].name)))
			continue;
		e = fa_draft_element(&k->d, things[i].role);
		if (things[i].role == FA_FLOW_CAMERA)
			e->text = fa_draft_text(&k->d, text);
		else
			e->hint = fa_draft_text(&k->d, text);
		fa_sketch_tail(k, rest, &t);
		fa_sketch_look(k, e, t.flags);
		e->clickable = t.goes || things[i].role == FA_FLOW_INPUT
			? FA_TRI_YES
			: FA_TRI_NO;
		fa_sketch_go(k, &t, FA_FLOW_TAP, fa_draft_last(&k->d), 0);
		return true;
	}
	return false;
}

/* "... 5s -> home" behind the dots. False: it is a text. */
static bool
add_wait(struct fa_sketch *k, struct fa_str s)
{
	struct fa_str rest = fa_str_trim(s);
	uint64_t seconds = 0;
	struct fa_sketch_tail t;
	size_t n = 0;

	while (n < rest.n && rest.p[n] >= '0' && rest.p[n] <= '9')
		n++;
	if (n > 0 &&
		(n == rest.n || rest.p[n] != 's' ||
			!fa_num_u64(
				fa_str_sub(rest, 0, n), WAIT_MAX_S, &seconds)))
		return false;
	rest = fa_str_trim(fa_str_sub(rest, n > 0 ? n + 1 : 0, rest.n));
	if (!fa_sketch_is_arrow(rest))
		return false;
	fa_sketch_tail(k, rest, &t);
	fa_sketch_go(
		k, &t, FA_FLOW_WAIT, FA_FLOW_NONE, (uint32_t)seconds * 1000);
	return true;
}

/* "back -> id" and its like. */
static bool
add_key(struct fa_sketch *k, struct fa_str line)
{
	for (size_t i = 0; i < FA_COUNT(keys); i++) {
		struct fa_str name = fa_str_c(keys[i].name);
		struct fa_str rest =
			fa_str_trim(fa_str_sub(line, name.n, line.n));
		struct fa_sketch_tail t;

		if (!fa_str_starts(line, name) || !fa_sketch_is_arrow(rest))
			continue;
		fa_sketch_tail(k, rest, &t);
		fa_sketch_go(k, &t, keys[i].action, FA_FLOW_NONE, 0);
		return true;
	}
	return false;
}

static void
add_text(struct fa_sketch *k, struct fa_str line, bool plain)
{
	struct references refs = { .n = 0 };
	struct fa_str s = line;
	unsigned flags = plain ? 0 : fa_sketch_flags(k, &s);
	struct fa_str text =
		plain ? fa_draft_text(&k->d, s) : read_text(k, s, &refs);
	struct fa_flow_element *e = fa_draft_element(&k->d, FA_FLOW_TEXT);

	e->text = text;
	e->clickable = FA_TRI_NO;
	fa_sketch_look(k, e, flags);
	add_references(k, &refs);
}

/* A text that ends like a control is a control with a typing error. */
static void
refuse_arrow(struct fa_sketch *k, struct fa_str line)
{
	size_t at = 0;

	for (size_t i = 0; i + 1 < line.n; i++) {
		if (fa_sketch_is_arrow(fa_str_sub(line, i, line.n)))
			at = i + 2;
	}
	if (at > 0 &&
		fa_sketch_is_target(fa_str_trim(fa_str_sub(line, at, line.n))))
		fa_sketch_fail(k,
			"a text leads nowhere: write [label] for a "
			"button, (label) for a link, or \\ before a text");
}

/* The place of the bracket that closes the one at the start, or s.n. */
static size_t
closing(struct fa_str s, char open, char close)
{
	size_t depth = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == open)
			depth++;
		else if (s.p[i] == close && --depth == 0)
			return i;
	}
	return s.n;
}

/* "[label] tail", "(label) tail", "<thing> tail". False: it is a text. */
static bool
add_bracketed(struct fa_sketch *k, struct fa_str line)
{
	char close = line.p[0] == '[' ? ']' : line.p[0] == '(' ? ')' : '>';
	size_t end;
	struct fa_str inside, rest;

	if (line.p[0] != '[' && line.p[0] != '(' && line.p[0] != '<')
		return false;
	end = closing(line, line.p[0], close);
	if (end == line.n) {
		if (close == ')')
			return false;
		fa_sketch_fail(k, "\"%c\" without \"%c\"", line.p[0], close);
		return true;
	}
	inside = fa_str_sub(line, 1, end);
	rest = fa_str_trim(fa_str_sub(line, end + 1, line.n));
	if (close == ')') {
		if (rest.n > 0 && rest.p[0] != '{' && !fa_sketch_is_arrow(rest))
			return false;
		add_control(k, FA_FLOW_LINK, inside, rest);
	} else if (close == ']') {
		add_control(k, FA_FLOW_BUTTON, inside, rest);
	} else if (!add_thing(k, inside, rest)) {
		fa_sketch_fail(k, "\"<%.*s>\" is not known",
			FA_STR_ARG(fa_str_sub(inside, 0, SHOWN_BYTES)));
	}
	return true;
}

void
fa_sketch_line(struct fa_sketch *k, struct fa_str line)
{
	if (line.p[0] == '\\') {
		add_text(k, fa_str_sub(line, 1, line.n), true);
		return;
	}
	for (size_t i = 0; i < FA_COUNT(boxes); i++) {
		struct fa_str mark = fa_str_c(boxes[i].mark);

		if (fa_str_starts(line, mark)) {
			add_box(k, &boxes[i], fa_str_sub(line, mark.n, line.n));
			return;
		}
	}
	if (fa_str_starts(line, FA_STR("...")) &&
		add_wait(k, fa_str_sub(line, 3, line.n)))
		return;
	if (add_key(k, line) || add_bracketed(k, line))
		return;
	refuse_arrow(k, line);
	add_text(k, line, false);
}
