/* Values of an adapter's YAML with messages that name file, line and column.
 * Only the loader of adapters includes this. */
#ifndef FA_DISCOVER_LISTING_YAML_H
#define FA_DISCOVER_LISTING_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/yaml.h"
#include "discover/adapter.h"

struct fa_ly { /* one file that is being read */
	struct fa_str file;
	struct fa_arena *a;
	struct fa_err *err;
};

enum fa_ly_want { FA_LY_TEXT, FA_LY_LIST, FA_LY_MAP };

struct fa_ly_key {
	const char *name;
	enum fa_ly_want want;
	bool required;
};

/* FA_E_INPUT with "file:line:column: message". */
int fa_ly_fail(const struct fa_ly *l, const struct fa_yaml *node,
	const char *fmt, ...) FA_PRINTF(3, 4);
int fa_ly_nomem(const struct fa_ly *l);

/* Checks that node is a map with these keys and no others; out[i] is the
 * value of keys[i], or NULL. */
FA_MUST_CHECK int fa_ly_map(const struct fa_ly *l, const struct fa_yaml *node,
	const char *what, const struct fa_ly_key *keys, size_t n,
	const struct fa_yaml **out);
/* A text that is not empty; NULL leaves *out alone. Lives in l->a. */
FA_MUST_CHECK int fa_ly_text(const struct fa_ly *l, const struct fa_yaml *node,
	const char *what, struct fa_str *out);
/* A list of texts, each checked by check (NULL: any), which returns what is
 * wrong. NULL leaves *out alone. */
FA_MUST_CHECK int fa_ly_texts(const struct fa_ly *l, const struct fa_yaml *node,
	const char *what, const char *(*check)(struct fa_str),
	struct fa_strs *out);
/* yes or no; NULL leaves *out alone. */
FA_MUST_CHECK int fa_ly_bool(const struct fa_ly *l, const struct fa_yaml *node,
	const char *what, bool *out);
/* Fails because of a word that is none of n; name tells them. */
int fa_ly_unknown(const struct fa_ly *l, const struct fa_yaml *node,
	const char *what, struct fa_str word,
	const char *(*name)(size_t i, const void *ctx), const void *ctx,
	size_t n);

#endif
