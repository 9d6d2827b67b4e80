/* The program as people run it, beside other programs on the same files in the
 * same run: processor time of the whole process. What they print goes into a
 * pipe that we empty. */
#include "bench/bench.h"

#include <stdlib.h>
#include <string.h>

#define ROUNDS 7
#define ROUNDS_LEAST 3 /* when they take long together: */
#define LONG_NS INT64_C(30000000000)
#define REPEAT 20 /* each text, so that starting up weighs little */
#define AS_OF "2026-11-21"
#define PEERS 4
#define STARTS 10 /* of a program in one round */

struct command {
	const char *name;
	const char **argv;
	unsigned times; /* run so often in one round; 0: once */
	int rounds;
	struct bench_process at[ROUNDS];
};

/* Words, then the files, times over. Lives in a. */
static const char **
command_line(struct bench *b, const char *const *words,
	const char *const *files, size_t files_n, unsigned times)
{
	const char **argv;
	size_t n = 0;

	while (words[n])
		n++;
	argv = fa_arena_new(&b->a, n + files_n * times + 1, sizeof(*argv));
	if (!argv)
		bench_die("no memory");
	memcpy(argv, words, n * sizeof(*argv));
	for (unsigned t = 0; t < times; t++)
		for (size_t i = 0; i < files_n; i++)
			argv[n++] = files[i];
	argv[n] = NULL;
	return argv;
}

static struct bench_process
one_turn(struct bench *b, const struct command *c)
{
	struct bench_process sum = { 0 };

	for (unsigned i = 0; i == 0 || i < c->times; i++) {
		struct bench_process p = bench_run(b, c->argv);

		if (p.status < 0 || p.status > 3)
			bench_die("%s ended with status %d", c->name, p.status);
		sum.cpu_ns += p.cpu_ns;
		sum.wall_ns += p.wall_ns;
	}
	if (c->times > 0) {
		sum.cpu_ns /= c->times;
		sum.wall_ns /= c->times;
	}
	return sum;
}

/* The first round, which does not count, fills caches. */
static void
take_turns(struct bench *b, struct command *c, size_t n)
{
	int64_t begin = bench_wall_ns();

	for (int r = -1; r < ROUNDS; r++) {
		if (r >= ROUNDS_LEAST && bench_wall_ns() - begin > LONG_NS)
			break;
		for (size_t i = 0; i < n; i++) {
			struct bench_process p = one_turn(b, &c[i]);

			if (r >= 0)
				c[i].at[r] = p;
			c[i].rounds = r + 1;
		}
	}
}

static int64_t
cpu_of(const struct command *c)
{
	int64_t ns[ROUNDS];

	for (int r = 0; r < c->rounds; r++)
		ns[r] = c->at[r].cpu_ns;
	return bench_median(ns, (size_t)c->rounds);
}

static int64_t
wall_of(const struct command *c)
{
	int64_t ns[ROUNDS];

	for (int r = 0; r < c->rounds; r++)
		ns[r] = c->at[r].wall_ns;
	return bench_median(ns, (size_t)c->rounds);
}

/* Median of x/y, round by round. */
static int64_t
times_of(const struct command *x, const struct command *y)
{
	int64_t ratio[ROUNDS];

	for (int r = 0; r < x->rounds; r++) {
		int64_t down = y->at[r].cpu_ns > 0 ? y->at[r].cpu_ns : 1;

		ratio[r] = x->at[r].cpu_ns * 1000 / down;
	}
	return bench_median(ratio, (size_t)x->rounds);
}

static const char *const check_words[] = { NULL, "check", "--jobs", "1",
	"--as-of", AS_OF, "-o", "json", NULL };

static const char **
check_line(struct bench *b, const char *jobs, const char *const *files,
	size_t n, unsigned times)
{
	const char *words[FA_COUNT(check_words)];

	memcpy(words, check_words, sizeof(words));
	words[0] = b->program;
	words[3] = jobs;
	return command_line(b, words, files, n, times);
}

