/* Children of tests: with the stand-in, and sides in files in memory. */
#ifndef TESTS_UNIT_RIG_CHILD_H
#define TESTS_UNIT_RIG_CHILD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "facecheck/child/child.h"
#include "facecheck/child/wire.h"
#include "facecheck/standin.h"

#define SIDE STANDIN_SIDE
#define PIXELS ((size_t)SIDE * SIDE)

/* valgrind needs system calls of its own in the child, and gives it another
 * exit status. Says that nothing is tested then. */
static inline bool
rig_is_in_valgrind(void)
{
	const char *loaded = getenv("LD_PRELOAD");

	if (!loaded || !strstr(loaded, "vgpreload"))
		return false;
	printf("1..0 # SKIP a child cannot live in valgrind\n");
	return true;
}

static inline struct fc_children *
children(const struct fc_plugin *p, unsigned pool, int64_t timeout_ms)
{
	struct fc_child_opts o = {
		.plugin = p, .pool = pool, .timeout_ms = timeout_ms
	};
	struct fc_children *c = NULL;
	struct fa_err err;

	if (fc_children_new(&c, &o, &err) != FA_OK)
		fail_msg("%s", err.msg);
	return c;
}

/* A file in memory of those bytes, at its beginning. */
static inline int
file_of(const void *p, size_t n)
{
	int fd = memfd_create("side", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, p, n), (ssize_t)n);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

/* A side of so many frames, one take each. */
static inline int
side_of(uint32_t person, uint32_t take, uint32_t frames, enum fc_turn turn)
{
	static uint8_t bytes[FC_WIRE_HEAD + FC_FRAMES_MAX * PIXELS];
	struct fc_wire w = { frames, SIDE, SIDE, turn };

	fc_wire_write(bytes, &w);
	for (uint32_t i = 0; i < frames; i++)
		standin_picture(bytes + FC_WIRE_HEAD + i * PIXELS, SIDE, person,
			take + i);
	return file_of(bytes, FC_WIRE_HEAD + frames * PIXELS);
}

static inline enum fc_answer
verify(struct fc_children *c, int reference, int probe)
{
	enum fc_answer a = FC_INTERNAL;
	struct fa_err err;

	if (fc_children_verify(&a, c, reference, probe, &err) != FA_OK)
		fail_msg("%s", err.msg);
	close(reference);
	close(probe);
	return a;
}

#endif
