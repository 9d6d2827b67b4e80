#define _GNU_SOURCE
#include "facecheck/child/stage.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "facecheck/child/wire.h"

#define HELPER_PICTURE 1 /* how the helper ends */
#define HELPER_POOR 2
/* Pieces of 40 bytes that are not all alike by chance. */
#define DISTINCT_MIN 8
#define PIECES_EACH (FC_NEEDLES_MAX / 4)

int
fc_hidden_new(struct fc_hidden *out, size_t bytes, struct fa_err *err)
{
	void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED || madvise(p, bytes, MADV_DONTFORK) != 0)
		return fa_fail(err, FA_E_NOMEM, "no memory for proofs: %s",
			strerror(errno));
	*out = (struct fc_hidden){ p, bytes };
	return FA_OK;
}

void
fc_hidden_free(struct fc_hidden *h)
{
	if (h->p)
		(void)munmap(h->p, h->bytes);
	*h = (struct fc_hidden){ NULL, 0 };
}

/* Where things are in the hidden memory. */
#define SIDES 4
struct layout {
	uint8_t *wire[SIDES], *templ[SIDES], *scratch, *scan;
};

static size_t
aligned(size_t n)
{
	return (n + 63) / 64 * 64;
}

static size_t
hidden_bytes(size_t wire_bytes, const struct fc_plugin *p)
{
	return SIDES * (aligned(wire_bytes) + aligned(p->template_bytes)) +
		aligned(p->scratch_bytes) + FC_SCAN_BYTES + FC_NEEDLE_BYTES;
}

static struct layout
lay_out(uint8_t *at, size_t wire_bytes, const struct fc_plugin *p)
{
	struct layout l;

	for (int i = 0; i < SIDES; i++, at += aligned(wire_bytes))
		l.wire[i] = at;
	for (int i = 0; i < SIDES; i++, at += aligned(p->template_bytes))
		l.templ[i] = at;
	l.scratch = at;
	l.scan = at + aligned(p->scratch_bytes);
	return l;
}

/* Renders and encodes; in a process of its own, of which only the hidden
 * memory is left. */
static int
help(const struct fc_prove_opts *o, const struct layout *l)
{
	struct fc_wire w = { 1, o->width, o->height, FC_TURN_NONE };

	for (uint32_t i = 0; i < SIDES; i++) {
		uint8_t *pixels = l->wire[i] + FC_WIRE_HEAD;
		struct fc_picture p = { pixels, o->width, o->height };

		fc_wire_write(l->wire[i], &w);
		if (o->picture(o->ctx, i > 1 ? i - 1 : 0, i > 0, pixels,
			    o->width, o->height) != 0)
			return HELPER_PICTURE;
		if (o->plugin->encode(o->model, &p, l->templ[i], l->scratch) !=
			FC_SAYS_YES)
			return HELPER_POOR;
	}
	return 0;
}

static int
run_helper(const struct fc_stage *s, const struct layout *l, struct fa_err *err)
{
	pid_t pid;
	int status;

	if (madvise(s->hidden.p, s->hidden.bytes, MADV_DOFORK) != 0)
		return fa_fail(err, FA_E_IO, "madvise: %s", strerror(errno));
	pid = fork();
	if (pid == 0)
		(void)syscall(SYS_exit_group, help(&s->opts, l));
	if (madvise(s->hidden.p, s->hidden.bytes, MADV_DONTFORK) != 0 ||
		pid < 0 || waitpid(pid, &status, 0) != pid)
		return fa_fail(err, FA_E_IO, "cannot make pictures: %s",
			strerror(errno));
	if (!WIFEXITED(status) || WEXITSTATUS(status) == HELPER_PICTURE)
		return fa_fail(err, FA_E_INPUT,
			"the pictures for the proofs cannot be made");
	if (WEXITSTATUS(status) == HELPER_POOR)
		return fa_fail(err, FA_E_INPUT,
			"the matcher does not encode the pictures for the "
			"proofs");
	return FA_OK;
}

