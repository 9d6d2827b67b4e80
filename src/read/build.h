/* The builder of a document's text: every extractor hands it characters with
 * their place in the decoded source, and it folds them, collapses white
 * space, and keeps the map, the blocks and the links. */
#ifndef FA_READ_BUILD_H
#define FA_READ_BUILD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "model/doc.h"
#include "read/map_write.h"
#include "read/source.h"

#define FA_BUILD_TEXT_BYTES (256u << 20) /* folding can lengthen */
#define FA_BUILD_BLOCKS (2u << 20)       /* later blocks join the last one */
#define FA_BUILD_LINKS (1u << 20)        /* later links are left out */
#define FA_BUILD_BOLD_RUNES 30 /* longest bold paragraph that is a heading */
#define FA_BUILD_CACHE 256     /* folded characters; a power of two */

struct fa_build_fold {
	uint32_t cp;
	uint8_t n;
	char utf8[8];
};

struct fa_build {
	struct fa_source *src;
	struct fa_arena *a;
	struct fa_buf text, blocks, links, remarks, groups, keys;
	struct fa_map_write map;
	struct fa_block proto;   /* what the next block will be */
	unsigned bold;           /* nesting of bold; written by extractors */
	bool han_is_prose;       /* code with Han becomes a paragraph */
	uint32_t lists, tables;  /* numbers given out */
	bool truncated;          /* a limit was met */
	bool loose;              /* short texts; written by extractors */
	bool partial;            /* some of the source may be unread */
	struct fa_str complaint; /* what is wrong with the source, in one line
				  * for the notice of the document; lives in
				  * a or is static; or absent */

	struct fa_range remark_line; /* of the last remark, in source text */
	struct fa_range remark_raw;  /* and its bytes */

	/* The block in work: */
	bool open;
	bool space; /* white space seen since the last character */
	size_t space_from, space_to;
	uint32_t last;       /* code point before, 0 at the start */
	size_t runes, plain; /* characters; those not bold */
	bool han;
	struct fa_build_fold cache[FA_BUILD_CACHE];
};

void fa_build_init(
	struct fa_build *b, struct fa_source *src, struct fa_arena *a);
void fa_build_done(struct fa_build *b);
/* A block without kind, place or list; for proto. */
struct fa_block fa_build_plain(enum fa_block_kind kind);
/* Ends the block in work; text that follows begins one like b->proto. */
void fa_build_break(struct fa_build *b);
/* One character at source text [from, to). */
void fa_build_rune(struct fa_build *b, uint32_t cp, size_t from, size_t to);
/* One cell of several characters, such as an entity of two code points. */
void fa_build_runes(struct fa_build *b, const uint32_t *cp, size_t n,
	size_t from, size_t to);
/* What comes before a character at the end of the text, if it begins a block
 * or has white space before it; for the file of stretches. */
void fa_build_begin(struct fa_build *b, uint32_t cp);
/* Plain characters from the beginning of source text [from, to), as many as
 * there are before one that is not, or nearly; returns where they end. */
size_t fa_build_stretch(struct fa_build *b, size_t from, size_t to);
/* The characters of source text [from, to). */
void fa_build_slice(struct fa_build *b, size_t from, size_t to);
/* Where text goes on: give it to fa_build_link when the link ends. */
size_t fa_build_at(const struct fa_build *b);
/* A link over the text since at, with an href that is copied to the arena;
 * nothing when no text came. */
void fa_build_link(struct fa_build *b, size_t at, struct fa_str href);
/* The block last ended or in work is preset. */
void fa_build_check(struct fa_build *b);
/* A comment at source text [from, to), whose content is inner; it is kept when
 * it speaks to this tool ("faceaudit:"). */
void fa_build_remark(
	struct fa_build *b, size_t from, size_t to, struct fa_range inner);
/* The same for a comment that is a member of the data, at source text [from,
 * to): said is its content, decoded; it speaks of the next string, whatever
 * else stands on its line. */
void fa_build_remark_said(
	struct fa_build *b, size_t from, size_t to, struct fa_str said);
/* Keeps the first complaint: "line N: what", for the line of source text at
 * offset at. What it says is malformed, and some of it may be unread. */
void fa_build_complain(struct fa_build *b, size_t at, const char *what);
/* The same of what is well-formed, and all read; a complaint takes its place.
 */
void fa_build_mention(struct fa_build *b, size_t at, const char *what);
/* Ends the block; those that follow belong to a string of this name, or to
 * strings shown together. The name is copied. */
void fa_build_key(struct fa_build *b, struct fa_str name);
void fa_build_group(struct fa_build *b, struct fa_str name);
/* How many blocks there are. */
uint32_t fa_build_blocks(const struct fa_build *b);
/* For fa_build_finish: makes the groups tile the blocks, and takes off a name
 * without blocks at the end. */
void fa_build_end_groups(struct fa_build *b);
/* Ends the work and moves all to the document. */
FA_MUST_CHECK int fa_build_finish(
	struct fa_build *b, struct fa_doc *doc, struct fa_err *err);

#endif
