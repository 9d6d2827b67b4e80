/* The provisions that a finding rests on, with their words when the user gave
 * the official texts: DIR/CODE.txt (.md, .html), CODE as in the rules. An
 * article runs from the line that begins with its number to the next one or to
 * the next chapter; 款 and 项 are not cut apart, since the whole article is
 * what a reader has to check. A line of another article that begins by naming
 * one (第十条规定的…) is not taken for it. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

/* What follows a number of an article or chapter that stands as a heading:
 * a blank, a mark, or nothing at all. */
static bool
ends_heading(struct fa_str rest)
{
	static const char *const mark[] = { " ", "\t", "\n", "\r",
		"\xe3\x80\x80", "\xc2\xa0", "：", ":", "*" };

	for (size_t i = 0; i < FA_COUNT(mark); i++)
		if (fa_str_starts(rest, fa_str_c(mark[i])))
			return true;
	return rest.n == 0;
}

/* Begins with 第...条 or 第...章 and no more than a number between, as a
 * heading does. */
static bool
begins_unit(struct fa_str s)
{
	size_t article = fa_str_find(s, FA_STR("条"), 0);
	size_t chapter = fa_str_find(s, FA_STR("章"), 0);
	size_t at = article < chapter ? article : chapter;
	struct fa_str rest;

	if (!fa_str_starts(s, FA_STR("第")) || at >= NUMBER_BYTES ||
		fa_str_find(fa_str_sub(s, 0, at), FA_STR(" "), 0) != SIZE_MAX)
		return false;
	rest = fa_str_sub(s, at + strlen("条"), s.n);
	/* 第十条之一 */
	if (fa_str_starts(rest, FA_STR("之")))
		rest = fa_str_sub(rest, strlen("之一"), rest.n);
	return ends_heading(rest);
}

static bool
is_article(struct fa_str s, struct fa_str heading)
{
	return fa_str_starts(s, heading) &&
		ends_heading(fa_str_sub(s, heading.n, s.n));
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

/* A block as it stands in the file: normalised text lacks the blank by which a
 * heading is told from a sentence. It lives until b is used again. */
static struct fa_str
block_words(struct fa_buf *b, const struct fa_doc *doc, size_t i)
{
	fa_buf_reset(b);
	put_words(b, doc, i, i);
	return fa_str_trim(fa_buf_str(b));
}

static struct fa_str
cut_article(struct fa_facts *x, const struct fa_doc *doc, struct fa_str heading)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	struct fa_str out = FA_STR_NONE;
	size_t from = 0, to;

	fa_buf_init(&b, ARTICLE_BYTES);
	while (from < doc->blocks_n &&
		!is_article(block_words(&b, doc, from), heading))
		from++;
	if (from == doc->blocks_n)
		return out;
	to = from;
	while (to + 1 < doc->blocks_n &&
		!begins_unit(block_words(&b, doc, to + 1)))
		to++;
	fa_buf_reset(&b);
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
		/* One that is there and cannot be read is not left out. */
		if (rc == FA_E_NOMEM || rc == FA_E_LIMIT ||
			(path->p != NULL && access(path->p, F_OK) == 0))
			return fa_fail(err, rc, "%s", why.msg);
	}
	return 0;
}

static uint32_t
instrument_of(const struct fa_bundle *b, struct fa_str code)
{
	for (uint32_t i = 0; i < b->instruments_n; i++)
		if (fa_str_eq(b->instruments[i].code, code))
			return i;
	return FA_RULE_NONE;
}

/* Does the file bear the title or the number of the instrument? Another
 * statute under its name, or a bare excerpt, does not. */
static bool
is_named(const struct fa_facts *x, const struct fa_dossier_law *l,
	struct fa_str text)
{
	uint32_t at = instrument_of(x->bundle, l->code);
	struct fa_str title = at < x->bundle->instruments_n
		? fa_report_pick(&x->bundle->instruments[at].title, FA_LANG_ZH)
		: FA_STR_NONE;

	return (title.n > 0 && fa_str_find(text, title, 0) != SIZE_MAX) ||
		(l->number.n > 0 &&
			fa_str_find(text, l->number, 0) != SIZE_MAX);
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
	l->named = is_named(x, l, doc.text);
	return FA_OK;
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
