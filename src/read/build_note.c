/* What stands beside the text of a document: names of strings, strings that
 * belong together, comments that speak to this tool. */
#include "read/build.h"

#include <string.h>

#define COMPLAINT_BYTES 512

uint32_t
fa_build_blocks(const struct fa_build *b)
{
	return (uint32_t)(b->blocks.n / sizeof(struct fa_block));
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
ends_line(char c)
{
	return c == '\n' || c == '\r';
}

/* The lines on which source text [from, to) stands; *alone tells that nothing
 * but blanks is before it (and the brace that JSX wants). Many comments may
 * stand on one long line: it is searched once. */
static struct fa_range
lines_of(struct fa_build *b, size_t from, size_t to, bool *alone)
{
	struct fa_str text = b->src->text;
	size_t begin = from;

	*alone = false;
	if (from >= b->remark_line.from && to <= b->remark_line.to &&
		b->remark_line.to > 0)
		return b->remark_line;
	*alone = true;
	while (begin > 0 && !ends_line(text.p[begin - 1])) {
		begin--;
		*alone = *alone &&
			(is_blank(text.p[begin]) || text.p[begin] == '{');
	}
	while (to < text.n && !ends_line(text.p[to]))
		to++;
	b->remark_line = (struct fa_range){ (uint32_t)begin, (uint32_t)to };
	b->remark_raw.from = fa_source_raw(b->src, begin, from).from;
	b->remark_raw.to = UINT32_MAX;
	return b->remark_line;
}

/* Keeps a comment when it speaks to this tool. Among short texts, what stands
 * before it on its line counts only when it is one of them. */
static void
keep(struct fa_build *b, size_t from, size_t to, struct fa_str said,
	bool of_next)
{
	struct fa_remark r = { .block = fa_build_blocks(b) };
	struct fa_range line;

	if (fa_str_find(said, FA_STR("faceaudit:"), 0) == SIZE_MAX &&
		fa_str_find(said, FA_STR("faceaudit\xef\xbc\x9a"), 0) ==
			SIZE_MAX)
		return;
	/* The way back to the bytes is cheap when it goes forward. */
	line = lines_of(b, from, to, &r.alone);
	r.raw = fa_source_raw(b->src, from, to);
	if (b->remark_raw.to == UINT32_MAX)
		b->remark_raw.to = fa_source_raw(b->src, to, line.to).to;
	r.line = b->remark_raw;
	r.alone = r.alone || of_next ||
		(b->loose && b->map.raw_end <= r.line.from);
	r.text = fa_arena_dup(b->a, fa_str_trim(said));
	if (r.text.p == NULL)
		b->remarks.rc = FA_E_NOMEM;
	fa_buf_add(&b->remarks, (struct fa_str){ (const char *)&r, sizeof(r) });
}

void
fa_build_remark(
	struct fa_build *b, size_t from, size_t to, struct fa_range inner)
{
	keep(b, from, to, fa_str_sub(b->src->text, inner.from, inner.to),
		false);
}

void
fa_build_remark_said(
	struct fa_build *b, size_t from, size_t to, struct fa_str said)
{
	keep(b, from, to, said, true);
}

static void
say(struct fa_build *b, size_t at, const char *what)
{
	struct fa_str before = fa_str_sub(b->src->text, 0, at);
	struct fa_buf line;
	size_t n = 1;

	for (size_t i = 0; i < before.n; i++)
		n += before.p[i] == '\n' ||
			(before.p[i] == '\r' &&
				fa_str_sub(b->src->text, i + 1, i + 2).n > 0 &&
				b->src->text.p[i + 1] != '\n');
	fa_buf_init(&line, COMPLAINT_BYTES);
	fa_buf_addf(&line, "line %zu: %s", n, what);
	b->complaint = fa_arena_dup(b->a, fa_buf_str(&line));
	if (line.rc != FA_OK || b->complaint.p == NULL)
		b->text.rc = FA_E_NOMEM;
	fa_buf_done(&line);
}

void
fa_build_complain(struct fa_build *b, size_t at, const char *what)
{
	if (!b->partial)
		say(b, at, what);
	b->partial = true;
}

void
fa_build_mention(struct fa_build *b, size_t at, const char *what)
{
	if (b->complaint.p == NULL)
		say(b, at, what);
}

/* The last entry of a list, or NULL. */
static const void *
last_of(const struct fa_buf *list, size_t size)
{
	return list->n == 0 ? NULL : list->p + list->n - size;
}

/* Appends an entry; it replaces one that got no block of its own. */
static void
append(struct fa_build *b, struct fa_buf *to, const void *entry, size_t size,
	bool replaces)
{
	if (replaces)
		to->n -= size;
	fa_buf_add(to, (struct fa_str){ entry, size });
	if (fa_build_blocks(b) >= FA_BUILD_BLOCKS - 1)
		b->truncated = true;
}

void
fa_build_key(struct fa_build *b, struct fa_str name)
{
	const struct fa_key *last = last_of(&b->keys, sizeof(*last));
	struct fa_key key;

	fa_build_break(b);
	key = (struct fa_key){ fa_build_blocks(b), fa_arena_dup(b->a, name) };
	if (key.name.p == NULL)
		b->keys.rc = FA_E_NOMEM;
	append(b, &b->keys, &key, sizeof(key),
		last != NULL && last->block == key.block);
}

void
fa_build_group(struct fa_build *b, struct fa_str name)
{
	const struct fa_group *last = last_of(&b->groups, sizeof(*last));
	struct fa_group g = { .name = fa_arena_dup(b->a, name) };

	fa_build_break(b);
	g.blocks.from = fa_build_blocks(b);
	if (g.name.p == NULL)
		b->groups.rc = FA_E_NOMEM;
	append(b, &b->groups, &g, sizeof(g),
		last != NULL && last->blocks.from == g.blocks.from);
}

void
fa_build_end_groups(struct fa_build *b)
{
	const struct fa_key *key = last_of(&b->keys, sizeof(*key));
	struct fa_group first = { FA_STR_INIT(""), { 0, 0 } };
	uint32_t to = fa_build_blocks(b);
	struct fa_group *at = (void *)b->groups.p;
	size_t n = b->groups.n / sizeof(*at);

	if (key != NULL && key->block == to) /* of a string without text */
		b->keys.n -= sizeof(*key);
	if (n == 0 || at[0].blocks.from > 0) {
		fa_buf_add(&b->groups,
			(struct fa_str){ (const char *)&first, sizeof(first) });
		if (b->groups.rc != FA_OK)
			return;
		at = (void *)b->groups.p;
		memmove(at + 1, at, n * sizeof(*at));
		at[0] = first;
		n++;
	}
	if (at[n - 1].blocks.from == to) { /* nothing came behind it */
		b->groups.n -= sizeof(*at);
		n--;
	}
	for (size_t i = 0; i < n; i++)
		at[i].blocks.to = i + 1 < n ? at[i + 1].blocks.from : to;
}
