/* Any bytes as a list of targets in each form. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "crawl/targets.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int ok)
{
	if (!ok)
		abort();
}

/* Without control characters, so that it stays on one line of any report. */
static int
is_one_line(struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return 0;
	}
	return fa_utf8_valid(s);
}

static void
target_holds(const struct fa_target *t)
{
	const struct fa_str fields[] = { t->app, t->package, t->store,
		t->version, t->publisher, t->category, t->store_url,
		t->policy_url };

	must(t->key.n > 0 && is_one_line(t->key));
	must(t->line > 0);
	must(t->policy_url.n > 0 || t->store_url.n > 0 ||
		(t->store.n > 0 && t->package.n > 0));
	for (size_t i = 0; i < FA_COUNT(fields); i++) {
		must((fields[i].n == 0) == (fields[i].p == NULL));
		must(fields[i].n <= FA_TARGETS_FIELD_BYTES);
		must(is_one_line(fields[i]));
	}
}

static void
list_holds(const struct fa_targets *t, struct fa_str text)
{
	size_t lines = 1;

	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n' || text.p[i] == '\r';
	for (size_t i = 0; i < t->n; i++) {
		target_holds(&t->at[i]);
		must(t->at[i].line <= lines);
		must(i == 0 || t->at[i].line > t->at[i - 1].line);
	}
	for (size_t i = 0; i < t->n && i < 64; i++)
		for (size_t k = 0; k < i; k++)
			must(!fa_str_eq(t->at[i].key, t->at[k].key));
	for (size_t i = 0; i < t->problems_n; i++) {
		must(t->problems[i].line > 0 && t->problems[i].line <= lines);
		must(is_one_line(t->problems[i].message));
		must(i == 0 || t->problems[i].line >= t->problems[i - 1].line);
	}
	must(t->problems_n <= FA_TARGETS_PROBLEMS);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "-", "t.csv", "t.tsv", "t.jsonl" };
	struct fa_str text = { (const char *)data, size };

	for (size_t i = 0; i < FA_COUNT(names); i++) {
		struct fa_targets t = { .n = 0 };
		struct fa_arena a;
		struct fa_err err = { .rc = FA_OK };
		int rc;

		fa_arena_init(&a, 256u << 20);
		rc = fa_targets_read(&t, text, fa_str_c(names[i]), &a, &err);
		must(rc == FA_OK || err.msg[0] != '\0');
		if (rc == FA_OK)
			list_holds(&t, text);
		else
			must(t.at == NULL && t.problems == NULL);
		fa_arena_done(&a);
	}
	return 0;
}
