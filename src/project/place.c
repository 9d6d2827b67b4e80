/* realpath */
#define _XOPEN_SOURCE 700

#include "project/place.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* realpath wants as much. */
#define PLACE_BYTES 4097

struct fa_str
fa_place_join(struct fa_str folder, struct fa_str name, struct fa_arena *a)
{
	size_t slash = folder.n > 0 && folder.p[folder.n - 1] == '/' ? 0 : 1;
	char *p = fa_arena_new(a, folder.n + slash + name.n + 1, 1);

	if (p == NULL)
		return FA_STR_NONE;
	memcpy(p, folder.p, folder.n);
	if (slash != 0)
		p[folder.n] = '/';
	memcpy(p + folder.n + slash, name.p, name.n);
	return (struct fa_str){ p, folder.n + slash + name.n };
}

struct fa_str
fa_place_folder(struct fa_str path)
{
	size_t n = path.n;

	while (n > 0 && path.p[n - 1] != '/')
		n--;
	return fa_str_sub(path, 0, n > 1 ? n - 1 : n);
}

/* path made absolute by the working folder, nothing resolved. */
static int
from_here(struct fa_str *out, struct fa_str path, struct fa_arena *a,
	struct fa_err *err)
{
	char here[PLACE_BYTES];

	if (path.n > 0 && path.p[0] == '/')
		*out = fa_arena_dup(a, path);
	else if (getcwd(here, sizeof(here)) == NULL)
		return fa_fail(err, FA_E_IO, "cannot tell the working folder");
	else
		*out = fa_place_join(fa_str_c(here), path, a);
	return out->p != NULL
		? FA_OK
		: fa_fail(err, FA_E_NOMEM, "no memory for a path");
}

int
fa_place_absolute(struct fa_str *out, struct fa_str path, struct fa_arena *a,
	struct fa_err *err)
{
	char real[PLACE_BYTES];
	struct fa_str all, at;
	int rc;

	if (path.n >= FA_FILE_PATH_BYTES)
		return fa_fail(err, FA_E_LIMIT, "path is longer than %d bytes",
			FA_FILE_PATH_BYTES - 1);
	rc = from_here(&all, path, a, err);
	for (at = all; rc == FA_OK; at = fa_place_folder(at)) {
		struct fa_str z = fa_arena_dup(a, at);

		if (z.p == NULL)
			return fa_fail(err, FA_E_NOMEM, "no memory for a path");
		if (realpath(z.p, real) != NULL)
			break;
		if (at.n <= 1) {
			*out = all;
			return FA_OK;
		}
	}
	if (rc < 0)
		return rc;
	*out = at.n == all.n
		? fa_arena_dup(a, fa_str_c(real))
		: fa_place_join(fa_str_c(real),
			  fa_str_sub(all, at.n + (at.n > 1 ? 1 : 0), all.n), a);
	return out->p != NULL
		? FA_OK
		: fa_fail(err, FA_E_NOMEM, "no memory for a path");
}

/* What stands at path; 0 when nothing does. */
static mode_t
mode_of(struct fa_str path, bool through_links)
{
	char z[FA_FILE_PATH_BYTES];
	struct stat st;

	if (path.n >= sizeof(z))
		return 0;
	memcpy(z, path.p, path.n);
	z[path.n] = '\0';
	if ((through_links ? stat(z, &st) : lstat(z, &st)) != 0)
		return 0;
	return st.st_mode;
}

/* Remembers that the folder of path lies where that of real does. */
static void
remember(struct fa_place_memo *memo, struct fa_str folder, struct fa_str real)
{
	memo->real_n = 0;
	real = fa_place_folder(real);
	if (folder.n > sizeof(memo->given) || real.n > sizeof(memo->real))
		return;
	memcpy(memo->given, folder.p, folder.n);
	memcpy(memo->real, real.p, real.n);
	memo->given_n = folder.n;
	memo->real_n = real.n;
}

