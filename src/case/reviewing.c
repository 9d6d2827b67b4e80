#include "case/reviewing.h"

#include <stdlib.h>
#include <string.h>

#include "store/finding.h"

#define EVENT_BYTES ((size_t)512 << 20) /* one event as a tree */
#define DETAIL_BYTES (64u << 10)

static const struct fa_str states[] = { FA_STR_INIT("confirmed"),
	FA_STR_INIT("rejected"), FA_STR_INIT("needs-more") };

bool
fa_review_state_known(struct fa_str state)
{
	for (size_t i = 0; i < FA_COUNT(states); i++)
		if (fa_str_eq(state, states[i]))
			return true;
	return false;
}

const char *
fa_review_summary(const struct fa_review_finding *f)
{
	if (f->confirmed > 0 && f->rejected > 0)
		return "disputed";
	if (f->needs_more > 0)
		return "needs-more";
	if (f->confirmed > 0)
		return "confirmed";
	return f->rejected > 0 ? "rejected" : "unreviewed";
}

struct loading {
	struct fa_arena *a, *scratch;
	struct fa_review_finding *at;
	size_t n, cap;
};

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for findings");
}

static int
add(struct loading *l, struct fa_str id, struct fa_str target,
	struct fa_str obligation, struct fa_str verdict, bool stands,
	struct fa_err *err)
{
	struct fa_review_finding *at =
		fa_arena_grow(l->a, l->at, &l->cap, l->n + 1, sizeof(*at));
	struct fa_review_finding f = { .stands = stands };

	if (!at)
		return no_memory(err);
	l->at = at;
	memcpy(f.id, id.p, sizeof(f.id) - 1);
	f.target = fa_arena_dup(l->a, target);
	f.obligation = fa_arena_dup(l->a, obligation);
	f.verdict = fa_arena_dup(l->a, verdict);
	if (!f.target.p || !f.obligation.p || !f.verdict.p)
		return no_memory(err);
	at[l->n++] = f;
	return FA_OK;
}

static int
of_store(void *ctx, const struct fa_store_finding *f, struct fa_err *err)
{
	char id[FA_CASE_FINDING_ID_BYTES];
	int rc = fa_case_finding_id(id, f->target, f->obligation, f->verdict,
		f->documents, f->documents_n, err);

	return rc < 0 ? rc
		      : add(ctx, fa_str_c(id), f->target, f->obligation,
				f->verdict, true, err);
}

static int
of_log(void *ctx, const struct fa_store_custody_row *row, struct fa_err *err)
{
	struct loading *l = ctx;
	struct fa_custody_event e;
	const struct fa_json *d;
	struct fa_str id;
	int rc;

	if (fa_str_find(row->line, FA_STR("\"op\":\"finding\""), 0) == SIZE_MAX)
		return FA_OK;
	fa_arena_reset(l->scratch);
	rc = fa_custody_parse(&e, row->line, l->scratch, err);
	if (rc == FA_OK && e.op == FA_OP_FINDING)
		rc = fa_custody_detail(&d, &e, l->scratch, err);
	if (rc < 0 || e.op != FA_OP_FINDING)
		return rc;
	id = fa_json_text(d, "id");
	if (id.n != FA_CASE_FINDING_ID_BYTES - 1)
		return FA_OK;
	return add(l, id, fa_json_text(d, "target"),
		fa_json_text(d, "obligation"), fa_json_text(d, "verdict"),
		!fa_str_eq(fa_json_text(d, "scope"), FA_STR("app")), err);
}

/* By id; of the same one the row that stands comes first. */
static int
compare(const void *a, const void *b)
{
	const struct fa_review_finding *x = a, *y = b;
	int c = memcmp(x->id, y->id, sizeof(x->id));

	return c != 0 ? c : (int)y->stands - (int)x->stands;
}

