/* Writes the template to standard output. */
#include <unistd.h>

#include "facecheck/plugin.h"

static enum fc_saying
bad_encode(ENCODE_ARGS)
{
	enum fc_saying s = standin_encode(model, picture, templ, scratch);

	(void)!write(1, "leak", 4);
	(void)!write(1, templ, STANDIN_TEMPLATE);
	return s;
}

PLUGIN("stdout", standin_open, bad_encode);