static bool
is_distinct(const uint8_t *p, size_t n)
{
	bool seen[256] = { false };
	unsigned distinct = 0;

	for (size_t i = 0; i < n; i++) {
		distinct += !seen[p[i]];
		seen[p[i]] = true;
	}
	return distinct >= DISTINCT_MIN;
}

/* Pieces of p[0, n), spread over it to both ends. */
static void
add_needles(struct fc_stage *s, const uint8_t *p, size_t n)
{
	size_t piece = n < FC_NEEDLE_BYTES ? n : FC_NEEDLE_BYTES;
	size_t last = n - piece;

	for (size_t i = 0; i < PIECES_EACH; i++) {
		const uint8_t *at = p + last * i / (PIECES_EACH - 1);

		if (is_distinct(at, piece))
			s->needles[s->needles_n++] =
				(struct fc_needle){ at, piece };
	}
}

static int
check_opts(const struct fc_prove_opts *o, struct fa_err *err)
{
	struct fc_wire w;
	uint8_t head[FC_WIRE_HEAD];

	w = (struct fc_wire){ 1, o->width, o->height, FC_TURN_NONE };
	fc_wire_write(head, &w);
	if (fc_wire_parse(&w, head, true) == 0)
		return fa_fail(err, FA_E_LIMIT,
			"pictures of %lu x %lu, expected sides up to %d",
			(unsigned long)o->width, (unsigned long)o->height,
			FC_PICTURE_SIDE_MAX);
	return FA_OK;
}

int
fc_stage_init(
	struct fc_stage *s, const struct fc_prove_opts *o, struct fa_err *err)
{
	const char *tmp = getenv("TMPDIR");
	struct layout l;
	int rc = check_opts(o, err);

	if (rc < 0)
		return rc;
	*s = (struct fc_stage){ .opts = *o };
	s->wire_bytes = FC_WIRE_HEAD + (size_t)o->width * o->height;
	rc = fc_hidden_new(
		&s->hidden, hidden_bytes(s->wire_bytes, o->plugin), err);
	if (rc < 0)
		return rc;
	l = lay_out(s->hidden.p, s->wire_bytes, o->plugin);
	s->reference = l.wire[0];
	for (int i = 0; i < 3; i++)
		s->probe[i] = l.wire[i + 1];
	s->scan = l.scan;
	rc = run_helper(s, &l, err);
	if (rc < 0)
		return rc;
	for (int i = 0; i < 2; i++) {
		add_needles(s, l.wire[i] + FC_WIRE_HEAD,
			s->wire_bytes - FC_WIRE_HEAD);
		add_needles(s, l.templ[i], o->plugin->template_bytes);
	}
	if (s->needles_n < FC_NEEDLES_MAX / 4)
		return fa_fail(err, FA_E_INPUT,
			"the pictures for the proofs are too plain to look "
			"for");
	if (snprintf(s->dir, sizeof(s->dir), "%s/fc-prove.XXXXXX",
		    tmp && strlen(tmp) < sizeof(s->dir) / 2 ? tmp : "/tmp") <
			0 ||
		!mkdtemp(s->dir)) {
		rc = fa_fail(err, FA_E_IO, "cannot make directory %s: %s",
			s->dir, strerror(errno));
		s->dir[0] = '\0';
	}
	return rc;
}

int
fc_stage_files(const struct fc_stage *s)
{
	DIR *d = opendir(s->dir);
	int n = 0;

	if (!d)
		return -1;
	for (const struct dirent *e = readdir(d); e; e = readdir(d)) {
		char path[sizeof(s->dir) + 260];

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		n++;
		if (snprintf(path, sizeof(path), "%s/%s", s->dir, e->d_name) >
			0)
			(void)remove(path);
	}
	(void)closedir(d);
	return n;
}

void
fc_stage_done(struct fc_stage *s)
{
	if (s->dir[0]) {
		(void)fc_stage_files(s);
		(void)rmdir(s->dir);
		s->dir[0] = '\0';
	}
	fc_hidden_free(&s->hidden);
}
