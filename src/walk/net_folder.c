/* realpath is an X/Open extension of POSIX. */
#define _XOPEN_SOURCE 700

/* A folder of files as a web site. Nothing outside of it can be had. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/num.h"
#include "walk/net_internal.h"

#define HEAD_BYTES 512

static const struct {
	const char *suffix, *type;
} types[] = { { ".html", "text/html; charset=utf-8" },
	{ ".htm", "text/html; charset=utf-8" },
	{ ".xhtml", "application/xhtml+xml" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".mjs", "text/javascript; charset=utf-8" },
	{ ".css", "text/css; charset=utf-8" }, { ".json", "application/json" },
	{ ".txt", "text/plain; charset=utf-8" }, { ".svg", "image/svg+xml" },
	{ ".png", "image/png" }, { ".jpg", "image/jpeg" },
	{ ".jpeg", "image/jpeg" }, { ".gif", "image/gif" },
	{ ".webp", "image/webp" }, { ".ico", "image/x-icon" },
	{ ".woff", "font/woff" }, { ".woff2", "font/woff2" },
	{ ".ttf", "font/ttf" }, { ".wasm", "application/wasm" },
	{ ".mp4", "video/mp4" }, { ".webm", "video/webm" },
	{ ".pdf", "application/pdf" } };

static const char *
type_of(struct fa_str path)
{
	for (size_t i = 0; i < FA_COUNT(types); i++) {
		size_t n = strlen(types[i].suffix);

		if (path.n > n &&
			fa_str_ieq(fa_str_sub(path, path.n - n, path.n),
				fa_str_c(types[i].suffix)))
			return types[i].type;
	}
	return "application/octet-stream";
}

int
fa_net_folder_open(struct fa_walk_net *n, struct fa_err *err)
{
	char real[PATH_MAX];
	struct fa_str dir = fa_arena_dup(&n->arena, n->o.folder);

	if (!dir.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a folder");
	if (!fa_file_is_dir(dir))
		return fa_fail(
			err, FA_E_IO, "%s: there is no such folder", dir.p);
	if (!realpath(dir.p, real) || strlen(real) >= sizeof(n->folder))
		return fa_fail(err, FA_E_IO, "%s: %s", dir.p, strerror(errno));
	(void)snprintf(n->folder, sizeof(n->folder), "%s", real);
	return FA_OK;
}

/* The path of a URL, decoded. False when it is none of a file. */
static bool
decode(struct fa_buf *out, struct fa_str path)
{
	for (size_t i = 0; i < path.n; i++) {
		char c = path.p[i];
		uint64_t byte;

		if (c == '%') {
			if (!fa_num_hex(fa_str_sub(path, i + 1, i + 3), 255,
				    &byte) ||
				i + 2 >= path.n)
				return false;
			c = (char)(unsigned char)byte;
			i += 2;
		}
		if (c == '\0' || c == '\\' || (unsigned char)c < ' ')
			return false;
		fa_buf_addc(out, c);
	}
	return out->rc == FA_OK;
}

static bool
climbs(struct fa_str path)
{
	while (path.p) {
		struct fa_str part = fa_str_cut(&path, '/');

		if (fa_str_eq(part, FA_STR("..")))
			return true;
	}
	return false;
}

static bool
is_below(const char *real, const char *dir)
{
	size_t n = strlen(dir);

	return strncmp(real, dir, n) == 0 &&
		(real[n] == '/' || real[n] == '\0' ||
			(n > 0 && dir[n - 1] == '/'));
}

enum file { MISSING, FILE_FOUND, FOLDER };

/* Links may lead about inside of the folder, not out of it. */
static enum file
locate(char real[PATH_MAX], const struct fa_walk_net *n, struct fa_str target,
	struct fa_buf *path)
{
	size_t query = fa_str_find(target, FA_STR("?"), 0);
	struct fa_str below =
		query == SIZE_MAX ? target : fa_str_sub(target, 0, query);

	fa_buf_adds(path, n->folder);
	if (!decode(path, below) || climbs(fa_buf_str(path)))
		return MISSING;
	if (!realpath(path->p, real) || !is_below(real, n->folder))
		return MISSING;
	if (!fa_file_is_dir(fa_str_c(real)))
		return FILE_FOUND;
	if (!fa_str_ends(below, FA_STR("/")))
		return FOLDER;
	fa_buf_adds(path, "index.html");
	if (path->rc < 0 || !realpath(path->p, real) ||
		!is_below(real, n->folder) || fa_file_is_dir(fa_str_c(real)))
		return MISSING;
	return FILE_FOUND;
}

