/* Checking the custody log line by line. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "evidence/custody.h"
#include "evidence/custody_parts.h"

#define SHOWN 12 /* digits of a digest in a message */

const char *
fa_chain_fault_name(enum fa_chain_fault f)
{
	static const char *const names[] = { "whole", "malformed", "seq",
		"prev", "digest", "unsupported" };

	return (unsigned)f < FA_COUNT(names) ? names[f] : "?";
}

void
fa_chain_init(struct fa_chain *c)
{
	memset(c, 0, sizeof(*c));
	memcpy(c->head, FA_CUSTODY_ZERO, sizeof(c->head));
	c->mono_ns = -1;
}

static void set_fault(struct fa_chain *c, enum fa_chain_fault f,
	const char *format, ...) FA_PRINTF(3, 4);

static void
set_fault(struct fa_chain *c, enum fa_chain_fault f, const char *format, ...)
{
	struct fa_err text;
	va_list ap;

	va_start(ap, format);
	(void)vsnprintf(text.msg, sizeof(text.msg), format, ap);
	va_end(ap);
	c->fault = f;
	c->fault_line = c->seq + 1;
	(void)snprintf(c->why, sizeof(c->why), "line %lld: %.*s",
		(long long)c->fault_line, (int)sizeof(c->why) - 32, text.msg);
	for (size_t n = strlen(c->why); !fa_utf8_valid(fa_str_c(c->why)); n--)
		c->why[n] = '\0';
}

static void
note_time(struct fa_chain *c, const struct fa_custody_event *e)
{
	bool same_boot = e->host.boot_id.p && c->boot[0] != '\0' &&
		fa_str_eq(e->host.boot_id, fa_str_c(c->boot));
	size_t n = e->host.boot_id.n;

	if (c->seq > 0 &&
		(e->t_ms < c->last_ms ||
			(same_boot && e->mono_ns >= 0 &&
				e->mono_ns < c->mono_ns)))
		c->back_steps++;
	if (c->seq == 0)
		c->first_ms = e->t_ms;
	c->last_ms = e->t_ms;
	c->mono_ns = e->mono_ns;
	c->boot[0] = '\0';
	if (n > 0 && n < sizeof(c->boot)) {
		memcpy(c->boot, e->host.boot_id.p, n);
		c->boot[n] = '\0';
	}
}

static void
check_link(struct fa_chain *c, const struct fa_custody_event *e)
{
	if (e->seq != c->seq + 1)
		set_fault(c, FA_CHAIN_SEQ,
			"is numbered %lld, expected %lld: lines were removed, "
			"put in or moved",
			(long long)e->seq, (long long)c->seq + 1);
	else if (strcmp(e->prev, c->head) != 0)
		set_fault(c, FA_CHAIN_PREV,
			"says that the line before has the digest %.*s..., "
			"which has %.*s...: one of the two was changed",
			SHOWN, e->prev, SHOWN, c->head);
}

static int
add(struct fa_custody_event *out, struct fa_chain *c, struct fa_str line,
	const char *kept, struct fa_arena *a, struct fa_err *err)
{
	char digest[FA_HASH_HEX_BYTES];
	struct fa_custody_event e;
	struct fa_err why;
	int rc;

	if (c->fault != FA_CHAIN_WHOLE)
		return FA_OK;
	rc = fa_custody_digest(digest, line, err);
	if (rc < 0)
		return rc;
	if (kept && strcmp(kept, digest) != 0) {
		set_fault(c, FA_CHAIN_DIGEST,
			"has the digest %.*s..., kept beside it is %.*s...",
			SHOWN, digest, SHOWN, kept);
		return FA_OK;
	}
	rc = fa_custody_parse(&e, line, a, &why);
	if (rc == FA_E_NOMEM)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc < 0)
		set_fault(c,
			rc == FA_E_UNSUPPORTED ? FA_CHAIN_UNSUPPORTED
					       : FA_CHAIN_MALFORMED,
			"%s", why.msg);
	else
		check_link(c, &e);
	if (c->fault != FA_CHAIN_WHOLE)
		return FA_OK;
	note_time(c, &e);
	c->seq++;
	memcpy(c->head, digest, sizeof(c->head));
	if (out)
		*out = e;
	return FA_OK;
}

int
fa_chain_add(struct fa_custody_event *out, struct fa_chain *c,
	struct fa_str line, struct fa_arena *a, struct fa_err *err)
{
	return add(out, c, line, NULL, a, err);
}

int
fa_chain_add_row(struct fa_custody_event *out, struct fa_chain *c, int64_t seq,
	struct fa_str line, const char *sha256, struct fa_arena *a,
	struct fa_err *err)
{
	if (c->fault == FA_CHAIN_WHOLE && seq != c->seq + 1) {
		set_fault(c, FA_CHAIN_SEQ,
			"is kept under the number %lld, expected %lld: lines "
			"were removed or put in",
			(long long)seq, (long long)c->seq + 1);
		return FA_OK;
	}
	return add(out, c, line, sha256, a, err);
}

static int
check_lines(struct fa_chain *c, struct fa_str text, fa_chain_fn *fn, void *ctx,
	struct fa_arena *a, struct fa_err *err)
{
	int rc = FA_OK;

	while (text.n > 0 && rc >= 0 && c->fault == FA_CHAIN_WHOLE) {
		struct fa_str line = fa_str_cut(&text, '\n');
		struct fa_custody_event e;

		if (!text.p) {
			set_fault(c, FA_CHAIN_MALFORMED,
				"has no end: the log was cut off within it");
			return FA_OK;
		}
		fa_arena_reset(a);
		rc = fa_chain_add(&e, c, line, a, err);
		if (rc == FA_OK && fn && c->fault == FA_CHAIN_WHOLE)
			rc = fn(ctx, &e, line, err);
	}
	return rc < 0 ? rc : FA_OK;
}

int
fa_chain_check_text(struct fa_chain *c, struct fa_str text, fa_chain_fn *fn,
	void *ctx, struct fa_err *err)
{
	struct fa_arena a;
	int rc;

	fa_chain_init(c);
	fa_arena_init(&a, FA_CUSTODY_PARSE_BYTES);
	rc = check_lines(c, text, fn, ctx, &a, err);
	fa_arena_done(&a);
	return rc;
}
