/* Lexicons, a line each, words between bars; behind an empty line a text.
 * Invariant: the gate finds what a plain search finds, by whatever
 * instructions. */
#include "fuzz/invariant_words.h"

#include <string.h>

#define LEXICONS 70
#define WORDS 200
#define MOST 20000 /* time grows with the product */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str rest = { (const char *)data, size };
	struct fa_lexicon lexicons[LEXICONS];
	struct fa_str words[WORDS];
	struct fa_bundle b = { .lexicons = lexicons };
	size_t n = 0;

	memset(lexicons, 0, sizeof(lexicons));
	if (size > MOST)
		return 0;
	while (b.lexicons_n < LEXICONS) {
		struct fa_str line = fa_str_cut(&rest, '\n');
		struct fa_lexicon *l = &lexicons[b.lexicons_n];

		if (line.n == 0)
			break;
		l->words = words + n;
		while (line.p != NULL && n < WORDS) {
			words[n++] = fa_str_cut(&line, '|');
			l->words_n++;
		}
		b.lexicons_n++;
	}
	if (rest.p != NULL && fa_utf8_valid(rest))
		(void)words_check(&b, rest);
	return 0;
}
