/* Flows written as sketches, looked at with the words of the rules. */
#ifndef TEST_FIXTURE_VIEW_H
#define TEST_FIXTURE_VIEW_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "flow/facts.h"
#include "flow/import.h"
#include "rules/load.h"

static const char view_stub[] =
	"obligation: T.1\ninstrument: T\narticle: '1'\nkind: duty\n"
	"severity: high\nsilent: not_applicable\napplies_if:\n  scope:\n"
	"    - FACE_ID\ntitle:\n  zh: 't'\n  en: 't'\nwhy:\n  zh: 't'\n"
	"  en: 't'\nfix:\n  zh: 't'\n  en: 't'\nrules:\n  - id: T.1-a\n"
	"    verdict: violation\n    status: test\n    title:\n      zh: 't'\n"
	"      en: 't'\n    find:\n      match: '{ui_refuse}'\n";
static const char view_instruments[] =
	"instruments:\n  T:\n    title:\n      zh: 't'\n      en: 't'\n"
	"    issuer:\n      zh: 't'\n      en: 't'\n"
	"    in_force_from: '2025-06-01'\n    page: 'https://t.example/'\n"
	"    binding: yes\n";
static const char view_weights[] =
	"weights:\n  critical: 750\n  high: 450\n  medium: 200\n  low: 80\n"
	"  advisory: 0\ntiers:\n  established: 900\n  probable: 700\n";

struct viewer {
	struct fa_arena rules, a;
	struct fa_vocab *vocab;
	struct fa_flow *flow;
	struct fa_view view;
	struct fa_facts facts;
	struct fa_err err;
};

static inline int
viewer_setup(void **state)
{
	struct viewer *w = calloc(1, sizeof(*w));
	struct fa_load_source sources[4] = {
		{ FA_STR("i.yaml"), fa_str_c(view_instruments) },
		{ FA_STR("w.yaml"), fa_str_c(view_weights) },
		{ FA_STR("t.yaml"), fa_str_c(view_stub) },
		{ FA_STR("rules/lexicon/screen.yaml"), FA_STR_NONE },
	};
	struct fa_bundle *b;

	if (!w)
		return -1;
	fa_arena_init(&w->rules, 64u << 20);
	fa_arena_init(&w->a, 256u << 20);
	if (fa_file_read(&sources[3].text, sources[3].path, 1u << 20, &w->rules,
		    &w->err) < 0 ||
		fa_load_sources(&b, FA_STR("test"), sources, 4, &w->rules,
			&w->err) < 0 ||
		fa_vocab_new(&w->vocab, b, &w->rules, &w->err) < 0) {
		fprintf(stderr, "%s\n", w->err.msg);
		return -1;
	}
	*state = w;
	return 0;
}

static inline int
viewer_teardown(void **state)
{
	struct viewer *w = *state;

	fa_arena_done(&w->a);
	fa_arena_done(&w->rules);
	free(w);
	return 0;
}

/* Reads a sketch and finds its facts. */
static inline void
look(struct viewer *w, const char *sketch)
{
	fa_arena_done(&w->a);
	fa_arena_init(&w->a, 256u << 20);
	if (fa_import_sketch(&w->flow, fa_str_c(sketch), &w->a, &w->err) < 0 ||
		fa_view(&w->view, w->vocab, w->flow, &w->a, &w->err) < 0 ||
		fa_flow_facts(&w->facts, &w->view, &w->a, &w->err) < 0)
		fail_msg("%s\n%s", w->err.msg, sketch);
}

static inline const struct fa_fact *
fact_at(const struct viewer *w, enum fa_fact_kind kind, const char *screen)
{
	for (size_t i = 0; i < w->facts.n; i++) {
		const struct fa_fact *f = &w->facts.at[i];

		if (f->kind == kind &&
			(!screen ||
				fa_str_eq(w->flow->screens[f->place.screen].id,
					fa_str_c(screen))))
			return f;
	}
	return NULL;
}

/* The facts from sole_method on, as text; for messages. */
static inline void
list_facts(const struct viewer *w)
{
	for (size_t i = 0; i < w->facts.n; i++)
		if (w->facts.at[i].kind >= FA_FACT_SOLE_METHOD)
			fprintf(stderr, "# %s at %.*s\n",
				fa_fact_name(w->facts.at[i].kind),
				FA_STR_ARG(
					w->flow->screens[w->facts.at[i]
								 .place.screen]
						.id));
}

static inline void
expect(const struct viewer *w, enum fa_fact_kind kind, const char *screen)
{
	if (fact_at(w, kind, screen))
		return;
	list_facts(w);
	fail_msg("%s is not found at %s", fa_fact_name(kind),
		screen ? screen : "any screen");
}

static inline void
expect_not(const struct viewer *w, enum fa_fact_kind kind)
{
	if (!fact_at(w, kind, NULL))
		return;
	list_facts(w);
	fail_msg("%s is found", fa_fact_name(kind));
}

#define VIEW_TEST(f)                                                           \
	cmocka_unit_test_setup_teardown(f, viewer_setup, viewer_teardown)

#endif
