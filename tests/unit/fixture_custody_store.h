/* Stores with a custody log. */
#ifndef FIXTURE_CUSTODY_STORE_H
#define FIXTURE_CUSTODY_STORE_H

#include "fixture_custody.h"

#include "store/custody.h"
#include "store/internal.h"
#include "store/merge.h"

#define STORES 4
#define OK(x, call)                                                            \
	do {                                                                   \
		if ((call) != FA_OK)                                           \
			fail_msg("%s", (x)->log.err.msg);                      \
	} while (0)

static const struct fa_merge_opts opts = { .max_step = 2 };

struct place {
	struct log log;
	char dir[64], name[STORES][80];
	struct fa_store *s[STORES];
};

static inline int
set_up(void **state)
{
	static struct place x;

	memset(&x, 0, sizeof(x));
	log_make(&x.log, 9);
	(void)snprintf(x.dir, sizeof(x.dir), "/tmp/fa-custody-XXXXXX");
	assert_non_null(mkdtemp(x.dir));
	*state = &x;
	return 0;
}

static inline int
tear_down(void **state)
{
	struct place *x = *state;

	for (size_t i = 0; i < STORES; i++)
		fa_store_close(x->s[i]);
	log_done(&x->log);
	log_empty(x->dir);
	return 0;
}

static inline struct fa_store *
store(struct place *x, size_t i)
{
	(void)snprintf(
		x->name[i], sizeof(x->name[i]), "%s/store%zu", x->dir, i);
	OK(x,
		fa_store_open(&x->s[i], fa_str_c(x->name[i]), FA_STORE_CREATE,
			&x->log.err));
	return x->s[i];
}

/* The first n lines of the log. */
static inline void
fill(struct place *x, struct fa_store *s, size_t n)
{
	struct fa_store_head head;

	OK(x, fa_store_custody_head(&head, s, &x->log.err));
	for (size_t i = (size_t)head.seq; i < n; i++)
		OK(x,
			fa_store_custody_append(&head, s, (int64_t)i + 1,
				x->log.line[i], &x->log.err));
	assert_int_equal(head.seq, n);
	OK(x, fa_store_commit(s, &x->log.err));
}

struct check {
	struct fa_chain c;
	struct fa_arena a;
};

static inline int
check_row(void *ctx, const struct fa_store_custody_row *r, struct fa_err *err)
{
	struct check *k = ctx;

	return fa_chain_add_row(
		NULL, &k->c, r->seq, r->line, r->sha256, &k->a, err);
}

static inline struct fa_chain
check(struct place *x, struct fa_store *s)
{
	struct check k;

	fa_chain_init(&k.c);
	fa_arena_init(&k.a, LOG_ARENA);
	OK(x, fa_store_custody_each(s, 1, check_row, &k, &x->log.err));
	fa_arena_done(&k.a);
	return k.c;
}

static inline void
join(struct place *x, size_t into, size_t from)
{
	OK(x,
		fa_store_merge(x->s[into], fa_str_c(x->name[from]), &opts,
			&x->log.err));
}

#endif
