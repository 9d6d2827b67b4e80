/* Any bytes as a recording of a phone, in every format of trees and graphs. */
#include <stdint.h>

#include "invariant_flow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	invariant_flow_import("uiautomator", "a.xml", data, size);
	invariant_flow_import("gkd", "a.json", data, size);
	invariant_flow_import("harmony", "a.json", data, size);
	invariant_flow_import("droidbot", "utg.js", data, size);
	return 0;
}
