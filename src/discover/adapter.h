/* An adapter in memory; see faceaudit-stores(5) for what its parts mean. */
#ifndef FA_DISCOVER_ADAPTER_H
#define FA_DISCOVER_ADAPTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/yaml.h"
#include "discover/listing.h"
#include "discover/page.h"

struct fa_step;

/* One kind of extractor. */
struct fa_step_kind {
	const char *name;
	/* Keys that it takes, besides kind; what is required is up to check. */
	bool path, place, pattern;
	/* Adds what it finds in the page. Malformed content yields nothing. */
	int (*run)(struct fa_references *out, const struct fa_step *step,
		const struct fa_discover_page *page, struct fa_arena *a,
		struct fa_err *err);
};

enum fa_step_place { FA_STEP_VARIABLE, FA_STEP_ELEMENT, FA_STEP_CALLBACK };

struct fa_step {
	const struct fa_step_kind *kind;
	struct fa_str path;       /* json, script */
	enum fa_step_place place; /* script */
	struct fa_str name;       /* script: of the place */
	struct fa_str pattern;    /* xpath: the expression; regex */
};

struct fa_strs {
	struct fa_str *at;
	size_t n;
};

struct fa_listing {
	struct fa_str id;
	struct fa_strs names;
	struct fa_str title_zh, title_en;
	struct fa_str confirmed; /* "2025-12", "2025-12-01", absent: no */
	struct fa_str source;
	bool rendered;
	struct fa_strs match;   /* shapes of listings */
	struct fa_strs request; /* templates */
	struct fa_strs own;     /* shapes of the store's own documents */
	struct fa_step *steps;
	size_t steps_n;
};

struct fa_listings {
	struct fa_listing *at;
	size_t n;
};

extern const struct fa_step_kind fa_step_json;
extern const struct fa_step_kind fa_step_script;
extern const struct fa_step_kind fa_step_xpath;
extern const struct fa_step_kind fa_step_regex;
extern const struct fa_step_kind fa_step_link;

/* Checks an XPath expression; FA_E_INPUT with what libxml2 says. */
FA_MUST_CHECK int fa_step_check_xpath(
	struct fa_str expression, struct fa_err *err);

#endif
