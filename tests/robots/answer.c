/* Answers cases of robots.txt: stdin has for each "BYTES BYTES BYTES\n" and
 * then the file, the product token and the URL; stdout gets for each "allow" or
 * "disallow" and the crawl delay in milliseconds. */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/num.h"
#include "fetch/robots.h"
#include "fetch/url.h"

#define ARENA_BYTES (64u << 20)
#define INPUT_BYTES (64u << 20)

static void
die(const char *why)
{
	fprintf(stderr, "answer: %s\n", why);
	exit(2);
}

static struct fa_str
take(struct fa_str *in, uint64_t n)
{
	struct fa_str s = fa_str_sub(*in, 0, n);

	if (s.n != n)
		die("input ends inside a case");
	*in = fa_str_sub(*in, n, in->n);
	return s;
}

static void
answer(struct fa_str *in)
{
	struct fa_str head = fa_str_cut(in, '\n'), part[3];
	struct fa_robots *robots;
	struct fa_arena a;
	struct fa_err err;
	struct fa_url url;
	uint64_t n[3];

	for (int i = 0; i < 3; i++) {
		if (!fa_num_u64(fa_str_cut(&head, ' '), INPUT_BYTES, &n[i]))
			die("not three numbers");
	}
	for (int i = 0; i < 3; i++)
		part[i] = take(in, n[i]);
	fa_arena_init(&a, ARENA_BYTES);
	if (fa_robots_parse(&robots, part[0], part[1], &a, &err) < 0 ||
		fa_url_parse(&url, part[2], &a, &err) < 0)
		die(err.msg);
	printf("%s %u\n",
		fa_robots_allows(robots, url.target) ? "allow" : "disallow",
		fa_robots_delay_ms(robots));
	fa_arena_done(&a);
}

int
main(void)
{
	char *z = malloc(INPUT_BYTES);
	struct fa_str in = { z, 0 };

	if (z == NULL)
		die("no memory");
	in.n = fread(z, 1, INPUT_BYTES, stdin);
	if (in.n == INPUT_BYTES || ferror(stdin))
		die("cannot read stdin");
	while (in.n > 0)
		answer(&in);
	free(z);
	return fflush(stdout) == 0 ? 0 : 2;
}
