/* Styles (17.7), numberings (17.9) and relationships (Part 2, 9.3). */
#include <stddef.h>
#include <stdlib.h>

#include "base/num.h"
#include "read/word.h"

static int
compare_first(const void *a, const void *b)
{
	/* All entries begin with their id. */
	return fa_str_cmp(*(const struct fa_str *)a, *(const struct fa_str *)b);
}

static struct fa_str
keep(struct fa_word_xml *x, struct fa_arena *a, struct fa_str s)
{
	struct fa_str kept = fa_arena_dup(a, s);

	x->no_memory = x->no_memory || kept.p == NULL;
	return kept;
}

/* One more entry of a list, or NULL at the limit or out of memory. */
static void *
grow(void **list, size_t *cap, size_t n, size_t size, struct fa_arena *a)
{
	void *grown;

	if (n >= FA_WORD_STYLES)
		return NULL;
	grown = fa_arena_grow(a, *list, cap, n + 1, size);
	if (grown == NULL)
		return NULL;
	*list = grown;
	return (char *)grown + n * size;
}

static int
end(const struct fa_word_xml *x, struct fa_err *err)
{
	return x->no_memory
		? fa_fail(err, FA_E_NOMEM, "out of memory for a document")
		: FA_OK;
}

/* "heading 1", "标题 1", "Title". */
static uint8_t
heading_of(struct fa_str name)
{
	static const struct fa_str heads[] = { FA_STR_INIT("heading "),
		FA_STR_INIT("标题 "), FA_STR_INIT("標題 ") };
	uint64_t v;

	if (fa_str_ieq(name, FA_STR("Title")))
		return 1;
	for (size_t i = 0; i < FA_COUNT(heads); i++)
		if (fa_str_ieq(fa_str_sub(name, 0, heads[i].n), heads[i]) &&
			fa_num_u64(
				fa_str_sub(name, heads[i].n, name.n), 9, &v) &&
			v > 0)
			return (uint8_t)(v < 6 ? v : 6);
	return 0;
}

static void
style_part(struct fa_word_xml *x, struct fa_word_style *s, struct fa_arena *a)
{
	struct fa_str val = fa_word_xml_attr(x, "val");
	uint64_t v;

	if (fa_word_xml_is(x, "name")) {
		s->contents = fa_str_ieq(fa_str_sub(val, 0, 4), FA_STR("toc "));
		s->level = heading_of(val);
		s->outlined = s->outlined || s->level > 0;
	} else if (fa_word_xml_is(x, "basedOn")) {
		s->based = keep(x, a, val);
	} else if (fa_word_xml_is(x, "numId")) {
		s->num = keep(x, a, val);
	} else if (fa_word_xml_is(x, "outlineLvl") && s->level == 0 &&
		fa_num_u64(val, 9, &v)) {
		s->outlined = true;
		s->level = (uint8_t)(v > 8 ? 0 : v < 6 ? v + 1 : 6);
	}
}

int
fa_word_styles(struct fa_word_parts *p, struct fa_str part, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_word_style *s = NULL;
	struct fa_word_xml x;
	enum fa_word_event e;
	size_t cap = 0;
	void *list = NULL;

	fa_word_xml_open(&x, part);
	while ((e = fa_word_xml_next(&x)) != FA_WORD_END_OF_PART) {
		if (e != FA_WORD_START)
			continue;
		if (fa_word_xml_is(&x, "style")) {
			s = grow(&list, &cap, p->styles_n, sizeof(*s), a);
			if (s == NULL)
				break;
			p->styles_n++;
			*s = (struct fa_word_style){ .level = 0 };
			s->id = keep(&x, a, fa_word_xml_attr(&x, "styleId"));
		} else if (s != NULL) {
			style_part(&x, s, a);
		}
	}
	fa_word_xml_close(&x);
	p->styles = list;
	if (p->styles_n > 1)
		qsort(list, p->styles_n, sizeof(*s), compare_first);
	return end(&x, err);
}

static char
format_of(struct fa_str name)
{
	if (fa_str_eq(name, FA_STR("bullet")))
		return 'b';
	return fa_str_eq(name, FA_STR("none")) ? '\0' : 'n';
}

struct numbering {
	struct fa_word_levels *levels;
	struct fa_word_num *num;
	size_t level, levels_cap, nums_cap;
	void *levels_list, *nums_list;
};

static bool
number_part(struct fa_word_xml *x, struct numbering *n, struct fa_word_parts *p,
	struct fa_arena *a)
{
	uint64_t v;

