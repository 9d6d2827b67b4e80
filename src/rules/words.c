/* The words that values of rule files may be. */
#include "rules/load.h"

static const char *
verdict_at(int i)
{
	return fa_verdict_name((enum fa_verdict)i);
}

static const char *
severity_at(int i)
{
	return fa_severity_name((enum fa_severity)i);
}

static const char *
kind_at(int i)
{
	return fa_kind_name((enum fa_kind)i);
}

static const char *
status_at(int i)
{
	return fa_status_name((enum fa_status)i);
}

static const char *
polarity_at(int i)
{
	return fa_polarity_name((enum fa_polarity)i);
}

static const char *
region_at(int i)
{
	return fa_region_name((enum fa_region)i);
}

static const char *
ledger_at(int i)
{
	return fa_ledger_name((enum fa_ledger_status)i);
}

static const char *
subject_at(int i)
{
	return i == 0 ? "document" : "flow";
}

static const char *
fact_at(int i)
{
	return fa_fact_name((enum fa_fact_kind)i);
}

const struct fa_words fa_words_verdict = { "verdict", verdict_at,
	FA_VERDICT_CANNOT_TELL, 3 };
const struct fa_words fa_words_silent = { "value of silent", verdict_at,
	FA_VERDICT_NOT_APPLICABLE, 2 };
const struct fa_words fa_words_severity = { "severity", severity_at, 0,
	FA_SEVERITY_COUNT };
const struct fa_words fa_words_kind = { "kind", kind_at, 0, 3 };
const struct fa_words fa_words_status = { "status", status_at, 0, 3 };
const struct fa_words fa_words_scope = { "scope", fa_scope_name, 0,
	FA_SCOPE_COUNT };
const struct fa_words fa_words_polarity = { "polarity", polarity_at,
	FA_POLARITY_AFFIRMED, FA_POLARITY_COUNT - 1 };
const struct fa_words fa_words_region = { "region", region_at, 0,
	FA_REGION_COUNT };
const struct fa_words fa_words_subject = { "subject", subject_at, 0, 2 };
const struct fa_words fa_words_fact = { "fact", fact_at, 0, FA_FACT_COUNT };
const struct fa_words fa_words_ledger = { "status", ledger_at, 0,
	FA_LEDGER_COUNT };
