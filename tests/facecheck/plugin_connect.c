/* Connects to somebody. */
#include <arpa/inet.h>
#include <sys/socket.h>

#include "facecheck/plugin.h"

static enum fc_saying
bad_encode(ENCODE_ARGS)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons(9),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	(void)connect(fd, (struct sockaddr *)&to, sizeof(to));
	return standin_encode(model, picture, templ, scratch);
}

PLUGIN("connect", standin_open, bad_encode);
