/* Stands between a program and the matcher (linked with --wrap): everything
 * that is judged is judged by the reference matcher, too. Where the two differ
 * standard error says so, and the program ends with status 70. A document on
 * which either reached a limit of its engine is named and not compared. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "reference/matcher.h"

#define STATUS 70
#define MATCHERS 512 /* in one run of a program */
#define TEXT_BYTES ((size_t)256 << 20)
#define ARENA_BYTES ((size_t)8 << 30)

int __real_fa_matcher_new(
	struct fa_matcher **out, const struct fa_bundle *b, struct fa_err *err);
int __wrap_fa_matcher_new(
	struct fa_matcher **out, const struct fa_bundle *b, struct fa_err *err);
int __real_fa_matcher_share(struct fa_matcher **out,
	const struct fa_matcher *of, struct fa_err *err);
int __wrap_fa_matcher_share(struct fa_matcher **out,
	const struct fa_matcher *of, struct fa_err *err);
int __real_fa_match(struct fa_match *out, struct fa_matcher *m,
	const struct fa_doc *doc, int32_t as_of, struct fa_arena *a,
	struct fa_err *err);
int __wrap_fa_match(struct fa_match *out, struct fa_matcher *m,
	const struct fa_doc *doc, int32_t as_of, struct fa_arena *a,
	struct fa_err *err);
int __real_fa_match_flow(struct fa_match *out, struct fa_matcher *m,
	const struct fa_doc *doc, const struct fa_match_flow *flow,
	int32_t as_of, struct fa_arena *a, struct fa_err *err);
int __wrap_fa_match_flow(struct fa_match *out, struct fa_matcher *m,
	const struct fa_doc *doc, const struct fa_match_flow *flow,
	int32_t as_of, struct fa_arena *a, struct fa_err *err);
int __real_fa_match_rule_fires(bool *fires, struct fa_matcher *m, uint32_t rule,
	const struct fa_doc *doc, const struct fa_match_flow *flow,
	struct fa_arena *a, struct fa_err *err);
int __wrap_fa_match_rule_fires(bool *fires, struct fa_matcher *m, uint32_t rule,
	const struct fa_doc *doc, const struct fa_match_flow *flow,
	struct fa_arena *a, struct fa_err *err);

/* The reference of each matcher; those for one bundle have one. */
static struct pair {
	const struct fa_matcher *m;
	struct ref_matcher *ref;
	const struct fa_bundle *bundle;
} pairs[MATCHERS];
static size_t pairs_n;
static unsigned documents, flows, rules, differ, limited;
/* Of all this, and of the reference: one document at a time. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void
at_end(void)
{
	if (getenv("REFERENCE_COUNT"))
		fprintf(stderr,
			"reference: compared %u documents, %u flows, %u "
			"rules; %u at a limit\n",
			documents, flows, rules, limited);
	if (differ == 0)
		return;
	fprintf(stderr, "reference: %u differ\n", differ);
	fflush(NULL);
	_exit(STATUS);
}

static void
stop(const char *what)
{
	fprintf(stderr, "reference: %s\n", what);
	fflush(NULL);
	_exit(STATUS);
}

static struct pair *
find(const struct fa_matcher *m)
{
	for (size_t i = 0; i < pairs_n; i++)
		if (pairs[i].m == m)
			return &pairs[i];
	stop("a matcher that nobody made");
	return NULL;
}

/* A matcher may come to lie where one was that is gone. */
static struct pair *
place_for(const struct fa_matcher *m)
{
	if (pairs_n == 0)
		(void)atexit(at_end);
	for (size_t i = 0; i < pairs_n; i++)
		if (pairs[i].m == m)
			return &pairs[i];
	if (pairs_n == MATCHERS)
		stop("too many matchers");
	return &pairs[pairs_n++];
}

static struct ref_matcher *
reference_for(const struct fa_bundle *b)
{
	struct ref_matcher *ref = NULL;
	struct fa_err err = { 0 };

	for (size_t i = 0; i < pairs_n; i++)
		if (pairs[i].bundle == b && pairs[i].ref)
			return pairs[i].ref;
	if (ref_matcher_new(&ref, b, &err) < 0)
		stop(err.msg);
	return ref;
}

int
__wrap_fa_matcher_new(
	struct fa_matcher **out, const struct fa_bundle *b, struct fa_err *err)
{
	int rc = __real_fa_matcher_new(out, b, err);