static int
give(struct fa_walk_net *n, struct fa_browser *b,
	const struct fa_net_request *r, struct fa_net_found *f,
	const char *fields, struct fa_err *err)
{
	struct fa_buf head FA_CLEANUP(fa_buf_done);
	int rc;

	fa_buf_init(&head, HEAD_BYTES + r->url.n);
	fa_buf_addf(&head, "HTTP/1.1 %d %s\r\n%sContent-Length: %zu\r\n\r\n",
		f->status,
		f->status == 200           ? "OK"
			: f->status == 301 ? "Moved Permanently"
					   : "Not Found",
		fields, f->body.n);
	rc = fa_buf_rc(&head, "answer", err);
	f->head = fa_buf_str(&head);
	if (rc == FA_OK)
		rc = fa_net_write_once(n, r, f, err);
	return rc < 0 ? rc : fa_net_give(n, b, r, f, err);
}

static int
not_found(struct fa_walk_net *n, struct fa_browser *b,
	const struct fa_net_request *r, const char *why, struct fa_err *err)
{
	struct fa_net_found f = { .status = 404,
		.body = FA_STR("<!doctype html><title>404</title>\n") };

	fa_net_miss(n, r, why);
	return give(
		n, b, r, &f, "Content-Type: text/html; charset=utf-8\r\n", err);
}

static int
add_slash(struct fa_walk_net *n, struct fa_browser *b,
	const struct fa_net_request *r, struct fa_str target,
	struct fa_err *err)
{
	struct fa_net_found f = { .status = 301, .body = FA_STR("") };
	struct fa_buf fields FA_CLEANUP(fa_buf_done);
	struct fa_str path = target;
	size_t query = fa_str_find(target, FA_STR("?"), 0);
	int rc;

	if (query != SIZE_MAX)
		path = fa_str_sub(target, 0, query);
	fa_buf_init(&fields, HEAD_BYTES + target.n);
	fa_buf_addf(&fields, "Location: %.*s/%.*s\r\n", FA_STR_ARG(path),
		FA_STR_ARG(fa_str_sub(target, path.n, target.n)));
	rc = fa_buf_rc(&fields, "answer", err);
	return rc < 0 ? rc : give(n, b, r, &f, fields.p, err);
}

static int
give_file(struct fa_walk_net *n, struct fa_browser *b,
	const struct fa_net_request *r, const char *real, struct fa_err *err)
{
	struct fa_net_found f = { .status = 200 };
	char fields[HEAD_BYTES];
	struct fa_err why;
	int rc = fa_file_read(&f.body, fa_str_c(real), FA_WALK_NET_BODY_BYTES,
		&n->scratch, &why);

	if (rc < 0)
		return not_found(n, b, r, why.msg, err);
	(void)snprintf(fields, sizeof(fields), "Content-Type: %s\r\n",
		type_of(fa_str_c(real)));
	return give(n, b, r, &f, fields, err);
}

int
fa_net_folder_request(struct fa_walk_net *n, struct fa_browser *b,
	const struct fa_net_request *r, struct fa_err *err)
{
	struct fa_buf path FA_CLEANUP(fa_buf_done);
	struct fa_str url = fa_net_plain_url(r->url), target;
	struct fa_str origin = FA_STR(FA_WALK_NET_ORIGIN "/");
	char real[PATH_MAX];

	fa_buf_init(&path, PATH_MAX);
	if (!fa_str_starts(url, origin))
		return fa_net_refuse(
			n, b, r, "NameNotResolved", "not in the folder", err);
	if (!fa_str_eq(r->method, FA_STR("GET")) &&
		!fa_str_eq(r->method, FA_STR("HEAD")))
		return not_found(
			n, b, r, "a folder answers no such request", err);
	target = fa_str_sub(url, origin.n - 1, url.n);
	switch (locate(real, n, target, &path)) {
	case FOLDER:
		return add_slash(n, b, r, target, err);
	case FILE_FOUND:
		return give_file(n, b, r, real, err);
	default:
		return not_found(n, b, r, "there is no such file", err);
	}
}
