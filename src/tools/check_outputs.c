#include "tools/check.h"

#include <string.h>

#include "base/str.h"
#include "cli/console.h"
#include "cli/options.h"
#include "flow/view.h"
#include "project/place.h"

#define WRITERS_MAX 32

static int
fail_format(struct fa_str name, struct fa_err *err)
{
	const char *names[WRITERS_MAX];
	char word[FA_CLI_WORD_BYTES];
	const char *near = NULL;
	size_t n = 0;

	while (n < WRITERS_MAX && fa_report_writers[n] != NULL) {
		names[n] = fa_report_writers[n]->name;
		n++;
	}
	if (name.n < sizeof(word)) {
		memcpy(word, name.p, name.n);
		word[name.n] = '\0';
		near = fa_options_nearest(word, names, n);
	}
	if (near != NULL)
		return fa_fail(err, FA_E_USAGE,
			"unknown format '%.*s', did you mean '%s'?",
			FA_STR_ARG(name), near);
	return fa_fail(err, FA_E_USAGE,
		"unknown format '%.*s', see 'faceaudit help formats'",
		FA_STR_ARG(name));
}

static bool
same_place(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

int
fa_check_outputs_add(
	struct fa_check_outputs *o, const char *word, struct fa_err *err)
{
	const char *colon = strchr(word, ':');
	struct fa_str name = fa_str_c(word);
	const struct fa_writer *writer;
	const char *path = NULL;
	size_t i;

	if (colon != NULL) {
		name.n = (size_t)(colon - word);
		path = colon + 1;
		if (path[0] == '\0')
			return fa_fail(err, FA_E_USAGE,
				"no file name behind '%s'", word);
		if (strcmp(path, "-") == 0)
			path = NULL;
	}
	writer = fa_report_find(name);
	if (writer == NULL)
		return fail_format(name, err);
	for (i = 0; i < o->n; i++)
		if (same_place(o->at[i].path, path))
			return fa_fail(err, FA_E_USAGE,
				"two reports to %s, give one a file: "
				"FORMAT:FILE",
				path != NULL ? path : "standard output");
	if (o->n == FA_CHECK_OUTPUTS)
		return fa_fail(err, FA_E_USAGE,
			"more than %d reports are asked for", FA_CHECK_OUTPUTS);
	o->at[o->n].writer = writer;
	o->at[o->n].path = path;
	fa_buf_init(&o->at[o->n].buf, FA_CHECK_REPORT_BYTES);
	fa_spill_init(&o->at[o->n].file, FA_CHECK_REPORT_BYTES);
	o->n++;
	return 0;
}

/* What follows the last slash. */
static struct fa_str
name_of(struct fa_str path)
{
	size_t n = path.n;

	while (n > 0 && path.p[n - 1] != '/')
		n--;
	return fa_str_sub(path, n, path.n);
}

/* Takes what was met in a folder at an absolute place off the list. */
static int
take_off(struct fa_check_subjects *list, struct fa_str place, const char *path,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str name = name_of(place);
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct fa_check_subject *s = &list->at[i];
		struct fa_str at = FA_STR_NONE;
		int rc = FA_OK;

		if (!fa_str_eq(s->path, FA_STR("-")) &&
			(s->named || fa_str_eq(name_of(s->path), name)))
			rc = fa_place_absolute(&at, s->path, a, err);
		if (rc != FA_OK)
			return rc;
		if (!fa_str_eq(at, place)) {
			list->at[n++] = *s;
			continue;
		}
		if (s->named)
			return fa_fail(err, FA_E_USAGE,
				"the report to %s would take the place of a "
				"file that is checked",
				path);
		rc = fa_check_inputs_own(list, s->path, a, err);
		if (rc != FA_OK)
			return rc;
	}
	list->n = n;
	return FA_OK;
}

int
fa_check_outputs_places(const struct fa_check_outputs *o,
	struct fa_check_subjects *list, struct fa_arena *a, struct fa_err *err)
{
	struct fa_str place[FA_CHECK_OUTPUTS];
	int rc = FA_OK;

	for (size_t i = 0; i < o->n && rc == FA_OK; i++) {
		place[i] = FA_STR_NONE;
		if (o->at[i].path == NULL)
			continue;
		rc = fa_place_absolute(
			&place[i], fa_str_c(o->at[i].path), a, err);
		for (size_t k = 0; k < i && rc == FA_OK; k++)
			if (fa_str_eq(place[k], place[i]))
				return fa_fail(err, FA_E_USAGE,
					"reports to %s and to %s are one file",
					o->at[k].path, o->at[i].path);
		if (rc == FA_OK)
			rc = take_off(list, place[i], o->at[i].path, a, err);
	}
	return rc;
}

bool
fa_check_outputs_stdout(const struct fa_check_outputs *o)
{
	size_t i;

	for (i = 0; i < o->n; i++)
		if (o->at[i].path == NULL)
			return true;
	return false;
}

bool
fa_check_outputs_pictures(const struct fa_check_outputs *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->at[i].writer->pictures)
			return true;
	return false;
}

