/* Objects, the custody log and its stamps. The log is checked line by line
 * while it is read. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "case/facts_parts.h"
#include "evidence/custody.h"
#include "evidence/merkle.h"
#include "store/custody.h"

#define SAY(zh, en) FA_FACTS_SAY(x, zh, en)
#define SUMMARY_BYTES 600
#define EVENT_ARENA ((size_t)64 << 20)

/* Days since 1970 of a date of the proleptic Gregorian calendar. */
static int64_t
days_of(int64_t y, int64_t m, int64_t d)
{
	int64_t era, yoe, doy, doe;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

int64_t
fa_facts_time_us(struct fa_str s)
{
	static const char form[] = "0000-00-00T00:00:00";
	int64_t part[6] = { 0 }, us = 0, scale = 100000;
	size_t n = 0;

	if (s.n < sizeof(form) || s.p[s.n - 1] != 'Z')
		return 0;
	for (size_t i = 0; i < sizeof(form) - 1; i++) {
		if (form[i] == '0' && s.p[i] >= '0' && s.p[i] <= '9')
			part[n] = part[n] * 10 + (s.p[i] - '0');
		else if (form[i] == '0' || s.p[i] != form[i])
			return 0;
		else
			n++;
	}
	for (size_t i = sizeof(form); i + 1 < s.n && scale > 0; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return 0;
		us += (s.p[i] - '0') * scale;
		scale /= 10;
	}
	return ((days_of(part[0], part[1], part[2]) * 24 + part[3]) * 3600 +
		       part[4] * 60 + part[5]) *
		1000000 +
		us;
}

/* ---- objects ---- */

static struct fa_str
kind_of(struct fa_facts *x, struct fa_str name, struct fa_str mime)
{
	static const char *const kind[][3] = {
		{ "environment.json", "环境记录", "environment record" },
		{ "case.json", "案件信息", "case record" },
		{ "rules.json", "规则集", "rules" },
		{ "tls-chain.pem", "服务器证书链", "server certificates" },
		{ "screenshot", "屏幕截图", "screenshot" },
		{ "dom", "页面渲染结果", "rendered page" },
		{ "text", "提取的文本", "extracted text" },
		{ "flow.json", "界面流记录", "recorded flow" },
		{ "walk.warc.gz", "网页存档", "web archive" },
		{ "stamp", "时间戳", "time stamp" },
		{ "tsr", "时间戳", "time stamp" },
	};

	for (size_t i = 0; i < FA_COUNT(kind); i++)
		if (fa_str_find(name, fa_str_c(kind[i][0]), 0) != SIZE_MAX)
			return fa_str_c(
				kind[i][x->o->lang == FA_LANG_ZH ? 1 : 2]);
	if (fa_str_starts(mime, FA_STR("image/")))
		return fa_str_c(SAY("屏幕截图", "screenshot"));
	return fa_str_c(SAY("电子数据", "object"));
}

/* The answers that the texts come from are the first things of the list. */
static int
add_responses(struct fa_facts *x, struct fa_err *err)
{
	for (size_t i = 0; i < x->d->captures_n; i++) {
		const struct fa_dossier_capture *c = &x->d->captures[i];
		struct fa_dossier_object *o;

		x->d->objects_all++;
		if (x->d->objects_n == FA_DOSSIER_OBJECTS_MAX)
			continue;
		o = FA_FACTS_ADD(
			x, x->d->objects, x->d->objects_n, x->objects_cap, err);
		if (o == NULL)
			return FA_E_NOMEM;
		*o = (struct fa_dossier_object){
			.kind = fa_str_c(SAY("网页应答正文", "response body")),
			.name = fa_str_c(SAY("原始电子数据", "as it came")),
			.digest = c->payload,
			.source = c->final,
			.at_us = c->at_us,
			.where = fa_facts_say(x, "%s%.*s @%lld+%lld",
				fa_str_starts(c->archive, FA_STR("/"))
					? ""
					: "archive/",
				FA_STR_ARG(c->archive), (long long)c->offset,
				(long long)c->length),
			.seq = c->seq
		};
	}
	return FA_OK;
}

/* Texts that were extracted, of a store that logs no objects. */
static int
add_texts(struct fa_facts *x, struct fa_err *err)
{
	for (size_t i = 0; i < x->d->documents_n; i++) {
		const struct fa_dossier_document *d = &x->d->documents[i];
		struct fa_dossier_object *o;

		if (d->text.sha256[0] == '\0')
			continue;
		x->d->objects_all++;
		o = FA_FACTS_ADD(
			x, x->d->objects, x->d->objects_n, x->objects_cap, err);
		if (o == NULL)
			return FA_E_NOMEM;
		*o = (struct fa_dossier_object){
			.kind = fa_str_c(SAY("提取的文本", "extracted text")),
			.name = d->title,
			.mime = FA_STR("text/plain; charset=utf-8"),
			.digest = d->text,
			.source = d->url,
			.at_us = d->capture < x->d->captures_n
				? x->d->captures[d->capture].at_us
				: 0,
			.parent = d->capture < x->d->captures_n
				? fa_str_c(x->d->captures[d->capture]
						   .payload.sha256)
				: FA_STR_NONE
		};
	}
	return FA_OK;
}

int
fa_facts_objects(struct fa_facts *x, struct fa_err *err)
{
	int rc = add_responses(x, err);

	if (rc == FA_OK && x->things.n == 0)
		return add_texts(x, err);
	for (size_t i = 0; rc == FA_OK && i < x->things.n; i++) {
		const struct fa_case_object *t = &x->things.at[i];
		struct fa_dossier_object *o;

		x->d->objects_all++;
		if (x->d->objects_n == FA_DOSSIER_OBJECTS_MAX)
			continue;
		o = FA_FACTS_ADD(
			x, x->d->objects, x->d->objects_n, x->objects_cap, err);
		if (o == NULL)
			return FA_E_NOMEM;
		o->name = t->name;
		o->mime = t->mime;
		o->kind = kind_of(x, t->name, t->mime);
		fa_facts_digest_of(&o->digest, t->sha256, t->sm3, t->bytes);
		o->source = fa_facts_say(x,
			SAY("保管链第 %lld 号事件 %.*s",
				"custody event %lld %.*s"),
			(long long)t->seq, FA_STR_ARG(t->op));
		o->at_us = fa_facts_time_us(t->time);
		o->parent = t->parent;
		o->seq = t->seq;
		rc = fa_case_object_path(&o->where, t, x->a, err);
	}
	return rc;
}

/* ---- the log ---- */

struct log {
	struct fa_facts *x;
	struct fa_chain chain;
	struct fa_merkle tree;
	struct fa_arena a; /* of the event at hand */
};

/* What an event says, in one line. */
static struct fa_str
summary_of(struct fa_facts *x, const struct fa_json *d)
{
	static const char *const member[] = { "purpose", "stage", "outcome",
		"status", "obligation", "verdict", "state", "kind", "id",
		"message", "url_final" };
	struct fa_buf b FA_CLEANUP(fa_buf_done);

	fa_buf_init(&b, SUMMARY_BYTES);
	for (size_t i = 0; i < FA_COUNT(member); i++) {
		const struct fa_json *j = fa_json_find(d, member[i]);

		if (j == NULL || b.n > SUMMARY_BYTES / 2)
			continue;
		if (j->kind == FA_JSON_STRING && j->str.n > 0)
			fa_buf_addf(&b, "%s%.*s", b.n > 0 ? " · " : "",
				(int)(j->str.n < 200 ? j->str.n : 200),
				j->str.p);
		else if (j->kind == FA_JSON_INT && j->integer != 0)
			fa_buf_addf(&b, "%s%lld", b.n > 0 ? " · " : "",
				(long long)j->integer);
	}
	return b.rc == FA_OK ? fa_facts_dup(x, fa_buf_str(&b)) : FA_STR_NONE;
}

static int
add_event(struct fa_facts *x, const struct fa_custody_event *e,
	const char *hash, struct fa_arena *a, struct fa_err *err)
{
	struct fa_dossier_custody *c = &x->d->custody;
	struct fa_dossier_event *out;
	const struct fa_json *d;
	int rc = fa_custody_detail(&d, e, a, err);

	if (rc < 0)
		return rc;
	c->failures += e->op == FA_OP_ERROR;
	if (c->extract_n == FA_DOSSIER_CUSTODY_EXTRACT)
		return FA_OK;
	out = FA_FACTS_ADD(x, c->extract, c->extract_n, x->events_cap, err);
	if (out == NULL)
		return FA_E_NOMEM;
	out->seq = e->seq;
	out->t_ms = e->t_ms;
	out->op = fa_str_c(fa_custody_op_name(e->op));
	out->actor = fa_facts_dup(x, e->actor.id);
	out->target = fa_facts_dup(x, e->target.url);
	out->failed = e->op == FA_OP_ERROR;
	out->summary = summary_of(x, d);
	(void)snprintf(out->hash, sizeof(out->hash), "%s", hash);
	return FA_OK;
}

static int
each(void *ctx, const struct fa_store_custody_row *row, struct fa_err *err)
{
	struct log *l = ctx;
	struct fa_custody_event e;
	char hash[FA_HASH_HEX_BYTES];
	int rc;

	fa_arena_reset(&l->a);
	rc = fa_custody_digest(hash, row->line, err);
	if (rc == FA_OK)
		rc = fa_chain_add(&e, &l->chain, row->line, &l->a, err);
	if (rc == FA_OK && l->chain.fault == FA_CHAIN_WHOLE &&
		strcmp(hash, row->sha256) != 0) {
		l->chain.fault = FA_CHAIN_DIGEST;
		l->chain.fault_line = row->seq;
		(void)snprintf(l->chain.why, sizeof(l->chain.why),
			"the digest kept beside it is not its own");
	}
	if (rc == FA_OK)
		rc = fa_merkle_add(&l->tree, row->line, err);
	if (rc == FA_OK && l->chain.fault == FA_CHAIN_WHOLE)
		rc = add_event(l->x, &e, hash, &l->a, err);
	return rc;
}

int
fa_facts_custody(struct fa_facts *x, struct fa_err *err)
{
	struct fa_dossier_custody *c = &x->d->custody;
	struct fa_merkle_hash root;
	struct fa_store_head head;
	struct log l = { .x = x };
	int rc = fa_store_custody_head(&head, x->s, err);

	if (rc < 0)
		return rc;
	c->present = head.seq > 0;
	if (!c->present)
		return FA_OK;
	fa_chain_init(&l.chain);
	fa_merkle_init(&l.tree);
	fa_arena_init(&l.a, EVENT_ARENA);
	rc = fa_store_custody_each(x->s, 1, each, &l, err);
	if (rc == FA_OK)
		rc = fa_merkle_root(&root, &l.tree, err);
	fa_arena_done(&l.a);
	if (rc < 0)
		return rc;
	fa_merkle_hex(c->root, &root);
	c->events = head.seq;
	c->whole = l.chain.fault == FA_CHAIN_WHOLE && l.chain.seq == head.seq
		? FA_TRI_YES
		: FA_TRI_NO;
	if (c->whole == FA_TRI_NO)
		c->broken =
			fa_facts_say(x, SAY("第 %lld 行：%s", "line %lld: %s"),
				(long long)l.chain.fault_line, l.chain.why);
	(void)snprintf(c->head, sizeof(c->head), "%s", head.sha256);
	return c->whole == FA_TRI_YES ? fa_facts_stamps(x, err) : FA_OK;
}
