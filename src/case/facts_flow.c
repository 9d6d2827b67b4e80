/* The walks of a case: flows judged again from the files that they left. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit/flow.h"
#include "base/file.h"
#include "base/num.h"
#include "case/facts_parts.h"
#include "flow/json.h"

#define FLOW_FILE "flow.json"
#define FLOW_BYTES (64u << 20)
#define WALKS_MAX 100

/* "walk", "walk-2" ...: the number, or 0 for another name. */
static unsigned
walk_number(const char *name)
{
	uint64_t n;

	if (strcmp(name, "walk") == 0)
		return 1;
	if (strncmp(name, "walk-", 5) == 0 &&
		fa_num_u64(fa_str_c(name + 5), WALKS_MAX, &n))
		return (unsigned)n;
	return 0;
}

static int
find_walks(
	bool has[WALKS_MAX + 1], const struct fa_facts *x, struct fa_err *err)
{
	DIR *d = opendir(x->o->dir.p);
	const struct dirent *e;

	memset(has, 0, sizeof(bool) * (WALKS_MAX + 1));
	if (d == NULL)
		return fa_fail(err, FA_E_IO, "%.*s: %s", FA_STR_ARG(x->o->dir),
			strerror(errno));
	while ((e = readdir(d)) != NULL)
		has[walk_number(e->d_name)] = true;
	has[0] = false;
	(void)closedir(d);
	return FA_OK;
}

/* A picture of a screen: shown only when it has the digest that the flow
 * names, because the digest is what the report prints. */
static int
add_picture(struct fa_facts *x, const struct fa_flow *f, uint32_t at,
	struct fa_str folder, uint32_t document, struct fa_err *err)
{
	const struct fa_flow_evidence *e = &f->evidence[at];
	struct fa_dossier_picture *p = FA_FACTS_ADD(
		x, x->d->pictures, x->d->pictures_n, x->pictures_cap, err);
	struct fa_dossier_digest is;
	struct fa_str path, bytes;
	struct fa_err ignored;
	int rc;

	if (p == NULL)
		return FA_E_NOMEM;
	p->parent = document;
	p->name = fa_facts_say(
		x, "%.*s/%.*s", FA_STR_ARG(folder), FA_STR_ARG(e->path));
	fa_facts_digest_of(&p->digest, e->sha256, FA_STR_NONE, -1);
	for (uint32_t i = 0; i < f->screens_n; i++)
		for (size_t k = 0; k < f->screens[i].evidence_n; k++)
			if (f->screens[i].evidence[k] == at)
				p->shows = fa_facts_say(x,
					FA_FACTS_SAY(x, "界面 %.*s %.*s",
						"screen %.*s %.*s"),
					FA_STR_ARG(f->screens[i].id),
					FA_STR_ARG(f->screens[i].title));
	if (!fa_str_starts(e->media, FA_STR("image/")) ||
		x->picture_bytes >= FA_DOSSIER_PICTURES_BYTES ||
		fa_str_find(e->path, FA_STR(".."), 0) != SIZE_MAX)
		return FA_OK;
	path = fa_facts_say(
		x, "%.*s/%.*s", FA_STR_ARG(x->o->dir), FA_STR_ARG(p->name));
	if (fa_file_read(
		    &bytes, path, FA_DOSSIER_PICTURE_BYTES, x->a, &ignored) < 0)
		return FA_OK;
	x->picture_bytes += bytes.n;
	rc = fa_facts_digest(&is, bytes, err);
	if (rc == FA_OK && fa_str_eq(fa_str_c(is.sha256), e->sha256)) {
		p->digest = is;
		p->bytes = bytes;
	}
	return rc;
}

/* When the walk was: as the recording says, else as the log has its first
 * request. */
static int64_t
when(const struct fa_facts *x, const struct fa_flow *flow)
{
	int64_t at = fa_facts_time_us(flow->recorded_at);
	struct fa_str start = flow->start < flow->screens_n
		? flow->screens[flow->start].url
		: FA_STR_NONE;

	for (size_t i = 0; at == 0 && i < x->log.n; i++)
		if (fa_str_eq(x->log.at[i].purpose, FA_STR("walk")) &&
			fa_str_eq(x->log.at[i].url, start))
			at = x->log.at[i].at_ms * 1000;
	return at;
}