static const char **
text_paths(struct bench *b)
{
	const char **files = fa_arena_new(&b->a, b->texts_n, sizeof(*files));

	if (!files)
		bench_die("no memory");
	for (size_t i = 0; i < b->texts_n; i++)
		files[i] = b->texts[i].path.p;
	return files;
}

static const char **
page_paths(struct bench *b)
{
	const char **files = fa_arena_new(&b->a, b->texts_n, sizeof(*files));

	if (!files)
		bench_die("no memory");
	for (size_t i = 0; i < b->texts_n; i++) {
		char name[32];

		(void)snprintf(name, sizeof(name), "%04zu.html", i);
		files[i] = bench_file(b, name, bench_page(b, i, &b->a));
	}
	return files;
}

static void
say(struct bench *b, const char *what, const struct command *c, int64_t files)
{
	char name[96];

	(void)snprintf(name, sizeof(name), "%s, %s, a file", what, c->name);
	bench_figure(b, name, cpu_of(c) / files, "ns");
}

/* Texts against sha256sum and cat. */
static void
texts(struct bench *b, const char *const *files)
{
	const char *sum[] = { "sha256sum", NULL }, *cat[] = { "cat", NULL };
	size_t n = b->texts_n;
	struct command c[] = { { .name = "faceaudit",
				       .argv = check_line(
					       b, "1", files, n, REPEAT) },
		{ .name = "sha256sum",
			.argv = command_line(b, sum, files, n, REPEAT) },
		{ .name = "cat",
			.argv = command_line(b, cat, files, n, REPEAT) } };

	take_turns(b, c, FA_COUNT(c));
	for (size_t i = 0; i < FA_COUNT(c); i++)
		say(b, "text", &c[i], (int64_t)(n * REPEAT));
	bench_ratio(b, "text: sha256sum/faceaudit", times_of(&c[1], &c[0]));
	bench_ratio(b, "text: cat/faceaudit", times_of(&c[2], &c[0]));
	bench_must(b, "text audit, times sha256sum", times_of(&c[0], &c[1]),
		false, 1500);
}

static void
pages(struct bench *b, const char *const *files)
{
	const char *cat[] = { "cat", NULL };
	size_t n = b->texts_n;
	unsigned times = REPEAT / 4;
	struct command c[] = {
		{ .name = "faceaudit",
			.argv = check_line(b, "1", files, n, times) },
		{ .name = "cat", .argv = command_line(b, cat, files, n, times) }
	};

	take_turns(b, c, FA_COUNT(c));
	for (size_t i = 0; i < FA_COUNT(c); i++)
		say(b, "page", &c[i], (int64_t)(n * times));
	bench_ratio(b, "page: cat/faceaudit", times_of(&c[1], &c[0]));
	bench_must(b, "HTML audit, times cat into a pipe",
		times_of(&c[0], &c[1]), false, 2000);
}

static void
jobs(struct bench *b, const char *const *files)
{
	size_t n = b->texts_n;
	struct command c[] = { { .name = "one job",
				       .argv = check_line(
					       b, "1", files, n, REPEAT) },
		{ .name = "two jobs",
			.argv = check_line(b, "2", files, n, REPEAT) } };
	int64_t ratio[ROUNDS];

	take_turns(b, c, FA_COUNT(c));
	for (int r = 0; r < c[0].rounds; r++)
		ratio[r] = c[0].at[r].wall_ns * 1000 / c[1].at[r].wall_ns;
	bench_figure(b, "one job, wall time", wall_of(&c[0]) / 1000, "us");
	bench_figure(b, "two jobs, wall time", wall_of(&c[1]) / 1000, "us");
	bench_must(b, "two jobs, times one",
		bench_median(ratio, (size_t)c[0].rounds), true, 1800);
}

void
bench_whole(struct bench *b)
{
	const char **files = text_paths(b);

	texts(b, files);
	jobs(b, files);
	pages(b, page_paths(b));
}

/* Every STEPth pattern that a rule on documents may ask for. */
#define STEP 25

