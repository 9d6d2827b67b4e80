#include "read/format.h"

#include <stdint.h>

#include "base/attr.h"
#include "base/scan.h"
#include "read/enc.h"

#define SAMPLE_BYTES 65536  /* in which NULs are counted */
#define CONTROL_PERMILLE 40 /* more other control characters: the same */
#define WIDE_BYTES 1024     /* of UTF-16 that are looked at */
#define NUL_MIN 4           /* fewer NULs than that are accidents */
#define NUL_PERMILLE 10     /* more NULs than that are not text */
#define ANDROID_NAMESPACE "http://schemas.android.com/apk/res/android"

struct magic {
	struct fa_str bytes;
	const char *what;
};

static const struct magic magics[] = {
	{ FA_STR_INIT("%PDF-"), "a PDF document" },
	{ FA_STR_INIT("PK\003\004"), "a ZIP archive (docx, apk, zip)" },
	{ FA_STR_INIT("PK\005\006"), "an empty ZIP archive" },
	{ FA_STR_INIT("\xd0\xcf\x11\xe0"), "an old Office document" },
	{ FA_STR_INIT("{\\rtf"), "an RTF document" },
	{ FA_STR_INIT("bplist00"),
		"a binary property list (make it readable by plutil -convert "
		"xml1 or plistutil)" },
	{ FA_STR_INIT("\x89PNG"), "a PNG image" },
	{ FA_STR_INIT("\xff\xd8\xff"), "a JPEG image" },
	{ FA_STR_INIT("GIF8"), "a GIF image" },
	{ FA_STR_INIT("RIFF"), "a RIFF file (WebP, WAV)" },
	{ FA_STR_INIT("\x1f\x8b"), "gzip-compressed data" },
	{ FA_STR_INIT("BZh"), "bzip2-compressed data" },
	{ FA_STR_INIT("\xfd"
		      "7zXZ"),
		"xz-compressed data" },
	{ FA_STR_INIT("7z\xbc\xaf"), "a 7-Zip archive" },
	{ FA_STR_INIT("Rar!"), "a RAR archive" },
	{ FA_STR_INIT("\x7f"
		      "ELF"),
		"an ELF program" },
};

/* Control characters that no text has, NUL aside. */
static bool
is_control(unsigned char c)
{
	return (c > 0 && c < 0x08) || (c > 0x0d && c < 0x20 && c != 0x1b);
}

const char *
fa_format_binary(struct fa_str raw, bool wide)
{
	struct fa_str s = fa_str_sub(raw, 0, SAMPLE_BYTES);
	enum fa_encoding e;
	size_t nuls = 0;
	size_t controls = 0;
	/* 00-07, 0E-1A, 1C-1F */
	static const struct fa_scan_set odd = { { 3, 3, 3, 3, 3, 3, 3, 3, 2, 2,
		2, 0, 2, 2, 3, 3 } };

	for (size_t i = 0; i < FA_COUNT(magics); i++) {
		if (fa_str_starts(s, magics[i].bytes))
			return magics[i].what;
	}
	/* PDF readers allow some bytes before the mark. */
	if (fa_str_find(fa_str_sub(s, 0, 1024), FA_STR("%PDF-1."), 0) !=
		SIZE_MAX)
		return "a PDF document";
	if (wide || fa_str_starts(s, FA_STR("\xff\xfe")) ||
		fa_str_starts(s, FA_STR("\xfe\xff")))
		return NULL; /* UTF-16 */
	if (fa_scan(&odd, s, 0, s.n, fa_cpu_simd()) == s.n)
		return NULL;
	for (size_t i = 0; i < s.n; i++) {
		nuls += s.p[i] == '\0';
		controls += is_control((unsigned char)s.p[i]);
	}
	if (controls * 1000 > s.n * CONTROL_PERMILLE && controls >= NUL_MIN &&
		!fa_enc_looks_utf16(s, &e))
		return "binary data";
	if (nuls < NUL_MIN || nuls * 1000 <= s.n * NUL_PERMILLE ||
		fa_enc_looks_utf16(s, &e))
		return NULL;
	return "binary data";
}

struct suffix {
	struct fa_str name;
	enum fa_format format;
};

