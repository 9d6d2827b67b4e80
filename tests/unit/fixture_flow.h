/* Flows from texts for the tests of flow. */
#ifndef FA_TEST_FIXTURE_FLOW_H
#define FA_TEST_FIXTURE_FLOW_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "flow/import.h"
#include "flow/json.h"

struct flowing {
	struct fa_arena a;
	struct fa_err err;
	struct fa_flow *f;
	int rc;
};

static inline void
flowing_begin(struct flowing *t)
{
	memset(t, 0, sizeof(*t));
	fa_arena_init(&t->a, (size_t)512 << 20);
}

static inline void
flowing_done(struct flowing *t)
{
	fa_arena_done(&t->a);
}

/* Every flow that is made can be written and read, and is written the same
 * again. */
static inline void
flowing_holds(struct flowing *t)
{
	struct fa_flow *again = NULL;
	struct fa_buf one, two;

	fa_buf_init(&one, FA_FLOW_JSON_BYTES);
	fa_buf_init(&two, FA_FLOW_JSON_BYTES);
	if (fa_flow_write(t->f, &one, &t->err) != FA_OK ||
		fa_flow_parse(&again, fa_buf_str(&one), &t->a, &t->err) !=
			FA_OK ||
		fa_flow_write(again, &two, &t->err) != FA_OK)
		fail_msg("%s", t->err.msg);
	assert_true(fa_str_eq(fa_buf_str(&one), fa_buf_str(&two)));
	fa_buf_done(&one);
	fa_buf_done(&two);
}

static inline void
flowing_sketch(struct flowing *t, const char *text)
{
	flowing_begin(t);
	t->rc = fa_import_sketch(&t->f, fa_str_c(text), &t->a, &t->err);
	if (t->rc != FA_OK)
		fail_msg("%s", t->err.msg);
	flowing_holds(t);
}

static inline int
flowing_load(struct fa_import_file *f, struct fa_arena *a, struct fa_err *err)
{
	(void)f;
	(void)a;
	(void)err;
	return FA_OK;
}

struct flowing_file {
	const char *name;
	struct fa_str text;
};

/* Imports files that live in memory, in order of their names; sniffs first. */
static inline void
flowing_try(struct flowing *t, const char *importer,
	const struct flowing_file *files, size_t n, bool folder)
{
	struct fa_import_file all[16];
	struct fa_import_source s = { FA_STR("in"), folder, all, n,
		flowing_load };
	const struct fa_importer *as = NULL;

	assert_true(n <= 16);
	flowing_begin(t);
	for (size_t i = 0; i < n; i++) {
		all[i] = (struct fa_import_file){ fa_str_c(files[i].name),
			fa_str_c(files[i].name), files[i].text };
	}
	assert_int_equal(fa_import_sniff(&as, &s, &t->a, &t->err), FA_OK);
	if (importer != NULL) {
		assert_non_null(as);
		assert_string_equal(as->name, importer);
	} else {
		assert_null(as);
		return;
	}
	t->rc = as->import(&t->f, &s, &t->a, &t->err);
}

static inline void
flowing_import(struct flowing *t, const char *importer,
	const struct flowing_file *files, size_t n, bool folder)
{
	flowing_try(t, importer, files, n, folder);
	if (t->rc != FA_OK)
		fail_msg("%s", t->err.msg);
	flowing_holds(t);
}

/* "screen action element-text -> screen", one per line. */
static inline void
flowing_dump(const struct fa_flow *f, struct fa_buf *out)
{
	for (size_t i = 0; i < f->transitions_n; i++) {
		const struct fa_flow_transition *x = &f->transitions[i];
		const struct fa_flow_screen *s = &f->screens[x->from];
		struct fa_str label = FA_STR("-");

		if (x->element != FA_FLOW_NONE) {
			const struct fa_flow_element *e =
				&s->elements[x->element];

			label = e->text.n > 0    ? e->text
				: e->label.n > 0 ? e->label
						 : e->hint;
		}
		fa_buf_addf(out, "%.*s %s %.*s -> %.*s%s%s\n",
			FA_STR_ARG(s->id), fa_flow_action_name(x->action),
			FA_STR_ARG(label),
			FA_STR_ARG(x->to == FA_FLOW_NONE
					? FA_STR("out")
					: f->screens[x->to].id),
			x->effects & FA_FLOW_EFFECT_EXIT ? " exit" : "",
			x->effects & FA_FLOW_EFFECT_CAMERA ? " camera" : "");
	}
}

static inline void
flowing_leads(const struct flowing *t, const char *want)
{
	struct fa_buf out;

	fa_buf_init(&out, 1 << 20);
	flowing_dump(t->f, &out);
	if (!fa_str_eq(fa_buf_str(&out), fa_str_c(want)))
		fail_msg("got\n%.*sexpected\n%s", FA_STR_ARG(fa_buf_str(&out)),
			want);
	fa_buf_done(&out);
}

/* "role text|label|hint" of each element of a screen, one per line, with
 * flags: x ticked, - not ticked, h hidden, o off. */
static inline void
flowing_shows(const struct flowing *t, size_t screen, const char *want)
{
	const struct fa_flow_screen *s = &t->f->screens[screen];
	struct fa_buf out;

	fa_buf_init(&out, 1 << 20);
	for (size_t i = 0; i < s->elements_n; i++) {
		const struct fa_flow_element *e = &s->elements[i];

		fa_buf_addf(&out, "%s %.*s|%.*s|%.*s%s%s%s\n",
			fa_flow_role_name(e->role), FA_STR_ARG(e->text),
			FA_STR_ARG(e->label), FA_STR_ARG(e->hint),
			e->checked == FA_TRI_YES          ? " x"
				: e->checked == FA_TRI_NO ? " -"
							  : "",
			e->visible == FA_TRI_NO ? " h" : "",
			e->enabled == FA_TRI_NO ? " o" : "");
	}
	if (!fa_str_eq(fa_buf_str(&out), fa_str_c(want)))
		fail_msg("got\n%.*sexpected\n%s", FA_STR_ARG(fa_buf_str(&out)),
			want);
	fa_buf_done(&out);
}

static inline size_t
flowing_gaps(
	const struct flowing *t, uint32_t screen, enum fa_flow_gap_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < t->f->gaps_n; i++)
		n += t->f->gaps[i].screen == screen &&
			t->f->gaps[i].kind == kind;
	return n;
}

#endif
