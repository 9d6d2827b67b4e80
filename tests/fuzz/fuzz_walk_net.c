/* Any bytes as the path of a page in a folder; after an X, two lines (method
 * and URL, body) and behind them an archive. However often it is asked, each
 * request gets one answer, and nothing comes out of a folder but what is in
 * it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "walk/net.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SECRET "outside"
#define TIMES 3 /* that the same is asked for */
#define PATH_BYTES 128

static char dir[64]; /* site/ in it, secret.txt beside it */
static char site[PATH_BYTES], archive[PATH_BYTES];

struct heard {
	unsigned answers;
	bool folder; /* what lies beside it must not come out */
};

static void
check(int holds)
{
	if (!holds)
		abort();
}

static void
put(const char *path, const void *p, size_t n)
{
	FILE *f = fopen(path, "wb");

	check(f != NULL && fwrite(p, 1, n, f) == n && fclose(f) == 0);
}

static void
name_file(char *out, const char *below)
{
	(void)snprintf(out, PATH_BYTES, "%s/%s", dir, below);
}

static void
remove_all(void)
{
	static const char *const names[] = { "site/a/b.html", "site/a/out",
		"site/index.html", "site/a", "site", "secret.txt", "x.warc" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char path[PATH_BYTES];

		name_file(path, names[i]);
		(void)remove(path);
	}
	(void)rmdir(dir);
}

static void
make_site(void)
{
	char path[PATH_BYTES], secret[PATH_BYTES];

	memcpy(dir, "/tmp/fa_fuzz_XXXXXX", 20);
	check(mkdtemp(dir) != NULL && atexit(remove_all) == 0);
	name_file(site, "site");
	name_file(archive, "x.warc");
	check(mkdir(site, 0700) == 0);
	name_file(path, "site/a");
	check(mkdir(path, 0700) == 0);
	name_file(path, "site/index.html");
	put(path, "inside", 6);
	name_file(path, "site/a/b.html");
	put(path, "inside", 6);
	name_file(secret, "secret.txt");
	put(secret, SECRET, sizeof(SECRET) - 1);
	name_file(path, "site/a/out");
	check(symlink(secret, path) == 0);
}

static int
answer(void *self, uint64_t id, const struct fa_net_answer *a,
	struct fa_err *err)
{
	struct heard *h = self;

	(void)id;
	(void)err;
	h->answers++;
	if (a->error == NULL) {
		check(a->status >= 0);
		check(!h->folder ||
			fa_str_find(a->body, FA_STR(SECRET), 0) == SIZE_MAX);
	}
	return FA_OK;
}

/* Asks a few times; every time there is one answer. */
static void
ask(const struct fa_walk_net_opts *o, const struct fa_net_request *q)
{
	struct heard heard = { .folder = o->folder.p != NULL };
	struct fa_browser b = { .self = &heard, .answer = answer };
	struct fa_browser_net seam;
	struct fa_walk_net *n;
	struct fa_err err;

	if (fa_walk_net_new(&n, o, &err) < 0)
		return;
	seam = fa_walk_net_browser(n);
	for (unsigned i = 1; i <= TIMES; i++) {
		check(seam.request(seam.self, &b, q, &err) == FA_OK);
		check(heard.answers == i);
	}
	fa_walk_net_free(n);
}

static void
ask_folder(struct fa_str path)
{
	char url[4096];
	int n = snprintf(url, sizeof(url), FA_WALK_NET_ORIGIN "/%.*s",
		(int)path.n, path.p);
	struct fa_walk_net_opts o = { .start = FA_STR(FA_WALK_NET_ORIGIN "/"),
		.folder = fa_str_c(site) };
	struct fa_net_request q = { .id = 1,
		.method = FA_STR("GET"),
		.url = { url, (size_t)n },
		.body = FA_STR(""),
		.headers = FA_STR(""),
		.kind = FA_STR("Document"),
		.main_document = true };

	if (n > 0 && (size_t)n < sizeof(url))
		ask(&o, &q);
}

static void
ask_archive(struct fa_str rest)
{
	struct fa_str line = fa_str_cut(&rest, '\n');
	struct fa_str body = fa_str_cut(&rest, '\n');
	struct fa_str url = line;
	struct fa_str method = fa_str_cut(&url, ' ');
	struct fa_str path = fa_str_c(archive);
	struct fa_walk_net_opts o = { .start = FA_STR(FA_WALK_NET_ORIGIN "/"),
		.archives = &path,
		.archives_n = 1 };
	struct fa_net_request q = { .id = 1,
		.method = method,
		.url = url.p != NULL ? url : FA_STR(FA_WALK_NET_ORIGIN "/"),
		.body = body.p != NULL ? body : FA_STR(""),
		.headers = FA_STR("Accept: */*\r\n"),
		.kind = FA_STR("Document"),
		.main_document = true };

	put(archive, rest.p != NULL ? rest.p : "", rest.n);
	ask(&o, &q);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str s = { (const char *)data, size };

	if (dir[0] == '\0')
		make_site();
	if (size > 0 && data[0] == 'X')
		ask_archive(fa_str_sub(s, 1, s.n));
	else
		ask_folder(s);
	return 0;
}