static void
sort(struct loading *l)
{
	size_t kept = 0;

	if (l->n > 1)
		qsort(l->at, l->n, sizeof(*l->at), compare);
	for (size_t i = 0; i < l->n; i++)
		if (kept == 0 || strcmp(l->at[i].id, l->at[kept - 1].id) != 0)
			l->at[kept++] = l->at[i];
	l->n = kept;
}

static struct fa_review_finding *
find(struct fa_review_finding *at, size_t n, struct fa_str id)
{
	struct fa_review_finding key;

	if (id.n != sizeof(key.id) - 1)
		return NULL;
	memset(&key, 0, sizeof(key));
	memcpy(key.id, id.p, id.n);
	for (size_t from = 0; from < n;) {
		size_t mid = from + (n - from) / 2;
		int c = memcmp(at[mid].id, key.id, sizeof(key.id));

		if (c == 0)
			return &at[mid];
		if (c < 0)
			from = mid + 1;
		else
			n = mid;
	}
	return NULL;
}

static int
count(void *ctx, const struct fa_store_review *r, struct fa_err *err)
{
	struct loading *l = ctx;
	struct fa_review_finding *f = find(l->at, l->n, r->finding);

	(void)err;
	if (!f || r->superseded)
		return FA_OK;
	f->confirmed += fa_str_eq(r->state, states[0]);
	f->rejected += fa_str_eq(r->state, states[1]);
	f->needs_more += fa_str_eq(r->state, states[2]);
	return FA_OK;
}

struct chains {
	struct fa_store *s;
	struct loading *l;
};

static int
of_chain(void *ctx, const struct fa_store_chain *c, struct fa_err *err)
{
	struct chains *x = ctx;

	return fa_store_chain_each(x->s, c->id, of_log, x->l, err);
}

int
fa_review_load(struct fa_review_findings *out, struct fa_store *s,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_arena scratch;
	struct loading l = { .a = a, .scratch = &scratch };
	struct chains chains = { s, &l };
	int rc;

	fa_arena_init(&scratch, EVENT_BYTES);
	rc = fa_store_findings(s, of_store, &l, err);
	if (rc == FA_OK)
		rc = fa_store_custody_each(s, 1, of_log, &l, err);
	if (rc == FA_OK)
		rc = fa_store_chains(s, of_chain, &chains, err);
	fa_arena_done(&scratch);
	if (rc < 0)
		return rc;
	sort(&l);
	rc = fa_store_reviews(s, FA_STR_NONE, count, &l, err);
	if (rc < 0)
		return rc;
	out->at = l.at;
	out->n = l.n;
	return FA_OK;
}

const struct fa_review_finding *
fa_review_find(const struct fa_review_findings *l, struct fa_str id)
{
	return find(l->at, l->n, id);
}

static void
write_detail(struct fa_buf *out, const struct fa_review *r,
	const struct fa_review_finding *f)
{
	struct fa_jw w;

	fa_jw_init(&w, out, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "finding", r->finding);
	fa_jw_kstr(&w, "state", r->state);
	fa_jw_kstr(&w, "note", r->note);
	fa_jw_kstr(&w, "target", f->target);
	fa_jw_kstr(&w, "obligation", f->obligation);
	fa_jw_kstr(&w, "verdict", f->verdict);
	fa_jw_end(&w, '}');
}

int
fa_review_add(int64_t *seq, struct fa_desk *d, const struct fa_review *r,
	struct fa_err *err)
{
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	const struct fa_review_finding *f;
	struct fa_review_findings l;
	int rc = fa_review_load(&l, d->store, &d->arena, err);

	fa_buf_init(&detail, DETAIL_BYTES);
	if (rc < 0)
		return rc;
	f = fa_review_find(&l, r->finding);
	if (!f)
		return fa_fail(err, FA_E_NOTFOUND,
			"%.*s has no finding '%.*s'; review --list shows them",
			FA_STR_ARG(d->o.dir), FA_STR_ARG(r->finding));
	write_detail(&detail, r, f);
	return fa_desk_say(seq, d, FA_OP_REVIEW, NULL, 0, &detail, err);
}
