/* Messages in JSON: objects of objects of texts (i18next, vue-i18n and many
 * others), ARB of Flutter, string.json of HarmonyOS. The name of a text is the
 * path of keys to it; texts of one object belong together, but those of a
 * large or outermost one by their names.
 *
 * ARB: members whose keys begin with "@" describe and are no texts.
 * HarmonyOS: {"string": [{"name": N, "value": text}]}; "plural" and "strarray"
 * hold lists in place of the text.
 *
 * JSON has no comments of its own: a member with one of the keys below, whose
 * text begins "faceaudit:", speaks of the next text. */
#include <string.h>

#include "base/utf8.h"
#include "read/extract.h"
#include "read/json_lex.h"

#define MAX_DEPTH 64   /* deeper values have no part in paths */
#define GROUP_TEXTS 40 /* an object with more is a file of its own */
#define ITEM_DEPTH 3   /* {"string": [{"name" */
#define COUNT_BYTES ((size_t)FA_DOC_MAX_BYTES * 3)

struct level {
	size_t id;     /* in order of beginning, from 0 */
	size_t path_n; /* of the path to it */
	uint32_t index;
	bool array;
	bool flat;  /* its texts are grouped by their names */
	bool res;   /* an array of HarmonyOS */
	bool item;  /* an object in one, or a value below it */
	bool value; /* the last one; a comma should follow */
};

struct messages {
	struct fa_strings s;
	struct fa_json_lex x;
	struct fa_json_token t;
	struct fa_buf path, key;
	struct fa_buf counts; /* of texts, one byte for each level */
	struct level level[MAX_DEPTH];
	size_t depth; /* of open levels; may pass MAX_DEPTH */
	size_t group; /* id of the level whose group is open, or SIZE_MAX */
	bool named;   /* key is that of the value that follows */
	struct fa_json_token key_token;
	struct fa_json_token described; /* key whose metadata were read */
};

/* One more text in the level whose count stands at i. */
static void
count_text(struct messages *m, size_t i)
{
	if (i < m->counts.n && m->counts.p[i] <= GROUP_TEXTS)
		m->counts.p[i] = (char)(m->counts.p[i] + 1);
}

/* Counts the strings in each object and array, in order of beginning. */
static void
count(struct messages *m)
{
	struct fa_json_lex x = m->x;
	struct fa_json_token t;
	size_t open[MAX_DEPTH] = { 0 };
	size_t depth = 0;

	do {
		fa_json_lex_skip_comments(&x, &t);
		if (t.kind == FA_JSON_LEX_STRING) {
			if (depth > 0 && depth <= MAX_DEPTH &&
				!fa_json_lex_sees(&x, ':'))
				count_text(m, open[depth - 1]);
		} else if (t.mark == '{' || t.mark == '[') {
			if (depth < MAX_DEPTH)
				open[depth] = m->counts.n;
			depth++;
			fa_buf_addc(&m->counts, 0);
		} else if ((t.mark == '}' || t.mark == ']') && depth > 0) {
			depth--;
		}
	} while (t.kind != FA_JSON_LEX_EOF);
	if (m->counts.rc != FA_OK)
		m->s.b->text.rc = m->counts.rc;
}

/* The innermost level of which a path is kept; depth must not be 0. */
static struct level *
top(struct messages *m)
{
	size_t i = m->depth < MAX_DEPTH ? m->depth : MAX_DEPTH;

	return &m->level[i - 1];
}

/* "zh-CN", "zh_Hans", "en", and the names of spaces that hold all. */
static bool
is_wrapper(struct fa_str key)
{
	static const struct fa_str names[] = { FA_STR_INIT("lang"),
		FA_STR_INIT("messages"), FA_STR_INIT("translation"),
		FA_STR_INIT("translations") };
	size_t n = 0;

	for (size_t i = 0; i < FA_COUNT(names); i++)
		if (fa_str_eq(key, names[i]))
			return true;
	while (n < key.n && key.p[n] >= 'a' && key.p[n] <= 'z')
		n++;
	return (n == 2 || n == 3) && key.n <= 10 &&
		(n == key.n || key.p[n] == '-' || key.p[n] == '_');
}

static bool
is_harmony(struct fa_str key)
{
	return fa_str_eq(key, FA_STR("string")) ||
		fa_str_eq(key, FA_STR("plural")) ||
		fa_str_eq(key, FA_STR("strarray"));
}

/* The key of the value that comes now, decoded; the index in an array. */
static struct fa_str
key_of(struct messages *m)
{
	m->key.n = 0;
	if (m->depth == 0)
		return FA_STR("");
	if (top(m)->array) {
		fa_buf_addf(&m->key, "%u", (unsigned)top(m)->index);
	} else if (m->named) {
		fa_json_lex_cells(&m->x, &m->key_token, &m->s);
		fa_strings_name(&m->s, &m->key);
	}
	return fa_buf_str(&m->key);
}

