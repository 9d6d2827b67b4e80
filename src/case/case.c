#include "case/case.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "evidence/objects.h"

#define ARENA_BYTES ((size_t)64 << 20)

struct fa_case {
	struct fa_arena arena;
	struct fa_str dir;
	struct fa_case_info info;
	struct fa_store *store;
};

/* The members of case.json, in their order. A name in two parts is a member of
 * an object. */
struct member {
	const char *group, *name; /* group NULL: of the whole */
	size_t at;                /* in struct fa_case_info */
	bool must;
};
#define MEMBER(g, n, field, must)                                              \
	{                                                                      \
		g, n, offsetof(struct fa_case_info, field), must               \
	}
static const struct member members[] = {
	MEMBER(NULL, "id", id, true),
	MEMBER(NULL, "title", title, false),
	MEMBER(NULL, "purpose", purpose, true),
	MEMBER(NULL, "created", created, true),
	MEMBER("operator", "name", operator_name, true),
	MEMBER("operator", "id", operator_id, false),
	MEMBER("operator", "role", role, false),
	MEMBER("operator", "organisation", organisation, false),
	MEMBER("operator", "mandate", mandate, false),
	MEMBER("operator", "witness", witness, false),
	MEMBER("subject", "app", subject.app, false),
	MEMBER("subject", "package", subject.package, false),
	MEMBER("subject", "version", subject.version, false),
	MEMBER("subject", "store", subject.store, false),
	MEMBER("subject", "publisher", subject.publisher, false),
	MEMBER("subject", "icp", subject.icp, false),
};

static struct fa_str *
field(struct fa_case_info *info, const struct member *m)
{
	return (struct fa_str *)(void *)((char *)info + m->at);
}

static struct fa_str
value(const struct fa_case_info *info, const struct member *m)
{
	struct fa_str s;

	memcpy(&s, (const char *)info + m->at, sizeof(s));
	return s;
}

static int
read_member(struct fa_case_info *out, const struct fa_json *root,
	const struct member *m, struct fa_arena *a, struct fa_err *err)
{
	const struct fa_json *in =
		m->group ? fa_json_find(root, m->group) : root;
	struct fa_str s = fa_json_text(in, m->name);

	if (m->must && s.n == 0)
		return fa_fail(err, FA_E_INPUT,
			FA_CASE_FILE " has no text %s%s%s",
			m->group ? m->group : "", m->group ? "." : "", m->name);
	if (s.n > FA_CASE_TEXT_BYTES)
		return fa_fail(err, FA_E_INPUT,
			FA_CASE_FILE ": %s has %zu bytes, limit %d", m->name,
			s.n, FA_CASE_TEXT_BYTES);
	*field(out, m) = s.p ? fa_arena_dup(a, s) : s;
	return s.p && !field(out, m)->p
		? fa_fail(err, FA_E_NOMEM, "no memory for a case")
		: FA_OK;
}

int
fa_case_info_parse(struct fa_case_info *out, struct fa_str text,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_case_info info;
	struct fa_json *root;
	int64_t version;
	int rc = fa_json_parse(&root, text, a, err);

	if (rc < 0)
		return rc;
	memset(&info, 0, sizeof(info));
	version = fa_json_int(root, "v", 0);
	if (version > FA_CASE_VERSION)
		return fa_fail(err, FA_E_UNSUPPORTED,
			FA_CASE_FILE
			" is of version %lld, made by a newer faceaudit (this "
			"one knows %d)",
			(long long)version, FA_CASE_VERSION);
	if (version != FA_CASE_VERSION)
		return fa_fail(err, FA_E_INPUT,
			FA_CASE_FILE " is none of a case: there is no \"v\"");
	for (size_t i = 0; i < FA_COUNT(members) && rc == FA_OK; i++)
		rc = read_member(&info, root, &members[i], a, err);
	if (rc == FA_OK)
		*out = info;
	return rc;
}

void
fa_case_info_write(struct fa_buf *out, const struct fa_case_info *info)
{
	const char *group = NULL;
	struct fa_jw w;

	fa_jw_init(&w, out, 2);
	fa_jw_object(&w);
	fa_jw_kint(&w, "v", FA_CASE_VERSION);
	for (size_t i = 0; i < FA_COUNT(members); i++) {
		const struct member *m = &members[i];

		if (m->group && (!group || strcmp(group, m->group) != 0)) {
			if (group)
				fa_jw_end(&w, '}');
			group = m->group;
			fa_jw_key(&w, group);
			fa_jw_object(&w);
		}
		fa_jw_kstr(&w, m->name, value(info, m));
	}
	fa_jw_end(&w, '}');
	fa_jw_end(&w, '}');
	fa_buf_addc(out, '\n');
}

int
fa_case_path(struct fa_str *out, const struct fa_case *c, struct fa_str name,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	int rc;

	fa_buf_init(&b, FA_FILE_PATH_BYTES);
	fa_buf_add(&b, c->dir);
	fa_buf_addc(&b, '/');
	fa_buf_add(&b, name);
	rc = fa_buf_rc(&b, "path", err);
	if (rc < 0)
		return rc;
	*out = fa_arena_dup(a, fa_buf_str(&b));
	return out->p ? FA_OK
		      : fa_fail(err, FA_E_NOMEM, "no memory for a path");
}

