#include "flow/script.h"

#include <string.h>

#define BODY_BYTES 65536 /* of a function that is looked at */
#define NAME_BYTES 64
#define PLACES_MAX 200 /* where a name stands that may be its definition */

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '_' || c == '$';
}

/* The end of the string whose quote is at at. */
static size_t
string_end(struct fa_str s, size_t at)
{
	size_t i = at + 1;

	while (i < s.n && s.p[i] != s.p[at] &&
		(s.p[i] != '\n' || s.p[at] == '`'))
		i += s.p[i] == '\\' ? 2 : 1;
	return i < s.n ? i + 1 : s.n;
}

struct fa_str
fa_script_plain(struct fa_str source, struct fa_arena *a)
{
	struct fa_str js = fa_str_sub(source, 0, FA_SCRIPT_BYTES);
	char *p = fa_arena_new(a, js.n + 1, 1);
	size_t i = 0;

	if (p == NULL)
		return FA_STR_NONE;
	memcpy(p, js.p, js.n);
	while (i < js.n) {
		struct fa_str rest = fa_str_sub(js, i, js.n);
		size_t end = i;

		if (js.p[i] == '"' || js.p[i] == '\'' || js.p[i] == '`') {
			i = string_end(js, i);
			continue;
		}
		if (fa_str_starts(rest, FA_STR("//")))
			end = fa_str_find(js, FA_STR("\n"), i);
		else if (fa_str_starts(rest, FA_STR("/*")))
			end = fa_str_find(js, FA_STR("*/"), i + 2);
		if (end == SIZE_MAX)
			end = js.n;
		if (end > i)
			memset(p + i, ' ', end - i);
		i = end > i ? end : i + 1;
	}
	return (struct fa_str){ p, js.n };
}

/* The end of the block whose "{" is at at. */
static size_t
block_end(struct fa_str s, size_t at)
{
	size_t depth = 0;
	size_t i = at;

	while (i < s.n) {
		char c = s.p[i];

		if (c == '"' || c == '\'' || c == '`') {
			i = string_end(s, i);
			continue;
		}
		if (c == '{')
			depth++;
		if (c == '}' && --depth == 0)
			return i + 1;
		i++;
	}
	return s.n;
}

/* Is the name at at defined there ("f() {", "f: function () {", "f = () => {",
 * "function f() {")? Gives the place of the "{", or SIZE_MAX: a call has none
 * behind its arguments. */
static size_t
definition(struct fa_str s, size_t at, size_t name_n)
{
	size_t i = at + name_n;
	size_t depth = 0;

	while (i < s.n && i - at < 400) {
		char c = s.p[i];

		if (c == '(')
			depth++;
		else if (c == ')' && depth > 0)
			depth--;
		else if (c == '{' && depth == 0)
			return i;
		else if (depth == 0 &&
			(c == ';' || c == ',' || c == ')' || c == '}' ||
				c == '.'))
			return SIZE_MAX;
		i++;
	}
	return SIZE_MAX;
}

/* The body of a function, or absent. */
static struct fa_str
body_of(struct fa_str js, struct fa_str name)
{
	size_t at = name.n == 0 ? SIZE_MAX : fa_str_find(js, name, 0);

	for (unsigned i = 0; at != SIZE_MAX && i < PLACES_MAX; i++) {
		bool begins = at == 0 ||
			(!is_name(js.p[at - 1]) && js.p[at - 1] != '.');
		bool ends = at + name.n < js.n && !is_name(js.p[at + name.n]);
		size_t open =
			begins && ends ? definition(js, at, name.n) : SIZE_MAX;

		if (open != SIZE_MAX) {
			size_t end = block_end(js, open);

			return fa_str_sub(js, open,
				end < open + BODY_BYTES ? end
							: open + BODY_BYTES);
		}
		at = fa_str_find(js, name, at + name.n);
	}
	return FA_STR_NONE;
}

static bool
holds(struct fa_str s, const char *part)
{
	return fa_str_find(s, fa_str_c(part), 0) != SIZE_MAX;
}

/* The string behind the first quote at or after at, if nothing but blanks,
 * ":", "=", "(" and "{" comes before it. */
