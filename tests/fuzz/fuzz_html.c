/* Any bytes as an HTML page. */
#include "fuzz/invariant_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	invariant_fuzz(data, size, FA_FORMAT_HTML);
	return 0;
}