	if (fa_word_xml_is(x, "abstractNum")) {
		n->levels = grow(&n->levels_list, &n->levels_cap, p->levels_n,
			sizeof(*n->levels), a);
		if (n->levels == NULL)
			return false;
		p->levels_n++;
		*n->levels = (struct fa_word_levels){
			.id = keep(x, a, fa_word_xml_attr(x, "abstractNumId"))
		};
		n->num = NULL;
	} else if (fa_word_xml_is(x, "num")) {
		n->num = grow(&n->nums_list, &n->nums_cap, p->nums_n,
			sizeof(*n->num), a);
		if (n->num == NULL)
			return false;
		p->nums_n++;
		*n->num = (struct fa_word_num){
			keep(x, a, fa_word_xml_attr(x, "numId")), FA_STR_NONE
		};
		n->levels = NULL;
	} else if (fa_word_xml_is(x, "abstractNumId") && n->num != NULL) {
		n->num->base = keep(x, a, fa_word_xml_attr(x, "val"));
	} else if (fa_word_xml_is(x, "lvl") && n->levels != NULL) {
		n->level = fa_num_u64(fa_word_xml_attr(x, "ilvl"), 8, &v)
			? (size_t)v
			: 0;
	} else if (fa_word_xml_is(x, "numFmt") && n->levels != NULL) {
		n->levels->format[n->level] =
			format_of(fa_word_xml_attr(x, "val"));
	}
	return true;
}

int
fa_word_numbering(struct fa_word_parts *p, struct fa_str part,
	struct fa_arena *a, struct fa_err *err)
{
	struct numbering n = { .levels = NULL };
	struct fa_word_xml x;
	enum fa_word_event e;

	fa_word_xml_open(&x, part);
	while ((e = fa_word_xml_next(&x)) != FA_WORD_END_OF_PART)
		if (e == FA_WORD_START && !number_part(&x, &n, p, a))
			break;
	fa_word_xml_close(&x);
	p->levels = n.levels_list;
	p->nums = n.nums_list;
	if (p->levels_n > 1)
		qsort(p->levels, p->levels_n, sizeof(*p->levels),
			compare_first);
	if (p->nums_n > 1)
		qsort(p->nums, p->nums_n, sizeof(*p->nums), compare_first);
	return end(&x, err);
}

int
fa_word_targets(struct fa_word_parts *p, struct fa_str part, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_word_xml x;
	enum fa_word_event e;
	size_t cap = 0;
	void *list = NULL;

	fa_word_xml_open(&x, part);
	while ((e = fa_word_xml_next(&x)) != FA_WORD_END_OF_PART) {
		struct fa_word_target *t;

		if (e != FA_WORD_START ||
			!fa_str_eq(x.name, FA_STR("Relationship")) ||
			!fa_str_ends(fa_word_xml_attr(&x, "Type"),
				FA_STR("/hyperlink")))
			continue;
		t = grow(&list, &cap, p->targets_n, sizeof(*t), a);
		if (t == NULL)
			break;
		p->targets_n++;
		t->id = keep(&x, a, fa_word_xml_attr(&x, "Id"));
		t->href = keep(&x, a, fa_word_xml_attr(&x, "Target"));
	}
	fa_word_xml_close(&x);
	p->targets = list;
	if (p->targets_n > 1)
		qsort(list, p->targets_n, sizeof(*p->targets), compare_first);
	return end(&x, err);
}

static const struct fa_word_style *
find_style(const struct fa_word_parts *p, struct fa_str id)
{
	size_t i = fa_str_search(p->styles, p->styles_n, sizeof(*p->styles),
		offsetof(struct fa_word_style, id), id);

	return i < p->styles_n ? &p->styles[i] : NULL;
}

struct fa_word_style
fa_word_style_of(const struct fa_word_parts *p, struct fa_str id)
{
	struct fa_word_style all = { .id = id };

	for (int i = 0; i < FA_WORD_BASED && id.n > 0; i++) {
		const struct fa_word_style *s = find_style(p, id);

		if (s == NULL)
			break;
		if (!all.outlined && s->outlined) {
			all.outlined = true;
			all.level = s->level;
		}
		all.contents = all.contents || s->contents;
		if (all.num.p == NULL)
			all.num = s->num;
		id = s->based;
	}
	return all;
}

char
fa_word_format(const struct fa_word_parts *p, struct fa_str num, unsigned level)
{
	size_t i = fa_str_search(p->nums, p->nums_n, sizeof(*p->nums),
		offsetof(struct fa_word_num, id), num);
	size_t k;

	if (num.n == 0 || fa_str_eq(num, FA_STR("0")))
		return '\0';
	if (i >= p->nums_n)
		return 'n';
	k = fa_str_search(p->levels, p->levels_n, sizeof(*p->levels),
		offsetof(struct fa_word_levels, id), p->nums[i].base);
	return k < p->levels_n ? p->levels[k].format[level < 9 ? level : 8]
			       : 'n';
}

struct fa_str
fa_word_href(const struct fa_word_parts *p, struct fa_str id)
{
	size_t i = fa_str_search(p->targets, p->targets_n, sizeof(*p->targets),
		offsetof(struct fa_word_target, id), id);

	return i < p->targets_n ? p->targets[i].href : FA_STR_NONE;
}
