/* How to do it again, what is kept, and the custody of it. */
#include <stdio.h>

#include "report/dossier_parts.h"

#define SAY(zh, en) FA_DOSSIER_SAY(p, zh, en)

void
fa_dossier_again(struct fa_paper *p, const struct fa_dossier *d)
{
	fa_paper_heading(
		p, 2, "again", fa_str_c(SAY("五、复现", "5. Doing it again")));
	fa_paper_paraz(p, FA_PAPER_BODY,
		SAY("由存档字节重新评判不需要网络，应得出逐字相同的结论；重新取"
		    "证得到的是网页现在的内容，可能与当时不同。",
			"Judging the archived bytes again needs no network and "
			"has to give the same verdicts, byte for byte; a new "
			"capture gets what the page says now, which may "
			"differ."));
	for (size_t i = 0; i < d->commands_n; i++)
		fa_paper_para(p, FA_PAPER_COMMAND, d->commands[i]);
	fa_paper_paraz(p, FA_PAPER_BODY,
		SAY("不用本程序也能核对：各文件的摘要用 sha256sum 和 openssl "
		    "dgst -sm3 计算；保管链每行的 prev 等于上一行全部字节的 "
		    "SHA-256；时间戳用 openssl ts -verify 并以 -attime 给出戳内"
		    "时间；证据包内的 verify.sh 把这些步骤连在一起。",
			"Without this program: sha256sum and openssl dgst -sm3 "
			"give the digests; prev of each line of the log is the "
			"SHA-256 of all bytes of the line before; openssl ts "
			"-verify with -attime at the stamp's own time checks a "
			"stamp; verify.sh in the pack does all of it."));
}

/* ---- 6: objects ---- */

static void
put_object(struct fa_paper *p, const struct fa_dossier_object *o, size_t number)
{
	char at[FA_DOSSIER_TIME_BYTES];

	fa_paper_row(p);
	fa_paper_putf(p, FA_PAPER_PLAIN, "%zu", number);
	fa_paper_cell(p);
	fa_paper_add(p, FA_PAPER_STRONG, o->kind);
	fa_paper_line(p);
	fa_paper_add(p, FA_PAPER_PLAIN, o->name);
	fa_paper_line(p);
	fa_paper_add(p, FA_PAPER_SOFT, o->mime);
	fa_paper_cell_end(p);
	fa_paper_putf(p, FA_PAPER_PLAIN, "%lld", (long long)o->digest.bytes);
	fa_paper_cell(p);
	if (o->sound == FA_TRI_NO) {
		fa_paper_adds(p, FA_PAPER_RED,
			SAY("不符或缺失，下为保管链所记",
				"not as logged, or gone; the log has"));
		fa_paper_line(p);
	}
	fa_paper_adds(p, FA_PAPER_CODE, o->digest.sha256);
	if (o->digest.sm3[0] != '\0') {
		fa_paper_line(p);
		fa_paper_adds(p, FA_PAPER_SOFT, "SM3 ");
		fa_paper_adds(p, FA_PAPER_CODE, o->digest.sm3);
	}
	fa_paper_cell_end(p);
	fa_paper_cell(p);
	fa_paper_add(p, FA_PAPER_CODE, o->source);
	fa_dossier_local(at, p->lang, o->at_us);
	fa_paper_line(p);
	fa_paper_adds(p, FA_PAPER_PLAIN, at);
	if (o->parent.n > 0) {
		fa_paper_line(p);
		fa_paper_adds(p, FA_PAPER_SOFT, SAY("源自 ", "made from "));
		fa_paper_add(p, FA_PAPER_CODE, fa_str_sub(o->parent, 0, 16));
	}
	if (o->where.n > 0) {
		fa_paper_line(p);
		fa_paper_add(p, FA_PAPER_CODE, o->where);
	}
	fa_paper_cell_end(p);
	fa_paper_row_end(p);
}

