/* Files from outside: pictures and cascades. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "facecheck/face/cascade.h"
#include "facecheck/face/pnm.h"

struct rig {
	struct fa_arena a;
	struct fa_err err;
};

static int
setup(void **state)
{
	static struct rig r;

	fa_arena_init(&r.a, 16u << 20);
	*state = &r;
	return 0;
}

static int
teardown(void **state)
{
	struct rig *r = *state;

	fa_arena_done(&r->a);
	return 0;
}

static void
expect_pixels(struct rig *r, struct fa_str file, uint32_t width,
	uint32_t height, const uint8_t *pixels)
{
	struct fc_picture p = { 0 };

	assert_int_equal(fc_pnm_read(&p, file, &r->a, &r->err), FA_OK);
	assert_int_equal(p.width, width);
	assert_int_equal(p.height, height);
	assert_memory_equal(p.pixels, pixels, (size_t)width * height);
}

static void
every_kind_of_picture_becomes_grey(void **state)
{
	struct rig *r = *state;
	static const uint8_t four[] = { 0, 85, 170, 255 };
	static const uint8_t colours[] = { 76, 150, 29, 255 };

	expect_pixels(r, FA_STR("P2 2 2 3 0 1 2 3"), 2, 2, four);
	expect_pixels(r, FA_STR("P2#x\n#y\n4 1\n#z\n3\n0 1 2 3\n"), 4, 1, four);
	expect_pixels(r, FA_STR("P5\n2 2\n3\n\0\1\2\3"), 2, 2, four);
	expect_pixels(
		r, FA_STR("P5 1 4 255 \0\x55\xaa\xff and more"), 1, 4, four);
	expect_pixels(r,
		FA_STR("P6 4 1 255\n\xff\0\0\0\xff\0\0\0\xff\xff\xff\xff"), 4,
		1, colours);
	expect_pixels(r, FA_STR("P3 2 1 1 1 0 0 0 1 0"), 2, 1, colours);
}

static void
expect_refused(struct rig *r, struct fa_str file, int rc, const char *words)
{
	struct fc_picture p = { NULL, 7, 7 };

	assert_int_equal(fc_pnm_read(&p, file, &r->a, &r->err), rc);
	assert_non_null(strstr(r->err.msg, words));
	assert_int_equal(p.width, 7);
}

static void
what_is_no_picture_is_refused(void **state)
{
	struct rig *r = *state;

	expect_refused(r, FA_STR(""), FA_E_INPUT, "no picture");
	expect_refused(r, FA_STR("P4 1 1 1"), FA_E_INPUT, "no picture");
	expect_refused(r, FA_STR("P52 2 255 aaaa"), FA_E_INPUT, "width");
	expect_refused(r, FA_STR("P5 0 2 255 aaaa"), FA_E_INPUT, "width");
	expect_refused(r, FA_STR("P5 2"), FA_E_INPUT, "width");
	expect_refused(r, FA_STR("P5 2 2"), FA_E_INPUT, "largest");
	expect_refused(r, FA_STR("P5 2 2 0 aaaa"), FA_E_INPUT, "largest");
	expect_refused(
		r, FA_STR("P5 2 2 65535 aaaaaaaa"), FA_E_UNSUPPORTED, "65535");
	expect_refused(r, FA_STR("P5 1025 2 255 a"), FA_E_LIMIT, "1025");
	expect_refused(
		r, FA_STR("P5 99999999999 1 255 a"), FA_E_INPUT, "width");
	expect_refused(r, FA_STR("P5 2 2 255"), FA_E_INPUT, "no blank");
	expect_refused(r, FA_STR("P5 2 2 255 aaa"), FA_E_INPUT, "ends early");
	expect_refused(r, FA_STR("P6 2 2 255 aaaa"), FA_E_INPUT, "ends early");
	expect_refused(r, FA_STR("P5 2 2 9 aaaa"), FA_E_INPUT, "pixel 0");
	expect_refused(r, FA_STR("P2 2 2 9 1 1 1 x  "), FA_E_INPUT, "pixel 3");
	expect_refused(r, FA_STR("P2 2 2 9 1 1 10 1"), FA_E_INPUT, "pixel 2");
}

#define HEAD                                                                   \
	"<opencv_storage><cascade><featureType>LBP</featureType>"              \
	"<height>24</height><width>24</width>"
#define WEAK(nodes, leaves)                                                    \
	"<_><internalNodes>" nodes "</internalNodes><leafValues>" leaves       \
	"</leafValues></_>"
#define STAGE(threshold, weak)                                                 \
	"<_><stageThreshold>" threshold                                        \
	"</stageThreshold><weakClassifiers>" weak "</weakClassifiers></_>"
#define FILE_OF(stages, rects)                                                 \
	FA_STR(HEAD "<stages>" stages "</stages><features>" rects              \
		    "</features></cascade></opencv_storage>")
#define RECT(r) "<_><rect>" r "</rect></_>"
#define ANY "0 -1 0 -1 -1 -1 -1 -1 -1 -1 -1"
#define FLAT "0 -1 0 0 0 0 0 0 0 0 -2147483648"

static void
a_cascade_finds_what_it_describes(void **state)
{
	struct rig *r = *state;
	/* Flat surroundings: all neighbours are as bright as the middle. */
	struct fa_str xml = FILE_OF(
		STAGE("5.0e-01", WEAK(FLAT, "1. -1.")), RECT("0 0 8 8"));
	struct fc_cascade *c = NULL;
	struct fc_cascade_scratch *s = fa_arena_new(&r->a, 1, sizeof(*s));
	uint8_t *memory = fa_arena_new(&r->a, 1, FC_PYRAMID_BYTES);
	uint8_t pixels[64 * 64];
	struct fc_picture picture = { pixels, 64, 64 };
	struct fc_cascade_box box;
	struct fc_pyramid p;

	assert_true(s && memory);
	assert_int_equal(fc_cascade_parse(&c, xml, "flat", &r->err), FA_OK);
	memset(pixels, 90, sizeof(pixels));
	assert_true(fc_pyramid_build(&p, &picture, memory));
	assert_true(fc_cascade_box_find(&box, c, &p, s));
	for (int y = 0; y < 64; y++)
		for (int x = 0; x < 64; x++)
			pixels[y * 64 + x] = (uint8_t)(x * 3);
	assert_true(fc_pyramid_build(&p, &picture, memory));
	assert_false(fc_cascade_box_find(&box, c, &p, s));
	fc_cascade_free(c);
}

