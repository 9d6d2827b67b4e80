#include "evidence/objects.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "evidence/crypto.h"
#include "evidence/custody_parts.h"

#define WINDOW_BYTES 65536
#define TRIES 100 /* names for a temporary file */

/* SHA-256 and SM3 of bytes that come in pieces. */
struct digests {
	EVP_MD_CTX *sha256, *sm3; /* sm3 NULL: libcrypto has none */
	int64_t bytes;
};

static void
digests_done(struct digests *d)
{
	fa_crypto()->EVP_MD_CTX_free(d->sha256);
	fa_crypto()->EVP_MD_CTX_free(d->sm3);
}

static EVP_MD_CTX *
begin(const char *name, bool *missing)
{
	EVP_MD_CTX *ctx = NULL;
	EVP_MD *md;

	(void)fa_crypto()->ERR_set_mark();
	md = fa_crypto()->EVP_MD_fetch(NULL, name, NULL);
	*missing = !md;
	if (md)
		ctx = fa_crypto()->EVP_MD_CTX_new();
	if (ctx && fa_crypto()->EVP_DigestInit_ex(ctx, md, NULL) != 1) {
		fa_crypto()->EVP_MD_CTX_free(ctx);
		ctx = NULL;
	}
	fa_crypto()->EVP_MD_free(md);
	(void)fa_crypto()->ERR_pop_to_mark();
	return ctx;
}

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "out of memory for digests");
}

static int
digests_init(struct digests *d, struct fa_err *err)
{
	bool no_sha256, no_sm3;
	int rc = fa_crypto_open(err);

	if (rc < 0)
		return rc;
	d->bytes = 0;
	d->sm3 = NULL;
	d->sha256 = begin("SHA256", &no_sha256);
	if (!d->sha256)
		return no_memory(err);
	d->sm3 = begin("SM3", &no_sm3);
	if (d->sm3 || no_sm3)
		return FA_OK;
	digests_done(d);
	return no_memory(err);
}

static int
digests_add(struct digests *d, const char *p, size_t n, struct fa_err *err)
{
	if (n > FA_OBJECT_BYTES || (size_t)d->bytes > FA_OBJECT_BYTES - n)
		return fa_fail(err, FA_E_LIMIT,
			"an object is larger than %zu bytes", FA_OBJECT_BYTES);
	d->bytes += (int64_t)n;
	if (n == 0 ||
		(fa_crypto()->EVP_DigestUpdate(d->sha256, p, n) == 1 &&
			(!d->sm3 ||
				fa_crypto()->EVP_DigestUpdate(d->sm3, p, n) ==
					1)))
		return FA_OK;
	return no_memory(err);
}

static int
put_hex(char hex[FA_HASH_HEX_BYTES], EVP_MD_CTX *ctx)
{
	unsigned char md[EVP_MAX_MD_SIZE];

	hex[0] = '\0';
	if (!ctx)
		return FA_OK;
	if (fa_crypto()->EVP_DigestFinal_ex(ctx, md, NULL) != 1)
		return FA_E_NOMEM;
	for (size_t i = 0; i < FA_HASH_BYTES; i++)
		(void)snprintf(hex + 2 * i, 3, "%02x", md[i]);
	return FA_OK;
}

static int
digests_end(struct fa_object *out, struct digests *d, struct fa_err *err)
{
	struct fa_object o = { .bytes = d->bytes };

	if (put_hex(o.sha256, d->sha256) < 0 || put_hex(o.sm3, d->sm3) < 0)
		return no_memory(err);
	*out = o;
	return FA_OK;
}

int
fa_object_digest(struct fa_object *out, struct fa_str data, struct fa_err *err)
{
	struct digests d;
	int rc = digests_init(&d, err);

	if (rc < 0)
		return rc;
	rc = digests_add(&d, data.p, data.n, err);
	if (rc == FA_OK)
		rc = digests_end(out, &d, err);
	digests_done(&d);
	return rc;
}

static int
fail_path(const char *path, struct fa_err *err)
{
	return fa_fail(err, FA_E_IO, "%s: %s", path, strerror(errno));
}

static int
write_all(int fd, const char *p, size_t n, const char *path, struct fa_err *err)
{
	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return fail_path(path, err);
		p += done;
		n -= (size_t)done;
	}
	return FA_OK;
}