void
fa_dossier_objects(struct fa_paper *p, const struct fa_dossier *d)
{
	const struct fa_paper_table t = {
		.caption = SAY(
			"物证清单：网页等电子数据的原始字节，以及由其制作"
			"的文件",
			"Objects: the bytes as they came, and what was made of "
			"them"),
		.columns = 5,
		.head = { SAY("序号", "No."), SAY("类型、名称、格式", "What"),
			SAY("字节", "Bytes"), "SHA-256 / SM3",
			SAY("来源、时间、上级、位置",
				"Source, time, parent, place") },
		.width = { 6, 17, 9, 37, 31 },
	};

	fa_paper_heading(p, 2, "objects",
		fa_str_c(SAY("六、物证清单", "6. List of objects")));
	if (d->objects_n == 0) {
		fa_paper_paraz(p, FA_PAPER_BODY,
			SAY("没有留存物证。", "No objects are kept."));
		return;
	}
	fa_paper_table(p, &t);
	for (size_t i = 0; i < d->objects_n; i++)
		put_object(p, &d->objects[i], i + 1);
	fa_paper_table_end(p);
	if (d->objects_all > d->objects_n) {
		fa_paper_open(p, FA_PAPER_WARNING);
		fa_paper_addf(p, FA_PAPER_PLAIN,
			SAY("清单共 %zu 项，此处只列 %zu 项，其余见保管链。",
				"%zu objects in all, %zu are listed; the log "
				"has the others."),
			d->objects_all, d->objects_n);
		fa_paper_close(p, FA_PAPER_WARNING);
	}
}

/* ---- 7: custody ---- */

static void
put_head(struct fa_paper *p, const struct fa_dossier_custody *c)
{
	const struct fa_paper_table t = { .caption = SAY("保管链", "The log"),
		.fields = true,
		.columns = 2,
		.width = { 24, 76 } };

	fa_paper_table(p, &t);
	fa_paper_field_open(p, SAY("事件", "Events"));
	fa_paper_addf(p, FA_PAPER_PLAIN,
		SAY("%lld 条，其中失败和异常 %llu 条",
			"%lld, of them %llu failures"),
		(long long)c->events, (unsigned long long)c->failures);
	fa_paper_field_close(p);
	fa_paper_field_open(p, SAY("链的核对", "The chain"));
	if (c->whole == FA_TRI_YES)
		fa_paper_adds(p, FA_PAPER_GOOD,
			SAY("编制本报告时逐行核对，完整",
				"whole, checked line by line for this report"));
	else if (c->whole == FA_TRI_NO)
		fa_paper_add(p, FA_PAPER_RED, c->broken);
	else
		fa_paper_adds(p, FA_PAPER_AMBER, SAY("未核对", "not checked"));
	fa_paper_field_close(p);
	fa_paper_field(p, SAY("末行摘要", "Head (SHA-256)"), FA_PAPER_CODE,
		fa_str_c(c->head));
	fa_paper_field(p,
		SAY("Merkle 根（RFC 9162）", "Merkle root (RFC 9162)"),
		FA_PAPER_CODE, fa_str_c(c->root));
	fa_paper_table_end(p);
}

