/* The matcher against the reference matcher on texts that nobody wrote: texts
 * of lexicon words and pattern literals, mutated documents, flows with facts
 * anywhere, and rules with random conditions. TAP; arguments are documents to
 * mutate. A difference names the seed that made it; REFERENCE_SEED begins with
 * another one, REFERENCE_ROUNDS makes more of everything. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/num.h"
#include "read/read.h"
#include "reference/matcher.h"
#include "reference/rules.h"
#include "reference/texts.h"
#include "segment/segment.h"
#include "tools/bundle.h"

#define ARENA_BYTES ((size_t)4 << 30)
#define TEXT_BYTES ((size_t)64 << 20)
#define FILE_BYTES ((size_t)8 << 20)
#define AS_OF 20261121

struct subject {
	const struct fa_bundle *bundle;
	struct fa_matcher *fast;
	struct ref_matcher *slow;
};

struct tally {
	unsigned compared, flows, limited, hits;
};

struct run {
	struct ref_pieces pieces;
	struct subject builtin;
	uint64_t seed;
	unsigned rounds;
	char **files;
	size_t files_n;
	struct tally tally;
};

static bool
fail(const struct fa_err *err)
{
	printf("# %s\n", err->msg);
	return false;
}

static bool
subject_init(struct subject *s, const struct fa_bundle *b)
{
	struct fa_err err = { 0 };

	*s = (struct subject){ .bundle = b };
	if (fa_matcher_new(&s->fast, b, &err) < 0 ||
		ref_matcher_new(&s->slow, b, &err) < 0)
		return fail(&err);
	return true;
}

static void
subject_done(struct subject *s)
{
	fa_matcher_free(s->fast);
	ref_matcher_free(s->slow);
}

static bool
same(struct run *r, const struct subject *s, const struct fa_match *fast,
	const struct fa_match *slow, uint64_t seed)
{
	struct fa_buf x FA_CLEANUP(fa_buf_done);
	struct fa_buf y FA_CLEANUP(fa_buf_done);
	struct fa_buf why FA_CLEANUP(fa_buf_done);

	fa_buf_init(&x, TEXT_BYTES);
	fa_buf_init(&y, TEXT_BYTES);
	fa_buf_init(&why, TEXT_BYTES);
	if (fast->limits_hit > 0 || slow->limits_hit > 0) {
		printf("# seed %" PRIu64 ": a limit was reached\n", seed);
		r->tally.limited++;
		return true;
	}
	r->tally.compared++;
	for (size_t i = 0; i < slow->decisions_n; i++)
		r->tally.hits += (unsigned)slow->decisions[i].hits_n;
	ref_write(&x, s->bundle, fast);
	ref_write(&y, s->bundle, slow);
	if (fa_str_eq(fa_buf_str(&x), fa_buf_str(&y)))
		return true;
	ref_explain(&why, fa_buf_str(&x), fa_buf_str(&y));
	printf("# seed %" PRIu64 ": %.*s", seed, (int)why.n, why.p);
	return false;
}

/* Judges doc as a document, or as the transcript of a flow. */
static bool
judge(struct run *r, const struct subject *s, const struct fa_doc *doc,
	struct ref_dice *d, bool as_flow, struct fa_arena *a, uint64_t seed)
{
	struct fa_match_flow flow;
	struct fa_match fast, slow;
	struct fa_err err = { 0 };
	int rc = FA_OK;

	if (as_flow) {
		rc = ref_flow(&flow, d, doc, a, &err);
		if (rc == FA_OK)
			rc = fa_match_flow(
				&fast, s->fast, doc, &flow, AS_OF, a, &err);
		r->tally.flows++;
	} else {
		rc = fa_match(&fast, s->fast, doc, AS_OF, a, &err);
	}
	if (rc == FA_OK)
		rc = ref_match(&slow, s->slow, doc, as_flow ? &flow : NULL,
			AS_OF, a, &err);
	return rc < 0 ? fail(&err) : same(r, s, &fast, &slow, seed);
}

static bool
read_and_judge(struct run *r, const struct subject *s, struct fa_str raw,
	enum fa_format format, struct ref_dice *d, uint64_t seed)
{
	struct fa_read_opts opts = { .name = FA_STR("random"),
		.format = format,
		.charset = FA_STR_INIT("utf-8") };
	struct fa_doc doc;
	struct fa_arena a;
	struct fa_err err = { 0 };
	bool good;
	int rc;

	fa_arena_init(&a, ARENA_BYTES);
	rc = fa_read(&doc, raw, &opts, &a, &err);
	if (rc == FA_OK)
		rc = fa_segment(&doc, &a, &err);
	if (rc < 0) { /* UTF-16 that lost a byte is no text any more */
		good = rc == FA_E_UNSUPPORTED || fail(&err);
	} else {
		doc.loose = ref_roll(d, 8) == 0;
		doc.aside = ref_roll(d, 8) == 0;
		good = judge(r, s, &doc, d, ref_roll(d, 4) == 0, &a, seed);
	}
	fa_arena_done(&a);
	return good;
}

