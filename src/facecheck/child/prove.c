#define _GNU_SOURCE
#include "facecheck/child/prove.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "facecheck/child/prover.h"

static const char *const names[FC_PROOFS] = { "calls", "child", "core",
	"parent", "difference", "files", "network" };

/* What goes from the process that proves to the one that asked. */
struct message {
	struct fc_proofs proofs;
	struct fa_err err;
};

void
fc_prover_tell(struct fc_prover *p, enum fc_proof which, enum fc_proved proved,
	const char *fmt, ...)
{
	struct fc_proof_result *r = &p->out->result[which];
	va_list ap;

	r->proved = proved;
	va_start(ap, fmt);
	(void)vsnprintf(r->note, sizeof(r->note), fmt, ap);
	va_end(ap);
}

enum fc_proved
fc_prover_decide(bool control_noticed, bool found)
{
	if (found)
		return FC_REFUTED;
	return control_noticed ? FC_PROVED : FC_UNPROVEN;
}

int
fc_prover_run(struct fc_run *r, struct fc_prover *p, struct fc_subject_opts o)
{
	struct fc_heard ready;
	int64_t before;
	int rc;

	*r = (struct fc_run){ .packets = -1 };
	rc = fc_subject_start(&r->x, &p->stage, &o, &ready, p->err);
	if (rc < 0)
		return rc;
	r->network = ready.network == 1;
	before = r->network ? fc_look_packets(r->x.pid) : -1;
	rc = fc_look_calls(&r->calls, &r->heard, &r->x, &p->stage, p->err);
	if (rc < 0) {
		p->blind = rc == FA_E_UNSUPPORTED;
		fc_subject_end(&r->x);
		return rc;
	}
	if (before >= 0) {
		int64_t after = fc_look_packets(r->x.pid);

		r->packets = after < 0 ? -1 : after - before;
	}
	r->files = fc_stage_files(&p->stage);
	return FA_OK;
}

void
fc_prover_end(struct fc_run *r)
{
	if (r->calls.held > 0) {
		(void)kill(r->calls.held, SIGKILL);
		while (waitpid(r->calls.held, NULL, __WALL) < 0 &&
			errno == EINTR)
			;
	}
	fc_subject_end(&r->x);
}

static bool
calls_found(const struct fc_calls *c)
{
	return c->forbidden > 0 || c->unfiltered > 0 || c->parent_forbidden > 0;
}

static void
tell_calls(struct fc_prover *p, const struct fc_run *r, bool noticed)
{
	const struct fc_calls *c = &r->calls;
	char a[24], b[24];

	if (c->forbidden > 0)
		fc_prover_tell(p, FC_PROOF_CALLS, FC_REFUTED,
			"a closed child asked for %u calls, first %s",
			c->forbidden, fc_call_name(c->first_forbidden, a));
	else if (c->parent_forbidden > 0)
		fc_prover_tell(p, FC_PROOF_CALLS, FC_REFUTED,
			"the parent asked for %u calls that it does not need, "
			"first %s",
			c->parent_forbidden, fc_call_name(c->first_parent, b));
	else if (c->unfiltered > 0)
		fc_prover_tell(p, FC_PROOF_CALLS, FC_REFUTED,
			"%u children had no filter", c->unfiltered);
	else
		fc_prover_tell(p, FC_PROOF_CALLS,
			fc_prover_decide(noticed, false),
			"%u closed children: read %u times, exit_group %u "
			"times, nothing else; of %u calls of the parent none "
			"reads, maps, opens or sends; %s",
			c->children, c->reads, c->ends, c->parent_calls,
			noticed ? "three faults noticed"
				: "but a fault was not noticed");
}

/* Calls, files, network: one run as it should be, three with a fault. */
static int
prove_deeds(struct fc_prover *p)
{
	struct fc_run good, keeps, writes, sends;
	int rc = fc_prover_run(
		&good, p, (struct fc_subject_opts){ .network = true });

	if (rc < 0)
		return rc;
	fc_prover_end(&good);
	p->out->level = (enum fc_level)good.heard.level;
	if (good.heard.rc < 0)
		return fa_fail(p->err, good.heard.rc, "%s", good.heard.msg);
	if (good.heard.answer > FC_NO_MATCH && !calls_found(&good.calls))
		return fa_fail(p->err, FA_E_INPUT,
			"two pictures of one rendered person are answered by "
			"%s, expected match",
			fc_answer_name((enum fc_answer)good.heard.answer));
	rc = fc_prover_run(
		&keeps, p, (struct fc_subject_opts){ .fault = FC_FAULT_KEEPS });
	if (rc < 0)
		return rc;
	fc_prover_end(&keeps);
	rc = fc_prover_run(&writes, p,
		(struct fc_subject_opts){ .fault = FC_FAULT_WRITES });
	if (rc < 0)
		return rc;
	fc_prover_end(&writes);
	rc = fc_prover_run(&sends, p,
		(struct fc_subject_opts){
			.fault = FC_FAULT_SENDS, .network = true });
	if (rc < 0)
		return rc;
	fc_prover_end(&sends);
	tell_calls(p, &good,
		keeps.calls.parent_forbidden > 0 && writes.calls.unfiltered &&
			sends.calls.unfiltered);
	fc_prover_tell(p, FC_PROOF_FILES,
		fc_prover_decide(writes.files == 1, good.files != 0),
		"%d files after a verification, %d after one that writes",
		good.files, writes.files);
	if (good.network && sends.network)
		fc_prover_tell(p, FC_PROOF_NETWORK,
			fc_prover_decide(sends.packets > 0, good.packets != 0),
			"%lld packets in a network of its own, %lld with a "
			"child that sends",
			(long long)good.packets, (long long)sends.packets);
	else
		fc_prover_tell(p, FC_PROOF_NETWORK, FC_UNPROVEN,
			"no network of its own can be had here (user "
			"namespaces); see calls");
	return FA_OK;
}

