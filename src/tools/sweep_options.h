/* The options that `crawl` and `run` have in common, as entries of a table:
 * what is fetched, and with FA_SWEEP_TUNING how. */
#ifndef FA_TOOLS_SWEEP_OPTIONS_H
#define FA_TOOLS_SWEEP_OPTIONS_H

#include "tools/option_texts.h"
#include "tools/sweep.h"

#define FA_SWEEP_OPTIONS                                                                      \
	{ FA_SWEEP_OPT_STORE, 's', "store", "DIR",                                            \
		FA_CLI_TEXT(                                                                  \
			"结果存放的目录，不存在则新建；默认 faceaudit.store",                 \
			"directory of the store, made when missing; "                         \
			"default: faceaudit.store") },                                        \
		FA_OPTION_CONTACT(FA_SWEEP_OPT_CONTACT),                                      \
		{ FA_SWEEP_OPT_DEPTH, 0, "depth", "N",                                        \
			FA_CLI_TEXT("政策之外再跟进几层所链文件；默认 1，0 " \
				    "只取政策",                                               \
				"follow links from the policy so far; "                       \
				"default: 1, "                                                \
				"0: only the policy") },                                      \
		{ FA_SWEEP_OPT_RECRAWL, 0, "recrawl", "AGE",                                  \
			FA_CLI_TEXT(                                                          \
				"重新抓取早于该时长的页面（30d；0s 为全部）",                 \
				"fetch pages older than AGE again (30d; 0s: "                 \
				"all)") },                                                    \
		{ FA_SWEEP_OPT_FROM_WARC, 0, "from-warc", "FILE",                             \
			FA_CLI_TEXT("读 WARC 存档，不访问网络；可多次给出",                   \
				"read WARC archives, not the network; "                       \
				"repeatable") },                                              \
		{ FA_SWEEP_OPT_STORES, 0, "stores", "DIR",                                    \
			FA_CLI_TEXT("应用商店的适配规则；默认用内置的",                       \
				"adapters of app stores; default: "                           \
				"built-in") },                                                \
	{                                                                                     \
		FA_SWEEP_OPT_QUIET, 'q', "quiet", NULL,                                       \
			FA_CLI_TEXT("不打印进度和提示，只报错误",                             \
				"neither progress nor notes; errors only")                    \
	}

#define FA_SWEEP_TUNING                                                        \
	FA_CLI_HEADING(                                                        \
		"访问的节奏与限额", "How requests are paced and limited"),     \
		{ FA_SWEEP_OPT_DELAY, 0, "delay", "MS",                        \
			FA_CLI_TEXT("同一主机两次请求之间的毫秒数；默认 1000", \
				"between requests to one host; default: "      \
				"1000") },                                     \
		{ FA_SWEEP_OPT_ADDRESS_DELAY, 0, "address-delay", "MS",        \
			FA_CLI_TEXT("同一地址两次请求开始之间；默认 100",      \
				"between beginnings at one address; default: " \
				"100") },                                      \
		{ FA_SWEEP_OPT_PER_ADDRESS, 0, "per-address", "N",             \
			FA_CLI_TEXT("同一地址同时的请求数；默认 " \
				    "4（同一主机总是 1）",                     \
				"requests at once to one address; default: "   \
				"4") },                                        \
		{ FA_SWEEP_OPT_IN_FLIGHT, 0, "in-flight", "N",                 \
			FA_CLI_TEXT("同时的请求总数；默认 64",                 \
				"requests at once in all; default: 64") },     \
		{ FA_SWEEP_OPT_TRIES, 0, "tries", "N",                         \
			FA_CLI_TEXT("一个网址最多尝试几次；默认 4",            \
				"tries of one URL at most; default: 4") },     \
		{ FA_SWEEP_OPT_BACKOFF, 0, "backoff", "MS",                    \
			FA_CLI_TEXT("首次重试前等待，逐次加倍；默认 5000",     \
				"before the second try, then doubled; "        \
				"default: 5000") },                            \
		{ FA_SWEEP_OPT_TIMEOUT, 0, "timeout", "SECONDS",               \
			FA_CLI_TEXT("一次请求最多多少秒；默认 30",             \
				"for one request; default: 30") },             \
		{ FA_SWEEP_OPT_STALL, 0, "stall", "SECONDS",                   \
			FA_CLI_TEXT("几乎无数据多少秒后放弃；默认 10",         \
				"give up after as long without data; "         \
				"default: 10") },                              \
		{ FA_SWEEP_OPT_MAX_BYTES, 0, "max-bytes", "N",                 \
			FA_CLI_TEXT(                                           \
				"页面最多多少字节（传输时）；默认 8388608",    \
				"of a page as it comes; default: 8388608") },  \
		FA_CLI_HEADING("网络与权限", "Network and permissions"),       \
		FA_OPTION_ROBOTS(FA_SWEEP_OPT_ROBOTS),                         \
		FA_OPTION_ALLOW_NET(FA_SWEEP_OPT_ALLOW_NET),                   \
		{ FA_SWEEP_OPT_RESOLVE, 0, "resolve", "HOST:PORT:ADDR",        \
			FA_CLI_TEXT("该主机名用此地址；@FILE 每行一条",        \
				"address for a host; @FILE: a file of such "   \
				"lines") },                                    \
		FA_OPTION_CACERT(FA_SWEEP_OPT_CACERT)

/* What both say of their operand. */
#define FA_SWEEP_DETAILS                                                        \
	FA_CLI_TEXT("TARGETS：CSV、TSV 或 JSONL "                            \
		    "清单；省略时继续处理存储中已有的目标。" \
		    "\n",                                                       \
		"TARGETS: a list as CSV, TSV or JSONL; without it, the "        \
		"targets that the store\nhas.\n")

#endif
