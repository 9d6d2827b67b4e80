#define _GNU_SOURCE
#include "facecheck/child/room.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "facecheck/child/child.h"
#include "facecheck/child/control.h"

#define GUARD_BYTES 65536 /* no page is larger */
#define ALIGN_BYTES 64    /* of each part: a line of the cache */
/* Made ready before the pixels come: what the smallest pictures need. */
#define EARLY_BYTES 16384
#define REFERENCE_MAX ((size_t)FC_PICTURE_SIDE_MAX * FC_PICTURE_SIDE_MAX)
/* What the wipe leaves of its own stack. */
#define OWN_FRAME_BYTES 4096

/* linux/secretmem.h and mman.h of kernels newer than the headers. */
#ifndef SYS_memfd_secret
#define SYS_memfd_secret 447
#endif
#ifndef SYS_mlock2
#define SYS_mlock2 325
#endif
#define LOCK_ONFAULT 1u

static size_t
round_up(size_t n, size_t to)
{
	return (n + to - 1) / to * to;
}

static void *
secret_pages(uint8_t *at, size_t bytes)
{
	long fd = syscall(SYS_memfd_secret, 0);
	void *p;

	if (fd < 0)
		return MAP_FAILED;
	if (ftruncate((int)fd, (off_t)bytes) != 0) {
		close((int)fd);
		return MAP_FAILED;
	}
	p = mmap(at, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
		(int)fd, 0);
	close((int)fd);
	return p;
}

static void *
private_pages(uint8_t *at, size_t bytes, bool locked)
{
	void *p = mmap(at, bytes, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	if (p == MAP_FAILED || !locked)
		return p;
	/* pages are locked when they come into being, not all at once */
	if (syscall(SYS_mlock2, p, bytes, LOCK_ONFAULT) != 0 ||
		madvise(p, bytes, MADV_DONTDUMP) != 0)
		return MAP_FAILED;
	return p;
}

/* Offsets of the parts, which follow the stack. */
struct layout {
	size_t templ_a, templ_b, scratch, reference, probe, bytes;
};

static struct layout
lay_out(const struct fc_plugin *plugin)
{
	size_t templ = round_up(plugin->template_bytes, ALIGN_BYTES);
	struct layout l = { .templ_a = FC_STACK_BYTES };

	l.templ_b = l.templ_a + templ;
	l.scratch = l.templ_b + templ;
	l.reference = l.scratch + round_up(plugin->scratch_bytes, ALIGN_BYTES);
	l.probe = l.reference + round_up(REFERENCE_MAX, ALIGN_BYTES);
	l.bytes = round_up(l.probe + FC_PIXELS_MAX, GUARD_BYTES);
	return l;
}

static struct fc_room
furnish(uint8_t *base, const struct layout *l, enum fc_room_kind kind,
	const struct fc_plugin *plugin)
{
	return (struct fc_room){ .kind = kind,
		.base = base,
		.bytes = l->bytes,
		.stack = base,
		.templ_a = base + l->templ_a,
		.templ_b = base + l->templ_b,
		.templ_bytes = plugin->template_bytes,
		.scratch = base + l->scratch,
		.scratch_bytes = plugin->scratch_bytes,
		.reference = base + l->reference,
		.probe = base + l->probe };
}

/* Touches pages that every verification uses, so that a child that waits has
 * them. */
static void
touch(uint8_t *p, size_t bytes)
{
	volatile uint8_t *v = p;

	for (size_t i = 0; i < bytes; i += 4096)
		v[i] = 0;
}

bool
fc_room_make(struct fc_room *out, enum fc_room_kind kind,
	const struct fc_plugin *plugin)
{
	const struct layout l = lay_out(plugin);
	struct fc_room r;
	struct rlimit lock;
	uint8_t *at;
	void *p;

	if (FC_CONTROLLED_PLAIN)
		kind = FC_ROOM_PLAIN;
	at = mmap(NULL, l.bytes + GUARD_BYTES, PROT_NONE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (at == MAP_FAILED)
		return false;
	/* as much locked memory as this process may have */
	if (getrlimit(RLIMIT_MEMLOCK, &lock) == 0 &&
		lock.rlim_cur < lock.rlim_max) {
		lock.rlim_cur = lock.rlim_max;
		(void)setrlimit(RLIMIT_MEMLOCK, &lock);
	}
	if (kind == FC_ROOM_SECRET)
		p = secret_pages(at + GUARD_BYTES, l.bytes);
	else
		p = private_pages(
			at + GUARD_BYTES, l.bytes, kind == FC_ROOM_LOCKED);
	if (p == MAP_FAILED) {
		(void)munmap(at, l.bytes + GUARD_BYTES);
		return false;
	}
	r = furnish(p, &l, kind, plugin);
	touch(r.stack + FC_STACK_BYTES - EARLY_BYTES, EARLY_BYTES);
	touch(r.templ_a, (size_t)(r.scratch - r.templ_a) + EARLY_BYTES);
	touch(r.reference, EARLY_BYTES);
	touch(r.probe, EARLY_BYTES);
	*out = r;
	return true;
}

void
fc_room_wipe(struct fc_room *room, size_t reference_bytes, size_t probe_bytes)
{
	uint8_t here;
	uint8_t *low = room->stack;

	explicit_bzero(room->reference, reference_bytes);
	explicit_bzero(room->probe, probe_bytes);
	explicit_bzero(room->templ_a, room->templ_bytes);
	explicit_bzero(room->templ_b, room->templ_bytes);
	if (room->kind == FC_ROOM_SECRET)
		return;
	explicit_bzero(room->scratch, room->scratch_bytes);
	if (&here > low + OWN_FRAME_BYTES && &here < low + FC_STACK_BYTES)
		explicit_bzero(low, (size_t)(&here - low) - OWN_FRAME_BYTES);
}
