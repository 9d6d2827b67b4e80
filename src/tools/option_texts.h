/* Options that several commands have, as entries of their tables. */
#ifndef FA_TOOLS_OPTION_TEXTS_H
#define FA_TOOLS_OPTION_TEXTS_H

#include "cli/options.h"

#define FA_OPTION_STORE(id)                                                    \
	{                                                                      \
		(id), 's', "store", "DIR",                                     \
			FA_CLI_TEXT("结果存放的目录；默认 faceaudit.store",    \
				"directory of the store; default: "            \
				"faceaudit.store")                             \
	}

#define FA_OPTION_RULES(id)                                                    \
	{                                                                      \
		(id), 0, "rules", "FILE|DIR",                                  \
			FA_CLI_TEXT("用另一套规则（目录或已编译的文件）",      \
				"other rules: a directory or a compiled "      \
				"bundle")                                      \
	}

#define FA_OPTION_AS_OF(id)                                                    \
	{                                                                      \
		(id), 0, "as-of", "DATE",                                      \
			FA_CLI_TEXT("按该日有效的规定判断；默认今天",      \
				"judge by the law of this date; default: "     \
				"today")                                       \
	}

#define FA_OPTION_FAIL_ON(id)                                                                    \
	{                                                                                        \
		(id), 0, "fail-on", "[TIER-]SEVERITY",                                           \
			FA_CLI_TEXT("退出状态 1 的门槛（确信度-严重度）；" \
				    "默认 probable-high；never 为从不",                          \
				"exit 1 from this tier and severity on; "                        \
				"default: probable-high; or never")                              \
	}

#define FA_OPTION_MAX_UNKNOWN(id)                                              \
	{                                                                      \
		(id), 0, "max-unknown", "N",                                   \
			FA_CLI_TEXT("无法判定多于 N 项时退出状态为 3",         \
				"exit 3 if more than N verdicts are "          \
				"cannot_tell")                                 \
	}

#define FA_OPTION_VERBOSE(id)                                                  \
	{                                                                      \
		(id), 'v', "verbose", NULL,                                    \
			FA_CLI_TEXT("也列出合规与不适用的各项",                \
				"list what is compliant or not applicable, "   \
				"too")                                         \
	}

#define FA_OPTION_JOBS(id)                                                     \
	{                                                                      \
		(id), 0, "jobs", "N",                                          \
			FA_CLI_TEXT("并行数；默认按处理器数",                  \
				"threads; default: one per processor")         \
	}

/* Of commands that print a report. */
#define FA_OPTION_QUIET(id)                                                    \
	{                                                                      \
		(id), 'q', "quiet", NULL,                                      \
			FA_CLI_TEXT("不打印默认的文本报告和提示，只报错误",    \
				"errors only: no default report, no notes")    \
	}

#define FA_OPTION_CONTACT(id)                                                  \
	{                                                                      \
		(id), 0, "contact", "TEXT",                                    \
			FA_CLI_TEXT("写入 User-Agent 的联系方式",              \
				"how to reach you, put into User-Agent")       \
	}

#define FA_OPTION_ROBOTS(id)                                                   \
	{                                                                      \
		(id), 0, "ignore-robots", "REASON",                            \
			FA_CLI_TEXT("不遵守 robots.txt；理由记入存档",         \
				"disobey robots.txt; the reason is recorded")  \
	}

#define FA_OPTION_ALLOW_NET(id)                                                \
	{                                                                      \
		(id), 0, "allow-net", "CIDR",                                  \
			FA_CLI_TEXT("也可访问该非公网网段；可多次给出",        \
				"also connect to this private network; "       \
				"repeatable")                                  \
	}

#define FA_OPTION_CACERT(id)                                                   \
	{                                                                      \
		(id), 0, "cacert", "FILE",                                     \
			FA_CLI_TEXT("TLS 信任的证书（PEM）；默认用系统的",     \
				"certificates to trust (PEM); default: the "   \
				"system's")                                    \
	}

#endif
