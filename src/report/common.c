#include "report/common.h"

#include <string.h>

#include "base/utf8.h"
#include "model/fingerprint.h"

#define FINGERPRINT_MAX_BYTES (1u << 20)

struct fa_str
fa_report_pick(const struct fa_text2 *t, enum fa_lang lang)
{
	for (size_t i = 0; i < FA_LANG_COUNT; i++) {
		struct fa_str s = t->in[(lang + i) % FA_LANG_COUNT];

		if (s.n > 0)
			return s;
	}
	return FA_STR_NONE;
}

static const struct fa_rule *
rule_of(const struct fa_bundle *b, const struct fa_finding *f)
{
	return f->rule < b->rules_n ? &b->rules[f->rule] : NULL;
}

static struct fa_str
first_of(struct fa_str a, struct fa_str b)
{
	return a.n > 0 ? a : b;
}

struct fa_str
fa_report_message(const struct fa_bundle *b, const struct fa_finding *f,
	enum fa_lang lang)
{
	const struct fa_obligation *o = &b->obligations[f->obligation];
	const struct fa_rule *rule = rule_of(b, f);
	struct fa_str s = FA_STR_NONE;

	if (f->verdict == FA_VERDICT_GAP)
		s = fa_report_pick(&o->gap, lang);
	if (rule != NULL)
		s = first_of(s, fa_report_pick(&rule->title, lang));
	return first_of(s, fa_report_pick(&o->title, lang));
}

struct fa_str
fa_report_why(const struct fa_bundle *b, const struct fa_finding *f,
	enum fa_lang lang)
{
	const struct fa_obligation *o = &b->obligations[f->obligation];
	const struct fa_rule *rule = rule_of(b, f);
	struct fa_str s = FA_STR_NONE;

	if (rule != NULL)
		s = fa_report_pick(&rule->why, lang);
	return first_of(s, fa_report_pick(&o->why, lang));
}

struct fa_str
fa_report_fix(const struct fa_bundle *b, const struct fa_finding *f,
	enum fa_lang lang)
{
	const struct fa_obligation *o = &b->obligations[f->obligation];
	const struct fa_rule *rule = rule_of(b, f);
	struct fa_str s = FA_STR_NONE;

	if (rule != NULL)
		s = fa_report_pick(&rule->fix, lang);
	return first_of(s, fa_report_pick(&o->fix, lang));
}

struct fa_str
fa_report_wording(const struct fa_bundle *b, const struct fa_finding *f,
	enum fa_lang lang)
{
	const struct fa_text2 *t = NULL;

	if (fa_report_is_breach(f->verdict) ||
		f->verdict == FA_VERDICT_CANNOT_TELL)
		t = fa_bundle_wording(b, f->obligation, f->rule);
	return t != NULL ? fa_report_pick(t, lang) : FA_STR_NONE;
}

enum fa_label
fa_report_wording_label(enum fa_verdict v)
{
	return v == FA_VERDICT_GAP ? FA_LABEL_WORDING_GAP : FA_LABEL_WORDING;
}

struct fa_str
fa_report_rule_id(const struct fa_bundle *b, const struct fa_finding *f)
{
	const struct fa_rule *rule = rule_of(b, f);

	return rule != NULL ? rule->id : b->obligations[f->obligation].id;
}

struct fa_str
fa_report_format(const struct fa_result *res)
{
	if (res->flow != NULL)
		return FA_STR("flow");
	return fa_str_c(fa_format_name(res->format));
}

const char *
fa_report_silence(const struct fa_result *res, enum fa_lang lang)
{
	return fa_label(lang,
		res->flow != NULL ? FA_LABEL_SILENT_FLOW : FA_LABEL_SILENT);
}

/* Takes the digits at the front of *s. */
static struct fa_str
digits(struct fa_str *s)
{
	size_t n = 0;
	struct fa_str d;

	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	d = fa_str_sub(*s, 0, n);
	*s = fa_str_sub(*s, n, s->n);
	return d;
}

