/* One document under the reference matcher; shared by its files. */
#ifndef REFERENCE_WORK_H
#define REFERENCE_WORK_H

#include "base/re.h"
#include "reference/matcher.h"

struct ref_matcher {
	const struct fa_bundle *bundle;
	struct fa_re **re; /* per pattern, compiled when first asked for */
	struct fa_re_scratch *scratch;
};

struct ref_hit {
	struct fa_range text;
	uint32_t sentence;
	enum fa_polarity polarity; /* of the clause that holds its end */
};

struct ref_hits {
	bool known;         /* the whole document was searched */
	bool limited;       /* PCRE2 gave up somewhere */
	struct ref_hit *at; /* in text order */
	size_t n, cap;
};

struct ref_work {
	struct ref_matcher *m;
	const struct fa_doc *doc;
	const struct fa_match_flow *flow; /* NULL: a document */
	struct fa_arena *a;
	struct fa_err *err;
	enum fa_polarity *polarity;     /* per clause */
	struct ref_hits *hits;          /* per pattern */
	bool *in_class[FA_SCOPE_COUNT]; /* per sentence: it has a mention */
	bool limited; /* a pattern of the rule under evaluation was limited */
	bool scope_limited; /* ... of a scope rule */
	uint32_t limits_hit;
};

FA_MUST_CHECK int ref_work_init(struct ref_work *w, struct ref_matcher *m,
	const struct fa_doc *doc, const struct fa_match_flow *flow,
	struct fa_arena *a, struct fa_err *err);

int ref_no_memory(const struct ref_work *w);

/* All matches of a pattern, at every start of every sentence. */
FA_MUST_CHECK int ref_hits_of(
	const struct ref_hits **out, struct ref_work *w, uint32_t pattern);

/* The clause of the sentence that holds the byte at. */
uint32_t ref_clause_at(
	const struct fa_doc *doc, uint32_t sentence, uint32_t at);

/* Text around a sentence. */
#define REF_REGION_PARTS 6
struct ref_region {
	struct fa_range part[REF_REGION_PARTS]; /* none is empty */
	size_t n;
};

/* What region r is around this sentence and clause of it. */
void ref_region_around(struct ref_region *out, const struct ref_work *w,
	enum fa_region r, uint32_t near, uint32_t sentence,
	struct fa_range clause);

/* Does the sentence reach into the region? */
bool ref_region_touches(const struct ref_region *r, const struct fa_doc *doc,
	uint32_t sentence);

struct ref_fire {
	uint32_t sentence;
	struct fa_range text;
	bool exculpated;
};
struct ref_fires {
	struct ref_fire *at;
	size_t n, cap;
	bool limited;
};

/* Everything that a rule finds, sentence by sentence. */
FA_MUST_CHECK int ref_fires_of(
	struct ref_fires *out, struct ref_work *w, const struct fa_rule *rule);

/* Mentions and classes of faces; must come before all other rules. */
FA_MUST_CHECK int ref_scopes(struct fa_match *m, struct ref_work *w);
/* One verdict per obligation. */
FA_MUST_CHECK int ref_decide(
	struct fa_match *m, struct ref_work *w, int32_t as_of);
/* The uses of faces, and what belongs to each. */
FA_MUST_CHECK int ref_uses(struct fa_match *m, struct ref_work *w);

#endif
