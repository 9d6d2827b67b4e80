/* plugin_run MATCHER.so: verifies two pictures of one person with it. Prints
 * "level answer", or why it did not come to that. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "facecheck/child/child.h"
#include "facecheck/child/load.h"
#include "facecheck/child/wire.h"
#include "facecheck/standin.h"

#define PIXELS ((size_t)STANDIN_SIDE * STANDIN_SIDE)

static int
side(uint32_t take)
{
	static uint8_t bytes[FC_WIRE_HEAD + PIXELS];
	struct fc_wire w = { 1, STANDIN_SIDE, STANDIN_SIDE, FC_TURN_NONE };
	int fd = memfd_create("side", MFD_CLOEXEC);

	fc_wire_write(bytes, &w);
	standin_picture(bytes + FC_WIRE_HEAD, STANDIN_SIDE, 1, take);
	if (fd < 0 || write(fd, bytes, sizeof(bytes)) < 0 ||
		lseek(fd, 0, SEEK_SET) != 0)
		return -1;
	return fd;
}

static int
has_leaked(const struct fc_loaded *l)
{
	int (*leaked)(const uint8_t *, uint32_t);
	void *symbol = dlsym(l->handle, "leaked");

	if (!symbol)
		return 0;
	memcpy(&leaked, &symbol, sizeof(leaked));
	return leaked(NULL, STANDIN_TEMPLATE);
}

int
main(int argc, char **argv)
{
	struct fc_loaded l = { 0 };
	struct fc_children *c = NULL;
	struct fc_child_opts o = { .timeout_ms = 2000, .pool = 1 };
	struct fa_err err = { 0 };
	enum fc_answer a = FC_INTERNAL;
	int rc = fc_plugin_load(&l, argc > 1 ? argv[1] : "", NULL, &err);

	o.plugin = l.plugin;
	o.model = l.model;
	if (rc == FA_OK)
		rc = fc_children_new(&c, &o, &err);
	if (rc == FA_OK)
		rc = fc_children_verify(&a, c, side(0), side(1), &err);
	if (rc < 0)
		printf("%s %s\n", fa_rc_name(rc), err.msg);
	else
		printf("%s %s%s\n", fc_level_name(fc_children_level(c)),
			fc_answer_name(a), has_leaked(&l) ? " leaked" : "");
	fc_children_free(c);
	fc_plugin_close(&l);
	return rc < 0;
}
