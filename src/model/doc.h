/* A document: readable, normalised text with a map from every character back
 * to the original bytes, and its structure. `read` fills text, map and blocks;
 * `segment` adds sections, sentences and clauses; everybody else only reads.
 * All offsets named text_* count bytes of doc->text, all named raw_* bytes of
 * doc->raw. Ranges are half-open. Documents are capped at the door, so that
 * offsets fit uint32_t. */
#ifndef FA_MODEL_DOC_H
#define FA_MODEL_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "model/map.h"

#define FA_DOC_MAX_BYTES (64u << 20) /* raw bytes of one document */
#define FA_DOC_NONE UINT32_MAX       /* "no block, no section" in an index */

enum fa_encoding {
	FA_ENC_UTF8,
	FA_ENC_GB18030, /* and its subsets GB2312, GBK */
	FA_ENC_BIG5,
	FA_ENC_UTF16LE,
	FA_ENC_UTF16BE,
	FA_ENC_LATIN1 /* windows-1252; the last resort */
};

enum fa_format {
	FA_FORMAT_AUTO,
	FA_FORMAT_HTML,
	FA_FORMAT_MARKDOWN,
	FA_FORMAT_TEXT,
	FA_FORMAT_DOCX,
	FA_FORMAT_PDF,
	/* Texts of a user interface: */
	FA_FORMAT_ANDROID,    /* res/values/strings.xml */
	FA_FORMAT_STRINGS,    /* .strings of Apple, old style */
	FA_FORMAT_PLIST,      /* Info.plist, InfoPlist, .stringsdict */
	FA_FORMAT_XCSTRINGS,  /* string catalogue of Xcode */
	FA_FORMAT_JSON,       /* nested messages; ARB of Flutter */
	FA_FORMAT_PROPERTIES, /* of Java */
	FA_FORMAT_PO,         /* gettext */
	FA_FORMAT_VUE,
	FA_FORMAT_WXML,
	FA_FORMAT_SCRIPT, /* JavaScript, TypeScript, with JSX or without */
	FA_FORMAT_DART,
	FA_FORMAT_KOTLIN,
	FA_FORMAT_JAVA,
	FA_FORMAT_SWIFT,
	FA_FORMAT_COUNT
};

struct fa_range {
	uint32_t from, to;
};

enum fa_block_kind {
	FA_BLOCK_PARAGRAPH,
	FA_BLOCK_HEADING,
	FA_BLOCK_ITEM,     /* list item */
	FA_BLOCK_CELL,     /* table data cell */
	FA_BLOCK_HEADCELL, /* table header cell */
	FA_BLOCK_CONTROL,  /* button, checkbox label, option */
	FA_BLOCK_QUOTE,
	FA_BLOCK_CODE
};

/* One block of text. Blocks tile doc->text in order, with one '\n' between
 * two of them. */
struct fa_block {
	enum fa_block_kind kind;
	uint8_t level; /* heading 1-6; list nesting from 1; else 0 */
	bool ordered;  /* item of a numbered list */
	bool checked;  /* control: preset */
	bool circled;  /* begins with a circled digit, which is folded */
	struct fa_range text;
	uint32_t list; /* items of one list share a number; FA_DOC_NONE */
	uint32_t table, row,
		column; /* cells; FA_DOC_NONE when not in a table */
	/* Set by segment: */
	uint32_t head;    /* block whose last sentence heads this item, or the
			   * header cell of this cell; FA_DOC_NONE */
	uint32_t section; /* innermost section; FA_DOC_NONE before the first */
};

struct fa_section {
	uint32_t heading;       /* block */
	uint8_t level;          /* 1 is outermost */
	uint32_t parent;        /* section or FA_DOC_NONE */
	struct fa_range blocks; /* from the heading, subsections included */
};

struct fa_sentence {
	struct fa_range text; /* with its final punctuation */
	uint32_t block;
	struct fa_range clauses; /* indices into doc->clauses */
};

struct fa_link {
	struct fa_range text;
	struct fa_str href; /* decoded, as written; lives with the document */
};