static int
judge(struct fa_facts *x, uint32_t index, struct fa_str folder,
	struct fa_str text, struct fa_err *err)
{
	struct fa_facts_doc *doc = &x->docs[index];
	struct fa_dossier_document *out = &x->d->documents[index];
	struct fa_flow *flow;
	int rc = fa_flow_parse(&flow, text, x->a, err);

	if (rc == FA_OK)
		rc = fa_audit_flow(
			&doc->r, &x->audit, flow, out->url, text, x->a, err);
	if (rc < 0)
		return rc;
	doc->flow = flow;
	doc->judged = doc->r.error.p == NULL;
	out->error = doc->r.error;
	out->score = doc->r.score;
	out->relation = fa_str_c(FA_FACTS_SAY(x,
		"起始网址由取证人指定；与正式发布的客户端的关联另行证明",
		"the operator named where to start; that the released client "
		"shows the same has to be shown otherwise"));
	out->recorded_us = when(x, flow);
	out->device = flow->device;
	if (flow->start < flow->screens_n)
		out->start = flow->screens[flow->start].url;
	out->title = flow->app_name.n > 0
		? fa_facts_say(x,
			  FA_FACTS_SAY(
				  x, "%.*s 同意流程走查", "%.*s consent flow"),
			  FA_STR_ARG(flow->app_name))
		: fa_str_c(FA_FACTS_SAY(x, "同意流程走查", "consent flow"));
	doc->first_picture = (uint32_t)x->d->pictures_n;
	for (uint32_t i = 0; i < flow->evidence_n && rc == FA_OK; i++)
		rc = add_picture(x, flow, i, folder, index, err);
	return rc;
}

static int
add_walk(struct fa_facts *x, unsigned number, struct fa_err *err)
{
	struct fa_facts_doc *doc;
	struct fa_dossier_document *out;
	uint32_t index = (uint32_t)x->docs_n;
	struct fa_str folder = number == 1 ? FA_STR("walk")
					   : fa_facts_say(x, "walk-%u", number);
	struct fa_str path = fa_facts_say(x, "%.*s/%.*s/" FLOW_FILE,
		FA_STR_ARG(x->o->dir), FA_STR_ARG(folder));
	struct fa_str text;
	struct fa_err why;
	int rc;

	if (fa_file_read(&text, path, FLOW_BYTES, x->a, &why) < 0)
		return FA_OK; /* the log has its error event */
	doc = FA_FACTS_ADD(x, x->docs, x->docs_n, x->docs_cap, err);
	out = FA_FACTS_ADD(
		x, x->d->documents, x->d->documents_n, x->documents_cap, err);
	if (doc == NULL || out == NULL)
		return FA_E_NOMEM;
	doc->folder = folder;
	doc->first_picture = FA_DOSSIER_NONE;
	out->is_flow = true;
	out->capture = out->picture = FA_DOSSIER_NONE;
	out->url = fa_facts_say(x, "%.*s/" FLOW_FILE, FA_STR_ARG(folder));
	out->text.bytes = -1;
	rc = fa_facts_digest(&out->raw, text, err);
	if (rc == FA_OK)
		rc = judge(x, index, folder, text, &why);
	if (rc == FA_E_INPUT || rc == FA_E_LIMIT) {
		x->d->documents[index].error =
			fa_facts_dup(x, fa_str_c(why.msg));
		return FA_OK;
	}
	return rc < 0 ? fa_fail(err, rc, "%s", why.msg) : FA_OK;
}

int
fa_facts_flows(struct fa_facts *x, struct fa_err *err)
{
	bool has[WALKS_MAX + 1];
	int rc;

	if (x->c == NULL)
		return FA_OK;
	rc = find_walks(has, x, err);
	for (unsigned i = 1; i <= WALKS_MAX && rc == FA_OK; i++)
		if (has[i])
			rc = add_walk(x, i, err);
	return rc;
}
