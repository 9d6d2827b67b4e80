/* Times, speeds and memory, with the limits that others set as lines. */
#include <stdio.h>
#include <string.h>

#include "facecheck/bench/report.h"

#define NIST_COMPARE_NS 100000 /* FRTE 1:1, longest comparison */

static const struct {
	const char *name, *zh, *en;
} meanings[] = {
	{ "in_process", "同一进程内验证（无保护）",
		"verify within the process (no protection)" },
	{ "in_process_alive", "同上，含活体检测", "... with liveness" },
	{ "sandboxed", "沙箱内验证，预备子进程",
		"verify in the sandbox, child ready" },
	{ "sandboxed_alive", "同上，含活体检测", "... with liveness" },
	{ "child_none", "新子进程，无保护", "new child, no protection" },
	{ "child_limits", "＋资源限制", "+ limits" },
	{ "child_syscalls", "＋系统调用过滤", "+ system calls" },
	{ "child_files", "＋禁止文件（Landlock）", "+ files (Landlock)" },
	{ "child_secret", "＋秘密内存", "+ secret memory" },
	{ "encode", "其中：检测、对齐、编码一张图",
		"part: detect, align, encode one picture" },
	{ "compare", "其中：比对一对模板", "part: compare two templates" },
	{ "render", "渲染一张人像（不属于验证）",
		"render a face (no part of it)" },
};

static const char *
meaning(const struct fc_paper *p, const char *name)
{
	for (size_t i = 0; i < FA_COUNT(meanings); i++)
		if (strcmp(meanings[i].name, name) == 0)
			return FC_SAY(p, meanings[i].zh, meanings[i].en);
	return name;
}

static void
cell_ns(struct fc_grid *g, int64_t ns)
{
	char s[FC_FIGURE_BYTES];

	fc_say_ns(s, ns);
	fc_grid_cell(g, "%s", s);
}

static const struct fc_timing *
find(const struct fc_bench_measured *m, const char *name)
{
	for (size_t i = 0; i < m->timings_n; i++)
		if (strcmp(m->timing[i].name, name) == 0)
			return &m->timing[i];
	return NULL;
}

static void
say_more(char out[FC_FIGURE_BYTES], int64_t with, int64_t without)
{
	if (with > without)
		fc_say_ns(out, with - without);
	else
		(void)snprintf(out, FC_FIGURE_BYTES, "< 0");
}

/* What the highest level that is reached costs above a bare child. Of wall
 * times the smallest are compared: they know least of other load. */
static void
sandbox_cost(struct fc_paper *p, const struct fc_bench_measured *m)
{
	const struct fc_timing *bare = find(m, "child_none"), *full = bare;
	char note[512], wall[FC_FIGURE_BYTES], cpu[FC_FIGURE_BYTES];

	for (size_t i = 0; i < m->timings_n; i++)
		if (strncmp(m->timing[i].name, "child_", 6) == 0)
			full = &m->timing[i];
	if (!bare || full == bare)
		return;
	say_more(wall, full->min_ns, bare->min_ns);
	say_more(cpu, full->cpu_ns, bare->cpu_ns);
	(void)snprintf(note, sizeof(note),
		FC_SAY(p,
			"沙箱的代价（%s 减 child_none）：最短耗时之差 "
			"%s，平均处理器"
			"时间之差 "
			"%s（小于零表示低于测量误差）。达到的保护级别：%s%s"
			"%s。",
			"cost of the sandbox (%s less child_none): %s between "
			"the shortest times, %s of CPU on average (below 0: "
			"less than the noise). Level reached: %s%s%s."),
		full->name, wall, cpu, fc_level_name(m->level),
		m->lack ? FC_SAY(p, "，缺少 ", ", lacking ") : "",
		m->lack ? m->lack : "");
	p->kind->note(p, note);
}

