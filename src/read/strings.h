/* Strings of a user interface: what every reader of them shares. A reader
 * decodes the escapes of its format into cells, characters with their place
 * in the source, and puts the string under its name; markup inside it (tags,
 * character references) is taken off here, and strings whose names begin
 * alike come into one group. */
#ifndef FA_READ_STRINGS_H
#define FA_READ_STRINGS_H

#include "base/err.h"
#include "read/build.h"

#define FA_STRINGS_KEY_BYTES 512 /* of a name; longer ones are cut */

struct fa_cell {
	uint32_t cp;
	uint32_t from, to; /* source text */
};

struct fa_strings {
	struct fa_build *b;
	struct fa_buf cells; /* struct fa_cell, of the string in work */
	char group[FA_STRINGS_KEY_BYTES]; /* that is open, by names */
	size_t group_n;
	bool in_group;
	bool own_groups; /* the reader begins groups itself */
	bool control;    /* the string in work labels a control, whatever its
			  * name; fa_strings_put forgets it */
};

/* Makes the document loose. */
void fa_strings_init(struct fa_strings *s, struct fa_build *b);
void fa_strings_done(struct fa_strings *s);
/* One character of the string in work, at source text [from, to). */
void fa_strings_cell(struct fa_strings *s, uint32_t cp, size_t from, size_t to);
/* The characters of source text [from, to), as they stand. */
void fa_strings_slice(struct fa_strings *s, size_t from, size_t to);
/* Ends the string: a block for each of its lines. Its name decides about its
 * group, and whether it labels a control ("ok", "agree_button"); an empty
 * name leaves both. Strings without text leave no trace. */
void fa_strings_put(struct fa_strings *s, struct fa_str name);
/* Strings that follow are one group, whatever their names, until the next
 * call, or until fa_strings_ungroup lets their names decide again. */
void fa_strings_group(struct fa_strings *s, struct fa_str name);
void fa_strings_ungroup(struct fa_strings *s);
/* For names that may be the text in another language: such a one is a group by
 * itself, others are grouped by their beginnings. */
void fa_strings_group_for(struct fa_strings *s, struct fa_str name);
/* Forgets the string in work. */
void fa_strings_drop(struct fa_strings *s);
/* Ends the string in work, which is a name and no text: writes it to *name as
 * UTF-8 on one line, cut at FA_STRINGS_KEY_BYTES. */
void fa_strings_name(struct fa_strings *s, struct fa_buf *name);
/* Cuts the path at n bytes and puts a part behind it, unless it would be longer
 * than FA_STRINGS_KEY_BYTES. */
void fa_strings_path(struct fa_buf *path, size_t n, struct fa_str part);
/* Whether the string in work may be wording for people: not an identifier, an
 * address, a colour or a path. For formats that carry such things beside
 * texts. */
bool fa_strings_is_wording(const struct fa_strings *s);
/* What the name of a string has in common with those shown beside it: all
 * before its last part ("face_consent" of "face_consent_title", "a.b" of
 * "a.b.c", "faceConsent" of "faceConsentTitle"). */
struct fa_str fa_strings_prefix(struct fa_str name);

#endif
