/* From operands to subjects: documents and recorded flows. */
#include "tools/check.h"

#include "base/str.h"

/* What a directory is searched for; a file that is named is always read. */
static const struct fa_str suffixes[] = {
	FA_STR_INIT(".html"),
	FA_STR_INIT(".htm"),
	FA_STR_INIT(".xhtml"),
	FA_STR_INIT(".md"),
	FA_STR_INIT(".markdown"),
	FA_STR_INIT(".txt"),
};

/* Files that may hold a recording; their content decides. */
static const struct fa_str recorded[] = {
	FA_STR_INIT(".flow"),
	FA_STR_INIT(".json"),
	FA_STR_INIT(".xml"),
};

static bool
ends_in(struct fa_str path, const struct fa_str *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (path.n > list[i].n &&
			fa_str_ieq(fa_str_sub(path, path.n - list[i].n, path.n),
				list[i]))
			return true;
	return false;
}

static bool
is_document(struct fa_str path)
{
	return ends_in(path, suffixes, FA_COUNT(suffixes));
}

struct inputs {
	struct fa_check_subjects list;
	size_t cap;
	const struct fa_importer *as; /* or NULL */
	struct fa_arena *arena;
	struct fa_arena scratch; /* what is only looked at */
};

static int
add_subject(struct inputs *in, struct fa_str path,
	const struct fa_importer *importer, bool sniff, struct fa_err *err)
{
	struct fa_check_subject *grown = fa_arena_grow(in->arena, in->list.at,
		&in->cap, in->list.n + 1, sizeof(*grown));

	if (grown == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for %zu paths",
			in->list.n);
	in->list.at = grown;
	in->list.at[in->list.n++] =
		(struct fa_check_subject){ path, importer, sniff, false };
	return FA_OK;
}

static int
load(struct fa_import_file *f, struct fa_arena *a, struct fa_err *err)
{
	if (f->text.p != NULL)
		return FA_OK;
	return fa_file_read(&f->text, f->path, FA_IMPORT_FILE_BYTES, a, err);
}

/* The importer of a folder or file, or NULL. That of static pages takes
 * nothing unasked: pages are documents. */
static int
sniff(const struct fa_importer **out, const struct inputs *in,
	struct fa_import_source *s, struct fa_arena *a, struct fa_err *err)
{
	int rc = FA_OK;

	*out = NULL;
	if (in->as == NULL)
		rc = fa_import_sniff(out, s, a, err);
	else
		rc = in->as->sniff(s, a, err);
	if (rc < 0)
		return rc;
	if (in->as != NULL)
		*out = rc > 0 ? in->as : NULL;
	else if (*out != NULL && fa_check_on_request(*out))
		*out = NULL;
	return FA_OK;
}

