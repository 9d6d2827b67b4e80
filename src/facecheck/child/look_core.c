/* Core files, by gcore of gdb. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"
#include "facecheck/child/look.h"

bool
fc_look_core(struct fc_found *found, const struct fc_stage *s, pid_t held)
{
	char prefix[sizeof(s->dir) + 8];
	char path[sizeof(prefix) + 16];
	char number[16];
	char gcore[] = "gcore", o[] = "-o";
	char *argv[] = { gcore, o, prefix, number, NULL };
	struct fa_err err;
	pid_t pid;
	int rc;

	(void)snprintf(prefix, sizeof(prefix), "%s/core", s->dir);
	(void)snprintf(number, sizeof(number), "%d", (int)held);
	(void)snprintf(path, sizeof(path), "%s.%s", prefix, number);
	pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR | O_CLOEXEC);

		for (int fd = 0; fd < 3; fd++)
			(void)dup2(null, fd);
		(void)execvp(gcore, argv);
		(void)syscall(SYS_exit_group, 127);
	}
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	rc = fc_look_file(found, s, path, &err);
	(void)fc_stage_files(s);
	return rc == FA_OK;
}

bool
fc_look_has_gcore(void)
{
	const char *path = getenv("PATH");
	struct fa_str rest = fa_str_c(path ? path : "/usr/bin:/bin");

	while (rest.n > 0) {
		struct fa_str dir = fa_str_cut(&rest, ':');
		char file[512];

		if (dir.n > 0 && dir.n < sizeof(file) - 16 &&
			snprintf(file, sizeof(file), "%.*s/gcore",
				FA_STR_ARG(dir)) > 0 &&
			access(file, X_OK) == 0)
			return true;
	}
	return false;
}
