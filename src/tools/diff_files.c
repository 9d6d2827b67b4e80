/* Two versions in files. */
#include "base/file.h"
#include "discover/discover.h"
#include "read/read.h"
#include "tools/diffing.h"

/* A page whose text a script would draw, or that shows a login or a robot
 * check, is no version of a document: nothing is fixed by it. A text that only
 * looks unlike a policy is one, since it was named. */
static void
look(struct fa_diff_version *v, const struct fa_doc *doc)
{
	struct fa_discover_page page = { .url = FA_STR(""),
		.media_type = doc->format == FA_FORMAT_HTML
			? FA_STR("text/html")
			: FA_STR_NONE,
		.body = doc->raw,
		.doc = doc };
	const char *why = NULL;
	enum fa_outcome o = fa_discover_kind(&why, &page, FA_ROLE_CHILDREN);

	v->outcome = FA_OUT_OK;
	if (o == FA_OUT_EMPTY_SHELL || o == FA_OUT_LOGIN_WALL ||
		o == FA_OUT_BLOCKED)
		v->outcome = o;
	else if (fa_str_trim(doc->text).n == 0)
		v->outcome = FA_OUT_EMPTY_SHELL;
	if (v->outcome != FA_OUT_OK)
		v->detail = v->outcome == o ? fa_str_c(why)
					    : FA_STR("there is no text");
}

static int
load(struct fa_diffing_side *s, const struct fa_diffing *x, const char *path,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_read_opts opts = x->read;
	struct fa_doc *doc = fa_arena_new(a, 1, sizeof(*doc));
	struct fa_str raw;
	int rc;

	if (!doc)
		return fa_fail(err, FA_E_NOMEM, "no memory for a document");
	s->v.name = opts.name = fa_str_c(path);
	rc = fa_file_read(&raw, s->v.name, FA_DOC_MAX_BYTES, a, err);
	if (rc == FA_OK)
		rc = fa_diffing_digests(&s->v, raw, err);
	if (rc == FA_OK)
		rc = fa_read(doc, raw, &opts, a, err);
	if (rc < 0)
		return rc;
	look(&s->v, doc);
	s->v.title = doc->title;
	s->v.encoding = fa_str_c(fa_encoding_name(doc->encoding));
	if (s->v.outcome != FA_OUT_OK)
		return FA_OK;
	return fa_diffing_judge(s, x, doc, a, err);
}

int
fa_diffing_files(struct fa_diffing *x, const char *old_path,
	const char *new_path, struct fa_arena *a, struct fa_err *err)
{
	struct fa_diffing_side old = { .v = { .at_ms = 0 } }, new = old;
	struct fa_diff_doc *d = fa_arena_new(a, 1, sizeof(*d));
	int rc = load(&old, x, old_path, a, err);

	if (!d)
		return fa_fail(err, FA_E_NOMEM, "no memory for a document");
	if (rc == FA_OK && old.v.outcome != FA_OUT_OK)
		return fa_fail(err, FA_E_INPUT,
			"%s: the old version has no text to compare with: "
			"%.*s",
			old_path, FA_STR_ARG(old.v.detail));
	if (rc == FA_OK)
		rc = load(&new, x, new_path, a, err);
	if (rc == FA_OK)
		rc = fa_diffing_compare(d, x, &old, &new, NULL, a, err);
	if (rc < 0)
		return rc;
	x->docs = d;
	x->docs_n = 1;
	return FA_OK;
}