/* Only what is there and is no link lies where its folder does. */
int
fa_place_near(struct fa_str *out, struct fa_place_memo *memo,
	struct fa_str path, struct fa_arena *a, struct fa_err *err)
{
	struct fa_str folder = path, name, known;
	mode_t m = mode_of(path, false);
	int rc;

	while (folder.n > 0 && folder.p[folder.n - 1] != '/')
		folder.n--;
	name = fa_str_sub(path, folder.n, path.n);
	if (m == 0 || S_ISLNK(m) || name.n == 0 ||
		fa_str_eq(name, FA_STR(".")) || fa_str_eq(name, FA_STR("..")))
		return fa_place_absolute(out, path, a, err);
	known = (struct fa_str){ memo->given, memo->given_n };
	if (memo->real_n == 0 || !fa_str_eq(folder, known)) {
		rc = fa_place_absolute(out, path, a, err);
		if (rc == FA_OK)
			remember(memo, folder, *out);
		return rc;
	}
	*out = fa_place_join(
		(struct fa_str){ memo->real, memo->real_n }, name, a);
	return out->p != NULL
		? FA_OK
		: fa_fail(err, FA_E_NOMEM, "no memory for a path");
}

struct fa_str
fa_place_below(struct fa_str path, struct fa_str folder)
{
	if (fa_str_eq(path, folder))
		return FA_STR("");
	if (!fa_str_starts(path, folder))
		return FA_STR_NONE;
	if (folder.n > 0 && folder.p[folder.n - 1] == '/')
		return fa_str_sub(path, folder.n, path.n);
	if (path.p[folder.n] != '/')
		return FA_STR_NONE;
	return fa_str_sub(path, folder.n + 1, path.n);
}

struct fa_str
fa_place_common(struct fa_str a, struct fa_str b)
{
	while (a.n > 1 && fa_place_below(b, a).p == NULL)
		a = fa_place_folder(a);
	return a;
}

static size_t
depth_of(struct fa_str path)
{
	size_t n = 0;

	for (size_t i = 0; i < path.n; i++)
		n += path.p[i] == '/' && i + 1 < path.n;
	return n;
}

struct fa_str
fa_place_from(struct fa_str folder, struct fa_str path, struct fa_arena *a)
{
	static const struct fa_str up = FA_STR_INIT("../");
	struct fa_str common = fa_place_common(folder, path);
	struct fa_str below = fa_place_below(path, common);
	size_t ups = depth_of(folder) - depth_of(common);
	char *p = fa_arena_new(a, ups * up.n + below.n + 2, 1);
	size_t n = 0;

	if (p == NULL)
		return FA_STR_NONE;
	for (; ups > 0; ups--, n += up.n)
		memcpy(p + n, up.p, up.n);
	memcpy(p + n, below.p, below.n);
	n += below.n;
	if (n > 0 && p[n - 1] == '/')
		n--;
	if (n == 0)
		p[n++] = '.';
	p[n] = '\0';
	return (struct fa_str){ p, n };
}

bool
fa_place_exists(struct fa_str path)
{
	return mode_of(path, false) != 0;
}

bool
fa_place_is_file(struct fa_str path)
{
	return S_ISREG(mode_of(path, true));
}

bool
fa_place_is_own_file(struct fa_str path)
{
	return S_ISREG(mode_of(path, false));
}

bool
fa_place_is_shared(struct fa_str folder)
{
	mode_t m = mode_of(folder, true);

	return S_ISDIR(m) && (m & S_ISVTX) != 0 && (m & S_IWOTH) != 0;
}

struct fa_str
fa_place_repository(struct fa_str folder, struct fa_arena *a)
{
	for (;; folder = fa_place_folder(folder)) {
		struct fa_str mark = fa_place_join(folder, FA_STR(".git"), a);

		if (fa_place_is_shared(folder))
			return FA_STR_NONE;
		if (mark.p != NULL && fa_place_exists(mark))
			return folder;
		if (folder.n <= 1)
			return FA_STR_NONE;
	}
}
