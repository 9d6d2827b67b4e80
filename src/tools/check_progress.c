#include "tools/check_progress.h"

#include <unistd.h>

void
fa_check_progress_begin(
	struct fa_check_progress *p, const struct fa_tool *t, bool printing)
{
	bool en = t->con.lang == FA_CLI_EN;

	p->tool = t;
	fa_progress_begin(&p->line, &t->con, en ? "check" : "检查",
		en ? "documents" : "份文件", fa_clock_now(t->clock));
	/* A report that is printed shows by itself how far it is. */
	p->shown =
		p->line.terminal && !(printing && isatty(STDOUT_FILENO) == 1);
}

void
fa_check_progress_step(
	struct fa_check_progress *p, size_t done, size_t all, size_t failed)
{
	int64_t now = p->shown ? fa_clock_now(p->tool->clock) : 0;

	if (p->shown && now - p->line.begun_ms >= FA_CHECK_PATIENCE_MS)
		fa_progress_show(&p->line, done, all, failed, now);
}

void
fa_check_progress_clear(struct fa_check_progress *p)
{
	fa_progress_end(&p->line);
}