/* "(1)" at the front of *s: the number, else empty with *s untouched. */
static struct fa_str
bracketed(struct fa_str *s)
{
	struct fa_str rest;
	struct fa_str d;

	if (s->n == 0 || s->p[0] != '(')
		return fa_str_sub(*s, 0, 0);
	rest = fa_str_sub(*s, 1, s->n);
	d = digits(&rest);
	if (d.n == 0 || rest.n == 0 || rest.p[0] != ')')
		return fa_str_sub(*s, 0, 0);
	*s = fa_str_sub(rest, 1, rest.n);
	return d;
}

void
fa_report_article(struct fa_buf *out, struct fa_str article, enum fa_lang lang)
{
	struct fa_str rest = article;
	struct fa_str number = digits(&rest);
	struct fa_str inserted = FA_STR_NONE;
	struct fa_str paragraph, item;

	if (rest.n > 0 && rest.p[0] == '-') {
		rest = fa_str_sub(rest, 1, rest.n);
		inserted = digits(&rest);
	}
	paragraph = bracketed(&rest);
	item = bracketed(&rest);
	if (number.n == 0 || rest.n > 0) {
		fa_report_visible(out, article, false);
		return;
	}
	if (lang != FA_LANG_ZH) {
		fa_buf_adds(out, "Art. ");
		fa_buf_add(out, article);
		return;
	}
	fa_buf_addf(out, "第%.*s条", FA_STR_ARG(number));
	if (inserted.n > 0)
		fa_buf_addf(out, "之%.*s", FA_STR_ARG(inserted));
	if (paragraph.n > 0)
		fa_buf_addf(out, "第%.*s款", FA_STR_ARG(paragraph));
	if (item.n > 0)
		fa_buf_addf(out, "第%.*s项", FA_STR_ARG(item));
}

void
fa_report_source(struct fa_buf *out, const struct fa_bundle *b,
	uint32_t instrument, struct fa_str article, enum fa_lang lang)
{
	struct fa_str title = FA_STR_NONE;
	bool marks;

	if (instrument < b->instruments_n) {
		const struct fa_instrument *in = &b->instruments[instrument];

		title = first_of(fa_report_pick(&in->title, lang), in->code);
	}
	marks = lang == FA_LANG_ZH && title.n > 0 &&
		!fa_str_starts(title, FA_STR("《"));
	fa_buf_adds(out, marks ? "《" : "");
	fa_report_visible(out, title, false);
	fa_buf_adds(out, marks ? "》" : "");
	if (lang != FA_LANG_ZH && title.n > 0 && article.n > 0)
		fa_buf_adds(out, ", ");
	fa_report_article(out, article, lang);
}

bool
fa_report_hidden(uint32_t cp)
{
	/* Beyond those that matching ignores: C0 and DEL, line separators,
	 * the other bidirectional and format controls. */
	static const uint32_t more[][2] = { { 0x0, 0x1F }, { 0x7F, 0x9F },
		{ 0x61C, 0x61C }, { 0x180E, 0x180E }, { 0x2028, 0x2029 },
		{ 0x2066, 0x206F }, { 0xFFF9, 0xFFFB }, { 0xFFFE, 0xFFFF } };

	/* Variation selectors only choose a glyph; they belong to names and
	 * emoji and hide nothing. */
	if ((cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0xE0100 && cp <= 0xE01EF))
		return false;
	for (size_t i = 0; i < FA_COUNT(more); i++) {
		if (cp >= more[i][0] && cp <= more[i][1])
			return true;
	}
	return fa_rune_is_ignorable(cp);
}

void
fa_report_carry(struct fa_buf *out, const struct fa_buf *part)
{
	if (part->rc != FA_OK && out->rc == FA_OK)
		out->rc = part->rc;
}

