#include "base/yaml.h"

#include <string.h>

#include "base/dup.h"
#include "base/libyaml.h"
#include "base/yaml_source.h"

struct level {
	struct fa_yaml *node;
	struct fa_yaml **tail;
	bool have_key;
	struct fa_str key;
	size_t key_at;
	size_t key_line; /* from 0 */
};

struct build {
	yaml_parser_t *parser;
	struct fa_yaml_source src;
	struct fa_arena *a;
	struct fa_yaml *top;
	struct level level[FA_YAML_MAX_DEPTH];
	size_t depth;
	size_t documents;
};

static int
no_memory(const struct build *b)
{
	return fa_fail(b->src.err, FA_E_NOMEM, "out of memory for %.*s",
		FA_STR_ARG(b->src.file));
}

static size_t
offset(const struct build *b, yaml_mark_t mark)
{
	return fa_yaml_offset(&b->src, mark.line, mark.column);
}

/* Says why libyaml gave up. It often notices a line late, so the lines that
 * it names and the one before are searched for the usual mistakes first. */
static int
fail_parser(const struct build *b)
{
	const yaml_parser_t *p = b->parser;
	const char *problem = p->problem == NULL ? "malformed" : p->problem;
	size_t line = p->problem_mark.line;
	int rc = FA_OK;

	if (p->error == YAML_MEMORY_ERROR)
		return no_memory(b);
	if (p->error == YAML_READER_ERROR) {
		return fa_yaml_fail(
			&b->src, p->problem_offset, FA_E_INPUT, "%s", problem);
	}
	if (p->context != NULL)
		rc = fa_yaml_check_line(&b->src, p->context_mark.line);
	if (rc == FA_OK && line > 0)
		rc = fa_yaml_check_line(&b->src, line - 1);
	if (rc == FA_OK)
		rc = fa_yaml_check_line(&b->src, line);
	if (rc != FA_OK)
		return rc;
	if (strstr(problem, "<document start>") != NULL) {
		return fa_yaml_fail(&b->src, offset(b, p->problem_mark),
			FA_E_INPUT,
			"indented less than the first line of the file");
	}
	if (p->context != NULL && strstr(p->context, "quoted") != NULL) {
		return fa_yaml_fail(&b->src, offset(b, p->context_mark),
			FA_E_INPUT, "%s in the text that begins here", problem);
	}
	return fa_yaml_fail(&b->src, offset(b, p->problem_mark), FA_E_INPUT,
		"%s%s%s", problem, p->context == NULL ? "" : " ",
		p->context == NULL ? "" : p->context);
}

/* Words that YAML 1.1 turns into something else than text. */
static bool
is_typed_word(struct fa_str s)
{
	static const struct fa_str words[] = { FA_STR_INIT(""),
		FA_STR_INIT("~"), FA_STR_INIT("null"), FA_STR_INIT("true"),
		FA_STR_INIT("false"), FA_STR_INIT("yes"), FA_STR_INIT("no"),
		FA_STR_INIT("on"), FA_STR_INIT("off"), FA_STR_INIT("<<"),
		FA_STR_INIT("="), FA_STR_INIT(".inf"), FA_STR_INIT(".nan") };

	for (size_t i = 0; i < FA_COUNT(words); i++) {
		if (fa_str_ieq(s, words[i]))
			return true;
	}
	return false;
}

/* Numbers, dates and times, generously. */
static bool
is_number(struct fa_str s)
{
	bool digit = false;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\0' ||
			strchr("0123456789+-._:eExXoabcdfABCDF", s.p[i]) ==
				NULL)
			return false;
		digit = digit || (s.p[i] >= '0' && s.p[i] <= '9');
	}
	return digit && strchr("0123456789+-.", s.p[0]) != NULL;
}

static int
check_key(const struct build *b, const yaml_event_t *e, struct fa_str text)
{
	size_t at = offset(b, e->start_mark);
	int rc;

	if (e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE)
		return FA_OK;
	if (is_typed_word(text) || is_number(text)) {
		return fa_yaml_fail(&b->src, at, FA_E_INPUT,
			"key '%.*s' is not text; put it in quotes",
			FA_STR_ARG(text));
	}
	rc = fa_yaml_check_item(&b->src, at, offset(b, e->end_mark));
	if (rc != FA_OK)
		return rc;
	return fa_yaml_check_key(&b->src, at, offset(b, e->end_mark));
}

