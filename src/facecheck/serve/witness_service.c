/* The service that is watched: a process that answers from shared memory, in a
 * network of its own. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "facecheck/child/network.h"
#include "facecheck/serve/witness_parts.h"

#define PORT_DISCARD 9

/* Words that are sent to it; each is answered by one byte. */
#define WORD_ASK 'a'
#define WORD_LEAK 'l'

static void
leak(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons(PORT_DISCARD),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return;
	(void)sendto(
		fd, "face", 4, 0, (const struct sockaddr *)&to, sizeof(to));
	(void)close(fd);
}

static void
answer(struct fc_talk *x, struct fc_app *app, struct fc_reply *r)
{
	struct fc_request q = { .post = x->post,
		.path = fa_str_c(x->path),
		.query = FA_STR_NONE,
		.body = fa_str_c(x->body),
		.session = x->session[0] ? fa_str_c(x->session) : FA_STR_NONE };

	x->rc = fc_app_answer(r, app, &q, &x->err);
	if (x->rc < 0)
		return;
	x->status = r->status;
	memcpy(x->location, r->location, sizeof(x->location));
	memcpy(x->cookie, r->session, sizeof(x->cookie));
	x->page_bytes =
		r->body.n < sizeof(x->page) ? r->body.n : sizeof(x->page);
	if (x->page_bytes)
		memcpy(x->page, r->body.p, x->page_bytes);
	/* As the server does when nobody waits. */
	x->rc = fc_app_rest(app, &x->err);
}

/* Works where it keeps its files, so that what it writes without saying where
 * lies there, too. */
static void
serve(struct fc_talk *x, const struct fc_app_opts *o, int fd)
{
	struct sigaction usual = { .sa_handler = SIG_DFL };
	struct fc_app_opts here = *o;
	struct fc_app *app = NULL;
	struct fc_reply reply;
	const char *lack;
	char what = 0;

	fa_buf_init(&reply.body, FC_PAGE_BYTES);
	here.dir = FA_STR(".");
	(void)sigaction(SIGCHLD, &usual, NULL);
	x->network = fc_network_own();
	/* A namespace of users takes it away. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	x->rc = chdir(o->dir.p) != 0
		? fa_fail(&x->err, FA_E_IO, "%s: %s", o->dir.p, strerror(errno))
		: fc_app_new(&app, &here, &x->err);
	if (x->rc == FA_OK)
		x->level = fc_app_level(app, &lack);
	do {
		if (what == WORD_ASK)
			answer(x, app, &reply);
		else if (what == WORD_LEAK)
			leak();
	} while (send(fd, "", 1, MSG_NOSIGNAL) == 1 && x->rc >= 0 &&
		recv(fd, &what, 1, 0) == 1);
	fc_app_free(app);
	fa_buf_done(&reply.body);
}

static int
wait_for_it(struct fc_watched *s, struct fa_err *err)
{
	char done;
	ssize_t n;

	do
		n = recv(s->fd, &done, 1, 0);
	while (n < 0 && errno == EINTR);
	if (n != 1)
		return fa_fail(err, FA_E_IO,
			"the service ended before it had answered");
	return s->x->rc < 0 ? fa_fail(err, s->x->rc, "%s", s->x->err.msg)
			    : FA_OK;
}

static int
word(struct fc_watched *s, char what, struct fa_err *err)
{
	if (send(s->fd, &what, 1, MSG_NOSIGNAL) != 1)
		return fa_fail(err, FA_E_IO, "the service has ended");
	return wait_for_it(s, err);
}

int
fc_watched_ask(struct fc_watched *s, struct fa_err *err)
{
	return word(s, WORD_ASK, err);
}

int
fc_watched_leak(struct fc_watched *s, struct fa_err *err)
{
	return word(s, WORD_LEAK, err);
}

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

void
fc_watched_end(struct fc_watched *s)
{
	if (!s->x)
		return;
	close_fd(&s->fd);
	while (s->pid > 0 && waitpid(s->pid, NULL, 0) < 0 && errno == EINTR)
		;
	(void)munmap(s->x, sizeof(*s->x));
	*s = (struct fc_watched){ .fd = -1 };
}

int
fc_watched_start(
	struct fc_watched *out, const struct fc_app_opts *o, struct fa_err *err)
{
	struct fc_watched s = { .fd = -1 };
	int fd[2] = { -1, -1 }, rc = FA_OK;
	void *p = mmap(NULL, sizeof(*s.x), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return fa_fail(err, FA_E_NOMEM, "no memory for a service");
	s.x = p;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd) != 0 ||
		(s.pid = fork()) < 0)
		rc = fa_fail(err, FA_E_IO, "cannot start a service: %s",
			strerror(errno));
	if (rc == FA_OK && s.pid == 0) {
		close_fd(&fd[0]);
		serve(s.x, o, fd[1]);
		(void)syscall(SYS_exit_group, 0);
	}
	close_fd(&fd[1]);
	s.fd = fd[0];
	if (rc == FA_OK)
		rc = wait_for_it(&s, err);
	if (rc < 0)
		fc_watched_end(&s);
	else
		*out = s;
	return rc;
}
