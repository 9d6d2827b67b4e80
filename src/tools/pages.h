/* A static site about a set of rules, for people who never read YAML: an index
 * of the obligations and a page for each, in Chinese (NAME.html) and English
 * (NAME.en.html). The pages hold the words of `rules explain` and of the HTML
 * report, no script and no outside resource, and are the same bytes for the
 * same bundle. pages.c writes files, pages_index.c and pages_duty.c make a
 * page each, pages_rule.c the part on one rule, pages_word.c has the words and
 * the frame. */
#ifndef FA_TOOLS_PAGES_H
#define FA_TOOLS_PAGES_H

#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/rule.h"

#define FA_PAGES_BYTES ((size_t)64 << 20) /* of one page */
#define FA_PAGES_NAME_BYTES 200           /* of an id that names a file */

/* Writes the pages into the directory dir, which is made when its parent
 * exists; other files in it stay as they are. *pages counts the files. An id
 * that cannot be the name of a file is FA_E_INPUT. */
FA_MUST_CHECK int fa_pages_write(size_t *pages, const struct fa_bundle *b,
	struct fa_str dir, struct fa_arena *a, struct fa_err *err);

/* One page that is being made. */
struct fa_page {
	const struct fa_bundle *b;
	enum fa_lang lang;
	struct fa_buf *out;
};

enum fa_page_word {
	FA_PAGE_TITLE,
	FA_PAGE_LEAD,
	FA_PAGE_CAVEAT,
	FA_PAGE_SKIP,
	FA_PAGE_NAV,
	FA_PAGE_INDEX,
	FA_PAGE_OBLIGATIONS,
	FA_PAGE_CAPTION,
	FA_PAGE_OBLIGATION,
	FA_PAGE_ARTICLE,
	FA_PAGE_SEVERITY,
	FA_PAGE_KIND,
	FA_PAGE_RULES,
	FA_PAGE_PRECISION,
	FA_PAGE_RECALL,
	FA_PAGE_UNMEASURED,
	FA_PAGE_METHOD,
	FA_PAGE_METHOD_1,
	FA_PAGE_METHOD_2,
	FA_PAGE_SETS,
	FA_PAGE_BUNDLE,
	FA_PAGE_LAW,
	FA_PAGE_OFFICIAL,
	FA_PAGE_ALSO,
	FA_PAGE_SCOPES,
	FA_PAGE_SILENT,
	FA_PAGE_WHY,
	FA_PAGE_FIX,
	FA_PAGE_MODEL,
	FA_PAGE_WORDING,
	FA_PAGE_FIND,
	FA_PAGE_UNLESS,
	FA_PAGE_LEXICONS,
	FA_PAGE_NOTHING_FIRES,
	FA_PAGE_MATCH,
	FA_PAGE_NO_MATCH,
	FA_PAGE_FALSE,
	FA_PAGE_RULE_WHY,
	FA_PAGE_RULE_FIX,
	FA_PAGE_STATUS,
	FA_PAGE_VERDICT,
	FA_PAGE_LABELLED,
	FA_PAGE_FOUND,
	FA_PAGE_INTERVAL,
	FA_PAGE_FOUND_CAPTION,
	FA_PAGE_COVERS,
	FA_PAGE_WORDS
};

const char *fa_page_word(const struct fa_page *p, enum fa_page_word w);
/* ".html" or ".en.html". */
const char *fa_page_suffix(enum fa_lang lang);
/* Everything up to the end of the header's first lines; name is that of the
 * file without its suffix. fa_page_body closes the header, fa_page_end the
 * page. */
void fa_page_begin(
	const struct fa_page *p, struct fa_str name, struct fa_str title);
void fa_page_body(const struct fa_page *p);
void fa_page_end(const struct fa_page *p);
/* <section> with its heading; id is a fixed name. */
void fa_page_section(const struct fa_page *p, const char *id, const char *h2);
/* "98.6% 217/220", or that it is not measured. */
void fa_page_share(const struct fa_page *p, uint64_t part, uint64_t whole);
/* "lang" of Chinese text on an English page, with a blank before it. */
const char *fa_page_zh(const struct fa_page *p);

/* The indices of all obligations in the order of their articles. */
void fa_page_index(const struct fa_page *p, const uint32_t *order);
void fa_page_duty(const struct fa_page *p, uint32_t obligation);
/* The article on one rule. */
void fa_page_rule(const struct fa_page *p, const struct fa_rule *r);

#endif
