#include "tools/fail_on.h"

#include <string.h>

int
fa_fail_on_parse(enum fa_tier *tier, enum fa_severity *severity, bool *never,
	const char *word, struct fa_err *err)
{
	const char *dash = strchr(word, '-');
	struct fa_str name = fa_str_c(word), level = name;
	int t = FA_TIER_PROBABLE, s;

	if (strcmp(word, "never") == 0) {
		*never = true;
		return FA_OK;
	}
	if (dash != NULL) {
		name.n = (size_t)(dash - word);
		level = fa_str_c(dash + 1);
		t = fa_tier_parse(name);
	}
	s = fa_severity_parse(level);
	if (t < 0 || s < 0)
		return fa_fail(err, FA_E_USAGE,
			"'%s' is no threshold, expected never or "
			"[established-|probable-]critical|high|medium|low|"
			"advisory",
			word);
	if (t == FA_TIER_LEAD)
		return fa_fail(err, FA_E_USAGE,
			"'%s': a lead never changes the exit status", word);
	*never = false;
	*tier = (enum fa_tier)t;
	*severity = (enum fa_severity)s;
	return FA_OK;
}
