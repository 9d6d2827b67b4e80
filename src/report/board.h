/* The pages of a dashboard (faceaudit-board(1)): each function appends one
 * page, or a part of one, to a buffer. Pages are readable without scripts and
 * refer only to files beside them; what comes from apps and their documents is
 * text, never markup. Numbers lead to lists, rows of lists to pages of apps.
 *
 *     index.html        all sums            style.css, filter.js
 *     rules.html        prevalence          rule/N.html and its lists
 *     category.html, store.html             heat maps; category/N.html ...
 *     publishers.html, trend.html, apps.html (filter), about.html
 *     list/NAME-P.html  lists of FA_BOARD_ROWS rows
 *     app/XX/ID.html    an app, by the last two digits of its id
 *     data/data-N.js    rows of the filter
 */
#ifndef FA_REPORT_BOARD_H
#define FA_REPORT_BOARD_H

#include "base/buf.h"
#include "base/json.h"
#include "model/board.h"

#define FA_BOARD_ROWS 200         /* rows of a page of a list */
#define FA_BOARD_SHARD_ROWS 50000 /* apps in one data-N.js */
#define FA_BOARD_PATH_BYTES 128   /* of a path below the folder */
#define FA_BOARD_TOP 20           /* rows of the worst, on index.html */
#define FA_BOARD_HEAT_TOP 12      /* rows of a heat map on index.html */

/* Words that other modules own. */
struct fa_board_words_of {
	const char *(*outcome)(enum fa_lang lang, enum fa_outcome o);
	const char *(*role)(enum fa_lang lang, enum fa_role r);
	const char *(*state)(enum fa_lang lang, const char *name);
	const char *(*cause)(enum fa_lang lang, const char *cause);
};

/* What all pages share. */
struct fa_board_site {
	enum fa_lang lang;
	struct fa_str title; /* of the board */
	struct fa_str tool;  /* "faceaudit 1.2.3" */
	const struct fa_board_sum *sum;
	const struct fa_board_words_of *words;
	size_t shards; /* data-N.js, from 1 */
};

/* A page that is being written. root leads from it to the folder: "",
 * "../", "../../". */
struct fa_board_page {
	struct fa_buf *out;
	const struct fa_board_site *site;
	const char *root;
	unsigned charts; /* so far; their ids */
};

/* Either of two texts, by language. */
#define FA_BOARD_SAY(p, zh, en) ((p)->site->lang == FA_LANG_EN ? (en) : (zh))

/* Head, name and navigation; here is the file that the navigation marks. */
void fa_board_begin(struct fa_board_page *p, struct fa_buf *out,
	const struct fa_board_site *site, const char *root, struct fa_str title,
	const char *here);
void fa_board_end(struct fa_board_page *p);
void fa_board_style(struct fa_buf *out);
void fa_board_script(struct fa_buf *out, enum fa_lang lang);

/* Pages. Those of one thing take its index in the sums. */
void fa_board_index(struct fa_buf *out, const struct fa_board_site *site,
	const struct fa_board_app *worst, size_t worst_n);
void fa_board_rules(struct fa_buf *out, const struct fa_board_site *site);
void fa_board_rule(
	struct fa_buf *out, const struct fa_board_site *site, size_t duty);
void fa_board_groups(struct fa_buf *out, const struct fa_board_site *site,
	enum fa_board_dim dim);
void fa_board_group_page(struct fa_buf *out, const struct fa_board_site *site,
	enum fa_board_dim dim, size_t group);
void fa_board_publishers(struct fa_buf *out, const struct fa_board_site *site);
void fa_board_trend(struct fa_buf *out, const struct fa_board_site *site);
void fa_board_about(struct fa_buf *out, const struct fa_board_site *site);
void fa_board_filter(struct fa_buf *out, const struct fa_board_site *site);

/* Sections of index.html and the pages of their own. */
void fa_board_put_coverage(struct fa_board_page *p);
/* The most frequent duties, at most max. */
void fa_board_put_prevalence(struct fa_board_page *p, size_t max);
/* Duties with findings by group, at most max rows. */
void fa_board_put_heat(
	struct fa_board_page *p, enum fa_board_dim dim, size_t max);
void fa_board_put_scores(struct fa_board_page *p);
void fa_board_put_trend(struct fa_board_page *p);
void fa_board_put_publishers(struct fa_board_page *p, size_t max);
void fa_board_put_queue(struct fa_board_page *p);
/* Indices of duties with findings, the most frequent first, in order[]; their
 * number. order holds duties_n. */
size_t fa_board_rank(size_t *order, const struct fa_board_sum *s);

/* Lists. The row of an app or of a finding stands in a page between
 * fa_board_list_begin and fa_board_list_end. */
enum fa_board_list_kind { FA_BOARD_LIST_APPS, FA_BOARD_LIST_FINDINGS };
struct fa_board_list {
	const char *name; /* of the files: "list/duty-12-category" */
	struct fa_str title;
	enum fa_board_list_kind kind;
	int64_t rows;  /* of all pages */
	int64_t pages; /* at least 1 */
};
void fa_board_list_begin(struct fa_board_page *p, struct fa_buf *out,
	const struct fa_board_site *site, const struct fa_board_list *l,
	int64_t page);
/* A heading over the rows that follow; again when it was begun on a page
 * before. */
void fa_board_list_section(struct fa_board_page *p,
	const struct fa_board_list *l, int64_t id, struct fa_str name,
	bool again);
void fa_board_list_app(struct fa_board_page *p, const struct fa_board_app *x);
void fa_board_list_finding(
	struct fa_board_page *p, const struct fa_board_finding *f);
void fa_board_list_end(
	struct fa_board_page *p, const struct fa_board_list *l, int64_t page);
/* The page on which the row number offset (from 0) stands. */
int64_t fa_board_page_of(int64_t offset);
int64_t fa_board_pages(int64_t rows);

/* An app. */
struct fa_board_passages { /* of one finding */
	const struct fa_board_quote *quotes;
	size_t quotes_n;
	const struct fa_board_word *words;
	size_t words_n;
};
void fa_board_app_begin(struct fa_board_page *p, struct fa_buf *out,
	const struct fa_board_site *site, const struct fa_board_app *x);
void fa_board_app_documents(
	struct fa_board_page *p, const struct fa_board_document *at, size_t n);
void fa_board_app_finding(struct fa_board_page *p,
	const struct fa_board_finding *f, const struct fa_board_passages *of,
	const struct fa_board_document *documents, size_t documents_n);
void fa_board_app_gone(
	struct fa_board_page *p, const struct fa_board_gone *at, size_t n);
void fa_board_app_end(struct fa_board_page *p);
/* "app/3f/0123456789abcd3f.html" */
void fa_board_app_path(char out[FA_BOARD_PATH_BYTES], int64_t id);
/* Is there a page of it? */
bool fa_board_has_page(const struct fa_board_app *x);

/* Names: of a group ("others", "not given"), of ten points of the score, of a
 * dimension in the names of files. */
struct fa_str fa_board_group_name(
	const struct fa_board_page *p, enum fa_board_dim dim, size_t group);
const char *fa_board_bin_word(enum fa_lang lang, size_t bin);
const char *fa_board_dim_name(enum fa_board_dim d);

/* Rows of data-N.js. */
void fa_board_data_begin(struct fa_buf *out, size_t shard);
void fa_board_data_app(
	struct fa_buf *out, const struct fa_board_app *x, bool first);
void fa_board_data_end(struct fa_buf *out);

#endif
