#include "model/doc.h"

#include <assert.h>

#define NEAR_RUNS 24 /* that are passed one by one */

size_t
fa_doc_run_at(const struct fa_doc *doc, uint32_t off)
{
	size_t lo = 0;
	size_t hi = doc->map_n;

	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (doc->map[mid].text_from <= off)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

size_t
fa_doc_run_from(const struct fa_doc *doc, size_t run, uint32_t off)
{
	size_t far = run + NEAR_RUNS;

	while (run + 1 < doc->map_n && doc->map[run + 1].text_from <= off) {
		if (++run == far)
			return fa_doc_run_at(doc, off);
	}
	return run;
}

/* The raw bytes of the cell that holds off within run. */
static struct fa_range
cell(const struct fa_map_run *run, uint32_t off)
{
	uint32_t k = (off - run->text_from) / run->text_step;
	uint32_t from = run->raw_from + k * run->raw_step;

	return (struct fa_range){ from, from + run->raw_step };
}

struct fa_range
fa_doc_raw(const struct fa_doc *doc, struct fa_range text)
{
	return fa_doc_raw_from(doc, fa_doc_run_at(doc, text.from), text);
}

struct fa_range
fa_doc_raw_from(const struct fa_doc *doc, size_t run, struct fa_range text)
{
	struct fa_range raw = { 0, 0 };
	size_t first;
	size_t last;
	uint32_t end;

	if (text.from >= text.to || text.to > doc->text.n || doc->map_n == 0)
		return raw;
	end = text.to - 1;
	first = fa_doc_run_from(doc, run, text.from);
	last = fa_doc_run_from(doc, first, end);
	while (doc->map[first].raw_step == 0) {
		if (first == last)
			return raw;
		text.from = doc->map[++first].text_from;
	}
	while (doc->map[last].raw_step == 0)
		end = doc->map[last--].text_from - 1;
	raw.from = cell(&doc->map[first], text.from).from;
	raw.to = cell(&doc->map[last], end).to;
	return raw;
}

uint32_t
fa_doc_sentence_at(const struct fa_doc *doc, uint32_t off)
{
	size_t lo = 0;
	size_t hi = doc->sentences_n;

	assert(hi > 0);
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (doc->sentences[mid].text.from <= off)
			lo = mid;
		else
			hi = mid;
	}
	return (uint32_t)lo;
}

uint32_t
fa_doc_block_at(const struct fa_doc *doc, uint32_t off)
{
	size_t lo = 0;
	size_t hi = doc->blocks_n;

	assert(hi > 0);
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (doc->blocks[mid].text.from <= off)
			lo = mid;
		else
			hi = mid;
	}
	return (uint32_t)lo;
}

const char *
fa_encoding_name(enum fa_encoding e)
{
	switch (e) {
	case FA_ENC_UTF8:
		return "utf-8";
	case FA_ENC_GB18030:
		return "gb18030";
	case FA_ENC_BIG5:
		return "big5";
	case FA_ENC_UTF16LE:
		return "utf-16le";
	case FA_ENC_UTF16BE:
		return "utf-16be";
	case FA_ENC_LATIN1:
		return "windows-1252";
	}
	return "unknown";
}

static const char *const format_names[FA_FORMAT_COUNT] = {
	[FA_FORMAT_AUTO] = "auto",
	[FA_FORMAT_HTML] = "html",
	[FA_FORMAT_MARKDOWN] = "markdown",
	[FA_FORMAT_TEXT] = "text",
	[FA_FORMAT_DOCX] = "docx",
	[FA_FORMAT_PDF] = "pdf",
	[FA_FORMAT_ANDROID] = "android",
	[FA_FORMAT_STRINGS] = "strings",
	[FA_FORMAT_PLIST] = "plist",
	[FA_FORMAT_XCSTRINGS] = "xcstrings",
	[FA_FORMAT_JSON] = "json",
	[FA_FORMAT_PROPERTIES] = "properties",
	[FA_FORMAT_PO] = "po",
	[FA_FORMAT_VUE] = "vue",
	[FA_FORMAT_WXML] = "wxml",
	[FA_FORMAT_SCRIPT] = "script",
	[FA_FORMAT_DART] = "dart",
	[FA_FORMAT_KOTLIN] = "kotlin",
	[FA_FORMAT_JAVA] = "java",
	[FA_FORMAT_SWIFT] = "swift",
};

const char *
fa_format_name(enum fa_format f)
{
	return f < FA_FORMAT_COUNT ? format_names[f] : "unknown";
}

enum fa_format
fa_format_parse(struct fa_str name)
{
	for (int f = FA_FORMAT_AUTO + 1; f < FA_FORMAT_COUNT; f++)
		if (fa_str_eq(name, fa_str_c(format_names[f])))
			return (enum fa_format)f;
	return FA_FORMAT_AUTO;
}

const struct fa_key *
fa_doc_key_at(const struct fa_doc *doc, uint32_t block)
{
	size_t lo = 0, hi = doc->keys_n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (doc->keys[mid].block <= block)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 ? &doc->keys[lo - 1] : NULL;
}
