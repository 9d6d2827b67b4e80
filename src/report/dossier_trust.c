/* The trust table: which attack is seen by what, and how it stands in this
 * case. What is not seen is said as plainly as what is. */
#include <stdio.h>

#include "report/dossier_parts.h"

#define HERE_BYTES 512
#define SAY(zh, en) FA_DOSSIER_SAY(p, zh, en)

static void
row(struct fa_paper *p, const char *attack, const char *by,
	enum fa_dossier_state state, const char *here)
{
	fa_paper_row(p);
	fa_paper_putz(p, FA_PAPER_PLAIN, attack);
	fa_paper_putz(p, FA_PAPER_PLAIN, by);
	fa_paper_putz(p, fa_dossier_state_style(state), here);
	fa_paper_row_end(p);
}

static void
put_chain(struct fa_paper *p, const struct fa_dossier *d)
{
	const struct fa_dossier_custody *c = &d->custody;
	enum fa_dossier_state state = FA_STATE_WARN;
	const char *here = SAY("没有保管链", "there is no custody log");

	if (c->present && c->whole == FA_TRI_YES) {
		state = FA_STATE_GOOD;
		here = SAY("已逐行核对，完整", "checked line by line: whole");
	} else if (c->present && c->whole == FA_TRI_NO) {
		state = FA_STATE_BAD;
		here = SAY("已断裂，见第七章", "broken, see chapter 7");
	} else if (c->present) {
		here = SAY("未核对", "not checked");
	}
	row(p,
		SAY("改动、删除、调换、插入保管链中的记录",
			"Change, delete, reorder, insert in the log"),
		SAY("哈希链", "the chain"), state, here);
}

static void
put_anchor(struct fa_paper *p, const struct fa_dossier *d)
{
	char here[HERE_BYTES];
	size_t n = d->custody.stamps_confirmed;

	if (n > 0)
		(void)snprintf(here, sizeof(here),
			SAY("有 %zu 个已核验的时间戳，及于第 1 至 %llu 号事件（"
			    "共 %lld 号）；其后的事件不在其内",
				"%zu stamps, verified, over events 1 to %llu "
				"of %lld; later ones are not covered"),
			n, (unsigned long long)d->custody.covered,
			(long long)d->custody.events);
	else
		(void)snprintf(here, sizeof(here), "%s",
			SAY("没有已核验的时间戳：本案的哈希链本身看不出这种改"
			    "动，须另有第三方留存的摘要",
				"no verified stamp: the chain of this case "
				"does not show it; a digest kept by a third "
				"party is needed"));
	row(p,
		SAY("截去保管链末尾、整本重写、倒签日期",
			"Cut off the end, rewrite everything, backdate"),
		SAY("检查点加可信时间戳，或第三方留存的根摘要",
			"a checkpoint with a time stamp, or a third party's "
			"copy of the root"),
		n > 0 ? FA_STATE_GOOD : FA_STATE_WARN, here);
	row(p,
		SAY("把证据包和时间戳一起换掉",
			"Replace pack and stamps together"),
		SAY("接收方较早留存的摘要、时间戳序列号",
			"the recipient's earlier copy of the digest, the "
			"stamp's serial"),
		FA_STATE_INFO,
		SAY("收到证据包时请自行留存其 SHA-256",
			"keep the SHA-256 when you receive the pack"));
}

/* Equal when asked for again from elsewhere, and never anything else. */
static bool
is_seconded(const struct fa_dossier_capture *c)
{
	size_t equal = 0;

	for (size_t i = 0; i < c->seconds_n; i++) {
		if (c->seconds[i].same == FA_TRI_NO)
			return false;
		equal +=
			c->seconds[i].same == FA_TRI_YES && c->seconds[i].apart;
	}
	return equal > 0;
}

static void
put_forged(struct fa_paper *p, const struct fa_dossier *d)
{
	size_t second = 0, tls = 0, pages = 0;
	char here[HERE_BYTES];

	for (size_t i = 0; i < d->documents_n; i++) {
		uint32_t c = d->documents[i].capture;

		if (c >= d->captures_n)
			continue;
		pages++;
		tls += d->captures[c].leaf_sha256.n > 0;
		second += is_seconded(&d->captures[c]);
	}
	(void)snprintf(here, sizeof(here),
		SAY("%zu 份网页文本中，%zu 份记录了服务器证书，%zu 份经另一解析"
		    "器或地址复取一致；见证人：%s",
			"of %zu web texts, %zu have the server's certificate, "
			"%zu were captured again elsewhere with equal content; "
			"witness: %s"),
		pages, tls, second,
		d->cover.witness.n > 0 ? SAY("有", "yes") : SAY("无", "none"));
	row(p,
		SAY("取证人在取证时伪造页面、域名解析被污染、恶意证书颁发机构",
			"The operator forges the page while capturing, "
			"poisoned "
			"DNS, a malicious CA"),
		SAY("本程序看不出。靠另一观测点、另一解析器、公证、第三方平台、"
		    "公开证书日志或见证人",
			"not by this program: a second vantage point, another "
			"resolver, a notary, a platform, public certificate "
			"logs, a witness"),
		pages > 0 && second == pages ? FA_STATE_INFO : FA_STATE_WARN,
		here);
}

