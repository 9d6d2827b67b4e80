/* Does not open without its files. */
#include "facecheck/plugin.h"

static int
bad_open(const char *dir, void **model)
{
	(void)model;
	return dir ? 0 : -1;
}

PLUGIN("closed", bad_open, standin_encode);