/* The files below dir, a slice of a sorted list, as one source. */
static int
as_folder(struct fa_import_source *out, struct fa_str dir,
	const struct fa_str *path, size_t n, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_import_file *files = fa_arena_new(a, n, sizeof(*files));
	size_t skip = dir.n;

	if (files == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a folder");
	while (skip > 1 && dir.p[skip - 1] == '/')
		skip--;
	for (size_t i = 0; i < n; i++)
		files[i] = (struct fa_import_file){ path[i],
			fa_str_sub(path[i],
				path[i].n > skip && path[i].p[skip] == '/'
					? skip + 1
					: skip,
				path[i].n),
			FA_STR_NONE };
	*out = (struct fa_import_source){ dir, true, files, n, load };
	return FA_OK;
}

/* Is it the root of what the importer knows? Some know their files at any
 * depth: then a folder of recordings would be one of them. What counts is what
 * lies in the folder itself, and for a program its list of pages. */
static int
is_root(const struct fa_importer *importer, const struct fa_import_source *s,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_import_source own = *s;

	own.n = 0;
	own.files = fa_arena_new(a, s->n, sizeof(*own.files));
	if (own.files == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a folder");
	for (size_t i = 0; i < s->n; i++) {
		if (fa_str_find(s->files[i].name, FA_STR("/"), 0) != SIZE_MAX)
			continue;
		if (fa_str_eq(s->files[i].name, FA_STR("app.json")))
			return 1;
		own.files[own.n++] = s->files[i];
	}
	return importer->sniff(&own, a, err);
}

/* Does an importer claim the folder as a whole? What cannot be looked at is
 * no recording; its files are met one by one, and then the reason is told. */
static int
claim_folder(bool *claimed, struct inputs *in, struct fa_str dir,
	const struct fa_str *path, size_t n, struct fa_err *err)
{
	const struct fa_importer *importer = NULL;
	struct fa_import_source s;
	struct fa_err why;
	int rc;

	*claimed = false;
	if (n > FA_IMPORT_FILES)
		return FA_OK;
	fa_arena_reset(&in->scratch);
	rc = as_folder(&s, dir, path, n, &in->scratch, err);
	if (rc < 0 || sniff(&importer, in, &s, &in->scratch, &why) < 0 ||
		importer == NULL ||
		is_root(importer, &s, &in->scratch, &why) <= 0)
		return rc;
	*claimed = true;
	return add_subject(in, dir, importer, false, err);
}

static int
add_file(struct inputs *in, struct fa_str path, struct fa_err *err)
{
	struct fa_import_file file = { path, path, FA_STR_NONE };
	struct fa_import_source s = { path, false, &file, 1, load };
	const struct fa_importer *importer = NULL;
	struct fa_err why;

	if (in->as == NULL && is_document(path))
		return add_subject(in, path, NULL, false, err);
	if (in->as == NULL && !ends_in(path, recorded, FA_COUNT(recorded)))
		return FA_OK;
	fa_arena_reset(&in->scratch);
	if (load(&file, &in->scratch, &why) < 0 ||
		sniff(&importer, in, &s, &in->scratch, &why) < 0)
		return add_subject(in, path, in->as, in->as == NULL, err);
	if (importer == NULL && fa_str_ends(path, FA_STR(".flow")) &&
		in->as == NULL)
		importer = fa_importer_find(FA_STR("sketch"));
	if (importer == NULL)
		return FA_OK;
	return add_subject(in, path, importer, false, err);
}

/* Bytes of the folder of path that lies directly below one of depth bytes, or
 * 0: path lies in that one itself. */
static size_t
next_folder(struct fa_str path, size_t depth)
{
	size_t slash = fa_str_find(path, FA_STR("/"), depth + 1);

	return slash == SIZE_MAX ? 0 : slash;
}

/* How many paths from the first on lie in the same folder of that length. */
static size_t
run_of(const struct fa_str *path, size_t n, size_t folder)
{
	struct fa_str dir = fa_str_sub(path[0], 0, folder + 1);
	size_t k = 1;

	while (k < n && fa_str_starts(path[k], dir))
		k++;
	return k;
}

/* Bytes of the innermost folder that holds both. */
static size_t
shared(struct fa_str a, struct fa_str b)
{
	size_t folder = 0;

	for (size_t i = 0; i < a.n && i < b.n && a.p[i] == b.p[i]; i++)
		if (a.p[i] == '/')
			folder = i;
	return folder;
}

/* The subjects among sorted paths below a folder of depth bytes that nobody
 * claims as a whole. Folders are entered without recursion: the outermost that
 * is claimed takes all its files. */
static int
add_paths(struct inputs *in, const struct fa_str *path, size_t n, size_t depth,
	struct fa_err *err)
{
	size_t i = 0;
	int rc = FA_OK;

	while (i < n && rc == FA_OK) {
		/* Folders that the path before lies in too are known. */
		size_t known = i > 0 ? shared(path[i - 1], path[i]) : 0;
		size_t folder =
			next_folder(path[i], known > depth ? known : depth);
		bool claimed = false;
		size_t k = 0;

		for (; folder != 0 && rc == FA_OK && !claimed;
			folder = next_folder(path[i], folder)) {
			k = run_of(path + i, n - i, folder);
			rc = claim_folder(&claimed, in,
				fa_str_sub(path[i], 0, folder), path + i, k,
				err);
		}
		if (claimed)
			i += k;
		else if (rc == FA_OK)
			rc = add_file(in, path[i++], err);
	}
	return rc;
}

static int
add_directory(struct inputs *in, struct fa_str dir, struct fa_err *err)
{
	struct fa_file_list found;
	size_t before = in->list.n;
	size_t depth = dir.n;
	bool claimed = false;
	int rc;

	if (in->as != NULL && fa_check_on_request(in->as))
		return add_subject(in, dir, in->as, false, err);
	rc = fa_file_walk(&found, dir, in->arena, err);
	if (rc == FA_OK)
		rc = claim_folder(&claimed, in, dir, found.path, found.n, err);
	while (depth > 1 && dir.p[depth - 1] == '/')
		depth--;
	if (rc == FA_OK && !claimed)
		rc = add_paths(in, found.path, found.n, depth, err);
	if (rc != FA_OK)
		return rc;
	/* Nothing to check would look like nothing found. */
	if (in->list.n == before)
		return fa_fail(err, FA_E_INPUT,
			"nothing to check in directory '%.*s': no document "
			"(.html .htm .xhtml .md .markdown .txt) and no "
			"recorded flow; a file that is named is read whatever "
			"it is called",
			FA_STR_ARG(dir));
	return FA_OK;
}

static int
add_operands(struct inputs *in, char **operands, int n, struct fa_err *err)
{
	bool has_stdin = false;

	for (int i = 0; i < n; i++) {
		struct fa_str path = fa_str_c(operands[i]);
		bool is_stdin = fa_str_eq(path, FA_STR("-"));
		int rc;

		if (is_stdin && has_stdin)
			return fa_fail(err, FA_E_USAGE,
				"standard input (-) is named twice");
		has_stdin = has_stdin || is_stdin;
		if (!is_stdin && fa_file_is_dir(path))
			rc = add_directory(in, path, err);
		else
			rc = add_subject(in, path, in->as,
				in->as == NULL && !is_document(path), err);
		if (rc != FA_OK)
			return rc;
		if (is_stdin || !fa_file_is_dir(path))
			in->list.at[in->list.n - 1].named = true;
	}
	return FA_OK;
}

int
fa_check_inputs(struct fa_check_subjects *out, char **operands, int n,
	const struct fa_importer *as, struct fa_arena *a, struct fa_err *err)
{
	struct inputs in = { .as = as, .arena = a };
	int rc;

	fa_arena_init(&in.scratch, FA_CHECK_DOC_BYTES);
	rc = add_operands(&in, operands, n, err);
	fa_arena_done(&in.scratch);
	if (rc == FA_OK)
		*out = in.list;
	return rc;
}
