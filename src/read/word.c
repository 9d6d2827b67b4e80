/* From the archive to lines, and from lines to blocks. */
#include "read/word.h"
#include "read/xml.h"

#include <stdio.h>
#include <string.h>

#define NAME_BYTES 256 /* of a part */

/* The part that _rels/.rels calls the document; its name has no slash at the
 * beginning. */
static int
main_part(char name[NAME_BYTES], struct fa_word_zip *z, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_word_xml x;
	enum fa_word_event e;
	struct fa_str rels;
	int rc = fa_word_zip_member(&rels, z, "_rels/.rels", a, err);

	(void)snprintf(name, NAME_BYTES, "word/document.xml");
	if (rc < 0)
		return rc;
	fa_word_xml_open(&x, rels);
	while ((e = fa_word_xml_next(&x)) != FA_WORD_END_OF_PART) {
		struct fa_str target;

		if (e != FA_WORD_START ||
			!fa_str_ends(fa_word_xml_attr(&x, "Type"),
				FA_STR("/officeDocument")))
			continue;
		target = fa_word_xml_attr(&x, "Target");
		if (fa_str_starts(target, FA_STR("/")))
			target = fa_str_sub(target, 1, target.n);
		if (target.n > 0 && target.n < NAME_BYTES)
			(void)snprintf(
				name, NAME_BYTES, "%.*s", FA_STR_ARG(target));
		break;
	}
	fa_word_xml_close(&x);
	return x.no_memory
		? fa_fail(err, FA_E_NOMEM, "out of memory for a document")
		: FA_OK;
}

/* A part that stands beside the main one: "word/" and name. */
static int
sibling(struct fa_str *out, struct fa_word_zip *z, const char *main,
	const char *name, struct fa_arena *a, struct fa_err *err)
{
	const char *slash = strrchr(main, '/');
	int n = slash == NULL ? 0 : (int)(slash - main) + 1;
	char path[NAME_BYTES + 64];

	(void)snprintf(path, sizeof(path), "%.*s%s", n, main, name);
	return fa_word_zip_member(out, z, path, a, err);
}

static int
load_parts(struct fa_word_parts *p, struct fa_word_zip *z, const char *main,
	struct fa_arena *a, struct fa_err *err)
{
	const char *slash = strrchr(main, '/');
	char rels[NAME_BYTES + 16];
	struct fa_str part;
	int rc = sibling(&part, z, main, "styles.xml", a, err);

	if (rc == FA_OK)
		rc = fa_word_styles(p, part, a, err);
	if (rc == FA_OK)
		rc = sibling(&part, z, main, "numbering.xml", a, err);
	if (rc == FA_OK)
		rc = fa_word_numbering(p, part, a, err);
	(void)snprintf(rels, sizeof(rels), "_rels/%s.rels",
		slash == NULL ? main : slash + 1);
	if (rc == FA_OK)
		rc = sibling(&part, z, main, rels, a, err);
	if (rc == FA_OK)
		rc = fa_word_targets(p, part, a, err);
	return rc;
}

static int
read_body(struct fa_word_body *b, struct fa_word_zip *z, const char *main,
	struct fa_arena *a, struct fa_err *err)
{
	static const char *const notes[] = { "footnotes.xml", "endnotes.xml" };
	struct fa_str part;
	int rc = fa_word_zip_member(&part, z, main, a, err);

	if (rc < 0)
		return rc;
	if (part.p == NULL)
		return fa_fail(err, FA_E_UNSUPPORTED,
			"this is a ZIP archive, but no document of Word "
			"(.docx): it has no %s",
			main);
	rc = fa_word_body_read(b, part, err);
	for (size_t i = 0; rc == FA_OK && i < FA_COUNT(notes); i++) {
		rc = sibling(&part, z, main, notes[i], a, err);
		if (rc == FA_OK && part.p != NULL)
			rc = fa_word_body_read(b, part, err);
	}
	return rc;
}

int
fa_word_read(struct fa_word *out, struct fa_str raw, struct fa_arena *a,
	struct fa_err *err)
{
	FA_CLEANUP(fa_word_zip_close) struct fa_word_zip *z = NULL;
	FA_CLEANUP(fa_word_body_free) struct fa_word_body *b = NULL;
	struct fa_word_parts parts = { .styles = NULL };
	char main[NAME_BYTES];
	int rc = fa_read_xml_open(err);

	*out = (struct fa_word){ .lines = NULL };
	if (rc == FA_OK)
		rc = fa_word_zip_open(&z, raw, a, err);
	if (rc == FA_OK)
		rc = main_part(main, z, a, err);
	if (rc == FA_OK)
		rc = load_parts(&parts, z, main, a, err);
	if (rc == FA_OK)
		rc = fa_word_body_new(&b, &parts, a, err);
	if (rc == FA_OK)
		rc = read_body(b, z, main, a, err);
	if (rc == FA_OK)
		rc = fa_word_body_finish(b, out, err);
	return rc;
}

void
fa_word_build(struct fa_build *b, const struct fa_word *word)
{
	size_t link = 0;

	b->lists = word->lists;
	b->tables = word->tables;
	b->complaint = word->complaint;
	for (size_t i = 0; i < word->lines_n; i++) {
		const struct fa_word_line *l = &word->lines[i];
		size_t at = l->text.from;

		b->proto = l->block;
		b->bold = l->bold;
		while (link < word->links_n &&
			word->links[link].text.from < l->text.to) {
			const struct fa_word_link *x = &word->links[link++];
			size_t from;

			if (x->text.from < at)
				continue;
			fa_build_slice(b, at, x->text.from);
			from = fa_build_at(b);
			fa_build_slice(b, x->text.from, x->text.to);
			fa_build_link(b, from, x->href);
			at = x->text.to;
		}
		fa_build_slice(b, at, l->text.to);
		fa_build_break(b);
	}
	b->bold = 0;
}
