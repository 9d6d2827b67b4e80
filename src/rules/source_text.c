#include "rules/source.h"

#include "base/err.h"

/* Only what means itself everywhere stays as it is: "??" begins trigraphs in
 * C11, and an octal escape has three digits always, so that a digit may
 * follow. */
void
fa_source_literal(struct fa_buf *out, struct fa_str text)
{
	fa_buf_addc(out, '"');
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c < 0x20 || c > 0x7e || c == '"' || c == '\\' || c == '?') {
			char octal[] = { '\\', (char)('0' + (c >> 6)),
				(char)('0' + ((c >> 3) & 7)),
				(char)('0' + (c & 7)) };

			fa_buf_add(out, (struct fa_str){ octal, 4 });
		} else {
			fa_buf_addc(out, (char)c);
		}
	}
	fa_buf_addc(out, '"');
}

static const struct fa_source_text *
known(const struct fa_source *s, struct fa_str text, uint32_t slot)
{
	for (uint32_t i = s->bucket[slot]; i != 0; i = s->known[i - 1].next)
		if (fa_str_eq(s->known[i - 1].text, text))
			return &s->known[i - 1];
	return NULL;
}

/* Its place among the texts, where it is written when it is new. */
static size_t
place(struct fa_source *s, struct fa_str text)
{
	uint32_t slot = fa_str_hash(text) % FA_SOURCE_BUCKETS;
	const struct fa_source_text *old = known(s, text, slot);
	struct fa_source_text *grown;
	size_t at = s->texts_bytes;

	if (old != NULL)
		return old->at;
	grown = fa_arena_grow(s->a, s->known, &s->known_cap, s->known_n + 1,
		sizeof(*s->known));
	if (grown == NULL) {
		s->rc = FA_E_NOMEM;
		return 0;
	}
	s->known = grown;
	s->known[s->known_n++] =
		(struct fa_source_text){ text, at, s->bucket[slot] };
	s->bucket[slot] = (uint32_t)s->known_n;
	fa_source_literal(s->texts, text);
	fa_buf_adds(s->texts, "\"\\000\"\n");
	s->texts_bytes += text.n + 1;
	return at;
}

void
fa_source_str(struct fa_source *s, struct fa_str text)
{
	if (text.p == NULL)
		fa_buf_adds(s->body, "{NULL,0},");
	else
		fa_buf_addf(s->body, "{t+%zu,%zu},", place(s, text), text.n);
}

void
fa_source_number(struct fa_source *s, uint64_t n)
{
	fa_buf_addf(s->body, "%llu,", (unsigned long long)n);
}

void
fa_source_text2(struct fa_source *s, const struct fa_text2 *t)
{
	fa_buf_adds(s->body, "{{");
	for (int i = 0; i < FA_LANG_COUNT; i++)
		fa_source_str(s, t->in[i]);
	fa_buf_adds(s->body, "}},");
}

void
fa_source_list(struct fa_source *s, const char *type, const char *table,
	size_t at, size_t n)
{
	if (n == 0)
		fa_buf_adds(s->body, "NULL,");
	else
		fa_buf_addf(s->body, "(%s *)(%s+%zu),", type, table, at);
	fa_source_number(s, n);
}

void
fa_source_item_begin(struct fa_source *s)
{
	fa_buf_addc(s->body, '{');
}

void
fa_source_item_end(struct fa_source *s)
{
	fa_buf_adds(s->body, "},\n");
}

bool
fa_source_table_begin(
	struct fa_source *s, const char *type, const char *name, size_t n)
{
	if (n > 0)
		fa_buf_addf(s->body, "static const %s %s[%zu] = {\n", type,
			name, n);
	return n > 0;
}

void
fa_source_table_end(struct fa_source *s)
{
	fa_buf_adds(s->body, "};\n");
}
