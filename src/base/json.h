/* JSON. Reading: cJSON, with depth and size limits. Writing: a streaming
 * writer into a buffer, so that large outputs need no tree; keys come out in
 * the order in which they are written. */
#ifndef FA_BASE_JSON_H
#define FA_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/cpu.h"
#include "base/err.h"
#include "base/str.h"

#define FA_JSON_MAX_BYTES (64u << 20)
#define FA_JSON_MAX_DEPTH 200

enum fa_json_kind {
	FA_JSON_NULL,
	FA_JSON_BOOL,
	FA_JSON_INT,    /* a number without fraction that fits int64_t */
	FA_JSON_NUMBER, /* any other number: its text is in str */
	FA_JSON_STRING,
	FA_JSON_ARRAY,
	FA_JSON_OBJECT
};

struct fa_json {
	enum fa_json_kind kind;
	bool boolean;
	int64_t integer;
	struct fa_str str;     /* STRING and NUMBER; valid UTF-8 */
	struct fa_str key;     /* when the parent is an object */
	struct fa_json *child; /* first of ARRAY and OBJECT, in source order */
	struct fa_json *next;
	size_t count; /* children */
};

/* Parses text (UTF-8, one value, nothing behind it). A duplicate key, invalid
 * UTF-8, U+0000 in a string, or too much depth or size is FA_E_INPUT or
 * FA_E_LIMIT with line and byte column. The tree lives in a. */
FA_MUST_CHECK int fa_json_parse(struct fa_json **out, struct fa_str text,
	struct fa_arena *a, struct fa_err *err);
/* The member of an object, or NULL (also when obj is NULL or no object). */
const struct fa_json *fa_json_find(const struct fa_json *obj, const char *key);
/* Text of a string member; absent slice when missing or of another kind. */
struct fa_str fa_json_text(const struct fa_json *obj, const char *key);
/* Integer member, or fallback. */
int64_t fa_json_int(
	const struct fa_json *obj, const char *key, int64_t fallback);

struct fa_jw {
	struct fa_buf *out;
	unsigned depth;
	int indent;                    /* 0: compact, else blanks per level */
	bool first[FA_JSON_MAX_DEPTH]; /* nothing written at this level yet */
	bool after_key;
	bool nonchars; /* U+FFFE and U+FFFF, which are none, are escaped too */
	enum fa_simd simd;
};

/* Writer into out, whose sticky error reports failure. Invalid UTF-8 becomes
 * U+FFFD; control, bidirectional and invisible characters, line separators and
 * DEL are escaped. */
void fa_jw_init(struct fa_jw *w, struct fa_buf *out, int indent);
void fa_jw_object(struct fa_jw *w);
void fa_jw_array(struct fa_jw *w);
void fa_jw_end(struct fa_jw *w, char closing); /* '}' or ']' */
void fa_jw_str(struct fa_jw *w, struct fa_str s);
void fa_jw_int(struct fa_jw *w, int64_t v);
void fa_jw_bool(struct fa_jw *w, bool v);
void fa_jw_null(struct fa_jw *w);
/* Members of the object that is open, or items of the array, as a writer of
 * the same indent and depth wrote them: what stands behind its bracket, or
 * behind the item before (then with the comma). */
void fa_jw_members(struct fa_jw *w, struct fa_str text);
/* The name of a member, and then its value; or both at once, where an absent
 * slice writes null. Names are words of ours: printable ASCII without quotes
 * and backslashes. */
void fa_jw_name(struct fa_jw *w, struct fa_str name);
void fa_jw_member_str(struct fa_jw *w, struct fa_str name, struct fa_str s);
void fa_jw_member_int(struct fa_jw *w, struct fa_str name, int64_t v);
void fa_jw_member_bool(struct fa_jw *w, struct fa_str name, bool v);

/* Members that are written again and again under the same names, in the same
 * order. All zero but the names is a good start; what stands before each value
 * is then made once for a place in the output, and the values of an object are
 * written in one piece. */
#define FA_JW_FORM_MAX 16
#define FA_JW_FORM_BYTES 1024
struct fa_jw_form {
	struct fa_str name[FA_JW_FORM_MAX];
	size_t n;
	unsigned depth; /* for which it was made; 0: for none yet */
	int indent;
	size_t end[FA_JW_FORM_MAX]; /* of what stands before a value */
	char lead[FA_JW_FORM_BYTES];
};

struct fa_jw_value {
	enum fa_json_kind kind; /* STRING, INT or BOOL */
	int64_t integer;        /* of the latter two */
	struct fa_str str;      /* absent: null */
};

/* Members of the object that is open, with form->n values. */
void fa_jw_write(struct fa_jw *w, struct fa_jw_form *form,
	const struct fa_jw_value *values);

/* The same by words whose lengths the compiler knows. */
static inline void
fa_jw_key(struct fa_jw *w, const char *key)
{
	fa_jw_name(w, fa_str_c(key));
}

static inline void
fa_jw_kstr(struct fa_jw *w, const char *key, struct fa_str s)
{
	fa_jw_member_str(w, fa_str_c(key), s);
}

static inline void
fa_jw_kint(struct fa_jw *w, const char *key, int64_t v)
{
	fa_jw_member_int(w, fa_str_c(key), v);
}

static inline void
fa_jw_kbool(struct fa_jw *w, const char *key, bool v)
{
	fa_jw_member_bool(w, fa_str_c(key), v);
}

#endif
