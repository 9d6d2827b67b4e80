#include "facecheck/serve/head.h"

#include "base/num.h"

#define LENGTH_MAX (UINT64_C(1) << 40)

static int
bad(struct fa_err *err, const char *what)
{
	return fa_fail(err, FA_E_INPUT, "request has %s", what);
}

/* A line up to CR LF; *rest goes behind it. Absent: there is none. */
static struct fa_str
cut_line(struct fa_str *rest)
{
	size_t end = fa_str_find(*rest, FA_STR("\r\n"), 0);
	struct fa_str line;

	if (end == SIZE_MAX)
		return FA_STR_NONE;
	line = fa_str_sub(*rest, 0, end);
	*rest = fa_str_sub(*rest, end + 2, rest->n);
	return line;
}

static bool
is_clean(struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

static int
parse_start(struct fc_head *h, struct fa_str line, struct fa_err *err)
{
	struct fa_str rest = line, target;

	h->method = fa_str_cut(&rest, ' ');
	target = fa_str_cut(&rest, ' ');
	if (!rest.p || !fa_str_eq(rest, FA_STR("HTTP/1.1")) || target.n == 0 ||
		target.p[0] != '/' || !is_clean(line))
		return bad(err, "a bad first line");
	h->path = fa_str_cut(&target, '?');
	h->query = target;
	return FA_OK;
}

static int
set_once(struct fa_str *field, struct fa_str value, struct fa_err *err)
{
	if (field->p)
		return bad(err, "a header twice");
	*field = value;
	return FA_OK;
}

static int
parse_header(struct fc_head *h, struct fa_str line, struct fa_err *err)
{
	struct fa_str value = line, name = fa_str_cut(&value, ':');

	if (!value.p || name.n == 0 || !is_clean(line) ||
		fa_str_find(name, FA_STR(" "), 0) != SIZE_MAX ||
		fa_str_find(name, FA_STR("\t"), 0) != SIZE_MAX)
		return bad(err, "a bad header");
	value = fa_str_trim(value);
	if (fa_str_ieq(name, FA_STR("host")))
		return set_once(&h->host, value, err);
	if (fa_str_ieq(name, FA_STR("origin")))
		return set_once(&h->origin, value, err);
	if (fa_str_ieq(name, FA_STR("sec-fetch-site")))
		return set_once(&h->site, value, err);
	if (fa_str_ieq(name, FA_STR("cookie")))
		return set_once(&h->cookie, value, err);
	if (fa_str_ieq(name, FA_STR("content-type")))
		return set_once(&h->type, value, err);
	/* RFC 9112, 6.1: its length would not be the one that counts. */
	if (fa_str_ieq(name, FA_STR("transfer-encoding")))
		return bad(err, "a transfer coding");
	if (!fa_str_ieq(name, FA_STR("content-length")))
		return FA_OK;
	if (h->has_length || !fa_num_u64(value, LENGTH_MAX, &h->length))
		return bad(err, "a bad length");
	h->has_length = true;
	return FA_OK;
}

int
fc_head_parse(struct fc_head *out, struct fa_str s, struct fa_err *err)
{
	struct fc_head h = { .length = 0 };
	struct fa_str line = cut_line(&s);
	int rc;

	if (!line.p)
		return bad(err, "no first line");
	rc = parse_start(&h, line, err);
	while (rc == FA_OK) {
		line = cut_line(&s);
		if (!line.p)
			return bad(err, "no empty line behind its headers");
		if (line.n == 0)
			break;
		rc = parse_header(&h, line, err);
	}
	if (rc < 0)
		return rc;
	if (s.n)
		return bad(err, "something behind its head");
	*out = h;
	return FA_OK;
}

struct fa_str
fc_head_cookie(struct fa_str header, const char *name)
{
	while (header.p) {
		struct fa_str value = fa_str_cut(&header, ';'), key;

		key = fa_str_trim(fa_str_cut(&value, '='));
		if (value.p && fa_str_eq(key, fa_str_c(name)))
			return fa_str_trim(value);
	}
	return FA_STR_NONE;
}

struct fa_str
fc_head_boundary(struct fa_str type)
{
	struct fa_str kind = fa_str_cut(&type, ';'), b;

	if (!fa_str_ieq(fa_str_trim(kind), FA_STR("multipart/form-data")))
		return FA_STR_NONE;
	b = fa_str_trim(type);
	if (!fa_str_starts(b, FA_STR("boundary=")))
		return FA_STR_NONE;
	b = fa_str_sub(b, 9, b.n);
	if (b.n >= 2 && b.p[0] == '"' && b.p[b.n - 1] == '"')
		b = fa_str_sub(b, 1, b.n - 1);
	return b.n >= 1 && b.n <= 70 ? b : FA_STR_NONE;
}

bool
fc_head_own(struct fa_str host, struct fa_str origin, struct fa_str site)
{
	if (site.p && !fa_str_eq(site, FA_STR("same-origin")) &&
		!fa_str_eq(site, FA_STR("none")))
		return false;
	if (!origin.p)
		return true;
	return fa_str_starts(origin, FA_STR("http://")) &&
		fa_str_eq(fa_str_sub(origin, 7, origin.n), host);
}
