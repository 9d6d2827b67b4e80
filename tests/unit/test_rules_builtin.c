/* The rules that are constants of the program are those that loading gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/program.h"
#include "model/words.h"
#include "rules/rules.h"
#include "rules/source.h"
#include "tools/bundle.h"

#define JSON_BYTES (64u << 20)

struct both {
	struct fa_arena a;
	struct fa_err err;
	struct fa_buf json; /* of the sources */
	struct fa_bundle *loaded;
};

static void
must(int rc, const struct fa_err *err)
{
	if (rc != FA_OK)
		fail_msg("%s", err->msg);
}

static int
both_open(void **state)
{
	static struct both x;
	struct fa_bundle *sources;

	memset(&x, 0, sizeof(x));
	fa_arena_init(&x.a, 1u << 30);
	fa_buf_init(&x.json, JSON_BYTES);
	must(fa_rules_load(&sources, FA_STR("rules"), &x.a, &x.err), &x.err);
	must(fa_rules_write_bundle(sources, &x.json, &x.err), &x.err);
	must(fa_rules_parse_bundle(
		     &x.loaded, fa_buf_str(&x.json), &x.a, &x.err),
		&x.err);
	*state = &x;
	return 0;
}

static int
both_close(void **state)
{
	struct both *x = *state;

	fa_buf_done(&x->json);
	fa_arena_done(&x->a);
	return 0;
}

static void
same(struct fa_str a, struct fa_str b)
{
	assert_true((a.p == NULL) == (b.p == NULL));
	assert_int_equal(a.n, b.n);
	if (a.n > 0)
		assert_memory_equal(a.p, b.p, a.n);
}

static void
same2(const struct fa_text2 *a, const struct fa_text2 *b)
{
	for (int i = 0; i < FA_LANG_COUNT; i++)
		same(a->in[i], b->in[i]);
}

/* Each walk below takes its structs apart member by member, in the order of
 * model/rule.h. */
#define EQUAL(member) assert_int_equal(a->member, b->member)
#define SAME(member) same(a->member, b->member)
#define SAME2(member) same2(&a->member, &b->member)

static void
same_instrument(const struct fa_instrument *a, const struct fa_instrument *b)
{
	SAME(code);
	SAME2(title);
	SAME2(issuer);
	SAME(number);
	EQUAL(in_force_from);
	EQUAL(in_force_to);
	SAME(page);
	EQUAL(binding);
}

static void
same_obligation(const struct fa_obligation *a, const struct fa_obligation *b,
	const struct fa_bundle *in_a, const struct fa_bundle *in_b)
{
	SAME(id);
	assert_true((a->part_of == NULL) == (b->part_of == NULL));
	if (a->part_of != NULL)
		assert_int_equal(a->part_of - in_a->obligations,
			b->part_of - in_b->obligations);
	EQUAL(instrument);
	SAME(article);
	EQUAL(kind);
	EQUAL(severity);
	EQUAL(silent);
	EQUAL(scopes);
	SAME2(title);
	SAME2(why);
	SAME2(fix);
	SAME2(wording);
	EQUAL(wording_line);
	SAME2(gap);
	EQUAL(refs_n);
	for (size_t i = 0; i < a->refs_n; i++) {
		SAME(refs[i].instrument);
		SAME(refs[i].article);
	}
	EQUAL(gap_rule);
	EQUAL(loss);
	for (size_t i = 0; i < FA_VERDICT_COUNT; i++) {
		EQUAL(recall[i].labelled);
		EQUAL(recall[i].found);
	}
	SAME(file);
	EQUAL(line);
}

static void
same_cond(const struct fa_cond *a, const struct fa_cond *b)
{
	assert_true((a == NULL) == (b == NULL));
	if (a == NULL)
		return;
	EQUAL(kind);
	EQUAL(has_region);
	EQUAL(region);
	EQUAL(near);
	EQUAL(pattern);
	EQUAL(polarity);
	EQUAL(scopes);
	EQUAL(fact);
	EQUAL(child_n);
	for (size_t i = 0; i < a->child_n; i++)
		same_cond(&a->child[i], &b->child[i]);
}

