#include "evidence/warc.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "evidence/http.h"
#include "evidence/warc_put.h"
#include "evidence/warc_read.h"

#define WRITE_BYTES (1u << 20)   /* collected before they are written */
#define KEEP_BYTES (4u << 20)    /* a larger buffer is given back */
#define PENDING_BYTES (1u << 30) /* far above three of the largest records */
#define OWN_BYTES 65536
#define INFO_BYTES (1u << 20) /* to read the first record */

struct fa_warc {
	struct fa_arena arena; /* holds this struct, too */
	struct fa_str path;    /* with a NUL behind it */
	struct fa_str software;
	int fd;
	struct fa_warc_pen pen;
	struct fa_buf pending; /* whole record sets, not yet written */
	int64_t written;       /* length of the file: whole record sets */
	int64_t synced;        /* thereof safe on the disk */
	bool info_due;         /* a warcinfo record goes before the next set */
	bool failed;           /* an fsync failed: nobody knows what is left */
};

static int
fail_io(struct fa_err *err, const char *doing, const struct fa_warc *w,
	int code)
{
	return fa_fail(err, FA_E_IO, "cannot %s %.*s: %s", doing,
		FA_STR_ARG(w->path), strerror(code));
}

static int
do_fsync(int fd)
{
	int rc;

	do {
		rc = fsync(fd);
	} while (rc != 0 && errno == EINTR);
	return rc;
}

static int
do_truncate(int fd, int64_t end)
{
	int rc;

	do {
		rc = ftruncate(fd, (off_t)end);
	} while (rc != 0 && errno == EINTR);
	return rc;
}

