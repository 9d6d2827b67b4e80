/* Time, turns and what is said about them. */
#include "bench/bench.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/json.h"

void
bench_die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fprintf(stderr, "bench: ");
	vfprintf(stderr, fmt, ap);
	fprintf(stderr, "\n");
	va_end(ap);
	exit(2);
}

const char *
bench_milli(char out[BENCH_MILLI_BYTES], int64_t milli)
{
	(void)snprintf(out, BENCH_MILLI_BYTES, "%lld.%03lld",
		(long long)(milli / 1000), (long long)(milli % 1000));
	return out;
}

static void
line(struct bench *b, const char *kind, const char *name, int64_t value,
	const char *unit)
{
	struct fa_buf text FA_CLEANUP(fa_buf_done);
	struct fa_jw w;

	fa_buf_init(&text, 1 << 16);
	if (!b->lines)
		return;
	fa_jw_init(&w, &text, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "part", fa_str_c(b->part));
	fa_jw_kstr(&w, "kind", fa_str_c(kind));
	fa_jw_kstr(&w, "name", fa_str_c(name));
	fa_jw_kint(&w, "value", value);
	fa_jw_kstr(&w, "unit", fa_str_c(unit));
	fa_jw_end(&w, '}');
	fprintf(b->lines, "%.*s\n", (int)text.n, text.p);
}

void
bench_figure(struct bench *b, const char *name, int64_t value, const char *unit)
{
	printf("  %-46s %14lld %s\n", name, (long long)value, unit);
	line(b, "figure", name, value, unit);
}

void
bench_ratio(struct bench *b, const char *name, int64_t milli)
{
	struct bench_ratio *r;
	char text[BENCH_MILLI_BYTES];

	if (b->ratios_n == BENCH_RATIOS)
		bench_die("more than %d ratios", BENCH_RATIOS);
	r = &b->ratios[b->ratios_n++];
	(void)snprintf(r->name, sizeof(r->name), "%s.%s", b->part, name);
	r->milli = milli;
	printf("  %-46s %14s\n", name, bench_milli(text, milli));
	line(b, "ratio", name, milli, "thousandths");
}

void
bench_must(struct bench *b, const char *name, int64_t milli, bool at_least,
	int64_t limit_milli)
{
	char x[BENCH_MILLI_BYTES], y[BENCH_MILLI_BYTES];
	bool good = at_least ? milli >= limit_milli : milli <= limit_milli;

	printf("must show: %s measured %s limit %s%s %s\n", name,
		bench_milli(x, milli),
		at_least ? ">= " : "<= ", bench_milli(y, limit_milli),
		good ? "ok" : "MISSED");
	line(b, good ? "shown" : "missed", name, milli, "thousandths");
	b->missed += !good;
}

void
bench_fail(struct bench *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	printf("FAILED: ");
	vprintf(fmt, ap);
	printf("\n");
	va_end(ap);
	b->failed++;
}

static int64_t
now(clockid_t clock)
{
	struct timespec t;

	if (clock_gettime(clock, &t) != 0)
		bench_die("no clock");
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t
bench_cpu_ns(void)
{
	return now(CLOCK_THREAD_CPUTIME_ID);
}

int64_t
bench_wall_ns(void)
{
	return now(CLOCK_MONOTONIC);
}

static int
by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

int64_t
bench_median(const int64_t *v, size_t n)
{
	int64_t sorted[BENCH_ROUNDS];

	memcpy(sorted, v, n * sizeof(*v));
	qsort(sorted, n, sizeof(*sorted), by_value);
	return sorted[n / 2];
}

static int64_t
one_turn(const struct bench_engine *e)
{
	int64_t begin = bench_cpu_ns(), took;
	int64_t times = 0;

	do {
		e->run(e->ctx);
		times++;
		took = bench_cpu_ns() - begin;
	} while (took < e->least_ns);
	return took / times > 0 ? took / times : 1;
}

/* One run that does not count of each that is not warm, then all in turns. */
void
bench_turns(struct bench_engine *e, size_t n, int rounds)
{
	for (size_t i = 0; i < n; i++)
		if (!e[i].warm)
			e[i].run(e[i].ctx);
	for (int r = 0; r < rounds; r++)
		for (size_t i = 0; i < n; i++)
			e[i].ns[r] = one_turn(&e[i]);
	for (size_t i = 0; i < n; i++)
		e[i].median = bench_median(e[i].ns, (size_t)rounds);
}

int64_t
bench_ratio_of(const struct bench_engine *slow, const struct bench_engine *fast,
	int rounds)
{
	int64_t ratio[BENCH_ROUNDS];

	for (int r = 0; r < rounds; r++)
		ratio[r] = slow->ns[r] * 1000 / fast->ns[r];
	return bench_median(ratio, (size_t)rounds);
}
