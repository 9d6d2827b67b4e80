/* The options that `crawl` and `run` have in common, as entries of a table. */
#ifndef FA_TOOLS_SWEEP_OPTIONS_H
#define FA_TOOLS_SWEEP_OPTIONS_H

#include "tools/sweep.h"

/* For the table of a command that takes all of them. */
#define FA_SWEEP_OPTIONS                                                                      \
	{ FA_SWEEP_OPT_STORE, 's', "store", "DIR",                                            \
		FA_CLI_TEXT(                                                                  \
			"结果存放的目录，不存在则新建；默认 faceaudit.store",                 \
			"directory of the store, made when missing; default: "                \
			"faceaudit.store") },                                                 \
		{ FA_SWEEP_OPT_CHECK, 0, "check", NULL,                                       \
			FA_CLI_TEXT("只检查目标清单，不访问网络",                             \
				"only check the list of targets; nothing is "                 \
				"fetched") },                                                 \
		{ FA_SWEEP_OPT_DEPTH, 0, "depth", "N",                                        \
			FA_CLI_TEXT("政策之外再跟进几层所链文件；默认 1，0 " \
				    "为只取政策",                                             \
				"follow references from the policy N "                        \
				"documents far; default: 1, 0: only the "                     \
				"policy") },                                                  \
		{ FA_SWEEP_OPT_RECRAWL, 0, "recrawl", "AGE",                                  \
			FA_CLI_TEXT("重新抓取早于该时长的页面（如 30d；0s "    \
				    "为全部），用条件请求",                                   \
				"fetch pages older than AGE again (as 30d; "                  \
				"0s: all), by conditional requests") },                       \
		{ FA_SWEEP_OPT_DELAY, 0, "delay", "MS",                                       \
			FA_CLI_TEXT("同一主机两次请求之间的毫秒数；默认 1000",                \
				"milliseconds between two requests to one "                   \
				"host; default: 1000") },                                     \
		{ FA_SWEEP_OPT_ADDRESS_DELAY, 0, "address-delay", "MS",                       \
			FA_CLI_TEXT(                                                          \
				"同一地址两次请求开始之间的毫秒数；默认 100",                 \
				"milliseconds between two beginnings at one "                 \
				"address; default: 100") },                                   \
		{ FA_SWEEP_OPT_PER_ADDRESS, 0, "per-address", "N",                            \
			FA_CLI_TEXT("同一地址同时的请求数；默认 "                \
				    "4（同一主机总是 1）",                                    \
				"requests at once to one address; default: 4 "                \
				"(to one host always 1)") },                                  \
		{ FA_SWEEP_OPT_IN_FLIGHT, 0, "in-flight", "N",                                \
			FA_CLI_TEXT("同时的请求总数；默认 64",                                \
				"requests at once in all; default: 64") },                    \
		{ FA_SWEEP_OPT_TRIES, 0, "tries", "N",                                        \
			FA_CLI_TEXT("一个网址最多尝试几次；默认 4",                           \
				"tries of one URL at most; default: 4") },                    \
		{ FA_SWEEP_OPT_BACKOFF, 0, "backoff", "MS",                                   \
			FA_CLI_TEXT("首次重试前的毫秒数，逐次加倍；默认 5000",                \
				"milliseconds before the second try, doubled "                \
				"each time; default: 5000") },                                \
		{ FA_SWEEP_OPT_TIMEOUT, 0, "timeout", "SECONDS",                              \
			FA_CLI_TEXT("一次请求最多多少秒；默认 30",                            \
				"seconds for one request; default: 30") },                    \
		{ FA_SWEEP_OPT_STALL, 0, "stall", "SECONDS",                                  \
			FA_CLI_TEXT("几乎无数据多少秒后放弃；默认 10",                        \
				"give up after so many seconds with hardly "                  \
				"any data; default: 10") },                                   \
		{ FA_SWEEP_OPT_MAX_BYTES, 0, "max-bytes", "N",                                \
			FA_CLI_TEXT(                                                          \
				"页面最多多少字节（传输时）；默认 8388608",                   \
				"bytes of a page as it comes; default: "                      \
				"8388608") },                                                 \
		{ FA_SWEEP_OPT_CONTACT, 0, "contact", "TEXT",                                 \
			FA_CLI_TEXT("写入 User-Agent 的联系方式",                             \
				"how to reach you, put into User-Agent") },                   \
		{ FA_SWEEP_OPT_ROBOTS, 0, "ignore-robots", "REASON",                          \
			FA_CLI_TEXT("不遵守 robots.txt；理由记入存档",                        \
				"do not obey robots.txt; the reason is "                      \
				"recorded") },                                                \
		{ FA_SWEEP_OPT_ALLOW_NET, 0, "allow-net", "CIDR",                             \
			FA_CLI_TEXT("也允许访问该非公网网段，可多次给出",                     \
				"also connect to this network that is not "                   \
				"public; may be given several times") },                      \
		{ FA_SWEEP_OPT_RESOLVE, 0, "resolve", "HOST:PORT:ADDR",                       \
			FA_CLI_TEXT(                                                          \
				"该主机名用此地址；@FILE 为每行一条的文件",                   \
				"use this address for the host; @FILE: a "                    \
				"file of such lines") },                                      \
		{ FA_SWEEP_OPT_CACERT, 0, "cacert", "FILE",                                   \
			FA_CLI_TEXT("TLS 信任的证书（PEM）；默认用系统的",                    \
				"certificates to trust (PEM); default: the "                  \
				"system's") },                                                \
		{ FA_SWEEP_OPT_FROM_WARC, 0, "from-warc", "FILE",                             \
			FA_CLI_TEXT(                                                          \
				"从 WARC 存档读取，不访问网络，可多次给出",                   \
				"read WARC archives instead of the network; "                 \
				"may be given several times") },                              \
		{ FA_SWEEP_OPT_STORES, 0, "stores", "DIR",                                    \
			FA_CLI_TEXT("应用商店适配规则的目录；默认用内置的",                   \
				"adapters of app stores; default: the "                       \
				"built-in ones") },                                           \
		{ FA_SWEEP_OPT_SHARD, 0, "shard", "I/N",                                      \
			FA_CLI_TEXT("只处理第 I 份（共 N 份，从 0 "                 \
				    "起）；slurm 取自作业数组",                               \
				"only part I of N (from 0); slurm: as the "                   \
				"job array says") },                                          \
	{                                                                                     \
		FA_SWEEP_OPT_QUIET, 'q', "quiet", NULL,                                       \
			FA_CLI_TEXT("不打印进度和提示，只报错误",                             \
				"neither progress nor notes; errors only")                    \
	}

#endif
