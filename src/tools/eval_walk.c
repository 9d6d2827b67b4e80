/* nftw is an X/Open extension of POSIX. */
#define _XOPEN_SOURCE 700

/* Walking the apps of labelled flows that nobody has walked, several at once,
 * each in a process of its own: what one of them does cannot reach another. */
#include <errno.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "browser/browser.h"
#include "tools/eval_flows.h"
#include "tools/signals.h"
#include "tools/walking.h"

#define LOOK_MS 50 /* between two looks for walks that ended */
#define OPEN_FILES 16
#define WORDS_MAX 16

struct walks {
	struct fa_eval *ev;
	struct fa_tool *tool;
	const struct fa_eval_walk_opts *o;
	pid_t pids[FA_EVAL_JOBS_MAX]; /* 0: free */
	unsigned live;
};

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "out of memory for walks");
}

/* dir/name/file with a NUL behind; file may be "". */
static int
join(char *out, size_t size, struct fa_str dir, struct fa_str name,
	const char *file, struct fa_err *err)
{
	int n = snprintf(out, size, "%.*s/%.*s%s", FA_STR_ARG(dir),
		FA_STR_ARG(name), file);

	return n < 0 || (size_t)n >= size
		? fa_fail(err, FA_E_LIMIT, "the path of '%.*s' is too long",
			  FA_STR_ARG(name))
		: FA_OK;
}

