/* A matcher in a shared object: the stand-in with another encode. The source
 * includes this, defines enum fc_saying bad_encode(...) and ends with
 * PLUGIN(name, bad_encode). */
#ifndef TESTS_FACECHECK_PLUGIN_H
#define TESTS_FACECHECK_PLUGIN_H

#include "facecheck/standin.h"

#define ENCODE_ARGS                                                            \
	const void *model, const struct fc_picture *picture, uint8_t *templ,   \
		void *scratch

#define PLUGIN(called, its_open, its_encode)                                   \
	static const struct fc_plugin plugin = {                               \
		.abi = FC_PLUGIN_ABI,                                          \
		.name = called,                                                \
		.version = "1",                                                \
		.template_bytes = STANDIN_TEMPLATE,                            \
		.scratch_bytes = 2 * STANDIN_TEMPLATE * sizeof(uint32_t),      \
		.frames = 2,                                                   \
		.open = its_open,                                              \
		.encode = its_encode,                                          \
		.alive = standin_alive,                                        \
		.compare = standin_compare,                                    \
		.close = standin_close,                                        \
	};                                                                     \
	const struct fc_plugin *fc_plugin_v1(void);                            \
	const struct fc_plugin *fc_plugin_v1(void)                             \
	{                                                                      \
		return &plugin;                                                \
	}                                                                      \
	int leaked(const uint8_t *templ, uint32_t n)

#endif