void
fa_report_visible(struct fa_buf *out, struct fa_str s, bool lines)
{
	while (s.n > 0) {
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);
		bool crlf = cp == '\r' && s.n > 1 && s.p[1] == '\n';

		s = fa_str_sub(s, n, s.n);
		if (lines && crlf)
			continue;
		if (lines && (cp == '\n' || cp == '\t'))
			fa_buf_addc(out, (char)cp);
		else if (fa_report_hidden(cp))
			fa_buf_addf(out, "⟨U+%04X⟩", (unsigned)cp);
		else
			fa_buf_add_rune(out, cp);
	}
}

static void
add_json(struct fa_buf *out, struct fa_str json)
{
	size_t from = 0;
	size_t at = 0;

	while (at < json.n) {
		uint32_t cp;
		size_t n = fa_utf8_next(fa_str_sub(json, at, json.n), &cp);

		/* ASCII controls outside strings are layout, inside the
		 * JSON writer has escaped them. */
		if (n > 1 && fa_report_hidden(cp)) {
			fa_buf_add(out, fa_str_sub(json, from, at));
			if (cp > 0xFFFF) {
				cp -= 0x10000;
				fa_buf_addf(out, "\\u%04x",
					(unsigned)(0xD800 + (cp >> 10)));
				cp = 0xDC00 + (cp & 0x3FF);
			}
			fa_buf_addf(out, "\\u%04x", (unsigned)cp);
			from = at + n;
		}
		at += n;
	}
	fa_buf_add(out, fa_str_sub(json, from, json.n));
}

int
fa_report_json_part(struct fa_buf *out, const struct fa_buf *part,
	const char *what, struct fa_err *err)
{
	int rc = fa_buf_rc(part, what, err);

	if (rc != FA_OK)
		return rc;
	add_json(out, fa_buf_str(part));
	return fa_buf_rc(out, what, err);
}

static bool
is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') ||
		(c != '\0' && strchr("-._~/", c) != NULL);
}

struct fa_str
fa_report_file(struct fa_str path)
{
	while (fa_str_starts(path, FA_STR("./")) && path.n > 2)
		path = fa_str_sub(path, 2, path.n);
	return path;
}

void
fa_report_uri(struct fa_buf *out, struct fa_str path)
{
	static const char hex[] = "0123456789ABCDEF";

	path = fa_report_file(path);
	if (fa_str_starts(path, FA_STR("/")))
		fa_buf_adds(out, "file://");
	if (fa_str_starts(path, FA_STR("//")))
		path = fa_str_sub(path, 1, path.n);
	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];

		if (is_unreserved(c)) {
			fa_buf_addc(out, (char)c);
		} else {
			fa_buf_addc(out, '%');
			fa_buf_addc(out, hex[c >> 4]);
			fa_buf_addc(out, hex[c & 15]);
		}
	}
}

bool
fa_report_is_web(struct fa_str url)
{
	return fa_str_starts(url, FA_STR("https://")) ||
		fa_str_starts(url, FA_STR("http://"));
}

void
fa_report_ledger(
	struct fa_buf *out, const struct fa_bundle *b, enum fa_lang lang)
{
	uint32_t counts[FA_LEDGER_COUNT];

	fa_bundle_ledger(b, counts);
	fa_buf_addf(out, "%zu %s", b->ledger_n,
		fa_label(lang, FA_LABEL_PARAGRAPHS));
	for (int s = 0; s < FA_LEDGER_COUNT; s++) {
		fa_buf_addf(out, "%s%s %u",
			fa_label(lang, s > 0 ? FA_LABEL_COMMA : FA_LABEL_COLON),
			fa_label_ledger(lang, (enum fa_ledger_status)s),
			(unsigned)counts[s]);
	}
}

void
fa_report_points(struct fa_buf *out, int64_t score)
{
	uint64_t tenths = (uint64_t)(score / 1000000);

	fa_buf_add_number(out, tenths / 10, 1);
	fa_buf_addc(out, '.');
	fa_buf_add_number(out, tenths % 10, 1);
}

