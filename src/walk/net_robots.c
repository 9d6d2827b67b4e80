/* robots.txt (RFC 9309) for a walk: asked for before anything else of an
 * origin, and once. */
#include <stdio.h>
#include <string.h>

#include "base/gzip.h"
#include "evidence/warc_read.h"
#include "fetch/url.h"
#include "walk/net_internal.h"

#define ROBOTS_TAG ((int64_t)1 << 32)
#define ORIGIN_BYTES ((size_t)32 << 20)
#define HOPS 5 /* RFC 9309, 2.3.1.2 */

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for robots.txt");
}

static struct fa_net_origin *
find(struct fa_net_live *l, struct fa_str origin)
{
	for (size_t i = 0; i < l->origins_n; i++)
		if (fa_str_eq(l->origins[i].origin, origin))
			return &l->origins[i];
	return NULL;
}

/* A new origin, in the place of an old one when there are too many. */
static int
add(struct fa_net_origin **out, struct fa_walk_net *n,
	const struct fa_net_pending *p, struct fa_err *err)
{
	struct fa_net_live *l = n->live;
	struct fa_net_origin *o = NULL;
	char url[FA_URL_BYTES + 16];

	if (l->origins_n < FA_WALK_NET_ORIGINS)
		o = &l->origins[l->origins_n++];
	for (size_t i = 0; i < FA_WALK_NET_ORIGINS && !o; i++)
		if (!l->origins[i].live)
			o = &l->origins[i];
	if (!o)
		return no_memory(err);
	fa_arena_done(&o->arena);
	memset(o, 0, sizeof(*o));
	fa_arena_init(&o->arena, ORIGIN_BYTES);
	(void)snprintf(
		url, sizeof(url), "%.*s/robots.txt", FA_STR_ARG(p->origin));
	o->origin = fa_arena_dup(&o->arena, p->origin);
	o->host = fa_arena_dup(&o->arena, p->host);
	o->url = fa_arena_dup(&o->arena, fa_str_c(url));
	*out = o;
	return o->origin.p && o->host.p && o->url.p ? FA_OK : no_memory(err);
}

int
fa_net_robots_may(const char **why, struct fa_walk_net *n,
	const struct fa_net_pending *p, struct fa_err *err)
{
	struct fa_net_origin *o;
	int rc;

	if (n->o.ignore_robots)
		return 1;
	o = find(n->live, p->origin);
	if (!o) {
		rc = add(&o, n, p, err);
		return rc < 0 ? rc : 2;
	}
	switch (o->leave) {
	case FA_NET_ALL:
		return 1;
	case FA_NET_NOTHING:
		*why = o->why;
		return 0;
	case FA_NET_RULES:
		*why = "robots.txt forbids it";
		return fa_robots_allows(o->rules, p->target);
	default:
		return 2;
	}
}

uint32_t
fa_net_robots_delay_ms(const struct fa_walk_net *n, struct fa_str origin)
{
	const struct fa_net_origin *o = find(n->live, origin);

	return o != NULL && o->delay_ms > n->o.delay_ms ? o->delay_ms
							: n->o.delay_ms;
}

int
fa_net_robots_ask(struct fa_walk_net *n, struct fa_err *err)
{
	struct fa_net_live *l = n->live;

	for (size_t i = 0; i < l->origins_n; i++) {
		struct fa_net_origin *o = &l->origins[i];
		struct fa_fetch_request r = { .tag = ROBOTS_TAG + (int64_t)i,
			.url = o->url };
		int rc;

		if ((o->leave != FA_NET_UNKNOWN && o->leave != FA_NET_ASKED) ||
			o->live || !fa_net_host_is_free(n, o->host) ||
			n->o.fetcher.room(n->o.fetcher.self) == 0)
			continue;
		rc = n->o.fetcher.start(n->o.fetcher.self, &r, err);
		if (rc < 0)
			return rc;
		o->leave = FA_NET_ASKED;
		o->live = true;
		l->live++;
		n->stats.fetched++;
	}
	return FA_OK;
}

static int
forbid(struct fa_net_origin *o, const char *why)
{
	o->leave = FA_NET_NOTHING;
	(void)snprintf(o->why, sizeof(o->why), "robots.txt: %.400s", why);
	return FA_OK;
}

static int
move_on(struct fa_walk_net *n, struct fa_net_origin *o,
	const struct fa_exchange *x, struct fa_err *err)
{
	struct fa_url to;
	struct fa_err why;
	int rc = fa_url_parse(&to, x->location, &n->scratch, &why);

	if (rc == FA_E_NOMEM)
		return no_memory(err);
	if (rc < 0 || o->hops == HOPS) {
		o->leave = FA_NET_ALL;
		return FA_OK;
	}
	o->hops++;
	o->url = fa_arena_dup(&o->arena, to.text);
	o->host = fa_arena_dup(&o->arena, to.host);
	return o->url.p && o->host.p ? FA_OK : no_memory(err);
}

static int
parse(struct fa_walk_net *n, struct fa_net_origin *o,
	const struct fa_exchange *x, struct fa_err *err)
{
	struct fa_str text;
	struct fa_err why;
	int rc = fa_http_decode(&text, x->body,
		fa_http_field(x->head, "Content-Encoding"), 16u << 20,
		&n->scratch, &why);

	if (rc == FA_OK)
		rc = fa_robots_parse(
			&o->rules, text, fa_str_c(n->o.agent), &o->arena, &why);
	(void)err;
	if (rc < 0)
		return forbid(o, why.msg);
	o->leave = FA_NET_RULES;
	o->delay_ms = fa_robots_delay_ms(o->rules);
	return FA_OK;
}

/* RFC 9309 2.3.1.3 and 2.3.1.4: what cannot be had (4xx) restricts nothing,
 * what cannot be reached (5xx, and 429) forbids all. */
int
fa_net_robots_end(struct fa_walk_net *n, size_t origin,
	const struct fa_exchange *x, struct fa_err *err)
{
	struct fa_net_origin *o = &n->live->origins[origin];
	int rc = fa_net_live_archive(n, x, o->url, err);

	fa_arena_reset(&n->scratch);
	o->live = false;
	if (rc < 0)
		return rc;
	if (x->outcome != FA_OUT_OK && x->outcome != FA_OUT_TOO_LARGE)
		return forbid(o,
			x->detail[0] ? x->detail : fa_outcome_name(x->outcome));
	if (x->status >= 500 || x->status == 429)
		return forbid(o, "the server cannot say now");
	if (x->status >= 300 && x->status < 400 && x->location.p)
		return move_on(n, o, x, err);
	if (x->status == 200)
		return parse(n, o, x, err);
	o->leave = FA_NET_ALL;
	return FA_OK;
}
