#include "model/doc.h"

#include <assert.h>

#define NEAR_BYTES 256 /* of text, over which it is faster to walk */

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
	return fa_doc_raw_from(
		doc, fa_map_walk_from(&doc->map, text.from), text);
}

struct fa_range
fa_doc_raw_from(
	const struct fa_doc *doc, struct fa_map_walk w, struct fa_range text)
{
	struct fa_range raw = { 0, 0 };
	struct fa_map_run run, last;
	uint32_t end = text.to - 1;

	if (text.from >= text.to || text.to > doc->text.n)
		return raw;
	fa_map_walk_on(&w, text.from);
	do {
		if (!fa_map_next(&w, &run) || run.text_from >= text.to)
			return raw;
	} while (run.raw_step == 0);
	raw.from = cell(
		&run, run.text_from > text.from ? run.text_from : text.from)
			   .from;
	while (end >= run.text_to) {
		struct fa_map_walk far = w;

		if (end - run.text_to < NEAR_BYTES)
			fa_map_walk_on(&far, end);
		else
			far = fa_map_walk_from(&doc->map, end);
		if (!fa_map_next(&far, &last))
			break;
		if (last.raw_step > 0)
			run = last;
		else
			end = last.text_from - 1;
	}
	raw.to = cell(&run, end).to;
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
