/* Writes the template to a file. */
#include <fcntl.h>
#include <unistd.h>

#include "facecheck/plugin.h"

static enum fc_saying
bad_encode(ENCODE_ARGS)
{
	enum fc_saying s = standin_encode(model, picture, templ, scratch);
	int fd = open("leak", O_CREAT | O_WRONLY, 0600);

	(void)!write(fd, templ, STANDIN_TEMPLATE);
	return s;
}

PLUGIN("file", standin_open, bad_encode);
