/* A document under waivers: rules, judging, what came of it. The duty T.1 has
 * two rules, of which both fire on 强制刷脸; gaps of T.2 are told. */
#ifndef TEST_FIXTURE_WAIVERS_H
#define TEST_FIXTURE_WAIVERS_H

#include "audit/audit.h"
#include "model/fingerprint.h"
#include "project/waivers.h"
#include "rig_match.h"
#include "score/score.h"

#define WAIVERS_PATH "/p/docs/a.html"

static const struct rig_duty duties[] = {
	{ "T.1", "T", "not_applicable", "FACE_ID",
		{ { "T.1-force", "violation", "      match: '强制'\n", NULL },
			{ "T.1-only", "violation", "      match: '刷脸'\n",
				NULL } } },
	{ "T.2", "T", "gap", "FACE_ID",
		{ { "T.2-c", "compliant", "      match: '自愿'\n", NULL } } },
};

static const char precision[] =
	"measured:\n  sets:\n    - name: 'made-up'\n      documents: 60\n"
	"      sha256: '00000000000000000000000000000000000000000000000000000"
	"00000000000'\n"
	"  rules:\n    T.1-force:\n      hits: 400\n      right: 400\n"
	"    T.1-only:\n      hits: 100\n      right: 85\n";

struct scene {
	struct fa_config config;
	struct fa_config_waiver list[4];
	struct fa_baseline baseline, before;
	struct fa_waivers w;
	struct fa_result r;
	struct fa_score whole;
};

static inline void
begin(struct rig *rig, struct scene *s)
{
	if (rig->m == NULL) {
		rig->precision = precision;
		rig_load(rig, duties, FA_COUNT(duties));
	}
	s->config.folder = FA_STR("/p");
	s->config.waivers = s->list;
	s->w.bundle = rig->b;
	s->w.config = &s->config;
	if (s->w.today == 0)
		s->w.today = RIG_TODAY;
	s->w.a = &rig->rules;
	if (fa_waivers_begin(&s->w, &rig->err) < 0)
		fail_msg("%s", rig->err.msg);
}

static inline void
judge(struct rig *rig, struct scene *s, const char *html)
{
	struct fa_audit audit = { .bundle = rig->b,
		.matcher = rig->m,
		.as_of = RIG_TODAY,
		.all_passages = true };
	struct fa_read_opts opts = { .name = FA_STR("docs/a.html"),
		.format = FA_FORMAT_HTML };

	fa_arena_done(&rig->a);
	fa_arena_init(&rig->a, (size_t)1 << 30);
	if (fa_audit_document(&s->r, &audit, fa_str_c(html), &opts, &rig->a,
		    &rig->err) < 0)
		fail_msg("%s", rig->err.msg);
	assert_null(s->r.error.p);
	s->whole = s->r.score;
	if (fa_waivers_apply(&s->w, &s->r, FA_STR(WAIVERS_PATH), &rig->a,
		    &rig->err) < 0 ||
		fa_score(&s->r, rig->b, RIG_TODAY, &rig->a, &rig->err) < 0)
		fail_msg("%s", rig->err.msg);
}

static inline void
end(struct rig *rig, struct scene *s)
{
	if (fa_waivers_end(&s->w, &rig->err) < 0)
		fail_msg("%s", rig->err.msg);
}

/* "T.1-force/3=inline" and so on: rule, passages, what accepts it. Only
 * violations and gaps. */
static inline void
expect(struct rig *rig, struct scene *s, const char *want)
{
	char got[1000] = "";
	size_t n = 0;

	for (size_t i = 0; i < s->r.findings_n; i++) {
		const struct fa_finding *f = &s->r.findings[i];

		if (f->verdict != FA_VERDICT_VIOLATION &&
			f->verdict != FA_VERDICT_GAP)
			continue;
		n += (size_t)snprintf(got + n, sizeof(got) - n, "%s%.*s/%zu=%s",
			n > 0 ? " " : "", FA_STR_ARG(rig->b->rules[f->rule].id),
			f->pro_n,
			f->waiver == NULL
				? "stands"
				: fa_waiver_kind_name(f->waiver->kind));
	}
	assert_string_equal(got, want);
}

static inline void
expect_notes(struct scene *s, const char *want)
{
	char got[1000] = "";
	size_t n = 0;

	for (size_t i = 0; i < s->w.notes_n; i++) {
		const struct fa_waiver_note *x = &s->w.notes[i];

		n += (size_t)snprintf(got + n, sizeof(got) - n,
			"%s%s %s %.*s:%u %.*s", n > 0 ? "|" : "",
			fa_waiver_fault_name(x->fault),
			fa_waiver_kind_name(x->waiver.kind),
			FA_STR_ARG(x->waiver.file), (unsigned)x->waiver.line,
			FA_STR_ARG(x->waiver.rule));
	}
	assert_string_equal(got, want);
}

static inline struct fa_config_waiver
waiver(const char *rule, const char *path, const char *quote, int32_t until)
{
	struct fa_config_waiver w = {
		.waiver = { FA_WAIVER_CONFIG, fa_str_c(rule), FA_STR("why"),
			until, FA_STR(".faceaudit.yaml"), 7 },
		.quote = fa_str_c(quote),
	};

	w.has_path = path != NULL && fa_glob_parse(&w.path, fa_str_c(path));
	return w;
}

static inline void
remember(struct rig *rig, struct fa_baseline *b, const char *rule,
	const char *text, const char *path)
{
	char print[FA_HASH_HEX_BYTES];

	if (fa_baseline_init(b, FA_STR("b.json"), &rig->rules, &rig->err) < 0 ||
		fa_fingerprint(
			print, fa_str_c(rule), fa_str_c(text), &rig->err) < 0 ||
		fa_baseline_add(b, print, fa_str_c(path), fa_str_c(rule),
			FA_STR_NONE, &rig->err) < 0 ||
		fa_baseline_sort(b, &rig->err) < 0)
		fail_msg("%s", rig->err.msg);
}

#endif
