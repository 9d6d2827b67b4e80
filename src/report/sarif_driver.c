#include "report/sarif.h"

#include "report/label.h"

#define HELP_MAX_BYTES (1u << 20)

void
fa_report_sarif_message(struct fa_jw *w, const char *key, struct fa_str s)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, HELP_MAX_BYTES);
	fa_report_visible(&text, s, true);
	fa_report_carry(w->out, &text);
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kstr(w, "text", fa_buf_str(&text));
	fa_jw_end(w, '}');
}

/* What the help of a rule or a rule-less obligation is made of. */
struct help {
	const struct fa_obligation *o;
	const struct fa_rule *rule; /* or NULL */
	struct fa_str title, why, fix;
	enum fa_lang lang;
};

static struct help
help_init(const struct fa_report *r, uint32_t obligation,
	const struct fa_rule *rule)
{
	const struct fa_obligation *o = &r->bundle->obligations[obligation];
	enum fa_lang lang = r->opts.lang;
	struct help h = { .o = o, .rule = rule, .lang = lang };

	h.title = fa_report_pick(&o->title, lang);
	h.why = fa_report_pick(&o->why, lang);
	h.fix = fa_report_pick(&o->fix, lang);
	if (rule == NULL)
		return h;
	if (fa_report_pick(&rule->title, lang).n > 0)
		h.title = fa_report_pick(&rule->title, lang);
	if (fa_report_pick(&rule->why, lang).n > 0)
		h.why = fa_report_pick(&rule->why, lang);
	if (fa_report_pick(&rule->fix, lang).n > 0)
		h.fix = fa_report_pick(&rule->fix, lang);
	return h;
}

static void
put_field(struct fa_buf *out, const struct help *h, enum fa_label l,
	struct fa_str s, bool markdown)
{
	if (s.n == 0)
		return;
	fa_buf_addf(out, markdown ? "\n\n**%s**%s" : "\n%s%s",
		fa_label(h->lang, l), fa_label(h->lang, FA_LABEL_COLON));
	fa_report_visible(out, s, true);
}

/* A finding of the rule, as far as writers ask what may be said of it. */
static struct fa_finding
finding_of(const struct fa_bundle *b, const struct help *h)
{
	struct fa_finding f = { .verdict = FA_VERDICT_CANNOT_TELL,
		.obligation = (uint32_t)(h->o - b->obligations),
		.rule = FA_RULE_NONE };

	if (h->rule != NULL) {
		f.verdict = h->rule->verdict;
		f.rule = (uint32_t)(h->rule - b->rules);
	}
	return f;
}

static void
put_help(struct fa_buf *out, const struct fa_report *r, const struct help *h,
	bool markdown)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf source;
	struct fa_finding f = finding_of(r->bundle, h);
	struct fa_str page = FA_STR_NONE;

	fa_buf_init(&source, HELP_MAX_BYTES);
	if (h->o->instrument < r->bundle->instruments_n)
		page = r->bundle->instruments[h->o->instrument].page;
	fa_report_source(
		&source, r->bundle, h->o->instrument, h->o->article, h->lang);
	fa_report_carry(out, &source);
	fa_report_visible(out, fa_report_pick(&h->o->title, h->lang), true);
	put_field(out, h, FA_LABEL_SOURCE, fa_buf_str(&source), markdown);
	if (fa_report_is_web(page)) {
		fa_buf_adds(out, markdown ? " <" : " ");
		fa_report_visible(out, page, false);
		fa_buf_adds(out, markdown ? ">" : "");
	}
	put_field(out, h, FA_LABEL_WHY, h->why, markdown);
	put_field(out, h, FA_LABEL_FIX, h->fix, markdown);
	put_field(out, h, fa_report_wording_label(f.verdict),
		fa_report_wording(r->bundle, &f, h->lang), markdown);
}

static void
write_help(struct fa_jw *w, const struct fa_report *r, const struct help *h)
{
	fa_jw_key(w, "help");
	fa_jw_object(w);
	for (int markdown = 0; markdown < 2; markdown++) {
		struct fa_buf text;

		fa_buf_init(&text, HELP_MAX_BYTES);
		put_help(&text, r, h, markdown != 0);
		fa_report_carry(w->out, &text);
		fa_jw_kstr(
			w, markdown ? "markdown" : "text", fa_buf_str(&text));
		fa_buf_done(&text);
	}
	fa_jw_end(w, '}');
}

static enum fa_tier
tier_of(const struct fa_bundle *b, const struct fa_rule *rule)
{
	return rule != NULL ? fa_report_tier(b, rule->precision) : FA_TIER_LEAD;
}

/* Level of the results that this rule usually gives (SARIF 3.50.3). */
static const char *
level_of(const struct fa_bundle *b, const struct help *h)
{
	struct fa_finding f = finding_of(b, h);

	if (!fa_report_is_breach(f.verdict))
		return "none";
	f.tier = tier_of(b, h->rule);
	return fa_report_level(b, &f);
}