struct fa_doc {
	struct fa_str name; /* path or "-" as the user gave it */
	struct fa_str raw;
	enum fa_encoding encoding;
	enum fa_format format;
	uint32_t bad_bytes;    /* malformed sequences replaced by U+FFFD */
	struct fa_str notice;  /* what reading could not do, or absent */
	bool partial;          /* ... and because of it some may be unread */
	struct fa_str derived; /* how raw was made of the file that it stands
				* for ("text of the pages, by pdftotext"), or
				* absent: raw is that file */
	struct fa_str title;   /* <title> or first heading, or absent */

	struct fa_str text;
	struct fa_map map;
	struct fa_block *blocks;
	size_t blocks_n;
	struct fa_link *links;
	size_t links_n;
	struct fa_remark *remarks;
	size_t remarks_n;
	/* Short texts of a user interface, without the order of a document:
	 * what they do not say is nowhere missing. Their groups tile the
	 * blocks, and become the sections. */
	bool loose;
	/* Written for those who work on a source ("README.md"): judged by what
	 * it says, and nothing is missing in it either. */
	bool aside;
	struct fa_group *groups;
	size_t groups_n;
	struct fa_key *keys;
	size_t keys_n;

	/* Set by segment: */
	struct fa_section *sections;
	size_t sections_n;
	struct fa_sentence *sentences; /* in text order; they tile the blocks */
	size_t sentences_n;
	struct fa_range *clauses; /* text ranges; they tile the sentences */
	size_t clauses_n;
};

/* A string of a user interface: its name in the source ("face.consent.title"),
 * and where its blocks begin. They end with the next string. */
struct fa_key {
	uint32_t block;
	struct fa_str name;
};

/* Strings that are shown together, such as those of one dialog. */
struct fa_group {
	struct fa_str name; /* what their names have in common; may be empty */
	struct fa_range blocks;
};

/* A comment that speaks to this tool. */
struct fa_remark {
	struct fa_range raw;  /* with its delimiters */
	struct fa_range line; /* raw bytes of the lines that it stands on */
	struct fa_str text;   /* decoded, without its delimiters */
	uint32_t block;       /* the first block that begins behind it */
	bool alone;           /* no text stands before it on its line */
};

struct fa_position {
	uint32_t line;   /* 1-based; \n, \r\n and lone \r end a line */
	uint32_t column; /* 1-based, in Unicode code points of the original */
	uint32_t byte;   /* 1-based, in bytes of the line as UTF-8; 0: not
			  * known */
};

/* The original bytes behind a text range: from the first byte of its first
 * character to the last byte of its last one (markup between them included).
 * Newlines between blocks stand for nothing. Never fails; an empty or
 * out-of-range text range gives an empty raw range. */
struct fa_range fa_doc_raw(const struct fa_doc *doc, struct fa_range text);
/* The same by who has a walk over doc->map to the range or to before it. */
struct fa_range fa_doc_raw_from(
	const struct fa_doc *doc, struct fa_map_walk w, struct fa_range text);

/* Whether raw is UTF-8 without malformed bytes, so that what is quoted of it
 * is part of it. */
static inline bool
fa_doc_is_utf8(const struct fa_doc *doc)
{
	return doc->encoding == FA_ENC_UTF8 && doc->bad_bytes == 0;
}

/* The sentence that holds text offset off (the last one that begins at or
 * before it); doc->sentences_n must not be 0. */
uint32_t fa_doc_sentence_at(const struct fa_doc *doc, uint32_t off);
uint32_t fa_doc_block_at(const struct fa_doc *doc, uint32_t off);

/* The string to which a block belongs, or NULL. */
const struct fa_key *fa_doc_key_at(const struct fa_doc *doc, uint32_t block);

const char *fa_encoding_name(enum fa_encoding e); /* WHATWG label */
/* "html", "android": as for --as. */
const char *fa_format_name(enum fa_format f);
/* The format of that name, or FA_FORMAT_AUTO ("auto" has none). */
enum fa_format fa_format_parse(struct fa_str name);

#endif
