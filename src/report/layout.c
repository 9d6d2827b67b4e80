/* A layered drawing in three steps (after Sugiyama, Tagawa and Toda, 1981):
 *
 *  1. Columns: breadth first from the start. By that no link leads more than
 *     one column to the right, and none has to be led around cards.
 *  2. Order in a column: each card moves to the mean of the cards it is linked
 *     with in the column before, then in the one behind; of all orders that
 *     come up the one with the fewest crossings stays.
 *  3. Heights: each card wants to stand where its links come from. Among the
 *     places that keep order and gap those with the least sum of squared
 *     distances are taken: regression under a monotone constraint, by pooling
 *     neighbours that collide (pool adjacent violators).
 *
 * Cards without any link stand in rows below. */
#include "report/layout.h"

#define SWEEPS 8
#define NOWHERE UINT32_MAX

struct work {
	struct fa_layout *l;
	uint32_t *queue; /* all linked cards, by column then order */
	size_t queue_n;  /* cards that have a column */
	uint32_t *order; /* of each card in its column */
	uint32_t *best;  /* queue of the fewest crossings */
	int64_t *mean;   /* of each card, in thousandths */
	uint32_t *first; /* per column, its first place in queue */
	uint32_t columns;
};

static void
put(struct work *w, uint32_t card, uint32_t column)
{
	w->l->card[card].column = column;
	w->queue[w->queue_n++] = card;
}

/* Goes on from queue[at]; side: along side links too. */
static void
spread(struct work *w, size_t at, bool side)
{
	const struct fa_layout *l = w->l;

	for (; at < w->queue_n; at++) {
		uint32_t from = w->queue[at];

		for (size_t i = 0; i < l->links_n; i++) {
			const struct fa_layout_link *k = &l->link[i];

			if (k->from == from && (side || !k->side) &&
				l->card[k->to].column == NOWHERE)
				put(w, k->to, l->card[from].column + 1);
		}
	}
}

static bool
is_linked(const struct fa_layout *l, uint32_t card)
{
	for (size_t i = 0; i < l->links_n; i++)
		if (l->link[i].from != l->link[i].to &&
			(l->link[i].from == card || l->link[i].to == card))
			return true;
	return false;
}

/* Side links from everything placed, nearest first, until nothing changes. */
static void
spread_sides(struct work *w)
{
	size_t before;

	do {
		before = w->queue_n;
		for (size_t i = 0; i < before; i++)
			spread(w, i, true);
	} while (w->queue_n > before);
}

static void
sort_columns(struct work *w)
{
	/* Insertion keeps the order of discovery within a column. */
	for (size_t i = 1; i < w->queue_n; i++) {
		uint32_t card = w->queue[i];
		uint32_t column = w->l->card[card].column;
		size_t k = i;

		for (; k > 0 && w->l->card[w->queue[k - 1]].column > column;
			k--)
			w->queue[k] = w->queue[k - 1];
		w->queue[k] = card;
	}
}

static void
set_order(struct work *w)
{
	w->columns = 0;
	for (size_t i = 0; i < w->queue_n; i++) {
		uint32_t card = w->queue[i];

		while (w->columns <= w->l->card[card].column)
			w->first[w->columns++] = (uint32_t)i;
		w->order[card] =
			(uint32_t)i - w->first[w->l->card[card].column];
	}
	w->first[w->columns] = (uint32_t)w->queue_n;
}

static void
assign_columns(struct work *w)
{
	struct fa_layout *l = w->l;

	for (uint32_t i = 0; i < l->cards_n; i++)
		l->card[i].column = NOWHERE;
	if (l->start < l->cards_n) {
		put(w, l->start, 0);
		spread(w, 0, false);
		spread_sides(w);
	}
	for (uint32_t i = 0; i < l->cards_n; i++) {
		if (l->card[i].column != NOWHERE || !is_linked(l, i))
			continue;
		put(w, i, 0);
		spread(w, w->queue_n - 1, false);
		spread_sides(w);
	}
	sort_columns(w);
	set_order(w);
}