static int
open_case(struct fa_case *c, enum fa_store_mode mode, struct fa_err *err)
{
	struct fa_str path, text;
	int rc = fa_case_path(&path, c, FA_STR(FA_CASE_FILE), &c->arena, err);

	if (rc == FA_OK)
		rc = fa_store_open(&c->store, c->dir, mode, err);
	if (rc < 0)
		return rc;
	if (access(path.p, F_OK) != 0)
		return fa_fail(err, FA_E_USAGE,
			"%.*s is a store and no case: there is no " FA_CASE_FILE
			" in it",
			FA_STR_ARG(c->dir));
	rc = fa_file_read(&text, path, FA_CASE_FILE_BYTES, &c->arena, err);
	return rc < 0 ? rc : fa_case_info_parse(&c->info, text, &c->arena, err);
}

int
fa_case_open(struct fa_case **out, struct fa_str dir, enum fa_store_mode mode,
	struct fa_err *err)
{
	struct fa_arena arena;
	struct fa_case *c;
	int rc;

	fa_arena_init(&arena, ARENA_BYTES);
	c = fa_arena_new(&arena, 1, sizeof(*c));
	if (!c)
		return fa_fail(err, FA_E_NOMEM, "no memory for a case");
	c->arena = arena;
	while (dir.n > 1 && dir.p[dir.n - 1] == '/')
		dir.n--;
	c->dir = fa_arena_dup(&c->arena, dir);
	rc = c->dir.p
		? open_case(c, mode == FA_STORE_CREATE ? FA_STORE_WRITE : mode,
			  err)
		: fa_fail(err, FA_E_NOMEM, "no memory for a case");
	if (rc < 0)
		fa_case_close(c);
	else
		*out = c;
	return rc;
}

void
fa_case_close(struct fa_case *c)
{
	struct fa_arena arena;

	if (!c)
		return;
	fa_store_close(c->store);
	arena = c->arena;
	fa_arena_done(&arena);
}

const struct fa_case_info *
fa_case_info(const struct fa_case *c)
{
	return &c->info;
}

struct fa_store *
fa_case_store(struct fa_case *c)
{
	return c->store;
}

struct fa_str
fa_case_dir(const struct fa_case *c)
{
	return c->dir;
}

/* "walk/..", "walk-2/..": a file that a walk left, below CASE. A name from a
 * log that somebody else wrote must not lead out of it. */
static bool
is_of_walk(struct fa_str name)
{
	struct fa_str rest = name, part = fa_str_cut(&rest, '/');

	if (!fa_str_starts(part, FA_STR("walk")) || rest.n == 0)
		return false;
	for (size_t i = 4; i < part.n; i++)
		if (part.p[i] != '-' && (part.p[i] < '0' || part.p[i] > '9'))
			return false;
	while (rest.p) {
		part = fa_str_cut(&rest, '/');
		if (part.n == 0 || part.p[0] == '.')
			return false;
	}
	return memchr(name.p, '\0', name.n) == NULL;
}

int
fa_case_object_path(struct fa_str *out, const struct fa_case_object *o,
	struct fa_arena *a, struct fa_err *err)
{
	char path[FA_FILE_PATH_BYTES];
	int rc;

	if (is_of_walk(o->name)) {
		*out = o->name;
		return FA_OK;
	}
	rc = fa_object_path(path, FA_STR(FA_OBJECTS_DIR), o->sha256, err);
	if (rc < 0)
		return rc;
	*out = fa_arena_dup(a, fa_str_c(path));
	return out->p ? FA_OK
		      : fa_fail(err, FA_E_NOMEM, "no memory for a path");
}

int
fa_case_object_read(struct fa_str *out, const struct fa_case *c,
	const struct fa_case_object *o, struct fa_arena *a, struct fa_err *err)
{
	struct fa_str name, path, data;
	struct fa_object is;
	int rc = fa_case_object_path(&name, o, a, err);

	if (rc == FA_OK)
		rc = fa_case_path(&path, c, name, a, err);
	if (rc < 0)
		return rc;
	if (access(path.p, F_OK) != 0)
		return fa_fail(err, FA_E_NOTFOUND, "%.*s is missing",
			FA_STR_ARG(name));
	rc = fa_file_read(&data, path, FA_CASE_OBJECT_BYTES, a, err);
	if (rc == FA_OK)
		rc = fa_object_digest(&is, data, err);
	if (rc == FA_OK && !fa_str_eq(fa_str_c(is.sha256), o->sha256))
		rc = fa_fail(err, FA_E_INPUT,
			"%.*s is not what the log says: its SHA-256 is %s, "
			"expected %.*s",
			FA_STR_ARG(name), is.sha256, FA_STR_ARG(o->sha256));
	if (rc == FA_OK)
		*out = data;
	return rc;
}

int
fa_case_finding_id(char out[FA_CASE_FINDING_ID_BYTES], struct fa_str target_key,
	struct fa_str obligation, struct fa_str verdict,
	const struct fa_str *documents, size_t n, struct fa_err *err)
{
	struct fa_buf all FA_CLEANUP(fa_buf_done);
	struct fa_str parts[5] = { FA_STR("finding"), target_key, obligation,
		verdict, FA_STR_NONE };
	int64_t id;
	int rc;

	fa_buf_init(&all, (n + 1) * FA_HASH_HEX_BYTES);
	for (size_t i = 0; i < n; i++) {
		fa_buf_add(&all, documents[i]);
		fa_buf_addc(&all, '\n');
	}
	rc = fa_buf_rc(&all, "documents of a finding", err);
	parts[4] = fa_buf_str(&all);
	if (rc == FA_OK)
		rc = fa_hash_id(&id, parts, FA_COUNT(parts), err);
	if (rc == FA_OK)
		(void)snprintf(out, FA_CASE_FINDING_ID_BYTES, "%016llx",
			(unsigned long long)id);
	return rc;
}
