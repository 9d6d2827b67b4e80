/* The processors of the machine. */
#ifndef FA_BASE_CPU_H
#define FA_BASE_CPU_H

#define FA_THREADS_EACH 4

/* How many are switched on; at least 1. */
unsigned fa_processors(void);
/* How many threads to work with when asked of them are wanted, 0 for one per
 * processor: at most max, and FA_THREADS_EACH for each processor, since more
 * would only wait for each other. */
unsigned fa_threads(unsigned asked, unsigned max);

/* Which vector instructions there are. Functions that have a version for them
 * take this as an argument, so that tests run each version. */
enum fa_simd { FA_SIMD_SCALAR, FA_SIMD_AVX2 };
enum fa_simd fa_cpu_simd(void);

#endif
