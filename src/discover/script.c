#include "discover/script.h"

#include <stdbool.h>
#include <stdint.h>

#include "discover/names.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '_' || c == '$';
}

static size_t
skip_blanks(struct fa_str s, size_t at)
{
	while (at < s.n && is_blank(s.p[at]))
		at++;
	return at;
}

/* Behind the string that begins at s.p[at]; s.n when it does not end. */
static size_t
skip_string(struct fa_str s, size_t at)
{
	for (at++; at < s.n && s.p[at] != '"'; at++) {
		if (s.p[at] == '\\')
			at++;
	}
	return at < s.n ? at + 1 : s.n;
}

/* The JSON text that begins behind s.p[0..from) and blanks: an object or array
 * with all its brackets closed; absent when there is none. */
static struct fa_str
value_at(struct fa_str s, size_t from)
{
	size_t begin = skip_blanks(s, from);
	size_t at = begin;
	size_t depth = 0;

	if (at >= s.n || (s.p[at] != '{' && s.p[at] != '['))
		return FA_STR_NONE;
	while (at < s.n) {
		char c = s.p[at];

		if (c == '"') {
			at = skip_string(s, at);
			continue;
		}
		at++;
		if (c == '{' || c == '[')
			depth++;
		else if ((c == '}' || c == ']') && --depth == 0)
			return fa_str_sub(s, begin, at);
	}
	return FA_STR_NONE;
}

struct fa_str
fa_script_variable(struct fa_str page, struct fa_str name)
{
	size_t at = fa_str_find(page, name, 0);

	for (; at != SIZE_MAX; at = fa_str_find(page, name, at + 1)) {
		size_t next = skip_blanks(page, at + name.n);
		struct fa_str value;

		if ((at > 0 && is_word(page.p[at - 1])) || next >= page.n ||
			page.p[next] != '=')
			continue;
		value = value_at(page, next + 1);
		if (value.p != NULL)
			return value;
	}
	return FA_STR_NONE;
}

/* Is the id among the attributes of a tag? */
static bool
has_id(struct fa_str tag, struct fa_str id)
{
	size_t at = fa_names_find(tag, FA_STR("id"), 0);

	for (; at != SIZE_MAX; at = fa_names_find(tag, FA_STR("id"), at + 1)) {
		size_t next = skip_blanks(tag, at + 2);
		struct fa_str value;

		if (at == 0 || !is_blank(tag.p[at - 1]) || next >= tag.n ||
			tag.p[next] != '=')
			continue;
		next = skip_blanks(tag, next + 1);
		if (next < tag.n && (tag.p[next] == '"' || tag.p[next] == '\''))
			next++;
		value = fa_str_sub(tag, next, next + id.n);
		if (fa_str_eq(value, id) &&
			(next + id.n == tag.n || !is_word(tag.p[next + id.n])))
			return true;
	}
	return false;
}

struct fa_str
fa_script_element(struct fa_str page, struct fa_str id)
{
	const struct fa_str open = FA_STR("<script");
	size_t at = fa_names_find(page, open, 0);

	while (at != SIZE_MAX) {
		size_t close = fa_str_find(page, FA_STR(">"), at);
		size_t end;

		if (close == SIZE_MAX)
			return FA_STR_NONE;
		end = fa_names_find(page, FA_STR("</script"), close);
		if (has_id(fa_str_sub(page, at + open.n, close), id))
			return fa_str_sub(page, close + 1, end);
		if (end == SIZE_MAX)
			return FA_STR_NONE;
		at = fa_names_find(page, open, end);
	}
	return FA_STR_NONE;
}

/* "name:" followed by something, in an object literal without quotes around
 * its keys; the offset behind the colon and blanks, or SIZE_MAX. */
static size_t
find_member(struct fa_str s, struct fa_str name)
{
	size_t at = fa_str_find(s, name, 0);

	for (; at != SIZE_MAX; at = fa_str_find(s, name, at + 1)) {
		size_t next = skip_blanks(s, at + name.n);

		if ((at > 0 && is_word(s.p[at - 1])) || next >= s.n ||
			s.p[next] != ':')
			continue;
		return skip_blanks(s, next + 1);
	}
	return SIZE_MAX;
}

static bool
has_key(struct fa_str call, struct fa_str key)
{
	size_t at = find_member(call, FA_STR("key"));

	if (at == SIZE_MAX || at >= call.n ||
		(call.p[at] != '\'' && call.p[at] != '"'))
		return false;
	return fa_str_eq(fa_str_sub(call, at + 1, at + 1 + key.n), key) &&
		at + 1 + key.n < call.n && call.p[at + 1 + key.n] == call.p[at];
}

struct fa_str
fa_script_callback(struct fa_str page, struct fa_str key)
{
	const struct fa_str name = FA_STR("AF_initDataCallback(");
	const struct fa_str wrapped = FA_STR("function(){return ");
	size_t at = fa_str_find(page, name, 0);

	while (at != SIZE_MAX) {
		size_t next = fa_str_find(page, name, at + name.n);
		struct fa_str call = fa_str_sub(page, at + name.n, next);
		size_t data;

		at = next;
		if (!has_key(call, key))
			continue;
		data = find_member(call, FA_STR("data"));
		if (data == SIZE_MAX)
			continue;
		if (fa_str_starts(fa_str_sub(call, data, call.n), wrapped))
			data += wrapped.n;
		return value_at(call, data);
	}
	return FA_STR_NONE;
}
