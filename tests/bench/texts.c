/* What is measured on: the texts of the corpus, one large text made of them,
 * pages around them. */
#include "bench/bench.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "read/read.h"
#include "segment/segment.h"

void
bench_read(struct fa_doc *out, struct fa_str raw, struct fa_str name,
	enum fa_format format, struct fa_arena *a)
{
	struct fa_read_opts opts = { .name = name, .format = format };
	struct fa_err err;

	if (fa_read(out, raw, &opts, a, &err) < 0 ||
		fa_segment(out, a, &err) < 0)
		bench_die("%.*s: %s", FA_STR_ARG(name), err.msg);
}

static void
add_text(struct bench *b, struct fa_str path, size_t *cap, struct fa_buf *all)
{
	struct bench_text *grown = fa_arena_grow(
		&b->a, b->texts, cap, b->texts_n + 1, sizeof(*grown));
	struct bench_text *t;
	struct fa_err err;

	if (!grown)
		bench_die("no memory");
	b->texts = grown;
	t = &b->texts[b->texts_n++];
	*t = (struct bench_text){ .path = path };
	if (fa_file_read(&t->raw, path, FA_DOC_MAX_BYTES, &b->a, &err) < 0)
		bench_die("%s", err.msg);
	bench_read(&t->doc, t->raw, path, FA_FORMAT_AUTO, &b->a);
	b->bytes += t->raw.n;
	b->sentences += t->doc.sentences_n;
	fa_buf_add(all, t->raw);
}

void
bench_load(struct bench *b, const char *const *dirs, size_t n)
{
	struct fa_buf all FA_CLEANUP(fa_buf_done);
	size_t cap = 0;
	struct fa_err err;

	fa_buf_init(&all, BENCH_BUF_BYTES);
	for (size_t d = 0; d < n; d++) {
		struct fa_file_list files;

		if (fa_file_walk(&files, fa_str_c(dirs[d]), &b->a, &err) < 0) {
			printf("left out: %s\n", err.msg);
			continue;
		}
		for (size_t i = 0; i < files.n; i++)
			if (fa_str_ends(files.path[i], FA_STR(".txt")))
				add_text(b, files.path[i], &cap, &all);
	}
	if (b->texts_n == 0)
		bench_die("no texts to measure on");
	if (fa_hash_sha256(b->corpus, fa_buf_str(&all), &err) < 0)
		bench_die("%s", err.msg);
}

struct fa_str
bench_large(struct bench *b, size_t bytes, struct fa_arena *a)
{
	struct fa_buf out FA_CLEANUP(fa_buf_done);
	struct fa_str text;

	fa_buf_init(&out, BENCH_BUF_BYTES);
	for (size_t i = 0; out.n < bytes; i++) {
		struct fa_str raw = b->texts[i % b->texts_n].raw;
		size_t end = raw.n;

		if (raw.n > bytes - out.n) {
			end = bytes - out.n;
			while (end < raw.n && (raw.p[end] & 0xC0) == 0x80)
				end++;
		}
		fa_buf_add(&out, fa_str_sub(raw, 0, end));
		fa_buf_addc(&out, '\n');
	}
	text = fa_arena_dup(a, fa_buf_str(&out));
	if (!text.p)
		bench_die("no memory");
	return text;
}

struct page {
	struct fa_buf out;
	uint64_t state;
};

static uint32_t
roll(struct page *p, uint32_t sides)
{
	p->state = p->state * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (uint32_t)(p->state >> 33) % sides;
}

static void
style(struct page *p, size_t bytes)
{
	static const char *const names[] = { "c", "nav", "box", "item",
		"policy", "hd" };
	size_t end = p->out.n + bytes;

	fa_buf_adds(&p->out, "<style>\n");
	while (p->out.n < end)
		fa_buf_addf(&p->out,
			".%s-%u{margin:%upx;padding:%upx;color:#%06x;"
			"display:block}\n",
			names[roll(p, 6)], roll(p, 999), roll(p, 40),
			roll(p, 40), roll(p, 1u << 24));
	fa_buf_adds(&p->out, "</style>\n");
}

static void
script(struct page *p, size_t bytes)
{
	static const char *const words[] = { "ok", "fail", "loading",
		"人脸识别模块", "请稍候" };
	size_t end = p->out.n + bytes;

	fa_buf_adds(&p->out, "<script>\n");
	while (p->out.n < end)
		fa_buf_addf(&p->out,
			"function f%u(a,b){if(a<b&&b>%u){return a+\"%s\"+b}"
			"var s=\"<div class=\\\"x\\\">\"+a+\"</div>\";"
			"return s}\n",
			roll(p, 9999), roll(p, 99), words[roll(p, 5)]);
	fa_buf_adds(&p->out, "</script>\n");
}

