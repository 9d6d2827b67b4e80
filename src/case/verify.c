#include "case/verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "case/verify_work.h"

#define DETAIL_BYTES 1024

const char *
fa_verify_state_name(enum fa_verify_state s)
{
	static const char *const names[] = { "ok", "none", "not anchored",
		"cannot check", "failed" };

	return names[s];
}

bool
fa_verify_is_derived(const char *id)
{
	static const char *const ids[] = { "bodies", "lists", "index", "quotes",
		"judgement" };

	for (size_t i = 0; i < FA_COUNT(ids); i++)
		if (strcmp(ids[i], id) == 0)
			return true;
	return false;
}

int
fa_verify_say(struct fa_verify_work *w, const char *id,
	enum fa_verify_state state, struct fa_err *err, const char *fmt, ...)
{
	struct fa_verify_report *r = w->report;
	char text[DETAIL_BYTES];
	struct fa_verify_check *c;
	va_list args;

	if (r->n == FA_VERIFY_CHECKS)
		return fa_fail(err, FA_E_LIMIT, "too many checks");
	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	c = &r->checks[r->n];
	c->id = id;
	c->state = state;
	c->detail = fa_arena_dup(w->a, fa_str_c(text));
	if (!c->detail.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a report");
	r->n++;
	if (state > r->verdict)
		r->verdict = state;
	if (state > r->evidence && !fa_verify_is_derived(id))
		r->evidence = state;
	return FA_OK;
}

int
fa_verify_fail(struct fa_verify_work *w, const char *id, int rc,
	const struct fa_err *why, struct fa_err *err)
{
	if (rc == FA_E_IO || rc == FA_E_NOMEM || rc == FA_E_INTERRUPTED)
		return fa_fail(err, rc, "%s", why->msg);
	return fa_verify_say(w, id,
		rc == FA_E_UNSUPPORTED || rc == FA_E_LIMIT ? FA_VERIFY_CANNOT
							   : FA_VERIFY_FAILED,
		err, "%s", why->msg);
}

int
fa_verify_text(struct fa_str *out, const struct fa_verify_work *w,
	const struct fa_pack_files *list, const char *name, struct fa_err *err)
{
	const struct fa_pack_file *f = fa_pack_files_find(list, fa_str_c(name));

	if (!f)
		return fa_fail(err, FA_E_NOTFOUND, "%s is missing", name);
	return fa_file_read(out, f->path, FA_PACK_FILE_BYTES, w->a, err);
}

/* Of a pack whose format is not known one can still tell what vouches for it
 * as a whole. */
static const struct step {
	int (*check)(struct fa_verify_work *w, struct fa_err *err);
	bool of_any;
} steps[] = {
	{ fa_verify_files, true },
	{ fa_verify_log, false },
	{ fa_verify_archive, false },
	{ fa_verify_log_stamps, false },
	{ fa_verify_stamps, true },
	{ fa_verify_signature, true },
	{ fa_verify_judge, false },
};

static int
check_all(struct fa_verify_work *w, struct fa_err *err)
{
	for (size_t i = 0; i < FA_COUNT(steps); i++) {
		int rc = FA_OK;

		if (w->o->stop && w->o->stop(w->o->ctx))
			return fa_fail(err, FA_E_INTERRUPTED, "asked to stop");
		if (steps[i].of_any || !w->is_foreign)
			rc = steps[i].check(w, err);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

int
fa_verify(struct fa_verify_report *out, struct fa_str path,
	const struct fa_verify_opts *opts, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_verify_work w = { .o = opts, .report = out, .a = a };
	bool go = false;
	int rc;

	memset(out, 0, sizeof(*out));
	rc = fa_verify_open(&go, &w, path, err);
	if (rc == FA_OK && go)
		rc = check_all(&w, err);
	fa_verify_close(&w);
	return rc;
}
