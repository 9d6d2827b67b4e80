/* Texts in program sources: string literals of seven languages, and the markup
 * that three of them carry (JSX, templates of Vue, WXML). One lexer knows them
 * all: a table tells how the languages differ, and a stack of frames what is
 * open (brackets, elements, expressions inside of a text). It does not parse:
 * broken source costs a name or a group, never a text.
 *
 *     code     = { blank | comment | word | number | regex | text | jsx
 *                | "(" code ")" | "[" code "]" | "{" code "}" | mark }
 *     text     = literal { "+" ( literal | operand "+" literal ) }
 *     literal  = quote { character | escape | interpolation } quote
 *     element  = "<" name { attribute } ( "/>" | ">" { character | element
 *                | "{" code "}" | "{{" code "}}" } "</" name ">" )
 *
 * ECMA-262 12.9, JSX 2, Dart 17.7, Kotlin grammar (Strings), JLS 3.10.5-6, The
 * Swift Programming Language (Lexical Structure). */
#ifndef FA_READ_CODE_H
#define FA_READ_CODE_H

#include "base/err.h"
#include "read/strings.h"

#define FA_CODE_DEPTH 512        /* open brackets and elements; more are text */
#define FA_CODE_WORD_RUNES 6     /* a longer text in a text is one of its own */
#define FA_CODE_CONTROL_RUNES 30 /* a longer text is not a button's */
#define FA_CODE_NAME_BYTES 160   /* of the name of a text */
#define FA_CODE_OPERAND_BYTES 256 /* of what stands between two literals */
#define FA_CODE_NEUTRAL 0xFFFCu   /* stands for what is put in: no word */

enum fa_code_flag {
	FA_CODE_SINGLE = 1 << 0,   /* '...' is a text, else a character */
	FA_CODE_TEMPLATE = 1 << 1, /* `...` with ${} */
	FA_CODE_TRIPLE = 1 << 2,   /* """...""" */
	FA_CODE_TRIPLE_SINGLE = 1 << 3,
	FA_CODE_TRIPLE_RAW = 1 << 4, /* without escapes, margins of | */
	FA_CODE_RAW = 1 << 5,        /* r'...' */
	FA_CODE_HASHES = 1 << 6,     /* #"..."# */
	FA_CODE_DOLLAR = 1 << 7,     /* $x and ${x} in every text */
	FA_CODE_PAREN = 1 << 8,      /* \(x) */
	FA_CODE_BRACED = 1 << 9,     /* \u{...} */
	FA_CODE_ADJACENT = 1 << 10,  /* literals side by side are one */
	FA_CODE_MARKUP = 1 << 11,    /* JSX, and regular expressions */
	FA_CODE_NESTED = 1 << 12,    /* comments */
	FA_CODE_DECLARED = 1 << 13,  /* closures lay out what one function
				      * shows: only declarations hold groups */
	FA_CODE_TERNARY = 1 << 14,   /* ? : */
	FA_CODE_ANNOTATED = 1 << 15, /* @Name(...) speaks to tools */
	FA_CODE_TICKS = 1 << 16      /* `name` */
};

enum fa_code_kind {
	FA_CODE_BLOCK, /* { } of statements or members */
	FA_CODE_OBJECT,
	FA_CODE_PARENS,
	FA_CODE_BRACKETS,
	FA_CODE_INTERP,   /* ${ } or \( ) in a literal, which goes on behind */
	FA_CODE_VALUE,    /* { } of JSX */
	FA_CODE_MUSTACHE, /* {{ }} */
	FA_CODE_LIMIT,    /* code in an attribute value, up to its quote */
	/* Markup: */
	FA_CODE_VALUE_TEXT, /* attribute value with {{ }} */
	FA_CODE_TAG,        /* before the ">" */
	FA_CODE_ELEMENT     /* behind it */
};

enum fa_code_markup { FA_CODE_JSX, FA_CODE_VUE, FA_CODE_WXML };

struct fa_code_quote {
	char mark;
	uint8_t n;      /* of marks */
	uint8_t hashes; /* around them */
	bool raw;       /* no escapes */
	bool multi;     /* over lines */
	bool dollar;    /* $x */
	bool braces;    /* ${x} */
	bool margin;    /* blanks and | at the start of lines are layout */
	bool drop;      /* no user reads it */
};

