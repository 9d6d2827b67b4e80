/* Polarity of clauses. Expected polarity is a letter per clause: A affirmed,
 * N negated, Q question, D advice, H hypothetical; '.' accepts any. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "match/match.h"
#include "match/polarity_cues.h"
#include "segment/segment.h"

struct sample {
	const char *text;
	const char *want;
};

static char
letter(enum fa_polarity p)
{
	switch (p) {
	case FA_POLARITY_AFFIRMED:
		return 'A';
	case FA_POLARITY_NEGATED:
		return 'N';
	case FA_POLARITY_QUESTION:
		return 'Q';
	case FA_POLARITY_ADVICE:
		return 'D';
	case FA_POLARITY_HYPOTHETICAL:
		return 'H';
	default:
		return '?';
	}
}

/* Letters of all clauses of a document of one paragraph. */
static void
judge(const char *text, char *out, size_t cap)
{
	struct fa_block block = { .kind = FA_BLOCK_PARAGRAPH,
		.list = FA_DOC_NONE,
		.table = FA_DOC_NONE };
	struct fa_doc doc = { .blocks = &block, .blocks_n = 1 };
	enum fa_polarity *p = NULL;
	struct fa_arena a;
	struct fa_err err;
	size_t i;

	fa_arena_init(&a, (size_t)1 << 24);
	doc.text = fa_str_c(text);
	block.text.to = (uint32_t)doc.text.n;
	assert_int_equal(fa_segment(&doc, &a, &err), 0);
	assert_int_equal(fa_match_polarity(&p, &doc, &a, &err), 0);
	for (i = 0; i < doc.clauses_n && i + 1 < cap; i++)
		out[i] = letter(p[i]);
	out[i] = '\0';
	fa_arena_done(&a);
}

static void
check(const struct sample *s, size_t n)
{
	char got[64];
	size_t i, k, bad = 0;

	for (i = 0; i < n; i++) {
		judge(s[i].text, got, sizeof(got));
		for (k = 0; got[k] && s[i].want[k]; k++)
			if (s[i].want[k] == '.')
				got[k] = '.';
		if (strcmp(got, s[i].want) != 0) {
			print_message(
				"%s: %s, not %s\n", s[i].text, got, s[i].want);
			bad++;
		}
	}
	assert_int_equal(bad, 0);
}

static void
tricky_sentences_have_the_polarity_of_their_decisive_clause(void **state)
{
	static const struct sample s[] = {
		{ "我们不会将人脸识别作为唯一方式。", "N" },
		{ "我们不会仅因您拒绝刷脸而停止服务。", "N" },
		{ "如您不同意,您将无法使用本服务。", "HN" },
		{ "如您不同意,不影响您使用其他功能。", "HA" },
		{ "如您不同意,将无法使用刷脸登录,但可用密码登录。", "HNA" },
		{ "如您不拒绝进行人脸识别,您将在使用过程中受到相应限制。",
			"HA" },
		{ "除法律另有规定外,我们不会将人脸作为唯一验证方式。", "AN" },
		{ "除刷脸外,暂不支持其他方式。", "AN" },
		{ "除刷脸外,还支持短信和密码。", "AA" },
		{ "并非只有刷脸才能完成认证。", "N" },
		{ "只有刷脸才能完成认证。", "A" },
		{ "不刷脸也能办。", "A" },
		{ "不刷脸不能办。", "A" },
		{ "未经您单独同意,我们不会收集人脸信息。", "HN" },
		{ "无需单独同意,我们即可为核验目的使用您的人脸。", "NA" },
		{ "您勾选即视为已单独同意。", "A" },
		{ "我们可能无法完全避免将人脸信息传输至服务器。", "A" },
		{ "我们不会将人脸信息用于核验以外的目的,"
		  "除非另行取得您的单独同意。",
			"NH" },
		{ "人脸信息仅在本地处理,必要时上传云端。", "AA" },
		{ "您无法通过刷脸以外的方式找回账号吗?请联系客服。", "QA" },
		{ "请勿在他人诱导下刷脸。", "D" },
		{ "个人信息是指...包括面部识别特征等。", "A" },
		{ "我们仅接收系统返回的验证结果,不获取您的面容数据。", "AN" },
		{ "唯一设备识别码用于安全风控。", "A" },
		{ "人脸识别等敏感权限您可拒绝,拒绝后将无法注册。", "AN" },
		{ "无法使用人脸识别功能。", "N" },
		{ "根据法律法规的要求,您在开通直播时可能需要通过人脸识别完成"
		  "实名认证。",
			"AA" },
		{ "如您为未成年人,需由监护人通过人脸识别完成验证。", "HA" },
		{ "我们不会主动收集未成年人的人脸信息,除非监护人同意。", "NH" },
		{ "不满十八周岁需监护人同意。", "A" },
		{ "满八周岁可自行同意。", "A" },
		{ "支付完成后可关闭刷脸,关闭需再次刷脸验证。", "AA" },
		{ "我们承诺不向第三方出售,但可能与关联方共享用于风控。", "NA" },
		{ "本次认证结果保留三年,人脸图像不予保留。", "AN" },
		{ "人脸图像保留三年,认证结果不予公开。", "AN" },
		{ "您有权拒绝刷脸,我们将尊重您的选择并终止向您提供服务。",
			"AA" },
		{ "您可以选择刷脸或不使用本服务。", "A" },
		{ "您可以选择刷脸或短信验证码。", "A" },
		{ "短信验证码与人脸识别均须通过。", "A" },
		{ "暂不支持人脸识别登录。", "N" },
		{ "为配合防疫要求,进出须刷脸。", "AA" },
		{ "不得不提醒您,不刷脸将影响提现。", ".A" },
		{ "刷脸验证(选填)。", "A" },
		{ "人脸信息:必填", "AA" },
	};

	(void)state;
	check(s, FA_COUNT(s));
}

