#include "discover/shape.h"

#include <stddef.h>
#include <stdint.h>

#include "discover/site.h"

static const struct fa_str package_place = FA_STR_INIT("{package}");
static const struct fa_str id_place = FA_STR_INIT("{id}");

/* The length of the place at the start of a pattern, or 0. */
static size_t
place_length(struct fa_str pattern)
{
	if (fa_str_starts(pattern, FA_STR("*")))
		return 1;
	if (fa_str_starts(pattern, package_place))
		return package_place.n;
	return fa_str_starts(pattern, id_place) ? id_place.n : 0;
}

static bool
ends_value(char c)
{
	return c == '/' || c == '?' || c == '&' || c == '#';
}

static bool matches_at(struct fa_shape_key *key, struct fa_str pattern,
	struct fa_str s, unsigned places);

/* A place takes as much as it can, as long as the rest still matches. */
static bool
matches_place(struct fa_shape_key *key, struct fa_str pattern, struct fa_str s,
	unsigned places)
{
	size_t skip = place_length(pattern);
	struct fa_str rest = fa_str_sub(pattern, skip, pattern.n);
	size_t max = 0;

	while (max < s.n && !ends_value(s.p[max]))
		max++;
	for (size_t n = max; n > 0 && places > 0; n--) {
		if (!matches_at(key, rest, fa_str_sub(s, n, s.n), places - 1))
			continue;
		if (skip == package_place.n)
			key->package = fa_str_sub(s, 0, n);
		else if (skip == id_place.n)
			key->id = fa_str_sub(s, 0, n);
		return true;
	}
	return false;
}

static bool
matches_at(struct fa_shape_key *key, struct fa_str pattern, struct fa_str s,
	unsigned places)
{
	while (pattern.n > 0 && place_length(pattern) == 0) {
		if (s.n == 0 || s.p[0] != pattern.p[0])
			return false;
		pattern = fa_str_sub(pattern, 1, pattern.n);
		s = fa_str_sub(s, 1, s.n);
	}
	if (pattern.n == 0)
		return s.n == 0;
	return matches_place(key, pattern, s, places);
}

static bool
matches(struct fa_shape_key *key, struct fa_str pattern, struct fa_str s)
{
	return matches_at(key, pattern, s, FA_SHAPE_PLACES);
}

static bool
matches_host(struct fa_str pattern, struct fa_str host)
{
	if (!fa_str_starts(pattern, FA_STR("*.")))
		return fa_str_ieq(pattern, host);
	pattern = fa_str_sub(pattern, 1, pattern.n);
	return host.n > pattern.n &&
		fa_str_ieq(
			pattern, fa_str_sub(host, host.n - pattern.n, host.n));
}

static bool
matches_query(
	struct fa_shape_key *key, struct fa_str params, struct fa_str query)
{
	while (params.p != NULL) {
		struct fa_str param = fa_str_cut(&params, '&');
		struct fa_str rest = query;
		bool found = false;

		while (rest.p != NULL && !found)
			found = matches(key, param, fa_str_cut(&rest, '&'));
		if (!found)
			return false;
	}
	return true;
}

/* Cuts a shape like a URL; the query and fragment may be absent. */
static void
cut_shape(struct fa_site_url *out, struct fa_str shape)
{
	struct fa_str rest = shape;
	struct fa_str s;
	size_t slash;

	s = fa_str_cut(&rest, '#');
	out->fragment = rest;
	rest = s;
	s = fa_str_cut(&rest, '?');
	out->query = rest;
	slash = fa_str_find(s, FA_STR("/"), 0);
	out->host = fa_str_sub(s, 0, slash);
	out->path = fa_str_sub(s, slash == SIZE_MAX ? s.n : slash, s.n);
	out->port = FA_STR_NONE;
}

static bool
matches_fragment(struct fa_shape_key *key, struct fa_str shape, struct fa_str s)
{
	struct fa_str params = shape;
	struct fa_str query = s;
	struct fa_str path = fa_str_cut(&params, '?');

	return matches(key, path, fa_str_cut(&query, '?')) &&
		matches_query(key, params, query);
}

static struct fa_str
without_slash(struct fa_str path)
{
	while (path.n > 0 && path.p[path.n - 1] == '/')
		path.n--;
	return path;
}

static bool
matches_path(struct fa_shape_key *key, struct fa_str shape, struct fa_str path)
{
	if (fa_str_ends(shape, FA_STR("/**"))) {
		shape.n -= 3;
		return fa_str_starts(path, shape) &&
			(path.n == shape.n || path.p[shape.n] == '/');
	}
	return matches(key, without_slash(shape), without_slash(path));
}

bool
fa_shape_match(struct fa_shape_key *key, struct fa_str shape, struct fa_str url)
{
	struct fa_shape_key found = { FA_STR_NONE, FA_STR_NONE };
	struct fa_site_url u;
	struct fa_site_url want;

	if (url.n > FA_SHAPE_URL_BYTES || !fa_site_cut(&u, url))
		return false;
	cut_shape(&want, shape);
	if (u.port.n > 0 && !fa_str_eq(u.port, FA_STR("443")) &&
		!fa_str_eq(u.port, FA_STR("80")))
		return false;
	if (!matches_host(want.host, u.host) ||
		!matches_path(&found, want.path, u.path) ||
		!matches_query(&found, want.query, u.query))
		return false;
	if (want.fragment.p != NULL &&
		!matches_fragment(&found, want.fragment, u.fragment))
		return false;
	*key = found;
	return true;
}

static const char *
check_part(struct fa_str s)
{
	unsigned places = 0;

	while (s.n > 0) {
		size_t n = place_length(s);

		if (n == 0 && (s.p[0] == '{' || s.p[0] == '}'))
			return "has braces that are neither {package} nor {id}";
		if (n > 0 && ++places > FA_SHAPE_PLACES)
			return "has more than 4 places for other text in one "
			       "part";
		s = fa_str_sub(s, n > 0 ? n : 1, s.n);
	}
	return NULL;
}

const char *
fa_shape_check(struct fa_str shape)
{
	struct fa_site_url u;
	struct fa_str name;
	const char *wrong;

	if (fa_str_find(shape, FA_STR("://"), 0) != SIZE_MAX)
		return "has a scheme; expected a host and a path";
	cut_shape(&u, shape);
	name = u.host;
	if (fa_str_starts(name, FA_STR("*.")))
		name = fa_str_sub(name, 2, name.n);
	if (name.n == 0 || fa_str_find(name, FA_STR("."), 0) == SIZE_MAX)
		return "does not begin with the name of a host";
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			    c == '-' || c == '.'))
			return "has a host with other characters than small "
			       "letters, digits, - and .";
	}
	if (fa_str_ends(u.path, FA_STR("/**")))
		u.path.n -= 3;
	wrong = check_part(u.path);
	if (wrong == NULL)
		wrong = check_part(u.query);
	return wrong == NULL ? check_part(u.fragment) : wrong;
}
