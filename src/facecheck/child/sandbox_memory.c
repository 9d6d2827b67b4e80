/* Takes from a child the memory by which it could tell others something.
 *
 * fork leaves shared mappings shared. Whoever was there before the fork, such
 * as a matcher while it was opened, may have made one, and a process outside
 * would see what the child writes there, without a system call. */
#include <string.h>
#include <sys/mman.h>

#include "facecheck/child/maps.h"
#include "facecheck/child/sandbox.h"

struct walk {
	const struct fc_room *room;
	uint64_t base;                 /* of the matcher's object, or 0 */
	char path[FC_MAPS_LINE_BYTES]; /* its file, once seen */
	size_t path_n;
	uint64_t end; /* of the last area that belongs to it */
};

/* Does it belong to the object of the matcher? Its variables without initial
 * values follow its file in an area without a name. */
static bool
belongs(struct walk *w, const struct fc_map *m)
{
	struct fa_str path = { w->path, w->path_n };
	bool mine;

	if (w->base && m->from == w->base && m->path.n <= sizeof(w->path)) {
		memcpy(w->path, m->path.p, m->path.n);
		w->path_n = path.n = m->path.n;
	}
	if (path.n == 0)
		return false;
	mine = m->path.n ? fa_str_eq(m->path, path) : m->from == w->end;
	if (mine)
		w->end = m->to;
	return mine;
}

static bool
restrict_area(void *ctx, const struct fc_map *m)
{
	struct walk *w = ctx;
	bool mine = belongs(w, m);

	if (!m->writable || (!m->shared && !mine) ||
		m->from == (uintptr_t)w->room->base)
		return true;
	return mprotect((void *)(uintptr_t)m->from, (size_t)(m->to - m->from),
		       PROT_READ | (m->executable ? PROT_EXEC : 0)) == 0;
}

bool
fc_sandbox_memory(const struct fc_room *room, const void *base)
{
	struct walk w = { .room = room, .base = (uintptr_t)base };

	return fc_maps_each("/proc/self/maps", restrict_area, &w);
}
