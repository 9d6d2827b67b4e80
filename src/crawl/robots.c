/* robots.txt (RFC 9309): asked for before anything else of an origin, known
 * for a day. Asking is an errand: it stands at the host where its redirects
 * have led, and is paced like every request to that host. */
#include <string.h>

#include "base/gzip.h"
#include "crawl/internal.h"
#include "evidence/warc_read.h"

#define ERRAND_BYTES (64u << 10)
#define KEPT_BYTES ((size_t)4 << 20)
#define ROBOTS_HOPS 5 /* RFC 9309 2.3.1.2: at least five */

/* After any change of an errand. */
static void
note(struct fa_crawl *c, const struct fa_errand *e)
{
	size_t i = (size_t)(e - c->errands);

	c->errand_at[i] = e->used && !e->live ? e->at_host + 1 : 0;
	c->errand_key[i] = e->used ? fa_str_hash(e->origin) | 1 : 0;
}

struct fa_errand *
fa_crawl_errand(struct fa_crawl *c, uint32_t host)
{
	for (size_t i = 0; i < c->errands_n; i++)
		if (c->errand_at[i] == host + 1)
			return &c->errands[i];
	return NULL;
}

void
fa_crawl_errand_live(struct fa_crawl *c, struct fa_errand *e, bool live)
{
	e->live = live;
	note(c, e);
}

static struct fa_errand *
errand_of(struct fa_crawl *c, struct fa_str origin)
{
	uint32_t key = fa_str_hash(origin) | 1;

	for (size_t i = 0; i < c->errands_n; i++)
		if (c->errand_key[i] == key &&
			fa_str_eq(c->errands[i].origin, origin))
			return &c->errands[i];
	return NULL;
}

/* NULL: all are used. */
static struct fa_errand *
free_errand(struct fa_crawl *c)
{
	if (c->errands_used == FA_CRAWL_ERRANDS)
		return NULL;
	for (size_t i = 0; i < c->errands_n; i++)
		if (c->errand_key[i] == 0)
			return &c->errands[i];
	return &c->errands[c->errands_n++];
}

/* A host waits until an errand is free. */
static int
be_patient(struct fa_crawl *c, uint32_t host, struct fa_err *err)
{
	uint32_t *p;

	if (c->patient_first > 0 && c->patient_first * 2 >= c->patient_n) {
		c->patient_n -= c->patient_first;
		memmove(c->patient, c->patient + c->patient_first,
			c->patient_n * sizeof(*c->patient));
		c->patient_first = 0;
	}
	p = fa_arena_grow(&c->arena, c->patient, &c->patient_cap,
		c->patient_n + 1, sizeof(*p));
	if (!p)
		return fa_fail(err, FA_E_NOMEM, "no memory for robots.txt");
	c->patient = p;
	c->patient[c->patient_n++] = host;
	return FA_OK;
}

void
fa_crawl_errands_go_on(struct fa_crawl *c)
{
	size_t room = FA_CRAWL_ERRANDS - c->errands_used;

	for (; room > 0 && c->patient_first < c->patient_n; room--)
		fa_pace_wake(c->o->pace, c->patient[c->patient_first++], 0);
}

static int
send_errand(struct fa_crawl *c, uint32_t host, struct fa_str origin,
	struct fa_err *err)
{
	struct fa_errand *e = free_errand(c);
	struct fa_buf url;

	if (!e)
		return be_patient(c, host, err);
	memset(e, 0, sizeof(*e));
	fa_arena_init(&e->arena, ERRAND_BYTES);
	fa_buf_init(&url, FA_URL_BYTES + 16);
	fa_buf_add(&url, origin);
	fa_buf_adds(&url, "/robots.txt");
	e->origin = fa_arena_dup(&e->arena, origin);
	e->url = url.rc == 0 ? fa_arena_dup(&e->arena, fa_buf_str(&url))
			     : FA_STR_NONE;
	fa_buf_done(&url);
	if (!e->origin.p || !e->url.p) {
		fa_arena_done(&e->arena);
		return fa_fail(err, FA_E_NOMEM, "no memory for robots.txt");
	}
	e->for_host = e->at_host = host;
	e->used = true;
	c->errands_used++;
	note(c, e);
	fa_pace_wake(c->o->pace, host, 0);
	return FA_OK;
}

static struct fa_robots_kept *
slot_of(struct fa_crawl *c, struct fa_str origin)
{
	return &c->kept[fa_str_hash(origin) % FA_CRAWL_ROBOTS_KEPT];
}

