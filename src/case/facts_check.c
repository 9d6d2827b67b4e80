/* What is there against what the log says of it: the rules, the record of the
 * case, every object, the recordings of walks. A report that took over files
 * without asking the log would lend its own credit to whoever changed them. */
#include <string.h>

#include "case/facts_parts.h"
#include "evidence/objects.h"

#define SAY(zh, en) FA_FACTS_SAY(x, zh, en)

int
fa_facts_fault(struct fa_facts *x, struct fa_str what, struct fa_str why,
	struct fa_err *err)
{
	struct fa_dossier_fault *f;

	x->d->faults_all++;
	if (x->d->faults_n == FA_DOSSIER_FAULTS_MAX)
		return FA_OK;
	f = FA_FACTS_ADD(x, x->d->faults, x->d->faults_n, x->faults_cap, err);
	if (f == NULL)
		return FA_E_NOMEM;
	*f = (struct fa_dossier_fault){ what, why };
	return FA_OK;
}

/* The store names the rules by their digest. */
static int
check_rules(struct fa_facts *x, struct fa_err *err)
{
	if (fa_str_eq(x->key.bundle, fa_str_c(x->bundle->sha256)))
		return FA_OK;
	return fa_facts_fault(x, fa_str_c(SAY("规则集", "the rules")),
		fa_facts_say(x,
			SAY("存储所存的规则与其摘要 %.*s 不符",
				"those in the store do not have their digest "
				"%.*s"),
			FA_STR_ARG(x->key.bundle)),
		err);
}

static bool
is_logged(const struct fa_facts *x, struct fa_str name, struct fa_str sha256)
{
	for (size_t i = 0; i < x->things.n; i++)
		if (fa_str_eq(x->things.at[i].name, name) &&
			fa_str_eq(x->things.at[i].sha256, sha256))
			return true;
	return false;
}

/* case.json is what the cover says; the log has it from the beginning. */
static int
check_record(struct fa_facts *x, struct fa_err *err)
{
	struct fa_object is;
	struct fa_str path;
	int rc = fa_case_path(&path, x->c, FA_STR(FA_CASE_FILE), x->a, err);

	if (rc == FA_OK)
		rc = fa_object_digest_file(&is, path, err);
	if (rc < 0 || is_logged(x, FA_STR(FA_CASE_FILE), fa_str_c(is.sha256)))
		return rc;
	return fa_facts_fault(x, FA_STR(FA_CASE_FILE),
		fa_str_c(SAY("封面所载的案件、人员和授权取自此文件，而它与保管"
			     "链所记的不同",
			"the cover takes case, people and mandate from this "
			"file, and it is not the one that the log has")),
		err);
}

/* A recording is judged as it lies there, so it has to be the one that was
 * made. */
static int
check_flows(struct fa_facts *x, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < x->docs_n && rc == FA_OK; i++) {
		const struct fa_dossier_document *d = &x->d->documents[i];

		if (d->is_flow &&
			!is_logged(x, d->url, fa_str_c(d->raw.sha256)))
			rc = fa_facts_fault(x, d->url,
				fa_str_c(SAY("保管链中没有这份界面流记录，据此"
					     "得出的发现没有依据",
					"the log has no such recording: what "
					"was found in it rests on nothing")),
				err);
	}
	return rc;
}

static int
check_object(
	struct fa_dossier_object *o, struct fa_facts *x, struct fa_err *err)
{
	struct fa_object is;
	struct fa_str path;
	struct fa_err why;
	int rc = fa_case_path(&path, x->c, o->where, x->a, err);

	if (rc < 0)
		return rc;
	rc = fa_object_digest_file(&is, path, &why);
	if (rc == FA_E_NOMEM || rc == FA_E_INTERRUPTED)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc == FA_OK && strcmp(is.sha256, o->digest.sha256) == 0) {
		o->sound = FA_TRI_YES;
		return FA_OK;
	}
	o->sound = FA_TRI_NO;
	return fa_facts_fault(x, o->where,
		rc < 0 ? fa_facts_dup(x, fa_str_c(why.msg))
		       : fa_facts_say(x,
				 SAY("内容与保管链第 %lld 号事件所记的摘要不符",
					 "its bytes do not have the digest of "
					 "custody event %lld"),
				 (long long)o->seq),
		err);
}

/* What the report lists. The answers of texts come first (facts_custody.c);
 * these were read when the texts were judged again. */
static int
check_objects(struct fa_facts *x, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = x->d->captures_n; i < x->d->objects_n && rc == FA_OK;
		i++)
		rc = check_object(&x->d->objects[i], x, err);
	return rc;
}

int
fa_facts_check(struct fa_facts *x, struct fa_err *err)
{
	int rc = check_rules(x, err);

	for (size_t i = 0; i < x->targets_n && rc == FA_OK; i++)
		if (x->targets[i].judged)
			rc = fa_facts_again(x, &x->targets[i], err);
	if (rc < 0 || x->c == NULL)
		return rc;
	rc = check_record(x, err);
	if (rc == FA_OK)
		rc = check_flows(x, err);
	return rc == FA_OK ? check_objects(x, err) : rc;
}