static void
put_swapped(struct fa_paper *p, const struct fa_dossier *d)
{
	size_t recut = 0, bad = 0, whole = 0, gone = 0;
	char here[HERE_BYTES];

	for (size_t i = 0; i < d->documents_n; i++) {
		recut += d->documents[i].judged_again;
		bad += d->documents[i].judged_again && !d->documents[i].agrees;
	}
	for (size_t i = 0; i < d->objects_n; i++) {
		whole += d->objects[i].sound == FA_TRI_YES;
		gone += d->objects[i].sound == FA_TRI_NO;
	}
	(void)snprintf(here, sizeof(here),
		SAY("%zu 份文本由存档字节重读，结论不同的 %zu 份；另有 %zu 件物"
		    "证的摘要重新算过，相符，不符或缺失的 %zu 件",
			"%zu texts read from the archive again, %zu came out "
			"otherwise; %zu other objects have their digests, %zu "
			"do not or are gone"),
		recut, bad, whole, gone);
	row(p, SAY("调换某个物证", "Swap an object"),
		SAY("物证摘要、清单、重新评判",
			"its digest, the list, judging again"),
		recut + whole == 0        ? FA_STATE_UNKNOWN
			: bad + gone == 0 ? FA_STATE_GOOD
					  : FA_STATE_BAD,
		here);
}

static void
put_wrong(struct fa_paper *p, const struct fa_dossier *d)
{
	const struct fa_dossier_making *m = &d->making;
	char here[HERE_BYTES];

	(void)snprintf(here, sizeof(here),
		SAY("%u 项中 %u 项经人工复核", "%u findings, %u reviewed"),
		(unsigned)m->findings, (unsigned)m->reviewed);
	row(p, SAY("程序缺陷或规则错误", "A bug or a wrong rule"),
		SAY("规则和程序的摘要、自检、人工复核、由他人重做",
			"digests of rules and program, self-test, human "
			"review, doing it again"),
		m->findings > 0 && m->reviewed == m->findings ? FA_STATE_GOOD
							      : FA_STATE_WARN,
		here);
}

void
fa_dossier_trust(struct fa_paper *p, const struct fa_dossier *d)
{
	const struct fa_paper_table t = {
		.caption = SAY("何种攻击由何者发现，以及本案的情况",
			"Which attack is seen by what, and how it stands "
			"here"),
		.columns = 3,
		.head = { SAY("攻击", "Attack"), SAY("由何者发现", "Seen by"),
			SAY("本案", "This case") },
		.width = { 30, 36, 34 },
	};
	fa_paper_heading(p, 3, "trust",
		fa_str_c(SAY("证明力的边界", "What this proves and what not")));
	fa_paper_paraz(p, FA_PAPER_BODY,
		SAY("哈希链和时间戳说明：某一时刻起，所列字节没有再被改动。它们"
		    "不说明这些字节在那一刻之前确由所列网址发出。TLS 会话不能由"
		    "第三人事后验证，因此取证一刻的真实性要靠环境检查、原始流量"
		    "、复取、公证或第三方平台来证明。",
			"Chain and stamps show that from some moment on the "
			"bytes listed did not change. They do not show that "
			"these bytes came from the address named before that "
			"moment. A TLS session cannot be checked by others "
			"afterwards, so the truth of the capture itself rests "
			"on the environment check, the raw traffic, a second "
			"capture, a notary or a platform."));
	fa_paper_paraz(p, FA_PAPER_BODY,
		SAY("本报告不主张《最高人民法院关于民事诉讼证据的若干规定》第九"
		    "十四条的推定：取证人不是中立的第三方平台，内容也未经公证。"
		    "对方否认时，可以据第五章重做，也可以由公证机构、存证平台或"
		    "鉴定人以同样步骤复取、复核。",
			"No presumption of art. 94 of the Civil Evidence "
			"Provisions is claimed: the operator is no neutral "
			"platform and nothing was notarised. Who doubts it can "
			"do it again by chapter 5, or have a notary, a "
			"platform or an expert repeat the steps."));
	fa_paper_table(p, &t);
	put_chain(p, d);
	put_anchor(p, d);
	put_swapped(p, d);
	put_forged(p, d);
	put_wrong(p, d);
	fa_paper_table_end(p);
}