/* A folder for the walks of this run, that goes with it. */
static int
make_folder(struct fa_eval *ev, struct fa_err *err)
{
	const char *tmp = getenv("TMPDIR");
	char path[FA_FILE_PATH_BYTES];
	int n = snprintf(path, sizeof(path), "%s/faceaudit-eval-XXXXXX",
		tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp");

	if (n < 0 || (size_t)n >= sizeof(path) || mkdtemp(path) == NULL)
		return fa_fail(err, FA_E_IO, "%s: no folder for walks: %s",
			path, strerror(errno));
	ev->flows->temporary = true;
	ev->flows->walked = fa_arena_dup(ev->arena, fa_str_c(path));
	return ev->flows->walked.p != NULL ? FA_OK : no_memory(err);
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	(void)remove(path);
	return 0;
}

void
fa_eval_flows_walk_done(struct fa_eval *ev)
{
	char path[FA_FILE_PATH_BYTES];

	if (ev->flows == NULL || !ev->flows->temporary)
		return;
	(void)snprintf(
		path, sizeof(path), "%.*s", FA_STR_ARG(ev->flows->walked));
	(void)nftw(path, remove_one, OPEN_FILES, FTW_DEPTH | FTW_PHYS);
	ev->flows->temporary = false;
}

/* An app whose pages are there and whose walk is not. */
static bool
is_wanted(const struct fa_eval *ev, const struct fa_eval_flow_set *set,
	const struct fa_eval_flow *f)
{
	char path[FA_FILE_PATH_BYTES];
	struct fa_err ignored;

	if (!f->app ||
		join(path, sizeof(path), set->dir, f->name, "", &ignored) < 0 ||
		!fa_file_is_dir(fa_str_c(path)))
		return false;
	if (ev->flows->walked.p == NULL)
		return true;
	return join(path, sizeof(path), ev->flows->walked, f->name,
		       "/" FA_WALK_FLOW_FILE, &ignored) == FA_OK &&
		access(path, R_OK) != 0;
}

/* In the child: the command itself, with its own options. */
static int
walk_here(struct walks *w, char *folder, char *out, char *entry)
{
	char name[] = "walk", opt_folder[] = "--folder", opt_out[] = "--out",
	     force[] = "--force", quiet[] = "--quiet", none[] = "--no-pictures",
	     fail[] = "--fail-on=never", sandbox[] = "--no-sandbox",
	     opt_date[] = "--as-of", date[FA_DATE_BYTES];
	char *words[WORDS_MAX] = { name, opt_folder, folder, opt_out, out,
		force, quiet, none, fail, opt_date, date };
	int n = 11;

	fa_date_format(w->ev->as_of, date);
	if (w->o->no_sandbox)
		words[n++] = sandbox;
	if (entry[0] != '\0')
		words[n++] = entry;
	words[n] = NULL;
	return fa_walking_command(w->tool, n, words);
}

static int
start(struct walks *w, const struct fa_eval_flow_set *set,
	const struct fa_eval_flow *f, struct fa_err *err)
{
	char folder[FA_FILE_PATH_BYTES], out[FA_FILE_PATH_BYTES];
	char entry[FA_FILE_PATH_BYTES];
	unsigned i = 0;
	pid_t pid;
	int rc = join(folder, sizeof(folder), set->dir, f->name, "", err);

	if (rc == FA_OK)
		rc = join(out, sizeof(out), w->ev->flows->walked, f->name, "",
			err);
	if (rc < 0)
		return rc;
	(void)snprintf(entry, sizeof(entry), "%.*s", FA_STR_ARG(f->entry));
	(void)fflush(stdout);
	(void)fflush(stderr);
	pid = fork();
	if (pid < 0)
		return fa_fail(err, FA_E_IO, "no process for a walk: %s",
			strerror(errno));
	if (pid == 0)
		_exit(walk_here(w, folder, out, entry));
	while (w->pids[i] != 0)
		i++;
	w->pids[i] = pid;
	w->live++;
	return FA_OK;
}

static void
end_all(const struct walks *w)
{
	for (unsigned i = 0; i < FA_EVAL_JOBS_MAX; i++)
		if (w->pids[i] != 0)
			(void)kill(w->pids[i], SIGTERM);
}

/* Waits until at most n walks are under way. Whoever interrupts us interrupts
 * them. */
static int
wait_for(struct walks *w, unsigned n, struct fa_err *err)
{
	bool told = false;

	while (w->live > n) {
		bool any = false;

		for (unsigned i = 0; i < FA_EVAL_JOBS_MAX; i++) {
			if (w->pids[i] == 0 ||
				waitpid(w->pids[i], NULL, WNOHANG) == 0)
				continue;
			w->pids[i] = 0;
			w->live--;
			any = true;
		}
		if (!told && fa_signals_status() != FA_EXIT_CLEAN) {
			end_all(w);
			told = true;
			n = 0;
		}
		if (!any)
			(void)poll(NULL, 0, LOOK_MS);
	}
	return told ? fa_fail(err, FA_E_INTERRUPTED, "interrupted") : FA_OK;
}

static int
walk_set(
	struct walks *w, const struct fa_eval_flow_set *set, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < set->n && rc == FA_OK; i++) {
		const struct fa_eval_flow *f = &set->flows[i];

		if (!is_wanted(w->ev, set, f))
			continue;
		if (w->ev->flows->walked.p == NULL)
			rc = make_folder(w->ev, err);
		if (rc == FA_OK)
			rc = wait_for(w, w->o->jobs - 1, err);
		if (rc == FA_OK)
			rc = start(w, set, f, err);
	}
	return rc;
}

int
fa_eval_flows_walk(struct fa_eval *ev, struct fa_tool *t,
	const struct fa_eval_walk_opts *o, struct fa_err *err)
{
	struct walks w = { .ev = ev, .tool = t, .o = o };
	struct fa_err later;
	int rc = FA_OK, ended;

	/* Without a browser each app says that it was not walked. */
	if (fa_chromium_find(NULL, ev->arena).p == NULL)
		return FA_OK;
	if (ev->flows->walked.p != NULL)
		rc = fa_file_make_dir(ev->flows->walked, err);
	for (size_t i = 0; i < ev->flows->sets_n && rc == FA_OK; i++)
		rc = walk_set(&w, &ev->flows->sets[i], err);
	ended = wait_for(&w, 0, rc == FA_OK ? err : &later);
	return rc < 0 ? rc : ended;
}