static void
negation_rules_the_rest_of_its_clause(void **state)
{
	static const struct sample s[] = {
		{ "我们不收集、不存储、不上传您的人脸照片。", "N" },
		{ "比对结束后图像未留存。", "N" },
		{ "门禁机并未联网。", "N" },
		{ "任何人不得将人脸照片用于营销。", "N" },
		{ "我们绝不出售面部特征。", "N" },
		{ "商家无权查看您的面部视频。", "N" },
		{ "严禁员工下载人脸图像。", "N" },
		{ "人脸模板不出境。", "N" },
		{ "人脸并非使用本服务的必要信息。", "N" },
		{ "原始视频在本机处理而非上传云端。", "N" },
		{ "我们不会在您不知情的情况下采集人脸。", "N" },
		{ "我们不会因您不同意刷脸而降低服务等级。", "N" },
		{ "从未将人脸信息提供给广告商。", "N" },
		{ "我们不同步人脸照片至云端。", "N" },
		{ "我们不主动将您的人脸照片发往境外。", "N" },
		{ "我们不提供可更换的方式。", "N" },
		{ "人脸数据仅用于比对(我们不会上传或者长期保存您的照片)。",
			"N" },
	};

	(void)state;
	check(s, FA_COUNT(s));
}

static void
words_that_look_negative_are_not(void **state)
{
	static const struct sample s[] = {
		{ "我们不断改进人脸比对算法。", "A" },
		{ "收集范围包括但不限于面部特征。", "A" },
		{ "保存期限不超过三十日。", "A" },
		{ "我们收集并不断更新您的面部模板。", "A" },
		{ "不论您是否刷脸。", "H" },
		{ "不同门店共用同一套人脸库。", "A" },
		{ "本店为未成年人登记人脸。", "A" },
		{ "您授予我们不可撤销的面部信息使用权。", "A" },
		{ "无障碍通道同样采集人脸。", "A" },
		{ "非常抱歉给您带来麻烦。", "A" },
		{ "撤回后其他功能不变。", "A" },
		{ "仅保留通过/未通过的结果。", "A" },
		{ "删除按钮位于账号安全页。", "A" },
		{ "您可点击“不同意”离开刷脸页面。", "A" },
		{ "面部特征(不含照片)会上传至核验平台。", "A" },
		{ "我们不仅采集人脸还采集声纹。", "A" },
		{ "不同意见可通过客服反馈。", "A" },
		{ "我们会比较照片是不是同一个人。", "A" },
	};

	(void)state;
	check(s, FA_COUNT(s));
}

static void
what_a_user_declines_does_not_negate_the_consequence(void **state)
{
	static const struct sample s[] = {
		{ "不同意录入人脸的住户可凭门禁卡出入。", "A" },
		{ "未通过人脸识别的账号将持续限制使用。", "A" },
		{ "不刷脸的用户需邮寄公证材料后由人工处理。", "A" },
		{ "未录入人脸的租户请联系房东代开门。", "A" },
		{ "不愿刷脸则改用工牌签到。", "A" },
		{ "不开启刷脸将无法提现。", "N" },
		{ "未完成认证将导致账户冻结。", "A" },
		{ "非刷脸不可进入。", "A" },
		{ "未勾选不影响下一步。", "A" },
		{ "无需刷脸即可通行。", "A" },
		{ "不得不采集人脸。", "A" },
		{ "不能不刷脸。", "A" },
		{ "您可以不提供,仍可正常浏览。", "NA" },
		{ "在您不同意的情况下我们仍会收集人脸。", "A" },
		{ "人脸照片不上传云端而是保存在本机。", "A" },
	};

	(void)state;
	check(s, FA_COUNT(s));
}