/* Is it a link from column to the next one? */
static bool
leads_on(const struct work *w, const struct fa_layout_link *k)
{
	const struct fa_layout_card *c = w->l->card;

	return c[k->from].column != NOWHERE && c[k->to].column != NOWHERE &&
		c[k->to].column == c[k->from].column + 1;
}

static uint64_t
crossings(const struct work *w)
{
	const struct fa_layout *l = w->l;
	uint64_t n = 0;

	for (size_t i = 0; i < l->links_n; i++) {
		const struct fa_layout_link *a = &l->link[i];

		for (size_t k = i + 1; leads_on(w, a) && k < l->links_n; k++) {
			const struct fa_layout_link *b = &l->link[k];
			int64_t from = (int64_t)w->order[a->from] * 100000 +
				a->at - (int64_t)w->order[b->from] * 100000 -
				b->at;
			int64_t to = (int64_t)w->order[a->to] -
				(int64_t)w->order[b->to];

			n += leads_on(w, b) &&
				l->card[a->from].column ==
					l->card[b->from].column &&
				((from < 0 && to > 0) || (from > 0 && to < 0));
		}
	}
	return n;
}

/* The mean place of what card is linked with on one side. */
static int64_t
mean_of(const struct work *w, uint32_t card, bool forward)
{
	const struct fa_layout *l = w->l;
	int64_t sum = 0, n = 0;

	for (size_t i = 0; i < l->links_n; i++) {
		const struct fa_layout_link *k = &l->link[i];
		uint32_t other = forward ? k->from : k->to;

		if (!leads_on(w, k) || (forward ? k->to : k->from) != card)
			continue;
		sum += (int64_t)w->order[other] * 1000;
		/* Links of one card come in the order in which they leave. */
		if (forward && l->card[other].h > 0)
			sum += (int64_t)k->at * 999 / l->card[other].h;
		n++;
	}
	return n > 0 ? sum / n : (int64_t)w->order[card] * 1000;
}

static void
sort_column(struct work *w, uint32_t column, bool forward)
{
	uint32_t from = w->first[column], to = w->first[column + 1];

	for (uint32_t i = from; i < to; i++)
		w->mean[w->queue[i]] = mean_of(w, w->queue[i], forward);
	for (uint32_t i = from + 1; i < to; i++) {
		uint32_t card = w->queue[i];
		uint32_t k = i;

		for (; k > from && w->mean[w->queue[k - 1]] > w->mean[card];
			k--)
			w->queue[k] = w->queue[k - 1];
		w->queue[k] = card;
	}
	for (uint32_t i = from; i < to; i++)
		w->order[w->queue[i]] = i - from;
}

static void
order_columns(struct work *w)
{
	uint64_t least = UINT64_MAX;

	for (unsigned sweep = 0; sweep <= SWEEPS; sweep++) {
		uint64_t n = crossings(w);

		if (n < least) {
			least = n;
			for (size_t i = 0; i < w->queue_n; i++)
				w->best[i] = w->queue[i];
		}
		for (uint32_t c = 1; c < w->columns; c++)
			sort_column(w, sweep % 2 == 0 ? c : w->columns - 1 - c,
				sweep % 2 == 0);
	}
	for (size_t i = 0; i < w->queue_n; i++)
		w->queue[i] = w->best[i];
	set_order(w);
}

/* Where card would like its top to be. */
static int64_t
wish(const struct work *w, uint32_t card)
{
	const struct fa_layout *l = w->l;
	int64_t sum = 0, n = 0;

	for (size_t i = 0; i < l->links_n; i++) {
		const struct fa_layout_link *k = &l->link[i];

		if (k->to == card && leads_on(w, k)) {
			sum += l->card[k->from].y + k->at;
			n++;
		}
	}
	return n > 0 ? sum / n - FA_LAYOUT_GAP_Y / 2 : 0;
}

/* A run of cards that touch each other. */
struct pool {
	int64_t sum, n;
};

