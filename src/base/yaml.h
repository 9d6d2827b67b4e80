/* Strict YAML through libyaml, for files written by people: block style only,
 * UTF-8, one document; no anchors, aliases, tags, flow collections, duplicate
 * keys, keys that are no text (true, 12), folded text (>, or a plain scalar
 * over several lines) and tabs for indentation. Plain values that YAML 1.1
 * would turn into something else than text (true, null, 12) are kept as text
 * with quoted == false: callers ask for booleans and integers, or refuse.
 * Each refusal names file, line and byte column, and names full-width
 * punctuation typed by an IME (： ， “ ” ‘ ’ 　 － ＃) where the ASCII
 * character was meant. */
#ifndef FA_BASE_YAML_H
#define FA_BASE_YAML_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_YAML_MAX_BYTES (4u << 20)
#define FA_YAML_MAX_DEPTH 40

enum fa_yaml_kind { FA_YAML_SCALAR, FA_YAML_SEQ, FA_YAML_MAP };

struct fa_yaml {
	enum fa_yaml_kind kind;
	struct fa_str text; /* SCALAR */
	bool quoted;        /* SCALAR: in quotes or a | block */
	struct fa_str key;  /* when the parent is a map */
	uint32_t line;      /* 1-based; of the key when there is one */
	uint32_t column;    /* 1-based, in bytes */
	struct fa_yaml *child;
	struct fa_yaml *next;
	size_t count;
};

/* Parses text; file is the name for messages. The tree lives in a. An empty
 * document is FA_E_INPUT. */
FA_MUST_CHECK int fa_yaml_parse(struct fa_yaml **out, struct fa_str text,
	struct fa_str file, struct fa_arena *a, struct fa_err *err);
const struct fa_yaml *fa_yaml_find(const struct fa_yaml *map, const char *key);

#endif
