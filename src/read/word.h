/* Documents of Word (.docx): paragraphs, headings by style, lists, tables and
 * links, as ECMA-376 Part 1, 17 has them. What is deleted or hidden is not
 * read, nor are headers, footers and comments; footnotes come at the end. The
 * document that is judged is a text that is made here, one line for each
 * paragraph (or line of it), so that places in it are those of paragraphs. */
#ifndef FA_READ_WORD_H
#define FA_READ_WORD_H

#include "base/arena.h"
#include "base/err.h"
#include "model/doc.h"
#include "read/build.h"

#define FA_WORD_STYLES 65536 /* styles, numberings, links; more are ignored */
#define FA_WORD_NESTED 8     /* paragraphs in text boxes, tables in tables */
#define FA_WORD_BASED 16     /* styles that one goes back to */

struct fa_word_line {
	struct fa_range text; /* of the made text, without its end */
	struct fa_block block;
	bool bold; /* all of it */
};

struct fa_word_link {
	struct fa_range text;
	struct fa_str href;
};

struct fa_word {
	struct fa_str text;
	struct fa_word_line *lines;
	size_t lines_n;
	struct fa_word_link *links; /* in the order of the text */
	size_t links_n;
	uint32_t lists, tables;
	struct fa_str complaint; /* or absent */
};

/* Whether raw is a ZIP archive, as a document of Word is. */
bool fa_word_is_zip(struct fa_str raw);
/* Reads the archive into *out, which lives in a. FA_E_UNSUPPORTED when it is no
 * document of Word, is encrypted or holds no text, FA_E_INPUT when it is
 * damaged, FA_E_LIMIT
 * when a part of it is larger than FA_DOC_MAX_BYTES. */
FA_MUST_CHECK int fa_word_read(struct fa_word *out, struct fa_str raw,
	struct fa_arena *a, struct fa_err *err);
/* Gives the lines to a builder whose source is word->text. */
void fa_word_build(struct fa_build *b, const struct fa_word *word);

/* For the files of this reader. */

/* word_zip.c: members of the archive. */
struct fa_word_zip;
FA_MUST_CHECK int fa_word_zip_open(struct fa_word_zip **out, struct fa_str raw,
	struct fa_arena *a, struct fa_err *err);
void fa_word_zip_close(struct fa_word_zip **z); /* safe for NULL */
/* A member as a whole, in a; absent when there is none of that name. */
FA_MUST_CHECK int fa_word_zip_member(struct fa_str *out, struct fa_word_zip *z,
	const char *name, struct fa_arena *a, struct fa_err *err);

/* word_xml.c: a part, element by element. */
enum fa_word_event {
	FA_WORD_END_OF_PART,
	FA_WORD_START,
	FA_WORD_END, /* also behind an empty element */
	FA_WORD_TEXT
};

struct fa_word_xml {
	void *reader; /* of libxml2 */
	bool empty;   /* its end is due */
	bool broken;  /* it stopped before its end */
	bool no_memory;
	int depth;          /* of the element; children are deeper */
	struct fa_str name; /* local name; lives until the next event */
	bool word;          /* of WordprocessingML */
	struct fa_str text;
};

void fa_word_xml_open(struct fa_word_xml *x, struct fa_str part);
void fa_word_xml_close(struct fa_word_xml *x);
enum fa_word_event fa_word_xml_next(struct fa_word_xml *x);
/* The attribute of that local name, whatever its namespace, or absent; lives
 * until the next event or attribute. */
struct fa_str fa_word_xml_attr(struct fa_word_xml *x, const char *name);
/* Goes to the end of the element that has just begun. */
void fa_word_xml_skip(struct fa_word_xml *x);
/* Whether it is this element of WordprocessingML. */
bool fa_word_xml_is(const struct fa_word_xml *x, const char *name);

/* word_style.c: what styles and numberings say. */
struct fa_word_style {
	struct fa_str id, based;
	uint8_t level; /* of a heading; 0: none */
	bool outlined; /* says whether it is a heading */
	bool contents; /* of the table of contents */
	struct fa_str num;
};

struct fa_word_num {
	struct fa_str id;
	struct fa_str base; /* of the abstract numbering */
};

struct fa_word_levels {
	struct fa_str id;
	char format[9]; /* b bullet, n number, 0 nothing */
};

struct fa_word_target {
	struct fa_str id, href;
};

struct fa_word_parts {
	struct fa_word_style *styles;
	size_t styles_n;
	struct fa_word_num *nums;
	size_t nums_n;
	struct fa_word_levels *levels;
	size_t levels_n;
	struct fa_word_target *targets;
	size_t targets_n;
};

FA_MUST_CHECK int fa_word_styles(struct fa_word_parts *p, struct fa_str part,
	struct fa_arena *a, struct fa_err *err);
FA_MUST_CHECK int fa_word_numbering(struct fa_word_parts *p, struct fa_str part,
	struct fa_arena *a, struct fa_err *err);
FA_MUST_CHECK int fa_word_targets(struct fa_word_parts *p, struct fa_str part,
	struct fa_arena *a, struct fa_err *err);
/* All that a style says, with what it is based on. */
struct fa_word_style fa_word_style_of(
	const struct fa_word_parts *p, struct fa_str id);
/* 'b', 'n', or 0 for no list. */
char fa_word_format(
	const struct fa_word_parts *p, struct fa_str num, unsigned level);
struct fa_str fa_word_href(const struct fa_word_parts *p, struct fa_str id);

/* word_body.c: reads a part with paragraphs, behind those before it. */
struct fa_word_body;
FA_MUST_CHECK int fa_word_body_new(struct fa_word_body **out,
	const struct fa_word_parts *parts, struct fa_arena *a,
	struct fa_err *err);
void fa_word_body_free(struct fa_word_body **b); /* safe for NULL */
FA_MUST_CHECK int fa_word_body_read(
	struct fa_word_body *b, struct fa_str part, struct fa_err *err);
/* FA_E_INPUT when nothing could be read, FA_E_UNSUPPORTED when there is no
 * text. */
FA_MUST_CHECK int fa_word_body_finish(
	struct fa_word_body *b, struct fa_word *out, struct fa_err *err);

#endif
