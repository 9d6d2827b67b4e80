/* The provisions that a finding rests on, with their words when the user gave
 * the official texts: DIR/CODE.txt (.md, .html), CODE as in the rules. An
 * article runs from the line that begins with its number to the next one or to
 * the next chapter; 款 and 项 are not cut apart, since the whole article is
 * what a reader has to check. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/num.h"
#include "case/facts_parts.h"
#include "read/read.h"
#include "report/common.h"

#define NUMBER_BYTES 40
#define ARTICLE_MAX 2000
#define ARTICLE_BYTES (64u << 10)

/* 110 -> 一百一十: as statutes number articles (below 10,000). */
static void
chinese(struct fa_buf *out, uint64_t n)
{
	static const char *const digit[] = { "零", "一", "二", "三", "四", "五",
		"六", "七", "八", "九" };
	static const struct {
		unsigned value;
		const char *word;
	} place[] = { { 1000, "千" }, { 100, "百" }, { 10, "十" }, { 1, "" } };
	bool begun = false, zero = false;

	for (size_t i = 0; i < FA_COUNT(place); i++) {
		uint64_t d = n / place[i].value % 10;

		if (d == 0) {
			zero = begun;
			continue;
		}
		if (zero)
			fa_buf_adds(out, digit[0]);
		zero = false;
		/* 十一, not 一十一; but 一百一十一. */
		if (begun || d != 1 || place[i].value != 10)
			fa_buf_adds(out, digit[d]);
		fa_buf_adds(out, place[i].word);
		begun = true;
	}
}

/* "10(1)" -> 第十条, "191-1" -> 第一百九十一条之一; false for other forms. */
static bool
heading_of(struct fa_buf *out, struct fa_str article)
{
	struct fa_str rest = article, number, inserted;
	uint64_t n, m;

	number = fa_str_cut(&rest, '(');
	inserted = number;
	number = fa_str_cut(&inserted, '-');
	if (!fa_num_u64(number, ARTICLE_MAX, &n) || n == 0)
		return false;
	fa_buf_adds(out, "第");
	chinese(out, n);
	fa_buf_adds(out, "条");
	if (inserted.p != NULL && fa_num_u64(inserted, 100, &m)) {
		fa_buf_adds(out, "之");
		chinese(out, m);
	}
	return true;
}

static struct fa_str
block_text(const struct fa_doc *doc, size_t i)
{
	return fa_str_trim(fa_str_sub(
		doc->text, doc->blocks[i].text.from, doc->blocks[i].text.to));
}

/* Begins with 第...条 or 第...章 and no more than a number between. */
static bool
begins_unit(struct fa_str s)
{
	size_t article = fa_str_find(s, FA_STR("条"), 0);
	size_t chapter = fa_str_find(s, FA_STR("章"), 0);
	size_t at = article < chapter ? article : chapter;

	return fa_str_starts(s, FA_STR("第")) && at < NUMBER_BYTES &&
		fa_str_find(fa_str_sub(s, 0, at), FA_STR(" "), 0) == SIZE_MAX;
}

static bool
is_article(struct fa_str s, struct fa_str heading)
{
	/* 第十条 is not 第十条之一. */
	return fa_str_starts(s, heading) &&
		!fa_str_starts(fa_str_sub(s, heading.n, s.n), FA_STR("之"));
}

/* Text as it stands in the file; of HTML what a reader sees. */
static void
put_words(struct fa_buf *b, const struct fa_doc *doc, size_t from, size_t to)
{
	struct fa_range r = { doc->blocks[from].text.from,
		doc->blocks[to].text.to };

	if (doc->format != FA_FORMAT_HTML) {
		fa_read_quote(doc, fa_doc_raw(doc, r), b);
		return;
	}
	for (size_t i = from; i <= to; i++) {
		if (i > from)
			fa_buf_addc(b, '\n');
		fa_read_visible(doc, doc->blocks[i].text, b);
	}
}

static struct fa_str
cut_article(struct fa_facts *x, const struct fa_doc *doc, struct fa_str heading)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	struct fa_str out = FA_STR_NONE;
	size_t from = 0, to;

	fa_buf_init(&b, ARTICLE_BYTES);
	while (from < doc->blocks_n &&
		!is_article(block_text(doc, from), heading))
		from++;
	if (from == doc->blocks_n)
		return out;
	to = from;
	while (to + 1 < doc->blocks_n && !begins_unit(block_text(doc, to + 1)))
		to++;
	put_words(&b, doc, from, to);
	if (b.rc == FA_OK && b.n > 0)
		out = fa_facts_dup(x, fa_str_trim(fa_buf_str(&b)));
	return out;
}