static void
put_events(struct fa_paper *p, const struct fa_dossier_custody *c)
{
	const struct fa_paper_table t = {
		.caption = SAY("保管链摘录（全部事件见 custody.jsonl）",
			"Extract (custody.jsonl has every event)"),
		.columns = 5,
		.head = { SAY("序号", "No."),
			SAY("时间（UTC+8）", "Time (UTC+8)"),
			SAY("事件与人员", "Event, actor"),
			SAY("对象与结果", "Target, result"),
			SAY("该行 SHA-256", "SHA-256 of the line") },
		.width = { 7, 17, 15, 37, 24 },
	};

	fa_paper_table(p, &t);
	for (size_t i = 0; i < c->extract_n; i++) {
		const struct fa_dossier_event *e = &c->extract[i];
		char at[FA_DOSSIER_TIME_BYTES];

		fa_dossier_local(at, FA_LANG_EN, e->t_ms * 1000);
		fa_paper_row(p);
		fa_paper_putf(p, FA_PAPER_PLAIN, "%lld", (long long)e->seq);
		fa_paper_putf(p, FA_PAPER_PLAIN, "%.23s", at);
		fa_paper_cell(p);
		fa_paper_add(
			p, e->failed ? FA_PAPER_RED : FA_PAPER_CODE, e->op);
		fa_paper_line(p);
		fa_paper_add(p, FA_PAPER_SOFT, e->actor);
		fa_paper_cell_end(p);
		fa_paper_cell(p);
		fa_paper_add(p, FA_PAPER_CODE, e->target);
		if (e->summary.n > 0) {
			fa_paper_line(p);
			fa_paper_add(p, FA_PAPER_PLAIN, e->summary);
		}
		fa_paper_cell_end(p);
		fa_paper_putz(p, FA_PAPER_CODE, e->hash);
		fa_paper_row_end(p);
	}
	fa_paper_table_end(p);
}

static void
put_stamp_state(struct fa_paper *p, const struct fa_dossier_stamp *s)
{
	bool confirmed = fa_str_eq(fa_str_c(s->state), FA_STR("confirmed"));

	if (s->token_sha256.n == 0)
		fa_paper_adds(p, FA_PAPER_AMBER, SAY("待取得", "pending"));
	else if (!s->checked)
		fa_paper_adds(p, FA_PAPER_RED,
			SAY("核对不符", "wrong when checked again"));
	else
		fa_paper_adds(p, confirmed ? FA_PAPER_GOOD : FA_PAPER_AMBER,
			confirmed
				? SAY("取得时颁发者已核验；编制本报告时签名和所"
				      "签摘要重新核对，相符",
					  "its authority was verified when it "
					  "came; signature and digest were "
					  "checked again for this report")
				: SAY("签名和所签摘要相符，颁发者未核验",
					  "signature and digest are right, its "
					  "authority was not verified"));
	if (s->detail.n > 0) {
		fa_paper_line(p);
		fa_paper_add(p, FA_PAPER_SOFT, s->detail);
	}
}

static void
put_stamp(struct fa_paper *p, const struct fa_dossier_stamp *s)
{
	fa_paper_row(p);
	fa_paper_cell(p);
	fa_paper_add(p, FA_PAPER_PLAIN, s->tsa.n > 0 ? s->tsa : s->authority);
	if (s->tsa.n > 0) {
		fa_paper_line(p);
		fa_paper_add(p, FA_PAPER_SOFT, s->authority);
	}
	fa_paper_cell_end(p);
	fa_paper_cell(p);
	put_stamp_state(p, s);
	fa_paper_cell_end(p);
	fa_paper_put(p, FA_PAPER_CODE,
		s->gen_time.n > 0 ? s->gen_time : fa_str_c(SAY("无", "none")));
	fa_paper_cell(p);
	fa_paper_addf(p, FA_PAPER_PLAIN,
		SAY("第 1 至 %llu 号事件", "events 1 to %llu"),
		(unsigned long long)s->covers);
	fa_paper_line(p);
	fa_paper_adds(p, FA_PAPER_SOFT, SAY("序列号 ", "serial "));
	fa_paper_add(p, FA_PAPER_CODE, s->serial);
	fa_paper_line(p);
	fa_paper_addf(p, FA_PAPER_SOFT, "%s ", s->algorithm);
	fa_paper_add(p, FA_PAPER_CODE, s->imprint);
	fa_paper_line(p);
	fa_paper_adds(
		p, FA_PAPER_SOFT, SAY("戳文件 SHA-256 ", "token SHA-256 "));
	fa_paper_add(p, FA_PAPER_CODE, s->token_sha256);
	fa_paper_cell_end(p);
	fa_paper_row_end(p);
}