/* A new file is only safe on the disk when its directory is. */
static int
sync_dir(const struct fa_warc *w, struct fa_err *err)
{
	char dir[FA_FILE_PATH_BYTES] = ".";
	const char *slash = strrchr(w->path.p, '/');
	size_t n = slash == NULL ? 0 : (size_t)(slash - w->path.p);
	int code = 0;
	int fd;

	if (slash != NULL) {
		n = n == 0 ? 1 : n;
		memcpy(dir, w->path.p, n);
		dir[n] = '\0';
	}
	fd = open(dir, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail_io(err, "sync the directory of", w, errno);
	if (do_fsync(fd) != 0)
		code = errno;
	(void)close(fd);
	/* there are file systems without it */
	if (code != 0 && code != EINVAL && code != ENOTSUP)
		return fail_io(err, "sync the directory of", w, code);
	return FA_OK;
}

static void
drop_pending_behind(struct fa_warc *w, size_t n)
{
	w->pending.rc = FA_OK;
	w->pending.n = n;
	if (w->pending.p != NULL)
		w->pending.p[n] = '\0';
}

/* Writes what is pending. On failure the file is cut back to the record sets
 * that it held before, and they stay pending. */
static int
flush(struct fa_warc *w, struct fa_err *err)
{
	struct fa_str data = fa_buf_str(&w->pending);
	size_t n = 0;

	while (n < data.n) {
		ssize_t put = pwrite(w->fd, data.p + n, data.n - n,
			(off_t)(w->written + (int64_t)n));
		int code = put < 0 ? errno : EIO;

		if (put > 0) {
			n += (size_t)put;
		} else if (code != EINTR) {
			/* if that fails too, the next write or the next
			 * fa_warc_open covers the rest */
			(void)do_truncate(w->fd, w->written);
			return fail_io(err, "write", w, code);
		}
	}
	w->written += (int64_t)data.n;
	fa_buf_reset(&w->pending);
	if (w->pending.cap > KEEP_BYTES)
		fa_buf_done(&w->pending);
	return FA_OK;
}

static int
put_info(struct fa_warc *w, struct fa_err *err)
{
	const char *slash = strrchr(w->path.p, '/');

	return fa_warc_put_info(&w->pending, &w->pen, w->software,
		fa_str_c(slash == NULL ? w->path.p : slash + 1), err);
}

/* Locks before it looks or cuts: what another writer has in hand stays whole.
 */
static int
open_file(struct fa_warc *w, int64_t end, struct fa_err *err)
{
	struct stat st;

	do {
		w->fd = open(w->path.p,
			O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK |
				(end == 0 ? O_CREAT : 0),
			0666);
	} while (w->fd < 0 && errno == EINTR);
	if (w->fd < 0)
		return fail_io(err, "open", w, errno);
	if (fstat(w->fd, &st) != 0)
		return fail_io(err, "examine", w, errno);
	if (!S_ISREG(st.st_mode)) {
		return fa_fail(err, FA_E_IO,
			"cannot write %.*s: not a regular file",
			FA_STR_ARG(w->path));
	}
	if (flock(w->fd, LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK)
			return fail_io(err, "lock", w, errno);
		return fa_fail(err, FA_E_IO,
			"cannot write %.*s: another process is writing it",
			FA_STR_ARG(w->path));
	}
	if (fstat(w->fd, &st) != 0)
		return fail_io(err, "examine", w, errno);
	if ((int64_t)st.st_size < end) {
		return fa_fail(err, FA_E_INPUT,
			"%.*s is %lld bytes, but %lld were written: the "
			"archive was damaged",
			FA_STR_ARG(w->path), (long long)st.st_size,
			(long long)end);
	}
	return FA_OK;
}

static struct fa_str
software_of(struct fa_str block)
{
	struct fa_http_line line;

	while (fa_http_next_line(&line, &block)) {
		if (fa_str_ieq(line.name, FA_STR("software")))
			return line.value;
	}
	return FA_STR_NONE;
}

/* Records of the software that began the archive refer to its warcinfo record;
 * other software gets one of its own (WARC 1.1, 6.2 allows it anywhere). */
static int
find_info(struct fa_warc *w, struct fa_err *err)
{
	struct fa_warc_reader *r;
	struct fa_warc_record info;
	struct fa_arena a;
	int rc = fa_warc_reader_open(&r, w->path, err);

	if (rc != FA_OK)
		return rc;
	fa_arena_init(&a, INFO_BYTES);
	rc = fa_warc_read_next(r, &info, &a, err);
	w->info_due = true;
	if (rc > 0 && fa_str_eq(info.type, FA_STR("warcinfo")) &&
		info.id.n == FA_WARC_ID_BYTES - 1 &&
		fa_str_eq(software_of(info.block), fa_str_trim(w->software))) {
		memcpy(w->pen.info_id, info.id.p, info.id.n);
		w->pen.info_id[info.id.n] = '\0';
		w->info_due = false;
	}
	fa_arena_done(&a);
	fa_warc_reader_close(r);
	/* a first record too large for a warcinfo is one of another kind */
	return rc < 0 && rc != FA_E_NOMEM ? rc : FA_OK;
}

static int
start(struct fa_warc *w, int64_t end, struct fa_err *err)
{
	int rc = open_file(w, end, err);

	if (rc == FA_OK)
		rc = fa_warc_pen_init(&w->pen, err);
	if (rc == FA_OK)
		rc = end == 0 ? put_info(w, err) : find_info(w, err);
	if (rc != FA_OK)
		return rc;
	if (do_truncate(w->fd, end) != 0)
		return fail_io(err, "cut back", w, errno);
	w->written = end;
	rc = flush(w, err);
	if (rc != FA_OK)
		return rc;
	if (do_fsync(w->fd) != 0)
		return fail_io(err, "sync", w, errno);
	w->synced = w->written;
	return end == 0 ? sync_dir(w, err) : FA_OK;
}

/* NULL when there is no memory. */
static struct fa_warc *
new_writer(struct fa_str path, struct fa_str software)
{
	struct fa_arena arena;
	struct fa_warc *w;

	fa_arena_init(&arena, OWN_BYTES);
	w = fa_arena_new(&arena, 1, sizeof(*w));
	if (w != NULL) {
		w->path = fa_arena_dup(&arena, path);
		w->software = fa_arena_dup(&arena, software);
	}
	if (w == NULL || w->path.p == NULL || w->software.p == NULL) {
		fa_arena_done(&arena);
		return NULL;
	}
	w->arena = arena;
	w->fd = -1;
	fa_buf_init(&w->pending, PENDING_BYTES);
	return w;
}

int
fa_warc_open(struct fa_warc **out, struct fa_str path, int64_t end,
	struct fa_str software, struct fa_err *err)
{
	struct fa_warc *w;
	int rc;

	assert(end >= 0);
	if (path.n == 0 || path.n >= FA_FILE_PATH_BYTES ||
		memchr(path.p, '\0', path.n) != NULL)
		return fa_fail(err, FA_E_USAGE, "bad name of an archive");
	w = new_writer(path, software);
	if (w == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for the archive");
	rc = start(w, end, err);
	if (rc != FA_OK) {
		fa_warc_close(w);
		return rc;
	}
	*out = w;
	return FA_OK;
}

void
fa_warc_close(struct fa_warc *w)
{
	struct fa_arena arena;

	if (w == NULL)
		return;
	if (w->fd >= 0)
		(void)close(w->fd);
	fa_warc_pen_done(&w->pen);
	fa_buf_done(&w->pending);
	arena = w->arena;
	fa_arena_done(&arena);
}

static int
usable(const struct fa_warc *w, struct fa_err *err)
{
	if (!w->failed)
		return FA_OK;
	return fa_fail(err, FA_E_IO,
		"cannot write %.*s: it could not be synced before",
		FA_STR_ARG(w->path));
}

/* An exchange or, when x is NULL, a resource. */
static int
add(struct fa_warc_place *place, struct fa_warc *w,
	const struct fa_warc_exchange *x, const struct fa_warc_resource *r,
	struct fa_err *err)
{
	int64_t base = w->written;
	int rc = w->info_due ? put_info(w, err) : FA_OK;

	if (rc == FA_OK && x)
		rc = fa_warc_put_exchange(&w->pending, place, &w->pen, x, err);
	else if (rc == FA_OK)
		rc = fa_warc_put_resource(&w->pending, place, &w->pen, r, err);
	if (rc == FA_OK && w->pending.n >= WRITE_BYTES)
		rc = flush(w, err);
	if (rc == FA_OK)
		place->offset += base;
	return rc;
}

static int
add_whole(struct fa_warc_place *out, struct fa_warc *w,
	const struct fa_warc_exchange *x, const struct fa_warc_resource *r,
	struct fa_err *err)
{
	size_t before = w->pending.n;
	struct fa_warc_place place;
	int rc = usable(w, err);

	if (rc != FA_OK)
		return rc;
	rc = add(&place, w, x, r, err);
	if (rc != FA_OK) {
		drop_pending_behind(w, before);
		return rc;
	}
	w->info_due = false;
	*out = place;
	return FA_OK;
}

int
fa_warc_add(struct fa_warc_place *out, struct fa_warc *w,
	const struct fa_warc_exchange *x, struct fa_err *err)
{
	return add_whole(out, w, x, NULL, err);
}

int
fa_warc_add_resource(struct fa_warc_place *out, struct fa_warc *w,
	const struct fa_warc_resource *r, struct fa_err *err)
{
	return add_whole(out, w, NULL, r, err);
}

int
fa_warc_sync(struct fa_warc *w, int64_t *end, struct fa_err *err)
{
	int rc = usable(w, err);

	if (rc == FA_OK)
		rc = flush(w, err);
	if (rc != FA_OK)
		return rc;
	if (w->written != w->synced && do_fsync(w->fd) != 0) {
		int code = errno;

		/* Linux forgets the pages that it could not write: a second
		 * fsync would succeed without them */
		w->failed = true;
		(void)do_truncate(w->fd, w->synced);
		return fail_io(err, "sync", w, code);
	}
	w->synced = w->written;
	*end = w->written;
	return FA_OK;
}

int64_t
fa_warc_end(const struct fa_warc *w)
{
	return w->written + (int64_t)w->pending.n;
}
