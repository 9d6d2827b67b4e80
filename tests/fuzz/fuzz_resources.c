/* Any bytes as a file of resources: the first one names the format. */
#include "fuzz/invariant_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
	char letter;
	enum fa_format format;
} formats[] = {
	{ 'a', FA_FORMAT_ANDROID },
	{ 's', FA_FORMAT_STRINGS },
	{ 'p', FA_FORMAT_PLIST },
	{ 'x', FA_FORMAT_XCSTRINGS },
	{ 'j', FA_FORMAT_JSON },
	{ 'r', FA_FORMAT_PROPERTIES },
	{ 'o', FA_FORMAT_PO },
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	for (size_t i = 0; i < FA_COUNT(formats); i++)
		if (formats[i].letter == (char)data[0])
			invariant_fuzz(data + 1, size - 1, formats[i].format);
	return 0;
}