static int
prove_all(struct fc_prover *p, const struct fc_prove_opts *o)
{
	struct fc_seen held = { .held = false };
	int rc = fc_stage_init(&p->stage, o, p->err);

	if (rc < 0)
		return rc;
	rc = prove_deeds(p);
	if (rc == FA_OK)
		rc = fc_prove_memory(p, &held);
	if (p->blind) {
		/* parent and difference can still be tried */
		for (int i = 0; i < FC_PROOFS; i++)
			fc_prover_tell(p, (enum fc_proof)i, FC_UNPROVEN, "%s",
				p->err->msg);
		rc = FA_OK;
	}
	if (rc == FA_OK)
		rc = fc_prove_parent(p, &held);
	if (rc == FA_OK)
		rc = fc_prove_difference(p);
	return rc;
}

/* Stays on one processor: its number is in the memory of each process
 * (rseq(2)), and would be taken for something. */
static void
stay(void)
{
	unsigned long may[128] = { 0 };
	const size_t bits = 8 * sizeof(may[0]);
	long n = syscall(SYS_sched_getaffinity, 0, sizeof(may), may);

	for (size_t i = 0; n > 0 && i < FA_COUNT(may) * bits; i++)
		if (may[i / bits] >> i % bits & 1) {
			memset(may, 0, sizeof(may));
			may[i / bits] = 1ul << i % bits;
			(void)syscall(
				SYS_sched_setaffinity, 0, sizeof(may), may);
			return;
		}
}

/* Does not return. */
static void
prove_apart(const struct fc_prove_opts *o, int fd)
{
	struct message m = { 0 };
	struct fc_prover p = { .out = &m.proofs, .err = &m.err };
	struct sigaction usual = { .sa_handler = SIG_DFL };
	int rc;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	(void)sigaction(SIGCHLD, &usual, NULL);
	stay();
	for (int i = 0; i < FC_PROOFS; i++)
		fc_prover_tell(&p, (enum fc_proof)i, FC_UNPROVEN, "not tried");
	rc = prove_all(&p, o);
	fc_stage_done(&p.stage);
	m.err.rc = rc;
	(void)syscall(SYS_exit_group,
		write(fd, &m, sizeof(m)) == (ssize_t)sizeof(m) ? 0 : 1);
}

/* Above this nothing can be proved with a sanitizer in the program. */
static int
check_level(const struct fc_prove_opts *o, struct fa_err *err)
{
	struct fc_child_opts c = { .plugin = o->plugin,
		.model = o->model,
		.require = o->require > FC_LEVEL_LIMITS ? o->require
							: FC_LEVEL_LIMITS };
	struct fc_children *k = NULL;
	int rc = fc_children_new(&k, &c, err);

	fc_children_free(k);
	return rc;
}

int
fc_prove_run(struct fc_proofs *out, const struct fc_prove_opts *opts,
	struct fa_err *err)
{
	struct message m;
	int fd[2];
	pid_t pid;
	ssize_t n;
	int rc = check_level(opts, err);

	if (rc < 0)
		return rc;
	if (pipe2(fd, O_CLOEXEC) != 0 || (pid = fork()) < 0)
		return fa_fail(err, FA_E_IO, "cannot start proofs: %s",
			strerror(errno));
	if (pid == 0)
		prove_apart(opts, fd[1]);
	(void)close(fd[1]);
	/* at most a page: it comes whole */
	do
		n = read(fd[0], &m, sizeof(m));
	while (n < 0 && errno == EINTR);
	(void)close(fd[0]);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	if (n != (ssize_t)sizeof(m))
		return fa_fail(err, FA_E_IO, "the proofs ended without result");
	if (m.err.rc < 0)
		return fa_fail(err, m.err.rc, "%s", m.err.msg);
	*out = m.proofs;
	for (int i = 0; i < FC_PROOFS; i++)
		out->result[i].name = names[i];
	return FA_OK;
}

const char *
fc_proved_name(enum fc_proved p)
{
	static const char *const text[] = { "proved", "refuted", "unproven" };

	return (unsigned)p < FA_COUNT(text) ? text[p] : "unknown";
}