static void
expect_bad(struct rig *r, struct fa_str xml, const char *words)
{
	struct fc_cascade *c = NULL;

	assert_int_equal(
		fc_cascade_parse(&c, xml, "bad.xml", &r->err), FA_E_INPUT);
	assert_null(c);
	assert_non_null(strstr(r->err.msg, "bad.xml"));
	assert_non_null(strstr(r->err.msg, words));
}

static void
a_hostile_cascade_is_refused(void **state)
{
	struct rig *r = *state;

#define GOOD_STAGE STAGE("-1", WEAK(ANY, "1 2"))
	expect_bad(r, FA_STR(""), "well-formed");
	expect_bad(r, FA_STR("<a>"), "well-formed");
	expect_bad(r, FA_STR("<a/>"), "no cascade");
	expect_bad(r, FA_STR("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
		"document type");
	expect_bad(r, FILE_OF("", RECT("0 0 1 1")), "no stages");
	expect_bad(r, FILE_OF(GOOD_STAGE, ""), "no features");
	expect_bad(r, FILE_OF(GOOD_STAGE, RECT("0 0 9 1")), "leaves");
	expect_bad(r, FILE_OF(GOOD_STAGE, RECT("22 0 1 1")), "leaves");
	expect_bad(r, FILE_OF(GOOD_STAGE, RECT("-1 0 1 1")), "rectangle");
	expect_bad(r, FILE_OF(GOOD_STAGE, RECT("0 0 0 1")), "rectangle");
	expect_bad(r, FILE_OF(GOOD_STAGE, RECT("0 0 1")), "rectangle");
	expect_bad(r, FILE_OF(GOOD_STAGE, RECT("0 0 1 1 1")), "rectangle");
	expect_bad(
		r, FILE_OF(GOOD_STAGE, RECT("0 0 1 4294967297")), "rectangle");
	expect_bad(r,
		FILE_OF(STAGE("-1", WEAK("0 -1 1 0 0 0 0 0 0 0 0", "1 2")),
			RECT("0 0 1 1")),
		"feature");
	expect_bad(r,
		FILE_OF(STAGE("-1", WEAK("0 -1 -1 0 0 0 0 0 0 0 0", "1 2")),
			RECT("0 0 1 1")),
		"feature");
	expect_bad(r,
		FILE_OF(STAGE("-1", WEAK("1 -1 0 0 0 0 0 0 0 0 0", "1 2")),
			RECT("0 0 1 1")),
		"tree");
	expect_bad(r,
		FILE_OF(STAGE("-1", WEAK("0 -1 0 0 0 0", "1 2")),
			RECT("0 0 1 1")),
		"eight");
	expect_bad(r,
		FILE_OF(STAGE("-1", WEAK(ANY " 0", "1 2")), RECT("0 0 1 1")),
		"more than one");
	expect_bad(r, FILE_OF(STAGE("-1", WEAK(ANY, "1")), RECT("0 0 1 1")),
		"leaf");
	expect_bad(r, FILE_OF(STAGE("-1", WEAK(ANY, "1 nan")), RECT("0 0 1 1")),
		"leaf");
	expect_bad(r, FILE_OF(STAGE("1e99", WEAK(ANY, "1 2")), RECT("0 0 1 1")),
		"threshold");
	expect_bad(r, FILE_OF(STAGE("1", ""), RECT("0 0 1 1")), "classifiers");
}

static void
a_directory_without_cascade_is_an_error(void **state)
{
	struct rig *r = *state;
	struct fc_cascade *c = NULL;

	assert_int_equal(fc_cascade_open(&c, "tests/unit", &r->err), FA_E_IO);
	assert_null(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_picture_becomes_grey),
		cmocka_unit_test(what_is_no_picture_is_refused),
		cmocka_unit_test(a_cascade_finds_what_it_describes),
		cmocka_unit_test(a_hostile_cascade_is_refused),
		cmocka_unit_test(a_directory_without_cascade_is_an_error),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
