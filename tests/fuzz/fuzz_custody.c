/* Any bytes as a custody log and as one event of it. What is read and written
 * again says the same; a log that is whole has the head that it names. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/anchor.h"
#include "evidence/custody.h"

#define ARENA_BYTES (256u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(int holds)
{
	if (!holds)
		abort();
}

static void
check_same(struct fa_str a, struct fa_str b)
{
	check((a.p == NULL) == (b.p == NULL) && fa_str_eq(a, b));
}

static void
check_details(const struct fa_custody_event *e, struct fa_arena *a)
{
	const struct fa_json *tree = NULL;
	struct fa_checkpoint c;
	struct fa_tst t;

	check(fa_custody_detail(&tree, e, a, NULL) == FA_OK);
	check(tree->kind == FA_JSON_OBJECT);
	if (fa_tst_parse(&t, tree, NULL) == FA_OK)
		check(t.digest.n == 64 && t.checkpoint > 0);
	if (fa_checkpoint_parse(&c, tree, NULL) == FA_OK)
		check(strlen(c.head) == 64);
}

static void
check_event(const struct fa_custody_event *e, struct fa_str line,
	struct fa_arena *a)
{
	struct fa_custody_event again;
	struct fa_buf b;

	check(e->detail.p >= line.p &&
		e->detail.p + e->detail.n <= line.p + line.n);
	fa_buf_init(&b, 2 * FA_CUSTODY_LINE_BYTES);
	/* Escapes may make it longer than a line may be. */
	if (fa_custody_write(&b, e, NULL) == FA_OK) {
		check(fa_custody_parse(&again, fa_buf_str(&b), a, NULL) ==
			FA_OK);
		check(again.seq == e->seq && again.t_ms == e->t_ms &&
			again.op == e->op && again.objs_n == e->objs_n);
		check(strcmp(again.prev, e->prev) == 0);
		check_same(again.actor.id, e->actor.id);
		check_same(again.target.url, e->target.url);
		check_same(again.detail, e->detail);
	}
	fa_buf_done(&b);
	check_details(e, a);
}

static int
on_event(void *ctx, const struct fa_custody_event *e, struct fa_str line,
	struct fa_err *err)
{
	char head[FA_HASH_HEX_BYTES];
	struct fa_chain *c = ctx;

	check(fa_custody_digest(head, line, err) == FA_OK);
	check(strcmp(c->head, head) == 0 && c->seq == e->seq);
	return FA_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str text = { (const char *)data, size }, line = text;
	struct fa_custody_event e;
	struct fa_chain c;
	struct fa_arena a;

	check(fa_chain_check_text(&c, text, on_event, &c, NULL) == FA_OK);
	check((c.fault == FA_CHAIN_WHOLE) == (c.why[0] == '\0'));
	check(c.fault == FA_CHAIN_WHOLE || c.fault_line == c.seq + 1);
	fa_arena_init(&a, ARENA_BYTES);
	line = fa_str_cut(&text, '\n');
	if (fa_custody_parse(&e, line, &a, NULL) == FA_OK)
		check_event(&e, line, &a);
	fa_arena_done(&a);
	return 0;
}