void
fa_report_thousandths(struct fa_buf *out, uint32_t p)
{
	fa_buf_add_number(out, p / 1000, 1);
	fa_buf_addc(out, '.');
	fa_buf_add_number(out, p % 1000, 3);
}

bool
fa_report_is_breach(enum fa_verdict v)
{
	return v == FA_VERDICT_VIOLATION || v == FA_VERDICT_GAP;
}

bool
fa_report_is_lead(const struct fa_finding *f)
{
	return fa_report_is_breach(f->verdict) && f->tier == FA_TIER_LEAD;
}

enum fa_tier
fa_report_tier(const struct fa_bundle *b, uint32_t confidence)
{
	if (confidence < b->probable)
		return FA_TIER_LEAD;
	return confidence >= b->established ? FA_TIER_ESTABLISHED
					    : FA_TIER_PROBABLE;
}

bool
fa_report_gates(const struct fa_report *r, const struct fa_finding *f)
{
	if (r->opts.app && f->verdict == FA_VERDICT_GAP)
		return false;
	return !r->opts.fail_never && f->waiver == NULL &&
		fa_report_is_breach(f->verdict) &&
		f->tier >= r->opts.fail_tier &&
		r->bundle->obligations[f->obligation].severity >=
		r->opts.fail_severity;
}

const char *
fa_report_level(const struct fa_bundle *b, const struct fa_finding *f)
{
	enum fa_severity s = b->obligations[f->obligation].severity;

	if (!fa_report_is_breach(f->verdict) || fa_report_is_lead(f))
		return "note";
	if (s >= FA_SEVERITY_HIGH)
		return "error";
	return s == FA_SEVERITY_MEDIUM ? "warning" : "note";
}

/* Buckets from the gravest counted to the lightest lead. */
static unsigned
bucket(const struct fa_bundle *b, const struct fa_finding *f)
{
	unsigned light =
		FA_SEVERITY_CRITICAL - b->obligations[f->obligation].severity;

	return light + (fa_report_is_lead(f) ? FA_SEVERITY_COUNT : 0u);
}

int
fa_report_select(size_t **out, size_t *n, const struct fa_report *r,
	const struct fa_result *res, enum fa_verdict v, struct fa_arena *a,
	struct fa_err *err)
{
	size_t *at = fa_arena_new(a, res->findings_n, sizeof(*at));
	size_t used = 0;

	if (at == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	for (unsigned k = 0; k < 2 * FA_SEVERITY_COUNT; k++) {
		for (size_t i = 0; i < res->findings_n; i++) {
			const struct fa_finding *f = &res->findings[i];

			if (f->waiver == NULL && f->verdict == v &&
				bucket(r->bundle, f) == k)
				at[used++] = i;
		}
	}
	*out = at;
	*n = used;
	return FA_OK;
}

int
fa_report_fingerprint_in(char hex[FA_HASH_HEX_BYTES], struct fa_str rule,
	struct fa_str quote, struct fa_str path, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf key;
	int rc = fa_fingerprint(hex, rule, quote, err);

	fa_buf_init(&key, FINGERPRINT_MAX_BYTES);
	if (rc != FA_OK)
		return rc;
	fa_buf_adds(&key, hex);
	fa_buf_addc(&key, '\n');
	fa_buf_add(&key, fa_report_file(path));
	rc = fa_buf_rc(&key, "fingerprint", err);
	if (rc != FA_OK)
		return rc;
	return fa_hash_sha256(hex, fa_buf_str(&key), err);
}

bool
fa_report_spotted(struct fa_str *path, struct fa_position *from,
	struct fa_position *to, const struct fa_result *res,
	const struct fa_evidence *e)
{
	const struct fa_source_spot own = { res->name, e->raw, e->from, e->to };
	const struct fa_source_spot *s = res->flow != NULL ? e->spot : &own;

	if (s == NULL)
		return false;
	if (path != NULL)
		*path = s->file;
	if (from != NULL)
		*from = s->from;
	if (to != NULL)
		*to = s->to;
	return true;
}
