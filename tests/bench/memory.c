/* Peak memory: for many files, and for one large page. */
#include "bench/bench.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "read/read.h"
#include "segment/segment.h"
#include "tools/bundle.h"

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

/* What a process takes at most that reads a page, and goes on to a stage. */
int
bench_stage_child(const char *path, const char *stage)
{
	struct fa_read_opts opts = { .name = fa_str_c(path) };
	struct fa_matcher *m = NULL;
	struct fa_match match;
	struct fa_arena a;
	struct fa_doc doc;
	struct fa_str raw;
	struct fa_err err;
	int rc;

	fa_memory_init();
	fa_arena_init(&a, BENCH_ARENA_BYTES);
	rc = fa_file_view(
		&raw, &opts.paged, opts.name, FA_DOC_MAX_BYTES, &a, &err);
	if (rc == FA_OK)
		rc = fa_read(&doc, raw, &opts, &a, &err);
	if (rc == FA_OK && strcmp(stage, "read") != 0)
		rc = fa_segment(&doc, &a, &err);
	if (rc == FA_OK && strcmp(stage, "match") == 0) {
		rc = fa_matcher_new(&m, fa_bundle_builtin, &err);
		if (rc == FA_OK)
			rc = fa_match(&match, m, &doc, BENCH_AS_OF, &a, &err);
	}
	fa_matcher_free(m);
	fa_arena_done(&a);
	return rc < 0 ? 2 : 0;
}

static int64_t
peak_kib(struct bench *b, const char *path, const char *stage)
{
	const char *argv[] = { b->self, "--stage", path, stage, NULL };
	struct bench_process p = bench_run(b, argv);

	if (p.status != 0)
		bench_die(
			"%s of %s ended with status %d", stage, path, p.status);
	return p.peak_kib;
}

/* How much more it is than for nearly nothing. */
static void
stages(struct bench *b, const char *what, struct fa_str page)
{
	static const char *const names[] = { "read", "segment", "match" };
	const char *path = bench_file(b, "large.html", page);
	const char *none = bench_file(b, "none.html", FA_STR("<p>x\n"));
	char name[96];

	for (size_t i = 0; i < FA_COUNT(names); i++) {
		int64_t kib = peak_kib(b, path, names[i]) -
			peak_kib(b, none, names[i]);

		(void)snprintf(name, sizeof(name), "%s, peak up to %s", what,
			names[i]);
		bench_figure(b, name, kib, "KiB");
		if (i > 0)
			continue;
		(void)snprintf(name, sizeof(name),
			"memory of reading %s, times the page", what);
		bench_must(b, name, kib * 1024 * 1000 / (int64_t)page.n, false,
			1500);
	}
}

/* One page of nothing but text, and one of many. */
static void
pages(struct bench *b)
{
	struct fa_buf body FA_CLEANUP(fa_buf_done);
	struct fa_buf whole FA_CLEANUP(fa_buf_done);
	struct bench_process p;
	struct fa_arena a;

	fa_arena_init(&a, BENCH_ARENA_BYTES);
	fa_buf_init(&body, BENCH_BUF_BYTES);
	fa_buf_init(&whole, BENCH_BUF_BYTES);
	fa_buf_adds(&body, "<!DOCTYPE html><meta charset=utf-8><body>");
	struct fa_str text = bench_large(b, PAGE_BYTES, &a);
	while (text.n > 0) {
		fa_buf_adds(&body, "<p>");
		fa_buf_add(&body, fa_str_cut(&text, '\n'));
		fa_buf_addc(&body, '\n');
	}
	p = check(b, bench_file(b, "large.html", fa_buf_str(&body)));
	bench_figure(b, "one page of 50 MB, peak", p.peak_kib, "KiB");
	bench_ratio(b, "page of 50 MB/peak",
		(int64_t)body.n * 1000 / (p.peak_kib * 1024));
	stages(b, "a page of 50 MB of text", fa_buf_str(&body));
	fa_arena_reset(&a);
	for (size_t i = 0; whole.n < PAGE_BYTES; i = (i + 1) % b->texts_n)
		if (i % 5 != 0) /* else it is not in UTF-8 */
			fa_buf_add(&whole, bench_page(b, i, &a));
	stages(b, "whole pages of 50 MB", fa_buf_str(&whole));
	fa_arena_done(&a);
}

void
bench_memory(struct bench *b)
{
	char top[FA_FILE_PATH_BYTES];
	struct bench_process p;

	(void)snprintf(top, sizeof(top), "%s/many", b->dir);
	fill(b, top);
	p = check(b, top);
	bench_figure(b, "100,000 files of 1 KB, peak", p.peak_kib, "KiB");
	bench_figure(
		b, "100,000 files of 1 KB, a file", p.cpu_ns / FILES, "ns");
	bench_must(b, "MiB for 100,000 files", p.peak_kib * 1000 / MIB, false,
		64000);
	pages(b);
}
