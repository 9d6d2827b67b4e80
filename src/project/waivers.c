#include "project/waivers.h"

#include <stdlib.h>

#include "base/attr.h"
#include "base/utf8.h"
#include "model/fingerprint.h"
#include "project/place.h"
#include "project/waivers_parts.h"

#define DETAIL_BYTES 64

/* States of a waiver of the configuration. */
#define FAULTY 1u  /* told already */
#define USED 2u    /* has waived something */
#define REACHED 4u /* a file of its path was judged */

bool
fa_waivers_names(
	struct fa_str spec, struct fa_str rule, struct fa_str obligation)
{
	if (spec.n == 0)
		return false;
	if (fa_str_eq(spec, rule))
		return true;
	return fa_str_starts(obligation, spec) &&
		(obligation.n == spec.n || obligation.p[spec.n] == '.');
}

static bool
is_known(const struct fa_bundle *b, struct fa_str spec)
{
	for (size_t i = 0; i < b->obligations_n; i++)
		if (fa_waivers_names(spec, FA_STR_NONE, b->obligations[i].id))
			return true;
	for (size_t i = 0; i < b->rules_n; i++)
		if (fa_str_eq(spec, b->rules[i].id))
			return true;
	return false;
}

/* Moves a text of a document to the arena of the run. */
static bool
keep(struct fa_str *s, struct fa_arena *a)
{
	if (s->p == NULL)
		return true;
	*s = fa_arena_dup(a, *s);
	return s->p != NULL;
}

int
fa_waivers_note(struct fa_waivers *w, enum fa_waiver_fault fault,
	const struct fa_waiver *waiver, struct fa_str detail,
	struct fa_err *err)
{
	struct fa_waiver_note *grown = fa_arena_grow(
		w->a, w->notes, &w->notes_cap, w->notes_n + 1, sizeof(*grown));
	struct fa_waiver_note note = { fault, *waiver, detail };