static void
put_stamps(struct fa_paper *p, const struct fa_dossier_custody *c)
{
	const struct fa_paper_table t = {
		.caption = SAY("时间戳", "Time stamps"),
		.columns = 4,
		.head = { SAY("颁发机构", "Authority"), SAY("状态", "State"),
			SAY("戳内时间", "Its time"),
			SAY("所及事件、序列号、摘要",
				"Events, serial, digests") },
		.width = { 20, 22, 17, 41 },
	};

	if (c->stamps_n == 0) {
		fa_paper_paraz(p, FA_PAPER_WARNING,
			SAY("本案没有可信时间戳。单凭本机时钟和哈希链不能排除倒"
			    "签和整本重写；请对证据包的摘要申请时间戳、办理公证"
			    "或交由第三方平台存证。",
				"There is no time stamp. The machine's clock "
				"and the chain alone do not exclude backdating "
				"or a log written anew; have the digest of the "
				"pack stamped, notarised, or deposited with a "
				"platform."));
		return;
	}
	fa_paper_table(p, &t);
	for (size_t i = 0; i < c->stamps_n; i++)
		put_stamp(p, &c->stamps[i]);
	fa_paper_table_end(p);
}

static void
put_signatures(struct fa_paper *p, const struct fa_dossier *d)
{
	const struct fa_paper_table t = {
		.caption = SAY("签署", "Signatures"),
		.columns = 4,
		.head = { SAY("身份", "Role"), SAY("姓名", "Name"),
			SAY("签名或盖章", "Signature or seal"),
			SAY("日期", "Date") },
		.width = { 16, 26, 38, 20 },
	};
	const char *const role[] = { SAY("取证人", "Operator"),
		SAY("复核人", "Reviewer"), SAY("见证人", "Witness") };
	const struct fa_str name[] = { d->cover.operator_name,
		d->making.signer.n > 0 ? d->making.signer : d->making.reviewer,
		d->cover.witness };

	fa_paper_table(p, &t);
	for (size_t i = 0; i < FA_COUNT(role); i++) {
		fa_paper_row(p);
		fa_paper_putz(p, FA_PAPER_PLAIN, role[i]);
		fa_paper_put(p, FA_PAPER_PLAIN, name[i]);
		fa_paper_putz(p, FA_PAPER_PLAIN, "\n\n");
		fa_paper_putz(p, FA_PAPER_PLAIN, "");
		fa_paper_row_end(p);
	}
	fa_paper_table_end(p);
}

void
fa_dossier_custody(struct fa_paper *p, const struct fa_dossier *d)
{
	const struct fa_dossier_custody *c = &d->custody;

	fa_paper_heading(p, 2, "custody",
		fa_str_c(SAY("七、保管链、时间戳与签署",
			"7. Custody, stamps, signatures")));
	if (!c->present)
		fa_paper_paraz(p, FA_PAPER_WARNING,
			SAY("本案没有保管链：所列内容出自一般的巡查存储，而非证"
			    "据模式的取证。",
				"There is no custody log: what is shown comes "
				"from an ordinary sweep and not from a capture "
				"in evidence mode."));
	else
		put_head(p, c);
	put_stamps(p, c);
	if (c->present)
		put_events(p, c);
	if (c->events > (int64_t)c->extract_n && c->whole == FA_TRI_YES) {
		fa_paper_open(p, FA_PAPER_SMALL);
		fa_paper_addf(p, FA_PAPER_PLAIN,
			SAY("共 %lld 条，此处只列前 %zu 条。",
				"%lld in all; the first %zu are shown."),
			(long long)c->events, c->extract_n);
		fa_paper_close(p, FA_PAPER_SMALL);
	}
	fa_paper_paraz(p, FA_PAPER_SMALL,
		SAY("保管链中的人名由操作者在各步骤键入，程序不验证身份；身份以"
		    "下列签署、单位证明或组织签名为准。",
			"Names in the log are what was typed at each step; the "
			"program verifies nobody's identity. The signatures "
			"below, a certificate of the organisation, or its "
			"electronic signature do."));
	fa_paper_paraz(p, FA_PAPER_LABEL, SAY("签署", "Signatures"));
	put_signatures(p, d);
}