/* Makes what is known about an origin ready for use. */
static int
keep(struct fa_robots_kept **out, struct fa_crawl *c, struct fa_str origin,
	const struct fa_store_robots *r, struct fa_err *err)
{
	struct fa_robots_kept *k = slot_of(c, origin);
	int rc = FA_OK;

	fa_arena_done(&k->arena);
	memset(k, 0, sizeof(*k));
	fa_arena_init(&k->arena, KEPT_BYTES);
	k->until_ms = r->at_ms + FA_ROBOTS_MAX_AGE_MS;
	k->outcome = r->outcome;
	if (r->outcome == FA_OUT_OK && r->body.p) {
		k->leave = FA_LEAVE_RULES;
		/* A host with more rules than fit is not asked at all. */
		if (fa_robots_parse(&k->rules, r->body, fa_str_c(c->o->agent),
			    &k->arena, err) == FA_OK) {
			k->delay_ms = fa_robots_delay_ms(k->rules);
		} else {
			k->leave = FA_LEAVE_NONE;
			k->outcome = FA_OUT_ROBOTS;
			fa_arena_done(&k->arena);
		}
	} else {
		k->leave =
			r->outcome == FA_OUT_OK ? FA_LEAVE_ALL : FA_LEAVE_NONE;
	}
	k->origin = fa_arena_dup(&k->arena, origin);
	if (rc == FA_OK && !k->origin.p)
		rc = fa_fail(err, FA_E_NOMEM, "no memory for robots.txt");
	*out = k;
	return rc;
}

/* What is known about an origin and not too old: 1, or 0. */
static int
known(struct fa_robots_kept **out, struct fa_crawl *c, struct fa_str origin,
	struct fa_err *err)
{
	struct fa_robots_kept *k = slot_of(c, origin);
	struct fa_store_robots r;
	int64_t now = fa_crawl_now_ms();
	int rc;

	if (fa_str_eq(k->origin, origin) && now < k->until_ms) {
		*out = k;
		return 1;
	}
	fa_arena_reset(&c->scratch);
	rc = fa_store_get_robots(&r, c->store, origin, &c->scratch, err);
	/* What comes from the future was noted when the clock was wrong. */
	if (rc != 1 || now >= r.at_ms + FA_ROBOTS_MAX_AGE_MS ||
		r.at_ms - now > FA_ROBOTS_MAX_AGE_MS)
		return rc < 0 ? rc : 0;
	/* A new pass asks again for what could not be had in the last one. */
	if (r.outcome != FA_OUT_OK && r.at_ms < c->rules.fresh_ms)
		return 0;
	rc = keep(out, c, origin, &r, err);
	return rc < 0 ? rc : 1;
}

/* Cuts a canonical URL into origin and target. */
static void
split(struct fa_str url, struct fa_str *origin, struct fa_str *target)
{
	size_t i = fa_str_find(url, FA_STR("//"), 0) + 2;

	while (i < url.n && url.p[i] != '/')
		i++;
	*origin = fa_str_sub(url, 0, i);
	*target = fa_str_sub(url, i, url.n);
}

int
fa_crawl_may(enum fa_may *out, enum fa_outcome *why, struct fa_crawl *c,
	uint32_t host, struct fa_str url, struct fa_err *err)
{
	struct fa_str origin, target;
	struct fa_robots_kept *k;
	int rc;

	*out = FA_MAY;
	if (c->o->ignore_robots || c->o->offline)
		return FA_OK;
	split(url, &origin, &target);
	rc = known(&k, c, origin, err);
	if (rc < 0)
		return rc;
	if (rc == 0) {
		*out = FA_MAY_LATER;
		return errand_of(c, origin) ? FA_OK
					    : send_errand(c, host, origin, err);
	}
	fa_pace_set_delay(c->o->pace, host, k->delay_ms);
	if (k->leave == FA_LEAVE_NONE) {
		*out = FA_MAY_NOT;
		*why = k->outcome == FA_OUT_SERVER_ERROR ? FA_OUT_ROBOTS
							 : k->outcome;
	} else if (k->leave == FA_LEAVE_RULES &&
		!fa_robots_allows(k->rules, target)) {
		*out = FA_MAY_NOT;
		*why = FA_OUT_ROBOTS;
	}
	return FA_OK;
}

/* The errand is done: what is known goes into the store, and the host that
 * waits for it is woken. */
static int
conclude(struct fa_crawl *c, struct fa_errand *e,
	const struct fa_store_robots *r, struct fa_err *err)
{
	struct fa_robots_kept *k;
	uint32_t host = e->for_host;
	int rc = fa_store_put_robots(c->store, e->origin, r, err);

	if (rc == FA_OK)
		rc = keep(&k, c, e->origin, r, err);
	if (rc == FA_OK && k->delay_ms > 0) {
		/* The pause counts from this request on. */
		fa_pace_set_delay(c->o->pace, host, k->delay_ms);
		fa_pace_hold(c->o->pace, host, fa_crawl_now_ms() + k->delay_ms);
	}
	fa_arena_done(&e->arena);
	memset(e, 0, sizeof(*e));
	c->errands_used--;
	note(c, e);
	fa_pace_wake(c->o->pace, host, 0);
	return rc;
}

/* Goes where a redirect leads: 1, or 0 when it leads nowhere. */
static int
move_on(struct fa_crawl *c, struct fa_errand *e, const struct fa_exchange *x,
	struct fa_err *err)
{
	struct fa_url to;
	struct fa_err why;
	int rc = fa_url_parse(&to, x->location, &c->scratch, &why);

