/* On which sentences a condition may hold, worked out for all sentences at
 * once from the words that they have: the sentences of a pattern are a row of
 * bits, "all" is the meet of such rows and "any" their join. A pattern that is
 * looked for near a sentence may be in its neighbours: its row is smeared over
 * them. One that is looked for in a block, a section or further away is
 * taken to be everywhere when it is anywhere.
 *
 * So a rule is tried on few sentences. */
#include <string.h>

#include "match/scan.h"

struct where {
	enum fa_region region;
	uint32_t near;
};

static int bound(struct fa_bound *out, struct fa_scan *s,
	const struct fa_cond *c, struct where in, uint64_t *rows);

/* Of i and its neighbours up to `by' bits away, by < 64. */
static uint64_t
smeared(const uint64_t *row, size_t n, size_t i, unsigned by, uint64_t before)
{
	uint64_t after = i + 1 < n ? row[i + 1] : 0;

	return row[i] | row[i] << by | row[i] >> by |
		before >> (FA_BITS_WORD - by) | after << (FA_BITS_WORD - by);
}

/* Sets the bits up to `near' before and behind those that are set. A smear may
 * be one wider than twice what is there already. */
static void
smear(uint64_t *row, size_t n, uint32_t near)
{
	for (uint32_t done = 0; done < near;) {
		unsigned by = 2 * done + 1 < FA_BITS_WORD ? 2 * done + 1
							  : FA_BITS_WORD - 1;
		uint64_t before = 0;

		if (by > near - done)
			by = near - done;
		for (size_t i = 0; i < n; i++) {
			uint64_t own = row[i];

			row[i] = smeared(row, n, i, by, before);
			before = own;
		}
		done += by;
	}
}

/* What stands in these sentences, seen from others. */
static enum fa_extent
seen(uint64_t *row, const uint64_t *at, size_t n, struct where in)
{
	if (in.region > FA_REGION_NEAR)
		return FA_EXTENT_ALL;
	memcpy(row, at, n * sizeof(*row));
	if (in.region == FA_REGION_NEAR)
		smear(row, n, in.near);
	return FA_EXTENT_ROW;
}

static int
bound_pattern(struct fa_bound *out, struct fa_scan *s, const struct fa_cond *c,
	struct where in, uint64_t *rows)
{
	struct fa_phits *h;
	int rc = fa_scan_pattern(&h, s, c->pattern);

	if (rc < 0 || h->nowhere)
		return rc;
	out->limited = h->limited;
	out->extent = seen(rows, h->may, s->row_n, in);
	return FA_OK;
}

static void
bound_scope(struct fa_bound *out, const struct fa_scan *s,
	const struct fa_cond *c, struct where in, uint64_t *rows)
{
	uint64_t *row = rows + s->row_n;
	bool any = false;

	out->limited = s->scope_limited;
	memset(row, 0, s->row_n * sizeof(*row));
	for (int k = 0; k < FA_SCOPE_COUNT; k++) {
		if (!(c->scopes & FA_SCOPE_BIT(k)) || !s->scopes[k])
			continue;
		any = true;
		for (size_t i = 0; i < s->row_n; i++)
			row[i] |= s->scopes[k][i];
	}
	if (any)
		out->extent = seen(rows, row, s->row_n, in);
}

static int
bound_any(struct fa_bound *out, struct fa_scan *s, const struct fa_cond *c,
	struct where in, uint64_t *rows)
{
	uint64_t *row = rows + s->row_n;

	for (size_t i = 0; i < c->child_n; i++) {
		struct fa_bound b;
		int rc = bound(&b, s, &c->child[i], in, row);

		if (rc < 0)
			return rc;
		out->limited |= b.limited;
		if (b.extent == FA_EXTENT_ALL) {
			out->extent = FA_EXTENT_ALL;
			return FA_OK;
		}
		if (b.extent != FA_EXTENT_ROW)
			continue;
		if (out->extent == FA_EXTENT_NONE)
			memset(rows, 0, s->row_n * sizeof(*rows));
		out->extent = FA_EXTENT_ROW;
		for (size_t k = 0; k < s->row_n; k++)
			rows[k] |= row[k];
	}
	return FA_OK;
}

/* The meet of two rows; false when it is empty. */
static bool
meet(uint64_t *row, const uint64_t *with, size_t n)
{
	uint64_t any = 0;

	for (size_t i = 0; i < n; i++)
		any |= row[i] &= with[i];
	return any != 0;
}

/* Where one part cannot hold, and no limit kept that from being seen, nothing
 * that limits did to the others matters. */
static int
bound_all(struct fa_bound *out, struct fa_scan *s, const struct fa_cond *c,
	struct where in, uint64_t *rows)
{
	uint64_t *row = rows + s->row_n;

	out->extent = FA_EXTENT_ALL;
	for (size_t i = 0; i < c->child_n; i++) {
		bool first = out->extent == FA_EXTENT_ALL;
		struct fa_bound b;
		int rc = bound(&b, s, &c->child[i], in, first ? rows : row);

		if (rc < 0)
			return rc;
		if (b.extent == FA_EXTENT_NONE && !b.limited) {
			*out = b;
			return FA_OK;
		}
		out->limited |= b.limited;
		if (b.extent == FA_EXTENT_NONE ||
			(b.extent == FA_EXTENT_ROW && !first &&
				out->extent == FA_EXTENT_ROW &&
				!meet(rows, row, s->row_n)))
			out->extent = FA_EXTENT_NONE;
		else if (first)
			out->extent = b.extent;
		if (out->extent == FA_EXTENT_NONE && !out->limited)
			return FA_OK;
	}
	return FA_OK;
}

static int
bound(struct fa_bound *out, struct fa_scan *s, const struct fa_cond *c,
	struct where in, uint64_t *rows)
{
	*out = (struct fa_bound){ FA_EXTENT_NONE, false, rows };
	if (rows + 2 * s->row_n > s->bounds + FA_BOUND_ROWS * s->row_n) {
		out->extent = FA_EXTENT_ALL;
		return FA_OK;
	}
	if (c->has_region)
		in = (struct where){ c->region, c->near };
	switch (c->kind) {
	case FA_COND_PATTERN:
		return bound_pattern(out, s, c, in, rows);
	case FA_COND_SCOPE:
		bound_scope(out, s, c, in, rows);
		return FA_OK;
	case FA_COND_FACT:
		if (s->flow && s->flow->facts[c->fact].over_n > 0)
			out->extent = FA_EXTENT_ALL;
		return FA_OK;
	case FA_COND_ANY:
		return bound_any(out, s, c, in, rows);
	case FA_COND_ALL:
		return bound_all(out, s, c, in, rows);
	default: /* what is not there has no words */
		out->extent = FA_EXTENT_ALL;
		return FA_OK;
	}
}

int
fa_scan_bound(struct fa_bound *out, struct fa_scan *s, const struct fa_cond *c)
{
	struct where in = { FA_REGION_SENTENCE, 0 };

	return bound(out, s, c, in, s->bounds);
}
