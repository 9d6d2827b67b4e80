/* What is written of a map is read from it, from any place on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/doc.h"
#include "read/map_write.h"

#define ROUNDS 200
#define CELLS 3000

struct cell {
	uint32_t text, n;
	struct fa_range raw;
};

static uint32_t
draw(uint32_t *state, uint32_t below)
{
	*state = *state * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(*state >> 8) * below >> 24);
}

/* Cells as documents have them: stretches of a few sizes, with gaps. */
static uint32_t
scribble(struct cell *cells, uint32_t *seed)
{
	static const uint32_t sizes[][2] = { { 3, 3 }, { 3, 3 }, { 1, 1 },
		{ 1, 3 }, { 1, 0 }, { 2, 2 }, { 4, 4 }, { 1, 6 }, { 3, 2 },
		{ 1, 2 }, { 18, 3 }, { 144, 70000 } };
	static const uint32_t gaps[] = { 1, 4, 32, 33, 127, 128, 100000 };
	uint32_t text = 0, raw = 0, i = 0, n = draw(seed, CELLS);

	while (i < n) {
		uint32_t stretch = 1 + draw(seed, draw(seed, 2) ? 9 : 200);
		const uint32_t *size = sizes[draw(seed, FA_COUNT(sizes))];

		if (draw(seed, 3) == 0)
			raw += gaps[draw(seed, FA_COUNT(gaps))];
		for (; stretch > 0 && i < n; stretch--, i++) {
			cells[i] = (struct cell){ text, size[0],
				{ raw, raw + size[1] } };
			text += size[0];
			raw += size[1];
		}
	}
	return n;
}

static void
write(struct fa_map *out, const struct cell *cells, uint32_t n,
	enum fa_encoding e, struct fa_arena *a)
{
	struct fa_map_write m;

	fa_map_write_init(&m, e, 16);
	for (uint32_t i = 0; i < n; i++)
		fa_map_write_cell(&m, cells[i].text, cells[i].n, cells[i].raw);
	assert_int_equal(m.code.rc, FA_OK);
	assert_true(fa_map_write_take(out, &m, a));
	fa_map_write_done(&m);
}

static void
every_cell_is_found_where_it_was_written(void **state)
{
	static const enum fa_encoding encodings[] = { FA_ENC_UTF8,
		FA_ENC_GB18030, FA_ENC_UTF16LE, FA_ENC_LATIN1 };
	static struct cell cells[CELLS];
	uint32_t seed = 5;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		uint32_t n = scribble(cells, &seed);
		struct fa_arena a;
		struct fa_map map;
		struct fa_map_walk all;
		struct fa_map_run run = { 0 };

		fa_arena_init(&a, 16 << 20);
		write(&map, cells, n, encodings[round % 4], &a);
		all = fa_map_walk_from(&map, 0);
		for (uint32_t i = 0; i < n; i++) {
			const struct cell *c = &cells[i];
			struct fa_map_walk w = fa_map_walk_from(
				&map, c->text + draw(&seed, c->n));
			struct fa_map_run r;
			uint32_t k;

			if (run.text_to == c->text)
				assert_true(fa_map_next(&all, &run));
			assert_true(fa_map_next(&w, &r));
			assert_int_equal(r.text_step, c->n);
			assert_int_equal(r.raw_step, c->raw.to - c->raw.from);
			assert_true(
				r.text_from <= c->text && c->text < r.text_to);
			k = (c->text - r.text_from) / c->n;
			assert_int_equal(
				r.raw_from + k * r.raw_step, c->raw.from);
			assert_memory_equal(&run, &r, sizeof(r));
		}
		assert_false(fa_map_next(&all, &run));
		fa_arena_done(&a);
	}
}

/* From the first character to the last that the original has. */
static struct fa_range
looked_up(const struct cell *cells, uint32_t n, struct fa_range text)
{
	struct fa_range raw = { 0, 0 };

	for (uint32_t i = 0; i < n; i++) {
		if (cells[i].text >= text.to ||
			cells[i].text + cells[i].n <= text.from ||
			cells[i].raw.from == cells[i].raw.to)
			continue;
		if (raw.to == 0)
			raw.from = cells[i].raw.from;
		raw.to = cells[i].raw.to;
	}
	return raw;
}

static void
the_original_of_any_range_is_that_of_its_ends(void **state)
{
	static struct cell cells[CELLS];
	uint32_t seed = 11;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		uint32_t n = scribble(cells, &seed);
		struct fa_doc doc = { .text = { "", 0 } };
		struct fa_arena a;

		fa_arena_init(&a, 16 << 20);
		write(&doc.map, cells, n, FA_ENC_UTF8, &a);
		doc.text.n = n > 0 ? cells[n - 1].text + cells[n - 1].n : 0;
		for (int i = 0; i < 20 && n > 0; i++) {
			uint32_t end = (uint32_t)doc.text.n;
			struct fa_range r = { draw(&seed, end), 0 }, want, raw;

			r.to = r.from + 1 + draw(&seed, end - r.from);
			want = looked_up(cells, n, r);
			raw = fa_doc_raw(&doc, r);
			assert_int_equal(raw.from, want.from);
			assert_int_equal(raw.to, want.to);
		}
		fa_arena_done(&a);
	}
}

static void
a_run_that_goes_on_takes_no_more_room(void **state)
{
	struct fa_map_write m;

	(void)state;
	fa_map_write_init(&m, FA_ENC_UTF8, 0);
	for (uint32_t i = 0; i < 60; i++)
		fa_map_write_cell(
			&m, 2 * i, 2, (struct fa_range){ 2 * i, 2 * i + 2 });
	assert_int_equal(m.code.n, 4);
	fa_map_write_done(&m);
	fa_map_write_init(&m, FA_ENC_UTF8, 0);
	for (uint32_t i = 0; i < 65; i++)
		fa_map_write_cell(&m, i, 1, (struct fa_range){ i, i + 1 });
	assert_int_equal(m.code.n, 2);
	fa_map_write_done(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cell_is_found_where_it_was_written),
		cmocka_unit_test(the_original_of_any_range_is_that_of_its_ends),
		cmocka_unit_test(a_run_that_goes_on_takes_no_more_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
