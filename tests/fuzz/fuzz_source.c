/* Any bytes as a program source; the first one chooses the language. */
#include "fuzz/invariant_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum fa_format formats[] = { FA_FORMAT_SCRIPT,
		FA_FORMAT_VUE, FA_FORMAT_WXML, FA_FORMAT_DART, FA_FORMAT_KOTLIN,
		FA_FORMAT_JAVA, FA_FORMAT_SWIFT };

	if (size > 0)
		invariant_fuzz(data + 1, size - 1,
			formats[data[0] % FA_COUNT(formats)]);
	return 0;
}
