/* Hosts that have something to do stand in a heap by the time at which they
 * may be asked; a host that is being asked, or has nothing to do, stands in
 * none. A host whose address is not free stands in the queue of that address.
 * Of a queue only the first host is in the heap too, for when the address has
 * had its pause; while the address has as many requests as it may have, not
 * even that one, until a request ends. So thousands of hosts on one address
 * cost nothing while they wait. */
#include "fetch/pace.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "fetch/guard.h"

#define ARENA_BYTES ((size_t)2 << 30)
#define NO_ADDRESS UINT32_MAX
#define NOT_WAITING UINT32_MAX
#define NO_HOST UINT32_MAX

struct host {
	struct fa_str name;
	int64_t due_ms;  /* place in the heap */
	int64_t free_ms; /* not before: pause, Retry-After */
	uint32_t delay_ms;
	uint32_t address; /* of its last connection */
	uint32_t place;   /* in the heap */
	uint32_t behind;  /* the next one in the queue of the address */
	bool queued;      /* stands in the queue of its address */
	bool asked;       /* a request is under way */
	bool denied;      /* its request got no connection */
};

struct address {
	char ip[FA_GUARD_TEXT_BYTES];
	uint32_t live;
	int64_t free_ms;
	uint32_t first, last; /* hosts that wait for it */
};

/* Open addressing; a slot holds an index + 1. */
struct table {
	uint32_t *slot;
	size_t cap; /* a power of two, or 0 */
};

struct fa_pace {
	struct fa_arena arena;
	struct fa_pace_opts opts;
	struct host *hosts;
	size_t hosts_n, hosts_cap;
	struct address *addresses;
	size_t addresses_n, addresses_cap;
	struct table by_name, by_ip;
	uint32_t *heap;
	size_t heap_n, heap_cap;
};

int
fa_pace_new(struct fa_pace **out, const struct fa_pace_opts *opts,
	struct fa_err *err)
{
	struct fa_arena arena;
	struct fa_pace *p;

	assert(opts->per_address > 0);
	fa_arena_init(&arena, ARENA_BYTES);
	p = fa_arena_new(&arena, 1, sizeof(*p));
	if (!p)
		return fa_fail(err, FA_E_NOMEM, "no memory for hosts");
	p->opts = *opts;
	p->arena = arena;
	*out = p;
	return FA_OK;
}

void
fa_pace_free(struct fa_pace *p)
{
	struct fa_arena arena;

	if (!p)
		return;
	arena = p->arena;
	fa_arena_done(&arena);
}

static struct fa_str
name_of(const struct fa_pace *p, bool ip, uint32_t i)
{
	return ip ? fa_str_c(p->addresses[i].ip) : p->hosts[i].name;
}

/* The slot of a key: the one that holds it, or the empty one for it. */
static size_t
find_slot(const struct fa_pace *p, const struct table *t, bool ip,
	struct fa_str key)
{
	size_t i = fa_str_hash(key) & (t->cap - 1);

	while (t->slot[i] && !fa_str_eq(name_of(p, ip, t->slot[i] - 1), key))
		i = (i + 1) & (t->cap - 1);
	return i;
}

static bool
make_room(struct fa_pace *p, struct table *t, bool ip, size_t n)
{
	struct table bigger = { NULL, t->cap ? t->cap * 2 : 64 };

	if ((n + 1) * 2 <= t->cap)
		return true;
	bigger.slot = fa_arena_new(&p->arena, bigger.cap, sizeof(*bigger.slot));
	if (!bigger.slot)
		return false;
	for (size_t i = 0; i < t->cap; i++) {
		if (t->slot[i])
			bigger.slot[find_slot(p, &bigger, ip,
				name_of(p, ip, t->slot[i] - 1))] = t->slot[i];
	}
	*t = bigger;
	return true;
}

int
fa_pace_host(uint32_t *out, struct fa_pace *p, struct fa_str host,
	struct fa_err *err)
{
	struct host *h;
	uint32_t *heap;
	size_t slot;