static int
check_plain_value(const struct build *b, const yaml_event_t *e)
{
	const struct level *up = b->depth == 0 ? NULL : &b->level[b->depth - 1];
	size_t from = offset(b, e->start_mark);
	size_t to = offset(b, e->end_mark);
	bool beside_key = up != NULL && up->node->kind == FA_YAML_MAP &&
		up->key_line == e->start_mark.line;
	int rc = beside_key ? fa_yaml_check_value(&b->src, from, to)
			    : fa_yaml_check_item(&b->src, from, to);

	if (rc != FA_OK || e->start_mark.line == e->end_mark.line)
		return rc;
	for (size_t i = e->start_mark.line; i <= e->end_mark.line; i++) {
		size_t at = fa_yaml_offset(&b->src, i, 0);

		if (at > from && at < to)
			rc = fa_yaml_check_line(&b->src, i);
		if (rc != FA_OK)
			return rc;
	}
	return fa_yaml_fail(&b->src, from, FA_E_INPUT,
		"text over several lines; use '|' or quotes");
}

static int
check_scalar(const struct build *b, const yaml_event_t *e)
{
	yaml_scalar_style_t style = e->data.scalar.style;
	size_t at = offset(b, e->start_mark);

	if (e->data.scalar.anchor != NULL || e->data.scalar.tag != NULL)
		return fa_yaml_fail_indicator(&b->src, at);
	if (style == YAML_FOLDED_SCALAR_STYLE) {
		return fa_yaml_fail(&b->src, at, FA_E_INPUT,
			"folded text '>' is not allowed; use '|'");
	}
	if (memchr(e->data.scalar.value, '\0', e->data.scalar.length) != NULL)
		return fa_yaml_fail(&b->src, at, FA_E_INPUT, "U+0000 in text");
	return FA_OK;
}

static bool
wants_key(const struct build *b)
{
	const struct level *up;

	if (b->depth == 0)
		return false;
	up = &b->level[b->depth - 1];
	return up->node->kind == FA_YAML_MAP && !up->have_key;
}

/* A new node at its place in the tree, in *out. */
static int
add_node(struct build *b, const yaml_event_t *e, enum fa_yaml_kind kind,
	struct fa_yaml **out)
{
	struct fa_yaml *node = fa_arena_new(b->a, 1, sizeof(*node));
	size_t at = offset(b, e->start_mark);
	size_t line;
	size_t column;

	if (node == NULL)
		return no_memory(b);
	if (b->depth == 0) {
		b->top = node;
	} else {
		struct level *up = &b->level[b->depth - 1];

		if (up->have_key) {
			node->key = up->key;
			at = up->key_at;
			up->have_key = false;
		}
		*up->tail = node;
		up->tail = &node->next;
		up->node->count++;
	}
	fa_yaml_place(&b->src, at, &line, &column);
	node->kind = kind;
	node->line = (uint32_t)line;
	node->column = (uint32_t)column;
	*out = node;
	return FA_OK;
}

static int
on_scalar(struct build *b, const yaml_event_t *e)
{
	const char *value = (const char *)e->data.scalar.value;
	struct fa_str text = { value, e->data.scalar.length };
	bool plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	struct fa_yaml *node;
	int rc = check_scalar(b, e);

	if (rc == FA_OK && wants_key(b))
		rc = check_key(b, e, text);
	else if (rc == FA_OK && plain)
		rc = check_plain_value(b, e);
	if (rc != FA_OK)
		return rc;
	text = fa_arena_dup(b->a, text);
	if (text.p == NULL)
		return no_memory(b);
	if (wants_key(b)) {
		struct level *up = &b->level[b->depth - 1];

		up->have_key = true;
		up->key = text;
		up->key_at = offset(b, e->start_mark);
		up->key_line = e->start_mark.line;
		return FA_OK;
	}
	rc = add_node(b, e, FA_YAML_SCALAR, &node);
	if (rc != FA_OK)
		return rc;
	node->text = text;
	node->quoted = !plain;
	return FA_OK;
}

