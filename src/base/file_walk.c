/* Listing a tree. Directories wait in a queue, so that depth costs no stack.
 * Links to directories are never entered, which rules out cycles; a link to a
 * file counts as inside the tree when that very file (device and inode) was
 * met in the tree under its own name. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define FIRST_ENTRIES 64

struct file_id {
	dev_t device;
	ino_t inode;
};

struct entry {
	struct fa_str path;
	struct file_id id; /* of the target when link */
	bool link;
	unsigned depth; /* of a directory */
};

struct entries {
	struct entry *item;
	size_t n;
	size_t cap;
};

struct walk {
	struct fa_arena *a;
	struct fa_err *err;
	const struct fa_file_filter *filter; /* or NULL */
	void *ctx;
	struct entries dirs;
	struct entries files;
};

static int
no_memory(const struct walk *w)
{
	return fa_fail(w->err, FA_E_NOMEM, "out of memory for a file list");
}

static int
fail_io(const struct walk *w, const char *doing, struct fa_str path, int code)
{
	return fa_fail(w->err, FA_E_IO, "cannot %s %.*s: %s", doing,
		FA_STR_ARG(path), strerror(code));
}

/* Entries are forgotten when the list of paths is there: they do not live in
 * the arena. */
static int
add(struct walk *w, struct entries *list, struct entry e)
{
	size_t cap = list->cap > 0 ? list->cap : FIRST_ENTRIES;
	struct entry *grown;

	if (list->n >= FA_FILE_LIST_MAX) {
		return fa_fail(w->err, FA_E_LIMIT,
			"more than %d files or directories", FA_FILE_LIST_MAX);
	}
	if (list->n == list->cap) {
		while (cap <= list->n)
			cap *= 2;
		grown = realloc(list->item, cap * sizeof(e));
		if (grown == NULL)
			return no_memory(w);
		list->item = grown;
		list->cap = cap;
	}
	list->item[list->n++] = e;
	return FA_OK;
}

/* "dir/name" in the arena. */
static int
join(struct walk *w, struct fa_str *out, struct fa_str dir, const char *name)
{
	size_t name_n = strlen(name);
	size_t slash = dir.n > 0 && dir.p[dir.n - 1] != '/' ? 1 : 0;
	size_t n = dir.n + slash + name_n;
	char *p;

	if (n >= FA_FILE_PATH_BYTES) {
		return fa_fail(w->err, FA_E_LIMIT,
			"path is longer than %d bytes: %.*s",
			FA_FILE_PATH_BYTES - 1, 200, dir.p);
	}
	p = fa_arena_new(w->a, n + 1, 1);
	if (p == NULL)
		return no_memory(w);
	memcpy(p, dir.p, dir.n);
	if (slash != 0)
		p[dir.n] = '/';
	memcpy(p + dir.n + slash, name, name_n);
	*out = (struct fa_str){ p, n };
	return FA_OK;
}

static bool
is_wanted(const struct walk *w, struct fa_str path, bool is_dir)
{
	return w->filter == NULL || w->filter->keep(w->ctx, path, is_dir);
}

static int
visit(struct walk *w, int fd, const struct entry *dir, const char *name)
{
	struct entry e = { .link = false };
	struct stat st;
	int rc;

	if (name[0] == '.')
		return FA_OK;
	rc = join(w, &e.path, dir->path, name);
	if (rc != FA_OK)
		return rc;
	if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
		/* it may have been removed since it was listed */
		return errno == ENOENT ? FA_OK
				       : fail_io(w, "read", e.path, errno);
	}
	if (!is_wanted(w, e.path, S_ISDIR(st.st_mode)))
		return FA_OK;
	if (S_ISDIR(st.st_mode)) {
		e.depth = dir->depth + 1;
		if (e.depth > FA_FILE_DEPTH) {
			return fa_fail(w->err, FA_E_LIMIT,
				"more than %d levels of directories: %.*s",
				FA_FILE_DEPTH, FA_STR_ARG(e.path));
		}
		return add(w, &w->dirs, e);
	}
	if (S_ISLNK(st.st_mode)) {
		e.link = true;
		if (fstatat(fd, name, &st, 0) != 0)
			return FA_OK; /* a link to nowhere, or to itself */
	}
	if (!S_ISREG(st.st_mode))
		return FA_OK;
	e.id = (struct file_id){ st.st_dev, st.st_ino };
	return add(w, &w->files, e);
}

