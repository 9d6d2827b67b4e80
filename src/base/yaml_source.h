/* The text of a YAML file and messages about it: what libyaml does not check
 * or does not explain. Only yaml.c includes this. */
#ifndef FA_BASE_YAML_SOURCE_H
#define FA_BASE_YAML_SOURCE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

struct fa_yaml_source {
	struct fa_str text;
	struct fa_str file;
	size_t *line; /* offset of each line */
	size_t lines;
	struct fa_err *err;
};

/* Finds the lines of text (in a) and refuses what no part of the file may
 * hold: invalid UTF-8, control characters, tabs in front of a line, line
 * ends other than LF and CRLF. */
FA_MUST_CHECK int fa_yaml_source_init(struct fa_yaml_source *s,
	struct fa_str text, struct fa_str file, struct fa_arena *a,
	struct fa_err *err);
/* The offset of a mark of libyaml: line from 0, column in code points. */
size_t fa_yaml_offset(
	const struct fa_yaml_source *s, size_t line, size_t column);
/* Line (from 1) and byte column (from 1) of an offset. */
void fa_yaml_place(const struct fa_yaml_source *s, size_t at, size_t *line,
	size_t *column);
/* Fails with rc and "file:line:column: message". */
int fa_yaml_fail(const struct fa_yaml_source *s, size_t at, int rc,
	const char *fmt, ...) FA_PRINTF(4, 5);

/* FA_E_INPUT that names a full-width character typed where syntax was meant,
 * or 0. _item looks at the begin of an item that turned out as plain text,
 * _value at the begin of plain text that stands behind its key, _key
 * everywhere in a plain key. All take half-open ranges of the text. */
FA_MUST_CHECK int fa_yaml_check_item(
	const struct fa_yaml_source *s, size_t from, size_t to);
FA_MUST_CHECK int fa_yaml_check_value(
	const struct fa_yaml_source *s, size_t from, size_t to);
FA_MUST_CHECK int fa_yaml_check_key(
	const struct fa_yaml_source *s, size_t from, size_t to);
/* The same for a line (from 0) at which libyaml gave up: looks also for text
 * that needs quotes. */
FA_MUST_CHECK int fa_yaml_check_line(
	const struct fa_yaml_source *s, size_t line);
/* Refuses the character that begins a flow collection, anchor, alias or tag
 * at an offset. */
int fa_yaml_fail_indicator(const struct fa_yaml_source *s, size_t at);

#endif