static int
on_start(struct build *b, const yaml_event_t *e)
{
	bool seq = e->type == YAML_SEQUENCE_START_EVENT;
	size_t at = offset(b, e->start_mark);
	struct level *l;
	int rc;

	if (seq ? e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
		: e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
		return fa_yaml_fail_indicator(&b->src, at);
	if (seq ? e->data.sequence_start.anchor != NULL ||
				e->data.sequence_start.tag != NULL
		: e->data.mapping_start.anchor != NULL ||
				e->data.mapping_start.tag != NULL)
		return fa_yaml_fail_indicator(&b->src, at);
	if (wants_key(b)) {
		return fa_yaml_fail(&b->src, at, FA_E_INPUT,
			"a key must be text, not a list or map");
	}
	if (b->depth == FA_YAML_MAX_DEPTH) {
		return fa_yaml_fail(&b->src, at, FA_E_LIMIT,
			"more than %d levels", FA_YAML_MAX_DEPTH);
	}
	l = &b->level[b->depth];
	*l = (struct level){ .node = NULL };
	rc = add_node(b, e, seq ? FA_YAML_SEQ : FA_YAML_MAP, &l->node);
	if (rc != FA_OK)
		return rc;
	l->tail = &l->node->child;
	b->depth++;
	return FA_OK;
}

static int
refuse_duplicates(const struct build *b, const struct fa_yaml *map)
{
	struct fa_dup_key *keys = fa_arena_new(b->a, map->count, sizeof(*keys));
	const struct fa_dup_key *twice;
	const struct fa_yaml *child = map->child;
	size_t n = 0;

	if (keys == NULL)
		return no_memory(b);
	for (; child != NULL; child = child->next, n++)
		keys[n] = (struct fa_dup_key){ child->key, n };
	twice = fa_dup_find(keys, n);
	if (twice == NULL)
		return FA_OK;
	child = map->child;
	for (size_t i = 0; i < twice->at; i++)
		child = child->next;
	return fa_yaml_fail(&b->src,
		b->src.line[child->line - 1] + child->column - 1, FA_E_INPUT,
		"key '%.*s' stands twice in this map", FA_STR_ARG(child->key));
}

static int
on_end(struct build *b)
{
	const struct fa_yaml *node = b->level[--b->depth].node;

	return node->kind == FA_YAML_MAP ? refuse_duplicates(b, node) : FA_OK;
}

static int
on_document(struct build *b, const yaml_event_t *e)
{
	size_t at = offset(b, e->start_mark);

	if (++b->documents > 1)
		return fa_yaml_fail(
			&b->src, at, FA_E_INPUT, "second document in one file");
	if (e->data.document_start.version_directive != NULL ||
		e->data.document_start.tag_directives.start !=
			e->data.document_start.tag_directives.end)
		return fa_yaml_fail(&b->src, at, FA_E_INPUT,
			"directives ('%%') are not allowed");
	return FA_OK;
}

static int
on_event(struct build *b, const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_SCALAR_EVENT:
		return on_scalar(b, e);
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		return on_start(b, e);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return on_end(b);
	case YAML_ALIAS_EVENT:
		return fa_yaml_fail_indicator(
			&b->src, offset(b, e->start_mark));
	case YAML_DOCUMENT_START_EVENT:
		return on_document(b, e);
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_END_EVENT:
	default:
		return FA_OK;
	}
}

static int
build_tree(struct build *b)
{
	for (;;) {
		yaml_event_t e;
		bool end;
		int rc;

		if (fa_libyaml()->parser_parse(b->parser, &e) != 1)
			return fail_parser(b);
		end = e.type == YAML_STREAM_END_EVENT;
		rc = on_event(b, &e);
		fa_libyaml()->event_delete(&e);
		if (rc != FA_OK || end)
			return rc;
	}
}

int
fa_yaml_parse(struct fa_yaml **out, struct fa_str text, struct fa_str file,
	struct fa_arena *a, struct fa_err *err)
{
	yaml_parser_t parser;
	struct build b = { .parser = &parser, .a = a };
	int rc;

	if (text.n > FA_YAML_MAX_BYTES) {
		return fa_fail(err, FA_E_LIMIT, "%.*s: %zu bytes, limit %u",
			FA_STR_ARG(file), text.n, FA_YAML_MAX_BYTES);
	}
	if (fa_str_starts(text, FA_STR("\xef\xbb\xbf")))
		text = fa_str_sub(text, 3, text.n);
	rc = fa_yaml_source_init(&b.src, text, file, a, err);
	if (rc != FA_OK)
		return rc;
	rc = fa_libyaml_open(err);
	if (rc != FA_OK)
		return rc;
	if (fa_libyaml()->parser_initialize(&parser) != 1)
		return no_memory(&b);
	fa_libyaml()->parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	fa_libyaml()->parser_set_input_string(&parser,
		(const unsigned char *)(text.n == 0 ? "" : text.p), text.n);
	rc = build_tree(&b);
	fa_libyaml()->parser_delete(&parser);
	if (rc != FA_OK)
		return rc;
	if (b.top == NULL ||
		(b.top->kind == FA_YAML_SCALAR && !b.top->quoted &&
			b.top->text.n == 0)) {
		return fa_yaml_fail(
			&b.src, 0, FA_E_INPUT, "the document is empty");
	}
	*out = b.top;
	return FA_OK;
}

const struct fa_yaml *
fa_yaml_find(const struct fa_yaml *map, const char *key)
{
	struct fa_str k = fa_str_c(key);

	if (map == NULL || map->kind != FA_YAML_MAP)
		return NULL;
	for (const struct fa_yaml *i = map->child; i != NULL; i = i->next) {
		if (fa_str_eq(i->key, k))
			return i;
	}
	return NULL;
}
