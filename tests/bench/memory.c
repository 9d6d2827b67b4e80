/* Peak memory: for many files, and for one large page. */
#include "bench/bench.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

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
	fa_arena_done(&a);
}