static void
escaped(struct page *p, struct fa_str s, bool nbsp)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '<')
			fa_buf_adds(&p->out, "&lt;");
		else if (s.p[i] == '&')
			fa_buf_adds(&p->out, "&amp;");
		else if (s.p[i] == ' ' && nbsp)
			fa_buf_adds(&p->out, "&nbsp;");
		else
			fa_buf_addc(&p->out, s.p[i]);
	}
}

/* A line of the text in one of the ways in which editors write it. */
static void
paragraph(struct page *p, struct fa_str s, size_t i)
{
	static const struct {
		const char *before, *after;
	} ways[] = {
		{ "<p class=\"MsoNormal\" style=\"margin:0cm;text-indent:"
		  "21.0pt\"><span style=\"font-family:宋体;font-size:12pt\">",
			"<br></span></p>\n" },
		{ "<table class=\"tb\"><tr><td style=\"border:1px solid "
		  "#ccc\">",
			"</td><td>&copy;&ldquo;SDK&rdquo;</td></tr></table>"
			"\n" },
		{ "<ul><li><a href=\"https://example.invalid/p?id=7&amp;k=1\""
		  " target=\"_blank\">",
			"</a></ul>\n" },
		{ "<p style=\"margin-top:12px;line-height:24px\">", "\n" },
		{ "<h3 class=\"policy-title\">", "</h3>\n" },
		{ "<p><strong style=\"color:#333\">", "</strong></p>\n" }
	};
	size_t way = s.n < 60 && i % 5 == 0 ? 4
		: i % 11 == 0               ? 1
		: i % 7 == 0                ? 2
		: i % 6 == 0                ? 3
		: i % 4 == 0                ? 5
					    : 0;

	fa_buf_adds(&p->out, ways[way].before);
	escaped(p, s, i % 3 == 0);
	fa_buf_adds(&p->out, ways[way].after);
}

static struct fa_str
recoded(struct fa_str text, struct fa_arena *a)
{
	iconv_t cd = iconv_open("GB18030", "UTF-8");
	size_t room = text.n * 2, left = text.n;
	char *out = fa_arena_new(a, room, 1), *to = out;
	char *from = fa_arena_new(a, text.n, 1);

	if (cd == (iconv_t)-1 || !out || !from)
		bench_die("no GB18030");
	memcpy(from, text.p, text.n);
	if (iconv(cd, &from, &left, &to, &room) == (size_t)-1)
		bench_die("a text that GB18030 cannot hold");
	iconv_close(cd);
	return (struct fa_str){ out, (size_t)(to - out) };
}

struct fa_str
bench_page(const struct bench *b, size_t text, struct fa_arena *a)
{
	struct page p = { .state = text + 7 };
	bool gb = text % 5 == 0;
	struct fa_str rest = b->texts[text].raw, made;
	size_t i = 0;

	fa_buf_init(&p.out, BENCH_BUF_BYTES);
	fa_buf_addf(&p.out,
		"<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta "
		"charset=\"%s\">\n<title>隐私政策</title>\n",
		gb ? "gbk" : "utf-8");
	style(&p, 4000 + roll(&p, 16000));
	script(&p, 10000 + roll(&p, 50000));
	fa_buf_adds(&p.out,
		"</head>\n<body class=\"page\"><div id=\"app\"><div "
		"class=\"wrap\">\n<!-- 正文开始 -->\n");
	while (rest.n > 0) {
		struct fa_str s = fa_str_trim(fa_str_cut(&rest, '\n'));

		if (s.n > 0)
			paragraph(&p, s, i++);
	}
	fa_buf_adds(&p.out, "</div></div>\n");
	script(&p, 2000 + roll(&p, 18000));
	fa_buf_adds(&p.out, "</body></html>\n");
	made = gb ? recoded(fa_buf_str(&p.out), a)
		  : fa_arena_dup(a, fa_buf_str(&p.out));
	if (!made.p)
		bench_die("no memory");
	fa_buf_done(&p.out);
	return made;
}

const char *
bench_file(struct bench *b, const char *name, struct fa_str content)
{
	char path[FA_FILE_PATH_BYTES];
	struct fa_str kept;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", b->dir, name);
	f = fopen(path, "wb");
	if (!f || fwrite(content.p, 1, content.n, f) != content.n ||
		fclose(f) != 0)
		bench_die("cannot write %s", path);
	kept = fa_arena_dup(&b->a, fa_str_c(path));
	if (!kept.p)
		bench_die("no memory");
	return kept.p;
}
