/* Rules from a few lines of YAML, documents from literals, and the matcher
 * between them. The instruments: T is in force from 2025-06-01, OLD was until
 * 2024-12-31, DRAFT never is. The lexicons: face, defn and those of a test.
 * Every sentence with a face word that defines nothing makes FACE_ID. */
#ifndef TEST_RIG_MATCH_H
#define TEST_RIG_MATCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "match/scan.h"
#include "read/read.h"
#include "rules/rules.h"
#include "segment/segment.h"

#define RIG_RULES 6
#define RIG_TODAY 20261121
#define RIG_SHOWN 4096

struct rig_rule {
	const char *id, *verdict;
	const char *find;   /* YAML, indented by six */
	const char *unless; /* likewise a list, or NULL */
};

struct rig_duty {
	const char *id, *instrument, *silent, *scope;
	struct rig_rule rules[RIG_RULES];
};

struct rig {
	char dir[64];
	struct fa_arena rules, a;
	struct fa_err err;
	struct fa_bundle *b;
	struct fa_matcher *m;
	struct fa_doc doc;
	struct fa_match match;
	char shown[RIG_SHOWN];
	/* A test may set these before it loads. */
	const char *lexicons; /* more of them, indented by two */
	const char *scope;    /* another scope file of FACE_ID */
	const char *precision;
};

static const char *const rig_files[] = { "instruments.yaml", "weights.yaml",
	"lexicon.yaml", "face.yaml", "defn.yaml", "precision.yaml",
	"duty0.yaml", "duty1.yaml", "duty2.yaml", "duty3.yaml" };

static const char rig_instruments[] =
	"instruments:\n"
	"  T:\n"
	"    title:\n      zh: '法'\n      en: 'law'\n"
	"    issuer:\n      zh: '人大'\n      en: 'congress'\n"
	"    in_force_from: '2025-06-01'\n"
	"    page: 'https://example.org/t'\n    binding: yes\n"
	"  OLD:\n"
	"    title:\n      zh: '旧法'\n      en: 'old law'\n"
	"    issuer:\n      zh: '人大'\n      en: 'congress'\n"
	"    in_force_from: '2020-01-01'\n    in_force_to: '2024-12-31'\n"
	"    page: 'https://example.org/o'\n    binding: yes\n"
	"  DRAFT:\n"
	"    title:\n      zh: '草案'\n      en: 'draft'\n"
	"    issuer:\n      zh: '人大'\n      en: 'congress'\n"
	"    in_force_from: 'draft'\n"
	"    page: 'https://example.org/d'\n    binding: no\n";

static const char rig_weights[] =
	"weights:\n  critical: 750\n  high: 450\n  medium: 200\n  low: 80\n"
	"  advisory: 0\ntiers:\n  established: 900\n  probable: 700\n";

static const char rig_lexicon[] =
	"lexicons:\n"
	"  face:\n    words:\n      - '人脸'\n      - '人脸识别'\n"
	"      - '刷脸'\n"
	"  defn:\n    words:\n      - '是指'\n";

static const char rig_face[] =
	"scope: FACE_ID\nrules:\n  - id: SCOPE-FACE_ID-word\n"
	"    title:\n      zh: '人脸'\n      en: 'face'\n"
	"    find:\n      match: '{face}'\n"
	"      none:\n        - scope: DEFN\n";

static const char rig_defn[] =
	"scope: DEFN\nrules:\n  - id: SCOPE-DEFN-word\n"
	"    title:\n      zh: '定义'\n      en: 'definition'\n"
	"    find:\n      match: '{face}'\n      all:\n        - '{defn}'\n";

static inline void
rig_put(struct rig *r, const char *name, const char *text)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/%s", r->dir, name);
	if (fa_file_replace(fa_str_c(path), fa_str_c(text), &r->err) != FA_OK)
		fail_msg("%s", r->err.msg);
}

static inline void
rig_write_duty(struct fa_buf *out, const struct rig_duty *d)
{
	fa_buf_addf(out,
		"obligation: %s\ninstrument: %s\narticle: '1'\nkind: duty\n"
		"severity: high\nsilent: %s\napplies_if:\n  scope:\n    - %s\n"
		"title:\n  zh: '义务'\n  en: 'duty'\n"
		"why:\n  zh: '因'\n  en: 'why'\n"
		"fix:\n  zh: '改'\n  en: 'fix'\n",
		d->id, d->instrument, d->silent, d->scope);
	if (strcmp(d->silent, "gap") == 0)
		fa_buf_adds(out, "gap:\n  zh: '缺'\n  en: 'gap'\n");
	fa_buf_adds(out, "rules:\n");
	for (size_t i = 0; i < RIG_RULES && d->rules[i].id; i++) {
		const struct rig_rule *x = &d->rules[i];

		fa_buf_addf(out,
			"  - id: %s\n    verdict: %s\n    status: test\n"
			"    title:\n      zh: '规则'\n      en: 'rule'\n"
			"    find:\n%s",
			x->id, x->verdict, x->find);
		if (x->unless)
			fa_buf_addf(out, "    unless:\n%s", x->unless);
	}
}