static void
conditions_are_hypothetical_and_main_clauses_are_not(void **state)
{
	static const struct sample s[] = {
		{ "若您开启刷脸,我们会采集面部视频。", "HA" },
		{ "一旦您确认,人脸照片将上传至比对平台。", "HA" },
		{ "当您使用刷脸支付时,我们会核验您的面容。", "HA" },
		{ "使用刷脸功能时,我们收集面部特征。", "HA" },
		{ "同时,我们会收集面部特征。", "AA" },
		{ "不同意人脸授权的,请停止使用并卸载本应用。", "HA" },
		{ "如您未满十四周岁,且未取得监护人同意,我们不会采集人脸。",
			"HHN" },
		{ "如何收集您的人脸信息", "A" },
		{ "如上所述,我们会收集人脸。", "AA" },
		{ "如姓名、人脸照片、证件号码等。", "A" },
		{ "如您不同意将无法登录。", "N" },
		{ "如您不同意则改用密码登录。", "A" },
		{ "未经您同意不会收集人脸信息。", "N" },
		{ "在未经您同意的情况下,我们不会使用人脸。", "HN" },
		{ "只有在您单独同意后,我们才会采集人脸。", "HA" },
		{ "• 如您选择刷脸,需提供人脸信息。", "HA" },
		{ "(2)如您选择刷脸,需提供人脸信息。", "HA" },
		{ "但如您拒绝,我们可能无法核验身份。", "HN" },
		{ "除非您主动开启,否则人脸识别保持关闭。", "HA" },
		{ "若干功能需要刷脸。", "A" },
		{ "如有疑问可联系客服。", "A" },
		{ "人脸信息一旦泄露可能危害您的人身安全。", "A" },
		{ "如果拒绝提供您将可能无法获得服务,但不影响其他功能。", "NA" },
		{ "如您不希望我们将人脸用于推荐,可以关闭该功能。", "HA" },
		{ "如我们停止运营,我们将删除人脸信息。", "HA" },
		{ "如果我们不再提供产品。", "H" },
		{ "我们仅用于以下目的,详见清单。", "AA" },
	};

	(void)state;
	check(s, FA_COUNT(s));
}

static void
questions_and_advice_are_told_apart(void **state)
{
	static const struct sample s[] = {
		{ "为什么要刷脸?", "Q" },
		{ "您是否同意采集人脸?", "Q" },
		{ "您可以决定是否开启刷脸。", "A" },
		{ "不刷脸,还能登录吗?", "QQ" },
		{ "能不能换一种方式呢", "Q" },
		{ "点击“是否同意?”旁的按钮。", "A" },
		{ "切勿向他人展示您的人脸验证页面。", "D" },
		{ "请不要替他人刷脸。", "D" },
		{ "建议您开启刷脸登录。", "D" },
		{ "请您注意,刷脸记录会保存一年。", "DA" },
		{ "请注意我们会将人脸照片上传至服务器。", "A" },
		{ "请您完成人脸认证。", "A" },
		{ "请谨慎提供人脸信息。", "D" },
	};

	(void)state;
	check(s, FA_COUNT(s));
}

static struct fa_str
word_of(const struct fa_cue *cue)
{
	return (struct fa_str){ cue->word, cue->n };
}

static void
every_cue_is_found_by_its_first_characters(void **state)
{
	size_t cues = 0;

	(void)state;
	for (size_t i = 0; i < FA_CUE_PLACES; i++) {
		const struct fa_cue_group *g = &fa_cue_groups[i];

		for (size_t k = 0; k < g->n; k++, cues++) {
			struct fa_str word = word_of(&g->cues[k]);

			assert_int_equal(fa_cue_rune(word), g->first);
			assert_ptr_equal(fa_cue_find(word), &g->cues[k]);
			if (k > 0)
				assert_true(fa_str_cmp(word_of(&g->cues[k - 1]),
						    word) < 0);
		}
	}
	assert_true(cues > 400);
	assert_null(fa_cue_find(FA_STR("人脸")));
	assert_null(fa_cue_find(FA_STR("a")));
	assert_null(fa_cue_find(FA_STR("\xE4\xB8")));
}

