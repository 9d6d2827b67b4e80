/* The compiled form of a bundle: one line of JSON,
 *
 *     {"bundle":VALUE,"sha256":"<hex of VALUE>"}
 *
 * VALUE repeats the sources in a fixed order: keys sorted, lists sorted by
 * id (the ledger as it was written), no blanks, integers only. Expanded
 * patterns, anonymous lexicons, needs and the rules that report silence are not
 * in it: the loader makes them, by the code that makes them from YAML.
 *
 *     {"format":"faceaudit-rules/1",
 *      "instruments":[{"binding":true,"code":"FRM","in_force_from":20250601,
 *        "in_force_to":0,"issuer":T,"number":"...","page":"...","title":T}],
 *      "ledger":[{"article":"10(1)","ask":T,"id":"FRM.10.1",
 *        "instrument":"FRM","obligations":["FRM.10.1"],"status":"partial",
 *        "title":T}],
 *      "lexicons":[{"name":"face","words":["..."]}],
 *      "measured":{"obligations":[{"gap":{"found":3,"labelled":4},
 *        "id":"FRM.10.1","violation":{"found":8,"labelled":10}}],
 *        "rules":[{"hits":9,"id":"FRM.10.1-sole","right":8}],
 *        "sets":[{"documents":48,"name":"corpora","sha256":"..."}]},
 *      "obligations":[{"article":"10(1)","fix":T,"gap":T,"id":"FRM.10.1",
 *        "instrument":"FRM","kind":"duty","refs":[{"article":"28",
 *        "instrument":"PIPL"}],"scopes":["FACE_ID"],"severity":"high",
 *        "silent":"gap","title":T,"why":T,"wording":T}],
 *      "rules":[{"examples":[{"matches":true,"text":"..."}],
 *        "false_positives":"...","find":C,"fix":T,"id":"FRM.10.1-sole",
 *        "obligation":"FRM.10.1","scope":"PHOTO","status":"test","title":T,
 *        "unless":[C],"verdict":"violation","why":T,"wording":T}],
 *      "tiers":{"established":900,"probable":700},
 *      "weights":{"advisory":0,"critical":750,...}}
 *
 * T is {"en":"...","zh":"..."}; C is a condition:
 *     {"in":"near 2","match":"...","polarity":"negated"}
 *     {"in":"block","scope":["FACE_ID"]}  {"fact":"sole_method"}
 *     {"all":[C],"in":"sentence"}  {"any":[C]}  {"none":[C]}
 * Absent are: in when inherited, polarity any, why, fix, wording, gap, number,
 * ask, false_positives and the ledger when there are none, empty lists,
 * obligation or scope of the other kind of rule, measurements without hits or
 * labels. */
#ifndef FA_RULES_BUNDLE_H
#define FA_RULES_BUNDLE_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "model/rule.h"

/* Writes VALUE, which is what the digest is taken of. */
FA_MUST_CHECK int fa_rules_write_value(
	const struct fa_bundle *b, struct fa_buf *out, struct fa_err *err);
/* Writes the member "obligations" of "measured", if there is any. */
void fa_rules_write_recall(struct fa_jw *w, const struct fa_bundle *b);

#endif
