/* The facts of a report as JSON: every member is always there, what is not
 * known is null. */
#include "base/clock.h"
#include "report/common.h"
#include "report/dossier.h"
#include "report/dossier_json.h"

static void
put_known(struct fa_jw *w, const char *key, int64_t n)
{
	fa_jw_key(w, key);
	if (n < 0)
		fa_jw_null(w);
	else
		fa_jw_int(w, n);
}

void
fa_dossier_json_time(struct fa_jw *w, const char *key, int64_t at_us)
{
	char iso[FA_TIME_BYTES];

	fa_time_format(at_us / 1000, iso);
	fa_jw_kstr(w, key, at_us == 0 ? FA_STR_NONE : fa_str_c(iso));
}

void
fa_dossier_json_hex(struct fa_jw *w, const char *key, const char *hex)
{
	fa_jw_kstr(w, key, hex[0] != '\0' ? fa_str_c(hex) : FA_STR_NONE);
}

void
fa_dossier_json_tri(struct fa_jw *w, const char *key, enum fa_tri t)
{
	fa_jw_key(w, key);
	if (t == FA_TRI_UNKNOWN)
		fa_jw_null(w);
	else
		fa_jw_bool(w, t == FA_TRI_YES);
}

void
fa_dossier_json_digest(
	struct fa_jw *w, const char *key, const struct fa_dossier_digest *x)
{
	fa_jw_key(w, key);
	fa_jw_object(w);
	put_known(w, "bytes", x->bytes);
	fa_dossier_json_hex(w, "sha256", x->sha256);
	fa_dossier_json_hex(w, "sm3", x->sm3);
	fa_jw_end(w, '}');
}

void
fa_dossier_json_texts(
	struct fa_jw *w, const char *key, const struct fa_str *at, size_t n)
{
	fa_jw_key(w, key);
	fa_jw_array(w);
	for (size_t i = 0; i < n; i++)
		fa_jw_str(w, at[i]);
	fa_jw_end(w, ']');
}

static void
put_cover(struct fa_jw *w, const struct fa_dossier_cover *c)
{
	fa_jw_key(w, "case");
	fa_jw_object(w);
	fa_jw_kstr(w, "title", c->title);
	fa_jw_kstr(w, "number", c->number);
	fa_jw_kstr(w, "report", c->report);
	fa_jw_kstr(w, "language", fa_str_c(fa_lang_name(c->lang)));
	fa_jw_kstr(w, "client", c->client);
	fa_jw_kstr(w, "court", c->court);
	fa_jw_kstr(w, "operator", c->operator_name);
	fa_jw_kstr(w, "operator_id", c->operator_id);
	fa_jw_kstr(w, "organisation", c->organisation);
	fa_jw_kstr(w, "mandate", c->mandate);
	fa_jw_kstr(w, "purpose", c->purpose);
	fa_jw_kstr(w, "witness", c->witness);
	fa_jw_key(w, "app");
	fa_jw_object(w);
	fa_jw_kstr(w, "name", c->app);
	fa_jw_kstr(w, "package", c->package);
	fa_jw_kstr(w, "version", c->version);
	fa_jw_kstr(w, "store", c->store);
	fa_jw_kstr(w, "store_url", c->store_url);
	fa_jw_kstr(w, "publisher", c->publisher);
	fa_jw_kstr(w, "category", c->category);
	fa_jw_kstr(w, "icp", c->icp);
	fa_jw_kstr(w, "client_file", c->app_file);
	fa_dossier_json_digest(w, "client_digest", &c->app_digest);
	fa_jw_end(w, '}');
	fa_jw_end(w, '}');
}

static void
put_making(struct fa_jw *w, const struct fa_dossier_making *m)
{
	fa_jw_key(w, "making");
	fa_jw_object(w);
	fa_jw_kstr(w, "method", m->method);
	fa_dossier_json_time(w, "from", m->from_us);
	fa_dossier_json_time(w, "to", m->to_us);
	fa_jw_kstr(w, "maker", m->maker);
	fa_jw_kstr(w, "proves", m->proves);
	fa_dossier_json_time(w, "report_made", m->made_us);
	fa_jw_kstr(w, "reviewer", m->reviewer);
	fa_jw_kstr(w, "signer", m->signer);
	fa_jw_kbool(w, "reviewed_by_operator", m->own_review);
	fa_dossier_json_time(w, "reviewed", m->reviewed_us);
	fa_jw_kint(w, "findings_reviewed", m->reviewed);
	fa_jw_kint(w, "findings", m->findings);
	fa_jw_end(w, '}');
}

