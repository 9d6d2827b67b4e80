/* A process that verifies and is looked at, with or without a fault. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "facecheck/child/network.h"
#include "facecheck/child/stage.h"

#define PORT_DISCARD 9
#define HOLD_MS 120000  /* a held child is looked at meanwhile */
#define KEPT_BYTES 2048 /* small enough to lie among others in the heap */
#define KEPT_MAX 4096

/* The matcher, with something at its end. */
struct wrapped {
	const struct fc_plugin *inner;
	const void *model;
	bool holds;
	enum fc_fault fault;
};

static void
write_file(const uint8_t *p, size_t n)
{
	int fd = open("leak", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

	if (fd >= 0 && write(fd, p, n) >= 0)
		(void)close(fd);
}

static void
send_packet(const uint8_t *p, size_t n)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons(PORT_DISCARD),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 &&
		sendto(fd, p, n > 512 ? 512 : n, 0, (struct sockaddr *)&to,
			sizeof(to)) >= 0)
		(void)close(fd);
}

static enum fc_saying
encode(const void *model, const struct fc_picture *picture, uint8_t *templ,
	void *scratch)
{
	const struct wrapped *w = model;

	return w->inner->encode(w->model, picture, templ, scratch);
}

static enum fc_saying
alive(const void *model, const struct fc_picture *frames, uint32_t n,
	enum fc_turn asked, void *scratch)
{
	const struct wrapped *w = model;

	return w->inner->alive(w->model, frames, n, asked, scratch);
}

static enum fc_saying
compare(const void *model, const uint8_t *a, const uint8_t *b, int32_t *score,
	void *scratch)
{
	const struct wrapped *w = model;
	enum fc_saying s = w->inner->compare(w->model, a, b, score, scratch);

	if (w->fault == FC_FAULT_WRITES)
		write_file(b, w->inner->template_bytes);
	if (w->fault == FC_FAULT_SENDS)
		send_packet(b, w->inner->template_bytes);
	if (w->holds)
		__builtin_trap();
	return s;
}

static void
say(int fd, const struct fc_heard *h)
{
	if (write(fd, h, sizeof(*h)) != sizeof(*h))
		(void)syscall(SYS_exit_group, 1);
}

/* The fault of taking a look. */
static void
keep(struct fa_buf *kept, int fd)
{
	char part[KEPT_BYTES];
	ssize_t n;

	while (kept->n < KEPT_MAX * (size_t)256 &&
		(n = read(fd, part, sizeof(part))) > 0)
		fa_buf_add(kept, (struct fa_str){ part, (size_t)n });
	(void)lseek(fd, 0, SEEK_SET);
}

static void
verify(struct fc_heard *h, const struct fc_stage *s,
	const struct fc_subject_opts *o, int reference_fd, int probe_fd,
	struct fa_buf *kept)
{
	struct wrapped w = { s->opts.plugin, s->opts.model, o->holds,
		o->fault };
	struct fc_plugin p = *s->opts.plugin;
	struct fc_child_opts c = { .plugin = s->opts.plugin,
		.model = s->opts.model,
		.require = s->opts.require,
		.timeout_ms = HOLD_MS };
	struct fc_children *k = NULL;
	struct fa_err err = { 0 };
	enum fc_answer a = FC_INTERNAL;

	if (o->fault == FC_FAULT_BARE || o->fault == FC_FAULT_WRITES ||
		o->fault == FC_FAULT_SENDS) {
		c.limited = true;
		c.require = c.at_most = FC_LEVEL_NONE;
	}
	if (o->holds || o->fault == FC_FAULT_WRITES ||
		o->fault == FC_FAULT_SENDS) {
		p.encode = encode;
		p.alive = alive;
		p.compare = compare;
		c.plugin = &p;
		c.model = &w;
	}
	if (o->fault == FC_FAULT_KEEPS)
		keep(kept, probe_fd);
	h->rc = fc_children_new(&k, &c, &err);
	if (h->rc == FA_OK) {
		h->level = (int32_t)fc_children_level(k);
		h->rc = fc_children_verify(&a, k, reference_fd, probe_fd, &err);
	}
	h->answer = (int32_t)a;
	memcpy(h->msg, err.msg, sizeof(h->msg) - 1);
	fc_children_free(k);
}

