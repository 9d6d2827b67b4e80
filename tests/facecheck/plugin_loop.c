/* Never ends. */
#include "facecheck/plugin.h"

static enum fc_saying
bad_encode(ENCODE_ARGS)
{
	volatile int on = 1;

	while (on)
		;
	return standin_encode(model, picture, templ, scratch);
}

PLUGIN("loop", standin_open, bad_encode);