static void
same_rule(const struct fa_rule *a, const struct fa_rule *b)
{
	SAME(id);
	EQUAL(obligation);
	EQUAL(verdict);
	EQUAL(scope);
	EQUAL(on_flow);
	EQUAL(defers);
	EQUAL(status);
	SAME2(title);
	SAME2(why);
	SAME2(fix);
	SAME2(wording);
	EQUAL(wording_line);
	same_cond(a->find, b->find);
	same_cond(a->unless, b->unless);
	EQUAL(examples_n);
	for (size_t i = 0; i < a->examples_n; i++) {
		SAME(examples[i].text);
		EQUAL(examples[i].matches);
	}
	SAME(false_positives);
	SAME(file);
	EQUAL(line);
	EQUAL(hits);
	EQUAL(right);
	EQUAL(precision);
}

static void
same_lexicon(const struct fa_lexicon *a, const struct fa_lexicon *b)
{
	bool named = !fa_str_starts(a->name, FA_STR("="));

	SAME(name);
	assert_int_equal(b->words_n, named ? a->words_n : 0);
	for (size_t i = 0; i < b->words_n; i++)
		SAME(words[i]);
	EQUAL(included);
	SAME(file);
	EQUAL(line);
}

static void
same_pattern(const struct fa_pattern *a, const struct fa_pattern *b)
{
	SAME(source);
	SAME(regex);
	EQUAL(needs_n);
	for (size_t i = 0; i < a->needs_n; i++)
		EQUAL(needs[i]);
}

static void
same_entry(const struct fa_ledger_entry *a, const struct fa_ledger_entry *b)
{
	SAME(id);
	EQUAL(instrument);
	SAME(article);
	EQUAL(status);
	EQUAL(obligations_n);
	for (size_t i = 0; i < a->obligations_n; i++)
		EQUAL(obligations[i]);
	SAME2(title);
	SAME2(ask);
	SAME(file);
	EQUAL(line);
}

static void
laws_and_obligations_are_those_that_loading_gives(void **state)
{
	const struct both *x = *state;
	const struct fa_bundle *a = x->loaded, *b = fa_bundle_builtin;

	SAME(version);
	EQUAL(instruments_n);
	assert_true(a->instruments_n > 0);
	for (size_t i = 0; i < a->instruments_n; i++)
		same_instrument(&a->instruments[i], &b->instruments[i]);
	EQUAL(obligations_n);
	assert_true(a->obligations_n > 0);
	for (size_t i = 0; i < a->obligations_n; i++)
		same_obligation(&a->obligations[i], &b->obligations[i], a, b);
	EQUAL(ledger_n);
	assert_true(a->ledger_n > 0);
	for (size_t i = 0; i < a->ledger_n; i++)
		same_entry(&a->ledger[i], &b->ledger[i]);
	EQUAL(sets_n);
	assert_true(a->sets_n > 0);
	for (size_t i = 0; i < a->sets_n; i++) {
		SAME(sets[i].name);
		EQUAL(sets[i].documents);
		SAME(sets[i].sha256);
	}
	EQUAL(unmeasured_n);
	for (size_t i = 0; i < a->unmeasured_n; i++)
		SAME(unmeasured[i]);
	for (size_t i = 0; i < FA_SEVERITY_COUNT; i++)
		EQUAL(loss[i]);
	EQUAL(established);
	EQUAL(probable);
	assert_string_equal(a->sha256, b->sha256);
}

static void
rules_patterns_and_lexicons_are_those_that_loading_gives(void **state)
{
	const struct both *x = *state;
	const struct fa_bundle *a = x->loaded, *b = fa_bundle_builtin;

	EQUAL(rules_n);
	assert_true(a->rules_n > 0);
	for (size_t i = 0; i < a->rules_n; i++)
		same_rule(&a->rules[i], &b->rules[i]);
	EQUAL(lexicons_n);
	assert_true(a->lexicons_n > 0);
	for (size_t i = 0; i < a->lexicons_n; i++)
		same_lexicon(&a->lexicons[i], &b->lexicons[i]);
	EQUAL(patterns_n);
	assert_true(a->patterns_n > 0);
	for (size_t i = 0; i < a->patterns_n; i++)
		same_pattern(&a->patterns[i], &b->patterns[i]);
}

