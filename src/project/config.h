/* .faceaudit.yaml: what a project settles for its checks once.
 * faceaudit-config(5). */
#ifndef FA_PROJECT_CONFIG_H
#define FA_PROJECT_CONFIG_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/waiver.h"
#include "project/ignore.h"

#define FA_CONFIG_NAME ".faceaudit.yaml"
#define FA_CONFIG_BYTES (1u << 20)

struct fa_config_text {
	struct fa_str value; /* absent: not set */
	uint32_t line;
};

struct fa_config_list {
	struct fa_str *at;
	size_t n;
	uint32_t line; /* 0: not set */
};

/* A waiver as it is written. What it lacks is told when it is used. */
struct fa_config_waiver {
	struct fa_waiver waiver;
	bool has_path;
	struct fa_glob path;    /* counts from the folder of the file */
	struct fa_str quote;    /* the passage holds it, whatever its blanks
				 * and widths; or absent: any */
	struct fa_str bad_date; /* what stands for "until"; or absent */
};

struct fa_config {
	struct fa_str file;   /* as for messages; absent: there is none */
	struct fa_str folder; /* absolute; paths count from it */
	struct fa_config_text fail_on, max_unknown, baseline, rules, app;
	struct fa_config_list paths, exclude;
	struct fa_config_text gitignore; /* "yes" or "no" */
	struct fa_ignore_set ignore;     /* patterns of exclude */
	struct fa_config_waiver *waivers;
	size_t waivers_n;
};

/* The file that speaks for paths (n of them, as given): the nearest
 * .faceaudit.yaml from the innermost folder that holds them all upward, not
 * beyond the root of its git repository, and not in a folder that all users
 * share (there anybody could waive). Without paths, from the working folder.
 * *file is absent when there is none; one that is no file is FA_E_INPUT. */
FA_MUST_CHECK int fa_config_find(struct fa_str *file, const struct fa_str *path,
	size_t n, struct fa_arena *a, struct fa_err *err);
/* Reads it; an unknown key or a value of the wrong kind is FA_E_INPUT with
 * file, line and column. found: nobody named it, so that its paths have to
 * stay in the project (the git repository that holds the file, or else the
 * folder of the file), links resolved. All lives in a. */
FA_MUST_CHECK int fa_config_read(struct fa_config *out, struct fa_str file,
	bool found, struct fa_arena *a, struct fa_err *err);
/* The same for its text. folder: absolute; bound: the folder that paths must
 * not leave, or absent. */
FA_MUST_CHECK int fa_config_parse(struct fa_config *out, struct fa_str text,
	struct fa_str file, struct fa_str folder, struct fa_str bound,
	struct fa_arena *a, struct fa_err *err);
/* A path of the configuration as one that can be opened from the working
 * folder; absent when memory is out. */
struct fa_str fa_config_path(
	const struct fa_config *c, struct fa_str path, struct fa_arena *a);

#endif
