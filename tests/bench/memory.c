/* Peak memory: for many files, and for one large page. */
#include "bench/bench.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "read/read.h"
#include "segment/segment.h"

#define FILES 100000
#define FOLDER 1000 /* files in one */
#define PAGE_BYTES ((size_t)50 << 20)
#define MIB 1024 /* KiB */

static struct bench_process
check(struct bench *b, const char *path)
{
	const char *argv[] = { b->program, "check", "--no-config", "--jobs",
		"2", "--as-of", "2026-11-21", "-o", "ndjson", path, NULL };
	struct bench_process p = bench_run(b, argv);

	if (p.status < 0 || p.status > 1)
		bench_die("%s ended with status %d", path, p.status);
	return p;
}

/* Files are links to a few, as more of one are refused by file systems. */
static void
fill(struct bench *b, const char *top)
{
	char path[FA_FILE_PATH_BYTES + 64];
	const char *source = NULL;

	if (mkdir(top, 0700) != 0)
		bench_die("cannot make %s", top);
	for (int i = 0; i < FILES; i++) {
		if (i % FOLDER == 0) {
			char name[32];

			(void)snprintf(name, sizeof(name), "s%d.txt", i);
			source = bench_file(b, name,
				fa_str_sub(b->texts[(size_t)(i / FOLDER) %
						    b->texts_n]
						   .raw,
					0, 1002));
			(void)snprintf(
				path, sizeof(path), "%s/%d", top, i / FOLDER);
			if (mkdir(path, 0700) != 0)
				bench_die("cannot make %s", path);
		}
		(void)snprintf(
			path, sizeof(path), "%s/%d/%d.txt", top, i / FOLDER, i);
		if (link(source, path) != 0)
			bench_die("cannot link %s", path);
	}
}

static void
grew(struct bench *b, const char *stage, const struct fa_arena *a,
	size_t *before)
{
	char name[96];

	(void)snprintf(name, sizeof(name), "page of 50 MB, %s", stage);
	bench_figure(
		b, name, (int64_t)((a->used_bytes - *before) >> 10), "KiB");
	*before = a->used_bytes;
}

/* What the stages ask for, one after the other. */
static void
stages(struct bench *b, struct fa_str page)
{
	struct fa_read_opts opts = { .name = FA_STR_INIT("large.html") };
	struct fa_matcher *m = NULL;
	struct fa_match match;
	struct fa_arena a;
	struct fa_doc doc;
	struct fa_err err;
	size_t used = 0;

	fa_arena_init(&a, BENCH_ARENA_BYTES);
	if (fa_matcher_new(&m, b->bundle, &err) < 0 ||
		fa_read(&doc, page, &opts, &a, &err) < 0)
		bench_die("%s", err.msg);
	bench_must(b, "memory of reading a page of 50 MB, times the page",
		(int64_t)((page.n + a.used_bytes) * 1000 / page.n), false,
		1500);
	grew(b, "read", &a, &used);
	if (fa_segment(&doc, &a, &err) < 0)
		bench_die("%s", err.msg);
	grew(b, "segment", &a, &used);
	if (fa_match(&match, m, &doc, BENCH_AS_OF, &a, &err) < 0)
		bench_die("%s", err.msg);
	grew(b, "match", &a, &used);
	fa_matcher_free(m);
	fa_arena_done(&a);
}

void
bench_memory(struct bench *b)
{
	char top[FA_FILE_PATH_BYTES];
	struct fa_buf page FA_CLEANUP(fa_buf_done);
	struct bench_process p;
	const char *path;

	(void)snprintf(top, sizeof(top), "%s/many", b->dir);
	fill(b, top);
	p = check(b, top);
	bench_figure(b, "100,000 files of 1 KB, peak", p.peak_kib, "KiB");
	bench_figure(
		b, "100,000 files of 1 KB, a file", p.cpu_ns / FILES, "ns");
	bench_must(b, "MiB for 100,000 files", p.peak_kib * 1000 / MIB, false,
		64000);

	fa_buf_init(&page, BENCH_BUF_BYTES);
	fa_buf_adds(&page, "<!DOCTYPE html><meta charset=utf-8><body>");
	struct fa_arena a;
	fa_arena_init(&a, BENCH_ARENA_BYTES);
	struct fa_str text = bench_large(b, PAGE_BYTES, &a);
	while (text.n > 0) {
		fa_buf_adds(&page, "<p>");
		fa_buf_add(&page, fa_str_cut(&text, '\n'));
		fa_buf_addc(&page, '\n');
	}
	path = bench_file(b, "large.html", fa_buf_str(&page));
	p = check(b, path);
	bench_figure(b, "one page of 50 MB, peak", p.peak_kib, "KiB");
	bench_ratio(b, "page of 50 MB/peak",
		(int64_t)page.n * 1000 / (p.peak_kib * 1024));
	stages(b, fa_buf_str(&page));
	fa_arena_done(&a);
}
