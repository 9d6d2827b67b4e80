/* Any bytes as what developers declare: prompts, mini programs, pages. */
#include <stdint.h>

#include "invariant_flow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	invariant_flow_import(
		"android-privacy", "androidPrivacy.json", data, size);
	invariant_flow_import("wechat", "a.wxml", data, size);
	invariant_flow_import("html", "a.html", data, size);
	return 0;
}
