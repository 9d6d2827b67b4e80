/* rules/precision.yaml: what was measured, for the confidence of findings and
 * for people who want to know what is overlooked.
 * Same labels, documents and rules give the same bytes. */
#include "tools/eval.h"

#include "base/utf8.h"
#include "tools/eval_flows.h"

/* Single-quoted YAML scalar; the name was checked. */
static void
put_scalar(struct fa_buf *out, struct fa_str s)
{
	fa_buf_addc(out, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\'')
			fa_buf_addc(out, '\'');
		fa_buf_addc(out, s.p[i]);
	}
	fa_buf_addc(out, '\'');
}

static bool
printable(struct fa_str s)
{
	if (s.n == 0 || !fa_utf8_valid(s))
		return false;
	while (s.n > 0) {
		uint32_t cp;
		size_t step = fa_utf8_next(s, &cp);

		if (cp < 0x20 || cp == 0x2028 || cp == 0x2029 ||
			fa_rune_is_ignorable(cp))
			return false;
		s = fa_str_sub(s, step, s.n);
	}
	return true;
}

/* A set of documents or of flows. */
struct entry {
	struct fa_str name;
	const char *sha256;
	size_t n;
};

static bool
before(const struct entry *a, const struct entry *b)
{
	int c = fa_str_cmp(a->name, b->name);

	if (c == 0)
		c = fa_str_cmp(fa_str_c(a->sha256), fa_str_c(b->sha256));
	return c < 0;
}

/* Keeps the list in order of name; there are few, so insertion will do. */
static void
insert(struct entry *at, size_t n, struct entry e)
{
	for (; n > 0 && before(&e, &at[n - 1]); n--)
		at[n] = at[n - 1];
	at[n] = e;
}

/* All sets in order of name; NULL when memory is out. */
static struct entry *
sorted(const struct fa_eval *ev, size_t *n)
{
	size_t flows = ev->flows != NULL ? ev->flows->sets_n : 0;
	struct entry *at =
		fa_arena_new(ev->arena, ev->sets_n + flows + 1, sizeof(*at));

	*n = 0;
	for (size_t i = 0; at != NULL && i < ev->sets_n; i++) {
		const struct fa_eval_set *s = &ev->sets[i];

		insert(at, (*n)++,
			(struct entry){ s->name, s->sha256, s->docs_n });
	}
	for (size_t i = 0; at != NULL && i < flows; i++) {
		const struct fa_eval_flow_set *s = &ev->flows->sets[i];

		insert(at, (*n)++, (struct entry){ s->name, s->sha256, s->n });
	}
	return at;
}

/* What people saw in flows counts like what they saw in documents. */
static struct fa_eval_tally
seen(const struct fa_eval *ev, size_t obligation, enum fa_verdict v)
{
	static const enum fa_eval_truth truths[FA_VERDICT_COUNT] = {
		[FA_VERDICT_VIOLATION] = FA_EVAL_VIOLATION,
		[FA_VERDICT_COMPLIANT] = FA_EVAL_COMPLIANT,
		[FA_VERDICT_CANNOT_TELL] = FA_EVAL_CANNOT_TELL,
	};
	struct fa_eval_tally t =
		fa_eval_tally(&ev->stats.row_all[obligation], v);

	if (ev->flows == NULL || truths[v] == FA_EVAL_UNLISTED)
		return t;
	for (size_t i = 0; i < ev->flows->sets_n; i++) {
		const struct fa_eval_flow_set *s = &ev->flows->sets[i];

		for (size_t k = 0; k < s->n; k++) {
			const struct fa_eval_flow *f = &s->flows[k];

			if (f->truth[obligation] != truths[v])
				continue;
			t.gold++;
			t.right += !fa_eval_flow_differs(
				truths[v], f->cells[obligation].got);
		}
	}
	return t;
}

/* What people saw of each obligation, and what of it was found. */
static void
put_recall(struct fa_buf *out, const struct fa_eval *ev)
{
	static const enum fa_verdict verdicts[] = { FA_VERDICT_VIOLATION,
		FA_VERDICT_GAP, FA_VERDICT_COMPLIANT, FA_VERDICT_CANNOT_TELL };
	bool any = false;

	for (size_t i = 0; i < ev->bundle->obligations_n; i++) {
		bool first = true;

		for (size_t k = 0; k < FA_COUNT(verdicts); k++) {
			struct fa_eval_tally t = seen(ev, i, verdicts[k]);

			if (t.gold == 0)
				continue;
			if (!any)
				fa_buf_adds(out, "  obligations:\n");
			if (first) {
				fa_buf_addf(out, "    %.*s:\n",
					FA_STR_ARG(
						ev->bundle->obligations[i].id));
			}
			any = true;
			first = false;
			fa_buf_addf(out,
				"      %s:\n        labelled: %u\n"
				"        found: %u\n",
				fa_verdict_name(verdicts[k]), (unsigned)t.gold,
				(unsigned)t.right);
		}
	}
}

int
fa_eval_freeze(const struct fa_eval *ev, struct fa_buf *out, struct fa_err *err)
{
	size_t sets_n;
	struct entry *sets = sorted(ev, &sets_n);
	bool any = false;

	if (sets == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for sets");
	fa_buf_adds(out,
		"# Written by `faceaudit eval --freeze`; do not edit.\n"
		"# hits: labelled documents in which the rule supports"
		" the verdict;\n"
		"# right: those of them whose label agrees.\n"
		"# labelled: documents that people gave the verdict;\n"
		"# found: those of them that were judged so.\n"
		"measured:\n  sets:\n");
	for (size_t i = 0; i < sets_n; i++) {
		if (!printable(sets[i].name))
			return fa_fail(err, FA_E_USAGE,
				"name of set '%.*s' "
				"must be printable text (see --name)",
				FA_STR_ARG(sets[i].name));
		fa_buf_adds(out, "    - name: ");
		put_scalar(out, sets[i].name);
		fa_buf_addf(out, "\n      documents: %zu\n      sha256: '%s'\n",
			sets[i].n, sets[i].sha256);
	}
	for (size_t i = 0; i < ev->bundle->rules_n; i++) {
		struct fa_eval_rule r = ev->stats.rules[i];

		if (r.hits == 0)
			continue;
		if (!any)
			fa_buf_adds(out, "  rules:\n");
		any = true;
		fa_buf_addf(out, "    %.*s:\n      hits: %u\n      right: %u\n",
			FA_STR_ARG(ev->bundle->rules[i].id), (unsigned)r.hits,
			(unsigned)r.right);
	}
	put_recall(out, ev);
	return fa_buf_rc(out, "precision file", err);
}