static struct ref_dice
dice(uint64_t seed)
{
	struct ref_dice d = { .state = seed * UINT64_C(0x9E3779B97F4A7C15) +
			UINT64_C(0x632BE59BD9B4E019) };

	for (int i = 0; i < 4; i++)
		(void)ref_roll(&d, 2);
	return d;
}

static bool
one_text(struct run *r, const struct subject *s, uint64_t seed)
{
	static const enum fa_format formats[] = { FA_FORMAT_TEXT,
		FA_FORMAT_MARKDOWN, FA_FORMAT_HTML };
	struct fa_buf text FA_CLEANUP(fa_buf_done);
	struct ref_dice d = dice(seed);
	enum fa_format format = formats[ref_roll(&d, 3)];

	fa_buf_init(&text, TEXT_BYTES);
	ref_text(&text, &d, &r->pieces, format, 200 + ref_roll(&d, 4000));
	return read_and_judge(r, s, fa_buf_str(&text), format, &d, seed);
}

static bool
texts(struct run *r)
{
	for (unsigned i = 0; i < 400 * r->rounds; i++)
		if (!one_text(r, &r->builtin, r->seed++))
			return false;
	return r->tally.flows > 0 && r->tally.hits > 0;
}

static bool
conditions(struct run *r)
{
	for (unsigned i = 0; i < 15 * r->rounds; i++) {
		struct ref_dice d = dice(r->seed);
		struct fa_bundle *b = NULL;
		struct subject s;
		struct fa_arena a;
		struct fa_err err = { 0 };
		bool good = true;

		fa_arena_init(&a, ARENA_BYTES);
		if (ref_random_rules(&b, r->builtin.bundle, &d, &a, &err) < 0)
			good = fail(&err);
		else if (!subject_init(&s, b))
			good = false;
		for (int k = 0; good && k < 12; k++)
			good = one_text(r, &s, r->seed++);
		if (b)
			subject_done(&s);
		fa_arena_done(&a);
		if (!good)
			return false;
	}
	return r->tally.hits > 0;
}

static bool
mutants(struct run *r)
{
	for (size_t i = 0; i < r->files_n * r->rounds; i++) {
		struct fa_buf text FA_CLEANUP(fa_buf_done);
		struct ref_dice d = dice(r->seed);
		struct fa_str raw;
		struct fa_arena a;
		struct fa_err err = { 0 };
		bool good;

		fa_buf_init(&text, TEXT_BYTES);
		fa_arena_init(&a, ARENA_BYTES);
		good = fa_file_read(&raw, fa_str_c(r->files[i % r->files_n]),
			       FILE_BYTES, &a, &err) == FA_OK ||
			fail(&err);
		if (good) {
			ref_mutate(&text, &d, raw);
			good = read_and_judge(r, &r->builtin, fa_buf_str(&text),
				FA_FORMAT_AUTO, &d, r->seed++);
		}
		fa_arena_done(&a);
		if (!good)
			return false;
	}
	return r->tally.hits > 0;
}

static void
report(struct run *r, int number, const char *name, bool good)
{
	printf("# %u compared, %u of them flows, %u passages; %u at a limit\n",
		r->tally.compared, r->tally.flows, r->tally.hits,
		r->tally.limited);
	printf("%sok %d - %s\n", good ? "" : "not ", number, name);
	fflush(stdout);
	r->tally = (struct tally){ 0 };
}

static unsigned
setting(const char *name, unsigned otherwise)
{
	const char *text = getenv(name);
	uint64_t value = 0;

	if (text && fa_num_u64(fa_str_c(text), 1000000, &value) && value > 0)
		return (unsigned)value;
	return otherwise;
}

int
main(int argc, char **argv)
{
	struct run r = { .seed = setting("REFERENCE_SEED", 1),
		.rounds = setting("REFERENCE_ROUNDS", 1),
		.files = argv + 1,
		.files_n = (size_t)(argc - 1) };
	struct fa_arena a;
	struct fa_err err = { 0 };
	bool good[3] = { false, false, false };

	fa_arena_init(&a, ARENA_BYTES);
	if (ref_pieces(&r.pieces, fa_bundle_builtin, &a, &err) < 0 ||
		!subject_init(&r.builtin, fa_bundle_builtin)) {
		printf("Bail out! %s\n", err.msg);
		return 1;
	}
	printf("1..3\n");
	good[0] = texts(&r);
	report(&r, 1, "texts of words, literals, gaps and clauses", good[0]);
	good[1] = conditions(&r);
	report(&r, 2, "random conditions", good[1]);
	good[2] = mutants(&r);
	report(&r, 3, "documents that lost and doubled sentences", good[2]);
	subject_done(&r.builtin);
	fa_arena_done(&a);
	return !(good[0] && good[1] && good[2]);
}
