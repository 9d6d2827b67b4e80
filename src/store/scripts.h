/* The SQL of the store, embedded by the build: schema.sql makes version 1,
 * migrate-N.sql leads from version N - 1 to N. Private to store. */
#ifndef FA_STORE_SCRIPTS_H
#define FA_STORE_SCRIPTS_H

#include <stddef.h>

extern const char *const fa_store_scripts[];
extern const size_t fa_store_scripts_n;

#endif
