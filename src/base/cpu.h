/* The processors of the machine. */
#ifndef FA_BASE_CPU_H
#define FA_BASE_CPU_H

/* How many are switched on; at least 1. */
unsigned fa_processors(void);

/* Which vector instructions there are. Functions that have a version for them
 * take this as an argument, so that tests run each version. */
enum fa_simd { FA_SIMD_SCALAR, FA_SIMD_AVX2 };
enum fa_simd fa_cpu_simd(void);

#endif