struct fa_code_frame {
	enum fa_code_kind kind;
	struct fa_str name;  /* of a function, a call, an element */
	struct fa_str label; /* of a property, an argument, an attribute */
	uint32_t ternary;    /* ? without their : */
	uint32_t scope;      /* frame that holds the group, 1 + its index */
	/* Of one that holds a group: */
	uint32_t id;          /* told apart from others; 0: it does not */
	uint32_t entry;       /* 1 + its group of the builder; 0: none yet */
	struct fa_str prefix; /* what the names of its last texts share */
	bool parts;           /* holds groups, and goes on behind none */
	bool apart;           /* of an enum: each constant is shown alone */
	bool dialog;
	bool silent;  /* log messages and the like */
	bool inside;  /* of a text */
	bool inlined; /* element: does not end the text around it */
	bool control; /* element or call: a button */
	/* Of a literal that goes on, or a value: */
	struct fa_code_quote quote;
	size_t mark;   /* cells before it */
	size_t put_in; /* cells up to where it was put in */
	size_t end;    /* where the source around it ends */
};

/* What stands before the cursor. */
enum fa_code_prev {
	FA_CODE_NOTHING, /* also behind ; and the { and } of blocks */
	FA_CODE_PUNCT,   /* a value must follow */
	FA_CODE_KEYWORD, /* return and the like: a value may follow */
	FA_CODE_ARROW,
	FA_CODE_WORD,
	FA_CODE_OPERAND,
	FA_CODE_CLOSED /* ) */
};

enum fa_code_pending {
	FA_CODE_NO_PENDING,
	FA_CODE_FUNCTION,
	FA_CODE_CLASS,
	FA_CODE_ENUM,
	FA_CODE_VARIABLE
};

struct fa_code {
	struct fa_strings s;
	struct fa_build *b;
	struct fa_str text; /* of the source */
	size_t at, end;
	unsigned flags; /* of the language, enum fa_code_flag */
	enum fa_code_markup markup;
	struct fa_code_frame *frame; /* FA_CODE_DEPTH */
	size_t depth;
	uint32_t ids, last_dialog;

	enum fa_code_prev prev;
	struct fa_str word;   /* last one */
	struct fa_str path;   /* with those before it: a.b.c */
	struct fa_str closed; /* name of the call or head last closed */
	struct fa_str key;    /* last literal that may label */
	enum fa_code_pending pending;
	struct fa_str declared; /* its name */
	size_t pending_depth;
	unsigned annotation; /* 1 behind @, 2 behind its name */

	/* Text of an element that is being collected. */
	struct fa_str text_name;
	bool text_control, plain; /* plain: it has characters of its own */
	size_t self_closing, no_closing; /* what was looked up before */
	size_t no_regex; /* up to there no regular expression ends */
	struct fa_buf spare;
};

FA_MUST_CHECK int fa_script_extract(struct fa_build *b, struct fa_err *err);
FA_MUST_CHECK int fa_dart_extract(struct fa_build *b, struct fa_err *err);
FA_MUST_CHECK int fa_kotlin_extract(struct fa_build *b, struct fa_err *err);
FA_MUST_CHECK int fa_java_extract(struct fa_build *b, struct fa_err *err);
FA_MUST_CHECK int fa_swift_extract(struct fa_build *b, struct fa_err *err);
FA_MUST_CHECK int fa_vue_extract(struct fa_build *b, struct fa_err *err);
FA_MUST_CHECK int fa_wxml_extract(struct fa_build *b, struct fa_err *err);

/* For the files of this reader. */

/* code.c */
FA_MUST_CHECK int fa_code_init(struct fa_code *c, struct fa_build *b,
	unsigned flags, struct fa_err *err);
void fa_code_done(struct fa_code *c);
/* Reads [at, end) and closes all that it opened. */
FA_MUST_CHECK int fa_code_run(
	struct fa_code *c, size_t at, size_t end, struct fa_err *err);
/* Reads markup from at: an element, or with all whatever there is up to end;
 * *at is the place behind it. */
FA_MUST_CHECK int fa_code_run_markup(struct fa_code *c, size_t *at, size_t end,
	bool all, struct fa_err *err);
/* Language of scripts. */
unsigned fa_code_script(void);
/* What is wrong here, unless something was wrong before: some of the source may
 * be unread. */
void fa_code_complain(const struct fa_code *c, size_t at, const char *what);

/* The last word is the name of what a keyword has announced. */
void fa_code_declare(struct fa_code *c);

/* code_trivia.c: blanks and comments from at on; the place behind them. With
 * tell, comments are given to the builder. */
