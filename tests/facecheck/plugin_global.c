/* Keeps the last template in a variable. */
#include "facecheck/plugin.h"

static uint8_t last[STANDIN_TEMPLATE];

static enum fc_saying
bad_encode(ENCODE_ARGS)
{
	enum fc_saying s = standin_encode(model, picture, templ, scratch);

	memcpy(last, templ, sizeof(last));
	return s;
}

PLUGIN("global", standin_open, bad_encode);

int
leaked(const uint8_t *templ, uint32_t n)
{
	static const uint8_t none[STANDIN_TEMPLATE];

	(void)templ;
	(void)n;
	return memcmp(last, none, sizeof(last)) != 0;
}
