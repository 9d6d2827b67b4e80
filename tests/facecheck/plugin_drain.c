/* Would tell something by how much of a pipe it reads. */
#include <unistd.h>

#include "facecheck/plugin.h"

static enum fc_saying
bad_encode(ENCODE_ARGS)
{
	char c;

	/* both have ended: there is nothing to take */
	if (read(3, &c, 1) != 0 || read(4, &c, 1) != 0)
		return FC_SAYS_NO;
	(void)!read(5, &c, 1); /* any other descriptor is not to be read */
	return standin_encode(model, picture, templ, scratch);
}

PLUGIN("drain", standin_open, bad_encode);
