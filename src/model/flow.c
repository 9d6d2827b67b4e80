#include "model/flow.h"

static const char *const platforms[FA_FLOW_PLATFORM_COUNT] = { "android", "ios",
	"harmony", "h5", "mini-program", "declared" };
static const char *const roles[FA_FLOW_ROLE_COUNT] = { "text", "button", "link",
	"checkbox", "switch", "radio", "image", "input", "webview", "camera",
	"container" };
static const char *const bases[FA_FLOW_BASIS_COUNT] = { "assumed", "declared",
	"observed" };
static const char *const actions[FA_FLOW_ACTION_COUNT] = { "tap", "check",
	"uncheck", "back", "scroll", "input", "wait", "launch", "relaunch",
	"system-allow", "system-deny", "simulate-capture" };
static const char *const ends[FA_FLOW_END_COUNT] = { "service", "exit",
	"dead-end", "external" };
static const char *const gaps[FA_FLOW_GAP_COUNT] = { "no-style", "no-tree",
	"image-only", "webview-opaque", "unexplored", "not-loaded" };

static int
parse(const char *const *names, int n, struct fa_str s)
{
	for (int i = 0; i < n; i++)
		if (fa_str_eq(s, fa_str_c(names[i])))
			return i;
	return -1;
}

const char *
fa_flow_platform_name(enum fa_flow_platform p)
{
	return platforms[p];
}

const char *
fa_flow_role_name(enum fa_flow_role r)
{
	return roles[r];
}

const char *
fa_flow_basis_name(enum fa_flow_basis b)
{
	return bases[b];
}

const char *
fa_flow_action_name(enum fa_flow_action a)
{
	return actions[a];
}

const char *
fa_flow_end_name(enum fa_flow_end_kind k)
{
	return ends[k];
}

const char *
fa_flow_gap_name(enum fa_flow_gap_kind k)
{
	return gaps[k];
}

int
fa_flow_platform_parse(struct fa_str s)
{
	return parse(platforms, FA_FLOW_PLATFORM_COUNT, s);
}

int
fa_flow_role_parse(struct fa_str s)
{
	return parse(roles, FA_FLOW_ROLE_COUNT, s);
}

int
fa_flow_basis_parse(struct fa_str s)
{
	return parse(bases, FA_FLOW_BASIS_COUNT, s);
}

int
fa_flow_action_parse(struct fa_str s)
{
	return parse(actions, FA_FLOW_ACTION_COUNT, s);
}

int
fa_flow_end_parse(struct fa_str s)
{
	return parse(ends, FA_FLOW_END_COUNT, s);
}

int
fa_flow_gap_parse(struct fa_str s)
{
	return parse(gaps, FA_FLOW_GAP_COUNT, s);
}
