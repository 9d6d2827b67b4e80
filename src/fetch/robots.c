/* RFC 9309 2.2:
 *
 *     robotstxt = *(group / emptyline)
 *     group = startgroupline *(startgroupline / emptyline)
 *             *(rule / emptyline)
 *     startgroupline = "user-agent" ":" product-token
 *     rule = ("allow" / "disallow") ":" (path-pattern / empty)
 *
 * All groups that name our product token are one; if there is none, all groups
 * of "*" are. Other records, Crawl-delay among them, never end a group (2.2.4):
 *
 *     User-agent: a
 *     Crawl-delay: 5
 *     User-agent: b
 *     Disallow: /x
 *
 * is one group of a and b, although the delay is for a. Beyond the grammar, as
 * the parser of the RFC's authors does: some misspelt keys, and a blank in
 * place of the colon when there are just two words. To obey what was meant
 * costs nothing. */
#include "fetch/robots.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "fetch/robots_rule.h"

enum key { KEY_AGENT, KEY_ALLOW, KEY_DISALLOW, KEY_DELAY, KEY_OTHER };

static const struct {
	struct fa_str name;
	enum key key;
} keys[] = {
	{ FA_STR_INIT("user-agent"), KEY_AGENT },
	{ FA_STR_INIT("useragent"), KEY_AGENT },
	{ FA_STR_INIT("user agent"), KEY_AGENT },
	{ FA_STR_INIT("allow"), KEY_ALLOW },
	{ FA_STR_INIT("disallow"), KEY_DISALLOW },
	{ FA_STR_INIT("dissallow"), KEY_DISALLOW },
	{ FA_STR_INIT("dissalow"), KEY_DISALLOW },
	{ FA_STR_INIT("disalow"), KEY_DISALLOW },
	{ FA_STR_INIT("diasllow"), KEY_DISALLOW },
	{ FA_STR_INIT("disallaw"), KEY_DISALLOW },
	{ FA_STR_INIT("crawl-delay"), KEY_DELAY },
	{ FA_STR_INIT("crawl delay"), KEY_DELAY },
};

/* Rules and delay of all groups with one name. */
struct voice {
	struct fa_robots_rule *rules;
	size_t n, cap;
	uint32_t delay_ms;
	bool seen;
};

struct fa_robots {
	const struct fa_robots_rule *rules; /* the most specific first */
	size_t n;
	uint32_t delay_ms;
};

struct reader {
	struct fa_arena *a;
	struct fa_str token; /* of ours */
	struct voice ours, all;
	/* The group that is being read. */
	bool for_us, for_all;
	bool has_rules; /* its list of agents is complete */
};

/* The key and value of a line without its comment. */
static enum key
cut_line(struct fa_str *value, struct fa_str line)
{
	struct fa_str rest = line, key;

	if (line.n > 0 && memchr(line.p, ':', line.n) != NULL) {
		key = fa_str_trim(fa_str_cut(&rest, ':'));
		*value = fa_str_trim(rest);
	} else {
		size_t n = 0;

		while (n < line.n && line.p[n] != ' ' && line.p[n] != '\t')
			n++;
		key = fa_str_sub(line, 0, n);
		*value = fa_str_trim(fa_str_sub(line, n, line.n));
		if (value->n == 0 || memchr(value->p, ' ', value->n) ||
			memchr(value->p, '\t', value->n))
			return KEY_OTHER;
	}
	for (size_t i = 0; i < FA_COUNT(keys); i++) {
		if (fa_str_ieq(key, keys[i].name))
			return keys[i].key;
	}
	return KEY_OTHER;
}

/* RFC 9309 2.2.1: letters, "_" and "-". A version, "faceaudit/1.0", a
 * trailing asterisk or a second word behind the token is not part of it;
 * anything else makes it no token, and the result is empty. */
static struct fa_str
product_token(struct fa_str s)
{
	size_t n = 0;

	while (n < s.n &&
		((s.p[n] >= 'a' && s.p[n] <= 'z') ||
			(s.p[n] >= 'A' && s.p[n] <= 'Z') || s.p[n] == '_' ||
			s.p[n] == '-'))
		n++;
	if (n < s.n && s.p[n] != ' ' && s.p[n] != '\t' && s.p[n] != '/' &&
		s.p[n] != '*')
		n = 0;
	return fa_str_sub(s, 0, n);
}

static bool
names_all(struct fa_str s)
{
	return fa_str_starts(s, FA_STR("*")) &&
		(s.n == 1 || s.p[1] == ' ' || s.p[1] == '\t');
}

static void
add_agent(struct reader *r, struct fa_str value)
{
	if (r->has_rules)
		r->for_us = r->for_all = r->has_rules = false;
	if (r->token.n > 0 && fa_str_ieq(product_token(value), r->token))
		r->for_us = r->ours.seen = true;
	if (names_all(value))
		r->for_all = r->all.seen = true;
}

static bool
append(struct voice *v, const struct fa_robots_rule *rule, struct fa_arena *a)
{
	struct fa_robots_rule *grown =
		fa_arena_grow(a, v->rules, &v->cap, v->n + 1, sizeof(*grown));

	if (grown == NULL)
		return false;
	v->rules = grown;
	v->rules[v->n++] = *rule;
	return true;
}

/* A pattern that begins neither with "/" nor with "*" matches no path; an
 * empty one is no rule, but ends the list of agents. */
static bool
add_rule(struct reader *r, struct fa_str pattern, bool allow)
{
	struct fa_robots_rule rule;

	r->has_rules = true;
	if (!r->for_us && !r->for_all)
		return true;
	if (pattern.n == 0 || (pattern.p[0] != '/' && pattern.p[0] != '*'))
		return true;
	if (!fa_robots_rule_init(&rule, pattern, r->a))
		return false;
	rule.allow = allow;
	return (!r->for_us || append(&r->ours, &rule, r->a)) &&
		(!r->for_all || append(&r->all, &rule, r->a));
}

