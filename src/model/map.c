#include "model/map.h"

static uint32_t
number(struct fa_map_walk *w)
{
	uint32_t value = 0;

	for (unsigned shift = 0; w->at < w->map->code_n; shift += 7) {
		uint8_t byte = w->map->code[w->at++];

		if (shift < 32)
			value |= (uint32_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			break;
	}
	return value;
}

/* A run of so many cells. */
static bool
take(struct fa_map_walk *w, struct fa_map_run *run, uint32_t text_step,
	uint32_t raw_step, uint32_t n)
{
	*run = (struct fa_map_run){ w->text, w->text + n * text_step, w->raw,
		text_step, raw_step };
	w->text = run->text_to;
	w->raw += n * raw_step;
	return true;
}

bool
fa_map_next(struct fa_map_walk *w, struct fa_map_run *run)
{
	const struct fa_map *map = w->map;
	uint32_t text_step, raw_step;

	while (w->at < map->code_n) {
		uint8_t op = map->code[w->at++];
		uint32_t n = op % FA_MAP_CELLS + 1u;

		if (op < FA_MAP_ASCII)
			return take(w, run, 3, map->wide, n);
		if (op < FA_MAP_SKIP)
			return take(w, run, 1,
				op < FA_MAP_NARROWED ? map->ascii : map->wide,
				n);
		if (op < FA_MAP_SKIP_FAR) {
			w->raw += op % FA_MAP_GAP + 1u;
		} else if (op == FA_MAP_SKIP_FAR) {
			w->raw += number(w);
		} else if (op == FA_MAP_LINE) {
			return take(w, run, 1, 0, 1);
		} else {
			text_step = number(w);
			raw_step = number(w);
			return take(w, run, text_step, raw_step, number(w));
		}
	}
	return false;
}

/* The last mark at or before a text offset; the beginning when there is none.
 */
static struct fa_map_mark
mark_at(const struct fa_map *map, uint32_t off)
{
	size_t lo = 0, hi = map->marks_n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (map->marks[mid].text <= off)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 ? map->marks[lo - 1] : (struct fa_map_mark){ 0, 0, 0 };
}

/* Passes the short ops that end at off or before it. */
static void
pass(struct fa_map_walk *w, uint32_t off)
{
	const struct fa_map *map = w->map;
	const uint32_t text_steps[] = { 3, 1, 1, 0 };
	const uint32_t raw_steps[] = { map->wide, map->ascii, map->wide, 1 };
	uint32_t text = w->text, raw = w->raw;
	size_t at;

	for (at = w->at; at < map->code_n; at++) {
		unsigned op = map->code[at];
		uint32_t n = op % FA_MAP_CELLS + 1, to;

		if (op == FA_MAP_LINE && text < off) {
			text++;
			continue;
		}
		to = text + n * text_steps[op / FA_MAP_CELLS];
		if (op >= FA_MAP_SKIP_FAR || to > off)
			break;
		text = to;
		raw += n * raw_steps[op / FA_MAP_CELLS];
	}
	*w = (struct fa_map_walk){ map, at, text, raw };
}

void
fa_map_walk_on(struct fa_map_walk *w, uint32_t off)
{
	struct fa_map_walk next;
	struct fa_map_run run;

	for (;;) {
		pass(w, off);
		next = *w;
		if (w->at == w->map->code_n ||
			w->map->code[w->at] < FA_MAP_SKIP_FAR ||
			!fa_map_next(&next, &run) || run.text_to > off)
			return;
		*w = next;
	}
}

struct fa_map_walk
fa_map_walk_from(const struct fa_map *map, uint32_t off)
{
	struct fa_map_mark mark = mark_at(map, off);
	struct fa_map_walk w = { map, mark.code, mark.text, mark.raw };

	fa_map_walk_on(&w, off);
	return w;
}
