/* Fills a lawyer's report (model/dossier.h) from a case, or from the store of
 * a sweep, which lacks the custody log and says so. Every text that was judged
 * is read again from its archived bytes and judged again by the rules of the
 * judgement that is reported, so that each quote of the report was cut from
 * the archive, and a store that says otherwise is found out. Nothing is
 * fetched and nothing is written. */
#ifndef FA_CASE_FACTS_H
#define FA_CASE_FACTS_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "model/dossier.h"
#include "model/rule.h"

#define FA_FACTS_DOCUMENTS 2000 /* texts and flows in one report */
#define FA_FACTS_STATUTE_BYTES (8u << 20)
#define FA_FACTS_BODY_BYTES (16u << 20)

struct fa_facts_opts {
	struct fa_str dir;    /* a case, or a store */
	struct fa_str target; /* key; absent: all of a case, the only one of a
			       * store */
	enum fa_lang lang;
	int32_t as_of;          /* of the judgement; 0: the newest */
	struct fa_str statutes; /* folder of official texts, or absent */
	struct fa_str app_file; /* the client itself, or absent */
	struct fa_str title, number, client, court, proves, reviewer;
	struct fa_str tool_version;
	int64_t made_us; /* 0: left out */
	/* What became of a request, in words; NULL: its code. */
	const char *(*outcome_word)(enum fa_lang lang, enum fa_outcome o);
};

/* Everything in *out lives in a. FA_E_NOTFOUND: no store, target, judgement or
 * folder of statutes.
 * A document whose bytes are gone or damaged is no failure: the report says
 * so. */
FA_MUST_CHECK int fa_facts_load(struct fa_dossier *out,
	const struct fa_facts_opts *o, struct fa_arena *a, struct fa_err *err);

#endif