/* Digests what from holds; to (-1: nowhere) gets the same bytes. */
static int
pass(struct fa_object *out, int from, const char *path, int to,
	const char *to_path, struct fa_err *err)
{
	char window[WINDOW_BYTES];
	struct digests d;
	int rc = digests_init(&d, err);

	if (rc < 0)
		return rc;
	while (rc == FA_OK) {
		ssize_t n = read(from, window, sizeof(window));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			rc = fail_path(path, err);
		if (n <= 0)
			break;
		rc = digests_add(&d, window, (size_t)n, err);
		if (rc == FA_OK && to >= 0)
			rc = write_all(to, window, (size_t)n, to_path, err);
	}
	if (rc == FA_OK)
		rc = digests_end(out, &d, err);
	digests_done(&d);
	return rc;
}

/* A regular file only: a pipe or a device would make reading wait. */
static int
open_file(int *fd, const char *path, struct fa_err *err)
{
	struct stat st;
	int f = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (f < 0)
		return fa_fail(err, errno == ENOENT ? FA_E_NOTFOUND : FA_E_IO,
			"%s: %s", path, strerror(errno));
	if (fstat(f, &st) == 0 && S_ISREG(st.st_mode)) {
		*fd = f;
		return FA_OK;
	}
	(void)close(f);
	return fa_fail(err, FA_E_IO, "%s: is no regular file", path);
}

static int
join_path(char out[FA_FILE_PATH_BYTES], struct fa_str dir, const char *name,
	struct fa_err *err)
{
	int n = snprintf(out, FA_FILE_PATH_BYTES, "%.*s%s%s", FA_STR_ARG(dir),
		name[0] ? "/" : "", name);

	if (n < 0 || n >= FA_FILE_PATH_BYTES)
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(dir));
	return FA_OK;
}

int
fa_object_digest_file(
	struct fa_object *out, struct fa_str path, struct fa_err *err)
{
	char name[FA_FILE_PATH_BYTES];
	int fd = -1, rc = join_path(name, path, "", err);

	if (rc == FA_OK)
		rc = open_file(&fd, name, err);
	if (rc < 0)
		return rc;
	rc = pass(out, fd, name, -1, NULL, err);
	(void)close(fd);
	return rc;
}

int
fa_object_path(char out[FA_FILE_PATH_BYTES], struct fa_str dir,
	struct fa_str sha256, struct fa_err *err)
{
	char name[FA_HASH_HEX_BYTES + 1];

	if (!fa_custody_is_digest(sha256))
		return fa_fail(err, FA_E_USAGE,
			"'%.*s' is no SHA-256 of an object",
			FA_STR_ARG(sha256));
	(void)snprintf(
		name, sizeof(name), "%.2s/%.62s", sha256.p, sha256.p + 2);
	return join_path(out, dir, name, err);
}

static int
sync_dir(const char *path, struct fa_err *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = FA_OK;

	if (fd < 0)
		return fail_path(path, err);
	if (fsync(fd) != 0)
		rc = fail_path(path, err);
	(void)close(fd);
	return rc;
}

/* Makes dir if need be; what is new is on the disk when this returns. */
static int
make_dir(const char *path, const char *parent, struct fa_err *err)
{
	struct stat st;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return FA_OK;
	if (mkdir(path, 0777) != 0 && errno != EEXIST)
		return fail_path(path, err);
	return sync_dir(parent, err);
}

/* Where dir stands. */
static void
parent_of(char out[FA_FILE_PATH_BYTES], const char *dir)
{
	char *slash;

	(void)snprintf(out, FA_FILE_PATH_BYTES, "%s", dir);
	slash = strrchr(out, '/');
	if (!slash)
		(void)snprintf(out, FA_FILE_PATH_BYTES, ".");
	else if (slash == out)
		slash[1] = '\0';
	else
		*slash = '\0';
}

static int
open_temporary(int *fd, char path[FA_FILE_PATH_BYTES], struct fa_str dir,
	struct fa_err *err)
{
	for (unsigned i = 0; i < TRIES; i++) {
		char name[64];
		int rc;

		(void)snprintf(
			name, sizeof(name), ".new-%ld-%u", (long)getpid(), i);
		rc = join_path(path, dir, name, err);
		if (rc < 0)
			return rc;
		*fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (*fd >= 0)
			return FA_OK;
		if (errno != EEXIST)
			return fail_path(path, err);
	}
	return fa_fail(err, FA_E_IO, "%.*s: holds too many temporary files",
		FA_STR_ARG(dir));
}

/* Moves what was written to its name, or drops it when it is there. */
static int
settle(const struct fa_object *o, struct fa_str dir, const char *temporary,
	struct fa_err *err)
{
	char path[FA_FILE_PATH_BYTES], part[FA_FILE_PATH_BYTES];
	char top[FA_FILE_PATH_BYTES];
	struct fa_object there;
	struct stat st;
	int rc = fa_object_path(path, dir, fa_str_c(o->sha256), err);

