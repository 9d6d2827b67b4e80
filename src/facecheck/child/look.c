#define _GNU_SOURCE
#include "facecheck/child/look.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/num.h"
#include "facecheck/child/maps.h"

#define COPY_BYTES ((size_t)256 << 20) /* of writable memory of one process */
#define PATH_BYTES 64

struct search {
	const struct fc_stage *stage;
	struct fc_found found;
	bool seen[FC_NEEDLES_MAX];
	int mem;
};

static void
search_bytes(struct search *s, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < s->stage->needles_n; i++) {
		const struct fc_needle *needle = &s->stage->needles[i];

		if (s->seen[i] || !memmem(p, n, needle->p, needle->n))
			continue;
		s->seen[i] = true;
		s->found.hits++;
	}
}

/* Reads fd from an offset on, at most so many bytes; parts overlap by a needle.
 */
static void
search_range(struct search *s, int fd, uint64_t from, uint64_t bytes)
{
	uint8_t *buf = s->stage->scan;
	size_t kept = 0;

	while (bytes > 0) {
		size_t want =
			bytes < FC_SCAN_BYTES ? (size_t)bytes : FC_SCAN_BYTES;
		ssize_t n = pread(fd, buf + kept, want, (off_t)from);

		if (n < 0)
			s->found.unreadable_bytes += (size_t)bytes;
		if (n <= 0)
			return;
		search_bytes(s, buf, kept + (size_t)n);
		s->found.looked_bytes += (size_t)n;
		from += (uint64_t)n;
		bytes -= (uint64_t)n;
		kept += (size_t)n;
		if (kept > FC_NEEDLE_BYTES) {
			memmove(buf, buf + kept - FC_NEEDLE_BYTES,
				FC_NEEDLE_BYTES);
			kept = FC_NEEDLE_BYTES;
		}
	}
}

static bool
search_area(void *ctx, const struct fc_map *m)
{
	struct search *s = ctx;
	bool of_file = m->path.n > 0 && m->path.p[0] == '/';
	bool of_kernel = fa_str_starts(m->path, FA_STR("[v"));

	if (m->readable && !of_kernel && (m->writable || !of_file))
		search_range(s, s->mem, m->from, m->to - m->from);
	return true;
}

int
fc_look_memory(struct fc_found *out, const struct fc_stage *s, pid_t pid,
	struct fa_err *err)
{
	struct search x = { .stage = s };
	char path[PATH_BYTES];

	(void)snprintf(path, sizeof(path), "/proc/%d/mem", (int)pid);
	x.mem = open(path, O_RDONLY | O_CLOEXEC);
	if (x.mem < 0) {
		if (errno != EACCES && errno != EPERM)
			return fa_fail(
				err, FA_E_IO, "%s: %s", path, strerror(errno));
		x.found.refused = true;
		*out = x.found;
		return FA_OK;
	}
	(void)snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	if (!fc_maps_each(path, search_area, &x)) {
		(void)close(x.mem);
		return fa_fail(err, FA_E_IO, "%s cannot be read", path);
	}
	(void)close(x.mem);
	*out = x.found;
	return FA_OK;
}

int
fc_look_file(struct fc_found *out, const struct fc_stage *s, const char *path,
	struct fa_err *err)
{
	struct search x = { .stage = s };
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return fa_fail(err, errno == ENOENT ? FA_E_NOTFOUND : FA_E_IO,
			"%s: %s", path, strerror(errno));
	search_range(&x, fd, 0, INT64_MAX);
	(void)close(fd);
	*out = x.found;
	return FA_OK;
}

struct copying {
	struct fc_copy *copy;
	int mem;
};

static bool
copy_area(void *ctx, const struct fc_map *m)
{
	struct copying *x = ctx;
	struct fc_copy *c = x->copy;
	size_t bytes = (size_t)(m->to - m->from);
	size_t done = 0;

	if (!m->writable || !m->readable)
		return true;
	if (c->areas == FC_AREAS_MAX || bytes > c->memory.bytes - c->used)
		return false;
	while (done < bytes) {
		ssize_t n = pread(x->mem, c->memory.p + c->used + done,
			bytes - done, (off_t)(m->from + done));

		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	c->area[c->areas++] = (struct fc_area){ m->from, m->to, c->used };
	c->used += bytes;
	return true;
}

int
fc_look_copy(struct fc_copy *out, pid_t pid, struct fa_err *err)
{
	struct copying x = { .copy = out };
	char path[PATH_BYTES];
	int rc;
	bool ok;

	out->areas = out->used = 0;
	rc = fc_hidden_new(&out->memory, COPY_BYTES, err);
	if (rc < 0)
		return rc;
	(void)snprintf(path, sizeof(path), "/proc/%d/mem", (int)pid);
	x.mem = open(path, O_RDONLY | O_CLOEXEC);
	if (x.mem < 0) {
		fc_hidden_free(&out->memory);
		return fa_fail(err, FA_E_UNSUPPORTED,
			"the kernel refuses this user to look: %s",
			strerror(errno));
	}
	(void)snprintf(path, sizeof(path), "/proc/%d/maps", (int)pid);
	ok = fc_maps_each(path, copy_area, &x);
	(void)close(x.mem);
	if (ok)
		return FA_OK;
	fc_hidden_free(&out->memory);
	return fa_fail(err, FA_E_IO,
		"the writable memory of process %d cannot be copied, or is "
		"larger than %zu MiB",
		(int)pid, COPY_BYTES >> 20);
}

/* The sum of the columns "packets" of both directions (proc_pid_net(5)). */
static int64_t
count_packets(struct fa_str text)
{
	int64_t sum = 0;

	while (text.n > 0) {
		struct fa_str line = fa_str_cut(&text, '\n');
		struct fa_str name = fa_str_cut(&line, ':');

		if (!line.p || name.n == 0)
			continue; /* a line of the head */
		for (int i = 0; line.n > 0; i++) {
			struct fa_str word;
			uint64_t v = 0;

			line = fa_str_trim(line);
			word = fa_str_cut(&line, ' ');
			if (!fa_num_u64(word, INT64_MAX, &v))
				return -1;
			if (i == 1 || i == 9)
				sum += (int64_t)v;
		}
	}
	return sum;
}

int64_t
fc_look_packets(pid_t pid)
{
	char text[4096];
	char path[PATH_BYTES];
	int fd;
	ssize_t n;

	(void)snprintf(path, sizeof(path), "/proc/%d/net/dev", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	n = read(fd, text, sizeof(text));
	(void)close(fd);
	return n <= 0 || n == sizeof(text)
		? -1
		: count_packets((struct fa_str){ text, (size_t)n });
}
