/* A folder of its own for a test of project/, with files made from text. */
#ifndef TEST_FIXTURE_PROJECT_H
#define TEST_FIXTURE_PROJECT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/child.h"
#include "base/file.h"

#define PROJECT_PATH 512

struct project {
	char dir[PROJECT_PATH]; /* absolute, links resolved; we stand in it */
	char before[PROJECT_PATH];
	struct fa_arena a;
	struct fa_err err;
};

static inline void
project_fresh(struct project *p)
{
	fa_arena_done(&p->a);
	fa_arena_init(&p->a, (size_t)512 << 20);
}

/* Runs a line of shell in the folder. */
static inline void
project_sh(struct project *p, const char *script)
{
	const char *const argv[] = { "sh", "-ec", script, NULL };
	struct fa_child c = { .argv = argv,
		.out_bytes = 1u << 20,
		.wall_ms = 60000,
		.environment = true };
	struct fa_child_end end;

	if (fa_child_run(&end, &c, &p->a, &p->err) != FA_OK)
		fail_msg("%s", p->err.msg);
	if (end.status != 0)
		fail_msg("%s: %s", script, end.said);
}

static inline void
project_put(struct project *p, const char *path, struct fa_str text)
{
	char folder[PROJECT_PATH];
	FILE *f;

	for (size_t i = 1; path[i] != '\0'; i++) {
		if (path[i] != '/')
			continue;
		(void)snprintf(folder, sizeof(folder), "%.*s", (int)i, path);
		(void)mkdir(folder, 0777);
	}
	/* Without waiting for the disk, as fa_file_replace would. */
	f = fopen(path, "wb");
	if (f == NULL || fwrite(text.p, 1, text.n, f) != text.n ||
		fclose(f) != 0)
		fail_msg("cannot write %s", path);
	(void)p;
}

static inline void
project_write(struct project *p, const char *path, const char *text)
{
	project_put(p, path, fa_str_c(text));
}

static inline int
project_setup(void **state)
{
	struct project *p = calloc(1, sizeof(*p));
	char dir[] = "/tmp/fa_project_XXXXXX";

	if (p == NULL || mkdtemp(dir) == NULL ||
		getcwd(p->before, sizeof(p->before)) == NULL ||
		chdir(dir) != 0 || getcwd(p->dir, sizeof(p->dir)) == NULL)
		return -1;
	/* Nothing of the user's own git has a say. */
	(void)setenv("HOME", p->dir, 1);
	(void)setenv("XDG_CONFIG_HOME", p->dir, 1);
	(void)setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	(void)setenv("LC_ALL", "C.UTF-8", 1);
	(void)unsetenv("GIT_DIR");
	fa_arena_init(&p->a, (size_t)512 << 20);
	*state = p;
	return 0;
}

static inline int
project_teardown(void **state)
{
	struct project *p = *state;

	(void)chdir(p->dir);
	project_sh(p, "chmod -R u+rwx . && rm -rf \"$PWD\"");
	(void)chdir(p->before);
	fa_arena_done(&p->a);
	free(p);
	return 0;
}

#define PROJECT_TEST(f)                                                        \
	cmocka_unit_test_setup_teardown(f, project_setup, project_teardown)

#endif
