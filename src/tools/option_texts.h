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
				"other rules than the built-in ones: a "       \
				"directory or a compiled bundle")              \
	}

#define FA_OPTION_AS_OF(id)                                                    \
	{                                                                      \
		(id), 0, "as-of", "DATE",                                      \
			FA_CLI_TEXT("按该日有效的规定判断，如 "    \
				    "2026-11-21；默认今天",                    \
				"judge by the law of this date, as "           \
				"2026-11-21; default: today")                  \
	}

#define FA_OPTION_FAIL_ON(id)                                                                    \
	{                                                                                        \
		(id), 0, "fail-on", "[TIER-]SEVERITY",                                           \
			FA_CLI_TEXT("达到该确信度与严重度的问题使退出状态为 " \
				    "1；默认 probable-high；never 为从不",                       \
				"findings of at least this tier and severity "                   \
				"make the exit status 1; default: "                              \
				"probable-high; or never")                                       \
	}

#endif
