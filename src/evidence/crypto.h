/* What libcrypto says when it fails: a check that fails because memory is out
 * says nothing about what was checked. Private to evidence. */
#ifndef FA_EVIDENCE_CRYPTO_H
#define FA_EVIDENCE_CRYPTO_H

#include <stdbool.h>

/* Empties the queue of failures of this thread; what comes behind it is looked
 * at by the next. */
void fa_crypto_begin(void);
/* Has memory run out since then? Empties the queue. */
bool fa_crypto_is_memory_out(void);

#endif
