/* Rules as the matcher, the score and the reports see them: one bundle, made
 * by `rules` from YAML or from its compiled JSON form, read-only afterwards.
 * All text lives in the arena of the bundle. */
#ifndef FA_MODEL_RULE_H
#define FA_MODEL_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/str.h"
#include "model/fact.h"

#define FA_NAME_LEXICONS 16384 /* lexicons in a bundle, at most */

enum fa_lang { FA_LANG_ZH, FA_LANG_EN, FA_LANG_COUNT };

struct fa_text2 {
	struct fa_str in[FA_LANG_COUNT]; /* both languages, always present */
};

/* Result for one obligation and one subject. The order is the precedence:
 * of the rules that fire, the highest wins. */
enum fa_verdict {
	FA_VERDICT_NOT_APPLICABLE,
	FA_VERDICT_GAP,
	FA_VERDICT_CANNOT_TELL,
	FA_VERDICT_COMPLIANT,
	FA_VERDICT_VIOLATION
};
#define FA_VERDICT_COUNT 5

enum fa_severity {
	FA_SEVERITY_ADVISORY,
	FA_SEVERITY_LOW,
	FA_SEVERITY_MEDIUM,
	FA_SEVERITY_HIGH,
	FA_SEVERITY_CRITICAL
};
#define FA_SEVERITY_COUNT 5

/* Classes of face mention (law.md 3.0); a document's scope is a set. */
enum fa_scope {
	FA_SCOPE_FACE_ID,
	FA_SCOPE_OS_BIO,
	FA_SCOPE_FACE_FX,
	FA_SCOPE_PHOTO,
	FA_SCOPE_DEFN,
	FA_SCOPE_COUNT
};
#define FA_SCOPE_BIT(s) (1u << (s))

/* What a clause does with its predicate; computed once per clause. */
enum fa_polarity {
	FA_POLARITY_ANY,
	FA_POLARITY_AFFIRMED,
	FA_POLARITY_NEGATED,
	FA_POLARITY_QUESTION,
	FA_POLARITY_ADVICE, /* tells the user what (not) to do: 请勿… */
	FA_POLARITY_HYPOTHETICAL /* the if-part of a conditional */
};
#define FA_POLARITY_COUNT 6

enum fa_region {
	FA_REGION_CLAUSE,
	FA_REGION_SENTENCE,
	FA_REGION_NEAR,  /* the sentence, N before and N after, same section */
	FA_REGION_BLOCK, /* paragraph, item or cell, with its head sentence or
			  * header cell and the other cells of its row */
	FA_REGION_LIST,  /* all items of the list, its head, the block after */
	FA_REGION_SECTION, /* innermost section with its heading */
	FA_REGION_DOCUMENT,
	FA_REGION_SCREEN, /* of a flow: the screen */
	FA_REGION_PATH    /* ... and those before it on the shortest way from
			   * the start, five at most */
};
#define FA_REGION_COUNT 9

enum fa_cond_kind {
	FA_COND_PATTERN,
	FA_COND_SCOPE, /* a sentence with a mention of one of these classes */
	FA_COND_FACT,  /* a sentence of what a flow fact is about */
	FA_COND_ALL,
	FA_COND_ANY,
	FA_COND_NONE
};

/* One node of a condition tree. A node is evaluated on a region of text; its
 * own region, when has_region is set, replaces the one it inherits (grown
 * around the sentence under examination). A pattern never crosses a sentence
 * end: it holds in a region when it matches within one sentence of it. */
struct fa_cond {
	enum fa_cond_kind kind;
	bool has_region;
	enum fa_region region;
	uint32_t near;               /* FA_REGION_NEAR: N */
	uint32_t pattern;            /* PATTERN: index into bundle->patterns */
	enum fa_polarity polarity;   /* PATTERN: of the clause it ends in */
	uint32_t scopes;             /* SCOPE: set of FA_SCOPE_BIT */
	enum fa_fact_kind fact;      /* FACT */
	const struct fa_cond *child; /* ALL, ANY, NONE: first of n children */
	size_t child_n;
};

struct fa_lexicon {
	struct fa_str name;   /* without braces */
	/* Folded for matching, sorted longest first. None of a set without a
	 * name (=...) when the bundle is built into the program. */
	struct fa_str *words;
	size_t words_n;
	bool included; /* by another lexicon; this and the place: not in JSON */
	struct fa_str file; /* source file and line, for lint */
	uint32_t line;
};

#define FA_PATTERN_NEEDS 3 /* word sets that gate a pattern, the rarest */

/* A pattern: PCRE2 text in which {name} stands for a lexicon and {..N} for a
 * gap of at most N characters (default 12) inside the sentence. */
