/* Any bytes as what comes down the pipe of a probe: the head means what it
 * says, and a child answers whatever it is given, with bad_input unless all of
 * it is a picture. */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "facecheck/child/child.h"
#include "facecheck/child/wire.h"
#include "facecheck/standin.h"

#define SIDE 32

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(int holds)
{
	if (!holds)
		abort();
}

/* Bytes of pixels that the head announces, 0 for no head. */
static size_t
check_head(const uint8_t *data, size_t size, bool reference)
{
	uint8_t again[FC_WIRE_HEAD];
	struct fc_wire w = { 0 };
	size_t n;

	if (size < FC_WIRE_HEAD)
		return 0;
	n = fc_wire_parse(&w, data, reference);
	if (n == 0) {
		check(w.frames == 0);
		return 0;
	}
	check(n == (size_t)w.frames * w.width * w.height);
	check(n <= FC_PIXELS_MAX && w.frames <= FC_FRAMES_MAX);
	check(!reference || (w.frames == 1 && w.turn == FC_TURN_NONE));
	fc_wire_write(again, &w);
	check(memcmp(again, data, sizeof(again)) == 0);
	return n;
}

static void
check_order(const uint8_t *data, size_t size)
{
	uint8_t again[FC_ORDER_BYTES];
	struct fc_order o;

	if (size < FC_ORDER_BYTES || !fc_order_parse(&o, data))
		return;
	fc_order_write(again, &o);
	check(memcmp(again, data, sizeof(again)) == 0);
}

static int
file_of(const uint8_t *p, size_t n)
{
	int fd = memfd_create("side", MFD_CLOEXEC);

	check(fd >= 0 && write(fd, p, n) == (ssize_t)n &&
		lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

static void
check_child(const uint8_t *data, size_t size, size_t pixels)
{
	static uint8_t picture[FC_WIRE_HEAD + SIDE * SIDE];
	struct fc_child_opts o = { .plugin = &standin };
	struct fc_wire w = { 1, SIDE, SIDE, FC_TURN_NONE };
	struct fc_children *c = NULL;
	enum fc_answer a = FC_INTERNAL;
	int reference, probe;

	fc_wire_write(picture, &w);
	standin_picture(picture + FC_WIRE_HEAD, SIDE, 1, 0);
	reference = file_of(picture, sizeof(picture));
	probe = file_of(data, size);
	check(fc_children_new(&c, &o, NULL) == FA_OK);
	check(fc_children_verify(&a, c, reference, probe, NULL) == FA_OK);
	check(a != FC_INTERNAL);
	if (pixels == 0 || size != FC_WIRE_HEAD + pixels)
		check(a == FC_BAD_INPUT);
	fc_children_free(c);
	close(reference);
	close(probe);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t pixels = check_head(data, size, false);

	(void)check_head(data, size, true);
	check_order(data, size);
	/* a process costs more than a head: not for every wrong one */
	if (pixels > 0 || size % 64 == 0)
		check_child(data, size, pixels);
	return 0;
}
