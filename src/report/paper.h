/* A document being written, whatever its form: headings, paragraphs, tables,
 * pictures. One composer writes each report once, against these functions,
 * and paper_html.c and paper_docx.c give it its form, so that both say the
 * same. All text is hostile: the forms escape it, and control and bidi
 * characters are made visible (fa_report_visible). */
#ifndef FA_REPORT_PAPER_H
#define FA_REPORT_PAPER_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/flow.h"
#include "model/rule.h"

#define FA_PAPER_COLUMNS 10    /* of a table */
#define FA_PAPER_ID_BYTES 40   /* of an anchor */
#define FA_PAPER_PICTURES 4000 /* in one document */

enum fa_paper_kind {
	FA_PAPER_BODY,
	FA_PAPER_STATEMENT, /* the one sentence that matters */
	FA_PAPER_NOTE,      /* with a frame: to be read first */
	FA_PAPER_WARNING,
	FA_PAPER_SMALL,
	FA_PAPER_QUOTE,   /* speaks for what is said */
	FA_PAPER_COUNTER, /* speaks against it */
	FA_PAPER_PLACE,   /* where a quote stands, below it */
	FA_PAPER_LAW,     /* words of a provision */
	FA_PAPER_BULLET,
	FA_PAPER_NUMBER, /* "1." is part of the text */
	FA_PAPER_COMMAND,
	FA_PAPER_CLAUSE, /* of the annex: number, then text */
	FA_PAPER_LABEL   /* a small heading that is none of the outline */
};
#define FA_PAPER_KINDS 14

enum fa_paper_style {
	FA_PAPER_PLAIN,
	FA_PAPER_STRONG,
	FA_PAPER_SOFT,
	FA_PAPER_CODE,
	FA_PAPER_MARK,     /* the passage that decides */
	FA_PAPER_MARK_OFF, /* ... that speaks against it */
	FA_PAPER_GOOD,
	FA_PAPER_AMBER,
	FA_PAPER_RED
};
#define FA_PAPER_STYLES 9

struct fa_paper_table {
	const char *caption;
	bool quiet;  /* the caption is for screen readers */
	bool fields; /* two columns: the first heads its row, no head row */
	size_t columns;
	const char *head[FA_PAPER_COLUMNS];
	unsigned width[FA_PAPER_COLUMNS]; /* per cent, together 100 */
};

struct fa_paper_picture {
	struct fa_str bytes; /* PNG or JPEG, as fa_picture_read takes it */
	struct fa_str alt;
	bool has_box;
	struct fa_flow_box box; /* pixels; drawn as a red frame */
	/* Only these rows of it are shown, over the width of the page; both 0:
	 * all, as small as a telephone. */
	uint32_t top, bottom;
};

struct fa_paper;

struct fa_paper_form {
	void (*heading)(struct fa_paper *p, unsigned level, const char *id,
		struct fa_str text);
	void (*open)(struct fa_paper *p, enum fa_paper_kind k);
	void (*close)(struct fa_paper *p, enum fa_paper_kind k);
	void (*run)(
		struct fa_paper *p, enum fa_paper_style s, struct fa_str text);
	/* To an anchor of the same document ("#f1"), or to a web address. */
	void (*link)(struct fa_paper *p, struct fa_str to, struct fa_str text);
	void (*line)(struct fa_paper *p); /* a line break */
	void (*table)(struct fa_paper *p, const struct fa_paper_table *t);
	void (*row)(struct fa_paper *p);
	void (*cell)(struct fa_paper *p, unsigned column);
	void (*cell_end)(struct fa_paper *p, unsigned column);
	void (*row_end)(struct fa_paper *p);
	void (*table_end)(struct fa_paper *p);
	void (*picture)(struct fa_paper *p, const struct fa_paper_picture *x);
	void (*page)(struct fa_paper *p); /* a new page begins */
};

struct fa_paper {
	const struct fa_paper_form *form;
	struct fa_buf *out;
	enum fa_lang lang;
	/* Kept by the functions below. */
	struct fa_paper_table now;     /* the table that is open */
	unsigned column;               /* next cell; UINT_MAX: no row is open */
	bool list;                     /* HTML: a list is open */
	bool part, piece;              /* HTML: sections of level 2 and 3 are */
	unsigned pictures;             /* different ones so far, in kept */
	struct fa_paper_picture *kept; /* FA_PAPER_PICTURES of them */
	unsigned shots;                /* DOCX: showings of them so far */
	unsigned bookmarks;            /* DOCX: numbers of anchors so far */
	unsigned links_n, links_cap;   /* DOCX: web addresses so far */
	struct fa_str *links;          /* they live as long as what is shown */
	struct fa_arena *arena;        /* of links and kept */
	bool failed;                   /* arena was used up */
};

