/* Labels of encodings, and where pages declare them. */
#include "base/attr.h"
#include "read/enc.h"

struct label {
	struct fa_str name;
	enum fa_encoding encoding;
};

/* Encoding Standard §4.2, the encodings that this program decodes. */
static const struct label labels[] = {
	{ FA_STR_INIT("utf-8"), FA_ENC_UTF8 },
	{ FA_STR_INIT("utf8"), FA_ENC_UTF8 },
	{ FA_STR_INIT("unicode-1-1-utf-8"), FA_ENC_UTF8 },
	{ FA_STR_INIT("unicode11utf8"), FA_ENC_UTF8 },
	{ FA_STR_INIT("unicode20utf8"), FA_ENC_UTF8 },
	{ FA_STR_INIT("x-unicode20utf8"), FA_ENC_UTF8 },
	{ FA_STR_INIT("gb18030"), FA_ENC_GB18030 },
	{ FA_STR_INIT("gb-18030"), FA_ENC_GB18030 },
	{ FA_STR_INIT("gbk"), FA_ENC_GB18030 },
	{ FA_STR_INIT("x-gbk"), FA_ENC_GB18030 },
	{ FA_STR_INIT("cp936"), FA_ENC_GB18030 },
	{ FA_STR_INIT("ms936"), FA_ENC_GB18030 },
	{ FA_STR_INIT("windows-936"), FA_ENC_GB18030 },
	{ FA_STR_INIT("gb2312"), FA_ENC_GB18030 },
	{ FA_STR_INIT("gb_2312"), FA_ENC_GB18030 },
	{ FA_STR_INIT("gb_2312-80"), FA_ENC_GB18030 },
	{ FA_STR_INIT("csgb2312"), FA_ENC_GB18030 },
	{ FA_STR_INIT("csiso58gb231280"), FA_ENC_GB18030 },
	{ FA_STR_INIT("iso-ir-58"), FA_ENC_GB18030 },
	{ FA_STR_INIT("chinese"), FA_ENC_GB18030 },
	{ FA_STR_INIT("euc-cn"), FA_ENC_GB18030 },
	{ FA_STR_INIT("big5"), FA_ENC_BIG5 },
	{ FA_STR_INIT("big5-hkscs"), FA_ENC_BIG5 },
	{ FA_STR_INIT("big5hkscs"), FA_ENC_BIG5 },
	{ FA_STR_INIT("cn-big5"), FA_ENC_BIG5 },
	{ FA_STR_INIT("csbig5"), FA_ENC_BIG5 },
	{ FA_STR_INIT("x-x-big5"), FA_ENC_BIG5 },
	{ FA_STR_INIT("cp950"), FA_ENC_BIG5 },
	{ FA_STR_INIT("utf-16"), FA_ENC_UTF16LE },
	{ FA_STR_INIT("utf-16le"), FA_ENC_UTF16LE },
	{ FA_STR_INIT("ucs-2"), FA_ENC_UTF16LE },
	{ FA_STR_INIT("iso-10646-ucs-2"), FA_ENC_UTF16LE },
	{ FA_STR_INIT("csunicode"), FA_ENC_UTF16LE },
	{ FA_STR_INIT("unicode"), FA_ENC_UTF16LE },
	{ FA_STR_INIT("unicodefeff"), FA_ENC_UTF16LE },
	{ FA_STR_INIT("utf-16be"), FA_ENC_UTF16BE },
	{ FA_STR_INIT("unicodefffe"), FA_ENC_UTF16BE },
	{ FA_STR_INIT("windows-1252"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("x-cp1252"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("cp1252"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("iso-8859-1"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("iso8859-1"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("iso88591"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("iso_8859-1"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("iso_8859-1:1987"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("iso-ir-100"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("csisolatin1"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("latin1"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("l1"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("cp819"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("ibm819"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("ascii"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("us-ascii"), FA_ENC_LATIN1 },
	{ FA_STR_INIT("ansi_x3.4-1968"), FA_ENC_LATIN1 },
};

bool
fa_enc_by_label(struct fa_str label, enum fa_encoding *out)
{
	struct fa_str name = fa_str_trim(label);

	for (size_t i = 0; i < FA_COUNT(labels); i++) {
		if (fa_str_ieq(name, labels[i].name)) {
			*out = labels[i].encoding;
			return true;
		}
	}
	return false;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static size_t
find_nocase(struct fa_str s, struct fa_str word, size_t from)
{
	for (; from + word.n <= s.n; from++) {
		if (fa_str_ieq(fa_str_sub(s, from, from + word.n), word))
			return from;
	}
	return SIZE_MAX;
}

static size_t
skip_blanks(struct fa_str s, size_t at)
{
	while (at < s.n && is_blank(s.p[at]))
		at++;
	return at;
}

/* A label at at, perhaps in quotes. */
static struct fa_str
label_at(struct fa_str tag, size_t at)
{
	size_t end;

	if (at < tag.n && (tag.p[at] == '"' || tag.p[at] == '\''))
		at++;
	for (end = at; end < tag.n; end++) {
		char c = tag.p[end];

		if (is_blank(c) || c == ';' || c == '"' || c == '\'' ||
			c == '>' || c == '/')
			break;
	}
	return fa_str_sub(tag, at, end);
}

/* HTML §2.5.4 "extracting a character encoding from a meta element", which
 * serves for charset="x", content="...; charset=x" and encoding="x". */
static bool
label_after(struct fa_str tag, struct fa_str word, enum fa_encoding *out)
{
	size_t at = 0;

	while ((at = find_nocase(tag, word, at)) != SIZE_MAX) {
		at = skip_blanks(tag, at + word.n);
		if (at >= tag.n || tag.p[at] != '=')
			continue;
		at = skip_blanks(tag, at + 1);
		return fa_enc_by_label(label_at(tag, at), out);
	}
	return false;
}

static bool
declared_at(struct fa_str head, size_t at, enum fa_encoding *out, size_t *next)
{
	struct fa_str rest = fa_str_sub(head, at, head.n);
	struct fa_str tag;
	size_t end;

	if (fa_str_starts(rest, FA_STR("<!--"))) {
		end = fa_str_find(rest, FA_STR("-->"), 2);
		*next = end == SIZE_MAX ? head.n : at + end + 3;
		return false;
	}
	end = fa_str_find(rest, FA_STR(">"), 0);
	tag = fa_str_sub(rest, 0, end == SIZE_MAX ? rest.n : end);
	*next = at + 1;
	if (fa_str_ieq(fa_str_sub(tag, 0, 5), FA_STR("<meta")) && tag.n > 5 &&
		(is_blank(tag.p[5]) || tag.p[5] == '/'))
		return label_after(tag, FA_STR("charset"), out);
	if (at == 0 && fa_str_starts(tag, FA_STR("<?xml")))
		return label_after(tag, FA_STR("encoding"), out);
	return false;
}

bool
fa_enc_declared(struct fa_str raw, enum fa_encoding *out)
{
	struct fa_str head = fa_str_sub(raw, 0, FA_ENC_HEAD_BYTES);
	size_t at = 0;
	enum fa_encoding e;

	while ((at = fa_str_find(head, FA_STR("<"), at)) != SIZE_MAX) {
		if (declared_at(head, at, &e, &at)) {
			/* HTML §13.2.3.2: bytes that spell a tag in ASCII
			 * are not UTF-16, whatever they declare. */
			bool wide = e == FA_ENC_UTF16LE || e == FA_ENC_UTF16BE;

			*out = wide ? FA_ENC_UTF8 : e;
			return true;
		}
	}
	return false;
}