/* The text of a law, if the user gave it. */
static int
find_file(struct fa_str *path, struct fa_str *text, struct fa_facts *x,
	struct fa_str code, struct fa_err *err)
{
	static const char *const suffix[] = { "txt", "md", "html", "htm" };

	for (size_t i = 0; i < FA_COUNT(suffix); i++) {
		struct fa_err why;
		int rc;

		*path = fa_facts_say(x, "%.*s/%.*s.%s",
			FA_STR_ARG(x->o->statutes), FA_STR_ARG(code),
			suffix[i]);
		rc = fa_file_read(
			text, *path, FA_FACTS_STATUTE_BYTES, x->a, &why);
		if (rc == FA_OK)
			return 1;
		if (rc == FA_E_NOMEM || rc == FA_E_LIMIT)
			return fa_fail(err, rc, "%s", why.msg);
	}
	return 0;
}

static int
add_words(struct fa_dossier_law *l, struct fa_facts *x, struct fa_err *err)
{
	struct fa_read_opts opts = { .name = FA_STR("statute") };
	struct fa_buf heading FA_CLEANUP(fa_buf_done);
	struct fa_str path, text;
	struct fa_doc doc;
	int rc;

	fa_buf_init(&heading, 256);
	if (x->o->statutes.p == NULL || !heading_of(&heading, l->article))
		return FA_OK;
	rc = find_file(&path, &text, x, l->code, err);
	if (rc != 1)
		return rc;
	rc = fa_facts_digest(&l->digest, text, err);
	if (rc == FA_OK)
		rc = fa_read(&doc, text, &opts, x->a, err);
	if (rc < 0)
		return rc;
	l->file = fa_str_sub(path, x->o->statutes.n + 1, path.n);
	l->text = cut_article(x, &doc, fa_buf_str(&heading));
	return FA_OK;
}

static uint32_t
instrument_of(const struct fa_bundle *b, struct fa_str code)
{
	for (uint32_t i = 0; i < b->instruments_n; i++)
		if (fa_str_eq(b->instruments[i].code, code))
			return i;
	return FA_RULE_NONE;
}

static int
put_law(struct fa_dossier_law *l, struct fa_facts *x, uint32_t instrument,
	struct fa_str article, struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);

	fa_buf_init(&b, 4096);
	fa_report_source(&b, x->bundle, instrument, article, x->o->lang);
	*l = (struct fa_dossier_law){ .source = fa_facts_dup(x, fa_buf_str(&b)),
		.article = article };
	l->digest.bytes = -1;
	if (instrument < x->bundle->instruments_n) {
		const struct fa_instrument *in =
			&x->bundle->instruments[instrument];

		l->code = in->code;
		l->number = in->number;
		l->issuer = fa_report_pick(&in->issuer, x->o->lang);
		l->page = in->page;
		l->from = in->in_force_from;
		l->to = in->in_force_to;
		l->binding = in->binding;
	}
	return add_words(l, x, err);
}

/* Keeps each provision once in the list of the report. */
static int
keep_law(struct fa_facts *x, const struct fa_dossier_law *l, struct fa_err *err)
{
	struct fa_dossier_law *at;

	for (size_t i = 0; i < x->d->laws_n; i++)
		if (fa_str_eq(x->d->laws[i].source, l->source))
			return FA_OK;
	at = FA_FACTS_ADD(x, x->d->laws, x->d->laws_n, x->laws_cap, err);
	if (at == NULL)
		return FA_E_NOMEM;
	*at = *l;
	return FA_OK;
}

int
fa_facts_laws(struct fa_dossier_finding *f, struct fa_facts *x,
	const struct fa_obligation *o, struct fa_err *err)
{
	int rc;

	f->laws = fa_arena_new(x->a, o->refs_n + 1, sizeof(*f->laws));
	if (f->laws == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a report");
	rc = put_law(&f->laws[f->laws_n++], x, o->instrument, o->article, err);
	for (size_t i = 0; i < o->refs_n && rc == FA_OK; i++)
		rc = put_law(&f->laws[f->laws_n++], x,
			instrument_of(x->bundle, o->refs[i].instrument),
			o->refs[i].article, err);
	for (size_t i = 0; i < f->laws_n && rc == FA_OK; i++)
		rc = keep_law(x, &f->laws[i], err);
	return rc;
}
