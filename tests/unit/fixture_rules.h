/* A small directory of rules that loads, and tests that change one place of
 * it at a time. */
#ifndef TEST_FIXTURE_RULES_H
#define TEST_FIXTURE_RULES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "rules/rules.h"

struct rules {
	char dir[64];
	struct fa_arena a;
	struct fa_err err;
	struct fa_bundle *b;
};

static const char instruments_yaml[] =
	"instruments:\n"
	"  PIPL:\n"
	"    title:\n"
	"      zh: '个人信息保护法'\n"
	"      en: 'Personal Information Protection Law'\n"
	"    issuer:\n"
	"      zh: '全国人大常委会'\n"
	"      en: 'Standing Committee'\n"
	"    in_force_from: '2021-11-01'\n"
	"    page: 'https://flk.npc.gov.cn/'\n"
	"    binding: yes\n"
	"  FRM:\n"
	"    title:\n"
	"      zh: '人脸识别办法'\n"
	"      en: 'Face measures'\n"
	"    issuer:\n"
	"      zh: '网信办'\n"
	"      en: 'CAC'\n"
	"    number: '第19号'\n"
	"    in_force_from: '2025-06-01'\n"
	"    page: 'https://www.cac.gov.cn/'\n"
	"    binding: yes\n";

static const char weights_yaml[] = "weights:\n"
				   "  critical: 750\n"
				   "  high: 450\n"
				   "  medium: 200\n"
				   "  low: 80\n"
				   "  advisory: 0\n"
				   "tiers:\n"
				   "  established: 900\n"
				   "  probable: 700\n";

static const char lexicon_yaml[] = "lexicons:\n"
				   "  face:\n"
				   "    note: '人脸'\n"
				   "    words:\n"
				   "      - '人脸'\n"
				   "      - '人脸识别'\n"
				   "      - '刷脸'\n"
				   "  refuse:\n"
				   "    words:\n"
				   "      - '拒绝'\n"
				   "      - '不同意'\n"
				   "  both:\n"
				   "    include:\n"
				   "      - 'face'\n"
				   "      - 'refuse'\n";

static const char rule_yaml[] =
	"obligation: FRM.10.1\n"
	"instrument: FRM\n"
	"article: '10(1)'\n"
	"kind: duty\n"
	"severity: high\n"
	"silent: gap\n"
	"applies_if:\n"
	"  scope:\n"
	"    - FACE_ID\n"
	"title:\n"
	"  zh: '提供其他方式'\n"
	"  en: 'Offer another way'\n"
	"why:\n"
	"  zh: '人脸不得为唯一方式。'\n"
	"  en: 'The face must not be the only way.'\n"
	"fix:\n"
	"  zh: '提供短信验证。'\n"
	"  en: 'Offer a text message.'\n"
	"gap:\n"
	"  zh: '没有说明其他方式'\n"
	"  en: 'no other way is named'\n"
	"refs:\n"
	"  - instrument: PIPL\n"
	"    article: '28'\n"
	"rules:\n"
	"  - id: FRM.10.1-sole\n"
	"    verdict: violation\n"
	"    status: test\n"
	"    title:\n"
	"      zh: '拒绝后不能使用'\n"
	"      en: 'no service after refusal'\n"
	"    find:\n"
	"      match: '{refuse}{..20}{face}'\n"
	"      polarity: affirmed\n"
	"      none:\n"
	"        - '其他方式'\n"
	"    unless:\n"
	"      - in: near 2\n"
	"        match: '短信验证'\n"
	"    examples:\n"
	"      match:\n"
	"        - '如您拒绝人脸识别，将无法使用本服务。'\n"
	"      no_match:\n"
	"        - '您可以使用短信验证码登录本服务。'\n"
	"    false_positives: '引用他人政策。'\n";

static const char *const rule_files[] = { "instruments.yaml", "weights.yaml",
	"lexicon.yaml", "rule.yaml", "scope.yaml", "precision.yaml", "a.yaml",
	"z.yaml", "ledger.yaml" };

static inline void
put(struct rules *r, const char *name, const char *text)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/%s", r->dir, name);
	assert_int_equal(
		fa_file_replace(fa_str_c(path), fa_str_c(text), &r->err),
		FA_OK);
}

/* text with the first from replaced by to. */
static inline void
put_edited(struct rules *r, const char *name, const char *text,
	const char *from, const char *to)
{
	const char *at = strstr(text, from);
	char edited[8000];

	assert_non_null(at);
	(void)snprintf(edited, sizeof(edited), "%.*s%s%s", (int)(at - text),
		text, to, at + strlen(from));
	put(r, name, edited);
}

static inline void
fresh(struct rules *r)
{
	fa_arena_done(&r->a);
	fa_arena_init(&r->a, 256u << 20);
	r->b = NULL;
}

static inline int
rules_setup(void **state)
{
	struct rules *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return -1;
	(void)snprintf(r->dir, sizeof(r->dir), "/tmp/fa_rules_XXXXXX");
	if (mkdtemp(r->dir) == NULL)
		return -1;
	fa_arena_init(&r->a, 256u << 20);
	put(r, "instruments.yaml", instruments_yaml);
	put(r, "weights.yaml", weights_yaml);
	put(r, "lexicon.yaml", lexicon_yaml);
	put(r, "rule.yaml", rule_yaml);
	*state = r;
	return 0;
}

static inline int
rules_teardown(void **state)
{
	struct rules *r = *state;

	for (size_t i = 0; i < FA_COUNT(rule_files); i++) {
		char path[128];

		(void)snprintf(
			path, sizeof(path), "%s/%s", r->dir, rule_files[i]);
		(void)unlink(path);
	}
	(void)rmdir(r->dir);
	fa_arena_done(&r->a);
	free(r);
	return 0;
}

static inline const struct fa_bundle *
loaded(struct rules *r)
{
	fresh(r);
	if (fa_rules_load(&r->b, fa_str_c(r->dir), &r->a, &r->err) != FA_OK)
		fail_msg("%s", r->err.msg);
	return r->b;
}

/* Loading fails with this message, in which file names stand without the
 * directory. */
static inline void
refused(struct rules *r, const char *message)
{
	char found[FA_ERR_MSG_BYTES];
	size_t n = strlen(r->dir);
	char *at;

	fresh(r);
	assert_int_equal(fa_rules_load(&r->b, fa_str_c(r->dir), &r->a, &r->err),
		FA_E_INPUT);
	assert_null(r->b);
	(void)snprintf(found, sizeof(found), "%s", r->err.msg);
	while ((at = strstr(found, r->dir)) != NULL)
		memmove(at, at + n + (at[n] == '/'),
			strlen(at + n + (at[n] == '/')) + 1);
	assert_string_equal(found, message);
}

/* The same after one edit of a file that is put back afterwards. */
static inline void
refused_edit(struct rules *r, const char *name, const char *text,
	const char *from, const char *to, const char *message)
{
	put_edited(r, name, text, from, to);
	refused(r, message);
	put(r, name, text);
}

static inline struct fa_str
written(struct rules *r, const struct fa_bundle *b)
{
	struct fa_buf out;
	struct fa_str text;

	fa_buf_init(&out, 64u << 20);
	assert_int_equal(fa_rules_write_bundle(b, &out, &r->err), FA_OK);
	text = fa_arena_dup(&r->a, fa_buf_str(&out));
	fa_buf_done(&out);
	assert_non_null(text.p);
	return text;
}

#define RULES_TEST(f)                                                          \
	cmocka_unit_test_setup_teardown(f, rules_setup, rules_teardown)

#endif
