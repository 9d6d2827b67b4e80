/* Input that somebody made to be slow, and what it may cost from bytes to
 * JSON. It has to end with results: something is found, or what could not be
 * told is said; where there is nothing to find the document was at least
 * judged. */
#include "bench/bench.h"

#define MB 1000000u
#define CEILING_NS 2000000000

struct made {
	struct bench *b;
	struct fa_buf out;
	uint64_t state;
};

static uint32_t
roll(struct made *m, uint32_t sides)
{
	m->state = m->state * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (uint32_t)(m->state >> 33) % sides;
}

static void
repeat(struct made *m, const char *text, size_t bytes)
{
	while (m->out.n < bytes)
		fa_buf_adds(&m->out, text);
}

static void
word(struct made *m)
{
	const struct fa_bundle *b = m->b->bundle;
	const struct fa_lexicon *x =
		&b->lexicons[roll(m, (uint32_t)b->lexicons_n)];

	struct fa_str rest = fa_str_sub(x->name, 1, x->name.n), one = rest;
	uint32_t n = (uint32_t)x->words_n;

	if (n > 0) {
		fa_buf_add(&m->out, x->words[roll(m, n)]);
		return;
	}
	/* The words of a set without a name stand in its name. */
	for (size_t i = 0; i < rest.n; i++)
		n += rest.p[i] == '|';
	for (uint32_t k = roll(m, n + 1) + 1; k > 0; k--)
		one = fa_str_cut(&rest, '|');
	fa_buf_add(&m->out, one);
}

static void
words_only(struct made *m)
{
	while (m->out.n < 10 * MB)
		word(m);
}

static void
words_in_sentences(struct made *m)
{
	for (unsigned i = 1; m->out.n < 10 * MB; i++) {
		word(m);
		if (i % 10 == 0)
			fa_buf_adds(&m->out, i % 100 ? "。" : "。\n");
	}
}

static void
face_words(struct made *m)
{
	repeat(m, "人脸识别", MB);
}

static void
face_lines(struct made *m)
{
	repeat(m, "人脸识别\n", MB);
}

static void
every_keyword(struct made *m)
{
	repeat(m,
		"您如拒绝刷脸、人脸识别，将无法使用服务，使用即表示同意收集面部"
		"特征，未满十四周岁须监护人单独同意，不得撤回，仅限刷脸登录。",
		MB);
}

static void
no_face(struct made *m)
{
	repeat(m, "使用即表示同意", MB);
}

static void
semicolons(struct made *m)
{
	repeat(m, "；", MB);
}

static void
letters(struct made *m)
{
	repeat(m, "a", MB);
}

static void
particles(struct made *m)
{
	repeat(m, "的", MB);
}

static void
items(struct made *m)
{
	repeat(m, "- 人脸识别登录\n  - 拒绝将无法使用\n", MB);
}

static void
divs(struct made *m)
{
	for (int i = 0; i < 100000; i++)
		fa_buf_adds(&m->out, "<div>");
	fa_buf_adds(&m->out, "须刷脸登录，否则无法使用。");
	for (int i = 0; i < 100000; i++)
		fa_buf_adds(&m->out, "</div>");
}

static void
bold(struct made *m)
{
	fa_buf_adds(&m->out, "<p>人脸识别");
	repeat(m, "<b><i>人脸</b>", MB);
}

static void
lists(struct made *m)
{
	fa_buf_adds(&m->out, "<p>人脸识别：");
	repeat(m, "<ul><li>刷脸登录", MB);
}

static void
tables(struct made *m)
{
	fa_buf_adds(&m->out, "<p>人脸识别<table>");
	repeat(m, "<tr><td>人脸<td>登录<td>不得拒绝", MB);
}

static void
entities(struct made *m)
{
	fa_buf_adds(&m->out, "<p>人脸识别");
	repeat(m, "&copy;&#20154;&#33080;&notin;&amp", MB);
}

static void
one_attribute(struct made *m)
{
	fa_buf_adds(&m->out, "<p>须刷脸登录。<p title=\"");
	repeat(m, "人脸", 10 * MB);
	fa_buf_adds(&m->out, "\">完");
}

static void
comment(struct made *m)
{
	fa_buf_adds(&m->out, "<p>须刷脸登录。");
	repeat(m, "<!-- -", 10 * MB);
}

static const struct {
	const char *name, *file;
	void (*make)(struct made *m);
	bool face; /* it speaks of faces, and results have to, too */
} cases[] = {
	{ "10 MB of lexicon words alone", "x.txt", words_only, true },
	{ "10 MB of lexicon words in sentences", "x.txt", words_in_sentences,
		true },
	{ "1 MB of face words in one line", "x.txt", face_words, true },
	{ "1 MB of lines of one face word", "x.txt", face_lines, true },
	{ "1 MB of sentences with every keyword", "x.txt", every_keyword,
		true },
	{ "1 MB of coercion without a face", "x.txt", no_face, false },
	{ "1 MB of semicolons", "x.txt", semicolons, false },
	{ "1 MB of one letter", "x.txt", letters, false },
	{ "1 MB of one particle", "x.txt", particles, false },
	{ "1 MB of one list", "x.md", items, true },
	{ "100,000 nested div", "x.html", divs, true },
	{ "1 MB of misnested bold", "x.html", bold, true },
	{ "1 MB of lists in lists", "x.html", lists, true },
	{ "1 MB of one table", "x.html", tables, true },
	{ "1 MB of character references", "x.html", entities, true },
	{ "an attribute of 10 MB", "x.html", one_attribute, true },
	{ "a comment of 10 MB", "x.html", comment, true },
};

static bool
has_results(const struct fa_result *r, bool face)
{
	if (r->error.p || r->findings_n == 0)
		return false;
	return !face || r->scopes != 0 || r->counts[FA_VERDICT_CANNOT_TELL] > 0;
}

void
bench_ceilings(struct bench *b)
{
	struct bench_audit audit;

	bench_audit_init(&audit, b->bundle);
	bench_audit(&audit, FA_STR("人脸"), "x.txt");
	for (size_t i = 0; i < FA_COUNT(cases); i++) {
		struct made m = { .b = b, .state = 9 };
		int64_t begin, took;

		fa_buf_init(&m.out, BENCH_BUF_BYTES);
		cases[i].make(&m);
		begin = bench_cpu_ns();
		bench_audit(&audit, fa_buf_str(&m.out), cases[i].file);
		took = bench_cpu_ns() - begin;
		bench_figure(b, cases[i].name, took / 1000, "us");
		if (took > CEILING_NS)
			bench_fail(b, "%s took %lld ms, limit %d",
				cases[i].name, (long long)(took / 1000000),
				CEILING_NS / 1000000);
		if (!has_results(&audit.r, cases[i].face))
			bench_fail(b, "%s ended in silence%s%.*s",
				cases[i].name, audit.r.error.p ? ": " : "",
				FA_STR_ARG(audit.r.error));
		if (i == 0)
			bench_must(b,
				"seconds for 10 MB of lexicon words alone",
				took / 1000000, false, 2000);
		fa_buf_done(&m.out);
	}
	bench_audit_done(&audit);
}