	if (rc < 0)
		return rc;
	(void)pthread_mutex_lock(&lock);
	struct ref_matcher *ref = reference_for(b);
	*place_for(*out) = (struct pair){ *out, ref, b };
	(void)pthread_mutex_unlock(&lock);
	return rc;
}

int
__wrap_fa_matcher_share(struct fa_matcher **out, const struct fa_matcher *of,
	struct fa_err *err)
{
	int rc = __real_fa_matcher_share(out, of, err);

	if (rc < 0)
		return rc;
	(void)pthread_mutex_lock(&lock);
	struct pair *p = place_for(*out);
	*p = *find(of);
	p->m = *out;
	(void)pthread_mutex_unlock(&lock);
	return rc;
}

static void
say(const struct fa_doc *doc, const char *what)
{
	fprintf(stderr, "reference: %.*s: %s\n", FA_STR_ARG(doc->name), what);
}

static void
compare(const struct pair *p, const struct fa_match *fast,
	const struct fa_doc *doc, const struct fa_match_flow *flow,
	int32_t as_of)
{
	struct fa_buf x FA_CLEANUP(fa_buf_done);
	struct fa_buf y FA_CLEANUP(fa_buf_done);
	struct fa_buf why FA_CLEANUP(fa_buf_done);
	struct fa_match slow;
	struct fa_arena a;
	struct fa_err err = { 0 };

	fa_arena_init(&a, ARENA_BYTES);
	fa_buf_init(&x, TEXT_BYTES);
	fa_buf_init(&y, TEXT_BYTES);
	fa_buf_init(&why, TEXT_BYTES);
	if (ref_match(&slow, p->ref, doc, flow, as_of, &a, &err) < 0)
		stop(err.msg);
	ref_write(&x, p->bundle, fast);
	ref_write(&y, p->bundle, &slow);
	*(flow ? &flows : &documents) += 1;
	if (getenv("REFERENCE_SPOIL"))
		fa_buf_addc(&x, '!');
	if (fast->limits_hit > 0 || slow.limits_hit > 0) {
		limited++;
		say(doc, "a limit was reached; not compared");
	} else if (!fa_str_eq(fa_buf_str(&x), fa_buf_str(&y))) {
		differ++;
		ref_explain(&why, fa_buf_str(&x), fa_buf_str(&y));
		fa_buf_addc(&why, '\0');
		say(doc, why.rc == FA_OK ? why.p : "they differ");
	}
	fa_arena_done(&a);
}

int
__wrap_fa_match(struct fa_match *out, struct fa_matcher *m,
	const struct fa_doc *doc, int32_t as_of, struct fa_arena *a,
	struct fa_err *err)
{
	int rc = __real_fa_match(out, m, doc, as_of, a, err);

	(void)pthread_mutex_lock(&lock);
	if (rc == FA_OK)
		compare(find(m), out, doc, NULL, as_of);
	(void)pthread_mutex_unlock(&lock);
	return rc;
}

int
__wrap_fa_match_flow(struct fa_match *out, struct fa_matcher *m,
	const struct fa_doc *doc, const struct fa_match_flow *flow,
	int32_t as_of, struct fa_arena *a, struct fa_err *err)
{
	int rc = __real_fa_match_flow(out, m, doc, flow, as_of, a, err);

	(void)pthread_mutex_lock(&lock);
	if (rc == FA_OK)
		compare(find(m), out, doc, flow, as_of);
	(void)pthread_mutex_unlock(&lock);
	return rc;
}

int
__wrap_fa_match_rule_fires(bool *fires, struct fa_matcher *m, uint32_t rule,
	const struct fa_doc *doc, const struct fa_match_flow *flow,
	struct fa_arena *a, struct fa_err *err)
{
	int rc = __real_fa_match_rule_fires(fires, m, rule, doc, flow, a, err);
	struct fa_err ref_err = { 0 };
	struct fa_arena own;
	struct pair *p;
	bool want;

	if (rc < 0)
		return rc;
	(void)pthread_mutex_lock(&lock);
	p = find(m);
	fa_arena_init(&own, ARENA_BYTES);
	if (ref_rule_fires(&want, p->ref, rule, doc, flow, &own, &ref_err) < 0)
		stop(ref_err.msg);
	rules++;
	if (want != *fires) {
		differ++;
		say(doc, p->bundle->rules[rule].id.p);
	}
	fa_arena_done(&own);
	(void)pthread_mutex_unlock(&lock);
	return rc;
}
