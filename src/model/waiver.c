#include "model/waiver.h"

const char *
fa_waiver_kind_name(enum fa_waiver_kind k)
{
	switch (k) {
	case FA_WAIVER_INLINE:
		return "inline";
	case FA_WAIVER_CONFIG:
		return "config";
	case FA_WAIVER_BASELINE:
		break;
	}
	return "baseline";
}

const char *
fa_waiver_fault_name(enum fa_waiver_fault f)
{
	switch (f) {
	case FA_WAIVER_EXPIRED:
		return "expired";
	case FA_WAIVER_UNUSED:
		return "unused";
	case FA_WAIVER_NO_REASON:
		return "no-reason";
	case FA_WAIVER_NO_RULE:
		return "no-rule";
	case FA_WAIVER_NO_DATE:
		break;
	}
	return "no-date";
}