/* ".xml" is decided by the content. */
static const struct suffix suffixes[] = {
	{ FA_STR_INIT(".html"), FA_FORMAT_HTML },
	{ FA_STR_INIT(".htm"), FA_FORMAT_HTML },
	{ FA_STR_INIT(".xhtml"), FA_FORMAT_HTML },
	{ FA_STR_INIT(".shtml"), FA_FORMAT_HTML },
	{ FA_STR_INIT(".md"), FA_FORMAT_MARKDOWN },
	{ FA_STR_INIT(".markdown"), FA_FORMAT_MARKDOWN },
	{ FA_STR_INIT(".mdx"), FA_FORMAT_MARKDOWN },
	{ FA_STR_INIT(".txt"), FA_FORMAT_TEXT },
	{ FA_STR_INIT(".text"), FA_FORMAT_TEXT },
	{ FA_STR_INIT(".docx"), FA_FORMAT_DOCX },
	{ FA_STR_INIT(".pdf"), FA_FORMAT_PDF },
	{ FA_STR_INIT(".strings"), FA_FORMAT_STRINGS },
	{ FA_STR_INIT(".stringsdict"), FA_FORMAT_PLIST },
	{ FA_STR_INIT(".plist"), FA_FORMAT_PLIST },
	{ FA_STR_INIT(".xcstrings"), FA_FORMAT_XCSTRINGS },
	{ FA_STR_INIT(".arb"), FA_FORMAT_JSON },
	{ FA_STR_INIT(".json"), FA_FORMAT_JSON },
	{ FA_STR_INIT(".json5"), FA_FORMAT_JSON },
	{ FA_STR_INIT(".properties"), FA_FORMAT_PROPERTIES },
	{ FA_STR_INIT(".po"), FA_FORMAT_PO },
	{ FA_STR_INIT(".pot"), FA_FORMAT_PO },
	{ FA_STR_INIT(".vue"), FA_FORMAT_VUE },
	{ FA_STR_INIT(".nvue"), FA_FORMAT_VUE },
	{ FA_STR_INIT(".uvue"), FA_FORMAT_VUE },
	{ FA_STR_INIT(".wxml"), FA_FORMAT_WXML },
	{ FA_STR_INIT(".js"), FA_FORMAT_SCRIPT },
	{ FA_STR_INIT(".mjs"), FA_FORMAT_SCRIPT },
	{ FA_STR_INIT(".cjs"), FA_FORMAT_SCRIPT },
	{ FA_STR_INIT(".jsx"), FA_FORMAT_SCRIPT },
	{ FA_STR_INIT(".ts"), FA_FORMAT_SCRIPT },
	{ FA_STR_INIT(".mts"), FA_FORMAT_SCRIPT },
	{ FA_STR_INIT(".tsx"), FA_FORMAT_SCRIPT },
	{ FA_STR_INIT(".ets"), FA_FORMAT_SCRIPT },
	{ FA_STR_INIT(".dart"), FA_FORMAT_DART },
	{ FA_STR_INIT(".kt"), FA_FORMAT_KOTLIN },
	{ FA_STR_INIT(".kts"), FA_FORMAT_KOTLIN },
	{ FA_STR_INIT(".java"), FA_FORMAT_JAVA },
	{ FA_STR_INIT(".swift"), FA_FORMAT_SWIFT },
};

enum fa_format
fa_format_by_name(struct fa_str name)
{
	for (size_t i = 0; i < FA_COUNT(suffixes); i++)
		if (name.n > suffixes[i].name.n &&
			fa_str_ieq(fa_str_sub(name, name.n - suffixes[i].name.n,
					   name.n),
				suffixes[i].name))
			return suffixes[i].format;
	return FA_FORMAT_AUTO;
}

static bool
starts_nocase(struct fa_str s, struct fa_str word)
{
	return fa_str_ieq(fa_str_sub(s, 0, word.n), word);
}

static struct fa_str
beginning(struct fa_str text)
{
	if (fa_str_starts(text, FA_STR("\xef\xbb\xbf")))
		text = fa_str_sub(text, 3, text.n);
	return fa_str_trim(fa_str_sub(text, 0, SAMPLE_BYTES));
}

static bool
is_wide(struct fa_str text)
{
	return fa_str_starts(text, FA_STR("\xff\xfe")) ||
		fa_str_starts(text, FA_STR("\xfe\xff"));
}

/* The beginning of UTF-16 in ASCII; what is not has become "?". */
static struct fa_str
narrow(char ascii[WIDE_BYTES], struct fa_str wide)
{
	size_t low = wide.p[0] == '\xff' ? 0 : 1;
	size_t n = 0;

	for (size_t i = 2; i + 1 < wide.n && n < WIDE_BYTES; i += 2) {
		char ch = wide.p[i + low];

		ascii[n++] = wide.p[i + 1 - low] == '\0' && ch > 0 ? ch : '?';
	}
	return (struct fa_str){ ascii, n };
}