static void
put_capture(struct fa_jw *w, const struct fa_dossier_capture *c)
{
	fa_jw_kint(w, "event", c->seq);
	fa_jw_kstr(w, "url", c->url);
	fa_jw_kstr(w, "final", c->final);
	fa_jw_key(w, "hops");
	fa_jw_array(w);
	for (size_t i = 0; i < c->hops_n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "url", c->hops[i].url);
		fa_jw_kint(w, "status", c->hops[i].status);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_kint(w, "status", c->status);
	fa_dossier_json_time(w, "at", c->at_us);
	fa_jw_kstr(w, "peer", c->peer);
	fa_jw_kstr(w, "local", c->local);
	fa_jw_kstr(w, "resolver", c->resolver);
	fa_jw_kstr(w, "addresses", c->addresses);
	fa_jw_kstr(w, "tls", c->tls);
	fa_jw_kstr(w, "cipher", c->cipher);
	fa_jw_kstr(w, "leaf_sha256", c->leaf_sha256);
	fa_jw_kstr(w, "chain_sha256", c->chain_sha256);
	fa_jw_kstr(w, "server_date", c->server_date);
	fa_jw_key(w, "skew_ms");
	if (c->has_skew)
		fa_jw_int(w, c->skew_ms);
	else
		fa_jw_null(w);
	fa_jw_kstr(w, "robots", c->robots);
	fa_jw_kstr(w, "archive", c->archive);
	put_known(w, "offset", c->offset);
	put_known(w, "length", c->length);
	fa_jw_kstr(w, "record", c->record);
	fa_dossier_json_digest(w, "payload", &c->payload);
	fa_dossier_json_digest(w, "body", &c->body);
	fa_jw_kbool(w, "truncated", c->cut);
	fa_jw_key(w, "seconds");
	fa_jw_array(w);
	for (size_t i = 0; i < c->seconds_n; i++) {
		const struct fa_dossier_second *s = &c->seconds[i];

		fa_jw_object(w);
		fa_jw_kint(w, "event", s->seq);
		fa_dossier_json_time(w, "at", s->at_us);
		fa_jw_kstr(w, "peer", s->peer);
		fa_jw_kstr(w, "resolver", s->resolver);
		fa_dossier_json_tri(w, "same", s->same);
		fa_jw_kbool(w, "apart", s->apart);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_document(struct fa_jw *w, const struct fa_dossier *d, size_t i)
{
	const struct fa_dossier_document *x = &d->documents[i];

	fa_jw_object(w);
	fa_jw_kint(w, "text_no", (int64_t)i + 1);
	fa_jw_kstr(w, "title", x->title);
	fa_jw_kstr(w, "url", x->url);
	fa_jw_kstr(w, "kind",
		fa_str_c(x->is_flow ? "flow" : fa_role_name(x->role)));
	fa_jw_kstr(w, "relation", x->relation);
	fa_jw_kstr(w, "version", x->version);
	fa_jw_kstr(w, "version_where", x->version_where);
	fa_jw_kstr(w, "encoding", fa_str_c(x->encoding));
	fa_jw_kstr(w, "format", fa_str_c(x->format));
	fa_dossier_json_digest(w, "raw", &x->raw);
	fa_dossier_json_digest(w, "text", &x->text);
	fa_jw_kbool(w, "judged_again", x->judged_again);
	fa_jw_kbool(w, "judged_again_equal", x->judged_again && x->agrees);
	fa_jw_kstr(w, "error", x->error);
	fa_jw_kbool(w, "stands_in", x->stands_in);
	fa_jw_key(w, "capture");
	if (x->capture < d->captures_n) {
		fa_jw_object(w);
		put_capture(w, &d->captures[x->capture]);
		fa_jw_end(w, '}');
	} else {
		fa_jw_null(w);
	}
	fa_jw_end(w, '}');
}

static void
put_points(struct fa_jw *w, const struct fa_dossier *d)
{
	fa_jw_key(w, "points");
	fa_jw_array(w);
	for (size_t i = 0; i < d->points_n; i++) {
		const struct fa_dossier_point *x = &d->points[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "obligation", x->obligation);
		fa_jw_kstr(w, "duty", x->duty);
		fa_jw_kstr(w, "article", x->article);
		fa_jw_kstr(w, "verdict", fa_str_c(fa_verdict_name(x->verdict)));
		fa_jw_kstr(w, "reason", x->reason);
		fa_jw_kstr(w, "where", x->where);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_key(w, "unknowns");
	fa_jw_array(w);
	for (size_t i = 0; i < d->unknowns_n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "what", d->unknowns[i].what);
		fa_jw_kstr(w, "why", d->unknowns[i].why);
		fa_jw_kstr(w, "code", d->unknowns[i].code);
		fa_dossier_json_time(w, "at", d->unknowns[i].at_us);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static const char *
state_code(enum fa_dossier_state s)
{
	static const char *const code[] = { [FA_STATE_GOOD] = "good",
		[FA_STATE_INFO] = "info",
		[FA_STATE_WARN] = "warn",
		[FA_STATE_BAD] = "bad",
		[FA_STATE_UNKNOWN] = "unknown" };

	return code[s];
}

static void
put_checks(struct fa_jw *w, const struct fa_dossier_check *at, size_t n)
{
	fa_jw_key(w, "checks");
	fa_jw_array(w);
	for (size_t i = 0; i < n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "name", at[i].name);
		fa_jw_kstr(w, "value", at[i].value);
		fa_jw_kstr(w, "state", fa_str_c(state_code(at[i].state)));
		fa_jw_kstr(w, "note", at[i].note);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_sessions(struct fa_jw *w, const struct fa_dossier *d)
{
	fa_jw_key(w, "sessions");
	fa_jw_array(w);
	for (size_t i = 0; i < d->sessions_n; i++) {
		const struct fa_dossier_session *s = &d->sessions[i];

		fa_jw_object(w);
		fa_jw_kint(w, "event", s->seq);
		fa_dossier_json_time(w, "at", s->at_us);
		fa_jw_kstr(w, "operator", s->operator_name);
		fa_jw_kstr(w, "version", s->version);
		fa_jw_kstr(w, "commit", s->commit);
		fa_jw_kstr(w, "exe_sha256", s->exe_sha256);
		fa_jw_kstr(w, "rules_sha256", s->rules_sha256);
		fa_jw_kstr(w, "argv", s->argv);
		fa_jw_kstr(w, "record_sha256", s->record_sha256);
		put_checks(w, d->checks + s->first, s->n);
		fa_jw_kint(w, "as_in_the_first", (int64_t)s->same);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_method(struct fa_jw *w, const struct fa_dossier *d)
{
	char date[FA_DATE_BYTES];

	put_sessions(w, d);
	fa_jw_key(w, "tool");
	fa_jw_object(w);
	fa_jw_kstr(w, "name", d->tool.name);
	fa_jw_kstr(w, "version", d->tool.version);
	fa_jw_kstr(w, "commit", d->tool.commit);
	fa_jw_kstr(w, "exe_sha256", d->tool.exe_sha256);
	fa_dossier_json_hex(w, "rules_sha256", d->tool.rules_sha256);
	fa_dossier_json_tri(w, "rules_in_log", d->tool.rules_logged);
	fa_date_format(d->tool.as_of, date);
	fa_jw_kstr(w, "as_of", fa_str_c(date));
	fa_jw_kint(w, "reader", d->tool.reader);
	fa_jw_kstr(w, "argv", d->tool.argv);
	fa_jw_end(w, '}');
	fa_dossier_json_texts(w, "commands", d->commands, d->commands_n);
}

static void
put_objects(struct fa_jw *w, const struct fa_dossier *d)
{
	fa_jw_key(w, "objects");
	fa_jw_array(w);
	for (size_t i = 0; i < d->objects_n; i++) {
		const struct fa_dossier_object *o = &d->objects[i];

		fa_jw_object(w);
		fa_jw_kint(w, "no", (int64_t)i + 1);
		fa_jw_kstr(w, "kind", o->kind);
		fa_jw_kstr(w, "name", o->name);
		fa_jw_kstr(w, "mime", o->mime);
		fa_dossier_json_digest(w, "digest", &o->digest);
		fa_jw_kstr(w, "source", o->source);
		fa_dossier_json_time(w, "at", o->at_us);
		fa_jw_kstr(w, "parent", o->parent);
		fa_jw_kstr(w, "where", o->where);
		fa_jw_kint(w, "event", o->seq);
		fa_dossier_json_tri(w, "sound", o->sound);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_kint(w, "objects_all", (int64_t)d->objects_all);
}

static void
put_faults(struct fa_jw *w, const struct fa_dossier *d)
{
	fa_jw_key(w, "faults");
	fa_jw_array(w);
	for (size_t i = 0; i < d->faults_n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "what", d->faults[i].what);
		fa_jw_kstr(w, "why", d->faults[i].why);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_kint(w, "faults_all", (int64_t)d->faults_all);
}

static void
put_custody(struct fa_jw *w, const struct fa_dossier_custody *c)
{
	fa_jw_key(w, "custody");
	fa_jw_object(w);
	fa_jw_kbool(w, "present", c->present);
	fa_jw_kint(w, "events", c->events);
	fa_jw_kint(w, "failures", (int64_t)c->failures);
	fa_dossier_json_hex(w, "head", c->head);
	fa_dossier_json_hex(w, "merkle_root", c->root);
	fa_dossier_json_tri(w, "whole", c->whole);
	fa_jw_kstr(w, "broken", c->broken);
	fa_jw_key(w, "stamps");
	fa_jw_array(w);
	for (size_t i = 0; i < c->stamps_n; i++) {
		const struct fa_dossier_stamp *s = &c->stamps[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "authority", s->authority);
		fa_jw_kstr(w, "tsa", s->tsa);
		fa_jw_kstr(w, "state", fa_str_c(s->state));
		fa_jw_kbool(w, "checked_again", s->checked);
		fa_jw_kstr(w, "gen_time", s->gen_time);
		fa_jw_kint(w, "covers_events", (int64_t)s->covers);
		fa_jw_kstr(w, "serial", s->serial);
		fa_jw_kstr(w, "algorithm", fa_str_c(s->algorithm));
		fa_jw_kstr(w, "imprint", s->imprint);
		fa_jw_kstr(w, "token_sha256", s->token_sha256);
		fa_jw_kstr(w, "detail", s->detail);
		fa_jw_kint(w, "event", s->seq);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}

int
fa_dossier_json(
	struct fa_buf *out, const struct fa_dossier *d, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	struct fa_jw w;

	fa_buf_init(&part, FA_DOSSIER_BYTES);
	fa_jw_init(&w, &part, 2);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "schema", FA_STR(FA_DOSSIER_SCHEMA));
	put_cover(&w, &d->cover);
	put_making(&w, &d->making);
	put_faults(&w, d);
	fa_jw_key(&w, "findings");
	fa_jw_array(&w);
	for (size_t i = 0; i < d->findings_n; i++)
		fa_dossier_json_finding(&w, &d->findings[i]);
	fa_jw_end(&w, ']');
	fa_jw_kint(&w, "findings_all", (int64_t)d->findings_all);
	fa_jw_key(&w, "texts");
	fa_jw_array(&w);
	for (size_t i = 0; i < d->documents_n; i++)
		put_document(&w, d, i);
	fa_jw_end(&w, ']');
	put_points(&w, d);
	put_method(&w, d);
	put_objects(&w, d);
	put_custody(&w, &d->custody);
	fa_jw_end(&w, '}');
	fa_buf_addc(&part, '\n');
	return fa_report_json_part(out, &part, "report", err);
}
