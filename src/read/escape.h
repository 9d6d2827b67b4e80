/* Escapes behind a backslash that formats of strings share. */
#ifndef FA_READ_ESCAPE_H
#define FA_READ_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* The number of exactly that many hexadecimal digits at s[at]; false when
 * there are fewer. */
bool fa_escape_hex(struct fa_str s, size_t at, unsigned digits, uint32_t *out);
/* A code unit of UTF-16 behind a backslash, four digits behind its letter at
 * s[at] ("u4eba"), with its second half when one of the same letter follows
 * ("ud83d\ude00"). Returns the bytes from the letter on, 0 when it is none; a
 * half without its other is FA_RUNE_BAD. */
size_t fa_escape_utf16(struct fa_str s, size_t at, uint32_t *cp);
/* The control character that \n, \r, \t, \b, \f, \v, \a or \0 stands for, else
 * c itself. */
uint32_t fa_escape_letter(char c);

#endif