static void
their_word_table_is_the_one_that_is_made_for_other_rules(void **state)
{
	struct both *x = *state;
	const struct fa_word_table *a, *b = fa_bundle_builtin->table;

	assert_null(x->loaded->table);
	must(fa_word_table_new(&a, x->loaded, &x->a, &x->err), &x->err);
	assert_memory_equal(
		a->near, b->near, (FA_WORD_NEAR + 1) * sizeof(*a->near));
	EQUAL(far_n);
	for (size_t i = 0; i < a->far_n; i++) {
		EQUAL(far[i].cp);
		EQUAL(far[i].class);
	}
	EQUAL(nodes_n);
	assert_true(a->nodes_n > 0);
	assert_memory_equal(a->base, b->base, a->nodes_n * sizeof(*a->base));
	EQUAL(steps_n);
	assert_memory_equal(a->steps, b->steps, a->steps_n * sizeof(*a->steps));
	EQUAL(ones_n);
	EQUAL(classes_n);
	EQUAL(leaves_end);
	EQUAL(words_end);
	EQUAL(longest);
	assert_memory_equal(a->uses_from, b->uses_from,
		(a->words_end + 1) * sizeof(*a->uses_from));
	EQUAL(uses_n);
	assert_memory_equal(a->uses, b->uses, a->uses_n * sizeof(*a->uses));
	EQUAL(lexicons_n);
}

static void
same_bytes(const void *a, const void *b, size_t n, size_t size)
{
	assert_true(n > 0);
	assert_memory_equal(a, b, n * size);
}

static void
their_programs_are_those_that_are_made_for_other_rules(void **state)
{
	const struct both *x = *state;
	const struct fa_programs *a = x->loaded->programs;
	const struct fa_programs *b = fa_bundle_builtin->programs;

	EQUAL(programs_n);
	assert_int_equal(a->programs_n, x->loaded->patterns_n);
	for (size_t i = 0; i < a->programs_n; i++) {
		EQUAL(programs[i].code);
		EQUAL(programs[i].code_n);
		EQUAL(programs[i].least);
		EQUAL(programs[i].filter);
		EQUAL(programs[i].reach);
		EQUAL(programs[i].frames);
		assert_true(fa_program_exists(a, (uint32_t)i));
	}
	EQUAL(code_n);
	same_bytes(a->code, b->code, a->code_n, sizeof(*a->code));
	EQUAL(filters_n);
	same_bytes(a->filters, b->filters, a->filters_n, sizeof(*a->filters));
	EQUAL(sets_n);
	for (size_t i = 0; i < a->sets_n; i++) {
		EQUAL(sets[i].first[0]);
		EQUAL(sets[i].first[1]);
		EQUAL(sets[i].second[0]);
		EQUAL(sets[i].second[1]);
		EQUAL(sets[i].trie);
		EQUAL(sets[i].shortest);
		EQUAL(sets[i].longest);
	}
	EQUAL(tries_n);
	same_bytes(a->tries, b->tries, a->tries_n, sizeof(*a->tries));
	EQUAL(classes_n);
	EQUAL(class_words);
	same_bytes(a->classes, b->classes, a->classes_n * a->class_words,
		sizeof(*a->classes));
	for (size_t i = 0; i < a->classes_n; i++) {
		EQUAL(few[i].n);
		EQUAL(few[i].others);
		for (size_t k = 0; k < FA_CLASS_FEW; k++)
			EQUAL(few[i].symbol[k]);
	}
	same_bytes(a->page, b->page, 256, sizeof(*a->page));
	EQUAL(pages_n);
	same_bytes(
		a->symbols, b->symbols, a->pages_n * 256, sizeof(*a->symbols));
	EQUAL(symbols_n);
	EQUAL(frames);
}

