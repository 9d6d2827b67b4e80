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

static bool
is_document(struct fa_str path)
{
	size_t i;

	for (i = 0; i < FA_COUNT(suffixes); i++) {
		size_t n = suffixes[i].n;

		if (path.n > n &&
			fa_str_ieq(fa_str_sub(path, path.n - n, path.n),
				suffixes[i]))
			return true;
	}
	return false;
}

struct inputs {
	struct fa_file_list list;
	size_t cap;
	struct fa_arena *arena;
};

static int
add_path(struct inputs *in, struct fa_str path, struct fa_err *err)
{
	struct fa_str *grown = fa_arena_grow(in->arena, in->list.path, &in->cap,
		in->list.n + 1, sizeof(*grown));

	if (grown == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for %zu paths",
			in->list.n);
	in->list.path = grown;
	in->list.path[in->list.n++] = path;
	return 0;
}

static int
add_directory(struct inputs *in, struct fa_str dir, struct fa_err *err)
{
	struct fa_file_list found;
	size_t before = in->list.n;
	size_t i;
	int rc = fa_file_walk(&found, dir, in->arena, err);

	if (rc != 0)
		return rc;
	for (i = 0; i < found.n; i++) {
		if (!is_document(found.path[i]))
			continue;
		rc = add_path(in, found.path[i], err);
		if (rc != 0)
			return rc;
	}
	/* Nothing to check would look like nothing found. */
	if (in->list.n == before)
		return fa_fail(err, FA_E_INPUT,
			"no document (.html .htm .xhtml .md .markdown .txt) "
			"in directory '%.*s'",
			FA_STR_ARG(dir));
	return 0;
}

int
fa_check_inputs(struct fa_file_list *out, char **operands, int n,
	struct fa_arena *a, struct fa_err *err)
{
	struct inputs in = { { NULL, 0 }, 0, a };
	bool has_stdin = false;
	int i;

	for (i = 0; i < n; i++) {
		struct fa_str path = fa_str_c(operands[i]);
		bool is_stdin = fa_str_eq(path, FA_STR("-"));
		int rc;

		if (is_stdin && has_stdin)
			return fa_fail(err, FA_E_USAGE,
				"standard input (-) is named twice");
		has_stdin = has_stdin || is_stdin;
		if (!is_stdin && fa_file_is_dir(path))
			rc = add_directory(&in, path, err);
		else
			rc = add_path(&in, path, err);
		if (rc != 0)
			return rc;
	}
	*out = in.list;
	return 0;
}
