#include "project/ignore.h"

#include "project/place.h"

int
fa_ignore_lines(struct fa_ignore_set *out, struct fa_str folder,
	struct fa_str text, struct fa_arena *a, struct fa_err *err)
{
	struct fa_ignore_set set = { .folder = folder };
	size_t lines = 1;

	if (fa_str_starts(text, FA_STR("\xef\xbb\xbf")))
		text = fa_str_sub(text, 3, text.n);
	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	set.at = fa_arena_new(a, lines, sizeof(*set.at));
	if (set.at == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for patterns");
	while (text.p != NULL && text.n > 0)
		if (fa_glob_parse(&set.at[set.n], fa_str_cut(&text, '\n')))
			set.n++;
	*out = set;
	return FA_OK;
}

static int
add_lines(struct fa_ignore *g, struct fa_str folder, struct fa_str text,
	bool root, struct fa_err *err)
{
	struct fa_ignore_set *grown = fa_arena_grow(
		g->a, g->sets, &g->sets_cap, g->sets_n + 1, sizeof(*grown));
	int rc;

	if (grown == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for patterns");
	g->sets = grown;
	rc = fa_ignore_lines(&g->sets[g->sets_n], folder, text, g->a, err);
	g->sets[g->sets_n].root = root;
	g->sets_n += rc == FA_OK;
	return rc;
}

/* Adds the patterns of a file that counts from folder, if there is one. One
 * that cannot be read is as good as none, and git follows no links here: what
 * is not left out is checked. */
static int
add_file(struct fa_ignore *g, struct fa_str folder, struct fa_str file,
	struct fa_err *err)
{
	struct fa_str text;
	struct fa_err why;
	int rc;

	if (file.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for patterns");
	if (!fa_place_is_own_file(file))
		return FA_OK;
	rc = fa_file_read(&text, file, FA_IGNORE_FILE_BYTES, g->a, &why);
	if (rc == FA_OK)
		return add_lines(g, folder, text, false, err);
	return rc == FA_E_NOMEM ? fa_fail(err, rc, "%s", why.msg) : FA_OK;
}

static int
add_folder(struct fa_ignore *g, struct fa_str folder, struct fa_err *err)
{
	return add_file(g, folder,
		fa_place_join(folder, FA_STR(".gitignore"), g->a), err);
}

/* What a repository says beside its .gitignore files. */
static int
add_root(struct fa_ignore *g, struct fa_str root, struct fa_err *err)
{
	int rc = add_lines(g, root, FA_STR_NONE, true, err);

	if (rc < 0)
		return rc;
	return add_file(g, root,
		fa_place_join(root, FA_STR(".git/info/exclude"), g->a), err);
}

int
fa_ignore_init(struct fa_ignore *g, struct fa_str folder,
	const struct fa_ignore_set *own, bool git, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_str root;
	int rc;

	*g = (struct fa_ignore){
		.own = own, .git = git, .given = folder, .a = a
	};
	while (g->given.n > 1 && g->given.p[g->given.n - 1] == '/')
		g->given.n--;
	rc = fa_place_absolute(&g->real, g->given, a, err);
	if (rc < 0 || !git)
		return rc;
	root = fa_place_repository(g->real, a);
	if (root.p == NULL)
		return FA_OK;
	rc = add_root(g, root, err);
	for (size_t i = root.n; rc == FA_OK && i < g->real.n; i++)
		if (i == root.n || g->real.p[i] == '/')
			rc = add_folder(g, fa_str_sub(g->real, 0, i), err);
	return rc;
}

/* 1: left out, 0: taken back, -1: the set says nothing. */
static int
asked(const struct fa_ignore_set *set, struct fa_str path, bool is_folder)
{
	struct fa_str below = fa_place_below(path, set->folder);

	if (below.p == NULL || below.n == 0)
		return -1;
	for (size_t i = set->n; i > 0; i--)
		if (fa_glob_match(&set->at[i - 1], below, is_folder))
			return set->at[i - 1].negated ? 0 : 1;
	return -1;
}

static bool
keep(void *ctx, struct fa_str path, bool is_folder)
{
	struct fa_ignore *g = ctx;
	struct fa_str below = fa_str_sub(
		path, path.n > g->given.n ? g->given.n : path.n, path.n);
	struct fa_str all;

	while (below.n > 0 && below.p[0] == '/')
		below = fa_str_sub(below, 1, below.n);
	if (g->own == NULL && g->sets_n == 0)
		return true;
	all = fa_place_join(g->real, below, g->a);
	if (all.p == NULL)
		return true; /* rather one file too many */
	if (g->own != NULL && asked(g->own, all, is_folder) > 0) {
		g->by_own++;
		return false;
	}
	for (size_t i = g->sets_n; i > 0; i--) {
		int said = asked(&g->sets[i - 1], all, is_folder);

		if (said >= 0) {
			g->by_git += said > 0;
			return said == 0;
		}
		if (g->sets[i - 1].root &&
			fa_place_below(all, g->sets[i - 1].folder).n > 0)
			return true;
	}
	return true;
}

static int
enter(void *ctx, struct fa_str folder, struct fa_err *err)
{
	struct fa_ignore *g = ctx;
	struct fa_str below = fa_str_sub(folder, g->given.n, folder.n);
	struct fa_str mark;
	int rc = FA_OK;

	if (!g->git)
		return FA_OK;
	while (below.n > 0 && below.p[0] == '/')
		below = fa_str_sub(below, 1, below.n);
	folder = below.n == 0 ? g->real : fa_place_join(g->real, below, g->a);
	if (folder.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for patterns");
	mark = fa_place_join(folder, FA_STR(".git"), g->a);
	if (mark.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for patterns");
	if (below.n > 0 && fa_place_exists(mark))
		rc = add_root(g, folder, err);
	return rc < 0 ? rc : add_folder(g, folder, err);
}

const struct fa_file_filter fa_ignore_filter = { keep, enter };