	if (!make_room(p, &p->by_name, false, p->hosts_n))
		return fa_fail(err, FA_E_NOMEM, "no memory for hosts");
	slot = find_slot(p, &p->by_name, false, host);
	if (p->by_name.slot[slot]) {
		*out = p->by_name.slot[slot] - 1;
		return FA_OK;
	}
	if (p->hosts_n == FA_PACE_HOSTS_MAX)
		return fa_fail(err, FA_E_LIMIT, "more than %u hosts",
			FA_PACE_HOSTS_MAX);
	h = fa_arena_grow(
		&p->arena, p->hosts, &p->hosts_cap, p->hosts_n + 1, sizeof(*h));
	if (h)
		p->hosts = h;
	/* The heap has room for all, so that nothing fails later. */
	heap = fa_arena_grow(&p->arena, p->heap, &p->heap_cap, p->hosts_n + 1,
		sizeof(*heap));
	if (heap)
		p->heap = heap;
	if (!h || !heap)
		return fa_fail(err, FA_E_NOMEM, "no memory for hosts");
	h += p->hosts_n;
	*h = (struct host){ .name = fa_arena_dup(&p->arena, host),
		.address = NO_ADDRESS,
		.place = NOT_WAITING,
		.delay_ms = p->opts.host_delay_ms };
	if (!h->name.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for hosts");
	*out = (uint32_t)p->hosts_n++;
	p->by_name.slot[slot] = *out + 1;
	return FA_OK;
}

struct fa_str
fa_pace_name(const struct fa_pace *p, uint32_t host)
{
	return p->hosts[host].name;
}

static bool
earlier(const struct fa_pace *p, size_t a, size_t b)
{
	const struct host *x = &p->hosts[p->heap[a]];
	const struct host *y = &p->hosts[p->heap[b]];

	return x->due_ms != y->due_ms ? x->due_ms < y->due_ms
				      : p->heap[a] < p->heap[b];
}

static void
swap(struct fa_pace *p, size_t a, size_t b)
{
	uint32_t t = p->heap[a];

	p->heap[a] = p->heap[b];
	p->heap[b] = t;
	p->hosts[p->heap[a]].place = (uint32_t)a;
	p->hosts[p->heap[b]].place = (uint32_t)b;
}

static void
sift(struct fa_pace *p, size_t i)
{
	for (; i > 0 && earlier(p, i, (i - 1) / 2); i = (i - 1) / 2)
		swap(p, i, (i - 1) / 2);
	for (;;) {
		size_t least = i, left = 2 * i + 1;

		if (left < p->heap_n && earlier(p, left, least))
			least = left;
		if (left + 1 < p->heap_n && earlier(p, left + 1, least))
			least = left + 1;
		if (least == i)
			return;
		swap(p, i, least);
		i = least;
	}
}

static void
take_out(struct fa_pace *p, uint32_t host)
{
	size_t i = p->hosts[host].place;

	swap(p, i, p->heap_n - 1);
	p->heap_n--;
	p->hosts[host].place = NOT_WAITING;
	if (i < p->heap_n)
		sift(p, i);
}

static void
put_in(struct fa_pace *p, uint32_t host, int64_t due_ms)
{
	struct host *h = &p->hosts[host];

	h->due_ms = due_ms;
	if (h->place == NOT_WAITING) {
		h->place = (uint32_t)p->heap_n;
		p->heap[p->heap_n++] = host;
	}
	sift(p, h->place);
}

void
fa_pace_wake(struct fa_pace *p, uint32_t host, int64_t at_ms)
{
	struct host *h = &p->hosts[host];

	if (h->asked || h->queued)
		return;
	if (at_ms < h->free_ms)
		at_ms = h->free_ms;
	if (h->place == NOT_WAITING || h->due_ms > at_ms)
		put_in(p, host, at_ms);
}

static bool
is_taken(const struct fa_pace *p, const struct address *x)
{
	return x->live >= p->opts.per_address;
}

/* The first host that waits for an address is woken, for when that may be
 * free; nobody is while the address is taken. */
static void
call_first(struct fa_pace *p, const struct address *x)
{
	const struct host *h;

	if (x->first == NO_HOST || is_taken(p, x))
		return;
	h = &p->hosts[x->first];
	if (h->place == NOT_WAITING)
		put_in(p, x->first, x->free_ms);
}

static void
enqueue(struct fa_pace *p, struct address *x, uint32_t host)
{
	struct host *h = &p->hosts[host];

	h->queued = true;
	h->behind = NO_HOST;
	if (x->first == NO_HOST)
		x->first = host;
	else
		p->hosts[x->last].behind = host;
	x->last = host;
	call_first(p, x);
}

/* The first of a queue leaves it. */
static void
dequeue(struct fa_pace *p, struct address *x)
{
	struct host *h = &p->hosts[x->first];

	h->queued = false;
	x->first = h->behind;
	call_first(p, x);
}

/* A host whose time has come, and that stands in the heap no more: may it be
 * asked? If not, it has got another place. */
static bool
may_begin(struct fa_pace *p, uint32_t host, int64_t now_ms)
{
	struct host *h = &p->hosts[host];
	struct address *x = NULL;
	bool first;

	if (h->address != NO_ADDRESS)
		x = &p->addresses[h->address];
	first = h->queued;
	if (h->free_ms > now_ms) { /* was told to wait meanwhile */
		if (first)
			dequeue(p, x);
		put_in(p, host, h->free_ms);
		return false;
	}
	if (x &&
		(is_taken(p, x) || x->free_ms > now_ms ||
			(!first && x->first != NO_HOST))) {
		if (first)
			call_first(p, x);
		else
			enqueue(p, x, host);
		return false;
	}
	if (first)
		dequeue(p, x);
	return true;
}

bool
fa_pace_next(uint32_t *host, int64_t *at_ms, struct fa_pace *p, int64_t now_ms)
{
	while (p->heap_n > 0) {
		uint32_t first = p->heap[0];

		if (p->hosts[first].due_ms > now_ms)
			break;
		take_out(p, first);
		if (may_begin(p, first, now_ms)) {
			*host = first;
			return true;
		}
	}
	*at_ms = p->heap_n > 0 ? p->hosts[p->heap[0]].due_ms : INT64_MAX;
	return false;
}

static void
occupy(struct fa_pace *p, uint32_t address, int64_t now_ms)
{
	p->addresses[address].live++;
	p->addresses[address].free_ms = now_ms + p->opts.address_delay_ms;
}

static void
leave(struct fa_pace *p, uint32_t address)
{
	if (address == NO_ADDRESS)
		return;
	p->addresses[address].live--;
	call_first(p, &p->addresses[address]);
}

/* The request is expected to go to the address of the one before; admit
 * corrects that when it does not. */
void
fa_pace_begin(struct fa_pace *p, uint32_t host, int64_t now_ms)
{
	struct host *h = &p->hosts[host];

	assert(!h->asked);
	h->asked = true;
	h->denied = false;
	if (h->address != NO_ADDRESS)
		occupy(p, h->address, now_ms);
}

static uint32_t
find_address(struct fa_pace *p, const char *ip)
{
	struct address *x;
	size_t slot;

	if (!make_room(p, &p->by_ip, true, p->addresses_n))
		return NO_ADDRESS;
	slot = find_slot(p, &p->by_ip, true, fa_str_c(ip));
	if (p->by_ip.slot[slot])
		return p->by_ip.slot[slot] - 1;
	x = fa_arena_grow(&p->arena, p->addresses, &p->addresses_cap,
		p->addresses_n + 1, sizeof(*x));
	if (!x)
		return NO_ADDRESS;
	p->addresses = x;
	x += p->addresses_n;
	*x = (struct address){ .first = NO_HOST, .last = NO_HOST };
	memcpy(x->ip, ip, strnlen(ip, sizeof(x->ip) - 1));
	p->by_ip.slot[slot] = (uint32_t)++p->addresses_n;
	return (uint32_t)(p->addresses_n - 1);
}

/* Without memory for an address there is no telling whether it is busy: then
 * the answer is no. */
bool
fa_pace_admit(struct fa_pace *p, uint32_t host, const char *ip, int64_t now_ms)
{
	struct host *h = &p->hosts[host];
	uint32_t address = find_address(p, ip);
	const struct address *x;

	if (address == NO_ADDRESS)
		return false;
	if (h->address == address)
		return !h->denied;
	x = &p->addresses[address];
	if (x->live >= p->opts.per_address || x->free_ms > now_ms) {
		/* Wait for this one, not for the one of the last request. */
		leave(p, h->address);
		h->address = address;
		p->addresses[address].live++;
		h->denied = true;
		return false;
	}
	leave(p, h->address);
	h->address = address;
	h->denied = false;
	occupy(p, address, now_ms);
	return true;
}

static int64_t
pause_of(const struct host *h, const struct fa_pace *p, uint32_t took_ms)
{
	uint32_t slow =
		took_ms < FA_PACE_SLOW_MAX_MS ? took_ms : FA_PACE_SLOW_MAX_MS;

	if (p->opts.host_delay_ms == 0 || slow < h->delay_ms)
		return h->delay_ms;
	return slow;
}

void
fa_pace_end(struct fa_pace *p, uint32_t host, int64_t now_ms, uint32_t took_ms,
	bool busy)
{
	struct host *h = &p->hosts[host];
	int64_t free_ms = now_ms;

	assert(h->asked);
	h->asked = false;
	leave(p, h->address);
	if (!busy)
		free_ms += pause_of(h, p, took_ms);
	if (h->free_ms < free_ms)
		h->free_ms = free_ms;
	put_in(p, host, h->free_ms);
}

void
fa_pace_hold(struct fa_pace *p, uint32_t host, int64_t until_ms)
{
	struct host *h = &p->hosts[host];

	if (h->free_ms < until_ms)
		h->free_ms = until_ms;
	/* Those behind it in a queue do not wait for that. */
	if (h->place != NOT_WAITING && !h->queued && h->due_ms < until_ms) {
		h->due_ms = until_ms;
		sift(p, h->place);
	}
}

void
fa_pace_set_delay(struct fa_pace *p, uint32_t host, uint32_t delay_ms)
{
	struct host *h = &p->hosts[host];

	h->delay_ms = delay_ms > p->opts.host_delay_ms ? delay_ms
						       : p->opts.host_delay_ms;
}
