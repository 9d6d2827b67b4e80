/* Any JSON as a snapshot of a page. */
#include <stdint.h>
#include <stdlib.h>

#include "browser/snap.h"

#define ARENA_BYTES ((size_t)256 << 20)
#define NODES_MAX 5000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(int holds)
{
	if (!holds)
		abort();
}

/* A parent stands before its children, and around them. */
static void
check_tree(const struct fa_snap *s)
{
	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t p = s->nodes[i].parent;

		check(s->nodes[i].end > i && s->nodes[i].end <= s->n);
		check(i == 0 ? p == FA_SNAP_NONE
			     : p < i && s->nodes[i].end <= s->nodes[p].end);
	}
}

static void
check_look(const struct fa_look *l)
{
	size_t n = l->screen.elements_n;

	check(n <= FA_FLOW_ELEMENTS_MAX);
	for (size_t i = 0; i < n; i++) {
		const struct fa_flow_element *e = &l->screen.elements[i];

		check(e->role < FA_FLOW_ROLE_COUNT);
		check(e->parent == FA_FLOW_NONE || e->parent < n);
		check(e->covered_by == FA_FLOW_NONE || e->covered_by < n);
		check(e->covered_by != i && e->parent != i);
		check(e->text.n <= FA_FLOW_TEXT_BYTES);
		check(e->label.n <= FA_FLOW_TEXT_BYTES);
		check(!e->has_style ||
			(e->style.contrast_c >= 100 &&
				e->style.contrast_c <= 2100));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str text = { (const char *)data, size };
	struct fa_json *tree = NULL;
	struct fa_snap s;
	struct fa_look look;
	struct fa_str html;
	struct fa_arena a;

	fa_arena_init(&a, ARENA_BYTES);
	if (fa_json_parse(&tree, text, &a, NULL) == FA_OK &&
		fa_snap_read(&s, tree, NODES_MAX, &a, NULL) == FA_OK) {
		check_tree(&s);
		if (fa_snap_look(&look, &s, 412, 915, 200, &a, &a, NULL) ==
			FA_OK) {
			check_look(&look);
			check(fa_snap_digest(&look) == fa_snap_digest(&look));
		}
		if (fa_snap_html(&html, &s, &a, NULL) == FA_OK)
			check(html.n == 0 || html.p != NULL);
	}
	fa_arena_done(&a);
	return 0;
}
