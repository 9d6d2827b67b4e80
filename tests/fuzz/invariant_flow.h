/* What holds for every flow, however it was made: it can be written, reads
 * back, is written the same again, and has a transcript whose lines lie in it.
 * Breaking it aborts. */
#ifndef FA_FUZZ_INVARIANT_FLOW_H
#define FA_FUZZ_INVARIANT_FLOW_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "flow/import.h"
#include "flow/json.h"
#include "flow/transcript.h"

#define INVARIANT_ARENA_BYTES ((size_t)1 << 30)

static inline void
invariant_flow_must(int ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "invariant broken: %s\n", what);
		abort();
	}
}

static inline void
invariant_flow_transcript(const struct fa_flow *f, struct fa_arena *a)
{
	struct fa_transcript t;
	size_t at = 0;

	if (fa_transcript(&t, f, a, NULL) != FA_OK)
		return;
	invariant_flow_must(fa_utf8_valid(t.html), "transcript is UTF-8");
	for (size_t i = 0; i < t.n; i++) {
		invariant_flow_must(t.lines[i].from >= at &&
				t.lines[i].to >= t.lines[i].from &&
				t.lines[i].to <= t.html.n &&
				t.lines[i].screen < f->screens_n,
			"lines lie in the transcript in order");
		at = t.lines[i].to;
	}
}

static inline void
invariant_flow(const struct fa_flow *f, struct fa_arena *a)
{
	struct fa_flow *again = NULL;
	struct fa_buf one, two;
	struct fa_err err = { .rc = FA_OK };

	fa_buf_init(&one, FA_FLOW_JSON_BYTES);
	fa_buf_init(&two, FA_FLOW_JSON_BYTES);
	if (fa_flow_write(f, &one, &err) == FA_OK) {
		if (fa_flow_parse(&again, fa_buf_str(&one), a, &err) != FA_OK)
			invariant_flow_must(err.rc == FA_E_NOMEM, err.msg);
		else
			invariant_flow_must(
				fa_flow_write(again, &two, &err) == FA_OK &&
					fa_str_eq(fa_buf_str(&one),
						fa_buf_str(&two)),
				"what is written reads to the same bytes");
	}
	fa_buf_done(&one);
	fa_buf_done(&two);
	invariant_flow_transcript(f, a);
}

/* Refusals have a reason. */
static inline void
invariant_flow_result(int rc, const struct fa_flow *f, const struct fa_err *err,
	struct fa_arena *a)
{
	invariant_flow_must(
		(rc == FA_OK) == (f != NULL), "a flow or a failure");
	if (rc == FA_OK)
		invariant_flow(f, a);
	else
		invariant_flow_must(
			err->msg[0] != '\0', "a failure has a text");
}

static inline int
invariant_flow_load(
	struct fa_import_file *f, struct fa_arena *a, struct fa_err *err)
{
	(void)f;
	(void)a;
	(void)err;
	return FA_OK;
}

#define INVARIANT_FILES 12

/* Imports data as files of a folder: "%% name" begins each. Without such a
 * line the data is one file of the given name. */
static inline void
invariant_flow_import(const char *importer, const char *name,
	const uint8_t *data, size_t size)
{
	struct fa_str text = { (const char *)data, size };
	struct fa_import_file files[INVARIANT_FILES];
	struct fa_import_source s = { FA_STR("in"), false, files, 0,
		invariant_flow_load };
	const struct fa_importer *as = fa_importer_find(fa_str_c(importer));
	const struct fa_importer *found = NULL;
	struct fa_flow *f = NULL;
	struct fa_err err = { .rc = FA_OK };
	struct fa_arena a;
	int rc;

	s.folder = fa_str_starts(text, FA_STR("%% "));
	while (s.folder && text.n > 3 && s.n < INVARIANT_FILES) {
		size_t end;
		struct fa_str body = fa_str_sub(text, 3, text.n);
		struct fa_str own = fa_str_cut(&body, '\n');

		body.p = body.p == NULL ? "" : body.p;
		end = fa_str_find(body, FA_STR("\n%% "), 0);
		/* names come in order and hold no NUL, as from a folder */
		if (own.n > 0 && memchr(own.p, '\0', own.n) == NULL &&
			(s.n == 0 || fa_str_cmp(files[s.n - 1].name, own) < 0))
			files[s.n++] = (struct fa_import_file){ own, own,
				fa_str_sub(body, 0, end) };
		text = end == SIZE_MAX ? FA_STR("")
				       : fa_str_sub(body, end + 1, body.n);
	}
	if (!s.folder)
		files[s.n++] = (struct fa_import_file){ fa_str_c(name),
			fa_str_c(name), size == 0 ? FA_STR("") : text };
	fa_arena_init(&a, INVARIANT_ARENA_BYTES);
	rc = fa_import_sniff(&found, &s, &a, &err);
	invariant_flow_must(
		rc == FA_OK || err.msg[0] != '\0', "a failure has a text");
	rc = as->import(&f, &s, &a, &err);
	invariant_flow_result(rc, f, &err, &a);
	fa_arena_done(&a);
}

#endif