static void
before_value(struct messages *m)
{
	if (m->depth == 0)
		return;
	if (top(m)->value)
		fa_build_complain(m->s.b, m->t.from,
			"a value where a comma should stand");
	top(m)->value = true;
}

static void
open_level(struct messages *m)
{
	bool array = m->t.mark == '[';
	struct level fresh = { .id = m->x.opens - 1, .array = array };
	struct fa_str key = key_of(m);

	before_value(m);
	if (m->depth == 0) {
		fresh.flat = !array;
		m->path.n = 0;
	} else {
		const struct level *above = top(m);

		fresh.res = m->depth == 1 && array && is_harmony(key);
		if (fresh.res)
			m->path.n = 0; /* names take its place */
		else if (above->item || above->res)
			m->path.n = above->path_n;
		else
			fa_strings_path(&m->path, above->path_n, key);
		fresh.flat = above->flat && !array && !above->array &&
			is_wrapper(key);
		fresh.item = above->item || above->res;
	}
	fresh.path_n = m->path.n;
	m->depth++;
	if (m->depth <= MAX_DEPTH)
		*top(m) = fresh;
	else
		fa_build_complain(
			m->s.b, m->t.from, "values are nested too deeply");
	m->named = false;
}

static void
close_level(struct messages *m)
{
	if (m->depth == 0)
		fa_build_complain(m->s.b, m->t.from,
			"a closing bracket without an opening one");
	else
		m->depth--;
	m->named = false;
}

/* Begins the group of the level in work, unless it is open. */
static void
enter(struct messages *m)
{
	const struct level *l;
	size_t n = 0;

	if (m->depth == 0 || m->group == top(m)->id)
		return;
	l = top(m);
	m->group = l->id;
	if (l->id < m->counts.n)
		n = (size_t)(unsigned char)m->counts.p[l->id];
	if (!l->flat && n <= GROUP_TEXTS && (!l->item || l->array))
		fa_strings_group(
			&m->s, fa_str_sub(fa_buf_str(&m->path), 0, l->path_n));
	else if (m->s.own_groups)
		fa_strings_ungroup(&m->s);
}

static bool
is_comment_key(struct fa_str key)
{
	static const struct fa_str names[] = { FA_STR_INIT("$comment"),
		FA_STR_INIT("//"), FA_STR_INIT("@@x-faceaudit"),
		FA_STR_INIT("_comment"), FA_STR_INIT("x-faceaudit") };

	for (size_t i = 0; i < FA_COUNT(names); i++)
		if (fa_str_eq(key, names[i]))
			return true;
	return false;
}

/* A member that speaks: the string t behind the key at from. */
static void
remark(struct messages *m, size_t from, const struct fa_json_token *t)
{
	struct fa_buf said;

	fa_buf_init(&said, FA_STRINGS_KEY_BYTES);
	fa_json_lex_cells(&m->x, t, &m->s);
	fa_strings_name(&m->s, &said);
	fa_build_remark_said(m->s.b, from, t->to, fa_buf_str(&said));
	if (said.rc != FA_OK)
		m->s.b->text.rc = said.rc;
	fa_buf_done(&said);
}

/* Metadata of ARB behind x, whose "{" was taken: passes over them; members of
 * theirs may speak. */
static void
metadata(struct messages *m, struct fa_json_lex *x)
{
	struct fa_json_token key, t;

	for (;;) {
		fa_json_lex_skip_comments(x, &key);
		if (key.kind == FA_JSON_LEX_EOF ||
			(key.kind == FA_JSON_LEX_MARK && key.mark == '}'))
			return;
		if (!fa_json_lex_sees(x, ':')) {
			fa_json_lex_skip(x, &key);
			continue;
		}
		fa_json_lex_skip_comments(x, &t); /* the colon */
		fa_json_lex_skip_comments(x, &t);
		if (t.kind == FA_JSON_LEX_STRING &&
			(fa_json_lex_is(x, &key, FA_STR("x-faceaudit")) ||
				fa_json_lex_is(x, &key, FA_STR("description"))))
			remark(m, key.from, &t);
		if (t.kind == FA_JSON_LEX_MARK && t.mark == '}')
			return;
		fa_json_lex_skip(x, &t);
	}
}

/* Whether t is "@" and then the key k, as they stand. */
static bool
describes(const struct messages *m, const struct fa_json_token *t,
	const struct fa_json_token *k)
{
	struct fa_str name = fa_str_sub(m->x.in, t->inner_from, t->inner_to);

	return t->kind == FA_JSON_LEX_STRING && name.n > 0 &&
		name.p[0] == '@' &&
		fa_str_eq(fa_str_sub(name, 1, name.n),
			fa_str_sub(m->x.in, k->inner_from, k->inner_to));
}

/* Metadata directly behind the text of the key in work are read before it is
 * put, so that what they say is known to speak of it. */
