/* Any bytes as Markdown. */
#include "fuzz/invariant_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	invariant_fuzz(data, size, FA_FORMAT_MARKDOWN);
	return 0;
}
