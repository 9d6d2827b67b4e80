#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"

#define LINE_BYTES 512

void
fa_progress_begin(struct fa_progress *p, const struct fa_console *con,
	const char *what, const char *unit, int64_t now_ms)
{
	const char *term = getenv("TERM");

	memset(p, 0, sizeof(*p));
	p->con = con;
	p->what = what;
	p->unit = unit;
	p->begun_ms = p->told_ms = now_ms;
	p->terminal = isatty(STDERR_FILENO) == 1 && term != NULL &&
		strcmp(term, "dumb") != 0;
}

/* Columns of the terminal that standard error is. */
static size_t
columns(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return FA_CLI_COLUMNS;
}

struct fa_str
fa_progress_clip(struct fa_str line, size_t columns_n)
{
	size_t at = 0, used = 0;

	while (at < line.n) {
		uint32_t cp;
		size_t n = fa_utf8_next(fa_str_sub(line, at, line.n), &cp);
		int wide = fa_utf8_width(cp);

		used += wide > 0 ? (size_t)wide : 0;
		if (used > columns_n)
			break;
		at += n;
	}
	return fa_str_sub(line, 0, at);
}

/* "1:05", "2:00:09" */
static void
add_time(struct fa_buf *b, uint64_t s)
{
	if (s >= 3600)
		fa_buf_addf(b, "%" PRIu64 ":%02u:%02u", s / 3600,
			(unsigned)(s / 60 % 60), (unsigned)(s % 60));
	else
		fa_buf_addf(
			b, "%u:%02u", (unsigned)(s / 60), (unsigned)(s % 60));
}

static void
add_line(struct fa_buf *b, const struct fa_progress *p, uint64_t done,
	uint64_t all, uint64_t failed, int64_t now_ms)
{
	bool zh = p->con->lang != FA_CLI_EN;
	int64_t ms = now_ms - p->begun_ms;
	uint64_t rate10 =
		ms > 0 ? (done - p->begun_done) * 10000 / (uint64_t)ms : 0;

	fa_buf_addf(b, zh ? "%s：%" PRIu64 : "%s: %" PRIu64, p->what, done);
	if (all > 0)
		fa_buf_addf(b, "/%" PRIu64, all);
	fa_buf_addf(b,
		zh ? " %s，%" PRIu64 ".%u/s，失败 %" PRIu64
		   : " %s, %" PRIu64 ".%u/s, %" PRIu64 " failed",
		p->unit, rate10 / 10, (unsigned)(rate10 % 10), failed);
	if (all > done && rate10 > 0) {
		fa_buf_adds(b, zh ? "，约剩 " : ", left ");
		add_time(b, (all - done) * 10 / rate10);
	}
}

void
fa_progress_show(struct fa_progress *p, uint64_t done, uint64_t all,
	uint64_t failed, int64_t now_ms)
{
	struct fa_buf b;

	/* What an earlier run did is no part of the rate. */
	if (!p->counted)
		p->begun_done = done;
	p->counted = true;
	if (p->con->quiet)
		return;
	if (p->terminal ? p->drawn && now_ms - p->told_ms < FA_PROGRESS_DRAW_MS
			: now_ms - p->told_ms < FA_PROGRESS_LOG_MS)
		return;
	p->told_ms = now_ms;
	fa_buf_init(&b, LINE_BYTES);
	add_line(&b, p, done, all, failed, now_ms);
	if (b.rc == 0 && p->terminal) {
		/* A line that wraps could not be drawn over. The last column
		 * stays free: some terminals wrap there already. */
		struct fa_str line =
			fa_progress_clip(fa_buf_str(&b), columns() - 1);

		(void)fprintf(stderr, "\r%.*s\033[K", FA_STR_ARG(line));
	} else if (b.rc == 0)
		fa_console_note(p->con, "%s", b.p);
	p->drawn = p->terminal;
	fa_buf_done(&b);
}

void
fa_progress_end(struct fa_progress *p)
{
	if (p->drawn)
		(void)fputs("\r\033[K", stderr);
	p->drawn = false;
}
