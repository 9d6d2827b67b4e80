#include "flow/json_effect.h"

static const char *const names[FA_FLOW_EFFECTS_COUNT] = { "exit", "camera",
	"other-permission", "upload" };

const char *
fa_flow_effect_name(int i)
{
	return names[i];
}

int
fa_flow_effect_parse(struct fa_str s)
{
	for (int i = 0; i < FA_FLOW_EFFECTS_COUNT; i++) {
		if (fa_str_eq(s, fa_str_c(names[i])))
			return i;
	}
	return -1;
}
