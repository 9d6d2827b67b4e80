#include "flow/path.h"

/* Transitions by the screen they leave: first[s] .. first[s + 1] in order. */
struct leaving {
	uint32_t *first, *order;
};

static int
index_leaving(struct leaving *out, const struct fa_flow *f, struct fa_arena *a,
	struct fa_err *err)
{
	uint32_t *next;

	out->first = fa_arena_new(a, f->screens_n + 2, sizeof(*out->first));
	out->order = fa_arena_new(a, f->transitions_n, sizeof(*out->order));
	next = fa_arena_new(a, f->screens_n + 1, sizeof(*next));
	if (!out->first || !out->order || !next)
		return fa_fail(err, FA_E_NOMEM, "no memory for the flow");
	for (size_t i = 0; i < f->transitions_n; i++)
		out->first[f->transitions[i].from + 1]++;
	for (size_t s = 0; s < f->screens_n; s++) {
		out->first[s + 1] += out->first[s];
		next[s] = out->first[s];
	}
	for (size_t i = 0; i < f->transitions_n; i++)
		out->order[next[f->transitions[i].from]++] = (uint32_t)i;
	return FA_OK;
}

int
fa_flow_ways(struct fa_flow_ways *out, const struct fa_flow *f,
	struct fa_arena *a, struct fa_err *err)
{
	struct leaving l;
	uint32_t *queue = fa_arena_new(a, f->screens_n + 1, sizeof(*queue));
	bool *seen = fa_arena_new(a, f->screens_n + 1, sizeof(*seen));
	size_t head = 0, tail = 0;
	int rc;

	out->flow = f;
	out->via = fa_arena_new(a, f->screens_n + 1, sizeof(*out->via));
	if (!queue || !seen || !out->via)
		return fa_fail(err, FA_E_NOMEM, "no memory for the flow");
	rc = index_leaving(&l, f, a, err);
	if (rc < 0)
		return rc;
	for (size_t s = 0; s < f->screens_n; s++)
		out->via[s] = FA_FLOW_NONE;
	if (f->screens_n == 0)
		return FA_OK;
	seen[f->start] = true;
	queue[tail++] = f->start;
	while (head < tail) {
		uint32_t s = queue[head++];

		for (uint32_t i = l.first[s]; i < l.first[s + 1]; i++) {
			uint32_t to = f->transitions[l.order[i]].to;

			if (to == FA_FLOW_NONE || seen[to])
				continue;
			seen[to] = true;
			out->via[to] = l.order[i];
			queue[tail++] = to;
		}
	}
	return FA_OK;
}

int
fa_flow_way(const uint32_t **out, size_t *n, const struct fa_flow_ways *w,
	uint32_t screen, struct fa_arena *a, struct fa_err *err)
{
	uint32_t *path;
	size_t length = 0;

	for (uint32_t s = screen; w->via[s] != FA_FLOW_NONE;
		s = w->flow->transitions[w->via[s]].from)
		length++;
	path = fa_arena_new(a, length, sizeof(*path));
	if (!path)
		return fa_fail(err, FA_E_NOMEM, "no memory for the flow");
	*out = path;
	*n = length;
	for (uint32_t s = screen; w->via[s] != FA_FLOW_NONE;
		s = w->flow->transitions[w->via[s]].from)
		path[--length] = w->via[s];
	return FA_OK;
}

enum fa_flow_basis
fa_flow_way_basis(const struct fa_flow *f, const uint32_t *path, size_t n)
{
	enum fa_flow_basis basis = FA_FLOW_OBSERVED;

	for (size_t i = 0; i < n; i++)
		if (f->transitions[path[i]].basis < basis)
			basis = f->transitions[path[i]].basis;
	return basis;
}