	if (grown == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for waivers");
	w->notes = grown;
	if (!keep(&note.waiver.rule, w->a) ||
		!keep(&note.waiver.reason, w->a) ||
		!keep(&note.waiver.file, w->a) || !keep(&note.detail, w->a))
		return fa_fail(err, FA_E_NOMEM, "no memory for waivers");
	w->notes[w->notes_n++] = note;
	return FA_OK;
}

/* Marks and symbols, and what is for private use; ASCII aside. */
static const uint32_t marks[][2] = { { 0x80, 0xBF }, { 0x2000, 0x2BFF },
	{ 0x3000, 0x303F }, { 0xE000, 0xF8FF }, { FA_RUNE_BAD, FA_RUNE_BAD } };

static bool
is_letter(uint32_t cp)
{
	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') ||
			((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');
	for (size_t i = 0; i < FA_COUNT(marks); i++)
		if (cp >= marks[i][0] && cp <= marks[i][1])
			return false;
	return true;
}

/* Has it a letter or a digit? Marks, blanks and what nobody sees are no
 * reason. */
static bool
says_something(struct fa_str reason)
{
	while (reason.n > 0) {
		char folded[FA_FOLD_RUNES * 4];
		uint32_t cp;
		size_t n = fa_utf8_next(reason, &cp);

		reason = fa_str_sub(reason, n, reason.n);
		n = fa_rune_fold(cp, folded);
		if (n == 0)
			continue;
		(void)fa_utf8_next((struct fa_str){ folded, n }, &cp);
		if (is_letter(cp))
			return true;
	}
	return false;
}

int
fa_waivers_check(bool *holds, struct fa_waivers *w,
	const struct fa_waiver *waiver, struct fa_str bad_date,
	struct fa_err *err)
{
	*holds = false;
	if (!is_known(w->bundle, waiver->rule))
		return fa_waivers_note(
			w, FA_WAIVER_NO_RULE, waiver, FA_STR_NONE, err);
	if (!says_something(waiver->reason))
		return fa_waivers_note(
			w, FA_WAIVER_NO_REASON, waiver, FA_STR_NONE, err);
	if (bad_date.p != NULL)
		return fa_waivers_note(w, FA_WAIVER_NO_DATE, waiver,
			fa_utf8_beginning(bad_date, DETAIL_BYTES), err);
	if (waiver->until != 0 && waiver->until < w->today)
		return fa_waivers_note(
			w, FA_WAIVER_EXPIRED, waiver, FA_STR_NONE, err);
	*holds = true;
	return FA_OK;
}

int
fa_waivers_begin(struct fa_waivers *w, struct fa_err *err)
{
	size_t n = w->config != NULL ? w->config->waivers_n : 0;

	w->state = fa_arena_new(w->a, n, sizeof(*w->state));
	if (w->state == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for waivers");
	for (size_t i = 0; i < n; i++) {
		const struct fa_config_waiver *x = &w->config->waivers[i];
		bool holds;
		int rc = fa_waivers_check(
			&holds, w, &x->waiver, x->bad_date, err);

		if (rc < 0)
			return rc;
		w->state[i] = holds ? 0 : FAULTY;
	}
	return FA_OK;
}

static bool
in_path(const struct fa_waivers *w, const struct fa_config_waiver *x,
	struct fa_str path)
{
	struct fa_str below = fa_place_below(path, w->config->folder);

	/* What lies elsewhere is no path of the project. */
	return !x->has_path || (below.n > 0 && fa_glob_covers(&x->path, below));
}

const struct fa_waiver *
fa_waivers_of_config(struct fa_waivers *w, const struct fa_passage *p)
{
	size_t n = w->config != NULL ? w->config->waivers_n : 0;

	for (size_t i = 0; i < n; i++) {
		const struct fa_config_waiver *x = &w->config->waivers[i];

		if ((w->state[i] & FAULTY) != 0 ||
			!fa_waivers_names(
				x->waiver.rule, p->rule, p->obligation) ||
			!in_path(w, x, p->path))
			continue;
		if (x->quote.p != NULL &&
			(p->evidence == NULL ||
				(!fa_fingerprint_holds(
					 p->evidence->text, x->quote) &&
					!fa_fingerprint_holds(
						p->evidence->quote, x->quote))))
			continue;
		w->state[i] |= USED;
		return &x->waiver;
	}
	return NULL;
}

bool
fa_waivers_by_place(const struct fa_waivers *w)
{
	return (w->config != NULL && w->config->waivers_n > 0) ||
		w->baseline != NULL || w->writes != NULL || w->before != NULL;
}

void
fa_waivers_reach(struct fa_waivers *w, struct fa_str path)
{
	size_t n = w->config != NULL ? w->config->waivers_n : 0;

	for (size_t i = 0; i < n; i++)
		if (w->config->waivers[i].has_path &&
			in_path(w, &w->config->waivers[i], path))
			w->state[i] |= REACHED;
	if (w->baseline != NULL)
		fa_baseline_see(w->baseline, path);
}

static int
by_place(const void *a, const void *b)
{
	const struct fa_waiver_note *x = a, *y = b;
	int order = fa_str_cmp(x->waiver.file, y->waiver.file);

	if (order != 0)
		return order;
	if (x->waiver.line != y->waiver.line)
		return x->waiver.line < y->waiver.line ? -1 : 1;
	order = fa_str_cmp(x->waiver.rule, y->waiver.rule);
	return order != 0 ? order : (int)x->fault - (int)y->fault;
}

static int
note_baseline(struct fa_waivers *w, struct fa_err *err)
{
	size_t unused = w->baseline != NULL
		? fa_baseline_unused(w->baseline, w->whole)
		: 0;
	struct fa_waiver none = { .kind = FA_WAIVER_BASELINE };
	FA_CLEANUP(fa_buf_done) struct fa_buf n;

	fa_buf_init(&n, DETAIL_BYTES);
	if (unused == 0)
		return FA_OK;
	none.file = w->baseline->file;
	fa_buf_addf(&n, "%zu", unused);
	return fa_waivers_note(w, FA_WAIVER_UNUSED, &none, fa_buf_str(&n), err);
}

int
fa_waivers_end(struct fa_waivers *w, struct fa_err *err)
{
	size_t n = w->config != NULL ? w->config->waivers_n : 0;
	int rc = note_baseline(w, err);

	for (size_t i = 0; rc == FA_OK && i < n; i++)
		if (w->state[i] == REACHED || (w->whole && w->state[i] == 0))
			rc = fa_waivers_note(w, FA_WAIVER_UNUSED,
				&w->config->waivers[i].waiver, FA_STR_NONE,
				err);
	if (rc == FA_OK && w->notes_n > 1)
		qsort(w->notes, w->notes_n, sizeof(*w->notes), by_place);
	return rc;
}
