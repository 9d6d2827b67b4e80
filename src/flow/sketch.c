/* The sketch of a flow, a text that a person writes:
 *
 *   sketch = header* screen+
 *   header = ("app" | "id" | "version" | "platform" | "basis") ":" TEXT
 *   screen = "==" ID TITLE? FLAGS? line*
 *   line   = box TEXT tail | "[" LABEL "]" tail | "(" LABEL ")" tail
 *          | "<" THING TEXT? ">" TEXT tail | "..." (NUMBER "s")? go
 *          | ("back" | "allow" | "deny" | "relaunch" | "scroll") go
 *          | TEXT FLAGS?
 *   box    = "[ ]" | "[x]" | "[?]" | "< >" | "<*>"
 *   tail   = FLAGS? go? FLAGS?
 *   go     = ("->" | "=>") (ID | "!exit" | "!external" | "?")
 *
 * "#" begins a comment line, "\" a line that is text whatever it looks like.
 * faceaudit-flow(5) says what each means. Here the lines are told apart;
 * sketch_line.c puts them into the flow. */
#include "flow/sketch.h"

#include "base/utf8.h"
#include "flow/import.h"
#include "flow/json_ids.h"

#define ID_BYTES 64
#define NAME_SHOWN 100

struct sketch_header {
	const char *name;
	void (*set)(struct fa_sketch *k, struct fa_str value);
};

static void
set_app(struct fa_sketch *k, struct fa_str value)
{
	k->d.f->app_name = fa_draft_text(&k->d, value);
}

static void
set_id(struct fa_sketch *k, struct fa_str value)
{
	k->d.f->app_id = fa_draft_text(&k->d, value);
}

static void
set_version(struct fa_sketch *k, struct fa_str value)
{
	k->d.f->app_version = fa_draft_text(&k->d, value);
}

static void
set_platform(struct fa_sketch *k, struct fa_str value)
{
	int p = fa_flow_platform_parse(value);

	if (p < 0)
		fa_sketch_fail(k, "platform \"%.*s\" is not known",
			FA_STR_ARG(fa_str_sub(value, 0, NAME_SHOWN)));
	else
		k->d.f->platform = (enum fa_flow_platform)p;
}

static void
set_basis(struct fa_sketch *k, struct fa_str value)
{
	int n = fa_flow_basis_parse(value);

	if (n < 0)
		fa_sketch_fail(k,
			"basis \"%.*s\" is none of observed, declared, "
			"assumed",
			FA_STR_ARG(fa_str_sub(value, 0, NAME_SHOWN)));
	else
		k->basis = (enum fa_flow_basis)n;
}

static const struct sketch_header headers[] = {
	{ "app", set_app },
	{ "id", set_id },
	{ "version", set_version },
	{ "platform", set_platform },
	{ "basis", set_basis },
};

static void
read_header(struct fa_sketch *k, struct fa_str line)
{
	struct fa_str value = line;
	struct fa_str name = fa_str_trim(fa_str_cut(&value, ':'));

	if (value.p == NULL) {
		fa_sketch_fail(k,
			"expected \"name: value\" or \"== id title\" before "
			"the first screen");
		return;
	}
	for (size_t i = 0; i < FA_COUNT(headers); i++) {
		if (fa_str_eq(name, fa_str_c(headers[i].name))) {
			headers[i].set(k, fa_str_trim(value));
			return;
		}
	}
	fa_sketch_fail(k,
		"header \"%.*s\" is not known, expected app, id, "
		"version, platform or basis",
		FA_STR_ARG(fa_str_sub(name, 0, NAME_SHOWN)));
}

bool
fa_sketch_is_id(struct fa_str s)
{
	if (s.n == 0 || s.n > ID_BYTES)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			    (c >= '0' && c <= '9') || c == '_' || c == '-' ||
			    c == '.'))
			return false;
	}
	return true;
}

/* The last screen must not have the id of one before. */
static void
refuse_repeated(struct fa_sketch *k)
{
	const struct fa_flow *f = k->d.f;

	for (size_t i = 0; k->d.rc == FA_OK && i + 1 < f->screens_n; i++) {
		if (fa_str_eq(
			    f->screens[i].id, f->screens[f->screens_n - 1].id))
			fa_sketch_fail(k, "screen \"%.*s\" is defined twice",
				FA_STR_ARG(f->screens[i].id));
	}
}

/* "id title {flags}", behind "==". */
static void
read_screen(struct fa_sketch *k, struct fa_str line)
{
	struct fa_str rest = fa_str_trim(line);
	size_t n = 0;
	struct fa_str id;
	struct fa_flow_screen *s;
	unsigned flags;

	while (n < rest.n && rest.p[n] != ' ' && rest.p[n] != '\t' &&
		rest.p[n] != '{')
		n++;
	id = fa_str_sub(rest, 0, n);
	if (!fa_sketch_is_id(id)) {
		fa_sketch_fail(k,
			"expected an id of letters, digits, \"-\", \"_\" and "
			"\".\" behind \"==\"");
		return;
	}
	rest = fa_str_trim(fa_str_sub(rest, n, rest.n));
	flags = fa_sketch_flags(k, &rest);
	s = fa_draft_screen(&k->d, fa_draft_text(&k->d, id));
	s->title = fa_draft_text(&k->d, rest);
	refuse_repeated(k);
	fa_sketch_screen_flags(k, s, flags);
}

static void
read_line(struct fa_sketch *k, struct fa_str line)
{
	struct fa_str s = fa_str_trim(line);

	if (s.n == 0 || s.p[0] == '#')
		return;
	if (fa_str_starts(s, FA_STR("==")))
		read_screen(k, fa_str_sub(s, 2, s.n));
	else if (k->d.f->screens_n == 0)
		read_header(k, s);
	else
		fa_sketch_line(k, s);
}

/* The targets, once all screens are known. */
static void
resolve(struct fa_sketch *k)
{
	struct fa_flow_ids ids;
	struct fa_field_reader r = { k->d.a, k->d.err, FA_OK };

	if (k->d.rc < 0)
		return;
	fa_flow_ids_screens(&ids, k->d.f, &r);
	if (r.rc < 0) {
		k->d.rc = r.rc;
		return;
	}
	for (size_t i = 0; i < k->goals_n; i++) {
		const struct fa_sketch_goal *g = &k->goals[i];
		const struct fa_flow_id *id = fa_flow_ids_find(&ids, g->to);

		k->line = g->line;
		if (id == NULL)
			fa_sketch_fail(k, "screen \"%.*s\" is not defined",
				FA_STR_ARG(g->to));
		else if (g->transition < k->d.f->transitions_n)
			k->d.f->transitions[g->transition].to = id->screen;
	}
}

int
fa_import_sketch(struct fa_flow **out, struct fa_str text, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_sketch k = { .basis = FA_FLOW_STATED };
	struct fa_str rest = text;

	fa_draft_init(&k.d, "sketch", FA_FLOW_DECLARED, a, err);
	if (fa_str_starts(rest, FA_STR("\xef\xbb\xbf")))
		rest = fa_str_sub(rest, 3, rest.n);
	if (!fa_utf8_valid(rest))
		fa_draft_fail(&k.d, FA_E_INPUT, "sketch is not in UTF-8");
	while (rest.p != NULL && k.d.rc == FA_OK) {
		k.line++;
		read_line(&k, fa_str_cut(&rest, '\n'));
	}
	resolve(&k);
	return fa_draft_done(out, &k.d);
}
