/* bench [-b BASELINE] [-w] [-l LINES] PROGRAM [PART...]: measures the parts,
 * or all of them. -w writes the baseline anew. Exit status 1: findings of two
 * engines differ, a ceiling was passed, a ratio fell. */
#include "bench/bench.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/cpu.h"
#include "base/file.h"
#include "base/num.h"
#include "model/program.h"
#include "tools/bundle.h"

#define SELF "/proc/self/exe"

static const struct {
	const char *name;
	void (*run)(struct bench *b);
} parts[] = {
	{ "match", bench_match },
	{ "stages", bench_stages },
	{ "rules", bench_rules },
	{ "scale", bench_scale },
	{ "size", bench_size },
	{ "ceilings", bench_ceilings },
	{ "whole", bench_whole },
	{ "peers", bench_peers },
	{ "start", bench_start },
	{ "memory", bench_memory },
};

struct options {
	const char *baseline, *lines;
	bool anew;
};

static void
say_processor(void)
{
	char line[512];
	FILE *f = fopen("/proc/cpuinfo", "r");

	while (f && fgets(line, sizeof(line), f))
		if (strncmp(line, "model name", 10) == 0) {
			printf("processor: %s", strchr(line, ':') + 2);
			break;
		}
	if (f)
		fclose(f);
	printf("processors: %u; vectors: %s\n", fa_processors(),
		fa_cpu_simd() == FA_SIMD_AVX2 ? "AVX2" : "none (scalar)");
}

static void
say_setting(const struct bench *b)
{
	struct utsname u;
	size_t programs = 0;

	say_processor();
	if (uname(&u) == 0)
		printf("kernel: %s %s %s\n", u.sysname, u.release, u.machine);
#ifdef __clang__
	printf("compiler: %s\n", __VERSION__);
#else
	printf("compiler: gcc %s\n", __VERSION__);
#endif
	printf("corpus: %zu texts, %zu bytes, %zu sentences, %.16s\n",
		b->texts_n, b->bytes, b->sentences, b->corpus);
	for (uint32_t i = 0; i < b->bundle->patterns_n; i++)
		programs += b->bundle->programs != NULL &&
			fa_program_exists(b->bundle->programs, i);
	printf("bundle: %.16s, %zu rules, %zu lexicons, %zu patterns: %zu "
	       "programs, %zu regexes\n",
		b->bundle->sha256, b->bundle->rules_n, b->bundle->lexicons_n,
		b->bundle->patterns_n, programs,
		b->bundle->patterns_n - programs);
}

static void
load(struct bench *b)
{
	const char *corpus = getenv("CORPUS");
	char dev[FA_FILE_PATH_BYTES], clean[FA_FILE_PATH_BYTES];
	const char *const dirs[] = { "corpora/policies",
		"corpora/holdout/policies", "corpora/notices/policies", dev,
		clean };

	if (!corpus)
		corpus = "../shared/corpus";
	(void)snprintf(dev, sizeof(dev), "%s/dev", corpus);
	(void)snprintf(clean, sizeof(clean), "%s/clean", corpus);
	bench_load(b, dirs, FA_COUNT(dirs));
}

static void
empty(const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	char path[FA_FILE_PATH_BYTES];

	while (d && (e = readdir(d)) != NULL) {
		int n = snprintf(
			path, sizeof(path), "%s/%s", folder, e->d_name);

		if (strcmp(e->d_name, ".") == 0 ||
			strcmp(e->d_name, "..") == 0 || n < 0 ||
			(size_t)n >= sizeof(path))
			continue;
		if (unlink(path) != 0)
			empty(path);
	}
	if (d)
		closedir(d);
	(void)rmdir(folder);
}

/* The folder of the run, for the end of the program, whatever brings it. */
static char dir[] = "/tmp/faceaudit-bench-XXXXXX";

static void
clean_up(void)
{
	empty(dir);
}

static int
usage(void)
{
	fprintf(stderr,
		"usage: bench [-b BASELINE] [-w] [-l LINES] PROGRAM "
		"[PART...]\nparts:");
	for (size_t i = 0; i < FA_COUNT(parts); i++)
		fprintf(stderr, " %s", parts[i].name);
	fprintf(stderr, "\n");
	return 2;
}

static bool
is_wanted(const char *name, char **words, int n)
{
	for (int i = 0; i < n; i++)
		if (strcmp(words[i], name) == 0)
			return true;
	return n == 0;
}

static bool
are_parts(char **words, int n)
{
	for (int i = 0; i < n; i++) {
		size_t k = 0;

		while (k < FA_COUNT(parts) &&
			strcmp(parts[k].name, words[i]) != 0)
			k++;
		if (k == FA_COUNT(parts))
			return false;
	}
	return true;
}

static void
run(struct bench *b, const struct options *o, char **words, int n)
{
	load(b);
	say_setting(b);
	for (size_t i = 0; i < FA_COUNT(parts); i++) {
		int64_t begin = bench_wall_ns();

		if (!is_wanted(parts[i].name, words, n))
			continue;
		b->part = parts[i].name;
		printf("%s\n", b->part);
		parts[i].run(b);
		printf("  (%lld s)\n",
			(long long)((bench_wall_ns() - begin) / 1000000000));
		fflush(stdout);
	}
	if (o->baseline)
		bench_baseline(b, o->baseline, o->anew);
	printf("%u must-show figures missed, %u failures\n", b->missed,
		b->failed);
}

static int
child(int argc, char **argv)
{
	uint64_t fd = 0;

	if (argc < 4 || !fa_num_u64(fa_str_c(argv[2]), 1024, &fd))
		return 2;
	return bench_run_child((int)fd, argv + 3);
}

int
main(int argc, char **argv)
{
	struct bench b = { .self = SELF, .bundle = fa_bundle_builtin };
	struct options o = { 0 };
	int c;

	if (argc > 1 && strcmp(argv[1], "--run") == 0)
		return child(argc, argv);
	if (argc == 4 && strcmp(argv[1], "--stage") == 0)
		return bench_stage_child(argv[2], argv[3]);
	while ((c = getopt(argc, argv, "b:l:w")) != -1) {
		if (c == '?')
			return usage();
		if (c == 'b')
			o.baseline = optarg;
		if (c == 'l')
			o.lines = optarg;
		o.anew |= c == 'w';
	}
	if (optind == argc || !are_parts(argv + optind + 1, argc - optind - 1))
		return usage();
	b.program = argv[optind];
	b.dir = mkdtemp(dir);
	if (!b.dir)
		bench_die("no folder for files");
	(void)atexit(clean_up);
	if (o.lines && !(b.lines = fopen(o.lines, "w")))
		bench_die("cannot write %s", o.lines);
	fa_arena_init(&b.a, BENCH_ARENA_BYTES);
	run(&b, &o, argv + optind + 1, argc - optind - 1);
	if (b.lines && fclose(b.lines) != 0)
		bench_die("cannot write %s", o.lines);
	fa_arena_done(&b.a);
	return b.failed > 0;
}
