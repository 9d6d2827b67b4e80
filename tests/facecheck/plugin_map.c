/* Takes memory of its own. */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "facecheck/plugin.h"

static enum fc_saying
bad_encode(ENCODE_ARGS)
{
	void *p = mmap(NULL, 65536, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)p;
	return standin_encode(model, picture, templ, scratch);
}

PLUGIN("map", standin_open, bad_encode);