struct fa_pattern {
	struct fa_str source;
	struct fa_str regex; /* expanded */
	/* Lexicons: no match without a word of each. */
	uint16_t needs[FA_PATTERN_NEEDS];
	uint16_t needs_n;
};

struct fa_example {
	struct fa_str text;
	bool matches; /* the rule fires on this text / does not fire */
};

struct fa_ref {
	struct fa_str instrument; /* code, as in instruments.yaml */
	struct fa_str article;    /* "10(1)" */
};

enum fa_status { FA_STATUS_EXPERIMENTAL, FA_STATUS_TEST, FA_STATUS_STABLE };

struct fa_rule {
	struct fa_str id;
	uint32_t obligation;     /* index; FA_RULE_NONE for a scope rule */
	enum fa_verdict verdict; /* that firing supports */
	int scope;               /* enum fa_scope of a scope rule, else -1 */
	bool on_flow;            /* judges flows; else documents */
	bool defers;             /* to what documents of the app say */
	enum fa_status status;
	struct fa_text2 title; /* what was found */
	struct fa_text2 why;   /* absent: the obligation's */
	struct fa_text2 fix;   /* absent: the obligation's */
	/* Model text to put in the place of what was found, with 【...】
	 * for what only the operator knows; absent: fa_bundle_wording. */
	struct fa_text2 wording;
	uint32_t wording_line;        /* in file; not in JSON */
	const struct fa_cond *find;   /* NULL: the rule that reports silence */
	const struct fa_cond *unless; /* NULL or ANY of conditions */
	struct fa_example *examples;
	size_t examples_n;
	struct fa_str false_positives; /* prose, may be absent */
	struct fa_str file; /* source file and line, for lint; not in JSON */
	uint32_t line;
	/* Measured on labelled documents and frozen in the bundle. */
	uint32_t hits;      /* labelled documents whose verdict it supports */
	uint32_t right;     /* of these, the label agreed */
	uint32_t precision; /* Wilson 95 % lower bound, thousandths */
};
#define FA_RULE_NONE UINT32_MAX

/* How much of what people saw the rules see, on labelled documents. */
struct fa_recall {
	uint32_t labelled; /* documents that people gave the verdict */
	uint32_t found;    /* of these, judged so */
};

enum fa_kind { FA_KIND_PROHIBITION, FA_KIND_DUTY, FA_KIND_ENCOURAGEMENT };

struct fa_obligation {
	struct fa_str id; /* FRM.10.1 */
	/* The obligation that this is a part of (FRM.10.1 of FRM.10.1.a), or
	 * NULL: they count once in a score, and an app's verdict is that of
	 * the whole. */
	const struct fa_obligation *part_of;
	uint32_t instrument;
	struct fa_str article;
	enum fa_kind kind;
	enum fa_severity severity;
	enum fa_verdict silent; /* GAP or NOT_APPLICABLE when nothing fires */
	uint32_t scopes;        /* applies when the document has one of these */
	struct fa_text2 title;  /* the duty in a few words */
	struct fa_text2 why;
	struct fa_text2 fix;
	struct fa_text2 wording; /* that meets it in a document; or absent */
	uint32_t wording_line;   /* in file; not in JSON */
	struct fa_text2 gap; /* what is missing; absent when silent is N/A */
	struct fa_ref *refs;
	size_t refs_n;
	uint32_t gap_rule; /* index of the rule that reports silence, or NONE */
	uint32_t loss;     /* thousandths, from weights and severity */
	/* By verdict, frozen like the precision of rules; that of
	 * FA_VERDICT_NOT_APPLICABLE stays empty. */
	struct fa_recall recall[FA_VERDICT_COUNT];
	struct fa_str file; /* source file and line, for lint; not in JSON */
	uint32_t line;
};

struct fa_instrument {
	struct fa_str code; /* FRM */
	struct fa_text2 title;
	struct fa_text2 issuer;
	struct fa_str number;
	int32_t in_force_from; /* YYYYMMDD; 0 never (a draft) */
	int32_t in_force_to;   /* 0: open */
	struct fa_str page;    /* official page */
	bool binding;          /* false for a recommended standard or a draft */
};

/* How far the rules see a paragraph of the law. */
enum fa_ledger_status {
	FA_LEDGER_AUTOMATED,     /* rules decide it on documents */
	FA_LEDGER_PARTIAL,       /* rules decide a part; people the rest */
	FA_LEDGER_MANUAL,        /* a person decides on what is published */
	FA_LEDGER_OUT_OF_REACH,  /* only the operator's own records show it */
	FA_LEDGER_NOT_APPLICABLE /* asks nothing of an operator */
};
#define FA_LEDGER_COUNT 5

