/* The processors of the machine. */
#ifndef FA_BASE_CPU_H
#define FA_BASE_CPU_H

/* How many are switched on; at least 1. */
unsigned fa_processors(void);

#endif