static void
they_are_written_as_the_same_json(void **state)
{
	struct both *x = *state;
	struct fa_buf json;

	fa_buf_init(&json, JSON_BYTES);
	must(fa_rules_write_bundle(fa_bundle_builtin, &json, &x->err), &x->err);
	same(fa_buf_str(&json), fa_buf_str(&x->json));
	fa_buf_done(&json);
}

/* The compiler refuses a source in which a member is missing: what the writer
 * knows of, it knows all of. */
static void
they_are_written_as_the_same_source(void **state)
{
	struct both *x = *state;
	struct fa_buf a, b;

	fa_buf_init(&a, JSON_BYTES);
	fa_buf_init(&b, JSON_BYTES);
	must(fa_rules_write_source(x->loaded, &a, &x->a, &x->err), &x->err);
	must(fa_rules_write_source(fa_bundle_builtin, &b, &x->a, &x->err),
		&x->err);
	same(fa_buf_str(&a), fa_buf_str(&b));
	x->loaded->obligations[0].gap_rule++;
	fa_buf_reset(&b);
	must(fa_rules_write_source(x->loaded, &b, &x->a, &x->err), &x->err);
	assert_false(fa_str_eq(fa_buf_str(&a), fa_buf_str(&b)));
	x->loaded->obligations[0].gap_rule--;
	fa_buf_done(&a);
	fa_buf_done(&b);
}

static void
a_literal_means_its_text_to_every_compiler(void **state)
{
	struct fa_buf out;

	(void)state;
	fa_buf_init(&out, 1000);
	fa_source_literal(&out,
		FA_STR("a\"b\\c?"
		       "?=\n\x7f"
		       "1脸\0z"));
	same(fa_buf_str(&out),
		FA_STR("\"a\\042b\\134c\\077\\077=\\012\\1771\\350\\204\\270"
		       "\\000z\""));
	fa_buf_done(&out);
}

static void
a_bundle_without_anything_has_a_source(void **state)
{
	struct both *x = *state;
	struct fa_bundle empty = { .version = FA_STR("1") };
	struct fa_buf out;

	fa_buf_init(&out, JSON_BYTES);
	must(fa_rules_write_source(&empty, &out, &x->a, &x->err), &x->err);
	assert_int_not_equal(
		fa_str_find(fa_buf_str(&out),
			FA_STR("{t+0,1},NULL,0,NULL,0,NULL,0,NULL,0,NULL,0,"
			       "NULL,0,NULL,0,NULL,0,"),
			0),
		SIZE_MAX);
	fa_buf_done(&out);
}

static void
running_out_of_memory_is_an_error(void **state)
{
	struct both *x = *state;

	for (size_t limit = 0; limit < 2u << 20; limit += 99991) {
		struct fa_arena a;
		struct fa_buf out;

		fa_arena_init(&a, limit);
		fa_buf_init(&out, JSON_BYTES);
		assert_int_equal(fa_rules_write_source(
					 fa_bundle_builtin, &out, &a, &x->err),
			FA_E_NOMEM);
		assert_int_equal(out.n, 0);
		fa_buf_done(&out);
		fa_arena_done(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			laws_and_obligations_are_those_that_loading_gives),
		cmocka_unit_test(
			rules_patterns_and_lexicons_are_those_that_loading_gives),
		cmocka_unit_test(
			their_word_table_is_the_one_that_is_made_for_other_rules),
		cmocka_unit_test(
			their_programs_are_those_that_are_made_for_other_rules),
		cmocka_unit_test(they_are_written_as_the_same_json),
		cmocka_unit_test(they_are_written_as_the_same_source),
		cmocka_unit_test(a_literal_means_its_text_to_every_compiler),
		cmocka_unit_test(a_bundle_without_anything_has_a_source),
		cmocka_unit_test(running_out_of_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, both_open, both_close);
}