static bool
is_page(struct fa_str s)
{
	return starts_nocase(s, FA_STR("<!doctype html")) ||
		starts_nocase(s, FA_STR("<html"));
}

static bool
is_markup(struct fa_str s)
{
	char c = s.n > 1 ? s.p[1] : '\0';

	return s.n > 2 && s.p[0] == '<' &&
		(c == '!' || c == '?' || c == '/' || (c >= 'a' && c <= 'z') ||
			(c >= 'A' && c <= 'Z'));
}

/* The first element of XML, behind its declaration, comments and doctype. */
static struct fa_str
root_of(struct fa_str s)
{
	while (fa_str_starts(s, FA_STR("<?")) ||
		fa_str_starts(s, FA_STR("<!"))) {
		bool comment = fa_str_starts(s, FA_STR("<!--"));
		size_t end = fa_str_find(
			s, comment ? FA_STR("-->") : FA_STR(">"), 2);
		size_t subset = fa_str_find(s, FA_STR("["), 2);

		/* <!DOCTYPE resources [ <!ENTITY ...> ]> */
		if (fa_str_starts(s, FA_STR("<!DOCTYPE")) && subset < end)
			end = fa_str_find(s, FA_STR(">"),
				fa_str_find(s, FA_STR("]"), subset));
		if (end == SIZE_MAX)
			return FA_STR("");
		s = fa_str_trim(fa_str_sub(s, end + (comment ? 3 : 1), s.n));
	}
	return s;
}

static enum fa_format
by_root(struct fa_str s)
{
	struct fa_str root = root_of(s);
	struct fa_str tag =
		fa_str_sub(root, 0, fa_str_find(root, FA_STR(">"), 0));

	if (fa_str_starts(root, FA_STR("<resources")) ||
		fa_str_find(tag, FA_STR("\"" ANDROID_NAMESPACE "\""), 0) !=
			SIZE_MAX)
		return FA_FORMAT_ANDROID;
	if (fa_str_starts(root, FA_STR("<plist")))
		return FA_FORMAT_PLIST;
	return FA_FORMAT_AUTO;
}

enum fa_format
fa_format_find(struct fa_str name, struct fa_str text)
{
	enum fa_format format = fa_format_by_name(name);
	char ascii[WIDE_BYTES];
	struct fa_str s = is_wide(text) ? narrow(ascii, text) : beginning(text);

	if (format == FA_FORMAT_TEXT && is_page(s))
		return FA_FORMAT_HTML;
	if (format != FA_FORMAT_AUTO)
		return format;
	if (!is_markup(s))
		return FA_FORMAT_TEXT;
	format = by_root(s);
	return format != FA_FORMAT_AUTO ? format : FA_FORMAT_HTML;
}

static struct fa_str
base_of(struct fa_str path)
{
	for (size_t i = path.n; i > 0; i--)
		if (path.p[i - 1] == '/')
			return fa_str_sub(path, i, path.n);
	return path;
}

bool
fa_format_is_aside(struct fa_str name, struct fa_str title)
{
	static const struct fa_str stems[] = { FA_STR_INIT("readme"),
		FA_STR_INIT("changelog"), FA_STR_INIT("changes"),
		FA_STR_INIT("contributing"), FA_STR_INIT("code_of_conduct"),
		FA_STR_INIT("security"), FA_STR_INIT("roadmap"),
		FA_STR_INIT("todo") };
	static const struct fa_str public[] = { FA_STR_INIT("隐私"),
		FA_STR_INIT("政策"), FA_STR_INIT("协议"), FA_STR_INIT("规则"),
		FA_STR_INIT("须知"), FA_STR_INIT("声明"), FA_STR_INIT("告知"),
		FA_STR_INIT("同意书"), FA_STR_INIT("授权书"),
		FA_STR_INIT("个人信息"), FA_STR_INIT("rivacy"),
		FA_STR_INIT("olicy"), FA_STR_INIT("greement") };
	struct fa_str base = base_of(name);

	for (size_t i = 0; i < FA_COUNT(public); i++)
		if (fa_str_find(title, public[i], 0) != SIZE_MAX)
			return false;
	for (size_t i = 0; i < FA_COUNT(stems); i++) {
		size_t n = stems[i].n;

		if (starts_nocase(base, stems[i]) &&
			(base.n == n || base.p[n] == '.' || base.p[n] == '_' ||
				base.p[n] == '-'))
			return true;
	}
	return false;
}