static bool
all_digits(struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	}
	return true;
}

/* Seconds with an optional fraction, cut to whole milliseconds; 0 for anything
 * else. */
static uint32_t
read_delay(struct fa_str value)
{
	struct fa_str fraction = value, whole = fa_str_cut(&fraction, '.');
	uint64_t seconds = 0, ms = 0;

	if (whole.n + fraction.n == 0 || !all_digits(whole) ||
		!all_digits(fraction))
		return 0;
	if (whole.n > 0 &&
		!fa_num_u64(whole, FA_ROBOTS_DELAY_MAX_MS / 1000, &seconds))
		return FA_ROBOTS_DELAY_MAX_MS;
	for (size_t i = 0; i < 3; i++)
		ms = ms * 10 +
			(uint64_t)(i < fraction.n ? fraction.p[i] - '0' : 0);
	ms += seconds * 1000;
	return (uint32_t)(ms < FA_ROBOTS_DELAY_MAX_MS ? ms
						      : FA_ROBOTS_DELAY_MAX_MS);
}

/* Not of the RFC: a delay is for the agents named so far, not for those that
 * the group may still get. People write it as if it were a rule. */
static void
add_delay(struct reader *r, uint32_t ms)
{
	if (r->for_us && r->ours.delay_ms < ms)
		r->ours.delay_ms = ms;
	if (r->for_all && r->all.delay_ms < ms)
		r->all.delay_ms = ms;
}

static bool
read_line(struct reader *r, struct fa_str line)
{
	struct fa_str value, rest = line;

	switch (cut_line(&value, fa_str_trim(fa_str_cut(&rest, '#')))) {
	case KEY_AGENT:
		add_agent(r, value);
		return true;
	case KEY_ALLOW:
		return add_rule(r, value, true);
	case KEY_DISALLOW:
		return add_rule(r, value, false);
	case KEY_DELAY:
		add_delay(r, read_delay(value));
		return true;
	case KEY_OTHER:
		break;
	}
	return true;
}

/* Lines end in CR, LF or both (2.2). A line that the limit cuts through is
 * left out: half a path would be another rule. */
static bool
read_lines(struct reader *r, struct fa_str text)
{
	bool whole = text.n <= FA_ROBOTS_BYTES;
	size_t end = whole ? text.n : FA_ROBOTS_BYTES;
	size_t begin = 0;

	if (fa_str_starts(text, FA_STR("\xef\xbb\xbf")))
		begin = 3;
	for (size_t i = begin; i <= end; i++) {
		bool at_break =
			i < text.n && (text.p[i] == '\n' || text.p[i] == '\r');

		if (!at_break && i < end)
			continue;
		if (!at_break && !whole)
			break;
		if (!read_line(r, fa_str_sub(text, begin, i)))
			return false;
		begin = i + 1;
	}
	return true;
}

/* What decides stands first: more octets, then Allow (2.2.2). */
static int
by_weight(const void *pa, const void *pb)
{
	const struct fa_robots_rule *a = pa, *b = pb;

	if (a->octets != b->octets)
		return a->octets < b->octets ? 1 : -1;
	return (int)b->allow - (int)a->allow;
}

int
fa_robots_parse(struct fa_robots **out, struct fa_str text, struct fa_str agent,
	struct fa_arena *a, struct fa_err *err)
{
	struct reader r = { .a = a, .token = product_token(agent) };
	struct fa_robots *robots = fa_arena_new(a, 1, sizeof(*robots));
	struct voice *voice;

	if (robots == NULL || !read_lines(&r, text))
		return fa_fail(err, FA_E_NOMEM, "no memory for robots.txt");
	voice = r.ours.seen ? &r.ours : &r.all;
	if (voice->n > 1)
		qsort(voice->rules, voice->n, sizeof(*voice->rules), by_weight);
	robots->rules = voice->rules;
	robots->n = voice->n;
	robots->delay_ms = voice->delay_ms;
	*out = robots;
	return FA_OK;
}

/* The forms of a target that differ from one another. */
struct forms {
	char z[FA_ROBOTS_FORMS][FA_ROBOTS_TARGET_BYTES * FA_ROBOTS_UNIT_BYTES];
	struct fa_str at[FA_ROBOTS_FORMS];
	size_t n;
};

static void
forms_init(struct forms *f, struct fa_str target)
{
	f->n = 0;
	for (int form = 0; form < FA_ROBOTS_FORMS; form++) {
		char *z = f->z[f->n];
		struct fa_str s = { z, 0 };
		bool known = false;

		s.n = fa_robots_canonical(z, target, (enum fa_robots_form)form);
		for (size_t i = 0; i < f->n; i++)
			known |= fa_str_eq(s, f->at[i]);
		if (!known)
			f->at[f->n++] = s;
	}
}

bool
fa_robots_allows(const struct fa_robots *r, struct fa_str target)
{
	struct forms f;

	if (fa_str_eq(target, FA_STR("/robots.txt")))
		return true;
	if (target.n > FA_ROBOTS_TARGET_BYTES)
		return false;
	forms_init(&f, target);
	for (size_t i = 0; i < r->n; i++) {
		for (size_t k = 0; k < f.n; k++) {
			if (fa_robots_rule_matches(&r->rules[i], f.at[k]))
				return r->rules[i].allow;
		}
	}
	return true;
}

uint32_t
fa_robots_delay_ms(const struct fa_robots *r)
{
	return r->delay_ms;
}
