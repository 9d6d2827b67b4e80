#include "tools/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli/console.h"

int
fa_sink_open(struct fa_sink *s, const char *path, struct fa_err *err)
{
	int fd, n;

	memset(s, 0, sizeof(*s));
	if (path == NULL)
		return FA_OK;
	n = snprintf(s->temporary, sizeof(s->temporary), "%s.%ld.tmp", path,
		(long)getpid());
	if (n < 0 || (size_t)n >= sizeof(s->temporary)) {
		s->temporary[0] = '\0';
		return fa_fail(err, FA_E_LIMIT, "the path is too long");
	}
	fd = open(s->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	s->file = fd < 0 ? NULL : fdopen(fd, "wb");
	if (s->file == NULL) {
		int why = errno;

		if (fd >= 0) {
			(void)close(fd);
			(void)unlink(s->temporary);
		}
		return fa_fail(err, FA_E_IO, "%s: %s", path, strerror(why));
	}
	s->path = path;
	return FA_OK;
}

int
fa_sink_write(struct fa_sink *s, struct fa_str text, struct fa_err *err)
{
	if (s->path == NULL)
		return fa_console_write(text, &s->closed, err);
	if (text.n > 0 && fwrite(text.p, 1, text.n, s->file) != text.n)
		return fa_fail(
			err, FA_E_IO, "%s: %s", s->path, strerror(errno));
	return FA_OK;
}

int
fa_sink_end(struct fa_sink *s, struct fa_err *err)
{
	FILE *file = s->file;
	bool ok;

	if (s->path == NULL)
		return FA_OK;
	s->file = NULL;
	ok = fflush(file) == 0 && fsync(fileno(file)) == 0;
	ok = fclose(file) == 0 && ok;
	if (ok && rename(s->temporary, s->path) == 0)
		return FA_OK;
	(void)fa_fail(err, FA_E_IO, "%s: %s", s->path, strerror(errno));
	(void)unlink(s->temporary);
	return FA_E_IO;
}

void
fa_sink_done(struct fa_sink *s)
{
	if (s->file == NULL)
		return;
	(void)fclose(s->file);
	(void)unlink(s->temporary);
	s->file = NULL;
}
