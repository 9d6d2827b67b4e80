/* Any bytes as a document whose format is found out, and as plain text. */
#include "fuzz/invariant_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	invariant_fuzz(data, size, FA_FORMAT_AUTO);
	invariant_fuzz(data, size, FA_FORMAT_TEXT);
	return 0;
}
