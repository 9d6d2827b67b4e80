#include "tools/rules_test.h"

#include <string.h>

#include "audit/flow.h"
#include "base/arena.h"
#include "base/str.h"
#include "flow/import.h"
#include "match/match.h"
#include "read/read.h"
#include "segment/segment.h"
#include "tools/mutate.h"
#include "tools/rules_wording.h"

#define DOC_ARENA_BYTES ((size_t)256 << 20) /* for one example */
#define TEXT_BYTES (1u << 20)               /* of one mutated example */

struct tester {
	const struct fa_bundle *bundle;
	struct fa_matcher *matcher;
	struct fa_mutator mutator;
	struct fa_arena tables; /* lives as long as the test */
	struct fa_arena arena;  /* of one example */
	struct fa_buf text;     /* the mutated example */
	struct fa_buf *out;
	struct fa_rules_test *result;
	bool mutate;
};

static void
tester_done(struct tester *t)
{
	fa_matcher_free(t->matcher);
	fa_buf_done(&t->text);
	fa_arena_done(&t->arena);
	fa_arena_done(&t->tables);
}

static void
print_failure(struct tester *t, const struct fa_rule *rule,
	const struct fa_example *example, const char *mutation)
{
	if (t->result->failed > FA_RULES_TEST_FAILURES)
		return;
	if (rule->file.p != NULL)
		fa_buf_addf(t->out, "%.*s:%u: ", FA_STR_ARG(rule->file),
			rule->line);
	fa_buf_addf(t->out, "%.*s: %s", FA_STR_ARG(rule->id),
		example->matches ? "does not fire on a 'match' example"
				 : "fires on a 'no_match' example");
	if (mutation != NULL)
		fa_buf_addf(t->out, " (%s)", mutation);
	fa_buf_addf(t->out, ": %.*s\n", FA_STR_ARG(fa_str_trim(example->text)));
}

static int
fires(bool *out, struct tester *t, uint32_t rule, struct fa_str text,
	enum fa_format format, struct fa_err *err)
{
	struct fa_read_opts opts = { .name = FA_STR_INIT("example"),
		.format = format,
		.charset = FA_STR_INIT("utf-8") };
	struct fa_doc doc;
	int rc;

	fa_arena_reset(&t->arena);
	rc = fa_read(&doc, text, &opts, &t->arena, err);
	if (rc == 0)
		rc = fa_segment(&doc, &t->arena, err);
	if (rc == 0)
		rc = fa_match_rule_fires(
			out, t->matcher, rule, &doc, NULL, &t->arena, err);
	return rc;
}

/* The examples of rules on flows are sketches. */
static int
fires_on_flow(bool *out, struct tester *t, uint32_t rule, struct fa_str sketch,
	struct fa_err *err)
{
	struct fa_audit audit = { .bundle = t->bundle, .matcher = t->matcher };
	struct fa_flow *flow;
	int rc;

	fa_arena_reset(&t->arena);
	rc = fa_import_sketch(&flow, sketch, &t->arena, err);
	if (rc == 0)
		rc = fa_audit_flow_fires(
			out, &audit, rule, flow, &t->arena, err);
	return rc;
}

/* Runs one text; *ok tells whether it came out as the example says. */
static int
run_text(bool *ok, struct tester *t, uint32_t rule,
	const struct fa_example *example, struct fa_str text,
	const struct fa_mutation *mutation, struct fa_err *err)
{
	enum fa_format format =
		mutation != NULL ? mutation->format : FA_FORMAT_TEXT;
	bool fired = false;
	int rc;

	if (t->bundle->rules[rule].on_flow)
		rc = fires_on_flow(&fired, t, rule, text, err);
	else
		rc = fires(&fired, t, rule, text, format, err);
	if (rc != 0)
		return rc;
	t->result->runs++;
	*ok = fired == example->matches;
	if (!*ok) {
		t->result->failed++;
		print_failure(t, &t->bundle->rules[rule], example,
			mutation != NULL ? mutation->name : NULL);
	}
	return 0;
}

static int
run_example(struct tester *t, uint32_t rule, const struct fa_example *example,
	struct fa_err *err)
{
	bool ok = false;
	size_t i;
	int rc = run_text(&ok, t, rule, example, example->text, NULL, err);

	t->result->examples++;
	/* What fails in its own clothes need not be dressed up. */
	if (rc != 0 || !ok || !t->mutate || t->bundle->rules[rule].on_flow)
		return rc;
	for (i = 0; i < fa_mutations_n && rc == 0; i++) {
		fa_buf_reset(&t->text);
		if (!fa_mutations[i].write(
			    &t->mutator, example->text, &t->text))
			continue;
		rc = fa_buf_rc(&t->text, "mutated example", err);
		if (rc == 0)
			rc = run_text(&ok, t, rule, example,
				fa_buf_str(&t->text), &fa_mutations[i], err);
	}
	return rc;
}

static int
run_rules(struct tester *t, struct fa_err *err)
{
	size_t i, j;
	int rc = 0;

	for (i = 0; i < t->bundle->rules_n && rc == 0; i++) {
		const struct fa_rule *rule = &t->bundle->rules[i];

		t->result->rules++;
		for (j = 0; j < rule->examples_n && rc == 0; j++)
			rc = run_example(
				t, (uint32_t)i, &rule->examples[j], err);
	}
	return rc;
}

static int
run_wordings(struct tester *t, struct fa_err *err)
{
	struct fa_wording_test w;
	int rc = fa_rules_wordings(&w, t->bundle, t->matcher, t->out, err);

	if (rc == FA_OK) {
		t->result->wordings = w.wordings;
		t->result->failed += w.failed;
	}
	return rc;
}

int
fa_rules_test(struct fa_rules_test *result, const struct fa_bundle *b,
	bool mutate, struct fa_buf *out, struct fa_err *err)
{
	struct tester t;
	int rc;

	memset(result, 0, sizeof(*result));
	memset(&t, 0, sizeof(t));
	t.bundle = b;
	t.out = out;
	t.result = result;
	t.mutate = mutate;
	fa_arena_init(&t.tables, DOC_ARENA_BYTES);
	fa_arena_init(&t.arena, DOC_ARENA_BYTES);
	fa_buf_init(&t.text, TEXT_BYTES);
	rc = fa_mutator_init(&t.mutator, &t.tables, err);
	if (rc == 0)
		rc = fa_matcher_new(&t.matcher, b, err);
	if (rc == 0)
		rc = run_rules(&t, err);
	if (rc == 0)
		rc = run_wordings(&t, err);
	tester_done(&t);
	return rc;
}