/* Shorthands. z is text of this program, s hostile. */
void fa_paper_heading(
	struct fa_paper *p, unsigned level, const char *id, struct fa_str text);
void fa_paper_open(struct fa_paper *p, enum fa_paper_kind k);
void fa_paper_close(struct fa_paper *p, enum fa_paper_kind k);
void fa_paper_add(struct fa_paper *p, enum fa_paper_style s, struct fa_str x);
void fa_paper_adds(struct fa_paper *p, enum fa_paper_style s, const char *z);
void fa_paper_addf(struct fa_paper *p, enum fa_paper_style s, const char *fmt,
	...) FA_PRINTF(3, 4);
void fa_paper_link(struct fa_paper *p, const char *to, struct fa_str text);
/* A web address becomes a link, anything else text. */
void fa_paper_url(struct fa_paper *p, struct fa_str url);
void fa_paper_line(struct fa_paper *p);
/* A paragraph of one run. */
void fa_paper_para(struct fa_paper *p, enum fa_paper_kind k, struct fa_str s);
void fa_paper_paraz(struct fa_paper *p, enum fa_paper_kind k, const char *z);
void fa_paper_table(struct fa_paper *p, const struct fa_paper_table *t);
void fa_paper_table_end(struct fa_paper *p);
void fa_paper_row(struct fa_paper *p);
void fa_paper_row_end(struct fa_paper *p);
void fa_paper_cell(struct fa_paper *p);
void fa_paper_cell_end(struct fa_paper *p);
/* A cell of one run. */
void fa_paper_put(struct fa_paper *p, enum fa_paper_style s, struct fa_str x);
void fa_paper_putz(struct fa_paper *p, enum fa_paper_style s, const char *z);
void fa_paper_putf(struct fa_paper *p, enum fa_paper_style s, const char *fmt,
	...) FA_PRINTF(3, 4);
/* A row of a table of fields; "unknown" in words when x is empty. */
void fa_paper_field(struct fa_paper *p, const char *label,
	enum fa_paper_style s, struct fa_str x);
/* Opens row and second cell of a table of fields, and closes them. */
void fa_paper_field_open(struct fa_paper *p, const char *label);
void fa_paper_field_close(struct fa_paper *p);
void fa_paper_picture(struct fa_paper *p, const struct fa_paper_picture *x);
void fa_paper_page(struct fa_paper *p);
/* The number of a picture, from 1, and whether it is a new one: the bytes of
 * each go into a document once. 0: there are too many. */
unsigned fa_paper_keep(
	struct fa_paper *p, const struct fa_paper_picture *x, bool *fresh);

extern const struct fa_paper_form fa_paper_html, fa_paper_docx;

/* Text escaped for HTML or XML, hidden characters visible, line ends and tabs
 * kept. */
void fa_paper_escape(struct fa_buf *out, struct fa_str s);

/* What stands around the text of a page: from the doctype to <main>, and from
 * </main> on. Nothing is fetched and nothing runs. */
struct fa_paper_frame {
	struct fa_str title;
	const char *skip;   /* "skip to content" */
	struct fa_str head; /* of every printed page: case and report */
	struct fa_str foot; /* what stands below all */
	int64_t made_us;    /* 0: left out */
	struct fa_str maker;
};
void fa_paper_html_begin(struct fa_paper *p, const struct fa_paper_frame *f);
void fa_paper_html_end(struct fa_paper *p, const struct fa_paper_frame *f);

/* The files of a DOCX, in the order in which they go into the archive; their
 * bytes live in a, pictures as given. */
struct fa_paper_part {
	const char *name; /* "word/document.xml" */
	struct fa_str bytes;
	bool packed; /* compressing it saves nothing */
};
#define FA_PAPER_PARTS (FA_PAPER_PICTURES + 12)
struct fa_paper_parts {
	struct fa_paper_part *at;
	size_t n;
};
/* body is what fa_paper_docx wrote with p. */
FA_MUST_CHECK int fa_paper_docx_parts(struct fa_paper_parts *out,
	const struct fa_paper *p, const struct fa_paper_frame *f,
	struct fa_str body, struct fa_arena *a, struct fa_err *err);

#endif
