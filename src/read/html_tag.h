/* The elements that the extractor knows, and what it does with them. */
#ifndef FA_READ_HTML_TAG_H
#define FA_READ_HTML_TAG_H

#include <stdint.h>

#include "base/str.h"

#define FA_TAG_BUCKETS 32 /* numbers for all unknown names */

/* In the byte order of their names. */
enum fa_tag {
	FA_TAG_A,
	FA_TAG_ADDRESS,
	FA_TAG_AREA,
	FA_TAG_ARTICLE,
	FA_TAG_ASIDE,
	FA_TAG_AUDIO,
	FA_TAG_B,
	FA_TAG_BASE,
	FA_TAG_BLOCKQUOTE,
	FA_TAG_BODY,
	FA_TAG_BR,
	FA_TAG_BUTTON,
	FA_TAG_CANVAS,
	FA_TAG_CAPTION,
	FA_TAG_CENTER,
	FA_TAG_COL,
	FA_TAG_DATALIST,
	FA_TAG_DD,
	FA_TAG_DETAILS,
	FA_TAG_DIALOG,
	FA_TAG_DIR,
	FA_TAG_DIV,
	FA_TAG_DL,
	FA_TAG_DT,
	FA_TAG_EMBED,
	FA_TAG_FIELDSET,
	FA_TAG_FIGCAPTION,
	FA_TAG_FIGURE,
	FA_TAG_FOOTER,
	FA_TAG_FORM,
	FA_TAG_FRAME,
	FA_TAG_H1,
	FA_TAG_H2,
	FA_TAG_H3,
	FA_TAG_H4,
	FA_TAG_H5,
	FA_TAG_H6,
	FA_TAG_HEAD,
	FA_TAG_HEADER,
	FA_TAG_HGROUP,
	FA_TAG_HR,
	FA_TAG_HTML,
	FA_TAG_IFRAME,
	FA_TAG_IMG,
	FA_TAG_INPUT,
	FA_TAG_LABEL,
	FA_TAG_LEGEND,
	FA_TAG_LI,
	FA_TAG_LINK,
	FA_TAG_LISTING,
	FA_TAG_MAIN,
	FA_TAG_MATH,
	FA_TAG_MENU,
	FA_TAG_META,
	FA_TAG_NAV,
	FA_TAG_NOEMBED,
	FA_TAG_NOFRAMES,
	FA_TAG_NOSCRIPT,
	FA_TAG_OBJECT,
	FA_TAG_OL,
	FA_TAG_OPTGROUP,
	FA_TAG_OPTION,
	FA_TAG_P,
	FA_TAG_PARAM,
	FA_TAG_PLAINTEXT,
	FA_TAG_PRE,
	FA_TAG_RP,
	FA_TAG_SCRIPT,
	FA_TAG_SEARCH,
	FA_TAG_SECTION,
	FA_TAG_SELECT,
	FA_TAG_SOURCE,
	FA_TAG_STRONG,
	FA_TAG_STYLE,
	FA_TAG_SUMMARY,
	FA_TAG_SVG,
	FA_TAG_TABLE,
	FA_TAG_TBODY,
	FA_TAG_TD,
	FA_TAG_TEMPLATE,
	FA_TAG_TEXTAREA,
	FA_TAG_TFOOT,
	FA_TAG_TH,
	FA_TAG_THEAD,
	FA_TAG_TITLE,
	FA_TAG_TR,
	FA_TAG_TRACK,
	FA_TAG_UL,
	FA_TAG_VIDEO,
	FA_TAG_WBR,
	FA_TAG_XMP,
	FA_TAG_OTHER, /* and the FA_TAG_BUCKETS - 1 numbers behind it */
	FA_TAG_N = FA_TAG_OTHER + FA_TAG_BUCKETS
};

enum fa_tag_flag {
	FA_TAG_BLOCK = 1,   /* ends the block in work, at both its ends */
	FA_TAG_VOID = 2,    /* has no end tag */
	FA_TAG_HIDDEN = 4,  /* its text is not shown */
	FA_TAG_CLOSE_P = 8, /* ends an open p (§13.2.6.4.7) */
	FA_TAG_SCOPE = 16,  /* end tags inside do not reach outside */
	FA_TAG_TABLE_PART = 32,
	FA_TAG_HEADING = 64,
	FA_TAG_RCDATA = 128, /* content models, §13.2.5 */
	FA_TAG_RAWTEXT = 256
};

/* The element of a tag name, in any case. Unknown names share the numbers
 * from FA_TAG_OTHER by a hash, so that <x-a> and <x-b> mostly differ. */
unsigned fa_tag_find(struct fa_str name);
unsigned fa_tag_flags(unsigned tag);

#endif
