/* The plan of judging as JSON: schema faceaudit-judging/1. */
#include "base/clock.h"
#include "base/json.h"
#include "case/pack_judge.h"
#include "case/zip.h"

static void
put_doc(struct fa_jw *w, const struct fa_pack_doc *d)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "url", d->url);
	fa_jw_kstr(w, "payload_sha256", d->payload);
	fa_jw_kstr(w, "media_type", d->media_type);
	fa_jw_kstr(w, "charset", d->charset);
	fa_jw_kstr(w, "coding", d->coding);
	fa_jw_kstr(w, "text_sha256", d->text);
	fa_jw_end(w, '}');
}

static void
put_want(struct fa_jw *w, const struct fa_pack_want *x)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "role", fa_str_c(fa_role_name(x->role)));
	fa_jw_kstr(w, "url", x->url);
	fa_jw_kstr(w, "final_url", x->final);
	fa_jw_kstr(w, "outcome", fa_str_c(fa_outcome_name(x->outcome)));
	fa_jw_kstr(w, "detail", x->detail);
	fa_jw_key(w, "document");
	if (x->document < 0)
		fa_jw_null(w);
	else
		fa_jw_int(w, x->document);
	fa_jw_kbool(w, "stands_in", x->stands_in);
	fa_jw_end(w, '}');
}

static void
put_target(struct fa_jw *w, const struct fa_pack_target *t)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "key", t->key);
	fa_jw_kstr(w, "app", t->app);
	fa_jw_kstr(w, "outcome", fa_str_c(fa_outcome_name(t->outcome)));
	fa_jw_key(w, "wanted");
	fa_jw_array(w);
	for (size_t i = 0; i < t->wants_n; i++)
		put_want(w, &t->wants[i]);
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}

void
fa_pack_plan_write(struct fa_buf *out, const struct fa_pack_plan *p)
{
	char date[FA_DATE_BYTES];
	struct fa_jw w;

	fa_date_format(p->as_of, date);
	fa_jw_init(&w, out, 1);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "schema", FA_STR(FA_PACK_PLAN_SCHEMA));
	fa_jw_kstr(&w, "tool_version", p->tool);
	fa_jw_kint(&w, "reader", p->reader);
	fa_jw_kstr(&w, "bundle_sha256", p->bundle);
	fa_jw_kstr(&w, "rules", p->rules);
	fa_jw_kstr(&w, "as_of", p->bundle.p ? fa_str_c(date) : FA_STR_NONE);
	fa_jw_key(&w, "documents");
	fa_jw_array(&w);
	for (size_t i = 0; i < p->docs_n; i++)
		put_doc(&w, &p->docs[i]);
	fa_jw_end(&w, ']');
	fa_jw_key(&w, "flows");
	fa_jw_array(&w);
	for (size_t i = 0; i < p->flows_n; i++)
		fa_jw_str(&w, p->flows[i]);
	fa_jw_end(&w, ']');
	fa_jw_key(&w, "targets");
	fa_jw_array(&w);
	for (size_t i = 0; i < p->targets_n; i++)
		put_target(&w, &p->targets[i]);
	fa_jw_end(&w, ']');
	fa_jw_end(&w, '}');
	fa_buf_addc(out, '\n');
}

static int
bad(struct fa_err *err, const char *what)
{
	return fa_fail(err, FA_E_INPUT, FA_PACK_JUDGING ": %s", what);
}

static int
parse_doc(struct fa_pack_doc *out, const struct fa_json *j, struct fa_err *err)
{
	out->url = fa_json_text(j, "url");
	out->payload = fa_json_text(j, "payload_sha256");
	out->media_type = fa_json_text(j, "media_type");
	out->charset = fa_json_text(j, "charset");
	out->coding = fa_json_text(j, "coding");
	out->text = fa_json_text(j, "text_sha256");
	if (!out->url.p || out->payload.n != FA_HASH_HEX_BYTES - 1)
		return bad(err, "a document without URL or digest");
	return FA_OK;
}

static int
parse_want(struct fa_pack_want *out, const struct fa_json *j, size_t docs_n,
	struct fa_err *err)
{
	int role = fa_role_parse(fa_json_text(j, "role"));
	int outcome = fa_outcome_parse(fa_json_text(j, "outcome"));
	const struct fa_json *stands_in = fa_json_find(j, "stands_in");

	if (role < 0 || outcome < 0)
		return bad(err, "an unknown role or outcome");
	out->role = (enum fa_role)role;
	out->outcome = (enum fa_outcome)outcome;
	out->url = fa_json_text(j, "url");
	out->final = fa_json_text(j, "final_url");
	out->detail = fa_json_text(j, "detail");
	out->document = fa_json_int(j, "document", -1);
	out->stands_in = stands_in && stands_in->boolean;
	if (!out->url.p || !out->final.p || out->document < -1 ||
		out->document >= (int64_t)docs_n)
		return bad(err,
			"a wanted document without URL, or one that "
			"is not there");
	return FA_OK;
}