bool
fa_check_outputs_digests(const struct fa_check_outputs *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->at[i].writer->digests)
			return true;
	return false;
}

/* Standard output gets what is there; files wait for the end, and not in
 * memory. */
static int
flush(void *ctx, struct fa_buf *buf, struct fa_err *err)
{
	struct fa_check_output *out = ctx;
	int rc = fa_buf_rc(buf, out->writer->name, err);

	if (rc != 0)
		return rc;
	if (out->path != NULL)
		rc = fa_spill_add(
			&out->file, fa_buf_str(buf), out->writer->name, err);
	else
		rc = fa_console_write(fa_buf_str(buf), out->closed, err);
	fa_buf_reset(buf);
	return rc;
}

int
fa_check_outputs_begin(struct fa_check_outputs *o,
	const struct fa_bundle *bundle, const struct fa_report_opts *opts,
	struct fa_arena *a, struct fa_err *err)
{
	size_t i;

	for (i = 0; i < o->n; i++) {
		struct fa_check_output *out = &o->at[i];
		int rc;

		out->report.writer = out->writer;
		out->report.bundle = bundle;
		out->report.opts = *opts;
		out->report.opts.color = opts->color && out->path == NULL;
		out->report.arena = a;
		out->report.flush = flush;
		out->report.flush_ctx = out;
		out->closed = &o->closed;
		rc = out->writer->begin(&out->report, &out->buf, err);
		if (rc == 0)
			rc = flush(out, &out->buf, err);
		if (rc != 0)
			return rc;
	}
	return 0;
}

/* Which screens capture a face, by the words of the rules. */
static int
find_captures(const bool **out, const struct fa_result *r,
	const struct fa_bundle *bundle, struct fa_arena *a, struct fa_err *err)
{
	struct fa_vocab *vocab = NULL;
	struct fa_view view;
	bool *captures;
	int rc = fa_vocab_new(&vocab, bundle, a, err);

	if (rc == FA_OK)
		rc = fa_view(&view, vocab, r->flow, a, err);
	if (rc < 0)
		return rc;
	captures = fa_arena_new(a, r->flow->screens_n, sizeof(*captures));
	if (captures == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a drawing");
	for (size_t i = 0; i < r->flow->screens_n; i++)
		captures[i] = (view.screens[i].roles &
				      FA_SCR_BIT(FA_SCR_CAPTURE)) != 0;
	*out = captures;
	return FA_OK;
}

static int
write_doc(struct fa_check_outputs *o, const struct fa_result *r,
	const struct fa_report_pictures *pictures, const bool *captures,
	struct fa_err *err)
{
	size_t i;

	for (i = 0; i < o->n; i++) {
		struct fa_check_output *out = &o->at[i];
		int rc;

		out->report.pictures = *pictures;
		out->report.captures = captures;
		rc = out->writer->doc(&out->report, r, &out->buf, err);
		if (rc == 0)
			rc = flush(out, &out->buf, err);
		if (rc != 0)
			return rc;
	}
	return 0;
}

int
fa_check_outputs_doc(struct fa_check_outputs *o, const struct fa_result *r,
	const struct fa_report_pictures *pictures, struct fa_err *err)
{
	const bool *captures = NULL;
	struct fa_arena a;
	int rc = FA_OK;

	fa_arena_init(&a, FA_CHECK_DOC_BYTES);
	if (r->flow != NULL && r->error.p == NULL &&
		fa_check_outputs_pictures(o))
		rc = find_captures(
			&captures, r, o->at[0].report.bundle, &a, err);
	if (rc == FA_OK)
		rc = write_doc(o, r, pictures, captures, err);
	fa_arena_done(&a);
	return rc;
}

static int
add_piece(void *ctx, struct fa_str piece, struct fa_err *err)
{
	return fa_file_new_add(ctx, piece, err);
}

static int
put_in_place(const struct fa_check_output *out, struct fa_err *err)
{
	struct fa_file_new f FA_CLEANUP(fa_file_new_drop);
	int rc = fa_file_new_open(&f, fa_str_c(out->path), err);

	if (rc == 0)
		rc = fa_spill_each(&out->file, add_piece, &f, err);
	return rc != 0 ? rc : fa_file_new_end(&f, err);
}

int
fa_check_outputs_end(struct fa_check_outputs *o,
	const struct fa_report_totals *totals, struct fa_err *err)
{
	size_t i;

	for (i = 0; i < o->n; i++) {
		struct fa_check_output *out = &o->at[i];
		int rc = out->writer->end(&out->report, totals, &out->buf, err);

		if (rc == 0)
			rc = flush(out, &out->buf, err);
		if (rc == 0 && out->path != NULL)
			rc = put_in_place(out, err);
		if (rc != 0)
			return rc;
	}
	return 0;
}

void
fa_check_outputs_done(struct fa_check_outputs *o)
{
	size_t i;

	for (i = 0; i < o->n; i++) {
		if (o->at[i].writer->done != NULL)
			o->at[i].writer->done(&o->at[i].report);
		fa_buf_done(&o->at[i].buf);
		fa_spill_done(&o->at[i].file);
	}
}
