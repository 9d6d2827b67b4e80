#define _GNU_SOURCE
#include "facecheck/child/maps.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/num.h"

/* "7f12-7f34 rw-s 00000000 08:01 123   /path" */
static bool
parse(struct fc_map *out, struct fa_str line)
{
	struct fa_str rights, from, to;

	to = fa_str_cut(&line, ' ');
	from = fa_str_cut(&to, '-');
	rights = fa_str_cut(&line, ' ');
	if (!fa_num_hex(from, UINT64_MAX, &out->from) ||
		!fa_num_hex(to, UINT64_MAX, &out->to) || rights.n != 4)
		return false;
	out->readable = rights.p[0] == 'r';
	out->writable = rights.p[1] == 'w';
	out->executable = rights.p[2] == 'x';
	out->shared = rights.p[3] == 's';
	for (int i = 0; i < 3; i++) /* offset, device, inode */
		(void)fa_str_cut(&line, ' ');
	out->path = fa_str_trim(line);
	return true;
}

static bool
each_line(struct fa_str rest, bool (*fn)(void *ctx, const struct fc_map *),
	void *ctx)
{
	while (rest.n > 0) {
		struct fc_map m;

		if (!parse(&m, fa_str_cut(&rest, '\n')) || !fn(ctx, &m))
			return false;
	}
	return true;
}

bool
fc_maps_each(const char *path, bool (*fn)(void *ctx, const struct fc_map *),
	void *ctx)
{
	char buf[2 * FC_MAPS_LINE_BYTES];
	size_t n = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0;

	while (ok) {
		ssize_t got = read(fd, buf + n, sizeof(buf) - n);
		const char *end;
		size_t whole;

		if (got <= 0) {
			ok = got == 0 && n == 0;
			break;
		}
		n += (size_t)got;
		end = memrchr(buf, '\n', n);
		whole = end ? (size_t)(end - buf) + 1 : 0;
		ok = end && each_line((struct fa_str){ buf, whole }, fn, ctx);
		n -= whole;
		memmove(buf, buf + whole, n);
	}
	if (fd >= 0)
		(void)close(fd);
	return ok;
}