static int
parse_target(struct fa_pack_target *out, const struct fa_json *j, size_t docs_n,
	struct fa_arena *a, struct fa_err *err)
{
	const struct fa_json *list = fa_json_find(j, "wanted");
	int outcome = fa_outcome_parse(fa_json_text(j, "outcome"));

	out->key = fa_json_text(j, "key");
	out->app = fa_json_text(j, "app");
	if (!out->key.p || outcome < 0 || !list || list->kind != FA_JSON_ARRAY)
		return bad(err, "a target without key, outcome or documents");
	out->outcome = (enum fa_outcome)outcome;
	out->wants = fa_arena_new(a, list->count, sizeof(*out->wants));
	if (!out->wants)
		return fa_fail(err, FA_E_NOMEM, "no memory for a target");
	for (const struct fa_json *x = list->child; x; x = x->next) {
		int rc =
			parse_want(&out->wants[out->wants_n++], x, docs_n, err);

		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

/* The lists of the plan, or NULL with a message. */
static const struct fa_json *
list_of(const struct fa_json *j, const char *key, size_t max,
	struct fa_err *err)
{
	const struct fa_json *list = fa_json_find(j, key);

	if (!list || list->kind != FA_JSON_ARRAY || list->count > max) {
		(void)fa_fail(err, FA_E_INPUT,
			FA_PACK_JUDGING ": no list '%s', or too long a one",
			key);
		return NULL;
	}
	return list;
}

static int
parse_flows(struct fa_pack_plan *p, const struct fa_json *list,
	struct fa_arena *a, struct fa_err *err)
{
	p->flows = fa_arena_new(a, list->count, sizeof(*p->flows));
	if (!p->flows)
		return fa_fail(err, FA_E_NOMEM, "no memory for flows");
	for (const struct fa_json *x = list->child; x; x = x->next) {
		if (x->kind != FA_JSON_STRING || !fa_zip_name_ok(x->str))
			return bad(err, "a flow that is no file of the pack");
		p->flows[p->flows_n++] = x->str;
	}
	return FA_OK;
}

static int
parse_lists(struct fa_pack_plan *p, const struct fa_json *j, struct fa_arena *a,
	struct fa_err *err)
{
	const struct fa_json *docs =
		list_of(j, "documents", FA_PACK_DOCUMENTS_MAX, err);
	const struct fa_json *flows =
		list_of(j, "flows", FA_PACK_DOCUMENTS_MAX, err);
	const struct fa_json *targets =
		list_of(j, "targets", FA_PACK_TARGETS_MAX, err);
	int rc;

	if (!docs || !flows || !targets)
		return FA_E_INPUT;
	p->docs = fa_arena_new(a, docs->count, sizeof(*p->docs));
	p->targets = fa_arena_new(a, targets->count, sizeof(*p->targets));
	if (!p->docs || !p->targets)
		return fa_fail(err, FA_E_NOMEM, "no memory for a plan");
	rc = parse_flows(p, flows, a, err);
	for (const struct fa_json *x = docs->child; x && rc == FA_OK;
		x = x->next)
		rc = parse_doc(&p->docs[p->docs_n++], x, err);
	for (const struct fa_json *x = targets->child; x && rc == FA_OK;
		x = x->next)
		rc = parse_target(
			&p->targets[p->targets_n++], x, p->docs_n, a, err);
	return rc;
}

int
fa_pack_plan_parse(struct fa_pack_plan *out, struct fa_str text,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_pack_plan p = { .docs_n = 0 };
	struct fa_str schema, date;
	struct fa_json *j;
	int rc = fa_json_parse(&j, text, a, err);

	if (rc < 0)
		return rc;
	schema = fa_json_text(j, "schema");
	if (!fa_str_eq(schema, FA_STR(FA_PACK_PLAN_SCHEMA)))
		return fa_fail(err, FA_E_UNSUPPORTED,
			FA_PACK_JUDGING ": its schema is '%.*s', this program "
					"reads " FA_PACK_PLAN_SCHEMA,
			FA_STR_ARG(schema));
	p.tool = fa_json_text(j, "tool_version");
	p.reader = fa_json_int(j, "reader", -1);
	p.bundle = fa_json_text(j, "bundle_sha256");
	p.rules = fa_json_text(j, "rules");
	date = fa_json_text(j, "as_of");
	if (!p.tool.p || p.reader < 0)
		return bad(err, "no version of the program that judged");
	if (p.bundle.p &&
		(!p.rules.p || !fa_zip_name_ok(p.rules) ||
			p.bundle.n != FA_HASH_HEX_BYTES - 1 ||
			!fa_date_parse(date, &p.as_of)))
		return bad(err, "no digest of the rules, or no date");
	rc = parse_lists(&p, j, a, err);
	if (rc == FA_OK)
		*out = p;
	return rc;
}
