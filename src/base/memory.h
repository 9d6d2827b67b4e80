/* How the process gives memory back. */
#ifndef FA_BASE_MEMORY_H
#define FA_BASE_MEMORY_H

#define FA_MEMORY_MAP_BYTES 131072 /* larger blocks are mapped */
/* Of the smaller ones: how much is asked of the system at a time, and how much
 * that is free is kept, so that it is not given back and asked for again with
 * every document. */
#define FA_MEMORY_STEP_BYTES (256 << 10)
#define FA_MEMORY_KEEP_BYTES (4 << 20)

/* To be called once, first. Large blocks go back to the system when they are
 * freed: left to itself, the C library stops mapping them after the first, and
 * a long run keeps the largest document it has met. */
void fa_memory_init(void);
/* Gives back what is free now, between two stages of a long run. */
void fa_memory_trim(void);

#endif
