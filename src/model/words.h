/* All words of a bundle's lexicons as one trie, in which a scan takes one step
 * per character. The table is a constant of the program for the built-in rules
 * and made for others; it holds numbers, no pointers, so that the program that
 * carries it need not be relocated.
 *
 * Every character that stands in a word has a class, a small number; all others
 * share class 0. A node of the trie is the beginning of a word, and is numbered
 * too; a beginning of one character has the number of its class. The step from
 * a node by a character is at
 *
 *     steps[base[node] + class]
 *
 * which names the class again, and the node it leads to: a double array (Aoe,
 * "An efficient digital search algorithm by using a double-array structure",
 * IEEE Transactions on Software Engineering 15(9), 1989). No two nodes have the
 * same base, so a step that names the class is that of the node; there is a
 * place for every class behind every base, so that nobody need compare before
 * he looks.
 *
 * Numbers of nodes tell what they are, again so that there is nothing to look
 * up:
 *
 *     0                          none
 *     1 ... ones_n               words of one character
 *     ... classes_n              other classes
 *     ... leaves_end - 1         words that begin no other
 *     ... words_end - 1          words that begin others
 *     ... nodes_n - 1            what begins words and is none
 *
 * Words that begin no other and stand in the same lexicons share a number: what
 * is asked is which lexicons a text has, not which words.
 *
 * Example: the words 人脸, 人脸识别 and 刷. 刷 is 1, 人 is 2, 脸, 识 and 别,
 * which begin nothing, are 3, 4 and 5; 人脸识别 is 6 (leaves_end is 7), 人脸 is
 * 7 (words_end is 8), 人脸识 is 8. From 2 a step by 3 leads to 7. */
#ifndef FA_MODEL_WORDS_H
#define FA_MODEL_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/rule.h"

/* Characters below this have their class in a plain array: all that UTF-8
 * writes with the first byte E9 at most, hence all Chinese in use. */
#define FA_WORD_NEAR 0xA000u

/* A step is a class and, above it, a node. */
#define FA_WORD_CLASS_BITS 13
#define FA_WORD_CLASS ((1u << FA_WORD_CLASS_BITS) - 1)
#define FA_WORD_NO_STEP FA_WORD_CLASS /* no character has this class */
#define FA_WORD_CLASSES_MAX (FA_WORD_CLASS - 1)
#define FA_WORD_NODES_MAX (1u << (32 - FA_WORD_CLASS_BITS))

struct fa_word_far { /* a character from FA_WORD_NEAR on */
	uint32_t cp, class;
};

struct fa_word_table {
	/* Classes of the first FA_WORD_NEAR characters, and one more number,
	 * for those who read two at once. */
	const uint16_t *near;
	const struct fa_word_far *far; /* of others, by cp */
	size_t far_n;
	const uint32_t *base; /* by node; 0: no step leads on */
	const uint32_t *steps;
	size_t steps_n;
	size_t ones_n, classes_n;
	size_t leaves_end, words_end, nodes_n;
	size_t longest; /* characters of the longest word */
	/* The lexicons that hold the word w, ascending:
	 * uses[uses_from[w]] ... uses[uses_from[w + 1] - 1]. */
	const uint32_t *uses_from; /* words_end + 1 */
	const uint32_t *uses;
	size_t uses_n;
	size_t lexicons_n;
};

/* The table of b, which lives in a. Words that are empty or not UTF-8 stand in
 * no text, and are left out. Fails with FA_E_NOMEM, or FA_E_LIMIT. */
FA_MUST_CHECK int fa_word_table_new(const struct fa_word_table **out,
	const struct fa_bundle *b, struct fa_arena *a, struct fa_err *err);

/* The class of any character. */
uint32_t fa_word_class(const struct fa_word_table *t, uint32_t cp);

#endif