/* One paragraph of an instrument in the ledger of what is covered. */
struct fa_ledger_entry {
	struct fa_str id; /* FRM.5.1.2 */
	uint32_t instrument;
	struct fa_str article; /* "5(1)(2)" */
	enum fa_ledger_status status;
	uint32_t *obligations; /* that cover it, ascending indices */
	size_t obligations_n;  /* > 0 iff AUTOMATED or PARTIAL */
	struct fa_text2 title; /* what the paragraph is about */
	struct fa_text2 ask;   /* the reason, or what to ask the operator for;
				* may be absent when AUTOMATED */
	struct fa_str file;    /* source file and line, for lint; not in JSON */
	uint32_t line;
};

/* A set of labelled documents that the frozen precision was measured on. */
struct fa_labelled_set {
	struct fa_str name;
	uint32_t documents;
	struct fa_str sha256; /* of the label file */
};

struct fa_word_table; /* model/words.h */
struct fa_programs;   /* model/program.h */

struct fa_bundle {
	struct fa_str version; /* of the rule format: "faceaudit-rules/1" */
	struct fa_instrument *instruments;
	size_t instruments_n;
	struct fa_obligation *obligations; /* in memcmp order of id */
	size_t obligations_n;
	struct fa_rule *rules; /* in memcmp order of id */
	size_t rules_n;
	struct fa_lexicon *lexicons; /* in memcmp order of name */
	size_t lexicons_n;
	struct fa_pattern *patterns;
	size_t patterns_n;
	struct fa_labelled_set *sets;
	size_t sets_n;
	struct fa_ledger_entry *ledger; /* in the order of its author */
	size_t ledger_n;
	struct fa_str *unmeasured; /* ids in precision.yaml that nothing has, */
	size_t unmeasured_n;       /* for lint; not in JSON */
	uint32_t loss[FA_SEVERITY_COUNT]; /* thousandths */
	uint32_t established, probable;   /* tier limits, thousandths */
	char sha256[FA_HASH_HEX_BYTES];   /* of the canonical JSON */
	/* All words of the lexicons, ready for search, when the bundle is built
	 * into the program; else NULL. Not in JSON. */
	const struct fa_word_table *table;
	/* What the patterns are searched with, but for those that need PCRE2;
	 * NULL when nobody made it. Not in JSON. */
	const struct fa_programs *programs;
};

/* Fixed ASCII names, as in YAML, JSON and the command line; never NULL. */
const char *fa_verdict_name(enum fa_verdict v); /* not_applicable ... */
char fa_verdict_letter(enum fa_verdict v);      /* N G Q C V */
const char *fa_severity_name(enum fa_severity s);
const char *fa_scope_name(int s); /* FACE_ID ...; NONE for -1 */
const char *fa_polarity_name(enum fa_polarity p);
const char *fa_region_name(enum fa_region r);
const char *fa_status_name(enum fa_status s);
const char *fa_kind_name(enum fa_kind k);
const char *fa_lang_name(enum fa_lang l);            /* zh, en */
const char *fa_ledger_name(enum fa_ledger_status s); /* automated ... */
/* The value of a name, or -1. */
int fa_verdict_parse(struct fa_str s);
int fa_severity_parse(struct fa_str s);
int fa_scope_parse(struct fa_str s);
int fa_polarity_parse(struct fa_str s);
int fa_region_parse(struct fa_str s); /* "near" without its number */
int fa_status_parse(struct fa_str s);
int fa_kind_parse(struct fa_str s);
int fa_lang_parse(struct fa_str s);

/* The verdict on an obligation two parts of which have these: a part that
 * cannot be told outweighs one that is met. */
enum fa_verdict fa_verdict_of_parts(enum fa_verdict a, enum fa_verdict b);

/* Does the rule hold only where something is said nowhere in the document (or,
 * with sections, in the section)? Where a document is only a part of what is
 * said, it decides nothing. */
bool fa_rule_wants_silence(const struct fa_rule *r, bool sections);

/* Entries of the ledger by status. */
void fa_bundle_ledger(
	const struct fa_bundle *b, uint32_t counts[FA_LEDGER_COUNT]);

/* The obligation as which this one counts: the one that it is a part of, or
 * itself. */
uint32_t fa_bundle_whole(const struct fa_bundle *b, uint32_t obligation);

/* The model text for what a rule reports: its own, else that of its obligation
 * when it judges documents (what an obligation offers is a sentence of a
 * document, which cures no flow). rule FA_RULE_NONE: the obligation's. NULL
 * when no wording would cure it. Lives in b. */
const struct fa_text2 *fa_bundle_wording(
	const struct fa_bundle *b, uint32_t obligation, uint32_t rule);

/* Index by id, or FA_RULE_NONE. */
uint32_t fa_bundle_rule(const struct fa_bundle *b, struct fa_str id);
uint32_t fa_bundle_obligation(const struct fa_bundle *b, struct fa_str id);

#endif
