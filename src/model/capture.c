#include "model/capture.h"

#include <stddef.h>

static const char *const outcomes[FA_OUT_COUNT] = { "found", "pending", "ok",
	"redirect", "bad_url", "robots", "forbidden_address", "dns", "refused",
	"tls", "timeout", "reset", "truncated", "bad_http", "too_large",
	"bad_coding", "blocked", "gone", "http_error", "server_error",
	"redirect_loop", "too_many_redirects", "bad_redirect",
	"unsupported_type", "empty_shell", "login_wall", "not_a_policy",
	"no_policy_link", "no_url", "not_archived" };
static const char *const roles[FA_ROLE_COUNT] = { "listing", "home", "policy",
	"children", "face", "sdk", "permission", "collection", "agreement" };

static int
find(const char *const *names, size_t n, struct fa_str s)
{
	for (size_t i = 0; i < n; i++)
		if (fa_str_eq(fa_str_c(names[i]), s))
			return (int)i;
	return -1;
}

const char *
fa_outcome_name(enum fa_outcome o)
{
	return outcomes[o];
}

int
fa_outcome_parse(struct fa_str s)
{
	return find(outcomes, FA_OUT_COUNT, s);
}

bool
fa_outcome_passes(enum fa_outcome o)
{
	switch (o) {
	case FA_OUT_DNS:
	case FA_OUT_REFUSED:
	case FA_OUT_TIMEOUT:
	case FA_OUT_RESET:
	case FA_OUT_TRUNCATED:
	case FA_OUT_SERVER_ERROR:
		return true;
	default:
		return false;
	}
}

const char *
fa_role_name(enum fa_role r)
{
	return roles[r];
}

int
fa_role_parse(struct fa_str s)
{
	return find(roles, FA_ROLE_COUNT, s);
}

bool
fa_role_judged(enum fa_role r)
{
	return r != FA_ROLE_LISTING && r != FA_ROLE_HOME;
}
