#include "model/fact.h"

static const struct {
	const char *name, *means;
} facts[FA_FACT_COUNT] = {
#define FA_FACT_ROW(symbol, name, means) { name, means },
	FA_FACTS(FA_FACT_ROW)
#undef FA_FACT_ROW
};

const char *
fa_fact_name(enum fa_fact_kind k)
{
	return facts[k].name;
}

const char *
fa_fact_means(enum fa_fact_kind k)
{
	return facts[k].means;
}