static void
times(struct fc_paper *p, const struct fc_bench *b)
{
	const struct fc_bench_measured *m = &b->measured;
	struct fc_grid *g = &p->g;

	p->kind->heading(p, FC_SAY(p, "耗时", "Times"));
	fc_grid_begin(g);
	fc_grid_row(g);
	fc_grid_cell(g, "%s", FC_SAY(p, "项目", "what"));
	fc_grid_cell(g, "%s", FC_SAY(p, "说明", "meaning"));
	fc_grid_cell(g, "min");
	fc_grid_cell(g, "p50");
	fc_grid_cell(g, "p90");
	fc_grid_cell(g, "p99");
	fc_grid_cell(g, "CPU");
	for (size_t i = 0; i < m->timings_n; i++) {
		const struct fc_timing *t = &m->timing[i];

		fc_grid_row(g);
		fc_grid_cell(g, "%s", t->name);
		fc_grid_cell(g, "%s", meaning(p, t->name));
		cell_ns(g, t->min_ns);
		cell_ns(g, t->p50_ns);
		cell_ns(g, t->p90_ns);
		cell_ns(g, t->p99_ns);
		cell_ns(g, t->cpu_ns);
	}
	p->kind->grid(p, g);
	p->kind->figure(p, b, FC_FIGURE_TIMES);
	sandbox_cost(p, m);
}

static void
speeds(struct fc_paper *p, const struct fc_bench_measured *m)
{
	struct fc_grid *g = &p->g;
	char s[FC_FIGURE_BYTES];

	p->kind->heading(p, FC_SAY(p, "吞吐", "Throughput"));
	fc_grid_begin(g);
	fc_grid_row(g);
	fc_grid_cell(g, "%s", FC_SAY(p, "项目", "what"));
	fc_grid_cell(g, "%s", FC_SAY(p, "线程", "threads"));
	fc_grid_cell(g, "%s", FC_SAY(p, "每秒", "per second"));
	for (size_t i = 0; i < m->speeds_n; i++) {
		bool pairs = strcmp(m->speed[i].unit, "pairs") == 0;

		fc_grid_row(g);
		fc_grid_cell(g, "%s%s",
			pairs ? FC_SAY(p, "两两比对，", "all pairs, ") : "",
			pairs ? m->speed[i].name
			      : FC_SAY(p, "沙箱内验证",
					"verifications in the sandbox"));
		fc_grid_cell(g, "%u", m->speed[i].threads);
		fc_say_count(s, (uint64_t)m->speed[i].per_second);
		fc_grid_cell(g, "%s", s);
	}
	p->kind->grid(p, g);
}

static void
kernel(struct fc_paper *p, const struct fc_bench_measured *m)
{
	char note[320], limit[FC_FIGURE_BYTES], pairs[FC_FIGURE_BYTES];

	fc_say_ns(limit, NIST_COMPARE_NS);
	(void)snprintf(note, sizeof(note),
		FC_SAY(p,
			"比对内核 %s：512 维一对 %lld.%02lld "
			"ns（取最小）。NIST "
			"FRTE 1:1 的上限为 %s。",
			"comparison kernel %s: %lld.%02lld ns for a pair of "
			"512 dimensions (minimum). NIST FRTE 1:1 allows %s."),
		m->kernel, (long long)(m->pair_ns_x100 / 100),
		(long long)(m->pair_ns_x100 % 100), limit);
	p->kind->note(p, note);
	if (m->crowd_pairs == 0)
		return;
	fc_say_count(pairs, m->crowd_pairs);
	(void)snprintf(note, sizeof(note),
		FC_SAY(p, "大规模比对：%s 对用时 %lld.%03lld 秒（%u 线程）。",
			"the crowd: %s pairs compared in %lld.%03lld s (%u "
			"threads)."),
		pairs, (long long)(m->crowd_ms / 1000),
		(long long)(m->crowd_ms % 1000), m->threads);
	p->kind->note(p, note);
}

void
fc_report_measured(struct fc_paper *p, const struct fc_bench *b)
{
	const struct fc_bench_measured *m = &b->measured;
	char note[512];

	times(p, b);
	speeds(p, m);
	kernel(p, m);
	(void)snprintf(note, sizeof(note),
		FC_SAY(p,
			"内存峰值：主进程 %lld KiB，子进程 %lld "
			"KiB（不含秘密内存）。",
			"peak memory: parent %lld KiB, child %lld KiB (secret "
			"memory is not counted by the kernel)."),
		(long long)(m->rss_bytes / 1024),
		(long long)(m->child_rss_bytes / 1024));
	p->kind->note(p, note);
	(void)snprintf(note, sizeof(note), "%s, %s", m->processor, m->system);
	p->kind->note(p, note);
}