static void
place_column(struct work *w, uint32_t column, struct pool *pools)
{
	uint32_t from = w->first[column], to = w->first[column + 1];
	int64_t offset = 0;
	size_t used = 0, done = 0;

	for (uint32_t i = from; i < to; i++) {
		uint32_t card = w->queue[i];

		pools[used++] = (struct pool){ wish(w, card) - offset, 1 };
		offset += w->l->card[card].h + FA_LAYOUT_GAP_Y;
		while (used > 1 &&
			pools[used - 2].sum * pools[used - 1].n >
				pools[used - 1].sum * pools[used - 2].n) {
			pools[used - 2].sum += pools[used - 1].sum;
			pools[used - 2].n += pools[used - 1].n;
			used--;
		}
	}
	offset = 0;
	for (size_t p = 0; p < used; p++) {
		int64_t at = pools[p].sum / pools[p].n;

		for (int64_t i = 0; i < pools[p].n; i++, done++) {
			struct fa_layout_card *c =
				&w->l->card[w->queue[from + done]];

			c->y = (int32_t)(at + offset);
			offset += c->h + FA_LAYOUT_GAP_Y;
		}
	}
}

/* All cards to the right of x 0 and below y 0; the size of the whole. */
static void
settle(struct work *w)
{
	struct fa_layout *l = w->l;
	int32_t top = 0, x = 0;

	for (size_t i = 0; i < w->queue_n; i++) {
		int32_t y = l->card[w->queue[i]].y;

		top = i == 0 || y < top ? y : top;
	}
	l->width = 0;
	l->height = 0;
	for (uint32_t c = 0; c < w->columns; c++) {
		int32_t wide = 0;

		for (uint32_t i = w->first[c]; i < w->first[c + 1]; i++) {
			struct fa_layout_card *k = &l->card[w->queue[i]];

			k->x = x;
			k->y -= top;
			wide = k->w > wide ? k->w : wide;
			if (k->y + k->h > l->height)
				l->height = k->y + k->h;
		}
		l->width = x + wide;
		x += wide + FA_LAYOUT_GAP_X;
	}
}

/* Cards without links, in rows below all others. */
static void
place_rest(struct work *w)
{
	struct fa_layout *l = w->l;
	int32_t x = 0, y = l->height, tall = 0;
	unsigned n = 0;

	if (w->queue_n > 0)
		y += FA_LAYOUT_GAP_Y;
	for (uint32_t i = 0; i < l->cards_n; i++) {
		struct fa_layout_card *c = &l->card[i];

		if (c->column != NOWHERE)
			continue;
		if (n > 0 && n % FA_LAYOUT_ROW == 0) {
			x = 0;
			y += tall + FA_LAYOUT_GAP_Y;
			tall = 0;
		}
		n++;
		c->x = x;
		c->y = y;
		c->column = 0;
		tall = c->h > tall ? c->h : tall;
		if (x + c->w > l->width)
			l->width = x + c->w;
		l->height = y + tall;
		x += c->w + FA_LAYOUT_GAP_Y;
	}
}

int
fa_layout(struct fa_layout *l, struct fa_arena *a, struct fa_err *err)
{
	struct work w = { .l = l };
	struct pool *pools = fa_arena_new(a, l->cards_n + 1, sizeof(*pools));

	w.queue = fa_arena_new(a, l->cards_n, sizeof(*w.queue));
	w.best = fa_arena_new(a, l->cards_n, sizeof(*w.best));
	w.order = fa_arena_new(a, l->cards_n, sizeof(*w.order));
	w.mean = fa_arena_new(a, l->cards_n, sizeof(*w.mean));
	w.first = fa_arena_new(a, l->cards_n + 2, sizeof(*w.first));
	if (!pools || !w.queue || !w.best || !w.order || !w.mean || !w.first)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a drawing");
	assign_columns(&w);
	order_columns(&w);
	for (uint32_t c = 0; c < w.columns; c++)
		place_column(&w, c, pools);
	settle(&w);
	place_rest(&w);
	return FA_OK;
}
