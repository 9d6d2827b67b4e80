/* Of an interface that does not exist. */
#include "facecheck/standin.h"

static const struct fc_plugin plugin = { .abi = 7, .name = "old" };
const struct fc_plugin *fc_plugin_v1(void);

const struct fc_plugin *
fc_plugin_v1(void)
{
	return &plugin;
}
