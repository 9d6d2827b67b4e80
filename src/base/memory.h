/* How the process gives memory back. */
#ifndef FA_BASE_MEMORY_H
#define FA_BASE_MEMORY_H

#define FA_MEMORY_MAP_BYTES 65536 /* larger blocks are mapped */

/* To be called once, first. Large blocks go back to the system when they are
 * freed: left to itself, the C library stops mapping them after the first, and
 * a long run keeps the largest document it has met. */
void fa_memory_init(void);
/* Gives back what is free now, between two stages of a long run. */
void fa_memory_trim(void);

#endif