size_t fa_code_trivia(const struct fa_code *c, size_t at, bool tell);
/* The end of a comment at at, or at itself when there is none. */
size_t fa_code_comment(const struct fa_code *c, size_t at, bool tell);
/* A regular expression at at: the place behind it, or at. On a long line where
 * one had no end no other is looked for. */
size_t fa_code_regex(struct fa_code *c, size_t at);
bool fa_code_is_word(char ch, bool first);
static inline char
fa_code_char(const struct fa_code *c, size_t at)
{
	return at < c->end ? c->text.p[at] : '\0';
}

/* code_frame.c: the stack. */
/* NULL when nothing is open. */
struct fa_code_frame *fa_code_top(const struct fa_code *c);
/* A new frame, which has inherited what it should; NULL beyond the limit. */
struct fa_code_frame *fa_code_push(
	struct fa_code *c, enum fa_code_kind kind, struct fa_str name);
void fa_code_pop(struct fa_code *c);
/* The frame holds a group from now on. */
void fa_code_scope(struct fa_code *c, struct fa_code_frame *f, bool parts);
/* Puts the cells, if they are a text. */
void fa_code_put(struct fa_code *c, struct fa_str name, bool control);
/* Puts the text of an element that is being collected. */
void fa_code_flush(struct fa_code *c);
/* Letters of any script among cells [from, n). */
bool fa_code_has_letter(const struct fa_code *c, size_t from);
/* Han, or two words. */
bool fa_code_is_text(const struct fa_code *c, size_t from);

/* code_name.c */
/* The name of a text here, into out; whether it labels a control. */
struct fa_str fa_code_name(
	const struct fa_code *c, char out[FA_CODE_NAME_BYTES], bool *control);
bool fa_code_is_dialog(struct fa_str path);
/* What begins a dialog that later statements fill. */
bool fa_code_is_builder(struct fa_str path);
bool fa_code_is_log(struct fa_str path);
/* A call that shows one message, or throws it. */
bool fa_code_is_toast(struct fa_str path);
bool fa_code_is_button(struct fa_str name);
/* Attributes that users read. */
bool fa_code_is_shown(struct fa_str attribute);
/* Attributes that nobody reads, whatever they hold. */
bool fa_code_is_inner(struct fa_str attribute);
/* Elements that do not end the text around them. */
bool fa_code_is_inline(struct fa_str element);
bool fa_code_is_void(struct fa_str element);
bool fa_code_is_keyword(struct fa_str word); /* behind which a value stands */
bool fa_code_is_head(struct fa_str word);    /* if, for ... */
bool fa_code_is_tag(struct fa_str word);     /* of a template for tools */
bool fa_code_has(struct fa_str name, struct fa_str lower); /* any case */
struct fa_str fa_code_last(struct fa_str path);

/* code_text.c */
/* Whether a literal begins at at; sets *q and the place behind its marks. */
bool fa_code_quote_at(const struct fa_code *c, size_t at,
	struct fa_code_quote *q, size_t *inner);
/* Reads the literal, until it ends or code is put in. */
void fa_code_literal(
	struct fa_code *c, struct fa_code_quote q, size_t inner, size_t mark);
/* The cell of what is put in. */
void fa_code_neutral(struct fa_code *c, size_t from, size_t to);
/* The code of f ends at to: when it held no text, its cell stands for all of
 * it. */
void fa_code_close_neutral(
	struct fa_code *c, const struct fa_code_frame *f, size_t to);

/* Puts the cells from mark on as a text of its own, those before it first. */
void fa_code_put_from(struct fa_code *c, size_t mark);
/* Forgets the cells from mark on. */
void fa_code_cut(struct fa_code *c, size_t mark);

/* code_escape.c: one escape at at, which is a backslash; the place behind. */
size_t fa_code_escape(
	struct fa_code *c, size_t at, const struct fa_code_quote *q);

/* code_punct.c: marks. */
void fa_code_punct(struct fa_code *c);
/* code_bracket.c */
void fa_code_bracket(struct fa_code *c, char ch);

/* code_markup.c, code_tag.c */
/* Whether "<" at the cursor begins an element of JSX, not a comparison or the
 * arguments of a type. */
bool fa_code_is_element(struct fa_code *c);
/* Begins the element at "<". */
void fa_code_element(struct fa_code *c);
/* Ends the innermost element. */
void fa_code_end_element(struct fa_code *c);
void fa_code_tag_step(struct fa_code *c);
void fa_code_element_step(struct fa_code *c);
void fa_code_value_step(struct fa_code *c);
/* Keeps whose text the next one is, when none is being collected. */
void fa_code_begin_text(struct fa_code *c);

#endif