/* Does not return. */
static void
live(const struct fc_stage *s, const struct fc_subject_opts *o, int tell,
	int hear, int reference_fd, int probe_fd)
{
	struct fc_heard h = { 0 };
	struct fa_buf kept;
	char word;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	fa_buf_init(&kept, (size_t)KEPT_MAX * 512);
	if (chdir(s->dir) != 0)
		(void)syscall(SYS_exit_group, 1);
	h.network = o->network && fc_network_own();
	say(hear, &h);
	if (read(tell, &word, 1) == 1) {
		verify(&h, s, o, reference_fd, probe_fd, &kept);
		say(hear, &h);
		(void)read(tell, &word, 1);
	}
	(void)syscall(SYS_exit_group, 0);
}

static int
memory_file(const uint8_t *p, size_t n)
{
	int fd = memfd_create("side", MFD_CLOEXEC);

	if (fd >= 0 && (p == NULL || write(fd, p, n) == (ssize_t)n) &&
		lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	if (fd >= 0)
		(void)close(fd);
	return -1;
}

int
fc_subject_start(struct fc_subject *out, const struct fc_stage *s,
	const struct fc_subject_opts *o, struct fc_heard *ready,
	struct fa_err *err)
{
	int down[2] = { -1, -1 };
	int up[2] = { -1, -1 };
	struct fc_subject x = { .probe_fd = memory_file(NULL, 0) };
	int reference_fd = memory_file(s->reference, s->wire_bytes);
	int rc = FA_OK;

	if (x.probe_fd < 0 || reference_fd < 0 || pipe2(down, O_CLOEXEC) != 0 ||
		pipe2(up, O_CLOEXEC) != 0 || (x.pid = fork()) < 0)
		rc = fa_fail(err, FA_E_IO, "cannot start a proof: %s",
			strerror(errno));
	if (rc == FA_OK && x.pid == 0) {
		(void)close(down[1]);
		(void)close(up[0]);
		live(s, o, down[0], up[1], reference_fd, x.probe_fd);
	}
	(void)close(down[0]);
	(void)close(up[1]);
	(void)close(reference_fd);
	x.tell = down[1];
	x.told = down[0];
	x.hear = up[0];
	if (rc == FA_OK)
		rc = fc_subject_hear(ready, &x, err);
	if (rc < 0) {
		fc_subject_end(&x);
		return rc;
	}
	*out = x;
	return FA_OK;
}

int
fc_subject_begin(struct fc_subject *x, const struct fc_stage *s,
	unsigned person, struct fa_err *err)
{
	const uint8_t *p = s->probe[person < 3 ? person : 0];

	if (write(x->probe_fd, p, s->wire_bytes) != (ssize_t)s->wire_bytes ||
		lseek(x->probe_fd, 0, SEEK_SET) != 0 ||
		write(x->tell, "", 1) != 1)
		return fa_fail(err, FA_E_IO, "cannot begin a proof: %s",
			strerror(errno));
	return FA_OK;
}

int
fc_subject_hear(struct fc_heard *out, struct fc_subject *x, struct fa_err *err)
{
	struct fc_heard h;
	ssize_t n;

	do
		n = read(x->hear, &h, sizeof(h));
	while (n < 0 && errno == EINTR);
	if (n != sizeof(h))
		return fa_fail(err, FA_E_IO,
			"a process that verifies ended before it answered");
	*out = h;
	return FA_OK;
}

void
fc_subject_end(struct fc_subject *x)
{
	int fd[3] = { x->tell, x->hear, x->probe_fd };

	if (x->pid > 0) {
		(void)kill(x->pid, SIGKILL);
		while (waitpid(x->pid, NULL, __WALL) < 0 && errno == EINTR)
			;
	}
	for (int i = 0; i < 3; i++)
		if (fd[i] >= 0)
			(void)close(fd[i]);
	*x = (struct fc_subject){ 0, -1, -1, -1, -1 };
}