/* judge() looks for them at these characters only. */
static void
notices_begin_with_one_of_two_characters(void **state)
{
	size_t notices = 0;

	(void)state;
	for (size_t i = 0; i < FA_CUE_PLACES; i++) {
		const struct fa_cue_group *g = &fa_cue_groups[i];

		for (size_t k = 0; k < g->n; k++) {
			if (g->cues[k].kind != FA_CUE_NOTICE)
				continue;
			assert_true(g->first == u'请' || g->first == u'提');
			notices++;
		}
	}
	assert_true(notices > 4);
}

static void
every_listed_word_is_found_in_its_lists(void **state)
{
	size_t words = 0;

	(void)state;
	for (size_t i = 0; i < FA_LISTED_PLACES; i++) {
		const struct fa_listed_group *g = &fa_listed_groups[i];

		for (size_t k = 0; k < g->n; k++, words++) {
			const struct fa_listed *w = &g->words[k];
			struct fa_str word = { w->word, w->n };

			assert_int_equal(fa_cue_rune(word), g->first);
			assert_true(w->lists != 0);
			for (enum fa_cue_list list = FA_CUES_CHOICE;
				list <= FA_CUES_MAIN; list++)
				if (w->lists >> list & 1)
					assert_int_equal(
						fa_cues_starts(list, word),
						w->n);
		}
	}
	assert_true(words > 150);
	assert_int_equal(fa_cues_starts(FA_CUES_IF, FA_STR("如果您")), 6);
	assert_int_equal(fa_cues_starts(FA_CUES_IF, FA_STR("如您")), 3);
	assert_int_equal(fa_cues_starts(FA_CUES_IF, FA_STR("则")), 0);
	assert_int_equal(fa_cues_starts(FA_CUES_MAIN, FA_STR("则")), 3);
}

/* Clauses of one sentence alone are judged as with all others. */
static void
a_sentence_alone_has_the_polarity_it_has_in_its_document(void **state)
{
	static const char text[] =
		"如您不同意,且未满十四周岁,将无法刷脸登录。我们不会收集人脸。"
		"您是否同意?请勿刷脸,但您可以选择密码。";
	struct fa_block block = { .kind = FA_BLOCK_PARAGRAPH,
		.text = { 0, sizeof(text) - 1 },
		.list = FA_DOC_NONE,
		.table = FA_DOC_NONE };
	struct fa_doc doc = { .text = { text, sizeof(text) - 1 },
		.blocks = &block,
		.blocks_n = 1 };
	enum fa_polarity *all = NULL, some[16] = { FA_POLARITY_ANY };
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, (size_t)1 << 20);
	assert_int_equal(fa_segment(&doc, &a, &err), 0);
	assert_int_equal(fa_match_polarity(&all, &doc, &a, &err), 0);
	assert_int_equal(doc.sentences_n, 4);
	assert_true(doc.clauses_n <= FA_COUNT(some));
	for (uint32_t s = 4; s-- > 0;)
		fa_match_polarity_sentence(some, &doc, s);
	assert_memory_equal(all, some, doc.clauses_n * sizeof(*all));
	for (size_t i = doc.clauses_n; i < FA_COUNT(some); i++)
		assert_int_equal(some[i], FA_POLARITY_ANY);
	fa_arena_done(&a);
}

static void
a_document_without_text_has_no_polarity(void **state)
{
	struct fa_doc doc = { .blocks_n = 0 };
	enum fa_polarity *p = NULL;
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, 4096);
	assert_int_equal(fa_match_polarity(&p, &doc, &a, &err), 0);
	fa_arena_done(&a);
}

static void
an_exhausted_arena_is_an_error_not_a_crash(void **state)
{
	struct fa_doc doc = { .clauses_n = 100000 };
	enum fa_polarity *p = NULL;
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, 64);
	assert_int_equal(fa_match_polarity(&p, &doc, &a, &err), FA_E_NOMEM);
	assert_null(p);
	fa_arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			tricky_sentences_have_the_polarity_of_their_decisive_clause),
		cmocka_unit_test(negation_rules_the_rest_of_its_clause),
		cmocka_unit_test(words_that_look_negative_are_not),
		cmocka_unit_test(
			what_a_user_declines_does_not_negate_the_consequence),
		cmocka_unit_test(
			conditions_are_hypothetical_and_main_clauses_are_not),
		cmocka_unit_test(questions_and_advice_are_told_apart),
		cmocka_unit_test(every_cue_is_found_by_its_first_characters),
		cmocka_unit_test(notices_begin_with_one_of_two_characters),
		cmocka_unit_test(every_listed_word_is_found_in_its_lists),
		cmocka_unit_test(
			a_sentence_alone_has_the_polarity_it_has_in_its_document),
		cmocka_unit_test(a_document_without_text_has_no_polarity),
		cmocka_unit_test(an_exhausted_arena_is_an_error_not_a_crash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