static void
write_properties(
	struct fa_jw *w, const struct fa_report *r, const struct help *h)
{
	static const char *const precision[FA_TIER_COUNT] = { "low", "high",
		"very-high" };
	enum fa_tier tier = tier_of(r->bundle, h->rule);

	fa_jw_key(w, "properties");
	fa_jw_object(w);
	fa_jw_key(w, "tags");
	fa_jw_array(w);
	fa_jw_str(w, FA_STR("face-recognition"));
	fa_jw_str(w, FA_STR("privacy"));
	if (h->o->instrument < r->bundle->instruments_n)
		fa_jw_str(w, r->bundle->instruments[h->o->instrument].code);
	fa_jw_end(w, ']');
	fa_jw_kstr(w, "precision", fa_str_c(precision[tier]));
	fa_jw_kstr(w, "severity", fa_str_c(fa_severity_name(h->o->severity)));
	fa_jw_kstr(w, "obligation", h->o->id);
	fa_jw_kstr(w, "article", h->o->article);
	if (h->rule != NULL) {
		fa_jw_kstr(w, "supports",
			fa_str_c(fa_verdict_name(h->rule->verdict)));
		fa_jw_kstr(
			w, "status", fa_str_c(fa_status_name(h->rule->status)));
		fa_jw_kint(w, "labelledHits", h->rule->hits);
		fa_jw_kint(w, "labelledRight", h->rule->right);
		fa_jw_kint(w, "precisionThousandths", h->rule->precision);
	}
	fa_jw_end(w, '}');
}

/* A description; what is too long ends in an ellipsis. */
static void
write_description(struct fa_jw *w, const char *key, struct fa_str s)
{
	size_t n = s.n < FA_SARIF_DESCRIPTION_BYTES
		? s.n
		: FA_SARIF_DESCRIPTION_BYTES;
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	fa_buf_init(&text, HELP_MAX_BYTES);
	fa_buf_add(&text, fa_str_sub(s, 0, n));
	fa_buf_adds(&text, n < s.n ? "…" : "");
	fa_report_carry(w->out, &text);
	fa_report_sarif_message(w, key, fa_buf_str(&text));
}

static void
write_descriptor(struct fa_jw *w, const struct fa_report *r,
	uint32_t obligation, const struct fa_rule *rule)
{
	struct help h = help_init(r, obligation, rule);
	struct fa_str page = FA_STR_NONE;

	if (h.o->instrument < r->bundle->instruments_n)
		page = r->bundle->instruments[h.o->instrument].page;
	fa_jw_object(w);
	fa_jw_kstr(w, "id", rule != NULL ? rule->id : h.o->id);
	write_description(w, "shortDescription", h.title);
	write_description(
		w, "fullDescription", fa_report_pick(&h.o->title, h.lang));
	write_help(w, r, &h);
	if (fa_report_is_web(page))
		fa_jw_kstr(w, "helpUri", page);
	fa_jw_key(w, "defaultConfiguration");
	fa_jw_object(w);
	fa_jw_kstr(w, "level", fa_str_c(level_of(r->bundle, &h)));
	fa_jw_end(w, '}');
	write_properties(w, r, &h);
	fa_jw_end(w, '}');
}

size_t
fa_report_sarif_driver(struct fa_jw *w, const struct fa_report *r,
	uint32_t *index, uint32_t *obligation_index)
{
	const struct fa_bundle *b = r->bundle;
	uint32_t used = 0;
	size_t left = 0;

	fa_jw_key(w, "tool");
	fa_jw_object(w);
	fa_jw_key(w, "driver");
	fa_jw_object(w);
	fa_jw_kstr(w, "name", FA_STR(FA_REPORT_TOOL));
	if (r->opts.tool_version.n > 0)
		fa_jw_kstr(w, "version", r->opts.tool_version);
	fa_jw_kstr(w, "language",
		r->opts.lang == FA_LANG_ZH ? FA_STR("zh-CN") : FA_STR("en"));
	fa_jw_key(w, "rules");
	fa_jw_array(w);
	for (size_t i = 0; i < b->rules_n; i++) {
		index[i] = UINT32_MAX;
		if (b->rules[i].obligation >= b->obligations_n)
			continue;
		if (used == FA_SARIF_RULES) {
			left++;
			continue;
		}
		write_descriptor(w, r, b->rules[i].obligation, &b->rules[i]);
		index[i] = used++;
	}
	for (uint32_t i = 0; i < b->obligations_n; i++) {
		obligation_index[i] = UINT32_MAX;
		if (fa_bundle_rule(b, b->obligations[i].id) != FA_RULE_NONE)
			continue;
		if (used == FA_SARIF_RULES) {
			left++;
			continue;
		}
		write_descriptor(w, r, i, NULL);
		obligation_index[i] = used++;
	}
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
	fa_jw_end(w, '}');
	return left;
}