static int
visit_all(struct walk *w, DIR *d, const struct entry *dir)
{
	for (;;) {
		const struct dirent *found;
		int rc;

		errno = 0;
		found = readdir(d);
		if (found == NULL && errno != 0)
			return fail_io(w, "read", dir->path, errno);
		if (found == NULL)
			return FA_OK;
		rc = visit(w, dirfd(d), dir, found->d_name);
		if (rc != FA_OK)
			return rc;
	}
}

static int
enter(struct walk *w, const struct entry *dir)
{
	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	DIR *d;
	int fd;
	int rc = FA_OK;

	if (w->filter != NULL)
		rc = w->filter->enter(w->ctx, dir->path, w->err);
	if (rc != FA_OK)
		return rc;
	/* the top may be a link, because the user named it */
	if (dir->depth > 0)
		flags |= O_NOFOLLOW;
	fd = open(dir->path.p, flags);
	if (fd < 0) {
		if (errno == ENOENT && dir->depth > 0)
			return FA_OK;
		return fail_io(w, "open", dir->path, errno);
	}
	d = fdopendir(fd);
	if (d == NULL) {
		rc = fail_io(w, "open", dir->path, errno);
		(void)close(fd);
		return rc;
	}
	rc = visit_all(w, d, dir);
	(void)closedir(d);
	return rc;
}

static int
compare_ids(struct file_id a, struct file_id b)
{
	if (a.device != b.device)
		return a.device < b.device ? -1 : 1;
	return (a.inode > b.inode) - (a.inode < b.inode);
}

/* Files with one identity stand together, their links behind them. */
static int
by_id(const void *a, const void *b)
{
	const struct entry *x = a;
	const struct entry *y = b;
	int order = compare_ids(x->id, y->id);

	return order != 0 ? order : (int)x->link - (int)y->link;
}

static int
by_path(const void *a, const void *b)
{
	const struct fa_str *x = a;
	const struct fa_str *y = b;

	return fa_str_cmp(*x, *y);
}

static int
finish(struct walk *w, struct fa_file_list *out)
{
	struct fa_file_list list = { NULL, 0 };
	bool inside = false;

	list.path = fa_arena_new(w->a, w->files.n, sizeof(*list.path));
	if (list.path == NULL)
		return no_memory(w);
	if (w->files.n > 1)
		qsort(w->files.item, w->files.n, sizeof(struct entry), by_id);
	for (size_t i = 0; i < w->files.n; i++) {
		const struct entry *e = &w->files.item[i];

		if (i == 0 || compare_ids(e->id, e[-1].id) != 0)
			inside = !e->link;
		if (inside)
			list.path[list.n++] = e->path;
	}
	if (list.n > 1)
		qsort(list.path, list.n, sizeof(*list.path), by_path);
	*out = list;
	return FA_OK;
}

int
fa_file_walk(struct fa_file_list *out, struct fa_str dir, struct fa_arena *a,
	struct fa_err *err)
{
	return fa_file_walk_filtered(out, dir, NULL, NULL, a, err);
}

int
fa_file_walk_filtered(struct fa_file_list *out, struct fa_str dir,
	const struct fa_file_filter *filter, void *ctx, struct fa_arena *a,
	struct fa_err *err)
{
	struct walk w = { .a = a, .err = err, .filter = filter, .ctx = ctx };
	struct entry top = { .depth = 0 };
	int rc;

	if (dir.n == 0 || memchr(dir.p, '\0', dir.n) != NULL)
		return fa_fail(err, FA_E_USAGE, "no name of a directory");
	while (dir.n > 1 && dir.p[dir.n - 1] == '/')
		dir.n--;
	top.path = fa_arena_dup(a, dir);
	if (top.path.p == NULL)
		return no_memory(&w);
	rc = add(&w, &w.dirs, top);
	for (size_t i = 0; rc == FA_OK && i < w.dirs.n; i++) {
		struct entry next = w.dirs.item[i];

		rc = enter(&w, &next);
	}
	if (rc == FA_OK)
		rc = finish(&w, out);
	free(w.dirs.item);
	free(w.files.item);
	return rc;
}
