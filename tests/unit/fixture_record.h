/* A store in a directory of its own, with a clock that stands still until it
 * is told to move. */
#ifndef FIXTURE_RECORD_H
#define FIXTURE_RECORD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "facecheck/record/account.h"

#define RECORD_START_MS 1800000000000

struct record_rig {
	char dir[64], path[96];
	int64_t now_ms;
	struct fc_store *s;
	struct fc_table t;
	struct fa_arena a;
	struct fa_err err;
};

static inline int
record_open(struct record_rig *r)
{
	return fc_store_open(
		&r->s, fa_str_c(r->path), fa_clock_fixed(&r->now_ms), &r->err);
}

static inline void
record_close(struct record_rig *r)
{
	fc_store_close(r->s);
	r->s = NULL;
}

static inline void
record_dir(struct record_rig *r)
{
	(void)snprintf(r->dir, sizeof(r->dir), "/tmp/fc_record_XXXXXX");
	assert_non_null(mkdtemp(r->dir));
	(void)snprintf(r->path, sizeof(r->path), "%s/store", r->dir);
}

static inline void
record_remove(const char *dir)
{
	struct dirent *e;
	DIR *d = opendir(dir);

	assert_non_null(d);
	while ((e = readdir(d))) {
		char path[400];

		(void)snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		(void)unlink(path);
	}
	(void)closedir(d);
	assert_int_equal(rmdir(dir), 0);
}

static inline int
record_setup(void **state)
{
	struct record_rig *r = calloc(1, sizeof(*r));

	assert_non_null(r);
	record_dir(r);
	r->now_ms = RECORD_START_MS;
	fa_arena_init(&r->a, 64u << 20);
	fc_table_init(&r->t);
	if (record_open(r) != FA_OK)
		fail_msg("%s", r->err.msg);
	*state = r;
	return 0;
}

static inline int
record_teardown(void **state)
{
	struct record_rig *r = *state;

	record_close(r);
	fa_arena_done(&r->a);
	record_remove(r->dir);
	free(r);
	return 0;
}

static inline void
record_begin(struct record_rig *r, char id[FC_SESSION_ID_BYTES],
	const char *account, uint32_t circumstances)
{
	if (fc_session_begin(id, r->s, fa_str_c(account), circumstances,
		    &r->err) != FA_OK)
		fail_msg("%s", r->err.msg);
}

static inline struct fc_session
record_step(struct record_rig *r, const char *id, enum fc_event e)
{
	struct fc_session s = { 0, 0, 0 };
	int rc = fc_session_step(
		&s, r->s, &r->t, fa_str_c(id), e, NULL, &r->err);

	if (rc != 1)
		fail_msg("%s: %d %s", fc_event_name((uint8_t)e), rc,
			rc < 0 ? r->err.msg : "changes nothing");
	return s;
}

/* Takes a whole way; -1 ends it. */
static inline struct fc_session
record_walk(struct record_rig *r, const char *id, const int *events)
{
	struct fc_session s = { 0, 0, 0 };

	for (; *events >= 0; events++)
		s = record_step(r, id, (enum fc_event) * events);
	return s;
}

static const int record_way_by_face[] = { FC_E_SHOW, FC_E_FACE, FC_E_YES,
	FC_E_IMAGE, FC_E_LIVE_YES, FC_E_MATCH_YES, -1 };

/* In how many of the files of the directory the needle is. */
static inline int
record_search(const char *dir, struct fa_str needle)
{
	struct fa_arena a;
	struct dirent *e;
	DIR *d = opendir(dir);
	int n = 0;

	assert_non_null(d);
	fa_arena_init(&a, 256u << 20);
	while ((e = readdir(d))) {
		char path[400];
		struct fa_str data;

		if (e->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		if (fa_file_read(&data, fa_str_c(path), 128u << 20, &a, NULL) <
			0)
			continue;
		n += fa_str_find(data, needle, 0) != SIZE_MAX;
	}
	(void)closedir(d);
	fa_arena_done(&a);
	return n;
}

/* SQL past the store, as somebody with the file in hand would. */
static inline void
record_sql(const char *path, const char *sql)
{
	sqlite3 *h = NULL;

	assert_int_equal(sqlite3_open(path, &h), SQLITE_OK);
	if (sqlite3_exec(h, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(h));
	(void)sqlite3_close(h);
}

#endif