static void
look_at_metadata(struct messages *m)
{
	struct fa_json_lex ahead = m->x;
	struct fa_json_token t;

	fa_json_lex_skip_comments(&ahead, &t);
	if (t.kind != FA_JSON_LEX_MARK || t.mark != ',')
		return;
	fa_json_lex_skip_comments(&ahead, &t);
	if (!describes(m, &t, &m->key_token) || !fa_json_lex_sees(&ahead, ':'))
		return;
	fa_json_lex_skip_comments(&ahead, &t);
	fa_json_lex_skip_comments(&ahead, &t);
	if (t.kind != FA_JSON_LEX_MARK || t.mark != '{')
		return;
	metadata(m, &ahead);
	m->described = m->key_token;
}

/* An object that begins, whose key begins with "@"; false when there is no
 * such key. */
static bool
skip_metadata(struct messages *m)
{
	if (!m->named || m->t.mark != '{' ||
		m->key_token.inner_from >= m->key_token.inner_to ||
		m->x.in.p[m->key_token.inner_from] != '@')
		return false;
	before_value(m);
	if (m->described.to > 0 && describes(m, &m->key_token, &m->described))
		fa_json_lex_skip(&m->x, &m->t);
	else
		metadata(m, &m->x);
	m->named = false;
	return true;
}

static void
string(struct messages *m)
{
	struct fa_str key = key_of(m);
	bool item = m->depth > 0 && top(m)->item;

	before_value(m);
	if (m->named && is_comment_key(key)) {
		remark(m, m->key_token.from, &m->t);
	} else if (item && m->depth == ITEM_DEPTH &&
		fa_str_eq(key, FA_STR("name"))) {
		fa_json_lex_cells(&m->x, &m->t, &m->s);
		fa_strings_name(&m->s, &m->key);
		fa_strings_path(&m->path, 0, fa_buf_str(&m->key));
		top(m)->path_n = m->path.n;
	} else if (!fa_str_starts(key, FA_STR("@@"))) {
		if (m->named)
			look_at_metadata(m);
		fa_json_lex_cells(&m->x, &m->t, &m->s);
		if (fa_strings_is_wording(&m->s)) {
			enter(m);
			if (item)
				m->path.n = top(m)->path_n;
			else if (m->depth > 0)
				fa_strings_path(&m->path, top(m)->path_n, key);
			fa_strings_put(&m->s, fa_buf_str(&m->path));
		}
		fa_strings_drop(&m->s);
	}
	m->named = false;
}

static void
mark(struct messages *m)
{
	switch (m->t.mark) {
	case '{':
	case '[':
		if (!skip_metadata(m))
			open_level(m);
		break;
	case '}':
	case ']':
		close_level(m);
		break;
	case ',':
		if (m->depth > 0) {
			top(m)->value = false;
			top(m)->index++;
		}
		m->named = false;
		break;
	default:
		break;
	}
}

static void
take(struct messages *m)
{
	const struct fa_json_token *t = &m->t;

	if (t->wrong != NULL)
		fa_build_complain(m->s.b, t->from, t->wrong);
	switch (t->kind) {
	case FA_JSON_LEX_COMMENT:
		fa_build_remark(m->s.b, t->from, t->to,
			(struct fa_range){ (uint32_t)t->inner_from,
				(uint32_t)t->inner_to });
		break;
	case FA_JSON_LEX_MARK:
		mark(m);
		break;
	case FA_JSON_LEX_STRING:
	case FA_JSON_LEX_WORD:
		if (m->depth > 0 && !top(m)->array &&
			fa_json_lex_sees(&m->x, ':')) {
			if (top(m)->value)
				fa_build_complain(m->s.b, t->from,
					"a key where a comma should stand");
			top(m)->value = false;
			m->key_token = *t;
			m->named = true;
		} else if (t->kind == FA_JSON_LEX_STRING) {
			string(m);
		} else {
			before_value(m);
			m->named = false;
		}
		break;
	case FA_JSON_LEX_EOF:
		break;
	}
}

int
fa_messages_extract(struct fa_build *b, struct fa_err *err)
{
	struct messages *m = fa_arena_new(b->a, 1, sizeof(*m));

	if (m == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for messages");
	m->x.in = b->src->text;
	m->group = SIZE_MAX;
	fa_strings_init(&m->s, b);
	fa_buf_init(&m->path, FA_STRINGS_KEY_BYTES);
	fa_buf_init(&m->key, FA_STRINGS_KEY_BYTES);
	fa_buf_init(&m->counts, COUNT_BYTES);
	count(m);
	do {
		fa_json_lex_next(&m->x, &m->t);
		take(m);
	} while (m->t.kind != FA_JSON_LEX_EOF);
	if (m->depth > 0)
		fa_build_complain(
			b, m->x.in.n, "an object or array that does not end");
	if (m->path.rc != FA_OK || m->key.rc != FA_OK)
		b->text.rc = m->path.rc != FA_OK ? m->path.rc : m->key.rc;
	fa_buf_done(&m->path);
	fa_buf_done(&m->key);
	fa_buf_done(&m->counts);
	fa_strings_done(&m->s);
	return FA_OK;
}
