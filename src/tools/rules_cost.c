#include "tools/rules_cost.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/utf8.h"
#include "match/cost.h"
#include "read/read.h"
#include "segment/segment.h"

#define DOC_ARENA_BYTES ((size_t)1 << 30)
#define ANCHOR_BYTES 36 /* of a word set without a name, shown */

struct line {
	const struct fa_rule *rule;
	struct fa_rule_cost cost;
	uint64_t us, looks; /* per MB */
};

/* Reads one file and counts; what is no text costs nothing. */
static int
add_file(struct fa_cost *c, struct fa_str path, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_read_opts opts = { .name = path };
	struct fa_doc doc;
	struct fa_str raw;
	int rc = fa_file_read(&raw, path, FA_DOC_MAX_BYTES, a, err);

	if (rc == FA_OK)
		rc = fa_read(&doc, raw, &opts, a, err);
	if (rc == FA_E_UNSUPPORTED || rc == FA_E_INPUT)
		return FA_OK;
	if (rc == FA_OK)
		rc = fa_segment(&doc, a, err);
	return rc == FA_OK ? fa_cost_add(c, &doc, a, err) : rc;
}

static int
add_samples(struct fa_cost *c, struct fa_str samples, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_file_list list = { &samples, 1 };
	struct fa_arena doc;
	int rc = fa_file_is_dir(samples) ? fa_file_walk(&list, samples, a, err)
					 : FA_OK;

	fa_arena_init(&doc, DOC_ARENA_BYTES);
	for (size_t i = 0; i < list.n && rc == FA_OK; i++) {
		fa_arena_reset(&doc);
		rc = add_file(c, list.path[i], &doc, err);
	}
	fa_arena_done(&doc);
	if (rc == FA_OK && fa_cost_bytes(c) == 0)
		return fa_fail(err, FA_E_INPUT,
			"%.*s: no text to see what rules cost",
			FA_STR_ARG(samples));
	return rc;
}

static int
dearest_first(const void *va, const void *vb)
{
	const struct line *a = va;
	const struct line *b = vb;

	if (a->cost.ns != b->cost.ns)
		return a->cost.ns > b->cost.ns ? -1 : 1;
	return fa_str_cmp(a->rule->id, b->rule->id);
}

static void
add_anchor(struct fa_buf *out, const struct fa_bundle *b, uint32_t anchor)
{
	struct fa_str name, shown;

	if (anchor == FA_RULE_NONE) {
		fa_buf_adds(out, "-");
		return;
	}
	name = b->lexicons[anchor].name;
	if (name.n > 0 && name.p[0] != '=') {
		fa_buf_addf(out, "{%.*s}", FA_STR_ARG(name));
		return;
	}
	name = fa_str_sub(name, 1, name.n);
	shown = fa_utf8_beginning(name, ANCHOR_BYTES);
	fa_buf_add(out, shown);
	if (shown.n < name.n)
		fa_buf_adds(out, "…");
}

static void
add_table(struct fa_buf *out, const struct fa_bundle *b,
	const struct line *lines, size_t n)
{
	uint64_t us = 0;

	fa_buf_adds(out,
		"  US/MB  LOOKS/MB  PROGRAMS  REGEXES  RULE                  "
		"      ANCHOR\n");
	for (size_t i = 0; i < n; i++) {
		const struct line *x = &lines[i];

		fa_buf_addf(out, "%7llu  %8llu  %8zu  %7zu  %-26.*s  ",
			(unsigned long long)x->us, (unsigned long long)x->looks,
			x->cost.programs, x->cost.regexes,
			FA_STR_ARG(x->rule->id));
		add_anchor(out, b, x->cost.anchor);
		fa_buf_addc(out, '\n');
		us += x->us;
	}
	fa_buf_addf(out, "%7llu\n", (unsigned long long)us);
}

static void
add_errors(struct fa_buf *out, size_t *over, const struct line *lines, size_t n)
{
	for (size_t i = 0; i < n && lines[i].us > FA_RULES_COST_US; i++) {
		const struct fa_rule *r = lines[i].rule;

		if (r->file.p != NULL)
			fa_buf_addf(out, "%.*s:%u: ", FA_STR_ARG(r->file),
				(unsigned)r->line);
		fa_buf_addf(out,
			"error: %.*s costs %llu us for a MB of samples, limit "
			"%d; ask for rarer words, or for fewer patterns\n",
			FA_STR_ARG(r->id), (unsigned long long)lines[i].us,
			FA_RULES_COST_US);
		++*over;
	}
}

int
fa_rules_cost(struct fa_buf *out, size_t *over, const struct fa_bundle *b,
	struct fa_str samples, struct fa_arena *a, struct fa_err *err)
{
	struct line *lines = fa_arena_new(a, b->rules_n, sizeof(*lines));
	struct fa_cost *c = NULL;
	size_t n = 0;
	int rc;

	*over = 0;
	if (lines == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a table");
	rc = fa_cost_new(&c, b, a, err);
	if (rc == FA_OK)
		rc = add_samples(c, samples, a, err);
	for (size_t i = 0; i < b->rules_n && rc == FA_OK; i++) {
		struct line *x = &lines[n];

		if (b->rules[i].find == NULL)
			continue;
		x->rule = &b->rules[i];
		fa_cost_of(&x->cost, c, x->rule);
		x->us = x->cost.ns * 1000 / fa_cost_bytes(c);
		x->looks = x->cost.looks * 1000000 / fa_cost_bytes(c);
		n++;
	}
	fa_cost_done(c);
	if (rc < 0)
		return rc;
	if (n > 1)
		qsort(lines, n, sizeof(*lines), dearest_first);
	add_table(out, b, lines, n);
	add_errors(out, over, lines, n);
	return FA_OK;
}