static struct fa_str
string_after(struct fa_str s, size_t at)
{
	while (at < s.n &&
		(s.p[at] == ' ' || s.p[at] == ':' || s.p[at] == '=' ||
			s.p[at] == '(' || s.p[at] == '\n' || s.p[at] == '\t'))
		at++;
	if (at < s.n && (s.p[at] == '"' || s.p[at] == '\'')) {
		size_t end = string_end(s, at);

		return fa_str_sub(s, at + 1, end - 1);
	}
	return FA_STR_NONE;
}

struct fa_str
fa_script_url(struct fa_str code)
{
	static const char *const goes[] = { "location.href", "location.assign",
		"location.replace", "window.open", "location" };
	static const char *const pages[] = { "navigateTo", "redirectTo",
		"reLaunch", "switchTab" };

	for (size_t i = 0; i < FA_COUNT(pages); i++) {
		size_t at = fa_str_find(code, fa_str_c(pages[i]), 0);

		if (at != SIZE_MAX)
			at = fa_str_find(code, FA_STR("url"), at);
		if (at != SIZE_MAX) {
			struct fa_str s = string_after(code, at + 3);

			if (s.p != NULL)
				return s;
		}
	}
	for (size_t i = 0; i < FA_COUNT(goes); i++) {
		struct fa_str name = fa_str_c(goes[i]);
		size_t at = fa_str_find(code, name, 0);
		struct fa_str s = at == SIZE_MAX
			? FA_STR_NONE
			: string_after(code, at + name.n);

		if (s.p != NULL)
			return s;
	}
	return FA_STR_NONE;
}

static void
look_at(struct fa_script *out, struct fa_str body)
{
	struct fa_str url = fa_script_url(body);

	out->exits |= holds(body, "exitMiniProgram");
	out->disagrees |=
		holds(body, "'disagree'") || holds(body, "\"disagree\"");
	out->agrees |= holds(body, "'agree'") || holds(body, "\"agree\"");
	out->face |= holds(body, "startFacialRecognitionVerify");
	out->contract |= holds(body, "openPrivacyContract");
	out->closes |= holds(body, "setData") || holds(body, "triggerEvent");
	if (out->url.p == NULL)
		out->url = url;
}

/* The next "this.name(" or "that.name(" at or after *at. */
static struct fa_str
next_call(struct fa_str body, size_t *at)
{
	static const char *const owners[] = { "this.", "that.", "self.",
		"_this." };

	for (; *at < body.n; (*at)++) {
		struct fa_str rest = fa_str_sub(body, *at, body.n);

		for (size_t i = 0; i < FA_COUNT(owners); i++) {
			struct fa_str o = fa_str_c(owners[i]);
			size_t n = o.n;

			if (!fa_str_starts(rest, o))
				continue;
			while (n < rest.n && is_name(rest.p[n]))
				n++;
			if (n > o.n && n < rest.n && rest.p[n] == '(' &&
				n < NAME_BYTES) {
				*at += n;
				return fa_str_sub(rest, o.n, n);
			}
		}
	}
	return FA_STR_NONE;
}

/* level counts what is followed; a method that calls itself ends there. */
static void
follow(struct fa_script *out, struct fa_str js, struct fa_str name,
	unsigned level, unsigned *budget)
{
	struct fa_str body = body_of(js, name);
	size_t at = 0;

	if (body.p == NULL || *budget == 0)
		return;
	(*budget)--;
	out->found = true;
	look_at(out, body);
	for (;;) {
		struct fa_str call =
			level > 0 ? next_call(body, &at) : FA_STR_NONE;

		if (call.p == NULL)
			return;
		if (!fa_str_eq(call, FA_STR("setData")) &&
			!fa_str_eq(call, name))
			follow(out, js, call, level - 1, budget);
	}
}

void
fa_script_handler(struct fa_script *out, struct fa_str js, struct fa_str name)
{
	unsigned budget = 32; /* functions that are looked at in all */

	*out = (struct fa_script){ .url = FA_STR_NONE };
	follow(out, js, name, FA_SCRIPT_CALLS, &budget);
}
