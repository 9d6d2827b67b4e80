#include "base/cpu.h"

#include <unistd.h>

unsigned
fa_processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n > 0 ? (unsigned)n : 1;
}
