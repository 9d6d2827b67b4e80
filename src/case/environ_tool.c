/* This program and the browser: which bytes are at work, told what. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/cjson.h"
#include "base/file.h"
#include "base/libpcre2.h"
#include "base/libyaml.h"
#include "base/zlib.h"
#include "browser/browser.h"
#include "case/environ.h"
#include "evidence/crypto.h"
#include "fetch/curl.h"
#include "fetch/psl.h"
#include "read/libcmark.h"
#include "read/uchardet.h"
#include "read/xml.h"
#include "store/sqlite.h"

#define STATUS "/var/lib/dpkg/status"

static struct fa_str
own_path(struct fa_arena *a)
{
	char path[FA_FILE_PATH_BYTES];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path));

	if (n <= 0 || n >= (ssize_t)sizeof(path))
		return FA_STR_NONE;
	return fa_arena_dup(a, (struct fa_str){ path, (size_t)n });
}

/* Variables that change what this program or its libraries do. Values of
 * others are nobody's business. */
static int
set_variables(struct fa_environ *out, struct fa_arena *a, struct fa_err *err)
{
	static const char *const names[] = { "LANG", "LC_ALL", "LC_CTYPE", "TZ",
		"SOURCE_DATE_EPOCH", "NO_COLOR", "LD_PRELOAD",
		"LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR",
		"OPENSSL_CONF", "CURL_CA_BUNDLE", "RES_OPTIONS", "LOCALDOMAIN",
		"HOSTALIASES", "TMPDIR" };
	struct fa_buf b FA_CLEANUP(fa_buf_done);

	out->variables =
		fa_arena_new(a, FA_COUNT(names), sizeof(struct fa_str));
	fa_buf_init(&b, 1u << 20);
	if (!out->variables)
		return fa_fail(err, FA_E_NOMEM, "no memory for variables");
	for (size_t i = 0; i < FA_COUNT(names); i++) {
		const char *value = getenv(names[i]);
		struct fa_str s;

		if (!value)
			continue;
		fa_buf_reset(&b);
		fa_buf_addf(&b, "%s=%s", names[i], value);
		s = b.rc == 0 ? fa_arena_dup(a, fa_buf_str(&b)) : FA_STR_NONE;
		if (s.p)
			out->variables[out->variables_n++] = s;
	}
	return FA_OK;
}

static int
set_args(struct fa_environ *out, const struct fa_environ_opts *o,
	struct fa_arena *a, struct fa_err *err)
{
	size_t n = o->argc > 0 ? (size_t)o->argc : 0;

	out->args = fa_arena_new(a, n, sizeof(struct fa_str));
	if (!out->args)
		return fa_fail(err, FA_E_NOMEM, "no memory for arguments");
	for (size_t i = 0; i < n; i++)
		out->args[out->args_n++] = fa_str_c(o->argv[i]);
	return FA_OK;
}

/* "chromium 156.0" out of the package manager's list, for the package that the
 * program is named after. */
static struct fa_str
package_of(const char *root, struct fa_str path, struct fa_arena *a)
{
	struct fa_str rest = fa_environ_file(root, STATUS, a), name = path;
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	bool here = false;

	fa_buf_init(&b, 1024);
	for (size_t i = path.n; i-- > 0;)
		if (path.p[i] == '/') {
			name = fa_str_sub(path, i + 1, path.n);
			break;
		}
	while (rest.p) {
		struct fa_str line = fa_str_cut(&rest, '\n'), value = line;
		struct fa_str key = fa_str_cut(&value, ':');

		value = fa_str_trim(value);
		if (fa_str_eq(key, FA_STR("Package")))
			here = fa_str_eq(value, name);
		if (!here || !fa_str_eq(key, FA_STR("Version")))
			continue;
		fa_buf_init(&b, 1024);
		fa_buf_addf(
			&b, "%.*s %.*s", FA_STR_ARG(name), FA_STR_ARG(value));
		return b.rc == 0 ? fa_arena_dup(a, fa_buf_str(&b))
				 : FA_STR_NONE;
	}
	return FA_STR_NONE;
}

/* Is it listed already? Lines of one file follow each other. */
static bool
is_listed(const struct fa_environ *out, struct fa_str path)
{
	for (size_t i = 0; i < out->libraries_n; i++)
		if (fa_str_eq(out->libraries[i].path, path))
			return true;
	return false;
}

/* Those that take part in evidence and are opened when they are first needed:
 * now, so that they are on record. One that is not installed is not at work. */
static void
open_libraries(void)
{
	static int (*const open[])(struct fa_err *) = { fa_cjson_open,
		fa_cmark_open, fa_crypto_open, fa_curl_open, fa_libyaml_open,
		fa_pcre2_open, fa_psl_open, fa_read_xml_open, fa_sqlite_open,
		fa_uchardet_open, fa_zlib_open };

	for (size_t i = 0; i < FA_COUNT(open); i++) {
		struct fa_err absent;

		(void)open[i](&absent);
	}
}

/* The libraries that are at work are those that are mapped: /proc/self/maps
 * has a line "from-to rwxp offset dev inode path" for each piece. */
static int
set_libraries(struct fa_environ *out, struct fa_arena *a, struct fa_err *err)
{
	struct fa_str rest;

	open_libraries();
	rest = fa_environ_file("", "/proc/self/maps", a);
	out->libraries =
		fa_arena_new(a, FA_ENVIRON_LIST_MAX, sizeof(*out->libraries));
	if (!out->libraries)
		return fa_fail(err, FA_E_NOMEM, "no memory for libraries");
	while (rest.p && out->libraries_n < FA_ENVIRON_LIST_MAX) {
		struct fa_str line = fa_str_cut(&rest, '\n'), path;
		size_t at = fa_str_find(line, FA_STR("/"), 0);
		struct fa_environ_library *l =
			&out->libraries[out->libraries_n];

		if (at == SIZE_MAX)
			continue;
		path = fa_str_sub(line, at, line.n);
		if (fa_str_find(path, FA_STR(".so"), 0) == SIZE_MAX ||
			is_listed(out, path))
			continue;
		l->path = fa_arena_dup(a, path);
		if (!l->path.p)
			return fa_fail(
				err, FA_E_NOMEM, "no memory for libraries");
		l->sha256 = fa_environ_digest(l->path.p, a);
		out->libraries_n++;
	}
	return FA_OK;
}

int
fa_environ_tool(struct fa_environ *out, const struct fa_environ_opts *o,
	struct fa_arena *a, struct fa_err *err)
{
	int rc = set_args(out, o, a, err);

	if (rc == FA_OK)
		rc = set_variables(out, a, err);
	if (rc == FA_OK)
		rc = set_libraries(out, a, err);
	if (rc < 0)
		return rc;
	out->exe_path = own_path(a);
	/* By its open file, which is at work, not by its name. */
	out->exe_sha256 = fa_environ_digest("/proc/self/exe", a);
	out->browser_path = fa_chromium_find(o->browser, a);
	if (out->browser_path.p) {
		out->browser_sha256 = fa_environ_digest(out->browser_path.p, a);
		out->browser_package =
			package_of(o->root, out->browser_path, a);
	}
	return FA_OK;
}
