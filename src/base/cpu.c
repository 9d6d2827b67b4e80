#include "base/cpu.h"

#include <unistd.h>

unsigned
fa_processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n > 0 ? (unsigned)n : 1;
}

enum fa_simd
fa_cpu_simd(void)
{
#ifdef __x86_64__
	return __builtin_cpu_supports("avx2") ? FA_SIMD_AVX2 : FA_SIMD_SCALAR;
#else
	return FA_SIMD_SCALAR;
#endif
}

unsigned
fa_threads(unsigned asked, unsigned max)
{
	unsigned n = fa_processors();

	if (asked == 0)
		return n < max ? n : max;
	if (max / FA_THREADS_EACH > n)
		max = n * FA_THREADS_EACH;
	return asked < max ? asked : max;
}
