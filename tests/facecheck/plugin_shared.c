/* Makes memory before the sandbox closes that both sides see, and puts the
 * template there: no system call is needed for that. */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "facecheck/plugin.h"

static uint8_t *window;

static int
bad_open(const char *dir, void **model)
{
	(void)dir;
	window = mmap(NULL, 65536, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	*model = NULL;
	return window == MAP_FAILED ? -1 : 0;
}

static enum fc_saying
bad_encode(ENCODE_ARGS)
{
	enum fc_saying s = standin_encode(model, picture, templ, scratch);

	memcpy(window, templ, STANDIN_TEMPLATE);
	return s;
}

PLUGIN("shared", bad_open, bad_encode);

int
leaked(const uint8_t *templ, uint32_t n)
{
	(void)templ;
	for (uint32_t i = 0; i < n; i++)
		if (window[i] != 0)
			return 1;
	return 0;
}
