#include "facecheck/serve/witness.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "facecheck/child/look.h"
#include "facecheck/serve/witness_parts.h"

#define ARENA_BYTES (1u << 20)
#define CONTROL "control"

static const char *const names[FC_WITNESS_CHECKS] = { "flow", "files",
	"pictures", "templates", "scores", "deletion", "account", "network",
	"record", "chain", "replay", "kept", "rights" };

void
fc_witness_tell(struct fc_witness *w, const char *name,
	enum fc_witnessed result, const char *fmt, ...)
{
	struct fc_witness_check *c = w->out->check;
	va_list ap;

	while (strcmp(c->name, name) != 0)
		c++;
	c->result = result;
	va_start(ap, fmt);
	(void)vsnprintf(c->note, sizeof(c->note), fmt, ap);
	va_end(ap);
}

static int
make_place(struct fc_witness *w)
{
	const char *tmp = getenv("TMPDIR");
	char path[sizeof(w->dir) + 16];
	int n = snprintf(w->dir, sizeof(w->dir), "%s/fc-witness.XXXXXX",
		tmp && tmp[0] ? tmp : "/tmp");

	if (n < 0 || (size_t)n >= sizeof(w->dir) || !mkdtemp(w->dir)) {
		n = fa_fail(w->err, FA_E_IO, "cannot make directory %s: %s",
			w->dir, strerror(errno));
		w->dir[0] = '\0';
		return n;
	}
	(void)snprintf(path, sizeof(path), "%s/facecheck.db", w->dir);
	w->db = fa_arena_dup(&w->arena, fa_str_c(path));
	return w->db.p ? FA_OK
		       : fa_fail(w->err, FA_E_NOMEM, "no memory for a path");
}

/* A file with all that is looked for, among other things, must be noticed with
 * every piece; noticed says by kind. */
static int
try_eyes(bool noticed[FC_TRACE_KINDS], bool *stranger, struct fc_witness *w)
{
	char path[sizeof(w->dir) + 16];
	struct fc_looked l = { .files = 0 };
	struct fa_buf b;
	int rc;

	fa_buf_init(&b, 1u << 20);
	for (size_t i = 0; i < w->traces.n; i++) {
		fa_buf_adds(&b, "\n--");
		fa_buf_add(&b, w->traces.list[i].bytes);
	}
	fa_buf_adds(&b, "\n");
	(void)snprintf(path, sizeof(path), "%s/" CONTROL, w->dir);
	rc = fa_buf_rc(&b, "a control", w->err);
	if (rc == FA_OK)
		rc = fa_file_replace(fa_str_c(path), fa_buf_str(&b), w->err);
	fa_buf_done(&b);
	if (rc == FA_OK)
		rc = fc_traces_scan(&l, w->dir, &w->traces, w->err);
	(void)remove(path);
	for (int i = 0; i < FC_TRACE_KINDS; i++)
		noticed[i] =
			w->traces.of[i] > 0 && l.hits[i] == w->traces.of[i];
	*stranger = l.strangers == 1;
	return rc;
}

static void
judge_kind(struct fc_witness *w, const char *name, enum fc_trace_kind kind,
	bool noticed)
{
	const struct fc_noticed *n = &w->ever;

	if (n->step[kind])
		fc_witness_tell(w, name, FC_WITNESS_FAILS,
			"%u found at %s, first in %s",
			n->first[kind].hits[kind], n->step[kind],
			n->first[kind].where[kind]);
	else if (!noticed)
		fc_witness_tell(w, name, FC_WITNESS_UNPROVEN,
			w->traces.of[kind] ? "a fault was not noticed"
					   : "there is nothing to look for");
	else
		fc_witness_tell(w, name, FC_WITNESS_HOLDS,
			"none of %zu pieces found in %u looks; all of them in "
			"a file that was put there",
			w->traces.of[kind], n->looks);
}

static void
judge_deletion(struct fc_witness *w)
{
	const struct fc_noticed *n = &w->ended;

	for (int i = 0; i <= FC_TRACE_SCORE; i++)
		if (n->step[i]) {
			fc_witness_tell(w, "deletion", FC_WITNESS_FAILS,
				"behind %s there is something of a face in %s",
				n->step[i], n->first[i].where[i]);
			return;
		}
	fc_witness_tell(w, "deletion",
		n->looks ? FC_WITNESS_HOLDS : FC_WITNESS_UNPROVEN,
		"nothing of a face right after %zu withdrawals and closings",
		w->endings_n);
}

static void
judge_files(
	struct fc_witness *w, const bool noticed[FC_TRACE_KINDS], bool stranger)
{
	const struct fc_noticed *n = &w->ever;