	if (rc < 0 || e->hops == ROBOTS_HOPS)
		return rc == FA_E_NOMEM ? fa_fail(err, rc, "%s", why.msg) : 0;
	e->url = fa_arena_dup(&e->arena, to.text);
	if (!e->url.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for robots.txt");
	e->hops++;
	rc = fa_pace_host(&e->at_host, c->o->pace, to.host, err);
	if (rc < 0)
		return rc;
	note(c, e);
	fa_pace_wake(c->o->pace, e->at_host, 0);
	return 1;
}

/* RFC 9309 2.3.1.3 and 2.3.1.4: what cannot be had (4xx) restricts nothing,
 * what cannot be reached (5xx, and 429, which says "not now") forbids all. */
static enum fa_outcome
outcome_of(const struct fa_exchange *x)
{
	if (x->outcome == FA_OUT_TOO_LARGE && x->status == 200)
		return FA_OUT_OK;
	if (x->outcome != FA_OUT_OK)
		return x->outcome;
	return x->status >= 500 || x->status == 429 ? FA_OUT_SERVER_ERROR
						    : FA_OUT_OK;
}

/* A host that goes on failing is asked again, later; the page that waits for
 * it waits too. */
static int
try_again(struct fa_crawl *c, struct fa_errand *e, const struct fa_exchange *x,
	struct fa_err *err)
{
	int64_t wait = fa_crawl_backoff_ms(c, e->tries, e->origin);
	int64_t now = fa_crawl_now_ms();

	if (wait < x->retry_after_ms)
		wait = x->retry_after_ms;
	e->tries++;
	c->stats.retried++;
	fa_pace_hold(c->o->pace, e->at_host, now + wait);
	if (x->retry_after_ms > 0) {
		int rc = fa_store_hold_host(c->store,
			fa_pace_name(c->o->pace, e->for_host), now + wait, err);

		if (rc < 0)
			return rc;
	}
	fa_pace_wake(c->o->pace, e->at_host, now + wait);
	return FA_OK;
}

static int
set_body(struct fa_store_robots *r, struct fa_crawl *c,
	const struct fa_exchange *x, struct fa_err *err)
{
	struct fa_err why;
	int rc;

	if (x->status != 200)
		return FA_OK;
	rc = fa_http_decode(&r->body, x->body,
		fa_http_field(x->head, "Content-Encoding"),
		FA_CRAWL_DECODED_BYTES, &c->scratch, &why);
	if (rc == FA_E_NOMEM)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc < 0) /* broken coding: nothing in it can be obeyed */
		r->body = FA_STR("");
	r->body = fa_str_sub(r->body, 0, FA_ROBOTS_BYTES);
	return FA_OK;
}

/* Archives the answer, and tells the witness of it. */
static int
keep_answer(struct fa_crawl *c, const struct fa_errand *e,
	const struct fa_exchange *x, enum fa_outcome outcome,
	struct fa_err *err)
{
	struct fa_crawl_event event = { .url = e->url,
		.robots = true,
		.x = x,
		.outcome = outcome,
		.detail = x->detail[0] ? fa_str_c(x->detail) : FA_STR_NONE,
		.tries = e->tries,
		.final = outcome == FA_OUT_OK || e->tries + 1 >= c->o->tries ||
			!fa_outcome_passes(outcome),
		.place = &c->place };
	struct fa_capture capture;
	int64_t url;
	int rc = fa_store_put_url(&url, c->store, e->url,
		fa_pace_name(c->o->pace, e->at_host), err);

	if (rc == FA_OK)
		rc = fa_crawl_archive(&capture, c, x, url, e->url, NULL, err);
	if (rc < 0)
		return rc;
	event.capture = &capture;
	if (x->status >= 300 && x->status < 400)
		event.redirect = x->location;
	return fa_crawl_tell(c, &event, err);
}

int
fa_crawl_robots_end(struct fa_crawl *c, size_t errand,
	const struct fa_exchange *x, struct fa_err *err)
{
	struct fa_errand *e = &c->errands[errand];
	struct fa_store_robots r = { .at_ms = x->at_us / 1000,
		.outcome = outcome_of(x),
		.status = x->status };
	int rc;

	fa_crawl_errand_live(c, e, false);
	fa_arena_reset(&c->scratch);
	rc = keep_answer(c, e, x, r.outcome, err);
	if (rc == FA_OK && x->status >= 300 && x->status < 400 &&
		x->location.n > 0) {
		rc = move_on(c, e, x, err);
		if (rc != 0)
			return rc < 0 ? rc : FA_OK;
	}
	if (rc < 0)
		return rc;
	if (r.outcome != FA_OUT_OK && e->tries + 1 < c->o->tries &&
		fa_outcome_passes(r.outcome))
		return try_again(c, e, x, err);
	rc = set_body(&r, c, x, err);
	return rc < 0 ? rc : conclude(c, e, &r, err);
}
