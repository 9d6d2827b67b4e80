#include "base/re.h"

#include <stdlib.h>
#include <string.h>

#include "base/libpcre2.h"

#define JIT_STACK_MIN_BYTES ((size_t)32 << 10)
#define JIT_STACK_MAX_BYTES ((size_t)1 << 20)
#define MESSAGE_BYTES 128

struct fa_re {
	pcre2_code *code;
};

/* Made by the first search: most runs search nothing with PCRE2. */
struct fa_re_scratch {
	pcre2_match_data *data; /* NULL until then */
	pcre2_match_context *context;
	pcre2_jit_stack *stack; /* NULL when PCRE2 was built without JIT */
};

/* Through ours, so that failing allocations can be tested. */
static void *
get_memory(size_t bytes, void *ctx)
{
	(void)ctx;
	return malloc(bytes);
}

static void
put_memory(void *p, void *ctx)
{
	(void)ctx;
	free(p);
}

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "out of memory for a pattern");
}

static int
compile(struct fa_re *re, struct fa_str pattern, struct fa_err *err)
{
	pcre2_general_context *general = fa_pcre2()->general_context_create(
		get_memory, put_memory, NULL);
	pcre2_compile_context *context;
	PCRE2_UCHAR message[MESSAGE_BYTES];
	PCRE2_SIZE at = 0;
	int code = 0;

	if (general == NULL)
		return no_memory(err);
	context = fa_pcre2()->compile_context_create(general);
	fa_pcre2()->general_context_free(general);
	if (context == NULL)
		return no_memory(err);
	re->code = fa_pcre2()->compile((PCRE2_SPTR)(pattern.p ? pattern.p : ""),
		pattern.n,
		PCRE2_UTF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C, &code,
		&at, context);
	fa_pcre2()->compile_context_free(context);
	if (re->code != NULL)
		return FA_OK;
	if (code == PCRE2_ERROR_HEAP_FAILED)
		return no_memory(err);
	if (fa_pcre2()->get_error_message(code, message, sizeof(message)) < 0)
		message[0] = '\0';
	return fa_fail(err, FA_E_INPUT, "pattern: %s at byte %zu",
		(const char *)message, (size_t)at);
}

int
fa_re_new(struct fa_re **out, struct fa_str pattern, struct fa_err *err)
{
	struct fa_re *re;
	int rc;

	if (pattern.n > FA_RE_PATTERN_BYTES) {
		return fa_fail(err, FA_E_LIMIT,
			"pattern is %zu bytes, limit %d", pattern.n,
			FA_RE_PATTERN_BYTES);
	}
	rc = fa_pcre2_open(err);
	if (rc < 0)
		return rc;
	re = calloc(1, sizeof(*re));
	if (re == NULL)
		return no_memory(err);
	rc = compile(re, pattern, err);
	if (rc != FA_OK) {
		fa_re_free(re);
		return rc;
	}
	/* Without JIT the same pattern runs in the interpreter. */
	(void)fa_pcre2()->jit_compile(re->code, PCRE2_JIT_COMPLETE);
	*out = re;
	return FA_OK;
}

void
fa_re_free(struct fa_re *re)
{
	if (re == NULL)
		return;
	fa_pcre2()->code_free(re->code);
	free(re);
}

int
fa_re_scratch_new(struct fa_re_scratch **out, struct fa_err *err)
{
	struct fa_re_scratch *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return no_memory(err);
	*out = s;
	return FA_OK;
}

static void
drop(struct fa_re_scratch *s)
{
	if (fa_pcre2() == NULL)
		return;
	fa_pcre2()->match_data_free(s->data);
	fa_pcre2()->match_context_free(s->context);
	fa_pcre2()->jit_stack_free(s->stack);
	memset(s, 0, sizeof(*s));
}

/* There is a pattern, so the library is open. */
static int
prepare(struct fa_re_scratch *s, struct fa_err *err)
{
	pcre2_general_context *general = fa_pcre2()->general_context_create(
		get_memory, put_memory, NULL);
	uint32_t has_jit = 0;

	if (general == NULL)
		return no_memory(err);
	(void)fa_pcre2()->config(PCRE2_CONFIG_JIT, &has_jit);
	s->data = fa_pcre2()->match_data_create(1, general);
	s->context = fa_pcre2()->match_context_create(general);
	if (has_jit == 1) {
		s->stack = fa_pcre2()->jit_stack_create(
			JIT_STACK_MIN_BYTES, JIT_STACK_MAX_BYTES, general);
	}
	fa_pcre2()->general_context_free(general);
	if (s->data == NULL || s->context == NULL ||
		(has_jit == 1 && s->stack == NULL)) {
		drop(s);
		return no_memory(err);
	}
	(void)fa_pcre2()->set_match_limit(s->context, FA_RE_MATCH_LIMIT);
	(void)fa_pcre2()->set_depth_limit(s->context, FA_RE_DEPTH_LIMIT);
	(void)fa_pcre2()->set_heap_limit(s->context, FA_RE_HEAP_KIB);
	if (s->stack != NULL)
		fa_pcre2()->jit_stack_assign(s->context, NULL, s->stack);
	return FA_OK;
}

void
fa_re_scratch_free(struct fa_re_scratch *s)
{
	if (s == NULL)
		return;
	drop(s);
	free(s);
}

static int
fail_match(int code, struct fa_err *err)
{
	switch (code) {
	case PCRE2_ERROR_MATCHLIMIT:
	case PCRE2_ERROR_DEPTHLIMIT:
	case PCRE2_ERROR_HEAPLIMIT:
	case PCRE2_ERROR_JIT_STACKLIMIT:
	case PCRE2_ERROR_RECURSELOOP:
		return fa_fail(err, FA_E_LIMIT,
			"pattern search gave up at its limit (PCRE2 error "
			"%d)",
			code);
	case PCRE2_ERROR_NOMEMORY:
		return fa_fail(
			err, FA_E_NOMEM, "out of memory for a pattern search");
	default:
		return fa_fail(err, FA_E_INPUT, "PCRE2 error %d", code);
	}
}

int
fa_re_find(const struct fa_re *re, struct fa_re_scratch *s,
	struct fa_str subject, size_t from, struct fa_re_hit *hit,
	struct fa_err *err)
{
	const PCRE2_SIZE *at;
	int code;

	/* PCRE2 does not check the offset, as the text is not checked again */
	while (from < subject.n &&
		((unsigned char)subject.p[from] & 0xc0) == 0x80)
		from++;
	if (from > subject.n)
		return 0;
	if (s->data == NULL && prepare(s, err) < 0)
		return FA_E_NOMEM;
	code = fa_pcre2()->match(re->code,
		(PCRE2_SPTR)(subject.p ? subject.p : ""), subject.n, from,
		PCRE2_NO_UTF_CHECK, s->data, s->context);
	if (code == PCRE2_ERROR_NOMATCH)
		return 0;
	if (code < 0)
		return fail_match(code, err);
	at = fa_pcre2()->get_ovector_pointer(s->data);
	/* \K in a lookahead can end a match before its begin */
	hit->from = at[0] < at[1] ? at[0] : at[1];
	hit->to = at[1];
	return 1;
}
