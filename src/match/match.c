#include "match/match.h"

#include <string.h>

#include "flow/view.h"
#include "match/scan.h"
#include "match/uses.h"

#define MATCHER_BYTES (256u << 20) /* word table of the largest bundle */

/* The purposes of faces are the lexicons named use_*, which stand together:
 * most of the others are never looked at. */
static void
find_purposes(struct fa_matcher *m)
{
	const struct fa_lexicon *lexicons = m->bundle->lexicons;
	const struct fa_str use = FA_STR("use_");
	size_t from = 0, to = m->bundle->lexicons_n;

	while (from < to) {
		size_t middle = (from + to) / 2;

		if (fa_str_cmp(lexicons[middle].name, use) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	for (size_t i = from; i < m->bundle->lexicons_n &&
		fa_str_starts(lexicons[i].name, use) &&
		m->purposes_n < FA_PURPOSES_MAX;
		i++)
		m->purpose[m->purposes_n++] = (uint32_t)i;
}

/* Sorts the rules by what they are for. */
static int
sort_duties(struct fa_matcher *m, struct fa_err *err)
{
	const struct fa_bundle *b = m->bundle;

	m->duty = fa_arena_new(&m->arena, b->rules_n, sizeof(*m->duty));
	m->duty_from = fa_arena_new(
		&m->arena, b->obligations_n + 2, sizeof(*m->duty_from));
	m->scope = fa_arena_new(&m->arena, b->rules_n, sizeof(*m->scope));
	if (!m->duty || !m->duty_from || !m->scope)
		return fa_fail(err, FA_E_NOMEM, "no memory for the rules");
	for (uint32_t i = 0; i < b->rules_n; i++)
		if (b->rules[i].scope >= 0)
			m->scope[m->scope_n++] = i;
	for (size_t i = 0; i < b->rules_n; i++)
		if (b->rules[i].find && b->rules[i].scope < 0)
			m->duty_from[b->rules[i].obligation + 2]++;
	for (size_t i = 2; i < b->obligations_n + 2; i++)
		m->duty_from[i] += m->duty_from[i - 1];
	/* What is a beginning now has moved to the end when all are in. */
	for (uint32_t i = 0; i < b->rules_n; i++)
		if (b->rules[i].find && b->rules[i].scope < 0)
			m->duty[m->duty_from[b->rules[i].obligation + 1]++] = i;
	return FA_OK;
}

/* What is the same for all that share it. */
static int
init_shared(struct fa_matcher *m, const struct fa_matcher *of)
{
	m->re = of->re;
	m->far = of->far;
	m->words = of->words;
	m->duty = of->duty;
	m->duty_from = of->duty_from;
	m->scope = of->scope;
	m->scope_n = of->scope_n;
	memcpy(m->purpose, of->purpose, sizeof(m->purpose));
	m->purposes_n = of->purposes_n;
	m->shares = true;
	return FA_OK;
}

static int
init_own(struct fa_matcher *m, struct fa_err *err)
{
	const struct fa_bundle *b = m->bundle;
	int rc;

	m->re = fa_arena_new(&m->arena, b->patterns_n + 1, sizeof(*m->re));
	m->far = fa_arena_new(&m->arena, b->rules_n + 1, sizeof(*m->far));
	if (!m->re || !m->far)
		return fa_fail(err, FA_E_NOMEM, "no memory for the patterns");
	for (size_t i = 0; i < b->rules_n; i++)
		m->far[i] = b->rules[i].verdict == FA_VERDICT_CANNOT_TELL ||
			(b->rules[i].verdict == FA_VERDICT_VIOLATION &&
				fa_rule_wants_silence(&b->rules[i], true));
	find_purposes(m);
	rc = sort_duties(m, err);
	if (rc == FA_OK)
		rc = fa_words_new(&m->words, b, &m->arena, err);
	return rc;
}

static int
matcher_init(struct fa_matcher *m, const struct fa_bundle *b,
	const struct fa_matcher *of, struct fa_err *err)
{
	int rc;

	m->bundle = b;
	rc = of ? init_shared(m, of) : init_own(m, err);
	if (rc == FA_OK)
		rc = fa_words_notes_new(&m->notes, m->words, &m->arena, err);
	if (rc == FA_OK && b->programs)
		rc = fa_program_scratch_new(
			&m->machine, b->programs, &m->arena, err);
	if (rc == FA_OK)
		rc = fa_re_scratch_new(&m->scratch, err);
	return rc;
}

/* The matcher itself lives in its own arena, which is moved into it. */
static int
make(struct fa_matcher **out, const struct fa_bundle *b,
	const struct fa_matcher *of, struct fa_err *err)
{
	struct fa_arena arena;
	struct fa_matcher *m;
	int rc;

	fa_arena_init(&arena, MATCHER_BYTES);
	m = fa_arena_new(&arena, 1, sizeof(*m));
	if (!m) {
		fa_arena_done(&arena);
		return fa_fail(err, FA_E_NOMEM, "no memory for the matcher");
	}
	m->arena = arena;
	fa_arena_init(&m->texts, MATCHER_BYTES);
	fa_arena_init(&m->rows, MATCHER_BYTES);
	rc = matcher_init(m, b, of, err);
	if (rc < 0) {
		fa_matcher_free(m);
		return rc;
	}
	*out = m;
	return FA_OK;
}

int
fa_matcher_new(
	struct fa_matcher **out, const struct fa_bundle *b, struct fa_err *err)
{
	return make(out, b, NULL, err);
}

int
fa_matcher_share(struct fa_matcher **out, const struct fa_matcher *of,
	struct fa_err *err)
{
	return make(out, of->bundle, of, err);
}

void
fa_matcher_free(struct fa_matcher *m)
{
	struct fa_arena arena;

	if (!m)
		return;
	for (size_t i = 0; m->re && !m->shares && i < m->bundle->patterns_n;
		i++)
		fa_re_free(m->re[i]);
	fa_re_scratch_free(m->scratch);
	if (m->machine)
		fa_program_scratch_done(m->machine);
	fa_arena_done(&m->texts);
	fa_arena_done(&m->rows);
	arena = m->arena;
	fa_arena_done(&arena);
}

int
fa_matcher_vocab(
	const struct fa_vocab **out, struct fa_matcher *m, struct fa_err *err)
{
	int rc = m->vocab ? FA_OK
			  : fa_vocab_new(&m->vocab, m->bundle, &m->arena, err);

	if (rc == FA_OK)
		*out = m->vocab;
	return rc;
}

int
fa_match_flow(struct fa_match *out, struct fa_matcher *m,
	const struct fa_doc *doc, const struct fa_match_flow *flow,
	int32_t as_of, struct fa_arena *a, struct fa_err *err)
{
	struct fa_scan s FA_CLEANUP(fa_scan_done) = { .m = m };
	struct fa_match result = { 0 };
	int rc = fa_scan_init(&s, m, doc, a, err);

	s.flow = flow;
	if (rc == FA_OK)
		rc = fa_scan_scopes(&result, &s);
	if (rc < 0)
		return rc;
	/* Short texts seldom say what a screen does; the graph knows. */
	result.scopes &= ~FA_SCOPE_BIT(FA_SCOPE_FACE_ID);
	if (flow->face)
		result.scopes |= FA_SCOPE_BIT(FA_SCOPE_FACE_ID);
	rc = fa_scan_decide(&result, &s, as_of);
	if (rc == FA_OK)
		*out = result;
	return rc;
}

int
fa_match(struct fa_match *out, struct fa_matcher *m, const struct fa_doc *doc,
	int32_t as_of, struct fa_arena *a, struct fa_err *err)
{
	struct fa_scan s FA_CLEANUP(fa_scan_done) = { .m = m };
	struct fa_match result = { 0 };
	int rc = fa_scan_init(&s, m, doc, a, err);

	if (rc == FA_OK)
		rc = fa_scan_scopes(&result, &s);
	if (rc == FA_OK)
		rc = fa_scan_decide(&result, &s, as_of);
	if (rc == FA_OK)
		rc = fa_scan_uses(&result, &s);
	if (rc == FA_OK)
		*out = result;
	return rc;
}

int
fa_match_rule_fires(bool *fires, struct fa_matcher *m, uint32_t rule,
	const struct fa_doc *doc, const struct fa_match_flow *flow,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_scan s FA_CLEANUP(fa_scan_done) = { .m = m };
	struct fa_match scopes = { 0 };
	const struct fa_fires *found;
	bool any = false;
	int rc = fa_scan_init(&s, m, doc, a, err);

	s.flow = flow;
	if (rc == FA_OK)
		rc = fa_scan_scopes(&scopes, &s);
	if (rc == FA_OK)
		rc = fa_scan_rule(&found, &s, &m->bundle->rules[rule]);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < found->n; i++)
		any |= !found->at[i].exculpated;
	*fires = any;
	return FA_OK;
}
