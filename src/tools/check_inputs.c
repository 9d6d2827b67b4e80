/* From operands to subjects: documents and recorded flows. */
#include "tools/check.h"

#include <string.h>

#include "base/str.h"
#include "read/format.h"

#define HEAD_BYTES 400

/* Files that may hold a recording; their content decides. */
static const struct fa_str recorded[] = {
	FA_STR_INIT(".flow"),
	FA_STR_INIT(".json"),
	FA_STR_INIT(".xml"),
};

/* What a build made smaller nobody wrote. */
static const struct fa_str made[] = {
	FA_STR_INIT(".min.js"),
	FA_STR_INIT(".bundle.js"),
	FA_STR_INIT(".d.ts"),
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
	enum fa_format f = fa_format_by_name(path);

	return f != FA_FORMAT_AUTO && !fa_str_ends(path, FA_STR(".json")) &&
		!ends_in(path, made, FA_COUNT(made));
}

/* What this tool writes names itself in its first lines: reports and
 * baselines quote what they found. Anybody can write that there, so it is told
 * which files were passed over for it. */
static bool
is_ours(struct fa_str text)
{
	return fa_str_find(fa_str_sub(text, 0, HEAD_BYTES),
		       FA_STR("\"faceaudit-"), 0) != SIZE_MAX ||
		fa_str_find(fa_str_sub(text, 0, HEAD_BYTES),
			FA_STR("\"consent-flow/"), 0) != SIZE_MAX ||
		fa_str_find(fa_str_sub(text, 0, HEAD_BYTES),
			FA_STR("schemas/sarif-schema"), 0) != SIZE_MAX;
}

/* Of the documents that may be recordings as well: JSON by its name, XML by
 * its root. */
static bool
is_strings(const struct fa_import_file *f)
{
	enum fa_format format = fa_format_by_name(f->path);

	if (format == FA_FORMAT_AUTO && fa_str_ends(f->path, FA_STR(".xml")))
		format = fa_format_find(f->path, f->text);
	return format == FA_FORMAT_JSON || format == FA_FORMAT_ANDROID ||
		format == FA_FORMAT_PLIST;
}

int
fa_check_inputs_own(struct fa_check_subjects *list, struct fa_str path,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str *grown = fa_arena_grow(
		a, list->own, &list->own_cap, list->own_n + 1, sizeof(*grown));

	if (grown == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for paths");
	list->own = grown;
	list->own[list->own_n++] = path;
	return FA_OK;
}

struct inputs {
	struct fa_check_subjects list;
	size_t cap;
	const struct fa_importer *as; /* or NULL */
	const struct fa_check_inputs *how;
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

/* Its folder holds other things than the source. */
static bool
is_one_file(const struct fa_importer *importer)
{
	return strcmp(importer->name, "android-privacy") == 0;
}

/* The documents of a source that is claimed as a whole. */
static int
add_texts(struct inputs *in, const struct fa_str *path, size_t n,
	struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < n && rc == FA_OK; i++)
		if (is_document(path[i]))
			rc = add_subject(in, path[i], NULL, false, err);
	return rc;
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
	if (n > FA_IMPORT_FILES || in->how->documents)
		return FA_OK;
	fa_arena_reset(&in->scratch);
	rc = as_folder(&s, dir, path, n, &in->scratch, err);
	if (rc < 0 || sniff(&importer, in, &s, &in->scratch, &why) < 0 ||
		importer == NULL ||
		is_root(importer, &s, &in->scratch, &why) <= 0 ||
		(in->as == NULL && is_one_file(importer)))
		return rc;
	*claimed = true;
	rc = add_subject(in, dir, importer, false, err);
	if (rc == FA_OK && in->as == NULL && fa_check_is_source(importer))
		rc = add_texts(in, path, n, err);
	return rc;
}

static int
add_recorded(struct inputs *in, struct fa_str path, struct fa_err *err)
{
	struct fa_import_file file = { path, path, FA_STR_NONE };
	struct fa_import_source s = { path, false, &file, 1, load };
	const struct fa_importer *importer = NULL;
	struct fa_err why;
	int rc = FA_OK;

	fa_arena_reset(&in->scratch);
	if (load(&file, &in->scratch, &why) < 0 ||
		sniff(&importer, in, &s, &in->scratch, &why) < 0)
		return add_subject(in, path, in->as, in->as == NULL, err);
	if (importer == NULL && fa_str_ends(path, FA_STR(".flow")) &&
		in->as == NULL)
		importer = fa_importer_find(FA_STR("sketch"));
	if (importer != NULL)
		rc = add_subject(in, path, importer, false, err);
	if (rc == FA_OK && in->as == NULL && is_strings(&file) &&
		(importer == NULL || fa_check_is_source(importer)))
		rc = is_ours(file.text)
			? fa_check_inputs_own(&in->list, path, in->arena, err)
			: add_subject(in, path, NULL, false, err);
	return rc;
}

static int
add_file(struct inputs *in, struct fa_str path, struct fa_err *err)
{
	if (in->as == NULL && is_document(path))
		return add_subject(in, path, NULL, false, err);
	if (in->how->documents)
		return is_document(path) ||
				ends_in(path, recorded, FA_COUNT(recorded))
			? add_subject(in, path, NULL, false, err)
			: FA_OK;
	if (in->as == NULL && !ends_in(path, recorded, FA_COUNT(recorded)))
		return FA_OK;
	return add_recorded(in, path, err);
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
	struct fa_ignore ignore;
	struct fa_file_list found;
	size_t before = in->list.n;
	size_t depth = dir.n;
	bool claimed = false;
	int rc;

	if (in->as != NULL && fa_check_on_request(in->as))
		return add_subject(in, dir, in->as, false, err);
	rc = fa_ignore_init(
		&ignore, dir, in->how->exclude, in->how->git, in->arena, err);
	if (rc == FA_OK)
		rc = fa_file_walk_filtered(&found, dir, &fa_ignore_filter,
			&ignore, in->arena, err);
	in->list.excluded += ignore.by_own;
	in->list.ignored += ignore.by_git;
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
			"nothing to check in directory '%.*s': no document, "
			"no strings of a user interface and no recorded flow "
			"(what .gitignore and exclude leave out does not "
			"count); a file that is named is read whatever it is "
			"called",
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
		bool folder = !is_stdin && fa_file_is_dir(path);
		int rc;

		if (is_stdin && has_stdin)
			return fa_fail(err, FA_E_USAGE,
				"standard input (-) is named twice");
		has_stdin = has_stdin || is_stdin;
		if (folder)
			rc = add_directory(in, path, err);
		else
			rc = add_subject(in, path, in->as,
				in->as == NULL && !in->how->documents &&
					!is_document(path),
				err);
		if (rc != FA_OK)
			return rc;
		if (!folder)
			in->list.at[in->list.n - 1].named = true;
	}
	return FA_OK;
}

int
fa_check_inputs(struct fa_check_subjects *out,
	const struct fa_check_inputs *how, char **operands, int n,
	struct fa_err *err)
{
	struct inputs in = { .as = how->as, .how = how, .arena = how->a };
	int rc;

	fa_arena_init(&in.scratch, FA_CHECK_DOC_BYTES);
	rc = add_operands(&in, operands, n, err);
	fa_arena_done(&in.scratch);
	if (rc == FA_OK)
		*out = in.list;
	return rc;
}
