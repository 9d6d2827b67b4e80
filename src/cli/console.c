#include "cli/console.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/num.h"
#include "base/utf8.h"

void
fa_console_init(struct fa_console *c)
{
	c->lang = FA_CLI_ZH;
	c->color = FA_COLOR_AUTO;
	c->quiet = false;
	c->program = NULL;
}

/* A character that could move the cursor, start a line or turn text around. */
static bool
is_unsafe(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x2028 ||
		cp == 0x2029 || fa_rune_is_ignorable(cp);
}

FA_PRINTF(2, 0)
static void
print_message(const struct fa_console *c, const char *fmt, va_list ap)
{
	char text[FA_CLI_MESSAGE_BYTES];
	struct fa_str rest;

	if (vsnprintf(text, sizeof(text), fmt, ap) < 0)
		return;
	flockfile(stderr);
	fputs(c->program != NULL ? c->program : "faceaudit", stderr);
	fputs(": ", stderr);
	for (rest = fa_str_c(text); rest.n > 0;) {
		uint32_t cp;
		size_t n = fa_utf8_next(rest, &cp);

		if (is_unsafe(cp))
			putc('?', stderr);
		else if (cp == FA_RUNE_BAD)
			fputs("\xEF\xBF\xBD", stderr);
		else
			fwrite(rest.p, 1, n, stderr);
		rest = fa_str_sub(rest, n, rest.n);
	}
	putc('\n', stderr);
	funlockfile(stderr);
}

void
fa_console_error(const struct fa_console *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	print_message(c, fmt, ap);
	va_end(ap);
}

void
fa_console_note(const struct fa_console *c, const char *fmt, ...)
{
	va_list ap;

	if (c->quiet)
		return;
	va_start(ap, fmt);
	print_message(c, fmt, ap);
	va_end(ap);
}

int
fa_console_write(struct fa_str s, bool *closed, struct fa_err *err)
{
	size_t done = 0;

	while (done < s.n) {
		ssize_t n = write(STDOUT_FILENO, s.p + done, s.n - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			int why = errno;

			if (closed != NULL)
				*closed = why == EPIPE;
			return fa_fail(err, FA_E_IO,
				"cannot write to standard output: %s",
				strerror(why));
		}
		done += (size_t)n;
	}
	return 0;
}

bool
fa_console_colors(const struct fa_console *c)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (c->color != FA_COLOR_AUTO)
		return c->color == FA_COLOR_ALWAYS;
	if (no_color != NULL && no_color[0] != '\0')
		return false;
	if (term == NULL || strcmp(term, "dumb") == 0)
		return false;
	return isatty(STDOUT_FILENO) == 1;
}

unsigned
fa_console_columns(void)
{
	const char *env = getenv("COLUMNS");
	uint64_t columns = 0;
	struct winsize size;

	if (env == NULL || !fa_num_u64(fa_str_c(env), UINT16_MAX, &columns)) {
		if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
			columns = size.ws_col;
	}
	if (columns == 0)
		return FA_CLI_COLUMNS;
	if (columns < FA_CLI_COLUMNS_MIN)
		return FA_CLI_COLUMNS_MIN;
	if (columns > FA_CLI_COLUMNS_MAX)
		return FA_CLI_COLUMNS_MAX;
	return (unsigned)columns;
}

int
fa_color_parse(enum fa_color *out, const char *word, struct fa_err *err)
{
	static const char *const words[] = { "auto", "always", "never" };
	size_t i;

	for (i = 0; i < FA_COUNT(words); i++) {
		if (strcmp(word, words[i]) == 0) {
			*out = (enum fa_color)i;
			return 0;
		}
	}
	return fa_fail(err, FA_E_USAGE,
		"'%s' is no colour mode, expected auto, always or never", word);
}

int
fa_cli_lang_parse(enum fa_cli_lang *out, const char *word, struct fa_err *err)
{
	if (strcmp(word, "zh") == 0)
		*out = FA_CLI_ZH;
	else if (strcmp(word, "en") == 0)
		*out = FA_CLI_EN;
	else
		return fa_fail(err, FA_E_USAGE,
			"'%s' is no language, expected zh or en", word);
	return 0;
}

static int
weight(enum fa_exit e)
{
	switch (e) {
	case FA_EXIT_CLEAN:
		return 0;
	case FA_EXIT_INCOMPLETE:
		return 1;
	case FA_EXIT_FINDINGS:
		return 2;
	case FA_EXIT_ERROR:
		return 3;
	case FA_EXIT_EVIDENCE:
		return 4;
	case FA_EXIT_AGAIN:
		return 5;
	case FA_EXIT_INTERRUPTED:
		return 6;
	}
	return 3;
}

enum fa_exit
fa_exit_worse(enum fa_exit a, enum fa_exit b)
{
	return weight(a) >= weight(b) ? a : b;
}
