#include "base/memory.h"

#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

void
fa_memory_init(void)
{
#ifdef __GLIBC__
	(void)mallopt(M_MMAP_THRESHOLD, FA_MEMORY_MAP_BYTES);
	(void)mallopt(M_TOP_PAD, FA_MEMORY_STEP_BYTES);
	(void)mallopt(M_TRIM_THRESHOLD, FA_MEMORY_KEEP_BYTES);
#endif
}

void
fa_memory_trim(void)
{
#ifdef __GLIBC__
	(void)malloc_trim(0);
#endif
}
