/* A custody log of made-up events, and ways to tamper with it. */
#ifndef FIXTURE_CUSTODY_H
#define FIXTURE_CUSTODY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "evidence/custody.h"

#define LOG_MAX 64
#define LOG_ARENA ((size_t)64 << 20)
#define LOG_T0 INT64_C(1795671600000)
#define LOG_SHA                                                                \
	"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

struct log {
	struct fa_arena a;
	struct fa_err err;
	struct fa_str line[LOG_MAX];
	size_t n;
};

static inline struct fa_custody_event
log_event(int64_t seq, const char *prev)
{
	static const struct fa_custody_obj objs[2] = {
		{ FA_STR_INIT("page"), FA_STR_INIT("text/html"), 4096,
			FA_STR_INIT(LOG_SHA), FA_STR_INIT(LOG_SHA),
			{ NULL, 0 } },
		{ FA_STR_INIT("text"), { NULL, 0 }, -1, FA_STR_INIT(LOG_SHA),
			{ NULL, 0 }, FA_STR_INIT(LOG_SHA) },
	};
	struct fa_custody_event e = { .seq = seq,
		.t_ms = LOG_T0 + seq * 1000,
		.mono_ns = seq * 1000000000,
		.op = FA_OP_CAPTURE,
		.case_id = FA_STR("案-2026-7"),
		.actor = { FA_STR("王工"), FA_STR("operator"), FA_STR_NONE },
		.tool = { FA_STR("faceaudit"), FA_STR("0.1.0"), FA_STR_NONE,
			FA_STR(LOG_SHA), FA_STR_NONE },
		.host = { FA_STR("boot-1"), FA_STR("machine") },
		.clock = { false, 16000000, FA_STR("adjtimex") },
		.target = { FA_STR("示例"), FA_STR_NONE,
			FA_STR("https://h/p?a=\"b\"") },
		.objs = objs,
		.objs_n = 2,
		.detail = FA_STR("{\"status\":200,\"text\":\"}{\\\"\"}") };

	(void)snprintf(e.prev, sizeof(e.prev), "%s", prev);
	return e;
}

static inline struct fa_str
log_write(struct log *l, const struct fa_custody_event *e)
{
	struct fa_buf b;
	struct fa_str line;

	fa_buf_init(&b, FA_CUSTODY_LINE_BYTES);
	if (fa_custody_write(&b, e, &l->err) != FA_OK)
		fail_msg("%s", l->err.msg);
	line = fa_arena_dup(&l->a, fa_buf_str(&b));
	assert_non_null(line.p);
	fa_buf_done(&b);
	return line;
}

static inline void
log_digest(char hex[FA_HASH_HEX_BYTES], struct fa_str line)
{
	assert_int_equal(fa_custody_digest(hex, line, NULL), FA_OK);
}

static inline void
log_make(struct log *l, size_t n)
{
	char prev[FA_HASH_HEX_BYTES] = FA_CUSTODY_ZERO;

	fa_arena_init(&l->a, LOG_ARENA);
	for (l->n = 0; l->n < n; l->n++) {
		struct fa_custody_event e = log_event((int64_t)l->n + 1, prev);

		l->line[l->n] = log_write(l, &e);
		log_digest(prev, l->line[l->n]);
	}
}

static inline void
log_done(struct log *l)
{
	fa_arena_done(&l->a);
}

/* A line with the first from replaced by to, of the same length or not. */
static inline struct fa_str
log_replace(struct log *l, struct fa_str line, const char *from, const char *to)
{
	size_t at = fa_str_find(line, fa_str_c(from), 0), n = strlen(from);
	struct fa_buf b;
	struct fa_str out;

	assert_true(at != SIZE_MAX);
	fa_buf_init(&b, FA_CUSTODY_LINE_BYTES);
	fa_buf_add(&b, fa_str_sub(line, 0, at));
	fa_buf_adds(&b, to);
	fa_buf_add(&b, fa_str_sub(line, at + n, line.n));
	out = fa_arena_dup(&l->a, fa_buf_str(&b));
	assert_non_null(out.p);
	fa_buf_done(&b);
	return out;
}

/* The log as it is exported. */
static inline struct fa_str
log_text(struct log *l)
{
	struct fa_buf b;
	struct fa_str out;

	fa_buf_init(&b, LOG_ARENA);
	for (size_t i = 0; i < l->n; i++) {
		fa_buf_add(&b, l->line[i]);
		fa_buf_addc(&b, '\n');
	}
	out = fa_arena_dup(&l->a, fa_buf_str(&b));
	assert_non_null(out.p);
	fa_buf_done(&b);
	return out;
}

static inline struct fa_chain
log_check(struct log *l)
{
	struct fa_chain c;

	assert_int_equal(
		fa_chain_check_text(&c, log_text(l), NULL, NULL, &l->err),
		FA_OK);
	return c;
}

/* Removes a directory with all that is in it. */
static inline void
log_empty_at(int at, const char *name)
{
	int fd = openat(at, name, O_RDONLY | O_DIRECTORY);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *e;

	while (d && (e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (unlinkat(fd, e->d_name, 0) != 0)
			log_empty_at(fd, e->d_name);
	}
	if (d)
		(void)closedir(d);
	(void)unlinkat(at, name, AT_REMOVEDIR);
}

static inline void
log_empty(const char *dir)
{
	log_empty_at(AT_FDCWD, dir);
}

#endif
