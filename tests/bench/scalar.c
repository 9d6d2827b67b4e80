/* Linked with --wrap: everything that asks for the vectors of the processor
 * asks here. */
#include "bench/bench.h"

#include "base/cpu.h"

enum fa_simd __real_fa_cpu_simd(void);
enum fa_simd __wrap_fa_cpu_simd(void);

static bool none;

void
bench_scalar(bool scalar)
{
	none = scalar;
}

enum fa_simd
__wrap_fa_cpu_simd(void)
{
	return none ? FA_SIMD_SCALAR : __real_fa_cpu_simd();
}