static void
pattern_files(struct bench *b, const char **list, const char **one)
{
	struct fa_buf lines FA_CLEANUP(fa_buf_done);
	struct fa_buf all FA_CLEANUP(fa_buf_done);
	size_t n = 0;

	fa_buf_init(&lines, BENCH_BUF_BYTES);
	fa_buf_init(&all, BENCH_BUF_BYTES);
	for (size_t i = 0; i < b->bundle->patterns_n; i += STEP) {
		struct fa_str regex = b->bundle->patterns[i].regex;

		/* PCRE2 takes 64 KB of a pattern for code at most. */
		if (all.n + regex.n > 15000)
			continue;
		fa_buf_add(&lines, regex);
		fa_buf_addc(&lines, '\n');
		fa_buf_adds(&all, n++ > 0 ? "|(?:" : "(?:");
		fa_buf_add(&all, regex);
		fa_buf_addc(&all, ')');
	}
	fa_buf_addc(&all, '\0');
	*list = bench_file(b, "patterns", fa_buf_str(&lines));
	*one = fa_arena_dup(&b->a, fa_buf_str(&all)).p;
	bench_figure(b, "patterns that the others look for", (int64_t)n, "");
	bench_figure(b, "patterns that faceaudit looks for",
		(int64_t)b->bundle->patterns_n, "");
}

/* The others know neither sentences nor polarity nor conditions: they say that
 * one of some patterns stands in a line. faceaudit audits. */
void
bench_peers(struct bench *b)
{
	const char **files = text_paths(b);
	const char *list, *one;
	struct command c[PEERS] = { { .name = "faceaudit",
		.argv = check_line(b, "1", files, b->texts_n, 1) } };
	size_t n = 1;

	pattern_files(b, &list, &one);
	const struct {
		const char *program;
		const char *words[8];
	} others[PEERS - 1] = {
		{ "grep", { "grep", "-a", "-o", "-P", "-e", one, NULL } },
		{ "rg", { "rg", "-a", "-o", "-P", "-f", list, NULL } },
		{ "python3", { "python3", "tests/bench/peer.py", list, NULL } }
	};
	for (size_t i = 0; i < FA_COUNT(others); i++) {
		if (!bench_has(b, others[i].program)) {
			printf("  left out: no %s\n", others[i].program);
			continue;
		}
		c[n++] = (struct command){ .name = others[i].program,
			.argv = command_line(
				b, others[i].words, files, b->texts_n, 1) };
	}
	take_turns(b, c, n);
	for (size_t i = 0; i < n; i++)
		say(b, "peers", &c[i], (int64_t)b->texts_n);
	for (size_t i = 1; i < n; i++) {
		char name[64];

		(void)snprintf(name, sizeof(name), "%s/faceaudit", c[i].name);
		bench_ratio(b, name, times_of(&c[i], &c[0]));
	}
}

/* From nothing to the first finding. */
void
bench_start(struct bench *b)
{
	const char *file = bench_file(
		b, "small.txt", FA_STR("须刷脸登录，否则无法使用本应用。\n"));
	const char *version[] = { b->program, "--version", NULL };
	const char *none[] = { "true", NULL };
	struct command c[3] = { { .name = "one sentence" },
		{ .name = "--version" }, { .name = "true" } };

	c[0].argv = check_line(b, "1", &file, 1, 1);
	c[1].argv = command_line(b, version, NULL, 0, 0);
	c[2].argv = command_line(b, none, NULL, 0, 0);
	for (size_t i = 0; i < FA_COUNT(c); i++)
		c[i].times = STARTS;
	take_turns(b, c, FA_COUNT(c));
	for (size_t i = 0; i < FA_COUNT(c); i++) {
		char name[96];

		(void)snprintf(name, sizeof(name), "%s, wall time", c[i].name);
		bench_figure(b, name, wall_of(&c[i]) / 1000, "us");
		bench_figure(b, c[i].name, cpu_of(&c[i]) / 1000, "us");
	}
	bench_ratio(b, "true/one sentence", times_of(&c[2], &c[0]));
	bench_must(b, "milliseconds of processor time to audit one sentence",
		cpu_of(&c[0]) / 1000, false, 3000);
}