static inline void
rig_load(struct rig *r, const struct rig_duty *duty, size_t n)
{
	char lexicon[4096];

	(void)snprintf(lexicon, sizeof(lexicon), "%s%s", rig_lexicon,
		r->lexicons ? r->lexicons : "");
	rig_put(r, "instruments.yaml", rig_instruments);
	rig_put(r, "weights.yaml", rig_weights);
	rig_put(r, "lexicon.yaml", lexicon);
	rig_put(r, "face.yaml", r->scope ? r->scope : rig_face);
	rig_put(r, "defn.yaml", rig_defn);
	if (r->precision)
		rig_put(r, "precision.yaml", r->precision);
	for (size_t i = 0; i < n; i++) {
		struct fa_buf text;

		fa_buf_init(&text, 1 << 20);
		rig_write_duty(&text, &duty[i]);
		rig_put(r, rig_files[6 + i], text.p);
		fa_buf_done(&text);
	}
	if (fa_rules_load(&r->b, fa_str_c(r->dir), &r->rules, &r->err) < 0 ||
		fa_matcher_new(&r->m, r->b, &r->err) < 0)
		fail_msg("%s", r->err.msg);
}

/* One duty T.1 with one rule T.1-a for a violation. */
static inline void
rig_rule(struct rig *r, const char *find, const char *unless)
{
	struct rig_duty d = { "T.1", "T", "not_applicable", "FACE_ID",
		{ { "T.1-a", "violation", find, unless } } };

	rig_load(r, &d, 1);
}

static inline void
rig_read(struct rig *r, struct fa_str raw, enum fa_format format)
{
	struct fa_read_opts opts = {
		.name = FA_STR("test"), .format = format, .charset = FA_STR_NONE
	};

	fa_arena_done(&r->a);
	fa_arena_init(&r->a, (size_t)2 << 30);
	if (fa_read(&r->doc, raw, &opts, &r->a, &r->err) < 0 ||
		fa_segment(&r->doc, &r->a, &r->err) < 0)
		fail_msg("%s", r->err.msg);
}

static inline void
rig_match(struct rig *r, int32_t as_of)
{
	if (fa_match(&r->match, r->m, &r->doc, as_of, &r->a, &r->err) < 0)
		fail_msg("%s", r->err.msg);
}

static inline void
rig_text(struct rig *r, const char *text)
{
	rig_read(r, fa_str_c(text), FA_FORMAT_TEXT);
	rig_match(r, RIG_TODAY);
}

static inline void
rig_shown(struct rig *r, const struct fa_buf *out)
{
	assert_int_equal(out->rc, FA_OK);
	(void)snprintf(r->shown, sizeof(r->shown), "%s", out->p ? out->p : "");
}

/* Letter of the verdict, then the hits: "V 刷脸登录;|!刷脸"; ! is called off,
 * / stands for the end of a block. */
static inline const char *
rig_show(struct rig *r, size_t duty)
{
	const struct fa_decision *d = &r->match.decisions[duty];
	struct fa_buf out;

	fa_buf_init(&out, RIG_SHOWN - 1);
	fa_buf_addc(&out, fa_verdict_letter(d->verdict));
	for (size_t i = 0; i < d->hits_n; i++) {
		fa_buf_adds(&out, i ? "|" : " ");
		fa_buf_adds(&out, d->hits[i].exculpates ? "!" : "");
		fa_buf_add(&out,
			fa_str_sub(r->doc.text, d->hits[i].text.from,
				d->hits[i].text.to));
	}
	rig_shown(r, &out);
	fa_buf_done(&out);
	for (char *p = r->shown; *p; p++)
		if (*p == '\n')
			*p = '/';
	return r->shown;
}

/* What the rule of rig_rule does on a text. */
static inline void
rig_expect(struct rig *r, const char *text, const char *want)
{
	rig_text(r, text);
	if (strcmp(rig_show(r, 0), want) != 0)
		fail_msg("%s\ngives %s\nnot %s", text, r->shown, want);
}

static inline int
rig_setup(void **state)
{
	struct rig *r = calloc(1, sizeof(*r));

	if (!r)
		return -1;
	(void)snprintf(r->dir, sizeof(r->dir), "/tmp/fa_match_XXXXXX");
	if (!mkdtemp(r->dir))
		return -1;
	fa_arena_init(&r->rules, 256u << 20);
	fa_arena_init(&r->a, 0);
	*state = r;
	return 0;
}

/* Forgets the rules, so that others can be loaded. */
static inline void
rig_clear(struct rig *r)
{
	for (size_t i = 0; i < FA_COUNT(rig_files); i++) {
		char path[128];

		(void)snprintf(
			path, sizeof(path), "%s/%s", r->dir, rig_files[i]);
		(void)unlink(path);
	}
	fa_matcher_free(r->m);
	r->m = NULL;
	fa_arena_done(&r->rules);
	fa_arena_init(&r->rules, 256u << 20);
}

static inline int
rig_teardown(void **state)
{
	struct rig *r = *state;

	rig_clear(r);
	(void)rmdir(r->dir);
	fa_arena_done(&r->rules);
	fa_arena_done(&r->a);
	free(r);
	return 0;
}

#define RIG_TEST(f) cmocka_unit_test_setup_teardown(f, rig_setup, rig_teardown)

#endif