	if (n->step_strange)
		fc_witness_tell(w, "files", FC_WITNESS_FAILS,
			"%u files that are not of the records at %s, first %s",
			n->first_strange.strangers, n->step_strange,
			n->first_strange.stranger);
	else
		fc_witness_tell(w, "files",
			stranger ? FC_WITNESS_HOLDS : FC_WITNESS_UNPROVEN,
			"nothing but the records in %u looks", n->looks);
	judge_kind(w, "pictures", FC_TRACE_PICTURE, noticed[FC_TRACE_PICTURE]);
	judge_kind(
		w, "templates", FC_TRACE_TEMPLATE, noticed[FC_TRACE_TEMPLATE]);
	judge_kind(w, "scores", FC_TRACE_SCORE, noticed[FC_TRACE_SCORE]);
	judge_deletion(w);
	fc_witness_tell(w, "account",
		!w->account_before         ? FC_WITNESS_UNPROVEN
			: w->account_after ? FC_WITNESS_FAILS
					   : FC_WITNESS_HOLDS,
		"%u pieces of the account found before its closing, %u "
		"afterwards",
		w->account_before, w->account_after);
}

static void
judge_network(struct fc_witness *w, bool own)
{
	if (!own || w->packets < 0)
		fc_witness_tell(w, "network", FC_WITNESS_UNPROVEN,
			"no network of its own can be had here (user "
			"namespaces)");
	else
		fc_witness_tell(w, "network",
			w->packets > 0                ? FC_WITNESS_FAILS
				: w->packets_leak > 0 ? FC_WITNESS_HOLDS
						      : FC_WITNESS_UNPROVEN,
			"%lld packets in a network of its own, then %lld by "
			"one that was sent on purpose",
			(long long)w->packets, (long long)w->packets_leak);
}

static void
judge_flow(struct fc_witness *w)
{
	fc_witness_tell(w, "flow",
		w->ends == 2 && w->captures_all >= 2 ? FC_WITNESS_HOLDS
						     : FC_WITNESS_UNPROVEN,
		"%u of 2 sessions came to their end, with %u captures and %zu "
		"withdrawals and closings",
		w->ends, w->captures_all, w->endings_n);
}

/* How many packets passed since there were before; -1: unknown. */
static int64_t
passed(const struct fc_witness *w, int64_t before)
{
	int64_t now = before < 0 ? -1 : fc_look_packets(w->service.pid);

	return now < 0 ? -1 : now - before;
}

/* From its start to its end; the last look is when it has ended. */
static int
watch(struct fc_witness *w, bool *own)
{
	const struct fc_app_opts app = { .dir = fa_str_c(w->dir),
		.case_name = w->o->case_name,
		.plugin = w->o->plugin,
		.model = w->o->model,
		.require = w->o->require,
		.clock = w->o->clock,
		.demo = true,
		.seed = w->o->seed };
	int64_t before;
	int rc = fc_watched_start(&w->service, &app, w->err);

	if (rc < 0)
		return rc;
	*own = w->service.x->network;
	w->out->level = w->service.x->level;
	before = *own ? fc_look_packets(w->service.pid) : -1;
	rc = fc_witness_visit(w);
	w->packets = passed(w, before);
	if (rc == FA_OK)
		rc = fc_watched_leak(&w->service, w->err);
	w->packets_leak = w->packets < 0 ? -1 : passed(w, before + w->packets);
	fc_watched_end(&w->service);
	w->step = "the end";
	w->ending = true;
	return rc < 0 ? rc : fc_witness_look(w);
}

static int
prove(struct fc_witness *w)
{
	bool noticed[FC_TRACE_KINDS] = { false }, stranger = false, own = false;
	int rc = make_place(w);

	if (rc == FA_OK)
		rc = fc_traces_make(&w->traces, w->o, &w->arena, w->err);
	if (rc == FA_OK)
		rc = try_eyes(noticed, &stranger, w);
	if (rc == FA_OK)
		rc = watch(w, &own);
	if (rc < 0)
		return rc;
	judge_flow(w);
	judge_files(w, noticed, stranger);
	judge_network(w, own);
	return fc_witness_judge_records(w);
}

int
fc_witness_run(struct fc_witness_report *out, const struct fc_witness_opts *o,
	struct fa_err *err)
{
	struct fc_witness_report made = { .level = FC_LEVEL_NONE };
	struct fc_witness w = {
		.o = o, .out = &made, .err = err, .service = { .fd = -1 }
	};
	int rc;

	for (int i = 0; i < FC_WITNESS_CHECKS; i++) {
		made.check[i].name = names[i];
		made.check[i].result = FC_WITNESS_UNPROVEN;
	}
	fa_arena_init(&w.arena, ARENA_BYTES);
	rc = prove(&w);
	fc_watched_end(&w.service);
	if (w.dir[0])
		fc_traces_sweep(w.dir);
	fa_arena_done(&w.arena);
	if (rc == FA_OK)
		*out = made;
	return rc;
}

const char *
fc_witnessed_name(enum fc_witnessed w)
{
	static const char *const text[] = { "holds", "fails", "unproven" };

	return (unsigned)w < FA_COUNT(text) ? text[w] : "unknown";
}
