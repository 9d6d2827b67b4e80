/* facecheck prove --service: what the witness saw, as text or JSON. */
#ifndef FC_TOOL_PROVE_SERVICE_H
#define FC_TOOL_PROVE_SERVICE_H

#include "facecheck/tool/tool.h"

struct fc_prove_service {
	const char *mutant; /* NULL: the reference */
	uint64_t seed;
	bool json;
};

/* FA_E_USAGE when there is no such mutant. */
FA_MUST_CHECK int fc_prove_service_known(
	const struct fc_prove_service *p, struct fa_err *err);
/* Runs and prints; returns the exit status. */
int fc_prove_service_run(struct fc_tool *t, const struct fc_choice *choice,
	const struct fc_prove_service *p);

#endif
