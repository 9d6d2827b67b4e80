#include "flow/view.h"

static const char *const controls[FA_CTL_COUNT] = { "accept", "refuse", "later",
	"other-method", "nonface", "biometric", "offchannel", "face", "capture",
	"os-bio", "exit", "back", "neutral", "agree-box", "document",
	"guardian", "minor", "adult", "cancel-account", "withdraw",
	"delete-face", "netid", "submit", "help" };
static const char *const roles[FA_SCR_COUNT] = { "capture", "face-prompt",
	"consent", "face-consent", "bundle", "methods", "nonface", "document",
	"age", "guardian", "success", "failure", "blocked", "cancel-account",
	"withdraw", "settings", "permission", "retain" };
static const char *const purposes[FA_PURPOSE_COUNT] = { "login", "register",
	"real-name", "pay", "withdraw-money", "unlock", "change", "entry",
	"create", "cancel-account", "withdraw-consent" };

const char *
fa_control_name(enum fa_control c)
{
	return controls[c];
}

const char *
fa_screen_role_name(enum fa_screen_role r)
{
	return roles[r];
}

const char *
fa_purpose_name(enum fa_purpose p)
{
	return purposes[p];
}