	if (rc == FA_OK)
		rc = join_path(top, dir, "", err);
	if (rc < 0)
		return rc;
	if (lstat(path, &st) == 0) {
		(void)unlink(temporary);
		return fa_object_check(&there, dir, fa_str_c(o->sha256), err);
	}
	parent_of(part, path);
	rc = make_dir(part, top, err);
	if (rc == FA_OK && rename(temporary, path) != 0)
		rc = fail_path(path, err);
	return rc < 0 ? rc : sync_dir(part, err);
}

/* Puts the bytes of an open file (from, path), or (from -1) data. */
static int
put(struct fa_object *out, struct fa_str dir, int from, const char *path,
	struct fa_str data, struct fa_err *err)
{
	char temporary[FA_FILE_PATH_BYTES], top[FA_FILE_PATH_BYTES];
	char parent[FA_FILE_PATH_BYTES];
	struct fa_object o;
	int fd = -1, rc = join_path(top, dir, "", err);

	if (rc < 0)
		return rc;
	parent_of(parent, top);
	rc = make_dir(top, parent, err);
	if (rc == FA_OK)
		rc = open_temporary(&fd, temporary, dir, err);
	if (rc < 0)
		return rc;
	if (from >= 0)
		rc = pass(&o, from, path, fd, temporary, err);
	else
		rc = fa_object_digest(&o, data, err);
	if (rc == FA_OK && from < 0)
		rc = write_all(fd, data.p, data.n, temporary, err);
	if (rc == FA_OK && (fchmod(fd, 0444) != 0 || fsync(fd) != 0))
		rc = fail_path(temporary, err);
	if (close(fd) != 0 && rc == FA_OK)
		rc = fail_path(temporary, err);
	if (rc == FA_OK)
		rc = settle(&o, dir, temporary, err);
	if (rc < 0)
		(void)unlink(temporary);
	else
		*out = o;
	return rc;
}

int
fa_object_put(struct fa_object *out, struct fa_str dir, struct fa_str data,
	struct fa_err *err)
{
	return put(out, dir, -1, NULL, data, err);
}

int
fa_object_put_file(struct fa_object *out, struct fa_str dir, struct fa_str path,
	struct fa_err *err)
{
	char name[FA_FILE_PATH_BYTES];
	int fd = -1, rc = join_path(name, path, "", err);

	if (rc == FA_OK)
		rc = open_file(&fd, name, err);
	if (rc < 0)
		return rc;
	rc = put(out, dir, fd, name, FA_STR_NONE, err);
	(void)close(fd);
	return rc;
}

static int
compare(const struct fa_object *o, const char *path, struct fa_str sha256,
	struct fa_err *err)
{
	if (fa_str_eq(fa_str_c(o->sha256), sha256))
		return FA_OK;
	return fa_fail(err, FA_E_INPUT,
		"%s: was changed, its SHA-256 is %s now", path, o->sha256);
}

int
fa_object_check(struct fa_object *out, struct fa_str dir, struct fa_str sha256,
	struct fa_err *err)
{
	char path[FA_FILE_PATH_BYTES];
	struct fa_object o;
	int rc = fa_object_path(path, dir, sha256, err);

	if (rc == FA_OK)
		rc = fa_object_digest_file(&o, fa_str_c(path), err);
	if (rc == FA_OK)
		rc = compare(&o, path, sha256, err);
	if (rc == FA_OK)
		*out = o;
	return rc;
}

int
fa_object_get(struct fa_str *out, struct fa_str dir, struct fa_str sha256,
	size_t max_bytes, struct fa_arena *a, struct fa_err *err)
{
	char path[FA_FILE_PATH_BYTES];
	struct fa_object o;
	struct fa_str data;
	struct stat st;
	int rc = fa_object_path(path, dir, sha256, err);

	if (rc < 0)
		return rc;
	if (stat(path, &st) != 0)
		return fa_fail(err, errno == ENOENT ? FA_E_NOTFOUND : FA_E_IO,
			"%s: %s", path, strerror(errno));
	rc = fa_file_read(&data, fa_str_c(path), max_bytes, a, err);
	if (rc == FA_OK)
		rc = fa_object_digest(&o, data, err);
	if (rc == FA_OK)
		rc = compare(&o, path, sha256, err);
	if (rc == FA_OK)
		*out = data;
	return rc;
}
